"""How a goal stands. Every expected status is worked out by hand beside its numbers."""

from __future__ import annotations

import dataclasses
import math

import pytest
from pydantic import ValidationError

import made_up
import sample
from wijkprofiel import documents
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.dialogue import dialogue
from wijkprofiel.model import Figure, Goal, GoalStanding, Measured, Status, Topic, Trend, TrendPoint
from wijkprofiel.model.profile import Change
from wijkprofiel.profile import goals


def goal(**facts: object) -> Goal:
    usual: dict[str, object] = {"title": "Meer", "measure": "deelnemers"}
    return Goal.model_validate(usual | facts)


def found(standing: GoalStanding) -> tuple[str, str]:
    return standing.status.value, standing.reason


# --- an own count ------------------------------------------------------------------------------

# From 20 (2020) to 40 (2024): the line is at 20 + 20·(t − 2020)/4, so 30 in 2022.
COUNT = {"baseline": 20, "baseline_year": 2020, "target": 40, "year": 2024}


@pytest.mark.parametrize(
    ("now", "year", "status", "reason"),
    [
        (40, 2022, "reached", ""),
        (41, 2023, "reached", ""),
        (30, 2022, "on_the_way", ""),  # exactly on the line
        (29, 2022, "not_yet", "path"),
        (35, 2023, "on_the_way", ""),  # 20 + 20·3/4
        (34.9, 2023, "not_yet", "path"),
        (20, 2022, "not_yet", "away"),
        (12, 2022, "not_yet", "away"),
        (39, 2024, "not_yet", "late"),
        (39, 2026, "not_yet", "late"),
        (40, 2026, "reached", ""),
        (30, 2020, "unknown", "same_period"),
    ],
)
def test_a_count_is_held_against_the_straight_line(
    now: float, year: int, status: str, reason: str
) -> None:
    assert found(goals.own_count(goal(**COUNT, now=now, now_year=year))) == (status, reason)


@pytest.mark.parametrize(
    ("now", "status"), [(30, "reached"), (40, "on_the_way"), (41, "not_yet"), (51, "not_yet")]
)
def test_fewer_can_be_the_goal(now: float, status: str) -> None:
    """From 50 (2020) down to 30 (2024): the line is at 40 in 2022."""
    told = goal(baseline=50, baseline_year=2020, target=30, year=2024, now=now, now_year=2022)
    assert goals.own_count(told).status.value == status


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, "no_baseline"),
        ({"baseline": 45}, "no_now"),
        ({"baseline": 45, "target": 40}, "no_now"),
        ({"baseline": 45, "now": 44}, "no_target"),
        ({"now": 44, "target": 40}, "no_baseline"),
        ({"baseline": 40, "now": 44, "target": 40}, "no_direction"),
    ],
)
def test_what_was_not_measured_has_no_status(facts: dict[str, float], reason: str) -> None:
    assert found(goals.own_count(goal(**facts))) == ("unknown", reason)


def test_without_years_a_step_in_the_right_direction_is_enough() -> None:
    standing = goals.own_count(goal(baseline=20, now=21, target=40))
    assert found(standing) == ("on_the_way", "no_path")
    assert standing.needed is None


# --- a survey -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("margin", "status", "reason"),
    [
        # z = 6/√(2·(margin/1.96)²) = 6·1.96/(margin·√2): 2.77 for a margin of 3, 1.66 for 5.
        (3, "reached", ""),
        (5, "not_yet", "chance"),
        (None, "not_measurable", "no_margins"),
    ],
)
def test_a_survey_claims_nothing_that_its_margins_do_not_allow(
    margin: float | None, status: str, reason: str
) -> None:
    told = goal(
        survey=True, baseline=45, baseline_margin=margin, target=40, now=39, now_margin=margin,
        baseline_year=2020, now_year=2023, year=2024,
    )  # fmt: skip
    standing = goals.own_count(told)
    assert found(standing) == (status, reason)
    if margin:
        assert standing.z == pytest.approx(-6 * 1.96 / (margin * math.sqrt(2)))


def test_a_margin_at_one_end_is_no_test() -> None:
    told = goal(baseline=45, now=39, now_margin=1, target=40)
    assert found(goals.own_count(told)) == ("not_measurable", "no_margins")


