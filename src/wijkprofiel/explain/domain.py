"""The account of a domain: indicators → slots → domain → score, and every verdict on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from wijkprofiel.explain.account import Account, Row, Section, Step, step
from wijkprofiel.explain.desk import Desk
from wijkprofiel.explain.lines import Line, line
from wijkprofiel.explain.margins import margins
from wijkprofiel.explain.scales import normalised
from wijkprofiel.explain.standing import verdict
from wijkprofiel.explain.topic import area_facts, reference_origin
from wijkprofiel.model import (
    DomainScore,
    Framework,
    FrameworkResult,
    ReferenceStats,
    Topic,
    Verdict,
)
from wijkprofiel.scoring import domains, normalise
from wijkprofiel.scoring.domains import Measure
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.wording import numbers

SCORE = "min(10, max(0, 5 + 5 * z / clip))"
"""A z as a score."""


@dataclass(frozen=True)
class Sheet:
    """The figures of one domain: of the area, and of what it is compared with.

    Attributes:
        measures: per indicator of the framework how it is normalised.
    """

    desk: Desk
    result: FrameworkResult
    score: DomainScore
    measures: dict[str, Measure]

    @classmethod
    def of(cls, desk: Desk, result: FrameworkResult, domain: str) -> Sheet:
        """Return the sheet of one domain."""
        framework = result.framework
        there = {
            name: desk.profile.topics[name]
            for name in domains.scored(framework, desk.config.indicators)
            if desk.profile.topics[name].figure.period == result.period
        }
        measures = domains.measures(
            framework,
            desk.config.indicators,
            {name: topic.reference for name, topic in there.items()},
            {name: topic.country.value for name, topic in there.items()},
        )
        return cls(desk, result, result.domain(domain), measures)

    @property
    def framework(self) -> Framework:
        """The framework of the domain."""
        return self.result.framework

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """The topics of its slots that the area can have a number for."""
        slots = self.score.domain.slots
        names = dict.fromkeys(part.id for slot in slots for part in slot.indicators)
        return {n: self.desk.profile.topics[n] for n in names if n in self.measures}

    def figures(self, side: str) -> dict[str, float]:
        """Return figures per indicator: "own", "zero", or what a verdict compares with."""
        return {n: x for n, topic in self.topics.items() if (x := self._figure(topic, side))
                is not None}  # fmt: skip

    def _figure(self, topic: Topic, side: str) -> float | None:
        mean = self.framework.centre == "mean" and topic.reference is not None
        if side == "own":
            return topic.figure.value
        if side in ("zero", "against_country") and mean and topic.reference is not None:
            return topic.reference.mean
        if side == "zero":
            return topic.country.value
        if side == "gemeente":
            return topic.gemeente.value if topic.gemeente else None
        found: Verdict | None = getattr(topic, side)
        other = topic.country if side == "against_country" else topic.gemeente
        if found is not None and found.other is not None:
            return found.other
        return other.value if other else None

    def normalised(self, side: str) -> dict[str, float]:
        """Return the same, normalised."""
        return {n: float(self.measures[n]([x])[0]) for n, x in self.figures(side).items()}

    def line(self, side: str, name: str, among: Iterable[str] | None = None) -> Line:
        """Return the sums of one side, over the indicators ``among``.

        Steps that were told before are left out: those of the area over all its indicators, and
        those of a zero point that is zero by its nature.
        """
        values = self.normalised(side)
        chosen = {n: v for n, v in values.items() if among is None or n in set(among)}
        here = side == "own" and chosen.keys() == self.normalised("own").keys()
        own = (self.score.slots, self.score.z_raw) if here else None
        found = line(self.framework, self.score.domain, chosen, (name, self._whose(side)), own)
        if (here and name != "own") or not any(chosen.values()):
            return replace(found, steps=())
        return (
            found
            if side == "own"
            else replace(found, steps=[*self._each(side, name, chosen), *found.steps])
        )

    def _each(self, side: str, name: str, chosen: Iterable[str]) -> list[Step]:
        figures, whose = self.figures(side), self._whose(side)
        return [
            normalised(
                f"{name}.{n}",
                f"{self.topics[n].indicator.title}, {whose}",
                figures[n],
                self.measures[n],
            )
            for n in chosen
        ]

    def _whose(self, side: str) -> str:
        names = self.desk.names
        here = {"own": names.area, "gemeente": names.gemeente, "against_gemeente": names.gemeente}
        found = (getattr(topic, side, None) for topic in self.topics.values())
        rest = any(isinstance(one, Verdict) and one.rest for one in found)
        return ("rest of " if rest else "") + here.get(side, names.country)


def domain_account(desk: Desk, result: FrameworkResult, domain: str) -> Account:
    """Return the account of one domain of a framework."""
    sheet = Sheet.of(desk, result, domain)
    score = sheet.score
    sections = [
        _domain(sheet),
        _indicators(sheet),
        _slots(sheet),
        _coverage(sheet),
        _score(sheet),
        margins(sheet),
        _gemeente(sheet),
        verdict(sheet, "against_gemeente"),
        verdict(sheet, "against_country"),
        _paper(sheet),
    ]
    return Account(
        kind="domain",
        id=f"{result.framework.id}:{domain}",
        title=score.domain.title,
        area=area_facts(desk),
        printed=numbers.score(score.score, desk.words),
        sections=[section for section in sections if section is not None],
    )


def _domain(sheet: Sheet) -> Section:
    framework, score = sheet.framework, sheet.score
    why = {
        "": "",
        "coverage": "too few topics have a figure: no score, never 0, never filled in",
        "reference": "too few reference areas: no yardstick",
    }
    return Section(
        "domain",
        "The domain",
        {
            "framework": framework.id,
            "domain": score.domain.id,
            "title": score.domain.title,
            "period": sheet.result.period,
            "normalisation": framework.normalisation,
            "aggregation": framework.aggregation,
            "zero point": framework.centre,
            "score": score.score,
            "z": score.z,
            "no score": why[score.reason],
            "printed": numbers.score(score.score, sheet.desk.words),
        },
    )


def _indicators(sheet: Sheet) -> Section:
    rows: list[Row] = []
    steps: list[Step] = []
    own = sheet.figures("own")
    for slot in sheet.score.domain.slots:
        for part in slot.indicators:
            topic = sheet.desk.profile.topics[part.id]
            measure = sheet.measures.get(part.id)
            rows.append(
                {
                    "slot": slot.id,
                    "indicator": part.id,
                    "value": topic.figure.value,
                    "gemeente": topic.gemeente.value if topic.gemeente else None,
                    "country": topic.country.value,
                    "sd": topic.reference.sd if topic.reference else None,
                    "status": topic.figure.status.value,
                }
            )
            if measure is not None and part.id in own:
                title = topic.indicator.title
                steps.append(normalised(f"own.{part.id}", title, own[part.id], measure))
    note = {"each figure": f"wijkprofiel explain {sheet.desk.profile.area.slug} INDICATOR"}
    return Section("indicators", "Its indicators", note, rows, steps)


def _slots(sheet: Sheet) -> Section:
    rows: list[Row] = []
    steps = list(sheet.line("own", "own").steps)
    zero = sheet.line("zero", "zero", sheet.normalised("own"))
    divided: list[Step] = []
    for found in sheet.score.slots:
        stats = _slot_stats(sheet, found.slot.id)
        rows.append(
            {
                "slot": found.slot.id,
                "title": found.slot.title,
                "kind": found.slot.kind,
                "weight": found.slot.weight,
                "mean": found.z_raw,
                "sd": stats.sd if stats else None,
                "z": found.z,
                "present": ", ".join(found.present),
                "missing": ", ".join(found.missing),
            }
        )
        if found.z is not None and found.z_raw is not None and stats is not None:
            inputs = {"s": found.z_raw, "zero": zero.slots[found.slot.id], "sd": stats.sd}
            name = f"own.slot.{found.slot.id}.z"
            title = f"{found.slot.title}, printed z"
            divided.append(step(name, title, "(s - zero) / sd", inputs, found.z))
    note = {"sd": "of the slot over the reference areas: a printed z; the domain is made of means"}
    return Section("slots", "Its slots", note, rows, [*steps, *zero.steps, *divided])


def _slot_stats(sheet: Sheet, slot: str) -> ReferenceStats | None:
    key = ("slot", sheet.framework.id, f"{sheet.score.domain.id}/{slot}", sheet.result.period)
    return sheet.desk.index.reference.get(key)


def _coverage(sheet: Sheet) -> Section:
    score = sheet.score
    rule = domains.coverage_rule(sheet.framework, score.domain)
    every = [found.slot.weight for found in score.slots]
    there = [found.slot.weight for found in score.slots if found.z_raw is not None]
    facts = {
        "rule": f"at least {rule.share:.3g} of the weight, and at least {rule.slots} slots",
        "printed": f"{score.present} of {score.total}",
    }
    steps: list[Step] = []
    if every:
        weights = {"there": there, "all": every}
        steps.append(step("coverage.share", "share of the weight that is there",
                          "sum(there) / sum(all)", weights, score.coverage))  # fmt: skip
        steps.append(step("coverage.slots", "slots that are there", "len(there)",
                          {"there": there}, score.present))  # fmt: skip
        inputs = {"share": score.coverage, "least": rule.share, "slots": score.present,
                  "fewest": rule.slots}  # fmt: skip
        enough = "share >= least - 1e-9 and slots >= fewest"
        steps.append(
            step(
                "coverage.enough", "enough for a score", enough, inputs, score.reason != "coverage"
            )
        )
    return Section("coverage", "Coverage", facts, (), steps)


def _score(sheet: Sheet) -> Section:
    score, stats = sheet.score, sheet.score.reference
    if stats is None or score.z is None or score.score is None:
        return Section("score", "Score", {"score": "none"})
    zero = sheet.line("zero", "zero", sheet.normalised("own"))
    facts: dict[str, Any] = {
        "from": reference_origin(
            sheet.desk, "domain", sheet.framework.id, score.domain.id, sheet.result.period
        ),
        "n": stats.n,
        "mean": stats.mean,
        "sd": stats.sd,
        "why": "a mean of topics varies less than one topic; 0.5 must mean the same on every axis",
    }
    clip = sheet.framework.clip
    steps = [
        step("z", "z of the domain", "(d - zero) / sd",
             {"d": score.z_raw, "zero": zero.raw, "sd": stats.sd}, score.z),
        step("score", "score, within 0 and 10", SCORE,
             {"z": score.z, "clip": clip}, score.score),
    ]  # fmt: skip
    return Section("score", "Score", facts, (), steps)


def _gemeente(sheet: Sheet) -> Section | None:
    """Return the gemeente's own place on the axis: the ring."""
    score, stats = sheet.score, sheet.score.reference
    if score.gemeente_z is None or stats is None:
        return None
    both = sheet.normalised("gemeente").keys() & sheet.normalised("zero").keys()
    own, zero = sheet.line("gemeente", "gemeente", both), sheet.line("zero", "gemeente.zero", both)
    z = step("gemeente.z", "z of the gemeente", "(d - zero) / sd",
             {"d": own.raw, "zero": zero.raw, "sd": stats.sd}, score.gemeente_z)  # fmt: skip
    shown = step("gemeente.score", "score of the gemeente", SCORE,
                 {"z": score.gemeente_z, "clip": sheet.framework.clip})  # fmt: skip
    return Section("gemeente", "The gemeente itself", {}, (), [*own.steps, *zero.steps, z, shown])


def _paper(sheet: Sheet) -> Section:
    """Return every number that a document may print about a domain."""
    score, clip = sheet.score, sheet.framework.clip
    told: list[tuple[str, str, float | None]] = [("score", sheet.desk.names.area, score.score)]
    told += [("lower", "lower limit", score.lower), ("upper", "upper limit", score.upper)]
    if score.gemeente_z is not None:
        gemeente = float(normalise.display(score.gemeente_z, clip=clip))
        told.append(("gemeente", sheet.desk.names.gemeente, gemeente))
    known = [(name, what, value) for name, what, value in told if value is not None]
    rows: list[Row] = [
        {"id": n, "what": what, "value": v, "printed": numbers.score(v, sheet.desk.words)}
        for n, what, v in known
    ]
    steps = [
        step(f"paper.{n}", what, "half_up(score, 1)", {"score": v}, half_up(v, 1))
        for n, what, v in known
    ]
    covered = {"topics": f"{score.present} of {score.total}", "rounded": "half up, one decimal"}
    return Section("paper", "On paper", covered, rows, steps)
