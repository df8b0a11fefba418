"""What the YAML beside a file with microdata says: who was asked what, and how they were drawn."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wijkprofiel.model.declared import AreaCode, Declared, Slug, Text

Answer = int | float | str
"""A value (1) or its label ("Ja")."""

Lonely = Literal["center", "scale", "skip"]
Interval = Literal["logit", "wilson", "beta"]


class Question(Declared):
    """How one topic is made of the answers to one question."""

    variable: Text = Field(description="Name of the variable.")
    counts: tuple[Answer, ...] = Field(
        min_length=1, description="Answers that count, by value (1) or label ('Ja')."
    )
    others: tuple[Answer, ...] = Field(min_length=1, description="Answers that do not.")
    missing: tuple[Answer, ...] = Field(
        default=(), description="Answers that are none: 'weet niet', 9. Empty cells are none too."
    )


class Survey(Declared):
    """The design of a survey and the topics that are made of it."""

    area: Text = Field(description="Variable with the CBS code or the name of the area.")
    level: Literal["wijk", "buurt", "gemeente"] = Field(
        default="wijk", description="What a name, or a code without letters, is the name of."
    )
    areas: dict[str, AreaCode] = Field(
        default_factory=dict, description="Areas that are written otherwise, by value or label."
    )
    no_area: tuple[Answer, ...] = Field(
        default=(),
        description="Values of people whose area is not known; an empty text for empty cells.",
    )
    period: Text = Field(description="Year, or the variable that holds it.")
    weight: Text = Field(description="Variable with the weight; 'none' where nobody was weighted.")
    strata: tuple[Text, ...] = Field(
        default=(), description="Variables that together make the strata of the sample."
    )
    cluster: str = Field(default="", description="Variable of the cluster: household, address.")
    population: str = Field(
        default="",
        description="Variable with the size of the stratum (or the number of clusters in it), "
        "where the sample is a good part of it.",
    )
    lonely: Lonely = Field(
        default="center",
        description="Stratum with one person or cluster: 'center' takes the distance to the mean "
        "of all (R: adjust), 'scale' the mean of the other strata (average), 'skip' nothing.",
    )
    interval: Interval = Field(
        default="logit",
        description="95 % interval: logit (t), wilson (effective n) or beta (Korn-Graubard).",
    )
    publish: tuple[Literal["gemeente", "wijk", "buurt"], ...] = Field(
        default=("gemeente", "wijk"), description="Levels that figures are made for."
    )
    groups: dict[AreaCode, tuple[AreaCode, ...]] = Field(
        default_factory=dict,
        description="Areas of one's own and the CBS areas they consist of: GG16: [GM1234, WK..].",
    )
    topics: dict[Slug, Question] = Field(
        min_length=1, description="Indicator and the question it is made of."
    )
    encoding: Literal["utf-8", "windows-1252", "utf-16"] | None = Field(
        default=None, description="Of a CSV; empty: found out."
    )
    separator: Literal[";", ",", "\t", "|"] | None = Field(
        default=None, description="Of a CSV; empty: found out."
    )

    @property
    def fixed_period(self) -> str:
        """The year, empty where a variable holds it."""
        return self.period if self.period.isdigit() and len(self.period) == 4 else ""

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that is read, each once, in a fixed order; nothing else is."""
        names = [self.area, "" if self.fixed_period else self.period]
        names += ["" if self.weight == "none" else self.weight, *self.strata, self.cluster]
        names += [self.population, *(question.variable for question in self.topics.values())]
        return tuple(dict.fromkeys(name for name in names if name))
