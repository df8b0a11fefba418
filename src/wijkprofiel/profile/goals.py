"""How a goal stands: nulmeting → nu → streefwaarde, for figures that may carry it.

docs/method.md §4. A figure of a model never gives a goal a status; an own count or survey does.

* **bereikt**: the value is at or past the target, as printed. Where there are margins, the change
  since the baseline is tested first: z = Δ/√(se₁² + se₂²), or the trend rule of
  :mod:`~wijkprofiel.scoring.trends` where the topic's own trend runs from the baseline.
* **op weg**: on or ahead of the straight line from the baseline to the target in the year of the
  last value: b + (target − b)·(t − t₀)/(T − t₀). That is the linear target path of the European
  Environment Agency's distance-to-target indicator (DTI: the deviation from a hypothetical linear
  path between base year and target year). Without years a step in the right direction is enough.
* **nog niet op weg**: behind the line, no step in the right direction, a change that may be
  chance, or the target year has come and the target has not.
* **met dit cijfer niet te meten**: a model figure, a figure carried over from another division, or
  a survey without margins.
* without a status: nothing was measured at all (**nog niet gemeten**); there is a baseline and
  nothing was measured since (**nog geen nieuw cijfer**); or the values do not say it (**nog niet te
  zeggen**: withheld, no baseline, no target, measured in another way). :func:`told` says which.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from wijkprofiel.config import Config
from wijkprofiel.model import (
    Change,
    Figure,
    Goal,
    GoalReason,
    GoalStanding,
    GoalStatus,
    Indicator,
    Measured,
    Status,
    Topic,
)
from wijkprofiel.profile.index import shown_table
from wijkprofiel.scoring.difference import se_of_figure
from wijkprofiel.scoring.normalise import SIGN
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.scoring.uncertainty import Z95

GoalWord = Literal[
    "reached", "on_the_way", "not_yet", "not_measurable", "not_measured", "no_new", "unclear",
]  # fmt: skip
"""What is said of a goal; each has its words under ``goal`` in ``configs/wording``."""

_WORDS: dict[GoalStatus, GoalWord] = {
    GoalStatus.REACHED: "reached",
    GoalStatus.ON_THE_WAY: "on_the_way",
    GoalStatus.NOT_YET: "not_yet",
    GoalStatus.NOT_MEASURABLE: "not_measurable",
}

ESTIMATED = frozenset({"buurten", "areal"})
"""Ways of another division that estimate a figure instead of adding up published ones."""

NOISE = 9
"""Decimals of a value that count; less is binary noise."""


def standings(
    goals: Iterable[Goal], topics: Mapping[str, Topic], config: Config
) -> tuple[GoalStanding, ...]:
    """Return how each goal stands, in order.

    Args:
        goals: of the area.
        topics: its figures, by indicator.
        config: says which tables hold model figures.
    """
    found = []
    for goal in goals:
        topic = topics.get(goal.indicator or "")
        if topic is None:
            found.append(own_count(goal))
        else:
            found.append(by_indicator(goal, topic, model=is_model(topic, config)))
    return tuple(found)


def own_count(goal: Goal) -> GoalStanding:
    """Return how a goal stands by the values that its people counted or asked themselves.

    Example:
        >>> goal = Goal(
        ...     title="Meer deelnemers",
        ...     measure="deelnemers",
        ...     baseline=20,
        ...     baseline_year=1,
        ...     now=29,
        ...     now_year=3,
        ...     target=40,
        ...     year=5,
        ... )
        >>> standing = own_count(goal)  # the line is at 20 + 20·2/4 = 30
        >>> standing.status.value, standing.reason, standing.needed
        ('not_yet', 'path', 30.0)
    """
    baseline = _given(goal.baseline, goal.baseline_year, goal.baseline_margin)
    return judge(goal, baseline, _given(goal.now, goal.now_year, goal.now_margin))


def by_indicator(goal: Goal, topic: Topic, *, model: bool) -> GoalStanding:
    """Return how a goal stands by a figure of the data.

    Args:
        goal: with an indicator.
        topic: that indicator in this area; its trend holds the periods that may be compared.
        model: the figure comes from a model.
    """
    given = _given(goal.baseline, goal.baseline_year, goal.baseline_margin)
    if model:
        return GoalStanding(goal, GoalStatus.NOT_MEASURABLE, "model", given)
    figure = topic.figure
    if figure.converted in ESTIMATED:
        return GoalStanding(goal, GoalStatus.NOT_MEASURABLE, "estimate", given)
    baseline, reason = given, _absent(figure)
    if goal.baseline_period:
        baseline, why = _of_period(goal.baseline_period, topic)
        reason = reason or why
    now = _measured(figure)
    if reason:
        return GoalStanding(goal, GoalStatus.UNKNOWN, reason, baseline, now)
    return judge(goal, baseline, now, indicator=topic.indicator, change=_change(goal, topic))


def judge(
    goal: Goal,
    baseline: Measured | None,
    now: Measured | None,
    *,
    indicator: Indicator | None = None,
    change: Change | None = None,
) -> GoalStanding:
    """Return how a goal stands by two values that may be compared; see the module's text.

    Args:
        goal: with its target and the year of it.
        baseline: the value at the start, None where there is none.
        now: the last value, None where there is none.
        indicator: says how many decimals are printed, and which way is better.
        change: a tested change from baseline to now, where the topic's trend has one.
    """
    unknown = GoalStatus.UNKNOWN
    if baseline is None or now is None or goal.target is None:
        missing: GoalReason = "no_now" if now is None else "no_target"
        missing = missing if baseline is not None else "no_baseline"
        return GoalStanding(goal, unknown, missing, baseline, now)
    since, latest = _year(baseline.when), _year(now.when)
    if since is not None and latest is not None and latest <= since:
        return GoalStanding(goal, unknown, "same_period", baseline, now)
    turn = _turn(baseline.value, goal.target, indicator)
    if not turn:
        return GoalStanding(goal, unknown, "no_direction", baseline, now)
    z = _z(baseline, now, change)
    if z is None and (goal.survey or baseline.se is not None or now.se is not None):
        status = GoalStatus.NOT_MEASURABLE
        return GoalStanding(goal, status, "no_margins", baseline, now)
    needed = _needed(goal, baseline, now)
    certain = z is None or (change.outcome != "unclear" if change else abs(z) > Z95)
    status, reason = _progress(
        turn * round(now.value - baseline.value, NOISE),
        None if needed is None else turn * round(now.value - needed, NOISE),
        arrived=_arrived(turn, now.value, goal.target, indicator),
        certain=certain,
        keep=baseline.value == goal.target,
        late=goal.year is not None and latest is not None and latest >= goal.year,
    )
    return GoalStanding(goal, status, reason, baseline, now, needed, z)


def told(standing: GoalStanding) -> GoalWord:
    """Return which words say how a goal stands; of a goal without a status, why it has none.

    Example:
        >>> begun = Goal(title="Minder eenzaamheid", measure="deel van de bewoners", baseline=45)
        >>> told(own_count(begun)), told(own_count(begun.model_copy(update={"baseline": None})))
        ('no_new', 'not_measured')
    """
    if standing.status in _WORDS:
        return _WORDS[standing.status]
    if standing.reason == "withheld":
        return "unclear"
    if standing.reason == "same_period":
        return "no_new"
    if standing.now is not None:
        return "unclear"
    return "not_measured" if standing.baseline is None else "no_new"


def _progress(
    moved: float, ahead: float | None, *, arrived: bool, certain: bool, keep: bool, late: bool
) -> tuple[GoalStatus, GoalReason]:
    """Return status and reason; ``moved`` and ``ahead`` count towards the target."""
    if keep:
        kept = arrived or (moved < 0 and not certain)
        return (GoalStatus.REACHED, "") if kept else (GoalStatus.NOT_YET, "away")
    if moved <= 0 or not certain:
        return GoalStatus.NOT_YET, "chance" if moved > 0 else "away"
    if arrived:
        return GoalStatus.REACHED, ""
    if late or (ahead is not None and ahead < 0):
        return GoalStatus.NOT_YET, "late" if late else "path"
    return GoalStatus.ON_THE_WAY, "no_path" if ahead is None else ""


def _given(value: float | None, year: int | None, margin: float | None) -> Measured | None:
    if value is None:
        return None
    return Measured(value, str(year) if year else "", margin / Z95 if margin else None)


def _measured(figure: Figure) -> Measured | None:
    if figure.value is None:
        return None
    return Measured(figure.value, figure.period, se_of_figure(figure) or None)


def _absent(figure: Figure) -> GoalReason:
    """Return why there is no figure, "" where there is one."""
    if figure.value is not None:
        return ""
    return "withheld" if figure.status is Status.SUPPRESSED else "no_now"


def _of_period(period: str, topic: Topic) -> tuple[Measured | None, GoalReason]:
    """Return the figure of the period that the goal starts from."""
    if period == topic.figure.period:
        return _measured(topic.figure), "same_period"
    points = topic.trend.points if topic.trend else ()
    for point in points:
        if point.period == period:
            if point.area.converted in ESTIMATED:
                return None, "other_period"
            missing: GoalReason = "no_baseline"
            if point.area.status is Status.SUPPRESSED:
                missing = "withheld"
            return _measured(point.area), "" if point.area.value is not None else missing
    return None, "other_period"


def _change(goal: Goal, topic: Topic) -> Change | None:
    """Return the tested change of the topic's own trend, where it is the goal's."""
    change = topic.trend.change if topic.trend else None
    if change is None or not change.tested or not goal.baseline_period:
        return None
    same = (change.first, change.last) == (goal.baseline_period, topic.figure.period)
    return change if same else None


def _z(baseline: Measured, now: Measured, change: Change | None) -> float | None:
    if change is not None:
        return change.statistic
    if baseline.se is None or now.se is None:
        return None
    return (now.value - baseline.value) / math.hypot(baseline.se, now.se)


def _turn(baseline: float, target: float, indicator: Indicator | None) -> int:
    """Return +1 where higher is what the goal wants, −1 where lower is, 0 where nothing says."""
    if target != baseline:
        return 1 if target > baseline else -1
    if indicator is None or indicator.direction == "neutral":
        return 0
    return SIGN[indicator.direction]


def _arrived(turn: int, value: float, target: float, indicator: Indicator | None) -> bool:
    """Whether the target is reached, by the numbers as they are printed."""
    if indicator is not None:
        value, target = (half_up(number, indicator.decimals) for number in (value, target))
    return turn * round(value - target, NOISE) >= 0


def _needed(goal: Goal, baseline: Measured, now: Measured) -> float | None:
    """Return the value on the straight line in the year of ``now``, at most the target."""
    since, latest = _year(baseline.when), _year(now.when)
    if since is None or latest is None or goal.year is None or goal.target is None:
        return None
    if goal.year <= since:
        return None
    share = min((latest - since) / (goal.year - since), 1.0)
    return baseline.value + (goal.target - baseline.value) * share


def _year(when: str) -> int | None:
    found = re.match(r"\d+", when)
    return int(found.group()) if found else None


def is_model(topic: Topic, config: Config) -> bool:
    """Return whether a topic's figure, or one that it is made of, comes from a model."""
    tables = {topic.figure.source, *_tables(topic.indicator, config)}
    return any(config.sources[name].model_figures for name in tables if name in config.sources)


def _tables(indicator: Indicator, config: Config) -> Iterator[str]:
    yield shown_table(indicator, config)
    for part in (*indicator.sum_of, *(indicator.ratio or ())):
        if part in config.indicators:
            yield from _tables(config.indicators[part], config)
