# Figures: those of data/sample, which the loopback suppliers serve (docs/sources.md §1).

from __future__ import annotations

import copy
import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from suppliers import project, tables
from suppliers.server import Answer, Suppliers, always, running
from terminal import Outcome, run
from wijkprofiel import config as configs
from wijkprofiel.assets import Assets
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.model import Profile
from wijkprofiel.sources import folder
from wijkprofiel.sources.dataset import Dataset

RIVM, KWB, PDOK = "50090NED", "85984NED", "wijken-en-buurten-2024"


@pytest.fixture(name="suppliers")
def _suppliers() -> Iterator[Suppliers]:
    found = {t.name: t for t in (tables.rivm_of_sample(), tables.kwb_of_sample())}
    with running(Suppliers(found, tables.outlines_of_sample())) as suppliers:
        yield suppliers


@pytest.fixture(name="home")
def _home(suppliers: Suppliers, tmp_path: Path) -> Path:
    return project.make(tmp_path / "ggd", suppliers)


def fetch(home: Path, *words: str) -> Outcome:
    outcome = run("fetch", *words, cwd=home)
    assert outcome.code == 0, outcome.err
    return outcome


def tree(root: Path) -> dict[str, str]:
    """Checksum per file below ``root``."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def profile_of(assets: Assets, slug: str) -> tuple[Profile, Dataset]:
    config = configs.load(assets)
    dataset = folder.load(config)
    task = plan(config, dataset, [slug], Order())[0]
    return make_profile(config, dataset, task), dataset


# --- the same as the sample -----------------------------------------------------------------


@pytest.fixture(name="fetched", scope="module")
def _fetched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with fetched figures; its suppliers are gone."""
    found = {t.name: t for t in (tables.rivm_of_sample(), tables.kwb_of_sample())}
    with running(Suppliers(found, tables.outlines_of_sample())) as suppliers:
        home = project.make(tmp_path_factory.mktemp("fetched") / "ggd", suppliers)
        fetch(home)
    return home


@pytest.mark.parametrize("slug", ["alphen-noord", "kanaleneiland", "gemert-centrum", "nieuwegein"])
def test_a_profile_of_fetched_figures_is_that_of_the_sample(slug: str, fetched: Path) -> None:
    ours, _ = profile_of(Assets.of(fetched), slug)
    sample, _ = profile_of(Assets.of(), slug)
    for part in ("area", "topics", "frameworks", "highlights", "country", "gemeente"):
        assert getattr(ours, part, None) == getattr(sample, part, None), part


def test_every_figure_is_that_of_the_sample(fetched: Path) -> None:
    key = ["area", "indicator", "period"]
    ours = folder.load(configs.load(Assets.of(fetched))).figures.sort_values(key)
    sample = folder.load(configs.load(Assets.of())).figures.sort_values(key)
    pd.testing.assert_frame_equal(
        ours.reset_index(drop=True), sample.reset_index(drop=True), check_exact=True
    )


def test_outlines_of_features_are_those_of_the_sample(fetched: Path) -> None:
    ours = folder.load(configs.load(Assets.of(fetched))).outlines()
    sample = folder.load(configs.load(Assets.of())).outlines()
    assert ours.crs == sample.crs
    together = ours.set_index("code").geometry, sample.set_index("code").geometry
    assert list(together[0].index) == list(together[1].index)
    # Lon/lat with the digits that GDAL writes, and back: half a metre is no other outline.
    assert together[0].hausdorff_distance(together[1]).max() < 0.5


