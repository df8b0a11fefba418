"""Builds that follow on another: other formats, a changed figure, a renamed or vanished area."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from altered import project, set_figure
from sample import config, dataset
from terminal import Outcome, run
from test_batch import contents, made
from wijkprofiel.build import area as areas_of_builds
from wijkprofiel.build import run as runs
from wijkprofiel.build import verify
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.output import writing_aside
from wijkprofiel.build.plan import Order
from wijkprofiel.build.run import build, look
from wijkprofiel.build.select import built
from wijkprofiel.build.target import Local
from wijkprofiel.build.why import explain
from wijkprofiel.config import Config
from wijkprofiel.errors import ProgramError
from wijkprofiel.model import Profile
from wijkprofiel.sources.dataset import Dataset

DATA = Order(("data",))
CSV = Order(("data",), ("csv",))
XLSX = Order(("data",), ("xlsx",))
AGAIN = Order(as_before=True)
RIDDERVELD = "WK048402"
FORMATS = ("csv", "xlsx", "zip")
ALL = [f"ridderveld-data.{kind}" for kind in FORMATS]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


def cli(own: Path, *words: str | Path, code: int = 0) -> Outcome:
    outcome = run(*words, "-o", "uit", cwd=own)
    assert outcome.code == code, outcome.err
    return outcome


def told(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return content


def rewritten(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    content = told(folder)
    change(content)
    (folder / "manifest.json").write_text(json.dumps(content))


def codes(output: Path, config_: Config | None = None) -> list[str]:
    return [finding.code for finding in built(output, config_ or config(), dataset())[1]]


# --- one folder, one state --------------------------------------------------------------------


def test_after_a_change_a_build_of_one_format_leaves_no_old_document(
    own: Path, tmp_path: Path
) -> None:
    """All formats, a figure changes, one format: then every document has the new figure."""
    cli(own, "build", RIDDERVELD, "--format", "data")
    set_figure(own, RIDDERVELD, "BeperkingInHoren_21", "    12.9")
    csv = (RIDDERVELD, "--format", "data", "--format", "csv")
    assert "other documents lie there" in cli(own, "build", *csv, "--dry-run").out
    why = cli(own, "explain-build", *csv).out
    assert sorted(line.split()[0] for line in why.splitlines() if "made again" in line) == ALL
    (area,) = json.loads(cli(own, "build", *csv, "--json").out)["areas"]
    assert sorted(area["why"]) == ALL
    anew = run("build", RIDDERVELD, "--format", "data", "-o", tmp_path / "nieuw", cwd=own)
    assert anew.code == 0
    assert contents(own / "uit") == contents(tmp_path / "nieuw")
    assert "nothing to do" in cli(own, "build", "--changed", "--dry-run").out
    assert "nothing to do" in cli(own, "build", RIDDERVELD, "--format", "data", "--dry-run").out


def test_a_document_that_nothing_reached_is_not_made_along(tmp_path: Path) -> None:
    build(config(), dataset(), [RIDDERVELD], tmp_path, DATA)
    stamps = {name: (tmp_path / "ridderveld" / name).stat().st_mtime_ns for name in ALL}
    forced = build(config(), dataset(), [RIDDERVELD], tmp_path, CSV, force=True)
    assert dict(forced.areas[0].why) == {ALL[0]: ("forced",)}
    after = {name: (tmp_path / "ridderveld" / name).stat().st_mtime_ns for name in ALL}
    assert [name for name in ALL if after[name] != stamps[name]] == ALL[:1]


def test_what_was_altered_is_made_along_and_what_was_deleted_is_let_go(tmp_path: Path) -> None:
    """A kill while files are renamed leaves new files under an old manifest."""
    build(config(), dataset(), [RIDDERVELD], tmp_path / "heel", DATA)
    build(config(), dataset(), [RIDDERVELD], tmp_path / "uit", DATA)
    folder = tmp_path / "uit/ridderveld"
    (folder / ALL[1]).write_bytes(b"van een andere bouw")
    rewritten(folder, lambda content: content["project"].update(data="eerder"))
    why = build(config(), dataset(), [RIDDERVELD], tmp_path / "uit", CSV).areas[0].why
    assert dict(why) == {ALL[1]: ("altered",)}
    assert contents(tmp_path / "uit") == contents(tmp_path / "heel")
    (folder / ALL[1]).unlink()
    rewritten(folder, lambda content: content["project"].update(data="eerder"))
    assert made(build(config(), dataset(), [RIDDERVELD], tmp_path / "uit", CSV)) == []
    assert [one["file"] for one in told(folder)["documents"]] == [ALL[0], ALL[2]]


def test_a_document_that_no_type_makes_any_more_is_let_go_and_told(tmp_path: Path) -> None:
    build(config(), dataset(), [RIDDERVELD], tmp_path, CSV)
    folder = tmp_path / "ridderveld"
    (folder / "ridderveld-krant.csv").write_bytes(b"van vroeger")

    def add(content: dict[str, Any]) -> None:
        content["documents"].append(content["documents"][0] | {"file": "ridderveld-krant.csv"})
        content["project"]["templates"] = "eerder"

    rewritten(folder, add)
    (area,) = build(config(), dataset(), [RIDDERVELD], tmp_path, CSV).areas
    assert [f.message.split()[0] for f in area.findings if f.code == "no-document"] == [
        "ridderveld-krant.csv"
    ]
    assert [one["file"] for one in told(folder)["documents"]] == ALL[:1]


def test_what_another_build_left_meanwhile_is_seen_before_the_manifest_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the making and the writing of a csv, another build leaves an old workbook."""
    both = Order(("data",), ("csv", "xlsx"))
    build(config(), dataset(), [RIDDERVELD], tmp_path / "heel", both)
    real = verify.refuse
    calls: list[str] = []

    def meanwhile(*given: Any, **how: Any) -> None:
        real(*given, **how)
        if not calls:
            calls.append("once")
            build(config(), dataset(), [RIDDERVELD], tmp_path / "uit", XLSX)
            folder = tmp_path / "uit/ridderveld"
            rewritten(
                folder, lambda content: content["documents"][0]["inputs"].update(figures="andere")
            )

    monkeypatch.setattr(verify, "refuse", meanwhile)
    (area,) = build(config(), dataset(), [RIDDERVELD], tmp_path / "uit", CSV).areas
    assert dict(area.why) == {ALL[0]: ("new",), ALL[1]: ("figures",)}
    assert contents(tmp_path / "uit") == contents(tmp_path / "heel")


