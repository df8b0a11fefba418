"""In how many scenarios each verdict on a domain stands, for one area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wijkprofiel.config import Config
from wijkprofiel.model import (
    Domain,
    DomainScore,
    Framework,
    FrameworkResult,
    Outcome,
    Robustness,
    Steadiness,
    Topic,
    Verdict,
)
from wijkprofiel.profile import frameworks
from wijkprofiel.profile.index import Index
from wijkprofiel.scoring import reference, scenarios, sensitivity
from wijkprofiel.scoring.scenarios import Measures
from wijkprofiel.scoring.uncertainty import se_of

Numbers = NDArray[np.float64]

CLAIMS = frozenset({Outcome.FAVOURABLE, Outcome.UNFAVOURABLE})

NOTHING = 9
"""Code of a verdict that says nothing: it stands in no scenario."""


def attach(
    results: Mapping[str, FrameworkResult],
    topics: Mapping[str, Topic],
    config: Config,
    index: Index,
) -> dict[str, FrameworkResult]:
    """Return ``results`` in which every verdict on a domain with a score has its robustness.

    A claim by test needs *stevig* too (docs/method.md §3): otherwise, also where no robustness
    could be worked out, it becomes "niet zeker" and keeps the robustness that it failed by.

    Args:
        results: per framework, from :mod:`wijkprofiel.profile.frameworks`.
        topics: of the same area.
        config: the project.
        index: with the yardsticks; with the whole country they are worked out at the first call.
    """
    found = {}
    for name, result in results.items():
        scored = any(score.score is not None for score in result.domains)
        judge = _judge(result, topics, config, index) if scored else None
        found[name] = (
            replace(result, domains=tuple(_domain(score, judge) for score in result.domains))
            if judge
            else result
        )
    return found


@dataclass(frozen=True, slots=True)
class _Judge:
    """What the verdicts of one framework and one area have in common.

    Attributes:
        yardsticks: per domain.
        known: per normalisation and indicator, how a figure is normalised.
        figures: per indicator (own, country, gemeente) × value, what the difference is taken with,
            and limits for its standard error (:func:`wijkprofiel.profile.frameworks.sides`).
    """

    framework: Framework
    yardsticks: Mapping[str, Numbers]
    known: Measures
    figures: Mapping[str, Numbers]

    def robustness(
        self, domain: Domain, verdicts: Sequence[Verdict]
    ) -> tuple[Robustness | None, ...]:
        """Return how the verdicts on ``domain`` stand: against the country, and the gemeente.

        None for one without a yardstick or a verdict.
        """
        sds = self.yardsticks.get(domain.id)
        if sds is None:
            return (None,) * len(verdicts)
        others = slice(1, 1 + len(verdicts))
        banded = [one.basis != "test" for one in verdicts]
        differences = sensitivity.Differences(
            own={n: np.repeat(one[0, 0], len(verdicts)) for n, one in self.figures.items()},
            other={n: one[others, 1] for n, one in self.figures.items()},
            verdicts=np.array(
                [sensitivity.CODES.get(one.outcome, NOTHING) for one in verdicts], dtype=np.int8
            ),
            se={
                n: np.where(banded, np.nan, se_of(one[others, 2], one[others, 3]))
                for n, one in self.figures.items()
            },
        )
        found = sensitivity.standing(self.framework, domain, sds, differences, self.known)
        return tuple(
            sensitivity.robustness(found, position, domain, self.framework.sensitivity)
            if one.outcome in sensitivity.CODES
            else None
            for position, one in enumerate(verdicts)
        )


def _judge(
    result: FrameworkResult, topics: Mapping[str, Topic], config: Config, index: Index
) -> _Judge:
    framework, period = result.framework, result.period
    shown = {name: topic for name, topic in topics.items() if topic.figure.period == period}
    known = scenarios.measures(
        framework,
        period,
        config.indicators,
        {key: stats for key, stats in index.reference.items() if key[2] in shown},
        {name: topic.country.value for name, topic in shown.items()},
    )
    shown = {name: topic for name, topic in shown.items() if name in known["z"]}
    found = yardsticks(framework, period, config, index)
    return _Judge(
        framework=framework,
        yardsticks={
            key[1]: sds for key, sds in found.items() if key[::2] == (framework.id, period)
        },
        known=known,
        figures={
            name: np.array(frameworks.sides(framework, topic), dtype=np.float64)
            for name, topic in shown.items()
        },
    )


def yardsticks(
    framework: Framework, period: str, config: Config, index: Index
) -> scenarios.Yardsticks:
    """Return the SDs of a framework's scenarios; none where nobody can know them.

    With the whole country they are worked out from its reference areas, once for an index. A
    project with a part of it has those of its data folder, or none.
    """
    known = any(key[0] == framework.id and key[2] == period for key in index.yardsticks)
    if not known and not index.reference_partial and index.reference:
        level = reference.PREFIX[framework.reference.level]
        figures = reference.area_values(index.figures, period, level)
        country = reference.country_values(index.figures, period, config.project.country)
        measures = scenarios.measures(
            framework, period, config.indicators, index.reference, country
        )
        index.yardsticks.update(scenarios.yardsticks(framework, period, figures, measures))
    return index.yardsticks


def _domain(score: DomainScore, judge: _Judge) -> DomainScore:
    if score.score is None:
        return score
    verdicts = [score.against_country]
    if score.against_gemeente is not None:
        verdicts.append(score.against_gemeente)
    found = judge.robustness(score.domain, verdicts)
    country, *gemeente = map(_judged, verdicts, found)
    return replace(
        score, against_country=country, against_gemeente=gemeente[0] if gemeente else None
    )


def _judged(verdict: Verdict, found: Robustness | None) -> Verdict:
    steady = found is not None and found.word is Steadiness.STEADY
    if verdict.basis == "test" and verdict.outcome in CLAIMS and not steady:
        return replace(verdict, outcome=Outcome.UNCERTAIN, strength=0, robustness=found)
    return replace(verdict, robustness=found)
