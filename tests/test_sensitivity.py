"""In how many scenarios a verdict stands: against a plain loop, and at the borders.

The loop below is written from docs/method.md §2 alone: one area, one scenario at a time, with the
statistics module. It shares no code with the program, not even the draws of weights.
"""

from __future__ import annotations

import hashlib
import math
import statistics
import subprocess
import sys
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from builders import domain, framework, indicator
from wijkprofiel.model import (
    Bands,
    Coverage,
    Domain,
    Framework,
    Reference,
    Sensitivity,
    Steadiness,
)
from wijkprofiel.scoring import reference, scenarios, sensitivity
from wijkprofiel.scoring.scenarios import Measures
from wijkprofiel.tables import PERCENTILES, REFERENCE_COLUMNS

Numbers = NDArray[np.float64]
HERE = Path(__file__).parent
PERIOD = "2020"
RULES = Sensitivity(draws=4, seed=7)
KNOWN = {
    "a": indicator("a"),
    "b": indicator("b", "worse"),
    "c": indicator("c"),
    "d": indicator("d"),
}
COUNTRY = {"a": 52.0, "b": 31.0, "c": 12.0, "d": 70.0}


# --- a tiny country ---------------------------------------------------------------------------


def tiny_frame(**more: Any) -> Framework:
    """Three slots of unlike weight, one of them of two indicators; and a domain of one slot."""
    wide = domain("mens", ("a", "b"), ("c",), ("d",))
    slots = tuple(
        slot.model_copy(update={"weight": weight})
        for slot, weight in zip(wide.slots, (2.0, 1.0, 1.5), strict=True)
    )
    single = domain("plek", ("c",), coverage=Coverage(share=0.5, slots=1))
    parts = (wide.model_copy(update={"slots": slots}), single)
    return framework(*parts, **{"sensitivity": RULES, **more})


def tiny_figures(areas: int = 30, seed: int = 3) -> dict[str, Numbers]:
    """Figures of the reference wijken, with gaps: some miss one indicator, one misses two slots."""
    drawn = np.random.default_rng(seed)
    found = {
        name: drawn.normal(COUNTRY[name], spread, areas)
        for name, spread in (("a", 6.0), ("b", 4.0), ("c", 3.0), ("d", 9.0))
    }
    found["a"][2] = found["b"][[4, 5]] = found["c"][[5, 6]] = found["d"][6] = np.nan
    found["a"][5] = np.nan
    return found


def measured(frame: Framework, figures: Mapping[str, Numbers]) -> Measures:
    import pandas as pd

    rows = []
    for name, values in figures.items():
        there = values[~np.isnan(values)]
        cuts = np.percentile(there, PERCENTILES)
        ends = (there.mean(), there.std(ddof=1), there.min(), there.max())
        rows.append(("indicator", name, "", PERIOD, len(there), *ends, *cuts))
    stats = reference.lookup(pd.DataFrame(rows, columns=list(REFERENCE_COLUMNS)))
    return scenarios.measures(frame, PERIOD, KNOWN, stats, COUNTRY)


def stand(  # noqa: PLR0917 - the areas and what they are compared with
    frame: Framework,
    part: Domain,
    own: Mapping[str, Numbers],
    other: Mapping[str, Numbers],
    verdicts: list[int],
    figures: Mapping[str, Numbers] | None = None,
    se: Mapping[str, Numbers] | None = None,
) -> sensitivity.Standing:
    figures = tiny_figures() if figures is None else figures
    known = measured(frame, figures)
    sds = scenarios.yardsticks(frame, PERIOD, figures, known)
    differences = sensitivity.Differences(own, other, np.array(verdicts, dtype=np.int8), se or {})
    return sensitivity.standing(frame, part, sds[frame.id, part.id, PERIOD], differences, known)


# --- the loop ---------------------------------------------------------------------------------


