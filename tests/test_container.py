"""The Containerfile: no engine is needed to see that what it copies is there and that it builds."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
UV = os.environ.get("UV") or shutil.which("uv") or str(ROOT / ".cache/uv-env/bin/uv")
INSTALLED = "/opt/wijkprofiel"


@dataclass(frozen=True)
class Instruction:
    """One instruction of the Containerfile, with the stage that it is in."""

    stage: int
    word: str
    rest: str


def instructions() -> list[Instruction]:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    stage, found = 0, []
    for line in filter(None, joined.splitlines()):
        word, _, rest = line.partition(" ")
        stage += word == "FROM"
        found.append(Instruction(stage, word, " ".join(rest.split())))
    return found


def of(word: str, stage: int | None = None) -> list[str]:
    return [i.rest for i in instructions() if i.word == word and stage in {None, i.stage}]


def copies() -> Iterator[tuple[str, str]]:
    """(path here, path in the image) of what the first stage copies."""
    for rest in of("COPY", 1):
        *sources, target = rest.split()
        for source in sources:
            yield source, target + (Path(source).name if target.endswith("/") else "")


def test_what_is_copied_is_there_and_is_all_that_a_wheel_needs() -> None:
    copied = dict(copies())
    for source, target in copied.items():
        assert (ROOT / source).exists(), source
        assert target == f"/src/{source}"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["force-include"], *wheel["packages"], project["project"]["readme"]}
    needed |= {name.partition("*")[0] for name in project["project"]["license-files"]}
    for path in sorted({*needed, "uv.lock", "pyproject.toml"}):
        assert any(path == own or path.startswith(f"{own}/") for own in copied), path


def test_it_runs_as_nobody_in_particular() -> None:
    assert of("USER") == ["1000"]
    after = [i.word for i in instructions()]
    assert after.index("USER") > max(n for n, word in enumerate(after) if word == "RUN")
    assert [json.loads(rest) for rest in of("ENTRYPOINT")] == [["wijkprofiel"]]
    assert of("WORKDIR") == ["/work"]
    labels = dict(part.split("=", 1) for rest in of("LABEL") for part in shlex.split(rest))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = {key.rpartition(".")[2]: value for key, value in labels.items()}
    assert told == {
        "title": project["name"],
        "description": project["description"],
        "licenses": project["license"],
    }


def test_only_what_was_installed_reaches_the_second_stage() -> None:
    assert of("COPY", 2) == [f"--from=installed {INSTALLED} {INSTALLED}"]
    first = " ".join(of("ENV", 1))
    assert f"UV_PROJECT_ENVIRONMENT={INSTALLED} " in f"{first} "
    assert all("--frozen" in run for run in of("RUN", 1) if "uv sync" in run)


def libraries(text: str) -> set[str]:
    return set(re.findall(r"\blib[\w.-]+", text))


def test_the_container_and_the_schedules_ask_for_the_same_libraries() -> None:
    wanted = libraries(" ".join(of("RUN", 2)))
    assert {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"} <= wanted
    folder = ROOT / "templates/project/ci"
    hub = yaml.safe_load((folder / "github.yml").read_text(encoding="utf-8"))
    steps = hub["jobs"]["verversen"]["steps"]
    lab = yaml.safe_load((folder / "gitlab.yml").read_text(encoding="utf-8"))
    scripts = [" ".join(step.get("run", "") for step in steps),
               " ".join(lab["verversen"]["before_script"])]  # fmt: skip
    for script in scripts:
        # libharfbuzz0b comes with the others; the image names it for who reads it.
        assert libraries(script) == wanted - {"libharfbuzz0b"}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which(UV), reason="needs uv: run scripts/test")
def test_its_steps_install_a_program_that_builds(tmp_path: Path) -> None:
    """The first stage, below a folder of its own; then a factsheet's data with what came out."""
    for source, target in copies():
        place = tmp_path / target.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        here = ROOT / source
        if here.is_dir():
            shutil.copytree(here, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(here, place)
    told = dict(part.split("=", 1) for part in " ".join(of("ENV", 1)).split())
    told["UV_PROJECT_ENVIRONMENT"] = str(tmp_path / INSTALLED.lstrip("/"))
    kept = {name for name in told if name in {"UV_NO_CACHE", "UV_COMPILE_BYTECODE"}}
    env = {k: v for k, v in os.environ.items() if k not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    env |= {name: value for name, value in told.items() if name not in kept}
    for step in of("RUN", 1):
        if step.startswith("uv "):
            words = [w.replace("/src", str(tmp_path / "src")) for w in shlex.split(step)[1:]]
            done = subprocess.run(
                [UV, *words], env=env, cwd=tmp_path, capture_output=True, text=True,
                check=False, timeout=500,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
    shutil.rmtree(tmp_path / "src")
    work = tmp_path / "work"
    work.mkdir()
    program = Path(told["UV_PROJECT_ENVIRONMENT"]) / "bin" / "wijkprofiel"
    built = subprocess.run(
        [program, "build", "WK048402", "--format", "data", "--format", "csv", "-o", "output"],
        env=env, cwd=work, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    assert (work / "output/ridderveld/ridderveld-data.csv").is_file()
    assert [path.name for path in work.iterdir()] == ["output"]
