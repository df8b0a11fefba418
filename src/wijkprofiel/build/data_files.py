"""The figures themselves: CSV, a data package, and a workbook for readers and machines.

The table is that of :mod:`wijkprofiel.build.scores`; what each column means stands in
``templates/data/document.yaml``. A package follows the Frictionless Data Package specification
(https://specs.frictionlessdata.io/tabular-data-package/): a zip with ``datapackage.json`` and the
CSV. Two builds of the same profile give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from wijkprofiel.build import scores
from wijkprofiel.build.formats import Made
from wijkprofiel.build.reader_sheets import write_reader_sheets
from wijkprofiel.config import Config
from wijkprofiel.documents.desk import Desk
from wijkprofiel.model import DocumentSpec, Profile, Source
from wijkprofiel.sources.dataset import Dataset
from wijkprofiel.wording import Words

if TYPE_CHECKING:
    import pandas as pd

CSV = "data.csv"
DATA = "data"
"""Document type that says what the columns mean."""
PRIMARY_KEY = ["area", "kind", "framework", "id"]
_TYPES: dict[type, str] = {str: "string", float: "number", int: "integer", bool: "boolean"}
_REQUIRED = {"area", "name", "kind", "id", "title", "status"}


def csv(profile: Profile, spec: DocumentSpec, config: Config) -> Made:  # noqa: ARG001  # a Maker
    """Return figures and scores of one area as CSV (comma, UTF-8, one row per topic or domain)."""
    return Made(csv_bytes(scores.table_of([profile])))


def package(profile: Profile, spec: DocumentSpec, config: Config) -> Made:
    """Return the same as a data package: a zip with its description."""
    desk = Desk.of(profile, spec, config)
    title = desk.text("title")
    content = package_bytes(
        scores.table_of([profile]),
        name=f"wijkprofiel-{profile.area.slug}",
        title=title,
        sources=profile.sources,
        texts=desk.texts,
        date=profile.edition.date,
    )
    return Made(content)


def workbook(profile: Profile, spec: DocumentSpec, config: Config) -> Made:
    """Return the workbook: sheets for readers (printed numbers, words) and one for machines."""
    import xlsxwriter

    desk = Desk.of(profile, spec, config)
    buffer = io.BytesIO()
    created = dt.datetime.combine(profile.edition.date, dt.time())
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties(
            {"title": desk.text("title"), "author": config.project.title, "created": created}
        )
        write_reader_sheets(book, desk)
        scores.write_sheet(book, desk.text("sheet_data"), scores.table_of([profile]))
    return Made(buffer.getvalue())


def package_of(table: pd.DataFrame, config: Config, dataset: Dataset) -> bytes:
    """Return the data package of a table of many areas."""
    spec = config.documents[DATA]
    return package_bytes(
        table,
        name="wijkprofiel",
        title=f"{config.project.title}: {spec.title}",
        sources=tuple(s for s in dataset.sources.values() if s.id in set(table["source"])),
        texts=Words(spec.texts, f"templates/{DATA}/document.yaml"),
        date=config.project.edition.date,
    )


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return a score table as CSV."""
    return table.to_csv(index=False, lineterminator="\n").encode()


def package_bytes(  # a package is described by all of these
    table: pd.DataFrame,
    *,
    name: str,
    title: str,
    sources: Sequence[Source],
    texts: Words,
    date: dt.date,
) -> bytes:
    """Return a data package of a score table as zip, the same bytes every time.

    Args:
        table: columns of :data:`wijkprofiel.build.scores.COLUMNS`.
        name: of the package, lower case with hyphens.
        title: for people.
        sources: the tables that the figures come from.
        texts: with ``column_<name>`` for each column.
        date: of the edition; the files in the zip carry it.
    """
    description = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "created": f"{date.isoformat()}T00:00:00Z",
        "licenses": _licences(sources),
        "sources": [_source(source) for source in sources],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "data",
                "path": CSV,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [_field(column, texts) for column in table.columns],
                    "missingValues": [""],
                    "primaryKey": PRIMARY_KEY,
                },
            }
        ],
    }
    text = json.dumps(description, indent=2, ensure_ascii=False) + "\n"
    files = {"datapackage.json": text.encode(), CSV: csv_bytes(table)}
    buffer = io.BytesIO()
    stamp = (max(date.year, 1980), date.month, date.day, 0, 0, 0)
    with zipfile.ZipFile(buffer, "w") as packed:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content)
    return buffer.getvalue()


def _field(column: str, texts: Words) -> dict[str, Any]:
    kind = _TYPES[scores.COLUMNS[column]]
    field: dict[str, Any] = {
        "name": column,
        "type": kind,
        "description": texts(f"column_{column}"),
    }
    if kind == "boolean":
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    if column in _REQUIRED:
        field["constraints"] = {"required": True}
    return field


def _licences(sources: Sequence[Source]) -> list[dict[str, str]]:
    return [{"name": name, "title": name} for name in dict.fromkeys(s.licence for s in sources)]


def _source(source: Source) -> dict[str, str]:
    told = {"title": f"{source.producer}, {source.title} ({source.table})"}
    return told | ({"path": source.url} if source.url.startswith("http") else {})
