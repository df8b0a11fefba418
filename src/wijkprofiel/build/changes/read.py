"""The manifests of an output folder, as types; those that cannot be compared are told, all at once.

A whole country is thousands of manifests: :func:`entries` keeps only what pairing needs, and
:func:`load` reads a single one again when its turn comes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from wijkprofiel.build.manifest import FORMAT, NAME
from wijkprofiel.build.published import Published, Told
from wijkprofiel.errors import ConfigError, Problem

FIRST = 1
"""Format of manifests that do not name theirs."""


class Place(Told):
    """An area by its code."""

    code: str
    name: str
    boundary_year: int


class AreaTold(Told):
    """The area that a manifest is about."""

    slug: str
    name: str
    parts: tuple[Place, ...]
    comparator: Place
    country: Place
    boundary_matches: dict[str, str] = Field(default_factory=dict)
    formerly: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the parts, sorted."""
        return tuple(sorted(part.code for part in self.parts))

    @property
    def before(self) -> tuple[str, ...]:
        """Codes that the parts had in an earlier division, sorted."""
        found = {code for p in self.parts for code in self.formerly.get(p.code, (p.code,))}
        return tuple(sorted(found))


class SetTold(Told):
    """A comparison of areas side by side."""

    slug: str
    title: str


class Edition(Told):
    """What is printed as the edition."""

    number: int
    date: str


class Setting(Told):
    """Of the project."""

    hash: str
    templates: str
    style: str
    boundary_year: int


class SnapshotTold(Told):
    """A file of data."""

    path: str
    source: str
    sha256: str | None
    modified: str = ""
    retrieved: str = ""


class SourceTold(Told):
    """A table."""

    id: str
    title: str
    table: str
    edition: str = ""


class CorrectionTold(Told):
    """A known error that was mended."""

    source: str
    area: str
    indicator: str
    period: str
    reason: str
    value: float | None = None
    status: str | None = None


class DocumentTold(Told):
    """A file that was made."""

    file: str
    sha256: str
    inputs: dict[str, str] = Field(default_factory=dict)


class ReferenceTold(Told):
    """Reference numbers of topics, and of domains by framework."""

    indicators: dict[str, dict[str, Any]] = Field(default_factory=dict)
    domains: dict[str, dict[str, dict[str, Any]]] = Field(default_factory=dict)


class Manifest(Told):
    """What one build says of one area, or of one comparison of areas."""

    language: str
    area: AreaTold | None = None
    comparison: SetTold | None = None
    published: Published = Field(default_factory=Published)
    edition: Edition
    config: Setting
    project: dict[str, str] = Field(default_factory=dict)
    versions: dict[str, str]
    data: tuple[SnapshotTold, ...]
    sources: tuple[SourceTold, ...]
    frameworks: dict[str, dict[str, Any]]
    reference: ReferenceTold
    corrections: tuple[CorrectionTold, ...] = ()
    documents: tuple[DocumentTold, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A manifest on disk, and what is needed to pair it.

    Attributes:
        codes: CBS codes of the area's parts, sorted; of a comparison none.
        before: codes that the parts had in an earlier division.
        division: year of the boundaries.
        edition: number and date.
    """

    path: Path
    slug: str
    name: str
    codes: tuple[str, ...]
    before: tuple[str, ...]
    division: int
    language: str
    edition: tuple[int, str]


def entries(where: Path) -> tuple[Entry, ...]:
    """Return what lies in an output folder (or is one area's folder, or one manifest), by slug.

    Raises:
        ConfigError: nothing was built there, or manifests cannot be read or are of another format:
            all of them.
    """
    found: list[Entry] = []
    problems: list[Problem] = []
    for path in _paths(where):
        try:
            found.append(_entry(path, load(path)))
        except ConfigError as failure:
            problems += failure.problems
    if problems:
        raise ConfigError.of(problems, "nothing compared")
    return tuple(sorted(found, key=lambda entry: (entry.slug, entry.path)))


def load(path: Path) -> Manifest:
    """Return one manifest.

    Raises:
        ConfigError: it cannot be read, or is of another format.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as mistake:
        raise _broken(path, str(mistake)) from mistake
    if not isinstance(content, dict):
        raise _broken(path, "it holds no object")
    written = content.get("format", FIRST)
    if written != FORMAT:
        raise _other_format(path, content, written)
    try:
        made = Manifest.model_validate(content)
    except ValidationError as mistake:
        first = mistake.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise _broken(path, f"{place}: {first['msg']}") from mistake
    if made.area is None and made.comparison is None:
        raise _broken(path, "it is about no area and no comparison")
    return made


def _entry(path: Path, made: Manifest) -> Entry:
    area, together = made.area, made.comparison
    slug, name = (area.slug, area.name) if area is not None else ("", "")
    if area is None and together is not None:
        slug, name = together.slug, together.title
    return Entry(
        path=path,
        slug=slug,
        name=name,
        codes=area.codes if area is not None else (),
        before=area.before if area is not None else (),
        division=made.config.boundary_year,
        language=made.language,
        edition=(made.edition.number, made.edition.date),
    )


def _paths(where: Path) -> Iterator[Path]:
    if where.is_file():
        yield where
        return
    if not where.is_dir():
        hint = "name two output folders: wijkprofiel diff OLD NEW"
        raise ConfigError(f"there is no folder {where}", hint, where="diff")
    own = where / NAME
    found = [own] if own.is_file() else sorted(where.glob(f"*/{NAME}"))
    if not found:
        hint = (
            f"name the folder that 'wijkprofiel build' wrote in: it holds <area>/{NAME}; "
            "another language lies in a folder below it"
        )
        raise ConfigError(f"there is no {NAME} in {where}", hint, where="diff")
    yield from found


def _broken(path: Path, reason: str) -> ConfigError:
    hint = f"build it again: wijkprofiel build {path.parent.name}"
    return ConfigError(f"this manifest cannot be read: {reason}", hint, where=str(path))


def _other_format(path: Path, content: Mapping[str, Any], written: object) -> ConfigError:
    versions = content.get("versions")
    made_with = versions.get("wijkprofiel", "?") if isinstance(versions, dict) else "?"
    message = (
        f"this manifest has format {written}, of wijkprofiel {made_with}; format {FORMAT} is read"
    )
    if isinstance(written, int) and written < FORMAT:
        hint = (
            f"it does not say what was published: build {path.parent.name} again from the old "
            "data and configs with this version, into another folder, and compare with that"
        )
    else:
        hint = "use the newer wijkprofiel that wrote it"
    return ConfigError(message, hint, where=str(path))
