"""The change report as one web page, in the house style: the summary first, then why, then what.

A whole country gives more changes than a browser shows; every list has a cap here, and says how
much more there is in the CSV.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wijkprofiel.build.changes.export import detail
from wijkprofiel.build.changes.model import Cause, Change, Kind
from wijkprofiel.build.changes.report import Report, Side
from wijkprofiel.config import Config
from wijkprofiel.documents import web_sheets
from wijkprofiel.documents.templates import FOLDER, fill
from wijkprofiel.documents.web_page import as_images
from wijkprofiel.documents.web_sheets import Page, Sheet
from wijkprofiel.model import Outcome
from wijkprofiel.wording import Words, numbers, verdicts

TEMPLATE = "verschillen/document.html.j2"
STYLE = "web"
"""The style's own sheet: a report looks like the pages it is about."""
ROWS, TOPICS, AREAS, PER_AREA, REASONS = 100, 40, 60, 30, 30
"""How much is shown: rows of a table, topics of a cause, areas, rows of an area, reasons."""
_SLIGHT = "1"


@dataclass(frozen=True, slots=True)
class Line:
    """One change as a row of a table.

    Attributes:
        signs: classes that draw the old and the new verdict, "" without one.
    """

    change: Change
    what: str
    signs: tuple[str, str]
    cause: str
    detail: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows with a cap: ``more`` is how many are only in the CSV."""

    shown: tuple[Line, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Subject:
    """How often one topic or domain changed."""

    title: str
    areas: int
    turned: int
    verdicts: int
    values: int


@dataclass(frozen=True, slots=True)
class Group:
    """The changes with one cause: topics most changed first, and the verdicts that changed."""

    cause: str
    title: str
    about: str
    changes: int
    subjects: tuple[Subject, ...]
    more: int
    verdicts: Lines


@dataclass(frozen=True, slots=True)
class AreaChanges:
    """The changes of one area."""

    name: str
    codes: str
    turned: int
    number: int
    lines: Lines


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the page shows."""

    title: str
    old: str
    new: str
    tiles: tuple[tuple[str, str], ...]
    causes: tuple[tuple[str, tuple[str, ...]], ...]
    reasons: tuple[tuple[str, str], ...]
    reasons_more: int
    unexplained: Lines
    groups: tuple[Group, ...]
    areas: tuple[AreaChanges, ...]
    areas_more: int
    comparators: Lines
    set: Lines
    documents: Lines
    nothing: bool
    language: str


def make(found: Report, config: Config, words: Words, csv: str) -> Page:
    """Return the report as a page.

    Args:
        found: the report.
        config: the project: its style and templates.
        words: in the language of the report.
        csv: name of the file beside it that holds every change.

    Raises:
        ConfigError: a text, a stylesheet or the house style is not there.
        RenderError: the template is wrong.
    """
    style = config.style_of(None)
    shown = view(found, config.project.title, words)
    kinds = [words(f"changes.kind.{kind.value}") for kind in Kind]
    context: dict[str, object] = {
        "v": shown,
        "w": words,
        "csv": csv,
        "kinds": kinds,
        "num": lambda number: _number(number, words),
    }
    html = as_images(fill(config.assets, TEMPLATE, context))
    layout = config.assets.find(f"{FOLDER}/verschillen/verschillen.css").read_text(encoding="utf-8")
    day, night = web_sheets.sheets(style, STYLE, config.assets)
    script = web_sheets.script(config.assets)
    return Page("verschillen", html, (Sheet(f"{day.css}\n{layout}"), night), script)


def view(found: Report, title: str, words: Words) -> View:
    """Return what the page shows of a report."""
    areas = _by_area(found)
    reasons = _reasons(found, words)
    causes = found.by_cause.items()
    groups = [_group(c, told, words) for c, told in causes if c is not Cause.UNEXPLAINED]
    return View(
        title=title,
        old=_side(found.old, words),
        new=_side(found.new, words),
        tiles=tuple(_tiles(found, words)),
        causes=tuple(_causes(found, words)),
        reasons=reasons[:REASONS],
        reasons_more=max(len(reasons) - REASONS, 0),
        unexplained=_lines(found.unexplained, words),
        groups=tuple(group for group in groups if group.subjects),
        areas=tuple(_area(changes, words) for changes in areas[:AREAS]),
        areas_more=max(len(areas) - AREAS, 0),
        comparators=_lines(found.of(Kind.COMPARATOR), words),
        set=_lines(found.of(Kind.AREA), words),
        documents=_lines(found.of(Kind.DOCUMENT), words),
        nothing=not found.changes,
        language=words("language"),
    )


