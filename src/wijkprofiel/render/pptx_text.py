"""Text on a slide of PowerPoint: frames, paragraphs and runs in the type scale of the slides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wijkprofiel.documents.marks import Mark
from wijkprofiel.documents.slides_layout import HEADING, INDENT, LARGE_HEADING, NUMBERED, ROLES
from wijkprofiel.documents.slides_model import Bullets, Text

MM_PER_PT = 25.4 / 72
INK, PAPER, MUTE = "tx1", "bg1", "tx2"
FAVOURABLE, UNFAVOURABLE, LINE = "accent1", "accent2", "accent3"
"""Colours of the theme by the role they have (:mod:`~wijkprofiel.render.pptx_master`)."""

SIGNS = {
    "v-g": ("▲", FAVOURABLE),
    "v-g v-slight": ("△", FAVOURABLE),
    "v-v": ("●", MUTE),
    "v-o": ("▼", UNFAVOURABLE),
    "v-o v-slight": ("▽", UNFAVOURABLE),
    "v-n": ("◌", MUTE),
    "v-c": ("□", MUTE),
    "v-x": ("–", MUTE),
}
"""The sign of a verdict as a character, and its colour; its word always stands beside it."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks: size in pt, and a colour of the theme or RGB without #."""

    pt: float
    bold: bool = False
    colour: str = INK


def emu(mm: float) -> int:
    """Return millimetres in English Metric Units.

    >>> emu(25.4)
    914400
    """
    return round(mm * 36000)


def frame(shape: Any, left: float, top: float, width: float, height: float) -> Any:
    """Give a shape its place in mm, and its text no margins; return its text frame."""
    from pptx.enum.text import MSO_ANCHOR

    shape.left, shape.top, shape.width, shape.height = map(emu, (left, top, width, height))
    text = shape.text_frame
    text.word_wrap = True
    text.margin_left = text.margin_right = text.margin_top = text.margin_bottom = 0
    text.vertical_anchor = MSO_ANCHOR.TOP
    return text


def paragraph(text: Any, line: float, *, first: bool = False, after: float = 0.0) -> Any:
    """Return a new paragraph with lines of ``line`` mm and ``after`` mm of white below it."""
    from pptx.util import Pt

    made = text.paragraphs[0] if first else text.add_paragraph()
    made.line_spacing = Pt(round(line / MM_PER_PT, 1))
    made.space_before = Pt(0)
    made.space_after = Pt(round(after / MM_PER_PT, 1))
    return made


def run(to: Any, words: str, look: Look) -> None:
    """Add words to a paragraph."""
    from pptx.util import Pt

    made = to.add_run()
    made.text = words
    made.font.size = Pt(look.pt)
    made.font.bold = look.bold
    paint(made.font.fill, look.colour)


def paint(fill: Any, colour: str) -> None:
    """Fill with a colour of the theme ("tx1"), or with RGB."""
    from pptx.dml.color import RGBColor
    from pptx.enum.dml import MSO_THEME_COLOR

    fill.solid()
    if colour.startswith(("tx", "bg", "accent")):
        fill.fore_color.theme_color = MSO_THEME_COLOR.from_xml(colour)
    else:
        parts = bytes.fromhex(colour.lstrip("#"))
        fill.fore_color.rgb = RGBColor(*parts)  # type: ignore[no-untyped-call]  # no types


def write_text(  # a paragraph has these parts
    text: Any, block: Text, deep: str, ink: str = INK, *, first: bool = True, after: float = 0.0
) -> None:
    """Write a paragraph by its role; labels have the colour ``deep``."""
    pt, line, weight = ROLES[block.role]
    colour = deep if block.role == "label" else MUTE if block.role == "by" else ink
    made = paragraph(text, line, first=first, after=after)
    _no_bullet(made)
    run(made, block.text, Look(pt, weight > 500, colour))
    if block.url:
        made.runs[0].hyperlink.address = block.url


def write_bullets(text: Any, block: Bullets, *, first: bool = True, after: float = 0.0) -> None:
    """Write a heading and a list, numbered or with dashes."""
    if block.title:
        pt, line = LARGE_HEADING if block.large else HEADING
        made = paragraph(text, line, first=first, after=2)
        _no_bullet(made)
        run(made, block.title, Look(pt, bold=True))
        first = False
    for order, item in enumerate(block.items):
        last = order == len(block.items) - 1
        made = paragraph(text, block.line, first=first, after=after if last else 1.6)
        first = False
        _bullet(made, numbered=block.numbered)
        run(made, item.name, Look(block.pt, bold=bool(item.more)))
        if item.more:
            run(made, f" {item.more}", Look(block.pt, colour=MUTE))


def write_mark(to: Any, mark: Mark, pt: float) -> None:
    """Write the sign and the word of a verdict."""
    sign, colour = SIGNS.get(mark.css, ("", INK))
    if sign:
        run(to, f"{sign} ", Look(pt, colour=colour))
    run(to, mark.text, Look(pt, bold=mark.css in ("v-g", "v-o")))


def _no_bullet(to: Any) -> None:
    from pptx.oxml.xmlchemy import OxmlElement

    to._p.get_or_add_pPr().append(OxmlElement("a:buNone"))  # noqa: SLF001  # no public way


def _bullet(to: Any, *, numbered: bool) -> None:
    from pptx.oxml.xmlchemy import OxmlElement

    properties = to._p.get_or_add_pPr()  # noqa: SLF001  # no public way
    indent = emu(NUMBERED if numbered else INDENT)
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    made = OxmlElement("a:buAutoNum" if numbered else "a:buChar")
    made.set("type" if numbered else "char", "arabicPeriod" if numbered else "–")
    properties.append(made)
