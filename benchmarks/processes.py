"""What processes use, as Linux tells it in /proc: seconds of processor, and memory."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Process:
    """One process at one moment.

    Attributes:
        seconds: of processor, with those of its children that have ended.
        memory: resident, in MB: pages shared with others count in full.
        share: proportional (PSS), in MB: pages shared by two count half; 0 where not told.
    """

    pid: int
    seconds: float
    memory: float
    share: float


def tree(root: int, *, shares: bool = False) -> tuple[Process, ...]:
    """Return a process and all below it that live now, the root first.

    Args:
        root: its number.
        shares: also ask for PSS, which costs the system some milliseconds for each.
    """
    below: dict[int, list[int]] = {}
    for path in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            below.setdefault(int(_stat(int(path.name))[1]), []).append(int(path.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop(0)
        waiting += below.get(pid, [])
        with contextlib.suppress(OSError, IndexError):
            found.append(_process(pid, shares=shares))
    return tuple(found)


def spent(root: int | None = None) -> float:
    """Return the seconds of processor of this process (or another) and all below it, so far."""
    own = root or os.getpid()
    living = sum(one.seconds for one in tree(own) if one.pid != os.getpid())
    return living + (0.0 if root else _own())


def _own() -> float:
    """Return those of this process and its ended children, finer than a tick."""
    told = os.times()
    return time.process_time() + told.children_user + told.children_system


def _stat(pid: int) -> list[str]:
    """Return what follows the name of a process in its ``stat``: state, parent ..."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def _process(pid: int, *, shares: bool) -> Process:
    told = _stat(pid)
    seconds = sum(int(told[n]) for n in range(11, 15)) / TICK
    memory = int(told[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return Process(pid, seconds, memory, _share(pid) if shares else 0.0)


def _share(pid: int) -> float:
    for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0
