"""The slide master of the PowerPoint: colours and fonts by role, and layouts with placeholders.

python-pptx brings a template of its own; everything of it that a reader sees is replaced here.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from wijkprofiel.charts import tokens
from wijkprofiel.documents.slides_model import (
    COLUMNS,
    FOOT_TOP,
    KICKER,
    MARGIN,
    PAGE,
    TITLE_TOP,
    WIDE,
    Deck,
)
from wijkprofiel.model import HouseStyle
from wijkprofiel.render.pptx_text import emu

LAYOUTS = ("cover", "wide", "even", "side", "theme")
LEFT, RIGHT, KICKER_AT, NOTE, LEAD = 1, 2, 13, 14, 15
FOOTER, NUMBER = 11, 12
"""Numbers of the placeholders, the same in every layout."""
BODY_TOP, BODY_HEIGHT, HEAD_HEIGHT = 46.0, 118.0, 27.0
_NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def dress(presentation: Any, deck: Deck, style: HouseStyle) -> None:
    """Give an empty presentation its size, theme, master and layouts.

    Args:
        presentation: made by python-pptx, without slides.
        deck: gives the names of layouts.
        style: gives colours and fonts.
    """
    presentation.slide_width, presentation.slide_height = map(emu, PAGE)
    master = presentation.slide_master
    for layout in list(master.slide_layouts)[len(LAYOUTS) :]:
        master.slide_layouts.remove(layout)
    _theme(master, deck, style)
    _master(master, deck)
    for kind, layout in zip(LAYOUTS, master.slide_layouts, strict=True):
        _layout(layout, kind, deck, style)


def scheme(style: HouseStyle) -> dict[str, str]:
    """Return the colours of the theme: slot of Office → colour of a role of ours."""
    roles = {
        "dk1": "ink",
        "lt1": "paper",
        "dk2": "mute",
        "lt2": "dialogue",
        "accent1": "favourable",
        "accent2": "unfavourable",
        "accent3": "line",
        "accent4": "silhouette",
        "accent5": "cover",
        "accent6": "band",
        "hlink": "ink",
        "folHlink": "mute",
    }
    return {slot: tokens.colour(style, role, "ink") for slot, role in roles.items()}


def _theme(master: Any, deck: Deck, style: HouseStyle) -> None:
    from lxml import etree  # type: ignore[import-untyped]  # it ships no types
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml

    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = parse_xml(part.blob)
    root.set("name", deck.words["master"])
    colours = root.find(f".//{_A}clrScheme")
    colours.set("name", style.title)
    for slot, colour in scheme(style).items():
        holder = colours.find(f"{_A}{slot}")
        for child in list(holder):
            holder.remove(child)
        etree.SubElement(holder, f"{_A}srgbClr", val=colour.lstrip("#"))
    fonts = root.find(f".//{_A}fontScheme")
    fonts.set("name", style.title)
    for face in ("majorFont", "minorFont"):
        fonts.find(f"{_A}{face}/{_A}latin").set("typeface", style.office_font)
    part._blob = etree.tostring(  # noqa: SLF001  # a part without a class of its own
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )


def _master(master: Any, deck: Deck) -> None:
    words = deck.words
    shapes = [
        _shape(2, words["title"], ("title", None), (MARGIN, TITLE_TOP, WIDE, HEAD_HEIGHT), 30,
               bold=True),
        _shape(3, words["body"], ("body", LEFT), (MARGIN, BODY_TOP, WIDE, BODY_HEIGHT), 18),
        *_feet(deck),
    ]  # fmt: skip
    _replace(master.element, shapes, deck.words["master"])
    styles = master.element.find(f"{_P}txStyles")
    fresh = _parsed(f"<p:txStyles {_NAMES}>{_text_styles()}</p:txStyles>")
    styles.getparent().replace(styles, fresh)


def _layout(layout: Any, kind: str, deck: Deck, style: HouseStyle) -> None:
    words, themed = deck.words, kind == "theme"
    (x, width), (x2, width2) = COLUMNS[kind]
    cover = kind == "cover"
    title_top = 40.0 if cover else TITLE_TOP + (KICKER if themed else 0)
    title_width = 200.0 if cover else width if themed else WIDE
    ink = cover_ink(style) if cover else "tx1"
    shapes = []
    if themed or cover:
        at = (MARGIN + (KICKER if themed else 0), 20.0 if cover else TITLE_TOP, width, 13.0)
        shapes.append(_shape(9, words["kicker"], ("body", KICKER_AT), at, 20, bold=True,
                             colour=ink))  # fmt: skip
    head = (MARGIN, title_top, title_width, 96.0 if cover else HEAD_HEIGHT)
    shapes.append(_shape(2, words["title"], ("title", None), head, 60 if cover else 30,
                         bold=True, colour=ink))  # fmt: skip
    if not themed:
        at = (MARGIN, 149.0 if cover else BODY_TOP - 6, 150.0 if cover else WIDE, 10.0)
        shapes.append(_shape(3, words["lead"], ("body", LEAD), at, 22 if cover else 20, colour=ink))
    top = 160.0 if cover else BODY_TOP + (KICKER if themed else 0)
    body = (x, top, 120.0 if cover else width, 20.0 if cover else BODY_HEIGHT)
    shapes.append(_shape(4, words["body"], ("body", LEFT), body, 18, colour=ink))
    if kind in ("even", "side", "theme"):
        shapes.append(_shape(5, words["body"], ("body", RIGHT),
                             (x2, BODY_TOP, width2, BODY_HEIGHT), 18))  # fmt: skip
    if not cover:
        note = (MARGIN, 165.0, WIDE, 11.0)
        shapes.append(_shape(6, words["note"], ("body", NOTE), note, 11, colour="tx2"))
        shapes += _feet(deck)
    _replace(layout.element, shapes, words[kind], background=_cover(style) if cover else "")
    layout.element.attrib.pop("type", None)
    layout.element.set("preserve", "1")
    layout.element.set("userDrawn", "1")


def cover_ink(style: HouseStyle) -> str:
    """Return the colour of text on the cover: paper where the style has a dark one."""
    return "bg1" if tokens.look(style, "folder_cover", "plain") == "dark" else "tx1"


def _cover(style: HouseStyle) -> str:
    colour = "tx1" if cover_ink(style) == "bg1" else "accent5"
    return (
        f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        "<a:effectLst/></p:bgPr></p:bg>"
    )


def _feet(deck: Deck) -> list[str]:
    told = f"{deck.area} · {deck.subject}"
    return [
        _shape(7, "Footer", ("ftr", FOOTER), (MARGIN, FOOT_TOP, 240, 6), 12, text=told),
        _shape(8, "Number", ("sldNum", NUMBER), (MARGIN + WIDE - 40, FOOT_TOP, 40, 6), 12,
               bold=True, right=True, field=True),
    ]  # fmt: skip


def foot_shapes(deck: Deck, ids: tuple[int, int]) -> list[Any]:
    """Return footer and number for a slide, which python-pptx leaves out."""
    made = _feet(deck)
    shapes = [_parsed(text.replace("<p:sp>", f"<p:sp {_NAMES}>", 1)) for text in made]
    for shape, number in zip(shapes, ids, strict=True):
        shape.find(f"{_P}nvSpPr/{_P}cNvPr").set("id", str(number))
    return shapes


def _shape(  # noqa: PLR0913  # a placeholder has these parts
    number: int,
    name: str,
    place: tuple[str, int | None],
    at: tuple[float, float, float, float],
    pt: float,
    *,
    bold: bool = False,
    colour: str = "tx1",
    right: bool = False,
    field: bool = False,
    text: str = "",
) -> str:
    kind, idx = place
    holder = f'type="{kind}"' + (f' idx="{idx}"' if idx is not None else "")
    x, y, width, height = (emu(value) for value in at)
    words = f"<a:r><a:rPr/><a:t>{escape(text or name)}</a:t></a:r>"
    if field:
        words = (
            '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
            "<a:rPr/><a:t>#</a:t></a:fld>"
        )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {holder}/></p:nvPr></p:nvSpPr>"
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        '<p:txBody><a:bodyPr vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" '
        'anchor="t"><a:normAutofit/></a:bodyPr>'
        f'<a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{"r" if right else "l"}"><a:buNone/>'
        f'<a:defRPr sz="{round(pt * 100)}" b="{int(bold)}"><a:solidFill>'
        f'<a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>'
        f"<a:p>{words}</a:p></p:txBody></p:sp>"
    )


def _replace(element: Any, shapes: list[str], name: str, background: str = "") -> None:
    """Put shapes in the place of what a master or layout had."""
    old = element.find(f"{_P}cSld")
    if not background:
        kept = old.find(f"{_P}bg")
        background = "" if kept is None else _BACKGROUND
    fresh = _parsed(
        f"<p:cSld {_NAMES} name={quoteattr(name)}>{background}<p:spTree><p:nvGrpSpPr>"
        '<p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
        f"{''.join(shapes)}</p:spTree></p:cSld>"
    )
    element.replace(old, fresh)


_BACKGROUND = (
    '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
    "<a:effectLst/></p:bgPr></p:bg>"
)


def _text_styles() -> str:
    def level(pt: float, face: str, *, bold: bool = False) -> str:
        return (
            '<a:lvl1pPr marL="0" indent="0" algn="l"><a:spcBef><a:spcPts val="0"/></a:spcBef>'
            f'<a:buNone/><a:defRPr sz="{round(pt * 100)}" b="{int(bold)}"><a:solidFill>'
            f'<a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="{face}"/></a:defRPr>'
            "</a:lvl1pPr>"
        )

    return (
        f"<p:titleStyle>{level(30, '+mj-lt', bold=True)}</p:titleStyle>"
        f"<p:bodyStyle>{level(18, '+mn-lt')}</p:bodyStyle>"
        f"<p:otherStyle>{level(18, '+mn-lt')}</p:otherStyle>"
    )


def _parsed(xml: str) -> Any:
    from pptx.oxml import parse_xml

    return parse_xml(xml)
