"""From what a user typed to what is built."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wijkprofiel import areas
from wijkprofiel.build.formats import MAKERS
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError, Problem, did_you_mean
from wijkprofiel.model import AreaProfile, Finding, Profile, Severity
from wijkprofiel.sources.dataset import Dataset
from wijkprofiel.wording.tested import people

ALL = "all"
FORMATS = tuple(MAKERS)
"""File formats that can be made."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which documents, as a user asks for them.

    Attributes:
        documents: ids of document types; empty: what the area or the project says.
        formats: file formats; empty: all that each document is made in.
        bleed: also for the printer, with bleed and crop marks, those that can be.
        portal: web pages link to the portal of the output folder.
        as_before: of each area what was built before.
    """

    documents: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    bleed: bool = False
    portal: bool = False
    as_before: bool = False

    @classmethod
    def of(
        cls, words: Iterable[str], config: Config, *, bleed: bool = False, as_before: bool = False
    ) -> Order:
        """Return the order for words that are document types, file formats or ``all``.

        ``as_before`` counts only where no words are given.

        Raises:
            ConfigError: every word that is neither.
        """
        given = tuple(dict.fromkeys(words))
        known = [*config.documents, *FORMATS, ALL]
        unknown = [word for word in given if word not in known]
        if unknown:
            raise ConfigError.of(
                Problem(
                    "--format",
                    f"'{word}' is not a document type or a file format{did_you_mean(word, known)}"
                    f"\n  known: {', '.join(known)}",
                )
                for word in unknown
            )
        if ALL in given:
            every = (name for name, spec in config.documents.items() if spec.scope == "area")
            return cls(tuple(every), FORMATS, bleed)
        return cls(
            tuple(word for word in given if word in config.documents),
            tuple(word for word in given if word in FORMATS),
            bleed,
            as_before=as_before and not given,
        )


@dataclass(frozen=True, slots=True)
class Task:
    """One area and its documents.

    Attributes:
        slug: name of the folder and of the files.
        profile: what its people declared; None for a plain CBS area.
        code: the CBS area; None for a profile.
        outputs: (document type, file format), in order.
        bleed: the document types among them that are made for the printer too.
        broken: why the profile cannot be built.
        portal: web pages link to the portal.
        style: house style that it keeps although none is asked for now; None: that of the build.
    """

    slug: str
    profile: AreaProfile | None
    code: str | None
    outputs: tuple[tuple[str, str], ...] = ()
    bleed: tuple[str, ...] = ()
    broken: ConfigError | None = None
    portal: bool = False
    style: str | None = None


def own_names(config: Config) -> frozenset[str]:
    """Return what the project itself names: profiles, also broken ones, and regions."""
    return frozenset((*config.profiles, *config.broken_profiles, *config.region_titles))


def once_more(config: Config, dataset: Dataset, slug: str, code: str) -> Task:
    """Return an area that was built as it was planned: by its own name, or else by its code.

    Raises:
        ConfigError: there is no such area any more.
    """
    name = slug if slug in own_names(config) else code
    return plan(config, dataset, [name], Order())[0]


def plan(config: Config, dataset: Dataset, names: Sequence[str], order: Order) -> list[Task]:
    """Return one task per area, in the order they were named, each area once.

    Raises:
        ConfigError: every name that is unknown or can mean several areas, with its candidates.
    """
    tasks: dict[str, Task] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            task = _task(config, dataset, name, order)
        except ConfigError as failure:
            problems += failure.problems
        else:
            tasks.setdefault(task.slug, task)
    if problems:
        raise ConfigError.of(problems)
    return list(tasks.values())


def for_readers(task: Task, profile: Profile, config: Config) -> tuple[Task, tuple[Finding, ...]]:
    """Return a task without what has no readers: where nobody lives, documents for residents.

    Args:
        task: what was planned.
        profile: the area; CBS counts its inhabitants.
        config: its document types say who they are for.

    Returns:
        The task, and a finding about what is left out, if anything is.

    Raises:
        ConfigError: nothing is left to make.
    """
    if people(profile) != 0:
        return task, ()
    left_out = [
        name
        for name in dict.fromkeys(document for document, _ in task.outputs)
        if config.documents[name].readers == "residents"
    ]
    if not left_out:
        return task, ()
    outputs = tuple(output for output in task.outputs if output[0] not in left_out)
    message = f"nobody lives in {profile.area.name}: not made: {', '.join(left_out)}"
    if not outputs:
        others = [
            name
            for name, spec in config.documents.items()
            if spec.scope == "area" and spec.readers != "residents"
        ]
        hint = f"they are written for residents; what can be made: {', '.join(others)}"
        raise ConfigError(message, hint, where=task.slug)
    hint = "they are written for residents (readers in document.yaml)"
    told = Finding("no-residents", Severity.WARNING, task.slug, message, hint)
    bleed = tuple(name for name in task.bleed if name not in left_out)
    return replace(task, outputs=outputs, bleed=bleed), (told,)


def _task(config: Config, dataset: Dataset, name: str, order: Order) -> Task:
    word = name.strip().lower()
    if word in config.broken_profiles:
        return Task(word, None, None, broken=config.broken_profiles[word])
    year = config.project.boundary_year
    found = areas.find(
        name, dataset.areas, config.profiles, year, config.project.gemeenten, config.region_titles
    )
    region = config.region(found)
    profile = (
        areas.region_profile(region, dataset.areas, year)
        if region is not None
        else config.profiles.get(found)
    )
    outputs = _outputs(config, profile, order)
    bleed = _bleed(config, outputs) if order.bleed else ()
    if profile is not None:
        return Task(found, profile, None, outputs, bleed, portal=order.portal)
    slug = areas.slug_of(found, dataset.areas, own_names(config), year)
    return Task(slug, None, found, outputs, bleed, portal=order.portal)


def _outputs(
    config: Config, profile: AreaProfile | None, order: Order
) -> tuple[tuple[str, str], ...]:
    own = profile.documents if profile is not None else ()
    wanted = order.documents or own or config.project.documents
    formats = order.formats or FORMATS
    about_many = [name for name in wanted if config.documents[name].scope == "set"]
    if about_many:
        message = f"{', '.join(about_many)} is about several areas side by side"
        raise ConfigError(message, "make it with: wijkprofiel compare NAME NAME", where="--format")
    outputs = tuple(
        (document, made)
        for document in wanted
        for made in config.documents[document].formats
        if made in formats
    )
    if not outputs:
        message = f"{', '.join(wanted)} cannot be made as {', '.join(formats)}"
        raise ConfigError(message, "look at 'formats' in its document.yaml", where="--format")
    return outputs


def _bleed(config: Config, outputs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    made = tuple(dict.fromkeys(document for document, _ in outputs))
    able = tuple(document for document in made if config.documents[document].bleed)
    if not able:
        every = [name for name, spec in config.documents.items() if spec.bleed]
        message = f"{', '.join(made)}: nothing in it runs over the edge of the page"
        raise ConfigError(message, f"known: {', '.join(every) or 'none'}", where="--bleed")
    return able
