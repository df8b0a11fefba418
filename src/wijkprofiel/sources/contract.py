"""The named contracts at the speed of a build.

pandera costs half a second to import: at load the same rules run as vectorised tests, and pandera
is asked only to say what is wrong when one of them fails. ``strict`` asks it always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wijkprofiel.model.computed import Status
from wijkprofiel.tables import (
    AREA_COLUMNS,
    CROSSWALK_COLUMNS,
    CROSSWALK_KEY,
    CROSSWALK_STATUSES,
    FROM_ANOTHER,
    INDICATOR_COLUMNS,
    INDICATOR_KEY,
    REFERENCE_COLUMNS,
    SCENARIO_COLUMNS,
    SCENARIO_KEY,
    check_areas,
    check_crosswalk,
    check_indicators,
    check_reference,
    check_scenarios,
)

if TYPE_CHECKING:
    import pandas as pd

_CODE = r"^[A-Z]{2}\d{2,4}[0-9A-Z]{0,4}$"


def admit_figures(table: pd.DataFrame, where: str, *, strict: bool = False) -> pd.DataFrame:
    """Return ``table`` as an IndicatorTable.

    Raises:
        DataError: every row that breaks the contract, all at once.
    """
    if strict or list(table.columns) != list(INDICATOR_COLUMNS) or not _sound_figures(table):
        return check_indicators(table, where)
    return table


def admit_areas(table: pd.DataFrame, where: str, *, strict: bool = False) -> pd.DataFrame:
    """Return ``table`` as an AreaTable.

    Raises:
        DataError: every row that breaks the contract, all at once.
    """
    sound = (
        list(table.columns) == list(AREA_COLUMNS)
        and table["code"].str.match(_CODE).all()
        and (table["name"].str.len() > 0).all()
        and not (table["population"] < 0).any()
        and not table.duplicated(["code", "boundary_year"]).any()
    )
    return table if sound and not strict else check_areas(table, where)


def admit_reference(table: pd.DataFrame, where: str, *, strict: bool = False) -> pd.DataFrame:
    """Return ``table`` as a ReferenceTable.

    Raises:
        DataError: every row that breaks the contract, all at once.
    """
    sound = (
        list(table.columns) == list(REFERENCE_COLUMNS)
        and table["kind"].isin(["indicator", "slot", "domain"]).all()
        and (table["sd"] >= 0).all()
        and (table["n"] >= 1).all()
        and ((table["minimum"] <= table["mean"]) & (table["mean"] <= table["maximum"])).all()
        and not table.duplicated(["kind", "framework", "id", "period"]).any()
    )
    return table if sound and not strict else check_reference(table, where)


def admit_crosswalk(table: pd.DataFrame, where: str, *, strict: bool = False) -> pd.DataFrame:
    """Return ``table`` as a CrosswalkTable.

    Raises:
        DataError: every row that breaks the contract, all at once.
    """
    sound = (
        list(table.columns) == list(CROSSWALK_COLUMNS)
        and table["area"].str.match(_CODE).all()
        and table["status"].isin(CROSSWALK_STATUSES).all()
        and (table["basis"].str.len() > 0).all()
        and (table["status"].isin(FROM_ANOTHER) == (table["from_area"] != "")).all()
        and ((table["from_area"] != "") == table["weight"].notna()).all()
        and not (table["weight"] <= 0).any()
        and not table.duplicated(CROSSWALK_KEY).any()
    )
    return table if sound and not strict else check_crosswalk(table, where)


def admit_scenarios(table: pd.DataFrame, where: str, *, strict: bool = False) -> pd.DataFrame:
    """Return ``table`` as a ScenarioTable.

    Raises:
        DataError: every row that breaks the contract, all at once.
    """
    keys, sds = list(SCENARIO_COLUMNS), table.columns[len(SCENARIO_COLUMNS) :]
    sound = (
        list(table.columns[: len(keys)]) == keys
        and not table.empty
        and table[sds].dtypes.eq("float64").all()
        and table["draw-1"].notna().all()
        and not (table[sds] < 0).to_numpy().any()
        and not (table[keys[:-1]] == "").to_numpy().any()
        and not table.duplicated(SCENARIO_KEY).any()
    )
    return table if sound and not strict else check_scenarios(table, where)


def _sound_figures(table: pd.DataFrame) -> bool:
    outside = (table["lower"] > table["value"]) | (table["upper"] < table["value"])
    return bool(
        ((table["status"] == Status.OK.value) == table["value"].notna()).all()
        and table["status"].isin([s.value for s in Status]).all()
        and not outside.any()
        and not (table["n"] < 0).any()
        and table["area"].drop_duplicates().str.match(_CODE).all()
        and table["period"].drop_duplicates().str.match(r"^\d{4}").all()
        and not table.duplicated(INDICATOR_KEY).any()
    )
