"""Intervals of slots and domains, and the verdict on a domain that follows from one.

The interval that is printed is the conservative bound: the errors of all indicators go together
fully, se = Σ w·se / Σ w. The independent version, √(Σ w²·se²) / Σ w, is never wider. A slot with
an indicator without a margin makes the interval of its domain incomplete: then there is none.
docs/method.md §2 and §3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wijkprofiel.model import Bands, Outcome, Verdict
from wijkprofiel.scoring import compare, uncertainty
from wijkprofiel.scoring.uncertainty import Errors

Numbers = NDArray[np.float64]
Kind = Literal["complete", "incomplete", "none"]


@dataclass(frozen=True, slots=True)
class SlotErrors:
    """Standard errors of the slots of one domain, before the division by an SD.

    Attributes:
        together: shape (slots,), NaN where a slot is missing or has no margins.
        apart: the same for independent errors.
        kind: "complete" when every present slot has margins, "none" when no indicator has.
    """

    together: Numbers
    apart: Numbers
    kind: Kind

    @classmethod
    def of(cls, parts: Sequence[Sequence[str]], se: Mapping[str, float]) -> SlotErrors:
        """Return the errors of slots, each the mean of its present indicators.

        Args:
            parts: per slot the indicators that are present.
            se: per indicator its standard error, where it has one.

        Example:
            >>> found = SlotErrors.of([["a", "b"], ["c"], []], {"a": 0.3, "b": 0.4, "c": 0.2})
            >>> found.together.tolist(), found.apart.tolist(), found.kind
            ([0.35, 0.2, nan], [0.25, 0.2, nan], 'complete')
            >>> SlotErrors.of([["a", "b"], ["c"]], {"a": 0.3, "c": 0.2}).kind
            'incomplete'
        """
        here = [name for names in parts for name in names]
        known = sum(name in se for name in here)
        together, apart = np.full((2, len(parts)), np.nan)
        if known == 0:
            return cls(together, apart, "none")
        for number, names in enumerate(parts):
            if names:
                sizes = [se.get(name, np.nan) for name in names]
                together[number], apart[number] = uncertainty.mean_se(sizes, np.ones(len(names)))
        return cls(together, apart, "complete" if known == len(here) else "incomplete")

    def joined(self, join: Callable[[Numbers], Numbers], slots: Numbers) -> Errors:
        """Return the standard errors of the domain that ``join`` makes of its slots.

        Args:
            join: (cases, slots) → (cases,).
            slots: shape (slots,), NaN where missing.
        """
        together = uncertainty.errors(uncertainty.effects(join, slots, self.together)).together
        apart = uncertainty.errors(uncertainty.effects(join, slots, self.apart)).apart
        return Errors(together, np.minimum(apart, together))


@dataclass(frozen=True, slots=True)
class Gap:
    """A domain's difference with a comparator, in SDs of the reference, + is favourable.

    Attributes:
        comparator: code of the area.
        z: the difference; None below the coverage rule or without a yardstick.
        other: where the comparator stands on the domain's own scale.
        se: standard error of ``z``, conservative; None where it is not complete.
    """

    comparator: str
    z: float | None
    other: float | None = None
    se: float | None = None


def verdict(gap: Gap, bands: Bands) -> Verdict:
    """Return the verdict on a domain: by test where the error is known, else by band.

    By test: the 95 % interval of the difference excludes zero: gunstiger or ongunstiger (only
    where it is *stevig* too: :mod:`wijkprofiel.scoring.sensitivity`). It includes zero:
    vergelijkbaar when it lies wholly within ± ``bands.similar``, else niet zeker.

    Args:
        gap: the difference.
        bands: borders of the words.

    Example:
        >>> [verdict(Gap("GM0000", z, se=0.2), Bands()).outcome.value for z in (0.5, 0.1, 0.3)]
        ['favourable', 'similar', 'uncertain']
        >>> verdict(Gap("GM0000", 0.5), Bands()).basis
        'band'
    """
    if gap.z is None or gap.se is None:
        said = compare.word(gap.z, gap.comparator, bands)
        return said if gap.z is None else replace(said, other=gap.other)
    low, high = (round(float(side), compare.NOISE) for side in uncertainty.interval(gap.z, gap.se))
    if low > 0 or high < 0:
        outcome = Outcome.FAVOURABLE if low > 0 else Outcome.UNFAVOURABLE
    else:
        close = max(-low, high) <= bands.similar
        outcome = Outcome.SIMILAR if close else Outcome.UNCERTAIN
    return Verdict(
        outcome,
        compare.CLEAR if low > 0 or high < 0 else 0,
        "test",
        gap.z,
        gap.comparator,
        other=gap.other,
        se=gap.se,
        p=float(uncertainty.p_value(gap.z, gap.se)),
        favourable=float(uncertainty.probability(gap.z, gap.se)),
    )
