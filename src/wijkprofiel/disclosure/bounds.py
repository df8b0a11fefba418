"""What an attacker can tell of a withheld amount: its lowest and highest, by linear programming.

The attacker solves two linear programmes per cell: the least and the greatest value of its amount
under everything known (Willenborg & de Waal, Elements of Statistical Disclosure Control, 2001,
ch. 6). Solved by HiGHS. The reduced costs of the optimum bound the same interval for every other
choice of withheld cells: :mod:`wijkprofiel.disclosure.secondary` makes its cuts of them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wijkprofiel.disclosure.cells import TINY, System

if TYPE_CHECKING:
    import highspy

_DUAL = 1e-9
"""Reduced costs below this are noise of the solver."""

Row = tuple[Sequence[tuple[int, float]], float, float]
"""Terms, lower and upper bound of one constraint."""


@dataclass(frozen=True, slots=True)
class Interval:
    """What an attacker knows of one cell.

    Attributes:
        reach: per cell, how much the interval is at most widened by withholding that cell.
        used: numbers of the relations that bound it.
    """

    low: float
    high: float
    reach: Mapping[int, float]
    used: tuple[int, ...]

    @property
    def width(self) -> float:
        """How far the two ends lie apart."""
        return self.high - self.low


def too_narrow(width: float, wanted: float) -> bool:
    """Return whether an interval is less wide than it must be, rounding errors aside."""
    return width < wanted - TINY * max(1.0, wanted)


class Attacker:
    """Somebody who knows the relations of a system and all its amounts except some."""

    def __init__(self, system: System) -> None:
        self._system = system
        amounts = [cell.amount for cell in system.cells]
        rows = [(r.terms, r.total - r.slack, r.total + r.slack) for r in system.relations]
        self._model = model([0.0] * len(amounts), (amounts, amounts), rows)
        self._free: set[int] = set()
        self._highest = list(amounts)
        self._lowest = list(amounts)

    def hide(self, numbers: Collection[int], slack: Mapping[int, float] | None = None) -> None:
        """Make these cells unknown, and all others known (within ± ``slack``)."""
        given = slack or {}
        wanted = set(numbers) | set(given)
        for number in sorted(self._free ^ wanted | set(given)):
            cell = self._system.cells[number]
            room = math.inf if number in numbers else given.get(number, 0.0)
            low = max(min(0.0, cell.amount), cell.amount - room)
            high = min(max(cell.high, cell.amount), cell.amount + room)
            self._model.changeColBounds(number, low, high)
        self._free = wanted
        amounts = [cell.amount for cell in self._system.cells]
        self._highest, self._lowest = list(amounts), list(amounts)

    def seen(self, number: int) -> float:
        """Return how wide the interval is at least, from what was solved for other cells."""
        return self._highest[number] - self._lowest[number]

    def interval(self, number: int) -> Interval:
        """Return what the attacker knows of one cell."""
        import highspy

        reach: dict[int, float] = {}
        used: set[int] = set()
        ends = []
        for sign in (1.0, -1.0):
            self._model.changeColCost(number, sign)
            self._model.run()
            if self._model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                raise RuntimeError(f"HiGHS: {self._model.getModelStatus()}")
            solution = self._model.getSolution()
            values = list(solution.col_value)
            ends.append(values[number])
            self._see(values)
            self._add_reach(reach, list(solution.col_dual))
            used |= {i for i, dual in enumerate(solution.row_dual) if abs(dual) > TINY}
        self._model.changeColCost(number, 0.0)
        return Interval(ends[0], ends[1], reach, tuple(sorted(used)))

    def _see(self, values: Sequence[float]) -> None:
        for other in self._free:
            self._highest[other] = max(self._highest[other], values[other])
            self._lowest[other] = min(self._lowest[other], values[other])

    def _add_reach(self, reach: dict[int, float], duals: Sequence[float]) -> None:
        """Add per cell what it lets the end move: reduced cost times its room on that side."""
        for other, dual in enumerate(duals):
            if abs(dual) > _DUAL:
                cell = self._system.cells[other]
                room = cell.amount if dual > 0 else cell.high - cell.amount
                reach[other] = reach.get(other, 0.0) + abs(dual) * max(0.0, room)


def model(
    costs: Sequence[float],
    bounds: tuple[Sequence[float], Sequence[float]],
    rows: Sequence[Row],
    *,
    whole: bool = False,
) -> highspy.Highs:
    """Return a linear programme that minimises; one thread, no output, the same on every run.

    Args:
        costs: per column.
        bounds: lower and upper, per column.
        rows: constraints.
        whole: the columns are whole numbers.
    """
    import highspy
    import numpy as np

    terms = [term for row, _, _ in rows for term in row]
    starts = np.cumsum([0, *(len(row) for row, _, _ in rows)])
    programme: Any = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(costs), len(rows)
    programme.col_cost_ = np.array(costs, dtype=float)
    programme.col_lower_ = np.array(bounds[0], dtype=float)
    programme.col_upper_ = np.array(bounds[1], dtype=float)
    programme.row_lower_ = np.array([low for _, low, _ in rows], dtype=float)
    programme.row_upper_ = np.array([high for _, _, high in rows], dtype=float)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = starts
    programme.a_matrix_.index_ = np.array([number for number, _ in terms], dtype=np.int32)
    programme.a_matrix_.value_ = np.array([coefficient for _, coefficient in terms], dtype=float)
    if whole:
        programme.integrality_ = [highspy.HighsVarType.kInteger] * len(costs)
    made: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]  # as highspy has it
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        made.setOptionValue(option, value)
    made.passModel(programme)
    return made
