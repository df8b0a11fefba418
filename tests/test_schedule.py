"""On a schedule: the shipped workflow files, and the one command that does their work."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from ci import GITHUB, GITLAB, Github, Gitlab, Pipeline, Ran, commit
from suppliers import project, tables
from suppliers.server import Answer, Suppliers, always, running
from suppliers.tables import Row
from terminal import Outcome, run
from wijkprofiel import config as configs
from wijkprofiel.assets import Assets
from wijkprofiel.build.plan import Order
from wijkprofiel.build.refresh import Call, areas, site
from wijkprofiel.build.run import Silent
from wijkprofiel.cli import logs
from wijkprofiel.sources import folder

ROOT = Path(__file__).parent.parent
RIVM = "50090NED"
AREAS = ("WK048402", "oudshoorn-zuid", "WK048471")
ONLY = ("--format", "data", "--format", "csv")
PROFILE = "configs/profiles/oudshoorn-zuid.yaml"


@pytest.fixture(name="suppliers", scope="module")
def _suppliers() -> Iterator[Suppliers]:
    found = {t.name: t for t in (tables.rivm_of_sample(), tables.kwb_of_sample())}
    with running(Suppliers(found, tables.outlines_of_sample())) as suppliers:
        yield suppliers


@pytest.fixture(name="honest", autouse=True)
def _honest(suppliers: Suppliers) -> Iterator[None]:
    """Every test begins and ends with suppliers that serve what they should."""
    rows, stamp = suppliers.tables[RIVM].data(), suppliers.tables[RIVM].modified
    yield
    suppliers.trouble.clear()
    suppliers.tables[RIVM].entities["UntypedDataSet"] = rows
    suppliers.tables[RIVM].modified = stamp


def make(folder: Path, suppliers: Suppliers) -> Path:
    """A project of one gemeente, with a profile and both kinds of CI."""
    project.make(folder, suppliers)
    path = folder / "wijkprofiel.yaml"
    told = yaml.safe_load(path.read_text(encoding="utf-8")) | {"gemeenten": ["GM0484"]}
    path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    (folder / PROFILE).parent.mkdir(parents=True)
    (folder / PROFILE).write_text("name: Oudshoorn Zuid\nareas: [WK048401]\n", encoding="utf-8")
    for kind in ("github", "gitlab"):
        assert run("init", folder, "--ci", kind, cwd=folder.parent).code == 0
    (folder / "programma/wijkprofiel-0-py3-none-any.whl").touch()
    return folder


@pytest.fixture(name="first", scope="module")
def _first(suppliers: Suppliers, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose site was made."""
    home = make(tmp_path_factory.mktemp("first") / "ggd", suppliers)
    done = refresh(home)
    assert done.code == 0, done.err
    assert outcome(home)["state"] == "published"
    return home


@pytest.fixture(name="home")
def _home(first: Path, tmp_path: Path) -> Path:
    return shutil.copytree(first, tmp_path / "ggd")


def refresh(home: Path, *words: str) -> Outcome:
    return run("refresh", *AREAS, *ONLY, "--jobs", "1", *words, cwd=home)


def outcome(home: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads((home / "report/outcome.json").read_text())
    return told


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def revise(suppliers: Suppliers, area: str = "WK048402", **cells: str) -> None:
    """A new edition in which one area has another figure in 2020."""
    table = suppliers.tables[RIVM]
    table.modified = "2026-01-15T02:00:00"

    def renew(row: Row) -> Row:
        mine = row["WijkenEnBuurten"].strip() == area and row["Perioden"] == "2020JJ00"
        return {**row, **cells} if mine else row

    table.entities["UntypedDataSet"] = [renew(row) for row in table.entities["UntypedDataSet"]]


# --- one refresh --------------------------------------------------------------------------------


def test_nothing_changed_and_nothing_is_touched(home: Path) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in (home / "site").rglob("*")}
    done = refresh(home)
    assert done.code == 0, done.err
    assert "nothing changed" in done.err
    assert outcome(home) | {"findings": []} == {
        "state": "unchanged", "code": 0, "areas": 3, "built": [], "gone": [], "failed": {},
        "tables": dict.fromkeys(outcome(home)["tables"], "kept"),  # type: ignore[call-overload]
        "renewed": False, "held": [], "supplier": [], "changes": None, "findings": [],
    }  # fmt: skip
    assert {path: path.stat().st_mtime_ns for path in (home / "site").rglob("*")} == stamps
    assert not (home / "report/verschillen.html").exists()


