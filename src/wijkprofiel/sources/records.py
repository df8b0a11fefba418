"""The answers in a file: SPSS (.sav, .zsav) or CSV, only the variables that are asked for."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wijkprofiel.errors import DataError, Problem, did_you_mean
from wijkprofiel.sources import amounts, delimited, header
from wijkprofiel.sources.grid import text_of
from wijkprofiel.sources.layout import Layout

_SPSS = (b"$FL2", b"$FL3")
_EXTRA = "install it with: pip install 'wijkprofiel[microdata]'"
_WHOLE = re.compile(r"^(-?\d+)[.,]0{1,2}$")
"""A whole number as SPSS exports it: 1,00 is the answer 1 (and 1.000 may be a thousand)."""

Value = float | str | None
"""An answer: a number, a text, or None where there is none."""


@dataclass(frozen=True, slots=True)
class Records:
    """The answers of all people.

    Attributes:
        where: the file.
        columns: variable → answers, all of one length.
        labels: variable → value → label.
        first: number of the first person as a spreadsheet or SPSS counts.
    """

    where: str
    columns: Mapping[str, Sequence[Value]]
    labels: Mapping[str, Mapping[float | str, str]] = field(default_factory=dict)
    first: int = 1

    def __len__(self) -> int:
        """Return the number of people."""
        return len(next(iter(self.columns.values()), ()))

    def at(self, variable: str, person: int | None = None) -> str:
        """Return the place of a variable, or of one answer: ``file!AREA:5``."""
        return f"{self.where}!{variable}" + (
            f":{person + self.first}" if person is not None else ""
        )

    def told(self, variable: str, value: Value) -> str:
        """Return a value as a person reads it, with its label."""
        label = self.labels.get(variable, {}).get(value) if value is not None else None
        return text_of(value) + (f" '{label}'" if label else "")

    def words(self, variable: str, value: Value) -> set[str]:
        """Return the ways in which a value may be written: itself and its label, small letters."""
        label = self.labels.get(variable, {}).get(value, "") if value is not None else ""
        return {text_of(value).lower()} | ({text_of(label).lower()} if label else set())


def read(
    data: bytes,
    variables: Sequence[str],
    where: str,
    *,
    encoding: str | None = None,
    separator: str | None = None,
) -> Records:
    """Return the answers to ``variables``.

    A value that SPSS calls missing is none. Labels are kept beside the values.

    Raises:
        DataError: it is no such file, it lacks a variable, or it has no rows.
    """
    found = (
        _spss(data, variables, where)
        if data[:4] in _SPSS
        else _csv(data, variables, where, encoding, separator)
    )
    if not len(found):
        raise DataError("the file has no rows", where=where)
    return found


def _spss(data: bytes, variables: Sequence[str], where: str) -> Records:
    try:
        import pyreadstat
    except ImportError as lacking:
        raise DataError("an SPSS file needs 'pyreadstat'", _EXTRA, where=where) from lacking
    try:
        _, meta = pyreadstat.read_sav(io.BytesIO(data), metadataonly=True)
        _known(variables, list(meta.column_names), where)
        table, meta = pyreadstat.read_sav(
            io.BytesIO(data), usecols=list(variables), disable_datetime_conversion=True
        )
    except (pyreadstat.ReadstatError, UnicodeDecodeError) as broken:
        raise DataError(f"is no SPSS file: {broken}", where=where) from broken
    columns = {name: [_value(cell) for cell in table[name]] for name in variables}
    labels = {name: dict(meta.variable_value_labels.get(name, {})) for name in variables}
    return Records(where, columns, labels)


def _value(cell: object) -> Value:
    if cell is None or cell != cell:  # noqa: PLR0124 - NaN
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = text_of(cell)
    return text or None


def _known(variables: Sequence[str], held: Sequence[str], where: str) -> None:
    problems = [
        Problem(f"{where}!{name}", f"has no variable '{name}'{did_you_mean(name, held)}")
        for name in variables
        if name not in held
    ]
    if problems:
        raise DataError.of(problems, "nothing read")


def _csv(
    data: bytes, variables: Sequence[str], where: str, encoding: str | None, separator: str | None
) -> Records:
    if not data.strip():
        raise DataError("the file is empty", where=where)
    grid = delimited.read(data, variables, where, encoding=encoding, separator=separator)
    read_ = header.columns(grid, Layout(area=variables[0]), variables)
    rows = [row for row in range(1, len(grid.rows)) if not grid.blank(row)]
    if problems := header.obstacles(grid, rows, read_):
        raise DataError.of(problems, "nothing read")
    columns = {
        name: [_WHOLE.sub(r"\1", grid.text(row, column)) or None for row in rows]
        for name, column in read_.items()
    }
    return Records(where, columns, first=2)


def numbers(
    records: Records, variable: str, problems: list[Problem], *, least: float
) -> list[float]:
    """Return the numbers in a variable; each that is none, or below ``least``, is a problem."""
    values = records.columns[variable]
    texts = [value for value in values if isinstance(value, str)]
    sign, doubtful = amounts.decimal_sign(texts)
    found: list[float] = []
    wrong: list[int] = []
    for person, value in enumerate(values):
        amount = amounts.read(value if value is not None else "", {}, sign or ",", percent=False)
        bad = amount.wrong or value in doubtful or not amount.value > least
        found.append(1.0 if bad else amount.value)
        if bad:
            wrong.append(person)
    if wrong:
        shown = ", ".join(str(person + records.first) for person in wrong[:5])
        message = f"{variable}: {len(wrong)} rows hold no number above {least:g} (rows {shown}"
        message += ", ...)" if len(wrong) > 5 else ")"
        problems.append(Problem(records.at(variable, wrong[0]), message))
    return found
