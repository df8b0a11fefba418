"""Areas, figures and verdicts: frozen, slotted, and free of pandas, files and network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


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


Conversion = Literal["renumbered", "composed", "buurten", "areal"]
"""How a figure of one division came to stand beside an area of another: under the area's new
number, put together by declared weights, from its buurten by inhabitants, or by surface."""

BoundaryMatch = Literal["same", "changed", "new", "gone"] | Conversion
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
        lower, upper: 95 % interval as published; of a survey or count without published margins,
            but with a known ``n``, by Wilson or Byar; else None.
        n: people it is based on, where known.
        derived: computed by wijkprofiel from parts, not published.
        weight: what the parts were weighted by ("inwoners van 15 jaar en ouder, 2024").
        coverage: share of the weight of the parts that have a value (1 when all have).
        converted: how it came from another division, "" for a figure of the area itself; of an
            area of several parts the least certain way of them.
        corrected: why the supplier's figure was replaced, "" where it was not.
        spread: lowest and highest class of the parts, for a class that they do not share.
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
    converted: Conversion | Literal[""] = ""
    corrected: str = ""
    spread: tuple[float, float] | None = None


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


class Steadiness(StrEnum):
    """How many scenarios a domain's verdict stands in."""

    STEADY = "steady"  # stevig
    FAIR = "fair"  # redelijk
    SENSITIVE = "sensitive"  # gevoelig


@dataclass(frozen=True, slots=True)
class Robustness:
    """Whether a domain's verdict stands when it is worked out in other ways (method §2).

    Attributes:
        share: of the scenarios in which the outcome is the same, 0–1.
        scenarios: how many were tried.
        flips: id of the slot that turns the verdict most often when it is left out, "" where
            no slot does.
        flips_share: share of the scenarios without that slot in which the outcome differs.
    """

    word: Steadiness
    share: float
    scenarios: int
    flips: str = ""
    flips_share: float = 0.0


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
        other: the comparator's value that it was compared with: of the rest of the comparator
            where ``rest``, else its own; None without one.
        rest: compared with the comparator without this area, because the area holds a large part
            of its people.
        se: standard error of the difference, in the unit of the value; None without margins.
        p: two-sided p-value of the difference; None for a verdict by band.
        chance: the interval excludes the comparator, but not after the false discovery rate.
        favourable: probability that the area is the more favourable one, 0–1 (neutral: the
            higher one); None without margins.
        robustness: of a domain's verdict; None for an indicator, or where it was not worked out.
    """

    outcome: Outcome
    strength: int
    basis: Literal["test", "band", ""]
    z: float | None
    comparator: str
    equal_on_paper: bool = False
    other: float | None = None
    rest: bool = False
    se: float | None = None
    p: float | None = None
    chance: bool = False
    favourable: float | None = None
    robustness: Robustness | None = None
