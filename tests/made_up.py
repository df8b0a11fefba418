"""A profile made by hand: no figure in it comes out of the program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from wijkprofiel.assets import Assets
from wijkprofiel.config import Config, load
from wijkprofiel.model import (
    Area,
    AreaMap,
    AreaProfile,
    Change,
    Comparisons,
    Contact,
    Domain,
    DomainPages,
    DomainScore,
    EditionMark,
    Figure,
    Framework,
    FrameworkResult,
    Highlights,
    Indicator,
    Level,
    MapArea,
    Outcome,
    Outline,
    OwnArea,
    Partner,
    Placing,
    Profile,
    ReferenceStats,
    Robustness,
    Slot,
    SlotIndicator,
    SlotScore,
    Source,
    Status,
    Steadiness,
    Topic,
    Trend,
    TrendPoint,
    Verdict,
)
from wijkprofiel.profile import goals

COUNTRY = Area("NL01", "Nederland", Level.LAND, "", 2024)
GEMEENTE = Area("GM9901", "Voorbeeldstad", Level.GEMEENTE, "NL01", 2024, 50000)
WIJK = Area("WK990101", "Molenwijk", Level.WIJK, "GM9901", 2024, 6000)


@cache
def config() -> Config:
    """Return the shipped config, loaded once."""
    return load(Assets.of())


def indicator(indicator_id: str, title: str, **changes: Any) -> Indicator:
    """Return an indicator in per cent about adults, unless told otherwise."""
    facts: dict[str, Any] = {
        "id": indicator_id,
        "title": title,
        "definition": f"Wat {title.lower()} precies is.",
        "unit": "percent",
        "direction": "worse",
        "population": "volwassenen (18+)",
        "group": "health",
    }
    return Indicator.model_validate(facts | changes)


LONELY = indicator("eenzaam", "Eenzaam", phrase="voelen zich eenzaam")
SMOKES = indicator("rokers", "Rookt", phrase="roken")
HEALTHY = indicator(
    "ervaren-gezondheid", "Voelt zich gezond", phrase="voelen zich gezond", direction="better"
)
CARES = indicator(
    "mantelzorger", "Geeft mantelzorg", phrase="geven mantelzorg", direction="neutral"
)
PEOPLE = indicator(
    "inwoners", "Inwoners", unit="count", direction="neutral", population="alle inwoners",
    group="population",
)  # fmt: skip
GP = indicator(
    "afstand-huisarts", "Afstand tot huisarts", unit="km", decimals=1, direction="neutral",
    population="alle inwoners", group="distance",
)  # fmt: skip


def figure(
    of: Indicator, value: float | None, status: Status | None = None, **changes: Any
) -> Figure:
    """Return a figure of 2020; without a value it is unknown, unless told otherwise."""
    given = status or (Status.OK if value is not None else Status.UNKNOWN)
    source = "rivm-gezondheid" if of.unit == "percent" else "cbs-kwb"
    facts = {"period": "2020", "source": source} | changes
    return Figure(of.id, value=value, status=given, **facts)


def reference(of: Indicator, sd: float = 5.0, mean: float = 45.0) -> ReferenceStats:
    """Return reference numbers of 3000 wijken with evenly spread percentiles."""
    steps = {1.25 + 2.5 * i for i in range(40)} | {2.5, 20, 25, 40, 50, 60, 75, 80, 97.5}
    percentiles = {p: mean + (p - 50) / 25 * sd for p in sorted(steps)}
    return ReferenceStats(
        "indicator", of.id, "", "2020", 3000, mean, sd, mean - 3 * sd, mean + 3 * sd, percentiles
    )


def verdict(
    outcome: Outcome, strength: int = 0, basis: Literal["test", "band", ""] = "band", z: float = 0.0
) -> Verdict:
    """Return a verdict as the scoring would give it."""
    return Verdict(outcome, strength, basis if outcome is not Outcome.NONE else "", z, "NL01")


SIMILAR = verdict(Outcome.SIMILAR)
NOTHING = verdict(Outcome.NONE)


def topic(  # a topic has this many sides
    of: Indicator,
    here: float | None,
    gemeente: float | None,
    country: float | None,
    against_gemeente: Verdict | None = SIMILAR,
    against_country: Verdict = SIMILAR,
    **changes: Any,
) -> Topic:
    """Return a topic with its comparators and verdicts."""
    facts: dict[str, Any] = {
        "indicator": of,
        "figure": figure(of, here),
        "country": figure(of, country),
        "gemeente": figure(of, gemeente),
        "against_country": against_country if here is not None else NOTHING,
        "against_gemeente": against_gemeente if here is not None else NOTHING,
        "reference": reference(of, mean=country) if country is not None else None,
        "z": against_country.z,
        "z_gemeente": 0.2,
        "trend": None,
    }
    return Topic(**(facts | changes))


def topics() -> dict[str, Topic]:
    """Return six topics: unfavourable, similar, favourable, neutral, a count and a distance."""
    worse = verdict(Outcome.UNFAVOURABLE, 1, z=-0.54)
    lonely = topic(LONELY, 48.9, 45.9, 47.0, worse, verdict(Outcome.SIMILAR, z=-0.34))
    points = tuple(
        TrendPoint(period, figure(LONELY, here, period=period), figure(LONELY, nl, period=period))
        for period, here, nl in (("2012", 39.4, 39.1), ("2016", 44.0, 43.2), ("2020", 48.9, 47.0))
    )
    found = [
        topic(LONELY, 48.9, 45.9, 47.0, worse, lonely.against_country,
              trend=Trend("eenzaam", points)),
        topic(SMOKES, 16.6, 15.6, 17.8),
        topic(HEALTHY, 78.4, 80.8, 78.4),
        topic(CARES, 13.2, 12.9, 14.0, verdict(Outcome.NEUTRAL_SIMILAR),
              verdict(Outcome.NEUTRAL_SIMILAR)),
        topic(PEOPLE, 6000, 50000, 17942942, None, NOTHING),
        topic(GP, 0.75, 1.0, 1.1, verdict(Outcome.NEUTRAL_SIMILAR),
              verdict(Outcome.LOWER, 1)),
    ]  # fmt: skip
    return {item.indicator.id: item for item in found}


def framework(framework_id: str, title: str, domains: tuple[Domain, ...]) -> Framework:
    """Return a framework."""
    return Framework(
        id=framework_id,
        title=title,
        description="Een raamwerk.",
        axis_word="thema",
        note="De score loopt van 0 tot 10; een 5 is zoals Nederland.",
        domains=domains,
    )


def domain(domain_id: str, title: str, colour: str, *ids: str) -> Domain:
    """Return a domain with one slot per indicator, all of them shown."""
    slots = tuple(
        Slot(id=i, title=i, kind="outcome", indicators=(SlotIndicator(id=i, basis="toets"),))
        for i in ids
    )
    pages = DomainPages(rows=ids, trends=ids[:1])
    question = f"Wat wilt u zeggen over {title.lower()}?"
    return Domain(
        id=domain_id, title=title, question=question, colour=colour, slots=slots, pages=pages
    )


SOCIAL = domain("sociale-omgeving", "Sociale omgeving", "sociaal", "eenzaam")
STYLE = domain("leefstijl", "Leefstijl", "leefstijl", "rokers")
FEELING = domain("gezondheidsbeleving", "Gezondheidsbeleving", "beleving", "ervaren-gezondheid")
MEANING = domain("zingeving", "Zingeving", "beleving", "regie")


def score(of: Domain, value: float | None, given: Verdict = SIMILAR) -> DomainScore:
    """Return a domain's score, or its absence below the coverage rule."""
    present = 0 if value is None else len(of.slots)
    slots = tuple(SlotScore(s, None, (), tuple(i.id for i in s.indicators)) for s in of.slots)
    return DomainScore(
        domain=of,
        z=None if value is None else (value - 5) * 3 / 5,
        z_raw=None,
        score=value,
        lower=None,
        upper=None,
        present=present,
        total=len(of.slots),
        coverage=float(present > 0),
        slots=slots,
        against_country=given if value is not None else NOTHING,
        against_gemeente=None,
        reference=None,
        reason="" if value is not None else "coverage",
    )


