"""Fetch: for each table what stands there, what is brought, what that changes, and its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from wijkprofiel.assets import shipped_root
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError, DataError, Problem, SourceError, WijkprofielError
from wijkprofiel.sources import lock
from wijkprofiel.sources.fetch import (
    companions,
    difference,
    figures,
    outlines,
    snapshots,
    workbooks,
)
from wijkprofiel.sources.fetch.changes import Changes
from wijkprofiel.sources.fetch.client import AT_ONCE, Client
from wijkprofiel.sources.fetch.odata_service import Say
from wijkprofiel.sources.fetch.plan import Places, places
from wijkprofiel.sources.fetch.snapshots import Standing
from wijkprofiel.sources.fetch.store import Store
from wijkprofiel.sources.fetch.target import Brought, Job, Target

Agree = Callable[[str, Changes], bool]
"""Asked whether a snapshot may be replaced: its name, and what would change."""

FETCHED, KEPT, REPLACED, DECLINED = "fetched", "kept", "replaced", "not replaced"


@dataclass(frozen=True, slots=True)
class Step:
    """What would be done for one target.

    Attributes:
        state: "there", "to fetch", "to look" (for a newer edition) or "half there".
        finished: files that an earlier call left finished.
        addresses: the first addresses that are asked.
    """

    target: Target
    state: str
    finished: int
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one target.

    Attributes:
        status: fetched, kept, replaced, or not replaced.
        changes: what the newer edition changes, where there was an older one.
        notes: what a person should know.
    """

    target: Target
    status: str
    modified: str
    files: tuple[str, ...]
    changes: Changes | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a fetch: outcomes, companions, and the lock."""

    outcomes: tuple[Outcome, ...]
    notes: tuple[str, ...]
    lock: Path


def dry_run(config: Config, targets: Sequence[Target], *, update: bool) -> list[Step]:
    """Return what :func:`fetch` would do; no service is asked, nothing is written."""
    if config.assets.project == shipped_root():  # no project yet: nothing can be there
        return [Step(t, "to fetch", 0, _addresses(t, Store(Path()))) for t in targets]
    where = places(config)
    steps = []
    for asked in targets:
        there = snapshots.standing(where, asked)
        target = _widened(asked, there)
        finished = len(snapshots.store_of(where, target).names())
        if there is not None and there.covers(asked):
            state = "to look" if update else "there"
        else:
            state = "half there" if finished else "to fetch"
        store = snapshots.store_of(where, target)
        addresses = () if state == "there" else _addresses(target, store)
        steps.append(Step(target, state, finished, addresses))
    return steps


def _addresses(target: Target, store: Store) -> tuple[str, ...]:
    with Client() as client:
        job = Job(target, client, store, lambda _: None)
        return tuple(_maker(target).addresses(job))


def offline(config: Config, targets: Sequence[Target]) -> Report:
    """Return what is there, without asking any service.

    Raises:
        SourceError: something is not there.
        DataError: a file is not the one that is pinned.
    """
    where = places(config)
    _require_pinned(where)
    found = [(target, snapshots.standing(where, target)) for target in targets]
    missing = [
        Problem(
            target.name,
            f"is not there for {target.scope_text}",
            "fetch without --offline",
        )
        for target, there in found
        if there is None or not there.covers(target)
    ]
    if missing:
        raise SourceError.of(missing, "and --offline asks no service")
    kept = (_kept(target, there) for target, there in found if there is not None)
    return Report(tuple(kept), (), where.project / lock.NAME)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of ``wijkprofiel fetch``.

    Attributes:
        config: the project.
        day: written as the day of fetching.
        update: look for newer editions of what is there.
        agree: asked before something that is there is replaced.
        say: told of the progress; may be called by several threads.
    """

    config: Config
    day: dt.date
    update: bool
    agree: Agree
    say: Say


def fetch(call: Call, targets: Sequence[Target]) -> Report:
    """Fetch every target into the project's data folder, and pin what is there.

    What is there already is kept, unless the call looks for a newer edition; what that changes is
    put to ``call.agree`` before it replaces anything. A target that fails leaves its old snapshot,
    and what came of the new one, for the next call.

    Raises:
        SourceError: a service did not give all; the other targets are fetched.
        DataError: a file in the data folder is not the one that is pinned.
    """
    where = places(call.config)
    with _alone(where):
        mended = [target for target in targets if snapshots.mend(where, target)]
        if not call.update and not mended:
            _require_pinned(where)
        outcomes, problems = _all(call, where, targets)
        snapshots.tidy(where)
        country = bool(targets) and not any(target.gemeenten for target in targets)
        present = snapshots.every(where.data)
        notes: list[str] = []
        if present:
            notes = companions.add(call.config, where.data, present, country=country)
            snapshots.pin(where)
    if problems:
        raise SourceError.of(problems, f"{len(outcomes)} of {len(targets)} tables are there")
    return Report(tuple(outcomes), tuple(notes), where.project / lock.NAME)


