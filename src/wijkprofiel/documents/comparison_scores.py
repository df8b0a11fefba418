"""The dimensions side by side: the same dots for every area, all on one scale from 0 to 10."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from wijkprofiel.charts import dots
from wijkprofiel.documents.comparison_desk import SetDesk
from wijkprofiel.documents.marks import Mark, mark, picture
from wijkprofiel.model import DomainScore
from wijkprofiel.wording import alt, numbers, sentences

PANEL, PANEL_HEIGHT = 25.0, 9.4
MATRIX, MATRIX_HEIGHT = 27.0, 4.6
"""Width and height in mm of a row in a panel, and in a table with a column per dimension."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One area's score.

    Attributes:
        margin: its margin, or that it is not complete; may be "".
        below: how often the verdict stands, or what to do without a score; may be "".
    """

    area: str
    score: str
    chart: Markup
    mark: Mark
    margin: str
    below: str
    coverage: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One dimension, with a cell per area in the order of the pages."""

    title: str
    coverage: str
    cells: tuple[Cell, ...]


def panels(desk: SetDesk, framework: str) -> tuple[Panel, ...]:
    """Return one panel per domain of a framework, in its fixed order."""
    return tuple(_panel(scores, desk) for scores in desk.scores(framework))


def cell(score: DomainScore, number: int, desk: SetDesk, *, size: tuple[float, float]) -> Cell:
    """Return one area's score with its dot row of ``size`` (mm)."""
    one = desk.desks[number]
    chart = dots.domain_row(
        score,
        style=desk.style,
        title=desk.words("comparison.alt.of", area=desk.labels[number],
                         text=alt.domain_alt(score, one.names, desk.words)),
        width=size[0],
        height=size[1],
        words=one.chart_words,
    )  # fmt: skip
    verdict = mark(score.against_country, one)
    below = sentences.robustness(score, desk.words, slot=False)
    if score.score is None:
        verdict = Mark("v-x", desk.words("verdict.no_score"))
        few = "domain.few_reference" if score.reason == "reference" else "domain.discuss"
        below = desk.words(few) if desk.named else ""
    return Cell(
        area=desk.labels[number],
        score=numbers.score(score.score, desk.words),
        chart=picture(chart),
        mark=verdict,
        margin=sentences.interval(score, desk.words),
        below=below,
        coverage=sentences.coverage_line(score, desk.words),
    )


def _panel(scores: tuple[DomainScore, ...], desk: SetDesk) -> Panel:
    size = (PANEL, PANEL_HEIGHT) if desk.named else (MATRIX, MATRIX_HEIGHT)
    cells = tuple(cell(score, number, desk, size=size) for number, score in enumerate(scores))
    lines = {c.coverage for c in cells}
    return Panel(scores[0].domain.title, lines.pop() if len(lines) == 1 else "", cells)
