"""Slots, domains, coverage and scores."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import domain, framework, indicator, stats
from strategies import weights, z_scores
from wijkprofiel.model import (
    Coverage,
    DomainScore,
    Framework,
    Outcome,
    ReferenceStats,
)
from wijkprofiel.scoring import domains
from wijkprofiel.scoring.domains import Comparators, Key

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
) -> DomainScore:
    comparators = Comparators("NL01", "GM0484" if gemeente is not None else None, gemeente)
    result = domains.score(frame, "2020", z, reference_of(frame, sd), comparators)
    return result.domains[0]


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
        result = domains.score(frame, "2020", {"a": 1.0, "b": 1.0}, known, Comparators("NL01"))
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
