"""Against numbers that others worked out: PHEindicatormethods, COINr, published examples.

``expected/`` holds the numbers that the project tests with by itself. Where the oracles lie beside
the project (``../shared/oracles``), every row of them is read too.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from builders import expected, rows_of
from wijkprofiel.scoring import aggregate, normalise, uncertainty
from wijkprofiel.scoring.normalise import Scale

ORACLES = Path(__file__).parents[2] / "shared" / "oracles"
PHE, COINR = ORACLES / "phe", ORACLES / "coinr"
WITHOUT = "the full oracle is not beside the project (../shared/oracles)"
with_phe = pytest.mark.skipif(not PHE.is_dir(), reason=WITHOUT)
with_coinr = pytest.mark.skipif(not COINR.is_dir(), reason=WITHOUT)

Numbers = NDArray[np.float64]


def limits(method: str, x: float, n: float, level: float) -> tuple[float, float]:
    low, high = uncertainty.byar(x, level) if method == "byar" else uncertainty.wilson(x, n, level)
    return float(low), float(high)


def number(text: str) -> float:
    return float(text) if text else float("nan")


# --- Wilson and Byar ------------------------------------------------------------------------


def test_wilson_and_byar_equal_pheindicatormethods() -> None:
    rows = expected("phe_limits.csv")
    for row in rows:
        x, n, lower, upper = (number(row[name]) for name in ("x", "n", "lower", "upper"))
        found = limits(row["method"], x, n, float(row["level"]))
        scaled = [side * float(row["multiplier"]) for side in found]
        np.testing.assert_allclose(scaled, [lower, upper], rtol=1e-12, atol=1e-12)
    assert [row["method"] for row in rows].count("byar") == 7
    assert len(rows) == 62


@with_phe
def test_byar_and_wilson_equal_every_row_of_the_first_sheet() -> None:
    table = pd.read_excel(PHE / "testdata_Byars_Wilson.xlsx", engine="calamine")
    assert len(table) == 13
    for row in table.to_dict("records"):
        level = float(str(row["confidence"]).rstrip("%")) / 100
        method = "byar" if row["method"] == "Byars" else "wilson"
        wanted = [row["lowercl"], row["uppercl"]]
        np.testing.assert_allclose(
            limits(method, row["x"], row["n"], level), wanted, rtol=1e-12, atol=1e-12
        )


@with_phe
@pytest.mark.parametrize(
    ("sheet", "columns", "length"),
    [
        ("testdata_Prop", {0.95: ("lower95_0cl", "upper95_0cl")}, 19),
        ("testdata_Prop", {0.998: ("lower99_8cl", "upper99_8cl")}, 19),
        ("testdata_Prop_g", {0.95: ("lowercl", "uppercl")}, 11),
    ],
)
def test_proportions_equal_every_row_of_the_other_sheets(
    sheet: str, columns: Mapping[float, tuple[str, str]], length: int
) -> None:
    table = pd.read_excel(PHE / "testdata_Proportion.xlsx", sheet_name=sheet, engine="calamine")
    assert len(table) == length
    for level, names in columns.items():
        found = uncertainty.wilson(table["Numerator"], table["Denominator"], level)
        for side, name in zip(found, names, strict=True):
            np.testing.assert_allclose(
                side * table["multiplier"], table[name], rtol=1e-12, atol=1e-12
            )


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_equals_newcombe(x: int, n: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17: 857–872, table I, method 3."""
    found = limits("wilson", x, n, 0.95)
    assert [round(side, 4) for side in found] == [low, high]


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(10, 4.795, 18.391), (20, 12.217, 30.888), (50, 37.111, 65.919), (100, 81.364, 121.627)],
)
def test_byar_is_within_a_fifth_of_a_percent_of_the_exact_limits(
    events: int, low: float, high: float
) -> None:
    """As Public Health England's guide says of 10 events or more; exact: Garwood (1936)."""
    np.testing.assert_allclose(limits("byar", events, 0, 0.95), (low, high), rtol=2e-3)


# --- normalisation and aggregation ------------------------------------------------------------


def scale_of(values: Numbers, **more: Any) -> Scale:
    low, high = float(values.min()), float(values.max())
    return Scale(float(values.mean()), float(values.std(ddof=1)), low, high, **more)


