"""What the YAML beside a GGD's own table says about its columns, rows and signs.

The reader takes nothing that is not named here: other columns of the file are left alone. A Swing
export needs no layout of its own. The flat form (``period``, ``geolevel``, ``geoitem`` and a column
per topic) is a wide table with a ``level_column``; the form with the topic above and the years
below it is a table with two header rows, whose names are joined by `` / ``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from wijkprofiel.model.declared import AreaCode, Declared, Slug, Text

Scale = Literal["percent", "fraction"]
Level = Literal["land", "gemeente", "wijk", "buurt"]
Absent = Literal["suppressed", "unknown", "not_applicable", "not_measured"]
Year = Annotated[str, StringConstraints(pattern=r"^\d{4}$")]


class TopicColumns(Declared):
    """The columns of one topic in a wide table."""

    value: Text = Field(description="Column with the value.")
    lower: str = Field(default="", description="Column with the lower limit of the interval.")
    upper: str = Field(default="", description="Column with the upper limit of the interval.")
    n: str = Field(default="", description="Column with the number of people asked.")
    period: Year | None = Field(
        default=None, description="Period of these columns, where it differs per column."
    )
    scale: Scale | None = Field(
        default=None, description="How percentages stand here: 45 (percent) or 0,45 (fraction)."
    )


class Layout(Declared):
    """Which columns of a GGD's own table hold what: one row per figure, or a column per topic."""

    sheet: str = Field(default="", description="Sheet of a workbook; empty: its only sheet.")
    header: Annotated[int, Field(ge=1)] | tuple[Annotated[int, Field(ge=1)], ...] = Field(
        default=1,
        description="Row that holds the column names; for several rows a list: [1, 2].",
    )
    end: Literal["blank"] | Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Last row of the table, or 'blank': it ends at an empty row."
    )
    area: Text = Field(description="Column with the CBS code or the name of the area.")
    level: Level | None = Field(
        default=None,
        description="What a name, or a code without letters, is the name of; empty: a wijk, and "
        "a name that a gemeente has too is refused.",
    )
    level_column: str = Field(
        default="", description="Column that says so per row (Swing: geolevel)."
    )
    gemeente: str = Field(
        default="", description="Column with the gemeente, for names that occur more than once."
    )
    areas: dict[str, AreaCode] = Field(
        default_factory=dict,
        description="Areas that are written otherwise, totals rows too: 'Totaal: GM1234'.",
    )
    leave_out: tuple[str, ...] = Field(
        default=(), description="Rows that are not read, by what stands in the area column."
    )
    period: str = Field(
        default="", description="Column with the period, or the period itself: '2024'."
    )
    periods: dict[Year, Text] = Field(
        default_factory=dict, description="Long table with a column per period: which is which."
    )
    indicator: str = Field(default="", description="Long table: column with the topic.")
    value: str = Field(default="", description="Long table: column with the value.")
    lower: str = Field(default="", description="Long table: lower limit of the interval.")
    upper: str = Field(default="", description="Long table: upper limit of the interval.")
    n: str = Field(default="", description="Column with the number of people asked.")
    topics: dict[Slug, Text | TopicColumns | tuple[TopicColumns, ...]] = Field(
        default_factory=dict,
        description="Wide table: indicator and its column. Long: indicator and how it is written. "
        "Empty: as the indicators' own 'sources' say.",
    )
    other_topics: Literal["refuse", "leave-out"] = Field(
        default="refuse", description="Long table: what to do with topics that are not named."
    )
    scale: Scale | None = Field(
        default=None, description="How percentages stand here: 45 (percent) or 0,45 (fraction)."
    )
    missing: dict[str, Absent] = Field(
        default_factory=dict,
        description="Signs for 'no figure' and what they mean, beside the usual ones.",
    )
    encoding: Literal["utf-8", "windows-1252", "utf-16"] | None = Field(
        default=None, description="Of a CSV; empty: found out."
    )
    separator: Literal[";", ",", "\t", "|"] | None = Field(
        default=None, description="Of a CSV; empty: found out."
    )
    decimal: Literal[",", "."] | None = Field(
        default=None, description="Decimal sign of numbers in text; empty: found out."
    )

    @property
    def header_rows(self) -> tuple[int, ...]:
        """Rows of the header, from 1, in order."""
        rows = (self.header,) if isinstance(self.header, int) else self.header
        return tuple(sorted(set(rows))) or (1,)
