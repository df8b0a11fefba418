"""The map of the gemeente by one topic, with what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from wijkprofiel.charts import maps, tokens
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.marks import picture
from wijkprofiel.documents.terms import NOTE_PT
from wijkprofiel.wording import mapped

MAP_SIZE = (57.33, 43.5)
NOTE_LINE = 3.4
"""Leading in mm of what stands below the map."""


@dataclass(frozen=True, slots=True)
class Choropleth:
    """The map of the gemeente by one topic."""

    title: str
    note: str
    chart: Markup


def choropleth(desk: Desk) -> Choropleth | None:
    """Return the map of the gemeente, or None where there is no map or no topic for it.

    The area's own figure stands in the note below it. Where the area has no outline of its own,
    the note names the wijk that it lies in, with the figure of that wijk; the map gives up the
    height that this takes.
    """
    area_map, topic = desk.profile.map, desk.topic(desk.spec.choropleth or "")
    if area_map is None or topic is None or all(a.value is None for a in area_map.valued):
        return None
    title = desk.words("choropleth.title", title=topic.indicator.title, period=topic.country.period)
    own = desk.words("choropleth.own", name=_short_name(desk), value=desk.number(topic).text)
    note = desk.words("choropleth.note", country=desk.names.country)
    empty = any(area.group is None for area in area_map.valued)
    note = f"{note} {desk.words('choropleth.empty')}" if empty else note
    around = mapped.choropleth_around(_short_name(desk), area_map, topic.indicator, desk.words)
    told = " ".join(filter(None, (own, around, note)))
    more = _lines(told, desk) - _lines(f"{own} {note}", desk)
    chart = maps.choropleth(
        area_map,
        style=desk.style,
        title=mapped.choropleth_alt(area_map, topic.indicator, desk.profile, desk.words),
        width=tokens.size(desk.style, "column", MAP_SIZE[0]),
        height=MAP_SIZE[1] - NOTE_LINE * more,
        measure=desk.measure,
        words=desk.chart_words,
    )
    return Choropleth(title, told, picture(chart))


def _lines(text: str, desk: Desk) -> int:
    return len(desk.measure.wrap(text, NOTE_PT, tokens.size(desk.style, "column", MAP_SIZE[0])))


def _short_name(desk: Desk) -> str:
    """The name of the area where it takes little of a line, else what it is ("De wijk")."""
    room = tokens.size(desk.style, "column", MAP_SIZE[0]) / 2
    fits = desk.measure.text_width(desk.names.area, NOTE_PT) <= room
    return desk.names.area if fits else desk.names.heading