@pytest.mark.slow
def test_built_twice_from_fetched_figures_is_the_same_bytes(fetched: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        outcome = run("build", "alphen-noord", "-o", tmp_path / name, cwd=fetched)
        assert outcome.code == 0, outcome.err
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_fetched_from_scratch_twice_is_the_same_bytes(suppliers: Suppliers, tmp_path: Path) -> None:
    for name in ("a", "b"):
        fetch(project.make(tmp_path / name, suppliers))
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


# --- what stands in a snapshot --------------------------------------------------------------


def test_a_page_is_kept_as_it_came_with_its_origin(home: Path, suppliers: Suppliers) -> None:
    fetch(home, "--gemeente", "GM0484", "--table", KWB)
    root = home / "data/cijfers/cbs-kwb" / KWB
    name = "TypedDataSet-WK0484-0001.json.gz"
    body = json.loads(gzip.decompress((root / name).read_bytes()))
    served = suppliers.tables[KWB].entities["TypedDataSet"]
    wanted = [row for row in served if row["WijkenEnBuurten"].startswith("WK0484")]
    assert body["value"] == wanted
    beside = yaml.safe_load((root / f"{name}.yaml").read_text(encoding="utf-8"))
    assert beside["kind"] == "figures"
    assert (beside["source"], beside["table"]) == ("cbs-kwb", KWB)
    assert beside["modified"] == "2025-03-27T02:00:00"
    assert (beside["division"], beside["licence"]) == (2024, "CC BY 4.0")
    assert beside["gemeenten"] == ["GM0484"]
    assert beside["sha256"] == hashlib.sha256((root / name).read_bytes()).hexdigest()
    assert suppliers.url in beside["origin"]
    kinds = {yaml.safe_load(p.read_bytes())["kind"] for p in root.glob("*.yaml")}
    assert kinds == {"figures", "properties", "names", "table-info"}


def test_a_value_of_a_filter_is_asked_as_the_service_writes_it(
    home: Path, suppliers: Suppliers
) -> None:
    table = suppliers.tables[RIVM]
    for entity, key in (("Leeftijd", "Key"), ("UntypedDataSet", "Leeftijd")):
        table.entities[entity] = [{**row, key: f"{row[key]:<10}"} for row in table.entities[entity]]
    fetch(home, "--gemeente", "GM0484", "--table", RIVM)
    asked = [a.query.get("$filter", "") for a in suppliers.asked if a.path.endswith("DataSet")]
    assert "startswith(WijkenEnBuurten,'WK0484') and Leeftijd eq '20300     '" in asked


def test_the_lock_pins_every_file_sorted(fetched: Path) -> None:
    lock = yaml.safe_load((fetched / "wijkprofiel.lock").read_text(encoding="utf-8"))
    assert lock["data"] == "data/cijfers"
    names = [name for name in tree(fetched / "data/cijfers") if not name.endswith(".yaml")]
    assert list(lock["files"]) == sorted(names)
    sums = tree(fetched / "data/cijfers")
    assert {name: pin["sha256"] for name, pin in lock["files"].items()} == {
        name: sums[name] for name in names
    }


def test_a_build_from_a_changed_file_is_refused(suppliers: Suppliers, home: Path) -> None:
    fetch(home, "--gemeente", "GM0484")
    path = home / "data/cijfers/cbs-kwb" / KWB / "TypedDataSet-WK0484-0001.json.gz"
    content = gzip.decompress(path.read_bytes()).replace(b"Alphen", b"Elphen")
    path.write_bytes(gzip.compress(content, mtime=0))
    beside = path.with_name(path.name + ".yaml")
    facts = yaml.safe_load(beside.read_text(encoding="utf-8"))
    facts["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()  # a careful forger
    beside.write_text(yaml.safe_dump(facts), encoding="utf-8")
    for words in (["show", "ridderveld"], ["fetch"], ["fetch", "--offline"]):
        outcome = run(*words, cwd=home)
        assert outcome.code == 1, words
        assert "is not the file that wijkprofiel.lock pins" in outcome.err
        assert "WK0484" in outcome.err
    assert len(suppliers.asked) < 60


def test_a_file_that_the_lock_does_not_know_is_told(home: Path) -> None:
    fetch(home, "--gemeente", "GM0484")
    lock = home / "wijkprofiel.lock"
    content = yaml.safe_load(lock.read_text(encoding="utf-8"))
    content["files"].pop("crosswalk.csv")
    lock.write_text(yaml.safe_dump(content), encoding="utf-8")
    found = json.loads(run("check", "--json", cwd=home).out)
    told = [f for f in found if f["code"] == "file-not-locked"]
    assert [f["where"] for f in told] == ["crosswalk.csv"]


# --- what is there is kept ------------------------------------------------------------------


def test_a_second_call_asks_nothing(home: Path, suppliers: Suppliers) -> None:
    fetch(home, "--gemeente", "GM0484")
    before, asked = tree(home), len(suppliers.asked)
    again = fetch(home, "--gemeente", "GM0484")
    assert (tree(home), len(suppliers.asked)) == (before, asked)
    assert again.out.count(": kept") == 3


def test_another_gemeente_comes_beside_the_first(home: Path) -> None:
    fetch(home, "--gemeente", "GM0484")
    done = fetch(home, "--gemeente", "GM0546")
    assert done.out.count(": replaced") == 3
    table = folder.load(configs.load(Assets.of(home))).areas
    assert {"WK048402", "WK054609"} <= set(table["code"])
    assert "WK034408" not in set(table["code"])
    outlines = folder.load(configs.load(Assets.of(home))).outlines()
    assert {code[2:6] for code in outlines["code"]} == {"0484", "0546"}


def test_offline_tells_what_is_there_and_fails_on_what_is_not(
    home: Path, suppliers: Suppliers
) -> None:
    missing = run("fetch", "--offline", cwd=home)
    assert missing.code == 3
    assert "rivm-gezondheid/50090NED  is not there" in missing.err
    assert suppliers.asked == []
    fetch(home, "--gemeente", "GM0484")
    asked = len(suppliers.asked)
    assert fetch(home, "--offline", "--gemeente", "GM0484").out.count(": kept") == 3
    assert run("fetch", "--offline", "--gemeente", "GM0546", cwd=home).code == 3
    assert len(suppliers.asked) == asked


def test_dry_run_shows_what_would_be_asked_and_writes_nothing(
    home: Path, suppliers: Suppliers
) -> None:
    before = tree(home)
    rows: list[dict[str, Any]] = json.loads(fetch(home, "--dry-run", "--json", "--all").out)
    assert [row["table"] for row in rows] == [RIVM, KWB, PDOK]
    assert {row["state"] for row in rows} == {"to fetch"}
    assert (
        f"{suppliers.url}/ODataFeed/odata/{RIVM}/UntypedDataSet?$format=json"
        in (rows[0]["addresses"])
    )
    assert (tree(home), suppliers.asked) == (before, [])


def test_services_out_of_reach_end_with_3_and_leave_all_as_it_was(
    home: Path, suppliers: Suppliers
) -> None:
    fetch(home, "--gemeente", "GM0484")
    before = tree(home)
    suppliers.trouble.append(always("/", Answer(b"", 503)))
    for words in (["--update"], ["--gemeente", "GM0546"]):
        outcome = run("fetch", *words, cwd=home)
        assert outcome.code == 3, outcome.err
        assert "HTTP 503" in outcome.err
        assert suppliers.url in outcome.err
        assert "nothing" in outcome.err or "tables are there" in outcome.err
        after = {name: checksum for name, checksum in tree(home).items() if "partial" not in name}
        assert after == before
    assert run("show", "ridderveld", cwd=home).code == 0


def test_one_service_down_does_not_stop_the_others(home: Path, suppliers: Suppliers) -> None:
    suppliers.trouble.append(always(f"/{RIVM}/", Answer(b"", 503)))
    outcome = run("fetch", cwd=home)
    assert outcome.code == 3
    there = {path.name for path in (home / "data/cijfers").glob("*/*") if path.is_dir()}
    assert there == {KWB, PDOK}
    suppliers.trouble.clear()
    asked = len(suppliers.asked)
    fetch(home)
    assert not any(KWB in path for path in suppliers.paths()[asked:])


# --- wrong calls ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--table", "50090NEE"], "'50090NEE' is no source table or edition (did you mean"),
        (["--gemeente", "0484"], "'0484' is not the code of a gemeente"),
        (["--all", "--gemeente", "GM0484"], "use --gemeente or --all, not both"),
        (["--offline", "--update"], "use --offline or --update, not both"),
        (["--table", "politie-misdrijven"], "no edition"),
    ],
)
def test_a_wrong_call_ends_with_2(
    words: list[str], said: str, home: Path, suppliers: Suppliers
) -> None:
    outcome = run("fetch", *words, cwd=home)
    assert outcome.code == 2
    assert said in outcome.err
    assert suppliers.asked == []