def test_min_max_and_weighted_mean_equal_coinr() -> None:
    """ASEM index, group Environ: one indicator that is good when high, four when low."""
    table = pd.DataFrame(expected("coinr_asem.csv")).set_index("unit").astype(float)
    names = ["Renew", "PrimEner", "CO2", "MatCon", "Forest"]
    columns = []
    for name in names:
        treated = table[f"treated_{name}"].to_numpy()
        sign = 1 if name == "Renew" else -1
        found = 100 * normalise.min_max(treated, scale=scale_of(treated), sign=sign)
        np.testing.assert_allclose(found, table[f"normalised_{name}"], atol=1e-9)
        columns.append(found)
    group, _ = aggregate.arithmetic(np.column_stack(columns), np.ones(5))
    np.testing.assert_allclose(group, table["Environ"], atol=1e-9)
    for whole, parts in (
        ("Sust", ["Environ", "Social", "SusEcFin"]),
        ("Index", ["Conn", "Sust"]),
    ):
        mean, _ = aggregate.arithmetic(table[parts].to_numpy(), np.ones(len(parts)))
        np.testing.assert_allclose(mean, table[whole], atol=1e-9)
    assert len(table) == 51


@with_coinr
def test_the_whole_index_equals_coinr_from_treated_on() -> None:
    """ASEM: 49 treated indicators → min-max 0–100 → 8 groups → 2 sub-indices → index."""
    treated = pd.read_csv(COINR / "ASEM_COIN_data_Treated.csv")
    normalised = pd.read_csv(COINR / "ASEM_COIN_data_Normalised.csv")
    aggregated = pd.read_csv(COINR / "ASEM_COIN_data_Aggregated.csv")
    values: dict[str, Numbers] = {}
    for row in rows_of(COINR / "ASEM_COIN_IndMeta.csv"):
        name, x = row["IndCode"], treated[row["IndCode"]].to_numpy(dtype=np.float64)
        sign = int(float(row["Direction"]))
        values[name] = 100 * normalise.min_max(x, scale=scale_of(x), sign=sign)
        np.testing.assert_allclose(values[name], normalised[name], atol=1e-9)
    assert len(values) == 49
    weight = {row["Code"]: float(row["Weight"]) for row in rows_of(COINR / "ASEM_COIN_weights.csv")}
    parents: dict[str, dict[str, str]] = {"Agg1": {}, "Agg2": {}, "Agg3": {}}
    for row in rows_of(COINR / "ASEM_COIN_structure.csv"):
        for level, below in (("Agg1", "IndCode"), ("Agg2", "Agg1"), ("Agg3", "Agg2")):
            parents[level][row[below]] = row[level]
    checked = 0
    for children in parents.values():
        for group in dict.fromkeys(children.values()):
            names = [child for child, parent in children.items() if parent == group]
            matrix = np.column_stack([values[name] for name in names])
            values[group], _ = aggregate.arithmetic(matrix, [weight[name] for name in names])
            np.testing.assert_allclose(values[group], aggregated[group], atol=1e-9)
            checked += 1
    assert checked == 11


def test_goalposts_and_the_geometric_mean_give_the_human_development_index() -> None:
    """UNDP, Human Development Report 2019, technical note 1, Costa Rica 2018: 0.794."""

    def index(value: float, low: float, high: float) -> float:
        scale = Scale(np.nan, np.nan, np.nan, np.nan, goalposts=(low, high))
        return float(normalise.goalposts(value, scale=scale))

    health = index(80.1, 20, 85)
    school, _ = aggregate.arithmetic([[index(15.4, 0, 18), index(8.7, 0, 15)]], [1, 1])
    income = index(np.log(14790), np.log(100), np.log(75000))
    assert [round(x, 3) for x in (health, float(school[0]), income)] == [0.925, 0.718, 0.755]
    scores = 10 * np.array([[health, float(school[0]), income]])
    assert round(float(aggregate.geometric(scores, [1, 1, 1])[0][0]) / 10, 3) == 0.794


def test_distance_to_target_by_hand() -> None:
    """COINr's formula: (x − min)/(target − min), (max − x)/(max − target), capped at 1."""
    x = np.array([0.0, 2.0, 4.0, 8.0, 10.0])
    up, down = scale_of(x, target=8.0), scale_of(x, target=2.0)
    assert normalise.target(x, scale=up).tolist() == [0.0, 0.25, 0.5, 1.0, 1.0]
    assert normalise.target(x, scale=down, sign=-1).tolist() == [1.0, 1.0, 0.75, 0.25, 0.0]
