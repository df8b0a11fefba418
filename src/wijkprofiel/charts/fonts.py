"""Text widths from the fonts' own metrics: names and labels fit because they are measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from wijkprofiel.assets import Assets
from wijkprofiel.charts.svg import MM_PER_PT
from wijkprofiel.model import HouseStyle

FOLDER = "templates/fonts"
TYPICAL = 0.56
"""Width in em of a character that no font has."""

BREAKS = re.compile(r"[^ \-/]+[\-/]*|[\-/]+")


@dataclass(frozen=True, slots=True)
class Fit:
    """A text broken into lines, and the size at which they fit."""

    size: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """Widths of text in a house style.

    Attributes:
        faces: per family, in the order of the stylesheet: weight and font file.
    """

    faces: tuple[tuple[tuple[int, Path], ...], ...]
    _widths: dict[int, dict[str, float]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, style: HouseStyle, assets: Assets) -> Measure:
        """Return the measure of a style; no file is opened yet.

        Raises:
            ConfigError: a font file is not there.
        """
        faces = [
            tuple((weight, assets.find(f"{FOLDER}/{name}")) for weight, name in sorted(files))
            for files in (font.files.items() for font in style.fonts)
        ]
        return _measure(tuple(faces))

    def text_width(self, text: str, size_pt: float, weight: int = 400) -> float:
        """Return the width of ``text`` in mm, without kerning.

        Args:
            text: one line.
            size_pt: size in points.
            weight: 400 to 800; the nearest weight that the style has is measured.
        """
        widths = self._widths.setdefault(weight, {})
        try:
            ems = sum(map(widths.__getitem__, text))
        except KeyError:
            widths |= {sign: self._advance(sign, weight) for sign in set(text).difference(widths)}
            ems = sum(map(widths.__getitem__, text))
        return ems * size_pt * MM_PER_PT

    def fit(self, text: str, sizes: Sequence[float], width_mm: float, max_lines: int) -> Fit:
        """Return the largest of ``sizes`` at which ``text`` (weight 800) fits.

        Lines break at a space, after a hyphen or after a slash, nowhere else. Where no size fits,
        the smallest is returned with as many lines as it takes.
        """
        for size in sorted(sizes, reverse=True):
            lines = self.wrap(text, size, width_mm, weight=800)
            widest = max(self.text_width(line, size, 800) for line in lines)
            if len(lines) <= max_lines and widest <= width_mm:
                return Fit(size, lines)
        smallest = min(sizes)
        return Fit(smallest, self.wrap(text, smallest, width_mm, weight=800))

    def wrap(
        self, text: str, size_pt: float, width_mm: float, *, weight: int = 400
    ) -> tuple[str, ...]:
        """Return ``text`` in lines of at most ``width_mm``; a longer word keeps its own line."""
        return _wrapped(self, text, size_pt, width_mm, weight)

    def _advance(self, sign: str, weight: int) -> float:
        for files in self.faces:
            path = min(files, key=lambda face: (abs(face[0] - weight), face[0]))[1]
            advance = _advances(path).get(ord(sign))
            if advance is not None:
                return advance
        return TYPICAL


@lru_cache(maxsize=8)
def _measure(faces: tuple[tuple[tuple[int, Path], ...], ...]) -> Measure:
    """The measure of fonts: one for all documents, so that every sign is looked up once."""
    return Measure(faces)


@lru_cache(maxsize=1024)
def _wrapped(
    measure: Measure, text: str, size_pt: float, width_mm: float, weight: int
) -> tuple[str, ...]:
    """The lines of a text: the same ones come back in all documents, and several times in each."""
    lines = [""]
    for glue, piece in _pieces(text):
        longer = lines[-1] + glue + piece
        if lines[-1] and measure.text_width(longer, size_pt, weight) > width_mm:
            lines.append(piece)
        else:
            lines[-1] = longer
    return tuple(lines)


def shipped(style: HouseStyle) -> Measure:
    """Return the measure of a style whose fonts travel with the program."""
    return _shipped(tuple(tuple(sorted(font.files.items())) for font in style.fonts))


@lru_cache(maxsize=8)
def _shipped(files: tuple[tuple[tuple[int, str], ...], ...]) -> Measure:
    assets = Assets.of()
    return _measure(
        tuple(
            tuple((weight, assets.find(f"{FOLDER}/{name}")) for weight, name in face)
            for face in files
        )
    )


@cache
def _advances(path: Path) -> dict[int, float]:
    """Return advance widths in em by code point: only ``cmap`` and ``hmtx`` are read."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        per_em = font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        return {code: widths[glyph][0] / per_em for code, glyph in font.getBestCmap().items()}


def _pieces(text: str) -> list[tuple[str, str]]:
    """Return the pieces between which a line may break, each with the space before it.

    No line begins with a slash, not even after a space (UAX #14, LB13).
    """
    found: list[tuple[str, str]] = []
    for word in text.split():
        for order, piece in enumerate(BREAKS.findall(word)):
            space = " " if found and order == 0 else ""
            if found and piece.startswith("/"):
                glue, before = found.pop()
                found.append((glue, before + space + piece))
            else:
                found.append((space, piece))
    return found or [("", "")]
