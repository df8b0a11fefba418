"""Known errors of a supplier, mended when the figures are read, and only while they are there."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from wijkprofiel.errors import DataError, Problem
from wijkprofiel.model.computed import Finding, Severity, Status
from wijkprofiel.model.corrections import Correction

if TYPE_CHECKING:
    import pandas as pd

FILE = "configs/corrections.yaml"
_CLOSE = 1e-9


def apply(
    figures: pd.DataFrame, corrections: Sequence[Correction], editions: Mapping[str, str]
) -> tuple[pd.DataFrame, tuple[Correction, ...]]:
    """Return ``figures`` with the known errors mended, and the corrections that did so.

    A correction is applied only while the supplier's figure is still the wrong one that it
    expects. One of another edition, or of a figure that is not among these, is left alone: a
    list may be longer than the data. The interval of a mended figure goes, for it was about
    the wrong value.

    Args:
        figures: IndicatorTable, as the suppliers have it.
        corrections: in the order of the file.
        editions: per source table the edition that the figures are from.

    Raises:
        DataError: a supplier's figure is no longer the wrong one; all such at once.
    """
    wanted = [c for c in corrections if editions.get(c.source) == c.edition]
    if not wanted:
        return figures, ()
    figures = figures.copy()
    applied: list[Correction] = []
    problems: list[Problem] = []
    for correction in wanted:
        row = _row(figures, correction)
        if row is None:
            continue
        found = _told(float(figures["value"].loc[row]), str(figures["status"].loc[row]))
        if not _same(found, correction.expect):
            problems.append(_repaired(correction, found))
            continue
        ok = correction.value is not None
        figures.loc[row, "value"] = correction.value if ok else math.nan
        figures.loc[row, ["lower", "upper"]] = math.nan
        figures.loc[row, "status"] = Status.OK.value if ok else correction.status
        applied.append(correction)
    if problems:
        raise DataError.of(problems, "nothing read")
    return figures, tuple(applied)


def finding(correction: Correction) -> Finding:
    """Return what is told of a correction that was applied."""
    right = correction.value if correction.value is not None else str(correction.status)
    return Finding(
        "figure-corrected",
        Severity.INFO,
        FILE,
        f"{_what(correction)}: {_show(correction.expect)} of {correction.edition} is replaced by "
        f"{_show(right)} ({correction.reason}; reported {correction.reported.isoformat()})",
    )


def _row(figures: pd.DataFrame, correction: Correction) -> int | None:
    rows = figures.index[
        (figures["source"] == correction.source)
        & (figures["area"] == correction.area)
        & (figures["indicator"] == correction.indicator)
        & (figures["period"] == correction.period)
    ]
    return int(rows[0]) if len(rows) else None


def _told(value: float, status: str) -> float | str:
    return value if status == Status.OK.value else status


def _same(found: float | str, expect: float | str) -> bool:
    if isinstance(found, str) or isinstance(expect, str):
        return found == expect
    return math.isclose(found, expect, rel_tol=_CLOSE, abs_tol=_CLOSE)


def _what(correction: Correction) -> str:
    return f"{correction.area}, {correction.indicator}, {correction.period}"


def _repaired(correction: Correction, found: float | str) -> Problem:
    right = correction.value if correction.value is not None else correction.status
    if _same(found, right or ""):
        said = f"the supplier ({correction.edition}) has repaired it: it is {_show(found)} now"
        hint = "take the correction out"
    else:
        said = f"{correction.edition} has {_show(found)}, not the wrong {_show(correction.expect)}"
        hint = "the supplier changed it: look again, then mend the correction or take it out"
    return Problem(FILE, f"{_what(correction)}: {said}", hint)


def _show(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"
