"""Hypothesis strategies: numbers as the suppliers have them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

percentages = st.decimals(min_value=0, max_value=100, places=1).map(float)
"""A percentage with one decimal, as RIVM publishes it."""

deviations = st.floats(min_value=0.1, max_value=30)
"""A standard deviation over areas, in percentage points."""

z_scores = st.floats(min_value=-8, max_value=8).map(lambda value: round(value, 6))
"""A z-score with the extremes that a country has."""

weights = st.floats(min_value=0.1, max_value=10)
"""A weight in a domain."""

directions = st.sampled_from(["better", "worse", "neutral"])


@st.composite
def tables(
    draw: st.DrawFn, *, gaps: bool = True
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values (areas × parts), some missing when ``gaps``, and a weight per part."""
    areas = draw(st.integers(1, 6))
    parts = draw(st.integers(1, 7))
    cell = st.one_of(z_scores, st.just(float("nan"))) if gaps else z_scores
    rows = draw(
        st.lists(st.lists(cell, min_size=parts, max_size=parts), min_size=areas, max_size=areas)
    )
    chosen = draw(st.lists(weights, min_size=parts, max_size=parts))
    return np.array(rows), np.array(chosen)
