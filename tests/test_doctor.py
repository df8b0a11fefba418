"""``wijkprofiel doctor``: every trouble of the sources is found, and told with its fix.

The sample is healthy; each test spoils one thing in a copy of it.
"""

from __future__ import annotations

import csv
import dataclasses
import gzip
import hashlib
import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from sample import config
from terminal import run
from wijkprofiel.assets import shipped_root
from wijkprofiel.config import Config
from wijkprofiel.model import Finding, Region, RegionTable, Severity
from wijkprofiel.sources import statline
from wijkprofiel.sources.doctor import examine

SAMPLE = shipped_root() / "data" / "sample"
LATER = (
    shipped_root().parent
    / "shared/data/sample_7_gemeenten/rivm_50150NED_goed_ervaren_gezondheid_GM_BU.csv"
)
HEALTH = "rivm/50090NED_UntypedDataSet_{}_18plus.json.gz"
Row = dict[str, Any]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(SAMPLE, copy)
    return copy


def put(data: Path, name: str, content: bytes, **facts: Any) -> None:
    """Write a file and its sidecar; facts of a sidecar that is there stay."""
    path = data / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    beside = path.with_name(path.name + ".yaml")
    known = yaml.safe_load(beside.read_text()) if beside.is_file() else {}
    told = {**known, **facts, "sha256": hashlib.sha256(content).hexdigest()}
    beside.write_text(yaml.safe_dump(told))


def change(data: Path, name: str, row: Callable[[Row], Row]) -> None:
    body = json.loads(gzip.decompress((data / name).read_bytes()))
    body["value"] = [row(one) for one in body["value"]]
    put(data, name, gzip.compress(json.dumps(body).encode()))


def renamed(old: str, new: str) -> Callable[[Row], Row]:
    return lambda row: {new if key.rsplit("_", 1)[0] == old else key: row[key] for key in row}


def findings(data: Path, project: Config | None = None) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in examine(project or config(), data):
        assert finding.hint, "each finding has its fix"
        found.setdefault(finding.code, []).append(finding)
    return found


def bad(found: dict[str, list[Finding]]) -> set[str]:
    return {code for code, all_ in found.items() if all_[0].severity is not Severity.INFO}


def test_the_sample_is_healthy() -> None:
    found = findings(SAMPLE)
    assert bad(found) == set()
    assert "keys-not-read" in found


# --- keys -------------------------------------------------------------------------------------


def test_a_renamed_key_is_told_with_its_new_name_and_where_to_write_it(data: Path) -> None:
    for year in ("2012", "2016", "2020"):
        change(data, HEALTH.format(year), renamed("Eenzaam", "EenzaamTotaal_28"))
    found = findings(data)
    [finding] = found["key-renamed"]
    assert finding.severity is Severity.ERROR
    assert "eenzaam: key 'Eenzaam' is gone; renamed to 'EenzaamTotaal'" in finding.message
    assert "{50090NED: EenzaamTotaal} at configs/indicators/rivm-gezondheid.yaml:" in finding.hint
    assert bad(found) == {"key-renamed"}


def test_another_number_behind_a_key_is_no_trouble(data: Path) -> None:
    for year in ("2012", "2016", "2020"):
        change(data, HEALTH.format(year), renamed("Eenzaam", "Eenzaam_99"))
    assert bad(findings(data)) == set()


def test_a_key_that_is_gone_is_told(data: Path) -> None:
    def without(row: Row) -> Row:
        return {k: v for k, v in row.items() if k.rsplit("_", 1)[0] != "Mantelzorger"}

    for year in ("2012", "2016", "2020"):
        change(data, HEALTH.format(year), without)
    [finding] = findings(data)["key-gone"]
    assert "mantelzorger: key 'Mantelzorger' is not in this edition" in finding.message


def test_a_key_that_stands_for_two_topics_lists_them(data: Path) -> None:
    name = "cbs/85984NED_DataProperties.json.gz"
    body = json.loads(gzip.decompress((data / name).read_bytes()))
    rows = body["value"] if isinstance(body, dict) else body
    double = next(row for row in rows if str(row.get("Key", "")).startswith("Mannen_"))
    rows.append({**double, "ID": 9999, "Key": "Mannen_999"})
    put(data, name, gzip.compress(json.dumps(body).encode()))
    [finding] = findings(data)["key-ambiguous"]
    assert "mannen: 'Mannen' stands for 2 topics" in finding.message
    assert "Mannen_999" in finding.hint


# --- years ------------------------------------------------------------------------------------


def remove(data: Path, name: str) -> None:
    (data / name).unlink()
    (data / f"{name}.yaml").unlink()


def test_a_year_of_the_past_that_is_missing_is_a_warning(data: Path) -> None:
    remove(data, HEALTH.format("2012"))
    [finding] = findings(data)["year-missing"]
    assert (finding.severity, finding.message) == (Severity.WARNING, "the files lack 2012")


def test_the_year_that_is_shown_must_be_there(data: Path) -> None:
    remove(data, HEALTH.format("2020"))
    [finding] = findings(data)["year-missing"]
    assert finding.severity is Severity.ERROR
    assert "2020, the period that the project shows, is not in the files" in finding.message
    assert "periods: rivm-gezondheid" in finding.hint


