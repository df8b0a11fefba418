# A fetch that is killed goes on where it was, and ends with the same bytes.

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from suppliers import project, tables
from suppliers.server import Answer, Asked, Suppliers, running

PAGE = 60

FETCH = """
import datetime as dt, sys
from pathlib import Path
from wijkprofiel import config as configs
from wijkprofiel.assets import Assets
from wijkprofiel.sources import fetch

config = configs.load(Assets.of(Path(sys.argv[1])))
targets = fetch.targets(config, (), (), country=True)
call = fetch.Call(config, dt.date(2026, 3, 1), False, lambda *_: False, lambda _: None)
fetch.fetch(call, targets)
"""


@pytest.fixture(name="suppliers")
def _suppliers() -> Iterator[Suppliers]:
    found = {t.name: t for t in (tables.rivm_of_sample(), tables.kwb_of_sample())}
    with running(Suppliers(found, tables.outlines_of_sample(), page=PAGE)) as suppliers:
        yield suppliers


def start(home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", FETCH, str(home)], stderr=subprocess.PIPE)


def finish(home: Path) -> None:
    process = start(home)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err.decode()


def tree(home: Path) -> dict[str, str]:
    return {
        path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


def test_killed_at_several_moments_it_ends_with_the_same_bytes(
    suppliers: Suppliers, tmp_path: Path
) -> None:
    untouched = project.make(tmp_path / "untouched", suppliers)
    finish(untouched)
    in_one_go = len(suppliers.asked)
    asked_before = suppliers.asked[:]
    suppliers.asked.clear()

    home = project.make(tmp_path / "killed", suppliers)
    for moment in (2, 5, 9, 14, 20):
        _kill_at(suppliers, home, moment)
    finish(home)
    assert tree(home) == tree(untouched)
    assert in_one_go > 20
    # Whole pages were not asked again: at most what was under way at each of the five kills, and
    # the stamp of both tables, which every call asks anew.
    assert len(suppliers.asked) <= in_one_go + 5 * (3 + 2)
    assert {a.path for a in suppliers.asked} == {a.path for a in asked_before}


def _kill_at(suppliers: Suppliers, home: Path, moment: int, path: str = "") -> None:
    """Start a fetch and kill it (-9) while its ``moment``-th request for ``path`` is answered."""
    process = start(home)
    seen = threading.Event()
    before = len(suppliers.asked)

    def watch(_: Asked) -> Answer | None:
        asked = [a for a in suppliers.asked[before:] if path in a.path]
        if len(asked) >= moment and not seen.is_set():
            os.kill(process.pid, signal.SIGKILL)
            seen.set()
        return None

    suppliers.trouble.append(watch)
    assert process.wait(timeout=120) in {-signal.SIGKILL, 0}
    suppliers.trouble.remove(watch)
    assert process.stderr is not None
    process.stderr.close()


@pytest.mark.parametrize("step", ["write_aside", "put_in_place", "pin"])
def test_killed_while_it_puts_files_in_place(
    step: str, suppliers: Suppliers, tmp_path: Path
) -> None:
    untouched = project.make(tmp_path / "untouched", suppliers)
    finish(untouched)
    for after in ("False", "True"):
        home = project.make(tmp_path / f"killed-{after}", suppliers)
        _killed_in(home, step, after)
        finish(home)
        assert tree(home) == tree(untouched), after


def _killed_in(home: Path, step: str, after: str) -> None:
    """Run a fetch that kills itself (-9) before or after a step of the publication."""
    code = f"""
import os, signal
from wijkprofiel.sources.fetch import snapshots
real = snapshots.{step}
def fatal(*words):
    if {after}:
        real(*words)
    os.kill(os.getpid(), signal.SIGKILL)
snapshots.{step} = fatal
{FETCH}
"""
    process = subprocess.run(
        [sys.executable, "-c", code, str(home)], check=False, timeout=120, capture_output=True
    )
    assert process.returncode == -signal.SIGKILL, process.stderr.decode()


def test_a_new_edition_between_two_halves_starts_from_scratch(
    suppliers: Suppliers, tmp_path: Path
) -> None:
    home = project.make(tmp_path / "ggd", suppliers)
    _kill_at(suppliers, home, 3, "UntypedDataSet")
    partial = home / "data" / ".cijfers.partial" / "rivm-gezondheid"
    assert any(partial.rglob("UntypedDataSet-*"))
    table = suppliers.tables["50090NED"]
    table.modified = "2026-02-02T02:00:00"
    rows = table.entities["UntypedDataSet"]
    table.entities["UntypedDataSet"] = [{**row, "Eenzaam_28": "    12.3"} for row in rows]
    finish(home)
    fresh = project.make(tmp_path / "fresh", suppliers)
    finish(fresh)
    assert tree(home) == tree(fresh)


def test_two_fetches_of_one_project_do_not_meet(suppliers: Suppliers, tmp_path: Path) -> None:
    home = project.make(tmp_path / "ggd", suppliers)
    gate, reached = threading.Event(), threading.Event()

    def hold(_: Asked) -> Answer | None:
        reached.set()
        gate.wait(60)
        return None

    suppliers.trouble.append(hold)
    one = start(home)
    assert reached.wait(60)
    two = start(home)
    _, err = two.communicate(timeout=60)
    gate.set()
    assert b"another fetch of this project is under way" in err
    _, err = one.communicate(timeout=60)
    assert one.returncode == 0, err.decode()
