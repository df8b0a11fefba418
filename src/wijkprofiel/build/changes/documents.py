"""Documents that are new, gone, or differ where no figure of their area does."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from wijkprofiel.build.changes.causes import NOTHING
from wijkprofiel.build.changes.differences import differences
from wijkprofiel.build.changes.model import Because, Cause, Change, Kind
from wijkprofiel.build.changes.read import DocumentTold, Manifest

OWN = (Kind.VERDICT, Kind.FIGURE, Kind.SCORE, Kind.AREA, Kind.COMPARATOR)
"""Changes of an area that its documents show."""
SHORT = 8
"""Digits of a checksum that are shown."""
FIGURES = frozenset({"area", "figures", "map", "profile", "scores", "sources"})
"""Kinds of input (:mod:`wijkprofiel.build.inputs`) that are figures, or come with them."""
TOLD = frozenset({"beside", "document", "look", "people", "program", "sender", "words"})
"""Kinds of input that have a sentence."""


def documents(
    old: Manifest, new: Manifest, place: tuple[str, str, tuple[str, ...]], made: Collection[Change]
) -> Iterator[Change]:
    """Yield the changes of the files of one area.

    Args:
        old: manifest of the area, or of a comparison of areas.
        new: the same of the new build.
        place: slug, name and codes.
        made: the other changes of the area; where there are any, that a document differs follows.
    """
    before, after = ({d.file: d for d in told.documents} for told in (old, new))
    before = _renamed(before, old, new)
    for file in sorted(before.keys() | after.keys()):
        had, has = before.get(file), after.get(file)
        if had is None or has is None:
            what = "removed" if has is None else "added"
            chosen = Because.of(Cause.CHOICE, f"choice.{what}")
            yield _change(place, file, what, ("–", "–"), (chosen,))
        elif had.sha256 != has.sha256 and not any(change.kind in OWN for change in made):
            shown = (had.sha256[:SHORT], has.sha256[:SHORT])
            yield _change(place, file, "changed", shown, _because(old, new, had, has))


def _renamed(
    before: Mapping[str, DocumentTold], old: Manifest, new: Manifest
) -> dict[str, DocumentTold]:
    """Return the old documents under the name that they have now, where the area was renamed."""
    if old.area is None or new.area is None or old.area.slug == new.area.slug:
        return dict(before)
    was, now = f"{old.area.slug}-", f"{new.area.slug}-"
    return {
        (now + name.removeprefix(was) if name.startswith(was) else name): told
        for name, told in before.items()
    }


def _because(
    old: Manifest, new: Manifest, had: DocumentTold, has: DocumentTold
) -> tuple[Because, ...]:
    if had.inputs and has.inputs:
        kinds = {k for k in had.inputs | has.inputs if had.inputs.get(k) != has.inputs.get(k)}
        found = [_kind(kind) for kind in sorted(kinds - FIGURES)]
        unseen = bool(kinds & FIGURES)
    else:
        found = [*_common(old, new)]
        unseen = not found
    if old.edition != new.edition:
        found.append(Because.of(Cause.LAYOUT, "layout.edition", **_editions(old, new)))
    if unseen:
        found += _below(old, new)
    return tuple(dict.fromkeys(found)) or (NOTHING,)


def _kind(kind: str) -> Because:
    """Return the reason for a kind of input, also of one that a later version adds."""
    if kind in TOLD:
        return Because.of(Cause.LAYOUT, f"layout.{kind}")
    return Because.of(Cause.LAYOUT, "layout.other", kind=kind)


def _below(old: Manifest, new: Manifest) -> Iterator[Because]:
    """Yield why a figure can differ below the printed precision, or a map or neighbour."""
    found = differences(old, new)
    yield from found.boundary
    yield from _data(old, new)
    yield from dict.fromkeys([*found.frameworks.values(), *found.domains.values(), *found.weak])


def _common(old: Manifest, new: Manifest) -> Iterator[Because]:
    """Yield what both builds say of all their documents together."""
    if old.config.templates != new.config.templates:
        yield Because.of(Cause.LAYOUT, "layout.look")
    if old.config.style != new.config.style:
        facts = {"old": old.config.style, "new": new.config.style}
        yield Because.of(Cause.LAYOUT, "layout.style", **facts)
    if old.versions != new.versions or old.project.get("program") != new.project.get("program"):
        yield Because.of(Cause.LAYOUT, "layout.program")


def _editions(old: Manifest, new: Manifest) -> dict[str, str]:
    before, after = (f"{m.edition.number} ({m.edition.date})" for m in (old, new))
    return {"old": before, "new": after}


def _data(old: Manifest, new: Manifest) -> Iterator[Because]:
    """Yield a reason where files of data differ: a map, a neighbour or a part may show it."""
    before, after = ({s.path: s for s in told.data} for told in (old, new))
    changed = sorted(p for p in before.keys() | after.keys() if before.get(p) != after.get(p))
    if changed:
        yield Because.of(Cause.DATA, "data.beside", files=", ".join(changed))


def _change(
    place: tuple[str, str, tuple[str, ...]],
    file: str,
    what: str,
    shown: tuple[str, str],
    because: tuple[Because, ...],
) -> Change:
    slug, name, codes = place
    return Change(
        Kind.DOCUMENT, slug, name, codes, f"document.{what}", *shown, because, id=file, title=file
    )
