"""Names in one file that must exist in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wijkprofiel.config.files import Shelves
from wijkprofiel.config.mistakes import Complaint, complaint
from wijkprofiel.errors import did_you_mean
from wijkprofiel.model import Project

REFERENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "project": (
        ("style", "style"),
        ("frameworks.*", "framework"),
        ("documents.*", "document"),
        ("similar.indicators.*", "indicator"),
    ),
    "indicators": (
        ("indicators.*.weight", "indicator"),
        ("indicators.*.ratio.*", "indicator"),
        ("indicators.*.sum_of.*", "indicator"),
        ("indicators.*.sources.*.table", "source"),
    ),
    "frameworks": (
        ("domains.*.slots.*.indicators.*.id", "indicator"),
        ("domains.*.context.*", "indicator"),
        ("domains.*.pages.rows.*", "indicator"),
        ("domains.*.pages.trends.*", "indicator"),
        ("domains.*.pages.facts.*", "indicator"),
    ),
    "documents": (
        ("web", "framework"),
        ("themes", "framework"),
        ("key_figures.*", "indicator"),
        ("vulnerable.*", "indicator"),
        ("choropleth", "indicator"),
    ),
    "profiles": (
        ("style", "style"),
        ("documents.*", "document"),
        ("quotes.*.theme", "theme"),
        ("priorities.*.theme", "theme"),
        ("initiatives.*.theme", "theme"),
        ("goals.*.indicator", "indicator"),
        ("dialogue.notes.*.theme", "theme"),
    ),
    "interventions": (("interventions.*.themes.*", "theme"),),
    "corrections": (
        ("corrections.*.source", "source"),
        ("corrections.*.indicator", "indicator"),
    ),
}
"""Per shelf: where a name stands, and what it must be the name of."""

_WORDS = {
    "style": ("a house style", "add configs/styles/{}.yaml to make it one"),
    "framework": ("a framework", "add configs/frameworks/{}.yaml to make it one"),
    "document": ("a document type", "add templates/{}/ to make it one"),
    "indicator": ("an indicator", "add it to a file in configs/indicators/"),
    "source": ("a source table", "add configs/sources/{}.yaml to make it one"),
    "theme": ("a theme or dimension of a framework", "use the id of a domain"),
}
_LONGEST_LIST = 12


def unknown_names(shelves: Shelves) -> Iterator[Complaint]:
    """Yield every name that refers to nothing, in every file."""
    known = {kind: sorted(shelves.ids(kind)) for kind in _WORDS}
    for shelf, file in shelves.every():
        for pattern, kind in REFERENCES.get(shelf, ()):
            for key, value in file.each(pattern):
                if isinstance(value, str) and value not in known[kind]:
                    yield complaint(file, key, *_unknown(value, kind, known[kind]))
    yield from _project_defaults(shelves, known)
    yield from _project_tables(shelves, known["source"])


def _unknown(value: str, kind: str, known: list[str]) -> tuple[str, str]:
    what, hint = _WORDS[kind]
    message = f"'{value}' is not {what}"
    near = did_you_mean(value, known)
    if near:
        return message + near, hint.format(value)
    if 0 < len(known) <= _LONGEST_LIST:
        message += "\n  known: " + ", ".join(known)
    return message, hint.format(value)


def _project_defaults(shelves: Shelves, known: Mapping[str, list[str]]) -> Iterator[Complaint]:
    """Yield the names that a project means by leaving a key out."""
    for file in shelves.of("project"):
        for part, kind in (("style", "style"), ("documents", "document")):
            usual = Project.model_fields[part].default
            for value in (usual,) if isinstance(usual, str) else usual:
                if file.data and part not in file.data and value not in known[kind]:
                    yield complaint(file, (part,), *_unknown(value, kind, known[kind]))


def _project_tables(shelves: Shelves, known: list[str]) -> Iterator[Complaint]:
    for file in shelves.of("project"):
        for part in ("periods", "editions", "country"):
            for key, _ in file.each(f"{part}.*"):
                if str(key[-1]) not in known:
                    yield complaint(file, key, *_unknown(str(key[-1]), "source", known))
