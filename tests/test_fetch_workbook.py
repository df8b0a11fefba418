# Columns and signs: docs/sources.md §3. Figures: the sample's, written by hand below.

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from suppliers import project
from suppliers.server import Suppliers, running
from terminal import run
from wijkprofiel import config as configs
from wijkprofiel.assets import Assets
from wijkprofiel.errors import DataError
from wijkprofiel.sources import folder, regional

HEADER = ["gwb_code_10 ", "gwb_code_8", "regio", "gm_naam", "recs", "a_inw", "a_65_oo ", "g_hhgro"]
ROWS: list[list[Any]] = [
    ["NL00", 0, "Nederland", "Nederland", "Land", 17942942, 3677228, "2,1"],
    ["GM0484    ", 484, "Alphen aan den Rijn", "Alphen aan den Rijn", "Gemeente", 114966, 1, 2.3],
    ["WK048402", 48402, "Wijk 02 Ridderveld", "Alphen aan den Rijn", "Wijk", "18365", ".", "2,3"],
    ["WK048403", 48403, "Zegersloot", "Alphen aan den Rijn", "Wijk", -99997, "", "."],
    ["WK048499", 48499, "Groot water", "Alphen aan den Rijn", "Wijk", 0, 0, "."],
]


def workbook(rows: Sequence[Sequence[Any]] = ROWS, header: Sequence[str] = HEADER) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.add_worksheet("Toelichting").write(0, 0, "Kerncijfers")
        sheet = book.add_worksheet("KWB2024")
        for number, row in enumerate([header, *rows]):
            sheet.write_row(number, 0, row)
    return data.getvalue()


def read(data: bytes) -> dict[tuple[str, str], tuple[float, str]]:
    config = configs.load(Assets.of())
    table = regional.read_figures(
        data, config.sources["cbs-kwb"], "85984NED", config.indicators, "kwb-2024.xlsx"
    )
    cells = zip(table["area"], table["indicator"], table["value"], table["status"], strict=True)
    return {(area, indicator): (value, status) for area, indicator, value, status in cells}


def test_padding_points_and_commas_are_read() -> None:
    found = read(workbook())
    expected = {
        ("WK048402", "inwoners"): 18365,
        ("WK048402", "huishoudensgrootte"): 2.3,
        ("GM0484", "huishoudensgrootte"): 2.3,
        ("NL00", "huishoudensgrootte"): 2.1,
    }
    assert {cell: found[cell] for cell in expected} == {
        cell: (value, "ok") for cell, value in expected.items()
    }
    unknown = [
        ("WK048402", "leeftijd-65-plus"),
        ("WK048403", "inwoners"),
        ("WK048403", "leeftijd-65-plus"),
        ("WK048403", "huishoudensgrootte"),
    ]
    assert {found[cell][1] for cell in unknown} == {"unknown"}
    assert {indicator for _, indicator in found} == {
        "inwoners", "leeftijd-65-plus", "huishoudensgrootte"
    }  # fmt: skip


def test_areas_have_names_levels_and_people() -> None:
    config = configs.load(Assets.of())
    table = regional.read_areas(
        workbook(), config.sources["cbs-kwb"], boundary_year=2024, where="x"
    )
    assert table[["code", "name", "level", "parent"]].to_numpy().tolist() == [
        ["NL00", "Nederland", "land", ""],
        ["GM0484", "Alphen aan den Rijn", "gemeente", "NL00"],
        ["WK048402", "Ridderveld", "wijk", "GM0484"],
        ["WK048403", "Zegersloot", "wijk", "GM0484"],
    ]
    assert table["population"].tolist()[2] == 18365
    assert table["population"].isna().tolist()[3]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 nothing", "is no workbook"),
        (workbook(header=["code", *HEADER[1:]]), "no sheet has a column 'gwb_code_10'"),
        (workbook(header=[*HEADER[:6], "a_inw", "g_hhgro"]), "'a_inw' stands there twice"),
        (workbook(header=[*HEADER[:5], "x", "y", "z"]), "none of the columns of 'workbook'"),
        (workbook([ROWS[0], ["Totaal", *ROWS[0][1:]]]), "'Totaal' is no CBS code"),
        (workbook([*ROWS, ROWS[2]]), "WK048402 stands there twice, first in row 4"),
        (workbook([[*ROWS[0][:5], "veel", 1, 2]]), "'veel' is no number"),
        (workbook([]), "has no rows"),
    ],
)
def test_a_broken_workbook_says_what_and_where(data: bytes, said: str) -> None:
    with pytest.raises(DataError) as failure:
        read(data)
    told = "\n".join(map(str, failure.value.problems))
    assert said in told
    assert "kwb-2024.xlsx" in told


@pytest.fixture(name="suppliers")
def _suppliers() -> Iterator[Suppliers]:
    with running(Suppliers(files={"/kwb-2024.xlsx": workbook()})) as suppliers:
        yield suppliers


@pytest.mark.parametrize("by", ["file", "address"])
def test_a_workbook_by_file_or_address_becomes_a_snapshot(
    by: str, suppliers: Suppliers, tmp_path: Path
) -> None:
    home = project.make(tmp_path / "ggd", suppliers)
    (tmp_path / "kwb-2024.xlsx").write_bytes(workbook())
    where = f"{suppliers.url}/kwb-2024.xlsx" if by == "address" else tmp_path / "kwb-2024.xlsx"
    done = run("fetch", "--table", "85984NED", "--file", where, cwd=home)
    assert done.code == 0, done.err
    data = folder.load(configs.load(Assets.of(home)))
    people = data.figures.query("area == 'WK048402' and indicator == 'inwoners'")
    assert people["value"].tolist() == [18365]
    assert "85984NED.xlsx" in (home / "wijkprofiel.lock").read_text(encoding="utf-8")
    again = run("fetch", "--table", "85984NED", "--file", where, cwd=home)
    assert "cbs-kwb/85984NED: kept" in again.out


def test_another_workbook_tells_what_it_changes(suppliers: Suppliers, tmp_path: Path) -> None:
    home = project.make(tmp_path / "ggd", suppliers)
    url = f"{suppliers.url}/kwb-2024.xlsx"
    run("fetch", "--table", "85984NED", "--file", url, cwd=home)
    rows = [row if row[0] != "WK048402" else [*row[:5], 18400, ".", "2,3"] for row in ROWS]
    suppliers.files["/kwb-2024.xlsx"] = workbook(rows)
    done = run("fetch", "--table", "85984NED", "--file", url, cwd=home)
    assert "WK048402 inwoners 2024: 18365 → 18400" in done.err
    assert "not replaced" in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--file", "kwb.xlsx"], "--file is about one table"),
        (["--file", "kwb.xlsx", "--table", "50090NED"], "is not read from a workbook"),
    ],
)
def test_a_workbook_belongs_to_one_table(
    words: list[str], said: str, suppliers: Suppliers, tmp_path: Path
) -> None:
    home = project.make(tmp_path / "ggd", suppliers)
    done = run("fetch", *words, cwd=home)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    gone = run("fetch", "--file", "weg.xlsx", "--table", "85984NED", cwd=home)
    assert gone.code == 3
    assert "weg.xlsx" in gone.err
