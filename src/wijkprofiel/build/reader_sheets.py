"""The sheets of the workbook that people read: printed numbers, verdicts in words, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wijkprofiel.documents import cover
from wijkprofiel.documents.desk import Desk
from wijkprofiel.model import DomainScore, Figure, Topic, Verdict
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.wording import numbers, verdicts

Cell = str | float | None
"""A text, a number, or an empty cell."""

WIDTHS: dict[str, Sequence[int]] = {
    "sheet_figures": (26, 34, 26, 14, 14, 11, 11, 11, 11, 20, 20, 22, 10, 18, 60),
    "sheet_scores": (24, 26, 13, 11, 11, 22, 24, 24, 22, 30),
    "sheet_sources": (12, 52, 16, 22, 18, 60),
}
"""Widths of the columns, in characters."""


def write_reader_sheets(book: Any, desk: Desk) -> None:
    """Add the sheets "Lees mij", "Cijfers", "Scores" and "Bronnen" to an XlsxWriter workbook."""
    _read_me(book, desk)
    _table(book, desk, "sheet_figures", _figure_heads(desk), list(_figures(desk)))
    _table(book, desk, "sheet_scores", _score_heads(desk), list(_scores(desk)))
    _table(book, desk, "sheet_sources", _source_heads(desk), list(_sources(desk)))


def _read_me(book: Any, desk: Desk) -> None:
    profile = desk.profile
    sheet = book.add_worksheet(desk.text("sheet_read"))
    sheet.set_column(0, 0, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    sheet.write_string(0, 0, desk.text("title"), book.add_format({"bold": True, "font_size": 16}))
    lines = [
        cover.edition(desk),
        desk.text("for_readers"),
        desk.text("for_machines"),
        desk.text("five"),
        desk.words("note.rounding"),
        desk.words("note.similar"),
        *(framework.framework.note for framework in profile.frameworks.values()),
    ]
    models = [source.producer for source in profile.sources if source.model_figures]
    if models:
        lines.append(desk.words("note.model", producer=models[0]))
    for number, line in enumerate((line for line in lines if line), start=2):
        sheet.write_string(number, 0, " ".join(line.split()))


def _table(
    book: Any, desk: Desk, name: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> None:
    """Write a sheet as an Excel table: its head row is known as such to a screen reader."""
    sheet = book.add_worksheet(desk.text(name))
    for number, width in enumerate(WIDTHS[name]):
        sheet.set_column(number, number, width)
    for line, row in enumerate(rows, start=1):
        for number, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(line, number, cell)
            elif cell is not None:
                sheet.write_number(line, number, cell)
    columns = [{"header": head} for head in heads]
    last = max(len(rows), 1)
    sheet.add_table(
        0, 0, last, len(heads) - 1,
        {"columns": columns, "name": name, "style": "Table Style Light 1"},
    )  # fmt: skip
    sheet.freeze_panes(1, 2)


def _figure_heads(desk: Desk) -> list[str]:
    names = ("group", "topic", "population", "value", "unit", "lower", "upper", "gemeente",
             "country", "versus_gemeente", "versus_country", "basis", "period", "source",
             "meaning")  # fmt: skip
    return [desk.text(name) for name in names]


def _figures(desk: Desk) -> Iterator[list[Cell]]:
    """Yield a row per topic: first those of the themes, then the others, each once."""
    sources = {source.id: source for source in desk.profile.sources}
    for group, topic in _grouped(desk):
        figure, indicator = topic.figure, topic.indicator
        told = desk.number(topic)
        source = sources.get(figure.source)
        known = told.present
        yield [
            group,
            indicator.title,
            indicator.population,
            _cell(figure, topic, desk),
            told.unit if known else None,
            _limit(figure.lower, topic) if known else None,
            _limit(figure.upper, topic) if known else None,
            _cell(topic.gemeente, topic, desk) if topic.gemeente is not None else None,
            _cell(topic.country, topic, desk),
            _word(topic.against_gemeente, topic, desk),
            _word(topic.against_country, topic, desk),
            _basis(topic.against_country, desk) if known else None,
            figure.period,
            f"{source.producer} {source.table}" if source else None,
            indicator.definition,
        ]


def _grouped(desk: Desk) -> Iterator[tuple[str, Topic]]:
    topics = desk.profile.topics
    seen: set[str] = set()
    framework = desk.framework(desk.spec.themes)
    for score in framework.domains if framework else ():
        slots = (part.id for slot in score.domain.slots for part in slot.indicators)
        for name in (*slots, *score.domain.context):
            if name in topics and name not in seen:
                seen.add(name)
                yield score.domain.title, topics[name]
    for name, topic in topics.items():
        if name not in seen and topic.indicator.sensitive is None:
            yield "", topic


def _cell(figure: Figure | None, topic: Topic, desk: Desk) -> Cell:
    """Return the number as it is printed, or the word for why there is none."""
    told = numbers.printed(figure, topic.indicator, desk.words)
    if told.value is None or topic.indicator.unit == "class":
        return told.word or told.number
    return told.value


def _limit(value: float | None, topic: Topic) -> float | None:
    return None if value is None else numbers.rounded(value, topic.indicator)


def _word(verdict: Verdict | None, topic: Topic, desk: Desk) -> str | None:
    if verdict is None or topic.figure.value is None or not verdicts.is_known(verdict):
        return None
    return verdicts.word(verdict, desk.words)


def _basis(verdict: Verdict, desk: Desk) -> str:
    return desk.text(f"basis_{verdict.basis or 'none'}")


def _score_heads(desk: Desk) -> list[str]:
    names = ("framework", "domain", "score", "lower", "upper", "coverage", "versus_gemeente",
             "versus_country", "basis", "robustness")  # fmt: skip
    return [desk.text(name) for name in names]


def _scores(desk: Desk) -> Iterator[list[Cell]]:
    for result in desk.profile.frameworks.values():
        for score in result.domains:
            known = score.score is not None
            coverage = f"{score.present} {desk.text('of')} {score.total}"
            yield [
                result.framework.title,
                score.domain.title,
                _tenth(score.score) if known else desk.words("verdict.no_score"),
                _tenth(score.lower),
                _tenth(score.upper),
                coverage,
                _domain_word(score.against_gemeente, score, desk),
                _domain_word(score.against_country, score, desk),
                _basis(score.against_country, desk) if known else None,
                _robustness(score, desk),
            ]


def _tenth(value: float | None) -> float | None:
    return None if value is None else half_up(value, 1)


def _domain_word(verdict: Verdict | None, score: DomainScore, desk: Desk) -> str | None:
    if verdict is None or score.score is None:
        return None
    return verdicts.word(verdict, desk.words)


def _robustness(score: DomainScore, desk: Desk) -> str | None:
    robustness = score.against_country.robustness
    if robustness is None or score.score is None:
        return None
    return desk.text(f"robust_{robustness.word.value}")


def _source_heads(desk: Desk) -> list[str]:
    return [desk.text(n) for n in ("producer", "source", "table", "edition", "licence", "address")]


def _sources(desk: Desk) -> Iterator[list[Cell]]:
    for source in desk.profile.sources:
        yield [source.producer, source.title, source.table, source.edition[:10],
               source.licence, source.url]  # fmt: skip