def _all(
    call: Call, where: Places, targets: Sequence[Target]
) -> tuple[list[Outcome], list[Problem]]:
    """Bring all targets side by side, then put them in place one by one."""
    outcomes: list[Outcome] = []
    problems: list[Problem] = []
    with Client() as client, ThreadPoolExecutor(AT_ONCE) as pool:
        works = [_work(call, where, target, client) for target in targets]
        brought = [pool.submit(work.bring) for work in works]
        for work, waiting in zip(works, brought, strict=True):
            try:
                outcomes.append(work.finish(waiting.result()))
            except WijkprofielError as failure:
                problems += failure.problems
            except BaseException:
                client.stop()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    return outcomes, problems


def _work(call: Call, where: Places, asked: Target, client: Client) -> _Work:
    there = snapshots.standing(where, asked)
    target = _widened(asked, there)
    job = Job(target, client, snapshots.store_of(where, target), call.say)
    enough = there is not None and there.covers(asked) and not asked.file
    return _Work(call, where, job, there, enough)


@dataclass(frozen=True, slots=True)
class _Work:
    """One target on its way.

    Attributes:
        there: its snapshot in the data folder.
        enough: that holds all areas that are asked.
    """

    call: Call
    where: Places
    job: Job
    there: Standing | None
    enough: bool

    def bring(self) -> Brought | None:
        """Return what was brought; None where what is there will do."""
        target = self.job.target
        if self.enough and self.there is not None:
            stamped = target.source.kind == "odata-v3" and self.there.modified
            if not self.call.update:
                return None
            if stamped and figures.stamp(self.job) == stamped:
                return None
        brought: Brought = _maker(target).bring(self.job)
        return brought

    def finish(self, brought: Brought | None) -> Outcome:
        """Put what was brought in its place, if it is new and may be."""
        target = self.job.target
        if self.there is None:
            return self._published(brought, FETCHED, None)
        same_scope = self.enough or bool(target.file)
        if brought is None or (same_scope and self._same_files(brought, self.there)):
            self.job.store.clear()
            snapshots.drop_old(self.where, target)
            return _kept(target, self.there)
        found = difference.between(self.call.config, self.job, self.there, brought)
        if difference.only_adds(found) or self.call.agree(target.name, found):
            return self._published(brought, REPLACED, found)
        note = "the newer one waits beside the old; '--update --yes' puts it in its place"
        return Outcome(target, DECLINED, brought.modified, (), found, (note,))

    def _published(self, brought: Brought | None, status: str, found: Changes | None) -> Outcome:
        target, text = self.job.target, self.call.day.isoformat()
        done = brought or Brought(())
        files = snapshots.publish(self.where, target, self.job.store, done, text)
        return Outcome(target, status, done.modified, tuple(files), found, done.notes)

    def _same_files(self, brought: Brought, there: Standing) -> bool:
        names = {piece.name for piece in brought.pieces}
        return names == set(there.files) and all(
            (self.job.store.folder / name).read_bytes() == (there.folder / name).read_bytes()
            for name in names
        )


def _maker(target: Target) -> ModuleType:
    if target.file:
        return workbooks
    return figures if target.source.kind == "odata-v3" else outlines


def _widened(target: Target, there: Standing | None) -> Target:
    """Return the target for all areas that are there or asked."""
    if there is None or not target.gemeenten or target.file:
        return target
    if not there.gemeenten:
        return replace(target, gemeenten=())
    return replace(target, gemeenten=tuple(sorted({*target.gemeenten, *there.gemeenten})))


def _kept(target: Target, there: Standing) -> Outcome:
    return Outcome(target, KEPT, there.modified, tuple(there.files))


def _require_pinned(where: Places) -> None:
    """Raise when a file of the data folder is not the one that is pinned."""
    known = lock.read(where.project / lock.NAME)
    held = lock.held(known, where.wanted, snapshots.every(where.data).items())
    if held.problems:
        raise DataError.of(held.problems, "nothing fetched")


@contextmanager
def _alone(where: Places) -> Iterator[None]:
    """Keep a second fetch of the same project out; a killed one does not."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock; there a second fetch is not kept out
        yield
        return
    where.data.parent.mkdir(parents=True, exist_ok=True)
    path = where.data.with_name(f".{where.data.name}.busy")
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            message = "another fetch of this project is under way"
            raise ConfigError(message, "wait until it is done", where=str(path)) from busy
        yield
        path.unlink(missing_ok=True)
