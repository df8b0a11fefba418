"""From figures to figures that may be shown, with the attack as the judge."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wijkprofiel.disclosure.attack import attack
from wijkprofiel.disclosure.cells import Key, System
from wijkprofiel.disclosure.primary import KEY, survey_sources, too_small, wipe
from wijkprofiel.disclosure.relations import Union, system, tainted
from wijkprofiel.disclosure.rows import Rules, answers_of, ratios_of, rows_of, with_people
from wijkprofiel.disclosure.secondary import Choice, choose
from wijkprofiel.errors import DisclosureError, Problem
from wijkprofiel.model import Figure, Finding, Indicator, Severity, Status

if TYPE_CHECKING:
    import pandas as pd

Cell = tuple[str, str]
"""Indicator and period."""

_NUMBERS = ("value", "n", "lower", "upper")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Truth:
    """What a withheld figure really is. Only the attack on the output may look at it."""

    value: float
    n: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Protected:
    """The outcome.

    Attributes:
        figures: IndicatorTable that may be shown.
        together: per set of parts the survey figures of an own area that may be shown.
        looked_at: the sets of parts that disclosure control knows.
        withheld: every figure that is withheld, and what it really is.
        coarse: shown figures of areas in which one is withheld; their margins are rounded.
        system: what an attacker can calculate with.
        given_away: withheld figures that earlier publications give away.
        findings: how many are withheld, never which values.
    """

    figures: pd.DataFrame
    together: Mapping[frozenset[str], Mapping[Cell, Figure]] = field(default_factory=dict)
    looked_at: frozenset[frozenset[str]] = frozenset()
    withheld: Mapping[Key, Truth] = field(default_factory=dict)
    coarse: frozenset[Key] = frozenset()
    system: System = field(default_factory=lambda: System((), ()))
    given_away: frozenset[Key] = frozenset()
    findings: tuple[Finding, ...] = ()

    @property
    def published(self) -> frozenset[Key]:
        """The cells that documents may print."""
        keys = (cell.key for cell in self.system.cells if not cell.hidden)
        return frozenset(key for key in keys if key not in self.withheld)


def protect(figures: pd.DataFrame, rules: Rules) -> Protected:
    """Return what may be shown of ``figures``, and what is withheld of them.

    First the figures that are too small by themselves (:mod:`.primary`), then those that would
    give one of them away (:mod:`.secondary`). What is left is attacked. The order of the rows
    does not matter.

    Raises:
        DisclosureError: the attack recovers a withheld figure.
    """
    surveys = survey_sources(rules.sources)
    if not figures["source"].isin(surveys).any():
        return Protected(figures)
    figures = with_people(figures, rules.indicators, surveys)
    small = too_small(figures, rules.sources, rules.indicators, rules.cells)
    answers = answers_of(figures, small, rules, surveys)
    whole = system(answers)
    choice = choose(whole)
    withheld = small | rows_of(figures, choice.withheld)
    withheld |= ratios_of(figures, withheld, rules, surveys)
    secret = _truths(figures[withheld], answers.unions, whole, choice)
    coarse = tainted(whole, secret)
    found = Protected(
        figures=_outward(wipe(figures, withheld), coarse, rules.indicators),
        together=_together(answers.unions, secret, coarse, rules.indicators),
        looked_at=frozenset(frozenset(part.code for part in own.parts) for own in rules.owns),
        withheld=secret,
        coarse=coarse,
        system=whole,
        given_away=frozenset(choice.given_away),
    )
    refuse_recovered(found, found.published)
    return replace(found, findings=(*_counted(found, int(small.sum())), *_given_away(found)))


def refuse_recovered(found: Protected, printed: Collection[Key], where: str = "") -> None:
    """Attack what is printed.

    Raises:
        DisclosureError: every withheld figure that is recovered within its protection, by name.
    """
    recovered = attack(found.system, printed, excused=found.given_away)
    if recovered:
        raise DisclosureError.of(
            Problem(
                where or cell.key.source,
                f"{cell.key} can be worked out from: {'; '.join(cell.equations) or 'itself'}",
                "leave that topic out, or withhold a figure in one of those sums in the file",
            )
            for cell in recovered
        )


def _truths(
    rows: pd.DataFrame, unions: Iterable[Union], whole: System, choice: Choice
) -> dict[Key, Truth]:
    columns = zip(*(rows[name] for name in (*KEY, *_NUMBERS)), strict=True)
    found = {
        Key(source, indicator, period, (area,)): Truth(*numbers)
        for area, indicator, period, source, *numbers in columns
    }
    for union in unions:
        if union.key in choice.withheld or union.key not in whole.numbers:
            given = (getattr(union.figure, name) for name in _NUMBERS)
            found[union.key] = Truth(*(math.nan if x is None else x for x in given))
    return found


def _outward(
    figures: pd.DataFrame, coarse: Collection[Key], indicators: Mapping[str, Indicator]
) -> pd.DataFrame:
    """Round the margins of areas in which a figure is withheld outwards, as they are printed.

    The error of a stratified or weighted sample is a sum over its parts: with all its decimals it
    would be a second equation for what is withheld, and two equations give two unknowns away.
    """
    import numpy as np

    rows = rows_of(figures, coarse) & figures["lower"].notna()
    if not rows.any():
        return figures
    decimals = {name: indicator.decimals for name, indicator in indicators.items()}
    tens = 10.0 ** figures.loc[rows, "indicator"].map(decimals).fillna(0).to_numpy(dtype=float)
    told = figures.copy()
    for side, outward in (("lower", np.floor), ("upper", np.ceil)):
        told.loc[rows, side] = outward(figures.loc[rows, side].to_numpy(dtype=float) * tens) / tens
    return told


def _together(
    unions: Iterable[Union],
    withheld: Collection[Key],
    coarse: Collection[Key],
    indicators: Mapping[str, Indicator],
) -> dict[frozenset[str], dict[Cell, Figure]]:
    """Return what an own area may show.

    With a part withheld its value is rounded as it is printed, and it has no margins: the whole
    numbers of people behind many decimals, or the margins, of the parts could be worked out. Nor
    has it margins where those of a part are rounded.
    """
    found: dict[frozenset[str], dict[Cell, Figure]] = {}
    for union in unions:
        figure, key = union.figure, union.key
        parts = {replace(key, places=(code,)) for code in union.factors}
        cell = figure.indicator, figure.period
        if key in withheld:
            figure = Figure(*cell, None, Status.SUPPRESSED, source=figure.source)
        elif figure.value is not None and parts & set(withheld):
            tens = 10.0 ** indicators[figure.indicator].decimals
            value = math.floor(figure.value * tens + 0.5) / tens
            figure = replace(figure, value=value, lower=None, upper=None)
        elif parts & set(coarse):
            figure = replace(figure, lower=None, upper=None)
        found.setdefault(frozenset(key.places), {})[cell] = figure
    return found


def _counted(found: Protected, small: int) -> Iterable[Finding]:
    """Yield how many figures are withheld, and why; never which."""
    if not found.withheld:
        return
    numbers, cells = found.system.numbers, found.system.cells
    several = [key for key in found.withheld if len(key.places) > 1]
    first = small + sum(k not in numbers or cells[numbers[k]].protection > 0 for k in several)
    yield Finding(
        "figures-withheld",
        Severity.INFO,
        _sources(found.withheld),
        f"{first} figures are withheld because they are about few people, and "
        f"{len(found.withheld) - first} more because those could be worked out from them",
        "see docs/own-figures.md",
    )


def _given_away(found: Protected) -> Iterable[Finding]:
    names = sorted(map(str, found.given_away))
    if not names:
        return
    shown = ", ".join(names[:_SHOWN])
    shown += f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    yield Finding(
        "already-published",
        Severity.WARNING,
        _sources(found.given_away),
        f"an earlier publication gives away what is withheld now: {shown}",
        "look whether that publication can be withdrawn; see docs/own-figures.md",
    )


def _sources(keys: Iterable[Key]) -> str:
    return ", ".join(sorted({key.source for key in keys}))
