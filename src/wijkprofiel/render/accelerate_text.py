"""Less work for text: what was laid out before is not laid out again.

Pango needs the same time for a letter as for a line. WeasyPrint lays out SVG text letter by
letter, each letter twice, and the lines of a grid, a table or a flexible box once for every size
that it tries.
"""

from __future__ import annotations

import importlib
from math import inf
from typing import Any

from wijkprofiel.render.accelerate import Acceleration

WEASYPRINT = ("weasyprint", "70.0")

LETTERS = 4096
"""Letters that are remembered per set of fonts; then the memory is emptied."""

LINES = 256
"""Lines that are remembered per style."""


def known_letters(stock: Any) -> Any:
    """Lay out a letter once per font, size and weight; the same layout is drawn again.

    SVG text has no other style than what is in the key, and no width to break at.
    """
    drawn = importlib.import_module("weasyprint.svg.text").Style  # the package hides its module

    def split_first_line(
        letter: str, style: Any, context: Any, max_width: float, spacing: float, **more: Any
    ) -> Any:
        if len(letter) != 1 or max_width != inf or spacing or not isinstance(style, drawn):
            return stock(letter, style, context, max_width, spacing, **more)
        keys = ("font_style", "font_weight", "font_size", "direction")
        key = (letter, *style["font_family"], *(style[name] for name in keys))
        memory = vars(style.font_config).setdefault("letters_of_drawings", {})
        if key not in memory:
            if len(memory) >= LETTERS:
                memory.clear()
            layout, *rest = stock(letter, style, context, max_width, spacing, **more)
            layout.reactivate(style)
            del layout.style  # it holds the fonts, which would then never let go of their files
            layout.reactivate = layout.deactivate = _nothing
            layout.known_glyphs = {}
            memory[key] = (layout, *rest)
        return memory[key]

    return split_first_line


def _nothing(*_: Any) -> None:
    """A remembered layout stays as it is."""


def known_lines(stock: Any) -> Any:
    """Break a text once per style and width; the layout is copied, since drawing may change it.

    The memory hangs on the style. Styles are shared by documents, and so is what is remembered.
    """

    def split_first_line(  # noqa: PLR0913, PLR0917  # as WeasyPrint calls it
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:
        memory = vars(style).setdefault("known_lines", {})
        key = (text, max_width, justification_spacing, is_line_start, minimum)
        if key not in memory:
            if len(memory) >= LINES:
                memory.clear()
            memory[key] = stock(text, style, context, *key[1:])
        layout, *rest = memory[key]
        return (copied(layout), *rest)

    return split_first_line


def copied(layout: Any) -> Any:
    """Return a shallow copy of a layout."""
    made = object.__new__(type(layout))
    vars(made).update(vars(layout))
    return made


ALL = (
    Acceleration(
        "lines",
        *WEASYPRINT,
        ("weasyprint.layout.inline", "split_first_line"),
        "39ad1016863ca34d",
        known_lines,
        "2,900 broken lines a factsheet",
        also=(("weasyprint.layout.preferred", "split_first_line"),),
    ),
    Acceleration(
        "letters",
        *WEASYPRINT,
        ("weasyprint.text.line_break", "split_first_line"),
        "39ad1016863ca34d",
        known_letters,
        "550 letters in drawings a factsheet, each laid out and set up twice",
    ),
)
