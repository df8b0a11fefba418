"""Regions: the 25 GGD regions of the country, and regions of one's own."""

from __future__ import annotations

import dataclasses
import gzip
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from sample import config, dataset
from tiny_project import make as tiny
from wijkprofiel import areas
from wijkprofiel import config as configs
from wijkprofiel.assets import shipped_root
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import Level, Region, RegionTable

YEAR = 2024
BORDERS = (
    shipped_root().parent
    / "shared"
    / "data"
    / "pdok"
    / "gemeenten_2024_wgs84_simplified.geojson.gz"
)
OWN = RegionTable(
    id="eigen",
    title="Eigen regio's",
    year=YEAR,
    source="a test",
    regions=(
        Region(id="leiden-en-alphen", title="Leiden en Alphen", areas={"GM0546": "", "GM0484": ""}),
        Region(id="noordkant", title="Noordkant", areas={"WK048402": "", "GM0356": ""}),
    ),
)


@pytest.fixture(scope="module")
def table() -> RegionTable:
    return config().regions["ggd-2024"]


def with_own() -> configs.Config:
    return dataclasses.replace(config(), regions={**config().regions, "eigen": OWN})


def test_there_are_25_ggd_regions_and_each_gemeente_lies_in_one(table: RegionTable) -> None:
    assert len(table.regions) == 25
    codes = [code for region in table.regions for code in region.areas]
    assert len(codes) == len(set(codes)) == 342
    assert table.year == YEAR
    assert table.complete


@pytest.mark.skipif(not BORDERS.is_file(), reason=f"the national borders are absent ({BORDERS})")
def test_codes_and_names_are_those_of_the_borders_of_that_year(table: RegionTable) -> None:
    features = json.loads(gzip.decompress(BORDERS.read_bytes()))["features"]
    rows = (feature["properties"] for feature in features)
    published = {row["gemeentecode"]: row["gemeentenaam"] for row in rows}
    assert published.pop("GM0998") == "Buitenland"
    ours = {code: name for region in table.regions for code, name in region.areas.items()}
    assert ours == published


@pytest.mark.parametrize(
    ("region", "number", "gemeente"),
    # Numbers of gemeenten as the GGD'en themselves give them (2024).
    [
        ("ggd-hollands-midden", 18, "Alphen aan den Rijn"),
        ("ggd-regio-utrecht", 26, "Nieuwegein"),
        ("ggd-brabant-zuidoost", 21, "Gemert-Bakel"),
        ("ggd-haaglanden", 9, "'s-Gravenhage"),
        ("ggd-hart-voor-brabant", 19, "Tilburg"),
        ("ggd-west-brabant", 16, "Breda"),
        ("ggd-noord-en-oost-gelderland", 22, "Hattem"),
    ],
)
def test_some_regions_by_what_they_say_of_themselves(
    table: RegionTable, region: str, number: int, gemeente: str
) -> None:
    found = table.by_id()[region].areas
    assert len(found) == number
    assert gemeente in found.values()


def test_gemeenten_of_the_sample_lie_in_their_region() -> None:
    region = config().region("ggd-hollands-midden")
    assert region is not None
    gemeenten = areas.select(region, dataset().areas, YEAR, Level.GEMEENTE)
    assert gemeenten == ("GM0484", "GM0546")
    wijken = areas.select(region, dataset().areas, YEAR)
    assert "WK048402" in wijken
    assert {code[:6] for code in wijken} == {"WK0484", "WK0546"}
    lacking = areas.absent(region, dataset().areas, YEAR)
    assert len(lacking) == 16
    assert "GM0513" in lacking  # Gouda


def test_a_region_may_hold_wijken_and_gemeenten() -> None:
    region = OWN.by_id()["noordkant"]
    wijken = areas.select(region, dataset().areas, YEAR)
    assert "WK048402" in wijken
    assert "WK048401" not in wijken
    assert sum(code.startswith("WK0356") for code in wijken) == len(wijken) - 1


