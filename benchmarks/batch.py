"""What a batch costs by number of areas: uv run benchmarks/batch.py --data DIR --numbers 10 100.

``--data DIR`` holds the whole country, made by
``python scripts/make_sample.py ../shared/data --country DIR``; without it the sample is used. For
every number the real command builds that many wijken, spread evenly over the data; then the same
command again, with nothing to do; then once more with one figure of one area corrected. The
processes are watched from outside (/proc). ``--stages`` tells instead where the seconds of one
process go.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import processes
import stages
import yaml

if TYPE_CHECKING:
    from wijkprofiel.config import Config
    from wijkprofiel.sources.dataset import Dataset

COMMAND = [sys.executable, "-c", "from wijkprofiel.cli import main; main()", "build"]
PROJECT = "wijkprofiel.yaml"
LEAST = 3
"""Looks at a worker, at least, before it counts."""


@dataclass
class Seen:
    """What was seen of one command.

    Attributes:
        wall, cpu: seconds, those of its children included.
        events: the lines of its log.
        parent: resident memory of the command itself, MB, look by look.
        workers: by number of the process: (seconds since the start, resident, proportional).
    """

    wall: float = 0.0
    cpu: float = 0.0
    code: int = 0
    events: list[dict[str, Any]] = field(default_factory=list)
    parent: list[float] = field(default_factory=list)
    workers: dict[int, list[tuple[float, float, float]]] = field(default_factory=dict)

    def areas(self) -> list[dict[str, Any]]:
        """Return the events of areas that were worked on."""
        return [event for event in self.events if event["event"] == "area"]

    def failed(self) -> int:
        """Return how many areas were not built."""
        return sum(event["outcome"] == "not built" for event in self.areas())

    def written(self) -> int:
        """Return how many files were written, manifests included."""
        return sum(len(event["written"]) for event in self.areas())

    def rate(self) -> float:
        """Return areas per second from the first finished area on: without starting up."""
        times = [dt.datetime.fromisoformat(event["time"]) for event in self.areas()]
        if len(times) < LEAST:
            return float("nan")
        return (len(times) - 1) / (times[-1] - times[0]).total_seconds()

    def memory(self, which: int) -> list[float]:
        """Return the most memory of a worker (1: RSS, 2: PSS) in each quarter of its life."""
        quarters: list[list[float]] = [[], [], [], []]
        for looks in self.workers.values():
            for place, look in enumerate(looks) if len(looks) >= LEAST else ():
                quarters[4 * place // len(looks)].append(look[which])
        return [max(part, default=float("nan")) for part in quarters]


def main() -> int:
    """Run, and print tables; 1 when an area failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with the figures of the country")
    parser.add_argument("--numbers", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--format", action="append", default=[], help="default: factsheet")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--once", action="store_true", help="no correction: two runs, not three")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between looks")
    parser.add_argument("--stages", action="store_true", help="where the seconds of one process go")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = project(Path(folder), asked.data)
        codes, correction = _country(home)
        words = [w for kind in asked.format or ["factsheet"] for w in ("--format", kind)]
        _say(f"{len(codes):,} wijken; load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores\n")
        if asked.stages:
            return _stages(home, spread(codes, asked.numbers[0]), asked.format or ["factsheet"])
        words += ["--jobs", str(asked.jobs)]
        failed = 0
        for line in _HEAD:
            _say(line)
        notes: list[str] = []
        for number in asked.numbers:
            wrong = None if asked.once else correction
            failed += _number(home, spread(codes, number), words, wrong, notes, asked.pause)
        _say("\n".join(["", *notes]))
    return 1 if failed else 0


# --- the project ----------------------------------------------------------------------------


