"""A finished PDF, read back once with other software than wrote it, for everybody who checks it.

* :mod:`~wijkprofiel.render.paper.facts`    what is read: pages, texts, shapes, tags, links, fonts
* :mod:`~wijkprofiel.render.paper.objects`  what is drawn on a page, by pdfium
* :mod:`~wijkprofiel.render.paper.ink`      what a reader sees of it: the page as pixels
* :mod:`~wijkprofiel.render.paper.tags`     structure, links, fonts and metadata, by pikepdf (qpdf)
"""

from __future__ import annotations

import io
from functools import lru_cache

from wijkprofiel.render.paper import objects, tags
from wijkprofiel.render.paper.facts import (
    Box,
    Figure,
    Font,
    Link,
    Page,
    Paper,
    Piece,
    Shape,
    Tag,
)
from wijkprofiel.render.pdfium import opened

__all__ = ["Box", "Figure", "Font", "Link", "Page", "Paper", "Piece", "Shape", "Tag", "read"]

KEPT = 4
"""Files that are remembered: the checks of one area ask for the same file one after the other."""


@lru_cache(maxsize=KEPT)
def read(content: bytes) -> Paper:
    """Return what stands in a PDF; the same bytes are read once.

    Raises:
        pypdfium2.PdfiumError: it is no PDF.
        pikepdf.PdfError: it is no PDF.
    """
    import pikepdf

    with opened(content) as drawn:
        pages = tuple(objects.page(page, n) for n, page in enumerate(drawn, start=1))
    with pikepdf.open(io.BytesIO(content)) as file:
        return tags.paper(file, pages)
