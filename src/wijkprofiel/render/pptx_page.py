"""A slide of PowerPoint while it is being filled, and the signs of themes on it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wijkprofiel.charts import tokens
from wijkprofiel.charts.fonts import Measure
from wijkprofiel.documents.slides_model import Deck, Slide
from wijkprofiel.model import HouseStyle
from wijkprofiel.render import pptx_master
from wijkprofiel.render.pptx_shapes import decorative, plain
from wijkprofiel.render.pptx_text import INK, emu, paint


@dataclass(slots=True)
class Page:
    """A slide while it is being filled.

    Attributes:
        slide: of python-pptx.
        made: our slide.
        images: PNG by the markup of a drawing.
        signs: PNG by the role of a theme; empty where the style has a bar.
        free: placeholders that nothing stands in yet, by number.
    """

    slide: Any
    made: Slide
    deck: Deck
    style: HouseStyle
    measure: Measure
    images: Mapping[str, bytes]
    signs: Mapping[str, bytes]
    free: dict[int, Any] = field(default_factory=dict)

    @property
    def ink(self) -> str:
        """Colour of text: on a dark cover paper."""
        return pptx_master.cover_ink(self.style) if self.made.layout == "cover" else INK

    @property
    def deep(self) -> str:
        """Colour of small headings: of the theme, where it is meant for text."""
        if not self.made.colour:
            return INK
        return tokens.theme(self.style, self.made.colour).deep

    def last(self, shape: Any) -> Any:
        """Put a shape at the end of the reading order, and return it."""
        self.slide.shapes._spTree.append(shape._element)  # noqa: SLF001  # no public way
        return shape


def sign(page: Page, role: str, at: tuple[float, float], size: float) -> None:
    """Put the sign of a theme on a slide: decoration, its name stands beside it."""
    place = [emu(value) for value in (*at, size, size)]
    decorative(page.last(page.slide.shapes.add_picture(io.BytesIO(page.signs[role]), *place)))


def bar(page: Page, role: str, at: tuple[float, float], size: tuple[float, float]) -> None:
    """Put a bar in the colour of a theme on a slide: decoration too."""
    place = [emu(value) for value in (*at, *size)]
    drawn = page.slide.shapes.add_shape(1, *place)
    plain(drawn)
    paint(drawn.fill, tokens.theme(page.style, role).full)
    drawn.line.fill.background()
    decorative(page.last(drawn))