def _side(side: Side, words: Words) -> str:
    editions = [words("changes.edition", number=n, date=date) for n, date in side.editions]
    return words("changes.side", path=side.path, editions=words.enumerate(editions))


def _number(number: int, words: Words) -> str:
    return numbers.decimal(number, 0, words("language"))


def _tiles(found: Report, words: Words) -> Iterable[tuple[str, str]]:
    counts = {
        "unexplained": len(found.unexplained),
        "turned": len(found.turned),
        "verdict": found.counts[Kind.VERDICT],
        "figure": found.counts[Kind.FIGURE],
        "score": found.counts[Kind.SCORE],
        "document": found.counts[Kind.DOCUMENT],
        "compared": found.compared,
        "new": len(found.added),
        "gone": len(found.gone),
    }
    for name, count in counts.items():
        yield _number(count, words), words(f"changes.tile.{name}")


def _causes(found: Report, words: Words) -> Iterable[tuple[str, tuple[str, ...]]]:
    for cause, changes in found.by_cause.items():
        kinds = Counter(change.kind for change in changes)
        told = [kinds[kind] for kind in Kind]
        cells = [*told, found.areas(changes)]
        yield words(f"changes.cause.{cause.value}"), tuple(_number(n, words) for n in cells)


def _reasons(found: Report, words: Words) -> tuple[tuple[str, str], ...]:
    """Return the reasons that hold for more than one value, with how many changes they explain."""
    single = (Cause.REFERENCE, Cause.UNEXPLAINED, Cause.CHOICE)
    counted = Counter(r for c in found.changes for r in c.because if r.cause not in single)
    order = sorted(counted.items(), key=lambda item: (-item[1], item[0].told(words)))
    return tuple((reason.told(words), _number(number, words)) for reason, number in order)


def _group(cause: Cause, changes: Sequence[Change], words: Words) -> Group:
    subjects = _subjects(changes)
    flips = [change for change in changes if change.kind is Kind.VERDICT]
    return Group(
        cause=cause.value,
        title=words(f"changes.cause.{cause.value}"),
        about=words(f"changes.about.{cause.value}"),
        changes=len(changes),
        subjects=subjects[:TOPICS],
        more=max(len(subjects) - TOPICS, 0),
        verdicts=_lines(flips, words),
    )


def _subjects(changes: Iterable[Change]) -> tuple[Subject, ...]:
    of: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        if change.kind in {Kind.VERDICT, Kind.FIGURE, Kind.SCORE}:
            of.setdefault((change.framework, change.id), []).append(change)
    found = [
        Subject(
            title=told[0].title,
            areas=len({change.area for change in told}),
            turned=sum(change.turned for change in told),
            verdicts=sum(change.kind is Kind.VERDICT for change in told),
            values=len({change.area for change in told if change.old != change.new}),
        )
        for told in of.values()
    ]
    return tuple(sorted(found, key=lambda s: (-s.turned, -s.verdicts, -s.areas, s.title)))


def _by_area(found: Report) -> list[list[Change]]:
    """Return the changes per area, those with the most unexplained and turned first."""
    of: dict[str, list[Change]] = {}
    for change in found.of(Kind.VERDICT, Kind.FIGURE, Kind.SCORE):
        of.setdefault(change.area, []).append(change)
    return sorted(of.values(), key=_weight)


def _weight(changes: Sequence[Change]) -> tuple[int, int, int, str]:
    unexplained = sum(change.cause is Cause.UNEXPLAINED for change in changes)
    turned = sum(change.turned for change in changes)
    return -unexplained, -turned, -len(changes), changes[0].name


def _area(changes: Sequence[Change], words: Words) -> AreaChanges:
    first = changes[0]
    return AreaChanges(
        name=first.name,
        codes=", ".join(first.codes),
        turned=sum(change.turned for change in changes),
        number=len(changes),
        lines=_lines(changes, words, PER_AREA),
    )


def _lines(changes: Sequence[Change], words: Words, most: int = ROWS) -> Lines:
    shown = tuple(_line(change, words) for change in changes[:most])
    return Lines(shown, max(len(changes) - most, 0))


def _line(change: Change, words: Words) -> Line:
    told = words.enumerate([words(f"changes.cause.{cause.value}") for cause in change.causes])
    before, after = (_sign(level) for level in change.levels)
    what = words(f"changes.what.{change.what}")
    return Line(change, what, (before, after), told, detail(change, words))


def _sign(level: str) -> str:
    """Return the classes that draw the sign of a verdict, by the key of its word."""
    outcome, _, strength = level.partition(".")
    if not outcome:
        return ""
    letter = verdicts.SIGNS[Outcome(outcome)]
    slight = strength == _SLIGHT and letter in {"g", "o"}
    return f"vd v-{letter}{' v-slight' if slight else ''}"
