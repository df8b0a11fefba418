# The data document: what the workbook, the CSV and the package say, read back with other software
# (calamine, frictionless). Figures: RIVM 50090NED, 2020, 18+ (docs/method.md: Alphen Noord 48,9 %
# lonely, gemeente 45,9, Nederland 47,0).

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import frictionless
import pytest
import python_calamine

from terminal import run
from wijkprofiel.assets import Assets
from wijkprofiel.build import data_files, readback, scores
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.config import Config, load
from wijkprofiel.documents.desk import Desk
from wijkprofiel.model import Profile
from wijkprofiel.sources import folder


@pytest.fixture(scope="module")
def config() -> Config:
    return load(Assets.of(None))


@pytest.fixture(scope="module")
def profile(config: Config) -> Profile:
    dataset = folder.load(config)
    return make_profile(config, dataset, plan(config, dataset, ["alphen-noord"], Order())[0])


def sheet(content: bytes, name: str) -> list[dict[str, object]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    head, *rows = book.get_sheet_by_name(name).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_the_sheet_for_readers_holds_the_printed_numbers(config: Config, profile: Profile) -> None:
    content = data_files.workbook(profile, config.documents["data"], config).content
    rows = {str(row["Onderwerp"]): row for row in sheet(content, "Cijfers")}
    lonely = rows["Eenzaam"]
    assert (lonely["Waarde"], lonely["Gemeente"], lonely["Nederland"]) == (49, 46, 47)
    assert lonely["Tegenover gemeente"] == "iets ongunstiger"
    assert lonely["Tegenover Nederland"] == "vergelijkbaar"
    assert lonely["Onderwerp van"] == "Sociale omgeving"


def test_no_number_is_a_word_and_never_zero(config: Config, profile: Profile) -> None:
    content = data_files.workbook(profile, config.documents["data"], config).content
    scored = {str(row["Naam"]): row for row in sheet(content, "Scores")}
    assert scored["Zingeving"]["Score (0–10)"] == "geen score"
    missing = {
        topic.indicator.title
        for topic in profile.topics.values()
        if topic.figure.value is None and topic.indicator.sensitive is None
    }
    rows = [row for row in sheet(content, "Cijfers") if row["Onderwerp"] in missing]
    assert len(rows) >= 5
    assert all(isinstance(row["Waarde"], str) and row["Waarde"] for row in rows)


def test_the_machine_sheet_and_the_csv_are_one_table(config: Config, profile: Profile) -> None:
    book = data_files.workbook(profile, config.documents["data"], config).content
    text = data_files.csv(profile, config.documents["data"], config).content
    machine = sheet(book, "data")
    lines = list(csv.DictReader(io.StringIO(text.decode())))
    assert len(machine) == len(lines) == len(list(scores.rows(profile)))
    for row, line in zip(machine, lines, strict=True):
        assert [str(row["id"]), str(row["status"])] == [line["id"], line["status"]]
        assert (row["value"] == "") == (line["value"] == "")
        if line["value"]:
            assert row["value"] == pytest.approx(float(line["value"]), rel=1e-12)


def test_the_package_is_valid_for_frictionless(
    config: Config, profile: Profile, tmp_path: Path
) -> None:
    content = data_files.package(profile, config.documents["data"], config).content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        packed.extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["fieldName", "message"])
    told = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert {licence["name"] for licence in told["licenses"]} == {"CC BY 4.0"}
    broken = tmp_path / "data.csv"
    broken.write_text(broken.read_text(encoding="utf-8").replace("48.9", "veel", 1), "utf-8")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_a_package_of_many_areas_is_valid_too(tmp_path: Path) -> None:
    done = run("score", "alphen-noord", "stevenshof", "-o", tmp_path / "alles.zip", cwd=tmp_path)
    assert done.code == 0, done.err
    with zipfile.ZipFile(tmp_path / "alles.zip") as packed:
        packed.extractall(tmp_path)
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid
    lines = (tmp_path / "data.csv").read_text(encoding="utf-8").splitlines()
    areas = {line.split(",")[0] for line in lines[1:]}
    assert areas == {"alphen-noord", "stevenshof"}


def test_the_attack_reads_every_sheet_and_the_package(config: Config, profile: Profile) -> None:
    spec = config.documents["data"]
    lines = len(scores.table_of([profile]))
    for name, maker in (("a.xlsx", data_files.workbook), ("a.zip", data_files.package)):
        content = maker(profile, spec, config).content
        table = readback.table(name, content)
        assert table is not None
        assert len(table) == lines
        assert any("Alphen Noord" in text for text in readback.texts(name, content))


def test_every_column_says_what_it_means(config: Config, profile: Profile) -> None:
    desk = Desk.of(profile, config.documents["data"], config)
    told = {name: desk.text(f"column_{name}") for name in scores.COLUMNS}
    assert all(told.values())
    known = {key.removeprefix("column_") for key in desk.texts.texts if key.startswith("column_")}
    assert known == set(scores.COLUMNS)


def test_the_same_bytes_every_time(config: Config, profile: Profile) -> None:
    spec = config.documents["data"]
    for maker in (data_files.workbook, data_files.csv, data_files.package):
        assert maker(profile, spec, config)[0] == maker(profile, spec, config)[0]