def test_the_sample_is_left_alone(tmp_path: Path) -> None:
    outside = run("fetch", "--gemeente", "GM0484", cwd=tmp_path)
    assert outside.code == 2
    assert "a project of your own" in outside.err
    run("init", "ggd", "--gemeente", "GM0484", cwd=tmp_path)
    inside = run("fetch", cwd=tmp_path / "ggd")
    assert inside.code == 2
    assert "data: data/cijfers" in inside.err


def test_a_gemeente_that_the_table_does_not_have(home: Path) -> None:
    outcome = run("fetch", "--gemeente", "GM9999", "--table", RIVM, cwd=home)
    assert outcome.code == 3
    assert "GM9999: no gemeente of 50090NED (division 2020)" in outcome.err
    both = fetch(home, "--gemeente", "GM9999", "--gemeente", "GM0484", "--table", RIVM)
    assert "GM9999: no gemeente" in both.err


# --- what the API does to a question --------------------------------------------------------


def test_a_long_filter_that_gives_500_is_asked_shorter(home: Path, suppliers: Suppliers) -> None:
    suppliers.longest = len("startswith(WijkenEnBuurten,'WK0484')")
    fetch(home, "--gemeente", "GM0484", "--table", RIVM)
    data = folder.load(configs.load(Assets.of(home)))
    lonely = data.figures.query("area == 'WK048402' and indicator == 'eenzaam'")
    assert lonely.set_index("period")["value"]["2020"] == 50.4  # documents.md §8


