"""The ways in which a domain can be worked out, and how much reference areas differ in each.

A scenario is a normalisation (z, percentile rank, goalposts), an aggregation (arithmetic,
geometric), a set of weights (each within ± a share of its own, seeded) and a slot that is left out
(or none): the full cross, for every framework the same, whatever its own method is. In each of
them the wijk, the comparator and all reference areas are worked out again, and a difference is
laid beside the SD of *that* scenario over the reference areas: its yardstick. The yardsticks
depend on the reference alone: a project with the whole country works them out once, one with a
part of it reads them from a file.

What every scenario shares with the printed score: which indicators and slots are missing, which
reference areas count (those that meet the coverage rule, by the framework's own weights), and that
a slot is the plain mean of its present indicators. The coverage rule is not asked again where a
slot is left out: that is what the scenario tries.

docs/method.md §2. Reference: OECD/JRC Handbook on Constructing Composite Indicators (2008), step
7 (uncertainty and sensitivity analysis).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from wijkprofiel.model import Domain, Framework, Indicator, ReferenceStats, Sensitivity
from wijkprofiel.model.same import Same
from wijkprofiel.scoring import domains, normalise
from wijkprofiel.scoring.domains import Key, Measure
from wijkprofiel.tables import SCENARIO_COLUMNS, draw_columns

if TYPE_CHECKING:
    import pandas as pd

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]
Normalisation = Literal["z", "percentile", "goalposts"]
Aggregation = Literal["arithmetic", "geometric"]

NORMALISATIONS: tuple[Normalisation, ...] = ("z", "percentile", "goalposts")
AGGREGATIONS: tuple[Aggregation, ...] = ("arithmetic", "geometric")
WAYS: tuple[tuple[Normalisation, Aggregation], ...] = tuple(product(NORMALISATIONS, AGGREGATIONS))
"""In the order of the first axis of a yardstick."""

DECIMALS = 6
"""Of a yardstick: one that was worked out is the same as one that was read from a file."""

CELLS = 500_000
"""Numbers that are worked out at a time (4 MB an array), so that memory stays small."""

Yardsticks = Mapping[tuple[str, str, str], Numbers]
"""Per framework, domain and period the SDs, shape (ways, 1 + slots, draws): nothing left out,
then each slot of the domain in turn. NaN where no reference area has the slot that is left out,
or too few of them are left."""


Measures = Mapping[str, Mapping[str, Measure]]
"""Per normalisation and indicator, how a figure is normalised."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The slots of one domain for several areas, by one normalisation.

    Attributes:
        slots: normalised, shape (areas, slots), NaN where missing.
        logs: logarithm of their display scores (0–10), not lower than the framework's floor.
        enough: whether the framework's coverage rule is met, shape (areas,).
    """

    slots: Numbers
    logs: Numbers
    enough: Mask

    def of(self, aggregation: Aggregation) -> Numbers:
        """Return what the weighted mean is taken of."""
        return self.logs if aggregation == "geometric" else self.slots


def measures(
    framework: Framework,
    period: str,
    indicators: Mapping[str, Indicator],
    reference: Mapping[Key, ReferenceStats],
    country: Mapping[str, float | None],
) -> dict[str, dict[str, Measure]]:
    """Return :func:`wijkprofiel.scoring.domains.measures` by every normalisation.

    Args:
        framework: gives the zero point and the least number of reference areas.
        period: of the figures and of the reference.
        indicators: by id.
        reference: from :func:`wijkprofiel.scoring.reference.lookup`.
        country: the country's own figure per indicator.
    """
    names = domains.scored(framework, indicators)
    stats = {name: reference.get(("indicator", "", name, period)) for name in names}
    return {
        method: domains.measures(
            framework.model_copy(update={"normalisation": method}), indicators, stats, country
        )
        for method in NORMALISATIONS
    }


def weights(domain: Domain, rules: Sensitivity) -> Numbers:
    """Return the sets of weights, shape (draws, slots).

    Each slot has a stream of its own, seeded by the framework's seed and the slot's name: the
    draws are the same for every area, in every process and in whatever order the slots stand, and
    a new slot changes no draw of another.
    """
    columns = [
        slot.weight
        * _stream(rules.seed, domains.slot_id(domain, slot)).uniform(
            1 - rules.spread, 1 + rules.spread, rules.draws
        )
        for slot in domain.slots
    ]
    return np.column_stack(columns) if columns else np.empty((rules.draws, 0))


def _stream(seed: int, name: str) -> np.random.Generator:
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    return np.random.default_rng([seed, number])


def weight_sets(domain: Domain, rules: Sensitivity) -> Numbers:
    """Return :func:`weights` with nothing left out, then each slot: (1 + slots, draws, slots).

    Those of the last few domains are remembered: every area is weighed by the same. Read-only.
    """
    return _weight_sets(Same(domain), Same(rules))


@lru_cache(maxsize=64)
def _weight_sets(domain: Same, rules: Same) -> Numbers:
    drawn = weights(domain.value, rules.value)
    count = len(domain.value.slots)
    kept = np.vstack([np.ones(count), 1 - np.eye(count)])
    sets: Numbers = kept[:, None, :] * drawn[None, :, :]
    sets.flags.writeable = False
    return sets


def parts(
    framework: Framework,
    domain: Domain,
    method: Normalisation,
    figures: Mapping[str, Numbers],
    known: Measures,
) -> Parts:
    """Return the slots of ``domain`` by one normalisation.

    Args:
        framework: gives clip, floor and the coverage rule.
        domain: one of its domains, with slots.
        method: the normalisation.
        figures: per indicator an array of shape (areas,) in its unit, NaN where missing; at
            least one.
        known: from :func:`measures`; an indicator without a measure is missing.
    """
    areas = len(next(iter(figures.values())))
    names = {part.id for slot in domain.slots for part in slot.indicators}
    names &= known[method].keys() & figures.keys()
    values = {name: known[method][name](figures[name]) for name in names}
    found = domains.raw(framework, domain, values, areas)
    shown = normalise.as_display(method, found.slots, clip=framework.clip)
    floored = np.maximum(shown, framework.sensitivity.floor)
    return Parts(found.slots, np.log(floored), found.enough)


def weighted(filled: Numbers, sets: Numbers, present: Numbers, aggregation: Aggregation) -> Numbers:
    """Return the weighted means, shape (areas, sets).

    Args:
        filled: of :meth:`Parts.of`, (areas, slots), zero where a slot is missing.
        sets: weights, (slots, sets).
        present: weight of the slots that are there, (areas, sets), nowhere zero.
        aggregation: geometric means are taken of logarithms.
    """
    means: Numbers = filled @ sets
    means /= present
    return np.exp(means, out=means) if aggregation == "geometric" else means


def yardsticks(
    framework: Framework, period: str, figures: Mapping[str, Numbers], known: Measures
) -> dict[tuple[str, str, str], Numbers]:
    """Return the SDs of every scenario over the reference areas (ddof=1), see :data:`Yardsticks`.

    A domain in which no scenario has enough reference areas is left out.

    Args:
        framework: gives domains, the coverage rule, and the rules of the scenarios.
        period: of the figures.
        figures: per indicator an array of shape (areas,) over all reference areas, in its unit.
        known: from :func:`measures`.
    """
    made = {}
    for domain in framework.domains if figures else ():
        sds = _yardstick(framework, domain, figures, known)
        if not np.isnan(sds).all():
            made[framework.id, domain.id, period] = sds
    return made


def _yardstick(
    framework: Framework, domain: Domain, figures: Mapping[str, Numbers], known: Measures
) -> Numbers:
    sets = weight_sets(domain, framework.sensitivity)
    sds = np.full((len(WAYS), *sets.shape[:2]), np.nan)
    for method in NORMALISATIONS if domain.slots else ():
        found = parts(framework, domain, method, figures, known)
        there = ~np.isnan(found.slots)
        for left, drawn in enumerate(sets):
            kept = there & (drawn[0] > 0)
            rows = found.enough & kept.any(axis=1)
            nothing = left > 0 and not there[rows, left - 1].any()
            if nothing or np.count_nonzero(rows) < framework.reference.minimum:
                continue
            for aggregation in AGGREGATIONS:
                own = np.where(kept, found.of(aggregation), 0.0)[rows]
                row = sds[WAYS.index((method, aggregation)), left]
                for cut in _cuts(len(drawn), len(own)):
                    present = kept[rows] @ drawn[cut].T
                    row[cut] = weighted(own, drawn[cut].T, present, aggregation).std(0, ddof=1)
    return sds.round(DECIMALS)


def _cuts(length: int, width: int) -> Iterator[slice]:
    """Yield the pieces of ``length`` of which one times ``width`` is about :data:`CELLS`."""
    step = max(1, CELLS // max(1, width))
    for start in range(0, length, step):
        yield slice(start, min(start + step, length))


def to_table(found: Yardsticks, framework: Framework, made_with: str) -> pd.DataFrame:
    """Return the rows of one framework as a ScenarioTable (:mod:`wijkprofiel.tables`).

    Args:
        found: from :func:`yardsticks`.
        framework: whose rows are wanted.
        made_with: its fingerprint (:func:`wijkprofiel.sources.scenarios.fingerprint`).
    """
    import pandas as pd

    rows = []
    for domain in framework.domains:
        for (name, own, period), sds in found.items():
            if (name, own) != (framework.id, domain.id):
                continue
            for (way, (method, aggregation)), (left, slot) in product(
                enumerate(WAYS), enumerate(["", *(slot.id for slot in domain.slots)])
            ):
                if not np.isnan(sds[way, left]).any():
                    key = (name, made_with, own, period, method, aggregation, slot)
                    rows.append((*key, *sds[way, left].tolist()))
    columns = [*SCENARIO_COLUMNS, *draw_columns(framework.sensitivity.draws)]
    return pd.DataFrame(rows, columns=columns)


def lookup(table: pd.DataFrame, frameworks: Mapping[str, Framework]) -> Yardsticks:
    """Return the yardsticks of a ScenarioTable.

    Args:
        table: rows of frameworks with the fingerprint of those in ``frameworks``.
        frameworks: by id; rows of others are left aside.
    """
    made: dict[tuple[str, str, str], Numbers] = {}
    for name, rows in table.groupby("framework", sort=True):
        framework = frameworks.get(str(name))
        if framework is None:
            continue
        columns = draw_columns(framework.sensitivity.draws)
        sds = rows[columns].to_numpy(dtype=np.float64)
        slots = {d.id: ["", *(slot.id for slot in d.slots)] for d in framework.domains}
        keys = rows[list(SCENARIO_COLUMNS[2:])].itertuples(index=False, name=None)
        for number, (domain, period, method, aggregation, left) in enumerate(keys):
            shape = (len(WAYS), len(slots[domain]), len(columns))
            own = made.setdefault((framework.id, domain, period), np.full(shape, np.nan))
            own[WAYS.index((method, aggregation)), slots[domain].index(left)] = sds[number]
    return MappingProxyType(made)
