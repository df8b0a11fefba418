# What a newer edition changes, before it replaces anything.

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from suppliers import project, tables
from suppliers.server import Asked, Suppliers, running
from suppliers.tables import Row
from terminal import run
from wijkprofiel import config as configs
from wijkprofiel.assets import Assets
from wijkprofiel.sources import folder
from wijkprofiel.sources.fetch.changes import compare, compare_codes, lines
from wijkprofiel.tables import INDICATOR_COLUMNS

RIVM, KWB = "50090NED", "85984NED"


@pytest.fixture(name="suppliers")
def _suppliers() -> Iterator[Suppliers]:
    found = {t.name: t for t in (tables.rivm_of_sample(), tables.kwb_of_sample())}
    with running(Suppliers(found, tables.outlines_of_sample())) as suppliers:
        yield suppliers


@pytest.fixture(name="home")
def _home(suppliers: Suppliers, tmp_path: Path) -> Path:
    home = project.make(tmp_path / "ggd", suppliers)
    done = run("fetch", "--gemeente", "GM0484", cwd=home)
    assert done.code == 0, done.err
    return home


def revise(suppliers: Suppliers, **cells: str) -> None:
    """A new edition in which Ridderveld (WK048402) has other cells in 2020."""
    table = suppliers.tables[RIVM]
    table.modified = "2026-01-15T02:00:00"

    def renew(row: Row) -> Row:
        mine = row["WijkenEnBuurten"].strip() == "WK048402" and row["Perioden"] == "2020JJ00"
        return {**row, **cells} if mine else row

    table.entities["UntypedDataSet"] = [renew(row) for row in table.entities["UntypedDataSet"]]


def lonely(home: Path) -> float:
    figures = folder.load(configs.load(Assets.of(home))).figures
    own = figures.query("area == 'WK048402' and indicator == 'eenzaam' and period == '2020'")
    return float(own["value"].iloc[0])


def snapshot(home: Path) -> dict[str, bytes]:
    return {
        p.relative_to(home).as_posix(): p.read_bytes()
        for p in home.rglob("*")
        if p.is_file() and ".partial" not in p.as_posix()
    }


def test_the_same_edition_is_not_fetched_again(home: Path, suppliers: Suppliers) -> None:
    asked, before = len(suppliers.asked), snapshot(home)
    done = run("fetch", "--update", "--gemeente", "GM0484", cwd=home)
    assert done.out.count(": kept") == 3
    assert sorted(p for p in suppliers.paths()[asked:] if "odata" in p) == [
        f"/ODataApi/odata/{RIVM}/TableInfos",
        f"/ODataApi/odata/{KWB}/TableInfos",
    ]
    assert snapshot(home) == before


def test_a_table_that_is_done_takes_no_folder_of_one_under_way(
    home: Path, suppliers: Suppliers
) -> None:
    just_made = home / "data/.cijfers.partial/pdok-wijken-en-buurten/just-made"
    stood: list[bool] = []

    def slow_outlines(asked: Asked) -> None:
        if "/ODataApi/" in asked.path:
            return
        if not stood:
            just_made.mkdir(parents=True)
        time.sleep(0.5)  # the tables are done long before this
        stood.append(just_made.is_dir())

    suppliers.trouble.append(slow_outlines)
    done = run("fetch", "--update", "--gemeente", "GM0484", cwd=home)
    assert (done.code, done.out.count(": kept")) == (0, 3), done.err
    assert stood
    assert all(stood)
    assert not just_made.exists(), "what is empty at the end goes"


