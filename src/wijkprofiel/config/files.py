"""Which YAML files make a project, and which declared type each of them holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field

from wijkprofiel.assets import PROJECT_FILE, Assets
from wijkprofiel.config.located import ConfigFile, Key, read
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import (
    AreaProfile,
    CatalogueIntervention,
    ComparisonSet,
    Correction,
    Declared,
    DocumentSpec,
    Framework,
    HouseStyle,
    Indicator,
    Project,
    RegionTable,
    SentenceRules,
    SourceTable,
)
from wijkprofiel.model.translations import Translation


class IndicatorFile(Declared):
    """``configs/indicators/*.yaml``."""

    indicators: tuple[Indicator, ...] = Field(min_length=1, description="Topics that are counted.")


class InterventionFile(Declared):
    """``configs/interventions.yaml``."""

    interventions: tuple[CatalogueIntervention, ...] = Field(
        default=(), description="Catalogue of recognised interventions."
    )


class CorrectionFile(Declared):
    """``configs/corrections.yaml``."""

    corrections: tuple[Correction, ...] = Field(
        default=(), description="Known errors at suppliers, each until it is repaired."
    )


TYPES: dict[str, type[BaseModel]] = {
    "project": Project,
    "indicators": IndicatorFile,
    "sources": SourceTable,
    "frameworks": Framework,
    "styles": HouseStyle,
    "documents": DocumentSpec,
    "profiles": AreaProfile,
    "comparisons": ComparisonSet,
    "interventions": InterventionFile,
    "regions": RegionTable,
    "corrections": CorrectionFile,
    "rules": SentenceRules,
    "translations": Translation,
}
"""Shelf and the type of each file on it; the shelf ``wording`` holds free texts by key."""

TRANSLATIONS = "configs/translations"
"""Folder with a folder for each language that declared texts are translated into."""

RULES = "-rules"
"""How the name of a file in ``configs/wording`` ends that holds rules, not texts."""

Place = tuple[ConfigFile, Key]
"""A thing in a file."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """All config files of a project, by shelf (see :data:`TYPES`); profiles by file name."""

    files: dict[str, tuple[ConfigFile, ...]]

    def of(self, shelf: str) -> tuple[ConfigFile, ...]:
        """Return the files of one shelf."""
        return self.files.get(shelf, ())

    def every(self) -> Iterator[tuple[str, ConfigFile]]:
        """Yield shelf and file, in a fixed order."""
        for shelf, files in self.files.items():
            for file in files:
                yield shelf, file

    def ids(self, kind: str) -> dict[str, list[Place]]:
        """Return the ids that are declared of one kind, also in files with other mistakes.

        Args:
            kind: "indicator", "source", "framework", "style", "document", "theme", "region",
                "profile" or "comparison".
        """
        found: dict[str, list[Place]] = {}
        if kind in {"document", "profile", "comparison"}:
            for file in self.of(f"{kind}s"):
                name = Path(file.name).parent.name if kind == "document" else file.stem
                found.setdefault(name, []).append((file, ()))
            return found
        shelf, pattern = {
            "indicator": ("indicators", "indicators.*.id"),
            "source": ("sources", "id"),
            "framework": ("frameworks", "id"),
            "style": ("styles", "id"),
            "theme": ("frameworks", "domains.*.id"),
            "region": ("regions", "regions.*.id"),
        }[kind]
        for file in self.of(shelf):
            for key, value in file.each(pattern):
                if isinstance(value, str):
                    found.setdefault(value, []).append((file, key[:-1]))
        return found


def gather(assets: Assets) -> Shelves:
    """Read every config file of the project and, where it has none, of the package.

    Raises:
        ConfigError: there is no project file at all.
    """
    files: dict[str, tuple[ConfigFile, ...]] = {"project": (_read(_project(assets), assets),)}
    for shelf in ("indicators", "sources", "frameworks", "styles"):
        paths = assets.every(f"configs/{shelf}")
        files[shelf] = tuple(_read(path, assets) for path in paths)
    files["documents"] = tuple(_read(path, assets) for path in _documents(assets))
    for shelf in ("interventions", "corrections"):
        files[shelf] = tuple(_read(path, assets) for path in _single(assets, shelf))
    files["regions"] = tuple(_read(path, assets) for path in assets.every("configs/regions"))
    wording = [_read(path, assets) for path in assets.every("configs/wording")]
    files["wording"] = tuple(file for file in wording if not file.stem.endswith(RULES))
    files["rules"] = tuple(file for file in wording if file.stem.endswith(RULES))
    files["translations"] = tuple(
        _read(path, assets)
        for language in _languages(assets)
        for path in assets.every(f"{TRANSLATIONS}/{language}")
    )
    for shelf in ("profiles", "comparisons"):
        files[shelf] = tuple(_read(path, assets) for path in assets.every(f"configs/{shelf}"))
    return Shelves(files)


def printed(path: Path, assets: Assets) -> str:
    """Return ``path`` as it is printed: below the project when it lies there, else in full."""
    project = assets.project.resolve()
    found = path.resolve()
    return found.relative_to(project).as_posix() if found.is_relative_to(project) else str(path)


def relative(path: Path, assets: Assets) -> str:
    """Return ``path`` below its root, the same on every machine."""
    found = path.resolve()
    for root in assets.roots:
        if found.is_relative_to(root.resolve()):
            return found.relative_to(root.resolve()).as_posix()
    return path.name


def _project(assets: Assets) -> Path:
    try:
        return assets.find(PROJECT_FILE)
    except ConfigError:
        return assets.find(f"configs/{PROJECT_FILE}")


def _documents(assets: Assets) -> list[Path]:
    names = {
        path.parent.name
        for folder in assets.folders("templates")
        for path in folder.glob("*/document.yaml")
    }
    return [assets.find(f"templates/{name}/document.yaml") for name in sorted(names)]


def _languages(assets: Assets) -> list[str]:
    folders = assets.folders(TRANSLATIONS)
    return sorted({path.name for folder in folders for path in folder.iterdir() if path.is_dir()})


def _single(assets: Assets, shelf: str) -> list[Path]:
    try:
        return [assets.find(f"configs/{shelf}.yaml")]
    except ConfigError:
        return []


def _read(path: Path, assets: Assets) -> ConfigFile:
    return read(path, printed(path, assets), relative(path, assets))
