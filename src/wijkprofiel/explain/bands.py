"""The word of a verdict by the bands: a difference in SDs of the reference areas."""

from __future__ import annotations

from wijkprofiel.explain.account import Step, step
from wijkprofiel.explain.desk import Desk
from wijkprofiel.model import Bands, Direction, ReferenceStats, Topic, Verdict
from wijkprofiel.scoring import compare, normalise


def by_band(desk: Desk, topic: Topic, verdict: Verdict, side: str) -> list[Step]:
    """Return the sums from the two figures to the word."""
    assert topic.reference is not None  # noqa: S101 - a verdict by band has a yardstick
    equal = equal_step(topic, verdict, side, verdict.other)
    z = z_step(topic, verdict, side, topic.reference)
    return [z, equal, *words(verdict, bands_of(desk), side, topic.direction, bool(equal.result))]


def z_step(topic: Topic, verdict: Verdict, side: str, stats: ReferenceStats) -> Step:
    """Return the difference with a comparator in SDs of the reference areas."""
    inputs = {
        "sign": normalise.SIGN[topic.direction],
        "x": topic.figure.value,
        "other": verdict.other,
        "sd": stats.sd,
    }
    title = "difference in SDs, + is gunstig" if topic.direction != "neutral" else "in SDs"
    return step(f"{side}.z", title, "sign * (x - other) / sd", inputs, verdict.z)


def equal_step(topic: Topic, verdict: Verdict, side: str, other: float | None) -> Step:
    """Return whether the two figures are equal as printed."""
    return step(
        f"{side}.equal",
        "equal on paper",
        "half_up(x, d) == half_up(other, d)",
        {"x": topic.figure.value, "other": other, "d": topic.indicator.decimals},
        verdict.equal_on_paper,
    )


def words(
    verdict: Verdict, bands: Bands, side: str, direction: Direction, equal: bool = False
) -> list[Step]:
    """Return the steps from z to strength and outcome, by the bands."""
    neutral = direction == "neutral"
    below, about, above = (outcome.value for outcome in compare.WORDS[direction])
    number = "(size > similar) + (size > slight) + (size > clear)"
    size = step(f"{side}.size", "size", "round(abs(z), 9)", {"z": verdict.z})
    borders = {"similar": bands.similar, "slight": bands.slight, "clear": bands.clear}
    passed = step(f"{side}.passed", "borders passed", number, {"size": size.result, **borders})
    strength = "0 if equal else min(passed, 1)" if neutral else "0 if equal else passed"
    strong = step(
        f"{side}.strength",
        "strength: 0 vergelijkbaar, 1 iets, 2 plain, 3 veel",
        strength,
        {"equal": equal, "passed": passed.result},
        verdict.strength,
    )
    outcome = step(
        f"{side}.outcome",
        "outcome",
        "about if strength == 0 else above if z > 0 else below",
        {
            "strength": verdict.strength,
            "z": verdict.z,
            "below": below,
            "about": about,
            "above": above,
        },
        verdict.outcome.value,
    )
    return [size, passed, strong, outcome]


def bands_of(desk: Desk) -> Bands:
    """Return the bands of the first framework: the yardstick of all topics."""
    return desk.config.frameworks[desk.config.project.frameworks[0]].bands
