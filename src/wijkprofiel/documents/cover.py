"""Page 1, above: the cover with name and silhouette, the locator map, the key figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wijkprofiel.charts import maps, people, tokens
from wijkprofiel.charts import silhouette as silhouette_chart
from wijkprofiel.charts.svg import MM_PER_PT
from wijkprofiel.documents import images
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.images import Logo, Photo
from wijkprofiel.documents.marks import Number, picture, tile
from wijkprofiel.model import Area, Level, OwnArea
from wijkprofiel.wording import alt, mapped

NAME_SIZES = (66.0, 60.0, 54.0, 46.0, 38.0, 32.0, 28.0, 24.0)
NAME_MAX, NAME_WIDTH, NAME_LEADING = 54.0, 84.0, 1.0
NAME_ROOM = 57.0
"""Millimetres between the top of the name and the bottom of what stands below it."""
PLACE_PT, PLACE_LINE = 9.5, 4.5
TILE_SIZES = (22.0, 19.0, 16.0)
TILE_WIDTH = 27.0
ENOUGH = 6
"""Tiles with a figure that fill the room well enough without those that have none."""
FIRST_SIZES = (58.0, 50.0, 44.0, 38.0, 32.0)
"""Sizes of a first key figure that is larger than the others (a style's size ``tile_first``)."""
LOCATOR = (57.33, 44.0)
"""Room on the page, in mm and pt; a style with another grid says so under ``sizes``."""
NOTE_PT, NOTE_LINE = 7.5, 3.4
"""Size in pt and leading in mm of the line below the map."""
AGE_GROUPS = 5


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover plane.

    Attributes:
        size: of the name in pt, measured so that it fits.
        place: "Gemeente Alphen aan den Rijn".
        parts: what the area consists of, or its CBS code.
        edition: "Uitgave 1, november 2026".
        silhouette, crowd: None where the style has a cover of lines, or a photo in their place.
        logos: of the sender.
        photo: of the area, with its credit.
    """

    name: str
    size: float
    place: str
    parts: str
    about: str
    edition: str
    silhouette: Markup | None
    crowd: Markup | None
    logos: tuple[Logo, ...]
    photo: Photo | None


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The tiles on page 1.

    Attributes:
        size: of all numbers in pt.
        first: size of the first number, larger where the style says so.
        around: in which wijk the area lies, where the map cannot show its own outline.
        before: the tiles stand before the map.
    """

    tiles: tuple[Number, ...]
    size: float
    first: float
    locator: Markup | None
    around: str
    before: bool


def cover(desk: Desk) -> Cover:
    """Return the cover of the area."""
    profile, area = desk.profile, desk.profile.area
    drawn = tokens.look(desk.style, "cover", "plane") == "plane" and profile.people.photo is None
    return Cover(
        name=area.name,
        size=_name_size(area, desk),
        place=gemeenten(area, desk),
        parts=parts_sentence(area, desk),
        about=profile.people.about,
        edition=edition(desk),
        silhouette=_silhouette(desk) if drawn else None,
        crowd=_crowd(desk) if drawn and desk.inhabited else None,
        logos=images.logos(desk),
        photo=images.photo(desk),
    )


def key_figures(desk: Desk) -> KeyFigures:
    """Return the key figures that the document asks for, those without a figure last.

    They say why there is none. They are left out where the others suffice, and where nobody lives:
    there is nobody to count.
    """
    topics = [t for t in map(desk.topic, desk.spec.key_figures) if t is not None]
    known = [topic for topic in topics if desk.number(topic).present]
    enough = len(known) >= ENOUGH or not desk.inhabited
    absent = [] if enough else [topic for topic in topics if topic not in known]
    tiles = tuple(tile(topic, desk, defined=True) for topic in (*known, *absent))
    before = tokens.look(desk.style, "key_figures", "last") == "first"
    size = _tile_size(tiles, desk)
    return KeyFigures(tiles, size, _first_size(tiles, size, desk), *_map(desk), before)


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
    style, name = desk.style, area.name
    width = tokens.size(style, "name_width", NAME_WIDTH)
    if desk.profile.people.photo is not None:
        width = tokens.size(style, "name_width_photo", width)
    beside = tokens.size(style, "logos_width", 0) if images.logos(desk) else 0
    line_width = min(tokens.size(style, "place_width", width), width - beside)
    pt = tokens.size(style, "place", PLACE_PT)
    below = [gemeenten(area, desk), parts_sentence(area, desk), edition(desk)]
    lines = sum(len(desk.measure.wrap(line, pt, line_width)) for line in below)
    room = tokens.size(style, "name_room", NAME_ROOM)
    room -= lines * tokens.size(style, "place_leading", PLACE_LINE)
    leading = tokens.size(style, "name_leading", NAME_LEADING) * MM_PER_PT
    sizes = [s for s in NAME_SIZES if s <= tokens.size(style, "name_max", NAME_MAX)]
    for size in sizes:
        broken = desk.measure.wrap(name, size, width, weight=800)
        widest = max(desk.measure.text_width(line, size, 800) for line in broken)
        if widest <= width and len(broken) * size * leading <= room:
            return size
    return sizes[-1]


def _tile_size(tiles: Sequence[Number], desk: Desk) -> float:
    most, width = (
        tokens.size(desk.style, "tile", TILE_SIZES[0]),
        tokens.size(desk.style, "tile_width", TILE_WIDTH),
    )
    same = tiles if "tile_first" not in desk.style.sizes else tiles[1:]
    sizes = [size for size in TILE_SIZES if size <= most]
    for size in sizes:
        widths = [_number_width(t, size, desk) for t in same if not t.wordy]
        if max(widths, default=0) <= width:
            return size
    return sizes[-1]


def _first_size(tiles: Sequence[Number], usual: float, desk: Desk) -> float:
    """The size of the first number where a style makes it larger, as far as it fits its column."""
    most = desk.style.sizes.get("tile_first")
    if most is None or not tiles or tiles[0].wordy:
        return usual
    width = tokens.size(desk.style, "tile_first_width", LOCATOR[0])
    sizes = [size for size in FIRST_SIZES if size <= most]
    fitting = (size for size in sizes if _number_width(tiles[0], size, desk) <= width)
    return next(fitting, sizes[-1])


def _number_width(number: Number, size: float, desk: Desk) -> float:
    text, unit = number.number, number.unit
    width = desk.measure.text_width
    return width(text, size, 800) + width(unit, size * 0.6, 800)


def _silhouette(desk: Desk) -> Markup | None:
    area_map = desk.profile.map
    if area_map is None:
        return None
    title = mapped.silhouette_alt(desk.profile, desk.words)
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
    # Of all people, as in the other documents: ages that are rounded one by one sum to another.
    whole = desk.topic(desk.spec.key_figures[0]) if desk.spec.key_figures else None
    total = whole.figure.value if whole is not None else None
    if len(ages) == len(desk.spec.ages) and total:
        shares = {t.indicator.title: 100 * (t.figure.value or 0) / total for t in ages}
    title = alt.crowd_alt(shares, desk.words)
    return picture(people.crowd(list(shares.values()), style=desk.style, title=title))


def _map(desk: Desk) -> tuple[Markup | None, str]:
    """The locator with what stands below it, both within the room for the map."""
    area_map = desk.profile.map
    if area_map is None:
        return None, ""
    around = mapped.around_note(desk.profile, desk.words)
    width = tokens.size(desk.style, "locator_width", LOCATOR[0])
    lines = desk.measure.wrap(around, NOTE_PT, width) if around else ()
    height = tokens.size(desk.style, "locator_height", LOCATOR[1]) - NOTE_LINE * len(lines)
    locator = maps.locator(
        area_map,
        style=desk.style,
        title=mapped.locator_alt(area_map, desk.profile, desk.words),
        width=width,
        height=height,
        name=desk.names.area,
        measure=desk.measure,
        words=desk.chart_words,
    )
    return picture(locator), around
