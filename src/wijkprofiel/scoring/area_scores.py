"""Every domain of a framework for one area: score, interval, and verdicts on its differences.

The score is made by the steps of :mod:`wijkprofiel.scoring.domains`. A comparison takes the
indicators that both have, and asks the coverage rule of them: (D − D of the comparator)/SD. Where
the area is a large part of a comparator it is compared with the rest of it, as its indicators are.
docs/method.md §1.5, §2 and §3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wijkprofiel.model import (
    Domain,
    DomainScore,
    Framework,
    FrameworkResult,
    ReferenceStats,
    SlotScore,
    Verdict,
)
from wijkprofiel.scoring import intervals, normalise, uncertainty
from wijkprofiel.scoring.domains import Key, Raw, joined, raw, slot_id
from wijkprofiel.scoring.intervals import Gap, SlotErrors
from wijkprofiel.scoring.uncertainty import Errors

Numbers = NDArray[np.float64]

NOTHING: Mapping[str, float] = MappingProxyType({})
"""No indicator."""


@dataclass(frozen=True, slots=True)
class Comparator:
    """An area that a domain is compared with; every figure normalised, by indicator.

    Attributes:
        code: of the area.
        values: its own figures.
        other: what the difference is taken with: of the rest of it, where the area holds a large
            part of its people; None: its own figures.
        se: standard errors of the difference, for the indicators that have margins.
    """

    code: str
    values: Mapping[str, float | None]
    other: Mapping[str, float | None] | None = None
    se: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparators:
    """Who a domain is compared with: the country, which is the zero point, and the gemeente.

    Attributes:
        gemeente: None where there is none to compare with.
    """

    country: Comparator
    gemeente: Comparator | None = None


def score(
    framework: Framework,
    period: str,
    values: Mapping[str, float | None],
    reference: Mapping[Key, ReferenceStats],
    comparators: Comparators,
    se: Mapping[str, float] = NOTHING,
) -> FrameworkResult:
    """Return every domain of ``framework`` for one area.

    Args:
        framework: what is scored and how.
        period: of the figures and of the reference.
        values: per indicator, normalised (:func:`wijkprofiel.scoring.domains.measures`); None or
            left out where missing.
        reference: from :func:`wijkprofiel.scoring.reference.lookup`.
        comparators: whom to compare with.
        se: per indicator the standard error of its normalised value, where it has margins.
    """
    sheet = _Sheet.of(values, comparators)
    table, rows = sheet.table(), len(sheet.lines)
    scores = []
    for domain in framework.domains:
        stats = reference.get(("domain", framework.id, domain.id, period))
        if stats is not None and not (stats.n >= framework.reference.minimum and stats.sd > 0):
            stats = None
        slots = {
            slot.id: reference.get(("slot", framework.id, slot_id(domain, slot), period))
            for slot in domain.slots
        }
        one = _One(framework, domain, raw(framework, domain, table, rows), stats, sheet)
        scores.append(_domain_score(one, slots, se))
    return FrameworkResult(framework, period, tuple(scores))


Pair = tuple[int, int]
"""Two lines of a sheet that have the same indicators."""


@dataclass(frozen=True, slots=True)
class _Versus:
    """Where a comparison stands on a sheet: area and other, other and zero point."""

    code: str
    pair: Pair
    zero: Pair
    se: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The area and its comparators, each line over the indicators that it is compared on."""

    lines: tuple[Mapping[str, float], ...]
    own: int
    level: Pair
    country: _Versus
    gemeente: _Versus | None
    gemeente_level: Pair | None

    @classmethod
    def of(cls, values: Mapping[str, float | None], comparators: Comparators) -> _Sheet:
        """Return the lines of every comparison."""
        own, zero = _known(values), _known(comparators.country.values)
        lines: list[Mapping[str, float]] = [own]

        def pair(one: Mapping[str, float], two: Mapping[str, float]) -> Pair:
            both = [name for name in one if name in two]
            lines.extend({name: side[name] for name in both} for side in (one, two))
            return len(lines) - 2, len(lines) - 1

        def versus(comparator: Comparator) -> _Versus:
            known = comparator.values if comparator.other is None else comparator.other
            both = pair(own, _known(known))
            return _Versus(comparator.code, both, pair(lines[both[1]], zero), comparator.se)

        level, country, gemeente = pair(own, zero), versus(comparators.country), None
        other, other_level = comparators.gemeente, None
        if other is not None:
            gemeente, other_level = versus(other), pair(_known(other.values), zero)
        return cls(tuple(lines), 0, level, country, gemeente, other_level)

    def table(self) -> dict[str, Numbers]:
        """Return per indicator an array over the lines."""
        names = dict.fromkeys(name for line in self.lines for name in line)
        return {n: np.array([line.get(n, np.nan) for line in self.lines]) for n in names}


