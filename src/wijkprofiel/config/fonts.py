"""Is a file the font that it says it is, and does a style have a shape for every letter?"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

FOLDER = "templates/fonts"
MEGABYTE = 1_000_000
MOST_BYTES = 2 * MEGABYTE
STARTS = {
    ".woff2": (b"wOF2",),
    ".woff": (b"wOFF",),
    ".ttf": (b"\x00\x01\x00\x00", b"true"),
    ".otf": (b"OTTO",),
}
"""First bytes of a font file, by the end of its name."""
NEEDED = "".join(map(chr, range(0x21, 0x7F))) + "àáäçèéêëíïóôöúûü²·–„”’"
"""Signs without which a Dutch text cannot be set."""

_LENGTH = {b"wOF2": 8, b"wOFF": 8}
"""Where a compressed font says how long it is."""


def wrong(path: Path) -> str:
    """Return what is wrong with a font file by its first bytes and length, "" when nothing is."""
    starts = STARTS.get(path.suffix.lower())
    if starts is None:
        return f"is not a font file: {', '.join(STARTS)}"
    size = path.stat().st_size
    if size > MOST_BYTES:
        return f"is {size / MEGABYTE:.1f} MB, at most {MOST_BYTES / MEGABYTE:g} MB"
    with path.open("rb") as opened:
        head = opened.read(12)
    if not head.startswith(starts):
        return f"is not a {path.suffix} font"
    place = _LENGTH.get(head[:4])
    if place is not None and int.from_bytes(head[place : place + 4], "big") != size:
        return "is damaged: it is not as long as it says"
    return ""


def damaged(path: Path) -> bool:
    """Return whether a font cannot be read at all; it takes a few milliseconds."""
    return not signs(path)


def absent(paths: Iterable[Path]) -> str:
    """Return the needed signs that none of the fonts has, as one text."""
    known = {sign for path in paths for sign in signs(path)}
    return "".join(sign for sign in NEEDED if ord(sign) not in known)


def signs(path: Path) -> frozenset[int]:
    """Return the code points that a font has a shape for; none for a font that cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError, woff2

    unreadable = (TTLibError, woff2.brotli.error, struct.error, zlib.error, OSError, ValueError)
    try:
        with path.open("rb") as opened, TTFont(opened, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (*unreadable, LookupError, AssertionError):  # what fontTools says of damaged tables
        return frozenset()
