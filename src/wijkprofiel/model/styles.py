"""House styles and document types."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wijkprofiel.model.declared import Colour, Declared, Slug, Text
from wijkprofiel.model.images import Logo, NamedPartner
from wijkprofiel.model.project import Contact


class ThemeColours(Declared):
    """A theme's colour in three strengths; it says which theme, never good or bad."""

    full: Colour = Field(description="Sign and group cell.")
    tint: Colour = Field(description="Plane behind text.")
    deep: Colour = Field(description="Filled people, trend line and labels.")


class Font(Declared):
    """A typeface: one family name, its files and weights."""

    family: Text = Field(description="CSS family name.")
    files: dict[int, str] = Field(description="Weight and file below templates/fonts.")


class HouseStyle(Declared):
    """Colours by role, fonts, stylesheet and sender: all that two house styles differ in."""

    id: Slug = Field(description="Name that a project refers to.")
    title: Text = Field(description="Name for people.")
    stylesheet: Slug = Field(description="Folder below templates/styles with the style's CSS.")
    fonts: tuple[Font, ...] = Field(min_length=1, description="First is the text face.")
    office_font: Text = Field(
        default="Arial",
        description="Typeface in the PowerPoint: one that the machines of all who open it have.",
    )
    colours: dict[str, Colour] = Field(description="Role (ink, mute, line ...) and colour.")
    themes: dict[str, ThemeColours] = Field(description="Role name of a theme and its colours.")
    sizes: dict[str, float] = Field(
        default_factory=dict, description="Named sizes that charts use, in mm or pt."
    )
    looks: dict[str, str] = Field(
        default_factory=dict, description="Named choices that templates and charts ask for."
    )
    logos: tuple[Logo, ...] = Field(default=(), description="Of the sender, on the cover.")
    partners: tuple[NamedPartner, ...] = Field(
        default=(), description="In the colofon: a name, or a name with a logo."
    )
    contact: Contact = Field(default_factory=Contact, description="Printed in the colofon.")
    colophon: tuple[Text, ...] = Field(default=(), description="Lines in the colofon.")


class DocumentSpec(Declared):
    """A document type: its template folder's own ``document.yaml``."""

    id: Slug = Field(description="Name on the command line.")
    title: Text = Field(description="Title on the cover and in the PDF's metadata.")
    template: Text = Field(default="document.html.j2", description="Main template.")
    formats: tuple[Literal["pdf", "html", "pptx", "xlsx", "csv", "zip"], ...] = Field(
        default=("pdf",), description="File formats that it is made in."
    )
    readers: Literal["professionals", "residents"] = Field(
        description="Who it is for. What is for residents is not made where nobody lives."
    )
    scope: Literal["area", "set", "dialogue"] = Field(
        default="area",
        description="About one area; about several side by side (wijkprofiel compare); or working "
        "material of the wijkdialoog (wijkprofiel dialogue).",
    )
    web: Slug = Field(description="Framework of the web and its dots.")
    themes: Slug = Field(description="Framework of the theme pages.")
    key_figures: tuple[Slug, ...] = Field(default=(), description="Indicators on page 1.")
    vulnerable: tuple[Slug, ...] = Field(default=(), description="Block 'Kwetsbare bewoners'.")
    ages: tuple[Slug, ...] = Field(
        default=(), description="Age groups, youngest first: the people drawn on the cover."
    )
    choropleth: Slug | None = Field(default=None, description="Indicator of the map.")
    bleed: float = Field(
        default=0,
        ge=0,
        le=10,
        description="Millimetres that planes run over the edge, for the printer; 0: no such PDF.",
    )
    few_people: int = Field(
        default=500,
        ge=0,
        description="An area with fewer inhabitants carries a caution: below 500, one per cent of "
        "them is fewer than five people.",
    )
    texts: dict[str, str] = Field(default_factory=dict, description="Fixed texts, by name.")
