"""Config and dataset to the profile of one area."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from wijkprofiel import disclosure
from wijkprofiel.config import Config
from wijkprofiel.model import (
    Area,
    AreaProfile,
    Level,
    OwnArea,
    Profile,
    Source,
    Status,
    Topic,
)
from wijkprofiel.profile import area_map, findings, frameworks, highlights
from wijkprofiel.profile.digest import digest
from wijkprofiel.profile.index import Index, index_of, shown_table
from wijkprofiel.profile.topics import Setting, topics
from wijkprofiel.scoring import domains
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
        DisclosureError: the area would be computed from survey figures of its parts.
    """
    index = index_of(config, dataset)
    codes = [part.code for part in own.parts]
    disclosure.refuse_combined(own.slug, codes, index.rows(codes), config.sources)
    people = people or config.profiles.get(own.slug) or _nobody(own, codes)
    used = [config.frameworks[name] for name in config.project.frameworks]
    country = _country(config, index, dataset.boundary_year)
    found = topics(Setting(own, config, index, country, used[0]))
    results = frameworks.results(found, config, index, country, own.gemeente)
    drawn = area_map.area_map(own, config, index, people)
    scored = {name for framework in used for name in domains.scored(framework, config.indicators)}
    made = findings.Made(
        own=own,
        topics=found,
        frameworks=results,
        map=drawn,
        changed_on_map=area_map.changed_on_map(drawn, config, index),
        scored=frozenset(scored),
        reference_partial=index.reference_partial,
        has_reference=bool(index.reference),
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
        edition=people.edition or config.project.edition,
        contact=people.contact or config.project.contact,
        partners=people.partners or config.project.partners,
        funding=people.funding or config.project.funding,
        reference_partial=index.reference_partial,
        findings=findings.findings(made),
    )
    return dataclasses.replace(profile, input_hash=_hash(profile, config, index))


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
    return min(known, key=lambda area: area.boundary_year != year)


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


def _hash(profile: Profile, config: Config, index: Index) -> str:
    """Return the hash over the profile and what else its documents are made from."""
    names = area_map.documents_of(config, profile.people)
    documents = [config.documents[name] for name in names]
    style = config.styles.get(config.project.style)
    title, language = config.project.title, config.interventions
    return digest([profile, documents, style, title, language], index.shared)
