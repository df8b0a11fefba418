"""What disclosure control goes by in one project: thresholds, and every own area there may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wijkprofiel import areas, disclosure
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import AreaProfile, Finding, OwnArea
from wijkprofiel.sources.dataset import Dataset


def rules(config: Config, dataset: Dataset) -> disclosure.Rules:
    """Return the rules for a dataset; own areas are gathered only where there is a survey."""
    asked = dataset.figures["source"].isin(disclosure.survey_sources(config.sources))
    return disclosure.Rules(
        sources=config.sources,
        indicators=config.indicators,
        areas=dataset.areas,
        year=dataset.boundary_year,
        owns=tuple(_owns(config, dataset)) if asked.any() else (),
        cells=dataset.cells,
        published=dataset.published,
    )


def refuse_unknown(own: OwnArea, config: Config, protected: disclosure.Protected | None) -> None:
    """Refuse an own area of several parts that is none of the project's.

    Raises:
        DisclosureError: a survey has figures of its parts.
    """
    codes = frozenset(part.code for part in own.parts)
    if protected is not None and codes not in protected.looked_at:
        disclosure.refuse_combined(own.slug, codes, protected.figures, config.sources)


def findings(own: OwnArea, protected: disclosure.Protected | None) -> tuple[Finding, ...]:
    """Return what was withheld of the surveys, for an area that they have figures of."""
    if protected is None or not protected.findings:
        return ()
    codes = {part.code for part in own.parts} | {gemeente.code for gemeente in own.gemeenten}
    told = any(codes & set(cell.key.places) for cell in protected.system.cells)
    told = told or any(codes & set(key.places) for key in protected.withheld)
    return protected.findings if told else ()


def _owns(config: Config, dataset: Dataset) -> Iterator[OwnArea]:
    """Yield every set of several parts: of profiles, regions and earlier publications, each once.

    One whose codes the data do not hold can never be built, and is left out.
    """
    seen: set[frozenset[str]] = set()
    for slug, profile in _profiles(config, dataset):
        codes = frozenset(profile.areas)
        if len(profile.areas) < 2 or codes in seen:
            continue
        try:
            own = areas.own_area(
                slug,
                profile,
                None,
                dataset.areas,
                dataset.crosswalk,
                dataset.boundary_year,
                dataset.boundary_year,
            )
        except ConfigError:
            continue
        seen.add(codes)
        yield own


def _profiles(config: Config, dataset: Dataset) -> Iterator[tuple[str, AreaProfile]]:
    yield from config.profiles.items()
    for table in config.regions.values():
        for region in table.regions:
            try:
                found = areas.region_profile(region, dataset.areas, dataset.boundary_year)
            except ConfigError:
                continue
            yield region.id, found
    for codes in _published(dataset):
        yield "-".join(codes).lower(), AreaProfile(name=" ".join(codes), areas=codes)


def _published(dataset: Dataset) -> Iterable[tuple[str, ...]]:
    if dataset.published is None:
        return []
    told = sorted(set(dataset.published["areas"]))
    return [tuple(codes.split()) for codes in told if " " in codes]
