"""Declared texts in another language: ``configs/translations/<language>/*.yaml``.

By id, and only what is printed; what a thing is and how it is counted is declared once. Texts
that the program itself says stand in ``configs/wording/<language>.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from wijkprofiel.model.declared import AreaCode, Declared, Slug, Text

ORIGINAL = "nl"
"""Language of the declared texts, of ``configs/wording`` and of what people say."""

Brief = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Title = Annotated[str, StringConstraints(min_length=2, max_length=32)]


class IndicatorTexts(Declared):
    """Texts of an indicator."""

    title: Title | None = Field(default=None, description="At most 32 characters.")
    phrase: Text | None = Field(
        default=None, description="What these people do, after 'About 5 in 10 adults ...'."
    )
    phrase_not: Text | None = Field(default=None, description="The same the other way round.")
    definition: Text | None = Field(default=None, description="What it means exactly.")
    brief: Brief | None = Field(default=None, description="The definition in a few words.")
    classes: dict[str, Text] = Field(default_factory=dict, description="Code and its word.")
    sensitive: Text | None = Field(default=None, description="The line that is printed with it.")


class SourceTexts(Declared):
    """Texts of a source table."""

    title: Text | None = Field(default=None, description="Title as it is printed.")
    producer: Text | None = Field(default=None, description="Who publishes it, if it has a name.")
    licence: Text | None = Field(default=None, description="Licence, where it is no name.")


class DomainTexts(Declared):
    """Texts of a dimension or theme."""

    title: Text | None = Field(default=None, description="Name as printed.")
    subject: Text | None = Field(default=None, description="The domain in a sentence.")
    question: Text | None = Field(default=None, description="Question for the dialogue.")
    facts_title: Text | None = Field(default=None, description="Heading above the facts.")
    slots: dict[Slug, Text] = Field(default_factory=dict, description="Id and title of slots.")


class FrameworkTexts(Declared):
    """Texts of a framework."""

    title: Text | None = Field(default=None, description="Name as printed.")
    description: Text | None = Field(default=None, description="What it is.")
    axis_word: Text | None = Field(default=None, description="What a domain is called here.")
    note: Text | None = Field(default=None, description="Printed with its scores.")
    domains: dict[Slug, DomainTexts] = Field(default_factory=dict, description="By domain id.")


class DocumentTexts(Declared):
    """Texts of a document type."""

    title: Text | None = Field(default=None, description="Title as printed.")
    texts: dict[str, str] = Field(default_factory=dict, description="Fixed texts by name.")


class InterventionTexts(Declared):
    """Texts of a recognised intervention; its name stays as it is."""

    for_whom: Text | None = Field(default=None, description="Who it is for.")


class ComparisonTexts(Declared):
    """Texts of a set of areas that are compared."""

    title: Text | None = Field(default=None, description="Title on the first page.")
    intro: Text | None = Field(default=None, description="One to three sentences about it.")


class Translation(Declared):
    """``configs/translations/<language>/*.yaml``: a file may hold any part of it."""

    project: Text | None = Field(default=None, description="Title of the project.")
    areas: dict[AreaCode, Text] = Field(
        default_factory=dict, description="Areas that have another name: the country."
    )
    populations: dict[Text, Text] = Field(
        default_factory=dict, description="Who figures are about: the original and its translation."
    )
    indicators: dict[Slug, IndicatorTexts] = Field(default_factory=dict, description="By id.")
    sources: dict[Slug, SourceTexts] = Field(default_factory=dict, description="By id.")
    frameworks: dict[Slug, FrameworkTexts] = Field(default_factory=dict, description="By id.")
    documents: dict[Slug, DocumentTexts] = Field(default_factory=dict, description="By id.")
    interventions: dict[Text, InterventionTexts] = Field(
        default_factory=dict, description="By name in the catalogue."
    )
    comparisons: dict[Slug, ComparisonTexts] = Field(
        default_factory=dict, description="By name of the file."
    )

    @classmethod
    def merged(cls, parts: Iterable[Translation]) -> Translation:
        """Return the parts of one language as one; of the same thing the last one holds."""
        found: dict[str, Any] = {}
        for part in parts:
            for name in part.model_fields_set:
                value = getattr(part, name)
                found[name] = {**found.get(name, {}), **value} if isinstance(value, dict) else value
        return cls.model_construct(**found)
