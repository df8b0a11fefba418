"""The topics of one area become slots and domains, for every framework of the project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from wijkprofiel.config import Config
from wijkprofiel.model import Area, Figure, Framework, FrameworkResult, Topic, Verdict
from wijkprofiel.profile.index import Index, shown_table
from wijkprofiel.scoring import area_scores, domains
from wijkprofiel.scoring.area_scores import Comparator, Comparators
from wijkprofiel.scoring.uncertainty import interval, se_of

Numbers = NDArray[np.float64]


def results(
    topics: Mapping[str, Topic],
    config: Config,
    index: Index,
    country: Area,
    gemeente: Area | None,
) -> dict[str, FrameworkResult]:
    """Return a result per framework of the project, by id.

    A framework has one period: that of the table most of its scored indicators come from. An
    indicator that shows another period is missing in its domain, because the domain's SD is
    that of reference areas in one period.

    The interval of a score has the margins of the area's own figures. A difference has those of
    the indicators' verdicts: with the error of the comparator too, and with the rest of the
    comparator where the area is a large part of it.
    """
    found = {}
    for name in config.project.frameworks:
        framework = config.frameworks[name]
        period = period_of(framework, config)
        figures = _normalised(framework, period, topics, config)
        found[name] = area_scores.score(
            framework,
            period,
            _column(figures, OWN, 0),
            index.reference,
            Comparators(
                _comparator(country.code, figures, COUNTRY),
                _comparator(gemeente.code, figures, GEMEENTE) if gemeente else None,
            ),
            _errors(figures, OWN),
        )
    return found


def period_of(framework: Framework, config: Config) -> str:
    """Return the shown period of the table that most scored indicators come from."""
    tables = Counter(
        shown_table(config.indicators[name], config)
        for name in domains.scored(framework, config.indicators)
    )
    tables.pop("", None)
    return config.project.periods[max(tables, key=lambda t: tables[t])] if tables else ""


Four = tuple[float | None, float | None, float | None, float | None]
"""Of an area: its figure, what the difference is taken with, and limits for a standard error."""

OWN, COUNTRY, GEMEENTE = range(3)


def _normalised(
    framework: Framework, period: str, topics: Mapping[str, Topic], config: Config
) -> dict[str, Numbers]:
    """Return per indicator an array (own, country, gemeente) × :data:`Four`, + is favourable."""
    there = {
        name: topics[name]
        for name in domains.scored(framework, config.indicators)
        if topics[name].figure.period == period
    }
    measures = domains.measures(
        framework,
        config.indicators,
        {name: topic.reference for name, topic in there.items()},
        {name: topic.country.value for name, topic in there.items()},
    )
    return {
        name: measure(np.array(sides(framework, there[name]), dtype=np.float64))
        for name, measure in measures.items()
    }


def sides(framework: Framework, topic: Topic) -> tuple[Four, Four, Four]:
    """Return the figures of the area, the country and the gemeente, in the indicator's unit.

    With ``centre: mean`` the mean of the reference areas, known without error, takes the place of
    the country's own figure.
    """
    figure, mean = topic.figure, topic.reference.mean if topic.reference else None
    own = (figure.value, figure.value, figure.lower, figure.upper)
    country = (
        (mean, mean, figure.lower, figure.upper)
        if framework.centre == "mean"
        else _against(figure, topic.country, topic.against_country)
    )
    return own, country, _against(figure, topic.gemeente, topic.against_gemeente)


def _against(figure: Figure, other: Figure | None, verdict: Verdict | None) -> Four:
    """Return a comparator; its limits lie about the area's figure, by the error of both."""
    value = other.value if other else None
    if verdict is None or verdict.other is None:
        return value, value, None, None
    if verdict.se is None or figure.value is None:
        return value, verdict.other, None, None
    lower, upper = interval(figure.value, verdict.se)
    return value, verdict.other, float(lower), float(upper)


def _column(found: Mapping[str, Numbers], row: int, column: int) -> dict[str, float]:
    return {name: value for name, one in found.items() if not np.isnan(value := one[row, column])}


def _errors(found: Mapping[str, Numbers], row: int) -> dict[str, float]:
    sizes = {name: float(se_of(one[row, 2], one[row, 3])) for name, one in found.items()}
    return {name: se for name, se in sizes.items() if not np.isnan(se)}


def _comparator(code: str, found: Mapping[str, Numbers], row: int) -> Comparator:
    return Comparator(code, _column(found, row, 0), _column(found, row, 1), _errors(found, row))