# --- manifests that tell nothing --------------------------------------------------------------


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content.pop("left_out"),
        lambda content: content.update(format=1),
        lambda content: content.update(documents=[]),
        dict.clear,
    ],
    ids=["a key less", "another format", "emptied", "nothing"],
)
def test_changed_takes_the_formats_from_the_files_where_the_manifest_tells_none(
    spoil: Callable[[dict[str, Any]], object], tmp_path: Path
) -> None:
    build(config(), dataset(), [RIDDERVELD], tmp_path, DATA)
    before = contents(tmp_path)
    rewritten(tmp_path / "ridderveld", spoil)
    assert built(tmp_path, config(), dataset()) == (
        [RIDDERVELD if "area" in told(tmp_path / "ridderveld") else "ridderveld"], []
    )  # fmt: skip
    (why,) = explain(config(), dataset(), [RIDDERVELD], tmp_path, AGAIN)
    assert sorted(document.file for document in why.documents) == ALL
    names = built(tmp_path, config(), dataset())[0]
    build(config(), dataset(), names, tmp_path, AGAIN)
    assert contents(tmp_path) == before


def test_with_no_files_either_changed_makes_what_the_area_says(tmp_path: Path) -> None:
    """An area that names no documents gets those of the project: never an empty manifest."""
    folder = tmp_path / "ridderveld"
    folder.mkdir()
    (folder / "manifest.json").write_text("{}")
    found = look(config(), dataset(), [RIDDERVELD], tmp_path, AGAIN)
    assert {name for name, _ in found.documents} == set(config().project.documents)