# --- a figure of the data ------------------------------------------------------------------


def figure(period: str, value: float | None, margin: float, status: Status) -> Figure:
    """A figure with half of its interval; without a value it has ``status``."""
    if value is None:
        return Figure(made_up.LONELY.id, period, None, status, source="tabel")
    lower, upper = (value - margin, value + margin) if margin else (None, None)
    return Figure(made_up.LONELY.id, period, value, Status.OK, lower, upper, source="tabel")


def topic(*values: tuple[str, float | None, float], status: Status = Status.OK) -> Topic:
    """A topic (lonely, fewer is better) with a trend: period, value, half of the interval."""
    figures = [figure(*told, status) for told in values]
    points = tuple(TrendPoint(one.period, one, None) for one in figures)
    usual = made_up.topics()[made_up.LONELY.id]
    return dataclasses.replace(usual, figure=figures[-1], trend=Trend(made_up.LONELY.id, points))


FROM_2016 = {"indicator": made_up.LONELY.id, "baseline_period": "2016", "target": 40, "year": 2024}


def test_a_figure_with_a_named_period_as_baseline() -> None:
    """50 (2016) → 40 (2024); the line is at 45 in 2020."""
    told = goal(**FROM_2016)
    by = goals.by_indicator(told, topic(("2016", 50, 0), ("2020", 45, 0)), model=False)
    assert (found(by), by.baseline, by.now) == (
        ("on_the_way", ""),
        Measured(50, "2016"),
        Measured(45, "2020"),
    )
    assert by.needed == 45
    late = goals.by_indicator(told, topic(("2016", 50, 0), ("2020", 46, 0)), model=False)
    assert found(late) == ("not_yet", "path")


def test_a_model_figure_never_gives_a_goal_a_status() -> None:
    reached = topic(("2016", 50, 1), ("2020", 30, 1))
    told = goal(**FROM_2016)
    assert goals.by_indicator(told, reached, model=False).status.value == "reached"
    standing = goals.by_indicator(told, reached, model=True)
    assert (found(standing), standing.now) == (("not_measurable", "model"), None)


def test_a_figure_carried_over_from_another_division_is_an_estimate() -> None:
    reached = topic(("2016", 50, 0), ("2020", 30, 0))
    carried = dataclasses.replace(
        reached, figure=dataclasses.replace(reached.figure, converted="areal")
    )
    standing = goals.by_indicator(goal(**FROM_2016), carried, model=False)
    assert (found(standing), standing.now) == (("not_measurable", "estimate"), None)


@pytest.mark.parametrize(
    ("status", "reason"), [(Status.SUPPRESSED, "withheld"), (Status.UNKNOWN, "no_now")]
)
def test_a_figure_that_is_not_there_gives_no_status(status: Status, reason: str) -> None:
    gone = topic(("2016", 50, 0), ("2020", None, 0), status=status)
    standing = goals.by_indicator(goal(**FROM_2016), gone, model=False)
    assert (found(standing), standing.now) == (("unknown", reason), None)
    before = topic(("2016", None, 0), ("2020", 45, 0), status=status)
    standing = goals.by_indicator(goal(**FROM_2016), before, model=False)
    assert standing.status.value == "unknown"
    assert standing.reason == ("withheld" if status is Status.SUPPRESSED else "no_baseline")


def test_a_period_that_may_not_be_compared_is_no_baseline() -> None:
    told = goal(**(FROM_2016 | {"baseline_period": "2012"}))
    now = topic(("2016", 50, 0), ("2020", 45, 0))
    assert found(goals.by_indicator(told, now, model=False)) == ("unknown", "other_period")
    told = goal(**(FROM_2016 | {"baseline_period": "2020"}))
    assert found(goals.by_indicator(told, now, model=False)) == ("unknown", "same_period")


@pytest.mark.parametrize(
    ("margin", "status", "reason"),
    # z = −10/√(2·(margin/1.96)²): −4.62 for 3 points, −1.39 for 10.
    [(3, "reached", ""), (10, "not_yet", "chance")],
)
def test_a_change_is_tested_where_figures_have_margins(
    margin: float, status: str, reason: str
) -> None:
    made = topic(("2016", 50, margin), ("2020", 40, margin))
    assert found(goals.by_indicator(goal(**FROM_2016), made, model=False)) == (status, reason)


