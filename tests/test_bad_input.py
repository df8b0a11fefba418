"""Broken inputs, through the command line: place, sentence, exit code, and nothing half-written.

The mistakes of single YAML keys stand in ``test_config.py``; here are whole projects: what a user
sees of a broken config, a broken area profile, broken data files and broken tables of one's own.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
import xlsxwriter
from shapely.geometry import box

from terminal import Outcome, run
from wijkprofiel.assets import shipped_root

SAMPLE = shipped_root() / "data/sample"
PROJECT = """\
title: Proef
edition: {number: 1, date: 2026-03-31}
data: cijfers
boundary_year: 2024
periods: {rivm-gezondheid: "2020", cbs-kwb: "2024"}
editions:
  rivm-gezondheid: 50090NED
  cbs-kwb: 85984NED
  pdok-wijken-en-buurten: wijken-en-buurten-2024
country: {rivm-gezondheid: NL01, cbs-kwb: NL00}
frameworks: [positieve-gezondheid, wijzer-in-de-wijk]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder with a copy of the sample data."""
    (tmp_path / "wijkprofiel.yaml").write_text(PROJECT)
    shutil.copytree(SAMPLE, tmp_path / "cijfers")
    return tmp_path


def write(project: Path, path: str, text: str) -> None:
    file = project / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def build(project: Path, *names: str) -> Outcome:
    """Build, and see that a failed build leaves no file that was not there."""
    before = {path for path in project.rglob("*") if path.is_file()}
    outcome = run("build", *(names or ("WK048402",)), cwd=project)
    assert outcome.out == ""
    assert {path for path in project.rglob("*") if path.is_file()} == before
    return outcome


def test_the_project_itself_is_sound(project: Path) -> None:
    outcome = run("check", cwd=project)
    assert outcome.code == 0, outcome.out


# --- configs: exit code 2, nothing built ------------------------------------------------------

CONFIGS: dict[str, tuple[dict[str, str], list[str]]] = {
    "unknown key": (
        {"wijkprofiel.yaml": PROJECT + "partner: [GGD]\n"},
        ["error: wijkprofiel.yaml:12  partner: unknown key (did you mean 'partners'"],
    ),
    "two mistakes in two files": (
        {
            "wijkprofiel.yaml": PROJECT.replace("2024\nper", "twintig\nper"),
            "configs/indicators/eigen.yaml": "indicators: []\n",
        },
        [
            "wijkprofiel.yaml:4  boundary_year: text (twintig) where a whole number is expected\n",
            "configs/indicators/eigen.yaml:1  indicators: has 0 items, at least 1\n",
            "error: 2 problems in 2 files, nothing built\n",
        ],
    ),
    "empty project file": ({"wijkprofiel.yaml": ""}, ["error: wijkprofiel.yaml:1  is empty\n"]),
    "tab": (
        {"wijkprofiel.yaml": PROJECT.replace("  cbs-kwb", "\tcbs-kwb")},
        ["error: wijkprofiel.yaml:8  starts with a tab\n  hint: indent with spaces"],
    ),
    "data folder that is not there": (
        {"wijkprofiel.yaml": PROJECT.replace("cijfers", "gegevens")},
        ["error: wijkprofiel.yaml  data: there is no folder 'gegevens'"],
    ),
    "document that is not known": (
        {"wijkprofiel.yaml": PROJECT + "documents: [flyer]\n"},
        [
            "error: wijkprofiel.yaml:12  documents[0]: 'flyer' is not a document type",
            "  hint: add templates/flyer/ to make it one\n",
        ],
    ),
    "document with a path for a name": (
        {"wijkprofiel.yaml": PROJECT + "documents: [../../factsheet]\n"},
        ["error: wijkprofiel.yaml:12  documents[0]: '../../factsheet' is not a slug"],
    ),
    "indicator without direction": (
        {
            "configs/indicators/eigen.yaml": "indicators:\n  - {id: x, title: Xx, definition: X,"
            " unit: percent, population: p, group: health, sources: [{table: cbs-kwb,"
            " keys: {all: X}}]}\n"
        },
        [
            "error: configs/indicators/eigen.yaml:2  indicators[0].direction: missing\n",
            "  hint: direction: Is higher better, worse or neutral.\n",
        ],
    ),
    "framework with weights zero and negative": (
        {
            "configs/frameworks/eigen.yaml": "id: eigen\ntitle: E\ndescription: E\naxis_word: as\n"
            "domains:\n  - id: een\n    title: Een\n    question: Ja?\n    weight: -1\n"
            "    slots:\n      - {id: a, title: A, kind: outcome, weight: 0,\n"
            "         indicators: [{id: eenzaam, basis: B}]}\n"
        },
        [
            "configs/frameworks/eigen.yaml:9  domains[0].weight: -1 is not above 0",
            "configs/frameworks/eigen.yaml:11  domains[0].slots[0].weight: 0 is not above 0",
            "error: 2 problems in 1 file, nothing built\n",
        ],
    ),
    "indicator id that a shipped file has": (
        {
            "configs/indicators/zz.yaml": "indicators:\n  - {id: eenzaam, title: Xx, definition: X,"
            " unit: percent, population: p, group: health, direction: worse,"
            " sources: [{table: cbs-kwb, keys: {all: X}}]}\n"
        },
        ["error: configs/indicators/zz.yaml:2  indicators[0].id: 'eenzaam' is already the id of "],
    ),
    "wording that is no YAML": (
        {"configs/wording/nl.yaml": "a: [1\n"},
        ["error: configs/wording/nl.yaml:2  is not YAML: "],
    ),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_a_broken_config_ends_with_2(name: str, project: Path) -> None:
    files, said = CONFIGS[name]
    for path, text in files.items():
        write(project, path, text)
    outcome = build(project)
    assert outcome.code == 2, outcome.err
    for part in said:
        assert part in outcome.err


# --- one broken profile breaks only itself ----------------------------------------------------

PROFILES: dict[str, tuple[str, str]] = {
    "areas:\n  - WK048401\n  - WK999999": ("4  areas[1]: ", "WK999999: there is no such area"),
    "areas: [WK04840]": ("2  areas[0]: ", "'WK04840' is not a CBS code: WK has 6 digits"),
    "areas: [WK048402]\nquotes: [{text: Fijn, who: resident}]": (
        "3  quotes[0].consent: ",
        "missing",
    ),
    "areas: [WK048402]\ndocuments: [flyer]": ("3  documents[0]: ", "'flyer' is not a document"),
    "areas: [WK048402, WK048402]": ("2  areas[1]: ", "'WK048402' stands there twice"),
}


@pytest.mark.parametrize("text", PROFILES)
def test_a_broken_profile_is_not_built_and_says_why(text: str, project: Path) -> None:
    place, said = PROFILES[text]
    write(project, "configs/profiles/mijn-wijk.yaml", f"name: Mijn wijk\n{text}\n")
    outcome = build(project, "mijn-wijk")
    assert outcome.code == 2, outcome.err
    assert f"error: configs/profiles/mijn-wijk.yaml:{place}{said}" in outcome.err
    assert "0 of 1 areas built" in outcome.err


def test_check_tells_broken_profiles_beside_everything_else(project: Path) -> None:
    write(project, "configs/profiles/een.yaml", "name: Een\nareas: []\n")
    write(project, "configs/profiles/twee.yaml", "naam: Twee\nareas: [WK999999]\n")
    outcome = run("check", "--json", cwd=project)
    assert outcome.code == 1
    errors = [f for f in json.loads(outcome.out) if f["severity"] == "error"]
    assert [(f["where"], f["message"]) for f in errors] == [
        ("configs/profiles/een.yaml:2", "areas: has 0 items, at least 1"),
        ("configs/profiles/twee.yaml:1", "naam: unknown key (did you mean 'name'?)"),
    ]


@pytest.mark.parametrize("name", ["../ridderveld", "..", "/etc/passwd", "WK048402/../../x", ""])
def test_a_name_cannot_leave_the_output_folder(name: str, project: Path) -> None:
    assert build(project, name).code == 2


# --- the files of the suppliers ---------------------------------------------------------------

Change = Callable[[bytes], bytes]


def spoil(project: Path, name: str, change: Change) -> None:
    """Change a data file and write its new checksum beside it."""
    path = project / "cijfers" / name
    packed = path.suffix == ".gz"
    content = change(gzip.decompress(path.read_bytes()) if packed else path.read_bytes())
    path.write_bytes(gzip.compress(content, mtime=0) if packed else content)
    sign(path)


def sign(path: Path) -> None:
    beside = path.with_name(path.name + ".yaml")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    beside.write_text(re.sub(r"sha256: \w+", f"sha256: {digest}", beside.read_text()))


def in_rows(change: Callable[[list[dict[str, object]]], list[dict[str, object]]]) -> Change:
    """Return a change of the rows of an OData answer."""

    def changed(content: bytes) -> bytes:
        body = json.loads(content)
        body["value"] = change(body["value"])
        return json.dumps(body).encode()

    return changed


def replaced(old: str, new: str) -> Change:
    def changed(content: bytes) -> bytes:
        assert old.encode() in content
        return content.replace(old.encode(), new.encode(), 1)

    return changed


KWB = "cbs/85984NED_TypedDataSet.json.gz"
RIVM = "rivm/50090NED_UntypedDataSet_2020_18plus.json.gz"

# file, what is done to it, exit code, place, sentence
DATA: dict[str, tuple[str, Change, int, str, str]] = {
    "doubled rows": (
        RIVM,
        in_rows(lambda rows: [*rows, rows[-1]]),
        1,
        "rivm/",
        "stands there 2 times",
    ),
    "no rows": (KWB, in_rows(lambda _: []), 1, KWB, "the table has no rows"),
    "no json": (RIVM, lambda _: b"<feed>", 1, "rivm/", "is no JSON"),
    "an answer without rows": (RIVM, lambda _: b'{"error": {}}', 1, "rivm/", "is no OData answer"),
    "a cell that is no number": (
        RIVM,
        in_rows(lambda rows: [{**rows[0], "Eenzaam_28": "   veel"}, *rows[1:]]),
        1,
        "rivm/",
        "veel",
    ),
    "a region that is no code": (
        RIVM,
        in_rows(lambda rows: [{**rows[0], "WijkenEnBuurten": "Ridderveld"}, *rows[1:]]),
        1,
        "rivm/",
        "Ridderveld",
    ),
    "reference: a column that is gone": (
        "reference.csv", replaced(",sd,", ",spreiding,"), 1, "reference.csv:1",
        "sd: this column is missing",
    ),
    "reference: empty": (
        "reference.csv", lambda c: c.splitlines()[0] + b"\n", 1, "reference.csv",
        "the table has no rows",
    ),
    "reference: text for a number": (
        "reference.csv",
        lambda c: re.sub(rb"(?m)^(indicator,eenzaam,,2020,)\d+", rb"\g<1>veel", c, count=1),
        1, "reference.csv:", "'veel' is no number",
    ),
    "reference: a row twice": (
        "reference.csv", lambda c: c + c.splitlines(keepends=True)[1], 1, "reference.csv",
        "stands there 2 times",
    ),
    "crosswalk: a status that does not exist": (
        "crosswalk.csv", replaced(",same,", ",gelijk,"), 1, "crosswalk.csv", "gelijk",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DATA)
def test_a_broken_file_of_a_supplier_is_told_with_its_name(name: str, project: Path) -> None:
    file, change, code, place, said = DATA[name]
    spoil(project, file, change)
    outcome = build(project)
    assert (outcome.code, said in outcome.err, place in outcome.err) == (code, True, True), (
        outcome.err
    )


def test_a_file_that_was_changed_behind_its_checksum(project: Path) -> None:
    path = project / "cijfers/crosswalk.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    outcome = build(project)
    assert outcome.code == 1
    assert "error: crosswalk.csv  is not the file that its sidecar describes" in outcome.err


def test_a_file_that_is_gone(project: Path) -> None:
    (project / "cijfers/reference.csv").unlink()
    outcome = build(project)
    assert outcome.code == 1
    assert "error: reference.csv  the file is missing, its sidecar is there" in outcome.err


def test_a_broken_gzip(project: Path) -> None:
    path = project / "cijfers" / KWB
    path.write_bytes(path.read_bytes()[:1000])
    sign(path)
    outcome = build(project)
    assert outcome.code == 1
    assert f"{KWB}  the gzip file is broken" in outcome.err


def test_several_broken_files_are_told_at_once(project: Path) -> None:
    (project / "cijfers/reference.csv").unlink()
    (project / "cijfers/crosswalk.csv").write_text("area\n")
    outcome = build(project)
    assert outcome.code == 1
    assert "crosswalk.csv  is not the file" in outcome.err
    assert "reference.csv  the file is missing" in outcome.err
    assert "error: 2 problems in 2 files" in outcome.err


def test_a_sidecar_with_an_unknown_key_and_a_wrong_kind(project: Path) -> None:
    path = project / "cijfers/crosswalk.csv.yaml"
    text = path.read_text().replace("kind: crosswalk", "kind: cross")
    path.write_text(text + "licentie: CC0\n")
    outcome = build(project)
    assert outcome.code == 1
    last = text.count("\n") + 1
    kind = text.splitlines().index("kind: cross") + 1
    assert f"crosswalk.csv.yaml:{kind}  kind: 'cross' is not one of" in outcome.err
    assert (
        f"crosswalk.csv.yaml:{last}  licentie: unknown key (did you mean 'licence'" in outcome.err
    )


def outlines(project: Path, crs: str | None, **columns: list[str]) -> None:
    """Put other outlines in the place of the sample's."""
    path = project / "cijfers/pdok/wijkenbuurten_2024.gpkg"
    path.unlink()
    squares = [box(x, 0, x + 1000, 1000) for x in range(0, 1000 * len(columns["wijkcode"]), 1000)]
    wijken = gpd.GeoDataFrame(columns, geometry=squares, crs=crs)
    gemeenten = {"gemeentecode": ["GM0484"], "gemeentenaam": ["Alphen aan den Rijn"]}
    frame = gpd.GeoDataFrame(gemeenten, geometry=squares[:1], crs=crs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # geopandas warns that there is no CRS: that is the point
        wijken.to_file(path, layer="wijken")
        frame.to_file(path, layer="gemeenten")
    sign(path)


def test_outlines_without_crs(project: Path) -> None:
    outlines(project, None, wijkcode=["WK048402"], wijknaam=["Ridderveld"])
    outcome = build(project)
    assert outcome.code == 1
    assert "wijkenbuurten_2024.gpkg" in outcome.err
    assert "the outlines have no coordinate system (CRS)\n  hint: " in outcome.err


def test_an_outline_that_stands_there_twice(project: Path) -> None:
    outlines(project, "EPSG:28992", wijkcode=["WK048402"] * 2, wijknaam=["Ridderveld"] * 2)
    outcome = build(project)
    assert outcome.code == 1
    assert "wijkenbuurten_2024.gpkg!wijken  WK048402 stands there more than once" in outcome.err


def test_outlines_that_are_no_outlines(project: Path) -> None:
    path = project / "cijfers/pdok/wijkenbuurten_2024.gpkg"
    path.write_bytes(b"PK\x03\x04 not a GeoPackage")
    sign(path)
    outcome = build(project)
    assert outcome.code == 1
    assert "wijkenbuurten_2024.gpkg  is no file with outlines" in outcome.err


# --- a table of one's own ---------------------------------------------------------------------

OWN = {
    "wijkprofiel.yaml": PROJECT.replace(
        'cbs-kwb: "2024"}', 'cbs-kwb: "2024", eigen: "2024"}'
    ).replace("  cbs-kwb: 85984NED\n", "  cbs-kwb: 85984NED\n  eigen: E1\n"),
    "configs/sources/eigen.yaml": "id: eigen\ntitle: Eigen\nproducer: GGD\nlicence: CC0\n"
    'kind: table\neditions: [{table: E1, periods: ["2024"], division: 2024}]\n',
    "configs/indicators/eigen.yaml": "indicators:\n  - {id: tuin, title: Heeft een tuin,"
    " definition: D, unit: percent, direction: better, population: p, group: housing,"
    " sources: [{table: eigen, keys: {all: tuin}}]}\n",
}
SIDECAR = """\
kind: figures
source: eigen
table: E1
origin: eigen telling
licence: CC0
sha256: {digest}
layout: {{sheet: Blad1, area: code, period: "2024", topics: {{tuin: tuin}}}}
"""
Cells = list[list[str | float]]
GOOD: Cells = [["code", "tuin"], ["WK048402", 45.5], ["WK048401", 50]]


def own_table(project: Path, cells: Cells, merge: str = "") -> Path:
    for name, text in OWN.items():
        write(project, name, text)
    path = project / "cijfers/eigen.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad1")
        for number, row in enumerate(cells):
            sheet.write_row(number, 0, row)
        if merge:
            sheet.merge_range(merge, "Gezondheid")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_name("eigen.xlsx.yaml").write_text(SIDECAR.format(digest=digest))
    return path