def test_a_new_edition_is_published_and_the_report_names_what_it_changes(
    home: Path, suppliers: Suppliers
) -> None:
    sheet = home / "site/ridderveld/ridderveld-data.csv"
    before = rows_of(sheet)
    revise(suppliers, BeperkingInHoren_21="    12.3")
    done = refresh(home)
    assert done.code == 0, done.err
    told = outcome(home)
    assert (told["state"], told["renewed"]) == ("published", True)
    # All three: each prints of which day the edition is.
    assert told["built"] == ["oudshoorn-zuid", "ridderveld", "zwammerdam"]
    after = rows_of(sheet)
    assert hearing(before)["value"] == "5.3"
    assert hearing(after)["value"] == "12.3"
    rows = changed_rows(home / "report")
    assert {row["area"] for row in rows if row["kind"] != "document"} == {"ridderveld"}
    assert {(row["old"], row["new"]) for row in rows if row["id"] == "beperking-horen"} == {
        ("5%", "12%")  # 5.3 in RIVM's table, and 12.3 here
    }
    assert not [name for name in contents(home / "site") if "verschillen" in name]


def rows_of(sheet: Path) -> list[dict[str, str]]:
    with sheet.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hearing(rows: list[dict[str, str]]) -> dict[str, str]:
    (found,) = (row for row in rows if row["id"] == "beperking-horen")
    return found


def changed_rows(report: Path) -> list[dict[str, str]]:
    return rows_of(report / "verschillen.csv")


def test_files_of_the_site_are_replaced_and_never_written_in(
    home: Path, suppliers: Suppliers, tmp_path: Path
) -> None:
    """The next site is made of links to the files of yesterday's."""
    yesterday = shutil.copytree(home / "site", tmp_path / "gisteren", copy_function=os.link)
    before = contents(yesterday)
    revise(suppliers, BeperkingInHoren_21="    12.3")
    assert refresh(home).code == 0
    assert contents(home / "site") != before
    assert contents(yesterday) == before


def test_a_change_of_ones_own_makes_that_area_only(home: Path) -> None:
    before = contents(home / "site")
    (home / PROFILE).write_text("name: Nieuw Oudshoorn\nareas: [WK048401]\n", encoding="utf-8")
    done = refresh(home)
    assert done.code == 0, done.err
    assert outcome(home)["built"] == ["oudshoorn-zuid"]
    after = contents(home / "site")
    changed = {name for name in after if before.get(name) != after[name]}
    assert {n for n in changed if n.endswith(".csv")} == {"oudshoorn-zuid/oudshoorn-zuid-data.csv"}
    assert {row["area"] for row in changed_rows(home / "report")} == {"oudshoorn-zuid"}


def test_an_error_of_the_doctor_is_told_in_the_exit_code(home: Path, suppliers: Suppliers) -> None:
    # Of adults 123 per cent: no table may hold that. The site is made, and a person must look.
    revise(suppliers, BeperkingInHoren_21="   123.0")
    done = refresh(home)
    told = outcome(home)
    findings = {(f["code"], f["severity"]) for f in told["findings"]}  # type: ignore[attr-defined]
    assert ("value-impossible", "error") in findings
    assert (done.code, told["code"], told["state"], told["failed"]) == (1, 1, "published", {})
    again = refresh(home)  # until it is mended, also where nothing changed
    assert (again.code, outcome(home)["state"]) == (1, "unchanged")


TROUBLE = {
    "503": Answer(b"<html>even geduld</html>", 503, "text/html"),
    "cut": Answer(b'{"value": [{"Modified": "2026-', 200, cut=12, length=4000),
}


@pytest.mark.parametrize("kind", TROUBLE)
def test_a_supplier_that_is_down_leaves_the_site_of_yesterday(
    kind: str, home: Path, suppliers: Suppliers
) -> None:
    before = contents(home / "site")
    suppliers.trouble.append(always("", TROUBLE[kind]))
    as_yesterday(home, before)


