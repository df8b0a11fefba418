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

DIGITS = 3
"""Decimals of points: as many as our drawings have."""
LETTERS = 256
"""Room for a text; for a longer one it is made larger."""
END = 2
"""Bytes of the zero that pdfium puts after a text."""


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

        self._pdfium = pdfium
        self._page, self._text = opened, opened.get_textpage()
        self._four = [ctypes.c_float() for _ in range(4)]
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._modes = (ctypes.c_int(), ctypes.c_int())
        self._matrix = pdfium.FS_MATRIX()
        self._letters = (ctypes.c_ushort * LETTERS)()
        self.room: Box = tuple(opened.get_cropbox())
        self.pieces: list[Piece] = []
        self.shapes: list[Shape] = []
        self.pictures: list[Box] = []
        self.forms: list[Box] = []

    def read(self) -> None:
        """Read all objects, in the order of drawing."""
        pdfium, raw = self._pdfium, self._page.raw
        for i in range(pdfium.FPDFPage_CountObjects(raw)):
            item = pdfium.FPDFPage_GetObject(raw, i)
            self._object(item, NONE, pdfium.FPDFPageObj_GetMarkedContentID(item), -1)

    def _object(self, item: Any, outer: Matrix, mark: int, holder: int) -> None:
        pdfium = self._pdfium
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self.pieces.append(self._piece(item, outer, mark))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self.shapes.append(self._shape(item, outer, mark, holder))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append(self._box(item, outer))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            holder = len(self.forms)
            self.forms.append(self._box(item, outer))
            inner = times(self._own_matrix(item), outer)
            for i in range(pdfium.FPDFFormObj_CountObjects(item)):
                within = pdfium.FPDFFormObj_GetObject(item, i)
                own = pdfium.FPDFPageObj_GetMarkedContentID(within)
                self._object(within, inner, own if mark < 0 else mark, holder)

    def _piece(self, item: Any, outer: Matrix, mark: int) -> Piece:
        pdfium = self._pdfium
        pdfium.FPDFTextObj_GetFontSize(item, self._four[0])
        size = float(self._four[0].value)
        own = times(self._own_matrix(item), outer)
        hidden = pdfium.FPDFTextObj_GetTextRenderMode(item) in (
            pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP,
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
        pdfium = self._pdfium
        fill, stroke = self._modes
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        return Shape(
            points=self._points(item),
            box=self._box(item, outer),
            mark=mark,
            fill=self._filled(item) if fill.value else "",
            stroke=self._stroked(item) if stroke.value else "",
            holder=holder,
            matrix=times(self._own_matrix(item), outer),
        )

    def _points(self, path: Any) -> tuple[Point, ...]:
        """The points of a path, without the two handles of each curve."""
        pdfium, (x, y) = self._pdfium, self._four[:2]
        found, handles = [], 0
        for i in range(pdfium.FPDFPath_CountSegments(path)):
            segment = pdfium.FPDFPath_GetPathSegment(path, i)
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO:
                handles = (handles + 1) % 3
                if handles:
                    continue
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            found.append((round(x.value, DIGITS), round(y.value, DIGITS)))
        return tuple(found)

    def _clip(self, item: Any, outer: Matrix) -> Box | None:
        """The part of the page that an object is cut to; pdfium leaves out a clip around it all."""
        pdfium, (x, y) = self._pdfium, self._four[:2]
        clip = pdfium.FPDFPageObj_GetClipPath(item)
        count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
        seen: Box | None = None
        for path in range(max(count, 0)):
            points = []
            for i in range(max(pdfium.FPDFClipPath_CountPathSegments(clip, path), 0)):
                segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, i)
                pdfium.FPDFPathSegment_GetPoint(segment, x, y)
                points.append(moved((x.value, y.value), outer))
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
        left, bottom, right, top = self._four
        self._pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        box = (left.value, bottom.value, right.value, top.value)
        if outer is NONE:
            return box
        corners = [(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])]
        return around([moved(corner, outer) for corner in corners])

    def _own_matrix(self, item: Any) -> Matrix:
        found = self._matrix
        self._pdfium.FPDFPageObj_GetMatrix(item, found)
        return (found.a, found.b, found.c, found.d, found.e, found.f)

    def _filled(self, item: Any) -> str:
        self._pdfium.FPDFPageObj_GetFillColor(item, *self._colour)
        return self._named()

    def _stroked(self, item: Any) -> str:
        self._pdfium.FPDFPageObj_GetStrokeColor(item, *self._colour)
        return self._named()

    def _named(self) -> str:
        red, green, blue, _ = (part.value for part in self._colour)
        return f"#{red:02X}{green:02X}{blue:02X}"


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


def _common(one: Box | None, other: Box) -> Box:
    if one is None:
        return other
    return (max(one[0], other[0]), max(one[1], other[1]),
            min(one[2], other[2]), min(one[3], other[3]))  # fmt: skip
