"""Less work for painting: a shape that was drawn before is written down again, not drawn again.

Shapes of drawings come back in every document: ticks and lines of charts, people, legends. What
stands in the PDF for a shape follows from its attributes, the size of its drawing and the colours
that are set when it begins; these are what it is remembered by.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from wijkprofiel.render.accelerate import Acceleration
from wijkprofiel.render.accelerate_css import WEASYPRINT

SHAPES = 4096
"""Shapes that are remembered twice: those of late, and those of before them."""
LONG = 600
"""Characters of an outline from which it is one of one area, and is not remembered."""

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset(
    f"{_SVG}{name}" for name in ("circle", "ellipse", "line", "path", "polygon", "polyline", "rect")
)
_ELSEWHERE = ("clip-path", "filter", "marker", "marker-end", "marker-mid", "marker-start", "mask")
_STATE = (
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-opacity",
    "stroke-width",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
)
_TEXTS = ("text", "textPath", "a")
_SPECIAL = frozenset(("font", "style"))
_FUNCTIONS = ("url(", "context-", "color(")


_Colors = tuple[Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What was written for a shape.

    Attributes:
        content: bytes in the stream, empty for nothing.
        opacities: names of states that it uses, with what they set and to what.
        colors: what is set after it.
        told: what the function that drew it returned.
    """

    content: bytes
    opacities: tuple[tuple[str, str, Any], ...]
    colors: _Colors
    told: Any


@dataclass(slots=True)
class _Memory:
    """Remembers what is asked for again, forgets what was not for long."""

    late: dict[Hashable, _Drawn | None] = field(default_factory=dict)
    early: dict[Hashable, _Drawn | None] = field(default_factory=dict)

    def __contains__(self, key: Hashable) -> bool:
        """Whether it is known; then it is one of the late ones."""
        if key in self.late:
            return True
        if key not in self.early:
            return False
        self[key] = self.early[key]
        return True

    def __getitem__(self, key: Hashable) -> _Drawn | None:
        """Return one of the late ones."""
        return self.late[key]

    def __setitem__(self, key: Hashable, drawn: _Drawn | None) -> None:
        """Remember one; None says that it is not to be remembered."""
        if len(self.late) >= SHAPES:
            self.early, self.late = self.late, {}
        self.late[key] = drawn


def known_shapes(stock: Any) -> Any:
    """Draw a shape that has nothing in it, and needs nothing beside it, from memory."""
    memory = _Memory()

    def draw_node(
        svg: Any, node: Any, font_size: float, fill_stroke: bool = True, context: Any = None
    ) -> None:
        attrib, element = node.attrib, node._etree_node  # noqa: SLF001
        if (
            not fill_stroke
            or element.tag not in _SHAPES
            or len(element)
            or len(attrib.get("d", "")) > LONG
            or len(attrib.get("points", "")) > LONG
        ):
            stock(svg, node, font_size, fill_stroke, context)
            return
        stream = svg.stream
        sizes = (font_size, svg.inner_width, svg.inner_height, svg.inner_diagonal)
        key = (element.tag, tuple(attrib.items()), sizes, _colors(stream))
        if key not in memory:
            start, groups = len(stream.stream), _groups(stream)
            stock(svg, node, font_size, fill_stroke, context)
            plain = _is_plain(attrib) and _groups(stream) == groups
            memory[key] = _drawn(stream, start, None) if plain else None
        elif (drawn := memory[key]) is None:
            stock(svg, node, font_size, fill_stroke, context)
        else:
            _again(stream, drawn)
            stream._current_font = None  # noqa: SLF001  # as after everything that is put back

    return draw_node


def known_states(stock: Any) -> Any:
    """Set colours, dashes and ends of lines of a shape or text from memory."""
    memory = _Memory()

    def set_graphical_state(svg: Any, node: Any, font_size: float, context: Any = None) -> Any:
        stream = svg.stream
        values = tuple(map(node.attrib.get, _STATE))
        key = (values, font_size, svg.inner_diagonal, _colors(stream))
        if key not in memory:
            start, groups = len(stream.stream), _groups(stream)
            told = stock(svg, node, font_size, context)
            plain = _is_plain(dict(zip(_STATE, values, strict=True)))
            same = _groups(stream) == groups
            memory[key] = _drawn(stream, start, told) if plain and same else None
            return told
        drawn = memory[key]
        if drawn is None:
            return stock(svg, node, font_size, context)
        _again(stream, drawn)
        return drawn.told

    return set_graphical_state


