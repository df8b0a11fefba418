"""The words for a difference, by band and by test; groups and intervals of ranks."""

from __future__ import annotations

import dataclasses
import math
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import against, stats
from strategies import deviations, directions, percentages
from wijkprofiel.model import (
    Bands,
    Direction,
    Figure,
    Outcome,
    RankInterval,
    Status,
)
from wijkprofiel.scoring import compare, groups
from wijkprofiel.scoring.compare import Against

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


# --- the error of the comparator, and the rest of it ---------------------------------------


def beside(
    value: float, se: float | None = None, share: float = 0.0, sd: float = 10.0, **more: Any
) -> Against:
    """A comparator with an error, of whose people a share lives in the area."""
    return Against("GM0484", value, stats(sd), Bands(), se=se, share=share, rest_above=0.10, **more)


def test_the_error_of_a_difference_has_both_sides() -> None:
    """se 3 and 4 make 5: 55 − 46 = 9 is 1.8 standard errors, p = 0.0719 (two-sided normal)."""
    verdict = compare.test(
        measured(55, 49.12, 60.88), beside(46.0, 4.0), direction="better", decimals=0
    )
    assert verdict.se == pytest.approx(5.0)
    assert verdict.p == pytest.approx(0.0718606, abs=1e-6)
    assert verdict.favourable == pytest.approx(1 - 0.0718606 / 2, abs=1e-6)
    assert verdict.outcome is Outcome.UNCERTAIN  # its own interval alone excludes 46
    assert not verdict.rest


def test_a_large_part_is_compared_with_the_rest_by_hand() -> None:
    """A quarter of the people at 60, all at 51: the others are at (51 − 15)/0.75 = 48.

    se_rest = √(2² − 0.25²·4²)/0.75 = √3/0.75 = 2.3094; se_d = √(16 + 5.3333) = 4.6188.
    """
    verdict = compare.test(
        measured(60, 60 - 7.84, 60 + 7.84), beside(51.0, 2.0, 0.25), direction="worse", decimals=0
    )
    assert verdict.rest
    assert verdict.other == pytest.approx(48.0)
    assert verdict.se == pytest.approx(math.sqrt(16 + 16 / 3))
    assert verdict.z == pytest.approx(-1.2)
    assert (verdict.outcome, verdict.strength) == (Outcome.UNFAVOURABLE, 2)
    assert verdict.favourable == pytest.approx(NormalDist().cdf(-12 / 4.6188), abs=1e-6)


def test_a_small_part_is_compared_with_the_whole() -> None:
    """The border of ten per cent itself is still small."""
    verdict = compare.test(
        measured(60, 55, 65), beside(51.0, None, 0.10), direction="worse", decimals=0
    )
    assert (verdict.rest, verdict.other) == (False, 51.0)


@pytest.mark.parametrize(("se", "expected"), [(None, 4 / 0.75), (0.5, 4.5 / 0.75)])
def test_where_no_rest_can_be_taken_apart_the_errors_go_together(
    se: float | None, expected: float
) -> None:
    """A comparator without error, or with less than the part's own share of it."""
    verdict = compare.test(
        measured(60, 60 - 7.84, 60 + 7.84), beside(51.0, se, 0.25), direction="worse", decimals=0
    )
    assert verdict.se == pytest.approx(expected)


@given(
    st.floats(5, 95), st.floats(5, 95), st.floats(0.1, 6), st.floats(0.05, 6), st.floats(0.11, 0.9)
)
def test_the_rest_and_the_area_make_the_comparator_again(
    x: float, rest: float, se: float, se_rest: float, share: float
) -> None:
    """From an area and a rest that are known, with independent errors, back to that rest."""
    whole = share * x + (1 - share) * rest
    error = math.hypot(share * se, (1 - share) * se_rest)
    figure = measured(x, x - 1.96 * se, x + 1.96 * se)
    verdict = compare.test(figure, beside(whole, error, share), direction="better", decimals=0)
    assert verdict.other == pytest.approx(rest, abs=1e-6)
    assert verdict.se == pytest.approx(math.hypot(se, se_rest), rel=1e-4)


def test_a_rest_that_cannot_be_is_no_comparator() -> None:
    """90 % of the people at 60 and all at 50 would leave −40 % for the rest."""
    verdict = compare.test(
        measured(60, 55, 65),
        beside(50.0, 1.0, 0.9, bounds=(0.0, 100.0)),
        direction="better",
        decimals=0,
    )
    assert (verdict.rest, verdict.other) == (False, 50.0)


def test_a_difference_is_at_least_one_point_also_with_what_is_printed() -> None:
    """49.6 and 50.4 are both 50 on paper, and the rest is at 48.8 (49 on paper)."""
    half = beside(49.6, None, 0.5, sd=1.0, least=1.0)
    verdict = compare.test(measured(50.4, 50.3, 50.5), half, direction="better", decimals=0)
    assert verdict.other == pytest.approx(48.8)
    assert verdict.equal_on_paper
    assert verdict.outcome is Outcome.UNCERTAIN  # and not within ± 0.5 SD: not similar either


