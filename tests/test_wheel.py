# The wheel is complete: installed elsewhere, it builds a factsheet without the checkout.

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROFILE = "alphen-noord"
UV = os.environ.get("UV") or shutil.which("uv") or str(ROOT / ".cache/uv-env/bin/uv")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which(UV), reason="needs uv: run scripts/test"),
]


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command outside the checkout's environment and return its standard output."""
    lost = {"VIRTUAL_ENV", "PYTHONPATH", "UV_PROJECT_ENVIRONMENT"}
    environment = {name: value for name, value in os.environ.items() if name not in lost}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist, so that both are complete."""
    dist = tmp_path_factory.mktemp("dist")
    run(UV, "build", "--quiet", "--out-dir", dist, ROOT, cwd=dist)
    (built,) = dist.glob("*.whl")
    return built


def test_the_wheel_carries_every_asset_and_nothing_of_the_workshop(wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}
    for folder in ("templates", "configs", "data/sample"):
        here = {
            f"wijkprofiel/_assets/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file()
        }
        assert here, f"{folder} is empty"
        assert here <= inside
    assert {name.split("/")[0] for name in inside} == {
        "wijkprofiel",
        "wijkprofiel-" + wheel.name.split("-")[1] + ".dist-info",
    }


def test_the_wheel_builds_a_factsheet_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv, elsewhere, locked = tmp_path / "venv", tmp_path / "elsewhere", tmp_path / "locked.txt"
    elsewhere.mkdir()
    run(
        UV, "export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes",
        "--project", ROOT, "--output-file", locked, cwd=elsewhere,
    )  # fmt: skip
    run(UV, "venv", "--quiet", venv, cwd=elsewhere)
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(
        UV, "pip", "install", "--quiet", "--python", python, "--constraint", locked, wheel,
        cwd=elsewhere,
    )  # fmt: skip
    program = python.with_name("wijkprofiel")

    written = run(program, "build", PROFILE, "--output", "uit", cwd=elsewhere).splitlines()

    pdfs = [elsewhere / line for line in written if line.endswith(".pdf")]
    assert pdfs, "the paths of the PDFs are printed on standard output"
    for pdf in pdfs:
        assert pdf.is_relative_to(elsewhere / "uit")
        assert pdf.read_bytes().startswith(b"%PDF-")
    home = run(python, "-c", "import wijkprofiel; print(wijkprofiel.__file__)", cwd=elsewhere)
    assert Path(home.strip()).is_relative_to(venv)
