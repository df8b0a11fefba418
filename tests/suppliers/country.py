"""The whole country, from the suppliers' files in shared/data: as the services would serve it."""

from __future__ import annotations

import csv
import gzip
import json

from suppliers.tables import SHARED, Row, Table, health_table

PERIODS = ("2012", "2016", "2020")
WHY_NOT = f"the national files are not there ({SHARED})"


def there() -> bool:
    """Whether the national files are at hand."""
    return (SHARED / "rivm" / "50090NED_untyped_2020_18plus.csv.gz").is_file()


def health() -> Table:
    """The health figures of 17,341 areas in three periods, 18+."""
    return health_table("50090NED", [row for period in PERIODS for row in _rows(period)])


def outlines() -> dict[str, list[Row]]:
    """Gemeenten and wijken, water and buitenland among them, some of them invalid."""
    found: dict[str, list[Row]] = {}
    for layer in ("gemeenten", "wijken"):
        path = SHARED / "pdok" / f"{layer}_2024_wgs84_simplified.geojson.gz"
        found[layer] = json.loads(gzip.decompress(path.read_bytes()))["features"]
    return found


def _rows(period: str) -> list[Row]:
    path = SHARED / "rivm" / f"50090NED_untyped_{period}_18plus.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))
