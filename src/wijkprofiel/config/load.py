"""From a folder of YAML to one frozen config, or every mistake in it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wijkprofiel.assets import Assets
from wijkprofiel.config.files import TYPES, Shelves, gather
from wijkprofiel.config.images import FOLDER as IMAGES
from wijkprofiel.config.located import ConfigFile, Key
from wijkprofiel.config.mistakes import Complaint, complaints
from wijkprofiel.config.profile_rules import (
    name_complaints,
    profile_complaints,
    project_complaints,
    vote_complaints,
)
from wijkprofiel.config.references import unknown_names
from wijkprofiel.config.rules import broken_rules
from wijkprofiel.config.sentence_rules import sentence_complaints
from wijkprofiel.config.style_rules import image_complaints, style_complaints
from wijkprofiel.config.table_rules import correction_complaints, region_complaints
from wijkprofiel.config.translate_rules import translation_complaints
from wijkprofiel.errors import ConfigError, Problem, did_you_mean
from wijkprofiel.model import (
    AreaProfile,
    CatalogueIntervention,
    ComparisonSet,
    Correction,
    DocumentSpec,
    Framework,
    HouseStyle,
    Indicator,
    Logo,
    Project,
    Region,
    RegionTable,
    SourceTable,
)
from wijkprofiel.model.translations import ORIGINAL, Translation


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that people declared.

    Attributes:
        profiles: area profiles by slug (the file's name), also those that came with the package.
        broken_profiles: per slug, what is wrong with a profile that cannot be used.
        comparisons, broken_comparisons: the same of sets of areas that are laid side by side.
        own_profiles: slugs of the project's own profiles; of all, when it has none of its own.
        hash: sha256 over all files, the same on every machine.
        wording: texts by language, as parsed; the wording module makes words of them.
        places: ``file:line`` by kind and id, for instance ``("indicator", id)``; of the areas of a
            profile by slug and number: ``("area", "<slug> 0")``.
        regions: tables of regions by id; a project's own beside those of the package.
        corrections: known errors at suppliers.
        pictures: sha256 of logos and photos by file name.
        language: of everything declared; :func:`~wijkprofiel.config.translate.translate` gives
            the config in another one.
        translations: declared texts in other languages.
        area_names: of areas that are called otherwise in this language, by code.
        chosen_style: house style that was asked for everything; None: each area has its own.
    """

    assets: Assets
    project: Project
    indicators: Mapping[str, Indicator]
    sources: Mapping[str, SourceTable]
    frameworks: Mapping[str, Framework]
    styles: Mapping[str, HouseStyle]
    documents: Mapping[str, DocumentSpec]
    profiles: Mapping[str, AreaProfile]
    broken_profiles: Mapping[str, ConfigError]
    interventions: tuple[CatalogueIntervention, ...]
    hash: str
    own_profiles: tuple[str, ...] = ()
    wording: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    regions: Mapping[str, RegionTable] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
    language: str = ORIGINAL
    translations: Mapping[str, Translation] = field(default_factory=dict)
    area_names: Mapping[str, str] = field(default_factory=dict)
    chosen_style: str | None = None
    comparisons: Mapping[str, ComparisonSet] = field(default_factory=dict)
    broken_comparisons: Mapping[str, ConfigError] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that there are words in."""
        return tuple(self.wording)

    @property
    def region_titles(self) -> dict[str, str]:
        """Titles of all regions, by slug."""
        return {r.id: r.title for table in self.regions.values() for r in table.regions}

    def style_of(self, people: AreaProfile | None = None) -> HouseStyle:
        """Return the house style of an area: its own, or else the project's.

        Raises:
            ConfigError: there is no such style.
        """
        wanted = (people.style if people is not None else None) or self.project.style
        return self._style(wanted, "wijkprofiel.yaml")

    def logos_of(self, people: AreaProfile) -> tuple[Logo, ...]:
        """Return the logos of the sender: of the area, the project or the house style."""
        return people.logos or self.project.logos or self.style_of(people).logos

    def colophon_of(self, people: AreaProfile) -> tuple[str, ...]:
        """Return the sender's lines for the colofon: the nearest, as for the logos."""
        return people.colophon or self.project.colophon or self.style_of(people).colophon

    def in_style(self, style: str) -> Config:
        """Return this config with everything, also areas with a style of their own, in ``style``.

        Raises:
            ConfigError: there is no such style.
        """
        self._style(style, "--style")
        plain: dict[str, Any] = {"style": None}
        return replace(
            self,
            project=self.project.model_copy(update={"style": style}),
            profiles={name: p.model_copy(update=plain) for name, p in self.profiles.items()},
            chosen_style=style,
        )

    def _style(self, wanted: str, where: str) -> HouseStyle:
        if wanted not in self.styles:
            near = did_you_mean(wanted, self.styles)
            message = f"'{wanted}' is not a house style{near}\n  known: {', '.join(self.styles)}"
            raise ConfigError(message, f"add configs/styles/{wanted}.yaml", where=where)
        return self.styles[wanted]

    def region(self, slug: str) -> Region | None:
        """Return the region called ``slug``, None when there is none."""
        tables = (table.by_id() for table in self.regions.values())
        return next((table[slug] for table in tables if slug in table), None)


