# The whole country: 355 gemeenten, 3,177 wijken and 13,808 buurten in 2020 (docs/sources.md §1).

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from suppliers import country, project
from suppliers.server import Answer, Suppliers, first, running
from wijkprofiel import config as configs
from wijkprofiel.assets import Assets
from wijkprofiel.model import Level
from wijkprofiel.sources import boundaries, statline

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not country.there(), reason=country.WHY_NOT),
]

COUNTRY = """
import pathlib, re, sys
from wijkprofiel.cli import main
sys.argv = ["wijkprofiel", "fetch", "--all", "--table", sys.argv[1]]
try:
    main()
finally:
    # VmHWM and not ru_maxrss: that one starts at the size of the process that forked us.
    status = pathlib.Path("/proc/self/status").read_text()
    print("peak", re.search(r"VmHWM:\\s+(\\d+) kB", status)[1], file=sys.stderr)
"""


@pytest.fixture(name="suppliers", scope="module")
def _suppliers() -> Iterator[Suppliers]:
    table = country.health()
    with running(
        Suppliers({table.name: table}, country.outlines(), feature_page=1000)
    ) as suppliers:
        yield suppliers


def fetch(home: Path, table: str) -> int:
    """Fetch one table in a process of its own; return its peak memory in bytes."""
    done = subprocess.run(
        [sys.executable, "-c", COUNTRY, table],
        cwd=home, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return int(done.stderr.split()[-1]) * 1024


def test_the_figures_of_the_whole_country(suppliers: Suppliers, tmp_path: Path) -> None:
    home = project.make(tmp_path / "ggd", suppliers, timeout=60)
    path = "/ODataFeed/odata/50090NED/UntypedDataSet"
    suppliers.trouble.append(first(1, path, Answer(b"", 503)))
    suppliers.trouble.append(first(1, path, Answer(b'{"value": [{"ID": 1', length=999)))
    assert fetch(home, "50090NED") < 1e9
    root = home / "data/cijfers/rivm-gezondheid/50090NED"
    pages = sorted(root.glob("UntypedDataSet-*.json.gz"))
    assert len(pages) == 6  # 52,023 rows, 10,000 a page
    names = sorted(root.glob("WijkenEnBuurten-*.json.gz"))
    assert len(names) == 2
    config = configs.load(Assets.of(home))
    figures = statline.read_figures(
        [page.read_bytes() for page in pages],
        (root / "DataProperties.json.gz").read_bytes(),
        table=config.sources["rivm-gezondheid"],
        edition="50090NED",
        indicators=config.indicators,
        where="country",
    )
    assert figures.groupby("period")["area"].nunique().to_dict() == {
        "2012": 17_341, "2016": 17_341, "2020": 17_341,
    }  # fmt: skip
    codes = figures["area"].drop_duplicates()
    assert codes.str[:2].value_counts().to_dict() == {
        "BU": 13_808, "WK": 3_177, "GM": 355, "NL": 1,
    }  # fmt: skip
    lonely = figures.query("indicator == 'eenzaam' and period == '2020'").set_index("area")
    # method.md §3 and documents.md §8.
    assert lonely["value"][["NL01", "GM0484", "WK048402"]].tolist() == [47.0, 45.9, 50.4]
    areas = statline.read_areas(
        [page.read_bytes() for page in pages],
        [page.read_bytes() for page in names],
        boundary_year=2020,
        where="country",
    )
    assert areas["level"].value_counts()["wijk"] == 3_177


def test_the_outlines_of_the_whole_country(suppliers: Suppliers, tmp_path: Path) -> None:
    home = project.make(tmp_path / "ggd", suppliers, timeout=60)
    assert fetch(home, "wijken-en-buurten-2024") < 1e9
    path = home / "data/cijfers/pdok-wijken-en-buurten/wijken-en-buurten-2024/wijken.geojson"
    assert len(json.loads(path.read_bytes())["features"]) == 3_475
    table, repaired = boundaries.read(path, level=Level.WIJK, year=2024, where="wijken")
    assert len(table) == 3_393  # and 82 of water and buitenland
    assert table["code"].is_unique
    assert table.geometry.is_valid.all()
    assert 0 < len(repaired) <= 17


def test_without_the_feed_all_gemeenten_are_asked_under_the_cap(
    suppliers: Suppliers, tmp_path: Path
) -> None:
    from suppliers.server import always

    home = project.make(tmp_path / "ggd", suppliers, timeout=60, tries=1)
    trouble = always("/ODataFeed/", Answer(b"", 500))
    suppliers.trouble.append(trouble)
    asked = len(suppliers.asked)
    try:
        assert fetch(home, "50090NED") < 1e9
    finally:
        suppliers.trouble.remove(trouble)
    root = home / "data/cijfers/rivm-gezondheid/50090NED"
    rows = {
        row["ID"]
        for page in root.glob("UntypedDataSet-*.json.gz")
        for row in json.loads(gzip.decompress(page.read_bytes()))["value"]
    }
    assert len(rows) == 52_023
    keys = {
        row["Key"].strip()
        for page in root.glob("WijkenEnBuurten-*.json.gz")
        for row in json.loads(gzip.decompress(page.read_bytes()))["value"]
    }
    # 13,808 buurten are more than the 10,000 that the API serves at once.
    assert len(keys) == 17_341
    assert not any("$skip" in a.query for a in suppliers.asked[asked:])
