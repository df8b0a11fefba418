"""The YAML beside each data file: what it is, where it came from, and its checksum."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from wijkprofiel.config.located import parse
from wijkprofiel.config.mistakes import complaints
from wijkprofiel.errors import DataError
from wijkprofiel.model.declared import Declared, Slug, Text
from wijkprofiel.sources.layout import Layout
from wijkprofiel.sources.survey import Survey

Kind = Literal[
    "figures",
    "microdata",
    "properties",
    "names",
    "dimension",
    "table-info",
    "outlines",
    "reference",
    "scenarios",
    "crosswalk",
]
Checksum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Sidecar(Declared):
    """``<file>.yaml``: everything about one data file that the file itself does not say."""

    kind: Kind = Field(description="What the file holds.")
    source: Slug | None = Field(default=None, description="Source table it belongs to.")
    table: str = Field(default="", description="Table id at the supplier: the edition.")
    modified: str = Field(default="", description="Stamp of the edition (TableInfos.Modified).")
    periods: tuple[Text, ...] = Field(default=(), description="Periods that the file holds.")
    division: int | None = Field(default=None, description="Year of the outlines or areas.")
    gemeenten: tuple[Text, ...] = Field(
        default=(), description="Gemeenten that it was fetched for; empty: all that it holds."
    )
    origin: Text = Field(description="Where it came from, and what was done with it.")
    licence: Text = Field(description="Licence as it is printed.")
    retrieved: dt.date | None = Field(default=None, description="Day it was fetched.")
    sha256: Checksum = Field(description="Checksum of the file.")
    made_with: str = Field(default="", description="Reference: fingerprint of the frameworks.")
    note: str = Field(default="", description="What a reader must know about it.")
    layout: Layout | None = Field(default=None, description="Columns of a GGD's own table.")
    survey: Survey | None = Field(
        default=None, description="Microdata: how people were drawn, and what they were asked."
    )


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
