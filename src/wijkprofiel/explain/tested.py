"""The word of a verdict by test: a difference and its error (docs/method.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wijkprofiel.explain.account import Section, Step, step
from wijkprofiel.explain.bands import bands_of, equal_step, z_step
from wijkprofiel.explain.desk import Desk
from wijkprofiel.model import Area, Figure, Topic, Verdict
from wijkprofiel.profile.comparisons import least
from wijkprofiel.profile.index import shown_table
from wijkprofiel.scoring import compare, normalise
from wijkprofiel.scoring.difference import se_of_figure
from wijkprofiel.scoring.discovery import SIDES, adjusted
from wijkprofiel.scoring.uncertainty import Z95


def by_test(desk: Desk, topic: Topic, verdict: Verdict, other: Figure, side: str) -> list[Step]:
    """Return the sums from the two figures and their margins to the outcome."""
    figure = topic.figure
    margin = "(high - low) / (2 * z95)"
    own = step(
        f"{side}.se_own",
        "standard error of the area",
        margin,
        {"low": figure.lower, "high": figure.upper, "z95": Z95},
    )
    error = se_of_figure(other)
    theirs = step(
        f"{side}.se_other",
        "standard error of the comparator",
        margin if error is not None else "0",
        {} if error is None else {"low": other.lower, "high": other.upper, "z95": Z95},
        note="" if error is not None else "published without margins: taken as known",
    )
    errors = {"own": own.result, "theirs": theirs.result}
    steps = [own, theirs, *_rest(desk, topic, verdict, other, side, errors)]
    gap = {"x": figure.value, "other": verdict.other}
    steps.append(step(f"{side}.difference", "difference", "x - other", gap))
    difference = steps[-1].result
    sign = normalise.SIGN[topic.direction]
    d = {"d": difference, "se": verdict.se}
    if verdict.se:
        p = "2 * (1 - phi(abs(d) / se))"
        steps.append(step(f"{side}.p", "p of the difference, two-sided", p, d, verdict.p))
        chance = "phi(sign * d / se)"
        title = "chance that it is the more favourable one"
        inputs = {"sign": sign, **d}
        steps.append(step(f"{side}.favourable", title, chance, inputs, verdict.favourable))
    steps += _limits(topic, verdict, side, own.result, difference)
    if topic.reference is not None and verdict.z is not None:
        steps.append(z_step(topic, verdict, side, topic.reference))
    steps.append(equal_step(topic, verdict, side, other.value))
    return [*steps, *_outcome(desk, topic, verdict, other, side, steps)]


def _rest(
    desk: Desk,
    topic: Topic,
    verdict: Verdict,
    other: Figure,
    side: str,
    errors: Mapping[str, Any],
) -> list[Step]:
    """Return the comparator's value and the error of the difference, of the rest where so."""
    if not verdict.rest:
        return [step(f"{side}.se", "standard error of the difference", "hypot(own, theirs)",
                     errors, verdict.se)]  # fmt: skip
    here, there = _people(desk, topic, side)
    share = step(f"{side}.share", "share of the comparator's people who live here",
                 "here / there", {"here": here, "there": there})  # fmt: skip
    s = {"share": share.result}
    values = {"other": other.value, "x": topic.figure.value, **s}
    rest = step(f"{side}.rest", "figure of the rest of the comparator",
                "(other - share * x) / (1 - share)", values, verdict.other)  # fmt: skip
    squared = step(f"{side}.squared", "square of the error of the rest, times (1 - share)²",
                   "theirs ** 2 - (share * own) ** 2", {**errors, **s})  # fmt: skip
    apart = isinstance(squared.result, float | int) and squared.result >= 0
    formula = "hypot(own, sqrt(squared) / (1 - share))" if apart else "(own + theirs) / (1 - share)"
    inputs = {"own": errors["own"], **s}
    inputs |= {"squared": squared.result} if apart else {"theirs": errors["theirs"]}
    se = step(f"{side}.se", "standard error of the difference", formula, inputs, verdict.se,
              "" if apart else "the errors may go together fully: the bound")  # fmt: skip
    return [share, rest, squared, se]


def _people(desk: Desk, topic: Topic, side: str) -> tuple[float, float]:
    """Return the people of the area and of the comparator that the rest was found by."""
    profile, config = desk.profile, desk.config
    comparator: Area = profile.country
    if side == "against_gemeente" and profile.area.gemeente is not None:
        comparator = profile.area.gemeente
    weight = config.indicators.get(topic.indicator.weight or "")
    table = shown_table(weight, config) if weight else ""
    if weight is not None and table:
        code = comparator.code
        if comparator == profile.country:
            code = config.project.country.get(table, code)
        here = profile.topics[weight.id].figure.value
        there = desk.figure(code, weight.id, config.project.periods[table]).value
        if here and there:
            return here, there
    people = [part.population or 0 for part in profile.area.parts]
    return float(sum(people)), float(comparator.population or 0)


