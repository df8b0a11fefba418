"""A GGD's own files in a project: declared by sidecars, met by the other figures, told by check."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from terminal import run
from wijkprofiel.assets import Assets, shipped_root
from wijkprofiel.config import load
from wijkprofiel.errors import DataError
from wijkprofiel.sources import folder

SAMPLE = shipped_root() / "data/sample"
PROJECT = """\
title: Proef
edition: {number: 1, date: 2026-03-31}
data: cijfers
boundary_year: 2024
periods: {rivm-gezondheid: "2020", cbs-kwb: "2024", enquete: "2024"}
editions:
  rivm-gezondheid: 50090NED
  cbs-kwb: 85984NED
  pdok-wijken-en-buurten: wijken-en-buurten-2024
  enquete: E1
country: {rivm-gezondheid: NL01, cbs-kwb: NL00}
frameworks: [positieve-gezondheid, wijzer-in-de-wijk]
"""
SOURCE = """\
id: enquete
title: Wijkenquête
producer: GGD
licence: eigen
kind: table
survey: true
editions: [{table: E1, periods: ["2024"], division: 2024}]
"""
INDICATORS = """\
indicators:
  - {id: tuin, title: Heeft een tuin, definition: D, unit: percent, direction: better,
     population: p, group: housing, sources: [{table: enquete, keys: {all: TUIN}}]}
  - {id: hond, title: Heeft een hond, definition: D, unit: percent, direction: neutral,
     population: p, group: housing, sources: [{table: enquete, keys: {all: HOND}}]}
