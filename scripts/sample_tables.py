"""Tables of the sample: rows as the suppliers' services would serve them."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Keep = Callable[[str], bool]

AGE_AND_SEX = {
    5: "AantalInwoners_5",
    6: "Mannen_6",
    7: "Vrouwen_7",
    8: "k_0Tot15Jaar_8",
    9: "k_15Tot25Jaar_9",
    10: "k_25Tot45Jaar_10",
    11: "k_45Tot65Jaar_11",
    12: "k_65JaarOfOuder_12",
}
ORIGIN = {3: "Nederland_17", 4: "EuropaExclusiefNederland_18", 5: "BuitenEuropa_19"}
"""Column of the StatLine export → key of the service."""

SECOND_HAND = {
    "huishoudens": "HuishoudensTotaal_29",
    "huishoudensgrootte": "GemiddeldeHuishoudensgrootte_33",
    "dichtheid": "Bevolkingsdichtheid_34",
    "wozWaarde": "GemiddeldeWOZWaardeVanWoningen_39",
    "eengezinswoning": "PercentageEengezinswoning_40",
    "koopwoningen": "Koopwoningen_47",
    "inkomenPerInwoner": "GemiddeldInkomenPerInwoner_83",
    "afstandHuisarts": "AfstandTotHuisartsenpraktijk_117",
    "afstandSupermarkt": "AfstandTotGroteSupermarkt_118",
    "afstandSchool": "AfstandTotSchool_120",
    "scholenBinnen3km": "ScholenBinnen3Km_121",
    "oppervlakteLandHa": "OppervlakteLand_123",
    "stedelijkheid": "MateVanStedelijkheid_127",
    "adressendichtheid": "Omgevingsadressendichtheid_128",
}
"""Column of the second-hand CSV → key; there a zero became empty, so an empty is unknown."""


def envelope(host: str, table: str, entity: str, rows: Iterable[Row]) -> bytes:
    """Return an OData v3 answer, gzipped without a clock."""
    metadata = f"https://{host}/ODataApi/odata/{table}/$metadata#Cbs.OData.WebAPI.{entity}"
    body = {"odata.metadata": metadata, "value": list(rows)}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def rivm(path: Path, keep: Keep) -> list[Row]:
    """Return the rows of an UntypedDataSet whose region ``keep`` wants; every cell stays text."""
    return [
        {**row, "ID": int(row["ID"])}
        for row in _read(path, ";")
        if keep(row["WijkenEnBuurten"].strip())
    ]


def kwb(folder: Path, keep: Keep) -> tuple[list[Row], list[Row]]:
    """Return the rows of a TypedDataSet and of the dimension WijkenEnBuurten.

    First-hand where such a file has the topic (StatLine exports; eight fields of the service for
    gemeenten and wijken), else from the second-hand CSV. What none of them has is null.

    Raises:
        ValueError: the two exports do not list the same areas in the same order.
    """
    ages = list(_lines(folder / "statline_export_85984NED_2024_leeftijd_geslacht.csv.gz"))
    origins = list(_lines(folder / "statline_export_85984NED_2024_herkomst.csv.gz"))
    if [(a[0], a[1], a[5]) for a in ages] != [(o[0], o[1], o[2]) for o in origins]:
        raise ValueError("the two StatLine exports do not list the same areas in the same order")
    eight = json.loads(gzip.decompress((folder / "85984NED_gm_wk_8_fields.json.gz").read_bytes()))
    other = {row["code"]: row for row in _read(folder / "kwb2024_selected_fields.csv.gz", ",")}
    rows: list[Row] = []
    names: list[Row] = []
    for number, (age, origin) in enumerate(zip(ages[1:], origins[1:], strict=True)):
        code = age[3].strip()
        if not keep(code):
            continue
        row: Row = {"ID": number, "WijkenEnBuurten": f"{code:<10}", "Gemeentenaam_1": age[1]}
        row |= {"SoortRegio_2": age[2], "Codering_3": age[3]}
        row["IndelingswijzigingGemeenteWijkBuurt_4"] = age[4].strip()
        row |= {key: _number(other[code][name]) for name, key in SECOND_HAND.items()}
        row |= {key: _number(age[column]) for column, key in AGE_AND_SEX.items()}
        row |= {key: _number(origin[column]) for column, key in ORIGIN.items()}
        row |= eight.get(code, {})
        rows.append(dict(sorted(row.items(), key=lambda item: _position(item[0]))))
        names.append({"Key": f"{code:<10}", "Title": age[0]})
    return rows, names


def trimmed(path: Path, without: Iterable[str]) -> list[Row]:
    """Return the rows of a metadata answer without the long texts ``without``."""
    dropped = set(without)
    return [
        {key: value for key, value in row.items() if key not in dropped}
        for row in json.loads(path.read_bytes())
    ]


def _read(path: Path, separator: str) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream, delimiter=separator)


def _lines(path: Path) -> Iterator[list[str]]:
    text = gzip.decompress(path.read_bytes()).decode("utf-8-sig")
    yield from csv.reader(io.StringIO(text), delimiter=";")


def _number(cell: str) -> float | int | None:
    text = cell.strip().replace(",", ".")
    if text in {"", "."}:
        return None
    number = float(text)
    return int(number) if number.is_integer() else number


def _position(key: str) -> int:
    tail = key.rpartition("_")[2]
    return int(tail) if tail.isdecimal() else -1
