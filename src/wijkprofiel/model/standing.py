"""How goals stand, what there is per theme, and which themes are proposed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from wijkprofiel.model.computed import Verdict
from wijkprofiel.model.people import CatalogueIntervention, Goal, Initiative, PlannedIntervention


class GoalStatus(StrEnum):
    """How a goal stands."""

    REACHED = "reached"  # bereikt
    ON_THE_WAY = "on_the_way"  # op weg
    NOT_YET = "not_yet"  # nog niet op weg
    NOT_MEASURABLE = "not_measurable"  # met dit cijfer niet te meten
    UNKNOWN = "unknown"  # nog niet gemeten


GoalReason = Literal[
    "", "model", "estimate", "withheld", "no_now", "no_baseline", "no_target", "no_direction",
    "same_period", "other_period", "chance", "no_margins", "path", "away", "late", "no_path",
]  # fmt: skip
"""Why a goal has its status, "" where the status says it all.

model: the figure comes from a model; estimate: it was carried over from another division;
withheld: too few people; no_now, no_baseline, no_target: there is no such value; no_direction:
nothing says which way is better; same_period: measured once; other_period: the baseline's period
may not be compared; chance: the change is not larger than its margin; no_margins: a survey without
margins; path: behind the straight line; away: no step in the right direction; late: the year has
passed; no_path: a step in the right direction, and no years to draw a line between."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of a goal.

    Attributes:
        when: year or period, "" when unknown.
        se: standard error, None without margins.
    """

    value: float
    when: str = ""
    se: float | None = None


@dataclass(frozen=True, slots=True)
class GoalStanding:
    """A goal: nulmeting, now and streefwaarde, and how it stands.

    Attributes:
        baseline, now: None where there is none that may be shown.
        needed: value on the straight line from baseline to target in the year of ``now``; None
            without that line.
        z: of the change since the baseline; None where it was not tested.
    """

    goal: Goal
    status: GoalStatus
    reason: GoalReason = ""
    baseline: Measured | None = None
    now: Measured | None = None
    needed: float | None = None
    z: float | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is for one theme.

    Attributes:
        theme, title, colour: id, title and colour role of the theme; "" for what belongs to none.
        priority: people or programme put the theme first.
        initiatives: of the area.
        interventions: recognised ones in use or planned, that the catalogue places here.
    """

    theme: str
    title: str
    colour: str
    priority: bool
    initiatives: tuple[Initiative, ...]
    interventions: tuple[PlannedIntervention, ...]

    @property
    def gap(self) -> bool:
        """Whether there is nothing for this theme yet."""
        return not self.initiatives and not self.interventions


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason to look at a theme.

    Attributes:
        kind: "domain" or "topic" (a figure), "votes", "notes" or "priority" (the dialogue).
        subject: id of the domain or topic, else "".
        verdict: of a figure.
        model: the figure comes from a model.
        number, total: votes of this theme and of all; or the number of notes.
    """

    kind: Literal["domain", "topic", "votes", "notes", "priority"]
    subject: str = ""
    verdict: Verdict | None = None
    model: bool = False
    number: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Fitting:
    """A recognised intervention that fits a theme; ``used``: the area has or plans it."""

    intervention: CatalogueIntervention
    used: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme that is proposed to come first.

    Attributes:
        source: "figures", "dialogue" or "both".
        chosen: it is a priority already.
        signals: why, the dialogue first.
        fitting: interventions of the catalogue, the best founded first.
        gap: there is nothing for it yet.
    """

    theme: str
    title: str
    source: Literal["figures", "dialogue", "both"]
    chosen: bool
    signals: tuple[Signal, ...]
    fitting: tuple[Fitting, ...]
    gap: bool