def project(folder: Path, data: Path | None) -> Path:
    """Return a project folder with the shipped settings, over other data where they are given."""
    from wijkprofiel.assets import Assets

    home = folder / "project"
    (home / "configs").mkdir(parents=True)
    text = Assets.of().find(f"configs/{PROJECT}").read_text(encoding="utf-8")
    told = yaml.safe_load(text)["data"]
    where = (data or Assets.of().project / told).resolve()
    (home / PROJECT).write_text(text.replace(f"data: {told}", f"data: {where}"), encoding="utf-8")
    return home


def load(home: Path) -> tuple[Config, Dataset]:
    """Return the settings and figures of a project folder."""
    from wijkprofiel import config as configs
    from wijkprofiel.assets import Assets
    from wijkprofiel.sources import folder

    config = configs.load(Assets.of(home))
    return config, folder.load(config)


def _country(home: Path) -> tuple[list[str], dict[str, Any]]:
    """Return the codes of all wijken, and a correction of one figure of the first with one."""
    from wijkprofiel import areas

    config, dataset = load(home)
    codes = list(areas.select_all(dataset.areas, config.project.boundary_year))
    key = config.documents["factsheet"].key_figures[1]
    figures = dataset.figures
    rows = figures[(figures["indicator"] == key) & (figures["status"] == "ok")]
    row = rows[rows["area"] == codes[0]].iloc[-1]
    source = str(row["source"])
    return codes, {
        "source": source,
        "edition": config.project.editions[source],
        "area": codes[0],
        "indicator": key,
        "period": str(row["period"]),
        "expect": float(row["value"]),
        "value": float(row["value"]) + 1,
        "reason": "benchmark",
        "reported": config.project.edition.date.isoformat(),
    }


