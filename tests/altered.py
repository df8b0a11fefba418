"""A project on a copy of the sample, in which a test changes one thing."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from pathlib import Path

from wijkprofiel.assets import shipped_root

RIVM = "rivm/50090NED_UntypedDataSet_2020_18plus.json.gz"


def project(root: Path, **files: str) -> Path:
    """Make a project on a copy of the sample; ``files`` are configs, with __ for a slash."""
    shutil.copytree(shipped_root() / "data/sample", root / "cijfers")
    shipped = (shipped_root() / "configs/wijkprofiel.yaml").read_text(encoding="utf-8")
    told = {"wijkprofiel.yaml": shipped.replace("data: data/sample", "data: cijfers")}
    told |= {path.replace("__", "/") + ".yaml": text for path, text in files.items()}
    for path, text in told.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def set_figure(root: Path, area: str, column: str, value: str) -> None:
    """Write another figure in the supplier's file, and its checksum in the file beside it."""
    file = root / "cijfers" / RIVM
    content = json.loads(gzip.decompress(file.read_bytes()))
    rows = [row for row in content["value"] if row["WijkenEnBuurten"].strip() == area]
    assert len(rows) == 1
    assert rows[0][column].strip() != value
    rows[0][column] = value
    file.write_bytes(gzip.compress(json.dumps(content).encode(), mtime=0))
    beside = file.with_name(f"{file.name}.yaml")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    told = re.sub(r"sha256: \w+", f"sha256: {digest}", beside.read_text(encoding="utf-8"))
    beside.write_text(told, encoding="utf-8")
