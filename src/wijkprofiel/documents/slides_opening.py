"""The slides after the cover: why we are here, the programme, who lives where, how to read it."""

from __future__ import annotations

from wijkprofiel.charts import bars, maps
from wijkprofiel.charts.bars import Bar
from wijkprofiel.documents import colophon
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.dialogue import dialogue, own_words
from wijkprofiel.documents.marks import tile
from wijkprofiel.documents.slides_layout import GAP, total
from wijkprofiel.documents.slides_model import (
    EVEN,
    WIDE,
    Block,
    Bullets,
    Chart,
    Item,
    Picture,
    Series,
    Signs,
    Slide,
    Text,
)
from wijkprofiel.documents.slides_page import enlarged, frame, slide, spoken, verdict_note
from wijkprofiel.model import Figure, Status, Topic
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.wording import alt, mapped

BARS_DRAWN, BAR_ROW, BAR_PT = 72.0, 6.6, 8.0
MAP_DRAWN, MAP_ROOM, LEAST_MAP = 76.0, 112.0, 40.0
PURPOSES, STEPS, MANNERS = 4, 5, 4
ABOUT_FIGURES = (3, 2)
"""Where nobody lives, the first purpose that is not about figures, and the step that is."""


def purpose(desk: Desk) -> Slide:
    """Return why we are here."""
    told = desk.profile.people
    first = 1 if desk.inhabited else ABOUT_FIGURES[0]
    aims = [Item(desk.text(f"purpose_{number}")) for number in range(first, PURPOSES + 1)]
    right: list[Block] = []
    if told.about:
        right.append(Text(desk.text("about"), "label"))
        right.append(Text(told.about, "lead"))
    if told.programme:
        right.append(Text(desk.text("programme", programme=told.programme), "lead"))
    return slide(
        desk,
        "purpose",
        desk.text("purpose"),
        "even" if right else "wide",
        plane="dialogue",
        left=(Bullets("", tuple(aims), numbered=True, pt=24, line=10.6),),
        right=tuple(right),
        note=own_words(desk) if right else "",
    )


def agenda(desk: Desk) -> Slide:
    """Return the programme of the meeting and how we talk with each other."""
    numbers = [n for n in range(1, STEPS + 1) if desk.inhabited or n != ABOUT_FIGURES[1]]
    steps = [Item(desk.text(f"agenda_{number}")) for number in numbers]
    manners = [Item(desk.text(f"manners_{number}")) for number in range(1, MANNERS + 1)]
    when = dialogue(desk).when
    said = desk.text("when", when=when) if when else desk.text("when_none")
    return slide(
        desk,
        "agenda",
        desk.text("agenda"),
        "even",
        plane="dialogue",
        left=(
            Bullets(desk.text("agenda_programme"), tuple(steps), numbered=True, pt=24, line=10.6),
        ),
        right=(Bullets(desk.text("manners"), tuple(manners), pt=24, line=10.6),),
        left_foot=(Text(said, "plain"),),
    )


def who(desk: Desk) -> Slide:
    """Return where the area lies and who lives there."""
    title = _who_title(desk)
    left: list[Block] = []
    if desk.inhabited:
        told = [tile(t, desk) for t in map(desk.topic, desk.spec.key_figures[1:]) if t]
        items = [Item(n.word or f"{n.number}{n.unit}", n.title) for n in told]
        left.append(Bullets("", tuple(items), pt=18, line=7.8))
        ages = _ages_chart(desk)
        if ages is not None:
            left += [Text(desk.text("ages"), "label"), ages]
    else:
        left.append(Text(desk.text("nobody"), "lead"))
    note = colophon.footer(desk)
    around = mapped.around_note(desk.profile, desk.words)
    if around:
        note = f"{note + '. ' if note else ''}{around}"
    name = "who" if desk.inhabited else "nobody"
    room = frame(desk, title, "even", note=note).height
    return slide(
        desk, "who", title, "even", notes=spoken(desk, name), note=note, left=left,
        right=_map(desk, room),
    )  # fmt: skip