def spread(codes: Sequence[str], number: int) -> list[str]:
    """Return that many, evenly over all, the first always among them."""
    many = min(number, len(codes))
    return [codes[place * len(codes) // many] for place in range(many)]


# --- a number of areas ----------------------------------------------------------------------

_HEAD = (
    "| areas | run | wall, s | areas/s | warm | CPU, s | CPU/area, s | files | failed | MB |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


def _number(  # what one measurement is made of
    home: Path,
    codes: list[str],
    words: list[str],
    correction: dict[str, Any] | None,
    notes: list[str],
    pause: float,
) -> int:
    """Build that many areas three times (twice without a correction), print a row each.

    Returns:
        How many failed.
    """
    chosen = home / "areas.txt"
    chosen.write_text("\n".join(codes), encoding="utf-8")
    output = home / f"output-{len(codes)}"
    told = [*COMMAND, "--select", str(chosen), *words, "--log-json", "--output", str(output)]
    first = _watched(told, home, pause)
    _row(len(codes), "all new", first, _size(output))
    notes.append(_memory(len(codes), first))
    notes += [f"{len(codes)} areas, failed: {line}" for line in _failures(first)]
    again = _watched(told, home, pause)
    _row(len(codes), "again", again, 0.0)
    if correction is None:
        return sum(one.failed() or (1 if one.code > 1 else 0) for one in (first, again))
    corrections = home / "configs" / "corrections.yaml"
    corrections.write_text(yaml.safe_dump({"corrections": [correction]}), encoding="utf-8")
    touched = _watched(told, home, pause)
    corrections.unlink()
    _row(len(codes), "one figure", touched, 0.0)
    notes += [f"{len(codes)} areas, one figure: {line}" for line in _why(touched)]
    return sum(one.failed() or (1 if one.code > 1 else 0) for one in (first, again, touched))


def _watched(words: list[str], home: Path, pause: float) -> Seen:
    """Run a command, and look at it and at its workers until it ends."""
    seen = Seen()
    log = home / "log.jsonl"
    before = os.times()
    start = time.perf_counter()
    with log.open("wb") as lines:
        env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        process = subprocess.Popen(  # noqa: S603 - our own words
            words, cwd=home, stdout=subprocess.DEVNULL, stderr=lines, env=env
        )
        while process.poll() is None:
            _look(seen, process.pid, time.perf_counter() - start)
            time.sleep(pause)
    seen.wall = time.perf_counter() - start
    after = os.times()
    seen.cpu = after.children_user + after.children_system
    seen.cpu -= before.children_user + before.children_system
    seen.code = process.returncode
    seen.events = list(_events(log))
    return seen


def _look(seen: Seen, pid: int, moment: float) -> None:
    for one in processes.tree(pid, shares=True):
        if one.pid == pid:
            seen.parent.append(one.memory)
        else:
            looks = seen.workers.setdefault(one.pid, [])
            looks.append((moment, one.memory, one.share))


def _events(log: Path) -> Iterator[dict[str, Any]]:
    for line in log.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            _say(f"not JSON: {line}")


def _size(output: Path) -> float:
    """Return the MB of all files below a folder."""
    return sum(path.stat().st_size for path in output.rglob("*") if path.is_file()) / 1e6


def _row(number: int, run: str, seen: Seen, size: float) -> None:
    made = seen.areas()
    each = f"{seen.cpu / len(made):.2f}" if made else "–"
    rate = seen.rate()
    _say(
        f"| {number:,} | {run} | {seen.wall:.1f} | {number / seen.wall:.2f} "
        f"| {'–' if rate != rate else f'{rate:.2f}'} | {seen.cpu:.1f} | {each} "  # noqa: PLR0124 - NaN
        f"| {seen.written()} | {seen.failed()} | {f'{size:.1f}' if size else '–'} |"
    )
    if seen.code > 1:
        told = next((e for e in seen.events if e["event"] in {"error", "message"}), {})
        _say(f"  ended with {seen.code}: {told.get('message') or told.get('text')}")


def _failures(seen: Seen) -> Iterator[str]:
    """Yield every problem, without its hint."""
    for event in seen.areas():
        for problem in event["problems"]:
            yield f"{event['area']}: {problem.splitlines()[0]}"


def _why(seen: Seen) -> Iterator[str]:
    """Yield what was made again, and how often for which reason."""
    made = [event for event in seen.areas() if event["why"]]
    reasons = Counter(", ".join(kinds) for event in made for kinds in dict(event["why"]).values())
    yield f"made again: {', '.join(event['area'] for event in made[:10]) or 'nothing'}"
    yield f"reasons: {dict(reasons)}"


def _memory(number: int, seen: Seen) -> str:
    """Return a line about memory."""
    told = []
    for name, which in (("RSS", 1), ("PSS", 2)):
        quarters = " → ".join(f"{most:.0f}" for most in seen.memory(which))
        told.append(f"{name} {quarters}")
    looks = [look for part in seen.workers.values() for look in part]
    together = statistics.median(look[2] for look in looks) if looks else float("nan")
    return (
        f"{number} areas, MB: parent at most {max(seen.parent, default=0):.0f}; "
        f"{len(seen.workers)} workers, the most of one in each quarter of its life: "
        f"{'; '.join(told)}; median PSS {together:.0f}"
    )


# --- stages ---------------------------------------------------------------------------------


def _stages(home: Path, codes: list[str], kinds: list[str]) -> int:
    """Build areas in this process with a clock around every stage; print the table."""
    from wijkprofiel.build import formats, run
    from wijkprofiel.build.plan import Order

    config, dataset = load(home)
    formats.load()
    clock = stages.Clock()
    with clock.around():
        result = run.build(config, dataset, codes, home / "stages", Order.of(kinds, config), jobs=1)
    for line in stages.table(clock):
        _say(line)
    for failed in result.failures:
        for problem in failed.error.problems if failed.error else ():
            _say(f"  {failed.slug}: {str(problem).splitlines()[0]}")
    own = processes.tree(os.getpid(), shares=True)[0]
    _say(
        f"\n{len(result.areas)} areas, {len(result.failures)} failed; load "
        f"{os.getloadavg()[0]:.1f}; {own.memory:.0f} MB at the end"
    )
    return result.exit_code


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
