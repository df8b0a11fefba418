"""Which areas: all, those of a gemeente or a region, of a list, or those that were built before."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wijkprofiel import areas
from wijkprofiel.build import manifest, select_list
from wijkprofiel.build.plan import Order, own_names, plan
from wijkprofiel.build.target import Target, of
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError, Problem
from wijkprofiel.model import Finding, Level, Severity
from wijkprofiel.sources.dataset import Dataset

LEVELS = (Level.WIJK, Level.BUURT, Level.GEMEENTE)
"""Levels that can be built as a whole."""


_Finder = Callable[[str, Level, Config, Dataset], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Selection:
    """Areas as a user asks for them; everything that is asked comes together.

    Attributes:
        names: one by one.
        profiles: every profile of the project.
        every: all areas of the level that the project holds.
        gemeenten: all areas of the level in these, by code or name.
        regions: the same of regions.
        lists: files with an area on each line.
        level: of ``every``, ``gemeenten`` and ``regions``.
    """

    names: tuple[str, ...] = ()
    profiles: bool = False
    every: bool = False
    gemeenten: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    lists: tuple[Path, ...] = ()
    level: Level = Level.WIJK

    @property
    def asked(self) -> bool:
        """Whether anything is asked."""
        return bool(self.names or self.gemeenten or self.regions or self.lists) or (
            self.profiles or self.every
        )


def names_of(selection: Selection, config: Config, dataset: Dataset) -> list[str]:
    """Return the areas that are asked for, each once, in the order of the options.

    Raises:
        ConfigError: a gemeente, region or line of a list that is not known; all at once.
    """
    found = [*selection.names, *(config.own_profiles if selection.profiles else ())]
    problems: list[Problem] = []
    year = config.project.boundary_year
    if selection.every:
        inside = config.project.gemeenten
        found += areas.select_all(dataset.areas, year, inside, selection.level)
    parts: list[tuple[_Finder, str]] = [
        *((_gemeente, name) for name in selection.gemeenten),
        *((_region, name) for name in selection.regions),
        *((_listed, str(path)) for path in selection.lists),
    ]
    for find, name in parts:
        try:
            found += find(name, selection.level, config, dataset)
        except ConfigError as failure:
            problems += failure.problems
    if problems:
        raise ConfigError.of(problems)
    return list(dict.fromkeys(found))


def built(
    output: Path | Target, config: Config, dataset: Dataset
) -> tuple[list[str], list[Finding]]:
    """Return the areas that were built below ``output``, and what a person should know of others.

    A folder is known by its manifest: an area of the configs by its name, any other by its code.
    What cannot be brought up to date here is told and left as it is: an area or a profile that is
    gone, one that has another folder now, several areas side by side, another language.
    """
    names: list[str] = []
    findings: list[Finding] = []
    target = of(output)
    for folder in target.slugs():
        name, told = _standing(target, folder, config, dataset)
        names += [name] if name is not None else []
        if told is not None:
            code, message, hint = told
            findings.append(Finding(code, Severity.WARNING, folder, message, hint))
    for language in config.languages:
        if language != config.language and target.area(language).names():
            message = "what was built in this language is not brought up to date along"
            hint = f"do it too: wijkprofiel --lang {language} build --changed"
            findings.append(Finding("language", Severity.INFO, language, message, hint))
    return names, findings


def by_code(target: Target) -> dict[str, str]:
    """Return the folders that hold one CBS area, by its code."""
    found = {}
    for folder in target.slugs():
        own = _area_of(_told(target, folder))
        if own is not None and len(own[1]) == 1:
            found[own[1][0]] = folder
    return found


_Told = tuple[str, str, str]
"""Code, message and hint of a finding."""

_UNREADABLE = (
    "no-manifest", "its manifest cannot be read", "build it by its name, or delete the folder",
)  # fmt: skip


def _standing(
    target: Target, folder: str, config: Config, dataset: Dataset
) -> tuple[str | None, _Told | None]:
    """Return the name that a folder's area is built by, None for none, and what is told of it."""
    content = _told(target, folder)
    own = _area_of(content)
    other = _other(content, own, folder, config)
    if other is not None:
        return None, other
    # Where the manifest tells nothing the folder may still be called as its area.
    name = folder if own is None or own[0] in own_names(config) else own[1][0]
    try:
        (task,) = plan(config, dataset, [name], Order())
    except ConfigError as gone:
        message = f"was built before; {gone.problems[0].message}"
        return None, _UNREADABLE if own is None else ("no-area", message, "delete the folder")
    if task.slug == folder:
        return name, None
    if own is None:
        return None, _UNREADABLE
    hint = f"look at {task.slug}, then delete the folder {folder}"
    return name, ("moved", f"its area is called {task.slug} now, and is built there", hint)


