"""What indicators, frameworks, documents and the project must have, beyond the type of each key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wijkprofiel.config.files import Shelves
from wijkprofiel.config.located import ConfigFile, Key
from wijkprofiel.config.mistakes import Complaint, complaint

Indicators = Mapping[str, Any]
"""Raw indicators by id."""


def broken_rules(shelves: Shelves) -> Iterator[Complaint]:
    """Yield every broken rule of the shelves that all areas share."""
    indicators = _indicators(shelves)
    yield from _doubled(shelves)
    yield from _indicator_rules(shelves, indicators)
    for file in shelves.of("frameworks"):
        yield from _framework_rules(file, indicators)
    yield from _document_rules(shelves)
    yield from _project_rules(shelves)


def _indicators(shelves: Shelves) -> Indicators:
    return {
        item["id"]: item
        for file in shelves.of("indicators")
        for _, item in file.each("indicators.*")
        if isinstance(item, dict) and isinstance(item.get("id"), str)
    }


def _doubled(shelves: Shelves) -> Iterator[Complaint]:
    for kind in ("indicator", "source", "framework", "style"):
        for name, places in shelves.ids(kind).items():
            for file, key in places[1:]:
                first = places[0][0].at((*places[0][1], "id"))
                yield complaint(file, (*key, "id"), f"'{name}' is already the id of {first}")


# --- indicators -----------------------------------------------------------------------------


def _indicator_rules(shelves: Shelves, indicators: Indicators) -> Iterator[Complaint]:
    editions = _editions(shelves)
    for file in shelves.of("indicators"):
        for key, item in file.each("indicators.*"):
            if isinstance(item, dict):
                yield from _one_indicator(file, key, item)
                yield from _edition_names(file, key, editions)
                yield from _circle(file, key, item, indicators)


def _one_indicator(file: ConfigFile, key: Key, item: Mapping[str, Any]) -> Iterator[Complaint]:
    computed = [word for word in ("ratio", "sum_of") if item.get(word)]
    if not item.get("sources") and not computed:
        hint = "name a source table and its key, or compute it by 'ratio' or 'sum_of'"
        yield complaint(file, (*key, "sources"), "missing: nothing says where it comes from", hint)
    if item.get("sources") and item.get("sum_of"):
        hint = "a published sum needs no computing: keep one"
        yield complaint(file, (*key, "sum_of"), "cannot stand beside 'sources'", hint)
    if item.get("combine") == "ratio" and "ratio" not in item:
        hint = "write ratio: [numerator, denominator]"
        yield complaint(file, (*key, "combine"), "'ratio' needs the key 'ratio'", hint)
    if "ratio" in item and item.get("combine") != "ratio":
        yield complaint(file, (*key, "ratio"), "needs 'combine: ratio'")
    if item.get("unit") == "class" and not item.get("classes"):
        hint = "write the word that is printed for each code"
        yield complaint(file, (*key, "unit"), "'class' needs the key 'classes'", hint)


def _editions(shelves: Shelves) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in shelves.of("sources"):
        name = file.get(("id",))
        if isinstance(name, str):
            found[name] = [str(value) for _, value in file.each("editions.*.table")]
    return found


def _edition_names(
    file: ConfigFile, key: Key, editions: Mapping[str, list[str]]
) -> Iterator[Complaint]:
    sources = file.get((*key, "sources"))
    for i, source in enumerate(sources if isinstance(sources, list) else ()):
        table = source.get("table") if isinstance(source, dict) else None
        keys = source.get("keys") if isinstance(source, dict) else None
        if not isinstance(table, str) or table not in editions or not isinstance(keys, dict):
            continue
        for edition in keys:
            if edition != "all" and str(edition) not in editions[table]:
                known = ", ".join(["all", *editions[table]])
                message = f"'{edition}' is not an edition of {table}\n  known: {known}"
                yield complaint(file, (*key, "sources", i, "keys", edition), message)


def _circle(
    file: ConfigFile, key: Key, item: Mapping[str, Any], indicators: Indicators
) -> Iterator[Complaint]:
    start = item.get("id")
    seen: set[str] = set()
    ahead = _needs(item)
    while ahead:
        name = ahead.pop()
        if name == start:
            part = "ratio" if item.get("ratio") else "sum_of"
            yield complaint(file, (*key, part), f"'{start}' is computed from itself")
            return
        if name not in seen and name in indicators:
            seen.add(name)
            ahead += _needs(indicators[name])


def _needs(item: Mapping[str, Any]) -> list[str]:
    parts = [item.get("ratio"), item.get("sum_of")]
    return [n for part in parts if isinstance(part, list) for n in part if isinstance(n, str)]


# --- frameworks -----------------------------------------------------------------------------


def _framework_rules(file: ConfigFile, indicators: Indicators) -> Iterator[Complaint]:
    yield from _once(file, "domains.*.id", "domain")
    for key, _ in file.each("domains.*"):
        yield from _once(file, f"domains.{key[1]}.slots.*.id", "slot", key)
    yield from _slot_indicators(file, indicators)
    for key, part in file.each("domains.*.slots.*.indicators.*"):
        if isinstance(part, dict):
            yield from _normalised(file, key, part, indicators)
    bands = file.get(("bands",)) or {}
    if isinstance(bands, dict):
        borders = [bands.get(w, d) for w, d in (("similar", 0.5), ("slight", 1.0), ("clear", 2.0))]
        if all(isinstance(b, int | float) for b in borders) and borders != sorted(set(borders)):
            shown = ", ".join(f"{b:g}" for b in borders)
            message = f"similar, slight and clear must rise, not {shown}"
            yield complaint(file, ("bands",), message)


def _once(file: ConfigFile, pattern: str, what: str, within: Key = ()) -> Iterator[Complaint]:
    first: dict[str, Key] = {}
    for key, value in _each(file, pattern, within):
        if not isinstance(value, str):
            continue
        if value in first:
            yield complaint(
                file, key, f"'{value}' is already the {what} of {file.at(first[value])}"
            )
        first.setdefault(value, key)


def _each(file: ConfigFile, pattern: str, within: Key) -> Iterator[tuple[Key, Any]]:
    if not within:
        yield from file.each(pattern)
        return
    slots = file.get((*within, "slots"))
    for i, slot in enumerate(slots if isinstance(slots, list) else ()):
        if isinstance(slot, dict):
            yield (*within, "slots", i, "id"), slot.get("id")


def _slot_indicators(file: ConfigFile, indicators: Indicators) -> Iterator[Complaint]:
    first: dict[str, Key] = {}
    for key, value in file.each("domains.*.slots.*.indicators.*.id"):
        if not isinstance(value, str):
            continue
        if indicators.get(value, {}).get("direction") == "neutral":
            hint = "give it a direction, or move it to the domain's 'context'"
            yield complaint(file, key, f"'{value}' is neutral and cannot be scored", hint)
        if value in first:
            hint = "an indicator counts once in a framework"
            yield complaint(file, key, f"'{value}' counts already at {file.at(first[value])}", hint)
        first.setdefault(value, key)


def _normalised(
    file: ConfigFile, key: Key, part: Mapping[str, Any], indicators: Indicators
) -> Iterator[Complaint]:
    """Yield what a normalisation needs of an indicator: a target, goalposts in its direction."""
    name = part.get("id")
    if file.get(("normalisation",)) == "target" and part.get("target") is None:
        domain, slot = file.get((*key[:2], "id")), file.get((*key[:4], "id"))
        message = f"missing: framework '{file.get(('id',))}' is normalised by 'target', "
        message += f"and '{name}' in domain '{domain}', slot '{slot}', has none"
        hint = "write target: the value to reach, in the unit of the indicator (it has no default)"
        yield complaint(file, (*key, "target"), message, hint)
    posts = part.get("goalposts")
    if not isinstance(posts, list) or not all(isinstance(post, int | float) for post in posts):
        return
    direction = indicators.get(str(name), {}).get("direction")
    rising = {"better": True, "worse": False}.get(str(direction))
    if len(posts) != 2 or rising is None:
        return
    if posts[0] == posts[1]:
        yield complaint(file, (*key, "goalposts"), "the worst and the best value are the same")
    elif (posts[0] < posts[1]) != rising:
        shown = "higher" if rising else "lower"
        message = f"the worst value comes first, then the best; of '{name}' {shown} is better"
        yield complaint(file, (*key, "goalposts"), message)


# --- documents and project ------------------------------------------------------------------


def _document_rules(shelves: Shelves) -> Iterator[Complaint]:
    for name, places in shelves.ids("document").items():
        for file, _ in places:
            written = file.get(("id",))
            if isinstance(written, str) and written != name:
                hint = f"write id: {name}, or rename the folder"
                yield complaint(file, ("id",), f"'{written}' stands in templates/{name}/", hint)
            yield from _scored(shelves, file)


def _scored(shelves: Shelves, file: ConfigFile) -> Iterator[Complaint]:
    scored = {
        value for project in shelves.of("project") for _, value in project.each("frameworks.*")
    }
    for part in ("web", "themes"):
        value = file.get((part,))
        if value in shelves.ids("framework") and scored and value not in scored:
            hint = "add it to 'frameworks' in wijkprofiel.yaml"
            yield complaint(file, (part,), f"'{value}' is not scored in this project", hint)


def _project_rules(shelves: Shelves) -> Iterator[Complaint]:
    sources = {file.get(("id",)): file for file in shelves.of("sources")}
    for file in shelves.of("project"):
        for key, table in file.each("editions.*"):
            source = sources.get(str(key[-1]))
            if source is None:
                continue
            editions = {
                e.get("table"): e for _, e in source.each("editions.*") if isinstance(e, dict)
            }
            if table not in editions:
                known = ", ".join(map(str, editions))
                message = f"'{table}' is not an edition of {key[-1]}\n  known: {known}"
                yield complaint(file, key, message)
            else:
                yield from _period(file, str(key[-1]), editions[table])


def _period(file: ConfigFile, source: str, edition: Mapping[str, Any]) -> Iterator[Complaint]:
    period, held = file.get(("periods", source)), edition.get("periods")
    if isinstance(period, str) and isinstance(held, list) and period not in held:
        message = f"{edition.get('table')} does not hold '{period}'"
        message += "\n  known: " + ", ".join(map(str, held))
        yield complaint(file, ("periods", source), message)
