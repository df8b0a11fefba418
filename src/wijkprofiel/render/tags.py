"""What PDF/UA leaves open and stricter checkers ask of the tags of a PDF.

* heads of tables say whether they head a column or a row;
* links are printed too;
* what is read in another order than it is printed (:mod:`~wijkprofiel.render.sequence`);
* words in another language say so (:mod:`~wijkprofiel.render.languages`);
* what stands in the margins (the footer) is an artifact. WeasyPrint marks it as content and then
  leaves it out of the structure tree (its issue 1836): a reader would meet it on every page.
"""

from __future__ import annotations

from typing import Any

from wijkprofiel.render import languages, sequence

PRINT = 4
"""Annotation flag: also on paper (ISO 32000-1, 12.5.3)."""


def finish(document: Any, pdf: Any) -> None:
    """Mend the tags of ``pdf`` just before it is written.

    Args:
        document: WeasyPrint's laid-out document.
        pdf: the pydyf.PDF.
    """
    languages.tell(document, pdf)
    objects = {o.number: o for o in pdf.objects}
    dictionaries = {n: o for n, o in objects.items() if isinstance(o, dict)}
    for item in dictionaries.values():
        if item.get("S") == "/TH":
            item["A"]["Scope"] = "/Column" if _in_head(item, dictionaries) else "/Row"
        elif item.get("Subtype") == "/Link":
            item["F"] = PRINT
    _margins_to_artifacts(pdf, objects)
    sequence.follow(document, pdf)


def _in_head(item: Any, objects: dict[int, Any]) -> bool:
    parent = _target(item.get("P"), objects)
    while parent is not None and parent.get("S") not in ("/THead", "/TBody", "/Table"):
        parent = _target(parent.get("P"), objects)
    return parent is not None and parent.get("S") == "/THead"


def _margins_to_artifacts(pdf: Any, objects: dict[int, Any]) -> None:
    root = _target(pdf.catalog["StructTreeRoot"], objects)
    in_tree = _below(root, objects)
    pages = {
        o["StructParents"]: _target(o["Contents"], objects)
        for o in objects.values()
        if isinstance(o, dict) and o.get("Type") == "/Page"
    }
    numbers = _target(root["ParentTree"], objects)["Nums"]
    for page, owners in zip(numbers[::2], numbers[1::2], strict=True):
        if page not in pages:
            continue
        outside = {i for i, owner in enumerate(owners) if owner not in in_tree}
        _mark(pages[page].stream, outside)
        for mcid in outside:
            owners[mcid] = b"null"


def _mark(stream: list[Any], outside: set[int]) -> None:
    import pydyf  # type: ignore[import-untyped]  # it ships no types

    for place, item in enumerate(stream):
        if isinstance(item, dict) and item.get("MCID") in outside:
            stream[place - 1] = "/Artifact"
            stream[place] = pydyf.Dictionary({"Type": "/Pagination", "Subtype": "/Footer"})


def _below(item: Any, objects: dict[int, Any]) -> set[bytes]:
    """Return the references to the structure elements below one of them."""
    found: set[bytes] = set()
    parents = [item]
    while parents:
        for kid in parents.pop().get("K", ()):
            if isinstance(kid, bytes) and isinstance(element := _target(kid, objects), dict):
                found.add(kid)
                parents.append(element)
    return found


def _target(reference: Any, objects: dict[int, Any]) -> Any:
    number = _number(reference)
    return None if number is None else objects.get(number)


def _number(reference: Any) -> int | None:
    """The object number of a reference ("12 0 R"); None for a marked-content number."""
    return int(reference.split()[0]) if isinstance(reference, bytes) else None