def test_a_supplier_that_refuses_leaves_the_site_of_yesterday(
    home: Path, suppliers: Suppliers
) -> None:
    with running(Suppliers(suppliers.tables, suppliers.layers)) as own:
        for path in (home / "configs/sources").glob("*.yaml"):
            text = path.read_text(encoding="utf-8").replace(suppliers.url, own.url)
            path.write_text(text, encoding="utf-8")
        assert refresh(home).code == 0
        before = contents(home / "site")
    as_yesterday(home, before)  # nobody listens on that port any more


def as_yesterday(home: Path, before: dict[str, str]) -> None:
    done = refresh(home)
    assert done.code == 3, done.err
    assert contents(home / "site") == before
    told = outcome(home)
    assert (told["state"], told["code"], told["built"]) == ("unchanged", 3, [])
    assert told["supplier"]
    assert "A supplier did not give what was asked" in (home / "report/summary.md").read_text()


def test_with_a_supplier_down_a_change_of_ones_own_is_published(
    home: Path, suppliers: Suppliers
) -> None:
    suppliers.trouble.append(always("", Answer(b"", 503)))
    (home / PROFILE).write_text("name: Nieuw Oudshoorn\nareas: [WK048401]\n", encoding="utf-8")
    done = refresh(home)
    assert done.code == 3, done.err
    assert (outcome(home)["state"], outcome(home)["built"]) == ("published", ["oudshoorn-zuid"])
    assert "Nieuw Oudshoorn" in (home / "site/oudshoorn-zuid/manifest.json").read_text()


def test_without_figures_and_without_a_supplier_there_is_no_site(
    suppliers: Suppliers, tmp_path: Path
) -> None:
    home = make(tmp_path / "ggd", suppliers)
    suppliers.trouble.append(always("", Answer(b"", 503)))
    done = refresh(home)
    assert done.code == 3, done.err
    assert not (home / "site").exists()
    assert "state=failed\npublished=false\ncode=3\n" in (home / "report/outcome.env").read_text()


def test_a_broken_profile_stays_as_it_was_and_the_others_are_published(
    home: Path, suppliers: Suppliers
) -> None:
    before = contents(home / "site")
    (home / PROFILE).write_text("name: Oudshoorn\nareas: [WK999999]\n", encoding="utf-8")
    revise(suppliers, BeperkingInHoren_21="    12.3")
    done = refresh(home)
    assert done.code == 1, done.err
    told = outcome(home)
    assert (told["state"], told["built"]) == ("published", ["ridderveld", "zwammerdam"])
    assert list(told["failed"]) == ["oudshoorn-zuid"]  # type: ignore[call-overload]
    after = contents(home / "site")
    own = {name for name in after if name.startswith("oudshoorn-zuid/")}
    assert own
    assert {name: after[name] for name in own} == {name: before[name] for name in own}
    assert "oudshoorn-zuid" in (home / "report/summary.md").read_text()


def test_a_wrong_config_leaves_everything(home: Path) -> None:
    before = contents(home / "site")
    path = home / "wijkprofiel.yaml"
    path.write_text(path.read_text() + "stijl: mooi\n")
    done = refresh(home)
    assert done.code == 2
    assert contents(home / "site") == before
    assert (outcome(home)["state"], outcome(home)["code"]) == ("failed", 2)
    assert "stijl" in (home / "report/summary.md").read_text()


def test_an_edition_that_loses_areas_is_not_taken(home: Path, suppliers: Suppliers) -> None:
    before = contents(home / "site")
    table = suppliers.tables[RIVM]
    table.modified = "2026-01-15T02:00:00"
    rows = table.entities["UntypedDataSet"]
    table.entities["UntypedDataSet"] = [r for r in rows if r["WijkenEnBuurten"].strip() != AREAS[0]]
    done = refresh(home)
    assert done.code == 1
    assert contents(home / "site") == before
    assert outcome(home)["held"] == [f"rivm-gezondheid/{RIVM}"]
    assert "WK048402" in done.err


