"""Several areas side by side: what people declare, and what a document is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from wijkprofiel.model.declared import AreaCode, Declared, Text
from wijkprofiel.model.profile import Profile

LEAST = 2
"""Areas that a comparison needs."""


class ComparisonSet(Declared):
    """Areas that are compared under a name of their own: ``configs/comparisons/<slug>.yaml``."""

    title: Text = Field(description="Title on the first page.")
    intro: str = Field(default="", description="One to three sentences about the set, B1.")
    areas: tuple[Text, ...] = Field(
        default=(), description="Profiles, CBS codes or names, in the order of the pages."
    )
    gemeente: AreaCode | None = Field(
        default=None, description="Instead of 'areas': all wijken of this gemeente."
    )
    order: Literal["named", "alphabetical"] = Field(
        default="named",
        description="Order of the areas on the pages: as named (of a gemeente: alphabetical), or "
        "by name; never by value.",
    )

    @model_validator(mode="after")
    def _says_which_areas(self) -> ComparisonSet:
        if bool(self.areas) == (self.gemeente is not None):
            raise ValueError("name the 'areas', or a 'gemeente' for all of its wijken: one of both")
        if self.areas and len(self.areas) < LEAST:
            raise ValueError("a comparison needs two 'areas' or more")
        twice = sorted({name for name in self.areas if self.areas.count(name) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)}: stands twice in 'areas'")
        return self


@dataclass(frozen=True, slots=True)
class Comparison:
    """Areas to lay side by side, each with its own profile.

    Attributes:
        slug: file-safe name.
        profiles: in the order of the pages; never ordered by a value.
        gemeente: name of the gemeente whose wijken they all are, "" for a set of one's own.
        left_out: names of areas that could not be made, so that the page can say so.
    """

    slug: str
    title: str
    intro: str
    profiles: tuple[Profile, ...]
    gemeente: str = ""
    left_out: tuple[str, ...] = ()
