"""The first page of a comparison: title, maps, and who is compared."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from wijkprofiel.charts.set_map import Marked, names_fit, set_map
from wijkprofiel.documents import cover
from wijkprofiel.documents.comparison_desk import SetDesk
from wijkprofiel.documents.marks import cell, picture
from wijkprofiel.model import AreaMap, Level, Profile, Status, Topic

NAME_SIZES = (54.0, 46.0, 38.0, 32.0, 28.0, 24.0, 20.0)
NAME_WIDTH, NAME_LINES, ONE_LINE = 170.0, 2, 38.0
"""Width in mm and lines of the title; a title that is smaller than this (pt) takes two lines."""
MAPS_WIDTH, GAP = 176.0, 4.0
COLUMNS = 3
"""Maps beside each other at most."""
TALLEST, LOWER = 110.0, 54.0
"""Heights of the maps: alone on the first page, and above a short list of areas."""
FEW = 3
KEYED = 8
"""A map with numbers has a key below it for so many areas at most; the list has the others."""
KEY_PT, KEY_LINE = 7.5, 3.4
PARTS_WIDTH, PARTS_LINES = 58.0, 4
"""Width in mm of what areas consist of, in the list; its lines for which ``LOWER`` has room."""


@dataclass(frozen=True, slots=True)
class Title:
    """The cover plane; ``size`` of the title in pt, measured so that it fits."""

    name: str
    size: float
    line: str
    intro: str
    edition: str
    left_out: str


@dataclass(frozen=True, slots=True)
class Plate:
    """One map with the gemeente or gemeenten that it shows.

    Attributes:
        key: whose the numbers on the map are, "" where it has names, or too many areas.
        numbered: the map has numbers.
        width: in mm; a longer key wraps.
    """

    title: str
    chart: Markup
    key: str
    numbered: bool
    width: float


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area in the list: number on the map, name, what it is, and key figures.

    Attributes:
        note: why there are no figures, "" where there are.
    """

    number: str
    name: str
    place: str
    parts: str
    cells: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Areas:
    """The list of areas.

    Attributes:
        heads: titles of the key figures.
        first: so few that the list stands on the first page.
    """

    heads: tuple[str, ...]
    rows: tuple[AreaRow, ...]
    country: tuple[str, ...]
    first: bool


def title(desk: SetDesk) -> Title:
    """Return the cover of the comparison."""
    comparison, words = desk.comparison, desk.words
    fit = desk.measure.fit(comparison.title, NAME_SIZES, NAME_WIDTH, 1)
    if len(fit.lines) > 1 or fit.size < ONE_LINE:
        fit = desk.measure.fit(comparison.title, NAME_SIZES[1:], NAME_WIDTH, NAME_LINES)
    if comparison.gemeente:
        line = words("comparison.line_gemeente", number=len(desk.desks), many=desk.many,
                     gemeente=comparison.gemeente)  # fmt: skip
    else:
        line = words("comparison.line", number=len(desk.desks), many=desk.many)
    left_out = ""
    if comparison.left_out:
        left_out = words("comparison.left_out", names=words.enumerate(comparison.left_out))
    return Title(
        comparison.title, fit.size, line, comparison.intro, cover.edition(desk.desks[0]), left_out
    )


