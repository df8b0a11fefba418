"""The language of words in another language than the document, in the tags of a PDF.

WeasyPrint writes ``lang`` of the root only. PDF/UA-1 (ISO 14289-1, 7.2) asks that a change of
language is told, so that a screen reader speaks those words as what they are: the structure
element of every HTML element with a ``lang`` gets a ``/Lang``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ROOTS = ("html", "body")
ITEMS = ("li", "dt", "dd")
LINK = "a"


def tell(document: Any, pdf: Any) -> None:
    """Put the languages into the tags.

    WeasyPrint makes its structure elements in the order of its boxes; here they are met in the
    same order. Documents in one language are left alone.

    Args:
        document: WeasyPrint's laid-out document.
        pdf: the pydyf.PDF, tagged.

    Raises:
        RuntimeError: there is not one structure element for each box: WeasyPrint has changed.
    """
    pages = [page._page_box for page in document.pages]  # noqa: SLF001  # the layout has no public tree
    made = [box for page in pages for box in _made(page, "")]
    if not any(_language(box) for box in made):
        return
    elements = [o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructElem"]
    if len(elements) != len(made) + 1:
        raise RuntimeError(f"{len(elements)} structure elements for {len(made) + 1} boxes")
    for element, box in zip(elements[1:], made, strict=True):  # the first is the document itself
        language = _language(box)
        if language:
            import pydyf  # type: ignore[import-untyped]  # it ships no types

            element["Lang"] = pydyf.String(language)


def _language(box: Any) -> str:
    """The language that an element says it is in, "" where it says nothing."""
    if box is None or box.element is None or box.element_tag in ROOTS:
        return ""
    return str(box.element.get("lang") or "")


def _made(box: Any, parent: str) -> Iterator[Any]:
    """Yield the box of each structure element in the order in which WeasyPrint made it.

    None stands for the element of a text, and for the one around an item of a list.

    Args:
        box: of the layout.
        parent: role of the element that it stands in.
    """
    from weasyprint.formatting_structure import boxes

    box = getattr(box, "_box", box)
    tag = None if box.element is None else box.element_tag
    flows = isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.LineBox)
    outer = flows and (tag in ROOTS or isinstance(box, boxes.PageBox))
    if outer or isinstance(box, boxes.MarginBox):
        for child in box.children:
            yield from _made(child, parent)
    elif tag in ITEMS and parent not in ("LI", "LBody") and _alone(box):
        yield None
        yield from _made(box, "LI")
    else:
        yield box
        role = {"LI": "LBody", "LBody": ""}.get(parent, "LI") if tag in ITEMS else ""
        for child in _inside(box):
            if not isinstance(child, boxes.TextBox):
                yield from _made(child, role)
            elif (tag or "").split(":")[0] != LINK:  # the text of a link is the link's own
                yield None


def _inside(box: Any) -> Iterator[Any]:
    """Yield what stands in a box: of a line what is on it, of a table its rows and captions."""
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        table = box.is_table_wrapper and isinstance(child, boxes.TableBox)
        lines = child.children if table else [child]
        for line in lines:
            yield from line.children if isinstance(line, boxes.LineBox) else [line]


def _alone(box: Any) -> bool:
    """Whether WeasyPrint puts an element of its own around an item: it has no bullet."""
    if box.element_tag != "li":
        return True
    return "list-item" not in box.style["display"] or box.style["list_style_type"] == "none"
