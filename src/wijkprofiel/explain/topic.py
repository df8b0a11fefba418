"""The account of one topic: from the printed figure back to the supplier's cell."""

from __future__ import annotations

from typing import Any

from wijkprofiel.explain import against, course, origin, paper
from wijkprofiel.explain.account import Account, Facts, Row, Section, Step, step
from wijkprofiel.explain.desk import Desk
from wijkprofiel.explain.limits import limits
from wijkprofiel.explain.origin import Origin, trace
from wijkprofiel.explain.parts import put_together
from wijkprofiel.explain.tested import held
from wijkprofiel.model import Snapshot, Source, Status, Topic
from wijkprofiel.profile.comparisons import comparable_with_others
from wijkprofiel.scoring import normalise
from wijkprofiel.scoring.groups import FIFTHS
from wijkprofiel.wording.numbers import printed

SHOWN = (2.5, 20.0, 25.0, 40.0, 50.0, 60.0, 75.0, 80.0, 97.5)
"""Percentiles that are told: groups, the middle half and the ends of a row's line."""


CELL_GROUP = ("file", "indicator", "period", "column", "part", "corrected")
"""Columns by which the cells are put together in the text."""


def topic_account(desk: Desk, topic: Topic) -> Account:
    """Return the account of a topic; of a withheld figure only that it is withheld."""
    withheld = topic.figure.status is Status.SUPPRESSED
    sections = [_figure(desk, topic), *(_withheld(desk, topic) if withheld else _all(desk, topic))]
    return Account(
        kind="indicator",
        id=topic.indicator.id,
        title=topic.indicator.title,
        area=area_facts(desk),
        printed=printed(topic.figure, topic.indicator, desk.words).text,
        sections=sections,
    )


def area_facts(desk: Desk) -> Facts:
    """Return what the account is about: slug, name, parts and division."""
    own = desk.profile.area
    return {
        "slug": own.slug,
        "name": own.name,
        "parts": [part.code for part in own.parts],
        "gemeente": own.gemeente.code if own.gemeente else "",
        "country": desk.profile.country.code,
        "boundary_year": desk.dataset.boundary_year,
    }


def _figure(desk: Desk, topic: Topic) -> Section:
    indicator, figure = topic.indicator, topic.figure
    return Section(
        "figure",
        "The figure",
        {
            "indicator": indicator.id,
            "title": indicator.title,
            "definition": indicator.definition,
            "population": indicator.population,
            "unit": indicator.unit,
            "higher is": indicator.direction,
            "period": figure.period,
            "status": figure.status.value,
            "value": figure.value,
            "lower": figure.lower,
            "upper": figure.upper,
            "n": figure.n,
            "published": figure.status is Status.OK and not figure.derived,
            "printed": printed(figure, indicator, desk.words).text,
        },
    )


def _withheld(desk: Desk, topic: Topic) -> list[Section]:
    """Tell that disclosure control took it away, and not one thing more about it."""
    facts: Facts = {
        "printed": printed(topic.figure, topic.indicator, desk.words).text,
        "why": "disclosure control withholds this figure, itself or to keep another one safe;"
        " which of the two is not told, and neither is anything it could be worked out from",
        "rules": "docs/method.md §6, with the thresholds of the source",
    }
    return [Section("withheld", "Withheld", facts)]


def _all(desk: Desk, topic: Topic) -> list[Section]:
    made = put_together(desk, topic.indicator, topic.figure, "aggregation")
    trend, earlier = course.course(desk, topic)
    others = _comparators(desk, topic)
    used = [*made.values, *made.weights, *others, *earlier]
    aggregation = Section(
        "aggregation", "From the parts to the area", made.facts, made.rows, made.steps
    )
    sections: list[Section | None] = [
        *_origin(desk, topic, used),
        aggregation,
        limits(desk, topic, made.values),
        paper.paper(desk, topic),
        _reference(desk, topic),
        _score(topic),
    ]
    for side, title in against.TITLES.items():
        heading = f"{title}: all tests together"
        sections += [against.against(desk, topic, side), held(desk, topic, side, heading)]
    sections += [trend, course.placed(desk, topic), paper.frequency(desk, topic)]
    sections.append(_domains(desk, topic))
    return [section for section in sections if section is not None]


def _comparators(desk: Desk, topic: Topic) -> list[Origin]:
    """Return the origins of the comparators' figures."""
    period, own = topic.figure.period, desk.profile.area
    codes = [own.gemeente.code] if own.gemeente else []
    codes.append(course.country_code(desk, topic))
    return [trace(desk, code, topic.indicator.id, period) for code in codes]


# --- source and cells -----------------------------------------------------------------------