class Loop:
    """Every scenario of one domain, the slow and simple way."""

    def __init__(self, frame: Framework, part: Domain, figures: Mapping[str, Numbers]) -> None:
        self.frame, self.part = frame, part
        count = len(next(iter(figures.values())))
        self.areas = [
            {name: float(v[i]) for name, v in figures.items() if not math.isnan(v[i])}
            for i in range(count)
        ]
        self.sorted = {
            name: sorted(area[name] for area in self.areas if name in area) for name in figures
        }
        self.grid = {name: self._quantiles(values) for name, values in self.sorted.items()}
        rules = frame.sensitivity
        self.sds: dict[tuple[tuple[str, str], int, int | None], float] = {}
        self.weights = []
        for slot in part.slots:
            name = hashlib.sha256(f"{part.id}/{slot.id}".encode()).digest()[:8]
            stream = np.random.default_rng([rules.seed, int.from_bytes(name, "big")])
            low, high = slot.weight * (1 - rules.spread), slot.weight * (1 + rules.spread)
            self.weights.append(stream.uniform(low, high, rules.draws).tolist())

    @staticmethod
    def _quantiles(values: list[float]) -> list[tuple[float, float]]:
        """The value below which each stored percentage lies, by definition 7."""
        found = [(values[0], 0.0)]
        for percentage in sorted(PERCENTILES):
            place = (len(values) - 1) * percentage / 100
            low, part = int(place), place - int(place)
            high = min(low + 1, len(values) - 1)
            found.append((values[low] + part * (values[high] - values[low]), percentage / 100))
        return [*found, (values[-1], 1.0)]

    def normalised(self, name: str, x: float, method: str) -> float:
        favourable = KNOWN[name].direction == "better"
        if method == "z":
            z = (x - COUNTRY[name]) / statistics.stdev(self.sorted[name])
            return z if favourable else -z
        grid = self.grid[name]
        if method == "goalposts":
            low = next(value for value, share in grid if share == 0.025)
            high = next(value for value, share in grid if share == 0.975)
            share = min(1.0, max(0.0, (x - low) / (high - low)))
        elif x <= grid[0][0] or x >= grid[-1][0]:
            share = 0.0 if x <= grid[0][0] else 1.0
        else:
            after = next(i for i, (value, _) in enumerate(grid) if value >= x)
            (v0, s0), (v1, s1) = grid[after - 1], grid[after]
            share = s0 + (x - v0) / (v1 - v0) * (s1 - s0)
        return share if favourable else 1 - share

    def value(
        self, area: Mapping[str, float], way: tuple[str, str], draw: int, left: int | None
    ) -> float | None:
        method, aggregation = way
        total = weight = 0.0
        for number, slot in enumerate(self.part.slots):
            names = [p.id for p in slot.indicators if p.id in area]
            if number == left or not names:
                continue
            mean = statistics.fmean(self.normalised(n, area[n], method) for n in names)
            if aggregation == "geometric":
                score = 5 + 5 * mean / self.frame.clip if method == "z" else 10 * mean
                mean = math.log(max(self.frame.sensitivity.floor, min(10.0, score)))
            w = self.weights[number][draw]
            total, weight = total + w * mean, weight + w
        if weight == 0:
            return None
        return math.exp(total / weight) if aggregation == "geometric" else total / weight

    def slots(self, area: Mapping[str, float]) -> list[int]:
        return [
            number
            for number, slot in enumerate(self.part.slots)
            if any(p.id in area for p in slot.indicators)
        ]

    def counts(self, area: Mapping[str, float]) -> bool:
        rule = self.part.coverage or self.frame.coverage
        there = self.slots(area)
        total = sum(slot.weight for slot in self.part.slots)
        share = sum(self.part.slots[number].weight for number in there) / total
        return len(there) >= rule.slots and share >= rule.share - 1e-9

    def sd(self, way: tuple[str, str], draw: int, left: int | None) -> float:
        if (way, draw, left) not in self.sds:
            wijken = [self.value(a, way, draw, left) for a in self.areas if self.counts(a)]
            there = [value for value in wijken if value is not None]
            self.sds[way, draw, left] = statistics.stdev(there)
        return self.sds[way, draw, left]

    def word(self, low: float, high: float, tested: bool) -> int:
        """1 gunstiger, -1 ongunstiger, 0 vergelijkbaar, 2 niet zeker; a band has one z."""
        similar = self.frame.bands.similar
        if not tested:
            return 0 if abs(low) <= similar else 1 if low > 0 else -1
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        return 0 if -similar <= low and high <= similar else 2

    def run(
        self,
        own: Mapping[str, float],
        other: Mapping[str, float],
        verdict: int,
        se: Mapping[str, float] | None = None,
    ) -> dict[int | None, tuple[int, int]]:
        """Per slot that is left out (None: none): scenarios tried, and in which it stood."""
        both = own.keys() & other.keys()
        own, other = {n: own[n] for n in both}, {n: other[n] for n in both}
        # All figures at the unfavourable, and then at the favourable end of their intervals.
        away = {n: 1.96 * se[n] if se else 0.0 for n in both}
        away = {n: -x if KNOWN[n].direction == "worse" else x for n, x in away.items()}
        ends = [{n: own[n] + side * away[n] for n in both} for side in (-1, 1)]
        present = self.slots(own)
        if not present:
            return {}
        lefts: list[int | None] = [None, *(present if len(present) > 1 else [])]
        found: dict[int | None, tuple[int, int]] = {}
        for left in lefts:
            tried = stood = 0
            for way, draw in product(
                product(("z", "percentile", "goalposts"), ("arithmetic", "geometric")),
                range(self.frame.sensitivity.draws),
            ):
                sd = self.sd(way, draw, left)
                met = self.value(other, way, draw, left)
                assert met is not None
                low, high = (((self.value(end, way, draw, left) or 0.0) - met) / sd for end in ends)
                told = self.word(low, high, tested=se is not None)
                tried, stood = tried + 1, stood + (told == verdict)
            found[left] = tried, stood
        return found


