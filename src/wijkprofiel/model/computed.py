"""What the program computes: frozen, slotted, and free of pandas, files and network.

One :class:`Profile` per area holds everything that a document may know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from wijkprofiel.model.declared import (
    Contact,
    Direction,
    Domain,
    EditionMark,
    Framework,
    Indicator,
    Slot,
)
from wijkprofiel.model.people import AreaProfile


class Level(StrEnum):
    """Level of a CBS area."""

    LAND = "land"
    GEMEENTE = "gemeente"
    WIJK = "wijk"
    BUURT = "buurt"


class Status(StrEnum):
    """Why a cell has a value or not; zero is a value, never a status."""

    OK = "ok"
    UNKNOWN = "unknown"  # onbekend: the supplier has no figure, or keeps it secret
    SUPPRESSED = "suppressed"  # te weinig mensen: withheld by disclosure control
    NOT_APPLICABLE = "not_applicable"  # niet van toepassing
    NOT_MEASURED = "not_measured"  # niet gemeten in deze periode
    ABSENT = "absent"  # niet in deze gegevens: the topic or the area is not in the files


class Severity(StrEnum):
    """How bad a finding is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know; an error finding means that nothing is published."""

    code: str
    severity: Severity
    where: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A CBS area.

    Attributes:
        parent: code of the area it lies in (buurt → wijk → gemeente → land), "" for the land.
        boundary_year: division that the code belongs to.
        population: inhabitants, or None when unknown.
    """

    code: str
    name: str
    level: Level
    parent: str
    boundary_year: int
    population: int | None = None


BoundaryMatch = Literal["same", "changed", "new", "gone"]
"""How an area of the boundary year relates to the division of a figure."""


@dataclass(frozen=True, slots=True)
class OwnArea:
    """The area a profile is about: one CBS area, or several together.

    Attributes:
        slug: file-safe name.
        parts: the CBS areas it consists of, in order.
        gemeenten: the gemeenten it lies in; one, or more for an area across gemeenten.
        gemeente: the one gemeente to compare with; None for an area across gemeenten, and for
            an area that is a whole gemeente.
        matches: per part code, how it matches the division of the health figures.
    """

    slug: str
    name: str
    parts: tuple[Area, ...]
    gemeenten: tuple[Area, ...]
    gemeente: Area | None
    kind: str = "wijk"
    matches: Mapping[str, BoundaryMatch] = field(default_factory=dict)

    @property
    def single(self) -> bool:
        """Whether the area is one published CBS area, so that its figures are published too."""
        return len(self.parts) == 1

    @property
    def level(self) -> Level:
        """The level of the parts (the highest, where they are mixed)."""
        order = [Level.LAND, Level.GEMEENTE, Level.WIJK, Level.BUURT]
        return min((part.level for part in self.parts), key=order.index)


@dataclass(frozen=True, slots=True)
class Source:
    """A table that figures came from, as it is printed and written to the manifest."""

    id: str
    title: str
    producer: str
    table: str
    licence: str
    url: str = ""
    edition: str = ""
    division: int | None = None
    model_figures: bool = False
    margins: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file that was read: its origin and checksum."""

    path: str
    source: str
    sha256: str
    retrieved: str = ""
    modified: str = ""
    licence: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of one indicator for one area and period.

    Attributes:
        value: in the indicator's unit; None unless ``status`` is OK.
        lower, upper: 95 % interval, or None where the table has no margins.
        n: people it is based on, where known.
        derived: computed by wijkprofiel from parts, not published.
        weight: what the parts were weighted by ("inwoners van 15 jaar en ouder, 2024").
        coverage: share of the weight of the parts that have a value (1 when all have).
    """

    indicator: str
    period: str
    value: float | None
    status: Status
    lower: float | None = None
    upper: float | None = None
    n: float | None = None
    source: str = ""
    derived: bool = False
    weight: str = ""
    coverage: float = 1.0


@dataclass(frozen=True, slots=True)
class ReferenceStats:
    """What all reference areas together say about one measure, for one period.

    Attributes:
        kind: "indicator" (value in its unit), "slot" or "domain" (z, + is favourable).
        framework: framework of a slot or domain, "" for an indicator.
        sd: with ddof=1, each area counted once.
        percentiles: percentage (1.25, 2.5, 3.75 ... 98.75, 20, 25, 40, 60, 75, 80, 97.5) → value.
    """

    kind: Literal["indicator", "slot", "domain"]
    id: str
    framework: str
    period: str
    n: int
    mean: float
    sd: float
    minimum: float
    maximum: float
    percentiles: Mapping[float, float]


class Outcome(StrEnum):
    """Where a figure stands against a comparator; one drawn shape each."""

    FAVOURABLE = "favourable"  # ▲ gunstiger
    SIMILAR = "similar"  # ● vergelijkbaar
    UNFAVOURABLE = "unfavourable"  # ▼ ongunstiger
    UNCERTAIN = "uncertain"  # ◌ niet zeker
    NONE = "none"  # – geen gegevens
    HIGHER = "higher"  # □ neutral: hoger
    LOWER = "lower"  # □ neutral: lager
    NEUTRAL_SIMILAR = "neutral_similar"  # □ neutral: vergelijkbaar


