"""Regions: the areas of one region that the data hold, and a region as an area of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wijkprofiel.areas.naming import select_all
from wijkprofiel.errors import ConfigError
from wijkprofiel.model.computed import Level
from wijkprofiel.model.people import AreaProfile
from wijkprofiel.model.regions import Region

if TYPE_CHECKING:
    import pandas as pd

KIND = "regio"
"""What residents call it: a key of the wording's ``kind``."""


_SHOWN = 5


def select(
    region: Region, areas: pd.DataFrame, year: int, level: Level = Level.WIJK
) -> tuple[str, ...]:
    """Return the codes of all areas of a level in a region that the data hold, sorted.

    An area lies in a region when the region names it, or an area around it.
    """
    around = {code[2:] for code in region.areas}
    return tuple(
        code
        for code in select_all(areas, year, level=level)
        if any(code[2 : 2 + length] in around for length in (4, 6, 8))
    )


def absent(region: Region, areas: pd.DataFrame, year: int) -> tuple[str, ...]:
    """Return the areas that a region names and the data do not hold, sorted."""
    held = set(areas.loc[areas["boundary_year"] == year, "code"])
    return tuple(sorted(set(region.areas) - held))


def region_profile(region: Region, areas: pd.DataFrame, year: int) -> AreaProfile:
    """Return a region as an area of its own, made of the areas that it names.

    Raises:
        ConfigError: the data do not hold all of them: part of a region is not the region.
    """
    lacking = absent(region, areas, year)
    if lacking:
        shown = ", ".join(f"{code} {region.areas[code]}".strip() for code in lacking[:_SHOWN])
        shown += f" and {len(lacking) - _SHOWN} more" if len(lacking) > _SHOWN else ""
        raise ConfigError(
            f"{region.title} is made of {len(region.areas)} areas; the data of {year} lack "
            f"{len(lacking)} of them: {shown}",
            "fetch them, or build the areas that are there one by one",
            where=region.id,
        )
    codes = tuple(region.areas)
    whole = all(code.startswith("GM") for code in codes)
    return AreaProfile(
        name=region.title,
        areas=codes,
        areas_note="configs/regions",
        kind=KIND,
        parts_as="gemeenten" if whole else "auto",
    )
