# The ways to the outlines: docs/sources.md §4.

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from shapely.geometry import shape

from suppliers import project, tables
from suppliers.server import Answer, Suppliers, always, first, running
from suppliers.tables import SAMPLE, Row
from terminal import run
from wijkprofiel import config as configs
from wijkprofiel.assets import Assets
from wijkprofiel.model import Level
from wijkprofiel.sources import boundaries

PDOK = "wijken-en-buurten-2024"
FILE = "/downloads/wijkenbuurten_2024_v1.gpkg"


@pytest.fixture(name="suppliers")
def _suppliers() -> Iterator[Suppliers]:
    with running(Suppliers(layers=tables.outlines_of_sample())) as suppliers:
        yield suppliers


@pytest.fixture(name="home")
def _home(suppliers: Suppliers, tmp_path: Path) -> Path:
    return project.make(tmp_path / "ggd", suppliers)


def fetch(home: Path, *words: str, code: int = 0) -> str:
    done = run("fetch", "--table", PDOK, *words, cwd=home)
    assert done.code == code, done.err
    return done.err


def folder_of(home: Path) -> Path:
    return home / "data/cijfers/pdok-wijken-en-buurten" / PDOK


def codes(home: Path) -> list[str]:
    body = json.loads((folder_of(home) / "wijken.geojson").read_text(encoding="utf-8"))
    return [feature["properties"]["wijkcode"] for feature in body["features"]]


@pytest.mark.parametrize("ignores", [True, False])
def test_features_are_filtered_again_whatever_the_service_does(
    ignores: bool, home: Path, suppliers: Suppliers
) -> None:
    suppliers.ignores_filters = ignores
    fetch(home, "--gemeente", "GM0484")
    found = codes(home)
    assert len(found) == len(set(found)) == 16  # wijken of Alphen aan den Rijn in 2024
    assert all(code.startswith("WK0484") for code in found)
    asked = [a for a in suppliers.asked if "/wijken/" in a.path]
    assert asked[0].query["gemeentecode"] == "GM0484"
    assert len(asked) == (3 if ignores else 1)  # 131 wijken, 50 a page


def test_lon_lat_comes_out_in_metres(home: Path) -> None:
    fetch(home, "--gemeente", "GM0484")
    table, _ = boundaries.read(
        folder_of(home) / "wijken.geojson", level=Level.WIJK, year=2024, where="x"
    )
    assert str(table.crs) == "EPSG:28992"
    west, south, east, north = table.total_bounds
    # Alphen aan den Rijn lies near (105, 460) km in RD.
    assert 95_000 < west < east < 115_000
    assert 450_000 < south < north < 470_000


def test_wfs_where_features_does_not_work(home: Path, suppliers: Suppliers) -> None:
    fetch(home)
    one = {name: _geometries(folder_of(home) / name) for name in ("wijken.geojson",)}
    other = project.make(home.parent / "wfs", suppliers)
    suppliers.trouble.append(always("/ogc/", Answer(b"", 503)))
    err = fetch(other)
    assert "features did not work" in err
    assert "WFS instead" in err
    starts = [a.query["startIndex"] for a in suppliers.asked if "wijkenbuurten:wijken" in a.url]
    assert starts == ["0", "50", "100"]
    assert {name: _geometries(folder_of(other) / name) for name in one} == one


def _geometries(path: Path) -> dict[str, object]:
    body = json.loads(path.read_text(encoding="utf-8"))
    return {f["properties"]["wijkcode"]: f["geometry"] for f in body["features"]}


def test_the_system_of_wfs_travels_along(home: Path, suppliers: Suppliers) -> None:
    rd = tables.outlines_of_sample("EPSG:28992")
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    suppliers.layers, suppliers.crs = rd, crs
    project.settings(home, "pdok-wijken-en-buurten", features="")
    fetch(home)
    path = folder_of(home) / "wijken.geojson"
    table, _ = boundaries.read(path, level=Level.WIJK, year=2024, where="x")
    assert table.crs.to_epsg() == 28992
    assert table.total_bounds.min() > 50_000


def test_neither_way_tells_both(home: Path, suppliers: Suppliers) -> None:
    suppliers.trouble.append(always("/cbs/", Answer(b"", 404)))
    err = fetch(home, code=3)
    assert "/ogc/v1/collections/gemeenten/items" in err
    assert "/wfs/v1_0" in err
    assert not folder_of(home).exists()


