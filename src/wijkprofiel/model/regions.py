"""Regions: gemeenten, wijken or buurten that belong together, in dated tables."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from pydantic import Field, field_validator

from wijkprofiel.model.declared import AreaCode, Declared, Slug, Text

_CODE = re.compile(r"^[A-Z]{2}\d{2}[0-9A-Z]{0,6}$")


class Region(Declared):
    """One region and the areas it is made of."""

    id: Slug = Field(description="Name on the command line.")
    title: Text = Field(description="Name as printed.")
    areas: dict[AreaCode, str] = Field(
        min_length=1,
        description="CBS codes and names: '{GM1234: Name}'. A list of codes will do: [GM1234].",
    )

    @field_validator("areas", mode="before")
    @classmethod
    def _codes_alone(cls, given: Any) -> Any:
        if not isinstance(given, list | tuple):
            return given
        wrong = [str(code) for code in given if not _CODE.match(str(code))]
        if wrong:
            raise ValueError(f"'{wrong[0]}' is not a CBS code such as GM1234")
        return dict.fromkeys(given, "")


class RegionTable(Declared):
    """``configs/regions/*.yaml``: regions of one kind, in the division of one year."""

    id: Slug = Field(description="Name of the table.")
    title: Text = Field(description="What these regions are called: GGD-regio's.")
    year: int = Field(description="Division that the codes belong to.")
    complete: bool = Field(
        default=False,
        description="True: the regions together are the whole country, each area in one of them.",
    )
    source: Text = Field(description="Where the table comes from, and how it was checked.")
    checked: dt.date | None = Field(default=None, description="Day it was checked.")
    regions: tuple[Region, ...] = Field(min_length=1, description="The regions.")

    def by_id(self) -> Mapping[str, Region]:
        """Return the regions by their id."""
        return {region.id: region for region in self.regions}
