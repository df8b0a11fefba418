"""Frameworks: domains, their slots, and the rules by which they are scored."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wijkprofiel.model.declared import AreaCode, Declared, Slug, Text


class SlotIndicator(Declared):
    """An indicator in a slot, with the reason why it stands there."""

    id: Slug = Field(description="The indicator.")
    basis: Text = Field(description="Why it belongs here: the source of the choice.")
    goalposts: tuple[float, float] | None = Field(
        default=None,
        description="For normalisation 'goalposts': the worst and the best value, in its unit.",
    )
    target: float | None = Field(
        default=None, description="For normalisation 'target': the value to reach, in its unit."
    )


class Slot(Declared):
    """Indicators of one construct, so that it is not counted twice."""

    id: Slug = Field(description="Name within the domain.")
    title: Text = Field(description="Name as printed.")
    kind: Literal["outcome", "determinant"] = Field(description="uitkomst or determinant.")
    weight: float = Field(default=1.0, gt=0, description="Weight in the domain.")
    indicators: tuple[SlotIndicator, ...] = Field(min_length=1, description="Its indicators.")


class Coverage(Declared):
    """What must be present before a domain gets a score."""

    share: float = Field(default=2 / 3, gt=0, le=1, description="Share of the total weight.")
    slots: int = Field(default=2, ge=1, description="Number of slots.")


class DomainPages(Declared):
    """Which of the domain's topics a document shows, and in which order."""

    rows: tuple[Slug, ...] = Field(default=(), max_length=5, description="Rows of the dot plot.")
    trends: tuple[Slug, ...] = Field(default=(), max_length=2, description="Trend charts.")
    facts: tuple[Slug, ...] = Field(
        default=(), max_length=3, description="Neutral figures shown as large numbers."
    )
    facts_title: str = Field(default="", description="Heading above the facts.")


class Domain(Declared):
    """One dimension or theme."""

    id: Slug = Field(description="Name in exports.")
    title: Text = Field(description="Name as printed.")
    subject: str = Field(
        default="", description="The domain in a sentence: 'de leefstijl', 'het meedoen'."
    )
    question: Text = Field(description="Question for the wijkdialoog.")
    colour: str = Field(default="", description="Role name of its colour in the house style.")
    weight: float = Field(default=1.0, gt=0, description="Weight of the domain in a framework.")
    coverage: Coverage | None = Field(default=None, description="Overrides the framework's rule.")
    slots: tuple[Slot, ...] = Field(default=(), description="What it is scored on.")
    context: tuple[Slug, ...] = Field(default=(), description="Neutral topics shown with it.")
    pages: DomainPages = Field(default_factory=DomainPages, description="What documents show.")


class Reference(Declared):
    """The areas that are the yardstick."""

    level: Literal["wijk", "buurt", "gemeente"] = Field(default="wijk", description="Their level.")
    area: AreaCode = Field(default="NL01", description="The area whose parts they are.")
    period: Literal["same"] = Field(default="same", description="Same period as the figure.")
    minimum: int = Field(default=20, ge=5, description="Fewer areas than this: no z-score.")


class Bands(Declared):
    """Borders of the words for a difference, in SDs; a border belongs to the milder word."""

    similar: float = Field(default=0.5, gt=0, description="Up to here: vergelijkbaar.")
    slight: float = Field(default=1.0, gt=0, description="Up to here: iets (on)gunstiger.")
    clear: float = Field(default=2.0, gt=0, description="Up to here: (on)gunstiger; then: veel.")


class DifferenceRules(Declared):
    """How differences are tested where a table has margins (docs/method.md §3)."""

    false_discovery: float = Field(
        default=0.05, gt=0, lt=1, description="Share of false differences that is accepted."
    )
    rest_above: float = Field(
        default=0.10,
        ge=0,
        le=1,
        description="A wijk with more than this share of the comparator's people is compared "
        "with the rest of it.",
    )


class Sensitivity(Declared):
    """The scenarios in which a domain's verdict must stand (docs/method.md §2)."""

    draws: int = Field(default=200, ge=1, le=2000, description="Sets of weights that are tried.")
    spread: float = Field(default=0.25, ge=0, lt=1, description="Weights vary by ± this share.")
    seed: int = Field(default=1, ge=0, description="Seed of the draws.")
    floor: float = Field(default=0.1, gt=0, description="Lowest display score in a geometric mean.")
    steady: float = Field(default=0.9, gt=0, le=1, description="From this share on: stevig.")
    fair: float = Field(default=0.7, gt=0, le=1, description="From this share on: redelijk.")


class Framework(Declared):
    """Domains, their slots and the rules by which they are scored."""

    id: Slug = Field(description="Name that configs refer to.")
    title: Text = Field(description="Name as printed.")
    description: Text = Field(description="What it is and where it comes from.")
    axis_word: Text = Field(description="What a domain is called here: dimensie, thema.")
    note: str = Field(default="", description="Printed on every page that shows its scores.")
    reference: Reference = Field(default_factory=Reference, description="The yardstick.")
    centre: Literal["published", "mean"] = Field(
        default="published", description="Zero point: the comparator's own figure, or the mean."
    )
    normalisation: Literal["z", "min-max", "goalposts", "percentile", "target"] = Field(
        default="z", description="How a figure becomes a score."
    )
    aggregation: Literal["arithmetic", "geometric"] = Field(
        default="arithmetic", description="How slots join."
    )
    testing: DifferenceRules = Field(
        default_factory=DifferenceRules, description="Where a table has margins."
    )
    sensitivity: Sensitivity = Field(
        default_factory=Sensitivity, description="In which scenarios a verdict must stand."
    )
    clip: float = Field(default=3.0, gt=0, description="Printed z lies within ± this.")
    bands: Bands = Field(default_factory=Bands, description="Borders of the verdict words.")
    coverage: Coverage = Field(default_factory=Coverage, description="When a domain has a score.")
    domains: tuple[Domain, ...] = Field(min_length=1, description="In the fixed printed order.")
