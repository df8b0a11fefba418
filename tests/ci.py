"""Runs the shipped workflow files as GitHub and GitLab do: every script with bash, in order.

Only what comes from outside has a stand-in: the actions of GitHub (checkout, cache, artifacts,
pages), the caches and artifacts of GitLab, and the installation of programs (sudo, apt-get, uv).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

GITHUB, GITLAB = ".github/workflows/profielen.yml", ".gitlab-ci.yml"
_REFERENCE = re.compile(r"(steps|needs)\.(\w+)\.outputs\.(\w+)")
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@dataclass
class Ran:
    """What became of one run of a pipeline.

    Attributes:
        jobs: per job success, warning, failure or skipped.
        log: all that the scripts wrote.
        summary: of the job, for who looks.
        published: whether pages were put in place.
        artifacts: folder with what was kept, per name.
        installed: what the stand-ins of apt-get, sudo and uv were asked.
    """

    artifacts: Path
    jobs: dict[str, str] = field(default_factory=dict)
    log: str = ""
    summary: str = ""
    published: bool = False
    installed: list[str] = field(default_factory=list)


def commit(repository: Path, message: str = "stand") -> None:
    """Put everything in the repository of a project."""
    for words in (
        ["init", "--quiet"],
        ["add", "--all"],
        ["-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet",
         "--message", message],
    ):  # fmt: skip
        subprocess.run(["git", *words], cwd=repository, check=True)  # noqa: S607  # the git of the machine


class Pipeline(ABC):
    """The runs of one pipeline: each in a fresh clone, with what the ones before it kept.

    Args:
        repository: git repository of a project.
        store: folder for caches, artifacts and pages.
        env: settings that a user changes in the file.
    """

    def __init__(self, repository: Path, store: Path, **env: str) -> None:
        self.repository, self.store, self.env = repository, store, env
        self.pages = store / "pages"
        self.count = 0
        (store / "cache").mkdir(parents=True)
        self._bin()

    def _bin(self) -> None:
        programs = self.store / "bin"
        programs.mkdir()
        for name in ("sudo", "apt-get", "uv"):
            program = programs / name
            program.write_text(f'#!/bin/sh\necho "{name} $*" >> "$INSTALLED"\n')
            program.chmod(0o755)
        (programs / "wijkprofiel").symlink_to(Path(sys.executable).with_name("wijkprofiel"))

    @abstractmethod
    def run(self) -> Ran:
        """Run all of it once."""

    def begin(self) -> tuple[Path, Ran]:
        """Return a fresh clone, and what is told of the run."""
        self.count += 1
        home = self.store / f"run-{self.count}"
        work = home / "work"
        words = ["git", "clone", "--quiet", str(self.repository), str(work)]
        subprocess.run(words, check=True)
        (home / "artifacts").mkdir()
        return work, Ran(home / "artifacts")

    def bash(self, script: str, work: Path, ran: Ran, flags: str, **env: str) -> int:
        """Run a script; return its exit code."""
        installed = work.parent / "installed"
        installed.touch()
        own = {
            "PATH": f"{self.store / 'bin'}:{os.environ['PATH']}",
            "HOME": str(work.parent),
            "INSTALLED": str(installed),
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", *flags.split(), "-c", script],  # noqa: S607  # the bash of the machine
            cwd=work, env={**os.environ, **own, **env}, text=True, check=False, timeout=900,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        ran.log += done.stdout
        ran.installed = installed.read_text().splitlines()
        return done.returncode

    def deploy(self, folder: Path, ran: Ran) -> None:
        """Put pages in the place of those that are there."""
        shutil.rmtree(self.pages, ignore_errors=True)
        shutil.copytree(folder, self.pages)
        ran.published = True


def copy(source: Path, target: Path) -> None:
    """Copy a file or folder, if it is there."""
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)


class Github(Pipeline):
    """GitHub Actions."""

    def run(self) -> Ran:
        """Run the workflow once."""
        work, ran = self.begin()
        flow = yaml.safe_load((work / GITHUB).read_text(encoding="utf-8"))
        assert flow["defaults"]["run"]["shell"] == "bash"
        outputs: dict[tuple[str, str], dict[str, str]] = {}
        for name, job in flow["jobs"].items():
            if "if" in job and not _true(job["if"], outputs):
                ran.jobs[name] = "skipped"
                continue
            first = job["steps"][0].get("uses", "").startswith("actions/checkout")
            place = work if first else work.parent / name
            place.mkdir(exist_ok=True)
            ran.jobs[name] = self._job(job, flow["env"], place, ran, outputs)
            told = {k: _fill(v, outputs) for k, v in job.get("outputs", {}).items()}
            outputs["needs", name] = told
            if ran.jobs[name] == "failure":
                break
        return ran

    def _job(
        self,
        job: Mapping[str, Any],
        env: Mapping[str, str],
        work: Path,
        ran: Ran,
        outputs: dict[tuple[str, str], dict[str, str]],
    ) -> str:
        state = "success"
        for step in job["steps"]:
            wanted = step.get("if", "success()")
            if state == "failure" and wanted != "always()":
                continue
            if wanted not in {"always()", "success()"} and not _true(wanted, outputs):
                continue
            if "uses" in step:
                told = {k: _fill(str(v), outputs) for k, v in step.get("with", {}).items()}
                ACTIONS[step["uses"].split("@")[0]](Step(self, told, work, ran))
                continue
            files = {n: work.parent / n for n in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
            for file in files.values():
                file.write_text("")
            own = {**env, **self.env, **{name: str(file) for name, file in files.items()}}
            if self.bash(step["run"], work, ran, "-eo pipefail", **own):
                state = "failure"
            lines = files["GITHUB_OUTPUT"].read_text().splitlines()
            outputs["steps", step.get("id", "")] = dict(line.split("=", 1) for line in lines)
            ran.summary += files["GITHUB_STEP_SUMMARY"].read_text()
        return state


def _fill(text: str, outputs: Mapping[tuple[str, str], Mapping[str, str]]) -> str:
    def value(match: re.Match[str]) -> str:
        found = _REFERENCE.fullmatch(match[1])
        return outputs.get((found[1], found[2]), {}).get(found[3], "") if found else match[1]

    return _EXPRESSION.sub(value, text)


def _true(wanted: str, outputs: Mapping[tuple[str, str], Mapping[str, str]]) -> bool:
    def holds(part: str) -> bool:
        left, _, right = part.partition("==")
        return _fill("${{" + left.strip() + "}}", outputs) == right.strip().strip("'")

    return any(holds(part) for part in wanted.split("||"))


@dataclass(frozen=True)
class Step:
    """One step that uses an action: its settings, and where it works."""

    pipeline: Pipeline
    told: Mapping[str, str]
    work: Path
    ran: Ran


def _nothing(_: Step) -> None:
    """Checkout was done by :meth:`Pipeline.begin`; uv has a stand-in."""


def _restore(step: Step) -> None:
    every = (step.pipeline.store / "cache").iterdir()
    kept = [path for path in every if path.name.startswith(step.told["restore-keys"])]
    if kept:
        newest = max(kept, key=lambda path: path.stat().st_mtime_ns)
        copy(newest / step.told["path"], step.work / step.told["path"])


def _save(step: Step) -> None:
    name = step.told["path"]
    assert (step.work / name).is_file()
    copy(step.work / name, step.pipeline.store / f"cache/gisteren-{step.pipeline.count}" / name)


def _upload(step: Step) -> None:
    paths = step.told["path"].split()
    for path in paths:
        inside = path if len(paths) > 1 or (step.work / path).is_file() else ""
        copy(step.work / path, step.ran.artifacts / step.told["name"] / inside)


def _download(step: Step) -> None:
    copy(step.ran.artifacts / step.told["name"], step.work)


def _upload_pages(step: Step) -> None:
    copy(step.work / step.told["path"], step.ran.artifacts / "github-pages")


def _deploy(step: Step) -> None:
    step.pipeline.deploy(step.ran.artifacts / "github-pages", step.ran)


ACTIONS: Mapping[str, Callable[[Step], None]] = {
    "actions/checkout": _nothing,
    "astral-sh/setup-uv": _nothing,
    "actions/cache/restore": _restore,
    "actions/cache/save": _save,
    "actions/upload-artifact": _upload,
    "actions/download-artifact": _download,
    "actions/upload-pages-artifact": _upload_pages,
    "actions/deploy-pages": _deploy,
}


class Gitlab(Pipeline):
    """GitLab CI: stages in order, a cache per key, artifacts to the jobs that need them."""

    def run(self) -> Ran:
        """Run the pipeline once."""
        work, ran = self.begin()
        flow = yaml.safe_load((work / GITLAB).read_text(encoding="utf-8"))
        jobs = {n: j for n, j in flow.items() if isinstance(j, dict) and "script" in j}
        for stage in flow["stages"]:
            for name, job in jobs.items():
                if job["stage"] != stage:
                    continue
                needed = [ran.jobs[need["job"]] for need in job.get("needs", ())]
                if "failure" in needed:
                    ran.jobs[name] = "skipped"
                    continue
                self._job(name, job, flow["variables"], work, ran)
        return ran

    def _job(
        self, name: str, job: Mapping[str, Any], env: Mapping[str, str], work: Path, ran: Ran
    ) -> None:
        place = work
        if job.get("needs"):  # another runner: a clone, and the artifacts of what it needs
            place = work.parent / name
            shutil.copytree(work / ".git", place / ".git")
            copy(ran.artifacts / job["needs"][0]["job"], place)
        caches = [path for cache in job.get("cache", ()) for path in cache["paths"]]
        for path in caches:
            copy(self.store / "cache" / path, place / path)
        script = "\n".join([*job.get("before_script", ()), *job["script"]])
        own = {key: value.replace("$CI_PROJECT_DIR", str(place)) for key, value in env.items()}
        code = self.bash(script, place, ran, "-eo pipefail", **{**own, **self.env})
        for path in caches:
            copy(place / path, self.store / "cache" / path)
        if code == 0 or job["artifacts"].get("when") == "always":
            for path in job["artifacts"]["paths"]:
                copy(place / path, ran.artifacts / name / path)
        allowed = job.get("allow_failure", {}).get("exit_codes", ())
        ran.jobs[name] = "warning" if code in allowed else "failure" if code else "success"
        if name == "pages" and code == 0:
            self.deploy(ran.artifacts / name / "public", ran)
