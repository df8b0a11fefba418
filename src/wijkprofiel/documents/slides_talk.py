"""The slides to talk with: differences within the area, three questions, choosing themes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from wijkprofiel.charts import bars, maps
from wijkprofiel.charts.bars import Bar
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.dialogue import own_words
from wijkprofiel.documents.slides_layout import WRITE_LINE, height, total
from wijkprofiel.documents.slides_model import (
    EVEN,
    MARGIN,
    WIDE,
    Block,
    Bullets,
    Cell,
    Chart,
    Charts,
    Item,
    Picture,
    Placed,
    Series,
    Slide,
    Table,
    Text,
)
from wijkprofiel.documents.slides_page import (
    enlarged,
    frame,
    slide,
    spoken,
    table,
    verdict_note,
)
from wijkprofiel.documents.themes import said, themes
from wijkprofiel.documents.worksheet import STICKERS
from wijkprofiel.model import Part, Topic
from wijkprofiel.wording import mapped, sentences
from wijkprofiel.wording.numbers import Printed, printed

MOST_PARTS, FEW_PARTS, COLUMNS = 9, 4, 3
GAP = 8.0
BAR_DRAWN, BAR_ROW, BAR_PT = 62.0, 5.6, 7.5
MAP_DRAWN = (76.0, 55.0)
MOST_LINES, MOST_SAID, MOST_QUESTIONS = 6, 3, 3
THEME_COLUMN, SEEN_COLUMN = 80.0, 130.0


def parts(desk: Desk) -> Slide:
    """Return how the parts of the area differ, or that there are no figures of them."""
    found = _largest(desk.profile.parts)
    known = [t for t in _telling(desk) if sum(_told(p, t, desk).present for p in found) > 1]
    if not known:
        return _no_parts(desk)
    most = 2 * COLUMNS if len(found) <= FEW_PARTS else COLUMNS
    shown = known[:most]
    charts = tuple(_chart(topic, found, _highest(shown, found, desk), desk) for topic in shown)
    lead = desk.text("parts_lead")
    if len(found) < len(desk.profile.parts):
        lead = desk.text("parts_largest", number=len(found))
    return slide(
        desk,
        "parts",
        desk.text("parts"),
        lead=lead,
        left=(Charts(charts, COLUMNS, GAP),),
        note=verdict_note(desk),
    )


def _largest(every: Sequence[Part]) -> list[Part]:
    """The parts with most people, as many as a chart holds, in their own order."""
    by_people = sorted(every, key=lambda part: -(part.area.population or 0))[:MOST_PARTS]
    return [part for part in every if part in by_people]


def _telling(desk: Desk) -> list[Topic]:
    """Of each theme the judged topic that tells most, those that are shares of people."""
    result = desk.framework(desk.spec.themes)
    found: dict[str, Topic] = {}
    for score in result.domains if result else ():
        topics = [t for t in map(desk.topic, score.domain.pages.rows) if t is not None]
        judged = [t for t in topics if t.direction != "neutral" and not t.indicator.sensitive]
        topic = sentences.most_telling([t for t in judged if t.indicator.unit == "percent"])
        if topic is not None:
            found[topic.indicator.id] = topic
    return list(found.values())


def _told(part: Part, topic: Topic, desk: Desk) -> Printed:
    return printed(part.figures.get(topic.indicator.id), topic.indicator, desk.words)


def _highest(topics: Sequence[Topic], found: Sequence[Part], desk: Desk) -> float:
    """The highest value of all charts: they stand beside each other on one scale."""
    told = [desk.number(topic) for topic in topics]
    told += [_told(part, topic, desk) for topic in topics for part in found]
    return max((number.value for number in told if number.value is not None), default=0.0)


def _chart(topic: Topic, found: Sequence[Part], most: float, desk: Desk) -> Chart:
    """The parts as bars, and below them the area as a whole; ``most`` ends the scale."""
    words, title = desk.words, topic.indicator.title
    told = [(part.area.name, _told(part, topic, desk)) for part in found]
    told.append((desk.text("parts_all"), desk.number(topic)))
    values = [words("alt.value", place=name, value=number.text) for name, number in told]
    spoken_alt = words("alt.figures", title=title, figures=", ".join(values))
    drawn = bars.bars(
        [Bar(name, number.value, None, number.word) for name, number in told],
        style=desk.style,
        title=spoken_alt,
        width=BAR_DRAWN,
        row_height=BAR_ROW,
        pt=BAR_PT,
        most=most,
        words=desk.chart_words,
    )
    drawing, width, high = enlarged(drawn, (WIDE - GAP * (COLUMNS - 1)) / COLUMNS)
    return Chart(
        "bars",
        title,
        spoken_alt,
        tuple(name for name, _ in told),
        (Series(title, tuple(number.value for _, number in told), "parts"),),
        words("number.percent"),
        width,
        high,
        drawing,
        labels=True,
        most=most,
    )


def _no_parts(desk: Desk) -> Slide:
    asked = [Item(desk.text(f"parts_none_{number}")) for number in range(1, 4)]
    right: tuple[Block, ...] = ()
    area_map = desk.profile.map
    if area_map is not None:
        title = mapped.locator_alt(area_map, desk.profile, desk.words)
        drawn = maps.locator(
            area_map,
            style=desk.style,
            title=title,
            width=MAP_DRAWN[0],
            height=MAP_DRAWN[1],
            name=desk.names.area,
            measure=desk.measure,
            words=desk.chart_words,
        )
        right = (Text(desk.text("parts_whole"), "label"), Picture(*_sized(drawn, EVEN, title)))
    return slide(
        desk,
        "parts",
        desk.text("parts"),
        "even",
        lead=desk.text("parts_none"),
        notes=spoken(desk, "parts_none"),
        note=mapped.around_note(desk.profile, desk.words),
        left=(Bullets("", tuple(asked), numbered=True, pt=24, line=10.6),),
        right=right,
    )


def _sized(svg: str, width: float, title: str) -> tuple[Markup, str, float, float]:
    drawing, wide, high = enlarged(svg, width)
    return drawing, title, wide, high


def ask(desk: Desk) -> Slide:
    """Return the three questions of the wijkdialoog, with what people said already."""
    people = desk.profile.people
    already = {
        "dialogue_recognise": (),
        "dialogue_miss": people.told("missing") or people.told("wishes"),
        "dialogue_strength": people.told("strengths"),
    }
    foot = _foot(desk)
    title = desk.text("ask")
    note = own_words(desk) if foot or any(already.values()) else ""
    shape = frame(desk, title, "wide", note=note)
    room = shape.height - total(foot, WIDE, desk.measure) - 2 * GAP
    width = (WIDE - GAP * (COLUMNS - 1)) / COLUMNS
    columns = []
    for order, question in enumerate(_level(list(_asked(already, desk)), width, desk)):
        free = room - height(question, width, desk.measure)
        asked = replace(question, writing=max(min(int(free // WRITE_LINE), MOST_LINES), 0))
        left = MARGIN + order * (width + GAP)
        columns.append(
            Placed(asked, round(left, 2), shape.tops[0], round(width, 2), round(room, 2))
        )
    made = slide(desk, "ask", title, left_foot=foot, plane="dialogue", note=note)
    return replace(made, placed=(*columns, *made.placed))


def _asked(already: Mapping[str, Sequence[str]], desk: Desk) -> Iterator[Bullets]:
    """The questions as headings, above what people said already."""
    for name, given in already.items():
        items = tuple(Item(text) for text in given[:MOST_SAID])
        yield Bullets(desk.text(name), items, pt=18, line=8, large=True)


def _level(asked: Sequence[Bullets], width: float, desk: Desk) -> list[Bullets]:
    """The same, with the lines to write on at one height where nobody said anything yet."""
    if any(block.items for block in asked):
        return list(asked)
    high = [height(block, width, desk.measure) for block in asked]
    return [
        replace(block, gap=round(max(high) - own, 2))
        for block, own in zip(asked, high, strict=True)
    ]


def _foot(desk: Desk) -> tuple[Block, ...]:
    """The area's own questions, or a quote that stands with no theme."""
    people = desk.profile.people
    own = [Item(question) for question in people.questions[:MOST_QUESTIONS]]
    loose = [quote for quote in people.quotes if quote.theme is None]
    if own:
        return (Bullets(desk.text("ask_own"), tuple(own), pt=18, line=8),)
    if loose:
        quote = said(loose[0], desk)
        return (Text(quote.text, "quote"), Text(quote.who, "by"))
    return ()


