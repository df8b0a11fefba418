"""What the people of an area add, one YAML per profile: dialogue, quotes, actions, goals."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from wijkprofiel.model.declared import AreaCode, Declared, Slug, Text
from wijkprofiel.model.images import Logo, NamedPartner, Photo
from wijkprofiel.model.project import Contact, EditionMark

NoteKind = Literal["strengths", "wishes", "missing"]
"""What a note of the wijkdialoog is about: the key of the profile that it belongs with."""


class Note(Declared):
    """Something that was written down about one theme."""

    theme: Slug = Field(description="Theme it was said about.")
    kind: NoteKind = Field(description="Something to be proud of, a wish, or what is missing.")
    text: Text = Field(description="What was said, without names.")


class Dialogue(Declared):
    """A wijkdialoog that was held or is planned."""

    date: dt.date | None = Field(default=None, description="Day it was or will be held.")
    place: str = Field(default="", description="Where.")
    number: int | None = Field(default=None, ge=0, description="How many people took part.")
    roles: tuple[str, ...] = Field(default=(), description="Who took part.")
    form: str = Field(default="", description="How it was done.")
    held: bool = Field(default=False, description="False: still to come.")
    votes: dict[Slug, Annotated[int, Field(ge=0)]] = Field(
        default_factory=dict, description="Stickers on the voting sheet, per theme."
    )
    notes: tuple[Note, ...] = Field(default=(), description="What was written down per theme.")


class Quote(Declared):
    """Somebody's words, with consent."""

    text: Text = Field(description="The words themselves.")
    who: Literal["resident", "professional"] = Field(description="Resident or professional.")
    role: str = Field(default="", description="As printed under the quote: 'Een bewoner'.")
    theme: Slug | None = Field(default=None, description="Theme it is about.")
    consent: Literal[True, "published"] = Field(
        description="true: given to us; 'published': printed before, then 'source' says where."
    )
    source: str = Field(default="", description="Where it was published.")

    @model_validator(mode="after")
    def _published_has_source(self) -> Quote:
        if self.consent == "published" and not self.source:
            raise ValueError("a quote with consent 'published' needs a 'source'")
        return self


class Priority(Declared):
    """A theme that comes first."""

    theme: Slug = Field(description="Id of the theme.")
    why: Text = Field(description="The reason.")
    source: Literal["figures", "dialogue", "both", "programme"] = Field(
        description="Where it came from; 'programme': the programme chose it beforehand."
    )


class Initiative(Declared):
    """Something that is already there."""

    name: Text = Field(description="Its name.")
    theme: Slug | None = Field(default=None, description="Theme it serves.")
    organiser: str = Field(default="", description="Who runs it.")
    for_whom: str = Field(default="", description="Who it is for.")


Recognition = Literal["described", "founded", "first", "good", "strong"]
"""Erkenningsniveau: goed beschreven; goed onderbouwd; eerste, goede, sterke aanwijzingen."""


class CatalogueIntervention(Declared):
    """A recognised intervention of the catalogue."""

    name: Text = Field(description="Its name.")
    themes: tuple[Slug, ...] = Field(description="Themes it fits.")
    level: Recognition = Field(description="Erkenningsniveau.")
    for_whom: str = Field(default="", description="Who it is for.")
    checked: dt.date = Field(description="Day the level was checked.")
    source: str = Field(default="", description="Where the level was looked up.")


class PlannedIntervention(Declared):
    """An intervention that this area uses or plans."""

    name: Text = Field(description="Its name.")
    level: Recognition | None = Field(default=None, description="Erkenningsniveau.")
    owner: str = Field(default="", description="Who does it.")
    status: str = Field(default="", description="loopt, gepland ...")


class Action(Declared):
    """One line of the action plan."""

    goal: Text = Field(description="What it is for.")
    action: Text = Field(description="What is done.")
    who: str = Field(default="", description="Who does it.")
    when: str = Field(default="", description="When.")
    level: Recognition | None = Field(default=None, description="Erkenningsniveau, if recognised.")


