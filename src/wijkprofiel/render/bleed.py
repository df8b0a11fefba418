"""For the printer: planes run over the edge, and marks say where to cut.

WeasyPrint draws crop marks in the outer half of the CSS bleed and puts the BleedBox at most ten
points outside the TrimBox, wherever the planes end. So the CSS bleed is made wide enough for marks
that keep clear of what is cut off, and the BleedBox is set to what the document type declares.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wijkprofiel.documents import Document, Stylesheet

PT_PER_MM = 72 / 25.4
MARKS = 2.5
"""Width around the page, in bleeds: the marks stand in the outer half of it."""


def stylesheets(document: Document) -> Iterable[Stylesheet]:
    """Return what makes the pages of a document wider than they will be cut; nothing without."""
    if document.bleed:
        room = f"{MARKS * document.bleed:g}mm"
        yield Stylesheet("bleed", f"@page {{ bleed: {room}; marks: crop }}")


def finish(document: Document, pdf: Any) -> None:
    """Set the BleedBox of every page to the bleed around its TrimBox, in points.

    Args:
        document: what is rendered.
        pdf: the pydyf.PDF.
    """
    if not document.bleed:
        return
    import pydyf  # type: ignore[import-untyped]  # it ships no types

    out = document.bleed * PT_PER_MM
    for page in pdf.objects:
        if isinstance(page, dict) and page.get("Type") == "/Page":
            left, top, right, bottom = page["TrimBox"]
            page["BleedBox"] = pydyf.Array([left - out, top - out, right + out, bottom + out])
