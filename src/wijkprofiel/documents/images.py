"""What the sender brings along, on paper: logos, a photo of the area, lines for the colofon."""

from __future__ import annotations

from dataclasses import dataclass

from wijkprofiel.documents.desk import Desk

FOLDER = "templates/images"
SCHEME = "asset:"
PARTNER_HEIGHT = 6.0
"""Height of a partner's logo in the colofon, in mm."""


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


def _address(name: str) -> str:
    return f"{SCHEME}{FOLDER}/{name}"
