"""The first slides: cover, why we are here, the programme, who lives where, how to read it."""

from __future__ import annotations

from markupsafe import Markup

from wijkprofiel.charts import bars, maps, people, tokens
from wijkprofiel.charts import silhouette as silhouette_chart
from wijkprofiel.charts.bars import Bar
from wijkprofiel.documents import colophon, cover
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.dialogue import dialogue
from wijkprofiel.documents.marks import tile
from wijkprofiel.documents.slides_layout import stacked
from wijkprofiel.documents.slides_model import (
    EVEN,
    MARGIN,
    PAGE,
    WIDE,
    Block,
    Bullets,
    Chart,
    Item,
    Picture,
    Placed,
    Series,
    Signs,
    Slide,
    Text,
)
from wijkprofiel.documents.slides_page import enlarged, frame, slide, spoken, verdict_note
from wijkprofiel.model import Figure, HouseStyle, Status, Topic
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.wording import alt

NAME_SIZES = (100.0, 84.0, 70.0, 58.0, 50.0, 42.0, 36.0, 30.0)
NAME_WIDTH, NAME_ROOM, NAME_LEADING = 196.0, 92.0, 0.345
SHAPE_DRAWN, SHAPE = (105.0, 72.0), 190.0
"""The outline of the area: its size when drawn, and its width on the cover."""
SHAPE_AT = (134.67, 8.0)
CROWD = (205.0, 62.0)
COVER_TEXT, COVER_LOW = 120.0, 160.0
"""Width and top of the lines under the gemeente."""
BARS_DRAWN, BAR_ROW, BAR_PT = 72.0, 6.6, 8.0
MAP_DRAWN, MAP_ROOM, LEAST_MAP = 76.0, 112.0, 40.0
PURPOSES, STEPS, MANNERS = 4, 5, 4
ABOUT_FIGURES = (3, 2)
"""Where nobody lives, the first purpose that is not about figures, and the step that is."""


def cover_slide(desk: Desk) -> Slide:
    """Return the cover: the name as large as fits, the area as a shape, its people."""
    area = desk.profile.area
    sizes = [
        size
        for size in NAME_SIZES
        if (lines := desk.measure.wrap(area.name, size, NAME_WIDTH, weight=800))
        and max(desk.measure.text_width(line, size, 800) for line in lines) <= NAME_WIDTH
        and len(lines) * size * NAME_LEADING <= NAME_ROOM
    ]
    size = sizes[0] if sizes else NAME_SIZES[-1]
    pictures: list[Placed] = []
    for drawing, width, title in (_silhouette(desk), _crowd(desk)):
        if drawing:
            drawn = _drawn(drawing, width, title)
            x, y = (SHAPE_AT if not pictures and width == SHAPE else
                    (PAGE[0] + 10 - width, PAGE[1] - drawn.height))  # fmt: skip
            pictures.append(Placed(drawn, round(x, 2), round(y, 2), width, drawn.height))
    told = (desk.text("cover_line"), cover.edition(desk))
    texts = [Text(told[0], "lead"), Text(told[1], "small")]
    return Slide(
        "cover",
        "cover",
        area.name,
        size,
        round(size * NAME_LEADING, 2),
        NAME_ROOM,
        (*pictures, *stacked(texts, MARGIN, COVER_TEXT, COVER_LOW, desk.measure)),
        spoken(desk, "cover"),
        lead=cover.gemeenten(area, desk),
        kicker=desk.text("kicker"),
    )


def dark(desk: Desk) -> bool:
    """Whether the cover is set in paper on ink."""
    return tokens.look(desk.style, "folder_cover", "plain") == "dark"


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
    area_map = desk.profile.map
    if area_map is not None and area_map.approximate:
        note = f"{note + '. ' if note else ''}{desk.words('note.approximate')}"
    name = "who" if desk.inhabited else "nobody"
    room = frame(desk, title, "even", note=note).height
    return slide(
        desk, "who", title, "even", notes=spoken(desk, name), note=note, left=left,
        right=_map(desk, room),
    )  # fmt: skip


def reading(desk: Desk) -> Slide:
    """Return how a row is read and what the signs mean."""
    drawing, width, height = enlarged(colophon.legend(desk), WIDE)
    title = alt.legend_alt(desk.names, desk.words)
    items = tuple(
        (item.mark, item.meaning) for item in colophon.legend_items(desk) if item.mark.css
    )
    return slide(
        desk,
        "reading",
        desk.text("reading"),
        lead=desk.text("reading_lead"),
        notes=spoken(desk, "reading", *colophon.reading_notes(desk)),
        left=(Picture(drawing, title, width, height), Signs(desk.text("reading"), items)),
        note=verdict_note(desk),
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
    title = alt.locator_alt(area_map, desk.profile, desk.words)
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


def _silhouette(desk: Desk) -> tuple[str | Markup, float, str]:
    area_map = desk.profile.map
    title = alt.silhouette_alt(desk.profile, desk.words)
    if area_map is None:
        return "", SHAPE, title
    drawn = silhouette_chart.silhouette(
        area_map,
        style=_on_cover(desk),
        title=title,
        width=SHAPE_DRAWN[0],
        height=SHAPE_DRAWN[1],
        measure=desk.measure,
    )
    return drawn, SHAPE, title


def _crowd(desk: Desk) -> tuple[str, float, str]:
    plane = tokens.look(desk.style, "cover", "plane") == "plane"
    known = {t.indicator.title: here for t, here, _ in shares(desk) if here is not None}
    title = alt.crowd_alt(known, desk.words)
    if not plane or not desk.inhabited:
        return "", CROWD[0], title
    drawn = people.crowd(
        list(known.values()), style=desk.style, title=title, width=CROWD[0], height=CROWD[1]
    )
    return drawn, CROWD[0], title


def _on_cover(desk: Desk) -> HouseStyle:
    """The style on the cover: with light and dark the other way round, where it says so."""
    style = desk.style
    if not dark(desk):
        return style
    ink, paper = tokens.colour(style, "ink"), tokens.paper(style)
    turned = {"silhouette": paper, "on-silhouette": ink, "cover": ink, "ink": paper}
    return style.model_copy(update={"colours": {**style.colours, **turned}})
