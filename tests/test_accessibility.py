"""Two independent checkers read the factsheets of real areas (docs/rendering.md)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from terminal import run

# An own area with quotes, a wijk without any health figure, an area over two gemeenten.
AREAS = ("alphen-noord", "oostduinen", "groz-utrecht")


@pytest.fixture(name="built", scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("built")
    done = run("build", *AREAS, "--output", folder, cwd=folder)
    assert done.code == 0, done.err
    return [folder / name / f"{name}-factsheet.pdf" for name in AREAS]


def test_outloud_finds_no_error_and_no_warning(built: list[Path], tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    checked(["outloud", *map(str, built), "--json", str(report), "--fail-on", "never"])
    results = json.loads(report.read_text())["results"]
    assert len(results) == len(AREAS)
    found = [f for result in results for f in result["findings"] if f["severity"] != "info"]
    assert found == []


def test_pdfua_finds_nothing(built: list[Path]) -> None:
    # It skips UA-14-001: its own bug with this pikepdf. 0 is "no findings".
    for path in built:
        checked(["pdfua", "check", str(path)])


def checked(command: list[str]) -> None:
    """Run a checker of this environment; it must end with 0."""
    tool = Path(sys.executable).with_name(command[0])
    done = subprocess.run(
        [str(tool), *command[1:]], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