def test_a_newer_edition_is_told_and_replaces_nothing_by_itself(
    home: Path, suppliers: Suppliers
) -> None:
    revise(suppliers, Eenzaam_28="    61.7", Roker_11="       .")
    before = snapshot(home)
    done = run("fetch", "--update", "--gemeente", "GM0484", "--table", RIVM, cwd=home)
    assert done.code == 0
    assert f"{RIVM} 2021-09-29T02:00:00 → {RIVM} 2026-01-15T02:00:00" in done.err
    assert "1 of" in done.err
    assert "differ, 1 gone, 0 new" in done.err
    assert "WK048402 eenzaam 2020: 50.4 → 61.7" in done.err
    assert "rivm-gezondheid/50090NED: not replaced" in done.out
    assert snapshot(home) == before
    assert lonely(home) == 50.4


def test_with_yes_it_takes_the_place_of_the_old_and_is_pinned(
    home: Path, suppliers: Suppliers
) -> None:
    revise(suppliers, Eenzaam_28="    61.7")
    run("fetch", "--update", "--gemeente", "GM0484", "--table", RIVM, cwd=home)
    asked = len(suppliers.asked)
    done = run(
        "fetch", "--update", "--yes", "--gemeente", "GM0484", "--table", RIVM, "--json", cwd=home
    )
    row: dict[str, Any] = json.loads(done.out)["tables"][0]
    assert (row["status"], row["modified"]) == ("replaced", "2026-01-15T02:00:00")
    assert row["changes"]["revised"] == 1
    assert row["changes"]["largest"] == [
        {"area": "WK048402", "indicator": "eenzaam", "period": "2020", "old": 50.4, "new": 61.7}
    ]
    # What waited beside the old was not fetched again.
    assert not any("DataSet" in path for path in suppliers.paths()[asked:])
    assert lonely(home) == 61.7
    assert not (home / "data" / ".cijfers.partial").exists()


def test_a_key_that_is_renamed_without_a_word_stops_the_update_with_the_candidates(
    home: Path, suppliers: Suppliers
) -> None:
    table = tables.shuffled(suppliers.tables[RIVM], {"Eenzaam": "EenzaamInclusiefSterk"})
    table.modified = "2026-01-15T02:00:00"
    suppliers.tables[RIVM] = table
    before = snapshot(home)
    done = run("fetch", "--update", "--yes", "--gemeente", "GM0484", "--table", RIVM, cwd=home)
    assert done.code == 3
    assert "the table has no topic 'Eenzaam'" in done.err
    assert "EenzaamInclusiefSterk" in done.err
    assert snapshot(home) == before


def test_shuffled_numbers_behind_the_keys_change_no_figure(
    home: Path, suppliers: Suppliers
) -> None:
    table = tables.shuffled(suppliers.tables[RIVM], {})
    table.modified = "2026-01-15T02:00:00"
    suppliers.tables[RIVM] = table
    done = run("fetch", "--update", "--gemeente", "GM0484", "--table", RIVM, cwd=home)
    assert "rivm-gezondheid/50090NED: replaced" in done.out
    assert "no figure, area or key is different" in done.out
    assert lonely(home) == 50.4


def test_two_renamed_keys_are_read_through_an_alias(home: Path, suppliers: Suppliers) -> None:
    renamed = {"Eenzaam": "EenzaamInclusiefSterk", "Roker": "RooktWelEens"}
    table = tables.shuffled(suppliers.tables[RIVM], renamed)
    table.modified = "2026-01-15T02:00:00"
    suppliers.tables[RIVM] = table
    _alias(home, renamed)
    done = run("fetch", "--update", "--yes", "--gemeente", "GM0484", "--table", RIVM, cwd=home)
    assert done.code == 0, done.err
    assert lonely(home) == 50.4
    ours, sample = (
        folder.load(configs.load(Assets.of(path))).figures.query(
            "area == 'WK048402' and source == 'rivm-gezondheid'"
        )
        for path in (home, None)
    )
    key = ["indicator", "period"]
    pd.testing.assert_frame_equal(
        ours.sort_values(key).reset_index(drop=True),
        sample.sort_values(key).reset_index(drop=True),
        check_exact=True,
    )


