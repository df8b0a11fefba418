"""The documents of one area: what is still right is kept, the rest is made, checked and written."""

from __future__ import annotations

import contextlib
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from wijkprofiel.build import attack, earlier, manifest
from wijkprofiel.build.earlier import Record
from wijkprofiel.build.formats import MAKERS, Made, html, pdf
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Task
from wijkprofiel.build.target import Folder, Place
from wijkprofiel.build.wanted import beside_of, bleed_of, file_names, file_of
from wijkprofiel.build.work import BESIDE, Work, Workshop, work
from wijkprofiel.errors import ProgramError, RenderError, WijkprofielError
from wijkprofiel.model import Finding, Profile, Severity


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
    shop = shop.for_(task)
    folder = shop.target.area(task.slug)
    before = earlier.read(folder)
    wanted = file_names(task)
    if dict(before.project) != dict(shop.inputs.project) or not before.answers(wanted):
        return None
    left = [output for output in task.outputs if file_of(task, *output) not in before.left_out]
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
    shop = shop.for_(task)
    profile = make_profile(shop.config, shop.dataset, task)
    result = None
    while result is None:
        result = _made(shop, task, profile)
    return result


def _made(shop: Workshop, task: Task, profile: Profile) -> AreaResult | None:
    """Make and write what there is to do; None: meanwhile another build left more of it."""
    folder = shop.target.area(task.slug)
    todo = work(shop, task, profile)
    made = _documents(shop, todo.task, profile, todo.beside, todo.why)
    files = {name: one.content for name, one in made.items()}
    entries = [manifest.document(n, o.content, todo.inputs[n], o.findings) for n, o in made.items()]
    found = [*profile.findings, *todo.told, *(f for one in made.values() for f in one.findings)]
    _check(shop, profile, made, found, todo.beside)
    with shop.target.turn():
        now = work(shop, task, profile, made)
        if now.why:
            return None
        # What nobody can tell any more is no document of this build.
        kept = [one for one in _still_right(now, folder) if one.file not in made]
        text = manifest.text(
            shop.config, shop.dataset, profile, shop.inputs,
            [*entries, *(one.told for one in kept)], (*profile.findings, *now.told), now.missing,
        )  # fmt: skip
        # The text is attacked too: it stands beside the documents for everybody to read.
        attack.refuse({manifest.NAME: text.encode()}, profile, shop.config, shop.dataset)
        if files or folder.read(manifest.NAME) != text.encode():
            files = {**files, manifest.NAME: text.encode()}
        written = folder.write(files) if files else ()
        folder.remove(now.missing)  # an earlier build made them, when there were readers
    asked = [one for one in kept if one.file in file_names(task)]
    folder.no_longer_aside((*made, *now.missing, *(one.file for one in asked)))
    found += [finding for one in asked for finding in one.findings]
    found += [_stray(task, name) for name in now.gone]
    places = tuple(folder.place(one.file) for one in asked)
    return AreaResult(task.slug, written, tuple(found), kept=places, why=todo.why)


def _documents(
    shop: Workshop, task: Task, profile: Profile, beside: tuple[str, ...], wanted: Iterable[str]
) -> dict[str, Made]:
    """Return the files that are wanted, by name."""
    config, names = shop.config, set(wanted)
    made: dict[str, Made] = {}
    for name, suffix in task.outputs:
        file, spec = file_of(task, name, suffix), config.documents[name]
        if file in names:
            with _kept_aside(shop, profile, file):
                made[file] = (
                    html(profile, spec, config, beside=beside)
                    if suffix == "html"
                    else MAKERS[suffix](profile, spec, config)
                )
    for name in task.bleed:
        file = bleed_of(task, name)
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


def _still_right(now: Work, folder: Folder) -> list[Record]:
    """Return the documents of earlier builds that are there and are what they should be."""
    others = (one for name, one in now.before.documents.items() if name in now.inputs)
    return [one for one in others if one.there(folder)]


def _stray(task: Task, name: str) -> Finding:
    message = f"{name} is no document of the project any more, and its manifest lets go of it"
    return Finding("no-document", Severity.WARNING, task.slug, message, "delete the file")


def _linked(made: Record, beside: tuple[str, ...], shop: Workshop) -> bool:
    """Whether a web page still links to what lies beside it."""
    return BESIDE not in made.inputs or made.inputs[BESIDE] == shop.inputs.beside(beside)
