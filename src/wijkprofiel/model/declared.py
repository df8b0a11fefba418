"""What people declare in YAML: indicators, frameworks, sources, styles, documents, profiles.

Every type forbids unknown keys; the editor's JSON schema is made from the descriptions.
"""

from __future__ import annotations

import datetime as dt
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


# --- frameworks -----------------------------------------------------------------------------


class SlotIndicator(Declared):
    """An indicator in a slot, with the reason why it stands there."""

    id: Slug = Field(description="The indicator.")
    basis: Text = Field(description="Why it belongs here: the source of the choice.")


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
    normalisation: Literal["z"] = Field(default="z", description="How a figure becomes a score.")
    aggregation: Literal["arithmetic"] = Field(default="arithmetic", description="How slots join.")
    clip: float = Field(default=3.0, gt=0, description="Printed z lies within ± this.")
    bands: Bands = Field(default_factory=Bands, description="Borders of the verdict words.")
    coverage: Coverage = Field(default_factory=Coverage, description="When a domain has a score.")
    domains: tuple[Domain, ...] = Field(min_length=1, description="In the fixed printed order.")


# --- house style, documents, project --------------------------------------------------------


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
    """Colours by role, fonts and stylesheet: the whole difference between two house styles."""

    id: Slug = Field(description="Name that a project refers to.")
    title: Text = Field(description="Name for people.")
    stylesheet: Slug = Field(description="Folder below templates/styles with the style's CSS.")
    fonts: tuple[Font, ...] = Field(min_length=1, description="First is the text face.")
    colours: dict[str, Colour] = Field(description="Role (ink, mute, line ...) and colour.")
    themes: dict[str, ThemeColours] = Field(description="Role name of a theme and its colours.")
    sizes: dict[str, float] = Field(
        default_factory=dict, description="Named sizes that charts use, in mm or pt."
    )
    looks: dict[str, str] = Field(
        default_factory=dict, description="Named choices that templates and charts ask for."
    )


class DocumentSpec(Declared):
    """A document type: its template folder's own ``document.yaml``."""

    id: Slug = Field(description="Name on the command line.")
    title: Text = Field(description="Title on the cover and in the PDF's metadata.")
    template: Text = Field(default="document.html.j2", description="Main template.")
    formats: tuple[Literal["pdf", "html"], ...] = Field(default=("pdf",), description="Outputs.")
    readers: Literal["professionals", "residents"] = Field(description="Who it is for.")
    web: Slug = Field(description="Framework of the web and its dots.")
    themes: Slug = Field(description="Framework of the theme pages.")
    key_figures: tuple[Slug, ...] = Field(default=(), description="Indicators on page 1.")
    vulnerable: tuple[Slug, ...] = Field(default=(), description="Block 'Kwetsbare bewoners'.")
    ages: tuple[Slug, ...] = Field(
        default=(), description="Age groups, youngest first: the people drawn on the cover."
    )
    choropleth: Slug | None = Field(default=None, description="Indicator of the map.")
    texts: dict[str, str] = Field(default_factory=dict, description="Fixed texts, by name.")


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
    documents: tuple[Slug, ...] = Field(default=("factsheet",), description="Built by default.")
    gemeenten: tuple[AreaCode, ...] = Field(
        default=(), description="Gemeenten of this GGD; empty: all that the data hold."
    )
    partners: tuple[str, ...] = Field(default=(), description="Names in the colofon.")
    contact: Contact = Field(default_factory=Contact, description="Printed in the colofon.")
    funding: str = Field(default="", description="Who pays, as printed.")
