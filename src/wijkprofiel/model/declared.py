"""What people declare in YAML: sources and indicators, and what all declared things share.

Every type forbids unknown keys; the editor's JSON schema is made from the descriptions.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
AreaCode = Annotated[
    str, StringConstraints(pattern=r"^([A-Z]{2}\d{2,8}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})$")
]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Direction = Literal["better", "worse", "neutral"]
"""Whether higher is better, worse, or neither (then never scored and never coloured)."""


class Declared(BaseModel):
    """Base of every declared thing: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


# --- sources and indicators -----------------------------------------------------------------


class Edition(Declared):
    """One edition of a table: the key names differ per edition, and past years are revised."""

    table: Text = Field(description="Table id at the supplier, for instance 85984NED.")
    periods: tuple[Text, ...] = Field(description="Periods that this edition holds.")
    division: int = Field(description="Year of the wijken and buurten that the areas follow.")
    comparable: tuple[tuple[Text, ...], ...] = Field(
        default=(), description="Sets of periods that may be put in one trend."
    )


class Service(Declared):
    """How `wijkprofiel fetch` asks; {table}, {division}, {layer} are filled in an address."""

    rows: Literal["UntypedDataSet", "TypedDataSet"] = Field(
        default="UntypedDataSet", description="OData: untyped tells unknown from not measured."
    )
    features: str = Field(default="", description="Outlines: items of OGC API Features.")
    wfs: str = Field(default="", description="Outlines: WFS 2.0, with its typeNames.")
    downloads: dict[str, Text] = Field(default={}, description="Per edition: address of a file.")
    layers: tuple[Literal["gemeenten", "wijken", "buurten"], ...] = Field(
        default=("gemeenten", "wijken"), description="Outlines: the layers that are fetched."
    )
    tries: int = Field(default=4, ge=1, le=10, description="How often the same is asked.")
    timeout: float = Field(default=180, gt=0, description="Seconds for one try.")
    pause: float = Field(default=1, ge=0, description="Seconds of the first wait; then doubled.")


class Workbook(Declared):
    """Columns of a table that is published as a workbook too."""

    code: Text = Field(description="Column with the CBS code.")
    name: Text = Field(description="Column with the name of the area.")
    population: Text = Field(description="Column with the number of inhabitants.")
    topics: dict[Slug, tuple[Text, ...]] = Field(description="Indicator and names of its column.")


class Thresholds(Declared):
    """When a cell of an own survey is withheld (docs/method.md §6)."""

    people: int = Field(default=30, ge=1, description="Fewer people asked than this: withheld.")
    cell: int = Field(
        default=5, ge=1, description="Fewer people in the cell, or outside it: withheld."
    )
    protection: int = Field(
        default=5,
        ge=1,
        description="A withheld cell must stay unknown within at least this many people.",
    )


class SourceTable(Declared):
    """A table of a supplier, over all its editions."""

    id: Slug = Field(description="Name that indicators refer to.")
    title: Text = Field(description="Title as it is printed with the sources.")
    producer: Text = Field(description="Who publishes it: CBS, RIVM, PDOK ...")
    licence: Text = Field(description="Licence as it is printed.")
    url: str = Field(default="", description="Address of the service or landing page.")
    kind: Literal["odata-v3", "boundaries", "table"] = Field(description="Which reader reads it.")
    population: str = Field(default="", description="Who the figures are about, as printed.")
    model_figures: bool = Field(
        default=False, description="Estimated by a model: never a goal's status, printed with care."
    )
    survey: bool = Field(
        default=False, description="Own survey data: disclosure control applies to it."
    )
    disclosure: Thresholds = Field(
        default_factory=Thresholds, description="For survey: true: when a cell is withheld."
    )
    filters: dict[str, str] = Field(
        default_factory=dict, description="Dimension values that select our rows."
    )
    margins: dict[Literal["value", "lower", "upper"], str] = Field(
        default_factory=dict, description="Values of the margin dimension, where there is one."
    )
    workbook: Workbook | None = Field(default=None, description="Its workbook, if it has one.")
    service: Service = Field(default_factory=Service, description="How it is fetched.")
    editions: tuple[Edition, ...] = Field(description="Editions, oldest first.")


class SourceKey(Declared):
    """Where an indicator is found in a source table."""

    table: Slug = Field(description="Id of the source table.")
    keys: dict[str, Text] = Field(
        description="Per edition (or 'all'): the supplier's name without numeric suffix."
    )
    group: str | None = Field(
        default=None, description="Title of the parent group, for a name that occurs twice."
    )


class Indicator(Declared):
    """One topic that can be counted, with everything a reader may ask about it."""

    id: Slug = Field(description="Name used in frameworks, profiles and exports.")
    title: Annotated[str, StringConstraints(min_length=2, max_length=32)] = Field(
        description="Title at B1 level, at most 32 characters: it stands in tables."
    )
    phrase: str | None = Field(
        default=None,
        description="What these people do, plural, after 'Ongeveer 5 van de 10 volwassenen ...'.",
    )
    phrase_not: str | None = Field(
        default=None, description="The same told the other way round, for 'dit gaat goed'."
    )
    definition: Text = Field(description="What it means exactly, at B1 level.")
    brief: Annotated[str, StringConstraints(max_length=60)] = Field(
        default="", description="The definition in a few words, where a page has little room."
    )
    unit: Literal[
        "percent", "count", "km", "hectare", "per-km2", "thousand-euro", "ratio", "class"
    ] = Field(description="Unit of the value.")
    decimals: int = Field(default=0, ge=0, le=3, description="Decimals that are printed.")
    direction: Direction = Field(description="Is higher better, worse or neutral.")
    population: Text = Field(description="Who it is about, as printed: 'volwassenen (18+)'.")
    group: Literal[
        "health", "population", "households", "housing", "income", "distance", "space"
    ] = Field(description="Shelf it stands on in lists.")
    combine: Literal["mean", "sum", "ratio", "none"] = Field(
        default="mean",
        description="How an own area gets its value: weighted mean, sum, ratio of two, or not.",
    )
    weight: Slug | None = Field(
        default=None, description="Indicator that gives the weights of a weighted mean."
    )
    ratio: tuple[Slug, Slug] | None = Field(
        default=None, description="For 'ratio': numerator and denominator (both summed)."
    )
    ratio_factor: float = Field(
        default=1.0, description="For 'ratio': numerator / denominator times this is the value."
    )
    sum_of: tuple[Slug, ...] = Field(
        default=(), description="Indicators that it is the sum of, where no table publishes it."
    )
    classes: dict[str, str] = Field(
        default_factory=dict, description="For unit 'class': code and the word that is printed."
    )
    sensitive: str | None = Field(
        default=None,
        description="Off by default and never for residents; this line is printed where it shows.",
    )
    sources: tuple[SourceKey, ...] = Field(
        default=(), description="Where it is found; empty for one computed by 'ratio' or 'sum_of'."
    )
