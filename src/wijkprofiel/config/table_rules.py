"""What tables of regions and corrections must have, beyond the type of each key."""

from __future__ import annotations

from collections.abc import Iterator

from wijkprofiel.config.files import Shelves
from wijkprofiel.config.located import ConfigFile, Key
from wijkprofiel.config.mistakes import Complaint, complaint


def region_complaints(shelves: Shelves) -> Iterator[Complaint]:
    """Yield doubled names of tables and regions, and an area that a complete table holds twice."""
    tables: dict[str, str] = {}
    taken = {name: places[0] for name, places in shelves.ids("profile").items()}
    for file in shelves.of("regions"):
        name = file.get(("id",))
        if isinstance(name, str):
            if name in tables:
                yield complaint(file, ("id",), f"'{name}' is already the id of {tables[name]}")
            tables.setdefault(name, file.at(("id",)))
        for key, slug in file.each("regions.*.id"):
            if isinstance(slug, str) and slug in taken:
                other, where = taken[slug]
                hint = "regions and profiles share their names on the command line"
                yield complaint(file, key, f"'{slug}' is already {other.at(where)}", hint)
            elif isinstance(slug, str):
                taken[slug] = (file, key)
        if file.get(("complete",)) is True:
            yield from _twice(file)


def _twice(file: ConfigFile) -> Iterator[Complaint]:
    first: dict[str, Key] = {}
    for key, areas in file.each("regions.*.areas"):
        named = isinstance(areas, dict)
        for number, code in enumerate(areas if isinstance(areas, dict | list) else ()):
            place = (*key, code if named else number)
            if code in first:
                message = f"{code} is already in the region at {file.at(first[code])}"
                hint = "in a complete table each area lies in one region"
                yield complaint(file, place, message, hint)
            first.setdefault(code, place)


def correction_complaints(shelves: Shelves) -> Iterator[Complaint]:
    """Yield corrections of an unknown edition, and those of one figure that stand there twice."""
    editions: dict[str, list[str]] = {}
    for source in shelves.of("sources"):
        tables = [str(value) for _, value in source.each("editions.*.table")]
        editions[str(source.get(("id",)))] = tables
    for file in shelves.of("corrections"):
        first: dict[tuple[str, ...], Key] = {}
        for key, item in file.each("corrections.*"):
            if not isinstance(item, dict):
                continue
            known = editions.get(str(item.get("source")), [])
            edition = str(item.get("edition"))
            if known and edition not in known:
                message = f"'{edition}' is not an edition of {item['source']}"
                message += "\n  known: " + ", ".join(known)
                yield complaint(file, (*key, "edition"), message)
            parts = ("source", "edition", "area", "indicator", "period")
            which = tuple(str(item.get(part)) for part in parts)
            if which in first:
                message = f"the same figure is corrected at {file.at(first[which])}"
                yield complaint(file, key, message, "keep one of the two")
            first.setdefault(which, key)
