"""A tagged PDF as passages: by its structure tree, as a screen reader meets it.

pdfium gives the tree of each page and the marked text that its leaves point to (ISO 32000-1,
14.7-14.8). Text that no tag points to, such as a running footer, is one passage per page.
"""

from __future__ import annotations

import codecs
import ctypes
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from wijkprofiel.build.agreement.passages import Kind, Node, Passage, passages

_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "Table": "table", "TR": "row", "TH": "head", "TD": "cell", "Figure": "figure",
        "P": "block", "LI": "block", "Caption": "block", "Note": "block", "BlockQuote": "part",
        "Span": "inline", "NonStruct": "inline", "Link": "inline", "Quote": "inline",
        **{f"H{level}": "heading" for level in range(1, 7)},
    }
)  # fmt: skip


def read(content: bytes) -> Iterator[Passage]:
    """Yield the passages of a PDF, page by page."""
    import pypdfium2

    opened = pypdfium2.PdfDocument(content)
    try:
        for number, page in enumerate(opened, start=1):
            yield from _page(page, f"page {number}")
    finally:
        opened.close()


def _page(page: Any, where: str) -> Iterator[Passage]:
    import pypdfium2.raw as pdfium

    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    try:
        roots = [
            _element(pdfium.FPDF_StructTree_GetChildAtIndex(tree, i))
            for i in range(pdfium.FPDF_StructTree_CountChildren(tree))
        ]
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    drawn = {int(leaf.text) for root in roots for leaf in _leaves(root, drawn=True)}
    told = _marked(page, drawn)
    for root in roots:
        for leaf in _leaves(root, drawn=False):
            # An empty text closes what stands around it: pieces of one number never part.
            leaf.text = "".join(told.get(int(leaf.text), []))
        yield from passages(root, where)
    yield from passages(Node("block", kids=[Node("text", t) for t in told.get(-1, [])]), where)


def _element(element: Any) -> Node:
    """Return the node of an element; the leaves hold the numbers of their marked text."""
    import pypdfium2.raw as pdfium

    kind = _KINDS.get(_said(pdfium.FPDF_StructElement_GetType, element), "part")
    node = Node(kind)
    if kind == "figure":
        node.text = _said(pdfium.FPDF_StructElement_GetAltText, element)
    for i in range(pdfium.FPDF_StructElement_CountChildren(element)):
        kid = pdfium.FPDF_StructElement_GetChildAtIndex(element, i)
        if kid:
            node.kids.append(_element(kid))
        elif (mark := pdfium.FPDF_StructElement_GetChildMarkedContentID(element, i)) >= 0:
            node.kids.append(Node("text", str(mark)))
        elif kind == "row":
            node.kids.append(Node("cell"))  # pdfium leaves out what has no content
    return node


def _leaves(node: Node, *, drawn: bool, inside: bool = False) -> Iterator[Node]:
    """The leaves inside figures (``drawn``), or those outside."""
    if node.kind == "text" and inside == drawn:
        yield node
    for kid in node.kids:
        yield from _leaves(kid, drawn=drawn, inside=inside or node.kind == "figure")


def _marked(page: Any, drawn: set[int]) -> dict[int, list[str]]:
    """Return the text by the number of its mark, -1 for none; of drawings nothing."""
    import pypdfium2.raw as pdfium

    told: dict[int, list[str]] = {}
    textpage = page.get_textpage()
    for i in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, i)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
        if mark not in drawn:
            told.setdefault(mark, []).append(_text(item, textpage.raw))
    return told


def _text(item: Any, textpage: Any) -> str:
    import pypdfium2.raw as pdfium

    length = pdfium.FPDFTextObj_GetText(item, textpage, None, 0)
    buffer = (ctypes.c_ushort * (length // 2))()
    pdfium.FPDFTextObj_GetText(item, textpage, buffer, length)
    return codecs.utf_16_le_decode(bytes(buffer)[: length - 2])[0]


def _said(ask: Callable[..., int], element: Any) -> str:
    length = ask(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    ask(element, buffer, length)
    return codecs.utf_16_le_decode(buffer.raw[: length - 2])[0]
