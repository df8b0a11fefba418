"""From survey figures to what an attacker calculates with.

* buurt → wijk → gemeente → land, and what a group of a survey consists of: where the people asked
  add up, so do the amounts (of a weighted survey in proportion to what they weigh); where they
  are fewer than those of the area around them, what is left is a cell of its own that stands in no
  table, and is protected when it is small;
* categories: an indicator that is the ``sum_of`` others, where all were asked of the same people;
* a ratio that was published, between its two parts;
* an own area of several parts: the weighted sum of its parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wijkprofiel.disclosure.cells import Cell, Key, Relation, System, relation
from wijkprofiel.disclosure.primary import is_small
from wijkprofiel.model import Figure, Indicator, OwnArea, SourceTable, Thresholds

if TYPE_CHECKING:
    import pandas as pd

SAME_PEOPLE = 0.5
"""Numbers of people that differ by less than this are the same number."""

_RANK = {"BU": 0.0, "WK": 0.1, "GM": 0.2}
_OWN_AREA, _LARGEST, _TOTAL = 0.15, 0.3, 0.15
"""What withholding costs beside the 1 that every cell costs: a large or a total one a bit more."""


@dataclass(frozen=True, slots=True)
class Union:
    """An own area's figure, before disclosure control.

    Attributes:
        factors: by how much the value of each part counts.
        asked: parts whose figure is of a survey.
    """

    own: OwnArea
    figure: Figure
    factors: Mapping[str, float]
    asked: frozenset[str]

    @property
    def key(self) -> Key:
        """Which figure it is."""
        codes = tuple(sorted(part.code for part in self.own.parts))
        return Key(self.figure.source, self.figure.indicator, self.figure.period, codes)


@dataclass(frozen=True, slots=True)
class Answers:
    """The figures that disclosure control looks at.

    Attributes:
        figures: IndicatorTable of survey sources, with a value and an n.
        small: key of every figure that the first rule withholds.
        parents: code → code of the area around it.
        published: key → value, what earlier publications say.
        counted: key → unweighted number that said yes, where that is known.
        weights: key → what all who answered weigh together, where that is known.
        groups: code → codes that it consists of, for the groups of a survey.
    """

    figures: pd.DataFrame
    small: frozenset[Key]
    sources: Mapping[str, SourceTable]
    indicators: Mapping[str, Indicator]
    parents: Mapping[str, str]
    unions: tuple[Union, ...] = ()
    published: Mapping[Key, float] = field(default_factory=dict)
    counted: Mapping[Key, float] = field(default_factory=dict)
    weights: Mapping[Key, float] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def tainted(whole: System, withheld: Collection[Key]) -> frozenset[Key]:
    """Return the cells that hold one that is withheld, or a small one that stands in no table."""
    start = {cell.key for cell in whole.cells if cell.hidden and cell.protection > 0}
    start |= set(withheld)
    found = set(start)
    keys = [cell.key for cell in whole.cells]
    sums = [
        ({keys[i] for i, c in row.terms if c > 0}, {keys[i] for i, c in row.terms if c < 0})
        for row in whole.relations
    ]
    size = -1
    while size < len(found):
        size = len(found)
        for parts, around in sums:
            if parts & found:
                found |= around
    return frozenset(found) - start


def system(answers: Answers) -> System:
    """Return all cells and relations, in the order of their keys."""
    draft = _Draft(answers)
    for row in answers.figures.to_dict("records"):
        key = Key(row["source"], row["indicator"], row["period"], (row["area"],))
        draft.add(key, row["value"], row["n"], small=key in answers.small)
    draft.levels()
    draft.categories()
    draft.ratios()
    for union in answers.unions:
        draft.union(union)
    return draft.system()


@dataclass
class _Draft:
    """Cells by key and relations between keys, while they are gathered."""

    answers: Answers
    amounts: dict[Key, float] = field(default_factory=dict)
    people: dict[Key, float] = field(default_factory=dict)
    small: set[Key] = field(default_factory=set)
    sums: list[tuple[dict[Key, float], str]] = field(default_factory=list)

    def add(self, key: Key, value: float, n: float, *, small: bool) -> None:
        """Add the cell of one figure; a class has no amount."""
        unit = self._unit(key)
        if unit == "class":
            return
        self.amounts[key] = value if unit == "count" else n * value * self._share(unit)
        self.people[key] = n
        if small:
            self.small.add(key)

    def levels(self) -> None:
        """Add the sums over areas, and what is left of an area."""
        for (source, indicator, period), codes in sorted(self._groups().items()):
            inner: dict[str, list[str]] = defaultdict(list)
            for code in sorted(codes):
                if around := self._around(code, codes):
                    inner[around].append(code)
                if named := self.answers.groups.get(code):
                    inner[code] += self._within(named, codes)
            for around, parts in sorted(inner.items()):
                whole = Key(source, indicator, period, (around,))
                self._level(whole, [Key(source, indicator, period, (part,)) for part in parts])

    def _level(self, whole: Key, parts: list[Key]) -> None:
        left = self.people[whole] - sum(self.people[part] for part in parts)
        if left < -SAME_PEOPLE:
            return
        *each, last = self._counts(whole, parts, left)
        terms = {whole: -1.0, **dict(zip(parts, each, strict=True))}
        if left > SAME_PEOPLE:
            rest = Key(whole.source, whole.indicator, whole.period, whole.places, rest=True)
            amount = -sum(times * self.amounts[key] for key, times in terms.items()) / last
            top = left if self._of_people(rest) else abs(amount)
            self.amounts[rest] = min(max(amount, 0.0), top)
            self.people[rest] = left
            # Of a weighted survey the people count: their weighted number only tells of them.
            said = self._counted({whole: 1.0, **dict.fromkeys(parts, -1.0)}, amount)
            if is_small(self._rule(rest), left, said if self._of_people(rest) else None):
                self.small.add(rest)
            terms[rest] = last
        self.sums.append((terms, f"{whole.places[0]} and what lies in it"))

    def _counts(self, whole: Key, parts: list[Key], left: float) -> list[float]:
        """Return what one person of each part counts for in the whole, and last of what is left.

        1, but of a weighted survey its weight: a wijk of which few people were asked weighs more
        than its n, so that those of another tell more of it.
        """
        known = self.answers.weights
        if any(key not in known for key in (whole, *parts)):
            return [1.0] * (len(parts) + 1)
        mean = known[whole] / self.people[whole]
        found = [known[part] / self.people[part] / mean for part in parts]
        heavy = known[whole] - sum(known[part] for part in parts)
        return [*found, heavy / left / mean if left > SAME_PEOPLE and heavy > 0 else 1.0]

    def categories(self) -> None:
        """Add the sums of categories that were asked of the same people."""
        for whole in sorted(self.amounts):
            indicator = self.answers.indicators.get(whole.indicator)
            if whole.rest or indicator is None or not indicator.sum_of:
                continue
            parts = [self._other(whole, name) for name in indicator.sum_of]
            if all(part in self.amounts and self._same(part, whole) for part in parts):
                terms = {whole: -1.0, **dict.fromkeys(parts, 1.0)}
                self.sums.append((terms, f"{whole.indicator} and its parts"))

    def ratios(self) -> None:
        """Add ratios that were published before: they tie numerator and denominator."""
        for key, value in sorted(self.answers.published.items()):
            indicator = self.answers.indicators.get(key.indicator)
            if indicator is None or indicator.ratio is None:
                continue
            above, below = (self._other(key, name) for name in indicator.ratio)
            if above in self.amounts and below in self.amounts:
                per_one = value / indicator.ratio_factor
                self.sums.append(({above: 1.0, below: -per_one}, f"{key.indicator} (published)"))

    def union(self, union: Union) -> None:
        """Add the cell of an own area, and how its parts make it; not where a part has no n."""
        figure, whole = union.figure, union.key
        parts = {
            self._other(whole, whole.indicator, code): factor
            for code, factor in union.factors.items()
            if code in union.asked
        }
        if figure.value is None or not parts or any(part not in self.amounts for part in parts):
            return
        asked = sum(self.people[part] for part in parts)
        counted = self._unit(whole) == "count"
        each = 1.0 if counted else asked * self._share(self._unit(whole))
        amount, rule = figure.value * each, self._rule(whole)
        said = {amount, self._counted(dict.fromkeys(parts, 1.0), amount)}
        small = any(is_small(rule, asked, s if self._of_people(whole) else None) for s in said)
        self.add(whole, figure.value, asked, small=small)
        terms = {part: f if counted else f * asked / self.people[part] for part, f in parts.items()}
        self.sums.append(({whole: -1.0, **terms}, f"{union.own.slug} and its parts"))

    def _counted(self, signs: Mapping[Key, float], amount: float) -> float:
        """Return the unweighted number that said yes, ``amount`` where that is not known."""
        known = self.answers.counted
        if any(key not in known for key in signs):
            return amount
        return sum(sign * known[key] for key, sign in signs.items())

    def system(self) -> System:
        """Return what was gathered, in the order of the keys."""
        keys = sorted(self.amounts)
        means = self._means()
        most = max(self.people.values(), default=1.0)
        cells = {i: self._cell(key, i, means, most) for i, key in enumerate(keys)}
        numbers = {key: i for i, key in enumerate(keys)}
        made: set[Relation] = set()
        for terms, name in self.sums:
            made.add(relation(cells, sorted((numbers[k], c) for k, c in terms.items()), name))
        relations = sorted(made, key=lambda r: (r.terms, r.name))
        return System(tuple(cells.values()), tuple(relations))

    def _cell(
        self, key: Key, number: int, means: Mapping[tuple[str, ...], float], most: float
    ) -> Cell:
        n, amount, rule = self.people[key], self.amounts[key], self._rule(key)
        # A mean that is no share of people counts in what an average person brings.
        each = 1.0 if self._of_people(key) else means[key.source, key.indicator, key.period]
        weight = 1 + (_OWN_AREA if len(key.places) > 1 else _RANK.get(key.places[0][:2], _LARGEST))
        indicator = self.answers.indicators.get(key.indicator)
        weight += _TOTAL if indicator is not None and indicator.sum_of else 0.0
        return Cell(
            key,
            amount,
            max(amount, n if self._of_people(key) else 2 * each * n),
            protection=min(rule.protection, n) * each if key in self.small else 0.0,
            weight=weight + 0.05 * n / most + 1e-7 * number,
            hidden=key.rest,
            known=key in self.answers.published,
        )

    def _means(self) -> dict[tuple[str, ...], float]:
        amounts: dict[tuple[str, ...], float] = defaultdict(float)
        people: dict[tuple[str, ...], float] = defaultdict(float)
        for key in sorted(self.amounts):
            amounts[key.source, key.indicator, key.period] += abs(self.amounts[key])
            people[key.source, key.indicator, key.period] += self.people[key]
        return {group: amount / people[group] for group, amount in amounts.items()}

    def _groups(self) -> dict[tuple[str, str, str], set[str]]:
        groups: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for key in self.amounts:
            groups[key.source, key.indicator, key.period].add(key.places[0])
        return groups

    def _around(self, code: str, codes: Iterable[str]) -> str:
        """Return the nearest area around one that has a figure, "" where none has."""
        seen = {code}
        around = self.answers.parents.get(code, "")
        while around and around not in codes and around not in seen:
            seen.add(around)
            around = self.answers.parents.get(around, "")
        return "" if around in seen else around

    def _within(self, named: Iterable[str], codes: set[str]) -> list[str]:
        """Return the outermost areas with a figure in the areas of a group."""
        return [
            code
            for part in named
            for code in sorted(codes)
            if code == part or (part not in codes and self._around(code, {*codes, part}) == part)
        ]

    @staticmethod
    def _other(key: Key, indicator: str, place: str = "") -> Key:
        return Key(key.source, indicator, key.period, (place,) if place else key.places)

    def _same(self, one: Key, other: Key) -> bool:
        return abs(self.people[one] - self.people[other]) < SAME_PEOPLE

    def _unit(self, key: Key) -> str:
        indicator = self.answers.indicators.get(key.indicator)
        return indicator.unit if indicator is not None else "percent"

    def _of_people(self, key: Key) -> bool:
        return self._unit(key) in {"percent", "count"}

    @staticmethod
    def _share(unit: str) -> float:
        return 0.01 if unit == "percent" else 1.0

    def _rule(self, key: Key) -> Thresholds:
        return self.answers.sources[key.source].disclosure
