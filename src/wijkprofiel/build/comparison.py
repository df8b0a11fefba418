"""Several areas side by side: who is compared, the document and its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wijkprofiel import areas
from wijkprofiel.build import attack, manifest
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.output import (
    area_folder,
    in_turn,
    no_longer_aside,
    set_aside,
    write_all,
    writing_aside,
)
from wijkprofiel.build.plan import Order, Task, plan
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError, Problem, RenderError, WijkprofielError
from wijkprofiel.model import (
    Comparison,
    ComparisonSet,
    DocumentSpec,
    Finding,
    Level,
    Profile,
)
from wijkprofiel.sources.dataset import Dataset

if TYPE_CHECKING:
    from wijkprofiel.documents import Document

LEAST = 2
LONGEST = 4
"""Up to so many areas, their names make the title and the name of the folder."""
MOST_LETTERS = 60

Progress = Callable[[str, int, int], None]
"""Called with an area's slug, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is compared, under which title.

    Attributes:
        slug: file-safe name.
        tasks: in the order of the pages.
        gemeente: name of the gemeente whose wijken they are, "" for a set of one's own.
    """

    slug: str
    title: str
    intro: str
    tasks: tuple[Task, ...]
    gemeente: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of a comparison.

    Attributes:
        written: the document, then the manifest.
        findings: what a person should know about it.
        failures: areas that could not be made, and why; the others went on without them.
    """

    slug: str
    written: tuple[Path, ...]
    findings: tuple[Finding, ...]
    failures: Mapping[str, WijkprofielError]

    @property
    def documents(self) -> tuple[Path, ...]:
        """The files without the manifest."""
        return tuple(path for path in self.written if path.name != manifest.NAME)

    @property
    def exit_code(self) -> int:
        """0 when all areas stand in it, 1 when some failed."""
        return int(bool(self.failures))


def choose(
    config: Config,
    dataset: Dataset,
    names: Sequence[str],
    gemeente: str | None = None,
    title: str | None = None,
) -> Choice:
    """Return who is compared: a set of ``configs/comparisons``, areas, or a gemeente's wijken.

    Args:
        config: the project.
        dataset: its areas.
        names: the name of one set; or two or more areas, in the order of the pages.
        gemeente: code or name, for all of its wijken by name; instead of ``names``.
        title: on the first page, instead of the usual one.

    Raises:
        ConfigError: nothing or too much is asked, a name is unknown, an area stands there twice,
            or the set has mistakes.
    """
    if bool(names) == (gemeente is not None):
        hint = f"sets of this project: {', '.join(config.comparisons) or 'none'}"
        raise ConfigError("name a set, two or more areas, or a --gemeente", hint, where="compare")
    if gemeente is not None:
        return _of_gemeente(config, dataset, gemeente, title)
    if len(names) == 1:
        return _of_set(config, dataset, names[0], title)
    tasks = _tasks(config, dataset, names)
    told = [_name(task, config, dataset) for task in tasks]
    return Choice(_slug(tasks, title), title or _titled(told, config), "", tasks)


def compare(
    config: Config,
    dataset: Dataset,
    choice: Choice,
    output: Path,
    progress: Progress | None = None,
) -> tuple[Compared, ...]:
    """Write every document about several areas, with a manifest, below ``output``.

    One folder per document type: ``<document>-<slug>/<document>-<slug>.pdf`` and its
    ``manifest.json``. An area that fails is left out, and the first page says so. A document that
    does not say what it should is kept aside, as by a build, and its folder stays as it was.

    Raises:
        WijkprofielError: fewer than two areas are left, or the document must not be published.
    """
    in_style = config.in_style(config.project.style)  # one house style for all areas
    made, failures = _profiles(in_style, dataset, choice, progress)
    if len(made) < LEAST:
        problems = [problem for failure in failures.values() for problem in failure.problems]
        raise ConfigError.of(problems, f"{choice.slug} is not written: it needs two areas")
    left_out = [_name(task, config, dataset) for task in choice.tasks if task.slug in failures]
    comparison = Comparison(
        choice.slug, choice.title, choice.intro, made, choice.gemeente, tuple(left_out)
    )
    specs = [spec for spec in config.documents.values() if spec.scope == "set"]
    with writing_aside(output) as aside:
        return tuple(
            _write(comparison, spec, in_style, dataset, failures, output, aside) for spec in specs
        )


