"""What the sender brings along, on paper: logos, a photo of the area, lines for the colofon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from markupsafe import Markup

from wijkprofiel.charts import tokens
from wijkprofiel.documents.desk import Desk

FOLDER = "templates/images"
SCHEME = "asset:"
PARTNER_HEIGHT = 6.0
"""Height of a partner's logo in the colofon, in mm."""
STRIP_PAD, STRIP_GAP = 0.8, 4.0
"""White above and below a strip of logos, and between them, in mm; the stylesheets agree."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo on paper: its address, its alternative text and its height in mm."""

    src: str
    alt: str
    height: float


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo on the cover; ``credit`` names who made it, and the licence."""

    src: str
    alt: str
    credit: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Logos beside each other on white; ``alt`` names them all, for where they are one picture.

    ``width`` and ``height`` are in mm.
    """

    markup: Markup
    alt: str
    width: float
    height: float


def logos(desk: Desk) -> tuple[Logo, ...]:
    """Return the logos of the sender, for the cover."""
    found = desk.config.logos_of(desk.profile.people)
    return tuple(Logo(_address(logo.file), logo.alt, logo.height) for logo in found)


def partners(desk: Desk) -> tuple[Logo, ...]:
    """Return the logos of the partners that have one; their alternative text is their name."""
    return tuple(
        Logo(_address(partner.logo), partner.name, PARTNER_HEIGHT)
        for partner in desk.profile.partners
        if partner.logo is not None
    )


def senders(desk: Desk) -> tuple[Logo, ...]:
    """Return the logos of the sender and of the partners, for where they stand together."""
    return (*logos(desk), *partners(desk))


def photo(desk: Desk) -> Photo | None:
    """Return the photo of the area, or None where nobody gave one."""
    given = desk.profile.people.photo
    if given is None:
        return None
    key = "photo.credit_licence" if given.licence else "photo.credit"
    credit = desk.words(key, name=given.credit, licence=given.licence)
    return Photo(_address(given.file), given.alt, credit)


def colophon_lines(desk: Desk) -> tuple[str, ...]:
    """Return the sender's own lines for the colofon."""
    return desk.config.colophon_of(desk.profile.people)


def fitting(every: Sequence[Logo], room: float, larger: float, desk: Desk) -> tuple[Logo, ...]:
    """Return logos ``larger`` times their height on paper, all smaller where they need more room.

    Args:
        every: the logos.
        room: mm that they may take beside each other.
        larger: factor.
        desk: knows where the files are.
    """
    wide = sum(logo.height * larger * _aspect(logo, desk) for logo in every)
    free = room - STRIP_GAP * (len(every) - 1)
    factor = larger * min(1.0, free / wide) if wide else larger
    return tuple(Logo(logo.src, logo.alt, round(logo.height * factor, 2)) for logo in every)


def strip(
    every: Sequence[Logo], room: float, larger: float, desk: Desk, edge: float = 0.0
) -> Strip | None:
    """Return logos as one strip of at most ``room`` mm, see :func:`fitting`; None without any.

    ``edge`` is the white before the first and behind the last, in mm.
    """
    if not every:
        return None
    found = fitting(every, room - 2 * edge, larger, desk)
    widths = [round(logo.height * _aspect(logo, desk), 2) for logo in found]
    height = round(max(logo.height for logo in found) + 2 * STRIP_PAD, 2)
    x, parts = edge, []
    for logo, width in zip(found, widths, strict=True):
        place = f"left: {x:g}mm; top: {round((height - logo.height) / 2, 2):g}mm"
        size = f"width: {width:g}mm; height: {logo.height:g}mm"
        parts.append(
            Markup('<img src="{}" alt="{}" style="position: absolute; {}; {}"/>').format(
                logo.src, logo.alt, place, size
            )
        )
        x = round(x + width + STRIP_GAP, 2)
    x = round(x - STRIP_GAP + edge, 2)
    box = f"position: relative; width: {x:g}mm; height: {height:g}mm"
    ground = f"background: {tokens.paper(desk.style)}"
    markup = Markup('<div style="{}; {}">{}</div>').format(box, ground, Markup("").join(parts))
    return Strip(markup, desk.words.enumerate([logo.alt for logo in found]), x, height)


def filling(given: Photo, width: float, height: float) -> Markup:
    """Return a photo that fills a box of ``width`` by ``height`` mm, cut where it is too long."""
    size = f"display: block; width: {width:g}mm; height: {height:g}mm; object-fit: cover"
    return Markup('<img src="{}" alt="{}" style="{}"/>').format(given.src, given.alt, size)


def _aspect(logo: Logo, desk: Desk) -> float:
    """Width of a logo divided by its height, from the file."""
    path = desk.config.assets.find(logo.src.removeprefix(SCHEME))
    if path.suffix == ".svg":
        wide, high = _drawn_size(path)
    else:
        from PIL import Image

        with Image.open(path) as opened:
            wide, high = map(float, opened.size)
    return wide / high


def _drawn_size(path: Path) -> tuple[float, float]:
    """Width and height of a drawing, which the config has looked into."""
    root = ET.fromstring(path.read_bytes())  # noqa: S314  # the config refuses entities
    box = root.get("viewBox")
    if box:
        wide, high = box.replace(",", " ").split()[2:4]
    else:
        wide, high = (root.get(name, "").rstrip("pxmtc%in") for name in ("width", "height"))
    return float(wide), float(high)


def _address(name: str) -> str:
    return f"{SCHEME}{FOLDER}/{name}"
