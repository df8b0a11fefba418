"""What PowerPoint's shapes must say: an alternative text, or that they are decoration."""

from __future__ import annotations

from typing import Any

_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
    '<adec:decorative xmlns:adec="{names}" val="1"/></a:ext></a:extLst>'
)
_STYLE = "{http://schemas.openxmlformats.org/presentationml/2006/main}style"
_ADEC = "http://schemas.microsoft.com/office/drawing/2017/decorative"


def named(shape: Any, alt: str) -> None:
    """Give a shape its alternative text."""
    _properties(shape).set("descr", alt)


def decorative(shape: Any) -> None:
    """Say that a shape is decoration, so that a screen reader passes it by."""
    from pptx.oxml import parse_xml

    properties = _properties(shape)
    properties.set("descr", "")
    properties.append(parse_xml(_DECORATIVE.format(names=_ADEC)))


def plain(shape: Any) -> None:
    """Take the look of the theme away from a shape: its shadow and its blue line."""
    style = shape._element.find(_STYLE)  # noqa: SLF001  # no public way
    if style is not None:
        shape._element.remove(style)  # noqa: SLF001  # no public way


def _properties(shape: Any) -> Any:
    return shape._element._nvXxPr.cNvPr  # noqa: SLF001  # no public way
