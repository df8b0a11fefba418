"""Plan, then build: what is still right is kept, the rest is made by one or more processes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from wijkprofiel.build import earlier, manifest
from wijkprofiel.build.area import AreaResult, build_area, survive, untouched
from wijkprofiel.build.inputs import Inputs
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, Task, plan
from wijkprofiel.build.pool import Pool
from wijkprofiel.build.select import by_code
from wijkprofiel.build.survey import Survey, survey
from wijkprofiel.build.target import Place, Target, of
from wijkprofiel.build.wanted import as_before
from wijkprofiel.build.work import Workshop
from wijkprofiel.config import Config
from wijkprofiel.errors import ProgramError
from wijkprofiel.sources.dataset import Dataset

__all__ = ["AreaResult", "BuildResult", "Silent", "Watch", "build", "look"]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What became of all areas, in the order they were named."""

    areas: tuple[AreaResult, ...]

    @property
    def written(self) -> tuple[Place, ...]:
        """All files that were written, area by area."""
        return tuple(path for area in self.areas for path in area.written)

    @property
    def kept(self) -> tuple[Place, ...]:
        """The documents that were there already and are what they should be."""
        return tuple(path for area in self.areas for path in area.kept)

    @property
    def documents(self) -> tuple[Place, ...]:
        """All documents that were asked for and are there: written or kept, no manifests."""
        return tuple(
            path
            for area in self.areas
            for path in (*area.written, *area.kept)
            if path.name != manifest.NAME
        )

    @property
    def failures(self) -> tuple[AreaResult, ...]:
        """The areas that were not built."""
        return tuple(area for area in self.areas if area.error is not None)

    @property
    def exit_code(self) -> int:
        """0 all built, 1 some areas failed; the error's own code when nothing was built."""
        if not self.failures:
            return 0
        if self.written or self.kept:
            return 1
        return max(area.error.exit_code for area in self.failures if area.error is not None)


class Watch(Protocol):
    """Is told how a build goes."""

    def planned(self, found: Survey) -> None:
        """Before anything is made: what is asked, and what there is to do."""

    def finished(self, result: AreaResult, done: int, total: int) -> None:
        """After each area, with how many are done and how many there are to be seen."""


class Silent:
    """Tells nobody."""

    def planned(self, found: Survey) -> None:
        """Say nothing."""

    def finished(self, result: AreaResult, done: int, total: int) -> None:
        """Say nothing."""


def build(  # noqa: PLR0913  # the switches of one build
    config: Config,
    dataset: Dataset,
    names: Sequence[str],
    output: Path | Target,
    order: Order | None = None,
    watch: Watch | None = None,
    *,
    force: bool = False,
    jobs: int = 1,
    scheduler: str | None = None,
) -> BuildResult:
    """Build the documents of every named area below ``output``.

    Each area gets a folder of its own: ``<slug>/<slug>-<document>.<format>`` and, written last,
    ``<slug>/manifest.json``. A document is made only when something that reaches it changed since
    it was made (:mod:`wijkprofiel.build.inputs`). An area that fails leaves its folder as it was.
    However it ends, the same call again finishes the work, and the files are the same as those
    of a call that was not disturbed.

    Args:
        config: the project.
        dataset: its data.
        names: areas, as :func:`wijkprofiel.areas.find` understands them.
        output: what the areas' folders are made in: a folder or a target.
        order: which documents.
        watch: is told how it goes.
        force: make everything again.
        jobs: processes at a time; 1: this one.
        scheduler: address of a Dask cluster that makes the areas, instead of processes here.

    Raises:
        ConfigError: a name is unknown or can mean several areas, the output cannot be written
            to, or the cluster is not fit for it; then nothing is built.
        SourceError: the cluster is not there, or not any more; what was written stays.
    """
    told = watch or Silent()
    target = of(output)
    tasks = _tasks(config, dataset, names, target, order or Order())
    with target.writing() as ready:
        shop = Workshop(config, dataset, Inputs(config, dataset), ready, force)
        found = survey(shop, tasks)
        told.planned(found)
        results: dict[str, AreaResult] = {}
        todo = []
        for task in tasks:
            # A second look, at what the files hold: the survey saw their names and sizes.
            kept = untouched(shop, task) if found.states[task.slug].current else None
            if kept is None:
                todo.append(task)
            else:
                results[task.slug] = kept
        # A bug in the only area that is asked for is shown as it is.
        make = build_area if len(tasks) == 1 else survive
        for result in _results(shop, todo, make, jobs, scheduler):
            results[result.slug] = result
            told.finished(result, len(results), len(tasks))
    return BuildResult(tuple(results[task.slug] for task in tasks))


def look(  # the switches of one build
    config: Config,
    dataset: Dataset,
    names: Sequence[str],
    output: Path | Target,
    order: Order | None = None,
    *,
    force: bool = False,
) -> Survey:
    """Return what :func:`build` would find before it makes anything; nothing is written.

    Raises:
        ConfigError: a name is unknown or can mean several areas.
    """
    target = of(output)
    tasks = _tasks(config, dataset, names, target, order or Order())
    shop = Workshop(config, dataset, Inputs(config, dataset), target, force)
    return survey(shop, tasks)


def _tasks(
    config: Config, dataset: Dataset, names: Sequence[str], target: Target, order: Order
) -> list[Task]:
    tasks = plan(config, dataset, names, order)
    return [*_as_before(tasks, target, config)] if order.as_before else tasks


def _as_before(tasks: Sequence[Task], target: Target, config: Config) -> Iterator[Task]:
    """Yield the tasks with what was built before, also where the area was called otherwise."""
    moved: dict[str, str] | None = None
    for task in tasks:
        if task.broken is not None:
            yield task
            continue
        slug, folder = task.slug, target.area(task.slug)
        before = earlier.read(folder)
        if not before.there and task.code is not None:
            moved = by_code(target) if moved is None else moved
            slug = moved.get(task.code, slug)
            folder = target.area(slug)
            before = earlier.read(folder)
        yield as_before(task, before, folder, slug, config)


def _results(
    shop: Workshop,
    tasks: Sequence[Task],
    make: Callable[[Workshop, Task], AreaResult],
    jobs: int,
    scheduler: str | None,
) -> Iterator[AreaResult]:
    if scheduler is not None and tasks:
        from wijkprofiel.build import cluster

        yield from cluster.build_areas(scheduler, shop, tasks)
        return
    # What only this process sees cannot be written to by another.
    if jobs == 1 or len(tasks) <= 1 or not shop.target.shared:
        yield from (make(shop, task) for task in tasks)
        return
    pool = Pool(make, partial(_ready, shop, tasks[0]), _lost, jobs)
    yield from (result for _, result in pool.run(tasks))


def _ready(shop: Workshop, first: Task) -> Workshop:
    """Return the workshop, with everything loaded and worked out that all areas need."""
    from wijkprofiel.build import formats

    formats.load()
    with contextlib.suppress(Exception):  # also a bug: told when its turn comes
        make_profile(shop.config, shop.dataset, first)
    return shop


def _lost(task: Task) -> AreaResult:
    message = "the process that built it was ended, twice"
    hint = "there may be too little memory: try fewer --jobs"
    return AreaResult(task.slug, error=ProgramError(message, hint, where=task.slug))
