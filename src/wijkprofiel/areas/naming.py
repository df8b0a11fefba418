"""From a user's word to an area, and from an area to a word that is safe as a file name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from wijkprofiel.errors import ConfigError
from wijkprofiel.model.computed import Area, Level
from wijkprofiel.model.people import AreaProfile
from wijkprofiel.model.same import Same
from wijkprofiel.sources.names import level_of

if TYPE_CHECKING:
    import pandas as pd

_PREFIX = re.compile(r"^(?:(?:wijk|buurt)-\d+-)+(?=.)")
_LONGEST = 60
_SHOWN = 12


def slugify(name: str) -> str:
    """Return ``name`` in lower-case letters, digits and single hyphens; a number before it goes.

    >>> slugify("Wijk 09 Geuzen- en Statenkwartier"), slugify("'s-Gravenhage"), slugify("Curaçao")
    ('geuzen-en-statenkwartier', 's-gravenhage', 'curacao')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    return _PREFIX.sub("", words)[:_LONGEST].strip("-")


def find(
    name: str,
    areas: pd.DataFrame,
    profiles: Mapping[str, AreaProfile],
    year: int,
    gemeenten: Collection[str] = (),
    regions: Mapping[str, str] | None = None,
) -> str:
    """Return the slug of a profile or region, or the code of an area, that ``name`` stands for.

    The slug or name of a profile comes first, then that of a region; then a CBS code; then the
    name of a gemeente, wijk or buurt that only one area has. ``<gemeente>/<name>`` says which of
    several; there the first letters of the name are enough. Capitals, accents, spaces and a
    prefix as in "Wijk 02" do not count.

    Args:
        name: the user's word.
        areas: AreaTable.
        profiles: by slug.
        year: division to look in.
        gemeenten: only areas of these; empty: all.
        regions: titles by slug.

    Raises:
        ConfigError: nothing is called so, or more than one thing is; with the candidates.
    """
    word = name.strip()
    titles = regions or {}
    if (slug := word.lower()) in profiles or slug in titles:
        return slug
    known = _known(areas, year, gemeenten)
    if level_of(word.upper()):
        return _by_code(word.upper(), known)
    gemeente, slash, rest = word.rpartition("/")
    wanted = slugify(rest)
    if not slash:
        called = [slug for slug, profile in profiles.items() if slugify(profile.name) == wanted]
        called = called or [slug for slug, title in titles.items() if slugify(title) == wanted]
        if len(called) == 1 and wanted:
            return called[0]
    hits = list(_by_name(known).get(wanted, ()))
    if slash:
        hits = _within(gemeente, wanted, hits, known)
    if len(hits) == 1 and wanted:
        return str(hits[0]["code"])
    slugs = {**dict.fromkeys(profiles, "profile"), **_kinds(titles)}
    raise _unclear(word, wanted, hits, known, slugs)


def slug_of(code: str, areas: pd.DataFrame, profiles: Iterable[str], year: int) -> str:
    """Return a file-safe name of one CBS area that no other area or profile has.

    The name alone when it is the only one in the table, else with its gemeente before it, else
    with its code.
    """
    register = _register(Same(areas), year)
    short = register.short[code]
    taken = set(profiles)
    if short and register.shorts[short] == 1 and short not in taken:
        return short
    full = register.full[code]
    if register.fulls[full] == 1 and full not in taken and full not in register.shorts:
        return full[:_LONGEST].strip("-")
    return f"{short[:48]}-{code.lower()}".strip("-")


@dataclass(frozen=True, slots=True)
class _Register:
    """The names of one division, as file names.

    Attributes:
        short, full: per code its name, without and with the gemeente's before it.
        shorts, fulls: how many areas have each.
    """

    short: Mapping[str, str]
    full: Mapping[str, str]
    shorts: Counter[str]
    fulls: Counter[str]


@lru_cache(maxsize=4)
def _register(table: Same, year: int) -> _Register:
    known = _known(table.value, year, ())
    short = {str(area["code"]): slugify(area["name"]) for area in known}
    gemeenten = {code[2:]: slug for code, slug in short.items() if code.startswith("GM")}
    full = {
        code: f"{gemeenten.get(code[2:6], '')}-{slug}".strip("-") for code, slug in short.items()
    }
    return _Register(short, full, Counter(short.values()), Counter(full.values()))


def select_all(
    areas: pd.DataFrame, year: int, gemeenten: Collection[str] = (), level: Level = Level.WIJK
) -> tuple[str, ...]:
    """Return the codes of all areas of a level, in ``gemeenten`` or everywhere, sorted."""
    known = _known(areas, year, gemeenten)
    return tuple(sorted(str(area["code"]) for area in known if area["level"] == level.value))


def area_of(code: str, areas: pd.DataFrame, year: int) -> Area | None:
    """Return one area of a division, or None when the table does not have it."""
    return of_year(areas, year).areas.get(code)


@dataclass(frozen=True, slots=True)
class Division:
    """The areas of one boundary year.

    Attributes:
        areas: by code.
        inside: per code those of the areas that lie directly in it.
    """

    areas: Mapping[str, Area]
    inside: Mapping[str, frozenset[str]]


def of_year(areas: pd.DataFrame, year: int) -> Division:
    """Return the areas of a boundary year, read from the table once."""
    return _division(Same(areas), year)


