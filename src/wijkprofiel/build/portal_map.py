"""The maps of the portal: outlines as small as a screen allows, and groups per topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wijkprofiel.build import attack
from wijkprofiel.charts.basemap import Frame
from wijkprofiel.config import Config
from wijkprofiel.documents.desk import words_of
from wijkprofiel.documents.web_portal import Map, Subject, Wijk
from wijkprofiel.model import DocumentSpec, Indicator, Level
from wijkprofiel.profile.index import Index, index_of, shown_table
from wijkprofiel.scoring.groups import group
from wijkprofiel.sources.dataset import Dataset
from wijkprofiel.sources.names import level_of, parent_of
from wijkprofiel.wording.numbers import printed

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

SIZE = (1000.0, 760.0)
"""Units of a drawing; its height is cut to what the gemeente takes."""
MARGIN = 6.0
FINE = 1.2
"""Units within which an outline may be simplified: less than a pixel."""


@dataclass(frozen=True, slots=True)
class Topic:
    """An indicator that maps can be coloured by, with what is shown of it."""

    indicator: Indicator
    subject: Subject
    table: str
    period: str


def topics(spec: DocumentSpec, config: Config) -> list[Topic]:
    """Return what the maps can be coloured by: the judged topics of a document, by theme.

    Args:
        spec: the document type; its themes say which topics, and in which order.
        config: the project.
    """
    found: dict[str, Topic] = {}
    for domain in config.frameworks[spec.themes].domains:
        for slot in domain.slots:
            for part in slot.indicators:
                indicator = config.indicators[part.id]
                table = shown_table(indicator, config)
                period = config.project.periods.get(table, "")
                if not indicator.sensitive:
                    subject = Subject(indicator.title, domain.title, period)
                    found.setdefault(part.id, Topic(indicator, subject, table, period))
    return list(found.values())


def with_figures(
    wanted: Iterable[Topic], gemeenten: Iterable[str], config: Config, dataset: Dataset
) -> list[Topic]:
    """Return the topics of which a wijk of these gemeenten has a group."""
    index = index_of(config, dataset)
    codes = [code for gemeente in gemeenten for code in index.outlines.wijken(gemeente)]
    return [t for t in wanted if any(_group(code, t, index) for code in codes)]


def maps(
    gemeenten: Mapping[str, str],
    holders: Mapping[str, str],
    shown: Sequence[Topic],
    config: Config,
    dataset: Dataset,
) -> tuple[Map, ...]:
    """Return a map of every gemeente that has outlines, by name.

    Buurten of an area lie over their wijk, each with its own figure, where they have outlines.
    Where they have none, a click on their wijk leads to the area, and the map says that the area
    only lies in it: the figure is that of the wijk.

    Args:
        gemeenten: code → name.
        holders: code of a gemeente, wijk or buurt → the area that a click leads to.
        shown: what the maps can be coloured by.
        config: the project.
        dataset: its data.

    Raises:
        DisclosureError: a figure on a map was withheld.
    """
    index = index_of(config, dataset)
    named = sorted(gemeenten.items(), key=lambda item: item[1])
    codes = [code for gemeente, _ in named for code in index.outlines.wijken(gemeente)]
    codes += [buurt for gemeente, _ in named for buurt in _buurten(gemeente, holders, index)]
    attack.refuse_rows(_rows(codes, shown, index), "index.html", config, dataset)
    drawn = (_map(code, name, holders, shown, config, index) for code, name in named)
    return tuple(item for item in drawn if item is not None)


def _map(  # one call, from above
    code: str,
    name: str,
    holders: Mapping[str, str],
    shown: Sequence[Topic],
    config: Config,
    index: Index,
) -> Map | None:
    wijken = index.outlines.wijken(code)
    if not wijken:
        return None
    buurten = _buurten(code, holders, index)
    paths, height = _paths(wijken, index, buurten)
    words = words_of(config)
    inside = _inside(holders, index)

    def told(area: str, topic: Topic) -> str:
        figure = index.figure(area, topic.indicator.id, topic.period)
        return printed(figure, topic.indicator, words).text if figure.value is not None else ""

    def drawn(area: str, data: str) -> Wijk:
        slug = holders.get(area) or holders.get(code, "")
        return Wijk(
            name=index.outlines.name(area) or area,
            data=data,
            groups=tuple(_group(area, topic, index) for topic in shown),
            values=tuple(told(area, topic) for topic in shown),
            slug=slug or inside.get(area, ""),
            place="over" if area in buurten else "" if slug or area not in inside else "holds",
        )

    made = [drawn(area, data) for area, data in zip((*wijken, *buurten), paths, strict=True)]
    made.sort(key=lambda wijk: wijk.name)
    return Map(code, name, (round(SIZE[0]), height), tuple(made))


def _buurten(gemeente: str, holders: Mapping[str, str], index: Index) -> list[str]:
    """Return the buurten of areas in a gemeente that have an outline, sorted."""
    return sorted(
        code
        for code in holders
        if level_of(code) is Level.BUURT
        and code[2:6] == gemeente[2:]
        and index.outlines.name(code) is not None
    )


def _inside(holders: Mapping[str, str], index: Index) -> dict[str, str]:
    """Return wijk → an area of which it holds a buurt that has no outline."""
    return {
        parent_of(code): slug
        for code, slug in holders.items()
        if level_of(code) is Level.BUURT and index.outlines.name(code) is None
    }


def _group(code: str, topic: Topic, index: Index) -> int:
    value = index.figure(code, topic.indicator.id, topic.period).value
    stats = index.reference.get(("indicator", "", topic.indicator.id, topic.period))
    return 0 if value is None else group(value, stats) or 0


def _rows(
    codes: Iterable[str], shown: Sequence[Topic], index: Index
) -> Iterator[dict[str, object]]:
    for code in codes:
        for topic in shown:
            figure = index.figure(code, topic.indicator.id, topic.period)
            yield {"id": topic.indicator.id, "period": topic.period, "codes": code,
                   "source": figure.source, "value": figure.value}  # fmt: skip


def _paths(
    wijken: Sequence[str], index: Index, buurten: Sequence[str] = ()
) -> tuple[list[str], int]:
    """Return path data in whole units, borders of neighbours simplified alike, and the height."""
    import shapely

    outlines, over = (
        [found for code in codes if (found := index.outlines.outline(code)) is not None]
        for codes in (wijken, buurten)
    )
    frame = Frame.around(outlines, SIZE, MARGIN)
    shapes = [frame.shape(outline) for outline in outlines]
    _, top, _, foot = shapely.total_bounds(shapes)
    simple = [*shapely.coverage_simplify(shapes, FINE)]
    simple += [*shapely.coverage_simplify([frame.shape(outline) for outline in over], FINE)]
    down = top - MARGIN
    return [_data(shape, down) for shape in simple], round(foot - top + 2 * MARGIN)


def _data(shape: BaseGeometry, down: float) -> str:
    """Return path data with steps in whole units, from ring to ring."""
    import shapely

    told = []
    for part in shapely.get_parts(shape):
        for ring in shapely.get_rings(part):
            places = [(round(x), round(y - down)) for x, y in shapely.get_coordinates(ring)[:-1]]
            places = [p for order, p in enumerate(places) if p != places[order - 1]]
            if len(places) < 3:
                continue
            (x, y), rest = places[0], places[1:]
            steps = []
            for across, along in rest:
                steps.append(f"{across - x} {along - y}")
                x, y = across, along
            told.append(f"M{places[0][0]} {places[0][1]}l{' '.join(steps).replace(' -', '-')}z")
    return "".join(told)
