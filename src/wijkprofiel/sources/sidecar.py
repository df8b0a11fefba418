"""The YAML beside each data file: what it is, where it came from, and its checksum."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from wijkprofiel.config.located import parse
from wijkprofiel.config.mistakes import complaints
from wijkprofiel.errors import DataError
from wijkprofiel.model.declared import Declared, Slug, Text

Kind = Literal["figures", "properties", "names", "table-info", "outlines", "reference", "crosswalk"]
Checksum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Layout(Declared):
    """Which columns of a GGD's own table hold what: one row per figure, or a column per topic."""

    sheet: str = Field(default="", description="Sheet of a workbook; empty: its only sheet.")
    header: int = Field(default=1, ge=1, description="Row that holds the column names.")
    area: Text = Field(description="Column with the CBS code.")
    period: Text = Field(description="Column with the period, or the period itself: '2024'.")
    indicator: str = Field(default="", description="Long table: column with the topic.")
    value: str = Field(default="", description="Long table: column with the value.")
    lower: str = Field(default="", description="Long table: lower limit of the interval.")
    upper: str = Field(default="", description="Long table: upper limit of the interval.")
    n: str = Field(default="", description="Column with the number of people asked.")
    topics: dict[Slug, Text] = Field(
        default_factory=dict,
        description="Wide table: indicator and its column. Long: indicator and how it is written.",
    )
    separator: Literal[";", ",", "\t"] = Field(default=";", description="Of a CSV.")
    decimal: Literal[",", "."] = Field(default=",", description="Decimal sign of a CSV.")


class Sidecar(Declared):
    """``<file>.yaml``: everything about one data file that the file itself does not say."""

    kind: Kind = Field(description="What the file holds.")
    source: Slug | None = Field(default=None, description="Source table it belongs to.")
    table: str = Field(default="", description="Table id at the supplier: the edition.")
    modified: str = Field(default="", description="Stamp of the edition (TableInfos.Modified).")
    periods: tuple[Text, ...] = Field(default=(), description="Periods that the file holds.")
    division: int | None = Field(default=None, description="Year of the outlines or areas.")
    origin: Text = Field(description="Where it came from, and what was done with it.")
    licence: Text = Field(description="Licence as it is printed.")
    retrieved: dt.date | None = Field(default=None, description="Day it was fetched.")
    sha256: Checksum = Field(description="Checksum of the file.")
    made_with: str = Field(default="", description="Reference: fingerprint of the frameworks.")
    note: str = Field(default="", description="What a reader must know about it.")
    layout: Layout | None = Field(default=None, description="Columns of a GGD's own table.")


def read(data: bytes, where: str) -> Sidecar:
    """Return the sidecar in ``data``.

    Raises:
        DataError: every mistake in it, with its line.
    """
    file = parse(data, where)
    if file.problems:
        raise DataError.of((problem for _, problem in file.problems), "nothing read")
    try:
        return Sidecar.model_validate(file.data)
    except ValidationError as failure:
        found = [problem for _, _, problem in complaints(failure, file, Sidecar)]
        raise DataError.of(found, "nothing read") from failure
