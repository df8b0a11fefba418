"""The few words that stand inside a chart, so that callers can give them in another language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from babel.numbers import format_decimal

from wijkprofiel.model import Status
from wijkprofiel.scoring.rounding import half_up


@dataclass(frozen=True, slots=True)
class Words:
    """Words inside charts."""

    language: str = "nl"
    statuses: Mapping[Status, str] = field(
        default_factory=lambda: MappingProxyType(
            {
                Status.UNKNOWN: "onbekend",
                Status.SUPPRESSED: "te weinig mensen",
                Status.NOT_APPLICABLE: "niet van toepassing",
                Status.NOT_MEASURED: "niet gemeten",
                Status.ABSENT: "niet in deze gegevens",
            }
        )
    )
    no_score: str = "geen score"
    no_reference: str = "geen vergelijking"
    this_area: str = "deze wijk"
    area: str = "de wijk"
    country: str = "het land"
    gemeente: str = "gemeente"
    middle_half: str = "middelste helft van de wijken"
    all_areas: str = "alle wijken"
    margin: str = "marge"
    low: str = "laag"
    high: str = "hoog"
    lowest: str = "laagste vijfde"
    middle: str = "middelste vijfde"
    highest: str = "hoogste vijfde"


DUTCH = Words()


@lru_cache(maxsize=1 << 14)
def printed(value: float, decimals: int = 0, language: str = "nl") -> str:
    """Return a number as it is printed: rounded half up, in the notation of ``language``.

    >>> printed(48.5), printed(4.65, 1), printed(33330)
    ('49', '4,7', '33.330')
    """
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(half_up(value, decimals), format=pattern, locale=language))
