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


def on_the_same_scale(table: pd.DataFrame, frameworks: Mapping[str, Framework]) -> pd.DataFrame:
    """Return a table that is out of date without the slots and domains it can say nothing about.

    A slot that moved changes an SD a little; another normalisation or aggregation changes its
    scale, and a score made with the SD of z-scores would be wrong by a factor. So a framework
    that is not made of arithmetic means of z-scores has no domain scores then.

    Args:
        table: ReferenceTable.
        frameworks: by id.
    """
    usual = ("z", "arithmetic")
    other = [name for name, f in frameworks.items() if (f.normalisation, f.aggregation) != usual]
    return table[~table["framework"].isin(other)].reset_index(drop=True)


def fingerprint(frameworks: Mapping[str, Framework], indicators: Mapping[str, Indicator]) -> str:
    """Return a checksum over all that the reference numbers of slots and domains depend on.

    Titles, questions, words and the like are left out: they change no number.

    Args:
        frameworks: by id.
        indicators: by id; of those in a slot the direction counts.
    """
    facts = {name: _facts(frameworks[name]) for name in sorted(frameworks)}
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


def _facts(framework: Framework) -> dict[str, Any]:
    """Return what counts of one framework; of the keys that only one method reads, only then."""
    facts = framework.model_dump(mode="json", include=_COUNTED)
    if framework.normalisation in ("goalposts", "target"):
        facts["scales"] = [
            [part.id, getattr(part, framework.normalisation)]
            for domain in framework.domains
            for slot in domain.slots
            for part in slot.indicators
        ]
    if framework.aggregation == "geometric":
        facts["scores"] = [framework.clip, framework.sensitivity.floor]
    return facts
