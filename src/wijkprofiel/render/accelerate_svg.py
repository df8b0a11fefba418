"""Less work for drawing: outlines are read once, numbers are written without questions.

WeasyPrint reads the rest of an outline again for every point of it.
"""

from __future__ import annotations

import copy
import zlib
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from wijkprofiel.render.accelerate import Acceleration

WEASYPRINT = ("weasyprint", "70.0")
PYDYF = ("pydyf", "0.13.0")

_PLAIN = frozenset("MLZ0123456789.- ")
_MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")


SHORT = 600
"""Characters of a piece of an outline that is remembered; longer ones are those of one area."""
SMALL = 4096
"""Bytes of a stream that is remembered."""
PIECES = 8192
"""Pieces of outlines that are remembered."""


def known_paths(stock: Any) -> Any:
    """Read an outline of straight lines in one go, and a short piece of it once for all drawings.

    A piece starts with an ``M``, so that what was drawn before makes no difference to it.
    """

    @lru_cache(maxsize=PIECES)
    def known(piece: str) -> bytes:
        return _drawn(stock, piece)

    def path(svg: Any, node: Any, font_size: float) -> None:
        outline = node.get("d", "")
        if not outline.startswith("M") or any(node.get(marker) for marker in _MARKERS):
            stock(svg, node, font_size)
            return
        drawn = []
        for rest in outline[1:].split("M"):
            piece = f"M{rest}"
            try:
                drawn.append(known(piece) if len(piece) <= SHORT else _drawn(stock, piece))
            except Exception:  # noqa: BLE001  # whatever is wrong with it, stock says so
                stock(svg, node, font_size)
                return
        svg.stream.move_to(0, 0)
        svg.stream.stream += filter(None, drawn)

    return path


def _drawn(stock: Any, piece: str) -> bytes:
    """Return what stands in the PDF for a piece of an outline."""
    import pydyf  # type: ignore[import-untyped]  # it ships no types
    from weasyprint.svg.utils import size

    stream, steps = pydyf.Stream(), _steps(piece)
    if steps is None:
        svg = SimpleNamespace(stream=stream, point=lambda x, y, em: (size(x, em), size(y, em)))
        stock(svg, SimpleNamespace(get={"d": piece}.get, vertices=[]), None)
        del stream.stream[0]  # the pen starts at 0,0: once for a whole outline
    for name, x, y in steps or ():
        if name == "L":
            stream.line_to(x, y)
        elif name == "M":
            stream.move_to(x, y)
        else:
            stream.close()
    return b"\n".join(stream.stream)


Step = tuple[str, float, float]


def _steps(data: str) -> list[Step] | None:
    """Return the steps of a path, None where they are not all plain.

    A ``Z`` right after an ``M`` or a ``Z`` closes nothing.

    >>> _steps("M1 2L3 4.5Z")
    [('M', 1.0, 2.0), ('L', 3.0, 4.5), ('Z', 0.0, 0.0)]
    >>> _steps("M1 2a1 1 0 0 1 2 2"), _steps("M1 2L3"), _steps("L1 2")
    (None, None, None)
    """
    if not data.startswith("M") or not _PLAIN.issuperset(data):
        return None
    steps: list[Step] = []
    for part in data[1:].split("M"):
        *lines, rest = part.split("Z")
        for order, piece in enumerate((*lines, rest)):
            points = _points(piece)
            if points is None or bool(points) == bool(order):
                return None
            if points:
                steps.append(("M", *points[0]))
                steps += [("L", *point) for point in points[1:]]
            if order < len(lines) and len(points) > 1:
                steps.append(("Z", 0.0, 0.0))
    return steps


def _points(text: str) -> list[tuple[float, float]] | None:
    """Return the points of ``1 2L3 4``, None where it is not made of pairs of numbers."""
    points = []
    for piece in text.split("L") if text.strip() else ():
        numbers = piece.split()
        if not numbers or len(numbers) % 2:
            return None
        try:
            values = [float(number) for number in numbers]
        except ValueError:
            return None
        points += list(zip(values[::2], values[1::2], strict=True))
    return points


def known_size(stock: Any) -> Any:
    """Read a length in a drawing once: a function of its arguments."""
    return lru_cache(maxsize=4096, typed=True)(stock)


def known_spelling(stock: Any) -> Any:
    """Read a short attribute of a drawing once."""
    known = lru_cache(maxsize=4096)(stock)

    def normalize(string: Any) -> Any:
        return stock(string) if string and len(string) > SHORT else known(string)

    return normalize


def known_color(stock: Any) -> Any:
    """Read a colour in a drawing once; it is copied, since its alpha is changed."""
    parsed = lru_cache(maxsize=256)(stock)

    def color(string: Any) -> Any:
        return copy.copy(parsed(string))

    return color