def test_an_area_that_is_asked_no_more_goes_and_is_told(home: Path) -> None:
    done = run("refresh", "WK048402", *ONLY, "--offline", cwd=home)
    assert done.code == 0, done.err
    assert sorted(p.name for p in (home / "site").iterdir()) == ["index.html", "ridderveld"]
    assert "ridderveld" in (home / "site/index.html").read_text(encoding="utf-8")
    assert outcome(home)["gone"] == ["oudshoorn-zuid", "zwammerdam"]


def test_what_is_not_asked_any_more_of_an_area_goes_too(home: Path) -> None:
    done = run("refresh", *AREAS, "--format", "data", "--format", "zip", "--offline", cwd=home)
    assert done.code == 0, done.err
    assert sorted(p.name for p in (home / "site/ridderveld").iterdir()) == [
        "manifest.json", "ridderveld-data.zip",
    ]  # fmt: skip


def test_a_file_that_was_altered_on_the_site_is_made_again(home: Path) -> None:
    before = contents(home / "site")
    sheet = home / "site/ridderveld/ridderveld-data.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("50", "51"), encoding="utf-8")
    (home / "site/_rejected/x").mkdir(parents=True)
    (home / "site/_rejected/x/x.csv").write_text("fout")
    done = refresh(home, "--offline")
    assert done.code == 0, done.err
    assert contents(home / "site") == before


def test_a_refresh_that_was_killed_while_it_replaced_the_site_is_mended(home: Path) -> None:
    before = contents(home / "site")
    (home / "site").rename(home / ".site.before")
    (home / ".site.next").mkdir()
    done = refresh(home, "--offline")
    assert done.code == 0, done.err
    assert contents(home / "site") == before
    assert not list(home.glob(".site*"))


SWAPPED = ("p.cell(row.here, v.names.short", "p.cell(row.country, v.names.short")


def test_what_is_rejected_reaches_the_report_and_never_the_site(
    first: Path, tmp_path: Path
) -> None:
    words = ("refresh", "WK048402", "--format", "web", "--offline")
    yesterday = shutil.copytree(first, tmp_path / "gisteren")
    assert run(*words, cwd=yesterday).code == 0
    # Elsewhere: within one process the templates of a folder are read once.
    home = shutil.copytree(yesterday, tmp_path / "vandaag")
    before = contents(home / "site")
    name = "templates/web/cijfers.html.j2"
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count(SWAPPED[0]) == 1
    (home / "templates/web").mkdir(parents=True)
    (home / name).write_text(text.replace(*SWAPPED), encoding="utf-8")
    done = run(*words, cwd=home)
    assert done.code == 1, done.err
    assert contents(home / "site") == before
    assert list(outcome(home)["failed"]) == ["ridderveld"]  # type: ignore[call-overload]
    kept = [path.name for path in (home / "report/_rejected/ridderveld").iterdir()]
    assert kept == ["ridderveld-web.html"]
    assert not list(home.rglob("site/**/_rejected"))


def test_an_area_that_is_not_what_was_made_is_put_back_as_it_was(home: Path) -> None:
    config = configs.load(Assets.of(home))
    order = Order(("data",), ("csv",), portal=True)
    day = dt.date(2026, 1, 15)
    told: list[str] = []

    def tell(event: str, text: str, level: str = "info", **facts: object) -> None:
        told.append(f"{level} {event} {text} {sorted(facts)}")

    call = Call(
        home / "site", home / "report", ("WK048402",), order, day, True, 1, Silent(), tell
    )  # fmt: skip
    before = contents(home / "site")
    with site.renewing(call.site) as fresh:
        sheet = fresh / "ridderveld/ridderveld-data.csv"
        text = sheet.read_text(encoding="utf-8")
        sheet.unlink()
        sheet.write_text(text.replace(",5.3,", ",6.3,", 1), encoding="utf-8")
        names = {"ridderveld": "WK048402"}
        wrong = areas._verified(config, folder.load(config), call, fresh, names)
        assert list(wrong) == ["ridderveld"]
        assert contents(fresh) == before
    kept = home / "report/_rejected/ridderveld/ridderveld-data.csv"
    assert ",6.3," in kept.read_text(encoding="utf-8")
    assert any(line.startswith("error rejected ridderveld: not published") for line in told)


def test_a_file_that_nobody_made_leaves_the_site(home: Path) -> None:
    before = contents(home / "site")
    (home / "site/ridderveld/ridderveld-oud.pdf").write_text("van vorig jaar")
    done = refresh(home, "--offline")
    assert done.code == 0, done.err
    assert contents(home / "site") == before


