"""Which area of the new build is which of the old one, also under another name or number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from wijkprofiel.build.changes.read import Entry

Key = Callable[[Entry], Hashable]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Areas (and comparisons) that both builds have, and those that one of them has."""

    both: tuple[tuple[Entry, Entry], ...]
    gone: tuple[Entry, ...]
    new: tuple[Entry, ...]


def pairs(old: Sequence[Entry], new: Sequence[Entry]) -> Pairs:
    """Pair the areas of two builds.

    First those of the same name and the same parts, then by parts alone (renamed), then by name
    alone (other parts). Where the division is another, the parts of the new build are known by the
    numbers that they had before (renumbered): the same number may be another area now. Areas of
    one name without a part in common are two areas, unless the division is another.

    Example:
        >>> from pathlib import Path
        >>> def area(slug, code, before="", year=2020):
        ...     return Entry(
        ...         Path(slug), slug, slug, (code,), (before or code,), year, "nl", (1, "")
        ...     )
        >>> old = [area("a", "WK1"), area("b", "WK2"), area("c", "WK3")]
        >>> new = [area("d", "WK2", "WK1", 2024), area("b", "WK3", "WK2", 2024)]
        >>> found = pairs(old, new)
        >>> [(o.slug, n.slug) for o, n in found.both], [o.slug for o in found.gone]
        ([('a', 'd'), ('b', 'b')], ['c'])
    """
    moved = {entry.division for entry in old} != {entry.division for entry in new}
    number = _before if moved else _codes
    keys: tuple[tuple[Key, Key], ...] = (
        (lambda entry: (entry.slug, _codes(entry)), lambda entry: (entry.slug, number(entry))),
        (_codes, number),
        (lambda entry: entry.slug, lambda entry: entry.slug),
    )
    left, right = list(old), list(new)
    found: list[tuple[Entry, Entry]] = []
    for of_old, of_new in keys:
        waiting: dict[Hashable, list[Entry]] = defaultdict(list)
        for entry in left:
            waiting[of_old(entry)].append(entry)
        rest = []
        for entry in right:
            waits = waiting[of_new(entry)]
            match = next((known for known in waits if _fit(known, entry, number)), None)
            if match is None:
                rest.append(entry)
            else:
                waits.remove(match)
                left.remove(match)
                found.append((match, entry))
        right = rest
    return Pairs(tuple(sorted(found, key=lambda pair: pair[0].slug)), tuple(left), tuple(right))


def _fit(old: Entry, new: Entry, number: Key) -> bool:
    """Whether two areas that a key brings together can be the same one."""
    if not (old.codes and new.codes):
        return not (old.codes or new.codes)
    numbers = new.before if number is _before else new.codes
    return bool({*old.codes} & {*numbers}) or old.division != new.division


def _codes(entry: Entry) -> Hashable:
    """The codes; a comparison has none, and is known by its name only."""
    return entry.codes or entry.slug


def _before(entry: Entry) -> Hashable:
    return entry.before or entry.slug
