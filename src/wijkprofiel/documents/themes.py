"""The theme modules: headline, people, dot rows, trends, facts, a quote or a question."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from wijkprofiel.charts import dots, people, tokens
from wijkprofiel.charts import trend as trend_chart
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.marks import Mark, Number, cell, figure_mark, picture, tile
from wijkprofiel.documents.terms import Term, beside, score_line, term
from wijkprofiel.model import DomainScore, Quote, Status, Topic
from wijkprofiel.model.foreign import Foreign, join
from wijkprofiel.profile.telling import least_favourable
from wijkprofiel.wording import alt, sentences

COLUMN = 57.33
ROW_WIDTH, ROW_HEIGHT = 28.0, 6.2
TREND_HEIGHT = 21.5
BESIDE_HEIGHT = 26.0
"""Height in mm of a trend below its words, and of one beside them."""
HEADLINE_PT, HEADLINE_LINES = 16.0, 4
LONG_QUOTE = 110


@dataclass(frozen=True, slots=True)
class Row:
    """One topic in a theme's table; ``gemeente`` is "" where there is none to compare with."""

    title: str
    chart: Markup
    here: str
    gemeente: str
    country: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Trend:
    """A trend chart with its title and the change in words.

    Attributes:
        placing: that no wijk of the gemeente changed more; the chart then stands beside the words.
    """

    title: str
    sentence: str
    chart: Markup
    placing: str


@dataclass(frozen=True, slots=True)
class Said:
    """A quote, with who said it."""

    text: str
    who: str
    long: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme module.

    Attributes:
        colour: role of its colour.
        concern: the sentence about its least favourable topic, to choose themes by; where none is
            unfavourable the headline.
        modelled: that topic's figure comes out of a model.
        long: the headline takes more than four lines at its usual size.
        people: the people chart, None where the headline is no share or the style has none.
        number: the figure of the headline, where the style prints it large instead of people.
        terms: definitions of the rows, as far as they fit under the table.
        score: the theme's score in a sentence, "" where the theme has too few topics for one.
        head: head of the table's first column.
        empty: there is no figure for any of its rows.
    """

    id: str
    title: str
    colour: str
    headline: str
    concern: str
    modelled: bool
    long: bool
    compared: str
    claim: str
    people: Markup | None
    number: Number | None
    score: str
    terms: tuple[Term, ...]
    head: str
    rows: tuple[Row, ...]
    trends: tuple[Trend, ...]
    facts_title: str
    facts: tuple[Number, ...]
    quote: Said | None
    question: str
    empty: bool


def themes(desk: Desk) -> tuple[Theme, ...]:
    """Return the themes of the document's framework, in their fixed order."""
    result = desk.framework(desk.spec.themes)
    return tuple(_theme(domain, desk) for domain in result.domains) if result else ()


def _theme(score: DomainScore, desk: Desk) -> Theme:
    domain = score.domain
    topics = [t for t in map(desk.topic, domain.pages.rows) if t is not None]
    telling = sentences.most_telling(topics)
    told = sentences.headline(telling, desk.names, desk.words)
    worst = _concern(topics)
    pt, column = tokens.size(desk.style, "headline", HEADLINE_PT), _column(desk)
    lines = desk.measure.wrap(told.text, pt, column, weight=800)
    large = tokens.look(desk.style, "headline", "people") == "number"
    quote = _quote(domain.id, desk)
    facts = [t for t in map(desk.topic, domain.pages.facts) if t is not None]
    trends = () if facts else _trends(score, desk, 1 if quote else 2)
    return Theme(
        id=domain.id,
        title=domain.title,
        colour=domain.colour,
        headline=told.text,
        concern=_concern_text(worst, desk) if worst else told.text,
        modelled=_modelled(worst or telling, desk),
        long=len(lines) > tokens.size(desk.style, "headline_lines", HEADLINE_LINES),
        compared=told.compared,
        claim=told.claim,
        people=None if large else _people(told, domain.colour, desk),
        number=tile(telling, desk) if large and telling is not None else None,
        score=score_line(score, desk),
        terms=tuple(term(t) for t in beside(score, desk)),
        head=_head(topics, desk),
        rows=tuple(_row(topic, desk, mixed=not _alike(topics)) for topic in topics),
        trends=trends,
        facts_title=domain.pages.facts_title,
        facts=tuple(tile(topic, desk) for topic in facts),
        quote=quote,
        question=domain.question,
        empty=all(topic.figure.status is not Status.OK for topic in topics),
    )


def _concern(topics: list[Topic]) -> Topic | None:
    """The least favourable of the topics that a sentence can tell."""
    known = [t for t in topics if t.indicator.phrase is not None and t.direction != "neutral"]
    return least_favourable(known)


