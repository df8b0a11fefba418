"""A folder of data files, each with a sidecar: the only place of this package that touches disk."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from wijkprofiel.errors import ConfigError, DataError, Problem, WijkprofielError, did_you_mean
from wijkprofiel.model.computed import Finding, Severity, Snapshot, Source
from wijkprofiel.model.declared import SourceTable
from wijkprofiel.sources import assemble, corrections, lock, published, scenarios
from wijkprofiel.sources import sidecar as sidecars
from wijkprofiel.sources.assemble import DataFile
from wijkprofiel.sources.dataset import Dataset
from wijkprofiel.sources.sidecar import Sidecar

if TYPE_CHECKING:
    import pandas as pd

    from wijkprofiel.config import Config

_READ_ME = {".md", ".txt", ".yaml"}


def load(config: Config, folder: Path | None = None, *, strict: bool = False) -> Dataset:
    """Return the dataset of a project.

    Args:
        config: the project's configs: which tables and editions, and which indicators.
        folder: data folder; by default the project's own.
        strict: check every row against the named contracts (half a second); otherwise the same
            rules run as a few vectorised tests, and the contracts only to name what failed.

    Raises:
        ConfigError: there is no such folder.
        DataError: a file is missing, changed or wrong; all problems at once.
    """
    root = folder if folder is not None else data_folder(config)
    files = _files(root, config)
    unpinned = _pinned(files, config) if folder is None else ()
    used, findings = _chosen(config, files)
    areas = assemble.area_table(config, used, strict=strict)
    figures, cells, corrected = assemble.figure_table(config, used, areas, strict=strict)
    walk = assemble.crosswalk_table(used, strict=strict)
    linked = assemble.linked(config, files, figures, walk, areas)
    reference, stale = assemble.reference_table(config, used, strict=strict)
    found, outdated = scenarios.of_files(config, used, strict=strict)
    return Dataset(
        figures=linked.figures,
        unlinked=linked.unlinked,
        areas=areas,
        reference=reference,
        reference_partial=not reference.empty,
        crosswalk=linked.walk,
        snapshots=tuple(_snapshot(file) for file in used),
        sources=_sources(config, used, linked.figures),
        findings=(
            *_without_sidecar(root),
            *unpinned,
            *findings,
            *linked.findings,
            *stale,
            *outdated,
            *map(corrections.finding, corrected),
        ),
        boundary_year=config.project.boundary_year,
        outline_files=_outline_files(config, used),
        cells=cells,
        corrections=corrected,
        published=published.load(config),
        scenarios=found,
    )


def read_files(config: Config, folder: Path | None = None) -> list[DataFile]:
    """Return all files of a data folder, verified, also those that the project does not read.

    Raises:
        ConfigError: there is no such folder.
        DataError: a sidecar is wrong, or its file is missing or changed; all at once.
    """
    return _files(folder if folder is not None else data_folder(config), config)


def data_folder(config: Config) -> Path:
    """Return the folder with the project's figures.

    Raises:
        ConfigError: neither the project nor the package has it.
    """
    wanted = config.project.data
    given = Path(wanted).expanduser()
    found = [given] if given.is_absolute() and given.is_dir() else config.assets.folders(wanted)
    if not found:
        raise ConfigError(
            f"data: there is no folder '{wanted}'",
            "write the folder with the figures, or 'data/sample' for the sample",
            where="wijkprofiel.yaml",
        )
    return found[0]


def _files(root: Path, config: Config) -> list[DataFile]:
    """Return the folder's files that match their sidecars.

    Raises:
        DataError: a sidecar is wrong, or its file is missing or changed; all at once.
    """
    if not root.is_dir():
        raise ConfigError(f"there is no folder '{root}'", where="data")
    files: list[DataFile] = []
    problems: list[Problem] = []
    for path in sorted(root.rglob("*.yaml")):
        try:
            files.append(_file(root, path, config))
        except WijkprofielError as failure:
            problems += failure.problems
    if problems:
        raise DataError.of(problems, "nothing read")
    if not files:
        raise DataError(
            "there is no data file with a sidecar (<file>.yaml)",
            "fetch the figures, or point 'data' at a folder that has them",
            where=str(root),
        )
    return files


def _file(root: Path, beside: Path, config: Config) -> DataFile:
    where = beside.relative_to(root).as_posix()
    sidecar = sidecars.read(beside.read_bytes(), where)
    path = beside.with_suffix("")
    name = path.relative_to(root).as_posix()
    if sidecar.source is not None and sidecar.source not in config.sources:
        raise DataError(
            f"source: '{sidecar.source}' is no source table"
            + did_you_mean(sidecar.source, config.sources),
            "known: " + ", ".join(config.sources),
            where=where,
        )
    if not path.is_file():
        raise DataError("the file is missing, its sidecar is there", "fetch it again", where=name)
    # Outlines of a country are large, and GDAL opens them itself: only their checksum is wanted.
    data = b"" if sidecar.kind == "outlines" else path.read_bytes()
    if (found := _checksum(path, data)) != sidecar.sha256:
        raise DataError(
            f"is not the file that its sidecar describes (sha256 {found[:12]}..., "
            f"expected {sidecar.sha256[:12]}...)",
            "fetch it again; if it was changed on purpose, write the new sha256 in its sidecar",
            where=name,
        )
    return DataFile(path, name, data, sidecar)


def _checksum(path: Path, data: bytes) -> str:
    if data:
        return hashlib.sha256(data).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pinned(files: list[DataFile], config: Config) -> tuple[Finding, ...]:
    """Return what the lock does not pin.

    Raises:
        DataError: a file is not the one that the lock pins.
    """
    known = lock.read(config.assets.project / lock.NAME)
    held = lock.held(known, config.project.data, [(file.name, file.sidecar) for file in files])
    if held.problems:
        raise DataError.of(held.problems, "nothing read")
    return held.findings


def _chosen(config: Config, files: list[DataFile]) -> tuple[list[DataFile], list[Finding]]:
    """Return the files of the editions that the project reads, and what is left or lacking."""
    used: list[DataFile] = []
    findings: list[Finding] = []
    for file in files:
        edition = config.project.editions.get(file.sidecar.source or "")
        if edition is None or not file.sidecar.table or file.sidecar.table == edition:
            used.append(file)
        else:
            message = f"edition {file.sidecar.table} is not read: the project reads {edition}"
            findings.append(Finding("edition-not-read", Severity.INFO, file.name, message))
    findings += [
        Finding(
            "source-without-data",
            Severity.WARNING,
            source,
            f"the data folder has no file of {edition}",
            "fetch it, or take it out of 'editions'",
        )
        for source, edition in config.project.editions.items()
        if not any(file.sidecar.source == source for file in used)
    ]
    return used, findings


def _without_sidecar(root: Path) -> list[Finding]:
    return [
        Finding(
            "file-without-sidecar",
            Severity.WARNING,
            path.relative_to(root).as_posix(),
            "is not read: it has no sidecar",
            f"write {path.name}.yaml with its kind, source, origin, licence and sha256",
        )
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and path.suffix not in _READ_ME
        and not path.name.startswith(".")
        and not path.with_name(path.name + ".yaml").is_file()
    ]


def _outline_files(config: Config, used: list[DataFile]) -> tuple[Path, ...]:
    years = {None, config.project.boundary_year}
    outlines = [file for file in used if file.sidecar.kind == "outlines"]
    return tuple(file.path for file in outlines if file.sidecar.division in years)


def _snapshot(file: DataFile) -> Snapshot:
    sidecar = file.sidecar
    return Snapshot(
        path=file.name,
        source=sidecar.source or "",
        sha256=sidecar.sha256,
        retrieved=sidecar.retrieved.isoformat() if sidecar.retrieved else "",
        modified=sidecar.modified,
        licence=sidecar.licence,
        origin=sidecar.origin,
    )


def _sources(config: Config, used: list[DataFile], figures: pd.DataFrame) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for table in config.sources.values():
        own = [file.sidecar for file in used if file.sidecar.source == table.id]
        if own:
            found[table.id] = _source(config, table, own, assemble.has_margins(figures, table.id))
    return found


def _source(config: Config, table: SourceTable, own: list[Sidecar], margins: bool) -> Source:
    edition = config.project.editions.get(table.id, own[0].table)
    declared = next((e for e in table.editions if e.table == edition), None)
    return Source(
        id=table.id,
        title=table.title,
        producer=table.producer,
        table=edition,
        licence=table.licence,
        url=table.url,
        edition=max(sidecar.modified for sidecar in own),
        division=declared.division if declared else own[0].division,
        model_figures=table.model_figures,
        margins=margins,
    )
