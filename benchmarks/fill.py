"""Could a page be laid out once and filled per area? uv run benchmarks/fill.py --data DIR.

What can be filled keeps its skeleton: the same boxes, in the same places, of the same size, when
texts and drawings are taken out. What can be copied has the same texts and drawings too. Areas are
laid out one after the other, and of every page is told how much of it was met in an area before
it: as a whole, and part by part, the largest parts that came back. That is the most that a way can
gain which lays out only what it never met, and it knows afterwards what such a way would have to
know before.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree as ET

import batch

WAYS = ("fill", "copy")
SIZES = (2, 20, 200)
"""Boxes that a part holds at least to be worth a memory of its own."""


@dataclass
class Share:
    """What of one page, over all areas, was met before.

    Attributes:
        pages: laid out.
        whole: of these, met before as they are, by way.
        boxes: on them.
        met: boxes in parts that were met before, by way and least size of a part.
    """

    pages: int = 0
    whole: dict[str, int] = field(default_factory=lambda: dict.fromkeys(WAYS, 0))
    boxes: int = 0
    met: dict[tuple[str, int], int] = field(
        default_factory=lambda: {(way, size): 0 for way in WAYS for size in SIZES}
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A box with all that is in it: its size in boxes, and what must come back, by way."""

    boxes: int
    keys: dict[str, str]
    parts: tuple[Part, ...]


def main() -> int:
    """Lay out, count and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with the figures of the country")
    parser.add_argument("--number", type=int, default=40, help="areas, evenly over all")
    parser.add_argument("--format", default="factsheet")
    asked = parser.parse_args()
    shares: dict[int, Share] = {}
    known: set[tuple[int, str, str]] = set()
    start = time.process_time()
    for number, laid_out in enumerate(_laid_out(asked.data, asked.number, asked.format)):
        for place, page in enumerate(laid_out.pages, start=1):
            part = _part(page._page_box)  # noqa: SLF001  # the layout has no public tree
            if number:
                _count(part, place, known, shares.setdefault(place, Share()))
            _remember(part, place, known)
    for line in _table(shares):
        _say(line)
    _say(f"\n{asked.number} areas in {time.process_time() - start:.0f} s")
    return 0


def _laid_out(data: Path | None, number: int, kind: str) -> Iterator[Any]:
    """Yield the documents of areas as WeasyPrint has laid them out, before they are written."""
    from wijkprofiel import areas, documents
    from wijkprofiel.build.make import make_profile
    from wijkprofiel.build.plan import Order, plan
    from wijkprofiel.render import fit, pdf

    found: list[Any] = []
    look = fit.overflows

    def overflows(laid_out: Any, where: str) -> Any:
        found.append(laid_out)
        return look(laid_out, where)

    with TemporaryDirectory() as folder:
        config, dataset = batch.load(batch.project(Path(folder), data))
        every = list(areas.select_all(dataset.areas, config.project.boundary_year))
        fit.overflows = overflows
        try:
            for task in plan(config, dataset, batch.spread(every, number), Order()):
                profile = make_profile(config, dataset, task)
                pdf.render(documents.make(profile, config.documents[kind], config), config)
                yield found.pop()
        finally:
            fit.overflows = look


def _part(box: Any) -> Part:
    """Return a box with its keys; where it lies is a matter of the box around it."""
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)
    inner = [getattr(child, "_box", child) for child in getattr(box, "children", None) or ()]
    parts = tuple(_part(child) for child in inner)
    loose = isinstance(box, boxes.InlineLevelBox | boxes.LineBox)
    size = (round(box.margin_height(), 1), None if loose else round(box.margin_width(), 1))
    own = (type(box).__name__, box.element_tag, size)
    places = [_place(child, box) for child in inner]
    filled, copied = (
        [own, [(part.keys[way], at) for part, at in zip(parts, places, strict=True)]]
        for way in WAYS
    )
    if isinstance(box, boxes.TextBox):
        copied.append(box.text)
    elif isinstance(box, boxes.ReplacedBox):
        copied.append(_drawing(box))
    keys = {"fill": _digest(filled), "copy": _digest(copied)}
    return Part(1 + sum(part.boxes for part in parts), keys, parts)


def _place(child: Any, box: Any) -> tuple[float | None, float]:
    """Where a box lies in the one around it; a text moves along its line when others change."""
    from weasyprint.formatting_structure import boxes

    down = round(child.position_y - box.position_y, 1)
    if isinstance(child, boxes.InlineLevelBox):
        return None, down
    return round(child.position_x - box.position_x, 1), down


def _drawing(box: Any) -> bytes | str:
    tree = getattr(box.replacement, "_svg", None)
    element = getattr(getattr(tree, "tree", None), "_etree_element", None)
    return ET.tostring(element) if element is not None else repr(box.replacement)


def _digest(told: Any) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _remember(part: Part, place: int, known: set[tuple[int, str, str]]) -> None:
    for way in WAYS:
        known.add((place, way, part.keys[way]))
    for inner in part.parts:
        _remember(inner, place, known)


def _count(part: Part, place: int, known: set[tuple[int, str, str]], share: Share) -> None:
    share.pages += 1
    share.boxes += part.boxes
    for way in WAYS:
        share.whole[way] += (place, way, part.keys[way]) in known
        for size in SIZES:
            share.met[way, size] += _met(part, place, way, size, known)


def _met(part: Part, place: int, way: str, size: int, known: set[tuple[int, str, str]]) -> int:
    """Return the boxes in the largest parts, of some size at least, that were met before."""
    if part.boxes < size:
        return 0
    if (place, way, part.keys[way]) in known:
        return part.boxes
    return sum(_met(inner, place, way, size, known) for inner in part.parts)


def _table(shares: dict[int, Share]) -> Iterator[str]:
    heads = [
        f"{way}: {name}" for way in WAYS for name in ("whole", *(f"parts of {s}" for s in SIZES))
    ]
    yield "| page | pages | boxes | " + " | ".join(heads) + " |"
    yield "|---" * (3 + len(heads)) + "|"
    for place, share in sorted(shares.items()):
        told = []
        for way in WAYS:
            told.append(f"{share.whole[way] / share.pages:.0%}")
            told += [f"{share.met[way, size] / share.boxes:.0%}" for size in SIZES]
        each = share.boxes / share.pages
        yield f"| {place} | {share.pages} | {each:.0f} | " + " | ".join(told) + " |"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