def _concern_text(worst: Topic, desk: Desk) -> str:
    """The least favourable topic in a sentence, told of those for whom it could be better."""
    turned = worst.direction == "better"
    return sentences.headline(worst, desk.names, desk.words, turned=turned).text


def _modelled(topic: Topic | None, desk: Desk) -> bool:
    """Whether the figure of a topic comes out of a model."""
    models = {source.id for source in desk.profile.sources if source.model_figures}
    return topic is not None and topic.figure.source in models


def _column(desk: Desk) -> float:
    """Width in mm of a third of the page: headline, people and trends."""
    return tokens.size(desk.style, "column", COLUMN)


def _head(topics: list[Topic], desk: Desk) -> str:
    if not _alike(topics):
        return desk.words("table.mixed")
    told = desk.words("table.population", population=topics[0].indicator.population)
    return told[:1].upper() + told[1:]


def _alike(topics: list[Topic]) -> bool:
    """Whether all are percentages of the same people, so that the head can say so."""
    return len({(t.indicator.population, t.indicator.unit == "percent") for t in topics}) == 1 and (
        topics[0].indicator.unit == "percent"
    )


def _row(topic: Topic, desk: Desk, *, mixed: bool) -> Row:
    indicator = topic.indicator
    chart = dots.dot_row(
        topic,
        style=desk.style,
        title=desk.alt(topic),
        width=ROW_WIDTH,
        height=ROW_HEIGHT,
        words=desk.chart_words,
    )
    return Row(
        title=indicator.title,
        chart=picture(chart),
        here=cell(topic.figure, topic, desk, mixed=mixed),
        gemeente=cell(topic.gemeente, topic, desk, mixed=mixed) if desk.compares else "",
        country=cell(topic.country, topic, desk, mixed=mixed),
        mark=figure_mark(topic, topic.against_country, desk),
    )


def _people(told: sentences.Headline, colour: str, desk: Desk) -> Markup | None:
    if told.frequency is None:
        return None
    title = alt.people_alt(told.frequency, told.text, desk.words)
    chart = people.people(
        100 * told.frequency.count / told.frequency.of,
        style=desk.style,
        theme=colour,
        title=title,
        width=_column(desk),
        mode="ten" if told.frequency.of == 10 else "hundred",
    )
    return picture(chart)


def _trends(score: DomainScore, desk: Desk, most: int) -> tuple[Trend, ...]:
    """As many trends as there is room for; one with a place among the wijken takes all of it."""
    topics = [t for t in map(desk.topic, score.domain.pages.trends) if t is not None]
    room = most > 1
    made = (_trend(topic, score.domain.colour, desk, room=room) for topic in topics)
    found = [trend for trend in made if trend is not None]
    placed = [trend for trend in found if trend.placing]
    return tuple(placed[:1] or found[:most])


def _trend(topic: Topic, colour: str, desk: Desk, *, room: bool) -> Trend | None:
    trend = topic.trend
    if trend is None:
        return None
    periods = [p.period for p in trend.points if p.area.status is Status.OK]
    if len(periods) < 2:
        return None
    title = desk.words(
        "trend.title", title=topic.indicator.title, first=periods[0], last=periods[-1]
    )
    gemeente = desk.profile.area.gemeente
    name = gemeente.name if gemeente is not None and room else ""
    placing = sentences.placing_sentence(trend, name, desk.words)
    chart = trend_chart.trend(
        trend,
        style=desk.style,
        theme=colour,
        title=alt.trend_alt(trend, topic.indicator, desk.names, desk.words),
        width=_column(desk),
        height=BESIDE_HEIGHT if placing else TREND_HEIGHT,
        labels=(desk.names.area, desk.names.country),
        decimals=topic.indicator.decimals,
        measure=desk.measure,
        words=desk.chart_words,
    )
    sentence = sentences.trend_sentence(trend, topic, desk.words)
    return Trend(title, sentence, picture(chart), placing) if chart else None


def _quote(theme: str, desk: Desk) -> Said | None:
    """Return the first quote about the theme; the config has refused quotes without consent."""
    for quote in desk.profile.people.quotes:
        if quote.theme == theme:
            return said(quote, desk)
    return None


def said(quote: Quote, desk: Desk) -> Said:
    """Return a quote between Dutch quotation marks, with who said it."""
    text = desk.words("quote.marks", text=quote.text)
    who = quote.role or desk.words(f"quote.{quote.who}")
    if isinstance(quote.text, Foreign):
        who = join(" ", (who, desk.words("quote.language")))
    return Said(text, who, len(quote.text) > LONG_QUOTE)
