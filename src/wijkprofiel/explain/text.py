"""An account as plain text: at most 100 columns, numbers filled in, nothing drawn."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wijkprofiel.explain.account import Account, Row, Section, Step
from wijkprofiel.explain.arithmetic import FUNCTIONS

WIDTH = 100
DIGITS = 6
"""Significant digits of a number in the text; the JSON has all of them."""

_NAME = re.compile(r"'[^']*'|[A-Za-z_]\w*")
_WIDEST = 44
_LABEL = 24


def text(account: Account) -> str:
    """Return the account as lines of at most :data:`WIDTH` characters."""
    area = account.area
    head = f"{account.title} ({account.id}), {area['name']}: {account.printed}"
    lines = [*_wrapped(head, ""), "=" * min(len(head), WIDTH)]
    for section in account.sections:
        lines += ["", section.title, "-" * len(section.title), *_section(section)]
    return "\n".join(line.rstrip() for line in lines)


def _section(section: Section) -> Iterator[str]:
    for label, value in section.facts.items():
        yield from _fact(label, value)
    if section.rows:
        yield from _tables(section)
    if section.steps and (section.rows or any(show(v) for v in section.facts.values())):
        yield ""
    for one in section.steps:
        yield from _step(one)


def _fact(label: str, value: object) -> list[str]:
    told = show(value)
    if told == "":
        return []
    indent = " " * (_LABEL + 2)
    return _wrapped(told, f"  {label:<{_LABEL - 1}} ", indent)


def _wrapped(words: str, first: str, rest: str = "    ") -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    ) or [first]


# --- steps ----------------------------------------------------------------------------------


def _step(one: Step) -> Iterator[str]:
    """Yield a sum: on one line where it fits, else formula, numbers and result below each other."""
    note = f" ({one.note})" if one.note else ""
    told, result = filled(one.formula, one.inputs), show(one.result)
    sums = " = ".join(dict.fromkeys([one.formula, told, result]))
    line = f"  {one.title}{note}: {sums}"
    if len(line) <= WIDTH:
        yield line
        return
    yield from _wrapped(f"{one.title}{note}:", "  ")
    if len(sums) + 4 <= WIDTH:
        yield f"    {sums}"
        return
    yield from _wrapped(one.formula, "    ", "      ")
    lists = {n: v for n, v in one.inputs.items() if isinstance(v, list | tuple)}
    for name, values in lists.items():
        yield from _wrapped(f"{name}: {show(values)}", "      ", "         ")
    if len(lists) < len(one.inputs):
        single = {name: value for name, value in one.inputs.items() if name not in lists}
        yield from _wrapped(f"= {filled(one.formula, single)}", "    ", "      ")
    yield from _wrapped(f"= {result}", "    ", "      ")


def filled(formula: str, inputs: Mapping[str, Any]) -> str:
    """Return a formula with its numbers filled in.

    >>> filled("sign * (x - other) / sd", {"sign": -1, "x": 48.9, "other": 45.9, "sd": 5.573})
    '(-1) * (48.9 - 45.9) / 5.573'
    """

    def value(match: re.Match[str]) -> str:
        name = match.group()
        if name not in inputs or name in FUNCTIONS:
            return name
        told = show(inputs[name])
        if isinstance(inputs[name], str):
            told = f"'{inputs[name]}'"
        if isinstance(inputs[name], list | tuple):
            return f"[{told}]"
        return f"({told})" if told.startswith("-") else told

    return _NAME.sub(value, formula)


# --- tables ---------------------------------------------------------------------------------


def _tables(section: Section) -> Iterator[str]:
    """Yield the rows as one table, or as one per group with a line above it."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in section.rows:
        key = tuple(show(row[name]) for name in section.under)
        groups.setdefault(key, []).append(_flat(row))
    for number, rows in enumerate(groups.values()):
        if number:
            yield ""
        yield from _table(rows)


def _flat(row: Row) -> Row:
    """Return a row in which what holds several named things is a column for each of them."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        found |= value if isinstance(value, Mapping) else {name: value}
    return found


def _table(rows: Sequence[Row]) -> Iterator[str]:
    """Yield a table; columns that say nothing are left out, those that say one thing stand above.

    A table that is too wide goes row by row, label and value.
    """
    names = [n for n in rows[0] if any(show(row.get(n)) for row in rows)]
    shared = [n for n in names if len(rows) > 1 and len({show(row.get(n)) for row in rows}) == 1]
    if shared:
        yield from _wrapped("; ".join(f"{n}: {show(rows[0][n])}" for n in shared), "  ")
    names = [n for n in names if n not in shared]
    cells = [[show(row.get(n)) for n in names] for row in rows]
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    if sum(widths) + 2 * len(widths) > WIDTH or max(widths, default=0) > _WIDEST:
        yield from _one_by_one(rows, names)
        return
    numeric = [all(_is_number(row.get(n)) for row in rows) for n in names]
    for line in (names, *cells):
        sized = zip(line, widths, numeric, strict=True)
        yield "  " + "  ".join(f"{t:>{w}}" if n else f"{t:<{w}}" for t, w, n in sized)


def _one_by_one(rows: Sequence[Row], names: Sequence[str]) -> Iterator[str]:
    for number, row in enumerate(rows):
        if number:
            yield ""
        for name in names:
            yield from _fact(name, row.get(name))


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def show(value: object) -> str:
    """Return a value in a few digits: ``yes`` and ``no``, lists with commas, "" for nothing.

    >>> show(48.93457), show(33330.0), show(True), show(None), show([1, 2.5])
    ('48.9346', '33330', 'yes', '', '1, 2.5')
    """
    told = "" if value is None else str(value)
    match value:
        case bool():
            told = "yes" if value else "no"
        case float():
            told = _digits(value)
        case Mapping():
            told = ", ".join(f"{name} '{text}'" for name, text in value.items())
        case list() | tuple():
            told = ", ".join(map(show, value))
        case str() if told != told.strip():
            told = f"'{told}'"
    return told


def _digits(value: float) -> str:
    if value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return f"{value:.{DIGITS}g}" if abs(value) < 10**DIGITS else f"{value:.1f}"