def _write(  # noqa: PLR0913, PLR0917 - what is written, from what, and where to
    comparison: Comparison,
    spec: DocumentSpec,
    config: Config,
    dataset: Dataset,
    failures: Mapping[str, WijkprofielError],
    output: Path,
    aside: Path,
) -> Compared:
    from wijkprofiel.build import comparison_verify  # it knows the documents: not before its turn

    slug = f"{spec.id}-{comparison.slug}"
    folder = area_folder(output, slug)
    content, document = render(comparison, spec, config)
    findings = tuple(dict.fromkeys(f for p in comparison.profiles for f in p.findings))
    files = {comparison_verify.file_name(spec, comparison.slug): content}
    text = manifest.text_of_set(config, dataset, comparison, files, findings)
    made_of = {**files, manifest.NAME: text.encode()}
    told = "\n".join(f"{finding.message} {finding.hint}" for finding in findings)
    for profile in comparison.profiles:
        looked_at = {**made_of, "messages": told.encode()}
        attack.refuse(looked_at, profile, config, dataset, beside=comparison.profiles)
    sources = dict.fromkeys(files, document)
    try:
        comparison_verify.refuse(files, comparison, config, sources=sources)
    except RenderError:
        set_aside(output, slug, files)
        raise
    with in_turn(output):
        written = write_all(folder, made_of, aside)
        no_longer_aside(output, slug, files)
    return Compared(slug, written, findings, failures)


def render(comparison: Comparison, spec: DocumentSpec, config: Config) -> tuple[bytes, Document]:
    """Return the document as PDF/UA, which nobody has looked at yet, and what it was made from.

    Raises:
        RenderError: it cannot be made.
    """
    from wijkprofiel.documents import comparison as documents
    from wijkprofiel.render import pdf as engine

    document = documents.make(comparison, spec, config)
    return engine.render(document, config), document


def _profiles(
    config: Config, dataset: Dataset, choice: Choice, progress: Progress | None
) -> tuple[tuple[Profile, ...], dict[str, WijkprofielError]]:
    made: list[Profile] = []
    failures: dict[str, WijkprofielError] = {}
    for done, task in enumerate(choice.tasks):
        if progress is not None:
            progress(task.slug, done, len(choice.tasks))
        try:
            made.append(make_profile(config, dataset, task))
        except WijkprofielError as failure:
            failures[task.slug] = failure
    return tuple(made), failures


def _of_set(config: Config, dataset: Dataset, name: str, title: str | None) -> Choice:
    slug = name.strip().lower()
    if slug in config.broken_comparisons:
        raise config.broken_comparisons[slug]
    if slug not in config.comparisons:
        plan(config, dataset, [name], Order())  # an unknown name is told first
        hint = f"name another area beside it, or a set: {', '.join(config.comparisons) or 'none'}"
        raise ConfigError(f"'{name}' is one area; a comparison needs two", hint, where="compare")
    declared: ComparisonSet = config.comparisons[slug]
    place = config.places.get(("comparison", slug), slug)
    try:
        if declared.gemeente is not None:
            found = _of_gemeente(config, dataset, declared.gemeente, None)
            tasks, gemeente = found.tasks, found.gemeente
        else:
            tasks, gemeente = _tasks(config, dataset, declared.areas), ""
    except ConfigError as failure:
        raise _at(failure, place, slug) from failure
    if declared.order == "alphabetical":
        tasks = _by_name(tasks, config, dataset)
    return Choice(slug, title or declared.title, declared.intro, tasks, gemeente)


