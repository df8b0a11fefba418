"""The table of reference numbers: what all reference areas together say about each measure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wijkprofiel.model.declared import Indicator
from wijkprofiel.model.frameworks import Framework
from wijkprofiel.sources.small import read_csv
from wijkprofiel.tables import REFERENCE_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

_SLOT: dict[str, Any] = {"id": True, "weight": True, "indicators": {"__all__": {"id"}}}
_COUNTED: dict[str, Any] = {
    "centre": True,
    "normalisation": True,
    "aggregation": True,
    "reference": True,
    "coverage": True,
    "domains": {"__all__": {"id": True, "coverage": True, "slots": {"__all__": _SLOT}}},
}
"""What of a framework the numbers of its slots and domains depend on."""

_TEXT = ("kind", "id", "framework", "period")


def read(data: bytes, where: str) -> pd.DataFrame:
    """Return a ReferenceTable (:mod:`wijkprofiel.tables`) from its CSV.

    Args:
        data: UTF-8, comma, point as decimal sign, one header row.
        where: the file it came from, for errors.

    Raises:
        DataError: a column is missing or unknown, a cell is no number, or the table is empty.
    """
    numbers = [name for name in REFERENCE_COLUMNS if name not in _TEXT]
    table = read_csv(data, where, text=_TEXT, numbers=numbers)
    return table.astype({"n": int})[list(REFERENCE_COLUMNS)]


def fingerprint(frameworks: Mapping[str, Framework], indicators: Mapping[str, Indicator]) -> str:
    """Return a checksum over all that the reference numbers of slots and domains depend on.

    Titles, questions, words and the like are left out: they change no number.

    Args:
        frameworks: by id.
        indicators: by id; of those in a slot the direction counts.
    """
    facts = {
        name: frameworks[name].model_dump(mode="json", include=_COUNTED)
        for name in sorted(frameworks)
    }
    scored = {
        entry.id
        for framework in frameworks.values()
        for domain in framework.domains
        for slot in domain.slots
        for entry in slot.indicators
    }
    directions = {name: indicators[name].direction for name in sorted(scored & set(indicators))}
    told = json.dumps([facts, directions], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
