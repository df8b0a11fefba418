"""Known errors at a supplier, and what should stand there."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from wijkprofiel.model.declared import AreaCode, Declared, Slug, Text

NoValue = Literal["unknown", "suppressed", "not_applicable", "not_measured"]


class Correction(Declared):
    """One figure that is wrong at the supplier."""

    source: Slug = Field(description="Id of the source table.")
    edition: Text = Field(description="Table id at the supplier; other editions are left alone.")
    area: AreaCode = Field(description="CBS code of the area.")
    indicator: Slug = Field(description="Id of the indicator.")
    period: Text = Field(description="Period of the figure: '2024'.")
    expect: float | NoValue = Field(
        description="What wrongly stands there: the correction stops when that is repaired."
    )
    value: float | None = Field(default=None, description="What should stand there.")
    status: NoValue | None = Field(
        default=None, description="Why there is no figure, where the right one is not known."
    )
    reason: Text = Field(description="What is wrong and how that is known.")
    reported: dt.date = Field(description="Day it was reported to the supplier.")

    @model_validator(mode="after")
    def _one_of_two(self) -> Correction:
        if (self.value is None) == (self.status is None):
            raise ValueError("a correction needs 'value' or 'status', one of the two")
        if self.expect in {self.value, self.status}:
            raise ValueError("'expect' is the wrong figure: it cannot be the right one")
        return self
