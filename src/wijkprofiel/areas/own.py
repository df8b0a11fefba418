"""The area that a profile is about: one CBS area, or several put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from wijkprofiel.areas.naming import area_of, no_such_code, of_year
from wijkprofiel.errors import ConfigError, Problem
from wijkprofiel.model.computed import Area, BoundaryMatch, Level, OwnArea
from wijkprofiel.model.people import AreaProfile
from wijkprofiel.model.same import Same

if TYPE_CHECKING:
    import pandas as pd


def own_area(  # noqa: PLR0913, PLR0917 - who it is about, and the tables that say so
    slug: str,
    profile: AreaProfile | None,
    code: str | None,
    areas: pd.DataFrame,
    crosswalk: pd.DataFrame,
    year: int,
    division: int,
) -> OwnArea:
    """Return the area of a profile, or of one CBS area.

    Args:
        slug: file-safe name.
        profile: the area profile; its ``areas`` are the parts.
        code: the one CBS area, where there is no profile.
        areas: AreaTable.
        crosswalk: CrosswalkTable.
        year: division of the parts.
        division: division of the health figures, for ``matches``.

    Raises:
        ConfigError: a code that does not exist, stands twice or lies within another part; all
            at once.
        ValueError: neither a profile nor a code.
    """
    if profile is None and code is None:
        raise ValueError("an area needs a profile or a code")
    codes = profile.areas if profile is not None else (cast("str", code),)
    parts = _parts(slug, codes, areas, year)
    gemeenten = _gemeenten(parts, areas, year)
    return OwnArea(
        slug=slug,
        name=profile.name if profile is not None else parts[0].name,
        parts=parts,
        gemeenten=gemeenten,
        gemeente=_comparator(parts, gemeenten, areas, year),
        kind=profile.kind if profile is not None else parts[0].level.value,
        matches=_matches(parts, crosswalk, year, division),
    )


def _parts(slug: str, codes: Sequence[str], areas: pd.DataFrame, year: int) -> tuple[Area, ...]:
    where = f"configs/profiles/{slug}.yaml"
    known = of_year(areas, year).areas
    problems: list[Problem] = []
    parts: list[Area] = []
    for number, code in enumerate(codes):
        area = known.get(code)
        place = f"{where} areas[{number}]"
        if area is None:
            hint = f"codes of the division of {year} are expected; see 'wijkprofiel list areas'"
            names = {other: found.name for other, found in known.items()}
            problems.append(Problem(place, no_such_code(code, names), hint))
        elif code in codes[:number]:
            problems.append(Problem(place, f"{code} stands there twice", "keep it once"))
        else:
            around = [other for other in codes if other != code and _lies_in(code, other)]
            if around:
                message = f"{code} lies in {around[0]}, which stands there too"
                problems.append(Problem(place, message, "keep one of the two"))
            parts.append(area)
    if problems:
        raise ConfigError.of(problems)
    return tuple(parts)


def _lies_in(code: str, other: str) -> bool:
    """Whether ``code`` lies in ``other``: a CBS code starts with the digits of its parents."""
    if other.startswith("NL"):
        return not code.startswith("NL")
    return len(code) > len(other) and code[2:].startswith(other[2:])


def _gemeenten(parts: Sequence[Area], areas: pd.DataFrame, year: int) -> tuple[Area, ...]:
    codes = dict.fromkeys(f"GM{part.code[2:6]}" for part in parts if part.level is not Level.LAND)
    found = (area_of(code, areas, year) for code in codes)
    return tuple(area for area in found if area is not None)


def _comparator(
    parts: Sequence[Area], gemeenten: Sequence[Area], areas: pd.DataFrame, year: int
) -> Area | None:
    """Return the gemeente to compare with: none across gemeenten, nor for a whole gemeente."""
    if len(gemeenten) != 1 or any(part.level in {Level.LAND, Level.GEMEENTE} for part in parts):
        return None
    wijken = of_year(areas, year).inside.get(gemeenten[0].code, frozenset())
    whole = wijken <= {part.code for part in parts}
    return None if whole and wijken else gemeenten[0]


def _matches(
    parts: Sequence[Area], crosswalk: pd.DataFrame, year: int, division: int
) -> Mapping[str, BoundaryMatch]:
    """Return per part how it matches ``division``; a part that the table lacks is left out."""
    codes = [part.code for part in parts]
    if year == division:
        return dict.fromkeys(codes, "same")
    status = _statuses(Same(crosswalk), division, year)
    return {code: status[code] for code in codes if code in status}


@lru_cache(maxsize=16)
def _statuses(table: Same, before: int, year: int) -> Mapping[str, BoundaryMatch]:
    """Return how each area of a division matches an earlier one, read from the table once."""
    crosswalk: pd.DataFrame = table.value
    rows = crosswalk[(crosswalk["from_year"] == before) & (crosswalk["to_year"] == year)]
    return dict(zip(rows["area"], rows["status"], strict=True))