def test_the_trend_rule_of_the_page_goes_before_the_two_ends() -> None:
    """The slope over five periods says "unclear": then the goal may not say "bereikt"."""
    made = topic(("2016", 50, 3), ("2020", 40, 3))
    assert made.trend is not None
    slope = Change("2016", "2020", -10, True, "unclear", 3.0, "slope")
    wobbly = dataclasses.replace(made, trend=dataclasses.replace(made.trend, change=slope))
    assert found(goals.by_indicator(goal(**FROM_2016), wobbly, model=False)) == (
        "not_yet",
        "chance",
    )


def test_the_target_counts_as_it_is_printed() -> None:
    """40.4 is printed as 40, and so is the target of 40."""
    made = topic(("2016", 50, 0), ("2020", 40.4, 0))
    assert goals.by_indicator(goal(**FROM_2016), made, model=False).status.value == "reached"


def test_to_keep_what_there_is_can_be_a_goal() -> None:
    told = goal(indicator=made_up.LONELY.id, baseline_period="2016", target=50)
    kept = goals.by_indicator(told, topic(("2016", 50, 0), ("2020", 49, 0)), model=False)
    lost = goals.by_indicator(told, topic(("2016", 50, 0), ("2020", 53, 0)), model=False)
    assert (found(kept), found(lost)) == (("reached", ""), ("not_yet", "away"))


# --- declared, on the profile and on paper --------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"indicator": "eenzaam", "now": 3}, "comes from the data"),
        ({"indicator": "eenzaam", "baseline": 3, "baseline_period": "2016"}, "keep one"),
        ({"measure": "x", "baseline_period": "2016"}, "needs an 'indicator'"),
        ({"indicator": "eenzaam", "survey": True}, "knows its margins"),
    ],
)
def test_a_goal_says_each_thing_once(facts: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Goal.model_validate({"title": "Meer", **facts})


def test_the_tables_say_which_figures_are_of_a_model() -> None:
    """RIVM's wijk figures come from a model, the counts of CBS do not (docs/sources.md)."""
    config, dataset = sample.config(), sample.dataset()
    people = config.profiles["stevenshof"].model_copy(
        update={
            "goals": tuple(
                Goal(title=name, indicator=name, baseline=50, target=1)
                for name in ("eenzaam", "bijstand", "arbeidsparticipatie", "suicidegedachten")
            )
        }
    )
    task = dataclasses.replace(plan(config, dataset, ["stevenshof"], Order())[0], profile=people)
    made = make_profile(config, dataset, task)
    statuses = {s.goal.title: found(s) for s in made.goals}
    assert statuses["eenzaam"] == ("not_measurable", "model")
    assert statuses["suicidegedachten"] == ("not_measurable", "model")  # and no figure of it
    assert "not_measurable" not in {statuses["bijstand"][0], statuses["arbeidsparticipatie"][0]}


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (COUNT | {"now": 41, "now_year": 2023}, "20 (2020) 41 (2023) 40 (2024) bereikt"),
        (COUNT | {"now": 30, "now_year": 2022}, "20 (2020) 30 (2022) 40 (2024) op weg"),
        (COUNT | {"now": 29, "now_year": 2022},
         ("20 (2020) 29 (2022) 40 (2024) nog niet op weg: deelnemers. "
          "De stap is te klein: het hoort nu 30 te zijn.")),
        ({"indicator": "eenzaam", "baseline": 50, "target": 40},
         "50% – 40% met dit cijfer niet te meten: Tel zelf, of vraag het na bij bewoners."),
    ],
)  # fmt: skip
def test_the_page_prints_begin_now_and_target_with_the_status(
    facts: dict[str, object], told: str
) -> None:
    own = {} if "indicator" in facts else {"measure": "deelnemers"}
    made = made_up.profile(
        people=made_up.people(goals=[Goal.model_validate({"title": "Meer", **facts, **own})])
    )
    config = made_up.config()
    desk = Desk.of(made, config.documents["factsheet"], config)
    row = dialogue(desk).goals[0]
    printed = f"{row.baseline} {row.now} {row.target} {row.status}"
    assert f"{printed}: {row.hint}".startswith(told)
    assert row.status in documents.make(made, config.documents["factsheet"], config).html
