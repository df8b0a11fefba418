"""Slots and domains: normalised indicators → slot → domain, with the coverage rule.

1. A slot is the mean of its present indicators, normalised by the framework's method.
2. A domain is the weighted mean of its present slots, unscaled: ``raw``. A geometric mean is
   taken of the slots' scores from 0 to 10.
3. Present weight below the coverage rule: no score, never 0, never imputed.
4. The domain's z is (D − D₀)/SD: D₀ is what the country's own figures give on the same
   indicators (for z-scores 0), and SD that of ``raw`` over the reference areas, because a mean of
   many topics varies less than one topic. Each slot's z likewise, for print only: the domain is
   made of undivided slots.
5. The score is clip(5 + 5z/3, 0, 10). Only what is printed is clipped.

This module holds steps 1–3, over all areas at once; :mod:`wijkprofiel.scoring.area_scores` does
the rest for one area.

docs/method.md §1.3–1.5 and §2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wijkprofiel.model import Coverage, Domain, Framework, Indicator, ReferenceStats, Slot
from wijkprofiel.scoring import aggregate, normalise

Numbers = NDArray[np.float64]
Key = tuple[str, str, str, str]
"""kind, framework, id, period of a row of the reference."""

TOLERANCE = 1e-9
"""Two of three slots are two thirds, whatever binary fractions make of it."""


def slot_id(domain: Domain, slot: Slot) -> str:
    """Return the id of a slot in the reference table: a slot's own id is unique per domain."""
    return f"{domain.id}/{slot.id}"


def coverage_rule(framework: Framework, domain: Domain) -> Coverage:
    """Return the domain's own coverage rule, or the framework's."""
    return domain.coverage or framework.coverage


def scored(framework: Framework, indicators: Mapping[str, Indicator]) -> tuple[str, ...]:
    """Return the indicators that the framework scores, each once; neutral ones never are."""
    names = dict.fromkeys(
        part.id for domain in framework.domains for slot in domain.slots for part in slot.indicators
    )
    return tuple(n for n in names if n in indicators and indicators[n].direction != "neutral")


@dataclass(frozen=True, slots=True)
class Measure:
    """How the figures of one indicator are normalised in one framework."""

    method: str
    scale: normalise.Scale
    sign: int

    def __call__(self, values: ArrayLike) -> Numbers:
        """Return the normalised figures, + is favourable; NaN stays NaN."""
        return normalise.METHODS[self.method](values, scale=self.scale, sign=self.sign)


def measures(
    framework: Framework,
    indicators: Mapping[str, Indicator],
    stats: Mapping[str, ReferenceStats | None],
    country: Mapping[str, float | None],
) -> dict[str, Measure]:
    """Return a measure per scored indicator that has enough reference areas and a zero point.

    Args:
        framework: gives the method, the zero point and the least number of reference areas.
        indicators: by id, for their direction.
        stats: per indicator the reference areas.
        country: per indicator the country's own figure.
    """
    parts = {
        part.id: part
        for domain in framework.domains
        for slot in domain.slots
        for part in slot.indicators
    }
    found = {}
    for name in scored(framework, indicators):
        known = stats.get(name)
        if known is None or known.n < framework.reference.minimum:
            continue
        centre = known.mean if framework.centre == "mean" else country.get(name)
        if centre is not None:
            scale = normalise.Scale.of(known, centre, parts[name])
            sign = normalise.SIGN[indicators[name].direction]
            found[name] = Measure(framework.normalisation, scale, sign)
    return found


# --- several areas at once ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Raw:
    """A domain over several areas, before any division by its own SD.

    Attributes:
        slots: shape (areas, slots), NaN where a slot is missing.
        mean: shape (areas,), weighted mean of the present slots, NaN when there are none.
        coverage: shape (areas,), present weight / total weight.
        enough: shape (areas,), whether the coverage rule is met.
    """

    slots: Numbers
    mean: Numbers
    coverage: Numbers
    enough: NDArray[np.bool_]


def raw(framework: Framework, domain: Domain, values: Mapping[str, Numbers], areas: int = 1) -> Raw:
    """Return slots and domain from the normalised indicators of several areas.

    Args:
        framework: gives the aggregation and the coverage rule.
        domain: one of its domains; without slots nothing is enough.
        values: per indicator an array of shape (areas,), NaN where missing; an indicator that is
            not there at all counts as missing.
        areas: number of areas.
    """
    if not domain.slots:
        return Raw(
            np.empty((areas, 0)), np.full(areas, np.nan), np.zeros(areas), np.zeros(areas, bool)
        )
    nothing = np.full(areas, np.nan)
    means = []
    for slot in domain.slots:
        parts = [values.get(part.id, nothing) for part in slot.indicators]
        means.append(parts[0] if len(parts) == 1 else _mean(parts))
    slots = np.column_stack(means)
    mean, coverage = joined(framework, domain, slots)
    rule = coverage_rule(framework, domain)
    there = (~np.isnan(slots)).sum(axis=1)
    enough = (coverage >= rule.share - TOLERANCE) & (there >= rule.slots)
    return Raw(slots, mean, coverage, enough)


def _mean(parts: Sequence[Numbers]) -> Numbers:
    return aggregate.arithmetic(np.column_stack(parts), np.ones(len(parts)))[0]


def joined(framework: Framework, domain: Domain, slots: Numbers) -> tuple[Numbers, Numbers]:
    """Return the domain and its coverage, both (areas,), from its slots, (areas, slots)."""
    weights = np.array([slot.weight for slot in domain.slots])
    if framework.aggregation == "geometric":
        scores = normalise.as_display(framework.normalisation, slots, framework.clip)
        return aggregate.geometric(scores, weights, floor=framework.sensitivity.floor)
    return aggregate.METHODS[framework.aggregation](slots, weights)
