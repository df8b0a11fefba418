"""The wijken of the gemeente or gemeenten around an area, for the locator and the choropleth."""

from __future__ import annotations

from wijkprofiel.config import Config
from wijkprofiel.model import (
    AreaMap,
    AreaProfile,
    Level,
    MapArea,
    Outline,
    OwnArea,
    Status,
)
from wijkprofiel.profile.index import Index, edition_of, shown_table
from wijkprofiel.scoring.groups import group


def area_map(own: OwnArea, config: Config, index: Index, people: AreaProfile) -> AreaMap | None:
    """Return the map of an area; None where no outline of its gemeenten is at hand.

    A part without an outline of its own (a buurt, where only wijken have outlines) marks the
    wijk that holds it as ``contains_own``, and the map as approximate.
    """
    outlines = index.outlines
    names = [code for g in own.gemeenten for code in outlines.wijken(g.code)]
    if not names:
        return None
    whole = {part.code for part in own.parts if part.level is Level.GEMEENTE}
    here = {part.code for part in own.parts}
    here |= {code for gemeente in whole for code in outlines.wijken(gemeente)}
    lost = [part for part in own.parts if outlines.name(part.code) is None]
    holding = {part.parent for part in lost if part.level is Level.BUURT}
    indicator = _choropleth(config, people)
    drawn = [_wijk(code, indicator, config, index) for code in names]
    wijken = [_marked(area, here, holding) for area in drawn]
    wijken += [
        _plain(part.code, part.name, outline, own=True)
        for part in own.parts
        if part.level is Level.BUURT and (outline := outlines.outline(part.code))
    ]
    gemeenten = [
        _plain(g.code, g.name, outline, own=g.code in whole)
        for g in own.gemeenten
        if (outline := outlines.outline(g.code))
    ]
    return AreaMap(tuple(wijken), tuple(gemeenten), indicator, approximate=bool(lost))


def documents_of(config: Config, people: AreaProfile) -> tuple[str, ...]:
    """Return the documents that are built for an area, those that exist."""
    wanted = people.documents or config.project.documents
    return tuple(name for name in wanted if name in config.documents)


def changed_on_map(drawn: AreaMap | None, config: Config, index: Index) -> tuple[str, ...]:
    """Return the names of wijken whose figure is about an area with other borders."""
    if drawn is None or not drawn.choropleth:
        return ()
    edition = edition_of(shown_table(config.indicators[drawn.choropleth], config), config)
    if edition is None:
        return ()
    years = (edition.division, config.project.boundary_year)
    shown = [wijk for wijk in drawn.wijken if wijk.value is not None]
    return tuple(w.name for w in shown if index.crosswalk.get((w.code, *years)) == "changed")


def _choropleth(config: Config, people: AreaProfile) -> str:
    """Return the indicator of the first document that has a choropleth."""
    specs = (config.documents[name] for name in documents_of(config, people))
    return next((spec.choropleth for spec in specs if spec.choropleth), "")


def _wijk(code: str, indicator: str, config: Config, index: Index) -> MapArea:
    outline, name = index.outlines.outline(code), index.outlines.name(code)
    assert outline is not None  # noqa: S101 - the code came from the outlines
    assert name is not None  # noqa: S101
    if not indicator:
        return MapArea(code, name, outline)
    table = shown_table(config.indicators[indicator], config)
    period = config.project.periods.get(table, "")
    figure = index.figure(code, indicator, period)
    stats = index.reference.get(("indicator", "", indicator, period))
    value = figure.value
    fifth = None if value is None else group(value, stats)
    return MapArea(code, name, outline, value=value, group=fifth, status=figure.status)


def _marked(area: MapArea, here: set[str], holding: set[str]) -> MapArea:
    return MapArea(
        area.code,
        area.name,
        area.outline,
        own=area.code in here,
        contains_own=area.code in holding and area.code not in here,
        value=area.value,
        group=area.group,
        status=area.status,
    )


def _plain(code: str, name: str, outline: Outline, *, own: bool) -> MapArea:
    return MapArea(code, name, outline, own=own, status=Status.NOT_APPLICABLE)
