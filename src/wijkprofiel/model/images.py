"""Pictures that people bring along: logos and a photo, each with its alternative text."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from wijkprofiel.model.declared import Declared, Text

ImageFile = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*\.(svg|png|jpg|jpeg)$")
]
"""Name of a file in ``templates/images``, without a folder."""


class Logo(Declared):
    """A logo; it always stands on white, so that every logo can be read in every style."""

    file: ImageFile = Field(description="File in templates/images: .svg, .png or .jpg.")
    alt: Text = Field(description="Alternative text: whose logo it is.")
    height: float = Field(default=8, ge=4, le=9, description="Height on paper in mm.")


class Photo(Declared):
    """A photo of the area for its cover."""

    file: ImageFile = Field(description="File in templates/images: .jpg or .png.")
    alt: Text = Field(description="Alternative text: what is to be seen.")
    credit: Text = Field(description="Who made it, as printed beside it.")
    licence: str = Field(default="", description="Licence, as printed: 'CC BY 4.0'.")


class Partner(Declared):
    """An organisation that takes part: its name, and its logo if there is one."""

    name: Text = Field(description="Name in the colofon.")
    logo: ImageFile | None = Field(
        default=None, description="File in templates/images; the name is its alternative text."
    )


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


NamedPartner = Annotated[
    Partner,
    BeforeValidator(_named),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "minLength": 1}, Partner.model_json_schema()]},
        mode="validation",
    ),
]
"""A partner as people write it: a name, or a name with a logo."""
