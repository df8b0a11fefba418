"""What one GGD builds with: ``wijkprofiel.yaml``."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from wijkprofiel.model.declared import AreaCode, Declared, Slug, Text
from wijkprofiel.model.images import Logo, NamedPartner


class EditionMark(Declared):
    """The edition that is printed: the only date in a document."""

    number: int = Field(default=1, ge=1, description="Edition number.")
    date: dt.date = Field(description="Edition date.")


class Contact(Declared):
    """Who a reader can turn to."""

    name: str = Field(default="", description="Person or organisation.")
    email: str = Field(default="", description="E-mail address.")
    phone: str = Field(default="", description="Telephone number.")
    url: str = Field(default="", description="Web page, with https://.")

    @property
    def given(self) -> bool:
        """Whether there is anybody to turn to."""
        return bool(self.name or self.email or self.phone or self.url)


class Similar(Declared):
    """Wijken that look like the area: an optional comparator beside gemeente and country."""

    indicators: tuple[Slug, ...] = Field(
        min_length=1, description="Indicators they are alike on: stedelijkheid, age, income."
    )
    count: int = Field(default=20, ge=5, le=200, description="How many wijken.")


class Project(Declared):
    """``wijkprofiel.yaml``: what one GGD builds with."""

    title: Text = Field(description="Name of the project or organisation.")
    edition: EditionMark = Field(description="Edition that documents print.")
    style: Slug = Field(default="buurt", description="House style.")
    data: Text = Field(default="data/sample", description="Folder with the figures.")
    boundary_year: int = Field(description="Division whose names and outlines are used.")
    interpolate: bool = Field(
        default=False,
        description="True: an area that no crosswalk and no buurt links to the division of its "
        "figures gets one by surface (needs wijkprofiel[interpolate]); the page says so.",
    )
    periods: dict[Slug, Text] = Field(description="Per source table: the period that is shown.")
    editions: dict[Slug, Text] = Field(description="Per source table: the edition that is read.")
    country: dict[Slug, Text] = Field(
        default_factory=dict, description="Per source table: the code of the whole country."
    )
    frameworks: tuple[Slug, ...] = Field(min_length=1, description="Frameworks that are scored.")
    similar: Similar | None = Field(
        default=None, description="Adds similar wijken as a comparator; left out: none."
    )
    published: tuple[Text, ...] = Field(
        default=(),
        description="Earlier exports (files of 'wijkprofiel score') that are public: what they "
        "say is not to be undone by this edition.",
    )
    documents: tuple[Slug, ...] = Field(default=("factsheet",), description="Built by default.")
    gemeenten: tuple[AreaCode, ...] = Field(
        default=(), description="Gemeenten of this GGD; empty: all that the data hold."
    )
    logos: tuple[Logo, ...] = Field(default=(), description="Override those of the house style.")
    partners: tuple[NamedPartner, ...] = Field(
        default=(), description="In the colofon: a name, or a name with a logo."
    )
    contact: Contact = Field(default_factory=Contact, description="Printed in the colofon.")
    colophon: tuple[Text, ...] = Field(
        default=(), description="Lines in the colofon; override those of the house style."
    )
    funding: str = Field(default="", description="Who pays, as printed.")
