"""The slides with figures: the web, one slide per theme, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from wijkprofiel.documents import terms, themes, web
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.slides_layout import GAP, total
from wijkprofiel.documents.slides_model import (
    NARROW,
    Block,
    Bullets,
    Chart,
    Item,
    Large,
    Picture,
    Row,
    Rows,
    Series,
    Slide,
    Text,
)
from wijkprofiel.documents.slides_page import enlarged, frame, slide, spoken, verdict_note
from wijkprofiel.documents.table import judged
from wijkprofiel.documents.themes import Theme
from wijkprofiel.model import DomainScore, Figure, Status, Topic
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.wording import alt, tested
from wijkprofiel.wording.numbers import printed
from wijkprofiel.wording.overall import domains_told

THEME_ROW, THEME_FIGURE = 14.4, 41.0
WEB_FIGURE, WEB_ROW = 38.0, 16.2
"""Width of the drawings beside the web, and the least height of their rows: three lines of text."""
MOST_UNKNOWN, SPARE = 9, 1.0
MIDDLE = 5.0
"""Score of the country in the web."""


def web_slide(desk: Desk) -> Slide | None:
    """Return the web with its rows, or None where it was not scored."""
    result, found = desk.framework(desk.spec.web), web.web(desk)
    if result is None or found is None:
        return None
    heading = domains_told(result, desk.names, desk.words)
    method = verdict_note(desk)
    note = Text(found.note, "small")
    room = frame(desk, heading, "side", note=method).height - GAP - SPARE
    drawing, width, height = enlarged(found.chart, NARROW)
    most = room - total([note], NARROW, desk.measure)
    if height > most:
        drawing, width, height = enlarged(found.chart, NARROW * most / height)
    title = alt.web_alt(result, desk.names, desk.words)
    country = Series(desk.names.country, (MIDDLE,) * len(result.domains), "country")
    scores = tuple(_tenth(domain.score) for domain in result.domains)
    radar = Chart(
        "radar",
        result.framework.title,
        title,
        tuple(domain.domain.title for domain in result.domains),
        (Series(desk.names.area, scores, "area"), country),
        "",
        width,
        height,
        drawing,
    )
    words = desk.words
    figure = WEB_FIGURE * max(1.0, WEB_ROW / enlarged(found.rows[0].chart, WEB_FIGURE)[2])
    rows = Rows(
        alt=desk.text("rows_alt", title=result.framework.title),
        head=(words("table.dimension"), (words("table.score"),),
              words("table.verdict_country", country=desk.names.country)),
        ends=(words("table.worse"), words("table.better")),
        rows=tuple(
            Row(r.title, (r.score,), enlarged(r.chart, figure)[0], r.mark, r.coverage, r.below)
            for r in found.rows
        ),
        height=enlarged(found.rows[0].chart, figure)[2],
        figure=round(figure, 2),
    )  # fmt: skip
    return slide(
        desk,
        "web",
        heading,
        "side",
        notes=spoken(desk, "web", found.note),
        left=(radar, note),
        right=(rows,),
        note=method,
    )


def theme_slides(desk: Desk) -> tuple[Slide, ...]:
    """Return one slide per theme, in the fixed order of the framework."""
    result = desk.framework(desk.spec.themes)
    if result is None:
        return ()
    made = zip(themes.themes(desk), result.domains, strict=True)
    return tuple(_theme(theme, score, desk) for theme, score in made)


def _theme(theme: Theme, score: DomainScore, desk: Desk) -> Slide:
    topics = [t for t in map(desk.topic, score.domain.pages.rows) if t is not None]
    left: list[Block] = []
    if theme.people is not None:
        drawing, width, height = enlarged(theme.people, NARROW)
        left.append(Picture(drawing, _title_of(drawing), width, height))
    elif theme.number is not None and not theme.number.word:
        left.append(Large(theme.number.number, theme.number.unit))
    if theme.compared:
        left.append(Text(theme.compared, "plain"))
    if theme.claim:
        left.append(Text(theme.claim, "claim"))
    said: list[Block] = []
    if theme.quote is not None:
        said += [Text(theme.quote.text, "quote"), Text(theme.quote.who, "by")]
    said += [Text(desk.text("question"), "label"), Text(theme.question, "question")]
    name = "theme_none" if theme.empty else "theme"
    return slide(
        desk,
        f"theme-{theme.id}",
        theme.headline,
        "theme",
        kicker=theme.title,
        colour=theme.colour,
        notes=spoken(desk, name, *_meanings(topics, desk)),
        left=tuple(left),
        right=(_rows(theme, topics, desk),),
        right_foot=said,
        note=verdict_note(desk),
    )


def _rows(theme: Theme, topics: Sequence[Topic], desk: Desk) -> Rows:
    words = desk.words
    numbers = [desk.names.short]
    numbers += [words("table.gemeente")] if desk.compares else []
    numbers.append(words("table.country"))
    alike = {t.indicator.unit for t in topics} == {"percent"}
    return Rows(
        alt=desk.text("rows_alt", title=theme.title),
        head=(theme.head, tuple(numbers),
              words("table.verdict_country", country=desk.names.country)),
        ends=(words("table.low"), words("table.high")),
        rows=tuple(
            Row(
                row.title,
                (row.here, *((row.gemeente,) if desk.compares else ()), row.country),
                enlarged(row.chart, THEME_FIGURE)[0],
                row.mark,
            )
            for row in theme.rows
        ),
        height=THEME_ROW,
        figure=THEME_FIGURE,
        chart=_bars(theme, topics, desk) if alike or not theme.empty else None,
    )  # fmt: skip


def _bars(theme: Theme, topics: Sequence[Topic], desk: Desk) -> Chart | None:
    """The percentages of a theme beside each other; what is no percentage has no bar."""
    places: list[tuple[str, str, list[Figure | None]]]
    places = [(desk.names.area, "area", [t.figure for t in topics])]
    if desk.compares:
        places.append((desk.names.gemeente, "gemeente", [t.gemeente for t in topics]))
    places.append((desk.names.country, "country", [t.country for t in topics]))
    series = tuple(
        Series(
            name,
            tuple(
                printed(figure, topic.indicator, desk.words).value
                if topic.indicator.unit == "percent"
                else None
                for figure, topic in zip(figures, topics, strict=True)
            ),
            who,
        )
        for name, who, figures in places
    )
    if all(value is None for one in series for value in one.values):
        return None
    told = [alt.topic_alt(topic, desk.names, desk.words) for topic in topics]
    title = desk.text("compared_title", title=theme.title)
    return Chart(
        "bars",
        title,
        f"{title}. {' '.join(told)}",
        tuple(topic.indicator.title for topic in topics),
        series,
        desk.words("number.percent"),
        THEME_FIGURE,
        THEME_ROW * len(topics),
    )


def unknown(desk: Desk) -> Slide:
    """Return what the figures do not say."""
    titles = _without_figure(desk)
    more = len(titles) - MOST_UNKNOWN
    shown = titles if more <= 1 else titles[:MOST_UNKNOWN]
    items = [Item(title, word) for title, word in shown]
    if more > 1:
        items.append(Item(desk.text("unknown_more", number=more)))
    always = [Item(desk.text(f"unknown_{number}")) for number in range(1, 5)]
    left: list[Block] = [Text(desk.text("unknown_figures"), "label")]
    if items:
        left.append(Bullets("", tuple(items), pt=16, line=7.2))
    else:
        left.append(Text(desk.text("unknown_all"), "plain"))
    chance = tested.chance_note(desk.profile, desk.words)
    return slide(
        desk,
        "unknown",
        desk.text("unknown"),
        "even",
        lead=desk.text("unknown_lead"),
        notes=spoken(desk, "unknown", chance),
        left=tuple(left),
        right=(
            Text(desk.text("unknown_always"), "label"),
            Bullets("", tuple(always), pt=18, line=8),
        ),
    )


def _without_figure(desk: Desk) -> list[tuple[str, str]]:
    """Dimensions without a score, then topics without a figure, each with the reason."""
    found: dict[str, str] = {}
    web_result, result = desk.framework(desk.spec.web), desk.framework(desk.spec.themes)
    for domain in web_result.domains if web_result else ():
        if domain.score is None:
            found[domain.domain.title] = desk.words("verdict.no_score")
    every = [*(result.domains if result else ()), *(web_result.domains if web_result else ())]
    for score in every:
        for topic in judged(score.domain, desk):
            if topic.figure.status is not Status.OK:
                found.setdefault(topic.indicator.title, desk.number(topic).word)
    return list(found.items())


def _meanings(topics: Sequence[Topic], desk: Desk) -> list[str]:
    """What each figure is about, for the speaker."""
    told = []
    for topic in topics:
        period = topic.figure.period or topic.country.period
        sources = {source.id: source for source in desk.profile.sources}
        source = sources.get(topic.figure.source) or sources.get(topic.country.source)
        producer = source.producer if source else ""
        told.append(
            desk.text(
                "notes_figure",
                title=topic.indicator.title,
                meaning=terms.brief(topic),
                source=" ".join(part for part in (producer, period) if part),
            )
        )
    return told


def _tenth(value: float | None) -> float | None:
    """A score as it is printed."""
    return None if value is None else half_up(value, 1)


def _title_of(svg: str) -> str:
    """The alternative text that a drawing carries."""
    from html import unescape

    return unescape(svg.split("<title>", 1)[1].split("</title>", 1)[0])