def test_a_file_for_the_whole_country_is_kept_as_it_is(home: Path, suppliers: Suppliers) -> None:
    content = (SAMPLE / "pdok/wijkenbuurten_2024.gpkg").read_bytes()
    suppliers.files[FILE] = content
    project.settings(home, "pdok-wijken-en-buurten", downloads={PDOK: f"{suppliers.url}{FILE}"})
    etag = {"ETag": f'"{len(content)}"'}
    suppliers.trouble.append(first(1, FILE, Answer(content, headers=etag, cut=50_000)))
    fetch(home, "--all")
    assert (folder_of(home) / "wijkenbuurten_2024_v1.gpkg").read_bytes() == content
    assert suppliers.asked[-1].headers["range"] == "bytes=50000-"
    assert suppliers.paths() == [FILE, FILE]
    assert sorted(p.name for p in folder_of(home).iterdir()) == [
        "wijkenbuurten_2024_v1.gpkg",
        "wijkenbuurten_2024_v1.gpkg.yaml",
    ]
    # Some gemeenten are asked as features: the file is the last way then.
    other = project.make(home.parent / "other", suppliers)
    project.settings(other, "pdok-wijken-en-buurten", downloads={PDOK: f"{suppliers.url}{FILE}"})
    fetch(other, "--gemeente", "GM0484")
    assert "wijken.geojson" in {p.name for p in folder_of(other).iterdir()}


def _water(feature: Row) -> Row:
    """The same code once more, as water: only (code, water) is unique."""
    twin: Row = copy.deepcopy(feature)
    twin["id"] += "-water"
    twin["properties"] |= {"water": "JA", "wijknaam": "", "aantal_inwoners": -99997}
    return twin


def test_a_code_that_is_also_water_is_one_area(home: Path, suppliers: Suppliers) -> None:
    wijken = suppliers.layers["wijken"]
    wijken += [_water(feature) for feature in wijken[:3]]
    fetch(home)
    path = folder_of(home) / "wijken.geojson"
    table, _ = boundaries.read(path, level=Level.WIJK, year=2024, where="x")
    assert len(table) == 131
    assert table["code"].is_unique


def test_a_feature_on_two_pages_is_one_and_an_invalid_one_is_repaired(
    home: Path, suppliers: Suppliers
) -> None:
    wijken = suppliers.layers["wijken"]
    wijken.insert(50, wijken[49])  # a page that shifted while it was read
    # A bow tie: two triangles that touch in one point.
    tie = [[[4.60, 52.10], [4.62, 52.12], [4.62, 52.10], [4.60, 52.12], [4.60, 52.10]]]
    wijken[3]["geometry"] = {"type": "Polygon", "coordinates": tie}
    assert not shape(wijken[3]["geometry"]).is_valid
    fetch(home)
    path = folder_of(home) / "wijken.geojson"
    table, findings = boundaries.read(path, level=Level.WIJK, year=2024, where="x")
    assert len(table) == 131
    assert table.geometry.is_valid.all()
    broken = wijken[3]["properties"]["wijkcode"]
    assert [f.code for f in findings] == ["outline-repaired"]
    assert broken in findings[0].message


def test_two_outlines_of_one_code_are_refused_when_they_are_read(
    home: Path, suppliers: Suppliers
) -> None:
    twin = copy.deepcopy(suppliers.layers["wijken"][0])
    twin["geometry"] = suppliers.layers["wijken"][1]["geometry"]
    suppliers.layers["wijken"].append(twin)
    fetch(home)
    outcome = run("check", cwd=home)
    assert "more than once" in outcome.err + outcome.out


def test_features_without_a_gemeente_say_what_they_have(home: Path, suppliers: Suppliers) -> None:
    for feature in suppliers.layers["wijken"]:
        feature["properties"].pop("gemeentecode")
    err = fetch(home, "--gemeente", "GM0484", code=3)
    assert "a feature has no 'gemeentecode'" in err
    assert "wijkcode" in err


def test_the_shipped_addresses_are_those_of_the_services() -> None:
    source = configs.load(Assets.of()).sources["pdok-wijken-en-buurten"]
    assert source.service.features == (
        "https://api.pdok.nl/cbs/{table}/ogc/v1/collections/{layer}/items"
    )
    assert source.service.wfs.startswith("https://service.pdok.nl/cbs/wijkenbuurten/{division}/wfs")
