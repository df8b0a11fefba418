"""``wijkprofiel.lock``: which files a project builds from, so that a year later it is the same.

It stands in the project folder, one line per file with its edition and checksum, sorted. ``fetch``
writes it; every build holds the data folder against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from wijkprofiel.config.located import parse
from wijkprofiel.config.mistakes import complaints
from wijkprofiel.errors import DataError, Problem
from wijkprofiel.model.computed import Finding, Severity
from wijkprofiel.model.declared import Declared, Text
from wijkprofiel.sources.sidecar import Checksum, Sidecar

NAME = "wijkprofiel.lock"
_HEAD = (
    "# Written by 'wijkprofiel fetch': the files that this project builds from. Keep it in git.\n"
)
_AGAIN = "'wijkprofiel fetch --update' shows what is new and writes the lock again"


class Pin(Declared):
    """One file that is pinned."""

    edition: str = Field(default="", description="Table id at the supplier.")
    modified: str = Field(default="", description="Stamp of the edition.")
    sha256: Checksum = Field(description="Checksum of the file.")


class Lock(Declared):
    """The whole lock."""

    data: Text = Field(description="Data folder that it is about, as in wijkprofiel.yaml.")
    files: dict[str, Pin] = Field(description="Per file below the data folder.")


@dataclass(frozen=True, slots=True)
class Held:
    """What holding a folder against the lock gives: problems stop a build, findings do not."""

    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()


def text(data: str, sidecars: Mapping[str, Sidecar]) -> str:
    """Return the lock of a data folder.

    Args:
        data: the folder, as ``wijkprofiel.yaml`` writes it.
        sidecars: per file, by its path below the folder.
    """
    files = {
        name: {
            key: value
            for key, value in (
                ("edition", sidecar.table),
                ("modified", sidecar.modified),
                ("sha256", sidecar.sha256),
            )
            if value
        }
        for name, sidecar in sorted(sidecars.items())
    }
    body = {"data": data, "files": files}
    return _HEAD + yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=120)


def read(path: Path) -> Lock | None:
    """Return the lock at ``path``; None when there is none.

    Raises:
        DataError: it is no lock.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    file = parse(content, NAME)
    if file.problems:
        raise DataError.of((problem for _, problem in file.problems), "nothing read")
    try:
        return Lock.model_validate(file.data)
    except ValidationError as failure:
        found = [problem for _, _, problem in complaints(failure, file, Lock)]
        raise DataError.of(found, "nothing read") from failure


def held(lock: Lock | None, data: str, sidecars: Iterable[tuple[str, Sidecar]]) -> Held:
    """Hold the files of a data folder, each as its sidecar describes it, against the lock."""
    if lock is None:
        return Held()
    if lock.data != data:
        message = f"is about '{lock.data}', and this build reads '{data}': nothing is pinned"
        return Held(findings=(_finding("lock-of-another-folder", NAME, message, _AGAIN),))
    there = dict(sidecars)
    problems = [
        Problem(
            name,
            f"is not the file that {NAME} pins (sha256 {there[name].sha256[:12]}..., "
            f"pinned {pin.sha256[:12]}...)"
            if name in there
            else f"is pinned by {NAME} and is not there",
            f"bring the pinned file back; {_AGAIN}",
        )
        for name, pin in lock.files.items()
        if name not in there or there[name].sha256 != pin.sha256
    ]
    findings = [
        _finding("file-not-locked", name, f"is read, but {NAME} does not pin it", _AGAIN)
        for name in there
        if name not in lock.files
    ]
    return Held(tuple(problems), tuple(findings))


def _finding(code: str, where: str, message: str, hint: str) -> Finding:
    return Finding(code, Severity.WARNING, where, message, hint)
