"""All changes between two builds, in order of importance, and how many of each there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from wijkprofiel.build.changes.compare import compare
from wijkprofiel.build.changes.model import Because, Cause, Change, Kind
from wijkprofiel.build.changes.pair import Pairs, pairs
from wijkprofiel.build.changes.read import Entry, entries, load
from wijkprofiel.errors import ConfigError
from wijkprofiel.wording import Words

Progress = Callable[[str, int, int], None]
"""Called with an area's slug, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two builds.

    Attributes:
        path: as it was named.
        areas: how many areas and comparisons it holds.
        editions: number and date of each edition in it, sorted.
    """

    path: str
    areas: int
    editions: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What changed between two builds.

    Attributes:
        compared: areas (and comparisons) that both have.
        added, gone: those that one of them has.
        changes: unexplained first, then verdicts that turned, other verdicts, values, the rest.
    """

    old: Side
    new: Side
    compared: int
    added: tuple[Entry, ...]
    gone: tuple[Entry, ...]
    changes: tuple[Change, ...]

    @property
    def unexplained(self) -> tuple[Change, ...]:
        """The changes without a known cause."""
        return tuple(change for change in self.changes if change.cause is Cause.UNEXPLAINED)

    @property
    def turned(self) -> tuple[Change, ...]:
        """The verdicts that say something else now."""
        return tuple(change for change in self.changes if change.turned)

    def of(self, *kinds: Kind) -> tuple[Change, ...]:
        """Return the changes of these kinds, in order."""
        return tuple(change for change in self.changes if change.kind in kinds)

    def areas(self, changes: Iterable[Change]) -> int:
        """Return how many areas ``changes`` are about."""
        return len({change.area for change in changes if change.area})

    @property
    def by_cause(self) -> Mapping[Cause, tuple[Change, ...]]:
        """The changes of each cause that occurs; one with two causes stands under both."""
        found = {cause: tuple(c for c in self.changes if cause in c.causes) for cause in Cause}
        return {cause: changes for cause, changes in found.items() if changes}

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many changes there are of each kind."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in Kind}


def report(old: Path, new: Path, words: Words, progress: Progress | None = None) -> Report:
    """Compare two output folders, two folders of one area, or two manifests.

    Raises:
        ConfigError: one of them holds no manifest, or manifests that cannot be compared: all.
    """
    before, after = entries(old), entries(new)
    _one_language(before, after, old, new)
    found = pairs(before, after)
    changes = list(_one_sided(found))
    shared: dict[tuple[str, ...], Change] = {}
    for done, (first, last) in enumerate(found.both):
        if progress is not None:
            progress(last.slug, done, len(found.both))
        for change in compare(load(first.path), load(last.path), words):
            if change.kind is Kind.COMPARATOR:
                _join(shared, change)
            else:
                changes.append(change)
    ordered = sorted([*changes, *shared.values()], key=lambda change: change.order)
    return Report(
        _side(old, before), _side(new, after), len(found.both), found.new, found.gone,
        tuple(ordered),
    )  # fmt: skip


def _join(shared: dict[tuple[str, ...], Change], change: Change) -> None:
    """Keep a change of the gemeente or country once, with the causes that any area gives it."""
    key = (*change.codes, change.id, change.old, change.new)
    known = shared.get(key)
    if known is None:
        shared[key] = change
    elif set(change.because) - set(known.because):
        because = tuple(dict.fromkeys([*known.because, *change.because]))
        shared[key] = replace(known, because=because)


def _one_sided(found: Pairs) -> Iterator[Change]:
    """Yield the areas that are new or gone.

    That a build holds other areas is the choice of who builds; only where the division is another
    it may be the boundaries.
    """
    years = {entry.division for pair in found.both for entry in pair}
    for what, side in (("gone", found.gone), ("new", found.new)):
        for entry in side:
            moved = bool(years - {entry.division}) or len(years) > 1
            reason = Because.of(
                Cause.BOUNDARY if moved else Cause.CHOICE,
                "boundary.division" if moved else f"choice.area_{what}",
            )
            shown = (entry.name, "–") if what == "gone" else ("–", entry.name)
            yield Change(Kind.AREA, entry.slug, entry.name, entry.codes, what, *shown, (reason,))


def _one_language(before: Sequence[Entry], after: Sequence[Entry], old: Path, new: Path) -> None:
    spoken = [sorted({entry.language for entry in side}) for side in (before, after)]
    if len({*spoken[0], *spoken[1]}) > 1:
        message = f"{old} is in {', '.join(spoken[0])} and {new} in {', '.join(spoken[1])}"
        hint = "compare two builds in one language: their words and numbers are written alike"
        raise ConfigError(message, hint, where="diff")


def _side(path: Path, found: Sequence[Entry]) -> Side:
    return Side(str(path), len(found), tuple(sorted({entry.edition for entry in found})))
