"""The action plan and the goals as rows of tables: what is to come, what is past, how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wijkprofiel.documents.desk import Desk
from wijkprofiel.model import (
    Action,
    Figure,
    Goal,
    GoalStanding,
    GoalStatus,
    Indicator,
    Measured,
    Recognition,
    Status,
)
from wijkprofiel.model.foreign import fill, join
from wijkprofiel.profile import goals, plans
from wijkprofiel.wording.numbers import decimal, printed


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One line of the action plan.

    Attributes:
        when: as it was written; that it is to be agreed, where others of the same table have one;
            "" in a table in which none has one.
        agreed: ``when`` was written.
    """

    goal: str
    action: str
    level: str
    who: str
    when: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class PlanRows:
    """The actions in two tables, because a promise is not made about the past.

    Attributes:
        current: what goes on, is to come, or has no year.
        past: that whose time has passed.
        tone: what may be said of all that is current, as in :class:`~plans.ActionPlan`.
    """

    current: tuple[ActionRow, ...]
    past: tuple[ActionRow, ...]
    tone: Literal["ahead", "going", "open"]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal: nulmeting, now, target; ``status`` says how it stands, or that it cannot."""

    title: str
    baseline: str
    now: str
    target: str
    status: str
    hint: str


def plan_rows(desk: Desk) -> PlanRows:
    """Return the actions of the area, held against the year of the edition."""
    profile, words = desk.profile, desk.words
    ends = plans.OpenEnds(_listed("plan.since", desk), _listed("plan.now", desk))
    found = plans.plan(profile.people.actions, profile.edition.date.year, ends)
    open_ = words("plan.open")
    return PlanRows(
        _actions(found.current, open_, desk), _actions(found.past, open_, desk), found.tone
    )


def goal_rows(desk: Desk) -> tuple[GoalRow, ...]:
    """Return the goals of the area."""
    return tuple(_goal(standing, desk) for standing in desk.profile.goals)


def recognition(level: Recognition | None, desk: Desk) -> str:
    """Return the erkenningsniveau in words, "" where there is none."""
    return desk.words(f"recognition.{level}") if level else ""


def dated(rows: Sequence[ActionRow]) -> bool:
    """Return whether a table of actions has a column for when."""
    return any(row.when for row in rows)


def _actions(actions: Sequence[Action], open_: str, desk: Desk) -> tuple[ActionRow, ...]:
    without = open_ if any(action.when for action in actions) else ""
    return tuple(
        ActionRow(a.goal, a.action, recognition(a.level, desk), a.who, a.when or without,
                  bool(a.when))
        for a in actions
    )  # fmt: skip


def _listed(key: str, desk: Desk) -> frozenset[str]:
    return frozenset(word.strip() for word in desk.words(key).split(","))


def _goal(standing: GoalStanding, desk: Desk) -> GoalRow:
    goal, words = standing.goal, desk.words
    indicator = desk.config.indicators.get(goal.indicator) if goal.indicator else None
    target = None if goal.target is None else Measured(goal.target, str(goal.year or ""))
    needed = None if standing.needed is None else Measured(standing.needed)
    facts = {"needed": _amount(needed, goal.unit, indicator, desk), "year": goal.year or ""}
    reasons = [standing.reason, *(("late",) if _over(standing, desk) else ())]
    told = [words(f"goal_hint.{r}", **facts) for r in reasons if words.has(f"goal_hint.{r}")]
    return GoalRow(
        title=goal.title,
        baseline=_amount(standing.baseline, goal.unit, indicator, desk),
        now=_amount(standing.now, goal.unit, indicator, desk),
        target=_amount(target, goal.unit, indicator, desk),
        status=words(f"goal.{goals.told(standing)}"),
        hint=join(". ", (_counted(goal), join(" ", told))),
    )


def _over(standing: GoalStanding, desk: Desk) -> bool:
    """Whether the year of the goal has passed, and neither status nor reason says so."""
    year = standing.goal.year
    if year is None or standing.status is GoalStatus.REACHED or standing.reason == "late":
        return False
    return year < desk.profile.edition.date.year


def _counted(goal: Goal) -> str:
    """What is counted, and by whom: "deel van de bewoners (eigen telling van de alliantie)"."""
    if goal.measure and goal.source:
        return fill("{measure} ({source})", {"measure": goal.measure, "source": goal.source})
    return goal.measure or goal.source


def _amount(measured: Measured | None, unit: str, indicator: Indicator | None, desk: Desk) -> str:
    if measured is None:
        return desk.words("number.missing")
    value = measured.value
    if indicator is None:
        places = 0 if value == int(value) else 1
        told = decimal(value, places, desk.words("language"))
        told = join("" if unit == "%" else "\u00a0", (told, unit))
    else:
        told = printed(Figure(indicator.id, "", value, Status.OK), indicator, desk.words).text
    return fill("{told} ({when})", {"told": told, "when": measured.when}) if measured.when else told
