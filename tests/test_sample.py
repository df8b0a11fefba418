"""The sample: what it holds, that its borders fit, and that its script makes the same bytes."""

from __future__ import annotations

import importlib
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from builders import expected
from sample import config, dataset
from wijkprofiel.assets import shipped_root
from wijkprofiel.model import Level, Status
from wijkprofiel.sources.names import level_of

ROOT = shipped_root()
SAMPLE = ROOT / "data" / "sample"
SUPPLIERS = ROOT.parent / "shared" / "data"
GEMEENTEN = {"GM0484", "GM0546", "GM0518", "GM0344", "GM0772", "GM1652", "GM0356"}
BUURTEN = {"BU03440821", "BU03440831", "BU03440832", "BU07725220", "BU07725230", "BU07725240"}

needs_suppliers = pytest.mark.skipif(
    not SUPPLIERS.is_dir(), reason=f"the suppliers' national files are not at hand ({SUPPLIERS})"
)


@cache
def figures() -> dict[tuple[str, str, str], tuple[float, str]]:
    rows = pd.concat([dataset().figures, dataset().unlinked])
    keys = zip(rows["area"], rows["indicator"], rows["period"], strict=True)
    return dict(zip(keys, zip(rows["value"], rows["status"], strict=True), strict=True))


def value(area: str, indicator: str, period: str = "2020") -> float:
    return figures()[area, indicator, period][0]


def test_it_is_small_enough_to_travel_along() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) < 1_000_000


def test_it_holds_seven_gemeenten_131_wijken_and_the_buurten_of_the_profiles() -> None:
    areas = dataset().areas[dataset().areas["boundary_year"] == 2024]
    by_level = {level: set(areas.loc[areas["level"] == level.value, "code"]) for level in Level}
    assert by_level[Level.GEMEENTE] == GEMEENTEN
    assert len(by_level[Level.WIJK]) == 131
    assert "WK051899" not in by_level[Level.WIJK]
    assert by_level[Level.BUURT] == BUURTEN
    asked = {c for p in config().profiles.values() for c in p.areas}
    assert asked <= set(areas["code"])


@pytest.mark.parametrize(
    ("area", "healthy", "lonely"),
    [
        ("NL01", 78.4, 47.0),
        ("WK048402", 76.1, 50.4),
        ("WK054609", 79.6, 47.8),
        ("WK051836", 67.0, 67.3),
        ("WK034409", 82.8, 47.8),
    ],
)
def test_published_figures_of_2020(area: str, healthy: float, lonely: float) -> None:
    assert value(area, "ervaren-gezondheid") == healthy
    assert value(area, "eenzaam") == lonely


def test_three_periods_of_one_edition() -> None:
    # docs/method.md §4: Alphen aan den Rijn in 50090NED
    found = [value("GM0484", "ervaren-gezondheid", year) for year in ("2012", "2016", "2020")]
    assert found == [79.9, 78.2, 80.8]


def test_people_of_2024() -> None:
    # StatLine export of 85984NED
    assert value("NL00", "inwoners", "2024") == 17_942_942
    ages = ["leeftijd-0-14", "leeftijd-15-24", "leeftijd-25-44", "leeftijd-45-64"]
    found = [value("NL00", name, "2024") for name in [*ages, "leeftijd-65-plus"]]
    assert found == [2_714_040, 2_202_159, 4_586_399, 4_763_116, 3_677_228]
    assert [value(f"WK04840{i}", "inwoners-15-plus", "2024") for i in (1, 2, 3)] == [
        8065,
        11415,
        8395,
    ]
    assert value("NL00", "herkomst-nederland", "2024") == 12_941_748
    assert value("NL00", "herkomst-buiten-europa", "2024") == 3_324_101


