"""What an earlier build left in the folder of an area, as its manifest tells it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wijkprofiel.build import manifest
from wijkprofiel.build.inputs import Hashes
from wijkprofiel.build.target import Folder
from wijkprofiel.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class Record:
    """One document that was made.

    Attributes:
        file: its name in the folder of the area.
        sha256, size: of its content, size in bytes.
        inputs: what reached it, by kind.
        findings: of its check.
        told: its entry in the manifest.
    """

    file: str
    sha256: str
    size: int
    inputs: Hashes
    findings: tuple[Finding, ...]
    told: Mapping[str, Any]

    def there(self, folder: Folder) -> bool:
        """Whether a file of its name and size is there: a first look."""
        return folder.size(self.file) == self.size

    def intact(self, folder: Folder) -> bool:
        """Whether the file is there with the content that was made."""
        return self.there(folder) and folder.sha256(self.file) == self.sha256


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an area's manifest tells; without one, or with one that cannot be read, nothing.

    Attributes:
        there: whether there is a manifest, be it one that cannot be read.
        project: what could reach any area then, by kind.
        documents: by file name.
        left_out: files that were asked for and are not made for this area.
        findings: about the area itself.
        style: the house style that was asked for it; None: it has its own.
    """

    there: bool = False
    project: Hashes = field(default_factory=dict)
    documents: Mapping[str, Record] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    style: str | None = None

    def answers(self, files: Sequence[str]) -> bool:
        """Whether every file was made, or left out for a reason."""
        return all(name in self.documents or name in self.left_out for name in files)

    def made(self, folder: Folder) -> frozenset[str]:
        """Return the names of all that was asked for; the files themselves where none is told."""
        if not self.there:
            return frozenset()
        return frozenset(self.documents or folder.names()) | frozenset(self.left_out)


def read(folder: Folder) -> Earlier:
    """Return what stands in the folder of one area.

    A manifest of another format, or one that was damaged, tells nothing: then everything is made
    again.
    """
    text = folder.read(manifest.NAME)
    if text is None:
        return Earlier()
    try:
        content = json.loads(text)
        if content["format"] != manifest.FORMAT:
            return Earlier(there=True)
        return Earlier(
            there=True,
            project=_hashes(content["project"]),
            documents={str(told["file"]): _made(told) for told in content["documents"]},
            left_out=tuple(map(str, content["left_out"])),
            findings=_findings(content["findings"]),
            style=_style(content["config"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Earlier(there=True)


def _style(told: Mapping[str, Any]) -> str | None:
    chosen = told.get("chosen_style")
    return None if chosen is None else str(chosen)


def _made(told: Mapping[str, Any]) -> Record:
    return Record(
        file=str(told["file"]),
        sha256=str(told["sha256"]),
        size=int(told["bytes"]),
        inputs=_hashes(told["inputs"]),
        findings=_findings(told["findings"]),
        told=told,
    )


def _hashes(told: Mapping[str, Any]) -> Hashes:
    return {str(kind): str(value) for kind, value in told.items()}


def _findings(told: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(Finding(**{**one, "severity": Severity(one["severity"])}) for one in told)
