"""The figure of an own area from its parts: values, weights and the sum (docs/method.md §1.6)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from wijkprofiel.areas import MINIMUM_COVERAGE
from wijkprofiel.explain.account import Facts, Row, Step, step
from wijkprofiel.explain.desk import Desk
from wijkprofiel.explain.origin import Origin, trace
from wijkprofiel.model import Figure, Indicator, Status


@dataclass(frozen=True, slots=True)
class Parts:
    """How a figure was put together.

    Attributes:
        values: origins of the parts' figures.
        weights: origins of their weights; none where the weight is the inhabitants of the area
            table, or where nothing is weighed.
    """

    facts: Facts
    rows: Sequence[Row] = ()
    steps: Sequence[Step] = ()
    values: Sequence[Origin] = ()
    weights: Sequence[Origin] = field(default_factory=tuple)


def put_together(desk: Desk, indicator: Indicator, figure: Figure, name: str) -> Parts:
    """Return how the profile's figure came from those of its parts.

    Args:
        desk: of the area.
        indicator: of the figure.
        figure: the area's own, of any period.
        name: prefix of the ids of the steps.
    """
    parts = desk.profile.area.parts
    if desk.profile.area.single:
        origin = trace(desk, parts[0].code, indicator.id, figure.period)
        return Parts({"how": "published for this area"}, values=[origin])
    if indicator.combine == "ratio" and indicator.ratio is not None:
        return _ratio(desk, indicator, indicator.ratio, figure, name)
    values = [trace(desk, part.code, indicator.id, figure.period) for part in parts]
    if _made_before(desk, figure, values):
        return Parts({"how": _BEFORE})
    if indicator.combine == "mean":
        return _mean(desk, indicator, figure, values, name)
    facts: Facts = {"how": _HOW[indicator.combine]}
    steps: list[Step] = []
    if figure.value is not None:
        x = [origin.figure.value for origin in values]
        formula = "sum(x)" if indicator.combine == "sum" else "max(x)"
        steps = [
            step(f"{name}.value", f"{_VALUE}, {figure.period}", formula, {"x": x}, figure.value)
        ]
    return Parts(facts, [_row(desk, origin) for origin in values], steps, values)


def _made_before(desk: Desk, figure: Figure, values: Sequence[Origin]) -> bool:
    """Return whether the parts together were worked out before disclosure control withheld one."""
    together = desk.index.together(part.code for part in desk.profile.area.parts)
    withheld = any(origin.figure.status is Status.SUPPRESSED for origin in values)
    return withheld and (figure.indicator, figure.period) in together


_BEFORE = (
    "weighted mean of the parts, worked out before disclosure control and rounded as printed;"
    " a part is withheld, so neither the parts nor their weights are shown"
)
_VALUE = "figure of the whole area"
_HOW = {"sum": "sum of the parts", "none": "the class that all parts share"}


def _ratio(
    desk: Desk, indicator: Indicator, names: tuple[str, str], figure: Figure, name: str
) -> Parts:
    parts = desk.profile.area.parts
    above, below = ([trace(desk, part.code, one, figure.period) for part in parts] for one in names)
    rows = [_row(desk, origin) for origin in (*above, *below)]
    steps: list[Step] = []
    if figure.value is not None:
        a = step(f"{name}.above", names[0], "sum(a)", {"a": [o.figure.value for o in above]})
        b = step(f"{name}.below", names[1], "sum(b)", {"b": [o.figure.value for o in below]})
        inputs = {"a": a.result, "b": b.result, "factor": indicator.ratio_factor}
        whole = step(
            f"{name}.value", f"{_VALUE}, {figure.period}", "a / b * factor", inputs, figure.value
        )
        steps = [a, b, whole]
    facts: Facts = {"how": f"{names[0]} / {names[1]}, both summed over the parts"}
    return Parts(facts, rows, steps, [*above, *below])


def _mean(
    desk: Desk, indicator: Indicator, figure: Figure, values: Sequence[Origin], name: str
) -> Parts:
    weighed = _weights(desk, indicator, figure)
    weights = [w.figure.value if isinstance(w, Origin) else w for w in weighed]
    rows = [_row(desk, value, weight) for value, weight in zip(values, weights, strict=True)]
    facts: Facts = {
        "how": "mean of the parts, weighted by people",
        "weight": figure.weight,
        "weight indicator": indicator.weight or "inhabitants of the area table",
        "needs": f"parts with a value hold at least {MINIMUM_COVERAGE:g} of the weight",
    }
    steps: list[Step] = []
    if figure.value is not None:
        pairs = [
            (weight, value.figure)
            for value, weight in zip(values, weights, strict=True)
            if weight and value.figure.value is not None
        ]
        steps = _weighing(indicator, figure, pairs, [w for w in weights if w], name)
    origins = [w for w in weighed if isinstance(w, Origin)]
    return Parts(facts, rows, steps, values, origins)


def _weights(desk: Desk, indicator: Indicator, figure: Figure) -> list[Origin | float | None]:
    """Return the weight of every part: a figure with its origin, or its inhabitants."""
    parts = desk.profile.area.parts
    if indicator.weight is None or indicator.weight not in desk.config.indicators:
        return [None if p.population is None else float(p.population) for p in parts]
    # The year stands at the end of what the page names the weight by.
    year = figure.weight.rpartition(", ")[2] or figure.period
    return [trace(desk, part.code, indicator.weight, year) for part in parts]


def _weighing(
    indicator: Indicator,
    figure: Figure,
    pairs: Sequence[tuple[float, Figure]],
    every: Sequence[float],
    name: str,
) -> list[Step]:
    w, x = [weight for weight, _ in pairs], [own.value for _, own in pairs]
    total = step(
        f"{name}.weight", f"weight of the parts with a value, {figure.period}", "sum(w)", {"w": w}
    )
    whole = step(
        f"{name}.total", f"weight of all parts, {figure.period}", "sum(w)", {"w": list(every)}
    )
    shared = {"there": total.result, "all": whole.result}
    share = f"share that has a value, {figure.period}"
    coverage = step(f"{name}.coverage", share, "there / all", shared, figure.coverage)
    title = f"sum of weight × value, {figure.period}"
    products = step(f"{name}.products", title, "sum(w * x)", {"w": w, "x": x})
    inputs = {"products": products.result, "weight": total.result}
    title = f"{_VALUE}, {figure.period}"
    value = step(f"{name}.value", title, "products / weight", inputs, figure.value)
    found = [total, whole, coverage, products, value]
    if figure.lower is None or figure.upper is None:
        return found
    low, high = [own.lower for _, own in pairs], [own.upper for _, own in pairs]
    half = step(
        f"{name}.half",
        "half the interval",
        "sum(w * (high - low)) / 2 / sum(w)",
        {"w": w, "low": low, "high": high},
        note="the bound for errors of the parts that go together fully",
    )
    top = 100.0 if indicator.unit == "percent" else math.inf
    inputs = {"value": figure.value, "half": half.result}
    lower = step(f"{name}.lower", "lower limit", "max(0, value - half)", inputs, figure.lower)
    bound = "min(100, value + half)" if top == 100 else "value + half"
    upper = step(f"{name}.upper", "upper limit", bound, inputs, figure.upper)
    return [*found, half, lower, upper]


def _row(desk: Desk, origin: Origin, weight: float | None = None) -> Row:
    figure = origin.figure
    return {
        "area": origin.area,
        "name": desk.named(origin.area),
        "indicator": figure.indicator,
        "weight": weight,
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "status": figure.status.value,
        "converted": figure.converted,
    }
