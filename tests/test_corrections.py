"""Known errors of a supplier: mended while they are there, refused once they are repaired.

The corrections here are made up: the project ships none, because no upstream error is known.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from pathlib import Path
from typing import Any

import pytest

from builders import own
from sample import config, dataset
from tiny_project import make as tiny
from wijkprofiel import config as configs
from wijkprofiel import profile
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError, DataError
from wijkprofiel.model import Correction, Severity, Status
from wijkprofiel.sources import folder

# RIVM 50090NED, 2020, 18+: Ridderveld 50.4 % lonely (shared/docs, checked in test_sample.py).
AREA, PUBLISHED = "WK048402", 50.4


def correction(**changed: Any) -> Correction:
    facts: dict[str, Any] = {
        "source": "rivm-gezondheid",
        "edition": "50090NED",
        "area": AREA,
        "indicator": "eenzaam",
        "period": "2020",
        "expect": PUBLISHED,
        "value": 40.5,
        "reason": "made up for a test",
        "reported": dt.date(2026, 1, 31),
    }
    return Correction(**{**facts, **changed})


def with_corrections(*corrections: Correction) -> Config:
    return dataclasses.replace(config(), corrections=corrections)


def cell(found: Any, indicator: str = "eenzaam", period: str = "2020") -> Any:
    rows = found.figures.set_index(["area", "indicator", "period"])
    return rows.loc[(AREA, indicator, period)]


def test_the_project_ships_no_invented_correction() -> None:
    assert config().corrections == ()


def test_a_wrong_figure_is_replaced_and_named() -> None:
    found = folder.load(with_corrections(correction()))
    assert cell(found)["value"] == 40.5
    assert math.isnan(cell(found)["lower"])
    told = [f for f in found.findings if f.code == "figure-corrected"]
    assert [f.severity for f in told] == [Severity.INFO]
    for word in (AREA, "50.4", "40.5", "made up for a test", "2026-01-31", "50090NED"):
        assert word in told[0].message
    others = dataset().figures
    changed = (found.figures["value"] != others["value"]) & others["value"].notna()
    assert int(changed.sum()) == 1


def test_a_figure_that_should_not_be_there_gets_a_status() -> None:
    found = folder.load(with_corrections(correction(value=None, status="unknown")))
    assert math.isnan(cell(found)["value"])
    assert cell(found)["status"] == "unknown"


def test_what_is_computed_from_a_corrected_figure_follows_it() -> None:
    # CBS: Ridderveld; the share of 0-14 is their number over the inhabitants, times 100.
    people = cell(dataset(), "inwoners", "2024")["value"]
    young = cell(dataset(), "leeftijd-0-14", "2024")["value"]
    mended = correction(
        source="cbs-kwb", edition="85984NED", indicator="leeftijd-0-14", period="2024",
        expect=young, value=young + 100,
    )  # fmt: skip
    found = folder.load(with_corrections(mended))
    share = cell(found, "aandeel-0-14", "2024")["value"]
    assert share == pytest.approx((young + 100) / people * 100)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"expect": 60.0, "value": PUBLISHED}, ("has repaired it: it is 50.4 now", "take")),
        ({"expect": 60.0}, ("50090NED has 50.4, not the wrong 60", "look again")),
        ({"expect": "unknown", "value": 44.0}, ("has 50.4, not the wrong unknown", "look")),
    ],
    ids=["repaired", "changed otherwise", "a figure came"],
)
def test_a_correction_stops_when_the_supplier_changed_its_figure(
    changed: dict[str, Any], words: tuple[str, str]
) -> None:
    with pytest.raises(DataError) as caught:
        folder.load(with_corrections(correction(**changed)))
    [problem] = caught.value.problems
    assert problem.where == "configs/corrections.yaml"
    assert words[0] in problem.message
    assert problem.hint is not None
    assert problem.hint.find(words[1]) >= 0


def test_all_repaired_figures_are_told_at_once() -> None:
    wrong = correction(expect=1.0), correction(indicator="rokers", expect=2.0, value=3.0)
    with pytest.raises(DataError) as caught:
        folder.load(with_corrections(*wrong))
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    "changed",
    [{"edition": "50120NED"}, {"area": "WK036300"}, {"period": "2022"}],
    ids=["another edition", "an area that is not in the data", "a period that is not there"],
)
def test_a_correction_of_other_data_is_left_alone(changed: dict[str, Any]) -> None:
    found = folder.load(with_corrections(correction(**changed)))
    assert cell(found)["value"] == PUBLISHED
    assert not [f for f in found.findings if f.code == "figure-corrected"]


def test_the_profile_says_which_figure_was_replaced_and_why() -> None:
    changed = with_corrections(correction())
    data = folder.load(changed)
    made = profile.make(own(AREA, changed, data), changed, data)
    figure = made.topics["eenzaam"].figure
    assert (figure.value, figure.status, figure.corrected) == (
        40.5, Status.OK, "made up for a test",
    )  # fmt: skip
    told = [f for f in made.findings if f.code == "figure-corrected"]
    assert ["eenzaam" in f.message for f in told] == [True]
    assert made.topics["rokers"].figure.corrected == ""


def test_an_area_of_several_parts_is_marked_when_one_part_was_corrected() -> None:
    changed = with_corrections(correction())
    data = folder.load(changed)
    made = profile.make(own("alphen-noord", changed, data), changed, data)
    assert made.topics["eenzaam"].figure.corrected == "made up for a test"


CORRECTIONS = """\
corrections:
  - source: tabel
    edition: T1
    area: WK123401
    indicator: eenzaam
    period: "2020"
    expect: 4.5
    value: 45
    reason: komma verkeerd
    reported: 2026-01-31
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("edition: T1", "edition: T9", 3, "'T9' is not an edition of tabel"),
        ("source: tabel", "source: tabl", 2, "'tabl' is not a source table (did you mean 'tabel'"),
        ("indicator: eenzaam", "indicator: eenzam", 5, "'eenzam' is not an indicator"),
        ("    value: 45\n", "", 2, "a correction needs 'value' or 'status'"),
        ("value: 45", "value: 4.5", 2, "'expect' is the wrong figure"),
        ("    expect: 4.5\n", "", 2, "expect"),
        ("reason: komma verkeerd", "reden: komma", 9, "reden: unknown key"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assets = tiny(tmp_path)
    (tmp_path / "configs/corrections.yaml").write_text(CORRECTIONS.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        configs.load(assets)
    found = {p.where: p.message for p in caught.value.problems}
    place = f"configs/corrections.yaml:{line}"
    assert message in found[place]


def test_one_figure_is_corrected_once(tmp_path: Path) -> None:
    assets = tiny(tmp_path)
    twice = CORRECTIONS + CORRECTIONS.removeprefix("corrections:\n")
    (tmp_path / "configs/corrections.yaml").write_text(twice)
    with pytest.raises(ConfigError, match="the same figure is corrected at"):
        configs.load(assets)
