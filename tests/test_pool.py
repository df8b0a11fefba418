"""Work over several processes: nothing is lost when one of them dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wijkprofiel.build import pool as pools
from wijkprofiel.build.pool import Pool, cores

Kit = tuple[Path, str]
"""A folder for marks, and the word of the test."""


def square(_: Kit, number: int) -> int:
    return number * number


def die_once(kit: Kit, number: int) -> int:
    """Number 3 takes its process along, the first time."""
    mark = kit[0] / f"died-{number}"
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_always(_: Kit, number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def who(_: Kit, number: int) -> int:
    time.sleep(0.01)
    return os.getpid() + 0 * number


def kit() -> Kit:
    return Path(os.environ["MARKS"]), "woord"


def lost(number: int) -> int:
    return -number


@pytest.fixture(params=["copies", "fresh"])
def way(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that are copies of this one, and processes that start from nothing."""
    monkeypatch.setenv("MARKS", str(tmp_path))
    if request.param == "fresh":
        monkeypatch.setattr(pools, "COPIES", False)
    elif not pools.COPIES:
        pytest.skip("on this system a process is no copy")


@pytest.mark.usefixtures("way")
def test_every_task_is_done_once() -> None:
    found = list(Pool(square, kit, lost, jobs=2, round_=3).run(range(11)))
    assert sorted(found) == [(n, n * n) for n in range(11)]


@pytest.mark.usefixtures("way")
def test_a_process_that_dies_takes_nothing_along() -> None:
    found = list(Pool(die_once, kit, lost, jobs=2, round_=6).run(range(12)))
    assert sorted(found) == [(n, n) for n in range(12)]


@pytest.mark.usefixtures("way")
def test_a_task_that_kills_its_process_twice_fails_alone() -> None:
    found = dict(Pool(die_always, kit, lost, jobs=2, round_=4).run(range(10)))
    assert found == {n: -3 if n == 3 else n for n in range(10)}


@pytest.mark.usefixtures("way")
def test_processes_start_afresh_after_a_round() -> None:
    found = [result for _, result in Pool(who, kit, lost, jobs=1, round_=2).run(range(6))]
    assert len(set(found)) == 3
    assert os.getpid() not in found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="asks /proc which processes there are")
def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    code = (
        "import sys, time\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from wijkprofiel.build.pool import Pool\n"
        "import test_pool\n"
        "for _ in Pool(test_pool.report, test_pool.kit, test_pool.lost, jobs=2).run(range(2)):\n"
        "    pass\n"
    )
    env = os.environ | {"MARKS": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", code], env=env) as parent:
        deadline = time.monotonic() + 60
        while len(list(tmp_path.glob("at-work-*"))) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        workers = [int(path.name.rpartition("-")[2]) for path in tmp_path.glob("at-work-*")]
        assert len(workers) == 2
        parent.kill()
    while any(map(running, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(running, workers))


def report(kit: Kit, number: int) -> int:
    """Say who is at work, and be so for ten minutes."""
    (kit[0] / f"at-work-{os.getpid()}").touch()
    time.sleep(600)
    return number


def running(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_there_is_a_core() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