def vote(desk: Desk) -> Slide:
    """Return the themes to choose from, each with its least favourable topic, and votes for them.

    Where nobody voted yet there is room to vote.
    """
    every = themes(desk)
    titles = {
        domain.id: domain.title
        for framework in desk.config.frameworks.values()
        for domain in framework.domains
    }
    chosen = [titles.get(item.theme, item.theme) for item in desk.profile.people.priorities]
    votes = desk.profile.people.dialogue.votes
    total_ = sum(votes.get(theme.id, 0) for theme in every)
    lead = desk.text("vote_done") if total_ else desk.text("vote_lead", number=STICKERS)
    if chosen:
        lead = desk.text("vote_chosen", themes=desk.words.enumerate(list(dict.fromkeys(chosen))))
    whole: Table = table(
        desk,
        alt=desk.text("vote_alt"),
        head=[
            desk.text(f"vote_head_{name}")
            for name in ("theme", "seen", "voted" if total_ else "votes")
        ],
        rows=[
            [
                Cell(theme.title, bold=True),
                Cell(theme.concern),
                Cell(_votes(votes.get(theme.id, 0), total_, desk)),
            ]
            for theme in every
        ],
        widths=(THEME_COLUMN, SEEN_COLUMN, WIDE - THEME_COLUMN - SEEN_COLUMN),
        colours=[theme.colour for theme in every],
        pt=16,
        least=18,
    )
    if not total_:
        whole = replace(whole, votes=STICKERS)
    return slide(desk, "vote", desk.text("vote"), lead=lead, left=(whole,), note=verdict_note(desk))


def _votes(number: int, total_: int, desk: Desk) -> str:
    """How many stickers a theme got, "" where nobody voted: then there is room for them."""
    return desk.text("vote_of", number=number, total=total_) if total_ else ""