def known_pictures(stock: Any) -> Any:
    """Draw a sign of the house style once per size; what is drawn does not depend on where.

    Only on a stream of its own, and only what leaves nothing there but lines and opacity.
    """
    import pydyf

    def draw(self: Any, stream: Any, width: float, height: float, style: Any) -> None:
        fresh = stream._current_alpha is None and stream._current_color is None  # noqa: SLF001
        states = stream._resources["ExtGState"]  # noqa: SLF001
        if not self._base_url or states or not fresh:
            stock(self, stream, width, height, style)
            return
        memory = vars(self).setdefault("known_pictures", {})
        known = memory.get((width, height))
        if known is None:
            start, fonts = len(stream.stream), len(stream._fonts)  # noqa: SLF001
            stock(self, stream, width, height, style)
            drawn = stream.stream[start:]
            if _plain(drawn, stream) and len(stream._fonts) == fonts:  # noqa: SLF001
                kept = [(key, dict(value)) for key, value in states.items()]
                memory[width, height] = (drawn, kept)
            return
        drawn, kept = known
        stream.stream += drawn
        for key, value in kept:
            states[key] = pydyf.Dictionary(value)

    return draw


def _plain(drawn: list[Any], stream: Any) -> bool:
    """Return whether what was drawn has no text, no clips, and nothing but opacity beside it."""
    resources = stream._resources  # noqa: SLF001
    others = any(resources[kind] for kind in ("XObject", "Pattern", "Shading"))
    odd = any(part in {b"BT", b"W", b"W*"} for part in drawn)
    return not others and not odd and all(key[0] in "aA" for key in resources["ExtGState"])


def quick_numbers(stock: Any) -> Any:
    """Write numbers without asking first what else they might be."""
    import pydyf

    def to_bytes(item: Any) -> Any:
        kind = type(item)
        if kind is bytes:
            return item
        if kind is float:
            whole = int(item) if item == item and -1e15 < item < 1e15 else None  # noqa: PLR0124
            if whole is None:
                return stock(item)
            return b"%d" % whole if whole == item else (b"%f" % item).rstrip(b"0")
        if kind is int:
            return b"%d" % item
        if kind is str:
            return item.encode("ascii")
        return item.data if isinstance(item, pydyf.Object) else stock(item)

    return to_bytes


def known_streams(stock: Any) -> Any:
    """Pack a small stream once: the signs of the house style are the same in every document."""
    import pydyf

    @lru_cache(maxsize=1024)
    def packed(content: bytes) -> bytes:
        return zlib.compress(content, 9)

    def data(self: Any) -> bytes:
        if not self.compress:
            made: bytes = stock.fget(self)
            return made
        to_bytes = pydyf._to_bytes  # noqa: SLF001
        parts = (part if type(part) is bytes else to_bytes(part) for part in self.stream)
        content = b"\n".join(parts)
        content = packed(content) if len(content) <= SMALL else zlib.compress(content, 9)
        extra = pydyf.Dictionary(self.extra.copy())
        extra["Filter"] = "/FlateDecode"
        extra["Length"] = len(content)
        return b"\n".join((extra.data, b"stream", content, b"endstream"))

    return property(data)


UTILS = "weasyprint.svg.utils"
ALL = (
    Acceleration(
        "paths",
        *WEASYPRINT,
        ("weasyprint.svg.path", "path"),
        "194cd562b8d98251",
        known_paths,
        "outlines of areas, people, signs and lines of charts",
        also=(("weasyprint.svg", "TAGS.path"),),
    ),
    Acceleration(
        "sizes",
        *WEASYPRINT,
        (UTILS, "size"),
        "da153ed5f4a1a620",
        known_size,
        "9,400 lengths in drawings a factsheet",
        also=tuple((f"weasyprint.svg{name}", "size") for name in ("", ".defs", ".text")),
    ),
    Acceleration(
        "spelling",
        *WEASYPRINT,
        (UTILS, "normalize"),
        "644aeada98cda081",
        known_spelling,
        "3,800 attributes of drawings a factsheet",
        also=tuple(
            (f"weasyprint.svg{name}", "normalize")
            for name in ("", ".bounding_box", ".path", ".shapes", ".text")
        ),
    ),
    Acceleration(
        "addresses",
        *WEASYPRINT,
        (UTILS, "parse_url"),
        "43b836154f3f190b",
        known_size,
        "3,400 attributes of drawings a factsheet, nearly all of them empty",
        also=tuple((f"weasyprint.svg{name}", "parse_url") for name in ("", ".css", ".defs")),
    ),
    Acceleration(
        "colours",
        *WEASYPRINT,
        (UTILS, "color"),
        "1cd5953c50ceffe1",
        known_color,
        "1,200 colours in drawings a factsheet",
        also=tuple((f"weasyprint.svg{name}", "color") for name in ("", ".defs")),
    ),
    Acceleration(
        "signs",
        *WEASYPRINT,
        ("weasyprint.images", "SVGImage.draw"),
        "bf38036046fc040b",
        known_pictures,
        "100 signs of the house style a factsheet",
    ),
    Acceleration(
        "numbers",
        *PYDYF,
        ("pydyf", "_to_bytes"),
        "1cefd02c285d3aee",
        quick_numbers,
        "150,000 numbers and names in a factsheet",
    ),
    Acceleration(
        "small streams",
        *PYDYF,
        ("pydyf", "Stream.data"),
        "bdc2bc513f286de7",
        known_streams,
        "170 signs a factsheet, packed one by one",
    ),
)