def at(figures: Mapping[str, Numbers], place: int) -> dict[str, float]:
    return {n: float(v[place]) for n, v in figures.items() if not math.isnan(v[place])}


@pytest.mark.parametrize("number", [0, 1])
def test_it_equals_a_plain_loop_over_all_scenarios(number: int) -> None:
    """Every wijk of a country with gaps, against a gemeente that itself misses an indicator."""
    frame, figures = tiny_frame(), tiny_figures()
    part, areas = frame.domains[number], 12
    own = {name: values[:areas] for name, values in figures.items()}
    gemeente = {"a": 50.0, "c": 12.5, "d": 68.0}
    other = {name: np.full(areas, value) for name, value in gemeente.items()}
    verdicts = [(-1, 0, 1)[place % 3] for place in range(areas)]
    found = stand(frame, part, own, other, verdicts)
    loop, ids = Loop(frame, part, figures), [slot.id for slot in part.slots]
    for place in range(areas):
        told = loop.run(at(own, place), gemeente, verdicts[place])
        assert found.tried[place] == sum(tried for tried, _ in told.values())
        assert found.stood[place] == sum(stood for _, stood in told.values())
        turned = {left: 1 - stood / tried for left, (tried, stood) in told.items()}
        most = max((turned[i] for i in turned if i is not None), default=0.0)
        if not told or most <= turned[None]:
            assert (found.flips[place], found.flips_share[place]) == (-1, 0.0)
        else:
            name = min(ids[i] for i in turned if i is not None and turned[i] == most)
            assert ids[found.flips[place]] == name
            assert found.flips_share[place] == pytest.approx(most)


