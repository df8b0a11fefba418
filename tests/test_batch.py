"""Many areas: which, what is kept, what is made again and why, and what survives a kill."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from altered import project, set_figure
from sample import config, dataset
from terminal import Outcome, run
from wijkprofiel.build import pool as pools
from wijkprofiel.build.plan import Order
from wijkprofiel.build.run import BuildResult, build
from wijkprofiel.build.select import Selection, names_of
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import Level

CSV = Order(("data",), ("csv",))
DATA = Order(("data",))
THREE = ["WK048402", "WK048403", "stevenshof"]
WIJKEN = ("WK048402", "WK048403", "alphen-noord", "stevenshof", "WK054601")
ONLY = ("--format", "data", "--format", "csv")
COMMAND = [sys.executable, "-c", "from wijkprofiel.cli import main; main()"]


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def made(result: BuildResult) -> list[str]:
    return sorted(name for area in result.areas for name in area.why)


def make(output: Path, names: list[str] = THREE, order: Order = CSV, **how: Any) -> BuildResult:
    return build(config(), dataset(), names, output, order, **how)


# --- which areas ------------------------------------------------------------------------------


def chosen(**asked: Any) -> list[str]:
    return names_of(Selection(**asked), config(), dataset())


def test_all_wijken_are_those_of_the_sample() -> None:
    # data/sample: CBS counts 131 wijken in the seven gemeenten in 2024 (85984NED, "WK" keys).
    codes = set(dataset().areas["code"])
    found = chosen(every=True)
    assert len(found) == len(set(found)) == 131
    assert set(found) <= codes
    assert all(re.fullmatch(r"WK\d{6}", code) for code in found)


@pytest.mark.parametrize("name", ["GM0484", "alphen-aan-den-rijn", "Alphen aan den Rijn"])
def test_a_gemeente_by_code_or_name(name: str) -> None:
    found = chosen(gemeenten=(name,))
    assert len(found) == 16  # CBS: wijken WK048401 to WK048416
    assert {code[2:6] for code in found} == {"0484"}


def test_levels_of_a_gemeente() -> None:
    wijken = chosen(gemeenten=("GM0772",))
    buurten = chosen(gemeenten=("GM0772",), level=Level.BUURT)
    assert {code[:2] for code in buurten} == {"BU"}
    assert {f"WK{code[2:8]}" for code in buurten} <= set(wijken)
    assert chosen(gemeenten=("GM0772",), level=Level.GEMEENTE) == ["GM0772"]


def test_a_region_has_the_wijken_of_its_gemeenten_that_the_data_hold() -> None:
    # GGD Hollands Midden: Alphen aan den Rijn and Leiden are in the sample.
    found = chosen(regions=("ggd-hollands-midden",))
    assert {code[2:6] for code in found} == {"0484", "0546"}
    assert set(found) == set(chosen(gemeenten=("GM0484", "GM0546")))


def test_an_area_that_is_asked_for_twice_comes_once() -> None:
    found = chosen(names=("WK048402",), gemeenten=("GM0484", "alphen-aan-den-rijn"))
    assert found[0] == "WK048402"
    assert len(found) == 16


def test_a_list_is_lines_or_a_table(tmp_path: Path) -> None:
    lines = tmp_path / "wijken.txt"
    lines.write_text("# onze wijken\nWK048402\n\nstevenshof   # profiel\nGM0484\n")
    table = tmp_path / "wijken.csv"
    table.write_text("naam;code\nRidderveld;WK048402\nelders;GM0484\n", encoding="utf-8-sig")
    assert chosen(lists=(lines,)) == ["WK048402", "stevenshof", "GM0484"]
    assert chosen(lists=(table,)) == ["WK048402", "GM0484"]


def test_every_wrong_line_of_a_list_is_told_with_its_number(tmp_path: Path) -> None:
    lines = tmp_path / "wijken.txt"
    lines.write_text("WK048402\nWK999999\nstevenshoff\n")
    with pytest.raises(ConfigError) as caught:
        chosen(lists=(lines, tmp_path / "weg.txt"), gemeenten=("Lutjebroek",), regions=("ggd-x",))
    where = [problem.where for problem in caught.value.problems]
    assert where == [
        "--gemeente", "--ggd", f"{lines}:2", f"{lines}:3", str(tmp_path / "weg.txt"),
    ]  # fmt: skip
    assert "did you mean stevenshof" in caught.value.problems[3].message


def test_nothing_that_can_be_built_is_told(tmp_path: Path) -> None:
    empty = tmp_path / "leeg.txt"
    empty.write_text("# niets\n")
    with pytest.raises(ConfigError, match="no area stands in it"):
        chosen(lists=(empty,))
    with pytest.raises(ConfigError, match="the data hold no wijk of it"):
        chosen(regions=("ggd-groningen",))
    assert run("build", "--all", "--level", "straat", cwd=tmp_path).code == 2


# --- what is kept -----------------------------------------------------------------------------


def test_what_is_right_is_kept_and_not_touched(tmp_path: Path) -> None:
    assert len(made(make(tmp_path, order=DATA))) == 9
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")}
    again = make(tmp_path, order=DATA)
    assert (again.written, made(again)) == ((), [])
    assert len(again.kept) == len(again.documents) == 9
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")} == stamps
    assert made(make(tmp_path, order=DATA, force=True)) == sorted(p.name for p in again.kept)


def test_a_file_that_is_gone_or_altered_is_made_again_as_it_was(tmp_path: Path) -> None:
    make(tmp_path, order=DATA)
    before = contents(tmp_path)
    (tmp_path / "ridderveld/ridderveld-data.csv").unlink()
    sheet = tmp_path / "stevenshof/stevenshof-data.xlsx"
    sheet.write_bytes(sheet.read_bytes()[:-1] + b"!")
    again = make(tmp_path, order=DATA)
    assert {area.slug: dict(area.why) for area in again.areas if area.why} == {
        "ridderveld": {"ridderveld-data.csv": ("altered",)},
        "stevenshof": {"stevenshof-data.xlsx": ("altered",)},
    }
    assert contents(tmp_path) == before


@pytest.mark.parametrize("text", ["", "{", '{"documents": 3}', "[]"])
def test_without_a_sound_manifest_everything_is_made_again(text: str, tmp_path: Path) -> None:
    make(tmp_path, ["WK048402"])
    before = contents(tmp_path)
    (tmp_path / "ridderveld/manifest.json").write_text(text)
    again = make(tmp_path, ["WK048402"])
    assert dict(again.areas[0].why) == {"ridderveld-data.csv": ("new",)}
    assert contents(tmp_path) == before


def test_documents_of_an_earlier_build_stay_in_the_manifest(tmp_path: Path) -> None:
    make(tmp_path / "samen", ["WK048402"], DATA)
    for kind in ("csv", "xlsx", "zip"):
        result = make(tmp_path / "na-elkaar", ["WK048402"], Order(("data",), (kind,)))
        assert made(result) == [f"ridderveld-data.{kind}"]
    assert contents(tmp_path / "na-elkaar") == contents(tmp_path / "samen")


# --- what is made again -----------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


def cli(own: Path, *words: str) -> Outcome:
    outcome = run("build", *words, *ONLY, "--json", "-o", "uit", cwd=own)
    assert outcome.code == 0, outcome.err
    return outcome


def rebuilt(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    return {name.partition("/")[0] for name in after if name.endswith(".csv")} & {
        name.partition("/")[0]
        for name in after
        if name.endswith(".csv") and before.get(name) != after[name]
    }


def told(outcome: Outcome) -> dict[str, str]:
    """Per area what became of it."""
    found = json.loads(outcome.out)["areas"]
    return {area["slug"]: "built" if area["why"] else "as it was" for area in found}


def test_a_changed_figure_makes_again_exactly_what_it_reaches(own: Path, tmp_path: Path) -> None:
    """Lonely in Ridderveld reaches Ridderveld, and the maps of its gemeente (the choropleth)."""
    cli(own, *WIJKEN)
    old = contents(own / "uit")
    set_figure(own, "WK048402", "Eenzaam_28", "    45.9")
    outcome = cli(own, *WIJKEN)
    kept = {slug for slug, state in told(outcome).items() if state == "as it was"}
    # Everything built anew, from nothing: what an undisturbed build would give.
    new = tmp_path / "nieuw"
    anew = run(
        "build", *WIJKEN,
        *ONLY, "-o", new, cwd=own,
    )  # fmt: skip
    assert anew.code == 0
    assert contents(own / "uit") == contents(new)
    leiden = {name.partition("/")[0] for name in old if "WK0546" in _parts(own / "uit", name)}
    assert "stevenshof" in leiden
    assert kept == leiden
    changed = rebuilt(old, contents(new))
    assert {"ridderveld", "alphen-noord"} <= changed


def _parts(output: Path, name: str) -> str:
    manifest = output / name.partition("/")[0] / "manifest.json"
    return str([part["code"] for part in json.loads(manifest.read_text())["area"]["parts"]])


def test_a_figure_that_is_on_no_map_reaches_its_own_areas_only(own: Path) -> None:
    cli(own, *WIJKEN)
    set_figure(own, "WK048402", "BeperkingInHoren_21", "    12.9")
    outcome = cli(own, *WIJKEN)
    seen = {slug for slug, state in told(outcome).items() if state == "built"}
    assert seen == {"ridderveld", "alphen-noord"}


EDITION = "edition: {number: 9, date: 2026-06-01}\n"


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("templates/data/document.yaml", "# een opmerking\n", {"document"}),
        ("templates/styles/common/base.css", "/* */\n", {"look"}),
        ("configs/profiles/stevenshof.yaml", EDITION, {"people", "sources"}),
    ],
)
def test_a_changed_file_reaches_what_is_made_with_it(
    own: Path, path: str, text: str, why: set[str]
) -> None:
    shipped = config().assets.project / path
    if not shipped.exists():
        pytest.fail(f"{path} is no shipped file any more: name another")
    cli(own, "WK048402", "stevenshof")
    (own / path).parent.mkdir(parents=True, exist_ok=True)
    (own / path).write_text(shipped.read_text() + text)
    explained = run(
        "explain-build", "WK048402", "stevenshof", *ONLY, "-o", "uit", "--json", cwd=own
    )
    kinds = {area["slug"]: set(area["documents"][0]["kinds"]) for area in json.loads(explained.out)}
    reached = {"stevenshof": why, "ridderveld": set() if "profiles" in path else why}
    assert kinds == reached
    outcome = run("build", "WK048402", "stevenshof", *ONLY, "-o", "uit", "--json", cwd=own)
    written = {slug: state == "built" for slug, state in told(outcome).items()}
    assert written == {slug: bool(found) for slug, found in reached.items()}


def test_changed_brings_up_to_date_what_was_built_before(own: Path) -> None:
    cli(own, "WK048402", "stevenshof")
    set_figure(own, "WK048402", "Eenzaam_28", "    45.9")
    outcome = run("build", "--changed", "--json", "-o", "uit", cwd=own)
    assert outcome.code == 0, outcome.err
    assert told(outcome) == {"ridderveld": "built", "stevenshof": "as it was"}
    assert sorted(p.name for p in (own / "uit/ridderveld").iterdir()) == [
        "manifest.json", "ridderveld-data.csv",
    ]  # fmt: skip
    assert run("build", "--changed", "ridderveld", cwd=own).code == 2
    assert run("build", "--changed", "-o", "leeg", cwd=own).code == 2


# --- several processes ------------------------------------------------------------------------


@pytest.mark.parametrize("copies", [True, False])
def test_processes_write_what_one_writes(
    copies: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "COPIES", copies and pools.COPIES)
    make(tmp_path / "een", order=DATA)
    result = make(tmp_path / "twee", order=DATA, jobs=2)
    assert [area.slug for area in result.areas] == ["ridderveld", "zegersloot", "stevenshof"]
    assert contents(tmp_path / "twee") == contents(tmp_path / "een")


def started(output: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, "build", *words, "-o", str(output)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_two_builds_in_one_folder_do_not_harm_each_other(tmp_path: Path) -> None:
    wijken = [f"WK03560{number}" for number in range(1, 9)]
    both = [
        started(tmp_path / "samen", *wijken, "--format", "data", "--format", kind, "--jobs", "1")
        for kind in ("csv", "xlsx")
    ]
    assert [process.wait(300) for process in both] == [0, 0]
    for kind in ("csv", "xlsx"):
        done = run(
            "build", *wijken, "--format", "data", "--format", kind, "-o", "apart", cwd=tmp_path
        )
        assert done.code == 0
    assert contents(tmp_path / "samen") == contents(tmp_path / "apart")


def kills(number: int) -> Iterator[float]:
    """Moments of a batch, as shares of the files that are written by then."""
    yield from ((step + 0.5) / number for step in range(number))


def test_a_killed_build_is_finished_by_the_same_command(tmp_path: Path) -> None:
    """Kill -9, twice; benchmarks/kills.py does it fifty times in a batch of 60."""
    words = ["--gemeente", "GM0546", "--format", "data", "--jobs", "2"]
    assert run("build", *words, "-o", "heel", cwd=tmp_path).code == 0
    wijken = len(list((tmp_path / "heel").iterdir()))
    for number, share in enumerate(kills(2)):
        output = tmp_path / f"kill-{number}"
        process = started(output, *words)
        deadline = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < deadline:
            if len(list(output.glob("*/manifest.json"))) >= wijken * share:
                break
            time.sleep(0.005)
        process.kill()
        process.wait()
        assert run("build", *words, "-o", output, cwd=tmp_path).code == 0
        assert contents(output) == contents(tmp_path / "heel")


def test_a_failing_area_is_told_and_the_others_are_built(own: Path) -> None:
    (own / "configs/profiles").mkdir(parents=True)
    (own / "configs/profiles/stuk.yaml").write_text("name: Stuk\nareas: [WK999999]\nkind: wijk\n")
    outcome = run("build", "stuk", "WK048402", *ONLY, "--log-json", "-o", "uit", cwd=own)
    assert outcome.code == 1
    events = [json.loads(line) for line in outcome.err.splitlines() if line.startswith("{")]
    assert [event["event"] for event in events[:3]] == ["planned", "area", "area"]
    assert events[-1]["event"] == "end"
    assert events[-1]["code"] == 1
    by_area = {event["area"]: event for event in events[1:3]}
    assert by_area["stuk"]["level"] == "error"
    assert "WK999999" in by_area["stuk"]["problems"][0]
    assert by_area["ridderveld"]["outcome"] == "built"
    assert {event["done"] for event in events[1:3]} == {1, 2}


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    outcome = run("build", "--gemeente", "GM0484", "--dry-run", "-o", "uit", cwd=tmp_path)
    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        "plan: 16 areas: 16 × factsheet (pdf)",
        "  16 areas: not built before",
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_is_json_for_a_machine(tmp_path: Path) -> None:
    words = ("build", "ridderveld", "stevenshof", "--format", "data", "--format", "csv")
    assert run("build", "ridderveld", *words[3:], "-o", "uit", cwd=tmp_path).code == 0
    outcome = run(*words, "--dry-run", "--json", "-o", "uit", cwd=tmp_path)
    assert outcome.code == 0
    assert json.loads(outcome.out) == {
        "areas": [
            {"slug": "ridderveld", "reasons": []},
            {"slug": "stevenshof", "reasons": ["new"]},
        ],
        "todo": 1,
        "current": 1,
        "reasons": {"new": {"areas": 1, "told": "not built before"}},
        "documents": [{"document": "data", "format": "csv", "files": 2}],
    }
