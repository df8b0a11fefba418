"""Limits that no table publishes: worked out from the number of people (docs/method.md §9)."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

from wijkprofiel.explain.account import Section, Step, step
from wijkprofiel.explain.desk import Desk
from wijkprofiel.explain.origin import Origin
from wijkprofiel.model import Topic

WILSON = "(2 * x + z ** 2 {} z * sqrt(z ** 2 + 4 * x * (1 - x / n))) / (2 * (n + z ** 2))"
BYAR = (
    "x * (1 - 1 / (9 * x) - z / (3 * sqrt(x))) ** 3 if x > 0 else 0",
    "(x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1))) ** 3",
)


def limits(desk: Desk, topic: Topic, values: Sequence[Origin]) -> Section | None:
    """Return how the limits of the parts came about where their table has none."""
    steps: list[Step] = []
    for origin in values:
        key = (origin.figure.indicator, origin.figure.period, origin.area)
        if origin.way == "cell" and not _published(desk, origin):
            steps += _steps(desk, topic, origin, f"limits.{key[2]}")
    if not steps:
        return None
    facts = {"why": "the table has no margins, but the number of people is known"}
    return Section("limits", "Limits of the parts", facts, (), steps)


def _published(desk: Desk, origin: Origin) -> bool:
    """Return whether the data themselves have the limits, or there are none at all."""
    figure = origin.figure
    if figure.lower is None or figure.n is None or figure.value is None:
        return True
    table = desk.dataset.figures
    rows = table[(table["area"] == origin.area) & (table["indicator"] == figure.indicator)]
    return bool(rows.loc[rows["period"] == figure.period, "lower"].notna().any())


def _steps(desk: Desk, topic: Topic, origin: Origin, name: str) -> list[Step]:
    figure, unit = origin.figure, topic.indicator.unit
    source = desk.config.sources.get(figure.source)
    z = NormalDist().inv_cdf(0.975)
    inputs: dict[str, Any] = {"value": figure.value, "n": figure.n, "z": z}
    if unit == "count" and (source is None or not source.survey):
        given = {"x": figure.value, "z": z}
        return [
            step(f"{name}.lower", "Byar, lower", BYAR[0], given, figure.lower),
            step(f"{name}.upper", "Byar, upper", BYAR[1], given, figure.upper),
        ]
    scale = 100 if unit == "percent" else figure.n
    people = step(f"{name}.people", "people with the answer", "value * n / 100"
                  if unit == "percent" else "value", inputs)  # fmt: skip
    given = {"x": people.result, "n": figure.n, "z": z, "scale": scale}
    value = {"value": figure.value}
    return [
        people,
        step(
            f"{name}.lower",
            "Wilson, lower",
            f"min(value, scale * max(0, {WILSON.format('-')}))",
            {**given, **value},
            figure.lower,
        ),
        step(
            f"{name}.upper",
            "Wilson, upper",
            f"max(value, scale * min(1, {WILSON.format('+')}))",
            {**given, **value},
            figure.upper,
        ),
    ]