def test_the_same_scenarios_whatever_the_framework_s_own_method() -> None:
    own, other = ({n: np.array([v]) for n, v in side.items()} for side in (FAR, COUNTRY))
    plain = tiny_frame()
    named = tiny_frame(normalisation="goalposts", aggregation="geometric")
    one, two = (stand(f, f.domains[0], own, other, [1]) for f in (plain, named))
    assert (one.tried, one.stood) == (two.tried, two.stood)


# --- words ------------------------------------------------------------------------------------

FAR = {"a": 62.0, "b": 24.0, "c": 17.0, "d": 84.0}


def verdict_of(
    figures: Mapping[str, float],
    verdict: int,
    se: Mapping[str, float] | None = None,
    other: Mapping[str, float] = COUNTRY,
) -> tuple[Any, Framework]:
    frame = tiny_frame()
    own, met, errors = (
        {n: np.array([v]) for n, v in side.items()} for side in (figures, other, se or {})
    )
    found = stand(frame, frame.domains[0], own, met, [verdict], se=errors)
    return sensitivity.robustness(found, 0, frame.domains[0], frame.sensitivity), frame


def test_a_verdict_far_from_every_border_is_steady() -> None:
    """More than an SD and a half better on every indicator: favourable however it is counted."""
    found, frame = verdict_of(FAR, 1)
    assert (found.word, found.share) == (Steadiness.STEADY, 1.0)
    assert (found.flips, found.flips_share) == ("", 0.0)
    assert found.scenarios == 6 * frame.sensitivity.draws * 4


def test_a_verdict_on_the_border_is_sensitive() -> None:
    """z of the domain just beyond 0.5: other weights and ways turn it about half of the time."""
    frame, figures = tiny_frame(), tiny_figures()
    loop = Loop(frame, frame.domains[0], figures)
    loop.weights = [[slot.weight] for slot in frame.domains[0].slots]
    sd = loop.sd(WAY, 0, None)
    share = 0.501 * sd / (loop.value(FAR, WAY, 0, None) or 0.0)
    near = {name: COUNTRY[name] + share * (FAR[name] - COUNTRY[name]) for name in FAR}
    assert (loop.value(near, WAY, 0, None) or 0.0) / sd == pytest.approx(0.501)
    found, _ = verdict_of(near, 1)
    assert found.word is Steadiness.SENSITIVE
    assert 0 < found.share < 0.7


WAY = ("z", "arithmetic")


def test_the_slot_that_turns_the_verdict_is_named() -> None:
    """Only d differs from the country, by six SDs: without it nothing is left of the verdict."""
    found, _ = verdict_of({**COUNTRY, "d": 124.0}, 1)
    assert (found.flips, found.flips_share) == ("slot-2", 1.0)
    assert found.share <= 0.75


def test_no_slot_is_named_where_leaving_one_out_changes_nothing() -> None:
    """Unfavourable was printed of an area that is favourable: wrong with and without any slot."""
    found, _ = verdict_of(FAR, -1)
    assert (found.share, found.flips, found.flips_share) == (0.0, "", 0.0)


@pytest.mark.parametrize(
    ("steady", "fair", "word"),
    [(0.5, 0.4, Steadiness.STEADY), (0.8, 0.5, Steadiness.FAIR), (0.9, 0.8, Steadiness.SENSITIVE)],
)
def test_the_framework_says_from_where_it_is_steady(
    steady: float, fair: float, word: Steadiness
) -> None:
    """Of four slots left out (none, and each) only without d it turns: it stands in 3 of 4."""
    rules = Sensitivity(draws=4, seed=7, spread=0.0, steady=steady, fair=fair)
    found = sensitivity.robustness(
        sensitivity.Standing(np.array([96]), np.array([72]), np.array([2]), np.array([1.0])),
        0,
        tiny_frame().domains[0],
        rules,
    )
    assert found is not None
    assert (found.word, found.share, found.flips) == (word, 0.75, "slot-2")


