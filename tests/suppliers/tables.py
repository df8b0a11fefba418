"""What the loopback suppliers serve: tables and outlines, from the sample or from shared/data."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wijkprofiel.sources.odata import plain_key

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"
SHARED = ROOT.parent / "shared" / "data"

Row = dict[str, Any]

AGES = {"20300": "18 jaar of ouder", "53115": "18 tot 65 jaar", "80200": "65 jaar of ouder"}
MARGINS = {"MW00000": "Waarde", "MOG0095": "Ondergrens", "MBG0095": "Bovengrens"}
GEO, TIME = "WijkenEnBuurten", "Perioden"


@dataclass
class Table:
    """One table of an OData service.

    Attributes:
        entities: rows per entity: TableInfos, DataProperties, dimensions, Typed/UntypedDataSet.
    """

    name: str
    entities: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def modified(self) -> str:
        return str(self.entities["TableInfos"][0]["Modified"])

    @modified.setter
    def modified(self, stamp: str) -> None:
        self.entities["TableInfos"] = [{**self.entities["TableInfos"][0], "Modified": stamp}]

    def data(self) -> list[Row]:
        """The rows with figures."""
        return self.entities.get("UntypedDataSet") or self.entities["TypedDataSet"]


def sample_rows(name: str) -> list[Row]:
    """Rows of one answer in data/sample."""
    body = json.loads(gzip.decompress((SAMPLE / name).read_bytes()))
    rows: list[Row] = body["value"]
    return rows


def kwb_of_sample() -> Table:
    names = ("TableInfos", "DataProperties", GEO, "TypedDataSet")
    return Table("85984NED", {n: sample_rows(f"cbs/85984NED_{n}.json.gz") for n in names})


def rivm_of_sample() -> Table:
    rows = [
        row
        for period in ("2012", "2016", "2020")
        for row in sample_rows(f"rivm/50090NED_UntypedDataSet_{period}_18plus.json.gz")
    ]
    return health_table("50090NED", rows)


def health_table(name: str, rows: list[Row]) -> Table:
    """A table of health figures around its rows: numbers, topics and dimensions made to fit."""
    numbered = [{**row, "ID": number} for number, row in enumerate(rows)]
    topics = [key for key in rows[0] if plain_key(key) != key]
    dimensions = {GEO: "GeoDetail", TIME: "TimeDimension", "Leeftijd": "Dimension"}
    dimensions["Marges"] = "Dimension"
    properties: list[Row] = [
        {"ID": i, "Position": i, "ParentID": None, "Type": kind, "Key": key, "Title": key}
        for i, (key, kind) in enumerate(dimensions.items())
    ]
    properties.append({"ID": 9, "ParentID": None, "Type": "TopicGroup", "Key": "", "Title": "Alle"})
    properties += [
        {"ID": 10 + i, "ParentID": 9, "Type": "Topic", "Key": key, "Title": plain_key(key)}
        for i, key in enumerate(topics)
    ]
    regions = {row[GEO]: str(row["Gemeentenaam_1"]).strip() for row in rows}
    return Table(
        name,
        {
            "TableInfos": [{"ID": 0, "Identifier": name, "Modified": "2021-09-29T02:00:00"}],
            "DataProperties": properties,
            GEO: [{"Key": code, "Title": title} for code, title in regions.items()],
            TIME: [{"Key": key, "Title": key[:4]} for key in sorted({r[TIME] for r in rows})],
            "Leeftijd": [{"Key": f"{key:<8}"[:5], "Title": title} for key, title in AGES.items()],
            "Marges": [{"Key": key, "Title": title} for key, title in MARGINS.items()],
            "UntypedDataSet": numbered,
        },
    )


def outlines_of_sample(system: str = "EPSG:4326") -> dict[str, list[Row]]:
    """GeoJSON features per layer, in lon/lat or another system."""
    from pyogrio import read_dataframe

    path = SAMPLE / "pdok" / "wijkenbuurten_2024.gpkg"
    layers: dict[str, list[Row]] = {}
    for layer in ("gemeenten", "wijken"):
        table = read_dataframe(path, layer=layer).to_crs(system)
        layers[layer] = json.loads(table.to_json(drop_id=True))["features"]
        for number, feature in enumerate(layers[layer]):
            properties = feature["properties"]
            feature["id"] = f"{layer}-{number}"
            code = str(properties["wijkcode" if layer == "wijken" else "gemeentecode"])
            properties.setdefault("gemeentecode", f"GM{code[2:6]}")
            properties.setdefault("water", "NEE")
    return layers


def shuffled(table: Table, renamed: Mapping[str, str], shift: int = 100) -> Table:
    """The same table with other numbers behind its keys, and some keys renamed."""
    topics = [row["Key"] for row in table.entities["DataProperties"] if row["Type"] == "Topic"]
    turned = topics[::-1]
    keys = {
        key: f"{renamed.get(plain_key(key), plain_key(key))}_{shift + turned.index(key)}"
        for key in topics
    }

    def renew(rows: Iterable[Row]) -> list[Row]:
        return [{keys.get(key, key): value for key, value in row.items()} for row in rows]

    entities = dict(table.entities)
    entities["DataProperties"] = [
        {**row, "Key": keys.get(row["Key"], row["Key"])} for row in entities["DataProperties"]
    ]
    for name in ("UntypedDataSet", "TypedDataSet"):
        if name in entities:
            entities[name] = renew(entities[name])
    return Table(table.name, entities)
