"""The documents of one area: what is still right is kept, the rest is made, checked and written."""

from __future__ import annotations

import contextlib
import time
import traceback
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from wijkprofiel.build import attack, earlier, manifest
from wijkprofiel.build.earlier import Earlier, Record
from wijkprofiel.build.formats import MAKERS, Made, html, pdf
from wijkprofiel.build.inputs import Hashes, Inputs, changed
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Task, for_readers
from wijkprofiel.build.target import Folder, Place, Target
from wijkprofiel.config import Config
from wijkprofiel.errors import ProgramError, RenderError, WijkprofielError
from wijkprofiel.model import Finding, Profile
from wijkprofiel.sources.dataset import Dataset

NEW = "new"
"""Why a document is made that no earlier build made."""

ALTERED = "altered"
"""Why a document is made that is gone, or is not the one that its manifest names."""

PRINTER = "-bleed"
"""How the name of a file for the printer ends."""

FORCED = "forced"
"""Why a document is made although nothing that reaches it changed."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every area of one build is made with.

    Attributes:
        config, dataset: the project.
        inputs: what reaches documents.
        target: where the areas' folders lie.
        force: make everything again.
    """

    config: Config
    dataset: Dataset
    inputs: Inputs
    target: Target
    force: bool = False


@dataclass(frozen=True, slots=True)
class AreaResult:
    """What became of one area.

    Attributes:
        written: the documents that were made, then the manifest; empty when it failed.
        kept: the documents that were there already and are what they should be.
        findings: what a person should know about it.
        error: why nothing was written, or None.
        why: per document that was made, the kinds of input that changed.
        seconds: how long it took, by the clock.
    """

    slug: str
    written: tuple[Place, ...] = ()
    findings: tuple[Finding, ...] = ()
    error: WijkprofielError | None = None
    kept: tuple[Place, ...] = ()
    why: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seconds: float = 0.0


def build_area(shop: Workshop, task: Task) -> AreaResult:
    """Make what is asked of one area and is not there yet, or is not right any more.

    An area that fails leaves its folder as it was. A document that does not say what it should is
    kept aside (:meth:`wijkprofiel.build.target.Folder.set_aside`).
    """
    start = time.perf_counter()
    try:
        result = _build(shop, task)
    except WijkprofielError as failure:
        result = AreaResult(task.slug, error=failure)
    return replace(result, seconds=time.perf_counter() - start)


def survive(shop: Workshop, task: Task) -> AreaResult:
    """Build one area of many: a bug stops this one only."""
    try:
        return build_area(shop, task)
    except Exception as bug:  # noqa: BLE001  # whatever it is, the other areas must go on
        told = "".join(traceback.format_exception(bug))
        message = f"the program failed: {type(bug).__name__}: {bug}"
        return AreaResult(task.slug, error=ProgramError(message, told, where=task.slug))


def untouched(shop: Workshop, task: Task) -> AreaResult | None:
    """Return the result for an area of which nothing can have changed, None where it must be seen.

    Reads the files that are there, and makes no profile.
    """
    if shop.force or shop.inputs.surveys or task.broken is not None:
        return None
    folder = shop.target.area(task.slug)
    before = earlier.read(folder)
    wanted = file_names(task)
    if dict(before.project) != dict(shop.inputs.project) or not before.answers(wanted):
        return None
    left = [output for output in task.outputs if _file(task, *output) not in before.left_out]
    beside = beside_of(replace(task, outputs=tuple(left)), folder, without=before.left_out)
    made = [before.documents[name] for name in wanted if name in before.documents]
    if not all(one.intact(folder) and _linked(one, beside, shop) for one in made):
        return None
    found = (*before.findings, *(finding for one in made for finding in one.findings))
    return AreaResult(task.slug, findings=found, kept=tuple(folder.place(one.file) for one in made))


def _build(shop: Workshop, task: Task) -> AreaResult:
    done = untouched(shop, task)
    if done is not None:
        return done
    folder = shop.target.area(task.slug)
    profile = make_profile(shop.config, shop.dataset, task)
    left, told = for_readers(task, profile, shop.config)
    about = (*profile.findings, *told)
    before = earlier.read(folder)
    missing = tuple(name for name in file_names(task) if name not in file_names(left))
    beside = beside_of(left, folder, without=missing)
    inputs = inputs_of(left, profile, shop.inputs, beside)
    why = reasons(inputs, before, folder, force=shop.force)
    made = _documents(shop, left, profile, beside, why)
    files = {name: one.content for name, one in made.items()}
    entries = [manifest.document(n, o.content, inputs[n], o.findings) for n, o in made.items()]
    found = (*about, *(finding for one in made.values() for finding in one.findings))
    _check(shop, profile, made, found, beside)
    with shop.target.turn():
        kept = _still_right(earlier.read(folder), folder, without={*files, *missing})
        documents = [*entries, *(one.told for one in kept)]
        text = manifest.text(
            shop.config, shop.dataset, profile, shop.inputs, documents, about, missing
        )
        # The text is attacked too: it stands beside the documents for everybody to read.
        attack.refuse({manifest.NAME: text.encode()}, profile, shop.config, shop.dataset)
        if files or folder.read(manifest.NAME) != text.encode():
            files = {**files, manifest.NAME: text.encode()}
        written = folder.write(files) if files else ()
        folder.remove(missing)  # an earlier build made them, when there were readers
    folder.no_longer_aside()
    asked = [one for one in kept if one.file in inputs]
    earlier_found = (finding for one in asked for finding in one.findings)
    return AreaResult(
        task.slug,
        written,
        (*found, *earlier_found),
        kept=tuple(folder.place(one.file) for one in asked),
        why=why,
    )