@dataclass(frozen=True, slots=True)
class Verdict:
    """A word about a difference, and what it rests on.

    Attributes:
        strength: 0 similar or none, 1 "iets", 2 plain, 3 "veel".
        basis: "test" (the table has margins) or "band" (it has none); "" without a verdict.
        z: signed so that + is favourable (neutral: + is higher), in SDs of the reference; None
            where there is no reference.
        comparator: code of the area it compares with.
        equal_on_paper: the two printed figures are equal, so the word is at most "vergelijkbaar".
    """

    outcome: Outcome
    strength: int
    basis: Literal["test", "band", ""]
    z: float | None
    comparator: str
    equal_on_paper: bool = False


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of a trend: the area and the country."""

    period: str
    area: Figure
    country: Figure | None


@dataclass(frozen=True, slots=True)
class Trend:
    """Comparable periods of one indicator, oldest first; described unless ``tested``."""

    indicator: str
    points: tuple[TrendPoint, ...]
    tested: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """An indicator as this area shows it: figure, comparators, verdicts, trend.

    Attributes:
        gemeente: the gemeente's figure; None where there is no gemeente to compare with.
        against_gemeente, against_country: verdicts; None where there is no such comparator.
        z: against the country, unclipped, + is favourable (neutral: + is higher).
        z_gemeente: the gemeente's own z against the country, for the ring in the spine.
    """

    indicator: Indicator
    figure: Figure
    country: Figure
    gemeente: Figure | None
    against_country: Verdict
    against_gemeente: Verdict | None
    reference: ReferenceStats | None
    z: float | None
    z_gemeente: float | None
    trend: Trend | None

    @property
    def direction(self) -> Direction:
        """Whether higher is better, worse or neutral."""
        return self.indicator.direction


@dataclass(frozen=True, slots=True)
class SlotScore:
    """A slot of a domain: the mean z of its present indicators."""

    slot: Slot
    z: float | None
    present: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DomainScore:
    """A domain's score and verdicts.

    Attributes:
        z: divided by its own SD over the reference, unclipped; None below the coverage rule.
        z_raw: the weighted mean of the slots before that division.
        score: clip(5 + 5z/3, 0, 10); None below the coverage rule.
        lower, upper: interval of the score, None where the table has no margins.
        present, total: slots with and slots in the domain.
        coverage: present weight / total weight.
        reason: why there is no score: "coverage", "reference" or "".
        gemeente_z: the gemeente's own domain z, or None.
        robustness: word of the sensitivity analysis, "" where it was not run.
    """

    domain: Domain
    z: float | None
    z_raw: float | None
    score: float | None
    lower: float | None
    upper: float | None
    present: int
    total: int
    coverage: float
    slots: tuple[SlotScore, ...]
    against_country: Verdict
    against_gemeente: Verdict | None
    reference: ReferenceStats | None
    gemeente_z: float | None = None
    reason: str = ""
    robustness: str = ""


@dataclass(frozen=True, slots=True)
class FrameworkResult:
    """All domains of one framework, in their fixed order."""

    framework: Framework
    period: str
    domains: tuple[DomainScore, ...]

    def domain(self, domain_id: str) -> DomainScore:
        """Return the domain's score; KeyError when the framework has no such domain."""
        for score in self.domains:
            if score.domain.id == domain_id:
                return score
        raise KeyError(domain_id)


@dataclass(frozen=True, slots=True)
class Highlights:
    """What page 1 may say, by the selection rules of the method.

    Attributes:
        strengths, concerns: topic ids, at most three each.
        strengths_case: "clear" (gunstiger), "favourable_side", "most_adults", "mixed" or "none".
        concerns_case: "clear", "slight", "mixed" or "none".
        notable: topic ids that stand out against the comparator, one per slot.
    """

    strengths: tuple[str, ...]
    strengths_case: str
    concerns: tuple[str, ...]
    concerns_case: str
    notable_up: tuple[str, ...] = ()
    notable_down: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """Polygons in metres (EPSG:28992): rings of (x, y), outer ring first, per polygon."""

    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area on a map.

    Attributes:
        own: part of the profile's area.
        contains_own: it is not the area itself but holds a part whose outline is not at hand,
            and is drawn hatched.
        value: of the choropleth, None without.
        group: quintile 1–5 of the reference, None without.
    """

    code: str
    name: str
    outline: Outline
    own: bool = False
    contains_own: bool = False
    value: float | None = None
    group: int | None = None
    status: Status = Status.OK


@dataclass(frozen=True, slots=True)
class AreaMap:
    """The wijken of the gemeente or gemeenten around the area, and their outer outlines."""

    wijken: tuple[MapArea, ...]
    gemeenten: tuple[MapArea, ...]
    choropleth: str = ""
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything a document may know about one area.

    Attributes:
        topics: by indicator id, every configured indicator (also those without a figure).
        frameworks: by framework id.
        country: the country to compare with.
        reference_partial: reference numbers come from a table, because the project does not
            carry all reference areas itself.
        input_hash: short hash over everything that reaches this area's documents.
    """

    area: OwnArea
    country: Area
    topics: Mapping[str, Topic]
    frameworks: Mapping[str, FrameworkResult]
    highlights: Highlights
    map: AreaMap | None
    people: AreaProfile
    sources: tuple[Source, ...]
    boundary_source: Source | None
    edition: EditionMark
    contact: Contact
    partners: tuple[str, ...]
    funding: str
    reference_partial: bool
    findings: tuple[Finding, ...] = ()
    input_hash: str = ""
