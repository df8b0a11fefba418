"""Why the verdict on a domain is this word, and in how many scenarios it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wijkprofiel.explain.account import Section, Step, step
from wijkprofiel.explain.against import TITLES
from wijkprofiel.explain.bands import words
from wijkprofiel.explain.margins import joined
from wijkprofiel.model import Outcome, Robustness, Steadiness, Verdict
from wijkprofiel.scoring.uncertainty import Z95
from wijkprofiel.wording.verdicts import word

if TYPE_CHECKING:
    from wijkprofiel.explain.domain import Sheet

CLAIMS = (Outcome.FAVOURABLE.value, Outcome.UNFAVOURABLE.value)


def verdict(sheet: Sheet, side: str) -> Section | None:
    """Return how a verdict on the domain came about; None where there is no such comparator."""
    found: Verdict | None = getattr(sheet.score, side)
    if found is None:
        return None
    facts: dict[str, Any] = {
        "verdict": word(found, sheet.desk.words),
        "outcome": found.outcome.value,
        "strength": found.strength,
        "basis": found.basis,
        "comparator": found.comparator,
        "why": _why(sheet, found),
    }
    stats = sheet.score.reference
    if found.z is None or stats is None:
        return Section(side, TITLES[side], facts)
    both = sheet.normalised("own").keys() & sheet.normalised(side).keys()
    own, other = sheet.line("own", f"{side}.own", both), sheet.line(side, f"{side}.other", both)
    z = step(f"{side}.z", "difference in SDs of the reference areas", "(own - other) / sd",
             {"own": own.raw, "other": other.raw, "sd": stats.sd}, found.z)  # fmt: skip
    steps = [*own.steps, *other.steps, z]
    if found.basis == "test" and found.se is not None:
        steps += _test(sheet, found, side, both)
    else:
        steps += words(found, sheet.framework.bands, side, "better")
    if found.robustness is not None:
        facts |= _robust(sheet, found.robustness)
        steps += _share(sheet, found.robustness, side)
    return Section(side, TITLES[side], facts, (), steps)


def _why(sheet: Sheet, found: Verdict) -> str:
    if found.z is None:
        return "no score, so no verdict" if sheet.score.z is None else "too few shared topics"
    if found.basis != "test":
        return "by the bands, in SDs of the domain over the reference areas"
    if found.strength:
        return "the 95 % interval excludes zero, and the verdict is stevig"
    if found.outcome is Outcome.SIMILAR:
        return "the 95 % interval lies wholly within the band of vergelijkbaar"
    return "the interval holds zero and is too wide, or the verdict is not stevig"


def _test(sheet: Sheet, found: Verdict, side: str, both: Any) -> list[Step]:
    errors: dict[str, float] = {}
    steps: list[Step] = []
    for name in sheet.topics:
        own: Verdict | None = getattr(sheet.desk.profile.topics[name], side)
        if name not in both or own is None or own.se is None:
            continue
        value = sheet.figures("own")[name]
        ends = [value - Z95 * own.se, value + Z95 * own.se]
        low, high = map(float, sheet.measures[name](ends))
        title = f"{name}, standard error of the normalised difference"
        one = step(f"{side}.{name}", title, "abs(high - low) / (2 * z95)",
                   {"low": low, "high": high, "z95": Z95})  # fmt: skip
        steps.append(one)
        errors[name] = float(one.result)
    steps += joined(sheet, errors, side, found.se)
    limits = {"z": found.z, "z95": Z95, "se": found.se}
    lower = step(f"{side}.lower", "lower limit", "round(z - z95 * se, 9)", limits)
    upper = step(f"{side}.upper", "upper limit", "round(z + z95 * se, 9)", limits)
    ratio = {"z": found.z, "se": found.se}
    if found.se:
        steps.append(step(f"{side}.p", "p, two-sided", "2 * (1 - phi(abs(z) / se))", ratio,
                          found.p))  # fmt: skip
        steps.append(step(f"{side}.favourable", "chance that it is the more favourable one",
                          "phi(z / se)", ratio, found.favourable))  # fmt: skip
    by_test = step(
        f"{side}.by_test",
        "outcome of the test",
        "'favourable' if low > 0 else 'unfavourable' if high < 0"
        " else 'similar' if max(-low, high) <= similar else 'uncertain'",
        {"low": lower.result, "high": upper.result, "similar": sheet.framework.bands.similar},
    )
    robust = found.robustness
    inputs = {
        "test": by_test.result,
        "claim": by_test.result in CLAIMS,
        "steady": robust is not None and robust.word is Steadiness.STEADY,
    }
    last = step(
        f"{side}.outcome",
        "outcome: a claim must be stevig too",
        "'uncertain' if claim and not steady else test",
        inputs,
        found.outcome.value,
    )
    return [*steps, lower, upper, by_test, last]


def _robust(sheet: Sheet, robust: Robustness) -> dict[str, Any]:
    titles = {slot.id: slot.title for slot in sheet.score.domain.slots}
    turned = ""
    if robust.flips:
        turned = f"{titles[robust.flips]}: without it in {robust.flips_share:.1%} of the scenarios"
    return {
        "robustness": robust.word.value,
        "scenarios": robust.scenarios,
        "stands in": f"{round(robust.share * robust.scenarios)} of {robust.scenarios}",
        "turned most by": turned or "no slot",
    }


def _share(sheet: Sheet, robust: Robustness, side: str) -> list[Step]:
    rules = sheet.framework.sensitivity
    stood = round(robust.share * robust.scenarios)
    return [
        step(f"{side}.share", "share of the scenarios in which it stands", "stood / scenarios",
             {"stood": stood, "scenarios": robust.scenarios}, robust.share),
        step(f"{side}.robustness", "stevig, redelijk or gevoelig",
             "'steady' if share >= steady else 'fair' if share >= fair else 'sensitive'",
             {"share": robust.share, "steady": rules.steady, "fair": rules.fair},
             robust.word.value),
    ]  # fmt: skip
