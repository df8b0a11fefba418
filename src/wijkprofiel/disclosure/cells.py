"""What an attacker can calculate with: numbers of people between bounds, and sums that hold.

Every figure of a survey becomes an amount c = n · p / 100 (a count is its own amount; a mean of
another unit gives n times the mean). The attacker is assumed to know every n, so that the bounds
0 ≤ c ≤ n hold, which is the complement (n − c) as well, and to know every published figure to its
last decimal: more than anybody has, so that what withstands this attack withstands a weaker one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

TINY = 1e-6
"""Amounts that differ by less than this times their size are the same."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Which figure: of one CBS area, of several together, or what is left of one.

    Attributes:
        places: CBS codes, sorted; one for a published area, several for an own area.
        rest: it is what remains of ``places`` beside the areas in it that have a figure.
    """

    source: str
    indicator: str
    period: str
    places: tuple[str, ...]
    rest: bool = False

    def __str__(self) -> str:
        """Return how an error names it; never its value."""
        place = "+".join(self.places)
        return f"{'rest of ' if self.rest else ''}{place} {self.indicator} {self.period}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One amount.

    Attributes:
        amount: the true one, in people (times the mean, for a unit that is no share or count).
        high: the attacker knows that the amount lies between 0 and this.
        protection: 0 for a cell that may be shown; else the attacker's interval must be at least
            this wide.
        weight: what withholding it costs, against other cells.
        hidden: it stands in no table, and is not published whatever is chosen.
        known: it was published before: withholding it hides nothing.
    """

    key: Key
    amount: float
    high: float
    protection: float = 0.0
    weight: float = 1.0
    hidden: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A weighted sum of amounts that the attacker knows: Σ coefficient · amount = total.

    The total is taken from the true amounts. It is 0 where all are exact; what rounding or the
    weights of a survey make it deviate is assumed to be known too.

    Attributes:
        terms: number of a cell, and its coefficient.
        name: how a message tells it.
        slack: the total is known within ± this.
    """

    terms: tuple[tuple[int, float], ...]
    total: float
    name: str
    slack: float = 0.0


@dataclass(frozen=True)
class System:
    """All cells and relations, in an order that does not depend on that of the rows."""

    cells: tuple[Cell, ...]
    relations: tuple[Relation, ...]

    @cached_property
    def numbers(self) -> Mapping[Key, int]:
        """Number of each cell."""
        return {cell.key: number for number, cell in enumerate(self.cells)}

    def components(self) -> list[System]:
        """Return the parts that share no cell, those without a cell to protect left out."""
        first = list(range(len(self.cells)))

        def root(number: int) -> int:
            while first[number] != number:
                first[number] = first[first[number]]
                number = first[number]
            return number

        for relation in self.relations:
            roots = sorted({root(number) for number, _ in relation.terms})
            for other in roots[1:]:
                first[other] = roots[0]
        wanted = {root(i) for i, cell in enumerate(self.cells) if cell.protection > 0}
        members: dict[int, list[int]] = {number: [] for number in sorted(wanted)}
        for number in range(len(self.cells)):
            if root(number) in members:
                members[root(number)].append(number)
        within: dict[int, list[Relation]] = {number: [] for number in members}
        for relation in self.relations:
            if relation.terms and (top := root(relation.terms[0][0])) in within:
                within[top].append(relation)
        return [self._part(numbers, within[top]) for top, numbers in members.items()]

    def _part(self, numbers: Iterable[int], relations: Iterable[Relation]) -> System:
        new = {old: number for number, old in enumerate(numbers)}
        return System(
            tuple(self.cells[old] for old in new),
            tuple(
                Relation(
                    tuple((new[old], coefficient) for old, coefficient in relation.terms),
                    relation.total,
                    relation.name,
                    relation.slack,
                )
                for relation in relations
            ),
        )


def relation(
    cells: Mapping[int, Cell], terms: Iterable[tuple[int, float]], name: str, slack: float = 0.0
) -> Relation:
    """Return the relation that the true amounts of ``cells`` obey."""
    kept = tuple(terms)
    total = sum(coefficient * cells[number].amount for number, coefficient in kept)
    return Relation(kept, total, name, slack)
