"""A data folder: files verified against their sidecars, or a clear word about each that is not."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from sample import config, dataset
from wijkprofiel.assets import Assets, shipped_root
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError, DataError
from wijkprofiel.model import Severity
from wijkprofiel.sources import folder, reference
from wijkprofiel.sources.dataset import Dataset

SAMPLE = shipped_root() / "data" / "sample"
CROSSWALK = "crosswalk.csv"
FIGURES = "cbs/85984NED_TypedDataSet.json.gz"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the sample to spoil."""
    copy = tmp_path / "data"
    shutil.copytree(SAMPLE, copy)
    return copy


def sidecar(data: Path, name: str, **changed: object) -> None:
    """Change a sidecar: None takes a key out."""
    path = data / f"{name}.yaml"
    facts = {**yaml.safe_load(path.read_text()), **changed}
    path.write_text(yaml.safe_dump({k: v for k, v in facts.items() if v is not None}))


def rewrite(data: Path, name: str, content: bytes) -> None:
    """Change a file and its checksum."""
    (data / name).write_bytes(content)
    sidecar(data, name, sha256=hashlib.sha256(content).hexdigest())


def codes(found: Dataset) -> list[str]:
    return [finding.code for finding in found.findings]


def test_the_sample_loads_without_a_warning() -> None:
    found = folder.load(config(), strict=True)
    assert [f for f in found.findings if f.severity is not Severity.INFO] == []
    assert found.outline_findings() == ()
    assert found.reference_partial


def test_strict_and_quick_read_the_same() -> None:
    strict = folder.load(config(), strict=True)
    assert strict.figures.equals(dataset().figures)
    assert strict.areas.equals(dataset().areas)


def test_snapshots_carry_origin_licence_and_the_checksum_of_the_file() -> None:
    found = {snapshot.path: snapshot for snapshot in dataset().snapshots}
    for path, snapshot in found.items():
        assert snapshot.sha256 == hashlib.sha256((SAMPLE / path).read_bytes()).hexdigest()
        assert snapshot.origin
        assert snapshot.licence in {"CC BY 4.0", "CC0"}
    assert found[FIGURES].modified == "2025-03-27T02:00:00"
    assert found[FIGURES].source == "cbs-kwb"


def test_sources_say_table_division_and_that_there_are_no_margins() -> None:
    health = dataset().sources["rivm-gezondheid"]
    assert (health.table, health.division, health.margins) == ("50090NED", 2020, False)
    assert health.model_figures
    assert dataset().sources["pdok-wijken-en-buurten"].licence == "CC0"


def test_names_are_those_of_the_outlines_where_the_table_cuts_them_off() -> None:
    names = dataset().areas.set_index("code")["name"]
    assert names["WK051806"] == "Van Stolkpark en Scheveningse Bosjes"
    assert names["BU03440831"] == "Kanaleneiland-Zuid"
    assert names["NL01"] == names["NL00"] == "Nederland"


def test_a_user_s_own_folder_is_read_in_place_of_the_sample(data: Path) -> None:
    own = config().project.model_copy(update={"data": str(data)})
    found = dataclasses.replace(config(), project=own)
    assert folder.data_folder(found) == data
    assert folder.data_folder(config()) == SAMPLE


Spoil = Callable[[Path], object]


def without_sidecars(data: Path) -> None:
    for path in data.rglob("*.yaml"):
        path.unlink()