def test_a_border_belongs_to_the_milder_word_whatever_binary_fractions_make_of_it() -> None:
    z = np.array([[0.5, 0.1 + 0.2 + 0.2 + 1e-12, 0.5 + 1e-6, -0.5, -0.5 - 1e-6]])
    assert sensitivity.by_band(z, Bands()).tolist() == [[0, 0, 1, 0, -1]]
    low, high = np.array([1e-12, 1e-6, -0.2, -0.2]), np.array([0.4, 0.4, 0.5 + 1e-12, 0.5 + 1e-6])
    assert sensitivity.by_test(low, high, Bands()).tolist() == [0, 1, 0, 2]
    assert sensitivity.by_test(-high, -low, Bands()).tolist() == [0, -1, 0, 2]


def test_nothing_in_common_is_no_robustness() -> None:
    frame = tiny_frame()
    own = {"a": np.array([50.0])}
    found = stand(frame, frame.domains[0], own, {"c": np.array([12.0])}, [0])
    assert sensitivity.robustness(found, 0, frame.domains[0], frame.sensitivity) is None


def test_one_slot_cannot_be_left_out() -> None:
    frame = tiny_frame()
    one = {"c": np.array([20.0])}
    found = stand(frame, frame.domains[1], one, {"c": np.array([12.0])}, [1])
    assert found.tried.tolist() == [6 * frame.sensitivity.draws]
    assert found.flips.tolist() == [-1]


def test_too_few_reference_areas_are_no_yardstick() -> None:
    frame = tiny_frame(reference=Reference(minimum=31))
    figures = tiny_figures(30)
    assert scenarios.yardsticks(frame, PERIOD, figures, measured(frame, figures)) == {}


# --- by test ----------------------------------------------------------------------------------

SDS = {"a": 6.0, "b": 4.0, "c": 3.0, "d": 9.0}
"""About, see :func:`tiny_figures`."""


def errors(times: float) -> dict[str, float]:
    """A standard error of so many SDs for every indicator."""
    return {name: times * sd for name, sd in SDS.items()}


