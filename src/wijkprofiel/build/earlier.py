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
        project: what could reach any area then, by kind.
        documents: by file name.
        left_out: files that were asked for and are not made for this area.
        findings: about the area itself.
    """

    project: Hashes = field(default_factory=dict)
    documents: Mapping[str, Record] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    def answers(self, files: Sequence[str]) -> bool:
        """Whether every file was made, or left out for a reason."""
        return all(name in self.documents or name in self.left_out for name in files)


NOTHING = Earlier()


def read(folder: Folder) -> Earlier:
    """Return what stands in the folder of one area.

    A manifest of another version of this program, or one that was damaged, tells nothing: then
    everything is made again.
    """
    text = folder.read(manifest.NAME)
    if text is None:
        return NOTHING
    try:
        content = json.loads(text)
        return Earlier(
            project=_hashes(content["project"]),
            documents={str(told["file"]): _made(told) for told in content["documents"]},
            left_out=tuple(map(str, content["left_out"])),
            findings=_findings(content["findings"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return NOTHING


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
