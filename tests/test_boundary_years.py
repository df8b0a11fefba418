"""Figures of one division on the areas of another: by crosswalk, by buurten, by surface."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import math
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from builders import indicator, own
from sample import config, dataset
from wijkprofiel import profile
from wijkprofiel.assets import shipped_root
from wijkprofiel.documents.desk import load_words
from wijkprofiel.errors import ConfigError, DataError
from wijkprofiel.model import Finding, Indicator, Severity, Status
from wijkprofiel.sources import areal, crosswalk, divisions, folder
from wijkprofiel.sources.contract import admit_crosswalk
from wijkprofiel.sources.divisions import Linked, Setting
from wijkprofiel.tables import AREA_COLUMNS, CROSSWALK_COLUMNS, INDICATOR_COLUMNS, check_indicators
from wijkprofiel.wording import sentences

SAMPLE = shipped_root() / "data" / "sample"
THEN, NOW = 2020, 2024
TOPICS: dict[str, Indicator] = {
    "share": indicator("share", sources=[{"table": "health", "keys": {"all": "Share"}}]),
    "people": indicator(
        "people", unit="count", combine="sum",
        sources=[{"table": "health", "keys": {"all": "People"}}],
    ),
    "class": indicator(
        "class", unit="class", combine="none", classes={"1": "veel", "2": "weinig"},
        sources=[{"table": "health", "keys": {"all": "Class"}}],
    ),
    "ratio": indicator("ratio", combine="ratio", ratio=["share", "people"]),
}  # fmt: skip


def figures(*rows: tuple[str, str, float | str], **more: Any) -> pd.DataFrame:
    """IndicatorTable of (area, indicator, value or status)."""
    table = [
        {
            "area": area,
            "indicator": name,
            "period": str(THEN),
            "value": math.nan if isinstance(value, str) else value,
            "lower": math.nan,
            "upper": math.nan,
            "n": math.nan,
            "status": value if isinstance(value, str) else "ok",
            "source": "health",
            **more,
        }
        for area, name, value in rows
    ]
    return pd.DataFrame(table, columns=list(INDICATOR_COLUMNS))


def walk(*rows: tuple[str, str] | tuple[str, str, str, float]) -> pd.DataFrame:
    """CrosswalkTable of (area, status) or (area, status, from_area, weight)."""
    full = [row if len(row) == 4 else (*row, "", math.nan) for row in rows]
    table = pd.DataFrame(
        [(a, THEN, NOW, status, "a test", start, weight) for a, status, start, weight in full],
        columns=list(CROSSWALK_COLUMNS),
    )
    return admit_crosswalk(table, "crosswalk.csv", strict=True)


def areas(**people: float) -> pd.DataFrame:
    levels = {"GM": "gemeente", "WK": "wijk", "BU": "buurt"}
    return pd.DataFrame(
        [(code, code, levels[code[:2]], "", NOW, number) for code, number in people.items()],
        columns=list(AREA_COLUMNS),
    )


def link(table: pd.DataFrame, ways: pd.DataFrame, known: pd.DataFrame, **more: Any) -> Linked:
    setting = Setting(ways, known, TOPICS, {"health": THEN}, NOW, **more)
    found = divisions.link(table, setting)
    check_indicators(found.figures, "linked")
    return found


def cell(found: Linked, area: str, name: str = "share") -> Any:
    rows = found.figures[(found.figures["area"] == area) & (found.figures["indicator"] == name)]
    [row] = rows.to_dict("records")
    return row["value"], row["status"]


def told(found: Linked) -> Mapping[str, Finding]:
    return {finding.code: finding for finding in found.findings}


# --- by the crosswalk -------------------------------------------------------------------------


def test_a_renumbered_area_keeps_its_published_figure_with_limits_and_n() -> None:
    table = figures(("WK000001", "share", 40.0), lower=35.0, upper=46.0, n=212.0)
    found = link(
        table, walk(("WK000003", "renumbered", "WK000001", 1.0)), areas(WK000003=10, WK000001=20)
    )
    [row] = found.figures.to_dict("records")
    assert row["area"] == "WK000003"
    assert [row[n] for n in ("value", "lower", "upper", "n")] == [40.0, 35.0, 46.0, 212.0]
    # what now bears the old number is another area, and gets nothing
    assert "WK000001" not in set(found.figures["area"])
    assert set(told(found)) == {"figures-renumbered"}


def test_a_merged_area_is_weighted_by_the_people_it_shares() -> None:
    # 40 % of 3,000 people and 60 % of 1,000 people: (1200 + 600) / 4000 = 45 %
    table = figures(("WK000001", "share", 40.0), ("WK000002", "share", 60.0))
    ways = walk(
        ("WK000009", "composed", "WK000001", 3000.0), ("WK000009", "composed", "WK000002", 1000.0)
    )
    found = link(table, ways, areas(WK000009=4000))
    assert cell(found, "WK000009") == (pytest.approx(45.0), "ok")
    assert told(found)["figures-composed"].severity is Severity.INFO


def test_limits_are_the_bound_for_errors_that_go_together() -> None:
    table = pd.concat(
        [
            figures(("WK000001", "share", 40.0), lower=36.0, upper=44.0),
            figures(("WK000002", "share", 60.0), lower=50.0, upper=70.0),
        ]
    )
    ways = walk(
        ("WK000009", "composed", "WK000001", 3000.0), ("WK000009", "composed", "WK000002", 1000.0)
    )
    row = link(table, ways, areas(WK000009=4000)).figures.iloc[0]
    # half widths 4 and 10, weighted 3 to 1: 5.5
    assert (row["lower"], row["upper"]) == (pytest.approx(39.5), pytest.approx(50.5))


def test_a_split_area_gives_each_part_its_share_of_a_count_and_its_own_percentage() -> None:
    # 2020: 1,000 people; 600 of them now live in WK000001, 400 in WK000002
    table = figures(("WK000009", "people", 1000.0), ("WK000009", "share", 30.0))
    ways = walk(
        ("WK000001", "composed", "WK000009", 600.0), ("WK000002", "composed", "WK000009", 400.0)
    )
    found = link(table, ways, areas(WK000001=650, WK000002=380))
    assert cell(found, "WK000001", "people") == (600.0, "ok")
    assert cell(found, "WK000002", "people") == (400.0, "ok")
    assert cell(found, "WK000002", "share") == (30.0, "ok")
    # computed from its parts again, not averaged: 30 / 400
    assert cell(found, "WK000002", "ratio") == (pytest.approx(30 / 400), "ok")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((1.0, 1.0), (1.0, "ok")),
        ((1.0, 2.0), (math.nan, "not_applicable")),
        ((1.0, "unknown"), (math.nan, "not_applicable")),
    ],
)
def test_a_class_is_taken_where_all_sources_have_it(
    values: tuple[float | str, ...], expected: tuple[float, str]
) -> None:
    codes = ("WK000001", "WK000002")
    table = figures(*((c, "class", v) for c, v in zip(codes, values, strict=True)))
    ways = walk(*(("WK000009", "composed", code, 5.0) for code in codes))
    found = cell(link(table, ways, areas(WK000009=10)), "WK000009", "class")
    assert found == (pytest.approx(expected[0], nan_ok=True), expected[1])


@pytest.mark.parametrize(
    ("small", "reason", "expected"),
    [
        (20.0, "unknown", (40.0, "ok")),  # 80 of 100 people have a figure: enough
        (21.0, "unknown", (math.nan, "unknown")),
        (1.0, "suppressed", (math.nan, "suppressed")),  # one withheld part withholds the whole
        (50.0, "not_measured", (math.nan, "not_measured")),
    ],
)
def test_four_fifths_of_the_weight_must_have_a_figure(
    small: float, reason: str, expected: tuple[float, str]
) -> None:
    table = figures(("WK000001", "share", 40.0), ("WK000002", "share", reason))
    ways = walk(
        ("WK000009", "composed", "WK000001", 100 - small),
        ("WK000009", "composed", "WK000002", small),
    )
    found = cell(link(table, ways, areas(WK000009=100)), "WK000009")
    assert found == (pytest.approx(expected[0], nan_ok=True), expected[1])


def test_a_source_that_is_not_in_the_data_counts_as_weight_without_a_figure() -> None:
    table = figures(("WK000001", "share", 40.0), ("WK000001", "people", 9.0))
    ways = walk(
        ("WK000009", "composed", "WK000001", 1.0), ("WK000009", "composed", "WK000002", 1.0)
    )
    found = link(table, ways, areas(WK000009=2))
    assert cell(found, "WK000009") == (pytest.approx(math.nan, nan_ok=True), "unknown")
    assert cell(found, "WK000009", "people")[1] == "unknown"


def test_own_survey_figures_are_never_put_together() -> None:
    table = figures(("WK000001", "share", 40.0))
    ways = walk(("WK000009", "composed", "WK000001", 1.0))
    found = link(table, ways, areas(WK000009=2), surveys=frozenset({"health"}))
    assert found.figures.empty
    assert found.unlinked["area"].tolist() == ["WK000001"]


HEAD = "area,from_year,to_year,status,basis,from_area,weight\n"


def test_the_columns_of_the_old_areas_may_be_left_out() -> None:
    text = "area,from_year,to_year,status,basis\nWK000001,2020,2024,same,x\n"
    found = crosswalk.read(text.encode(), "c.csv")
    assert found["from_area"].tolist() == [""]
    assert found["weight"].isna().all()


def test_a_lone_old_area_needs_no_weight() -> None:
    found = crosswalk.read(f"{HEAD}WK000003,2020,2024,renumbered,x,WK000001,\n".encode(), "c.csv")
    assert found["weight"].tolist() == [1.0]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("WK1,2020,2024,composed,x,WK000001,veel",), "c.csv:2  weight: 'veel' is no number"),
        (
            ("WK000009,2020,2024,composed,x,WK000001,5", "WK000009,2020,2024,composed,x,WK000002,"),
            "c.csv:3  weight: '' is no number",
        ),
    ],
)
def test_a_weight_that_is_none_is_told_with_its_line(lines: tuple[str, ...], words: str) -> None:
    with pytest.raises(DataError) as caught:
        crosswalk.read((HEAD + "\n".join(lines) + "\n").encode(), "c.csv")
    assert words in str(caught.value.problems[0])


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (("WK000009", "renumbered"), "need a from_area"),
        (("WK000009", "same", "WK000001", 1.0), "need a from_area"),
        (("WK000009", "composed", "WK000001", 0.0), "weight"),
        (("WK000009", "composed", "WK000001", math.nan), "a weight stands beside"),
        (("WK000009", "areal"), "status"),  # what the program does, nobody declares
    ],
)
def test_a_row_that_makes_no_sense_breaks_the_contract(row: Any, rule: str) -> None:
    with pytest.raises(DataError) as caught:
        walk(row)
    assert rule in "\n".join(p.message for p in caught.value.problems)


# --- by the buurten ---------------------------------------------------------------------------

BUURTEN = areas(WK000001=100, BU00000100=60, BU00000101=30, BU00000102=10, BU00000103=0)


def test_a_new_wijk_gets_the_figures_of_its_buurten_weighted_by_people() -> None:
    # (60·20 + 30·50 + 10·80) / 100 = 35
    table = figures(
        ("BU00000100", "share", 20.0), ("BU00000101", "share", 50.0), ("BU00000102", "share", 80.0)
    )
    ways = walk(("WK000001", "new"), *((f"BU0000010{i}", "same") for i in range(4)))
    found = link(table, ways, BUURTEN)
    assert cell(found, "WK000001") == (pytest.approx(35.0), "ok")
    assert told(found)["figures-buurten"].message.startswith("1 areas are put together")
    [row] = found.walk[found.walk["area"] == "WK000001"].to_dict("records")
    assert row["status"] == "buurten"


def test_counts_of_buurten_are_added_up() -> None:
    table = figures(*((f"BU0000010{i}", "people", 5.0 + i) for i in range(3)))
    ways = walk(("WK000001", "new"), *((f"BU0000010{i}", "same") for i in range(4)))
    assert cell(link(table, ways, BUURTEN), "WK000001", "people") == (18.0, "ok")


def test_a_renumbered_buurt_takes_part() -> None:
    # both buurten were numbered otherwise: (60·20 + 40·70) / 100 = 40
    table = figures(("BU00000200", "share", 20.0), ("BU00000201", "share", 70.0))
    ways = walk(
        ("WK000001", "new"),
        ("BU00000100", "renumbered", "BU00000200", 1.0),
        ("BU00000101", "renumbered", "BU00000201", 1.0),
    )
    found = link(table, ways, areas(WK000001=100, BU00000100=60, BU00000101=40))
    assert cell(found, "WK000001") == (pytest.approx(40.0), "ok")
    assert cell(found, "BU00000100") == (20.0, "ok")


def test_a_gemeente_that_is_new_is_made_of_its_buurten_too() -> None:
    table = figures(("BU00000100", "share", 20.0), ("BU00000101", "share", 40.0))
    ways = walk(("GM0000", "new"), ("BU00000100", "same"), ("BU00000101", "same"))
    known = areas(GM0000=100, BU00000100=50, BU00000101=50)
    assert cell(link(table, ways, known), "GM0000") == (30.0, "ok")


def test_a_buurt_with_other_borders_is_not_used() -> None:
    table = figures(*((f"BU0000010{i}", "share", 20.0) for i in range(3)))
    ways = walk(
        ("WK000001", "new"),
        ("BU00000100", "changed"),
        ("BU00000101", "same"),
        ("BU00000102", "same"),
    )
    found = link(table, ways, BUURTEN)
    assert "WK000001" not in set(found.figures["area"])  # 40 of 100 people is too few


def test_a_changed_wijk_gives_up_its_old_figure_only_for_all_of_its_buurten() -> None:
    rows = [("WK000001", "share", 90.0)] + [(f"BU0000010{i}", "share", 20.0) for i in range(3)]
    ways = walk(("WK000001", "changed"), *((f"BU0000010{i}", "same") for i in range(3)))
    whole = link(figures(*rows), ways, BUURTEN)
    assert cell(whole, "WK000001") == (pytest.approx(20.0), "ok")
    assert whole.unlinked["value"].tolist() == [90.0]
    partly = link(figures(*rows[:-1]), ways, BUURTEN)
    assert cell(partly, "WK000001") == (90.0, "ok")
    assert set(partly.walk.loc[partly.walk["area"] == "WK000001", "status"]) == {"changed"}


def test_a_wijk_that_is_the_same_keeps_what_is_published() -> None:
    rows = [("WK000001", "share", 33.0)] + [(f"BU0000010{i}", "share", 20.0) for i in range(3)]
    ways = walk(("WK000001", "same"), *((f"BU0000010{i}", "same") for i in range(3)))
    found = link(figures(*rows), ways, BUURTEN)
    assert cell(found, "WK000001") == (33.0, "ok")
    assert found.findings == ()


def test_a_crosswalk_goes_before_buurten() -> None:
    rows = [("WK000009", "share", 70.0)] + [(f"BU0000010{i}", "share", 20.0) for i in range(3)]
    ways = walk(
        ("WK000001", "renumbered", "WK000009", 1.0),
        *((f"BU0000010{i}", "same") for i in range(3)),
    )
    assert cell(link(figures(*rows), ways, BUURTEN), "WK000001") == (70.0, "ok")


# --- by surface -------------------------------------------------------------------------------


def outlines(**boxes: tuple[float, float, float, float]) -> Any:
    import geopandas as gpd
    from shapely import box

    return gpd.GeoDataFrame(
        {"code": list(boxes)}, geometry=[box(*b) for b in boxes.values()], crs="EPSG:28992"
    )


def pieces_of(now: Any, *codes: str) -> dict[tuple[str, str], Any]:
    pytest.importorskip("tobler")
    before = outlines(WK000001=(0, 0, 200, 100), WK000002=(200, 0, 400, 100))
    table = areal.pieces(before, now, codes)
    return {
        (row["area"], row["from_area"]): (row["weight"], row["share"])
        for row in table.to_dict("records")
    }


def test_pieces_are_what_old_and_new_outlines_share() -> None:
    now = outlines(WK000008=(0, 0, 100, 100), WK000009=(100, 0, 300, 100), WK000007=(9, 0, 10, 1))
    assert pieces_of(now, "WK000008", "WK000009") == {
        ("WK000008", "WK000001"): (pytest.approx(10_000), pytest.approx(0.5)),
        ("WK000009", "WK000001"): (pytest.approx(10_000), pytest.approx(0.5)),
        ("WK000009", "WK000002"): (pytest.approx(10_000), pytest.approx(0.5)),
    }


def test_a_border_that_was_drawn_anew_is_no_move() -> None:
    now = outlines(WK000009=(0.4, 0, 200.4, 100))  # 0.2 % of its surface lies in the neighbour
    assert set(pieces_of(now, "WK000009")) == {("WK000009", "WK000001")}


def test_an_area_outside_the_old_outlines_has_no_pieces() -> None:
    assert pieces_of(outlines(WK000009=(900, 0, 950, 100)), "WK000009") == {}


def test_surface_comes_last_and_is_warned_of() -> None:
    pytest.importorskip("tobler")
    before = outlines(WK000001=(0, 0, 200, 100), WK000002=(200, 0, 400, 100))
    now = outlines(WK000008=(0, 0, 100, 100), WK000009=(100, 0, 400, 100))
    asked: list[list[str]] = []

    def overlap(division: int, codes: Any) -> pd.DataFrame:
        assert division == THEN
        asked.append(list(codes))
        return areal.pieces(before, now, codes)

    table = figures(
        ("WK000001", "share", 40.0), ("WK000002", "share", 70.0),
        ("WK000001", "people", 100.0), ("WK000002", "people", 300.0),
    )  # fmt: skip
    ways = walk(("WK000008", "renumbered", "WK000001", 1.0), ("WK000009", "new"))
    found = link(table, ways, areas(WK000008=1, WK000009=3), overlap=overlap)
    assert asked == [["WK000009"]]  # what the crosswalk gives is not estimated
    # one third old WK000001, two thirds WK000002: 40/3 + 2·70/3 = 60; people 50 + 300
    assert cell(found, "WK000009") == (pytest.approx(60.0), "ok")
    assert cell(found, "WK000009", "people") == (pytest.approx(350.0), "ok")
    assert told(found)["figures-areal"].severity is Severity.WARNING
    assert set(found.walk.loc[found.walk["area"] == "WK000009", "status"]) == {"areal"}


def test_without_being_asked_nothing_is_estimated_by_surface() -> None:
    table = figures(("WK000001", "share", 40.0))
    found = link(table, walk(("WK000009", "new")), areas(WK000009=3))
    assert found.figures.empty


def test_without_tobler_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tobler", None)
    monkeypatch.setitem(sys.modules, "tobler.area_weighted", None)
    before = outlines(WK000001=(0, 0, 200, 100))
    with pytest.raises(ConfigError) as caught:
        areal.pieces(before, outlines(WK000009=(0, 0, 1, 1)), ["WK000009"])
    assert "wijkprofiel[interpolate]" in str(caught.value.hint)


# --- from a data folder to the page -----------------------------------------------------------


def published(code: str, topic: str) -> float:
    """A figure as it stands in the supplier's file, found without the program's readers."""
    path = SAMPLE / "rivm" / "50090NED_UntypedDataSet_2020_18plus.json.gz"
    rows = json.loads(gzip.decompress(path.read_bytes()))["value"]
    [row] = [row for row in rows if row["WijkenEnBuurten"].strip() == code]
    [key] = [key for key in row if key.rsplit("_", 1)[0] == topic]
    return float(row[key])


def test_the_renumbered_wijken_of_the_sample_show_their_own_figures() -> None:
    rows = dataset().figures
    lonely = rows[(rows["indicator"] == "eenzaam") & (rows["period"] == "2020")]
    found = dict(zip(lonely["area"], lonely["value"], strict=True))
    for number in range(1, 7):
        expected = published(f"WK16520{number}", "Eenzaam")
        assert found[f"WK16520{number + 2}"] == expected
    assert found["WK165200"] == published("WK165200", "Eenzaam")
    assert not {"WK165201", "WK165202"} & set(found)


def test_the_page_and_the_findings_say_that_a_number_changed() -> None:
    made = profile.make(own("WK165203", config(), dataset()), config(), dataset())
    figure = made.topics["eenzaam"].figure
    assert (figure.converted, figure.derived) == ("renumbered", False)
    assert made.topics["inwoners"].figure.converted == ""
    assert dict(made.area.matches) == {"WK165203": "renumbered"}
    assert "area-renumbered" in {f.code for f in made.findings}
    assert "area-new" not in {f.code for f in made.findings}
    words = load_words(config().assets, "nl")
    [note] = sentences.boundary_notes(made, words)
    assert "Handel" in note
    assert "2020" in note


def with_crosswalk(folder_: Path, lines: list[str]) -> Path:
    """The sample with other rows for some areas in its crosswalk."""
    data = folder_ / "data"
    shutil.copytree(SAMPLE, data)
    path = data / "crosswalk.csv"
    codes = {line.split(",")[0] for line in lines}
    kept = [x for x in path.read_text().splitlines() if x.split(",")[0] not in codes]
    path.write_text("\n".join([*kept, *lines]) + "\n")
    beside = data / "crosswalk.csv.yaml"
    facts = yaml.safe_load(beside.read_text())
    facts["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    beside.write_text(yaml.safe_dump(facts))
    return data


def test_a_declared_composition_is_named_down_to_the_page(tmp_path: Path) -> None:
    lines = [
        "WK165203,2020,2024,composed,samengevoegd,WK165201,3",
        "WK165203,2020,2024,composed,samengevoegd,WK165202,1",
    ]
    data = folder.load(config(), with_crosswalk(tmp_path, lines), strict=True)
    made = profile.make(own("WK165203", config(), data), config(), data)
    figure = made.topics["eenzaam"].figure
    one, two = published("WK165201", "Eenzaam"), published("WK165202", "Eenzaam")
    assert figure.value == pytest.approx((3 * one + two) / 4)
    assert (figure.converted, figure.derived, figure.status) == ("composed", True, Status.OK)
    severity = {f.code: f.severity for f in made.findings}
    assert severity["area-composed"] is Severity.WARNING
    words = load_words(config().assets, "nl")
    assert "samengesteld" in sentences.boundary_notes(made, words)[0]
    assert "niet gepubliceerd" in sentences.derived_note(made, words)


def test_an_area_of_several_parts_tells_the_least_certain_way(tmp_path: Path) -> None:
    lines = ["WK165203,2020,2024,composed,deel,WK165201,1"]
    data = folder.load(config(), with_crosswalk(tmp_path, lines))
    people = (
        config()
        .profiles["gemert-centrum"]
        .model_copy(update={"areas": ("WK165203", "WK165204", "WK165200")})
    )
    project = dataclasses.replace(config(), profiles={"samen": people})
    made = profile.make(own("samen", project, data), project, data, people=people)
    assert made.topics["eenzaam"].figure.converted == "composed"
    assert made.topics["inwoners"].figure.converted == ""
    assert made.area.matches["WK165204"] == "renumbered"


@pytest.mark.parametrize("kind", ["renumbered", "composed", "buurten", "areal", "corrected"])
def test_every_way_has_a_sentence(kind: str) -> None:
    words = load_words(config().assets, "nl")
    facts = {"names": "A", "division": 2020, "boundary": 2024, "titles": "T", "reason": "R"}
    assert words(f"note.{kind}", **facts)


def test_a_class_that_the_parts_do_not_share_is_told_as_a_spread() -> None:
    from wijkprofiel.wording import numbers

    words = load_words(config().assets, "nl")
    # groz-utrecht: buurten that are "zeer sterk" and "sterk stedelijk" (CBS 85984NED)
    mixed = profile.make(own("groz-utrecht", config(), dataset()), config(), dataset())
    topic = mixed.topics["stedelijkheid"]
    assert (topic.figure.value, topic.figure.spread) == (None, (1.0, 2.0))
    assert topic.figure.status is Status.NOT_APPLICABLE
    told = numbers.printed(topic.figure, topic.indicator, words)
    assert told.text == "sterk tot zeer sterk stedelijk"
    # den-haag-zuidwest: three wijken, all "zeer sterk stedelijk"
    alike = profile.make(own("den-haag-zuidwest", config(), dataset()), config(), dataset())
    topic = alike.topics["stedelijkheid"]
    assert (topic.figure.value, topic.figure.status) == (1.0, Status.OK)
    assert numbers.printed(topic.figure, topic.indicator, words).text == "zeer sterk stedelijk"