def test_a_year_that_the_config_does_not_name_is_told(data: Path) -> None:
    change(data, HEALTH.format("2012"), lambda row: {**row, "Perioden": "2011JJ00"})
    found = findings(data)
    assert "2011" in found["year-not-declared"][0].message
    assert "2012" in found["year-missing"][0].message


def test_a_source_without_a_file_is_told(data: Path) -> None:
    for path in (data / "cbs").iterdir():
        path.unlink()
    told = [finding.where for finding in findings(data)["source-without-data"]]
    assert told == ["cbs-kwb"]


# --- units and ranges -------------------------------------------------------------------------


def scaled(key: str, factor: float, only: str = "") -> Callable[[Row], Row]:
    def of_row(row: Row) -> Row:
        own = {
            k: f"{float(v) * factor:8.4f}"
            for k, v in row.items()
            if k.rsplit("_", 1)[0] == key
            and str(v).strip() not in {"", "."}
            and only in str(row["WijkenEnBuurten"])
        }
        return {**row, **own}

    return of_row


def test_a_percentage_above_100_is_impossible(data: Path) -> None:
    change(data, HEALTH.format("2020"), scaled("Eenzaam", 10, only="WK048402"))
    [finding] = findings(data)["value-impossible"]
    assert "eenzaam: 1 values are not 0 to 100 (WK048402 2020: 504)" in finding.message
    assert "corrections.yaml" in finding.hint


def test_percentages_that_became_fractions_are_told(data: Path) -> None:
    for year in ("2012", "2016", "2020"):
        change(data, HEALTH.format(year), scaled("Eenzaam", 0.01))
    [finding] = findings(data)["unit-moved"]
    assert "eenzaam: all" in finding.message
    assert "fractions?" in finding.message


def test_a_median_that_jumps_between_years_is_told(data: Path) -> None:
    change(data, HEALTH.format("2016"), scaled("Mantelzorger", 0.25))
    moved = findings(data)["median-moved"]
    assert [finding.message.split(":")[0] for finding in moved] == ["mantelzorger"] * 2
    assert "in 2012 to" in moved[0].message
    assert "in 2016 to" in moved[1].message


def test_a_class_that_does_not_exist_is_told(data: Path) -> None:
    def six(row: Row) -> Row:
        key = next(k for k in row if k.startswith("MateVanStedelijkheid"))
        return {**row, key: 6} if "WK048402" in row["WijkenEnBuurten"] else row

    change(data, "cbs/85984NED_TypedDataSet.json.gz", six)
    [finding] = findings(data)["value-impossible"]
    assert "stedelijkheid: 1 values are not 1 to 5 (WK048402 2024: 6)" in finding.message


# --- areas ------------------------------------------------------------------------------------


def crosswalk_without(data: Path, *codes: str) -> None:
    lines = (data / "crosswalk.csv").read_text().splitlines()
    kept = [line for line in lines if line.split(",")[0] not in codes]
    put(data, "crosswalk.csv", ("\n".join(kept) + "\n").encode())


def test_a_code_in_both_divisions_that_nobody_judged_is_told(data: Path) -> None:
    crosswalk_without(data, "WK048402", "WK048403")
    [finding] = findings(data)["areas-not-judged"]
    assert "2 codes are in both divisions" in finding.message
    assert "WK048402, WK048403" in finding.message
    assert "their figures are left out" in finding.hint


def test_a_new_area_that_nobody_judged_is_told(data: Path) -> None:
    crosswalk_without(data, "WK165207", "WK165208")
    [finding] = findings(data)["areas-new"]
    assert "2 areas are new since the division of 2020" in finding.message
    assert "from_area" in finding.hint


def test_an_area_that_is_gone_and_that_nobody_judged_is_told(data: Path) -> None:
    def of_row(row: Row) -> Row:
        here = row["WijkenEnBuurten"].strip()
        return {**row, "WijkenEnBuurten": "WK048499  "} if here == "WK048402" else row

    for year in ("2012", "2016", "2020"):
        change(data, HEALTH.format(year), of_row)
    [finding] = findings(data)["areas-gone"]
    assert "1 areas are not in the division of 2024" in finding.message
    assert "WK048499" in finding.message


def test_a_crosswalk_to_an_area_that_does_not_exist_is_told(data: Path) -> None:
    text = (data / "crosswalk.csv").read_text()
    text += "WK048498,2020,2024,renumbered,typefout,WK048402,1\n"
    put(data, "crosswalk.csv", text.encode())
    [finding] = findings(data)["crosswalk-to-nothing"]
    assert "WK048498" in finding.message


def with_regions(**changed: Any) -> Config:
    facts = {"id": "eigen", "title": "Eigen", "year": 2024, "source": "test", **changed}
    table = RegionTable(regions=(Region(id="noord", title="Noord", areas={"GM0484": ""}),), **facts)
    return dataclasses.replace(config(), regions={"eigen": table})