def test_the_report_may_not_lie_in_the_site(home: Path) -> None:
    for where in ("site", "site/verslag", "."):
        done = refresh(home, "--offline", "--report", where)
        assert done.code == 2
        assert "the report may not be published" in done.err


# --- logs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("refresh", *AREAS, *ONLY),
        ("fetch", "--update"),
        ("doctor",),
        ("build", "WK048402", *ONLY, "--output", "uit"),
        ("verify", "--output", "site"),
        ("diff", "site", "site"),
        ("build", "WK048402", "--format", "flyer"),
    ],
    ids=lambda words: "mistake" if "flyer" in words else words[0],
)
def test_every_line_of_a_log_is_json_and_the_last_is_the_end(
    words: tuple[str, ...], home: Path
) -> None:
    done = run(*words, "--log-json", cwd=home)
    lines = [json.loads(line) for line in done.err.splitlines()]
    assert lines
    for line in lines:
        assert {"time", "level", "event"} <= line.keys()
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line["time"])
        assert line["level"] in {"info", "warning", "error"}
    assert (lines[-1]["event"], lines[-1]["code"]) == ("end", done.code)
    assert [line["event"] for line in lines].count("end") == 1
    if "flyer" in words:
        assert lines[-2]["event"] == "error"
        assert "flyer" in lines[-2]["problems"][0]["message"]
    assert words[0] in logs.COMMANDS


# --- the files ----------------------------------------------------------------------------------