def _of_gemeente(config: Config, dataset: Dataset, name: str, title: str | None) -> Choice:
    year = config.project.boundary_year
    task = plan(config, dataset, [name], Order())[0]
    code = task.code or (task.profile.areas[0] if task.profile else "")
    found = areas.area_of(code, dataset.areas, year)
    if found is None or found.level is not Level.GEMEENTE:
        raise ConfigError(f"'{name}' is not a gemeente", "give its CBS code", where="--gemeente")
    inside = areas.select_all(dataset.areas, year, [code])
    if len(inside) < LEAST:
        message = f"{found.name} has fewer than two wijken in these data"
        raise ConfigError(message, "name the areas yourself", where="--gemeente")
    own = {
        profile.areas[0]: slug
        for slug, profile in config.profiles.items()
        if len(profile.areas) == 1
    }
    tasks = _tasks(config, dataset, [own.get(wijk, wijk) for wijk in inside])
    ordered = _by_name(tasks, config, dataset)
    return Choice(areas.slugify(title or found.name), title or found.name, "", ordered, found.name)


def _tasks(config: Config, dataset: Dataset, names: Sequence[str]) -> tuple[Task, ...]:
    """Return one task per name, in order; an area that is named twice is a mistake."""
    plan(config, dataset, names, Order())  # all unknown names at once
    tasks = [plan(config, dataset, [name], Order())[0] for name in names]
    first: dict[tuple[str, ...], str] = {}
    problems = []
    for name, task in zip(names, tasks, strict=True):
        codes = task.profile.areas if task.profile else (task.code or task.slug,)
        key = tuple(sorted(codes))
        if key in first:
            message = f"'{name}' is the same area as '{first[key]}'"
            problems.append(Problem("compare", message, "name every area once"))
        first.setdefault(key, name)
    if problems:
        raise ConfigError.of(problems)
    return tuple(tasks)


def _by_name(tasks: Sequence[Task], config: Config, dataset: Dataset) -> tuple[Task, ...]:
    """Return the tasks by the name of their area: accents and signs before it do not count."""

    def key(task: Task) -> tuple[str, str]:
        return areas.slugify(_name(task, config, dataset)), task.slug

    return tuple(sorted(tasks, key=key))


def _name(task: Task, config: Config, dataset: Dataset) -> str:
    if task.profile is not None:
        return task.profile.name
    year = config.project.boundary_year
    found = areas.area_of(task.code, dataset.areas, year) if task.code else None
    return found.name if found else task.slug


def _titled(names: Sequence[str], config: Config) -> str:
    """Return the title of areas that nobody gave one: their names, or the first and how many."""
    from wijkprofiel.documents.desk import words_of

    words = words_of(config)
    if len(names) <= LONGEST:
        return words.enumerate(names)
    return words("comparison.title_more", name=names[0], number=len(names) - 1)


def _slug(tasks: Sequence[Task], title: str | None) -> str:
    """Return a name for the folder: of the title, else of the areas; the same call, the same name.

    Raises:
        ConfigError: no letter or digit of the title can stand in a file name.
    """
    if title is not None:
        slug = areas.slugify(title)
        if not slug:
            raise ConfigError(f"'{title}' has no letter or digit", where="--title")
        return slug
    slugs = [task.slug for task in tasks]
    whole = "-".join(slugs)
    if len(slugs) <= LONGEST and len(whole) <= MOST_LETTERS:
        return whole
    mark = hashlib.sha256(whole.encode()).hexdigest()[:6]
    return f"{slugs[0]}-{len(slugs)}-{mark}"


def _at(failure: ConfigError, place: str, slug: str) -> ConfigError:
    """Return the error with the file of the set in front, where a problem has no file itself."""
    problems = [
        Problem(place, f"{p.where}: {p.message}" if p.where else p.message, p.hint)
        for p in failure.problems
    ]
    return ConfigError.of(problems, f"{slug} is not written")
