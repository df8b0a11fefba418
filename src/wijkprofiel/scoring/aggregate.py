"""Aggregation: several numbers per area become one, and the share of weight that was there.

Pure functions on arrays, chosen by name in a framework (``aggregation: arithmetic``). A new
method is one function and one line in :data:`METHODS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

FLOOR = 0.1
"""Lowest score that a geometric mean counts with (docs/method.md §2)."""


class Aggregate(Protocol):
    """A method: values (areas × parts) and weights (parts) → one value and coverage per area."""

    def __call__(self, values: ArrayLike, weights: ArrayLike) -> tuple[Numbers, Numbers]:
        """Return value and coverage per area; the value is NaN where no part is present."""


def arithmetic(values: ArrayLike, weights: ArrayLike) -> tuple[Numbers, Numbers]:
    """Return Σ w·x / Σ w over the parts that are there, and Σ w there / Σ w of all.

    Args:
        values: shape (areas, parts); NaN where a part is missing. Nothing is imputed.
        weights: shape (parts,), positive; only their proportions matter.

    Returns:
        Means and coverages (0–1), both of shape (areas,). The mean of no parts is NaN.

    Reference: OECD/JRC Handbook (2008), step 6, linear aggregation; equal to ``a_amean`` of
    COINr on its ASEM index. docs/method.md §1.5.

    Example:
        >>> means, coverage = arithmetic([[1.0, 4.0], [np.nan, 4.0]], [2.0, 1.0])
        >>> means.tolist(), coverage.round(2).tolist()
        ([2.0, 4.0], [1.0, 0.33])
    """
    x = np.ascontiguousarray(np.atleast_2d(np.asarray(values, dtype=np.float64)))
    w = np.asarray(weights, dtype=np.float64)
    there = ~np.isnan(x)
    # Row by row, not a matrix product: that rounds by how many areas there are.
    present = np.where(there, w, 0.0).sum(axis=1)
    total = np.where(there, x * w, 0.0).sum(axis=1)
    means = np.divide(total, present, out=np.full(len(x), np.nan), where=present > 0)
    return means, present / w.sum()


def geometric(
    values: ArrayLike, weights: ArrayLike, *, floor: float = FLOOR
) -> tuple[Numbers, Numbers]:
    """Return exp(Σ w·ln x / Σ w) over the parts that are there, and the coverage.

    A low part is made up for by a high one less than in an arithmetic mean.

    Args:
        values: shape (areas, parts), scores from 0 to 10; NaN where a part is missing. A score
            below ``floor`` counts as ``floor``: one zero would make everything zero.
        weights: shape (parts,), positive; only their proportions matter.
        floor: lowest score, above 0.

    Returns:
        Means and coverages (0–1), both of shape (areas,). The mean of no parts is NaN.

    Reference: OECD/JRC Handbook (2008), step 6, geometric aggregation; UNDP, Human Development
    Report, technical note 1; ``a_gmean`` of COINr. docs/method.md §2.

    Example:
        >>> means, coverage = geometric([[2.0, 8.0], [np.nan, 0.0]], [1.0, 1.0])
        >>> means.round(9).tolist(), coverage.tolist()
        ([4.0, 0.1], [1.0, 0.5])
    """
    x = np.asarray(values, dtype=np.float64)
    means, coverage = arithmetic(np.log(np.maximum(x, floor)), weights)
    return np.exp(means), coverage


METHODS: Mapping[str, Aggregate] = MappingProxyType(
    {"arithmetic": arithmetic, "geometric": geometric}
)
"""The methods that a framework can name."""
