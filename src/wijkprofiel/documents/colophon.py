"""Where it comes from: footer, sources, calculation, definitions, contact and the legend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wijkprofiel.charts import legend as legend_chart
from wijkprofiel.charts import maps
from wijkprofiel.documents import terms
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.marks import Mark, picture
from wijkprofiel.documents.terms import Term
from wijkprofiel.model import Contact, Source, Topic
from wijkprofiel.wording import alt, numbers, sentences

MAP_SIZE = (57.33, 45.5)
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
class Choropleth:
    """The map of the gemeente by one topic."""

    title: str
    note: str
    chart: Markup


@dataclass(frozen=True, slots=True)
class Colophon:
    """The last plane.

    Attributes:
        sources: one line per table, with producer, id, edition and licence.
        calculation: sentences about yardstick, own area and rounding.
        check: short hash over everything that reached this document.
    """

    sources: tuple[str, ...]
    calculation: tuple[str, ...]
    partners: str
    funding: str
    contact: Contact
    codes: str
    check: str

    @property
    def contact_lines(self) -> tuple[str, ...]:
        """Name and telephone number, those that are given."""
        return tuple(line for line in (self.contact.name, self.contact.phone) if line)

    @property
    def reachable(self) -> bool:
        """Whether there is anybody to turn to."""
        return bool(self.contact_lines or self.contact.email or self.contact.url)


def footer(desk: Desk) -> str:
    """Return "Cijfers: RIVM 2020, CBS 2024": who published what is shown, and of which period."""
    told: dict[str, None] = {}
    used = _periods(desk)
    for source in desk.profile.sources:
        for period in used.get(source.id, ()):
            told[desk.words("page.source", producer=source.producer, period=period)] = None
    return desk.words("page.figures", sources=", ".join(told)) if told else ""


def legend(desk: Desk) -> Markup:
    """Return the example row that explains the dot rows."""
    chart = legend_chart.reading_row(
        style=desk.style,
        title=alt.legend_alt(desk.names, desk.words),
        width=118.67,
        gemeente=desk.compares,
        margin=any(source.margins for source in desk.profile.sources),
        words=desk.chart_words,
    )
    return picture(chart)


def legend_items(desk: Desk) -> tuple[LegendItem, ...]:
    """Return what every sign means."""
    kinds = {"g": "favourable", "v": "similar", "o": "unfavourable"}
    kinds |= {"n": "uncertain", "x": "none", "c": "neutral"}
    return tuple(
        LegendItem(Mark(f"v-{letter}", desk.words(f"legend.{kind}.word")),
                   desk.words(f"legend.{kind}.meaning", country=desk.names.country))
        for letter, kind in kinds.items()
    )  # fmt: skip


def choropleth(desk: Desk) -> Choropleth | None:
    """Return the map of the gemeente, or None where there is no map or no topic for it."""
    area_map, topic = desk.profile.map, desk.topic(desk.spec.choropleth or "")
    if area_map is None or topic is None or all(w.value is None for w in area_map.wijken):
        return None
    title = desk.words("choropleth.title", title=topic.indicator.title, period=topic.country.period)
    chart = maps.choropleth(
        area_map,
        style=desk.style,
        title=alt.choropleth_alt(area_map, topic.indicator, desk.profile, desk.words),
        width=MAP_SIZE[0],
        height=MAP_SIZE[1],
        measure=desk.measure,
        words=desk.chart_words,
    )
    note = desk.words("choropleth.note", country=desk.names.country)
    return Choropleth(title, note, picture(chart))


def definitions(desk: Desk) -> tuple[tuple[Term, ...], ...]:
    """Return the definitions that do not stand beside a theme, in two columns.

    As many as the plane holds above the calculation; the first column is at most a little longer.
    """
    below = " ".join(_calculation(desk))
    rows = LINES - HEADINGS - len(desk.measure.wrap(below, terms.NOTE_PT, WIDE))
    told = [terms.term(topic) for topic in terms.elsewhere(desk)]
    while told:
        columns = _halves(told)
        if max(_lines(column, desk) for column in columns) <= rows:
            return columns
        told.pop()
    return ()


def _halves(told: Sequence[Term]) -> tuple[tuple[Term, ...], ...]:
    sizes = [len(term.title) + len(term.meaning) for term in told]
    at = min(range(len(told) + 1), key=lambda i: abs(sum(sizes[:i]) - sum(sizes[i:])))
    return tuple(tuple(half) for half in (told[:at], told[at:]) if half)


def _lines(column: Iterable[Term], desk: Desk) -> int:
    """Lines that a column takes, as if all of it were bold: never fewer than it really takes."""
    text = " ".join(f"{term.title}: {term.meaning}." for term in column)
    return len(desk.measure.wrap(text, terms.NOTE_PT, COLUMN, weight=500))


def colophon(desk: Desk) -> Colophon:
    """Return sources, calculation, partners and contact."""
    profile = desk.profile
    every = [*profile.sources]
    if profile.boundary_source is not None:
        every.append(profile.boundary_source)
    return Colophon(
        sources=tuple(_source(source, desk) for source in every),
        calculation=tuple(_calculation(desk)),
        partners=desk.words.enumerate(list(profile.partners)),
        funding=profile.funding,
        contact=profile.contact,
        codes=", ".join(part.code for part in profile.area.parts),
        check=profile.input_hash,
    )


def page_notes(desk: Desk) -> tuple[str, ...]:
    """Return what must stand on every page with verdicts: margins, care, own area, boundaries."""
    words = desk.words
    told = []
    if not any(source.margins for source in desk.profile.sources):
        told.append(words("note.band"))
    told.append(words("note.similar"))
    return tuple(told)


def first_notes(desk: Desk, before: str) -> tuple[str, ...]:
    """Return the notes for the first page: as many as fit after ``before``, the framework's own."""
    return _notes(desk, before)[0]


def _notes(desk: Desk, before: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The notes that fit on the first page, and those that go to the last."""
    key = "note.web" if desk.compares else "note.web_alone"
    here = [desk.words(key, country=desk.names.country)]
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
    told += sentences.boundary_notes(profile, words)
    told += sentences.correction_notes(profile, words)
    if profile.map is not None and profile.map.approximate:
        told.append(words("note.approximate"))
    return tuple(note for note in told if note)


def model_note(desk: Desk) -> str:
    """Return the statement that goes with model figures, "" where there are none."""
    source = sentences.model_source(desk.profile)
    return desk.words("note.model", producer=source.producer) if source else ""


def _periods(desk: Desk) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for topic in desk.profile.topics.values():
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
    month = desk.words(f"month.{day.month}")
    date = desk.words("date", day=day.day, month=month, year=day.year)
    return desk.words("source.stamp", date=date)


def _calculation(desk: Desk) -> Iterable[str]:
    profile, words = desk.profile, desk.words
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