class Goal(Declared):
    """A goal that can be looked back on: nulmeting → nu → streefwaarde.

    Measured by an indicator of the project, or by a count or survey of one's own; then the values
    stand here.
    """

    title: Text = Field(description="What is to be better.")
    indicator: Slug | None = Field(default=None, description="Figure it is measured by.")
    measure: str = Field(default="", description="What is counted, when it is no indicator.")
    unit: str = Field(
        default="", description="Unit of the values, when it is no indicator: '%', 'deelnemers'."
    )
    source: str = Field(
        default="",
        description="Who counts it, as printed: 'eigen telling van de alliantie'.",
    )
    survey: bool = Field(
        default=False,
        description="True: the values come from asking some of the people, so a change needs "
        "their margins before it can be claimed.",
    )
    baseline: float | None = Field(default=None, description="Value at the start.")
    baseline_year: int | None = Field(default=None, description="Year of the start.")
    baseline_margin: float | None = Field(
        default=None, ge=0, description="Half of its 95 % interval, in the same unit."
    )
    baseline_period: str = Field(
        default="",
        description="Of an indicator: the period in the data that is the start, for 'baseline'.",
    )
    now: float | None = Field(
        default=None, description="Last value; of an indicator it comes from the data."
    )
    now_year: int | None = Field(default=None, description="Year of the last value.")
    now_margin: float | None = Field(
        default=None, ge=0, description="Half of its 95 % interval, in the same unit."
    )
    target: float | None = Field(default=None, description="Value to reach.")
    year: int | None = Field(default=None, description="Year to reach it.")

    @model_validator(mode="after")
    def _one_origin(self) -> Goal:
        if self.indicator and self.now is not None:
            raise ValueError("'now' of an indicator comes from the data: leave it out")
        if self.baseline_period and self.baseline is not None:
            raise ValueError("'baseline' and 'baseline_period' say the same: keep one")
        if self.baseline_period and not self.indicator:
            raise ValueError("'baseline_period' needs an 'indicator'")
        if self.indicator and self.survey:
            raise ValueError("an 'indicator' knows its margins: leave 'survey' out")
        return self


class AreaProfile(Declared):
    """One area that is built under a name of its own: ``configs/profiles/<slug>.yaml``."""

    name: Text = Field(description="Name on the cover.")
    areas: tuple[AreaCode, ...] = Field(min_length=1, description="CBS codes it is made of.")
    areas_note: str = Field(
        default="", description="Where the choice of areas comes from; 'assumption' if it is one."
    )
    kind: str = Field(default="wijk", description="What residents call it: wijk, dorp, regio.")
    parts_as: Literal["wijken", "buurten", "gemeenten", "auto"] = Field(
        default="auto", description="What the parts are called."
    )
    documents: tuple[Slug, ...] = Field(default=(), description="Overrides the project's list.")
    edition: EditionMark | None = Field(default=None, description="Overrides the project's.")
    about: str = Field(default="", description="One or two sentences about the area, B1.")
    programme: str = Field(default="", description="Programme it belongs to.")
    example: bool = Field(default=False, description="True: the people's part is an example.")
    dialogue: Dialogue = Field(default_factory=Dialogue, description="The wijkdialoog.")
    questions: tuple[str, ...] = Field(default=(), description="Questions for the dialogue.")
    quotes: tuple[Quote, ...] = Field(default=(), description="Quotes, with consent.")
    priorities: tuple[Priority, ...] = Field(default=(), description="Themes that come first.")
    strengths: tuple[str, ...] = Field(default=(), description="What people are proud of.")
    wishes: tuple[str, ...] = Field(default=(), description="What people wish for.")
    missing: tuple[str, ...] = Field(default=(), description="What is missing in the area.")
    initiatives: tuple[Initiative, ...] = Field(default=(), description="What there is already.")
    interventions: tuple[PlannedIntervention, ...] = Field(default=(), description="In use.")
    actions: tuple[Action, ...] = Field(default=(), description="The action plan.")
    goals: tuple[Goal, ...] = Field(default=(), description="Goals with target and year.")
    lessons: tuple[str, ...] = Field(default=(), description="What other areas can learn here.")
    style: Slug | None = Field(default=None, description="House style; overrides the project's.")
    photo: Photo | None = Field(default=None, description="Photo of the area on its cover.")
    logos: tuple[Logo, ...] = Field(default=(), description="Override the project's.")
    partners: tuple[NamedPartner, ...] = Field(
        default=(), description="In the colofon: a name, or a name with a logo."
    )
    contact: Contact | None = Field(default=None, description="Overrides the project's.")
    colophon: tuple[Text, ...] = Field(default=(), description="Overrides the project's.")
    funding: str = Field(default="", description="Overrides the project's.")

    def told(self, kind: NoteKind) -> tuple[str, ...]:
        """Return what people said of one kind: the list of that name, then the dialogue's notes."""
        listed: tuple[str, ...] = getattr(self, kind)
        notes = (note.text for note in self.dialogue.notes if note.kind == kind)
        return tuple(dict.fromkeys((*listed, *notes)))
