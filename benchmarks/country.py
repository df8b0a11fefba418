"""How long reading the whole country takes, and how much memory: uv run benchmarks/country.py.

Serves the national health figures (3 periods, 17,341 areas) from ../shared/data on the loopback,
fetches them into a folder of its own, and reads them: seconds and the peak of this process.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
RIVM = "50090NED"

SERVE = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from suppliers import country, project
from suppliers.server import Suppliers, running
table = country.health()
with running(Suppliers({table.name: table}, country.outlines(), feature_page=1000)) as suppliers:
    project.make(Path(sys.argv[2]), suppliers, timeout=120)
    print("ready", flush=True)
    sys.stdin.read()
"""


def main() -> int:
    """Fetch, read and print; 2 when the national files are not there."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    from suppliers import country

    if not country.there():
        sys.stderr.write(f"{country.WHY_NOT}\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        _measure(Path(folder) / "ggd")
    return 0


def _measure(home: Path) -> None:
    words = [sys.executable, "-c", SERVE, str(ROOT / "tests"), str(home)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe) as server:  # noqa: S603 - our own words
        if server.stdin and server.stdout and server.stdout.readline():
            _timed("fetch", lambda: _fetch(home))
            server.stdin.close()
    _read(home)


def _fetch(home: Path) -> None:
    code = "from wijkprofiel.cli import main; main()"
    words = [sys.executable, "-c", code, "fetch", "--all", "--table", RIVM]
    subprocess.run(words, cwd=home, check=True, capture_output=True)  # noqa: S603 - our own words
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    sys.stdout.write(f"  peak of the fetch (or the server): {peak:.2f} GB\n")


def _read(home: Path) -> None:
    import pandas as pd

    from wijkprofiel import config as configs
    from wijkprofiel.assets import Assets
    from wijkprofiel.sources import folder, statline

    pd.Series(["warm"], dtype="str")
    config = configs.load(Assets.of(home))
    root = home / "data" / "cijfers" / "rivm-gezondheid" / RIVM
    bodies = [path.read_bytes() for path in sorted(root.glob("UntypedDataSet-*.json.gz"))]
    properties = (root / "DataProperties.json.gz").read_bytes()
    figures = _timed(
        "read the figures",
        lambda: statline.read_figures(
            bodies,
            properties,
            table=config.sources["rivm-gezondheid"],
            edition=RIVM,
            indicators=config.indicators,
            where=RIVM,
        ),
    )
    areas = figures["area"].drop_duplicates().str[:2].value_counts()
    sys.stdout.write(
        f"  {len(figures):,} figures of {areas['WK']:,} wijken, {areas['BU']:,} buurten\n"
    )
    del figures
    _timed("load the whole folder", lambda: folder.load(config))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    sys.stdout.write(f"  peak of this process: {peak:.2f} GB\n")


def _timed(what: str, work: Callable[[], T]) -> T:
    start, cpu = time.perf_counter(), time.process_time()
    result = work()
    seconds, own = time.perf_counter() - start, time.process_time() - cpu
    sys.stdout.write(f"{what}: {seconds:.1f} s ({own:.1f} s of this processor)\n")
    return result


if __name__ == "__main__":
    raise SystemExit(main())