@lru_cache(maxsize=4)
def _division(table: Same, year: int) -> Division:
    found: dict[str, Area] = {}
    inside: dict[str, set[str]] = {}
    for row in _known(table.value, year, ()):
        code, parent, people = str(row["code"]), str(row["parent"]), float(row["population"])
        inside.setdefault(parent, set()).add(code)
        area = Area(
            code=code,
            name=str(row["name"]),
            level=Level(row["level"]),
            parent=parent,
            boundary_year=year,
            population=None if people != people else int(people),  # noqa: PLR0124 - NaN
        )
        found.setdefault(code, area)
    return Division(found, {parent: frozenset(codes) for parent, codes in inside.items()})


def no_such_code(code: str, known: Mapping[str, str]) -> str:
    """Return what to say of a code that does not exist: the nearest ones, by code and name."""
    swapped = [other for other in known if sorted(other) == sorted(code)]
    near = (swapped + get_close_matches(code, set(known) - set(swapped), n=3, cutoff=0.8))[:3]
    guess = " or ".join(f"{c} {known[c]}" for c in near)
    return f"{code}: there is no such area" + (f" (did you mean {guess}?)" if guess else "")


def _known(areas: pd.DataFrame, year: int, gemeenten: Collection[str]) -> list[dict[str, Any]]:
    return _records(Same(areas), year, frozenset(gemeenten))


@lru_cache(maxsize=16)
def _records(table: Same, year: int, gemeenten: frozenset[str]) -> list[dict[str, Any]]:
    areas: pd.DataFrame = table.value
    rows = areas[areas["boundary_year"] == year]
    if gemeenten:
        digits = {gemeente[2:] for gemeente in gemeenten}
        rows = rows[rows["code"].str[2:6].isin(digits)]
    return [{str(key): cell for key, cell in row.items()} for row in rows.to_dict("records")]


def _by_name(known: list[dict[str, Any]]) -> Mapping[str, list[dict[str, Any]]]:
    """Return the areas per name as a file name."""
    return _named(Same(known))


@lru_cache(maxsize=16)
def _named(known: Same) -> Mapping[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for area in known.value:
        found.setdefault(slugify(area["name"]), []).append(area)
    return found


def _by_code(code: str, known: list[dict[str, Any]]) -> str:
    names = _names(Same(known))
    if code in names:
        return code
    held = [f"{c} {n}" for c, n in sorted(names.items()) if c.startswith("GM")]
    told = ", ".join(held) if len(held) <= _SHOWN else f"{len(held)} gemeenten"
    raise ConfigError(no_such_code(code, names), f"the data hold areas of {told}")


@lru_cache(maxsize=16)
def _names(known: Same) -> Mapping[str, str]:
    return {str(area["code"]): str(area["name"]) for area in known.value}


def _within(
    gemeente: str,
    wanted: str,
    hits: list[dict[str, Any]],
    known: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Return the hits in one gemeente; the first letters of the name are enough there."""
    own = {
        area["code"][2:6]
        for area in known
        if area["code"].startswith("GM")
        and gemeente.strip().lower() in {slugify(area["name"]), area["name"].lower()}
    } | {area["code"][2:6] for area in known if area["code"] == gemeente.strip().upper()}
    inside = [dict(area) for area in known if area["code"][2:6] in own]
    exact = [area for area in hits if area["code"][2:6] in own]
    return exact or [area for area in inside if wanted and slugify(area["name"]).startswith(wanted)]


def _gemeente(area: Mapping[str, Any], known: Sequence[Mapping[str, Any]]) -> str:
    code = f"GM{area['code'][2:6]}"
    return next((str(other["name"]) for other in known if other["code"] == code), "")


def _unclear(
    word: str,
    wanted: str,
    hits: Sequence[Mapping[str, Any]],
    known: Sequence[Mapping[str, Any]],
    slugs: Mapping[str, str],
) -> ConfigError:
    if hits:
        return ConfigError(
            f"'{word}' is the name of {len(hits)} areas: " + "; ".join(_listed(hits, known)),
            "say which by code, or by <gemeente>/<name>",
        )
    names = {slugify(area["name"]): area for area in known}
    alike = [n for n in names if wanted and wanted in n]
    near = alike or get_close_matches(wanted, list(names), n=5, cutoff=0.6)
    told = [slug for slug in slugs if wanted and wanted in slug]
    told += [s for s in get_close_matches(wanted, list(slugs), n=3) if s not in told]
    candidates = [f"{slug} ({slugs[slug]})" for slug in told]
    candidates += _listed([names[n] for n in near], known)
    if candidates:
        shown = "; ".join(candidates[:_SHOWN])
        return ConfigError(f"nothing is called '{word}' (did you mean {shown}?)", _HOW)
    return ConfigError(f"nothing is called '{word}'", _HOW)


_HOW = "see 'wijkprofiel list areas'; a code, a profile or <gemeente>/<name> is understood"


def _kinds(titles: Mapping[str, str]) -> dict[str, str]:
    return {slug: f"region: {title}" for slug, title in titles.items()}


def _listed(found: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]]) -> list[str]:
    return [
        f"{area['code']} {area['name']} ({area['level']}"
        + (f" in {place}" if (place := _gemeente(area, known)) != area["name"] else "")
        + f"; {slugify(place)}/{slugify(area['name'])})"
        for area in sorted(found, key=lambda area: str(area["code"]))[:_SHOWN]
    ]