def results() -> dict[str, FrameworkResult]:
    """Return a web with a missing axis, and three themes."""
    web = framework("positieve-gezondheid", "Positieve Gezondheid", (FEELING, SOCIAL, MEANING))
    themes = framework("wijzer-in-de-wijk", "Wijzer in de Wijk", (STYLE, SOCIAL, FEELING))
    worse = verdict(Outcome.UNFAVOURABLE, 1, z=-0.6)
    return {
        web.id: FrameworkResult(
            web, "2020", (score(FEELING, 5.0), score(SOCIAL, 4.1, worse), score(MEANING, None))
        ),
        themes.id: FrameworkResult(
            themes, "2020", (score(STYLE, 5.2), score(SOCIAL, 4.1, worse), score(FEELING, 5.0))
        ),
    }


def square(x: float, y: float, side: float = 1000) -> Outline:
    """Return a square outline with its lower left corner at (x, y)."""
    corners = ((x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y))
    return Outline(((corners,),))


def area_map() -> AreaMap:
    """Return a gemeente of two square wijken, the left one being the area."""
    wijken = (
        MapArea("WK990101", "Molenwijk", square(0, 0), own=True, value=48.9, group=4),
        MapArea("WK990102", "Havenwijk", square(1000, 0), value=None, status=Status.UNKNOWN),
    )
    ring = ((0.0, 0.0), (2000.0, 0.0), (2000.0, 1000.0), (0.0, 1000.0), (0.0, 0.0))
    return AreaMap(wijken, (MapArea("GM9901", "Voorbeeldstad", Outline(((ring,),))),), "eenzaam")