def test_a_folder_whose_area_nobody_knows_is_told(tmp_path: Path) -> None:
    (tmp_path / "iets").mkdir()
    (tmp_path / "iets/manifest.json").write_text("{")
    assert built(tmp_path, config(), dataset())[0] == []
    assert codes(tmp_path) == ["no-manifest"]


# --- areas that are gone, or called otherwise -------------------------------------------------


def test_an_area_that_is_gone_does_not_stop_the_others(own: Path) -> None:
    cli(own, "build", RIDDERVELD, "--format", "data", "--format", "csv")
    old = own / "uit/weg"
    old.mkdir()
    content = told(own / "uit/ridderveld")
    content["area"] |= {
        "slug": "weg",
        "parts": [content["area"]["parts"][0] | {"code": "WK048477"}],
    }
    (old / "manifest.json").write_text(json.dumps(content))
    outcome = cli(own, "build", "--changed", "--json")
    assert [area["slug"] for area in json.loads(outcome.out)["areas"]] == ["ridderveld"]
    assert "weg" in outcome.err
    assert "no such area" in outcome.err


def renamed(output: Path) -> Path:
    """Build Ridderveld, and give it the folder of a slug that it had before."""
    build(config(), dataset(), [RIDDERVELD], output, CSV)
    old = (output / "ridderveld").rename(output / "vroeger")
    (old / ALL[0]).rename(old / "vroeger-data.csv")
    rewritten(old, lambda content: content["area"].update(slug="vroeger"))
    rewritten(old, lambda content: content["documents"][0].update(file="vroeger-data.csv"))
    return old


def test_an_area_that_is_called_otherwise_is_built_as_it_was_and_its_old_folder_told(
    tmp_path: Path,
) -> None:
    build(config(), dataset(), [RIDDERVELD], tmp_path / "heel", CSV)
    renamed(tmp_path / "uit")
    names, (finding,) = built(tmp_path / "uit", config(), dataset())
    assert (names, finding.code, finding.where) == ([RIDDERVELD], "moved", "vroeger")
    assert "ridderveld" in finding.message
    result = build(config(), dataset(), names, tmp_path / "uit", AGAIN)
    assert made(result) == ALL[:1]
    assert contents(tmp_path / "uit/ridderveld") == contents(tmp_path / "heel/ridderveld")
    # The next time the new folder speaks for itself, and the old one is still told.
    again = build(config(), dataset(), names, tmp_path / "uit", AGAIN)
    assert (made(again), [p.name for p in again.kept]) == ([], ALL[:1])
    assert codes(tmp_path / "uit") == ["moved"]


def test_a_copied_folder_is_told_and_not_built(tmp_path: Path) -> None:
    build(config(), dataset(), [RIDDERVELD], tmp_path, CSV)
    (tmp_path / "ridderveld").rename(tmp_path / "bewaard")
    assert built(tmp_path, config(), dataset())[0] == []
    assert codes(tmp_path) == ["copy"]


# --- style, language, comparisons -------------------------------------------------------------


def test_changed_keeps_the_style_that_was_asked_for(tmp_path: Path) -> None:
    inkt = config().in_style("inkt")
    build(inkt, dataset(), [RIDDERVELD], tmp_path, CSV)
    before = contents(tmp_path)
    kept = build(config(), dataset(), [RIDDERVELD], tmp_path, AGAIN)
    assert (made(kept), len(kept.kept)) == ([], 1)
    (why,) = explain(config(), dataset(), [RIDDERVELD], tmp_path, AGAIN)
    assert (why.project, why.documents[0].kinds) == ((), ())
    (tmp_path / "ridderveld" / ALL[0]).unlink()
    build(config(), dataset(), [RIDDERVELD], tmp_path, AGAIN, jobs=2)
    assert contents(tmp_path) == before
    # A style that is asked for now goes before it, and so does an order that names documents.
    build(config().in_style("buurt"), dataset(), [RIDDERVELD], tmp_path, AGAIN)
    assert told(tmp_path / "ridderveld")["config"]["style"] == "buurt"