def test_rows_that_the_api_leaves_out_in_silence_are_noticed(
    home: Path, suppliers: Suppliers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wijkprofiel.sources.fetch.odata_service.ROUND", 40)
    suppliers.cap = 40  # stands for 10,000: Den Haag has 44 wijken in three periods
    fetch(home, "--gemeente", "GM0518", "--table", RIVM)
    root = home / "data/cijfers/rivm-gezondheid" / RIVM
    rows = [
        row
        for path in sorted(root.glob("UntypedDataSet-WK*.json.gz"))
        for row in json.loads(gzip.decompress(path.read_bytes()))["value"]
    ]
    served = suppliers.tables[RIVM].entities["UntypedDataSet"]
    wanted = [row for row in served if row["WijkenEnBuurten"].startswith("WK0518")]
    assert len(wanted) == 132
    assert sorted(row["ID"] for row in rows) == [row["ID"] for row in wanted]


def test_the_feed_pages_are_followed_on_our_own_host(home: Path, suppliers: Suppliers) -> None:
    suppliers.page = 100
    fetch(home, "--all", "--table", RIVM)
    pages = sorted((home / "data/cijfers/rivm-gezondheid" / RIVM).glob("UntypedDataSet-*.json.gz"))
    served = suppliers.tables[RIVM].entities["UntypedDataSet"]
    assert len(pages) == -(-len(served) // 100)
    bodies = [json.loads(gzip.decompress(page.read_bytes())) for page in pages]
    assert [row["ID"] for body in bodies for row in body["value"]] == list(range(len(served)))


@pytest.mark.parametrize("came", [Answer(b"", 503), Answer(b"<feed/>"), Answer(b"no", 404)])
def test_without_the_feed_the_country_is_asked_per_gemeente(
    came: Answer, home: Path, suppliers: Suppliers
) -> None:
    suppliers.trouble.append(always("/ODataFeed/", came))
    done = fetch(home, "--all", "--table", RIVM)
    assert "the feed did not give 50090NED" in done.err
    sample, ours = (
        found.figures.query("source == 'rivm-gezondheid'")
        .sort_values(["area", "indicator", "period"])
        .reset_index(drop=True)
        for found in (folder.load(configs.load(Assets.of(p))) for p in (None, home))
    )
    pd.testing.assert_frame_equal(ours, sample, check_exact=True)


def test_a_page_that_is_lost_between_two_is_noticed(home: Path, suppliers: Suppliers) -> None:
    suppliers.page = 100
    served = suppliers.tables[RIVM].entities["UntypedDataSet"]
    suppliers.trouble.append(
        lambda asked: (
            Answer(str(len(served) + 1).encode())
            if asked.path.endswith("UntypedDataSet/$count")
            else None
        )
    )
    outcome = run("fetch", "--all", "--table", RIVM, cwd=home)
    assert outcome.code == 3
    assert f"{len(served)} rows came, and the service counts {len(served) + 1}" in outcome.err
    assert not (home / "data/cijfers/rivm-gezondheid").exists()


def test_rows_that_come_twice_are_noticed(home: Path, suppliers: Suppliers) -> None:
    table = suppliers.tables[RIVM]
    table.entities["UntypedDataSet"] = [
        *table.entities["UntypedDataSet"], copy.copy(table.entities["UntypedDataSet"][5])
    ]  # fmt: skip
    outcome = run("fetch", "--all", "--table", RIVM, cwd=home)
    assert outcome.code == 3
    assert "1 rows came twice" in outcome.err
