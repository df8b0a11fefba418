"""Page 1, above: the cover with name and silhouette, the locator map, the key figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wijkprofiel.charts import maps, people
from wijkprofiel.charts import silhouette as silhouette_chart
from wijkprofiel.charts.svg import MM_PER_PT
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.marks import Number, picture, tile
from wijkprofiel.model import Area, Level, OwnArea
from wijkprofiel.wording import alt

NAME_SIZES = (54.0, 46.0, 38.0, 32.0, 28.0, 24.0)
NAME_WIDTH = 84.0
NAME_ROOM = 57.0
"""Millimetres between the top of the name and the bottom of what stands below it."""
PLACE_PT, PLACE_LINE = 9.5, 4.5
TILE_SIZES = (22.0, 19.0, 16.0)
TILE_WIDTH = 27.0
AGE_GROUPS = 5


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover plane.

    Attributes:
        size: of the name in pt, measured so that it fits.
        place: "Gemeente Alphen aan den Rijn".
        parts: what the area consists of, or its CBS code.
        edition: "Uitgave 1, november 2026".
    """

    name: str
    size: float
    place: str
    parts: str
    about: str
    edition: str
    silhouette: Markup | None
    crowd: Markup


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The tiles on page 1, all numbers in one size."""

    tiles: tuple[Number, ...]
    size: float
    locator: Markup | None


def cover(desk: Desk) -> Cover:
    """Return the cover of the area."""
    profile, area = desk.profile, desk.profile.area
    return Cover(
        name=area.name,
        size=_name_size(area, desk),
        place=gemeenten(area, desk),
        parts=parts_sentence(area, desk),
        about=profile.people.about,
        edition=edition(desk),
        silhouette=_silhouette(desk),
        crowd=_crowd(desk),
    )


def key_figures(desk: Desk) -> KeyFigures:
    """Return the key figures that the document asks for; absent ones say why."""
    topics = [desk.topic(indicator) for indicator in desk.spec.key_figures]
    tiles = tuple(tile(topic, desk) for topic in topics if topic is not None)
    return KeyFigures(tiles, _tile_size(tiles, desk), _locator(desk))


def gemeenten(area: OwnArea, desk: Desk) -> str:
    """Return "Gemeente X", or "Gemeenten X en Y"."""
    names = desk.words.enumerate([g.name for g in area.gemeenten])
    key = "cover.gemeente" if len(area.gemeenten) == 1 else "cover.gemeenten"
    return desk.words(key, names=names)


def parts_sentence(area: OwnArea, desk: Desk) -> str:
    """Return "Bestaat uit de wijken A, B en C", or what CBS area it is."""
    words = desk.words
    if area.single:
        part = area.parts[0]
        key = "cover.single_gemeente" if part.level is Level.GEMEENTE else "cover.single"
        return words(key, level=words(f"part.{part.level.value}.one"), code=part.code)
    groups = [
        _group([p for p in area.parts if p.level is level], level, desk)
        for level in Level
        if any(p.level is level for p in area.parts)
    ]
    return words("cover.parts", parts=words.enumerate(groups[::-1]))


def edition(desk: Desk) -> str:
    """Return the edition and its date, the only date in a document."""
    mark = desk.profile.edition
    month = desk.words(f"month.{mark.date.month}")
    return desk.words("cover.edition", number=mark.number, month=month, year=mark.date.year)


def _group(parts: Sequence[Area], level: Level, desk: Desk) -> str:
    form = "one" if len(parts) == 1 else "many"
    names = desk.words.enumerate([part.name for part in parts])
    return desk.words("cover.group", level=desk.words(f"part.{level.value}.{form}"), names=names)


def _name_size(area: OwnArea, desk: Desk) -> float:
    """The largest size at which the name fits its box, so that parts on the map stay readable."""
    name = area.name
    below = [gemeenten(area, desk), parts_sentence(area, desk), edition(desk)]
    lines = sum(len(desk.measure.wrap(line, PLACE_PT, NAME_WIDTH)) for line in below)
    room = NAME_ROOM - lines * PLACE_LINE
    for size in NAME_SIZES:
        broken = desk.measure.wrap(name, size, NAME_WIDTH, weight=800)
        widest = max(desk.measure.text_width(line, size, 800) for line in broken)
        if widest <= NAME_WIDTH and len(broken) * size * MM_PER_PT <= room:
            return size
    return NAME_SIZES[-1]


def _tile_size(tiles: Sequence[Number], desk: Desk) -> float:
    for size in TILE_SIZES:
        widths = [
            desk.measure.text_width(t.number, size, 800)
            + desk.measure.text_width(t.unit, size * 0.6, 800)
            for t in tiles
            if not t.wordy
        ]
        if max(widths, default=0) <= TILE_WIDTH:
            return size
    return TILE_SIZES[-1]


def _silhouette(desk: Desk) -> Markup | None:
    area_map = desk.profile.map
    if area_map is None:
        return None
    title = alt.silhouette_alt(desk.profile, desk.words)
    return picture(
        silhouette_chart.silhouette(
            area_map, style=desk.style, title=title, width=105, height=60, measure=desk.measure
        )
    )


def _crowd(desk: Desk) -> Markup:
    shares = {}
    ages = [
        topic
        for topic in desk.profile.topics.values()
        if topic.indicator.id in desk.spec.ages and topic.figure.value is not None
    ]
    total = sum(topic.figure.value or 0 for topic in ages)
    if len(ages) == len(desk.spec.ages) and total > 0:
        shares = {t.indicator.title: 100 * (t.figure.value or 0) / total for t in ages}
    title = alt.crowd_alt(shares, desk.words)
    return picture(people.crowd(list(shares.values()), style=desk.style, title=title))


def _locator(desk: Desk) -> Markup | None:
    area_map = desk.profile.map
    if area_map is None:
        return None
    title = alt.locator_alt(area_map, desk.profile, desk.words)
    return picture(
        maps.locator(
            area_map,
            style=desk.style,
            title=title,
            width=57.33,
            height=44,
            name=desk.names.area,
            measure=desk.measure,
            words=desk.chart_words,
        )
    )
