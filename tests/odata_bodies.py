"""Answers of an OData service, made by hand: the shapes of docs/sources, no real figures."""

from __future__ import annotations

import gzip
import json
from typing import Any

from wijkprofiel.model import Indicator, SourceKey, SourceTable


def body(*rows: dict[str, Any], next_page: bool = False, packed: bool = False) -> bytes:
    answer: dict[str, Any] = {"odata.metadata": "https://example.org/$metadata", "value": rows}
    if next_page:
        answer["odata.nextLink"] = "https://example.org/?$skip=10000"
    text = json.dumps(answer).encode()
    return gzip.compress(text) if packed else text


def untyped(area: str, period: str = "2020JJ00", margin: str = "MW00000", **cells: str) -> Any:
    """One padded row, as an UntypedDataSet serves it."""
    row = {"ID": 1, "Leeftijd": "20300", "Marges": margin, "WijkenEnBuurten": f"{area:<10}"}
    return {**row, "Perioden": period, "Gemeentenaam_1": f"{'Ergens':<40}", **cells}


def indicator(
    name: str, key: str = "", group: str | None = None, table: str = "health", **more: Any
) -> Indicator:
    """An indicator that is found under ``key``; without a key it is derived."""
    keys = (SourceKey(table=table, keys={"all": key}, group=group),) if key else ()
    return Indicator(
        id=name,
        title=f"Topic {name}",
        definition="what it means",
        unit=more.pop("unit", "percent"),
        direction="neutral",
        population=more.pop("population", "volwassenen (18+)"),
        group="health",
        sources=keys,
        **more,
    )


def source(**more: Any) -> SourceTable:
    """A table of health figures with an age dimension and margins."""
    facts: dict[str, Any] = {
        "id": "health",
        "title": "Health",
        "producer": "A supplier",
        "licence": "CC0",
        "kind": "odata-v3",
        "filters": {"Leeftijd": "20300"},
        "margins": {"value": "MW00000", "lower": "MOG0095", "upper": "MBG0095"},
        "editions": [{"table": "1TAB", "periods": ["2016", "2020"], "division": 2020}],
    }
    return SourceTable.model_validate({**facts, **more})


def properties(*topics: tuple[str, int | None], groups: dict[int, tuple[str, int | None]]) -> bytes:
    """A DataProperties answer: topics as (key, group), groups as number → (title, parent)."""
    rows: list[dict[str, Any]] = [
        {"ID": number, "ParentID": parent, "Type": "TopicGroup", "Key": "", "Title": title}
        for number, (title, parent) in groups.items()
    ]
    rows += [
        {"ID": 100 + i, "ParentID": parent, "Type": "Topic", "Key": key, "Title": key}
        for i, (key, parent) in enumerate(topics)
    ]
    return json.dumps(rows).encode()
