"""What ``wijkprofiel list`` shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wijkprofiel.cli.session import Session
from wijkprofiel.errors import ConfigError, did_you_mean

Row = dict[str, str]

_COLUMNS = {
    "areas": ("say", "name", "kind", "code", "gemeente"),
    "indicators": ("id", "title", "direction", "unit", "population", "sources"),
    "frameworks": ("framework", "domain", "title", "topics"),
    "documents": ("id", "title", "readers", "formats"),
    "regions": ("say", "name", "table", "gemeenten", "in_data"),
}
SHELVES = tuple(_COLUMNS)
"""What can be listed."""


def columns(shelf: str) -> Sequence[str]:
    """Return the column names of one list."""
    return _COLUMNS[shelf]


def rows(shelf: str, session: Session) -> list[Row]:
    """Return the rows of one list.

    Args:
        shelf: one of :data:`SHELVES`.
        session: the project.

    Raises:
        ConfigError: there is no such list, or the config is wrong.
    """
    makers: dict[str, Callable[[Session], list[Row]]] = {
        "areas": _areas,
        "indicators": _indicators,
        "frameworks": _frameworks,
        "documents": _documents,
        "regions": _regions,
    }
    if shelf not in makers:
        message = f"there is no list of '{shelf}'{did_you_mean(shelf, SHELVES)}"
        raise ConfigError(message, f"what can be listed: {', '.join(SHELVES)}")
    return makers[shelf](session)


def _areas(session: Session) -> list[Row]:
    return [*_profiles(session), *_shipped(session), *_plain(session)]


def _profiles(session: Session) -> list[Row]:
    config = session.config
    found = []
    for slug in config.own_profiles:
        profile = config.profiles.get(slug)
        codes = " ".join(profile.areas) if profile else ""
        name = profile.name if profile else "(broken: wijkprofiel check)"
        found.append(_row("areas", slug, name, "profile", codes, ""))
    return found


def _shipped(session: Session) -> list[Row]:
    """Return the profiles that came with the package and that the data hold: examples."""
    config, held = session.config, set(session.dataset.areas["code"])
    return [
        _row("areas", slug, profile.name, "shipped example", " ".join(profile.areas), "")
        for slug, profile in sorted(config.profiles.items())
        if slug not in config.own_profiles and held.issuperset(profile.areas)
    ]


def _plain(session: Session) -> list[Row]:
    from wijkprofiel import areas
    from wijkprofiel.model import Level

    config, table = session.config, session.dataset.areas
    year = config.project.boundary_year
    known = table[table["boundary_year"] == year].set_index("code")
    found = []
    for level in (Level.GEMEENTE, Level.WIJK):
        for code in areas.select_all(table, year, config.project.gemeenten, level):
            name, parent = known.loc[code, ["name", "parent"]]
            gemeente = str(known["name"].get(parent, "")) if level is Level.WIJK else ""
            found.append(_row("areas", code, str(name), level.value, code, gemeente))
    return found


def _indicators(session: Session) -> list[Row]:
    return [
        _row(
            "indicators",
            item.id,
            item.title,
            item.direction,
            item.unit,
            item.population,
            ", ".join(key.table for key in item.sources) or "computed",
        )
        for item in session.config.indicators.values()
    ]


def _frameworks(session: Session) -> list[Row]:
    return [
        _row(
            "frameworks",
            framework.id,
            domain.id,
            domain.title,
            ", ".join(i.id for slot in domain.slots for i in slot.indicators),
        )
        for framework in session.config.frameworks.values()
        for domain in framework.domains
    ]


def _documents(session: Session) -> list[Row]:
    return [
        _row("documents", item.id, item.title, item.readers, ", ".join(item.formats))
        for item in session.config.documents.values()
    ]


def _regions(session: Session) -> list[Row]:
    from wijkprofiel import areas

    config, table = session.config, session.dataset.areas
    found = []
    for shelf in config.regions.values():
        for region in shelf.regions:
            lacking = areas.absent(region, table, config.project.boundary_year)
            held = len(region.areas) - len(lacking)
            count = str(len(region.areas))
            found.append(_row("regions", region.id, region.title, shelf.id, count, str(held)))
    return found


def _row(shelf: str, *values: str) -> Row:
    return dict(zip(_COLUMNS[shelf], values, strict=True))