def test_an_area_follows_the_style_of_the_project_where_none_was_asked_for(tmp_path: Path) -> None:
    build(config(), dataset(), [RIDDERVELD], tmp_path, CSV)
    other = config().project.model_copy(update={"style": "inkt"})
    build(replace(config(), project=other), dataset(), [RIDDERVELD], tmp_path, AGAIN)
    assert told(tmp_path / "ridderveld")["config"]["style"] == "inkt"


def test_a_style_that_is_gone_is_told(tmp_path: Path) -> None:
    build(config(), dataset(), [RIDDERVELD], tmp_path, CSV)
    rewritten(tmp_path / "ridderveld", lambda c: c["config"].update(chosen_style="weg"))
    (area,) = build(config(), dataset(), [RIDDERVELD], tmp_path, AGAIN).failures
    assert "'weg', which is gone" in str(area.error)


def test_another_language_and_comparisons_are_told_and_stay(tmp_path: Path) -> None:
    build(config(), dataset(), [RIDDERVELD], tmp_path, CSV)
    build(config(), dataset(), [RIDDERVELD], tmp_path / "en", CSV)
    rewritten(tmp_path / "en/ridderveld", lambda content: content.update(language="en"))
    (tmp_path / "vergelijking-x").mkdir()
    (tmp_path / "vergelijking-x/manifest.json").write_text('{"comparison": {"slug": "x"}}')
    names, findings = built(tmp_path, config(), dataset())
    assert names == [RIDDERVELD]
    assert [(f.code, f.where) for f in findings] == [
        ("comparison", "vergelijking-x"), ("language", "en"),
    ]  # fmt: skip
    assert built(tmp_path / "en", config(), dataset())[0] == []
    assert codes(tmp_path / "en") == ["language"]


# --- what goes wrong --------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("done", [0, 1])
def test_a_bug_in_one_area_does_not_stop_the_others(
    jobs: int, done: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the others are done already, and it is the only one left to make."""
    names = [RIDDERVELD, "WK048403"]
    if done:
        build(config(), dataset(), names[1:], tmp_path, CSV)

    def broken(settings: Config, figures: Dataset, task: Any) -> Profile:
        if task.slug == "ridderveld":
            raise ZeroDivisionError("a bug")
        return make_profile(settings, figures, task)

    monkeypatch.setattr(areas_of_builds, "make_profile", broken)
    monkeypatch.setattr(runs, "make_profile", broken)
    result = build(config(), dataset(), names, tmp_path, CSV, jobs=jobs)
    assert [type(area.error) for area in result.areas] == [ProgramError, type(None)]
    assert "ZeroDivisionError: a bug" in str(result.areas[0].error)
    assert result.exit_code == 1
    with pytest.raises(ZeroDivisionError):  # alone it is shown as it is
        build(config(), dataset(), names[:1], tmp_path, CSV, jobs=jobs)


def test_what_was_rejected_stays_until_the_same_document_is_right(tmp_path: Path) -> None:
    aside = tmp_path / "_rejected/ridderveld"
    with Local(tmp_path).writing() as target:
        folder = target.area("ridderveld")
        folder.set_aside({"ridderveld-factsheet.pdf": b"fout"})
        folder.set_aside({ALL[0]: b"fout"})
    assert sorted(path.name for path in aside.iterdir()) == [ALL[0], "ridderveld-factsheet.pdf"]
    build(config(), dataset(), [RIDDERVELD], tmp_path, CSV)
    assert [path.name for path in aside.iterdir()] == ["ridderveld-factsheet.pdf"]
    with Local(tmp_path).writing() as target:
        target.area("ridderveld").no_longer_aside(["ridderveld-factsheet.pdf"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ridderveld"]


def test_the_folder_of_a_build_that_goes_on_is_left_alone(tmp_path: Path) -> None:
    """Whatever it is called: process numbers of two containers say nothing to each other."""
    left = tmp_path / ".aside-1"
    left.mkdir()
    with writing_aside(tmp_path) as one:
        assert not left.exists()
        with writing_aside(tmp_path) as two:
            assert one != two
            assert one.is_dir()
        assert sorted(path.name for path in tmp_path.iterdir()) == [one.name]
    assert list(tmp_path.iterdir()) == []
