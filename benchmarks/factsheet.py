"""What a document of one area costs, by stage: uv run benchmarks/factsheet.py.

Seconds of this processor (other work on the machine makes them longer too, so only ratios between
rows of one run are to be trusted): the first area of a fresh process, then the median of the
areas after it, as a batch meets them. ``--each`` also renders one document without each of the
accelerations, in turn with all of them, and prints what each is worth.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from wijkprofiel.build.plan import Task
    from wijkprofiel.config import Config
    from wijkprofiel.documents import Document
    from wijkprofiel.sources.dataset import Dataset

T = TypeVar("T")
Costs = dict[str, list[float]]

STAGES = ("profile", "html", "layout", "write", "check", "attack")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("areas", nargs="*", help="slugs or codes; by default all of the project")
    parser.add_argument("--document", default="factsheet")
    parser.add_argument("--number", type=int, default=20, help="areas to build, in turn")
    parser.add_argument("--stock", action="store_true", help="without accelerations")
    parser.add_argument("--each", action="store_true", help="what each acceleration is worth")
    asked = parser.parse_args()
    costs: Costs = {}
    config, dataset = _timed(costs, "load", _load)
    from wijkprofiel.build.plan import Order, plan
    from wijkprofiel.render import accelerate

    tasks = plan(config, dataset, asked.areas or list(config.profiles), Order())
    off = accelerate.known() if asked.stock else ("nothing",)
    with accelerate.without(*off):
        for number in range(asked.number):
            _one(tasks[number % len(tasks)], asked.document, config, dataset, costs)
            if number == 0:
                _say(f"first area: {_peak():.0f} MB")
    _table(costs)
    if asked.each:
        _each(tasks[0], asked.document, config, dataset)
    return 0


def _load() -> tuple[Config, Dataset]:
    from wijkprofiel import config as configs
    from wijkprofiel.assets import Assets
    from wijkprofiel.sources import folder

    config = configs.load(Assets.of())
    return config, folder.load(config)


def _one(task: Task, name: str, config: Config, dataset: Dataset, costs: Costs) -> None:
    """Build one document as a build does, and keep the seconds of each stage."""
    from weasyprint.document import Document as LaidOut

    from wijkprofiel import documents
    from wijkprofiel.build import attack
    from wijkprofiel.build.make import make_profile
    from wijkprofiel.render import check, pdf

    profile = _timed(costs, "profile", lambda: make_profile(config, dataset, task))
    document = _timed(
        costs, "html", lambda: documents.make(profile, config.documents[name], config)
    )
    writer, written = LaidOut.write_pdf, []

    def write_pdf(self: LaidOut, *args: object, **options: object) -> object:
        start = time.process_time()
        made = writer(self, *args, **options)
        written.append(time.process_time() - start)
        return made

    LaidOut.write_pdf = write_pdf
    try:
        content = _timed(costs, "layout", lambda: pdf.render(document, config))
    finally:
        LaidOut.write_pdf = writer
    costs["layout"][-1] -= written[0]
    costs.setdefault("write", []).append(written[0])
    _timed(costs, "check", lambda: check.check(content, document, profile))
    files = {f"{task.slug}-{name}.pdf": content}
    _timed(costs, "attack", lambda: attack.refuse(files, profile, config, dataset))


def _each(task: Task, name: str, config: Config, dataset: Dataset) -> None:
    """Print how much longer one document takes without each acceleration, turn and turn about."""
    from wijkprofiel import documents
    from wijkprofiel.build.make import make_profile
    from wijkprofiel.render import accelerate

    profile = make_profile(config, dataset, task)
    document = documents.make(profile, config.documents[name], config)
    ways = {"all on": ("nothing",), "all off": accelerate.known()}
    ways |= {f"without {one}": (one,) for one in accelerate.known()}
    ways["without xml"] = ("xml", "drawings", "styles")
    costs: Costs = {}
    for _ in range(5):
        for way, off in ways.items():
            with accelerate.without(*off):
                _timed(costs, way, lambda: _render(document, config))
    least = min(costs["all on"])
    for way, seconds in costs.items():
        _say(f"{way:18s} {min(seconds):6.3f} s  {min(seconds) / least:5.2f} ×")


def _render(document: Document, config: Config) -> bytes:
    from wijkprofiel.render import pdf

    return pdf.render(document, config)


def _timed(costs: Costs, stage: str, work: Callable[[], T]) -> T:
    start = time.process_time()
    result = work()
    costs.setdefault(stage, []).append(time.process_time() - start)
    return result


def _table(costs: Costs) -> None:
    _say(f"load {costs['load'][0]:.2f} s; machine load {os.getloadavg()[0]:.1f}")
    _say(f"{'stage':10s} {'first':>7s} {'median':>7s} {'least':>7s}")
    rows = {stage: costs[stage] for stage in STAGES}
    rows["together"] = [sum(parts) for parts in zip(*rows.values(), strict=True)]
    for stage, seconds in rows.items():
        _row(stage, seconds)
    _say(f"{len(rows['together'])} areas: {_peak():.0f} MB")


def _row(stage: str, seconds: Sequence[float]) -> None:
    warm = seconds[1:] or seconds
    middle = statistics.median(warm)
    _say(f"{stage:10s} {seconds[0]:7.3f} {middle:7.3f} {min(warm):7.3f}")


def _peak() -> float:
    """Return the most memory that this process has used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    raise SystemExit(main())
