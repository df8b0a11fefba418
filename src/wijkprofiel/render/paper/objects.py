"""What is drawn on a page: texts with their boxes, shapes with their points, read with pdfium."""

from __future__ import annotations

import ctypes
from typing import Any

from wijkprofiel.render.paper import ink
from wijkprofiel.render.paper.facts import (
    NONE,
    Box,
    Matrix,
    Page,
    Piece,
    Point,
    Shape,
    around,
    moved,
)
from wijkprofiel.render.pdfium import address, quick

DIGITS = 3
"""Decimals of points: as many as our drawings have."""
LETTERS = 256
"""Room for a text; for a longer one it is made larger."""
END = 2
"""Bytes of the zero that pdfium puts after a text."""
HANDLES = 2
"""Points of a curve before the one that it goes to; pdfium gives them as segments too."""
ASKED = (
    "FPDFClipPath_CountPathSegments", "FPDFClipPath_CountPaths", "FPDFClipPath_GetPathSegment",
    "FPDFFormObj_CountObjects", "FPDFFormObj_GetObject", "FPDFPageObj_GetBounds",
    "FPDFPageObj_GetClipPath", "FPDFPageObj_GetFillColor", "FPDFPageObj_GetMarkedContentID",
    "FPDFPageObj_GetMatrix", "FPDFPageObj_GetStrokeColor", "FPDFPageObj_GetType",
    "FPDFPage_CountObjects", "FPDFPage_GetObject", "FPDFPathSegment_GetPoint",
    "FPDFPathSegment_GetType", "FPDFPath_CountSegments", "FPDFPath_GetDrawMode",
    "FPDFPath_GetPathSegment", "FPDFTextObj_GetFontSize", "FPDFTextObj_GetText",
    "FPDFTextObj_GetTextRenderMode",
)  # fmt: skip
"""What pdfium is asked for, many times a page."""


def page(opened: Any, number: int) -> Page:
    """Return what stands on a page.

    Args:
        opened: a pypdfium2.PdfPage.
        number: of the page, from 1.
    """
    reader = _Reader(opened)
    reader.read()
    pieces, shapes = ink.seen(opened, reader.room, reader.pieces, reader.shapes)
    return Page(
        number=number,
        room=reader.room,
        pieces=pieces,
        shapes=shapes,
        pictures=tuple(reader.pictures),
        forms=tuple(reader.forms),
    )


