# Figures: method.md §3 (Alphen Noord, lonely, 2020) and documents.md §8 (Ridderveld, Stevenshof).

from __future__ import annotations

import csv
import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from terminal import run
from wijkprofiel import __version__
from wijkprofiel.assets import Assets
from wijkprofiel.cli import app
from wijkprofiel.cli.examples import every
from wijkprofiel.config import load

COMMANDS = {command.name for command in app.registered_commands}


# --- help ---------------------------------------------------------------------------------


def test_every_command_has_examples_and_its_help_shows_them(tmp_path: Path) -> None:
    assert {"build", "list", "show", "check", "score", "init"} <= COMMANDS
    for command in sorted(map(str, COMMANDS)):
        own = [line for line in every() if line.split()[1] == command]
        shown = run(command, "--help", cwd=tmp_path).out
        assert own, command
        assert all(line in shown for line in own), command


@pytest.mark.parametrize("line", every())
def test_an_example_runs(line: str, tmp_path: Path) -> None:
    if line.split()[1] == "diff":  # it compares two builds that are there already
        earlier = ("build", "ridderveld", "--format", "data", "--format", "csv", "-o", "vorige")
        assert run(*earlier, cwd=tmp_path).code == 0
        shutil.copytree(tmp_path / "vorige", tmp_path / "output")
    if line.split()[1] == "verify":  # it reads what was built
        build = ("build", "ridderveld", "--format", "data", "--format", "csv")
        assert run(*build, cwd=tmp_path).code == 0
    outcome = run(*shlex.split(line)[1:], cwd=tmp_path)
    assert outcome.code == 0, outcome.err
    assert outcome.out


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys; sys.argv = ['wijkprofiel', '--help']\n"
        "from wijkprofiel.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'geopandas', 'pydantic', 'yaml', 'weasyprint', 'matplotlib', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr.strip() == "[]"


def test_version(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).out == f"wijkprofiel {__version__}\n"


