"""Which areas: all, those of a gemeente or a region, of a list, or those that were built before."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wijkprofiel import areas
from wijkprofiel.build import manifest
from wijkprofiel.build.target import Target, of
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError, Problem
from wijkprofiel.model import Finding, Level, Severity
from wijkprofiel.sources.dataset import Dataset

LEVELS = (Level.WIJK, Level.BUURT, Level.GEMEENTE)
"""Levels that can be built as a whole."""

COLUMNS = ("code", "slug", "name", "area", "naam")
"""Heads of the column with the areas in a list; else it is the first."""


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


def built(output: Path | Target, config: Config) -> tuple[list[str], list[Finding]]:
    """Return the areas that were built below ``output``, and what is there without its area.

    A folder is known by its manifest: an area of the configs by its name, any other by its code.
    """
    names: list[str] = []
    findings: list[Finding] = []
    target = of(output)
    for folder in target.slugs():
        own = _area_of(target, folder)
        if own is None:
            continue  # several areas side by side, or not ours
        slug, codes = own
        if slug in {*config.profiles, *config.broken_profiles, *config.region_titles}:
            names.append(slug)
        elif len(codes) == 1:
            names.append(codes[0])
        else:
            message = "was built before, and no profile is called so any more"
            hint = "delete the folder, or put its profile back"
            findings.append(Finding("no-profile", Severity.WARNING, slug, message, hint))
    return names, findings


def _area_of(target: Target, folder: str) -> tuple[str, list[str]] | None:
    try:
        area = json.loads(target.area(folder).read(manifest.NAME) or b"")["area"]
        slug, codes = str(area["slug"]), [str(part["code"]) for part in area["parts"]]
    except (ConfigError, ValueError, KeyError, TypeError):
        return None
    return (slug, codes) if slug == folder else None


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
        ConfigError: the file cannot be read, is empty, or has a line that is no area; all lines.
    """
    path = Path(file)
    problems: list[Problem] = []
    found = []
    for line, name in _lines(path):
        try:
            _known(name, config, dataset)
        except ConfigError as failure:
            problems += [Problem(f"{path}:{line}", p.message, p.hint) for p in failure.problems]
        else:
            found.append(name)
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


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line number and area of each line that has one; # begins a remark."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as failure:
        why = failure.strerror if isinstance(failure, OSError) else "it is not UTF-8 text"
        hint = "give a text file with an area on each line, or a CSV"
        raise ConfigError(f"cannot be read: {why}", hint, where=str(path)) from failure
    first = next((row for row in text.splitlines() if row.strip()), "")
    delimiter = max(";\t,", key=first.count)
    column = None
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), start=1):
        cells = [cell.partition("#")[0].strip() for cell in row]
        if not any(cells):
            continue
        if column is None:
            heads = [cell.lower() for cell in cells]
            column = next((heads.index(name) for name in COLUMNS if name in heads), -1)
            if column >= 0:
                continue
        cell = cells[max(column, 0)] if len(cells) > max(column, 0) else ""
        if cell:
            yield number, cell
