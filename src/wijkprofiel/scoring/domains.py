"""Slots and domains: z-scores of indicators → slot → domain, with the coverage rule.

1. A slot is the mean z of its present indicators.
2. A domain is the weighted mean of its present slots, unscaled: ``raw``.
3. Present weight below the coverage rule: no score, never 0, never imputed.
4. ``raw`` divided by its own SD over the reference areas is the domain's z, because a mean of
   many topics varies less than one topic; each slot's z likewise, for print only (the domain
   is made of undivided slots).
5. The score is clip(5 + 5z/3, 0, 10). Only what is printed is clipped.

docs/method.md §1.3–1.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wijkprofiel.model import (
    Coverage,
    Domain,
    DomainScore,
    Framework,
    FrameworkResult,
    Indicator,
    ReferenceStats,
    Slot,
    SlotScore,
)
from wijkprofiel.scoring import aggregate, compare, normalise

Numbers = NDArray[np.float64]
Key = tuple[str, str, str, str]
"""kind, framework, id, period of a row of the reference."""

TOLERANCE = 1e-9
"""Two of three slots are two thirds, whatever binary fractions make of it."""


def slot_id(domain: Domain, slot: Slot) -> str:
    """Return the id of a slot in the reference table: a slot's own id is unique per domain."""
    return f"{domain.id}/{slot.id}"


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


def raw(framework: Framework, domain: Domain, z: Mapping[str, Numbers], areas: int = 1) -> Raw:
    """Return slots and domain from the z-scores of indicators.

    Args:
        framework: gives the aggregation and the coverage rule.
        domain: one of its domains; without slots nothing is enough.
        z: per indicator an array of shape (areas,), NaN where missing; an indicator that is
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
        parts = np.column_stack([z.get(part.id, nothing) for part in slot.indicators])
        means.append(aggregate.arithmetic(parts, np.ones(len(slot.indicators)))[0])
    slots = np.column_stack(means)
    weights = np.array([slot.weight for slot in domain.slots])
    mean, coverage = aggregate.METHODS[framework.aggregation](slots, weights)
    rule = coverage_rule(framework, domain)
    there = (~np.isnan(slots)).sum(axis=1)
    enough = (coverage >= rule.share - TOLERANCE) & (there >= rule.slots)
    return Raw(slots, mean, coverage, enough)


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
class Comparators:
    """Who a domain is compared with: codes, and the gemeente's own z-scores.

    Attributes:
        country: code of the country, the zero point of every z.
        gemeente: code of the gemeente, None where there is none to compare with.
        gemeente_z: per indicator the gemeente's own z against the country.
    """

    country: str
    gemeente: str | None = None
    gemeente_z: Mapping[str, float | None] | None = None


def score(
    framework: Framework,
    period: str,
    z: Mapping[str, float | None],
    reference: Mapping[Key, ReferenceStats],
    comparators: Comparators,
) -> FrameworkResult:
    """Return every domain of ``framework`` for one area.

    Against the gemeente the same is done with the gemeente's figure as the centre of every
    indicator (z − the gemeente's z), divided by the same SD; the coverage rule then asks for
    slots that both have. A verdict on a domain is by band; a test needs the robustness of a
    later issue, as do the interval fields, which stay None.

    Args:
        framework: what is scored and how.
        period: of the figures and of the reference.
        z: per indicator, against the country, unclipped; None or left out where missing.
        reference: from :func:`wijkprofiel.scoring.reference.lookup`.
        comparators: whom to compare with.
    """
    own = _arrays(z)
    other = _arrays(comparators.gemeente_z or {})
    both = {name: own[name] - other[name] for name in own if name in other}
    scores = []
    for domain in framework.domains:
        stats = reference.get(("domain", framework.id, domain.id, period))
        if stats is not None and not (stats.n >= framework.reference.minimum and stats.sd > 0):
            stats = None
        here = raw(framework, domain, own)
        value = _divided(here, stats)
        against = None
        if comparators.gemeente is not None:
            versus = _divided(raw(framework, domain, both), stats)
            against = compare.word(versus, comparators.gemeente, framework.bands)
        scores.append(
            DomainScore(
                domain=domain,
                z=value,
                z_raw=float(here.mean[0]) if here.enough[0] else None,
                score=None
                if value is None
                else float(normalise.display(value, clip=framework.clip)),
                lower=None,
                upper=None,
                present=int((~np.isnan(here.slots)).sum()),
                total=len(domain.slots),
                coverage=float(here.coverage[0]),
                slots=_slots(framework, domain, here, z, reference, period),
                against_country=compare.word(value, comparators.country, framework.bands),
                against_gemeente=against,
                reference=stats,
                gemeente_z=_divided(raw(framework, domain, other), stats),
                reason="" if value is not None else "reference" if here.enough[0] else "coverage",
            )
        )
    return FrameworkResult(framework, period, tuple(scores))


def _arrays(z: Mapping[str, float | None]) -> dict[str, Numbers]:
    return {name: np.array([value]) for name, value in z.items() if value is not None}


def _divided(domain: Raw, stats: ReferenceStats | None) -> float | None:
    """Return the domain's z, None below the coverage rule or without a yardstick."""
    if stats is None or not domain.enough[0]:
        return None
    return float(domain.mean[0]) / stats.sd


def _slots(
    framework: Framework,
    domain: Domain,
    here: Raw,
    z: Mapping[str, float | None],
    reference: Mapping[Key, ReferenceStats],
    period: str,
) -> tuple[SlotScore, ...]:
    scores = []
    for slot, value in zip(domain.slots, here.slots[0], strict=True):
        stats = reference.get(("slot", framework.id, slot_id(domain, slot), period))
        mean = None if np.isnan(value) else float(value)
        names = tuple(part.id for part in slot.indicators)
        scores.append(
            SlotScore(
                slot=slot,
                z=mean / stats.sd if mean is not None and stats and stats.sd > 0 else None,
                z_raw=mean,
                present=tuple(name for name in names if z.get(name) is not None),
                missing=tuple(name for name in names if z.get(name) is None),
            )
        )
    return tuple(scores)
