"""The web of a framework and, beside it, the same domains as rows."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from wijkprofiel.charts import dots, tokens
from wijkprofiel.charts import web as web_chart
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.marks import Mark, mark, picture
from wijkprofiel.model import DomainScore
from wijkprofiel.wording import alt, numbers, sentences

ROW_WIDTH, ROW_HEIGHT = 23.0, 9.8
WEB_SIZE = (80.0, 56.0)
BELOW_WIDTH, BELOW_PT, BELOW_LINES = 30.0, 7.5, 2
"""Room under a verdict, beside its sign: in mm, pt and lines."""


@dataclass(frozen=True, slots=True)
class Row:
    """One domain beside the web.

    Attributes:
        coverage: "5 van 7 onderwerpen".
        interval: under the coverage: the margin, or that it is not complete; may be "".
        below: under the verdict: robustness, or what to do without a score; may be "".
    """

    title: str
    coverage: str
    interval: str
    score: str
    chart: Markup
    mark: Mark
    below: str


@dataclass(frozen=True, slots=True)
class Web:
    """The web, its rows and the notes that must stand beside it."""

    chart: Markup
    rows: tuple[Row, ...]
    note: str


def web(desk: Desk) -> Web | None:
    """Return the web of the document's framework, or None where it was not scored."""
    result = desk.framework(desk.spec.web)
    if result is None:
        return None
    chart = web_chart.web(
        result,
        style=desk.style,
        title=alt.web_alt(result, desk.names, desk.words),
        size=(
            tokens.size(desk.style, "web_width", WEB_SIZE[0]),
            tokens.size(desk.style, "web_height", WEB_SIZE[1]),
        ),
        measure=desk.measure,
        words=desk.chart_words,
    )
    rows = tuple(_row(domain, desk) for domain in result.domains)
    return Web(picture(chart), rows, result.framework.note)


def _row(domain: DomainScore, desk: Desk) -> Row:
    chart = dots.domain_row(
        domain,
        style=desk.style,
        title=alt.domain_alt(domain, desk.names, desk.words),
        width=ROW_WIDTH,
        height=tokens.size(desk.style, "domain_row", ROW_HEIGHT),
        words=desk.chart_words,
    )
    verdict = mark(domain.against_country, desk)
    below = _robustness(domain, desk)
    if domain.score is None:
        verdict = Mark("v-x", desk.words("verdict.no_score"))
        few = "domain.few_reference" if domain.reason == "reference" else "domain.discuss"
        below = desk.words(few)
    return Row(
        title=domain.domain.title,
        coverage=sentences.coverage_line(domain, desk.words),
        interval=sentences.interval(domain, desk.words),
        score=numbers.score(domain.score, desk.words),
        chart=picture(chart),
        mark=verdict,
        below=below,
    )


def _robustness(domain: DomainScore, desk: Desk) -> str:
    """The robustness word, with the slot that turns the verdict where that fits under it."""
    told = sentences.robustness(domain, desk.words, slot=True)
    width = tokens.size(desk.style, "below_width", BELOW_WIDTH)
    lines = desk.measure.wrap(told, tokens.size(desk.style, "below", BELOW_PT), width)
    widest = max((desk.measure.text_width(line, BELOW_PT) for line in lines), default=0)
    if len(lines) <= BELOW_LINES and widest <= width:
        return told
    return sentences.robustness(domain, desk.words, slot=False)