def test_unknown_not_measured_zero_and_absent_are_four_things() -> None:
    status = {key: told for key, (_, told) in figures().items()}
    assert status["NL01", "lopen-naar-werk", "2020"] == "not_measured"
    assert status["WK051801", "inwoners", "2024"] == "ok"
    assert value("WK051801", "inwoners", "2024") == 0
    assert status["WK051801", "woz-waarde", "2024"] == "unknown"
    assert status["WK051801", "eenzaam", "2020"] == "unknown"
    assert ("WK048402", "eenpersoonshuishoudens", "2024") not in status


def test_an_empty_of_the_second_hand_file_is_unknown_never_zero() -> None:
    second_hand = {"woz-waarde", "koopwoningen", "eengezinswoningen", "inkomen-per-inwoner"}
    found = [cell for (_, name, _), cell in figures().items() if name in second_hand]
    assert {status for _, status in found} == {Status.OK.value, Status.UNKNOWN.value}
    assert not any(number == 0 for number, _ in found)


def test_neighbours_share_their_borders_exactly() -> None:
    outlines = dataset().outlines()
    assert outlines.crs.to_epsg() == 28992
    wijken = outlines[outlines["level"] == Level.WIJK.value]
    gemeenten = outlines[outlines["level"] == Level.GEMEENTE.value]
    assert (len(wijken), len(gemeenten)) == (131, 7)
    for level in (wijken, gemeenten):
        shapes = level.geometry.to_numpy()
        assert shapely.is_valid(shapes).all()
        assert shapely.coverage_is_valid(shapes)
        assert shapely.union_all(shapes).area == pytest.approx(shapely.area(shapes).sum())
    for code, shape in zip(gemeenten["code"], gemeenten.geometry, strict=True):
        own = wijken.loc[wijken["parent"] == code].geometry.to_numpy()
        assert shapely.union_all(own).symmetric_difference(shape).area == pytest.approx(0, abs=1)


def test_every_area_of_the_sample_is_judged_with_a_ground() -> None:
    walk = dataset().crosswalk.set_index("area")
    areas = dataset().areas
    own = areas[(areas["boundary_year"] == 2024) & (areas["level"] != Level.LAND.value)]
    assert set(own["code"]) == set(walk.index)
    assert set(walk["from_year"]) == {2020}
    assert walk.loc[["WK165201", "WK165202"], "status"].tolist() == ["new", "new"]
    assert walk.loc["WK165200", "status"] == "changed"
    moved = walk[walk["status"] == "renumbered"]
    assert dict(moved["from_area"]) == {f"WK16520{n + 2}": f"WK16520{n}" for n in range(1, 7)}
    assert set(walk.loc[[c for c in walk.index if c.startswith("WK0356")], "status"]) == {"changed"}
    assert walk.loc["WK048402", "status"] == "same"


def test_the_reference_is_the_whole_country() -> None:
    table = dataset().reference
    lonely = table[(table["id"] == "eenzaam") & (table["period"] == "2020")].iloc[0]
    oracle = next(r for r in expected("alphen_noord_2020.csv") if r["indicator"] == "eenzaam")
    assert lonely["n"] == 3150
    assert lonely["sd"] == pytest.approx(float(oracle["sd"]), abs=5e-7)
    # docs/method.md §1.1: the plain mean over all wijken is 44.2
    assert round(lonely["mean"], 1) == 44.2
    assert set(table["period"]) == {"2012", "2016", "2020", "2024"}
    kinds = table.groupby("kind")["framework"].unique()
    assert set(kinds["domain"]) == set(config().project.frameworks)


# --- against the suppliers' files -------------------------------------------------------------


@needs_suppliers
def test_areas_are_as_large_as_the_supplier_s() -> None:
    import geopandas as gpd

    path = SUPPLIERS / "pdok" / "wijken_2024_wgs84_simplified.geojson.gz"
    source = gpd.read_file(f"/vsigzip/{path}").set_index("wijkcode").to_crs(28992)
    wijken = dataset().outlines().set_index("code")
    wijken = wijken[wijken["level"] == Level.WIJK.value]
    before = source.loc[wijken.index].area
    ratio = wijken.area / before
    assert wijken.area.sum() == pytest.approx(before.sum(), rel=0.001)
    assert ratio.between(0.96, 1.04).all()
    moved = wijken.geometry.symmetric_difference(source.geometry.loc[wijken.index], align=True)
    assert (moved.area / before).max() < 0.1


