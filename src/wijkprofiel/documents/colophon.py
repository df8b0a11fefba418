"""Where it comes from: footer, sources, calculation, definitions, contact and the legend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wijkprofiel.charts import legend as legend_chart
from wijkprofiel.charts import tokens
from wijkprofiel.documents import cover, images, terms
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.images import Logo
from wijkprofiel.documents.marks import Mark, picture
from wijkprofiel.documents.terms import Term
from wijkprofiel.model import Contact, Source, Topic
from wijkprofiel.wording import alt, numbers, sentences, tested

LEGEND_WIDTH = 118.67
COLUMN, WIDE, LINES = 42.0, 88.0, 17
"""The last plane: a narrow, a wide and a narrow column of so many lines."""
NOTE_WIDTH, NOTE_LINES = 178.0, 5
"""The note at the foot of the first page."""
HEADINGS = 2
"""Lines that the heading of the wide column and the white in it take."""


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A sign, its word and what that means."""

    mark: Mark
    meaning: str


@dataclass(frozen=True, slots=True)
class Colophon:
    """The last plane.

    Attributes:
        sources: one line per table, with producer, id, edition and licence.
        calculation: sentences about yardstick, own area and rounding.
        beside: they stand below the sources, where those leave room.
        check: short hash over everything that reached this document.
        logos: of partners that have one.
        lines: of the sender: who made it, where to order it.
    """

    sources: tuple[str, ...]
    calculation: tuple[str, ...]
    beside: bool
    partners: str
    funding: str
    contact: Contact
    codes: str
    check: str
    logos: tuple[Logo, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def contact_lines(self) -> tuple[str, ...]:
        """Name and telephone number, those that are given."""
        return tuple(line for line in (self.contact.name, self.contact.phone) if line)

    @property
    def reachable(self) -> bool:
        """Whether there is anybody to turn to."""
        return self.contact.given


def footer(desk: Desk) -> str:
    """Return "Cijfers: RIVM 2020, CBS 2024": who published what is shown, and of which period."""
    told: dict[str, None] = {}
    used = _periods(desk)
    for source in _sources(desk):
        for period in used.get(source.id, ()):
            told[desk.words("page.source", producer=source.producer, period=period)] = None
    return desk.words("page.figures", sources=", ".join(told)) if told else ""


def legend(desk: Desk) -> Markup:
    """Return the example row that explains the dot rows."""
    chart = legend_chart.reading_row(
        style=desk.style,
        title=alt.legend_alt(desk.names, desk.words),
        width=tokens.size(desk.style, "wide", LEGEND_WIDTH),
        gemeente=desk.compares,
        margin=any(source.margins for source in desk.profile.sources),
        words=desk.chart_words,
    )
    return picture(chart)


def legend_items(desk: Desk) -> tuple[LegendItem, ...]:
    """Return what every sign means, and the words that stand with a score."""
    words = desk.words
    kinds = {"g": "favourable", "v": "similar", "o": "unfavourable"}
    kinds |= {"n": "uncertain", "x": "none", "c": "neutral", "": "steadiness"}
    results = desk.profile.frameworks.values()
    if any(domain.interval == "incomplete" for result in results for domain in result.domains):
        kinds["-"] = "incomplete"
    return tuple(
        LegendItem(Mark(f"v-{letter}" if letter.isalpha() else "", words(f"legend.{kind}.word")),
                   words(f"legend.{kind}.meaning", country=desk.names.country))
        for letter, kind in kinds.items()
    )  # fmt: skip


def definitions(desk: Desk) -> tuple[tuple[Term, ...], ...]:
    """Return the definitions that do not stand beside a theme, in two columns.

    As many as the plane holds above the calculation; the first column is at most a little longer.
    The others stand on a page of their own (:func:`more_definitions`).
    """
    rows = _rows(desk)
    if not _beside(desk):
        rows -= len(desk.measure.wrap(" ".join(_calculation(desk)), terms.NOTE_PT, WIDE))
    told = [terms.term(topic) for topic in terms.elsewhere(desk)]
    while told:
        columns = _halves(told, desk)
        if max(_lines(column, desk) for column in columns) <= rows:
            return columns
        told.pop()
    return ()


def _rows(desk: Desk) -> int:
    """Lines below the headings of the last plane."""
    return int(tokens.size(desk.style, "colophon_lines", LINES)) - HEADINGS


def _beside(desk: Desk) -> bool:
    """Whether the calculation has room below the sources, in the first column."""
    told = [_source(source, desk) for source in _sources(desk)]
    told += [cover.edition(desk), *_codes(desk), *_calculation(desk)]
    lines = sum(len(desk.measure.wrap(text, terms.NOTE_PT, COLUMN)) for text in told)
    return lines <= _rows(desk)


def _sources(desk: Desk) -> list[Source]:
    """The tables of what is shown, and the boundaries of the map."""
    profile = desk.profile
    shown = {figure.source for topic in desk.shown() for figure in (topic.figure, topic.country)}
    tables = [source for source in profile.sources if source.id in shown]
    return [*tables, *([profile.boundary_source] if profile.boundary_source else [])]


def _codes(desk: Desk) -> list[str]:
    return [", ".join(part.code for part in desk.profile.area.parts), desk.profile.input_hash]


def more_definitions(desk: Desk, columns: Sequence[Sequence[Term]]) -> tuple[Term, ...]:
    """Return the definitions that have no room in the ``columns`` of the last plane."""
    told = sum(len(column) for column in columns)
    return tuple(terms.term(topic) for topic in terms.elsewhere(desk)[told:])


def _halves(told: Sequence[Term], desk: Desk) -> tuple[tuple[Term, ...], ...]:
    """Two columns of as equal a length in lines as whole terms allow, the longer one first."""
    sizes = [len(term.title) + len(term.meaning) for term in told]
    middle = min(range(len(told) + 1), key=lambda i: abs(sum(sizes[:i]) - sum(sizes[i:])))

    def longest(at: int) -> tuple[int, int]:
        return max(_lines(column, desk) for column in (told[:at], told[at:])), -at

    near = (at for at in (middle - 1, middle, middle + 1) if 0 <= at <= len(told))
    at = min(near, key=longest)
    return tuple(tuple(half) for half in (told[:at], told[at:]) if half)


def _lines(column: Iterable[Term], desk: Desk) -> int:
    """Lines that a column takes, as if all of it were bold: never fewer than it really takes."""
    text = " ".join(f"{term.title}: {term.meaning}." for term in column)
    return len(desk.measure.wrap(text, terms.NOTE_PT, COLUMN, weight=500))


def colophon(desk: Desk) -> Colophon:
    """Return sources, calculation, partners and contact."""
    profile = desk.profile
    return Colophon(
        sources=tuple(_source(source, desk) for source in _sources(desk)),
        beside=_beside(desk),
        calculation=tuple(_calculation(desk)),
        partners=desk.words.enumerate([partner.name for partner in profile.partners]),
        logos=images.partners(desk),
        lines=images.colophon_lines(desk),
        funding=profile.funding,
        contact=profile.contact,
        codes=_codes(desk)[0],
        check=profile.input_hash,
    )


def page_notes(desk: Desk) -> tuple[str, ...]:
    """Return what must stand at the foot of every page with verdicts: margins and care."""
    if not desk.inhabited:
        return ()
    words, always = desk.words, desk.words("note.similar")
    told = tested.margins_note(desk.profile, words)
    if len(desk.measure.wrap(f"{told} {always}", terms.NOTE_PT, NOTE_WIDTH)) > 1:
        told = tested.margins_note(desk.profile, words, narrow=True)
    return (told, always)


def reading_notes(desk: Desk) -> tuple[str, ...]:
    """Return what a reader must know about the verdicts, beside the example of a row.

    The foot of a page is furniture, which a screen reader skips: its notes are told here, once.
    """
    profile, words = desk.profile, desk.words
    told = [tested.margins_note(profile, words), words("note.similar")]
    told.append(tested.chance_note(profile, words))
    trends = [t.trend for t in profile.topics.values() if t.trend is not None]
    known = any(trend.change is not None and trend.change.tested for trend in trends)
    told += [words("note.trends_tested" if known else "note.trends"), words("note.rounding")]
    return tuple(note for note in told if note)


def caution(desk: Desk) -> str:
    """Return the warning for an area with few inhabitants, "" for others."""
    return tested.few_note(desk.profile, desk.spec.few_people, desk.words)


def first_notes(desk: Desk, before: str) -> tuple[str, ...]:
    """Return the notes for the first page: as many as fit after ``before``, the framework's own."""
    return _notes(desk, before)[0]


def _notes(desk: Desk, before: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The notes that fit on the first page, and those that go to the last."""
    key = f"note.web_{tokens.look(desk.style, 'dots', 'pill')}"
    key += "" if desk.compares else "_alone"
    here = [desk.words("note.signs"), desk.words(key, country=desk.names.country)]
    before = f"{caution(desk)} {before}".strip()
    there: list[str] = []
    for note in _area_notes(desk):
        text = " ".join([before, *here, note])
        fits = len(desk.measure.wrap(text, terms.NOTE_PT, NOTE_WIDTH)) <= NOTE_LINES
        (here if fits else there).append(note)
    return tuple(here), tuple(there)


def _area_notes(desk: Desk) -> tuple[str, ...]:
    """What a reader must know about this very area, what weighs most first."""
    profile, words = desk.profile, desk.words
    told = [sentences.derived_note(profile, words), sentences.comparator_note(profile, words)]
    told.append(tested.rest_note(profile, desk.names, words))
    told += sentences.boundary_notes(profile, words)
    told += sentences.correction_notes(profile, words)
    return tuple(note for note in told if note)


def model_note(desk: Desk) -> str:
    """Return the statement that goes with model figures, "" where there are none."""
    source = sentences.model_source(desk.profile)
    return desk.words("note.model", producer=source.producer) if source else ""


def _periods(desk: Desk) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for topic in desk.shown():
        for figure in (topic.figure, topic.country):
            periods = found.setdefault(figure.source, [])
            if figure.value is not None and figure.period not in periods:
                periods.append(figure.period)
    return found


def _source(source: Source, desk: Desk) -> str:
    words = desk.words
    periods = _periods(desk).get(source.id, [])
    if periods:
        details = [words("source.table", table=source.table), *periods, _stamp(source, desk)]
    else:
        details = [str(source.division or source.edition)]
    return words(
        "source.line",
        title=source.title,
        producer=source.producer,
        details=", ".join(part for part in details if part),
        licence=source.licence,
    )


def _stamp(source: Source, desk: Desk) -> str:
    """The day the supplier last changed the table, where it is known."""
    try:
        day = dt.date.fromisoformat(source.edition[:10])
    except ValueError:
        return ""
    return desk.words("source.stamp", date=desk.words.day(day))


def _calculation(desk: Desk) -> Iterable[str]:
    profile, words = desk.profile, desk.words
    if not desk.inhabited:
        return
    result = desk.framework(desk.spec.web)
    yield from _notes(desk, result.framework.note if result else "")[1]
    reference = _reference(profile.topics.values())
    if reference is not None and reference.reference is not None:
        key = "note.reference_table" if profile.reference_partial else "note.reference"
        n = numbers.decimal(reference.reference.n, 0, words("language"))
        period = reference.reference.period
        yield words(key, n=n, country=desk.names.country, period=period)


def _reference(topics: Iterable[Topic]) -> Topic | None:
    scored = [t for t in topics if t.reference is not None and t.direction != "neutral"]
    return max(scored, key=lambda t: t.reference.n if t.reference else 0, default=None)
