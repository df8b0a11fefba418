"""A health table with margins, in the supplier's own format: real values, INVENTED margins.

No table at hand has margins. So each row of the sample's health files (MW00000) gets two more, as
RIVM would serve them: MOG0095 (lower) and MBG0095 (upper), the Wilson limits of a sample whose size
is stated in :data:`ASKED`. The title of the table, the sidecars and the origin say that these
margins are made up; nothing of it leaves the tests.

Run as a script to look at it: ``python tests/margins.py FOLDER`` writes the project.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from wijkprofiel.assets import shipped_root

ASKED: Mapping[str, int] = {"WK": 600, "BU": 150, "GM": 6_000, "NL": 60_000}
"""People per level of area: the margins are those of a sample as large, 600 people in a wijk."""

TITLE = "Gezondheid per wijk en buurt (proefmarges, verzonnen)"
NOTE = "The values are those of RIVM; the margins (MOG0095, MBG0095) are INVENTED for a test."
TABLE = "50090NED"
SIZES = ("MOG0095", "MBG0095")
UNKNOWN = "."


def project(root: Path, asked: Mapping[str, int] = ASKED) -> Path:
    """Write a project whose health table has margins, and return its folder.

    Args:
        root: an empty folder.
        asked: people per level (first letters of the code).
    """
    shipped = shipped_root()
    data = root / "data"
    shutil.copytree(shipped / "data" / "sample", data)
    for path in sorted((data / "rivm").glob("*_UntypedDataSet_*.json.gz")):
        _widen(path, asked)
    told = yaml.safe_load((shipped / "configs" / "wijkprofiel.yaml").read_text(encoding="utf-8"))
    told["data"] = str(data)
    told["title"] = "Proef met verzonnen marges"
    _write(root / "wijkprofiel.yaml", told)
    source = shipped / "configs" / "sources" / "rivm-gezondheid.yaml"
    table = yaml.safe_load(source.read_text(encoding="utf-8")) | {"title": TITLE}
    _write(root / "configs" / "sources" / source.name, table)
    return root


def wilson(percentage: float, n: int) -> tuple[float, float]:
    """Return the 95 % limits of a percentage of ``n`` people (Wilson 1927)."""
    p, z = percentage / 100, 1.959964
    middle, half = p + z**2 / (2 * n), z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low, high = (100 * (middle + side * half) / (1 + z**2 / n) for side in (-1, 1))
    return low, high


def _widen(path: Path, asked: Mapping[str, int]) -> None:
    """Add the rows with limits to a file, and say so in its sidecar."""
    answer = json.loads(gzip.decompress(path.read_bytes()))
    rows = [made for row in answer["value"] for made in _three(row, asked)]
    for number, row in enumerate(rows):
        row["ID"] = number
    body = json.dumps(answer | {"value": rows}).encode()
    path.write_bytes(gzip.compress(body, mtime=0))
    beside = path.with_name(f"{path.name}.yaml")
    sidecar = yaml.safe_load(beside.read_text(encoding="utf-8"))
    sidecar["note"] = NOTE
    sidecar["origin"] = f"{sidecar['origin']} Widened by tests/margins.py: {NOTE}"
    sidecar["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    _write(beside, sidecar)


def _three(row: dict[str, Any], asked: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return a row of values and its two rows of limits; what is empty or secret stays so."""
    n = asked[row["WijkenEnBuurten"][:2]]
    topics = list(row)[list(row).index("Codering_3") + 1 :]
    made = [row]
    for side, kind in enumerate(SIZES):
        limits = {
            key: f"{wilson(float(row[key]), n)[side]:8.1f}" if _is_number(row[key]) else row[key]
            for key in topics
        }
        made.append(row | {"Marges": kind} | limits)
    return made


def _is_number(cell: str) -> bool:
    return cell.strip() not in ("", UNKNOWN)


def _write(path: Path, told: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    project(Path(sys.argv[1]))
