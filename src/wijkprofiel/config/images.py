"""Is a file the image that it says it is? Judged by its content, never by its name alone.

A logo may be drawn (SVG, without scripts, letters or anything from outside) or be a picture (PNG,
JPEG); a photo is a picture. Everything that is wrong with a file comes as one sentence.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

FOLDER = "templates/images"
MEGABYTE = 1_000_000
MOST_BYTES = 2 * MEGABYTE
"""Of a picture: more makes a document too large to send."""
MOST_DRAWN = MEGABYTE // 4
"""Bytes of an SVG: a logo is never larger; what is, is a picture in disguise."""
MOST_PIXELS = 6000
"""Width and height of a picture."""
LEAST_PHOTO = 600
"""Width of a photo in pixels: under 150 per inch it looks bad on paper."""
MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}
"""Colours of a picture that a screen and paper show alike; not CMYK, which is for a press."""
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}

_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(", re.IGNORECASE)
_SVG = "{http://www.w3.org/2000/svg}"
_FORBIDDEN = {
    "script": "holds a script",
    "foreignObject": "holds another document (foreignObject)",
    "image": "holds a picture: use that as PNG",
    "text": "holds text, which needs a font",
    "animate": "moves",
    "set": "moves",
    "animateTransform": "moves",
    "animateMotion": "moves",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a file, and what to do."""

    message: str
    hint: str


def wrong(path: Path, *, photo: bool = False) -> Wrong | None:
    """Return what is wrong with an image, None when nothing is.

    Args:
        path: an existing file.
        photo: it must be a picture of some size, not a drawing.
    """
    most = MOST_DRAWN if path.suffix == ".svg" else MOST_BYTES
    size = path.stat().st_size
    if size == 0:
        return Wrong("is an empty file", "export it once more")
    if size > most:
        told = f"is {size / MEGABYTE:.1f} MB, at most {most / MEGABYTE:g} MB"
        return Wrong(told, "save it smaller, or with more compression")
    if path.suffix == ".svg":
        if photo:
            return Wrong("is a drawing (.svg), not a photo", "use a .jpg or .png")
        return next(_drawn(path.read_bytes()), None)
    return _picture(path, photo=photo)


def _picture(path: Path, *, photo: bool) -> Wrong | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with _strictly(), Image.open(path) as opened:
            found = _facts(opened, path, photo=photo)
            if found is None:
                opened.load()
            return found
    except UnidentifiedImageError:
        return Wrong("is not an image", "export it once more, as PNG or JPEG")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _too_many()
    except (OSError, SyntaxError, ValueError) as damage:
        return Wrong(f"is a damaged image ({damage})", "export it once more")


@contextmanager
def _strictly() -> Iterator[None]:
    """Read images whole or not at all, also where WeasyPrint has told Pillow to be lenient."""
    from PIL import Image, ImageFile

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _facts(opened: Any, path: Path, *, photo: bool) -> Wrong | None:
    wanted = FORMATS[path.suffix]
    wide, tall = opened.size
    if opened.format != wanted:
        return Wrong(f"is {opened.format}, not {wanted}", "give it the name that fits")
    if max(wide, tall) > MOST_PIXELS:
        return _too_many()
    if photo and wide < LEAST_PHOTO:
        hint = f"use one of {LEAST_PHOTO} pixels or more"
        return Wrong(f"is {wide} pixels wide, too few for paper", hint)
    if opened.mode not in MODES:
        return Wrong(f"has colours in {opened.mode}", "save it as RGB, with 8 bits per colour")
    if getattr(opened, "n_frames", 1) > 1:
        return Wrong("moves", "use a single picture")
    return None


def _too_many() -> Wrong:
    return Wrong(f"is larger than {MOST_PIXELS} by {MOST_PIXELS} pixels", "save it smaller")


def _drawn(content: bytes) -> Iterator[Wrong]:
    """Yield what is wrong with an SVG."""
    if _DECLARATION.search(content):
        yield Wrong("holds a DOCTYPE or an entity", "remove that line: it can fetch other files")
        return
    try:
        root = ET.fromstring(content)  # noqa: S314  # no entities: refused above; small: see wrong()
    except ET.ParseError as mistake:
        yield Wrong(f"is not an SVG: {mistake}", "export it once more")
        return
    if root.tag not in (f"{_SVG}svg", "svg"):
        yield Wrong(f"is not an SVG: it starts with <{root.tag}>", "export it once more")
        return
    if "viewBox" not in root.attrib and not {"width", "height"} <= root.attrib.keys():
        yield Wrong("does not say how large it is", "add a viewBox")
    for element in root.iter():
        yield from _element(element)


def _element(element: ET.Element) -> Iterator[Wrong]:
    name = str(element.tag).removeprefix(_SVG)
    if name in _FORBIDDEN:
        hint = "turn letters into outlines" if name == "text" else "export it as plain shapes"
        yield Wrong(_FORBIDDEN[name], hint)
    if name == "style" and _OUTSIDE.search(element.text or ""):
        yield Wrong("fetches something from outside", "export it as plain shapes")
    for key, value in element.attrib.items():
        attribute = key.rsplit("}", 1)[-1]
        if attribute.lower().startswith("on"):
            yield Wrong(f"holds a script ({attribute})", "export it as plain shapes")
        elif attribute == "href" and not value.startswith("#"):
            yield Wrong("refers to something outside it", "export it as plain shapes")
        elif _OUTSIDE.search(value):
            yield Wrong("fetches something from outside", "export it as plain shapes")