"""
TABLE: dict[str, Any] = {
    "kind": "figures",
    "layout": {"area": "wijk", "gemeente": "gemeente", "n": "n", "topics": {"tuin": "TUIN"}},
}
MICRO: dict[str, Any] = {
    "kind": "microdata",
    "survey": {
        "area": "wijk",
        "period": "2024",
        "weight": "w",
        "strata": ["laag"],
        "publish": ["wijk"],
        "topics": {"hond": {"variable": "hond", "counts": ["ja"], "others": ["nee"]}},
    },
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "cijfers")
    for path, text in (
        ("wijkprofiel.yaml", PROJECT),
        ("configs/sources/enquete.yaml", SOURCE),
        ("configs/indicators/enquete.yaml", INDICATORS),
    ):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def put(project: Path, name: str, data: bytes, facts: dict[str, Any]) -> None:
    """Write a data file and its sidecar."""
    path = project / "cijfers" / name
    path.write_bytes(data)
    told = {"source": "enquete", "table": "E1", "origin": "eigen meting", "licence": "eigen"}
    told |= {"sha256": hashlib.sha256(data).hexdigest(), **facts}
    path.with_name(name + ".yaml").write_text(yaml.safe_dump(told), encoding="utf-8")


def table(*rows: str) -> bytes:
    return "\r\n".join(["gemeente;wijk;TUIN;n", *rows]).encode("cp1252")


def people() -> bytes:
    """60 people in one wijk of whom 20 have a dog, and 40 in another of whom 2 do."""
    rows = ["wijk;w;laag;hond"]
    rows += [f"WK048402;1,5;{i % 2};{'ja' if i < 20 else 'nee'}" for i in range(60)]
    rows += [f"WK048401;1,0;{i % 2};{'ja' if i < 2 else 'nee'}" for i in range(40)]
    return "\n".join(rows).encode()


def with_period(facts: dict[str, Any]) -> dict[str, Any]:
    return {**facts, "layout": {"period": "2024", **facts["layout"]}}


def test_own_figures_meet_the_others(project: Path) -> None:
    rows = ("Alphen aan den Rijn;Ridderveld;45,5;120", "Leiden;Stevenshofdistrict;61,2;99")
    put(project, "tuin.csv", table(*rows), with_period(TABLE))
    put(project, "hond.csv", people(), MICRO)
    found = folder.load(load(Assets.of(project)), strict=True)
    own = found.figures[found.figures["source"] == "enquete"].set_index(["indicator", "area"])
    assert own.loc[("tuin", "WK048402"), "value"] == 45.5
    assert own.loc[("hond", "WK048402"), "value"] == pytest.approx(100 / 3, abs=1e-5)
    assert own.loc[("hond", "WK048402"), "n"] == 60
    assert set(found.figures["source"]) == {"enquete", "rivm-gezondheid", "cbs-kwb"}
    assert found.sources["enquete"].margins
    assert {s.path for s in found.snapshots if s.source == "enquete"} == {"hond.csv", "tuin.csv"}
    assert found.cells is not None
    assert dict(zip(found.cells["area"], found.cells["cell"], strict=True)) == {
        "WK048402": 20, "WK048401": 2,
    }  # fmt: skip


def test_a_page_shows_a_figure_and_withholds_a_small_one(project: Path) -> None:
    put(project, "hond.csv", people(), MICRO)
    shown = {
        code: next(
            row
            for row in json.loads(run("show", code, "--json", cwd=project).out)
            if row["id"] == "hond"
        )
        for code in ("WK048402", "WK048401")
    }
    assert shown["WK048402"]["value"] == pytest.approx(100 / 3, abs=1e-4)
    assert shown["WK048401"]["value"] is None
    assert shown["WK048401"]["status"] == "suppressed"


def test_check_tells_every_problem_of_every_own_file(project: Path) -> None:
    put(
        project,
        "tuin.csv",
        table("Leiden;Nergens;45,5;120", ";Ridderveld;4O;1"),
        with_period(TABLE),
    )
    put(project, "hond.csv", people().replace(b";nee", b";soms", 1), MICRO)
    outcome = run("check", "--json", cwd=project)
    told = [(f["where"], f["message"]) for f in json.loads(outcome.out) if f["severity"] == "error"]
    assert outcome.code == 1
    assert told[0] == (
        "hond.csv!hond:22",
        "hond: soms (1 rows) stands in none of counts, others and missing",
    )
    assert [where for where, _ in told[1:]] == ["tuin.csv:B2", "tuin.csv:C3"]
    assert "'Nergens' is no area of this division" in told[1][1]
    assert told[2][1] == "TUIN: '4O' is no number"


def test_answers_of_people_are_refused_where_nothing_would_be_withheld(project: Path) -> None:
    path = project / "configs/sources/enquete.yaml"
    path.write_text(path.read_text().replace("survey: true\n", ""))
    put(project, "hond.csv", people(), MICRO)
    with pytest.raises(DataError, match="small numbers would not be withheld") as failure:
        folder.load(load(Assets.of(project)))
    assert failure.value.problems[0].where == "hond.csv"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"kind": "microdata"}, "its sidecar has no 'survey'"),
        ({"kind": "figures"}, "its sidecar has no 'layout'"),
        ({**TABLE, "layout": {"area": "wijk", "koloms": 1}}, "layout.koloms: unknown key"),
        ({**MICRO, "survey": {"area": "wijk"}}, "survey.topics: missing"),
        (
            {**MICRO, "survey": {**MICRO["survey"], "period": "2023"}},
            "hond.csv  survey: 2023 is not among the periods (2024)",
        ),
    ],
)
def test_a_sidecar_that_says_too_little_is_told(
    project: Path, facts: dict[str, Any], said: str
) -> None:
    put(project, "hond.csv", people(), facts)
    with pytest.raises(DataError) as failure:
        folder.load(load(Assets.of(project)))
    assert said in "\n".join(str(problem) for problem in failure.value.problems)


def test_a_figure_in_two_files_is_told_with_both(project: Path) -> None:
    row = "Alphen aan den Rijn;Ridderveld;45,5;120"
    put(project, "een.csv", table(row), with_period(TABLE))
    put(project, "twee.csv", table(row), with_period(TABLE))
    with pytest.raises(DataError, match="WK048402, tuin, 2024 stands in een") as failure:
        folder.load(load(Assets.of(project)))
    assert failure.value.problems[0].where == "twee.csv"


def test_a_survey_without_n_is_refused_not_silently_withheld(project: Path) -> None:
    facts = with_period(TABLE)
    facts["layout"] = {key: value for key, value in facts["layout"].items() if key != "n"}
    put(project, "tuin.csv", table("Alphen aan den Rijn;Ridderveld;45,5;120"), facts)
    with pytest.raises(DataError, match="every figure would be withheld"):
        folder.load(load(Assets.of(project)))
