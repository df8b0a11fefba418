"""Which further cells are withheld, so that no small one can be worked out from the others.

Fischetti & Salazar-González, "Solving the cell suppression problem on tabular data with linear
constraints", Management Science 47 (2001) 1008-1027: a 0-1 programme chooses the cells of least
weight; for each sensitive cell the attacker's two linear programmes tell whether its interval is
wide enough; where it is not, their reduced costs give an inequality that every safe choice obeys,
and the choice is made again. Protection is "sliding": the width counts, not the two sides.

A component of more than :data:`EXACT` free cells is solved by the linear relaxation of that
programme, rounded up; then every cell that is not needed is given back, dearest first, each time
with the attack as the judge. Both ways end only when the attack fails on every sensitive cell.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from wijkprofiel.disclosure.bounds import Attacker, model, too_narrow
from wijkprofiel.disclosure.cells import TINY, Key, System

EXACT = 150
"""Cells to choose from, above which the choice is no longer proven to be the cheapest."""

NODES = 2000
"""Of the search for whole numbers: a number, not a time, so that two machines choose the same."""

_WHOLE = 1e-6


@dataclass(frozen=True, slots=True)
class Choice:
    """What is withheld.

    Attributes:
        withheld: sensitive cells, and those that are withheld for their sake.
        given_away: sensitive cells that earlier publications give away whatever is chosen.
    """

    withheld: frozenset[Key]
    given_away: tuple[Key, ...]


def choose(system: System) -> Choice:
    """Return the cells to withhold so that every sensitive one keeps its protection.

    A sensitive cell that was published before is withheld, but cannot be protected.
    """
    withheld: set[Key] = set()
    given_away: list[Key] = []
    for part in system.components():
        sensitive = [i for i, cell in enumerate(part.cells) if cell.protection > 0]
        withheld |= {part.cells[i].key for i in sensitive}
        attacker = Attacker(part)
        lost, wanted = _wanted(part, sensitive, attacker)
        given_away += [part.cells[i].key for i in lost]
        withheld |= {part.cells[i].key for i in _chosen(part, sensitive, wanted, attacker)}
    hidden = {cell.key for cell in system.cells if cell.hidden}
    return Choice(frozenset(withheld - hidden), tuple(sorted(given_away)))


def _wanted(
    part: System, sensitive: Sequence[int], attacker: Attacker
) -> tuple[list[int], dict[int, float]]:
    """Return the cells that are lost, and how wide the interval of each other one must be.

    Lost is what was published, or what follows from that.
    """
    lost = [i for i in sensitive if part.cells[i].known]
    able = [i for i, cell in enumerate(part.cells) if not cell.known]
    wanted = {i: part.cells[i].protection for i in sensitive if i not in lost}
    if len(able) == len(part.cells):
        return lost, wanted
    attacker.hide(able)
    short = [i for i in wanted if _narrow(attacker, i, wanted[i])]
    if short:
        best = {i: attacker.interval(i).width for i in short}
        attacker.hide(range(len(part.cells)))
        for i in short:
            wanted[i] = min(wanted[i], attacker.interval(i).width)
            if too_narrow(best[i], wanted[i]):
                lost.append(i)
                del wanted[i]
    return lost, {i: width for i, width in wanted.items() if width > TINY}


def _narrow(attacker: Attacker, number: int, wanted: float) -> bool:
    seen_enough = not too_narrow(attacker.seen(number), wanted)
    return not seen_enough and too_narrow(attacker.interval(number).width, wanted)


def _chosen(
    part: System, sensitive: Sequence[int], wanted: dict[int, float], attacker: Attacker
) -> set[int]:
    """Return the cells to withhold beside the sensitive ones."""
    hidden = {i for i, cell in enumerate(part.cells) if cell.hidden}
    fixed = hidden | {i for i in sensitive if not part.cells[i].known}
    free = [i for i, cell in enumerate(part.cells) if i not in fixed and not cell.known]
    master = _Master([part.cells[i].weight for i in free], exact=len(free) <= EXACT)
    column = {number: place for place, number in enumerate(free)}
    for row in part.relations:
        members = [number for number, coefficient in row.terms if abs(coefficient) > TINY]
        if len(alone := [i for i in members if i in fixed]) == 1 and alone[0] in wanted:
            master.demand({column[i]: 1.0 for i in members if i in column}, 1.0)
    while True:
        chosen = {free[place] for place in master.solve()}
        attacker.hide(fixed | chosen)
        safe, lowered = True, dict[int, float]()
        for number, width in wanted.items():
            if not too_narrow(attacker.seen(number), width):
                continue
            found = attacker.interval(number)
            if too_narrow(found.width, width):
                safe = False
                lacking = width - sum(found.reach.get(i, 0.0) for i in fixed)
                reach = {column[i]: r for i, r in found.reach.items() if i in column}
                if not master.demand(reach, lacking):
                    lowered[number] = _widest(part, number)
                    if not too_narrow(lowered[number], width):
                        master.demand_all()
        wanted.update(lowered)
        if safe:
            return chosen if master.proven else _lean(part, fixed, chosen, wanted, attacker)


def _widest(part: System, number: int) -> float:
    """Return the width of an interval when nothing at all is published: more cannot be asked."""
    attacker = Attacker(part)
    attacker.hide(range(len(part.cells)))
    return attacker.interval(number).width


def _lean(
    part: System,
    fixed: Collection[int],
    chosen: Collection[int],
    wanted: Mapping[int, float],
    attacker: Attacker,
) -> set[int]:
    """Give back every cell without which the attack still fails, dearest first."""
    kept = set(chosen)
    for number in sorted(kept, key=lambda i: (-part.cells[i].weight, i)):
        attacker.hide({*fixed, *kept} - {number})
        if not any(_narrow(attacker, i, width) for i, width in wanted.items()):
            kept.discard(number)
    return kept


class _Master:
    """The 0-1 programme: least weight under all demands so far."""

    def __init__(self, weights: Sequence[float], *, exact: bool) -> None:
        self.proven = True
        self._exact = exact
        self._weights = weights
        self._rows: list[tuple[list[tuple[int, float]], float]] = []
        ones = [1.0] * len(weights)
        self._relaxed = model(weights, ([0.0] * len(weights), ones), [])

    def demand(self, reach: Mapping[int, float], least: float) -> bool:
        """Ask that the chosen cells reach at least this far; return False where all cannot."""
        terms = [(place, min(r, least)) for place, r in sorted(reach.items()) if r > TINY]
        if sum(r for _, r in terms) < least * (1 - TINY):
            return False
        scaled = [(place, coefficient / least) for place, coefficient in terms]
        self._rows.append((scaled, 1.0))
        places = [place for place, _ in scaled]
        coefficients = [coefficient for _, coefficient in scaled]
        self._relaxed.addRow(1.0, math.inf, len(scaled), places, coefficients)
        return True

    def demand_all(self) -> None:
        """Ask for every cell: what rounding errors make look impossible is still protected."""
        for place in range(len(self._weights)):
            self.demand({place: 1.0}, 1.0)

    def solve(self) -> list[int]:
        """Return the columns that are chosen."""
        if not self._rows:
            return []
        self._relaxed.run()
        found = list(self._relaxed.getSolution().col_value)
        if all(min(value, 1 - value) < _WHOLE for value in found):
            return [place for place, value in enumerate(found) if value > 0.5]
        if self._exact and (whole := self._whole()) is not None:
            return whole
        self.proven = False
        return [place for place, value in enumerate(found) if value > _WHOLE]

    def _whole(self) -> list[int] | None:
        """Return the cheapest whole solution, None where the search is too long."""
        import highspy

        size = len(self._weights)
        rows = [(terms, least, math.inf) for terms, least in self._rows]
        made = model(self._weights, ([0.0] * size, [1.0] * size), rows, whole=True)
        made.setOptionValue("mip_rel_gap", 0.0)
        made.setOptionValue("mip_max_nodes", NODES)
        made.run()
        if made.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = made.getSolution().col_value
        return [place for place, value in enumerate(values) if value > 0.5]