@pytest.mark.parametrize(("number", "divided"), [(0, {-1, 1, 2}), (1, {0, 2})])
def test_a_verdict_by_test_equals_a_plain_loop(number: int, divided: set[int]) -> None:
    """Small errors and large ones, also far beyond what the reference areas have.

    On the words in ``divided`` the scenarios disagree, so that the loop has something to tell. Of
    one indicator (domain 1) they agree on every claim: all of them keep the order of two areas.
    """
    frame, figures = tiny_frame(), tiny_figures()
    part, areas = frame.domains[number], 24
    drawn = np.random.default_rng(11)
    own = {name: values[:areas].copy() for name, values in figures.items()}
    for name, sd in SDS.items():
        own[name][18:] += 3 * sd * drawn.normal(size=6)
    se = {n: sd * np.repeat([0.05, 0.15, 0.4], areas // 3) for n, sd in SDS.items()}
    se = {name: sizes * drawn.uniform(0.5, 1.5, areas) for name, sizes in se.items()}
    gemeente = {"a": 50.0, "b": 30.0, "c": 12.5, "d": 68.0}
    other = {name: np.full(areas, value) for name, value in gemeente.items()}
    loop, split = Loop(frame, part, figures), set()
    for verdict in (-1, 0, 1, 2):
        found = stand(frame, part, own, other, [verdict] * areas, se=se)
        for place in range(areas):
            told = loop.run(at(own, place), gemeente, verdict, at(se, place))
            assert found.tried[place] == sum(tried for tried, _ in told.values())
            assert found.stood[place] == sum(stood for _, stood in told.values())
            if 0 < found.stood[place] < found.tried[place]:
                split.add(verdict)
    assert split >= divided
    assert number == 0 or split == divided


def test_verdicts_by_test_and_by_band_go_side_by_side() -> None:
    frame, figures = tiny_frame(), tiny_figures()
    own = {name: values[7:19] for name, values in figures.items()}
    other = {name: np.full(12, value) for name, value in COUNTRY.items()}
    verdicts = [(-1, 0, 1, 2)[place % 4] for place in range(12)]
    tested = np.arange(12) % 3 == 1
    every = {name: np.full(12, 0.2 * sd) for name, sd in SDS.items()}
    some = {name: np.where(tested, sizes, np.nan) for name, sizes in every.items()}
    band, test, both = (
        stand(frame, frame.domains[0], own, other, verdicts, se=se) for se in ({}, every, some)
    )
    assert both.stood.tolist() == np.where(tested, test.stood, band.stood).tolist()
    assert band.stood.tolist() != test.stood.tolist()


def test_an_error_that_is_not_known_of_every_indicator_makes_no_test() -> None:
    frame, near = tiny_frame(), {name: np.array([x]) for name, x in FAR.items()}
    other = {name: np.array([x]) for name, x in COUNTRY.items()}
    se = {name: np.array([50.0]) for name in ("a", "b", "c")}
    (stood,) = stand(frame, frame.domains[0], near, other, [1], se=se).stood
    assert stood == stand(frame, frame.domains[0], near, other, [1]).stood[0] > 0


def test_a_verdict_by_test_is_judged_by_the_same_test() -> None:
    """0.15 of the way: favourable in every way by small errors, not sure in any by large ones."""
    near = {name: COUNTRY[name] + 0.15 * (FAR[name] - COUNTRY[name]) for name in FAR}
    assert verdict_of(near, 1, errors(0.01))[0].word is Steadiness.STEADY
    assert verdict_of(near, 1)[0].word is Steadiness.SENSITIVE
    assert verdict_of(near, 1, errors(1.0))[0].share == 0.0
    assert verdict_of(near, 2, errors(1.0))[0].share == 1.0
    assert verdict_of(COUNTRY, 0, errors(0.05))[0].share == 1.0


BEYOND = {"a": 20.0, "b": 60.0, "c": -8.0, "d": 10.0}
"""Five SDs and more worse than the country: below every reference area on every indicator."""


@pytest.mark.parametrize("times", [0.0, 0.1, 0.5, 1.0])
def test_far_beyond_all_goalposts_a_sure_difference_stays_sure(times: float) -> None:
    """An interval of at most ± 1.96 SD ends three SDs below the country, on every indicator.

    Every step is monotone: so the whole interval lies below the country in every scenario, also
    where percentiles and goalposts leave nothing of the error (``times`` 0.1: it ends below the
    worst reference area) and less of the difference.
    """
    found, _ = verdict_of(BEYOND, -1, errors(times))
    assert (found.word, found.share) == (Steadiness.STEADY, 1.0)


def test_two_areas_beyond_the_same_goalposts_are_alike_there() -> None:
    """One lies further out than the other: an arithmetic mean of z sees it, one way of six.

    Percentiles, goalposts and display scores (which a geometric mean needs) are at their worst for
    both. What cannot be told apart is no claim, however small the errors are.
    """
    further = {name: x + 2 * (x - COUNTRY[name]) for name, x in BEYOND.items()}
    found, _ = verdict_of(further, -1, errors(0.1), other=BEYOND)
    similar, _ = verdict_of(further, 0, errors(0.1), other=BEYOND)
    assert found.share == pytest.approx(1 / 6)
    assert similar.share == pytest.approx(5 / 6)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), times=st.floats(0.02, 0.3))
def test_a_smaller_error_never_makes_a_claim_less_steady(seed: int, times: float) -> None:
    drawn = np.random.default_rng(seed)
    one = {name: COUNTRY[name] + sd * drawn.normal() for name, sd in SDS.items()}
    for claim in (-1, 1):
        wide, narrow = (verdict_of(one, claim, errors(size))[0] for size in (times, times / 2))
        assert narrow.share >= wide.share