def test_the_files_are_what_github_and_gitlab_read(first: Path) -> None:
    for path, schema in ((GITHUB, "github-workflows"), (GITLAB, "gitlab-ci")):
        done = subprocess.run(
            [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema",
             f"vendor.{schema}", first / path],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_rights_and_versions_in_the_workflow_of_github(first: Path) -> None:
    flow = yaml.safe_load((first / GITHUB).read_text(encoding="utf-8"))
    assert flow["permissions"] == {"contents": "read"}
    assert [job for job, told in flow["jobs"].items() if "permissions" in told] == ["publiceren"]
    assert flow["jobs"]["publiceren"]["permissions"] == {"pages": "write", "id-token": "write"}
    # Whatever has those rights runs no script, so nothing that was installed.
    assert not any("run" in step for step in flow["jobs"]["publiceren"]["steps"])
    assert flow["concurrency"] == {"group": "profielen", "cancel-in-progress": False}
    assert {"schedule", "workflow_dispatch", "push"} == set(flow[True])  # YAML 1.1 reads "on"
    steps = [step for job in flow["jobs"].values() for step in job["steps"]]
    used = [step["uses"] for step in steps if "uses" in step]
    assert all(re.fullmatch(r"[\w/-]+@v\d+", name) for name in used), used


@pytest.mark.parametrize("path", [GITHUB, GITLAB])
def test_init_leaves_a_workflow_that_is_there(path: str, first: Path, tmp_path: Path) -> None:
    home = shutil.copytree(first, tmp_path / "ggd")
    (home / path).write_text("van: mij\n")
    (home / "programma/README.md").unlink()
    done = run("init", "ggd", "--ci", "github", "--ci", "gitlab", cwd=tmp_path)
    assert done.code == 0
    assert (home / path).read_text() == "van: mij\n"
    assert "wijkprofiel refresh" in (home / "programma/README.md").read_text(encoding="utf-8")
    assert f"left as it is: ggd/{path}" in done.err


def test_init_knows_its_kinds_of_ci(tmp_path: Path) -> None:
    done = run("init", "ggd", "--gemeente", "GM0546", "--ci", "gitlub", cwd=tmp_path)
    assert done.code == 2
    assert "did you mean 'gitlab'" in done.err
    assert not (tmp_path / "ggd").exists()


# --- whole runs ---------------------------------------------------------------------------------


@dataclass
class Nights:
    """A pipeline that runs every night, and what it must tell on each kind of CI."""

    pipeline: Pipeline

    @property
    def github(self) -> bool:
        return isinstance(self.pipeline, Github)

    @property
    def site(self) -> dict[str, str]:
        return contents(self.pipeline.pages)

    def report(self, ran: Ran) -> Path:
        return ran.artifacts / ("verslag" if self.github else "verversen") / "report"

    def warned(self, ran: Ran) -> bool:
        """GitHub knows no yellow: there a warning stands in the log."""
        if self.github:
            return ran.jobs["verversen"] == "success" and "::warning title=" in ran.log
        return ran.jobs["verversen"] == "warning"


@pytest.mark.slow
@pytest.mark.parametrize("kind", [Github, Gitlab])
def test_a_week_of_nights(kind: type[Pipeline], suppliers: Suppliers, tmp_path: Path) -> None:
    home = make(tmp_path / "ggd", suppliers)
    commit(home)
    nights = Nights(kind(home, tmp_path / "ci", OPTIES=" ".join((*AREAS, *ONLY, "--jobs 1"))))
    first_night(nights)
    quiet_night(nights, suppliers)
    night_with_a_new_figure(nights, suppliers)
    night_without_suppliers(nights, suppliers)
    night_with_a_broken_profile(nights, suppliers, home)
    night_with_a_wrong_config(nights, home)


def first_night(nights: Nights) -> None:
    ran = nights.pipeline.run()
    assert set(ran.jobs.values()) == {"success"}, ran.log
    assert ran.published
    assert {"index.html", "ridderveld/ridderveld-data.csv"} <= set(nights.site)
    asked = [line for line in ran.installed if line.startswith("uv tool install")]
    assert [line.split()[-1] for line in asked] == ["programma/wijkprofiel-0-py3-none-any.whl"]
    report = nights.report(ran)
    assert "The site is new" in (report / "summary.md").read_text()
    assert (report.parent / "wijkprofiel.lock").is_file()
    lines = (report.parent / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[-1])["code"] == 0


def quiet_night(nights: Nights, suppliers: Suppliers) -> None:
    """Nothing is published, or (GitLab) the same bytes again; no figure is asked."""
    site, asked = nights.site, len(suppliers.asked)
    ran = nights.pipeline.run()
    assert ran.jobs["verversen"] == "success", ran.log
    assert ran.published is not nights.github
    assert nights.site == site
    assert not any("DataSet" in path for path in suppliers.paths()[asked:])


def night_with_a_new_figure(nights: Nights, suppliers: Suppliers) -> None:
    site = nights.site
    revise(suppliers, BeperkingInHoren_21="    12.3")
    ran = nights.pipeline.run()
    assert ran.jobs["verversen"] == "success", ran.log
    assert ran.published
    assert nights.site != site
    rows = changed_rows(nights.report(ran))
    assert {row["area"] for row in rows if row["kind"] != "document"} == {"ridderveld"}


def night_without_suppliers(nights: Nights, suppliers: Suppliers) -> None:
    """The site is that of yesterday, with the figures of yesterday, which are not in git."""
    site = nights.site
    suppliers.trouble.append(always("", Answer(b"", 503)))
    ran = nights.pipeline.run()
    assert nights.warned(ran), ran.log
    assert nights.site == site
    assert ran.published is not nights.github
    told = (nights.report(ran) / "summary.md").read_text()
    assert "A supplier did not give what was asked" in told
    assert not nights.github or told in ran.summary
    suppliers.trouble.clear()


def night_with_a_broken_profile(nights: Nights, suppliers: Suppliers, home: Path) -> None:
    site = nights.site
    (home / PROFILE).write_text("name: Oudshoorn\nareas: [WK999999]\n", encoding="utf-8")
    commit(home, "stuk")
    revise(suppliers, "WK048471", BeperkingInHoren_21="    13.9")
    ran = nights.pipeline.run()
    assert nights.warned(ran), ran.log
    assert ran.published
    own = {name for name in site if name.startswith("oudshoorn-zuid/")}
    assert {name: nights.site[name] for name in own} == {name: site[name] for name in own}
    assert nights.site != site


def night_with_a_wrong_config(nights: Nights, home: Path) -> None:
    site = nights.site
    path = home / "wijkprofiel.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "stijl: mooi\n", encoding="utf-8")
    commit(home, "fout")
    ran = nights.pipeline.run()
    assert ran.jobs["verversen"] == "failure"
    assert not ran.published
    assert nights.site == site