SOURCES = (
    Source("rivm-gezondheid", "Gezondheid per wijk en buurt", "RIVM", "50090NED", "CC BY 4.0",
           division=2020, model_figures=True),
    Source("cbs-kwb", "Kerncijfers wijken en buurten", "CBS", "85984NED", "CC BY 4.0"),
)  # fmt: skip


def own_area(name: str = "Molenwijk", **changes: Any) -> OwnArea:
    """Return the area: one wijk in one gemeente."""
    facts: dict[str, Any] = {
        "slug": "molenwijk",
        "name": name,
        "parts": (WIJK,),
        "gemeenten": (GEMEENTE,),
        "gemeente": GEMEENTE,
    }
    return OwnArea(**(facts | changes))


def people(**changes: Any) -> AreaProfile:
    """Return what the area's people added: nothing, unless told otherwise."""
    return AreaProfile.model_validate({"name": "Molenwijk", "areas": ["WK990101"]} | changes)


def profile(**changes: Any) -> Profile:
    """Return the whole profile, with ``changes`` to its fields."""
    facts: dict[str, Any] = {
        "area": own_area(),
        "country": COUNTRY,
        "topics": topics(),
        "frameworks": results(),
        "highlights": Highlights(
            ("ervaren-gezondheid",), "favourable_side", ("eenzaam",), "slight"
        ),
        "map": area_map(),
        "people": people(),
        "sources": SOURCES,
        "boundary_source": None,
        "edition": EditionMark(number=1, date=dt.date(2026, 11, 21)),
        "contact": Contact(name="GGD Voorbeeld", url="https://www.example.org"),
        "partners": (Partner(name="GGD Voorbeeld"),),
        "funding": "",
        "reference_partial": True,
        "input_hash": "abc123",
    }
    made = facts | changes
    made.setdefault("goals", goals.standings(made["people"].goals, made["topics"], config()))
    return Profile(**made)


def with_margins(slot: str = "slaap") -> Profile:
    """Return the profile as it is where the health table has margins of ±2 points.

    Args:
        slot: title of the slot that turns the verdict on gezondheidsbeleving.
    """
    import dataclasses

    worse = verdict(Outcome.UNFAVOURABLE, 2, "test", -0.54)
    worse = dataclasses.replace(worse, rest=True, other=45.6, p=0.001)
    alike = verdict(Outcome.SIMILAR, 0, "test", -0.1)
    found = {}
    for key, item in topics().items():
        value = item.figure.value
        if item.indicator.unit != "percent" or value is None:
            found[key] = item
            continue
        figure_ = dataclasses.replace(item.figure, lower=value - 2, upper=value + 2)
        neutral = item.indicator.direction == "neutral"
        given = verdict(Outcome.NEUTRAL_SIMILAR, 0, "test") if neutral else alike
        found[key] = dataclasses.replace(
            item,
            figure=figure_,
            against_country=given,
            against_gemeente=worse if key == "eenzaam" else given,
        )
    lonely = found["eenzaam"]
    assert lonely.trend is not None
    change = Change("2012", "2020", 9.5, True, "rise", 12.0, "two-periods")
    trend = dataclasses.replace(
        lonely.trend, tested=True, change=change, placing=Placing("rise", 9, True, False)
    )
    found["eenzaam"] = dataclasses.replace(lonely, trend=trend)
    return profile(
        topics=found,
        frameworks=_tested_results(slot),
        highlights=Highlights((), "none", ("eenzaam",), "clear"),
        sources=(dataclasses.replace(SOURCES[0], margins=True), SOURCES[1]),
        tests=Comparisons(40, 2.0, 6, 1, 0.05),
    )


def _tested_results(slot: str) -> dict[str, FrameworkResult]:
    """The same results with an interval on one domain, half of one on another, and robustness."""
    import dataclasses

    found = results()
    steady = Robustness(Steadiness.STEADY, 0.98, 218)
    shaky = Robustness(Steadiness.SENSITIVE, 0.4, 218, FEELING.slots[0].id, 0.9)
    named = FEELING.slots[0].model_copy(update={"title": slot})
    worse = dataclasses.replace(verdict(Outcome.UNFAVOURABLE, 2, "test", -0.54), robustness=steady)
    social = dataclasses.replace(
        score(SOCIAL, 4.1, worse), interval="complete", lower=3.5, upper=4.7, se=0.18
    )
    feeling = dataclasses.replace(
        score(FEELING, 5.0, dataclasses.replace(SIMILAR, robustness=shaky)),
        interval="incomplete",
        slots=(SlotScore(named, 0.0, (), ()),),
    )
    told = {SOCIAL.id: social, FEELING.id: feeling}
    return {
        key: dataclasses.replace(
            result, domains=tuple(told.get(d.domain.id, d) for d in result.domains)
        )
        for key, result in found.items()
    }


def without_gemeente(found: Mapping[str, Topic]) -> dict[str, Topic]:
    """Return the topics of an area that has no gemeente to compare with."""
    import dataclasses

    return {
        key: dataclasses.replace(item, gemeente=None, against_gemeente=None)
        for key, item in found.items()
    }
