"""A small CSV of our own: fixed columns, comma, UTF-8."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, Problem, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

_MOST = 50
"""Problems told of one file; a file with more has one cause."""


def read_csv(
    data: bytes,
    where: str,
    *,
    text: Sequence[str],
    numbers: Sequence[str],
    optional: Sequence[str] = (),
) -> pd.DataFrame:
    """Return the columns ``text`` (str, empty for nothing) and ``numbers`` (float).

    Args:
        data: UTF-8, comma, point as decimal sign, one header row.
        where: the file it came from, for errors.
        text: names of the columns of text.
        numbers: names of the columns of numbers; every cell has one.
        optional: columns of text that may be missing: then every cell is empty.

    Raises:
        DataError: a column is missing or unknown, a cell is no number, or there is no row.
    """
    import pandas as pd

    try:
        table = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    except (ValueError, UnicodeDecodeError) as broken:
        raise DataError(f"is no CSV: {broken}", where=where) from broken
    expected = [*text, *optional, *numbers]
    problems = [
        Problem(f"{where}:1", f"{name}: unknown column{did_you_mean(name, expected)}")
        for name in table.columns
        if name not in expected
    ]
    problems += [
        Problem(f"{where}:1", f"{name}: this column is missing")
        for name in (*text, *numbers)
        if name not in table.columns
    ]
    if problems:
        raise DataError.of(problems, "nothing read")
    if table.empty:
        raise DataError("the table has no rows", where=where)
    parsed = table[list(numbers)].apply(pd.to_numeric, errors="coerce").astype(float)
    problems = [
        Problem(f"{where}:{row + 2}", f"{name}: {table[name][row]!r} is no number")
        for name in numbers
        for row in parsed.index[parsed[name].isna()]
    ]
    if problems:
        raise DataError.of(problems[:_MOST], "nothing read")
    filled = {name: "" for name in optional if name not in table.columns}
    return table.assign(**filled)[[*text, *optional]].join(parsed)
