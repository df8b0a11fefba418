"""Many tasks over several processes, so that a process that dies takes its own task at most.

Rounds of :class:`concurrent.futures.ProcessPoolExecutor`: after each round the processes start
afresh, because what libraries keep of a document is never handed back. Where the system can, a
process is a copy of this one, with all that was loaded (figures of a country are read once, and
lie in memory once). Where one dies, the tasks it may have had are done again each in a process of
its own; one that dies there too has failed.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

ROUND = 100
"""Tasks per process and round."""

COPIES = sys.platform == "linux"
"""Whether a process can be a copy of this one; elsewhere it loads everything itself."""


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Pool(Generic[Task, Result]):
    """Processes that do one kind of work.

    Args:
        work: does one task; a function of a module.
        start: returns what ``work`` needs; called once in this process where processes are its
            copies, else in each of them, and then it must be picklable.
        lost: the result of a task whose process died twice.
        jobs: processes at a time.
        round_: tasks per process before it starts afresh.
    """

    def __init__(
        self,
        work: Callable[[Any, Task], Result],
        start: Callable[[], Any],
        lost: Callable[[Task], Result],
        jobs: int,
        round_: int = ROUND,
    ) -> None:
        self._work = work
        self._start = start
        self._lost = lost
        self._jobs = jobs
        self._round = round_

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Result]]:
        """Do all tasks; yield each with its result, in the order they are done."""
        global _LOADED  # noqa: PLW0603  # what a copy of this process takes along
        waiting = list(tasks)
        if COPIES:
            _LOADED = self._start()
            gc.collect()
            gc.freeze()  # so that the collector of a copy leaves these pages shared
        try:
            while waiting:
                step = self._jobs * self._round
                yield from self._one_round(waiting[:step])
                del waiting[:step]
        finally:
            if COPIES:
                gc.unfreeze()
                _LOADED = None

    def _one_round(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Result]]:
        left = list(tasks)
        while left:
            before = len(left)
            for task, result in self._together(left, self._jobs):
                left.remove(task)
                yield task, result
            # A process died. Tasks are handed out in order: what it may have had comes first.
            suspects = left[: 2 * self._jobs + 1]
            for task in suspects:
                alone = list(self._together([task], 1))
                left.remove(task)
                yield (task, self._lost(task)) if not alone else alone[0]
            assert len(left) < before or not left  # noqa: S101  # every turn does some

    def _together(self, tasks: Sequence[Task], jobs: int) -> Iterator[tuple[Task, Result]]:
        """Yield what gets done until all is, or a process dies."""
        copies = multiprocessing.get_context("fork" if COPIES else "spawn")
        pool = ProcessPoolExecutor(
            min(jobs, len(tasks)),
            mp_context=copies,
            initializer=_begin,
            initargs=(None if COPIES else self._start,),
        )
        try:
            futures: dict[Future[Result], Task] = {}
            with contextlib.suppress(BrokenProcessPool):  # one died before all were handed out
                for task in tasks:
                    futures[pool.submit(partial(_do, self._work), task)] = task
            for future in as_completed(futures):
                try:
                    result = future.result()
                except BrokenProcessPool:
                    continue  # what was done before it broke is still to come
                yield futures[future], result
        finally:
            pool.shutdown(cancel_futures=True)


_LOADED: Any = None


def _begin(start: Callable[[], Any] | None) -> None:
    """Make this process ready, and let it end when the one that started it does."""
    global _LOADED  # noqa: PLW0603  # set once, before any task
    # Ctrl-C is for the process that started this one: it lets what is being written be written.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if start is not None:
        _LOADED = start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _do(work: Callable[[Any, Task], Result], task: Task) -> Result:
    return work(_LOADED, task)
