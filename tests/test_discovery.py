"""The false discovery rate: published and hand-made p-values, and what becomes of verdicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import domain, framework, indicator, stats
from wijkprofiel.model import (
    Bands,
    Comparisons,
    DifferenceRules,
    Direction,
    Figure,
    Outcome,
    Status,
    Topic,
)
from wijkprofiel.scoring import compare, discovery
from wijkprofiel.scoring.compare import Against

FRAME = framework(domain("mens", ("a",)))

THROMBOLYSIS = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459,
    0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000,
]  # fmt: skip
"""Benjamini and Hochberg (1995), JRSS B 57, section 4.2: 15 tests, of which 4 are rejected."""


def test_the_worked_example_of_benjamini_and_hochberg() -> None:
    held = discovery.adjusted(THROMBOLYSIS) <= 0.05
    assert held.tolist() == [True] * 4 + [False] * 11


def test_adjusted_p_values_by_hand() -> None:
    """15·p/rank, and from the largest down never more than the one above it."""
    by_hand = [
        0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0298 * 15 / 7, 0.0298 * 15 / 7, 0.0645, 0.0765,
        0.486, 0.4262 * 15 / 11, 0.714875, 0.6528 * 15 / 13, 0.7590 * 15 / 14, 1.0,
    ]  # fmt: skip
    assert discovery.adjusted(THROMBOLYSIS).tolist() == pytest.approx(by_hand)
    assert discovery.adjusted([0.01, 0.02, 0.03, 0.04, 0.05]).tolist() == pytest.approx([0.05] * 5)
    assert discovery.adjusted([0.9, 0.6]).tolist() == pytest.approx([0.9, 0.9])


def test_a_test_without_a_p_value_does_not_count() -> None:
    """R: p.adjust(c(0.5, NA, 0.01), "BH") is 0.50, NA, 0.02: m is the number that is not NA."""
    nan = float("nan")
    found = discovery.adjusted([0.5, nan, 0.01]).tolist()
    assert found == pytest.approx([0.5, nan, 0.02], nan_ok=True)
    assert discovery.adjusted([]).tolist() == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.data())
def test_adjusting_keeps_order_and_never_lowers(p: list[float], data: st.DataObject) -> None:
    found = discovery.adjusted(p).tolist()
    assert all(low <= high <= 1 for low, high in zip(p, found, strict=True))
    assert [b for _, b in sorted(zip(p, found, strict=True))] == sorted(found)
    order = data.draw(st.permutations(range(len(p))))
    assert discovery.adjusted([p[i] for i in order]).tolist() == [found[i] for i in order]


# --- verdicts ---------------------------------------------------------------------------


def topic(
    name: str,
    gap: float,
    *,
    sd: float = 10.0,
    direction: Direction = "better",
    margins: bool = True,
) -> Topic:
    """A figure that lies ``gap`` standard errors of 1 from a comparator at 50."""
    value = 50.0 + gap
    limits = (value - 1.96, value + 1.96) if margins else (None, None)
    figure = Figure(name, "2020", value, Status.OK, *limits)
    yardstick = stats(sd, name=name)
    country = compare.verdict(
        figure, Against("NL01", 50.0, yardstick, Bands()), direction=direction, decimals=0
    )
    return Topic(
        indicator=indicator(name, direction),
        figure=figure,
        country=Figure(name, "2020", 50.0, Status.OK),
        gemeente=None,
        against_country=country,
        against_gemeente=None,
        reference=yardstick,
        z=country.z,
        z_gemeente=None,
        trend=None,
    )


def named(*found: Topic) -> dict[str, Topic]:
    return {one.indicator.id: one for one in found}


def test_one_difference_among_many_tests_is_chance() -> None:
    """p = 0.0357 alone; among ten tests the first needs 0.005."""
    null = [topic(f"null-{i}", 0.0) for i in range(9)]
    for sd, outcome in ((10.0, Outcome.SIMILAR), (5.0, Outcome.UNCERTAIN)):
        lonely = topic("lonely", 2.1, sd=sd)
        assert lonely.against_country.outcome is Outcome.FAVOURABLE
        found, told = discovery.control(named(lonely, *null), FRAME)
        verdict = found["lonely"].against_country
        assert (verdict.outcome, verdict.strength, verdict.chance) == (outcome, 0, True)
        assert verdict.p == lonely.against_country.p
        assert told == Comparisons(tested=10, by_chance=0.5, different=0, withdrawn=1, rate=0.05)
        assert not any(found[one.indicator.id].against_country.chance for one in null)


def test_a_clear_difference_stays() -> None:
    null = [topic(f"null-{i}", 0.0) for i in range(9)]
    found, told = discovery.control(named(topic("far", 4.0), *null), FRAME)
    assert found["far"].against_country.outcome is Outcome.FAVOURABLE
    assert told == Comparisons(tested=10, by_chance=0.5, different=1, withdrawn=0, rate=0.05)


def test_the_rate_is_that_of_the_framework() -> None:
    null = [topic(f"null-{i}", 0.0) for i in range(9)]
    lenient = framework(domain("mens", ("a",)), testing=DifferenceRules(false_discovery=0.4))
    found, told = discovery.control(named(topic("lonely", 2.1), *null), lenient)
    assert found["lonely"].against_country.outcome is Outcome.FAVOURABLE
    assert told is not None
    assert told.rate == 0.4


def test_a_neutral_difference_is_withdrawn_without_a_judgement() -> None:
    null = [topic(f"null-{i}", 0.0) for i in range(9)]
    found, _ = discovery.control(named(topic("herkomst", 2.1, direction="neutral"), *null), FRAME)
    assert found["herkomst"].against_country.outcome is Outcome.NEUTRAL_SIMILAR


def test_bands_are_no_tests() -> None:
    plain = topic("plain", 20.0, margins=False)
    found, told = discovery.control(named(plain), FRAME)
    assert told is None
    assert found == named(plain)


@given(st.lists(st.floats(-4, 4), min_size=1, max_size=12), st.data())
def test_the_order_of_topics_changes_nothing(gaps: list[float], data: st.DataObject) -> None:
    topics = [topic(f"t-{i}", gap) for i, gap in enumerate(gaps)]
    found, told = discovery.control(named(*topics), FRAME)
    shuffled = data.draw(st.permutations(topics))
    again, told_again = discovery.control(named(*shuffled), FRAME)
    assert again == found
    assert told_again == told
    assert list(again) == [one.indicator.id for one in shuffled]


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=12))
def test_what_holds_once_holds_again(gaps: list[float]) -> None:
    found, told = discovery.control(named(*(topic(f"t-{i}", g) for i, g in enumerate(gaps))), FRAME)
    again, _ = discovery.control(found, FRAME)
    assert again == found
    assert told is not None
    outcomes = [one.against_country for one in found.values()]
    assert told.different == sum(v.strength > 0 for v in outcomes)
    assert told.withdrawn == sum(v.chance for v in outcomes)