def _limits(topic: Topic, verdict: Verdict, side: str, own: Any, difference: Any) -> list[Step]:
    figure = topic.figure
    if not own:
        inputs = {"d": difference, "se": verdict.se, "z95": Z95}
        formulas = ("d - z95 * se", "d + z95 * se")
    else:
        inputs = {"d": difference, "x": figure.value, "se": verdict.se, "own": own}
        formulas = ("d - (x - low) * se / own", "d + (high - x) * se / own")
    low = {"low": figure.lower} if own else {}
    high = {"high": figure.upper} if own else {}
    return [
        step(f"{side}.lower", "lower limit of the difference", formulas[0], {**inputs, **low}),
        step(f"{side}.upper", "upper limit of the difference", formulas[1], {**inputs, **high}),
    ]


def _outcome(
    desk: Desk, topic: Topic, verdict: Verdict, other: Figure, side: str, made: list[Step]
) -> list[Step]:
    results = {one.id: one.result for one in made}
    lower, upper = results[f"{side}.lower"], results[f"{side}.upper"]
    shown = step(
        f"{side}.apart",
        "the printed figures differ enough",
        "round(min(abs(half_up(x, d) - half_up(other, d)),"
        " abs(half_up(x, d) - half_up(published, d))) - least, 9) >= 0",
        {
            "x": topic.figure.value,
            "other": verdict.other,
            "published": other.value,
            "d": topic.indicator.decimals,
            "least": least(topic.indicator),
        },
    )
    excludes = step(
        f"{side}.excludes",
        "the interval excludes zero",
        "round(lower, 9) > 0 or round(upper, 9) < 0",
        {"lower": lower, "upper": upper},
    )
    steps = [shown, excludes]
    close: Any = False
    if topic.reference is not None and verdict.z is not None:
        band = {"similar": bands_of(desk).similar, "sd": topic.reference.sd}
        steps.append(
            step(
                f"{side}.close",
                "the interval lies within the band of vergelijkbaar",
                "round(max(-lower, upper) - similar * sd, 9) <= 0",
                {"lower": lower, "upper": upper, **band},
            )
        )
        close = steps[-1].result
    below, about, above = (outcome.value for outcome in compare.WORDS[topic.direction])
    inputs = {
        "apart": shown.result,
        "excludes": excludes.result,
        "chance": verdict.chance,
        "close": close,
        "d": results[f"{side}.difference"],
        "sign": normalise.SIGN[topic.direction],
        "above": above,
        "below": below,
        "about": about,
    }
    formula = (
        "(above if sign * d > 0 else below) if apart and excludes and not chance"
        " else about if close else 'uncertain'"
    )
    return [*steps, step(f"{side}.outcome", "outcome", formula, inputs, verdict.outcome.value)]


def discovery(desk: Desk) -> str:
    """Return what the false discovery rate says about all tests of the profile together."""
    tests = desk.profile.tests
    if tests is None:
        return ""
    return (
        f"{tests.tested} tests in this profile: about {tests.by_chance:.1f} would differ by chance"
        f" alone; {tests.different} differ, {tests.withdrawn} withdrawn at a false discovery rate"
        f" of {tests.rate:g}"
    )


def held(desk: Desk, topic: Topic, side: str, title: str) -> Section | None:
    """Return where a test stands among all tests of the profile (Benjamini-Hochberg)."""
    verdict: Verdict | None = getattr(topic, side)
    tests = desk.profile.tests
    if verdict is None or verdict.p is None or tests is None:
        return None
    every = [
        found.p
        for other in desk.profile.topics.values()
        for name in SIDES
        if (found := getattr(other, name)) is not None and found.p is not None
    ]
    larger = sorted(p for p in every if p >= verdict.p)
    ranks = [sum(p <= other for p in every) for other in larger]
    exact = min(float(q) for q, p in zip(adjusted(every), every, strict=True) if p == verdict.p)
    inputs = {"p": larger, "rank": ranks, "tests": len(every)}
    found = step(
        f"{side}.adjusted",
        "p after the false discovery rate",
        "min(1, min(tests * p / rank))",
        inputs,
        exact,
        "p: this one and all larger; rank: how many of the tests have a p no larger",
    )
    kept = step(
        f"{side}.holds",
        "it holds",
        "adjusted <= rate",
        {"adjusted": exact, "rate": tests.rate},
    )
    return Section(f"{side}_tests", title, {}, (), [found, kept])
