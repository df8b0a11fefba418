"""What the people of each area say and do, beside each other: to learn from another's approach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wijkprofiel.documents.comparison_desk import SetDesk
from wijkprofiel.documents.dialogue import Dialogue, Line, dialogue, own_words
from wijkprofiel.documents.plan_rows import ActionRow, GoalRow
from wijkprofiel.documents.themes import Said, said
from wijkprofiel.model import AreaProfile

COLUMNS = 3
"""Areas beside each other in one table."""
SHEET_WIDTH, TITLE_WIDTH, CELL_PAD = 267.0, 34.0, 4.0
"""Of the table, of the column that names the parts, and white beside a text, in mm."""
ENTRY_PT, ENTRY_LINE, ENTRY_GAP = 8.0, 3.7, 1.2
ROW_HEIGHT = 140.0
"""Of the tallest row, in mm; a page has room for 178 with its heading."""
ALWAYS = ("priorities", "priorities_one", "goals")
"""Parts that are shown too where nobody wrote them down yet: the first that others ask for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a column: its name, and what belongs to it."""

    name: str
    more: str


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of things (priorities, goals ...), with a list per area: a row of the table.

    A kind that is longer than a page has more rows, and each is named; ``again`` is set for all
    but the first.
    """

    title: str
    cells: tuple[tuple[Entry, ...], ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some areas beside each other."""

    areas: tuple[str, ...]
    examples: tuple[bool, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class People:
    """The people's part of a comparison.

    Attributes:
        lines: what the areas share and can ask each other, in sentences.
        title: above it all, by whether people say something besides what they do.
        quotes: that more than one area has; those of one area stand in its column.
        silent: the areas of which nothing was written down, in a sentence; may be "".
        own_words: that people's own words are in another language, "" where they are not.
    """

    title: str
    lines: tuple[str, ...]
    quotes: tuple[Said, ...]
    sheets: tuple[Sheet, ...]
    silent: str
    own_words: str


def people(desk: SetDesk) -> People:
    """Return what was written down about every area, those with something in columns."""
    told = {number: dialogue(one) for number, one in enumerate(desk.desks)}
    quotes = {n: tuple(said(q, one) for q in one.profile.people.quotes)
              for n, one in enumerate(desk.desks)}  # fmt: skip
    often = Counter(quote for of in quotes.values() for quote in set(of))
    own = {n: tuple(q for q in of if often[q] == 1) for n, of in quotes.items()}
    speaking = [number for number, part in told.items() if part.filled or own[number]]
    silent = [number for number in told if number not in speaking]
    size = -(-len(speaking) // max(-(-len(speaking) // COLUMNS), 1)) or 1
    sheets = [
        _sheet(speaking[start : start + size], told, own, desk)
        for start in range(0, len(speaking), size)
    ]
    line = ""
    if silent:
        key = "comparison.silent_all" if not speaking else "comparison.silent"
        line = desk.words(key, areas=desk.named_areas(silent), many=desk.many)
    words = any(quotes.values()) or any(
        (*part.strengths, *part.wishes, *part.missing, *part.lessons) for part in told.values()
    )
    notes = (own_words(one) for one in desk.desks)
    return People(
        desk.text("people" if words else "people_do"),
        tuple(_lines(speaking, desk)),
        tuple(quote for quote in dict.fromkeys(q for of in quotes.values() for q in of)
              if often[quote] > 1),
        tuple(sheets),
        line,
        next((note for note in notes if note), ""),
    )  # fmt: skip


def _sheet(
    some: list[int], told: dict[int, Dialogue], quotes: dict[int, tuple[Said, ...]], desk: SetDesk
) -> Sheet:
    many = max(len(told[n].priorities) for n in some)
    every: list[tuple[str, list[tuple[Entry, ...]]]] = [
        ("quotes", [tuple(Entry(q.text, q.who) for q in quotes[n]) for n in some]),
        ("priorities" if many != 1 else "priorities_one",
         [_entries(told[n].priorities) for n in some]),
        ("strengths_people", [_plain(told[n].strengths) for n in some]),
        ("initiatives", [_entries(told[n].initiatives) for n in some]),
        ("interventions", [_entries(told[n].interventions) for n in some]),
        ("actions", [_actions(told[n].actions) for n in some]),
        ("actions_past", [_actions(told[n].past) for n in some]),
        ("goals", [tuple(_goal(goal, desk) for goal in told[n].goals) for n in some]),
        ("wishes", [_plain((*told[n].wishes, *told[n].missing)) for n in some]),
        ("lessons", [_plain(told[n].lessons) for n in some]),
    ]  # fmt: skip
    parts = tuple(
        part
        for name, cells in every
        if name in ALWAYS or any(cells)
        for part in _rows(desk.text(name), cells, desk)
    )
    return Sheet(tuple(desk.labels[n] for n in some), tuple(told[n].example for n in some), parts)


def _rows(title: str, cells: list[tuple[Entry, ...]], desk: SetDesk) -> Iterator[Part]:
    """Yield one kind as rows that a page can hold, because a row does not break.

    The same entries stand in a row as they are numbered, so that areas stay beside each other.
    """
    most = max(map(len, cells), default=0)
    width = (SHEET_WIDTH - TITLE_WIDTH) / len(cells) - CELL_PAD
    start, taken = 0, 0.0
    for at in range(most):
        high = max(_height(cell[at], width, desk) for cell in cells if len(cell) > at)
        if taken + high > ROW_HEIGHT and at > start:
            yield _part(title, tuple(cell[start:at] for cell in cells), start > 0, desk)
            start, taken = at, 0.0
        taken += high
    yield _part(title, tuple(cell[start:] for cell in cells), start > 0, desk)


def _part(title: str, cells: tuple[tuple[Entry, ...], ...], again: bool, desk: SetDesk) -> Part:
    return Part(desk.text("continued", title=title) if again else title, cells, again)


def _height(entry: Entry, width: float, desk: SetDesk) -> float:
    """Millimetres that an entry takes, rather too much."""
    lines = len(desk.measure.wrap(entry.name, ENTRY_PT, width, weight=700))
    lines += len(desk.measure.wrap(entry.more, ENTRY_PT, width)) if entry.more else 0
    return lines * ENTRY_LINE + ENTRY_GAP


def _actions(rows: Iterable[ActionRow]) -> tuple[Entry, ...]:
    return tuple(Entry(row.action, _more(row.who, row.when)) for row in rows)


def _entries(lines: Iterable[Line]) -> tuple[Entry, ...]:
    return tuple(Entry(line.name, line.more) for line in lines)


def _plain(texts: Iterable[str]) -> tuple[Entry, ...]:
    return tuple(Entry(text, "") for text in texts)


def _goal(goal: GoalRow, desk: SetDesk) -> Entry:
    """A goal: begin → now → target, and how it stands."""
    known = [
        desk.words(f"comparison.goal.{name}", value=value)
        for name, value in (("baseline", goal.baseline), ("now", goal.now), ("target", goal.target))
        if value != desk.words("number.missing")
    ]
    return Entry(goal.title, _more(", ".join(known), goal.status, goal.hint))


def _more(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _lines(speaking: list[int], desk: SetDesk) -> Iterator[str]:
    """Sentences by rule: what two areas share, and what one can ask another."""
    given = {n: desk.desks[n].profile.people for n in speaking}
    words = desk.words
    for areas, names in _grouped(_shared(given)).items():
        told = words.enumerate(names)
        yield words("comparison.people.approach", names=told, areas=desk.named_areas(areas))
    titles = _themes(desk)
    first = {
        theme: [n for n, told in given.items() if theme in {p.theme for p in told.priorities}]
        for theme in titles
    }
    together = {titles[theme]: of for theme, of in first.items() if len(of) > 1}
    for areas, names in _grouped(together).items():
        told = words.enumerate(names)
        yield words("comparison.people.priority", themes=told, areas=desk.named_areas(areas))
    for theme, of in first.items():
        if len(of) == 1:
            yield from _ask(theme, titles[theme], of[0], given, desk)


def _ask(
    theme: str, title: str, first: int, given: dict[int, AreaProfile], desk: SetDesk
) -> Iterator[str]:
    """That an area with this theme first can ask the others what they do about it."""
    others = {
        n: [item.name for item in told.initiatives if item.theme == theme]
        for n, told in given.items()
        if n != first
    }
    able = {n: names for n, names in others.items() if names}
    if able:
        asked = [
            desk.words("comparison.people.asked", area=desk.labels[n],
                       names=desk.words.enumerate(names))
            for n, names in able.items()
        ]  # fmt: skip
        yield desk.words("comparison.people.ask", theme=title, area=desk.labels[first],
                         asked="; ".join(asked))  # fmt: skip


def _shared(given: dict[int, AreaProfile]) -> dict[str, list[int]]:
    """Return the initiatives and approaches that more than one area has, by name."""
    found: dict[str, tuple[str, list[int]]] = {}
    for number, told in given.items():
        names = [item.name for item in told.initiatives]
        names += [item.name for item in told.interventions]
        for name in names:
            _, of = found.setdefault(name.casefold(), (name, []))
            if number not in of:
                of.append(number)
    return {name: of for name, of in found.values() if len(of) > 1}


def _grouped(found: dict[str, list[int]]) -> dict[tuple[int, ...], list[str]]:
    """Return the names by the areas that have them."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for name, of in found.items():
        groups.setdefault(tuple(sorted(of)), []).append(name)
    return groups


def _themes(desk: SetDesk) -> dict[str, str]:
    frameworks = (desk.config.frameworks[name] for name in desk.config.project.frameworks)
    return {d.id: d.title for framework in frameworks for d in framework.domains}