def test_a_percentage_with_a_decimal_still_needs_a_whole_point() -> None:
    figure = measured(12.4, 12.3, 12.5)
    close = compare.test(figure, beside(11.5, least=1.0), direction="better", decimals=1)
    assert (close.outcome, close.equal_on_paper) == (Outcome.SIMILAR, False)
    apart = compare.test(figure, beside(11.4, least=1.0), direction="better", decimals=1)
    assert apart.outcome is Outcome.FAVOURABLE


@given(percentages, percentages, st.floats(0.1, 10), st.floats(0, 10), directions)
def test_a_test_never_calls_a_difference_that_its_interval_does_not_exclude(
    x: float, other: float, se: float, other_se: float, direction: Direction
) -> None:
    figure = measured(x, x - 1.96 * se, x + 1.96 * se)
    verdict = compare.test(figure, beside(other, other_se), direction=direction, decimals=0)
    claimed = verdict.strength > 0
    excluded = abs(x - other) > 1.96 * math.hypot(se, other_se) + 1e-9
    assert claimed <= excluded
    assert verdict.p is not None
    assert claimed <= (verdict.p < 0.05)
    if verdict.outcome in (Outcome.SIMILAR, Outcome.NEUTRAL_SIMILAR):
        assert abs(x - other) + 1.96 * math.hypot(se, other_se) <= 5 + 1e-6
    if direction == "neutral":
        assert verdict.outcome not in (Outcome.FAVOURABLE, Outcome.UNFAVOURABLE)


@given(percentages, percentages, st.floats(0.1, 10))
def test_the_other_direction_has_the_other_chance(x: float, other: float, se: float) -> None:
    figure = measured(x, x - 1.96 * se, x + 1.96 * se)
    up = compare.test(figure, beside(other), direction="better", decimals=0)
    down = compare.test(figure, beside(other), direction="worse", decimals=0)
    assert up.favourable is not None
    assert down.favourable is not None
    assert up.favourable + down.favourable == pytest.approx(1)
    assert down.outcome is MIRROR.get(up.outcome, up.outcome)


def test_a_skewed_interval_decides_as_it_is_printed() -> None:
    """Byar and Wilson are skewed: 3 [1.2; 7.0] does not hold 1, and 3 [0.9; 4.4] does."""
    one = compare.test(measured(3, 1.2, 7.0), beside(1.0, sd=1.0), direction="worse", decimals=0)
    assert one.outcome is Outcome.UNFAVOURABLE
    two = compare.test(measured(3, 0.9, 4.4), beside(1.0, sd=1.0), direction="worse", decimals=0)
    assert two.outcome is Outcome.UNCERTAIN


def test_a_band_tells_what_it_compared_with() -> None:
    verdict = compare.band(48.9, against(45.9), direction="worse", decimals=0)
    assert (verdict.other, verdict.rest, verdict.p, verdict.se) == (45.9, False, None, None)


# --- groups and rank intervals -------------------------------------------------------------


def test_a_group_is_a_fifth_of_the_reference() -> None:
    fifths = dataclasses.replace(stats(5.0, n=5), percentiles={20: 10, 40: 20, 60: 30, 80: 40})
    found = [groups.group(x, fifths) for x in (5.0, 10.0, 10.1, 25.0, 40.0, 41.0)]
    assert found == [1, 1, 2, 3, 4, 5]  # a border belongs to the lower group
    assert groups.group(25.0, dataclasses.replace(fifths, n=4)) is None
    assert groups.group(25.0, None) is None


def test_ranks_by_hand() -> None:
    """Five wijken, se 1: two differ surely from d = z(1 − 0.05/8)·√2 = 2.4977·1.4142 = 3.53 on."""
    values = [10.0, 13.5, 13.6, 17.2, 30.0]
    assert groups.ranks(values, [1.0] * 5, place=0, sign=1) == RankInterval(4, 5, 5)
    assert groups.ranks(values, [1.0] * 5, place=0, sign=-1) == RankInterval(1, 2, 5)
    assert groups.ranks(values, [1.0] * 5, place=2, sign=1) == RankInterval(3, 4, 5)


def test_no_ranks_without_margins_or_of_few_wijken() -> None:
    values = [10.0, 13.5, 13.6, 17.2, 30.0]
    assert groups.ranks(values, [1.0, 1.0, 1.0, 1.0, math.nan], place=0, sign=1) is None
    assert groups.ranks(values[:4], [1.0] * 4, place=0, sign=1) is None
    assert groups.ranks([math.nan, *values], [1.0] * 6, place=0, sign=1) is None


@given(st.lists(st.tuples(percentages, st.floats(0.1, 5)), min_size=5, max_size=12), st.data())
def test_an_interval_of_ranks_holds_the_rank_and_knows_no_order(
    wijken: list[tuple[float, float]], data: st.DataObject
) -> None:
    values, errors = [w[0] for w in wijken], [w[1] for w in wijken]
    found = groups.ranks(values, errors, place=0, sign=1)
    assert found is not None
    above = sum(x > values[0] for x in values)
    assert found.best <= 1 + above <= found.worst <= found.among == len(wijken)
    order = data.draw(st.permutations(range(len(wijken))))
    again = groups.ranks(
        [values[i] for i in order], [errors[i] for i in order], place=order.index(0), sign=1
    )
    assert again == found