@dataclass
class _Reading:
    """Models per file, and complaints per file, while loading."""

    models: dict[str, Any] = field(default_factory=dict)
    complaints: dict[str, dict[Key, list[Problem]]] = field(default_factory=dict)

    def add(self, found: Iterable[Complaint]) -> None:
        """Keep complaints, unless the type of that very key was already wrong."""
        fresh: list[Complaint] = [
            (file, key, problem)
            for file, key, problem in found
            if key not in self.complaints.get(file.name, {})
        ]
        for file, key, problem in fresh:
            self.complaints.setdefault(file.name, {}).setdefault(key, []).append(problem)

    def problems(self, file: ConfigFile) -> list[Problem]:
        """Return what is wrong with one file, by line."""
        found = [p for problems in self.complaints.get(file.name, {}).values() for p in problems]
        return sorted(found, key=lambda p: int(p.where.rsplit(":", 1)[-1] or 0))


def load(assets: Assets) -> Config:
    """Return the config of a project.

    Args:
        assets: the project's files over the shipped ones.

    Raises:
        ConfigError: all mistakes in the files that every area needs. The mistakes of one area
            profile break only that profile and stand in ``broken_profiles``.
    """
    shelves = gather(assets)
    reading = _read(shelves)
    _check_across(shelves, assets, reading)
    shared = [f for shelf, f in shelves.every() if shelf not in ("profiles", "comparisons")]
    wrong = [problem for file in shared for problem in reading.problems(file)]
    if wrong:
        raise ConfigError.of(wrong)
    return _assemble(assets, shelves, reading)


def profile_problems(assets: Assets, file: ConfigFile) -> list[Problem]:
    """Return what would be wrong with one area profile in this project, by line.

    Args:
        assets: the project's files over the shipped ones.
        file: the profile; it may have another name than it will have in the project.
    """
    shelves = gather(assets)
    shelves = Shelves({**shelves.files, "profiles": (file,)})
    reading = _Reading()
    reading.add((file, key, problem) for key, problem in file.problems)
    if not file.problems:
        try:
            TYPES["profiles"].model_validate(file.data)
        except ValidationError as failure:
            reading.add(complaints(failure, file, TYPES["profiles"]))
    reading.add(found for found in unknown_names(shelves) if found[0] is file)
    reading.add(vote_complaints(shelves))
    reading.add(found for found in profile_complaints(file) if found[1])
    reading.add(image_complaints(file, assets))
    return reading.problems(file)


def _read(shelves: Shelves) -> _Reading:
    reading = _Reading()
    for shelf, file in shelves.every():
        reading.add((file, key, problem) for key, problem in file.problems)
        if shelf not in TYPES or (file.data == {} and file.problems):
            continue
        try:
            reading.models[file.name] = TYPES[shelf].model_validate(file.data)
        except ValidationError as failure:
            reading.add(complaints(failure, file, TYPES[shelf]))
    return reading


