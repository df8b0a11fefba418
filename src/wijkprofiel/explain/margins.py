"""The interval of a domain's score: errors of indicators → slots → domain (docs/method.md §2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wijkprofiel.explain.account import Section, Step, step
from wijkprofiel.scoring.uncertainty import Z95, se_of

if TYPE_CHECKING:
    from wijkprofiel.explain.domain import Sheet

_WHY = {
    "complete": "every indicator that counts has margins; the printed interval takes the errors"
    " to go together fully (the bound)",
    "incomplete": "not complete: some indicators have no margins, so there is no interval",
    "none": "none: the table has no margins",
}


def margins(sheet: Sheet) -> Section:
    """Return how the interval of the printed score came about, or why there is none."""
    score = sheet.score
    lacking = [n for n, topic in sheet.topics.items() if topic.figure.value is not None
               and topic.figure.lower is None]  # fmt: skip
    facts: dict[str, Any] = {
        "interval": score.interval,
        "why": _WHY[score.interval],
        "without margins": lacking if score.interval == "incomplete" else [],
    }
    if score.se is None or score.z is None:
        return Section("interval", "Interval", facts)
    errors: dict[str, float] = {}
    steps: list[Step] = []
    for name, topic in sheet.topics.items():
        figure = topic.figure
        if figure.lower is None or figure.upper is None or figure.value is None:
            continue
        low, high = map(float, sheet.measures[name]([figure.lower, figure.upper]))
        errors[name] = float(se_of(low, high))
        steps.append(step(f"interval.{name}", f"{topic.indicator.title}, standard error of its"
                          " normalised value", "abs(high - low) / (2 * z95)",
                          {"low": low, "high": high, "z95": Z95}, errors[name]))  # fmt: skip
    steps += joined(sheet, errors, "interval", score.se, score.se_independent)
    inputs = {"z": score.z, "z95": Z95, "se": score.se, "clip": sheet.framework.clip}
    shown = "min(10, max(0, 5 + 5 * (z {} z95 * se) / clip))"
    steps.append(step("interval.lower", "lower limit of the score", shown.format("-"), inputs,
                      score.lower))  # fmt: skip
    steps.append(step("interval.upper", "upper limit of the score", shown.format("+"), inputs,
                      score.upper))  # fmt: skip
    return Section("interval", "Interval", facts, (), steps)


def joined(
    sheet: Sheet,
    errors: Mapping[str, float],
    name: str,
    together: float | None,
    apart: float | None = None,
) -> list[Step]:
    """Return the sums from the errors of indicators to that of the domain, in SDs.

    A geometric mean has no such sum: each slot in turn is moved to the ends of its interval.
    """
    stats = sheet.score.reference
    if stats is None or sheet.framework.aggregation == "geometric":
        return []
    steps: list[Step] = []
    weights: list[float] = []
    both: list[tuple[float, float]] = []
    for slot in sheet.score.domain.slots:
        se = [errors[part.id] for part in slot.indicators if part.id in errors]
        if not se:
            continue
        given = {"se": se}
        full = step(f"{name}.slot.{slot.id}", f"slot {slot.title}, errors together",
                    "sum(se) / len(se)", given)  # fmt: skip
        free = step(f"{name}.slot.{slot.id}.apart", f"slot {slot.title}, errors independent",
                    "sqrt(sum(se ** 2)) / len(se)", given)  # fmt: skip
        steps += [full, free] if apart is not None else [full]
        weights.append(slot.weight)
        both.append((float(full.result), float(free.result)))
    inputs: dict[str, Any] = {"w": weights, "sd": stats.sd}
    steps.append(step(f"{name}.se", "standard error of z, errors together (the bound)",
                      "sum(w * se) / sum(w) / sd", {**inputs, "se": [one for one, _ in both]},
                      together))  # fmt: skip
    if apart is not None:
        steps.append(step(f"{name}.se_independent", "standard error of z, errors independent",
                          "sqrt(sum((w * se) ** 2)) / sum(w) / sd",
                          {**inputs, "se": [other for _, other in both]}, apart))  # fmt: skip
    return steps