def plain_inheritance(stock: Any) -> Any:
    """Hand attributes down without asking for rules of style, where a drawing has none."""
    from weasyprint.svg import NOT_INHERITED_ATTRIBUTES

    def cascade(node: Any, child: Any) -> None:
        own, rules = child.attrib, any(matcher.order for matcher in node._style)  # noqa: SLF001
        if rules or child.tag in _TEXTS or not _SPECIAL.isdisjoint(own):
            stock(node, child)
            return
        for name, value in node.attrib.items():
            if name not in own and name not in NOT_INHERITED_ATTRIBUTES:
                own[name] = value
        if "inherit" in own.values() or "currentColor" in own.values():
            stock(node, child)

    return cascade


def _colors(stream: Any) -> _Colors:
    """Return the colours and opacities that are set."""
    return (
        stream._current_color,  # noqa: SLF001
        stream._current_color_stroke,  # noqa: SLF001
        stream._current_alpha,  # noqa: SLF001
        stream._current_alpha_stroke,  # noqa: SLF001
    )


def _groups(stream: Any) -> tuple[int, ...]:
    """Return how many things stand beside a stream that it draws by name."""
    return tuple(len(stream._resources[kind]) for kind in ("XObject", "Pattern", "Shading"))  # noqa: SLF001


def _is_plain(attrib: dict[str, Any]) -> bool:
    """Return whether a shape needs nothing that stands elsewhere in its drawing.

    Of a colour in an unusual space, ``color(...)``, the log tells every time.
    """
    if any(name in attrib for name in _ELSEWHERE):
        return False
    values = [value for value in attrib.values() if isinstance(value, str)]
    return not any(name in value for value in values for name in _FUNCTIONS)


def _drawn(stream: Any, start: int, told: Any) -> _Drawn | None:
    """Return what was written since ``start``, None where it is more than lines and opacity."""
    parts, colors, known = stream.stream[start:], _colors(stream), stream._resources["ExtGState"]  # noqa: SLF001
    opacities = []
    for part in parts:
        if type(part) is not bytes:
            return None
        if part.endswith(b" gs"):
            name = part[1:-3].decode()
            if name[0] not in "aA":
                return None
            opacities.append((name, *next(iter(known[name].items()))))
        elif part.endswith((b" cs", b" CS", b" scn", b" SCN", b" Do")):
            return None
    return _Drawn(b"\n".join(parts), tuple(opacities), colors, told)


def _again(stream: Any, drawn: _Drawn) -> None:
    """Write down again what was drawn before."""
    import pydyf  # type: ignore[import-untyped]  # it ships no types

    if drawn.content:
        stream.stream.append(drawn.content)
    states = stream._resources["ExtGState"]  # noqa: SLF001
    for name, sets, to in drawn.opacities:
        if name not in states:
            states[name] = pydyf.Dictionary({sets: to})
    (
        stream._current_color,  # noqa: SLF001
        stream._current_color_stroke,  # noqa: SLF001
        stream._current_alpha,  # noqa: SLF001
        stream._current_alpha_stroke,  # noqa: SLF001
    ) = drawn.colors


ALL = (
    Acceleration(
        "shapes",
        *WEASYPRINT,
        ("weasyprint.svg", "SVG.draw_node"),
        "5e24443a435c491e",
        known_shapes,
        "500 lines, dots and people in drawings a factsheet",
    ),
    Acceleration(
        "shape states",
        *WEASYPRINT,
        ("weasyprint.svg", "SVG.set_graphical_state"),
        "2b778d4254452dde",
        known_states,
        "600 sets of colours and lines in drawings a factsheet",
    ),
    Acceleration(
        "inheritance",
        *WEASYPRINT,
        ("weasyprint.svg", "Node.cascade"),
        "e28689cfaf4b4bd1",
        plain_inheritance,
        "700 parts of drawings a factsheet",
    ),
)