def test_a_sound_table_of_ones_own_is_read(project: Path) -> None:
    own_table(project, GOOD)
    outcome = run("show", "WK048402", "--json", cwd=project)
    found = {row["id"]: row for row in json.loads(outcome.out)}
    assert (found["tuin"]["value"], found["tuin"]["source"]) == (45.5, "eigen")


# cells, merged range, place and sentence (all of them)
TABLES: dict[str, tuple[Cells, str, list[str]]] = {
    "merged header": (GOOD, "A1:B1", ["eigen.xlsx!Blad1:A1  the header is merged (A1:B1)"]),
    "empty": ([], "", ["eigen.xlsx!Blad1  the table is empty"]),
    "only a header": (GOOD[:1], "", ["eigen.xlsx!Blad1  the table has no rows below its header"]),
    "a column that is not there": (
        [["code", "tuinen"], ["WK048402", 1]], "",
        ["eigen.xlsx!Blad1:1  has no column 'tuin' (did you mean 'tuinen'?)"],
    ),
    "a column twice": (
        [["code", "tuin", "tuin"], ["WK048402", 1, 2]], "",
        ["eigen.xlsx!Blad1:C1  the column 'tuin' stands there twice"],
    ),
    "text where a number stands": (
        [["code", "tuin"], ["WK048402", "ongeveer de helft"]], "",
        ["eigen.xlsx!Blad1:B2  tuin: 'ongeveer de helft' is no number"],
    ),
    "an area that does not exist": (
        [["code", "tuin"], ["WK048499", 1]], "",
        ["eigen.xlsx!Blad1:A2  'WK048499' is no area of this division"],
    ),
    "doubled rows": (
        [*GOOD, ["WK048402", 46]], "", ["eigen.xlsx!Blad1:A4  ", "WK048402"],
    ),
    "a share above a hundred": (
        [["code", "tuin"], ["WK048402", 145]], "",
        ["eigen.xlsx!Blad1:B2  tuin: 145 is no percentage (0 to 100)"],
    ),
    "a share below zero": ([["code", "tuin"], ["WK048402", -2]], "",
        ["eigen.xlsx!Blad1:B2  tuin: -2 is no percentage (0 to 100)"]),
    "three things at once": (
        [["code", "tuin"], ["WK048499", 40], ["WK048402", "veel"], ["WK048401", "?"]], "",
        ["Blad1:A2  'WK048499'", "Blad1:B3  tuin: 'veel'", "Blad1:B4  tuin: '?'", "3 problems"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_broken_table_of_ones_own_is_told_with_its_cell(name: str, project: Path) -> None:
    cells, merge, said = TABLES[name]
    own_table(project, cells, merge)
    outcome = build(project)
    assert outcome.code == 1, outcome.err
    for part in said:
        assert part in outcome.err


def test_a_sheet_that_is_not_there(project: Path) -> None:
    path = own_table(project, GOOD).with_name("eigen.xlsx.yaml")
    path.write_text(path.read_text().replace("Blad1", "Blad2"))
    outcome = build(project)
    assert outcome.code == 1
    assert "eigen.xlsx  has no sheet 'Blad2' (did you mean 'Blad1'?)" in outcome.err


def test_a_file_that_is_no_workbook(project: Path) -> None:
    path = own_table(project, GOOD)
    path.write_bytes(b"PK\x03\x04rommel")
    sign(path)
    outcome = build(project)
    assert outcome.code == 1
    assert "eigen.xlsx  is no workbook" in outcome.err
