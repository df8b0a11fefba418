"""Areas that are gone or new between the division of the figures and that of the project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from wijkprofiel.config import Config
from wijkprofiel.errors import WijkprofielError
from wijkprofiel.model.computed import Finding, Severity
from wijkprofiel.sources import assemble, statline
from wijkprofiel.sources.assemble import DataFile

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 6


def examine(config: Config, files: Sequence[DataFile]) -> Iterator[Finding]:
    """Yield areas that no crosswalk links, and regions whose areas do not exist."""
    try:
        walk = assemble.crosswalk_table(files)
        chosen = [file for file in files if _read(config, file)]
        now = assemble.area_table(config, chosen)
    except WijkprofielError:
        return  # a file that cannot be read is told where it is read
    year = config.project.boundary_year
    current = set(now.loc[now["boundary_year"] == year, "code"])
    if not current:
        return
    for division, (where, codes) in _divisions(config, chosen).items():
        if division != year:
            yield from _between(walk, (division, year), where, (codes, current))
    yield from _regions(config, year, current)
    yield from _strangers(walk, year, current)


def _read(config: Config, file: DataFile) -> bool:
    edition = config.project.editions.get(file.sidecar.source or "")
    return edition is None or file.sidecar.table in {"", edition}


def _divisions(
    config: Config, files: Sequence[DataFile]
) -> Mapping[int, tuple[str, frozenset[str]]]:
    """Return per division of the figures that are shown: table, and codes of its areas."""
    found: dict[int, tuple[str, frozenset[str]]] = {}
    for source in config.sources.values():
        table = config.project.editions.get(source.id)
        edition = next((e for e in source.editions if e.table == table), None)
        bodies = [f for f in files if f.sidecar.source == source.id and f.sidecar.kind == "figures"]
        if edition is None or source.kind != "odata-v3" or not bodies:
            continue
        areas = statline.read_areas(
            [file.data for file in bodies], (), boundary_year=edition.division,
            where=bodies[0].name,
        )  # fmt: skip
        codes = frozenset(code for code in areas["code"] if not code.startswith("NL"))
        before = found.get(edition.division, ("", frozenset()))[1]
        found[edition.division] = (edition.table, before | codes)
    return found


def _between(
    walk: pd.DataFrame,
    years: tuple[int, int],
    table: str,
    codes: tuple[frozenset[str], set[str]],
) -> Iterator[Finding]:
    then, now = codes
    rows = walk[(walk["from_year"] == years[0]) & (walk["to_year"] == years[1])]
    judged = set(rows["area"]) | set(rows["from_area"])
    status = dict(zip(rows["area"], rows["status"], strict=True))
    where = f"{table}, {years[0]} → {years[1]}"
    now = {code for code in now if not code.startswith("NL")}
    for code, known, what in (
        ("areas-gone", then - now, f"are not in the division of {years[1]}"),
        ("areas-new", now - then, f"are new since the division of {years[0]}"),
    ):
        open_ = sorted(known - judged)
        if open_:
            yield Finding(
                code,
                Severity.WARNING,
                where,
                f"{len(open_)} areas {what}, and no crosswalk says what became of them: "
                + _listed(open_),
                "add rows to the crosswalk: gone, new, or renumbered/composed with a from_area",
            )
    unjudged = sorted((then & now) - judged)
    if unjudged:
        yield Finding(
            "areas-not-judged",
            Severity.WARNING,
            where,
            f"{len(unjudged)} codes are in both divisions, but nothing says that they are the "
            f"same areas: {_listed(unjudged)}",
            "add them to the crosswalk as same or changed: until then their figures are left out",
        )
    apart = sorted(code for code in now if status.get(code) in {"new", "changed"})
    if apart:
        yield Finding(
            "areas-other",
            Severity.INFO,
            where,
            f"{len(apart)} areas are new or changed, and have no figure for their present "
            f"borders from the crosswalk: {_listed(apart)}",
            "name the areas they come from (from_area), fetch figures of buurten, or change over "
            "to an edition on the present division",
        )


def _regions(config: Config, year: int, current: set[str]) -> Iterator[Finding]:
    gemeenten = {code for code in current if code.startswith("GM")}
    for table in config.regions.values():
        held = {code for region in table.regions for code in region.areas}
        if table.year != year:
            yield Finding(
                "regions-of-another-year",
                Severity.WARNING,
                table.id,
                f"is of the division of {table.year}, the project shows {year}",
                "check it against the present gemeenten, and write the new year",
            )
        lacking = sorted(gemeenten - held)
        if table.complete and lacking:
            yield Finding(
                "gemeente-without-region",
                Severity.ERROR,
                table.id,
                f"{len(lacking)} gemeenten lie in no region: {_listed(lacking)}",
                "add them: the table says that it is complete",
            )


def _strangers(walk: pd.DataFrame, year: int, current: set[str]) -> Iterator[Finding]:
    """Yield areas that a crosswalk converts to and that do not exist."""
    to = walk[(walk["to_year"] == year) & (walk["from_area"] != "")]
    gemeenten = {code[2:6] for code in current}
    own = to[to["area"].str[2:6].isin(gemeenten)]
    strange = sorted(set(own["area"]) - current)
    if strange:
        yield Finding(
            "crosswalk-to-nothing",
            Severity.ERROR,
            "crosswalk",
            f"{len(strange)} areas with a from_area do not exist in {year}: {_listed(strange)}",
            "mend the codes in the crosswalk",
        )


def _listed(codes: Sequence[str]) -> str:
    more = f" and {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else ""
    return ", ".join(codes[:_SHOWN]) + more