def _check_across(shelves: Shelves, assets: Assets, reading: _Reading) -> None:
    reading.add(unknown_names(shelves))
    reading.add(broken_rules(shelves))
    reading.add(style_complaints(shelves, assets))
    reading.add(project_complaints(shelves))
    reading.add(vote_complaints(shelves))
    reading.add(region_complaints(shelves))
    reading.add(correction_complaints(shelves))
    reading.add(sentence_complaints(shelves))
    reading.add(translation_complaints(shelves))
    for file in shelves.of("comparisons"):
        reading.add(name_complaints(file, "comparison"))
    for file in shelves.of("profiles"):
        reading.add(profile_complaints(file))
        reading.add(image_complaints(file, assets))


def _assemble(assets: Assets, shelves: Shelves, reading: _Reading) -> Config:
    def models(shelf: str) -> list[Any]:
        return [reading.models[file.name] for file in shelves.of(shelf)]

    profiles, broken = _apart(shelves, reading, "profiles")
    comparisons, broken_comparisons = _apart(shelves, reading, "comparisons")
    return Config(
        assets=assets,
        project=models("project")[0],
        indicators={item.id: item for file in models("indicators") for item in file.indicators},
        sources={item.id: item for item in models("sources")},
        frameworks={item.id: item for item in models("frameworks")},
        styles={item.id: item for item in models("styles")},
        documents={item.id: item for item in models("documents")},
        profiles=profiles,
        broken_profiles=broken,
        interventions=tuple(i for file in models("interventions") for i in file.interventions),
        hash=_hash(shelves),
        own_profiles=_own(assets, [*profiles, *broken]),
        wording={file.stem: file.data for file in shelves.of("wording")},
        translations=_translations(shelves, reading),
        places=_places(shelves),
        regions={item.id: item for item in models("regions")},
        corrections=tuple(c for file in models("corrections") for c in file.corrections),
        pictures={
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in assets.every(IMAGES, "*.*")
        },
        comparisons=comparisons,
        broken_comparisons=broken_comparisons,
    )


def _apart(
    shelves: Shelves, reading: _Reading, shelf: str
) -> tuple[dict[str, Any], dict[str, ConfigError]]:
    """Return the models of a shelf whose mistakes break one file only, and what is broken."""
    found: dict[str, Any] = {}
    broken: dict[str, ConfigError] = {}
    for file in shelves.of(shelf):
        wrong = reading.problems(file)
        if wrong:
            broken[file.stem] = ConfigError.of(wrong, f"{file.stem} is not built")
        else:
            found[file.stem] = reading.models[file.name]
    return found, broken


def _translations(shelves: Shelves, reading: _Reading) -> dict[str, Translation]:
    """Return the translations by language: the name of the folder that a file stands in."""
    found: dict[str, list[Translation]] = {}
    for file in shelves.of("translations"):
        found.setdefault(Path(file.name).parent.name, []).append(reading.models[file.name])
    return {language: Translation.merged(parts) for language, parts in found.items()}


def _own(assets: Assets, slugs: list[str]) -> tuple[str, ...]:
    own = assets.project / "configs" / "profiles"
    names = {path.stem for path in own.glob("*.yaml")}
    return tuple(slug for slug in sorted(slugs) if not names or slug in names)


def _places(shelves: Shelves) -> dict[tuple[str, str], str]:
    kinds = (
        "indicator", "source", "framework", "style", "document", "profile", "region", "comparison"
    )  # fmt: skip
    found = {
        (kind, name): places[0][0].at(places[0][1])
        for kind in kinds
        for name, places in shelves.ids(kind).items()
    }
    return (
        found
        | {
            ("area", f"{file.stem} {key[-1]}"): file.at(key)
            for file in shelves.of("profiles")
            for key, _ in file.each("areas.*")
        }
        | {
            ("intervention", str(name)): file.at(key)
            for file in shelves.of("interventions")
            for key, name in file.each("interventions.*.name")
        }
    )


def _hash(shelves: Shelves) -> str:
    digest = hashlib.sha256()
    contents = {file.key: file.content for _, file in shelves.every()}
    for name, content in sorted(contents.items()):
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
