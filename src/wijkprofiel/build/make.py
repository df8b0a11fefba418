"""From a planned area to its profile."""

from __future__ import annotations

import re
from collections import Counter

from wijkprofiel import areas, profile
from wijkprofiel.build.plan import Task
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError, Problem
from wijkprofiel.model import Profile
from wijkprofiel.sources.dataset import Dataset


def make_profile(config: Config, dataset: Dataset, task: Task) -> Profile:
    """Return the profile of one area.

    Raises:
        WijkprofielError: the area cannot be made, see the modules on the way.
    """
    if task.broken is not None:
        raise task.broken
    try:
        own = areas.own_area(
            task.slug,
            task.profile,
            task.code,
            dataset.areas,
            dataset.crosswalk,
            config.project.boundary_year,
            _division(config, dataset),
        )
    except ConfigError as failure:
        raise _with_lines(failure, config, task.slug) from failure
    return profile.make(own, config, dataset, people=task.profile)


def _with_lines(failure: ConfigError, config: Config, slug: str) -> ConfigError:
    """Return the error with ``file:line`` in the place of the number of the area in its list."""
    problems = []
    for problem in failure.problems:
        number = re.search(r"areas\[(\d+)\]$", problem.where)
        line = config.places.get(("area", f"{slug} {number[1]}")) if number else None
        if number is None or line is None:
            problems.append(problem)
        else:
            problems.append(Problem(line, f"{number[0]}: {problem.message}", problem.hint))
    return ConfigError.of(problems, f"{slug} is not built")


def _division(config: Config, dataset: Dataset) -> int:
    """Return the division of the figures that are scored: of the table most of them come from."""
    tables = Counter(
        key.table
        for name in config.project.frameworks
        for domain in config.frameworks[name].domains
        for slot in domain.slots
        for item in slot.indicators
        for key in config.indicators[item.id].sources
        if key.table in dataset.sources
    )
    found = (dataset.sources[table].division for table, _ in tables.most_common())
    return next((year for year in found if year is not None), config.project.boundary_year)
