"""Our drawings as pictures for PowerPoint: the same bytes for the same drawing.

They go the way of every page: WeasyPrint lays them out with the shipped fonts, pypdfium2 makes
them points. So a map in PowerPoint is the map of the PDF.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from wijkprofiel.config import Config
from wijkprofiel.documents import Document
from wijkprofiel.documents.slides_model import Deck, Picture
from wijkprofiel.documents.styles import Stylesheet, stylesheets
from wijkprofiel.model import HouseStyle
from wijkprofiel.render import pdf
from wijkprofiel.render.pdfium import opened

DPI, PT_PER_INCH = 200, 72
CLEAR = (255, 255, 255, 0)


def images(
    pictures: Sequence[Picture], deck: Deck, style: HouseStyle, config: Config
) -> list[bytes]:
    """Return one PNG per picture, with a clear ground, at :data:`DPI` points to the inch."""
    if not pictures:
        return []
    made = pdf.render(_document(pictures, deck, style, config), config)
    with opened(made) as pages:
        return [_png(page) for page in pages]


def _png(page: object) -> bytes:
    image = page.render(scale=DPI / PT_PER_INCH, fill_color=CLEAR).to_pil()  # type: ignore[attr-defined]  # pypdfium2 has no types
    buffer = io.BytesIO()
    image.save(buffer, "PNG", dpi=(DPI, DPI))
    return buffer.getvalue()


def _document(
    pictures: Sequence[Picture], deck: Deck, style: HouseStyle, config: Config
) -> Document:
    """A page for each picture, of its own size."""
    pages, sheet = [], ["body { margin: 0 } svg { display: block } section { break-after: page }"]
    for number, picture in enumerate(pictures):
        size = f"{picture.width:g}mm {picture.height:g}mm"
        sheet.append(
            f"@page p{number} {{ size: {size}; margin: 0 }} .p{number} {{ page: p{number} }}"
        )
        pages.append(f'<section class="p{number}">{picture.svg}</section>')
    tokens = stylesheets(style, "base", config.assets)[0]
    head = '<html lang="nl"><head><meta charset="utf-8"/><title>-</title></head><body>'
    return Document(
        id="pictures",
        title="-",
        slug="pictures",
        html=head + "".join(pages) + "</body></html>",
        language="nl",
        stylesheets=(tokens, Stylesheet("pictures", "\n".join(sheet))),
        fonts=tuple(font.family for font in style.fonts),
        date=deck.date,
    )