def file_names(task: Task) -> tuple[str, ...]:
    """Return the names of the documents that are asked of an area, in their order."""
    names = [_file(task, name, suffix) for name, suffix in task.outputs]
    return (*names, *(_bleed(task, name) for name in task.bleed))


def as_before(task: Task, target: Target, config: Config) -> Task:
    """Return the task with the documents that were built before, those that still exist."""
    if task.broken is not None:
        return task
    made = earlier.read(target.area(task.slug)).documents
    known = [(n, s) for n, spec in config.documents.items() for s in spec.formats]
    outputs = tuple(kind for kind in known if _file(task, *kind) in made)
    bleed = tuple(name for name in config.documents if _bleed(task, name) in made)
    return replace(task, outputs=outputs, bleed=bleed)


def inputs_of(
    task: Task, profile: Profile, inputs: Inputs, beside: tuple[str, ...]
) -> dict[str, Hashes]:
    """Return what reaches each document of an area, by file name.

    Args:
        task: the area and its documents.
        profile: the area's.
        inputs: of the build.
        beside: what a web page may link to.
    """
    found = {
        _file(task, name, suffix): inputs.of(profile, name, beside if suffix == "html" else None)
        for name, suffix in task.outputs
    }
    bleed = {_bleed(task, name): inputs.of(profile, name) for name in task.bleed}
    return found | bleed


def reasons(
    inputs: Mapping[str, Hashes], before: Earlier, folder: Folder, *, force: bool = False
) -> dict[str, tuple[str, ...]]:
    """Return per document that must be made why.

    That is :data:`NEW`, :data:`ALTERED` or :data:`FORCED`, or the kinds of input that changed.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, now in inputs.items():
        made = before.documents.get(name)
        if made is None:
            found[name] = (NEW,)
        elif not made.intact(folder):
            found[name] = (ALTERED,)
        elif kinds := changed(made.inputs, now):
            found[name] = kinds
        elif force:
            found[name] = (FORCED,)
    return found


def beside_of(task: Task, folder: Folder, without: Collection[str] = ()) -> tuple[str, ...]:
    """Return what a web page may link to: files of this build and of earlier ones, the portal."""
    from wijkprofiel.documents.web_page import PORTAL

    planned = [_file(task, *output) for output in task.outputs]
    present = [name for name in folder.names() if name.startswith(f"{task.slug}-")]
    portal = task.portal or folder.size(PORTAL) is not None
    found = {*planned, *present, *([PORTAL] if portal else [])}
    return tuple(sorted(found.difference(without)))


def _file(task: Task, document: str, suffix: str) -> str:
    return f"{task.slug}-{document}.{suffix}"


def _bleed(task: Task, document: str) -> str:
    return f"{task.slug}-{document}{PRINTER}.pdf"


def _documents(
    shop: Workshop, task: Task, profile: Profile, beside: tuple[str, ...], wanted: Iterable[str]
) -> dict[str, Made]:
    """Return the files that are wanted, by name."""
    config, names = shop.config, set(wanted)
    made: dict[str, Made] = {}
    for name, suffix in task.outputs:
        file, spec = _file(task, name, suffix), config.documents[name]
        if file in names:
            with _kept_aside(shop, profile, file):
                made[file] = (
                    html(profile, spec, config, beside=beside)
                    if suffix == "html"
                    else MAKERS[suffix](profile, spec, config)
                )
    for name in task.bleed:
        file = _bleed(task, name)
        if file in names:
            with _kept_aside(shop, profile, file):
                one = pdf(profile, config.documents[name], config, bleed=True)
            made[file] = one._replace(findings=())  # those of the screen's copy
    return made


@contextlib.contextmanager
def _kept_aside(shop: Workshop, profile: Profile, file: str) -> Iterator[None]:
    """Keep a document aside that is refused while it is made."""
    try:
        yield
    except RenderError as refused:
        if refused.content:
            files = {file: refused.content}
            attack.refuse(files, profile, shop.config, shop.dataset)
            shop.target.area(profile.area.slug).set_aside(files)
        raise


def _check(
    shop: Workshop,
    profile: Profile,
    made: Mapping[str, Made],
    findings: Iterable[Finding],
    beside: tuple[str, ...],
) -> None:
    """Raise what is wrong with finished files; what says something wrong is kept aside."""
    from wijkprofiel.build import verify  # it knows the documents: not before a name is right

    files = {name: one.content for name, one in made.items()}
    told = "\n".join(f"{finding.message} {finding.hint}" for finding in findings)
    attack.refuse({**files, "messages": told.encode()}, profile, shop.config, shop.dataset)
    sources = {name: one.source or one.content for name, one in made.items()}
    try:
        verify.refuse(files, profile, shop.config, sources=sources, beside=beside)
    except RenderError:
        shop.target.area(profile.area.slug).set_aside(files)
        raise


def _still_right(before: Earlier, folder: Folder, without: set[str]) -> list[Record]:
    """Return the documents of earlier builds that are there as they were made."""
    others = (one for name, one in before.documents.items() if name not in without)
    return [one for one in others if one.intact(folder)]


def _linked(made: Record, beside: tuple[str, ...], shop: Workshop) -> bool:
    """Whether a web page still links to what lies beside it."""
    return "beside" not in made.inputs or made.inputs["beside"] == shop.inputs.beside(beside)
