"""Does a batch survive being killed? uv run benchmarks/kills.py --kills 50 --areas 60.

Builds a batch of areas once, undisturbed. Then, every time in a folder of its own, starts the same
command, kills it (SIGKILL, the process and not its children) at a random moment, starts it again
and lets it finish, and compares every byte. Prints the moments, and what was there at each.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = [sys.executable, "-c", "from wijkprofiel.cli import main; main()", "build"]


def main() -> int:
    """Build, kill, build again, compare; 1 when a result differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--areas", type=int, default=60)
    parser.add_argument("--format", action="append", default=[], help="default: data")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    words = [*_areas(asked.areas), "--jobs", str(asked.jobs)]
    for kind in asked.format or ["data"]:
        words += ["--format", kind]
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder), words, asked.kills, random.Random(asked.seed))  # noqa: S311  # moments, no secrets


def _measure(root: Path, words: list[str], kills: int, dice: random.Random) -> int:
    start = time.perf_counter()
    _start(root / "whole", words).wait()
    whole, seconds = _contents(root / "whole"), time.perf_counter() - start
    _say(f"undisturbed: {len(whole)} files in {seconds:.1f} s")
    different = 0
    for number in range(kills):
        output = root / f"kill-{number}"
        moment = dice.uniform(0.0, seconds)
        process = _start(output, words)
        time.sleep(moment)
        early = process.poll() is None
        process.kill()
        process.wait()
        there = len(list(output.glob("*/manifest.json")))
        code = _start(output, words).wait()
        same = code == 0 and _contents(output) == whole
        different += not same
        state = "killed" if early else "was done"
        _say(f"{number + 1:3d}  {state} at {moment:5.1f} s, {there:3d} areas there: "
             f"{'the same' if same else 'DIFFERENT'}")  # fmt: skip
        shutil.rmtree(output)
    _say(f"{kills} kills, {different} different results")
    return 1 if different else 0


def _areas(number: int) -> list[str]:
    """Return that many wijken of the sample."""
    from wijkprofiel import areas
    from wijkprofiel import config as configs
    from wijkprofiel.assets import Assets
    from wijkprofiel.sources import folder

    config = configs.load(Assets.of())
    dataset = folder.load(config)
    return list(areas.select_all(dataset.areas, config.project.boundary_year)[:number])


def _start(output: Path, words: list[str]) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(  # noqa: S603  # our own words
        [*COMMAND, *words, "--output", str(output)], stdout=quiet, stderr=quiet, env=env
    )


def _contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
