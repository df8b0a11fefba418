"""Config and dataset to the profile of one area."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from wijkprofiel.config import Config
from wijkprofiel.model import (
    Area,
    AreaProfile,
    Contact,
    EditionMark,
    Level,
    OwnArea,
    Profile,
    Source,
    Status,
    Topic,
)
from wijkprofiel.profile import (
    area_map,
    findings,
    frameworks,
    goals,
    highlights,
    likeness,
    parts,
    plans,
    robust,
    survey,
)
from wijkprofiel.profile.digest import digest
from wijkprofiel.profile.index import Index, index_of, shown_table
from wijkprofiel.profile.topics import Setting, figures_of, topics
from wijkprofiel.scoring import discovery, domains
from wijkprofiel.sources.dataset import Dataset


def make(
    own: OwnArea, config: Config, dataset: Dataset, *, people: AreaProfile | None = None
) -> Profile:
    """Return everything that the documents of one area may know.

    Args:
        own: the area, from :mod:`wijkprofiel.areas`.
        config: the project.
        dataset: its figures and outlines.
        people: what the area's people add; by default the profile called ``own.slug``, and for
            an area without one an empty profile.

    Raises:
        DisclosureError: a withheld survey figure could be worked out, or disclosure control does
            not know the area and would compute it from survey figures of its parts.
    """
    index = index_of(config, dataset)
    codes = [part.code for part in own.parts]
    survey.refuse_unknown(own, config, index.protected)
    people = people or config.profiles.get(own.slug) or _nobody(own, codes)
    used = [config.frameworks[name] for name in config.project.frameworks]
    country = _country(config, index, dataset.boundary_year)
    figures = figures_of(own, config, index)
    alike, unlike = likeness.alike(own, config, index, figures)
    setting = Setting(own, config, index, country, used[0], alike)
    found, tests = discovery.control(topics(setting, figures), used[0])
    results = frameworks.results(found, config, index, country, own.gemeente)
    results = robust.attach(results, found, config, index)
    drawn = area_map.area_map(own, config, index, people, found)
    scored = {name for framework in used for name in domains.scored(framework, config.indicators)}
    edition = people.edition or config.project.edition
    made = findings.Made(
        own=own,
        topics=found,
        frameworks=results,
        map=drawn,
        changed_on_map=area_map.changed_on_map(drawn, config, index),
        scored=frozenset(scored),
        reference_partial=index.reference_partial,
        has_reference=bool(index.reference),
        without_similar=unlike,
        passed=_passed(people, edition),
    )
    profile = Profile(
        area=own,
        country=country,
        topics=found,
        frameworks=results,
        highlights=highlights.select(found, used),
        map=drawn,
        people=people,
        sources=_sources(found.values(), config, dataset.sources),
        boundary_source=_boundary_source(config, dataset.sources) if drawn else None,
        edition=edition,
        contact=_contact(people, config),
        partners=people.partners or config.project.partners or config.style_of(people).partners,
        funding=people.funding or config.project.funding,
        reference_partial=index.reference_partial,
        findings=(*findings.findings(made), *survey.findings(own, index.protected)),
        tests=tests,
        similar=alike,
        parts=parts.parts(own, config, index),
        goals=goals.standings(people.goals, found, config),
    )
    inputs = _inputs(profile, config, index)
    return dataclasses.replace(profile, inputs=inputs, input_hash=digest([inputs], {}))


def _passed(people: AreaProfile, edition: EditionMark) -> dt.date | None:
    """Return the day of a wijkdialoog that no document prints, because it lies behind."""
    told = people.dialogue
    return told.date if plans.dialogue_day(told, edition.date) is None else None


def _contact(people: AreaProfile, config: Config) -> Contact:
    """Return the nearest contact: of the area, the project, or the house style."""
    if people.contact is not None:
        return people.contact
    project = config.project.contact
    return project if project.given else config.style_of(people).contact


def _nobody(own: OwnArea, codes: list[str]) -> AreaProfile:
    """Return the profile of an area that nobody wrote one for."""
    return AreaProfile(name=own.name, areas=tuple(codes), kind=own.kind)


def _country(config: Config, index: Index, year: int) -> Area:
    """Return the country; tables may code it differently, the boundary year's code comes first."""
    codes = [
        config.project.country[t] for t in config.project.periods if t in config.project.country
    ]
    codes += [config.frameworks[name].reference.area for name in config.project.frameworks]
    known = [area for area in (index.latest(code, year) for code in codes) if area]
    if not known:
        return Area(codes[0], codes[0], Level.LAND, "", year)
    found = min(known, key=lambda area: area.boundary_year != year)
    return dataclasses.replace(found, name=config.area_names.get(found.code, found.name))


def _sources(
    found: Iterable[Topic], config: Config, sources: Mapping[str, Source]
) -> tuple[Source, ...]:
    """Return the tables of the area's and its comparators' figures, in the order of the configs.

    An area without figures of its own still shows those of the gemeente and the country.
    """
    used = {
        figure.source or shown_table(topic.indicator, config)
        for topic in found
        for figure in (topic.figure, topic.gemeente, topic.country)
        if figure is not None and figure.status is Status.OK
    }
    return tuple(sources[name] for name in config.sources if name in used and name in sources)


def _boundary_source(config: Config, sources: Mapping[str, Source]) -> Source | None:
    boundaries = (name for name, source in config.sources.items() if source.kind == "boundaries")
    return next((sources[name] for name in boundaries if name in sources), None)


PARTS = {
    "figures": ("topics", "tests", "similar", "parts", "highlights"),
    "scores": ("frameworks", "reference_partial"),
    "map": ("map", "boundary_source"),
    "people": ("people", "goals"),
    "sources": ("sources", "edition"),
    "sender": ("contact", "partners", "funding"),
}
"""Parts of a profile that are told apart when something changed; all other fields: the area."""


def _inputs(profile: Profile, config: Config, index: Index) -> dict[str, str]:
    """Return a hash per part of a profile; which documents are wanted is in none."""
    plain: dict[str, Any] = {"documents": ()}
    whole = dataclasses.replace(profile, people=profile.people.model_copy(update=plain))
    groups = {field: part for part, fields in PARTS.items() for field in fields}
    things: dict[str, list[Any]] = {}
    for field in dataclasses.fields(whole):
        if field.name not in {"inputs", "input_hash"}:
            found = things.setdefault(groups.get(field.name, "area"), [])
            found.append(getattr(whole, field.name))
    logos, lines = config.logos_of(profile.people), config.colophon_of(profile.people)
    names = [logo.file for logo in logos]
    names += [partner.logo for partner in profile.partners if partner.logo is not None]
    names += [profile.people.photo.file] if profile.people.photo is not None else []
    pictures = {name: config.pictures.get(name, "") for name in names}
    style, title = config.style_of(profile.people), config.project.title
    things["sender"] += [style, title, logos, lines, pictures]
    return {part: digest(found, index.shared) for part, found in sorted(things.items())}