def reading(desk: Desk) -> Slide:
    """Return how a row is read and what the signs mean."""
    title, lead, note = desk.text("reading"), desk.text("reading_lead"), verdict_note(desk)
    items = tuple(
        (item.mark, item.meaning) for item in colophon.legend_items(desk) if item.mark.css
    )
    signs = Signs(title, items)
    room = frame(desk, title, "wide", lead, note).height - total([signs], WIDE, desk.measure) - GAP
    drawing, width, height = enlarged(colophon.legend(desk), WIDE)
    if height > room:
        drawing, width, height = enlarged(drawing, WIDE * room / height)
    example = Picture(drawing, alt.legend_alt(desk.names, desk.words), width, height)
    return slide(
        desk,
        "reading",
        title,
        lead=lead,
        notes=spoken(desk, "reading", *colophon.reading_notes(desk)),
        left=(example, signs),
        note=note,
    )


def _who_title(desk: Desk) -> str:
    """How many people live here, in a sentence."""
    first = desk.topic(desk.spec.key_figures[0]) if desk.spec.key_figures else None
    area = desk.names.area
    if not desk.inhabited:
        return desk.words("slides.who.nobody", area=area)
    if first is None or first.figure.status is not Status.OK:
        return desk.words("slides.who.unknown", area=area)
    return desk.words("slides.who.people", area=area, value=desk.number(first).text)


def shares(desk: Desk) -> list[tuple[Topic, float | None, float | None]]:
    """Return the age groups with their share of all people, here and in the country."""
    ages = [t for t in map(desk.topic, desk.spec.ages) if t is not None]
    whole = desk.topic(desk.spec.key_figures[0]) if desk.spec.key_figures else None
    if whole is None:
        return []
    return [(t, _share(t.figure, whole.figure), _share(t.country, whole.country)) for t in ages]


def _share(part: Figure, whole: Figure) -> float | None:
    if part.value is None or not whole.value:
        return None
    return half_up(100 * part.value / whole.value, 0)


def _ages_chart(desk: Desk) -> Chart | None:
    found = shares(desk)
    if not any(share is not None for _, share, _ in found):
        return None
    country, percent = desk.names.country, desk.words("number.percent")
    told = []
    for topic, here, there in found:
        if here is not None:
            facts = {"title": topic.indicator.title, "value": f"{here:.0f}{percent}"}
            key = "age" if there is None else "age_country"
            other = "" if there is None else f"{there:.0f}{percent}"
            told.append(desk.words(f"folder.alt.{key}", other=other, country=country, **facts))
    title = desk.words("folder.alt.ages", shares="; ".join(told) + ".")
    unknown = desk.words("status.unknown")
    drawn = bars.bars(
        [
            Bar(t.indicator.title, here, there, "" if here is not None else unknown)
            for t, here, there in found
        ],
        style=desk.style,
        title=title,
        width=BARS_DRAWN,
        row_height=BAR_ROW,
        pt=BAR_PT,
        words=desk.chart_words,
    )
    drawing, width, height = enlarged(drawn, EVEN)
    return Chart(
        "bars",
        desk.text("ages"),
        title,
        tuple(t.indicator.title for t, _, _ in found),
        (
            Series(desk.names.area, tuple(here for _, here, _ in found), "area"),
            Series(country, tuple(there for _, _, there in found), "country"),
        ),
        percent,
        width,
        height,
        drawing,
        labels=True,
    )


def _map(desk: Desk, room: float) -> tuple[Block, ...]:
    area_map = desk.profile.map
    if area_map is None:
        return ()
    title = mapped.locator_alt(area_map, desk.profile, desk.words)
    drawn = maps.locator(
        area_map,
        style=desk.style,
        title=title,
        width=MAP_DRAWN,
        height=max(min(room, MAP_ROOM) * MAP_DRAWN / EVEN, LEAST_MAP),
        name=desk.names.area,
        measure=desk.measure,
        words=desk.chart_words,
    )
    return (_drawn(drawn, EVEN, title),)


def _drawn(svg: str, width: float, title: str) -> Picture:
    drawing, wide, height = enlarged(svg, width)
    return Picture(drawing, title, wide, height)
