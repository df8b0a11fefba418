"""The wijken of the gemeente or gemeenten around an area, for the locator and the choropleth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wijkprofiel.config import Config
from wijkprofiel.model import (
    AreaMap,
    AreaProfile,
    Figure,
    Level,
    MapArea,
    Outline,
    OwnArea,
    Status,
    Topic,
)
from wijkprofiel.profile.index import Index, edition_of, shown_table
from wijkprofiel.scoring.groups import group


def area_map(
    own: OwnArea,
    config: Config,
    index: Index,
    people: AreaProfile,
    topics: Mapping[str, Topic],
) -> AreaMap | None:
    """Return the map of an area; None where no outline of its gemeenten is at hand.

    A buurt of the area is drawn with its own outline, over the wijk that it lies in. One without
    an outline marks that wijk as ``contains_own``, and the map as approximate. Every wijk keeps
    its own figure; an area that is made of buurten has the figure of the profile.

    Args:
        own: the area.
        config: the project.
        index: its data.
        people: what was written about the area; its documents say what the map shows.
        topics: those of the profile, by indicator: the figures of the area itself.
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
    wijken = [_drawn(code, indicator, config, index) for code in names]
    inside = [part.code for part in own.parts if part.level is Level.BUURT and part not in lost]
    buurten = [replace(_drawn(code, indicator, config, index), own=True) for code in inside]
    gemeenten = [
        MapArea(g.code, g.name, outline, own=g.code in whole, status=Status.NOT_APPLICABLE)
        for g in own.gemeenten
        if (outline := outlines.outline(g.code))
    ]
    return AreaMap(
        tuple(_marked(wijk, here, holding) for wijk in wijken),
        tuple(gemeenten),
        indicator,
        approximate=bool(lost),
        buurten=tuple(buurten),
        whole=_whole(own, buurten, topics.get(indicator), index),
    )


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


def _drawn(code: str, indicator: str, config: Config, index: Index) -> MapArea:
    """A CBS area with its outline and its own published figure."""
    outline, name = index.outlines.outline(code), index.outlines.name(code)
    assert outline is not None  # noqa: S101 - the code came from the outlines
    assert name is not None  # noqa: S101
    area = MapArea(code, name, outline)
    if not indicator:
        return area
    table = shown_table(config.indicators[indicator], config)
    period = config.project.periods.get(table, "")
    return _valued(area, index.figure(code, indicator, period), index)


def _whole(
    own: OwnArea, buurten: list[MapArea], topic: Topic | None, index: Index
) -> MapArea | None:
    """The area in one piece with the profile's figure; None where it is not all buurten."""
    if not buurten or len(buurten) < len(own.parts):
        return None
    polygons = tuple(polygon for buurt in buurten for polygon in buurt.outline.polygons)
    area = MapArea(own.slug, own.name, Outline(polygons), own=True)
    return area if topic is None else _valued(area, topic.figure, index)


def _valued(area: MapArea, figure: Figure, index: Index) -> MapArea:
    """The area with a figure and its fifth of the reference."""
    value = figure.value
    stats = index.reference.get(("indicator", "", figure.indicator, figure.period))
    fifth = None if value is None else group(value, stats)
    return replace(area, value=value, group=fifth, status=figure.status)


def _marked(area: MapArea, here: set[str], holding: set[str]) -> MapArea:
    holds = area.code in holding and area.code not in here
    return replace(area, own=area.code in here, contains_own=holds)