@pytest.mark.parametrize(
    "word", ["ggd-hollands-midden", "GGD-Hollands-Midden", "GGD Hollands Midden"]
)
def test_a_region_is_found_by_slug_and_by_name(word: str) -> None:
    found = areas.find(
        word, dataset().areas, config().profiles, YEAR, regions=config().region_titles
    )
    assert found == "ggd-hollands-midden"


def test_a_region_does_not_hide_a_gemeente_of_that_name() -> None:
    found = areas.find(
        "utrecht", dataset().areas, config().profiles, YEAR, regions=config().region_titles
    )
    assert found == "GM0344"


def test_a_misspelt_region_is_a_candidate() -> None:
    with pytest.raises(ConfigError, match=re.escape("ggd-hollands-midden (region: ")):
        areas.find(
            "ggd-holands-midden", dataset().areas, config().profiles, YEAR,
            regions=config().region_titles,
        )  # fmt: skip


def test_part_of_a_region_is_not_the_region() -> None:
    with pytest.raises(ConfigError) as caught:
        plan(config(), dataset(), ["ggd-hollands-midden"], Order())
    assert "made of 18 areas" in caught.value.message
    assert "lack 16" in caught.value.message
    assert "Gouda" in caught.value.message


def test_an_own_region_is_built_as_an_area() -> None:
    project = with_own()
    [task] = plan(project, dataset(), ["leiden-en-alphen"], Order())
    made = make_profile(project, dataset(), task)
    assert made.area.name == "Leiden en Alphen"
    assert made.area.gemeente is None
    assert [area.code for area in made.area.gemeenten] == ["GM0546", "GM0484"]
    both = [figure("GM0546", "inwoners", "2024"), figure("GM0484", "inwoners", "2024")]
    assert made.topics["inwoners"].figure.value == sum(both)
    lonely = made.topics["eenzaam"].figure
    parts = sorted([figure("GM0546", "eenzaam", "2020"), figure("GM0484", "eenzaam", "2020")])
    assert lonely.value is not None
    assert parts[0] < lonely.value < parts[1]
    assert lonely.derived


def figure(area: str, indicator: str, period: str) -> float:
    rows: pd.DataFrame = dataset().figures
    here = rows[(rows["area"] == area) & (rows["indicator"] == indicator)]
    return float(here.loc[here["period"] == period, "value"].iloc[0])


TABLE = """\
id: eigen
title: Eigen regio's
year: 2024
complete: true
source: eigen keuze
regions:
  - id: noord
    title: Noord
    areas: [GM1234]
  - id: zuid
    title: Zuid
    areas: {GM1235: Dorp}
"""


def load_with(folder: Path, table: str) -> configs.Config:
    assets = tiny(folder)
    (folder / "configs/regions").mkdir()
    (folder / "configs/regions/eigen.yaml").write_text(table)
    return configs.load(assets)


def test_regions_of_a_project_are_read(tmp_path: Path) -> None:
    found = load_with(tmp_path, TABLE)
    assert found.region_titles == {"noord": "Noord", "zuid": "Zuid"}
    noord = found.region("noord")
    assert noord is not None
    assert dict(noord.areas) == {"GM1234": ""}
    assert found.region("west") is None


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("GM1235: Dorp", "GM1234: Dorp", 12, "GM1234 is already in the region at"),
        ("id: zuid", "id: noord", 10, "'noord' is already"),
        ("id: zuid", "id: dorp", 10, "'dorp' is already"),  # a profile
        ("[GM1234]", "[Dorp]", 9, "is not a CBS code"),
        ("[GM1234]", "[]", 9, "areas"),
        ("source: eigen keuze\n", "", 1, "source"),
    ],
)
def test_a_mistake_in_a_table_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load_with(tmp_path, TABLE.replace(old, new))
    found = {p.where: p.message for p in caught.value.problems}
    assert message in found[f"configs/regions/eigen.yaml:{line}"]


def test_regions_that_are_not_complete_may_overlap(tmp_path: Path) -> None:
    text = TABLE.replace("complete: true\n", "").replace("GM1235", "GM1234")
    assert len(load_with(tmp_path, text).region_titles) == 2
