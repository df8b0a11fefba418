"""A project folder whose sources are the loopback suppliers: only its own YAML differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from suppliers.server import Suppliers
from suppliers.tables import ROOT

GEMEENTEN = ["GM0344", "GM0356", "GM0484", "GM0518", "GM0546", "GM0772", "GM1652"]
"""The gemeenten of the sample."""

FAST = {"tries": 3, "timeout": 20, "pause": 0.01}


def make(folder: Path, suppliers: Suppliers, **service: Any) -> Path:
    """Write a project that reads ``data/cijfers`` and asks the loopback.

    Args:
        service: settings of every service, over :data:`FAST`.
    """
    sources = folder / "configs" / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    project = yaml.safe_load((ROOT / "configs" / "wijkprofiel.yaml").read_text(encoding="utf-8"))
    project |= {"data": "data/cijfers", "gemeenten": GEMEENTEN}
    _write(folder / "wijkprofiel.yaml", project)
    for name in ("rivm-gezondheid", "cbs-kwb", "pdok-wijken-en-buurten"):
        text = (ROOT / "configs" / "sources" / f"{name}.yaml").read_text(encoding="utf-8")
        source = yaml.safe_load(text)
        source["service"] = {**source["service"], **FAST, **service}
        if source["kind"] == "odata-v3":
            source["url"] = f"{suppliers.url}/ODataApi/odata"
        else:
            _to_loopback(source, suppliers)
        _write(sources / f"{name}.yaml", source)
    return folder


def settings(folder: Path, source: str, **changes: Any) -> None:
    """Change the service of one source of the project."""
    path = folder / "configs" / "sources" / f"{source}.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["service"] |= changes
    _write(path, content)


def _to_loopback(source: dict[str, Any], suppliers: Suppliers) -> None:
    for key in ("features", "wfs"):
        url = source["service"][key]
        source["service"][key] = suppliers.url + "/cbs" + url.partition("/cbs")[2]


def _write(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