@needs_suppliers
def test_the_renumbered_wijken_are_so_in_the_figures_too() -> None:
    """2020 figures per buurt, in the old and in the new division: two wijk numbers further."""
    later = pd.read_csv(
        SUPPLIERS / "sample_7_gemeenten" / "rivm_50150NED_goed_ervaren_gezondheid_GM_BU.csv"
    )
    later = later[later["jaar"] == 2020].set_index("code")
    after = later["GoedErvarenGezondheid_pct_18plus"]
    rows = pd.read_csv(
        SUPPLIERS / "rivm" / "50090NED_untyped_2020_18plus.csv.gz", sep=";", dtype=str
    )
    codes = rows["WijkenEnBuurten"].str.strip()
    early = pd.to_numeric(rows["ErvarenGezondheidGoedZeerGoed_4"], errors="coerce")
    early.index = pd.Index(codes)
    ours = [c for c in codes if c.startswith("BU1652") and c[6:8] != "00"]
    shifted = [f"{c[:6]}{int(c[6:8]) + 2:02}{c[8:]}" for c in ours]
    assert set(shifted) <= set(after.index)
    under_new_code = np.abs(early[ours].to_numpy() - after[shifted].to_numpy())
    assert under_new_code.max() <= 1.5
    alive = [c for c in ours if c in after.index]
    assert np.abs(early[alive].to_numpy() - after[alive].to_numpy()).max() > 5


@needs_suppliers
def test_every_cell_of_the_health_table_is_the_supplier_s() -> None:
    import csv
    import gzip

    with gzip.open(
        SUPPLIERS / "rivm" / "50090NED_untyped_2020_18plus.csv.gz", "rt", encoding="utf-8"
    ) as stream:
        source = {row["ID"]: row for row in csv.DictReader(stream, delimiter=";")}
    path = SAMPLE / "rivm" / "50090NED_UntypedDataSet_2020_18plus.json.gz"
    rows: list[dict[str, Any]] = json.loads(gzip.decompress(path.read_bytes()))["value"]
    assert len(rows) == 1 + 7 + 129 + 6
    assert all(level_of(row["WijkenEnBuurten"].strip()) for row in rows)
    for row in rows:
        assert {**row, "ID": str(row["ID"])} == source[str(row["ID"])]


def script() -> Any:
    """The script, which is no part of the package."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        return importlib.import_module("make_sample")
    finally:
        sys.path.pop(0)


@needs_suppliers
@pytest.mark.slow
def test_the_script_makes_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    assert script().main([str(SUPPLIERS), "--check"]) == 0
    assert capsys.readouterr().out.startswith("same bytes\n")


def test_the_script_says_where_it_looked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script().main([str(tmp_path / "nowhere")]) == 2
    assert "there is no folder" in capsys.readouterr().err


def test_the_script_brings_over_what_differs_and_takes_away_what_is_gone(tmp_path: Path) -> None:
    fresh, target = tmp_path / "fresh", tmp_path / "target"
    for place, files in ((fresh, {"a": "1", "b": "2"}), (target, {"b": "x", "c": "3", "d.md": ""})):
        place.mkdir()
        for name, text in files.items():
            (place / name).write_text(text)
    make_sample = script()
    different = make_sample.compare(fresh, target)
    assert different == ["a", "b", "c"]
    make_sample.replace(fresh, target, different)
    assert {path.name: path.read_text() for path in target.iterdir()} == {
        "a": "1",
        "b": "2",
        "d.md": "",
    }
