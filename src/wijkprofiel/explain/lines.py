"""One line of a domain's sheet: indicators → slots → domain, for the area or a comparator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wijkprofiel.explain.account import Step, step
from wijkprofiel.model import Domain, Framework, SlotScore


@dataclass(frozen=True, slots=True)
class Line:
    """A domain of one area over some indicators.

    Attributes:
        steps: a mean per slot, then the domain.
        slots: slot id → mean, of the slots that are there.
        raw: the domain before zero point and SD; None without a slot.
    """

    steps: Sequence[Step]
    slots: Mapping[str, float]
    raw: float | None


def line(
    framework: Framework,
    domain: Domain,
    values: Mapping[str, float],
    name: tuple[str, str],
    own: tuple[Sequence[SlotScore], float | None] | None = None,
) -> Line:
    """Return the sums from normalised indicators to the domain.

    Args:
        framework: gives method and aggregation.
        domain: one of its domains.
        values: normalised, by indicator; only what is there.
        name: prefix of the ids of the steps, and whose figures these are.
        own: what the program has of the slots and the domain, where it keeps that.
    """
    prefix, whose = name
    known = {score.slot.id: score.z_raw for score in own[0]} if own else {}
    steps: list[Step] = []
    slots: dict[str, float] = {}
    for slot in domain.slots:
        x = [values[part.id] for part in slot.indicators if part.id in values]
        if x:
            title = f"slot {slot.title}, {whose}"
            found = step(f"{prefix}.slot.{slot.id}", title, "sum(x) / len(x)", {"x": x},
                         known.get(slot.id))  # fmt: skip
            steps.append(found)
            slots[slot.id] = _number(found)
    if not slots:
        return Line((), {}, None)
    weights = {slot.id: slot.weight for slot in domain.slots}
    inputs: dict[str, Any] = {"w": [weights[slot] for slot in slots], "s": list(slots.values())}
    formula, title = "sum(w * s) / sum(w)", f"mean of the slots, {whose}"
    if framework.aggregation == "geometric":
        logs = [_log(framework, f"{prefix}.log.{slot}", value) for slot, value in slots.items()]
        steps += logs
        inputs["s"] = [_number(one) for one in logs]
        formula, title = "exp(sum(w * s) / sum(w))", f"geometric mean of scores, {whose}"
    steps.append(step(f"{prefix}.raw", title, formula, inputs, own[1] if own else None))
    return Line(steps, slots, _number(steps[-1]))


def _log(framework: Framework, name: str, value: float) -> Step:
    """Return the logarithm of a slot's score from 0 to 10, from the floor up."""
    inputs: dict[str, Any] = {"s": value, "floor": framework.sensitivity.floor}
    score = "10 * s"
    if framework.normalisation == "z":
        score, inputs["clip"] = "min(10, max(0, 5 + 5 * s / clip))", framework.clip
    return step(name, "logarithm of its score", f"log(max(floor, {score}))", inputs)


def _number(one: Step) -> float:
    assert isinstance(one.result, float | int)  # noqa: S101 - a sum gives a number
    return float(one.result)