# --- exit codes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "-o", "URL"), ("diff", "URL", "nieuw"), ("diff", "oud", "URL"),
        ("diff", "oud", "nieuw", "-o", "URL"), ("portal", "-o", "URL"),
        ("refresh", "--site", "URL"), ("refresh", "--report", "URL"),
        ("compare", "groz", "-o", "URL"), ("dialogue", "stevenshof", "-o", "URL"),
        ("score", "--all", "-o", "URL"), ("build", "--select", "URL"),
    ],
)  # fmt: skip
def test_a_command_that_knows_no_urls_says_so(words: tuple[str, ...], tmp_path: Path) -> None:
    url = "s3://emmer/uit"
    outcome = run(*(url if word == "URL" else word for word in words), cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"error: {url}  is a URL" in outcome.err
    assert "hint: copy what lies there to a folder first" in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_a_url_of_a_folder_here_is_told_as_a_path(tmp_path: Path) -> None:
    outcome = run("verify", "-o", "file:///srv/uit", cwd=tmp_path)
    assert outcome.code == 2
    assert "hint: write it as a path: /srv/uit" in outcome.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build"], "name one or more areas, or use --all-profiles"),
        (["bouw"], "No such command 'bouw'"),
        (["build", "alphen-noord", "--format", "flyer"], "'flyer' is not a document type"),
        (["build", "nergenshuizen"], "nergenshuizen"),
        (["show", "WK999999"], "WK999999: there is no such area"),
        (["show", "../../etc"], "../../etc"),
        (["score", "-o", "x.csv"], "name one or more areas, or use --all"),
        (["score", "--all", "alphen-noord", "-o", "x.csv"], "name one or more areas"),
        (["score", "alphen-noord", "-o", "x.ods"], "'x.ods' does not end in .csv, .xlsx, .parquet"),
        (["score", "alphen-noord", "-o", "weg/x.csv"], "cannot write weg/x.csv"),
        (["list", "area"], "there is no list of 'area' (did you mean 'areas'?)"),
        (["list", "dieren"], "areas, indicators, frameworks, documents, regions"),
        (["--project", "weg", "check"], "there is no wijkprofiel.yaml in weg"),
    ],
)
def test_a_wrong_call_ends_with_2_and_writes_nothing(
    words: list[str], said: str, tmp_path: Path
) -> None:
    outcome = run(*words, cwd=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_a_name_with_several_areas_lists_them_and_how_to_say_which(tmp_path: Path) -> None:
    outcome = run("build", "centrum", cwd=tmp_path)
    assert outcome.code == 2
    # The wijken of the sample that are called Centrum, with or without a number before it.
    for said in ("WK051828", "WK077211", "s-gravenhage/centrum", "eindhoven/centrum"):
        assert said in outcome.err


def test_all_unknown_names_are_told_at_once(tmp_path: Path) -> None:
    outcome = run("build", "nergenshuizen", "WK999999", cwd=tmp_path)
    assert "nergenshuizen" in outcome.err
    assert "WK999999" in outcome.err
    assert outcome.err.endswith("error: 2 problems, nothing built\n")


def test_a_bug_shows_its_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def bug(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("wijkprofiel.config.load", bug)
    with pytest.raises(ZeroDivisionError):
        run("list", "documents", cwd=tmp_path)


# --- list, show, check ------------------------------------------------------------------------


def rows(*words: str, cwd: Path) -> list[dict[str, Any]]:
    outcome = run(*words, "--json", cwd=cwd)
    assert outcome.code == 0, outcome.err
    found = json.loads(outcome.out)
    assert isinstance(found, list)
    return found


def test_list_areas_holds_every_profile_and_every_wijk_of_the_sample(tmp_path: Path) -> None:
    found = rows("list", "areas", cwd=tmp_path)
    profiles = {row["say"] for row in found if row["kind"] == "profile"}
    assert profiles == set(load(Assets.of(None)).profiles)
    wijken = {row["code"]: row for row in found if row["kind"] == "wijk"}
    assert len(wijken) == 131  # sources.md §1
    assert (wijken["WK048402"]["name"], wijken["WK048402"]["gemeente"]) == (
        "Ridderveld",
        "Alphen aan den Rijn",
    )


def test_list_tells_where_each_indicator_comes_from(tmp_path: Path) -> None:
    found = {row["id"]: row for row in rows("list", "indicators", cwd=tmp_path)}
    assert found["eenzaam"]["sources"] == "rivm-gezondheid"
    assert found["eenzaam"]["direction"] == "worse"


def test_list_frameworks_keeps_the_fixed_order_of_the_axes(tmp_path: Path) -> None:
    found = rows("list", "frameworks", cwd=tmp_path)
    axes = [row["domain"] for row in found if row["framework"] == "positieve-gezondheid"]
    assert axes == [
        "lichaamsfuncties", "mentaal-welbevinden", "zingeving", "kwaliteit-van-leven", "meedoen",
        "dagelijks-functioneren",
    ]  # fmt: skip


def test_show_prints_the_worked_example_of_the_method(tmp_path: Path) -> None:
    outcome = run("show", "alphen-noord", cwd=tmp_path)
    line = next(line for line in outcome.out.splitlines() if line.strip().startswith("Eenzaam "))
    words = line.split(maxsplit=5)
    assert words[:5] == ["Eenzaam", "2020", "49%", "46%", "47%"]
    assert words[5].split("  ", 1)[0] == "iets ongunstiger"
    assert words[5].split("  ", 1)[1].strip() == "vergelijkbaar"


@pytest.mark.parametrize(
    ("name", "good", "lonely"), [("ridderveld", 76.1, 50.4), ("leiden/stevenshof", 79.6, 47.8)]
)
def test_show_json_has_the_published_figures(
    name: str, good: float, lonely: float, tmp_path: Path
) -> None:
    found = {row["id"]: row for row in rows("show", name, cwd=tmp_path) if row["kind"] != "domain"}
    assert found["ervaren-gezondheid"]["value"] == good
    assert found["eenzaam"]["value"] == lonely
    assert (found["ervaren-gezondheid"]["country_value"], found["eenzaam"]["country_value"]) == (
        78.4,
        47.0,
    )


def test_check_of_the_shipped_project_has_no_error_and_strict_fails_on_a_warning(
    tmp_path: Path,
) -> None:
    found = rows("check", cwd=tmp_path)
    severities = [finding["severity"] for finding in found]
    assert "error" not in severities
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    strict = run("check", "--strict", cwd=tmp_path)
    assert strict.code == int("warning" in severities)
    assert strict.out.startswith("0 errors, 1 warning, ")
    assert strict.out.splitlines()[2].startswith("warning: gemert-centrum")
    assert strict.err == "--strict fails on: area-changed (gemert-centrum)\n"


# --- score --------------------------------------------------------------------------------


def test_score_writes_the_same_table_in_three_formats(tmp_path: Path) -> None:
    for name in ("s.csv", "s.xlsx", "s.parquet"):
        outcome = run("score", "alphen-noord", "-o", name, cwd=tmp_path)
        assert (outcome.code, outcome.out) == (0, f"{name}\n")
    first = pd.read_csv(tmp_path / "s.csv", keep_default_na=False, na_values=[""])
    sheet = pd.read_excel(tmp_path / "s.xlsx", engine="calamine", keep_default_na=False)
    arrow = pd.read_parquet(tmp_path / "s.parquet")
    assert list(first.columns) == list(sheet.columns) == list(arrow.columns)
    numbers = ["value", "z", "score", "country_value"]
    for name in numbers:
        expected = arrow[name].astype(float)
        pd.testing.assert_series_equal(first[name].astype(float), expected, rtol=1e-12)
        found = pd.to_numeric(sheet[name], errors="coerce").astype(float)
        pd.testing.assert_series_equal(found, expected, rtol=1e-12)
    assert {p.name for p in tmp_path.iterdir()} == {"s.csv", "s.xlsx", "s.parquet"}


def test_score_keeps_missing_things_apart_and_zero_a_number(tmp_path: Path) -> None:
    run("score", "--all", "-o", "s.csv", cwd=tmp_path)
    with (tmp_path / "s.csv").open(encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert len({row["area"] for row in found}) == 131 + len(load(Assets.of(None)).profiles)
    figures = [row for row in found if row["kind"] == "indicator"]
    assert all((row["value"] != "") == (row["status"] == "ok") for row in figures)
    assert {"ok", "unknown", "absent", "not_measured"} <= {row["status"] for row in figures}
    assert any(float(row["value"]) == 0 for row in figures if row["status"] == "ok")
    domains = [row for row in found if row["kind"] == "domain"]
    assert all((row["score"] != "") == (row["status"] == "ok") for row in domains)
    purposes = [row for row in domains if row["id"] == "zingeving"]
    assert {row["status"] for row in purposes} == {"no_score_coverage"}  # method.md §8
    neutral = [row for row in figures if row["direction"] == "neutral"]
    assert {row["against_country"] for row in neutral}.isdisjoint({"favourable", "unfavourable"})


def test_an_excel_file_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        run("score", "ridderveld", "-o", name, cwd=tmp_path)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


# --- init -----------------------------------------------------------------------------------


def test_a_new_project_loads_without_findings_of_its_own_and_shows_its_gemeente(
    tmp_path: Path,
) -> None:
    made = run("init", "ggd", "--gemeente", "GM0546", "--date", "2027-01-31", cwd=tmp_path)
    assert (made.code, made.out) == (0, "ggd\n")
    assert made.err == "next: wijkprofiel --project ggd build leiden\n"
    config = load(Assets.of(tmp_path / "ggd"))
    assert config.own_profiles == ("leiden",)
    assert config.broken_profiles == {}
    assert config.project.gemeenten == ("GM0546",)
    assert config.project.edition.date.isoformat() == "2027-01-31"
    areas = rows("list", "areas", cwd=tmp_path / "ggd/configs")  # found upwards from here
    own = [row for row in areas if row["kind"] != "shipped example"]
    assert {row["code"][:6] for row in own} == {"GM0546", "WK0546"}
    shipped = {row["say"] for row in areas if row["kind"] == "shipped example"}
    assert shipped == set(load(Assets.of(None)).profiles)
    assert run("show", "leiden", cwd=tmp_path / "ggd").code == 0
    for folder in ("profiles", "indicators", "frameworks", "sources", "styles"):
        assert (tmp_path / f"ggd/configs/{folder}/README.md").read_text(encoding="utf-8")


def test_a_gemeente_outside_the_sample_is_told_to_fetch(tmp_path: Path) -> None:
    made = run("init", "ggd", "--gemeente", "GM0014", cwd=tmp_path)
    assert made.code == 0
    assert "the sample data do not hold GM0014" in made.err
    assert "fetch" in made.err
    assert (tmp_path / "ggd/configs/profiles/groningen.yaml").is_file()
    built = run("--project", "ggd", "build", "gm0014", cwd=tmp_path)
    assert built.code == 2
    assert "GM0014: there is no such area" in built.err


@pytest.mark.parametrize("code", ["0546", "WK054609", "GM546", "../x"])
def test_init_refuses_what_is_no_gemeente(code: str, tmp_path: Path) -> None:
    made = run("init", "ggd", "--gemeente", code, cwd=tmp_path)
    assert made.code == 2
    assert "is not the code of a gemeente" in made.err
    assert list(tmp_path.iterdir()) == []


def test_init_refuses_a_code_that_no_gemeente_has_and_names_near_ones(tmp_path: Path) -> None:
    made = run("init", "ggd", "--gemeente", "GM0549", cwd=tmp_path)
    assert made.code == 2
    assert "there is no gemeente GM0549" in made.err
    assert "GM0546 (Leiden)" in made.err
    assert run("init", "ggd", "--gemeente", "GM9999", cwd=tmp_path).code == 2
    named = run("init", "ggd", "--gemeente", "leiden", cwd=tmp_path)
    assert "did you mean GM0546 (Leiden)" in named.err
    assert list(tmp_path.iterdir()) == []


def test_a_new_project_holds_the_schemas_that_its_files_name(tmp_path: Path) -> None:
    run("init", "ggd", "--gemeente", "GM0546", cwd=tmp_path)
    for name in ("wijkprofiel.yaml", "configs/profiles/leiden.yaml"):
        path = tmp_path / "ggd" / name
        line = path.read_text(encoding="utf-8").splitlines()[0]
        schema = path.parent / line.split("$schema=")[1]
        assert json.loads(schema.read_text(encoding="utf-8"))["type"] == "object"
        assert not Path(line.split("$schema=")[1]).is_absolute()


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "ggd").mkdir()
    (tmp_path / "ggd/werk.txt").write_text("van mij")
    made = run("init", "ggd", "--gemeente", "GM0546", cwd=tmp_path)
    assert made.code == 2
    assert made.err.startswith("error: ggd is there already\n")
    assert [p.name for p in tmp_path.rglob("*")] == ["ggd", "werk.txt"]
