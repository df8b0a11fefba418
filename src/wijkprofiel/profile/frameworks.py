"""The topics of one area become slots and domains, for every framework of the project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from wijkprofiel.config import Config
from wijkprofiel.model import Area, Figure, Framework, FrameworkResult, ReferenceStats, Topic
from wijkprofiel.profile.index import Index, shown_table
from wijkprofiel.scoring import compare, domains
from wijkprofiel.scoring.domains import Comparators


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
    """
    found = {}
    for name in config.project.frameworks:
        framework = config.frameworks[name]
        period = period_of(framework, config)
        there = {
            indicator: topics[indicator]
            for indicator in domains.scored(framework, config.indicators)
            if topics[indicator].figure.period == period
        }
        found[name] = domains.score(
            framework,
            period,
            {i: _z(framework, topic, topic.figure) for i, topic in there.items()},
            index.reference,
            Comparators(
                country.code,
                gemeente.code if gemeente else None,
                {i: _z(framework, topic, topic.gemeente) for i, topic in there.items()},
            ),
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


def _z(framework: Framework, topic: Topic, figure: Figure | None) -> float | None:
    """Return z by the framework's own zero point and least number of reference areas."""
    stats: ReferenceStats | None = topic.reference
    if figure is None or figure.value is None or stats is None:
        return None
    if stats.n < framework.reference.minimum:
        return None
    centre = stats.mean if framework.centre == "mean" else topic.country.value
    if centre is None:
        return None
    return compare.z_score(figure.value, centre, topic.direction, stats)