SPOILED: dict[str, tuple[Spoil, str]] = {
    "a file that is missing": (
        lambda data: (data / CROSSWALK).rename(data / "elsewhere.csv"),
        "crosswalk.csv  the file is missing",
    ),
    "a file that was changed": (
        lambda data: (data / CROSSWALK).write_text("area\n"),
        "crosswalk.csv  is not the file that its sidecar describes",
    ),
    "an unknown key": (
        lambda data: sidecar(data, CROSSWALK, licens="CC0"),
        "licens: unknown key (did you mean 'licence'?)",
    ),
    "an unknown kind": (lambda data: sidecar(data, CROSSWALK, kind="walk"), "crosswalk.csv.yaml:"),
    "no licence": (lambda data: sidecar(data, CROSSWALK, licence=None), "licence: missing"),
    "no checksum": (lambda data: sidecar(data, CROSSWALK, sha256="abc"), "sha256"),
    "an unknown source": (
        lambda data: sidecar(data, FIGURES, source="cbs-kbw"),
        "'cbs-kbw' is no source table (did you mean 'cbs-kwb'?)",
    ),
    "a sidecar that is no YAML": (
        lambda data: (data / f"{CROSSWALK}.yaml").write_text("kind: [a"),
        "crosswalk.csv.yaml:2  is not YAML",
    ),
    "an empty crosswalk": (
        lambda data: rewrite(data, CROSSWALK, b"area,from_year,to_year,status,basis\n"),
        "the table has no rows",
    ),
    "a broken table": (lambda data: rewrite(data, FIGURES, b"\x1f\x8bno"), "gzip file is broken"),
    "outlines that are none": (
        lambda data: rewrite(data, "pdok/wijkenbuurten_2024.gpkg", b"PK"),
        "is no file with outlines",
    ),
    "no sidecars at all": (
        without_sidecars,
        "there is no data file with a sidecar",
    ),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_folder_says_which_file(name: str, data: Path) -> None:
    spoil, words = SPOILED[name]
    spoil(data)
    with pytest.raises(DataError) as failure:
        folder.load(config(), data)
    assert words in "\n".join(str(problem) for problem in failure.value.problems)


def test_all_spoiled_files_are_told_at_once(data: Path) -> None:
    (data / CROSSWALK).unlink()
    sidecar(data, FIGURES, sha256="0" * 64)
    (data / "reference.csv").write_text("")
    with pytest.raises(DataError) as failure:
        folder.load(config(), data)
    assert len(failure.value.problems) == 3


def test_there_is_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        folder.load(config(), tmp_path / "nowhere")
    lost = config().project.model_copy(update={"data": "data/nowhere"})
    with pytest.raises(ConfigError, match="no folder 'data/nowhere'"):
        folder.data_folder(dataclasses.replace(config(), project=lost))
    assert Assets.of().folders("data/nowhere") == []


def test_a_file_without_sidecar_is_not_read_and_told(data: Path) -> None:
    (data / "extra.csv").write_text("a,b\n")
    found = folder.load(config(), data)
    assert "file-without-sidecar" in codes(found)


def test_another_edition_is_not_read_and_told(data: Path) -> None:
    shutil.copy(data / FIGURES, data / "cbs/old.json.gz")
    shutil.copy(data / f"{FIGURES}.yaml", data / "cbs/old.json.gz.yaml")
    sidecar(data, "cbs/old.json.gz", table="85618NED")
    found = folder.load(config(), data)
    assert "edition-not-read" in codes(found)
    assert len(found.figures) == len(dataset().figures)


def test_a_source_without_files_is_told_and_has_no_figures(data: Path) -> None:
    shutil.rmtree(data / "rivm")
    found = folder.load(config(), data)
    assert "source-without-data" in codes(found)
    assert set(found.figures["source"]) == {"cbs-kwb"}


def test_without_a_crosswalk_figures_of_another_division_are_left_out(data: Path) -> None:
    (data / CROSSWALK).unlink()
    (data / f"{CROSSWALK}.yaml").unlink()
    found = folder.load(config(), data)
    health = found.figures[found.figures["source"] == "rivm-gezondheid"]
    assert set(health["area"]) == {"NL01"}
    warned = [f for f in found.findings if f.code == "figures-not-linked"]
    assert [f.severity for f in warned] == [Severity.WARNING]
    assert "WK048402" in set(found.unlinked["area"])


def test_doubled_rows_name_area_and_period(data: Path) -> None:
    name = "rivm/50090NED_UntypedDataSet_2020_18plus.json.gz"
    shutil.copy(data / name, data / "rivm/again.json.gz")
    shutil.copy(data / f"{name}.yaml", data / "rivm/again.json.gz.yaml")
    with pytest.raises(DataError) as failure:
        folder.load(config(), data)
    said = "\n".join(str(problem) for problem in failure.value.problems)
    assert "WK048402, eenzaam, 2020 stands there 2 times" in said


def test_reference_numbers_of_other_frameworks_are_noticed(data: Path) -> None:
    sidecar(data, "reference.csv", made_with="0" * 64)
    assert "reference-out-of-date" in codes(folder.load(config(), data))


def _with_title(found: Config) -> Config:
    changed = {
        name: f.model_copy(update={"title": "Anders"}) for name, f in found.frameworks.items()
    }
    return dataclasses.replace(found, frameworks=changed)


def test_the_fingerprint_counts_what_changes_a_number_and_no_title() -> None:
    found = config()
    known = reference.fingerprint(found.frameworks, found.indicators)
    titled = _with_title(found)
    assert reference.fingerprint(titled.frameworks, found.indicators) == known
    centred = {n: f.model_copy(update={"centre": "mean"}) for n, f in found.frameworks.items()}
    assert reference.fingerprint(centred, found.indicators) != known
    turned = {
        name: i.model_copy(update={"direction": "better" if i.direction == "worse" else "worse"})
        for name, i in found.indicators.items()
    }
    assert reference.fingerprint(found.frameworks, turned) != known


def test_a_ggd_s_own_table_is_read_beside_the_others(data: Path) -> None:
    table = b"wijk;jaar;vrijwilligers\nWK048402;2023;21,5\n"
    (data / "ggd.csv").write_bytes(table)
    facts = {
        "kind": "figures",
        "source": "leefbaarometer",
        "origin": "made up for a test",
        "licence": "CC0",
        "sha256": hashlib.sha256(table).hexdigest(),
        "layout": {
            "area": "wijk",
            "period": "jaar",
            "topics": {"vrijwilligerswerk": "vrijwilligers"},
        },
    }
    (data / "ggd.csv.yaml").write_text(yaml.safe_dump(facts))
    found = folder.load(config(), data).figures
    own = found[found["source"] == "leefbaarometer"]
    assert own[["area", "period", "value"]].to_numpy().tolist() == [["WK048402", "2023", 21.5]]
