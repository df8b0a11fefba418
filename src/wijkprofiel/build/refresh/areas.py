"""The next site: yesterday's, in which what changed is made anew and verified."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wijkprofiel.build import manifest, portal
from wijkprofiel.build.output import REJECTED
from wijkprofiel.build.plan import Task
from wijkprofiel.build.refresh import site
from wijkprofiel.build.refresh.model import Call
from wijkprofiel.build.run import BuildResult, build
from wijkprofiel.build.wanted import file_names
from wijkprofiel.config import Config
from wijkprofiel.errors import Problem, RenderError, WijkprofielError
from wijkprofiel.model import Severity
from wijkprofiel.sources.dataset import Dataset

_NOTHING = "nothing that was built may be published"


@dataclass(frozen=True, slots=True)
class Made:
    """The areas of the next site: those of which something was made, and those that failed."""

    built: frozenset[str]
    failed: Mapping[str, tuple[Problem, ...]]


def take_out(fresh: Path, tasks: Sequence[Task]) -> tuple[str, ...]:
    """Take areas and documents out of the next site that are not asked for any more.

    Of an area with a file too many everything is made again.

    Returns:
        The areas that are gone.
    """
    wanted = {task.slug: task for task in tasks}
    gone = []
    for area in list(portal.built(fresh)):
        task = wanted.get(area.slug)
        if task is None:
            gone.append(area.slug)
            shutil.rmtree(fresh / area.slug)
        elif task.broken is None and set(area.files) - {*file_names(task), manifest.NAME}:
            shutil.rmtree(fresh / area.slug)
    return tuple(gone)


def make(config: Config, dataset: Dataset, call: Call, fresh: Path, tasks: Sequence[Task]) -> Made:
    """Build and verify; an area that fails is as it was yesterday.

    Raises:
        WijkprofielError: no area could be built at all, or the portal cannot be made.
    """
    names = {task.slug: task.code or task.slug for task in tasks}
    result = build(
        config, dataset, list(names.values()), fresh, call.order, call.watch,
        jobs=call.jobs,
    )  # fmt: skip
    _set_aside(fresh, call.report)
    failed = {area.slug: area.error.problems for area in result.failures if area.error is not None}
    for slug in failed:
        site.keep_as_it_was(call.site, fresh, slug)
    if not result.documents and not any(portal.built(fresh)):
        raise _nothing(result)
    built = {area.slug for area in result.areas if area.why and area.error is None}
    if built or not _portal_stands(call.site, fresh):
        portal.write(config, dataset, fresh)
        wrong = _verified(config, dataset, call, fresh, {slug: names[slug] for slug in built})
        if wrong:
            failed |= wrong
            if not any(portal.built(fresh)):
                every = [problem for problems in failed.values() for problem in problems]
                raise RenderError.of(every, _NOTHING)
            portal.write(config, dataset, fresh)
    return Made(frozenset(built - set(failed)), failed)


def _portal_stands(before: Path, fresh: Path) -> bool:
    """Whether the portal is that of the areas as they are: not one manifest is another."""
    manifests = [
        {p.relative_to(top): p.read_bytes() for p in top.glob(f"*/{manifest.NAME}")}
        for top in (before, fresh)
    ]
    return (fresh / portal.NAME).is_file() and manifests[0] == manifests[1]


def _verified(
    config: Config, dataset: Dataset, call: Call, fresh: Path, names: Mapping[str, str]
) -> dict[str, tuple[Problem, ...]]:
    """Return why areas may not be published; they are put back as they were yesterday."""
    from wijkprofiel.build.verify import shelf

    wrong: dict[str, tuple[Problem, ...]] = {}
    if not names:
        return wrong
    for checked in shelf.check(config, dataset, fresh, list(names.values())):
        if checked.sound:
            call.tell("verified", f"{checked.slug}: verified", area=checked.slug)
            continue
        problems = tuple(
            Problem(f.where, f.message, f.hint or None)
            for f in checked.findings
            if f.severity is Severity.ERROR
        )
        wrong[checked.slug] = problems
        text = "\n".join([f"{checked.slug}: not published", *map(str, problems)])
        call.tell("rejected", text, "error", area=checked.slug, problems=list(map(str, problems)))
        shutil.copytree(checked.folder, _aside(call.report) / checked.slug, dirs_exist_ok=True)
        site.keep_as_it_was(call.site, fresh, checked.slug)
    return wrong


def _set_aside(fresh: Path, report: Path) -> None:
    """Move what a build did not finish out of the site, to where an analyst looks."""
    if (fresh / REJECTED).is_dir():
        shutil.copytree(fresh / REJECTED, _aside(report), dirs_exist_ok=True)
        shutil.rmtree(fresh / REJECTED)


def _aside(report: Path) -> Path:
    return report / REJECTED


def _nothing(result: BuildResult) -> WijkprofielError:
    errors = [area.error for area in result.failures if area.error is not None]
    worst = max(errors, key=lambda error: error.exit_code)
    problems = [problem for error in errors for problem in error.problems]
    return type(worst).of(problems, _NOTHING)