def test_a_complete_table_of_regions_holds_every_gemeente() -> None:
    [finding] = findings(SAMPLE, with_regions(complete=True))["gemeente-without-region"]
    assert "6 gemeenten lie in no region" in finding.message


def test_a_table_of_regions_of_another_year_is_told() -> None:
    found = findings(SAMPLE, with_regions(year=2022))
    assert "is of the division of 2022" in found["regions-of-another-year"][0].message


# --- editions ---------------------------------------------------------------------------------


def later(rows: Iterable[tuple[str, str, float]]) -> bytes:
    """Rows (area, period, good health) as edition 50150NED serves them; other topics empty."""
    names = [
        key
        for indicator in config().indicators.values()
        for key, _ in statline.keys_of(indicator, "rivm-gezondheid", "50150NED")
    ]
    blank = {f"{name}_{number}": "" for number, name in enumerate(names, 5)}
    good = next(key for key in blank if key.startswith("GoedErvarenGezondheid_"))
    table = [
        {
            **blank,
            "Leeftijd": "20300",
            "Marges": "MW00000",
            "WijkenEnBuurten": f"{area:<10}",
            "Perioden": f"{period}JJ00",
            good: f"{value:8.1f}",
        }
        for area, period, value in rows
    ]
    return gzip.compress(json.dumps({"value": table}).encode())


def put_later(data: Path, rows: Iterable[tuple[str, str, float]]) -> None:
    put(
        data, "rivm/50150NED_UntypedDataSet.json.gz", later(rows),
        kind="figures", source="rivm-gezondheid", table="50150NED", origin="a test",
        licence="CC BY 4.0",
    )  # fmt: skip


ALPHEN = (("GM0484", "2012", 79.5), ("GM0484", "2016", 77.9), ("GM0484", "2020", 80.3))
"""docs/method.md §4: as 50150NED has them; 50090NED has 79.9, 78.2 and 80.8."""


def test_figures_that_a_later_edition_revised_are_told(data: Path) -> None:
    put_later(data, ALPHEN)
    [finding] = findings(data)["figures-revised"]
    assert finding.where == "50090NED → 50150NED"
    assert "ervaren-gezondheid: 3 of 3 figures of the same period differ" in finding.message
    assert "(2012, 2016, 2020)" in finding.message
    assert "GM0484, 2020: 80.8 is 80.3 now" in finding.message
    assert "from one edition" in finding.hint


@pytest.mark.skipif(not LATER.is_file(), reason=f"the later edition is not at hand ({LATER})")
def test_the_real_revision_of_50150ned_is_found(data: Path) -> None:
    with LATER.open(encoding="utf-8", newline="") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file) if row["soort"] == "Gemeente"]
    good = [(area, year, float(value)) for area, _, year, value in rows if value.strip()]
    put_later(data, good)
    [finding] = findings(data)["figures-revised"]
    # 7 gemeenten in three shared years; all of Alphen's differ (docs/method.md §4)
    assert "of 21 figures of the same period differ" in finding.message


def test_a_wijk_is_not_compared_between_divisions(data: Path) -> None:
    put_later(data, [("WK048402", "2020", 1.0)])
    assert "figures-revised" not in findings(data)


def test_a_unit_that_changed_between_editions_is_an_error(data: Path) -> None:
    gemeenten = ("GM0484", "GM0546", "GM0518", "GM0344", "GM0772")
    put_later(data, [(code, "2020", 8.0) for code in gemeenten])
    [finding] = findings(data)["unit-moved"]
    assert finding.severity is Severity.ERROR
    assert "median of 5 figures of the same areas" in finding.message


def test_a_file_that_cannot_be_read_does_not_hide_the_others(data: Path) -> None:
    put(data, HEALTH.format("2012"), b"<html>storing</html>")
    crosswalk_without(data, "WK048402")
    found = findings(data)
    assert "is no JSON" in found["unreadable"][0].message
    assert found["unreadable"][0].severity is Severity.ERROR


# --- the command ------------------------------------------------------------------------------


def project(folder: Path, data: Path) -> Path:
    text = (shipped_root() / "configs/wijkprofiel.yaml").read_text(encoding="utf-8")
    folder.mkdir()
    (folder / "wijkprofiel.yaml").write_text(text.replace("data/sample", str(data)))
    return folder


def test_the_command_prints_a_table_and_fails_when_something_is_wrong(
    tmp_path: Path, data: Path
) -> None:
    crosswalk_without(data, "WK048402")
    outcome = run("doctor", cwd=project(tmp_path / "ggd", data))
    assert outcome.code == 1
    assert "areas-not-judged" in outcome.out
    assert "add them to the crosswalk" in outcome.out
    assert "need a fix" in outcome.err


def test_the_command_prints_json_and_is_content_with_the_sample(tmp_path: Path) -> None:
    outcome = run("doctor", "--json", cwd=tmp_path)
    assert outcome.code == 0
    rows = json.loads(outcome.out)
    assert {"code", "severity", "where", "message", "hint"} == set(rows[0])
    assert {row["severity"] for row in rows} == {"info"}
