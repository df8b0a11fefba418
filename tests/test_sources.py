"""Readers of the suppliers' files: what they make of good answers and say of bad ones."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import xlsxwriter
from shapely import MultiPolygon, Polygon, box

from odata_bodies import body, indicator, properties, source, untyped
from wijkprofiel.errors import DataError, SourceError, WijkprofielError
from wijkprofiel.model import Level, Status
from wijkprofiel.sources import boundaries, crosswalk, derived, reference, statline, tables
from wijkprofiel.sources.contract import admit_figures
from wijkprofiel.sources.gazetteer import Gazetteer
from wijkprofiel.sources.layout import Layout
from wijkprofiel.tables import REFERENCE_COLUMNS, check_indicators

LONELY = indicator("lonely", "Eenzaam")


def read(
    *bodies: bytes,
    described: bytes | None = None,
    table: Any = None,
    topics: tuple[Any, ...] = (LONELY,),
) -> pd.DataFrame:
    figures = statline.read_figures(
        bodies,
        described,
        table=table or source(),
        edition="1TAB",
        indicators={topic.id: topic for topic in topics},
        where="health.json",
    )
    return check_indicators(figures, "health.json")


def one(figures: pd.DataFrame, area: str, period: str = "2020") -> Any:
    rows = figures[(figures["area"] == area) & (figures["period"] == period)]
    assert len(rows) == 1
    return rows.iloc[0]


def told(failure: pytest.ExceptionInfo[WijkprofielError]) -> str:
    return "\n".join(str(problem) for problem in failure.value.problems)


# --- StatLine ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value", "status"),
    [
        ("    50.4", 50.4, Status.OK),
        ("     0.0", 0.0, Status.OK),
        ("       .", None, Status.UNKNOWN),
        ("", None, Status.NOT_MEASURED),
        ("        ", None, Status.NOT_MEASURED),
        (None, None, Status.UNKNOWN),
        (0, 0.0, Status.OK),
        (12, 12.0, Status.OK),
    ],
)
def test_a_cell_is_a_value_unknown_or_not_measured_and_zero_is_a_value(
    cell: Any, value: float | None, status: Status
) -> None:
    row = one(read(body(untyped("WK048402", Eenzaam_28=cell))), "WK048402")
    assert row["status"] == status.value
    assert (None if math.isnan(row["value"]) else row["value"]) == value


def test_codes_are_stripped_and_the_country_keeps_the_supplier_s_code() -> None:
    figures = read(
        body(untyped("NL01", Eenzaam_28="47.0"), untyped("GM0484", Eenzaam_28="45.9"), packed=True)
    )
    assert figures["area"].tolist() == ["NL01", "GM0484"]
    assert figures["period"].tolist() == ["2020", "2020"]


def test_the_number_behind_a_key_may_be_any() -> None:
    for key in ("Eenzaam_28", "Eenzaam_27", "Eenzaam_25"):
        assert one(read(body(untyped("WK048402", **{key: "50.4"}))), "WK048402")["value"] == 50.4


def test_margin_rows_become_the_limits_of_one_row() -> None:
    figures = read(
        body(
            untyped("WK048402", Eenzaam_28="50.4"),
            untyped("WK048402", margin="MOG0095", Eenzaam_28="47.1"),
            untyped("WK048402", margin="MBG0095", Eenzaam_28="53.6"),
            untyped("WK048401", Eenzaam_28="44.8"),
        )
    )
    row = one(figures, "WK048402")
    assert (row["lower"], row["value"], row["upper"]) == (47.1, 50.4, 53.6)
    assert math.isnan(one(figures, "WK048401")["lower"])


def test_other_ages_and_buitenland_are_left_out_and_a_wijk_of_people_never() -> None:
    old = {**untyped("WK048402", Eenzaam_28="60.0"), "Leeftijd": "80200"}
    figures = read(
        body(
            old,
            untyped("WK048402", Eenzaam_28="50.4"),
            untyped("WK010699", Eenzaam_28="40.0"),
            untyped("WK0363NJ", Eenzaam_28="30.0"),
            untyped("GM0998", Eenzaam_28="1.0"),
        )
    )
    found = figures[["area", "value"]].to_numpy().tolist()
    assert found == [["WK048402", 50.4], ["WK010699", 40.0], ["WK0363NJ", 30.0]]


def test_pages_are_one_table() -> None:
    first = body(untyped("WK048401", Eenzaam_28="44.8"), next_page=True)
    assert len(read(first, body(untyped("WK048402", Eenzaam_28="50.4")))) == 2


GROUPS = {1: ("Herkomst", None), 2: ("Herkomstland", 1), 3: ("Geboren in Nederland", 1)}
TWICE = properties(("Nederland_17", 2), ("Nederland_20", 3), ("Eenzaam_28", None), groups=GROUPS)


def test_a_name_that_occurs_twice_is_resolved_by_its_group() -> None:
    cells = {"Nederland_17": "12", "Nederland_20": "3", "Eenzaam_28": "1"}
    for group, value in (("Herkomstland", 12), ("Geboren in Nederland", 3)):
        topic = indicator("origin", "Nederland", group)
        figures = read(body(untyped("WK048402", **cells)), described=TWICE, topics=(topic,))
        assert one(figures, "WK048402")["value"] == value


def test_a_topic_that_the_rows_do_not_carry_has_no_rows() -> None:
    topics = (LONELY, indicator("origin", "Nederland", "Herkomstland"))
    figures = read(body(untyped("WK048402", Eenzaam_28="50")), described=TWICE, topics=topics)
    assert set(figures["indicator"]) == {"lonely"}


def test_a_topic_of_another_edition_has_no_rows() -> None:
    later = indicator("later", "X").model_copy(
        update={"sources": (LONELY.sources[0].model_copy(update={"keys": {"2TAB": "X"}}),)}
    )
    figures = read(body(untyped("WK048402", Eenzaam_28="50")), topics=(LONELY, later))
    assert set(figures["indicator"]) == {"lonely"}


BAD_ANSWERS: dict[str, tuple[Any, str]] = {
    "no JSON": (b"<feed>", "is no JSON"),
    "a broken gzip": (b"\x1f\x8b\x08broken", "gzip file is broken"),
    "an error page": (b'{"odata.error": {"code": ""}}', "is no OData answer"),
    "a list of words": (b'["a"]', "is no OData answer"),
    "no rows": (body(), "no rows"),
    "a page that is missing": (
        body(untyped("WK048402", Eenzaam_28="1"), next_page=True),
        "names a next one",
    ),
    "an unknown topic": (body(untyped("WK048402", Eenzam_28="1")), "did you mean 'Eenzam'"),
    "a topic twice": (
        body(untyped("WK048402", Eenzaam_28="1", Eenzaam_30="2")),
        "Eenzaam_28; Eenzaam_30",
    ),
    "no age": (
        body({"WijkenEnBuurten": "WK048402", "Eenzaam_28": "1"}),
        "no dimension 'Leeftijd'",
    ),
    "only another age": (
        body({**untyped("WK048402", Eenzaam_28="1"), "Leeftijd": "80200"}),
        "no row has Leeftijd 20300",
    ),
    "no areas": (body({"Leeftijd": "20300", "Eenzaam_28": "1"}), "no column of areas"),
    "no period": (
        body({"Leeftijd": "20300", "WijkenEnBuurten": "WK048402", "Eenzaam_28": "1"}),
        "no column 'Perioden'",
    ),
    "text for a number": (
        body(untyped("WK048402", Eenzaam_28="veel")),
        "WK048402, 2020: 'veel' is no number",
    ),
    "a number without end": (body(untyped("WK048402", Eenzaam_28="inf")), "'inf' is no number"),
    "doubled rows": (
        body(untyped("WK048402", Eenzaam_28="1"), untyped("WK048402", Eenzaam_28="2")),
        "WK048402, lonely, 2020 stands there 2 times",
    ),
    "a doubled margin": (
        body(
            untyped("WK048402", Eenzaam_28="1"),
            *[untyped("WK048402", margin="MOG0095", Eenzaam_28="0")] * 2,
        ),
        "two rows of margin MOG0095",
    ),
    "limits that do not hold the value": (
        body(
            untyped("WK048402", Eenzaam_28="50"),
            untyped("WK048402", margin="MOG0095", Eenzaam_28="60"),
        ),
        "lies within its own interval",
    ),
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_a_bad_answer_says_what_is_wrong_and_where(name: str) -> None:
    answer, words = BAD_ANSWERS[name]
    with pytest.raises((SourceError, DataError)) as failure:
        read(answer)
    assert words in told(failure)
    assert all("health.json" in problem.where for problem in failure.value.problems)


@pytest.mark.parametrize(
    ("group", "words"),
    [(None, "2 topics"), ("Elders", "no topic"), ("Herkomst", "2 topics")],
)
def test_a_name_that_occurs_twice_lists_the_candidates(group: str | None, words: str) -> None:
    topic = indicator("origin", "Nederland", group)
    rows = body(untyped("WK048402", Nederland_17="12"))
    with pytest.raises(SourceError) as failure:
        read(rows, described=TWICE, topics=(topic,))
    assert words in told(failure)
    assert "Nederland_17 (in 'Herkomstland')" in told(failure)
    assert "Nederland_20 (in 'Geboren in Nederland')" in told(failure)


def test_a_double_name_of_another_delivery_is_not_guessed() -> None:
    topic = indicator("origin", "Nederland", "Herkomstland")
    with pytest.raises(SourceError) as failure:
        read(body(untyped("WK048402", Nederland_14="12")), described=TWICE, topics=(topic,))
    assert "Nederland_14: not in DataProperties" in told(failure)


def test_all_unknown_topics_are_told_at_once() -> None:
    topics = (indicator("a", "Een"), indicator("b", "Twee"))
    with pytest.raises(SourceError) as failure:
        read(body(untyped("WK048402", Eenzaam_28="1")), topics=topics)
    assert len(failure.value.problems) == 2


def test_an_edition_that_is_not_declared() -> None:
    with pytest.raises(SourceError, match="no edition"):
        statline.read_figures(
            [body(untyped("NL01"))],
            None,
            table=source(),
            edition="9TAB",
            indicators={},
            where="health.json",
        )


def test_a_table_of_one_year_needs_no_period() -> None:
    table = source(
        filters={}, margins={}, editions=[{"table": "1TAB", "periods": ["2024"], "division": 2024}]
    )
    row = {"WijkenEnBuurten": "WK048402  ", "Eenzaam_28": 3}
    assert one(read(body(row), table=table), "WK048402", "2024")["value"] == 3


def test_areas_have_level_parent_name_and_people() -> None:
    rows = [
        {"WijkenEnBuurten": f"{code:<10}", "AantalInwoners_5": people}
        for code, people in (
            ("NL00", 100),
            ("GM0344", 90),
            ("WK034408", 80),
            ("BU03440821", None),
            ("WK034499", None),
            ("WK0344ZZ", 7),
        )
    ]
    titles = {
        "NL00": "Nederland",
        "GM0344": "Utrecht",
        "WK034408": "Wijk 08 Zuidwest",
        "BU03440821": "Bedrijvengebied Kanaleneiland",
        "WK034499": "Groot water",
        "WK0344ZZ": "Waterwijk",
    }
    names = body(*({"Key": f"{code:<10}", "Title": title} for code, title in titles.items()))
    table = statline.read_areas([body(*rows)], [names], boundary_year=2024, where="kwb.json")
    assert table["code"].tolist() == [code for code in titles if code != "WK034499"]
    assert table["name"].tolist() == [
        "Nederland",
        "Utrecht",
        "Zuidwest",
        titles["BU03440821"],
        "Waterwijk",
    ]
    assert table["level"].tolist() == ["land", "gemeente", "wijk", "buurt", "wijk"]
    assert table["parent"].tolist() == ["", "NL00", "GM0344", "WK034408", "GM0344"]
    assert table["population"].tolist()[:3] == [100, 90, 80]
    assert math.isnan(table["population"].tolist()[3])


def test_a_region_that_is_no_cbs_code() -> None:
    with pytest.raises(DataError, match="PV28"):
        statline.read_areas([body({"WijkenEnBuurten": "PV28"})], [], boundary_year=2024, where="x")


# --- derived figures --------------------------------------------------------------------------


def figure_rows(*cells: tuple[str, float | None, Status]) -> pd.DataFrame:
    nan = float("nan")
    return check_indicators(
        pd.DataFrame(
            [
                ("WK048402", name, "2024", nan if value is None else value, nan, nan, nan, s, "kwb")
                for name, value, s in cells
            ],
            columns=[
                "area", "indicator", "period", "value", "lower", "upper", "n", "status", "source",
            ],
        ),
        "x",
    )  # fmt: skip


TOTAL = indicator("total", sum_of=("a", "b"), unit="count")
SHARE = indicator("share", ratio=("a", "total"), ratio_factor=100.0)


@pytest.mark.parametrize(
    ("a", "b", "total", "share"),
    [
        ((30, Status.OK), (90, Status.OK), (120, "ok"), (25, "ok")),
        ((0, Status.OK), (0, Status.OK), (0, "ok"), (None, "not_applicable")),
        ((5, Status.OK), (None, Status.UNKNOWN), (None, "unknown"), (None, "unknown")),
        (
            (None, Status.SUPPRESSED),
            (None, Status.UNKNOWN),
            (None, "suppressed"),
            (None, "suppressed"),
        ),
    ],
)
def test_sums_and_shares_are_derived_and_keep_the_reason_of_a_gap(
    a: Any, b: Any, total: Any, share: Any
) -> None:
    figures = derived.add(
        figure_rows(("a", *a), ("b", *b)), {"share": SHARE, "total": TOTAL, "a": LONELY}
    )
    figures = check_indicators(figures, "x").set_index("indicator")
    for name, (value, status) in (("total", total), ("share", share)):
        assert figures.loc[name, "status"] == status
        found = figures["value"][name]
        assert (None if math.isnan(found) else found) == value


def test_a_part_that_is_not_in_the_data_gives_no_row() -> None:
    figures = derived.add(figure_rows(("a", 1, Status.OK)), {"total": TOTAL})
    assert figures["indicator"].tolist() == ["a"]


# --- outlines ---------------------------------------------------------------------------------

SQUARE = box(100000, 450000, 101000, 451000)
BOW_TIE = Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])


def geopackage(  # noqa: PLR0917 - a file with everything that can be wrong in it
    path: Path,
    shapes: dict[str, Any],
    crs: str | None = "EPSG:28992",
    layer: str = "wijken",
    code: str = "wijkcode",
    names: dict[str, str] | None = None,
    water: dict[str, str] | None = None,
) -> Path:
    called = {name: f"Wijk 0{i} Naam {i}" for i, name in enumerate(shapes)} | (names or {})
    columns: dict[str, list[str]] = {
        code: list(shapes),
        "wijknaam": [called[name] for name in shapes],
    }
    if water is not None:
        columns["water"] = [water.get(name, "NEE") for name in shapes]
    table = gpd.GeoDataFrame(columns, geometry=list(shapes.values()), crs=crs)
    table.to_file(path, layer=layer, driver="GPKG")
    return path


def outlines(path: Path, **more: Any) -> tuple[gpd.GeoDataFrame, Any]:
    return boundaries.read(path, level=Level.WIJK, year=2024, where="w.gpkg", **more)


@pytest.mark.parametrize("water", [None, {"WK048499": "JA"}])
def test_outlines_are_read_in_metres_without_water(
    tmp_path: Path, water: dict[str, str] | None
) -> None:
    path = geopackage(
        tmp_path / "w.gpkg",
        {"WK048402": SQUARE, "WK010699": box(0, 0, 1, 1), "WK048499": SQUARE, "WK099899": SQUARE},
        names={"WK048499": "Groot water" if water is None else "Plas", "WK099899": "Buitenland"},
        water=water,
    )
    table, findings = outlines(path)
    assert table["code"].tolist() == ["WK010699", "WK048402"]
    assert table["parent"].tolist() == ["GM0106", "GM0484"]
    assert table["name"].tolist() == ["Naam 1", "Naam 0"]
    assert table.crs.to_epsg() == 28992
    assert table.geometry.area.tolist() == [1.0, 1e6]
    assert findings == ()


def test_degrees_become_metres(tmp_path: Path) -> None:
    around = gpd.GeoSeries([SQUARE], crs="EPSG:28992").to_crs("EPSG:4326").iloc[0]
    table, _ = outlines(geopackage(tmp_path / "w.gpkg", {"WK048402": around}, crs="EPSG:4326"))
    assert table.geometry.iloc[0].area == pytest.approx(1e6, rel=1e-4)


def test_only_the_gemeenten_that_were_asked_for(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "w.gpkg", {"WK048402": SQUARE, "WK054609": SQUARE})
    assert outlines(path, gemeenten=["GM0546"])[0]["code"].tolist() == ["WK054609"]


def test_an_invalid_outline_is_repaired_and_told(tmp_path: Path) -> None:
    table, findings = outlines(geopackage(tmp_path / "w.gpkg", {"WK048402": BOW_TIE}))
    assert table.geometry.is_valid.all()
    assert table.geometry.iloc[0].area == pytest.approx(50)
    assert [(f.code, "WK048402" in f.message) for f in findings] == [("outline-repaired", True)]


def test_enclaves_and_parts_are_kept(tmp_path: Path) -> None:
    ring = box(0, 0, 10, 10).difference(box(4, 4, 6, 6))
    parts = MultiPolygon([box(20, 0, 21, 1), box(30, 0, 31, 1)])
    table, _ = outlines(geopackage(tmp_path / "w.gpkg", {"WK048401": ring, "WK048402": parts}))
    assert table.geometry.area.tolist() == [96, 2]
    assert len(table.geometry.iloc[1].geoms) == 2


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_file_without_crs_is_refused(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "w.gpkg", {"WK048402": SQUARE}, crs=None)
    with pytest.raises(DataError, match="no coordinate system") as failure:
        outlines(path)
    assert failure.value.where == "w.gpkg!wijken"


def test_bad_outlines_say_what_is_wrong(tmp_path: Path) -> None:
    cases: dict[str, tuple[Any, str]] = {
        "layer": (
            lambda p: geopackage(p, {"WK048402": SQUARE}, layer="wijk"),
            "did you mean 'wijk'",
        ),
        "code": (lambda p: geopackage(p, {"WK048402": SQUARE}, code="code"), "'wijkcode'"),
        "empty": (lambda p: geopackage(p, {"WK048402": Polygon()}), "without an outline"),
        "none": (lambda p: p.write_bytes(b"no outlines") and p, "no file with outlines"),
    }
    for name, (make, words) in cases.items():
        path = make(tmp_path / f"{name}.gpkg")
        with pytest.raises(DataError) as failure:
            outlines(path)
        assert words in told(failure), name


def test_a_doubled_outline_is_refused(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame(
        {"wijkcode": ["WK048402"] * 2, "wijknaam": ["a", "b"]},
        geometry=[SQUARE, SQUARE],
        crs="EPSG:28992",
    )
    table.to_file(tmp_path / "w.gpkg", layer="wijken", driver="GPKG")
    with pytest.raises(DataError, match="WK048402 stands there more than once"):
        outlines(tmp_path / "w.gpkg")


# --- the small tables -------------------------------------------------------------------------

CROSSWALK = "area,from_year,to_year,status,basis\n"


def test_crosswalk_links_same_and_changed_and_nothing_else() -> None:
    words = ["same", "changed", "new", "gone"]
    lines = [f"WK04840{i},2020,2024,{word},basis" for i, word in enumerate(words)]
    walk = crosswalk.read((CROSSWALK + "\n".join(lines)).encode(), "crosswalk.csv")
    codes = ["NL01", *(f"WK04840{i}" for i in range(5))]
    figures = pd.concat(
        [figure_rows(("a", 1.0, Status.OK)).assign(area=code, source="health") for code in codes]
    )
    linked, apart, findings = crosswalk.link(figures, walk, {"health": 2020}, 2024)
    assert linked["area"].tolist() == ["NL01", "WK048400", "WK048401"]
    assert apart["area"].tolist() == ["WK048402", "WK048403", "WK048404"]
    assert [f.code for f in findings] == ["figures-not-linked"]
    linked, apart, findings = crosswalk.link(figures, walk, {"health": 2024}, 2024)
    assert (len(linked), len(apart), findings) == (6, 0, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("area,from_year,to_year,status\n", "basis: this column is missing"),
        (
            "area,from_year,to_year,state,basis\nWK1,1,2,same,x\n",
            "state: unknown column (did you mean 'status'?)",
        ),
        (CROSSWALK, "no rows"),
        ("", "is no CSV"),
        (
            CROSSWALK + "WK048401,2020,next,same,x\n",
            "crosswalk.csv:2  to_year: 'next' is no number",
        ),
    ],
)
def test_a_bad_small_table_says_where(text: str, words: str) -> None:
    with pytest.raises(DataError) as failure:
        crosswalk.read(text.encode(), "crosswalk.csv")
    assert words in told(failure)


def test_reference_reads_its_columns() -> None:
    row = ["indicator", "eenzaam", "", "2020", "3150", *["1.5"] * (len(REFERENCE_COLUMNS) - 5)]
    text = ",".join(REFERENCE_COLUMNS) + "\n" + ",".join(row) + "\n"
    table = reference.read(text.encode(), "reference.csv")
    assert list(table.columns) == list(REFERENCE_COLUMNS)
    assert table.loc[0, "framework"] == ""
    assert table.loc[0, "p97.5"] == 1.5
    with pytest.raises(DataError) as failure:
        reference.read(text.replace("mean,", "average,").encode(), "reference.csv")
    assert "mean: this column is missing" in told(failure)
    assert "average: unknown column" in told(failure)


# --- a GGD's own table ------------------------------------------------------------------------

LONG = Layout(area="wijk", period="jaar", indicator="onderwerp", value="waarde", n="n")
WIDE = Layout(area="wijk", period="2024", topics={"lonely": "eenzaam"})


def own(data: bytes, layout: Layout | None = LONG) -> pd.DataFrame:
    table = tables.read(
        data,
        layout,
        tables.Expected(
            source="ggd",
            indicators={"lonely": LONELY},
            areas=Gazetteer({"WK048401": "Noord", "WK048402": "Zuid"}),
        ),
        "ggd.xlsx",
    )
    return check_indicators(table, "ggd.xlsx")


def workbook(*rows: list[Any], merge: str = "", sheets: int = 1) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for number in range(sheets):
            sheet = book.add_worksheet(f"Blad{number + 1}")
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
            if merge:
                sheet.merge_range(merge, "samen")
    return out.getvalue()


HEADER = ["wijk", "jaar", "onderwerp", "waarde", "n"]
GOOD = ["WK048402", 2024, "lonely", 45.5, 120]


def test_a_long_and_a_wide_table_hold_the_same_figures() -> None:
    long = own(workbook(HEADER, GOOD, ["WK048401", 2024, "lonely", ".", 12]))
    text = "wijk;eenzaam\nWK048402;45,5\n\nWK048401;-\n"
    wide = own(text.encode("cp1252"), WIDE)
    for table in (long, wide):
        assert table["area"].tolist() == ["WK048402", "WK048401"]
        assert table["status"].tolist() == ["ok", "unknown"]
        assert table["value"].tolist()[0] == 45.5
        assert table["period"].tolist() == ["2024", "2024"]
    assert long["n"].tolist() == [120, 12]


BAD_TABLES: dict[str, tuple[bytes, Layout | None, str]] = {
    "a merged header": (
        workbook(HEADER, GOOD, merge="B1:C1"),
        LONG,
        "ggd.xlsx!Blad1:B1  the header is merged (B1:C1)",
    ),
    "an empty sheet": (workbook(), LONG, "ggd.xlsx!Blad1  the table is empty"),
    "a header only": (workbook(HEADER), LONG, "no rows below its header"),
    "a missing column": (
        workbook(["wijk", "jaar", "onderwerp", "warde", "n"], GOOD),
        LONG,
        "no column 'waarde' (did you mean 'warde'",
    ),
    "a doubled column": (
        workbook([*HEADER, "wijk"], GOOD),
        LONG,
        "ggd.xlsx!Blad1:F1  the column 'wijk' stands there twice",
    ),
    "doubled rows": (
        workbook(HEADER, GOOD, GOOD),
        LONG,
        "ggd.xlsx!Blad1:A3  WK048402, lonely, 2024 stands there twice, first in row 2",
    ),
    "an unknown area": (
        workbook(HEADER, ["WK048409", 2024, "lonely", 1, 2]),
        LONG,
        "ggd.xlsx!Blad1:A2  'WK048409' is no area",
    ),
    "an unknown topic": (
        workbook(HEADER, ["WK048402", 2024, "lonly", 1, 2]),
        LONG,
        "'lonly' is no indicator (did you mean 'lonely'?)",
    ),
    "text for a number": (
        workbook(HEADER, GOOD, ["WK048401", 2024, "lonely", "veel", 2]),
        LONG,
        "ggd.xlsx!Blad1:D3  waarde: 'veel' is no number",
    ),
    "text in a CSV": (
        b"wijk;eenzaam\nWK048402;4O,5\n",
        WIDE,
        "ggd.xlsx:B2  eenzaam: '4O,5' is no number",
    ),
    "no year": (workbook(HEADER, ["WK048402", "nu", "lonely", 1, 2]), LONG, "'nu' is no year"),
    "several sheets": (workbook(HEADER, GOOD, sheets=2), LONG, "several sheets"),
    "no such sheet": (
        workbook(HEADER, GOOD),
        LONG.model_copy(update={"sheet": "Blad2"}),
        "no sheet 'Blad2' (did you mean 'Blad1'?)",
    ),
    "no workbook": (b"PK\x03\x04rest", LONG, "is no workbook"),
    "no layout": (workbook(HEADER, GOOD), None, "no 'layout'"),
}


@pytest.mark.parametrize("name", BAD_TABLES)
def test_a_bad_table_names_the_cell(name: str) -> None:
    data, layout, words = BAD_TABLES[name]
    with pytest.raises(DataError) as failure:
        own(data, layout)
    assert words in told(failure)


def test_all_problems_of_a_table_are_told_at_once() -> None:
    rows = [["WK1", 2024, "lonely", "x1", 2], ["WK048402", 2024, "topic", 1, 2]]
    with pytest.raises(DataError) as failure:
        own(workbook(HEADER, *rows))
    assert len(failure.value.problems) == 3


# --- the contract at the speed of a build -----------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "missing"},
        {"value": float("nan")},
        {"area": "Utrecht"},
        {"period": "nu"},
        {"n": -1.0},
        {"lower": 60.0},
    ],
)
def test_the_quick_tests_refuse_what_the_contract_refuses(wrong: dict[str, Any]) -> None:
    good = figure_rows(("a", 50.0, Status.OK))
    assert admit_figures(good, "x") is good
    with pytest.raises(DataError):
        check_indicators(good.assign(**wrong), "x")
    with pytest.raises(DataError):
        admit_figures(good.assign(**wrong), "x")
