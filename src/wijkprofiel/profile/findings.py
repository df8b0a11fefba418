"""What a person should know about one area before its documents go out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wijkprofiel.model import (
    AreaMap,
    Finding,
    FrameworkResult,
    OwnArea,
    Severity,
    Status,
    Topic,
)
from wijkprofiel.profile.likeness import Missing


@dataclass(frozen=True, slots=True)
class Made:
    """The parts of a profile that findings are about.

    Attributes:
        changed_on_map: wijken that the map colours by the figure of an area with other borders.
        scored: indicators that the project's frameworks score.
        passed: day of a wijkdialoog that lies before the edition and is not marked as held.
        without_similar: why there are no similar wijken, "" where there are or none is asked.
    """

    own: OwnArea
    topics: Mapping[str, Topic]
    frameworks: Mapping[str, FrameworkResult]
    map: AreaMap | None
    changed_on_map: tuple[str, ...]
    scored: frozenset[str]
    reference_partial: bool
    has_reference: bool
    without_similar: Missing = ""
    passed: dt.date | None = None


_CONVERTED: Mapping[str, tuple[Severity, str, str]] = {
    "renumbered": (
        Severity.INFO,
        "has another number than in the division of its health figures",
        "the figures are of the same area under its old number",
    ),
    "composed": (
        Severity.WARNING,
        "has health figures that are put together from earlier areas",
        "the page says so; look whether the weights of the crosswalk still hold",
    ),
    "buurten": (
        Severity.WARNING,
        "has health figures that are put together from its buurten",
        "the page says so; an edition of the table on the present division would be better",
    ),
    "areal": (
        Severity.WARNING,
        "has health figures that are estimated by surface",
        "a last resort: give the areas it came from in a crosswalk, or fetch figures of buurten",
    ),
}
"""Per way of conversion: how bad it is, what is said and what to do."""


def findings(made: Made) -> tuple[Finding, ...]:
    """Return what stands out: warnings first, then what is only good to know."""
    found = [*_areas(made), *_figures(made), *_reference(made), *_map(made), *_domains(made)]
    found += _dialogue(made)
    order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def _areas(made: Made) -> Iterable[Finding]:
    names = {part.code: part.name for part in made.own.parts}
    for code, match in made.own.matches.items():
        who = f"{names.get(code, code)} ({code})"
        if match == "changed":
            yield _warning(
                made,
                "area-changed",
                f"{who} has other borders than the area that its health figures are about",
                "say so on the page; the figures are of the earlier area",
            )
        elif match == "new":
            yield _warning(
                made,
                "area-new",
                f"{who} did not exist yet in the division of the health figures",
                "use a later edition of the table, or build the areas it came from",
            )
        elif match == "gone":
            yield _warning(
                made,
                "area-gone",
                f"{who} no longer exists in the division of the borders",
                "give the profile the codes of the present areas",
            )
        elif match in _CONVERTED:
            severity, what, hint = _CONVERTED[match]
            yield Finding(f"area-{match}", severity, made.own.slug, f"{who} {what}", hint)


def _figures(made: Made) -> Iterable[Finding]:
    for topic in made.topics.values():
        if topic.figure.corrected:
            what = f"{topic.indicator.id}: the supplier's figure is replaced"
            yield _info(made, "figure-corrected", f"{what} ({topic.figure.corrected})")
    scored = [made.topics[name] for name in sorted(made.scored) if name in made.topics]
    if scored and not any(topic.figure.status is Status.OK for topic in scored):
        nobody = all(part.population == 0 for part in made.own.parts)
        yield _warning(
            made,
            "no-figures",
            "none of the scored topics has a figure for this area",
            "nobody lives here: its page says so and asks nothing"
            if nobody
            else "its documents will say so and ask the wijkdialoog",
        )
    part = [t for t in made.topics.values() if t.figure.value is not None and t.figure.coverage < 1]
    if part:
        names = ", ".join(sorted(topic.indicator.id for topic in part))
        yield _info(made, "parts-missing", f"not every part of the area has a figure for: {names}")


def _reference(made: Made) -> Iterable[Finding]:
    if not made.has_reference:
        yield _warning(
            made,
            "no-reference",
            "there are no reference numbers, so nothing is scored and no verdict is given",
            "add a reference table to the data folder, or fetch the whole country",
        )
    elif made.reference_partial:
        yield _info(
            made,
            "reference-from-table",
            "mean, SD and percentiles of all reference areas come from a table, "
            "because the data folder holds only some of them",
        )
    if made.without_similar == "country":
        yield _warning(
            made,
            "similar-without-country",
            "similar wijken are asked for, but the data folder does not hold all wijken of the "
            "country, so there are none",
            "fetch the whole country, or take 'similar' out of wijkprofiel.yaml",
        )
    elif made.without_similar == "figures":
        yield _info(
            made,
            "similar-without-figures",
            "there are no similar wijken, because the area has no figure for one of the "
            "indicators that they are to be alike on",
        )


def _map(made: Made) -> Iterable[Finding]:
    if made.map is None:
        yield _warning(
            made,
            "no-map",
            "there are no outlines of its gemeente, so there is no map",
            "fetch them",
        )
    elif made.map.approximate:
        yield _info(
            made,
            "map-approximate",
            "not every part has an outline of its own: the map marks the area that holds it",
        )
    if made.changed_on_map:
        names = ", ".join(made.changed_on_map)
        yield _info(
            made, "map-changed", f"the map shows figures of areas with other borders: {names}"
        )


def _domains(made: Made) -> Iterable[Finding]:
    for framework, result in made.frameworks.items():
        for score in result.domains:
            if score.score is None:
                why = {
                    "coverage": f"{score.present} of {score.total} topics, too few for a score",
                    "reference": "no reference numbers for it",
                }[score.reason]
                message = f"{framework}: {score.domain.title} has no score ({why})"
                yield _info(made, "domain-without-score", message)
        left = [n for score in result.domains for slot in score.slots for n in slot.missing]
        known = [n for n in left if n in made.topics and made.topics[n].figure.value is not None]
        if known and made.has_reference:
            names = ", ".join(dict.fromkeys(known))
            yield _info(
                made,
                "not-scored",
                f"{framework}: has a figure but no part in a score (neutral, too few reference "
                f"areas, or another period than {result.period}): {names}",
            )


def _dialogue(made: Made) -> Iterable[Finding]:
    if made.passed is not None:
        yield _warning(
            made,
            "dialogue-passed",
            f"dialogue: {made.passed} lies before the edition, and held is not true; "
            "the documents do not print that day",
            "set held: true with what came out of it, or give the new date",
        )


def _warning(made: Made, code: str, message: str, hint: str) -> Finding:
    return Finding(code, Severity.WARNING, made.own.slug, message, hint)


def _info(made: Made, code: str, message: str) -> Finding:
    return Finding(code, Severity.INFO, made.own.slug, message)
