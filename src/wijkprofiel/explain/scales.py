"""One figure made into a number that can be laid beside others, as a formula per method."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from typing import Any

from wijkprofiel.explain.account import Step, step
from wijkprofiel.scoring.domains import Measure
from wijkprofiel.scoring.normalise import OUTER, Scale

Formula = tuple[str, dict[str, Any]]


def normalised(name: str, title: str, x: float, measure: Measure) -> Step:
    """Return the step that normalises ``x`` by the framework's method, + is gunstig."""
    formula, inputs = _FORMULAS[measure.method](x, measure.scale, measure.sign)
    return step(name, title, formula, {"x": x, **inputs}, float(measure([x])[0]))


def _z(_: float, scale: Scale, sign: int) -> Formula:
    return "sign * (x - centre) / sd", {"sign": sign, "centre": scale.centre, "sd": scale.sd}


def _min_max(_: float, scale: Scale, sign: int) -> Formula:
    return _between(scale.minimum, scale.maximum, sign)


def _goalposts(_: float, scale: Scale, sign: int) -> Formula:
    posts = scale.goalposts or tuple(scale.quantiles[p] for p in OUTER)
    return _between(min(posts), max(posts), sign)


def _between(low: float, high: float, sign: int) -> Formula:
    share = "min(1, max(0, (x - low) / (high - low)))"
    return (share if sign > 0 else f"1 - {share}"), {"low": low, "high": high}


def _target(_: float, scale: Scale, sign: int) -> Formula:
    inputs = {
        "sign": sign,
        "target": scale.target,
        "worst": scale.minimum if sign > 0 else scale.maximum,
    }
    reached = "(0 if sign * (target - x) > 0 else 1) if sign * (target - worst) <= 0"
    distance = "max(0, sign * (target - x)) / (sign * (target - worst))"
    return f"{reached} else min(1, max(0, 1 - {distance}))", inputs


def _percentile(x: float, scale: Scale, sign: int) -> Formula:
    inner = sorted(scale.quantiles.items())
    share = [0.0, *(p / 100 for p, _ in inner), 1.0]
    value = [scale.minimum, *(v for _, v in inner), scale.maximum]
    first, after = bisect_left(value, x), bisect_right(value, x)
    low = max(first - 1, 0)
    high = min(first, len(value) - 1)
    if after > first:
        formula, inputs = "(a + b) / 2", {"a": share[high], "b": share[after - 1]}
    elif value[high] == value[low]:
        formula, inputs = "a", {"a": share[low]}
    else:
        formula = "a + (x - low) / (high - low) * (b - a)"
        inputs = {"low": value[low], "high": value[high], "a": share[low], "b": share[high]}
    return (formula if sign > 0 else f"1 - ({formula})"), inputs


_FORMULAS: Mapping[str, Callable[[float, Scale, int], Formula]] = {
    "z": _z,
    "min-max": _min_max,
    "goalposts": _goalposts,
    "percentile": _percentile,
    "target": _target,
}
