"""Less work for drawing text: the glyphs of a text in a style are asked of Pango once.

What Pango told is kept as a recipe: which fonts, which glyphs and what stands between them. A
recipe has other steps in a document where its glyphs have other widths, because WeasyPrint takes
the width of a glyph, rounded, from the first text that has it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

from wijkprofiel.render.accelerate import Acceleration
from wijkprofiel.render.accelerate_css import WEASYPRINT

RECIPES = 256
"""Texts that are remembered per style."""

SMALLEST = 1e-6
"""Size of font from which WeasyPrint draws."""

SIZES_TOLD = 14802
"""Version of Pango from which a font tells its size in a text."""

NO_GLYPH = 0x0FFFFFFF
"""Number of a glyph from which it is none of a font: Pango's sign for nothing, and its flag for
letters that no font has."""

_GLYPH = struct.Struct("Iiii4x")
"""PangoGlyphInfo: number, width, offset across and up, and what is not used here."""

Step = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Face:
    """A font of Pango, in one size.

    Attributes:
        key: of the font in a document.
        size: of its letters.
        pango: the font.
        layout: that keeps it where it is.
        widths: of its glyphs, in thousandths of the size, where they were asked before.
    """

    key: Any
    size: float
    pango: Any
    layout: Any
    widths: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Run:
    """Glyphs of a text in one font.

    Attributes:
        face: the font.
        again: whether the run before this one has the same.
        glyphs: number in the font, what it is moved by, and width in thousandths of the size.
        meanings: what the glyphs stand for, in the order in which they appear.
    """

    face: _Face
    again: bool
    glyphs: tuple[tuple[int, float, float], ...]
    meanings: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Recipe:
    """How to draw a text: the steps, by the widths that its glyphs have in a document."""

    runs: tuple[_Run, ...]
    steps: dict[tuple[int, ...], list[Step]]


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
        runs = _read(stream, textbox)
        memory[key] = None if runs is None else _Recipe(runs, {})
    recipe: _Recipe | None = memory[key]
    if recipe is None:
        return None
    fonts, now = [], []
    for run in recipe.runs:
        face = run.face
        font = stream._fonts.get(face.key) or stream.add_font(face.pango)[0]  # noqa: SLF001
        widths, told = font.widths, font.to_unicode
        for glyph, meaning in run.meanings:
            now.append(widths.setdefault(glyph, face.widths[glyph]))
            told.setdefault(glyph, meaning)
        fonts.append(font)
    steps = recipe.steps.get(tuple(now))
    if steps is None:
        steps = recipe.steps[tuple(now)] = _spelled(recipe.runs, fonts)
    return steps


def _spelled(runs: tuple[_Run, ...], fonts: list[Any]) -> list[Step]:
    """Return how to draw glyphs: their numbers, and what to move between them."""
    steps: list[Step] = []
    for run, font in zip(runs, fonts, strict=True):
        text, widths = "<", font.widths
        for glyph, offset, width in run.glyphs:
            text += f">{-offset}<{glyph:04x}" if offset else f"{glyph:04x}"
            if kerning := widths[glyph] + offset - width:
                text += f">{int(kerning)}<"
        text = text[:-1] if text[-1] == "<" else f"{text}>"
        if run.again:
            text = steps.pop()[1][0] + text
        else:
            steps.append(("set_font_size", (font.hash, run.face.size)))
        steps.append(("show_text", (text,)))
    return steps


def _read(stream: Any, textbox: Any) -> tuple[_Run, ...] | None:
    """Return the glyphs that Pango has for a text.

    None where it is more than glyphs: pictures, letters that no font has, letters that are moved
    up, nothing at all.
    """
    from weasyprint.text.ffi import ffi, pango

    layout, runs = textbox.pango_layout, []
    layout.reactivate(textbox.style)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    text, run, before = layout.text.encode(), line.runs[0], None
    while run != ffi.NULL:
        item, glyphs = run.data.item, run.data.glyphs
        face = _face(stream, item.analysis.font, textbox.style, layout.layout)
        told = None if face is None else _run(face, face is before, item, glyphs, text)
        if told is None:
            break
        runs.append(told)
        run, before = run.next, face
    else:
        layout.deactivate()
        return tuple(runs)
    layout.deactivate()
    return None


def _face(stream: Any, pango_font: Any, style: Any, layout: Any) -> _Face | None:
    """Return a font of Pango, None where it draws pictures.

    It is kept where it is, as long as the fonts of the project: a layout that has it stays.
    """
    from weasyprint.text.ffi import ffi, pango

    kept = vars(style.font_config).setdefault("known_fonts", {})
    address = int(ffi.cast("uintptr_t", pango_font))
    face: _Face | None = kept.get(address)
    if face is None:
        font, size = stream.add_font(pango_font)
        if font.bitmap or font.png or font.svg or font.colr:
            return None
        if pango.pango_version() < SIZES_TOLD:
            size = style["font_size"]
        key = next(key for key, one in stream._fonts.items() if one is font)  # noqa: SLF001
        face = kept[address] = _Face(key, size, pango_font, layout, {})
    elif face.key not in stream._fonts:  # noqa: SLF001
        stream.add_font(pango_font)  # fonts are numbered in the order in which they are met
    return face


def _run(face: _Face, again: bool, item: Any, string: Any, text: bytes) -> _Run | None:
    """Return the glyphs of a run, None where it has other than plain ones."""
    from weasyprint.text.ffi import FROM_UNITS, ffi

    count, size = string.num_glyphs, face.size
    clusters = [*ffi.unpack(string.log_clusters, count), item.length]
    content = ffi.buffer(string.glyphs, count * _GLYPH.size)
    glyphs, meanings = [], {}
    for place, (glyph, width, across, up) in enumerate(_GLYPH.iter_unpack(content)):
        if glyph >= NO_GLYPH or up:
            return None
        if glyph not in meanings:
            start = clusters[place]
            end = clusters[place + 1 if item.analysis.level % 2 == 0 else place - 1]
            meanings[glyph] = text[item.offset + start : item.offset + end].decode()
        if glyph not in face.widths:
            face.widths[glyph] = _width(face, glyph)
        glyphs.append((glyph, across / size, width * 1000 * FROM_UNITS / size))
    return _Run(face, again, tuple(glyphs), tuple(meanings.items()))


def _width(face: _Face, glyph: int) -> int:
    """Return the width of a glyph, in thousandths of the size of its font."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(face.pango, glyph, ink, logical)
    width: int = round(logical.width * 1000 * FROM_UNITS / face.size)
    return width


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
