"""Slots, domains, coverage and scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import domain, framework, indicator, stats
from strategies import weights, z_scores
from wijkprofiel.model import (
    Coverage,
    Domain,
    DomainScore,
    Framework,
    Outcome,
    ReferenceStats,
    Sensitivity,
)
from wijkprofiel.scoring import area_scores, domains, reference
from wijkprofiel.scoring.area_scores import Comparator, Comparators
from wijkprofiel.scoring.domains import Key

# --- domains ----------------------------------------------------------------------------


def reference_of(frame: Framework, sd: float = 1.0, n: int = 3150) -> dict[Key, ReferenceStats]:
    found: dict[Key, ReferenceStats] = {}
    for part in frame.domains:
        found["domain", "frame", part.id, "2020"] = stats(sd, "domain", part.id, n)
        for slot in part.slots:
            name = domains.slot_id(part, slot)
            found["slot", "frame", name, "2020"] = stats(sd, "slot", name, n)
    return found


def scored(
    frame: Framework,
    z: Mapping[str, float | None],
    gemeente: Mapping[str, float | None] | None = None,
    sd: float = 1.0,
    **errors: Mapping[str, float],
) -> DomainScore:
    """The first domain: the country is the zero point of every z.

    Standard errors of the area's own z (``se``), and of its difference with the country
    (``se_country``) and the gemeente (``se_gemeente``).
    """
    comparators = Comparators(
        Comparator("NL01", dict.fromkeys(z, 0.0), se=errors.get("se_country", {})),
        None
        if gemeente is None
        else Comparator("GM0484", gemeente, se=errors.get("se_gemeente", {})),
    )
    known = reference_of(frame, sd)
    own = errors.get("se", {})
    return area_scores.score(frame, "2020", z, known, comparators, own).domains[0]


def test_a_domain_is_the_mean_of_its_slots_divided_by_its_own_sd() -> None:
    """Slot 0: (1 + 2)/2 = 1.5; slot 1: −0.5; raw 0.5; SD 0.8 → 0.625 → 5 + 5·0.625/3."""
    frame = framework(domain("mens", ("a", "b"), ("c",)))
    score = scored(frame, {"a": 1.0, "b": 2.0, "c": -0.5}, sd=0.8)
    assert score.z_raw == pytest.approx(0.5)
    assert score.z == pytest.approx(0.625)
    assert score.score == pytest.approx(6.0416667)
    assert [slot.z_raw for slot in score.slots] == pytest.approx([1.5, -0.5])
    assert [slot.z for slot in score.slots] == pytest.approx([1.875, -0.625])
    assert score.against_country.outcome is Outcome.FAVOURABLE
    assert score.against_country.strength == 1
    assert (score.lower, score.upper) == (None, None)


def test_slots_weigh_what_the_framework_says() -> None:
    """(2·3 + 1·0) / 3 = 2."""
    part = domain("mens", ("a",), ("b",))
    heavy = part.slots[0].model_copy(update={"weight": 2.0})
    frame = framework(part.model_copy(update={"slots": (heavy, part.slots[1])}))
    assert scored(frame, {"a": 3.0, "b": 0.0}).z == pytest.approx(2.0)


def test_two_of_three_slots_is_enough_and_one_is_not() -> None:
    frame = framework(domain("mens", ("a",), ("b",), ("c",)))
    two = scored(frame, {"a": 1.0, "b": 1.0})
    assert (two.present, two.total) == (2, 3)
    assert two.score is not None
    one = scored(frame, {"a": 1.0, "b": None})
    assert (one.score, one.z, one.z_raw, one.reason) == (None, None, None, "coverage")
    assert one.against_country.outcome is Outcome.NONE
    assert one.coverage == pytest.approx(1 / 3)


def test_a_single_slot_is_never_enough_by_default() -> None:
    assert scored(framework(domain("mens", ("a",))), {"a": 1.0}).reason == "coverage"
    alone = framework(domain("mens", ("a",), coverage=Coverage(share=0.5, slots=1)))
    assert scored(alone, {"a": 1.0}).z == 1.0


def test_coverage_counts_weight_not_slots() -> None:
    part = domain("mens", ("a",), ("b",), ("c",))
    heavy = part.slots[2].model_copy(update={"weight": 2.0})
    frame = framework(part.model_copy(update={"slots": (*part.slots[:2], heavy)}))
    assert scored(frame, {"a": 1.0, "b": 1.0}).reason == "coverage"
    assert scored(frame, {"a": 1.0, "c": 1.0}).reason == ""


def test_without_reference_a_domain_has_no_score_and_says_why() -> None:
    frame = framework(domain("mens", ("a",), ("b",)))
    few = reference_of(frame, n=19)
    for known in ({}, few):
        both = {"a": 1.0, "b": 1.0}
        country = Comparators(Comparator("NL01", {"a": 0.0, "b": 0.0}))
        result = area_scores.score(frame, "2020", both, known, country)
        assert (result.domains[0].score, result.domains[0].reason) == (None, "reference")
        assert result.domains[0].z_raw == 1.0


def test_only_what_is_printed_is_clipped() -> None:
    frame = framework(domain("mens", ("a",), ("b",)))
    score = scored(frame, {"a": -6.0, "b": 1.0})
    assert score.z == pytest.approx(-2.5)
    far = scored(frame, {"a": -6.0, "b": -6.0})
    assert (far.z, far.score) == (-6.0, 0.0)


def test_against_the_gemeente_the_gemeente_is_the_centre() -> None:
    """Area 1.0 and 0.0, gemeente 1.5 and 1.5: mean difference −1, SD 0.8 → −1.25."""
    frame = framework(domain("mens", ("a",), ("b",)))
    score = scored(frame, {"a": 1.0, "b": 0.0}, {"a": 1.5, "b": 1.5}, sd=0.8)
    assert score.against_gemeente is not None
    assert score.against_gemeente.z == pytest.approx(-1.25)
    assert score.against_gemeente.outcome is Outcome.UNFAVOURABLE
    assert score.against_gemeente.strength == 2
    assert score.gemeente_z == pytest.approx(1.875)


def test_the_gemeente_is_compared_on_what_both_have() -> None:
    frame = framework(domain("mens", ("a",), ("b",)))
    score = scored(frame, {"a": 1.0, "b": 0.0}, {"a": 1.5})
    assert score.score is not None
    assert score.against_gemeente is not None
    assert score.against_gemeente.outcome is Outcome.NONE
    assert score.gemeente_z is None


def test_neutral_indicators_are_never_scored() -> None:
    frame = framework(domain("mens", ("a", "b")))
    known = {"a": indicator("a"), "b": indicator("b", "neutral")}
    assert domains.scored(frame, known) == ("a",)


@given(st.lists(z_scores, min_size=3, max_size=3), st.lists(weights, min_size=3, max_size=3))
def test_a_domain_lies_between_its_slots(z: list[float], chosen: list[float]) -> None:
    part = domain("mens", ("a",), ("b",), ("c",))
    slots = tuple(
        s.model_copy(update={"weight": w}) for s, w in zip(part.slots, chosen, strict=True)
    )
    frame = framework(part.model_copy(update={"slots": slots}))
    score = scored(frame, dict(zip("abc", z, strict=True)))
    assert score.z is not None
    assert min(z) - 1e-9 <= score.z <= max(z) + 1e-9


# --- other methods ----------------------------------------------------------------------


def test_a_domain_on_another_scale_has_the_country_as_its_zero_point() -> None:
    """Min-max: area (0.8 + 0.4)/2 = 0.6, country (0.5 + 0.5)/2 = 0.5, SD 0.05 → z = 2."""
    frame = framework(domain("mens", ("a",), ("b",)), normalisation="min-max")
    country = Comparators(
        Comparator("NL01", {"a": 0.5, "b": 0.5}), Comparator("GM0484", {"a": 0.9, "b": 0.5})
    )
    known = reference_of(frame, 0.05)
    found = area_scores.score(frame, "2020", {"a": 0.8, "b": 0.4}, known, country).domains[0]
    assert found.z_raw == pytest.approx(0.6)
    assert found.z == pytest.approx(2.0)
    assert found.score == pytest.approx(5 + 5 * 2 / 3)
    assert [slot.z for slot in found.slots] == pytest.approx([6.0, -2.0])
    assert found.gemeente_z == pytest.approx(4.0)
    assert found.against_gemeente is not None
    assert found.against_gemeente.z == pytest.approx(-2.0)
    assert found.against_gemeente.other == pytest.approx(4.0)


def test_the_zero_point_rests_on_the_topics_that_the_area_has() -> None:
    """Without b the country is 0.2 on a and c alone: (0.4 − 0.2)/0.1 = 2."""
    frame = framework(domain("mens", ("a",), ("b",), ("c",)), normalisation="percentile")
    country = Comparators(Comparator("NL01", {"a": 0.2, "b": 0.9, "c": 0.2}))
    known = reference_of(frame, 0.1)
    found = area_scores.score(frame, "2020", {"a": 0.4, "c": 0.4}, known, country).domains[0]
    assert found.z == pytest.approx(2.0)


def test_a_geometric_domain_is_taken_of_display_scores() -> None:
    """z −0.6 and 3.0 with clip 3 are scores 4 and 10 (not 10 and more): √(4·10) = 6.3246.

    The country scores 5 and 5: (6.3246 − 5)/0.5 = 2.6491.
    """
    frame = framework(domain("mens", ("a",), ("b",)), aggregation="geometric")
    found = scored(frame, {"a": -0.6, "b": 3.0}, sd=0.5)
    assert found.z_raw == pytest.approx(np.sqrt(40))
    assert found.z == pytest.approx((np.sqrt(40) - 5) / 0.5)
    assert scored(frame, {"a": -0.6, "b": 7.0}, sd=0.5).z == found.z


def test_the_floor_of_a_geometric_domain_is_that_of_the_framework() -> None:
    """Scores 0 and 10 with floor 0.4: √(0.4·10) = 2."""
    rules = Sensitivity(floor=0.4)
    frame = framework(domain("mens", ("a",), ("b",)), aggregation="geometric", sensitivity=rules)
    assert scored(frame, {"a": -9.0, "b": 9.0}).z_raw == pytest.approx(2.0)


METHODS = st.sampled_from(["z", "min-max", "goalposts", "percentile", "target"])
AGGREGATIONS = st.sampled_from(["arithmetic", "geometric"])


def country_of(seed: int, wijken: int = 40) -> pd.DataFrame:
    """Figures of made-up wijken, their gemeente and the country, with gaps."""
    random = np.random.default_rng(seed)
    rows = []
    for name in "abcd":
        values = random.uniform(10, 60, wijken).round(1)
        values[random.random(wijken) < 0.1] = np.nan
        codes = [f"WK0001{number:02d}" for number in range(wijken)]
        extra = {"GM0001": 30.0 + random.integers(5), "NL01": 31.5}
        for code, value in [*zip(codes, values, strict=True), *extra.items()]:
            there = not np.isnan(value)
            rows.append((code, name, "2020", value, "ok" if there else "unknown", "tabel"))
    columns = ["area", "indicator", "period", "value", "status", "source"]
    return pd.DataFrame(rows, columns=columns)


def frame_of(method: str, aggregation: str) -> Framework:
    part = domain("mens", ("a", "b"), ("c",), ("d",))
    slots = tuple(
        slot.model_copy(
            update={
                "indicators": tuple(
                    one.model_copy(update={"target": 20.0}) for one in slot.indicators
                )
            }
        )
        for slot in part.slots
    )
    return framework(
        part.model_copy(update={"slots": slots}), normalisation=method, aggregation=aggregation
    )


KNOWN = {name: indicator(name, "better" if name in "ab" else "worse") for name in "abcd"}


def statistics(frame: Framework, figures: pd.DataFrame) -> pd.DataFrame:
    return reference.statistics(figures, {"frame": frame}, KNOWN, ["2020"], {"tabel": "NL01"})


@settings(deadline=None, max_examples=30)
@given(METHODS, AGGREGATIONS, st.integers(0, 50))
def test_the_reference_has_slots_and_domains_for_every_method(
    method: str, aggregation: str, seed: int
) -> None:
    """The SD is that of the domain as it is worked out area by area."""
    frame, figures = frame_of(method, aggregation), country_of(seed)
    known = reference.lookup(statistics(frame, figures))
    measures = domains.measures(
        frame,
        KNOWN,
        {name: known["indicator", "", name, "2020"] for name in KNOWN},
        dict.fromkeys(KNOWN, 31.5),
    )
    found = []
    for _, rows in figures[figures["area"].str.startswith("WK")].groupby("area"):
        values = dict(zip(rows["indicator"], rows["value"], strict=True))
        raw = domains.raw(frame, frame.domains[0], {n: measures[n]([values[n]]) for n in KNOWN})
        if raw.enough[0]:
            found.append(float(raw.mean[0]))
    stats = known["domain", "frame", "mens", "2020"]
    assert stats.n == len(found)
    assert stats.sd == pytest.approx(np.std(found, ddof=1), rel=1e-9)
    assert stats.mean == pytest.approx(np.mean(found), rel=1e-9, abs=1e-12)
    names = {row[2] for row in known if row[0] == "slot"}
    assert names == {"mens/slot-0", "mens/slot-1", "mens/slot-2"}


@settings(deadline=None, max_examples=30)
@given(METHODS, AGGREGATIONS, st.integers(0, 50), st.randoms())
def test_areas_outside_the_reference_and_the_order_of_rows_change_nothing(
    method: str, aggregation: str, seed: int, random: Any
) -> None:
    frame, figures = frame_of(method, aggregation), country_of(seed)
    others = figures.head(8).assign(
        area=["BU00010101", "BU00010102", "GM0002", "GM0003"] * 2, value=99.0, status="ok"
    )
    more = pd.concat([figures, others], ignore_index=True)
    order = random.sample(range(len(more)), len(more))
    plain = statistics(frame, figures)
    pd.testing.assert_frame_equal(statistics(frame, more.iloc[order]), plain, check_exact=True)


# --- intervals and tests ----------------------------------------------------------------


def test_the_interval_of_a_score_is_the_conservative_bound() -> None:
    """Slot 0: se (0.3 + 0.4)/2 = 0.35, apart √(0.09 + 0.16)/2 = 0.25; slot 1: 0.2.

    Domain: (0.35 + 0.2)/2 = 0.275 and √(0.0625 + 0.04)/2 = 0.16008; SD 0.8: 0.34375 and 0.2001.
    z = 0.625: 0.625 ± 1.96 · 0.34375 = −0.04875 … 1.29875 → scores 4.91875 and 7.16458.
    """
    frame = framework(domain("mens", ("a", "b"), ("c",)))
    se = {"a": 0.3, "b": 0.4, "c": 0.2}
    found = scored(frame, {"a": 1.0, "b": 2.0, "c": -0.5}, sd=0.8, se=se, se_country=se)
    assert found.interval == "complete"
    assert found.se == pytest.approx(0.34375)
    assert found.se_independent == pytest.approx(np.sqrt(0.1025) / 2 / 0.8)
    assert (found.lower, found.upper) == pytest.approx((4.91875, 7.1645833))
    assert [slot.se for slot in found.slots] == pytest.approx([0.4375, 0.25])
    assert [slot.se_independent for slot in found.slots] == pytest.approx([0.3125, 0.25])
    verdict = found.against_country
    assert (verdict.basis, verdict.outcome) == ("test", Outcome.UNCERTAIN)
    assert verdict.se == pytest.approx(0.34375)
    assert verdict.favourable == pytest.approx(0.9655, abs=5e-5)  # Φ(1.818)
    assert verdict.p == pytest.approx(0.0690, abs=5e-5)


def test_one_slot_without_margins_makes_the_interval_incomplete() -> None:
    frame = framework(domain("mens", ("a", "b"), ("c",)))
    values = {"a": 2.0, "b": 2.0, "c": 2.0}
    for se in ({"a": 0.1, "b": 0.1}, {"a": 0.1, "c": 0.1}, {"c": 0.1}):
        found = scored(frame, values, se=se, se_country=se)
        assert (found.interval, found.lower, found.upper, found.se) == ("incomplete",) + (None,) * 3
        assert found.against_country.basis == "band"
    assert scored(frame, values).interval == "none"


def test_a_missing_slot_does_not_make_the_interval_incomplete() -> None:
    frame = framework(domain("mens", ("a",), ("b",), ("c",)))
    se = {"a": 0.1, "b": 0.3}
    found = scored(frame, {"a": 1.0, "b": 1.0, "c": None}, se=se, se_country=se)
    assert found.interval == "complete"
    assert found.se == pytest.approx(0.2)
    assert found.slots[2].se is None


def test_without_a_score_there_is_no_interval() -> None:
    frame = framework(domain("mens", ("a",), ("b",), ("c",)))
    found = scored(frame, {"a": 1.0}, se={"a": 0.1})
    assert (found.interval, found.se, found.lower) == ("none", None, None)


@pytest.mark.parametrize(
    ("z", "se", "outcome"),
    [
        (0.5, 0.25, Outcome.FAVOURABLE),  # 0.01 … 0.99
        (0.49, 0.25, Outcome.UNCERTAIN),  # 0.00 … 0.98: the border is not outside
        (-0.6, 0.25, Outcome.UNFAVOURABLE),
        (0.108, 0.2, Outcome.SIMILAR),  # −0.284 … 0.5: wholly within half an SD
        (0.12, 0.2, Outcome.UNCERTAIN),  # −0.272 … 0.512
    ],
)
def test_a_domain_with_margins_is_tested(z: float, se: float, outcome: Outcome) -> None:
    frame = framework(domain("mens", ("a",), ("b",)))
    errors = {"a": se, "b": se}
    found = scored(frame, {"a": z, "b": z}, se=errors, se_country=errors)
    assert found.against_country.outcome is outcome
    clear = outcome in (Outcome.FAVOURABLE, Outcome.UNFAVOURABLE)
    assert found.against_country.strength == (2 if clear else 0)


def test_a_difference_has_the_errors_of_both_and_the_rest_of_the_comparator() -> None:
    """Against the rest (−0.5): 1 + 0.5 = 1.5, se 0.4; the ring shows the gemeente itself: 0.2."""
    frame = framework(domain("mens", ("a",), ("b",)))
    country = Comparator("NL01", {"a": 0.0, "b": 0.0}, se={"a": 0.3, "b": 0.3})
    gemeente = Comparator(
        "GM0484", {"a": 0.2, "b": 0.2}, {"a": -0.5, "b": -0.5}, {"a": 0.4, "b": 0.4}
    )
    both = Comparators(country, gemeente)
    own, se = {"a": 1.0, "b": 1.0}, {"a": 0.3, "b": 0.3}
    found = area_scores.score(frame, "2020", own, reference_of(frame), both, se).domains[0]
    assert found.against_gemeente is not None
    assert found.against_gemeente.z == pytest.approx(1.5)
    assert found.against_gemeente.other == pytest.approx(-0.5)
    assert found.against_gemeente.se == pytest.approx(0.4)
    assert found.gemeente_z == pytest.approx(0.2)
    assert found.against_country.se == pytest.approx(0.3)


errors = st.floats(min_value=0.0, max_value=2.0)
FOUR = ("a", "b", "c", "d")


def with_weights(chosen: list[float]) -> Domain:
    part = domain("mens", ("a", "b"), ("c",), ("d",))
    pairs = zip(part.slots, chosen, strict=True)
    return part.model_copy(
        update={"slots": tuple(s.model_copy(update={"weight": w}) for s, w in pairs)}
    )


@settings(deadline=None)
@given(
    AGGREGATIONS,
    st.lists(z_scores, min_size=4, max_size=4),
    st.lists(errors, min_size=4, max_size=4),
    st.lists(weights, min_size=3, max_size=3),
)
def test_independent_errors_never_make_a_wider_interval(
    aggregation: str, z: list[float], se: list[float], chosen: list[float]
) -> None:
    frame = framework(with_weights(chosen), aggregation=aggregation)
    known = dict(zip(FOUR, se, strict=True))
    found = scored(frame, dict(zip(FOUR, z, strict=True)), sd=0.7, se=known)
    assert found.se is not None
    assert found.se_independent is not None
    assert 0 <= found.se_independent <= found.se
    for slot in found.slots:
        assert slot.se is not None
        assert slot.se_independent is not None
        assert slot.se_independent <= slot.se + 1e-12
    if aggregation == "arithmetic":
        slots = [(se[0] + se[1]) / 2, se[2], se[3]]
        by_hand = sum(w * s for w, s in zip(chosen, slots, strict=True)) / sum(chosen) / 0.7
        assert found.se == pytest.approx(by_hand, abs=1e-9)
    assert found.lower is not None
    assert found.upper is not None
    assert found.score is not None
    assert found.lower <= found.score <= found.upper


@settings(deadline=None)
@given(
    METHODS,
    AGGREGATIONS,
    st.lists(st.floats(0, 1), min_size=8, max_size=8),
    st.lists(st.none() | errors, min_size=4, max_size=4),
    st.randoms(),
)
def test_a_verdict_never_depends_on_the_order_of_indicators(
    method: str, aggregation: str, values: list[float], se: list[float | None], random: Any
) -> None:
    part = with_weights([1.0, 2.0, 3.0])
    order, slots = random.sample(FOUR, 4), random.sample(part.slots, 3)
    turned = tuple(slot.model_copy(update={"indicators": slot.indicators[::-1]}) for slot in slots)
    own, gemeente = (
        dict(zip(FOUR, values[:4], strict=True)),
        dict(zip(FOUR, values[4:], strict=True)),
    )
    known = {name: error for name, error in zip(FOUR, se, strict=True) if error is not None}
    found = []
    for domain_, names in ((part, FOUR), (part.model_copy(update={"slots": turned}), order)):
        frame = framework(domain_, normalisation=method, aggregation=aggregation)
        mixed = {name: known[name] for name in names if name in known}
        found.append(
            scored(
                frame,
                {name: own[name] for name in names},
                {name: gemeente[name] for name in names},
                se=mixed,
                se_country=mixed,
                se_gemeente=mixed,
            )
        )
    one, other = found
    assert one.interval == other.interval
    assert one.z == pytest.approx(other.z, abs=1e-9)
    for mine, theirs in (
        (one.against_country, other.against_country),
        (one.against_gemeente, other.against_gemeente),
    ):
        assert mine is not None
        assert theirs is not None
        assert (mine.outcome, mine.strength, mine.basis) == (
            theirs.outcome, theirs.strength, theirs.basis,
        )  # fmt: skip
