"""The words for a difference, by band and by test."""

from __future__ import annotations

import pytest
from hypothesis import given

from builders import against
from strategies import deviations, directions, percentages
from wijkprofiel.model import (
    Direction,
    Figure,
    Outcome,
    Status,
)
from wijkprofiel.scoring import compare

# --- verdicts by band -------------------------------------------------------------------


def test_the_worked_example_of_the_method() -> None:
    """method.md §3: lonely, 48.9 against 45.9 and 47.0, SD 5.57."""
    gemeente = compare.band(48.9, against(45.9), direction="worse", decimals=0)
    country = compare.band(48.9, against(47.0, code="NL01"), direction="worse", decimals=0)
    assert gemeente.z == pytest.approx(-0.54, abs=0.005)
    assert country.z == pytest.approx(-0.34, abs=0.005)
    assert (gemeente.outcome, gemeente.strength) == (Outcome.UNFAVOURABLE, 1)
    assert (country.outcome, country.strength) == (Outcome.SIMILAR, 0)
    assert (gemeente.basis, gemeente.comparator) == ("band", "GM0484")


@pytest.mark.parametrize(
    ("value", "outcome", "strength"),
    [
        (50.0, Outcome.SIMILAR, 0),
        (55.0, Outcome.SIMILAR, 0),  # z = 0.5: a border belongs to the milder word
        (45.0, Outcome.SIMILAR, 0),
        (55.1, Outcome.FAVOURABLE, 1),
        (60.0, Outcome.FAVOURABLE, 1),
        (60.1, Outcome.FAVOURABLE, 2),
        (70.0, Outcome.FAVOURABLE, 2),
        (70.1, Outcome.FAVOURABLE, 3),
        (44.9, Outcome.UNFAVOURABLE, 1),
        (39.9, Outcome.UNFAVOURABLE, 2),
        (29.9, Outcome.UNFAVOURABLE, 3),
    ],
)
def test_bands_and_their_borders(value: float, outcome: Outcome, strength: int) -> None:
    verdict = compare.band(value, against(50.0, sd=10.0), direction="better", decimals=0)
    assert (verdict.outcome, verdict.strength) == (outcome, strength)


def test_a_border_is_a_border_in_spite_of_binary_fractions() -> None:
    """(32.2 − 30.2) / 4 is a hair over 0.5 in binary fractions."""
    assert (32.2 - 30.2) / 4.0 > 0.5
    verdict = compare.band(32.2, against(30.2, sd=4.0), direction="worse", decimals=0)
    assert verdict.outcome is Outcome.SIMILAR


def test_what_is_equal_on_paper_is_not_different() -> None:
    """2.1 and 1.6 are z = 1 apart but both print as 2 %."""
    verdict = compare.band(2.1, against(1.6, sd=0.5), direction="better", decimals=0)
    assert (verdict.outcome, verdict.strength) == (Outcome.SIMILAR, 0)
    assert verdict.equal_on_paper
    assert verdict.z == pytest.approx(1.0)
    with_decimal = compare.band(2.1, against(1.6, sd=0.4), direction="better", decimals=1)
    assert with_decimal.outcome is Outcome.FAVOURABLE


@pytest.mark.parametrize(
    ("value", "outcome", "strength"),
    [
        (80.0, Outcome.HIGHER, 1),
        (52.0, Outcome.NEUTRAL_SIMILAR, 0),
        (20.0, Outcome.LOWER, 1),
    ],
)
def test_neutral_topics_are_higher_or_lower_never_better(
    value: float, outcome: Outcome, strength: int
) -> None:
    verdict = compare.band(value, against(50.0, sd=10.0), direction="neutral", decimals=0)
    assert (verdict.outcome, verdict.strength) == (outcome, strength)


@pytest.mark.parametrize(
    ("value", "other", "sd"), [(None, 50.0, 5.0), (50.0, None, 5.0), (50.0, 40.0, None)]
)
def test_without_figure_comparator_or_reference_there_is_no_verdict(
    value: float | None, other: float | None, sd: float | None
) -> None:
    verdict = compare.band(value, against(other, sd=sd), direction="better", decimals=0)
    assert (verdict.outcome, verdict.basis, verdict.z) == (Outcome.NONE, "", None)


MIRROR = {
    Outcome.FAVOURABLE: Outcome.UNFAVOURABLE,
    Outcome.UNFAVOURABLE: Outcome.FAVOURABLE,
    Outcome.HIGHER: Outcome.LOWER,
    Outcome.LOWER: Outcome.HIGHER,
}


@given(percentages, percentages, deviations, directions)
def test_verdicts_are_symmetric(
    value: float, other: float, sd: float, direction: Direction
) -> None:
    one = compare.band(value, against(other, sd=sd), direction=direction, decimals=0)
    back = compare.band(other, against(value, sd=sd), direction=direction, decimals=0)
    assert back.outcome is MIRROR.get(one.outcome, one.outcome)
    assert back.strength == one.strength


@given(percentages, percentages, deviations)
def test_the_other_direction_is_the_other_word(value: float, other: float, sd: float) -> None:
    up = compare.band(value, against(other, sd=sd), direction="better", decimals=0)
    down = compare.band(value, against(other, sd=sd), direction="worse", decimals=0)
    assert down.outcome is MIRROR.get(up.outcome, up.outcome)
    assert down.strength == up.strength


# --- verdicts by test -------------------------------------------------------------------


def measured(value: float, lower: float, upper: float) -> Figure:
    return Figure("x", "2020", value, Status.OK, lower, upper)


@pytest.mark.parametrize(
    ("figure", "outcome", "strength"),
    [
        (measured(55, 52, 58), Outcome.FAVOURABLE, 2),  # excludes 50
        (measured(45, 42, 48), Outcome.UNFAVOURABLE, 2),
        (measured(50.4, 50.1, 50.7), Outcome.SIMILAR, 0),  # excludes it, 50 % and 50 % on paper
        (measured(51, 48, 54), Outcome.SIMILAR, 0),  # includes it, wholly within 45–55
        (measured(51, 45, 55), Outcome.SIMILAR, 0),  # just within
        (measured(51, 44.9, 57.1), Outcome.UNCERTAIN, 0),
        (measured(54, 50, 58), Outcome.UNCERTAIN, 0),  # touches it: not excluded
    ],
)
def test_an_interval_decides(figure: Figure, outcome: Outcome, strength: int) -> None:
    verdict = compare.verdict(figure, against(50.0, sd=10.0), direction="better", decimals=0)
    assert (verdict.outcome, verdict.strength, verdict.basis) == (outcome, strength, "test")


def test_a_test_needs_no_reference_but_similar_does() -> None:
    far = compare.test(measured(55, 52, 58), against(50, sd=None), direction="worse", decimals=0)
    assert (far.outcome, far.z) == (Outcome.UNFAVOURABLE, None)
    near = compare.test(
        measured(50, 49.9, 50.1), against(50, sd=None), direction="worse", decimals=0
    )
    assert near.outcome is Outcome.UNCERTAIN


def test_a_neutral_topic_with_margins_is_higher_or_lower() -> None:
    figure = measured(55, 52, 58)
    verdict = compare.test(figure, against(50.0), direction="neutral", decimals=0)
    assert verdict.outcome is Outcome.HIGHER
