"""What the results of a wijkdialoog add to an area's profile, and where the two disagree.

Nothing that stands in the profile is taken away or changed: lists grow, empty keys are filled.
Two values are replaced, because the new one holds the old: ``held: false`` becomes true, and a
priority that came from the figures and now from the dialogue too comes from both. Everything else
that differs is a conflict, and then nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wijkprofiel.config.located import ConfigFile, Key
from wijkprofiel.config.mistakes import dotted
from wijkprofiel.config.splice import Add, Append, Edit, Replace
from wijkprofiel.errors import Problem

IDENTITY: dict[str, tuple[str, ...]] = {
    "priorities": ("theme",),
    "quotes": ("text",),
    "initiatives": ("name", "theme"),
    "interventions": ("name",),
    "actions": ("goal", "action"),
    "goals": ("title",),
    "partners": ("name",),
}
"""By which keys two items of a list are the same one."""

KEPT = {("programme", "dialogue"), ("both", "dialogue"), ("both", "figures")}
"""Sources of a priority that say enough already: (in the profile, in the results)."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values for one key: where it stands in the profile and in the results."""

    profile: Key
    results: Key
    old: Any
    new: Any


def differences(
    old: Mapping[str, Any], new: Mapping[str, Any], key: Key = (), there: Key = ()
) -> Iterator[Edit | Conflict]:
    """Yield what ``new`` adds to ``old``, and the conflicts.

    Args:
        old: a mapping of the profile.
        new: the same of the results.
        key: way to ``old`` in the profile.
        there: way to ``new`` in the results.
    """
    for word, value in new.items():
        if _empty(value):
            continue
        here, beside = (*key, word), (*there, word)
        if _empty(old.get(word)):
            yield Add(here, value)
        else:
            yield from _compared(old[word], value, here, beside)


def problems(found: list[Conflict], profile: ConfigFile, results: ConfigFile) -> Iterator[Problem]:
    """Yield a problem for each conflict, with both lines."""
    for conflict in found:
        message = (
            f"{dotted(conflict.results)}: '{conflict.new}', but the profile says "
            f"'{conflict.old}' ({profile.at(conflict.profile)})"
        )
        hint = "make the two the same; what stands in the profile is never overwritten"
        yield Problem(results.at(conflict.results), message, hint)


def _compared(old: Any, new: Any, here: Key, there: Key) -> Iterator[Edit | Conflict]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from differences(old, new, here, there)
    elif isinstance(old, list) and isinstance(new, list) and here != ("areas",):
        yield from _lists(old, new, here, there)
    else:
        yield from _scalars(old, new, here, there)


def _lists(old: list[Any], new: list[Any], here: Key, there: Key) -> Iterator[Edit | Conflict]:
    names = IDENTITY.get(str(here[-1]), ())
    known = {_identity(item, names): place for place, item in reversed([*enumerate(old)])}
    added: set[str] = set()
    for place, item in enumerate(new):
        identity = _identity(item, names)
        if identity in known:
            at = known[identity]
            yield from _compared(old[at], item, (*here, at), (*there, place))
        elif identity not in added:
            added.add(identity)
            yield Append(here, item)


def _scalars(old: Any, new: Any, here: Key, there: Key) -> Iterator[Edit | Conflict]:
    word = here[-1]
    if word == "held" and (old, new) == (False, True):
        yield Replace(here, value=True)
    elif here[0] == "priorities" and word == "source" and (old, new) in KEPT:
        return
    elif here[0] == "priorities" and word == "source" and new in {"dialogue", "both"}:
        if (old, new) in {("figures", "dialogue"), ("figures", "both"), ("dialogue", "both")}:
            yield Replace(here, "both")
        else:
            yield Conflict(here, there, old, new)
    else:
        yield Conflict(here, there, old, new)


def _identity(item: Any, names: tuple[str, ...]) -> str:
    """Return what makes an item the same one; letters and spaces apart."""
    if isinstance(item, dict):
        kept = {name: item[name] for name in names if name in item} or item
        return repr(sorted((str(k), _plain(v)) for k, v in kept.items()))
    return repr([(names[0], _plain(item))] if names else _plain(item))


def _plain(value: Any) -> str:
    return " ".join(str(value).casefold().split())


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
