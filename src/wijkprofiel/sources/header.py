"""Where a table stands on its sheet: the columns that are wanted, and the rows below them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from wijkprofiel.errors import DataError, Problem, did_you_mean
from wijkprofiel.sources.grid import Grid, letters, text_of
from wijkprofiel.sources.layout import Layout

JOINT = " / "
"""Between the parts of a column name that stands in several rows."""

_SEARCHED = 30
"""Rows in which a header that is not where it should be is looked for."""


def columns(grid: Grid, layout: Layout, wanted: Collection[str]) -> dict[str, int]:
    """Return wanted column name → number.

    Args:
        grid: the sheet.
        layout: which rows hold the names.
        wanted: names that must be there, each once; other columns may be anything.

    Raises:
        DataError: the header is not there, is merged, or has a wanted name twice or not at all.
    """
    rows = layout.header_rows
    if not any(not grid.blank(row) for row in range(len(grid.rows))):
        hint = f"row {rows[0]} should be its header"
        raise DataError("the table is empty", hint, where=grid.where)
    if rows[-1] > len(grid.rows):
        hint = f"the sheet has {len(grid.rows)} rows"
        raise DataError(f"has no row {rows[-1]} for its header", hint, where=grid.where)
    if len(rows) == 1:
        _refuse_merged(grid, rows[0] - 1)
    names = _names(grid, [row - 1 for row in rows])
    asked = {name: text_of(name) for name in wanted}
    problems = [
        Problem(grid.at(rows[-1] - 1, i), f"the column '{name}' stands there twice")
        for i, name in enumerate(names)
        if name in asked.values() and name in names[:i]
    ]
    elsewhere = _elsewhere(grid, rows, set(asked.values()))
    problems += [
        Problem(
            grid.at(rows[-1] - 1),
            f"has no column '{name}'{did_you_mean(name, names)}",
            elsewhere or "it has " + ", ".join(dict.fromkeys(n for n in names if n)),
        )
        for name in asked.values()
        if name not in names
    ]
    if problems:
        raise DataError.of(problems, "nothing read")
    return {name: names.index(text) for name, text in asked.items()}


def body(grid: Grid, layout: Layout) -> list[int]:
    """Return the rows of the table, from 0: those below the header that hold anything."""
    first = layout.header_rows[-1]
    last = layout.end if isinstance(layout.end, int) else len(grid.rows)
    found: list[int] = []
    for row in range(first, min(last, len(grid.rows))):
        if not grid.blank(row):
            found.append(row)
        elif layout.end == "blank" and found:
            break
    return found


def obstacles(grid: Grid, rows: Sequence[int], read: Mapping[str, int]) -> list[Problem]:
    """Return what stands in the way of reading the cells of some columns.

    Merged cells (only the first holds the value), hidden rows and columns (nobody sees what is
    read), and rows of a CSV with more or fewer cells than the header.
    """
    return [
        *_merged(grid, rows, read),
        *_hidden(grid, rows, read),
        *(_ragged(grid, rows, read) if grid.separator else ()),
    ]


def _refuse_merged(grid: Grid, row: int) -> None:
    for (top, left), (bottom, right) in grid.marks.merged:
        if top <= row <= bottom:
            raise DataError(
                f"the header is merged ({letters(left)}{top + 1}:{letters(right)}{bottom + 1})",
                "give every column one name in one row, or name all rows of the header: "
                "header: [1, 2]",
                where=grid.at(row, left),
            )


def _names(grid: Grid, rows: Sequence[int]) -> list[str]:
    """Return the names of all columns, those of several rows joined.

    In all rows but the last a name holds for the columns to its right: as far as it is merged,
    or, where nothing is merged, up to the next name.
    """
    width = max(len(grid.rows[row]) for row in rows)
    parts = [[grid.text(row, column) for column in range(width)] for row in rows]
    for row, texts in zip(rows[:-1], parts[:-1], strict=True):
        spans = [s for s in grid.marks.merged if s[0][0] == row and s[0][1] < s[1][1]]
        for (_, left), (_, right) in spans:
            texts[left : right + 1] = [texts[left]] * (right + 1 - left)
        if not spans:
            for column in range(1, width):
                texts[column] = texts[column] or texts[column - 1]
    return [JOINT.join(dict.fromkeys(t for t in stack if t)) for stack in zip(*parts, strict=True)]


def _elsewhere(grid: Grid, rows: Sequence[int], wanted: set[str]) -> str:
    """Return a hint where another row holds all the wanted names."""
    for row in range(min(len(grid.rows), _SEARCHED)):
        if row + 1 not in rows and wanted <= {text_of(cell) for cell in grid.rows[row]}:
            return f"row {row + 1} has them all: write header: {row + 1}"
    return ""


def _merged(grid: Grid, rows: Sequence[int], read: Mapping[str, int]) -> list[Problem]:
    own, used = set(rows), set(read.values())
    return [
        Problem(
            grid.at(top, left),
            f"cells are merged ({letters(left)}{top + 1}:{letters(right)}{bottom + 1}): "
            "only the first holds the value",
            "undo the merge and fill every cell",
        )
        for (top, left), (bottom, right) in grid.marks.merged
        if own & set(range(top, bottom + 1)) and used & set(range(left, right + 1))
    ]


def _hidden(grid: Grid, rows: Sequence[int], read: Mapping[str, int]) -> list[Problem]:
    hint = "make it visible in Excel, or take it out"
    problems = [
        Problem(grid.at(row, min(read.values())), "the row is hidden", hint)
        for row in rows
        if row in grid.marks.hidden_rows
    ]
    return problems + [
        Problem(grid.at(rows[0] - 1, column), f"the column '{name}' is hidden", hint)
        for name, column in read.items()
        if column in grid.marks.hidden_columns
    ]


def _ragged(grid: Grid, rows: Sequence[int], read: Mapping[str, int]) -> list[Problem]:
    problems: list[Problem] = []
    width = len(grid.rows[rows[0] - 1]) if rows else 0
    for row in rows:
        cells = grid.rows[row]
        if any(text_of(cell) for cell in cells[width:]):
            message = f"the row has {len(cells)} cells, the header {width}"
            hint = f"put a text that holds '{grid.separator}' between quotes"
            problems.append(Problem(grid.at(row, width), message, hint))
        elif 1 < len(cells) <= max(read.values()):
            message = f"the row stops here: it has {len(cells)} cells, the header {width}"
            problems.append(Problem(grid.at(row, len(cells)), message))
    return problems
