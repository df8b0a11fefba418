"""One edition of one table as it lies in the data folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wijkprofiel.config import Config
from wijkprofiel.errors import Problem, WijkprofielError
from wijkprofiel.model.computed import Finding, Severity
from wijkprofiel.model.declared import Edition, Indicator, SourceTable
from wijkprofiel.sources import assemble, odata, own, regional, statline
from wijkprofiel.sources.assemble import DataFile
from wijkprofiel.tables import INDICATOR_COLUMNS

if TYPE_CHECKING:
    import pandas as pd


WORKBOOK = b"PK"
"""How a workbook begins, which some tables come as."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """An edition in the data folder.

    Attributes:
        where: table and file, as printed.
        described: topics of its DataProperties; empty where those are not at hand.
        present: columns that the rows have.
        bound: what each indicator's key came to: a column, a problem, or None.
        figures: IndicatorTable of what could be read.
        findings: why something could not be read.
        shown: whether the project reads this edition.
    """

    source: SourceTable
    edition: Edition
    where: str
    described: tuple[odata.Topic, ...]
    present: tuple[str, ...]
    bound: Mapping[str, tuple[str, str | Problem | None]]
    figures: pd.DataFrame
    findings: tuple[Finding, ...]
    shown: bool


def deliveries(
    config: Config, source: SourceTable, files: Sequence[DataFile]
) -> Iterator[Delivery]:
    """Yield every edition of a table that the folder has, in the order of the config."""
    chosen = config.project.editions.get(source.id)
    mine = [f for f in files if f.sidecar.source == source.id]
    for edition in source.editions:
        own_files = [f for f in mine if f.sidecar.table in {edition.table, ""}]
        bodies = [f for f in own_files if f.sidecar.kind == "figures"]
        if bodies:
            shown = edition.table == (chosen or bodies[0].sidecar.table)
            yield _delivery(config, source, edition, own_files, shown=shown)


def _delivery(
    config: Config,
    source: SourceTable,
    edition: Edition,
    files: Sequence[DataFile],
    *,
    shown: bool,
) -> Delivery:
    import pandas as pd

    bodies = [f for f in files if f.sidecar.kind == "figures"]
    where = f"{edition.table} ({bodies[0].name}"
    where += f" and {len(bodies) - 1} more)" if len(bodies) > 1 else ")"
    nothing = pd.DataFrame(columns=list(INDICATOR_COLUMNS))
    empty = Delivery(source, edition, where, (), (), {}, nothing, (), shown)
    try:
        if source.kind == "odata-v3" and bodies[0].data.startswith(WORKBOOK):
            parts = [
                regional.read_figures(
                    file.data, source, edition.table, config.indicators, file.name
                )
                for file in bodies
            ]
            return _with(empty, figures=pd.concat(parts, ignore_index=True))
        if source.kind == "odata-v3":
            return _odata(config, empty, files, bodies)
        areas = assemble.area_table(config, files)
        given = [(file.name, file.data, file.sidecar) for file in bodies]
        parts = [one.figures for one in own.read(config, source, given, areas)]
        return _with(empty, figures=pd.concat(parts, ignore_index=True))
    except WijkprofielError as failure:
        return _with(empty, findings=tuple(map(_unreadable, failure.problems)))


def _odata(
    config: Config, empty: Delivery, files: Sequence[DataFile], bodies: Sequence[DataFile]
) -> Delivery:
    """Read an odata edition with the keys that bind; the others are somebody else's finding."""
    data = [file.data for file in bodies]
    described_by = next((f.data for f in files if f.sidecar.kind == "properties"), None)
    described = odata.topics(described_by, empty.where) if described_by else ()
    pages = odata.each_page(data, empty.where)
    present = tuple(dict.fromkeys(key for page in pages for row in page for key in row))
    bound = _bind(config, empty, described, present)
    sound: dict[str, Indicator] = {
        name: config.indicators[name]
        for name, (_, column) in bound.items()
        if isinstance(column, str)
    }
    delivery = _with(empty, described=described, present=present, bound=bound)
    try:
        figures = statline.read_figures(
            data,
            described_by,
            table=empty.source,
            edition=empty.edition.table,
            indicators=sound,
            where=empty.where,
        )
    except WijkprofielError as failure:
        return _with(delivery, findings=tuple(map(_unreadable, failure.problems)))
    return _with(delivery, figures=figures)


def _bind(
    config: Config,
    delivery: Delivery,
    described: tuple[odata.Topic, ...],
    present: Sequence[str],
) -> dict[str, tuple[str, str | Problem | None]]:
    return {
        name: (
            key,
            odata.find(key, source.group, described, present, f"{delivery.where} {name}"),
        )
        for name, indicator in config.indicators.items()
        for key, source in statline.keys_of(indicator, delivery.source.id, delivery.edition.table)
    }


def _with(delivery: Delivery, **changed: object) -> Delivery:
    from dataclasses import replace

    return replace(delivery, **changed)  # type: ignore[arg-type]


def _unreadable(problem: Problem) -> Finding:
    hint = problem.hint or "fetch it again"
    return Finding("unreadable", Severity.ERROR, problem.where, problem.message, hint)
