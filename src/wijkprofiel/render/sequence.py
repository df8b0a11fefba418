"""Reading order where it is not print order: a folded sheet is printed 5, 6, 1 and 2, 3, 4.

WeasyPrint writes tags page by page, in the order of the source, and bookmarks too. PDF lets a
structure tree go from page to page as it likes (ISO 32000-1, 14.8.2.3: logical order), so the
parts that say ``data-reads="2"`` are put in that order just before the file is written: their
tags, and the bookmarks of the headings in them. Parts stand directly below ``body``; one without
a number keeps its place after the part before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

ROOTS = ("html", "body")
Rank = tuple[float, int]
"""The number of a part, and its place in the source."""


def follow(document: Any, pdf: Any) -> None:
    """Put tags and bookmarks of ``pdf`` in the order of reading.

    Args:
        document: WeasyPrint's laid-out document.
        pdf: the pydyf.PDF, tagged.
    """
    parts = [box for page in document.pages for box in _parts(page._page_box)]  # noqa: SLF001  # the layout has no public tree
    ranks = _ranks(parts)
    if ranks == sorted(ranks):
        return
    objects = {o.number: o for o in pdf.objects}
    root = _target(pdf.catalog["StructTreeRoot"], objects)
    (whole,) = (_target(kid, objects) for kid in root["K"])
    whole["K"][:] = _sorted(whole["K"], ranks)
    if "Outlines" in pdf.catalog:
        levels = [rank for box, rank in zip(parts, ranks, strict=True) for _ in _marked(box)]
        outlines = _target(pdf.catalog["Outlines"], objects)
        _sort_bookmarks(outlines, iter(levels), objects)


def _parts(box: Any) -> Iterator[Any]:
    """The boxes directly below ``body``, those that were taken out of the flow too."""
    for child in box.children:
        inner = getattr(child, "_box", child)
        if getattr(inner, "at_keyword", ""):
            continue  # the margins of a page
        if inner.element is not None and inner.element_tag in ROOTS:
            yield from _parts(inner)
        else:
            yield inner


def _ranks(parts: Sequence[Any]) -> list[Rank]:
    ranks: list[Rank] = []
    number = 0.0
    for place, box in enumerate(parts):
        said = box.element.get("data-reads") if box.element is not None else None
        number = float(said) if said else number
        ranks.append((number, place))
    return ranks


def _sorted(items: Sequence[Any], ranks: Sequence[Rank]) -> list[Any]:
    pairs = zip(ranks, items, strict=True)
    return [item for _, item in sorted(pairs, key=lambda pair: pair[0])]


def _marked(box: Any) -> Iterator[Any]:
    """The boxes below one that have a bookmark, in the order of the source."""
    box = getattr(box, "_box", box)
    if getattr(box, "bookmark_label", None):
        yield box
    for child in getattr(box, "children", ()) or ():
        yield from _marked(child)


def _sort_bookmarks(parent: Any, ranks: Iterator[Rank], objects: dict[int, Any]) -> None:
    """Sort the bookmarks below one; they are met in the order in which ``ranks`` were made."""
    kids, own = [], []
    for kid in _linked(parent, objects):
        own.append(next(ranks))
        kids.append(kid)
        _sort_bookmarks(kid, ranks, objects)
    if kids:
        _link(parent, _sorted(kids, own))


def _linked(parent: Any, objects: dict[int, Any]) -> Iterator[Any]:
    item = _target(parent.get("First"), objects)
    while item is not None:
        following = _target(item.get("Next"), objects)
        yield item
        item = following


def _link(parent: Any, kids: Sequence[Any]) -> None:
    parent["First"], parent["Last"] = kids[0].reference, kids[-1].reference
    for kid, before, after in zip(kids, (None, *kids), (*kids[1:], None), strict=False):
        for key, other in (("Prev", before), ("Next", after)):
            kid.pop(key, None)
            if other is not None:
                kid[key] = other.reference


def _target(reference: Any, objects: dict[int, Any]) -> Any:
    """The object that a reference ("12 0 R") is to, None for none."""
    return objects.get(int(reference.split()[0])) if isinstance(reference, bytes) else None
