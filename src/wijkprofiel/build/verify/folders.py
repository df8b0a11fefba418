"""What lies in an output folder: the folders with documents, and what a manifest tells of each.

output/<area>/                    its documents and their manifest
output/vergelijking-<name>/       those about several areas
output/<language>/<area>/ ...     the same in another language
output/_rejected/, index.html     kept aside, and the portal: looked at by who makes them
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from wijkprofiel.build import dialogue_verify, manifest
from wijkprofiel.build.changes import read
from wijkprofiel.build.output import REJECTED
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError
from wijkprofiel.errors import Problem as Mistake
from wijkprofiel.model import Finding, Severity

MANIFEST = "verify-manifest"
STRAY = "verify-stray"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder with what its manifest tells.

    Attributes:
        folder: that the documents lie in.
        told: the manifest; nothing where there is none that can be trusted.
        damage: why not.
        there: names of the files in it.
    """

    folder: Path
    told: Mapping[str, Any] = field(default_factory=dict)
    damage: tuple[Mistake, ...] = ()
    there: frozenset[str] = frozenset()

    @property
    def slug(self) -> str:
        """Of the area, or of the comparison."""
        return self.folder.name

    @property
    def documents(self) -> Sequence[Mapping[str, Any]]:
        """What the manifest tells of each file."""
        return self.told.get("documents") or ()

    def broken(self) -> Iterator[Finding]:
        """Yield why its manifest is not to be trusted."""
        where = f"{self.slug}/{manifest.NAME}"
        for one in self.damage:
            yield Finding(MANIFEST, Severity.ERROR, where, one.message, one.hint or "")


def shelves(output: Path, config: Config) -> list[Shelf]:
    """Return the folders with documents below an output folder, by name.

    One that holds nothing but material for a wijkdialoog is no publication.
    """
    found: list[Shelf] = []
    for folder in _folders(output):
        if folder.name in config.languages and not (folder / manifest.NAME).is_file():
            inside = [_shelf(below, config) for below in _folders(folder)]
        else:
            inside = [_shelf(folder, config)]
        found += [shelf for shelf in inside if shelf is not None]
    return found


def strays(shelf: Shelf, config: Config) -> Iterator[Finding]:
    """Yield what lies in a folder and is not named by its manifest; hidden files are nobody's."""
    named = {str(one["file"]) for one in shelf.documents} | {manifest.NAME}
    named |= dialogue_material(shelf.slug, config)
    for path in sorted(shelf.folder.iterdir()):
        if path.name not in named and not path.name.startswith("."):
            message = "no manifest names it, so nobody looked at it"
            hint = f"take it away; what belongs there is made by: wijkprofiel build {shelf.slug}"
            yield Finding(STRAY, Severity.ERROR, f"{shelf.slug}/{path.name}", message, hint)


def dialogue_material(slug: str, config: Config) -> frozenset[str]:
    """Return the names of the files that ``wijkprofiel dialogue`` writes for an area."""
    return dialogue_verify.papers(slug, config) | dialogue_verify.to_fill_in(slug)


def _folders(parent: Path) -> list[Path]:
    """Folders, but for those that are kept aside or hidden."""
    own = (path for path in sorted(parent.iterdir()) if path.is_dir()) if parent.is_dir() else ()
    return [path for path in own if path.name != REJECTED and not path.name.startswith(".")]


def _shelf(folder: Path, config: Config) -> Shelf | None:
    there = frozenset(path.name for path in folder.iterdir() if path.is_file())
    if manifest.NAME in there:
        return _read(folder, there)
    if any(_is_document(name, config) for name in there - dialogue_material(folder.name, config)):
        message = "documents lie there without a manifest: their build did not come to its end"
        hint = f"build again: wijkprofiel build {folder.name}, or take the folder away"
        return Shelf(folder, damage=(Mistake("", message, hint),), there=there)
    return None


def _is_document(name: str, config: Config) -> bool:
    suffix = PurePath(name).suffix.removeprefix(".")
    return any(suffix in spec.formats for spec in config.documents.values())


def _read(folder: Path, there: Collection[str]) -> Shelf:
    """Return a folder with its manifest, or with what is wrong with that."""
    path = folder / manifest.NAME
    try:
        made = read.load(path)
    except ConfigError as failure:
        return Shelf(folder, damage=failure.problems, there=frozenset(there))
    message = _elsewhere(folder.name, made)
    if message:
        hint = "folders changed places, or were renamed: build them again where they belong"
        return Shelf(folder, damage=(Mistake("", message, hint),), there=frozenset(there))
    told = json.loads(path.read_text(encoding="utf-8"))
    return Shelf(folder, told=told, there=frozenset(there))


def _elsewhere(name: str, made: read.Manifest) -> str:
    """Return why a manifest cannot be of a folder of this name."""
    outside = [one.file for one in made.documents if PurePath(one.file).name != one.file]
    if outside:
        return f"it names a file that is not in the folder: {outside[0]}"
    if made.area is None:
        others = sorted({PurePath(one.file).stem for one in made.documents} - {name})
        return f"it is the manifest of {', '.join(others)}" if others else ""
    if made.area.slug != name:
        return f"it is the manifest of {made.area.slug}"
    return "" if made.area.parts else "it names no wijk, buurt or gemeente that the area is made of"