def _origin(desk: Desk, topic: Topic, used: list[Origin]) -> list[Section]:
    cells = origin.cells(desk, used)
    names = list(dict.fromkeys(leaf.figure.source for one in used for leaf in one.leaves()))
    sources: list[Row] = [
        _source(desk.dataset.sources[n]) for n in names if n in desk.dataset.sources
    ]
    snapshots = {snapshot.path: snapshot for snapshot in desk.dataset.snapshots}
    files: list[Row] = [
        _file(snapshots[path], desk)
        for path in dict.fromkeys(str(row["file"]) for row in cells)
        if path in snapshots
    ]
    facts: dict[str, Any] = {"period": topic.figure.period}
    if any(f.sidecar.kind == "microdata" and f.sidecar.source in names for f in desk.files):
        facts["cells"] = "worked out from the answers of people, of which none is shown"
    sections = [
        Section("source", "Source table", facts, sources),
        Section("files", "Files below the data folder", {}, files),
        Section("cells", "The supplier's cells", {}, cells, under=CELL_GROUP),
    ]
    if steps := origin.steps(desk, used):
        sections.append(Section("origin", "Computed from cells", {}, (), steps))
    if mended := origin.corrections(used):
        sections.append(Section("corrections", "Known errors of the supplier", {}, mended))
    return sections


def _source(source: Source) -> Row:
    return {
        "id": source.id,
        "title": source.title,
        "producer": source.producer,
        "table": source.table,
        "edition": source.edition,
        "division": source.division,
        "licence": source.licence,
        "model figures": source.model_figures,
        "margins": source.margins,
        "url": source.url,
    }


def _file(snapshot: Snapshot, desk: Desk) -> Row:
    source = desk.config.sources.get(snapshot.source)
    guessable = source is not None and source.survey
    return {
        "file": snapshot.path,
        # Whoever knows most of a small table could try all tables until a checksum fits.
        "sha256": None if guessable else snapshot.sha256,
        "retrieved": snapshot.retrieved,
        "modified": snapshot.modified,
        "licence": snapshot.licence,
        "origin": snapshot.origin,
    }


# --- reference, score, domains --------------------------------------------------------------


def _reference(desk: Desk, topic: Topic) -> Section:
    stats = topic.reference
    if stats is None:
        why = "none: too few reference areas have this figure in this period, or none are at hand"
        return Section("reference", "Reference areas", {"reference": why})
    facts: dict[str, Any] = {
        "from": reference_origin(desk, "indicator", "", stats.id, stats.period),
        "n": stats.n,
        "mean": stats.mean,
        "sd": stats.sd,
        "minimum": stats.minimum,
        "maximum": stats.maximum,
    }
    facts |= {f"p{p:g}": stats.percentiles[p] for p in SHOWN if p in stats.percentiles}
    steps = []
    if topic.group is not None:
        borders = {f"p{p:g}": stats.percentiles[p] for p in FIFTHS}
        formula = "1 + " + " + ".join(f"(x > {name})" for name in borders)
        inputs = {"x": topic.figure.value, **borders}
        steps = [step("group", "fifth of the reference areas", formula, inputs, topic.group)]
    if topic.ranks is not None:
        ranks = topic.ranks
        facts["rank interval"] = f"{ranks.best} to {ranks.worst} of {ranks.among} wijken"
    return Section("reference", "Reference areas", facts, (), steps)


def reference_origin(desk: Desk, kind: str, framework: str, name: str, period: str) -> str:
    """Return where the reference numbers of a measure come from: a table's line, or a count."""
    if not desk.profile.reference_partial:
        return "computed from the figures of all reference areas, each counted once, SD by n - 1"
    for file in desk.files:
        if file.sidecar.kind != "reference":
            continue
        start = f"{kind},{name},{framework},{period},"
        for number, line in enumerate(file.data.decode("utf-8-sig").splitlines(), 1):
            if line.replace('"', "").startswith(start):
                return f"{file.name}, line {number} (sha256 {file.sidecar.sha256})"
    return "a table of the data folder"


def _score(topic: Topic) -> Section | None:
    stats, country = topic.reference, topic.country.value
    if topic.z is None or stats is None or country is None:
        return None
    inputs = {"sign": normalise.SIGN[topic.direction], "country": country, "sd": stats.sd}
    formula = "sign * (x - country) / sd"
    title = "z against the country, + is gunstig, unclipped"
    steps: list[Step] = [step("z", title, formula, {"x": topic.figure.value, **inputs}, topic.z)]
    if topic.z_gemeente is not None and topic.gemeente is not None:
        other = {"x": topic.gemeente.value, **inputs}
        steps.append(step("z_gemeente", "z of the gemeente", formula, other, topic.z_gemeente))
    return Section("score", "z", {}, (), steps)


def _domains(desk: Desk, topic: Topic) -> Section:
    name = topic.indicator.id
    rows: list[Row] = []
    for framework, result in desk.profile.frameworks.items():
        for score in result.domains:
            total = sum(slot.weight for slot in score.domain.slots)
            for found in score.slots:
                slot = found.slot
                if name in [part.id for part in slot.indicators]:
                    rows.append(
                        {
                            "domain": f"{framework}:{score.domain.id}",
                            "title": score.domain.title,
                            "slot": slot.id,
                            "kind": slot.kind,
                            "counts": name in found.present,
                            "indicators in slot": len(slot.indicators),
                            "slot weight": slot.weight,
                            "share of the domain": slot.weight / total,
                        }
                    )
    facts: dict[str, Any] = {}
    if not rows:
        facts["domains"] = (
            "none: a neutral topic is never scored"
            if topic.direction == "neutral"
            else "none: no slot holds this topic"
        )
    elif not comparable_with_others(topic.indicator):
        facts["note"] = "a count or class has no z"
    return Section("domains", "Where it counts", facts, rows)
