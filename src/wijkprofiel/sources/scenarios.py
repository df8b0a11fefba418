"""The table of scenario SDs: how much the reference areas differ in each way to work out a domain.

A project with a part of the country cannot work them out itself. Every row carries a checksum of
the framework that it was made with, so that a change in one framework costs only that framework
its robustness, and never makes a wrong one.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from wijkprofiel.errors import DataError, did_you_mean
from wijkprofiel.model.computed import Finding, Severity
from wijkprofiel.model.declared import Indicator
from wijkprofiel.model.frameworks import Framework
from wijkprofiel.sources.contract import admit_scenarios
from wijkprofiel.tables import SCENARIO_COLUMNS, draw_columns

if TYPE_CHECKING:
    import pandas as pd

    from wijkprofiel.config import Config
    from wijkprofiel.sources.assemble import DataFile

_PART: dict[str, Any] = {"id": True, "goalposts": True}
_SLOT: dict[str, Any] = {"id": True, "weight": True, "indicators": {"__all__": _PART}}
_COUNTED: dict[str, Any] = {
    "centre": True,
    "reference": True,
    "coverage": True,
    "clip": True,
    "sensitivity": {"draws", "spread", "seed", "floor"},
    "domains": {"__all__": {"id": True, "coverage": True, "slots": {"__all__": _SLOT}}},
}
"""What of a framework the scenarios depend on."""


def fingerprint(framework: Framework, indicators: Mapping[str, Indicator]) -> str:
    """Return a checksum over all of a framework that the scenario SDs depend on.

    Words, bands, and the framework's own normalisation and aggregation are left out: every
    framework has the same scenarios.

    Args:
        framework: one framework.
        indicators: by id; of those in a slot the direction counts.
    """
    facts = framework.model_dump(mode="json", include=_COUNTED)
    scored = {p.id for d in framework.domains for slot in d.slots for p in slot.indicators}
    directions = {name: indicators[name].direction for name in sorted(scored & set(indicators))}
    told = json.dumps([facts, directions], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def write(table: pd.DataFrame) -> bytes:
    """Return a ScenarioTable as :func:`read` reads it; the same table gives the same bytes."""
    import gzip

    text = table.to_csv(index=False, lineterminator="\n", float_format="%.6f")
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def read(data: bytes, where: str, *, strict: bool = False) -> pd.DataFrame:
    """Return a ScenarioTable (:mod:`wijkprofiel.tables`) from its gzipped CSV.

    Args:
        data: UTF-8, comma, point as decimal sign, one header row, gzipped.
        where: the file it came from, for errors.
        strict: check it against the named contract; otherwise by the same rules, vectorised.

    Raises:
        DataError: it is no such file, a column is missing or unknown, or a row breaks the contract.
    """
    import pandas as pd

    keys = list(SCENARIO_COLUMNS)
    kinds = dict.fromkeys(keys, str)
    try:
        table = pd.read_csv(
            io.BytesIO(data), compression="gzip", dtype=kinds, keep_default_na=False, na_values=[""]
        )
    except (ValueError, OSError, EOFError) as broken:
        raise DataError(f"is no gzipped CSV: {broken}", where=where) from broken
    expected = [*keys, *draw_columns(len(table.columns) - len(keys))]
    strange = [name for name in table.columns if name not in expected]
    if strange or list(table.columns) != expected:
        named = ", ".join(f"{name}{did_you_mean(name, expected)}" for name in strange)
        raise DataError(
            f"its columns are not those of scenario SDs: {named or 'another order'}",
            "expected: " + ", ".join([*keys, "draw-1, draw-2 ..."]),
            where=where,
        )
    if table.empty:
        raise DataError("the table has no rows", where=where)
    return admit_scenarios(table.fillna({"left_out": ""}), where, strict=strict)


def of_files(
    config: Config, files: Iterable[DataFile], *, strict: bool = False
) -> tuple[pd.DataFrame | None, tuple[Finding, ...]]:
    """Return the rows that were made with the frameworks as they are, and what is out of date.

    Args:
        config: the project.
        files: of its data folder.
        strict: as in :func:`read`.

    Returns:
        A ScenarioTable, None without such a file; and a warning per framework that the project
        shows and no row was made with.

    Raises:
        DataError: a file is no such table.
    """
    found = next((file for file in files if file.sidecar.kind == "scenarios"), None)
    if found is None:
        return None, ()
    table = read(found.data, found.name, strict=strict)
    expected = {
        name: fingerprint(framework, config.indicators)
        for name, framework in config.frameworks.items()
    }
    right = table["made_with"] == table["framework"].map(expected)
    there = set(table.loc[right, "framework"])
    findings = tuple(
        Finding(
            "scenarios-out-of-date",
            Severity.WARNING,
            found.name,
            f"was not made with the framework '{name}' as it is: how steady its verdicts are, "
            "is not said",
            "make it again from the figures of the whole country",
        )
        for name in config.project.frameworks
        if name not in there
    )
    return table[right].reset_index(drop=True), findings
