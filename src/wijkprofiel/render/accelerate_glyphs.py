"""Less work for drawing text: the glyphs of a text in a style are asked of Pango once.

What Pango told is kept as a recipe: which fonts, which glyphs and what stands between them. A
recipe has other steps in a document where its glyphs have other widths, because WeasyPrint takes
the width of a glyph, rounded, from the first text that has it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wijkprofiel.render.accelerate import Acceleration
from wijkprofiel.render.accelerate_css import WEASYPRINT

RECIPES = 256
"""Texts that are remembered per style."""

SMALLEST = 1e-6
"""Size of font from which WeasyPrint draws."""

Step = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Face:
    """A font of a text: how to add it to a document, and what its glyphs are in this text."""

    pango: Any
    key: Any
    widths: tuple[tuple[int, int], ...]
    meanings: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Recipe:
    """How to draw a text: the steps, by the widths that its glyphs have in a document."""

    faces: list[_Face]
    steps: dict[tuple[int, ...], list[Step]]


@dataclass(slots=True)
class _Notes:
    """Stands in for a stream: writes down what would be drawn.

    Attributes:
        stream: where it would be drawn.
        fresh: fonts tell widths and meanings as if this were the first text of the document.
        ink_rect: room for Pango.
        logical_rect: room for Pango.
        steps: what is written down.
        fonts: by their key in the document: font, what it told before, font of Pango.
    """

    stream: Any
    fresh: bool
    ink_rect: Any
    logical_rect: Any
    steps: list[Step] = field(default_factory=list)
    fonts: dict[Any, tuple[Any, Any, Any]] = field(default_factory=dict)

    def add_font(self, pango_font: Any) -> tuple[Any, float]:
        """Return the font of the document."""
        font, size = self.stream.add_font(pango_font)
        key = next(key for key, one in self.stream._fonts.items() if one is font)  # noqa: SLF001
        if key not in self.fonts:
            self.fonts[key] = (font, (font.widths, font.to_unicode), pango_font)
            if self.fresh:
                font.widths, font.to_unicode = {}, {}
        return font, size

    def put_back(self) -> list[_Face]:
        """Give the fonts back what they told, return what they told of this text."""
        faces = []
        for key, (font, before, pango_font) in self.fonts.items():
            told = tuple(font.widths.items()), tuple(font.to_unicode.items())
            faces.append(_Face(pango_font, key, *told))
            font.widths, font.to_unicode = before
        return faces

    def set_text_matrix(self, *_: float) -> None:
        """Leave out where the text stands."""

    def set_font_size(self, *told: Any) -> None:
        """Note it."""
        self.steps.append(("set_font_size", told))

    def show_text(self, *told: Any) -> None:
        """Note it."""
        self.steps.append(("show_text", told))

    def set_text_rise(self, *told: Any) -> None:
        """Note it."""
        self.steps.append(("set_text_rise", told))


def known_glyphs(stock: Any) -> Any:
    """Draw the line of a text box by its recipe, without a layout of Pango."""

    def draw_text(
        stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: str
    ) -> None:
        style, line = textbox.style, textbox.pango_layout
        steps = None
        if (
            text_overflow == "clip"
            and block_ellipsis == "none"
            and style["visibility"] == "visible"
            and style["text_decoration_line"] == "none"
            and style["font_size"] >= SMALLEST
            and textbox.text.strip()
        ):
            memory = vars(style).setdefault("known_glyphs", {})
            steps = _steps(memory, (line.text, line.justification_spacing), stream, textbox)
        if steps is None:
            stock(stream, textbox, offset_x, text_overflow, block_ellipsis)
            return
        stream.set_color(style["color"])
        stream.begin_text()
        place = (textbox.position_x, textbox.position_y + textbox.baseline)
        _draw(stream, steps, (1, 0, 0, -1, *place))
        stream.end_text()

    return draw_text


def known_letters_drawn(stock: Any) -> Any:
    """Draw a letter of a drawing by its recipe; its layout is one that stays."""

    def draw_first_line(
        stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any
    ) -> Any:
        memory, steps = vars(textbox.pango_layout).get("known_glyphs"), None
        if memory is not None and textbox.text.strip() and textbox.style["font_size"] >= SMALLEST:
            steps = _steps(memory, (), stream, textbox)
        if steps is None:
            return stock(stream, textbox, text_overflow, block_ellipsis, matrix)
        _draw(stream, steps, matrix.values)
        return []

    draw_first_line.stock = stock  # type: ignore[attr-defined]  # for what is not known yet
    return draw_first_line


def _draw(stream: Any, steps: list[Step], matrix: tuple[float, ...]) -> None:
    stream.set_text_matrix(*matrix)
    for name, told in steps:
        getattr(stream, name)(*told)


def _steps(memory: Any, key: Any, stream: Any, textbox: Any) -> list[Step] | None:
    """Return the steps for a text in this document, None where there is no recipe for it."""
    if key not in memory:
        if len(memory) >= RECIPES:
            memory.clear()
        memory[key] = _recipe(stream, textbox)
    recipe: _Recipe | None = memory[key]
    if recipe is None:
        return None
    fonts, now = [], []
    for face in recipe.faces:
        font = stream._fonts.get(face.key) or stream.add_font(face.pango)[0]  # noqa: SLF001
        widths = font.widths
        now += [widths.setdefault(glyph, width) for glyph, width in face.widths]
        fonts.append(font)
    steps = recipe.steps.get(tuple(now))
    if steps is None:
        steps = recipe.steps[tuple(now)] = _noted(stream, textbox, fresh=False)[0].steps
    for face, font in zip(recipe.faces, fonts, strict=True):
        for glyph, meaning in face.meanings:
            font.to_unicode.setdefault(glyph, meaning)
    return steps


def _recipe(stream: Any, textbox: Any) -> _Recipe | None:
    """Return the recipe of a text, None where it says more than glyphs: pictures, warnings."""
    notes, pictures = _noted(stream, textbox, fresh=True)
    odd = pictures or any(font.missing or font.bitmap for font, _, _ in notes.fonts.values())
    faces = notes.put_back()
    widths = tuple(width for face in faces for _, width in face.widths)
    return None if odd else _Recipe(faces, {widths: notes.steps})


def _noted(stream: Any, textbox: Any, *, fresh: bool) -> tuple[_Notes, Any]:
    """Return what stock would draw, and the pictures that it would put into the text."""
    from weasyprint.draw.text import draw_first_line
    from weasyprint.matrix import Matrix

    stock = getattr(draw_first_line, "stock", draw_first_line)
    layout = textbox.pango_layout
    notes = _Notes(stream, fresh, stream.ink_rect, stream.logical_rect)
    layout.reactivate(textbox.style)
    pictures = stock(notes, textbox, "clip", "none", Matrix())
    _keep(notes, textbox.style.font_config, layout.layout)
    layout.deactivate()
    return notes, pictures


def _keep(notes: _Notes, fonts: Any, layout: Any) -> None:
    """Keep the fonts of Pango where they are: a layout that has them stays, one per font."""
    from weasyprint.text.ffi import ffi

    kept = vars(fonts).setdefault("known_fonts", {})
    for _, _, pango_font in notes.fonts.values():
        kept.setdefault(int(ffi.cast("uintptr_t", pango_font)), layout)


ALL = (
    Acceleration(
        "glyphs",
        *WEASYPRINT,
        ("weasyprint.draw", "draw_text"),
        "ebaf96239c6ca363",
        known_glyphs,
        "800 lines of text a factsheet, asked of Pango glyph by glyph",
    ),
    Acceleration(
        "drawn letters",
        *WEASYPRINT,
        ("weasyprint.draw.text", "draw_first_line"),
        "1bb8eae6d88e71b1",
        known_letters_drawn,
        "550 letters in drawings a factsheet",
    ),
)
