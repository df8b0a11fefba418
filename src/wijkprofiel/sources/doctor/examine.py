"""All findings of a data folder, worst first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from wijkprofiel.config import Config
from wijkprofiel.errors import WijkprofielError
from wijkprofiel.model.computed import Finding, Severity
from wijkprofiel.model.declared import SourceTable
from wijkprofiel.sources import assemble, folder
from wijkprofiel.sources.assemble import DataFile
from wijkprofiel.sources.doctor import borders, editions, keys, ranges, years
from wijkprofiel.sources.doctor.delivery import Delivery, deliveries

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def examine(config: Config, data: Path | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with the sources of a project, each with its fix; worst first.

    Every edition that lies in the folder is read, also one that the project does not show: so a
    new edition can be looked at before the project changes over to it. A file that cannot be
    read is a finding, and does not keep the others from being looked at.

    Args:
        config: the project's configs.
        data: data folder; by default the project's own.

    Raises:
        ConfigError: there is no such folder.
        DataError: a file is not the one that its sidecar describes.
    """
    files = folder.read_files(config, data)
    found = [*_unread(config, files)]
    for source in config.sources.values():
        found += _one(config, source, files)
    found += borders.examine(config, files)
    return tuple(sorted(dict.fromkeys(found), key=lambda f: (_ORDER.index(f.severity), f.where)))


def _one(config: Config, source: SourceTable, files: Sequence[DataFile]) -> Iterator[Finding]:
    if source.kind == "boundaries":
        return
    found: list[Delivery] = []
    for delivery in deliveries(config, source, files):
        yield from keys.examine(config, delivery)
        yield from delivery.findings
        yield from years.examine(config, delivery)
        yield from ranges.examine(config, delivery)
        found.append(delivery)
    yield from editions.examine(config, found)


def _unread(config: Config, files: Sequence[DataFile]) -> Iterator[Finding]:
    """Yield what keeps the project's own data from being put together."""
    for source, edition in config.project.editions.items():
        own = [f for f in files if f.sidecar.source == source and f.sidecar.table in {"", edition}]
        if not own:
            yield Finding(
                "source-without-data",
                Severity.WARNING,
                source,
                f"the data folder has no file of {edition}",
                f"wijkprofiel fetch --table {source}, or take it out of 'editions'",
            )
    try:
        assemble.crosswalk_table(files)
        assemble.reference_table(config, files)
    except WijkprofielError as failure:
        for problem in failure.problems:
            yield Finding(
                "unreadable",
                Severity.ERROR,
                problem.where,
                problem.message,
                problem.hint or "mend the file",
            )
