"""Areas made by the machines of a Dask cluster.

Every machine has the same wijkprofiel; the project and its figures travel once to each, and then
area by area. A machine that goes takes its areas along, and they are made elsewhere. An area that
takes machines along is tried once more when nothing else is at work, so that no other is blamed.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
import warnings
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from wijkprofiel.build import carry
from wijkprofiel.build.area import AreaResult, survive
from wijkprofiel.build.carry import Carried, Deed, Recipe, Seen
from wijkprofiel.build.plan import Task
from wijkprofiel.build.work import Workshop
from wijkprofiel.errors import ConfigError, Problem, ProgramError, SourceError, WijkprofielError

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT = 15.0
"""Seconds until a scheduler that does not answer is not there."""

PATIENCE = 60.0
"""Seconds that a build waits for machines, when there are none."""

_PULSE = 2.0
"""Seconds between looks at the cluster while no area gets done."""

_AHEAD = 2
"""Areas per thread of the cluster that are handed out at a time."""

_KEPT = 2
"""Builds that a machine keeps unpacked."""

_SAME = "install the same wijkprofiel with the same libraries on every machine"
_AGAIN = "what was written stays: the same command makes the rest"


def build_areas(address: str, shop: Workshop, tasks: Sequence[Task]) -> Iterator[AreaResult]:
    """Make areas on a cluster; yield the result of each, in the order they are done.

    Args:
        address: of the scheduler, ``tcp://host:port`` (``tls://`` with Dask's own settings).
        shop: what the areas are made with.
        tasks: the areas.

    Raises:
        ConfigError: Dask is not installed here; a machine is not fit for the work.
        SourceError: the scheduler cannot be reached, goes away, or has no machines.
    """
    with _connected(address) as client:
        cluster = _Cluster(client, address)
        cluster.wait_for_workers()
        cluster.inspect(shop)
        yield from _Build(cluster, shop, tasks).results()


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as missing:
        hint = "install it: uv add 'wijkprofiel[dask]', or pip install 'wijkprofiel[dask]'"
        raise ConfigError("Dask is not installed", hint, where="--scheduler") from missing
    log = logging.getLogger("distributed")
    before = log.level
    log.setLevel(logging.CRITICAL)  # what goes wrong is told as an error of ours
    try:
        try:
            client = Client(address, timeout=CONNECT)
        except ValueError as mistake:
            message = f"'{address}' is no address of a scheduler: {mistake}"
            raise ConfigError(
                message, "for instance tcp://10.0.0.5:8786", where="--scheduler"
            ) from (mistake)
        except OSError as failure:
            message = f"no scheduler answers at {address}"
            raise SourceError(
                message, "start one: dask scheduler", where="--scheduler"
            ) from failure
        try:
            yield client
        finally:
            with contextlib.suppress(TimeoutError):  # what went wrong before says more
                client.close(timeout=_PULSE)
    finally:
        log.setLevel(before)


class _Cluster:
    """The machines behind a scheduler."""

    def __init__(self, client: Client, address: str) -> None:
        self.client = client
        self.address = address
        self._asked = float("-inf")
        self._threads: Mapping[str, int] = {}

    def workers(self) -> Mapping[str, int]:
        """Return the workers there are now, with how many areas each can be at.

        Raises:
            SourceError: the scheduler is gone.
        """
        if time.monotonic() - self._asked > _PULSE:
            try:
                self._threads = dict(self.client.nthreads())
            except Exception as failure:
                raise self.gone() from failure
            self._asked = time.monotonic()
        return self._threads

    def wait_for_workers(self) -> None:
        """Wait until there is one.

        Raises:
            SourceError: none came, or the scheduler is gone.
        """
        until = time.monotonic() + PATIENCE
        while not self.workers():
            if time.monotonic() > until:
                message = f"the scheduler at {self.address} has no workers"
                hint = f"start one on each machine: dask worker {self.address}; {_AGAIN}"
                raise SourceError(message, hint, where="--scheduler")
            time.sleep(_PULSE / 10)
            self._asked = float("-inf")

    def inspect(self, shop: Workshop) -> None:
        """See whether every worker makes what this machine would make.

        Raises:
            ConfigError: all that is wrong, per worker.
        """
        target = shop.target if shop.target.everywhere else None
        here = carry.fit()
        try:
            told = self.client.run(carry.fit, target, on_error="return")
        except Exception as failure:
            raise self.gone() from failure
        problems: list[Problem] = []
        for worker, there in told.items():
            if isinstance(there, OSError):
                continue  # it went away meanwhile
            if isinstance(there, WijkprofielError):
                problems += (Problem(worker, p.message, p.hint) for p in there.problems)
            elif isinstance(there, BaseException):
                problems.append(_unfit(worker, there))
            else:
                unlike = carry.unlike(here, there)
                problems += (Problem(worker, line, _SAME) for line in unlike)
        if problems:
            wrong = len({problem.where for problem in problems})
            message = f"{wrong} of {len(told)} workers cannot make what this machine makes"
            raise ConfigError(f"{message}: nothing built", _SAME, problems=problems)

    def gone(self) -> SourceError:
        """Return the error of a scheduler that went away."""
        message = f"the scheduler at {self.address} does not answer any more"
        return SourceError(message, _AGAIN, where="--scheduler")


def _unfit(worker: str, why: BaseException) -> Problem:
    message = f"wijkprofiel cannot be used there: {type(why).__name__}: {why}"
    return Problem(worker, message, _SAME)


@dataclass(frozen=True, slots=True)
class _Job:
    """An area that was handed out.

    Attributes:
        seen: what lay in its folder, where only this machine sees it.
        alone: nothing else is at work.
    """

    task: Task
    seen: Seen | None
    alone: bool


class _Build:
    """The areas of one build on a cluster."""

    def __init__(self, cluster: _Cluster, shop: Workshop, tasks: Sequence[Task]) -> None:
        self._cluster = cluster
        self._shop = shop
        self._waiting = deque(tasks)
        self._suspects: deque[Task] = deque()
        self._running: dict[Future, _Job] = {}
        with warnings.catch_warnings():
            # A task that returns it, and no scattered value: it is made again with its machine.
            warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
            self._recipe = self._submit("project", _itself, carry.recipe(shop, uuid4().hex))

    def results(self) -> Iterator[AreaResult]:
        """Yield the result of each area as it gets done."""
        while self._waiting or self._suspects or self._running:
            self._hand_out()
            for future in self._done():
                result = self._result(future, self._running.pop(future))
                if result is not None:
                    yield result

    def _hand_out(self) -> None:
        room = _AHEAD * max(1, sum(self._cluster.workers().values()))
        while self._waiting and len(self._running) < room:
            self._start(self._waiting.popleft(), alone=False)
        if not self._running and self._suspects:
            self._start(self._suspects.popleft(), alone=True)

    def _start(self, task: Task, *, alone: bool) -> None:
        target = self._shop.target
        there = None if target.everywhere else _seen(self._shop, task)
        future = self._submit(task.slug, _make, self._recipe, task, there)
        self._running[future] = _Job(task, there, alone)

    def _submit(self, name: str, work: Any, *given: Any) -> Future:
        key = f"wijkprofiel-{name}-{uuid4().hex}"  # the name is for who looks at the dashboard
        return self._cluster.client.submit(work, *given, key=key, pure=False)

    def _done(self) -> list[Future]:
        """Return the areas that are done; wait a moment when there are none.

        Raises:
            SourceError: the scheduler is gone, or has no workers left.
        """
        from distributed import CancelledError, wait

        try:
            wait(list(self._running), timeout=_PULSE, return_when="FIRST_COMPLETED")
        except TimeoutError:
            self._cluster.wait_for_workers()
        except CancelledError:
            raise self._cluster.gone() from None
        if self._cluster.client.status != "running":
            raise self._cluster.gone()
        return [future for future in self._running if future.done()]

    def _result(self, future: Future, job: _Job) -> AreaResult | None:
        """Return what became of an area, None when it must be made once more.

        Raises:
            ConfigError: the machine that was to make it is not fit for it.
            SourceError: the scheduler lost it.
        """
        from distributed import KilledWorker

        if future.cancelled():
            raise self._cluster.gone()
        failure = future.exception()
        if isinstance(failure, KilledWorker):
            if job.alone:
                return _lost(job.task)
            self._suspects.append(job.task)
            return None
        if isinstance(failure, WijkprofielError):
            raise failure
        if failure is not None:
            problem = _unfit(self._cluster.address, failure)
            raise ConfigError(problem.message, problem.hint, where=problem.where) from failure
        result, deeds = future.result()
        return result if job.seen is None else self._written(job, result, deeds)

    def _written(self, job: _Job, result: AreaResult, deeds: Sequence[Deed]) -> AreaResult | None:
        """Write what came back; None when another build was there meanwhile."""
        assert job.seen is not None  # noqa: S101  # only then something comes back
        try:
            if not carry.do(deeds, self._shop.target, job.task.slug, job.seen):
                self._waiting.append(job.task)
                return None
            folder = self._shop.target.area(job.task.slug)
        except ConfigError as failure:
            return AreaResult(job.task.slug, error=result.error or failure)
        return replace(
            result,
            written=tuple(folder.place(one.name) for one in result.written),
            kept=tuple(folder.place(one.name) for one in result.kept),
        )


def _seen(shop: Workshop, task: Task) -> Seen:
    try:
        return carry.seen(shop.target.area(task.slug))
    except ConfigError:  # told when its turn comes to be written
        return Seen()


def _lost(task: Task) -> AreaResult:
    message = "the workers that built it were ended, time and again"
    hint = "there may be too little memory: give each worker more"
    return AreaResult(task.slug, error=ProgramError(message, hint, where=task.slug))


# --- on the machines of the cluster -----------------------------------------------------------

_SHOPS: dict[str, tuple[Workshop, contextlib.ExitStack]] = {}
_TURN = threading.Lock()
"""What draws documents does one at a time: a worker is a process, its threads take turns."""


def _itself(recipe: Recipe) -> Recipe:
    return recipe


def _make(recipe: Recipe, task: Task, there: Seen | None) -> tuple[AreaResult, tuple[Deed, ...]]:
    """Build one area here; return what is to be done elsewhere, where that is."""
    with _TURN:
        shop = _workshop(recipe)
        if there is None:
            return survive(shop, task), ()
        carried = Carried({task.slug: there})
        result = survive(replace(shop, target=carried), task)
        return result, tuple(carried.deeds)


def _workshop(recipe: Recipe) -> Workshop:
    from distributed import get_worker

    if recipe.key not in _SHOPS:
        while len(_SHOPS) >= _KEPT:
            _SHOPS.pop(next(iter(_SHOPS)))[1].close()
        held = contextlib.ExitStack()
        near = get_worker().local_directory
        _SHOPS[recipe.key] = held.enter_context(carry.unpacked(recipe, near)), held
    return _SHOPS[recipe.key][0]