def _known(values: Mapping[str, float | None]) -> dict[str, float]:
    return {n: value for n, value in values.items() if value is not None and not np.isnan(value)}


@dataclass(frozen=True, slots=True)
class _One:
    """One domain of one area at work; ``here`` holds the lines of the sheet."""

    framework: Framework
    domain: Domain
    here: Raw
    stats: ReferenceStats | None
    sheet: _Sheet

    def z(self, pair: Pair) -> float | None:
        """Return the difference of two lines in SDs; None below the coverage rule."""
        one, two = pair
        if self.stats is None or not self.here.enough[one]:
            return None
        return float(self.here.mean[one] - self.here.mean[two]) / self.stats.sd

    def slot_errors(self, line: int, se: Mapping[str, float]) -> SlotErrors:
        """Return the standard errors of the slots of one line."""
        there = self.sheet.lines[line]
        parts = [[p.id for p in slot.indicators if p.id in there] for slot in self.domain.slots]
        return SlotErrors.of(parts, se)

    def errors(self, line: int, slots: SlotErrors) -> Errors | None:
        """Return the standard errors of the domain's z; None unless every slot has margins."""
        if self.stats is None or slots.kind != "complete":
            return None
        found = slots.joined(self._join, self.here.slots[line])
        return Errors(found.together / self.stats.sd, found.apart / self.stats.sd)

    def _join(self, slots: Numbers) -> Numbers:
        return joined(self.framework, self.domain, slots)[0]

    def verdict(self, versus: _Versus, by_test: bool) -> Verdict:
        """Return the verdict on the difference with a comparator."""
        line = versus.pair[0]
        errors = self.errors(line, self.slot_errors(line, versus.se)) if by_test else None
        gap = Gap(
            versus.code,
            self.z(versus.pair),
            other=self.z(versus.zero),
            se=float(errors.together) if errors else None,
        )
        return intervals.verdict(gap, self.framework.bands)


def _domain_score(
    one: _One, slots: Mapping[str, ReferenceStats | None], se: Mapping[str, float]
) -> DomainScore:
    here, sheet, own = one.here, one.sheet, one.sheet.own
    value, margins = one.z(sheet.level), one.slot_errors(own, se)
    errors = None if value is None else one.errors(own, margins)
    lower = upper = None
    if value is not None and errors is not None:
        sides = uncertainty.interval(value, errors.together)
        lower, upper = (_shown(side, one.framework) for side in sides)
    by_test = errors is not None
    return DomainScore(
        domain=one.domain,
        z=value,
        z_raw=float(here.mean[own]) if here.enough[own] else None,
        score=None if value is None else _shown(value, one.framework),
        lower=lower,
        upper=upper,
        present=int((~np.isnan(here.slots[own])).sum()),
        total=len(one.domain.slots),
        coverage=float(here.coverage[own]),
        slots=_slots(one, slots, margins),
        against_country=one.verdict(sheet.country, by_test),
        against_gemeente=one.verdict(sheet.gemeente, by_test) if sheet.gemeente else None,
        reference=one.stats,
        gemeente_z=one.z(sheet.gemeente_level) if sheet.gemeente_level else None,
        reason="" if value is not None else "reference" if here.enough[own] else "coverage",
        interval="none" if value is None else margins.kind,
        se=None if errors is None else float(errors.together),
        se_independent=None if errors is None else float(errors.apart),
    )


def _shown(z: ArrayLike, framework: Framework) -> float:
    return float(normalise.display(z, clip=framework.clip))


def _slots(
    one: _One, reference: Mapping[str, ReferenceStats | None], margins: SlotErrors
) -> tuple[SlotScore, ...]:
    there, (own, zero) = one.sheet.lines[one.sheet.own], one.sheet.level
    scores = []
    for number, slot in enumerate(one.domain.slots):
        mean, centre = (float(one.here.slots[line, number]) for line in (own, zero))
        known = reference.get(slot.id)
        sd = known.sd if known and known.sd > 0 and not np.isnan(mean) else None
        together, apart = (float(side[number]) for side in (margins.together, margins.apart))
        surely = sd is not None and not np.isnan(together)
        scores.append(
            SlotScore(
                slot=slot,
                z=None if sd is None else (mean - centre) / sd,
                z_raw=None if np.isnan(mean) else mean,
                present=tuple(part.id for part in slot.indicators if part.id in there),
                missing=tuple(part.id for part in slot.indicators if part.id not in there),
                se=together / sd if sd is not None and surely else None,
                se_independent=apart / sd if sd is not None and surely else None,
            )
        )
    return tuple(scores)
