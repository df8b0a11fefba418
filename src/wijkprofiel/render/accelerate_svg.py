"""Less work for drawing: outlines are read once, numbers are written without questions.

WeasyPrint reads the rest of an outline again for every point of it.
"""

from __future__ import annotations

from typing import Any

from wijkprofiel.render.accelerate import Acceleration

WEASYPRINT = ("weasyprint", "70.0")
PYDYF = ("pydyf", "0.13.0")

_PLAIN = frozenset("MLZ0123456789.- ")
_MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")


def straight_paths(stock: Any) -> Any:
    """Read an outline of straight lines in one go: only ``M``, ``L``, ``Z`` and plain numbers."""

    def path(svg: Any, node: Any, font_size: float) -> None:
        steps = None
        if not any(node.get(marker) for marker in _MARKERS):
            steps = _steps(node.get("d", ""))
        if steps is None:
            stock(svg, node, font_size)
            return
        stream = svg.stream
        stream.move_to(0, 0)
        for name, x, y in steps:
            if name == "L":
                stream.line_to(x, y)
            elif name == "M":
                stream.move_to(x, y)
            else:
                stream.close()

    return path


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


def quick_numbers(stock: Any) -> Any:
    """Write numbers without asking first what else they might be."""

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
        return stock(item)

    return to_bytes


ALL = (
    Acceleration(
        "paths",
        *WEASYPRINT,
        ("weasyprint.svg.path", "path"),
        "194cd562b8d98251",
        straight_paths,
        "outlines of areas and lines of charts",
        also=(("weasyprint.svg", "TAGS.path"),),
    ),
    Acceleration(
        "numbers",
        *PYDYF,
        ("pydyf", "_to_bytes"),
        "1cefd02c285d3aee",
        quick_numbers,
        "150,000 numbers and names in a factsheet",
    ),
)