class _Reader:
    """Gathers the objects of one page; the numbers that pdfium fills in are made once."""

    def __init__(self, opened: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium, self._kinds = quick(ASKED), pdfium
        self._page = address(opened.raw)
        self._text = opened.get_textpage()
        self._numbers, self._four = _room(ctypes.c_float, 4)
        self._parts, self._colour = _room(ctypes.c_uint, 4)
        self._ways, self._modes = _room(ctypes.c_int, 2)
        self._six, self._matrix = _room(ctypes.c_float, 6)
        self._letters = (ctypes.c_ushort * LETTERS)()
        self.room: Box = tuple(opened.get_cropbox())
        self.pieces: list[Piece] = []
        self.shapes: list[Shape] = []
        self.pictures: list[Box] = []
        self.forms: list[Box] = []

    def read(self) -> None:
        """Read all objects, in the order of drawing."""
        pdfium, page = self._pdfium, self._page
        for i in range(pdfium.FPDFPage_CountObjects(page)):
            item = pdfium.FPDFPage_GetObject(page, i)
            self._object(item, NONE, pdfium.FPDFPageObj_GetMarkedContentID(item), -1)

    def _object(self, item: Any, outer: Matrix, mark: int, holder: int) -> None:
        pdfium, kinds = self._pdfium, self._kinds
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == kinds.FPDF_PAGEOBJ_TEXT:
            self.pieces.append(self._piece(item, outer, mark))
        elif kind == kinds.FPDF_PAGEOBJ_PATH:
            self.shapes.append(self._shape(item, outer, mark, holder))
        elif kind == kinds.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append(self._box(item, outer))
        elif kind == kinds.FPDF_PAGEOBJ_FORM:
            holder = len(self.forms)
            self.forms.append(self._box(item, outer))
            inner = times(self._own_matrix(item), outer)
            for i in range(pdfium.FPDFFormObj_CountObjects(item)):
                within = pdfium.FPDFFormObj_GetObject(item, i)
                own = pdfium.FPDFPageObj_GetMarkedContentID(within)
                self._object(within, inner, own if mark < 0 else mark, holder)

    def _piece(self, item: Any, outer: Matrix, mark: int) -> Piece:
        pdfium, kinds = self._pdfium, self._kinds
        pdfium.FPDFTextObj_GetFontSize(item, self._four[0])
        size = float(self._numbers[0])
        own = times(self._own_matrix(item), outer)
        hidden = pdfium.FPDFTextObj_GetTextRenderMode(item) in (
            kinds.FPDF_TEXTRENDERMODE_INVISIBLE, kinds.FPDF_TEXTRENDERMODE_CLIP,
        )  # fmt: skip
        return Piece(
            text=self._said(item),
            box=self._box(item, outer),
            mark=mark,
            colour="" if hidden else self._filled(item),
            size=size * (own[2] ** 2 + own[3] ** 2) ** 0.5,
            clip=self._clip(item, outer),
        )

    def _shape(self, item: Any, outer: Matrix, mark: int, holder: int) -> Shape:
        self._pdfium.FPDFPath_GetDrawMode(item, *self._modes)
        fill, stroke = self._ways
        return Shape(
            points=self._points(item),
            box=self._box(item, outer),
            mark=mark,
            fill=self._filled(item) if fill else "",
            stroke=self._stroked(item) if stroke else "",
            holder=holder,
            matrix=times(self._own_matrix(item), outer),
        )

    def _points(self, path: Any) -> tuple[Point, ...]:
        """The points of a path, without the two handles of each curve."""
        pdfium, kinds, found = self._pdfium, self._kinds, []
        numbers, (x, y, *_) = self._numbers, self._four
        get, kind, point = (
            pdfium.FPDFPath_GetPathSegment,
            pdfium.FPDFPathSegment_GetType,
            pdfium.FPDFPathSegment_GetPoint,
        )
        curve = kinds.FPDF_SEGMENT_BEZIERTO
        at, end = 0, pdfium.FPDFPath_CountSegments(path)
        while at < end:
            segment = get(path, at)
            if kind(segment) == curve:
                at += HANDLES
                segment = get(path, at)
            point(segment, x, y)
            found += numbers[:2]
            at += 1
        rounded = _rounded(found)
        return tuple(zip(rounded[::2], rounded[1::2], strict=True))

    def _clip(self, item: Any, outer: Matrix) -> Box | None:
        """The part of the page that an object is cut to; pdfium leaves out a clip around it all."""
        pdfium, (x, y, *_) = self._pdfium, self._four
        clip = pdfium.FPDFPageObj_GetClipPath(item)
        count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
        seen: Box | None = None
        for path in range(max(count, 0)):
            points = []
            for i in range(max(pdfium.FPDFClipPath_CountPathSegments(clip, path), 0)):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, i)
                pdfium.FPDFPathSegment_GetPoint(segment, x, y)
                points.append(moved((self._numbers[0], self._numbers[1]), outer))
            if points:
                seen = _common(seen, around(points))
        return seen

    def _said(self, item: Any) -> str:
        ask, page, buffer = self._pdfium.FPDFTextObj_GetText, self._text.raw, self._letters
        length = ask(item, page, buffer, ctypes.sizeof(buffer))
        if length > ctypes.sizeof(buffer):
            self._letters = buffer = (ctypes.c_ushort * length)()
            ask(item, page, buffer, length)
        return ctypes.string_at(buffer, max(length - END, 0)).decode("utf-16-le", "replace")

    def _box(self, item: Any, outer: Matrix) -> Box:
        self._pdfium.FPDFPageObj_GetBounds(item, *self._four)
        left, bottom, right, top = self._numbers
        if outer is NONE:
            return (left, bottom, right, top)
        corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
        return around([moved(corner, outer) for corner in corners])

    def _own_matrix(self, item: Any) -> Matrix:
        self._pdfium.FPDFPageObj_GetMatrix(item, self._matrix[0])
        a, b, c, d, e, f = self._six
        return (a, b, c, d, e, f)

    def _filled(self, item: Any) -> str:
        self._pdfium.FPDFPageObj_GetFillColor(item, *self._colour)
        return self._named()

    def _stroked(self, item: Any) -> str:
        self._pdfium.FPDFPageObj_GetStrokeColor(item, *self._colour)
        return self._named()

    def _named(self) -> str:
        red, green, blue, _ = self._parts
        return f"#{red:02X}{green:02X}{blue:02X}"


def _room(kind: Any, count: int) -> tuple[Any, tuple[Any, ...]]:
    """Room for numbers that pdfium fills in, and what it is told of where each of them is."""
    made = (kind * count)()
    return made, tuple(ctypes.byref(made, at * ctypes.sizeof(kind)) for at in range(count))


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that does ``inner`` and then ``outer`` (ISO 32000-1, 8.3.4).

    >>> times((2, 0, 0, 2, 1, 1), (1, 0, 0, -1, 0, 10))
    (2, 0, 0, -2, 1, 9)
    """
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _rounded(numbers: list[float]) -> list[float]:
    """Single numbers to ``DIGITS`` decimals, exactly as round() has them, but all at once.

    A thousand times such a number is no rounding yet: a double holds all of its digits.

    >>> _rounded([0.0625, 2.5, -1.0625])
    [0.062, 2.5, -1.062]
    """
    import numpy as np

    unit = 10**DIGITS
    rounded: list[float] = (np.rint(np.array(numbers) * unit) / unit).tolist()
    return rounded


def _common(one: Box | None, other: Box) -> Box:
    if one is None:
        return other
    return (max(one[0], other[0]), max(one[1], other[1]),
            min(one[2], other[2]), min(one[3], other[3]))  # fmt: skip
