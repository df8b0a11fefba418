"""What a translation must be: of things that exist, with the same facts as the original."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from typing import Any

from wijkprofiel.config.files import Shelves
from wijkprofiel.config.located import ConfigFile, Key
from wijkprofiel.config.mistakes import Complaint, complaint
from wijkprofiel.errors import did_you_mean

_KINDS = {
    "indicators": ("indicator", "an indicator"),
    "sources": ("source", "a source table"),
    "frameworks": ("framework", "a framework"),
    "documents": ("document", "a document type"),
    "comparisons": ("comparison", "a set of areas"),
}
_PLAIN = ("title", "phrase", "phrase_not", "definition", "brief", "sensitive", "question",
          "subject", "description", "axis_word", "note", "intro")  # fmt: skip
"""Keys of which the original must have a text too."""


def translation_complaints(shelves: Shelves) -> Iterator[Complaint]:
    """Yield every translation of something that is not there, and facts that differ."""
    things = {part: _by_id(shelves, kind) for part, (kind, _) in _KINDS.items()}
    people = _populations(shelves)
    names = [str(n) for f in shelves.of("interventions") for _, n in f.each("interventions.*.name")]
    for file in shelves.of("translations"):
        for part, (_, what) in _KINDS.items():
            for key, value in file.each(f"{part}.*"):
                original = things[part].get(str(key[-1]))
                if original is None:
                    yield _unknown(file, key, what, things[part])
                elif isinstance(value, dict):
                    yield from _texts(file, key, original, value)
        yield from _not_in(file, "populations", "a population of a figure", people)
        yield from _not_in(file, "interventions", "in the catalogue of interventions", names)


def _by_id(shelves: Shelves, kind: str) -> dict[str, Mapping[str, Any]]:
    """What is declared of one kind, as it was written."""
    found: dict[str, Mapping[str, Any]] = {}
    for name, places in shelves.ids(kind).items():
        file, key = places[0]
        value = file.get(key)
        if isinstance(value, dict):
            found[name] = value
    return found


def _populations(shelves: Shelves) -> list[str]:
    patterns = {"indicators": "indicators.*.population", "sources": "population"}
    return [
        str(v) for shelf, p in patterns.items() for f in shelves.of(shelf) for _, v in f.each(p)
    ]


def _not_in(file: ConfigFile, part: str, what: str, known: Iterable[str]) -> Iterator[Complaint]:
    there = list(dict.fromkeys(known))
    for key, _ in file.each(f"{part}.*"):
        if key[-1] not in there:
            yield _unknown(file, key, what, there)


def _unknown(file: ConfigFile, key: Key, what: str, known: Iterable[str]) -> Complaint:
    message = f"'{key[-1]}' is not {what}{did_you_mean(str(key[-1]), list(known))}"
    return complaint(file, key, message, "a translation is of something that is declared")


def _texts(
    file: ConfigFile, key: Key, original: Mapping[str, Any], texts: Mapping[str, Any]
) -> Iterator[Complaint]:
    for name in _PLAIN:
        if name in texts and not original.get(name):
            yield complaint(file, (*key, name), "the original has no such text")
    for part in ("texts", "classes"):
        yield from _mapping(file, (*key, part), original.get(part), texts.get(part))
    inside = texts.get("domains")
    domains = {d.get("id"): d for d in original.get("domains", ()) if isinstance(d, dict)}
    for name, value in inside.items() if isinstance(inside, dict) else ():
        below = (*key, "domains", name)
        if name not in domains:
            yield _unknown(file, below, "a domain of this framework", map(str, domains))
        elif isinstance(value, dict):
            yield from _texts(file, below, domains[name], value)
            slots = {s.get("id"): s.get("title") for s in domains[name].get("slots", ())}
            yield from _mapping(file, (*below, "slots"), slots, value.get("slots"))


def _mapping(file: ConfigFile, key: Key, original: Any, texts: Any) -> Iterator[Complaint]:
    """Names that the original does not have, and other facts than it fills in."""
    there = original if isinstance(original, dict) else {}
    for name, text in texts.items() if isinstance(texts, dict) else ():
        if name not in there:
            yield _unknown(file, (*key, name), "a text of the original", map(str, there))
        elif facts(text) != facts(there[name]):
            asked = ", ".join(f"{{{fact}}}" for fact in sorted(facts(there[name]))) or "no facts"
            message = f"the original fills in {asked}"
            yield complaint(file, (*key, name), message, "a translation fills in the same")


def facts(text: Any) -> set[str]:
    """Return the names between braces in a text; none where the braces do not match."""
    try:
        return {name for _, name, _, _ in Formatter().parse(str(text)) if name is not None}
    except ValueError:
        return set()
