"""Names of areas as people say them, and what a CBS code tells by itself."""

from __future__ import annotations

import re

from wijkprofiel.model.computed import Level

_PREFIX = re.compile(r"^(?:wijk|buurt)\s+\d+\s+(?=\S)", re.IGNORECASE)
_CODE = re.compile(r"^(?:NL\d{2}|GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})$")
_LEVELS = {"NL": Level.LAND, "GM": Level.GEMEENTE, "WK": Level.WIJK, "BU": Level.BUURT}
_ABROAD = re.compile(r"^(?:GM|WK|BU)0998")
_NO_NEIGHBOURHOOD = {"groot water", "buitenland"}


def plain_name(name: str) -> str:
    """Return ``name`` without the number that some gemeenten put before it.

    >>> plain_name("Wijk 28 Centrum"), plain_name("Wijk 07")
    ('Centrum', 'Wijk 07')
    """
    return _PREFIX.sub("", name.strip())


def level_of(code: str) -> Level | None:
    """Return the level that a CBS code tells, or None when it is no CBS code.

    A wijk or buurt has letters where a gemeente has run out of numbers.

    >>> level_of("WK048402"), level_of("BU0363NJ01"), level_of("PV28")
    (<Level.WIJK: 'wijk'>, <Level.BUURT: 'buurt'>, None)
    """
    return _LEVELS[code[:2]] if _CODE.match(code) else None


def parent_of(code: str, country: str = "") -> str:
    """Return the code of the area that ``code`` lies in: buurt → wijk → gemeente → ``country``.

    >>> parent_of("BU03440821"), parent_of("WK034408"), parent_of("GM0344", "NL00")
    ('WK034408', 'GM0344', 'NL00')
    """
    match level_of(code):
        case Level.BUURT:
            return f"WK{code[2:8]}"
        case Level.WIJK:
            return f"GM{code[2:6]}"
        case Level.GEMEENTE:
            return country
    return ""


def is_land(code: str, name: str = "") -> bool:
    """Return whether an area is land: not water, not buitenland.

    Water rows have a code that ends in 99, but so have some wijken where people live: the code
    alone tells only buitenland.

    >>> is_land("WK010699", "Buitengebied"), is_land("WK051899", "Groot water"), is_land("GM0998")
    (True, False, False)
    """
    return not _ABROAD.match(code) and name.strip().lower() not in _NO_NEIGHBOURHOOD
