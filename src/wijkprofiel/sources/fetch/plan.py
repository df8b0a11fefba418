"""What a call of ``wijkprofiel fetch`` is about: tables, areas, and the folder they go to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wijkprofiel.assets import PROJECT_FILE, shipped_root
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError, Problem, did_you_mean
from wijkprofiel.model.declared import SourceTable
from wijkprofiel.sources.fetch.target import Target

FETCHED = ("odata-v3", "boundaries")
"""Kinds of source table that have a service."""

_GEMEENTE = re.compile(r"^GM\d{4}$")


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of a fetch.

    Attributes:
        project: the folder with the project file and the lock.
        wanted: the data folder, as the project file writes it.
        data: where snapshots go: the project's own data folder.
    """

    project: Path
    wanted: str
    data: Path

    @property
    def partial(self) -> Path:
        """Where a fetch under way keeps what has come: beside the data, on the same disk."""
        return self.data.with_name(f".{self.data.name}.partial")


def places(config: Config) -> Places:
    """Return the folders of a project.

    Raises:
        ConfigError: there is no project, or it reads the sample that comes with the program.
    """
    project = config.assets.project
    wanted = config.project.data
    given = Path(wanted).expanduser()
    data = given if given.is_absolute() else project / given
    sample = shipped_root() / "data" / "sample"
    if project == shipped_root() and not given.is_absolute():
        raise ConfigError(
            "figures are fetched into a project of your own",
            "make one: wijkprofiel init DIR --gemeente GM....",
            where="fetch",
        )
    if data.resolve() == sample.resolve() or (wanted == "data/sample" and not data.is_dir()):
        raise ConfigError(
            f"data: '{wanted}' is the sample that comes with the program; it is left alone",
            f"write a folder of your own in {PROJECT_FILE}, for instance 'data: data/cijfers'",
            where=PROJECT_FILE,
        )
    return Places(project, wanted, data)


def targets(
    config: Config, tables: Sequence[str], gemeenten: Sequence[str], *, country: bool
) -> list[Target]:
    """Return what is to be fetched, in the order of the configs.

    Args:
        config: the project.
        tables: ids of source tables or of editions; empty: the project's editions.
        gemeenten: codes; empty: those of the project.
        country: the whole country instead.

    Raises:
        ConfigError: all names that mean nothing, or no area was said.
    """
    wanted = () if country else _gemeenten(gemeenten or config.project.gemeenten)
    if not country and not wanted:
        raise ConfigError(
            "say for which gemeenten, or for the whole country",
            "--gemeente GM...., --all, or 'gemeenten' in the project file",
            where="fetch",
        )
    problems: list[Problem] = []
    found: list[Target] = []
    for name in tables or config.project.editions:
        target = _target(config, name, wanted)
        if isinstance(target, Problem):
            problems.append(target)
        elif target.source.kind in FETCHED:
            found.append(target)
        elif tables:
            problems.append(Problem("--table", f"'{name}' has no service to fetch from"))
    if problems:
        raise ConfigError.of(problems, "nothing fetched")
    return list({target.name: target for target in found}.values())


def of_workbook(targets: Sequence[Target], file: str) -> list[Target]:
    """Return the one target, to be read from a workbook with the whole country.

    Raises:
        ConfigError: there are more targets, or the table has no workbook.
    """
    if len(targets) != 1:
        raise ConfigError("--file is about one table", "add --table", where="--file")
    (target,) = targets
    if target.source.workbook is None:
        raise ConfigError(
            f"{target.source.id} is not read from a workbook",
            "say under 'workbook' of the source table which columns hold what",
            where="--file",
        )
    return [replace(target, gemeenten=(), file=file)]


def _gemeenten(codes: Sequence[str]) -> tuple[str, ...]:
    told = [code.strip().upper() for code in codes]
    wrong = [code for code in told if not _GEMEENTE.match(code)]
    if wrong:
        raise ConfigError.of(
            (
                Problem("--gemeente", f"'{code}' is not the code of a gemeente: GM and four digits")
                for code in wrong
            ),
            "nothing fetched",
        )
    return tuple(sorted(set(told)))


def _target(config: Config, name: str, gemeenten: tuple[str, ...]) -> Target | Problem:
    source, table = _named(config, name)
    if source is None:
        known = [*config.sources, *(e.table for s in config.sources.values() for e in s.editions)]
        guess = did_you_mean(name, known)
        return Problem("--table", f"'{name}' is no source table or edition{guess}", _known(config))
    for edition in source.editions:
        if edition.table == table:
            return Target(source, edition, gemeenten)
    message = f"{source.id} has no edition '{table}'" if table else f"{source.id} has no edition"
    known_editions = ", ".join(e.table for e in source.editions) or "none"
    return Problem("--table", message, f"known: {known_editions}")


def _named(config: Config, name: str) -> tuple[SourceTable | None, str]:
    """Return the source and edition that a name stands for."""
    if name in config.sources:
        return config.sources[name], config.project.editions.get(name, "")
    for source in config.sources.values():
        if any(edition.table == name for edition in source.editions):
            return source, name
    return None, ""


def _known(config: Config) -> str:
    return "known: " + "; ".join(
        f"{s.id} ({', '.join(e.table for e in s.editions)})"
        for s in config.sources.values()
        if s.kind in FETCHED
    )