def _alias(home: Path, renamed: dict[str, str]) -> None:
    """Write in the project how this edition calls two topics, and read the old one no more."""
    shipped = tables.ROOT / "configs" / "indicators" / "rivm-gezondheid.yaml"
    content = yaml.safe_load(shipped.read_text(encoding="utf-8"))
    for indicator in content["indicators"]:
        for source in indicator.get("sources", ()):
            name = source["keys"].get(RIVM, source["keys"].get("all"))
            if name in renamed:
                source["keys"][RIVM] = renamed[name]
    path = home / "configs" / "indicators" / "rivm-gezondheid.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    # The snapshot in use has the old names: it is fetched anew, not compared.
    shutil.rmtree(home / "data/cijfers/rivm-gezondheid")


def test_two_tables_of_one_division_name_each_area_once(home: Path) -> None:
    path = home / "configs/sources/rivm-gezondheid.yaml"
    source = yaml.safe_load(path.read_text(encoding="utf-8"))
    source["editions"][0]["division"] = 2024
    path.write_text(yaml.safe_dump(source), encoding="utf-8")
    areas = folder.load(configs.load(Assets.of(home))).areas
    own = areas[areas["code"] == "WK048402"]
    assert own["boundary_year"].tolist() == [2024]
    assert own["population"].notna().all()


def test_outlines_that_lose_an_area_are_told(home: Path, suppliers: Suppliers) -> None:
    suppliers.layers["wijken"] = [
        f for f in suppliers.layers["wijken"] if f["properties"]["wijkcode"] != "WK048402"
    ]
    done = run("fetch", "--update", "--gemeente", "GM0484", cwd=home)
    assert "areas gone: WK048402" in done.err
    assert "wijken-en-buurten-2024: not replaced" in done.out


# --- comparing --------------------------------------------------------------------------------


def figures(*rows: tuple[str, str, str, float | None]) -> pd.DataFrame:
    nan = float("nan")
    return pd.DataFrame(
        [
            (a, i, p, nan if v is None else v, nan, nan, nan, "unknown" if v is None else "ok", "s")
            for a, i, p, v in rows
        ],
        columns=list(INDICATOR_COLUMNS),
    )


def test_changes_are_counted_by_hand() -> None:
    old = figures(
        ("WK000001", "a", "2020", 10.0),
        ("WK000001", "b", "2020", 20.0),
        ("WK000002", "a", "2020", None),
        ("WK000002", "b", "2020", 40.0),
        ("WK000003", "a", "2020", 1.0),
        ("WK000001", "a", "2016", 5.0),
    )
    new = figures(
        ("WK000001", "a", "2020", 12.5),
        ("WK000001", "b", "2020", 16.0),
        ("WK000002", "a", "2020", 7.0),
        ("WK000002", "b", "2020", None),
        ("WK000004", "a", "2020", 1.0),
        ("WK000001", "a", "2024", 6.0),
    )
    found = compare(old, new, names=("one", "two"), keys=(["A", "B"], ["A", "C"]))
    assert (found.compared, found.revised, found.lost, found.gained) == (4, 2, 1, 1)
    assert [(r.indicator, r.old, r.new) for r in found.largest] == [
        ("b", 20.0, 16.0),
        ("a", 10.0, 12.5),
    ]
    assert (found.areas_gone, found.areas_new) == (("WK000003",), ("WK000004",))
    assert (found.keys_gone, found.keys_new) == (("B",), ("C",))
    assert (found.periods_gone, found.periods_new) == (("2016",), ("2024",))
    told = "\n".join(lines(found))
    for said in ("areas gone: WK000003", "keys new: C", "2 of 4 differ, 1 gone, 1 new"):
        assert said in told


def test_nothing_different_is_said_so() -> None:
    same = figures(("WK000001", "a", "2020", 10.0))
    assert compare(same, same, names=("x", "y")).none
    assert compare_codes(["WK1"], ["WK1"], names=("x", "y")).none
    assert not compare_codes(["WK1"], [], names=("x", "y")).none