def _other(
    content: Mapping[str, Any], own: tuple[str, list[str]] | None, folder: str, config: Config
) -> _Told | None:
    """Return what is told of a folder that is no area of this project in this language."""
    if "comparison" in content:
        hint = "make it again: wijkprofiel compare, with what it was made of"
        return "comparison", "areas side by side are not brought up to date along", hint
    if own is None:
        return None
    language = str(content.get("language", config.language))
    if language != config.language:
        hint = f"do that with: --lang {language}, and the folder above as --output"
        return "language", f"it was built in another language ({language}) and stays as it is", hint
    slug, codes = own
    if slug != folder:
        hint = "give the folder its name back, or delete it"
        return "copy", f"its manifest is that of {slug}: it is not brought up to date", hint
    if slug not in own_names(config) and len(codes) != 1:
        message = "was built before, and no profile is called so any more"
        return "no-profile", message, "delete the folder, or put its profile back"
    return None


def _told(target: Target, folder: str) -> dict[str, Any]:
    """Return what the manifest of a folder tells; nothing when it cannot be read."""
    try:
        content = json.loads(target.area(folder).read(manifest.NAME) or b"")
    except (ConfigError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _area_of(content: Mapping[str, Any]) -> tuple[str, list[str]] | None:
    """Return slug and codes of the area that a manifest tells of."""
    try:
        area = content["area"]
        return str(area["slug"]), [str(part["code"]) for part in area["parts"]]
    except (KeyError, TypeError):
        return None


def _gemeente(name: str, level: Level, config: Config, dataset: Dataset) -> Sequence[str]:
    year = config.project.boundary_year
    try:
        only = dataset.areas[dataset.areas["level"] == Level.GEMEENTE.value]
        code = areas.find(name, only, {}, year)
    except ConfigError as failure:
        problems = (Problem("--gemeente", p.message, p.hint) for p in failure.problems)
        raise ConfigError.of(problems) from failure
    found = areas.select_all(dataset.areas, year, (code,), level)
    return _some(found, f"--gemeente {name}", level)


def _region(name: str, level: Level, config: Config, dataset: Dataset) -> Sequence[str]:
    year = config.project.boundary_year
    try:
        slug = areas.find(name, dataset.areas.iloc[:0], {}, year, (), config.region_titles)
    except ConfigError as failure:
        hint = f"known: {', '.join(config.region_titles)}"
        problems = (Problem("--ggd", p.message, hint) for p in failure.problems)
        raise ConfigError.of(problems) from failure
    region = config.region(slug)
    assert region is not None  # noqa: S101  # its slug was found among the titles
    found = areas.select(region, dataset.areas, year, level)
    return _some(found, f"--ggd {name}", level)


def _some(found: Sequence[str], where: str, level: Level) -> Sequence[str]:
    if not found:
        hint = "fetch its figures: wijkprofiel fetch; or choose another --level"
        raise ConfigError(f"the data hold no {level.value} of it", hint, where=where)
    return found


def _listed(file: str, level: Level, config: Config, dataset: Dataset) -> Sequence[str]:  # noqa: ARG001  # a list says itself which areas
    """Return the areas of a list.

    Raises:
        ConfigError: the file cannot be read, is empty, or has a row that names no area or none
            that is known; all rows.
    """
    path = Path(file)
    problems: list[Problem] = []
    found = []
    for row in select_list.rows(path):
        where = f"{path}:{row.line}"
        if not row.area:
            hint = "write its code or name, or take the row out; # before it makes it a remark"
            problems.append(Problem(where, "the row names no area", hint))
            continue
        try:
            _known(row.area, config, dataset)
        except ConfigError as failure:
            problems += [Problem(where, p.message, p.hint) for p in failure.problems]
        else:
            found.append(row.area)
    if problems:
        raise ConfigError.of(problems)
    if not found:
        raise ConfigError("no area stands in it", "write a code or name on each line", where=file)
    return found


def _known(name: str, config: Config, dataset: Dataset) -> None:
    year = config.project.boundary_year
    if name.lower() not in config.broken_profiles:
        held = config.project.gemeenten
        areas.find(name, dataset.areas, config.profiles, year, held, config.region_titles)