def plates(desk: SetDesk) -> tuple[Plate, ...]:
    """Return one map per gemeente (or gemeenten that an area spans), with its areas on it."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, profile in enumerate(desk.comparison.profiles):
        if profile.map is not None and profile.map.wijken:
            codes = tuple(sorted(g.code for g in profile.area.gemeenten))
            groups.setdefault(codes, []).append(number)
    columns = min(len(groups), COLUMNS) or 1
    rows = -(-len(groups) // columns)
    width = (MAPS_WIDTH - GAP * (columns - 1)) / columns
    tallest = _above_the_list(desk) if len(desk.desks) <= FEW else TALLEST
    height = min(tallest / min(rows, 2) - 6.0, width * 1.1)
    return tuple(_plate(numbers, (width, height), desk) for numbers in groups.values())


def _above_the_list(desk: SetDesk) -> float:
    """Return the height of the maps above a list of areas: less where the list has more lines."""
    listed = areas(desk)
    told = [" ".join(filter(None, (row.parts, row.note))) for row in listed.rows]
    lines = sum(len(desk.measure.wrap(text, KEY_PT, PARTS_WIDTH)) for text in told)
    return LOWER - KEY_LINE * max(lines - PARTS_LINES, 0)


def _plate(numbers: list[int], size: tuple[float, float], desk: SetDesk) -> Plate:
    profiles = [desk.comparison.profiles[number] for number in numbers]
    first = profiles[0]
    assert first.map is not None  # noqa: S101 - plates() looked
    places = desk.words.enumerate(
        [desk.words("place.gemeente_named", name=g.name) for g in first.area.gemeenten]
    )
    marked = [
        _marked(desk.labels[number], str(number + 1), profile)
        for number, profile in zip(numbers, profiles, strict=True)
    ]
    area_map = AreaMap(first.map.wijken, first.map.gemeenten)
    numbered = not names_fit(area_map, marked, size, desk.style, desk.measure)
    told = [_told(area, desk) for area in marked]
    key = ""
    if numbered and len(marked) <= KEYED:
        key = ", ".join(f"{area.number} {name}" for area, name in zip(marked, told, strict=True))
    lines = len(desk.measure.wrap(key, KEY_PT, size[0])) if key else 0
    chart = set_map(
        area_map,
        marked,
        style=desk.style,
        title=desk.words("comparison.alt.map", gemeente=places, names=desk.words.enumerate(told)),
        width=size[0],
        height=size[1] - KEY_LINE * lines,
        numbered=numbered,
        measure=desk.measure,
    )
    return Plate(places[:1].upper() + places[1:], picture(chart), key, numbered, size[0])


def _marked(label: str, number: str, profile: Profile) -> Marked:
    drawn = profile.map
    own, around = (drawn.own, drawn.around) if drawn is not None else ((), ())
    return Marked(label, number, own, around)


def _told(area: Marked, desk: SetDesk) -> str:
    """The name of an area, and the wijk that it lies in where it has no outline of its own."""
    if not area.around:
        return area.name
    names = desk.words.enumerate([wijk.name for wijk in area.around])
    return desk.words("comparison.key_around", name=area.name, names=names)


def areas(desk: SetDesk) -> Areas:
    """Return the areas in the order of the pages, with the document's key figures."""
    columns = [topics for name in desk.spec.key_figures if (topics := desk.topics(name))]
    shared = len({tuple(p.area.gemeenten) for p in desk.comparison.profiles}) == 1
    rows = []
    for number, one in enumerate(desk.desks):
        area = one.profile.area
        judged = [t for t in one.profile.topics.values() if t.direction != "neutral"]
        empty = all(t.figure.status is not Status.OK for t in judged)
        rows.append(
            AreaRow(
                str(number + 1),
                desk.labels[number],
                "" if shared else ", ".join(g.name for g in area.gemeenten),
                _parts(number, desk),
                tuple(
                    cell(topics[number].figure, topics[number], one, mixed=True)
                    for topics in columns
                ),
                desk.text("no_figures" if one.inhabited else "nobody") if empty else "",
            )
        )
    country = tuple(_country(topics[0], desk) for topics in columns)
    heads = tuple(topics[0].indicator.title for topics in columns)
    return Areas(heads, tuple(rows), country, len(rows) <= FEW)


def _country(topic: Topic, desk: SetDesk) -> str:
    """The country's figure; of a count nothing, because it is no yardstick."""
    if topic.indicator.unit == "count":
        return ""
    return cell(topic.country, topic, desk.desks[0], mixed=True)


def _parts(number: int, desk: SetDesk) -> str:
    """What an area of several pieces consists of; the code of one piece."""
    area = desk.desks[number].profile.area
    if area.single and area.parts[0].level is Level.WIJK:
        return area.parts[0].code
    return cover.parts_sentence(area, desk.desks[number])


def reading(desk: SetDesk) -> tuple[str, ...]:
    """Return how to read the comparison: what it compares with, the order, what it does not say."""
    order = "order_alphabetical" if desk.comparison.gemeente else "order_named"
    names = ("reading_why", "reading_compared", order, "reading_differences")
    return tuple(desk.text(name) for name in names)