# --- what changes nothing ---------------------------------------------------------------------


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(12)), slots=st.permutations(range(3)))
def test_the_order_of_areas_and_slots_changes_nothing(order: list[int], slots: list[int]) -> None:
    frame, figures = tiny_frame(), tiny_figures()
    part = frame.domains[0]
    own = {name: values[:12] for name, values in figures.items()}
    other = {name: np.full(12, COUNTRY[name] + 2) for name in own}
    verdicts = [(-1, 0, 1)[place % 3] for place in range(12)]
    before = stand(frame, part, own, other, verdicts)
    turned = part.model_copy(update={"slots": tuple(part.slots[i] for i in slots)})
    mixed = frame.model_copy(update={"domains": (turned,)})
    shuffled = {name: values[::-1] for name, values in figures.items()}
    after = stand(
        mixed,
        turned,
        {name: values[order] for name, values in own.items()},
        other,
        [verdicts[i] for i in order],
        shuffled,
    )
    assert after.tried.tolist() == before.tried[order].tolist()
    assert after.stood.tolist() == before.stood[order].tolist()
    names = [
        [p.slots[i].id if i >= 0 else "" for i in one.flips]
        for p, one in ((turned, after), (part, before))
    ]
    assert names[0] == [names[1][i] for i in order]


@settings(max_examples=15, deadline=None)
@given(times=st.floats(0.01, 100))
def test_only_the_proportions_of_weights_count(times: float) -> None:
    frame = tiny_frame()
    part = frame.domains[0]
    slots = tuple(s.model_copy(update={"weight": s.weight * times}) for s in part.slots)
    scaled = part.model_copy(update={"slots": slots})
    own = {name: values[:9] for name, values in tiny_figures().items()}
    other = {name: np.full(9, value) for name, value in COUNTRY.items()}
    verdicts = [0, 1, -1] * 3
    one = stand(frame, part, own, other, verdicts)
    two = stand(frame.model_copy(update={"domains": (scaled,)}), scaled, own, other, verdicts)
    assert one.stood.tolist() == two.stood.tolist()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_two_areas_turned_about_have_the_mirrored_verdict(seed: int) -> None:
    """By z and arithmetic mean A − B is −(B − A); so are all ways, each a difference of two."""
    frame, figures = tiny_frame(), tiny_figures()
    drawn = np.random.default_rng(seed)
    one, two = (
        {name: drawn.normal(value, 5.0, 6) for name, value in COUNTRY.items()} for _ in range(2)
    )
    there = stand(frame, frame.domains[0], one, two, [1] * 6, figures)
    back = stand(frame, frame.domains[0], two, one, [-1] * 6, figures)
    assert there.stood.tolist() == back.stood.tolist()


def test_another_slot_changes_no_draw_of_the_others() -> None:
    part = tiny_frame().domains[0]
    fewer = part.model_copy(update={"slots": part.slots[1:]})
    assert np.array_equal(scenarios.weights(part, RULES)[:, 1:], scenarios.weights(fewer, RULES))


def test_the_draws_are_the_same_in_another_process_and_others_by_another_seed() -> None:
    part = tiny_frame().domains[0]
    code = (
        "from test_sensitivity import RULES, scenarios, tiny_frame;"
        "print(scenarios.weights(tiny_frame().domains[0], RULES).tolist())"
    )
    words = [sys.executable, "-c", code]
    told = subprocess.run(words, cwd=HERE, capture_output=True, text=True, check=True).stdout
    drawn = scenarios.weights(part, RULES)
    assert told.strip() == str(drawn.tolist())
    other = scenarios.weights(part, RULES.model_copy(update={"seed": 8}))
    assert not np.isclose(drawn, other).any()
    own = np.array([slot.weight for slot in part.slots])
    assert (np.abs(drawn / own - 1) <= RULES.spread).all()
    many = scenarios.weights(part, RULES.model_copy(update={"draws": 2000}))
    assert np.array_equal(many[:4], drawn)
    assert (many / own).mean(axis=0) == pytest.approx([1.0] * 3, abs=0.02)
