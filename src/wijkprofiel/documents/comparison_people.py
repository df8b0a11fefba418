"""What the people of each area say and do, beside each other: to learn from another's approach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wijkprofiel.documents.comparison_desk import SetDesk
from wijkprofiel.documents.dialogue import Dialogue, GoalRow, Line, dialogue
from wijkprofiel.model import AreaProfile

COLUMNS = 3
"""Areas beside each other in one table."""
ALWAYS = ("priorities", "goals")
"""Parts that are shown too where nobody wrote them down yet: the first that others ask for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a column: its name, and what belongs to it."""

    name: str
    more: str


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of things (priorities, goals ...), with a list per area."""

    title: str
    cells: tuple[tuple[Entry, ...], ...]


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
        silent: the areas of which nothing was written down, in a sentence; may be "".
    """

    lines: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    silent: str


def people(desk: SetDesk) -> People:
    """Return what was written down about every area, those with something in columns."""
    told = {number: dialogue(one) for number, one in enumerate(desk.desks)}
    speaking = [number for number, part in told.items() if part.filled]
    silent = [number for number, part in told.items() if not part.filled]
    size = -(-len(speaking) // max(-(-len(speaking) // COLUMNS), 1)) or 1
    sheets = [
        _sheet(speaking[start : start + size], told, desk)
        for start in range(0, len(speaking), size)
    ]
    line = ""
    if silent:
        key = "comparison.silent_all" if not speaking else "comparison.silent"
        line = desk.words(key, areas=desk.named_areas(silent), many=desk.many)
    return People(tuple(_lines(speaking, desk)), tuple(sheets), line)


def _sheet(some: list[int], told: dict[int, Dialogue], desk: SetDesk) -> Sheet:
    every: list[tuple[str, list[tuple[Entry, ...]]]] = [
        ("priorities", [_entries(told[n].priorities) for n in some]),
        ("strengths_people", [_plain(told[n].strengths) for n in some]),
        ("initiatives", [_entries(told[n].initiatives) for n in some]),
        ("interventions", [_entries(told[n].interventions) for n in some]),
        ("actions", [tuple(Entry(a.action, _more(a.who, a.when)) for a in told[n].actions)
                     for n in some]),
        ("goals", [tuple(_goal(goal, desk) for goal in told[n].goals) for n in some]),
        ("wishes", [_plain((*told[n].wishes, *told[n].missing)) for n in some]),
        ("lessons", [_plain(told[n].lessons) for n in some]),
    ]  # fmt: skip
    parts = tuple(
        Part(desk.text(name), tuple(cells)) for name, cells in every if name in ALWAYS or any(cells)
    )
    return Sheet(tuple(desk.labels[n] for n in some), tuple(told[n].example for n in some), parts)


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
