"""What the program makes of one area: topics, scores, map, and the Profile that holds them.

One :class:`Profile` per area holds everything that a document may know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wijkprofiel.model.computed import (
    Area,
    Figure,
    Finding,
    OwnArea,
    ReferenceStats,
    Source,
    Status,
    Verdict,
)
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
    """A slot of a domain.

    Attributes:
        z: mean z of its present indicators, divided by its own SD over the reference; for
            print, the domain is made of undivided slots. None without figures or reference.
        z_raw: the mean before that division.
        present, missing: ids of its indicators with and without a z.
    """

    slot: Slot
    z: float | None
    present: tuple[str, ...]
    missing: tuple[str, ...]
    z_raw: float | None = None


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
        strengths_case: "clear" (gunstiger), "slight" (iets gunstiger), "favourable_side",
            "most_adults", "mixed" or "none".
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
