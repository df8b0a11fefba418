"""Weighted prevalence with a design-based interval, by the survey library ``svy``.

Taylor linearisation over the whole sample: an area is a domain of it, never a sample of its own, so
that strata and clusters that lie partly in other areas keep their share of the error (Särndal,
Swensson & Wretman 1992, §5.8 and §10.3; Lumley, Complex Surveys, 2010). ``svy`` is checked against
R's ``survey`` by its makers and, for the results published with R, by our own tests.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wijkprofiel.errors import DataError

if TYPE_CHECKING:
    from wijkprofiel.sources.survey import Interval, Lonely

_DECIMALS = 6
"""Of a percentage: far below what is shown, and the same on every machine."""

_EXTRA = "install it with: pip install 'wijkprofiel[microdata]'"


@dataclass(frozen=True, slots=True)
class Design:
    """How people were drawn, one entry per person.

    Attributes:
        weights: above 0.
        strata: names of strata; None: one stratum.
        clusters: names of clusters; None: everybody for themselves.
        population: size of the stratum, in people or in clusters; None: far larger.
        lonely: what a stratum with one person or cluster adds to the variance.
        interval: "logit" (t on the log-odds, as R's xlogit), "wilson" or "beta" (Korn-Graubard),
            with the effective sample size.
        where: the file, for errors.
    """

    weights: Sequence[float]
    strata: Sequence[str] | None = None
    clusters: Sequence[str] | None = None
    population: Sequence[float] | None = None
    lonely: Lonely = "center"
    interval: Interval = "logit"
    where: str = ""


@dataclass(frozen=True, slots=True)
class Prevalence:
    """One figure of one area.

    Attributes:
        value, lower, upper: percentages; limits NaN where everybody gave the same answer.
        n: people who answered, not weighted.
        cell: of them, those who said yes, not weighted.
        weight: what they weigh together.
    """

    area: str
    value: float
    lower: float
    upper: float
    n: int
    cell: int
    weight: float


def estimate(
    answers: Sequence[float], areas: Sequence[Sequence[str]], design: Design
) -> list[Prevalence]:
    """Return the prevalence of every area that anybody with an answer lives in.

    Args:
        answers: 1 yes, 0 no, NaN none, one per person.
        areas: groupings (wijken, gemeenten ...), each with one area per person, "" for none.
        design: how the people were drawn.

    Returns:
        Per grouping, areas in order of their code.

    Raises:
        DataError: the library cannot make a variance of this design.
    """
    answered = [not math.isnan(answer) for answer in answers]
    return [
        prevalence
        for grouping in areas
        if any(known and area for known, area in zip(answered, grouping, strict=True))
        for prevalence in _grouping(answers, answered, grouping, design)
    ]


def _grouping(
    answers: Sequence[float], answered: Sequence[bool], grouping: Sequence[str], design: Design
) -> list[Prevalence]:
    svy = _library(design.where)
    counts: dict[str, list[int]] = {}
    weights: dict[str, list[float]] = {}
    for answer, known, area, weight in zip(
        answers, answered, grouping, design.weights, strict=True
    ):
        if known and area:
            count = counts.setdefault(area, [0, 0])
            count[0] += 1
            count[1] += int(answer)
            weights.setdefault(area, []).append(weight)
    frame = _frame(answers, answered, grouping, design)
    try:
        found = _sample(svy, frame, design).estimation.prop(
            "yes", by="area", where=svy.col("known") == 1, ci_method=design.interval
        )
    except (svy.SvyError, ValueError) as failure:
        sentence = " ".join(str(failure).split())
        raise DataError(f"no variance can be made: {sentence}", where=design.where) from failure
    rows = {
        row["area"]: row for row in found.to_polars().to_dicts() if row["area"] and row["yes"] == 1
    }
    return [
        _prevalence(area, rows.get(area, {}), (n, cell), math.fsum(weights[area]))
        for area, (n, cell) in sorted(counts.items())
    ]


def _prevalence(
    area: str, row: dict[str, Any], counted: tuple[int, int], weight: float
) -> Prevalence:
    n, cell = counted
    share = row.get("est", 0.0) if 0 < cell < n else cell / n
    limits = [row.get(name) for name in ("lci", "uci")] if 0 < cell < n else [None, None]
    known = all(limit is not None and math.isfinite(limit) for limit in limits)
    lower, upper = (
        (round(100 * limit, _DECIMALS) for limit in limits if limit is not None)
        if known
        else (math.nan, math.nan)
    )
    value = round(100 * share, _DECIMALS)
    return Prevalence(area, value, min(lower, value), max(upper, value), n, cell, weight)


def _frame(
    answers: Sequence[float], answered: Sequence[bool], grouping: Sequence[str], design: Design
) -> Any:
    import polars as pl

    columns: dict[str, Any] = {
        "yes": [
            int(answer) if known else 0 for answer, known in zip(answers, answered, strict=True)
        ],
        "known": [
            int(known and area != "") for known, area in zip(answered, grouping, strict=True)
        ],
        "area": list(grouping),
        "weight": list(design.weights),
    }
    if design.strata is not None:
        columns["stratum"] = list(design.strata)
    if design.clusters is not None:
        columns["cluster"] = list(design.clusters)
    if design.population is not None:
        columns["population"] = list(design.population)
    return pl.DataFrame(columns)


def _sample(svy: Any, frame: Any, design: Design) -> Any:
    drawn = svy.Design(
        wgt="weight",
        stratum="stratum" if design.strata is not None else None,
        psu="cluster" if design.clusters is not None else None,
        pop_size="population" if design.population is not None else None,
        singleton=design.lonely if design.strata is not None else None,
    )
    return svy.Sample(data=frame, design=drawn)


def _library(where: str) -> Any:
    try:
        import svy
    except ImportError as lacking:
        raise DataError("microdata need the library 'svy'", _EXTRA, where=where) from lacking
    return svy
