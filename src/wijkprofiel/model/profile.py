"""What the program makes of one area: topics, scores, map, and the Profile that holds them.

One :class:`Profile` per area holds everything that a document may know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from wijkprofiel.model.computed import (
    Area,
    Figure,
    Finding,
    OwnArea,
    ReferenceStats,
    Source,
    Verdict,
)
from wijkprofiel.model.declared import Direction, Indicator
from wijkprofiel.model.frameworks import Domain, Framework, Slot
from wijkprofiel.model.images import Partner
from wijkprofiel.model.maps import AreaMap
from wijkprofiel.model.people import AreaProfile
from wijkprofiel.model.project import Contact, EditionMark
from wijkprofiel.model.standing import GoalStanding


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of a trend: the area and the country."""

    period: str
    area: Figure
    country: Figure | None


@dataclass(frozen=True, slots=True)
class Change:
    """What happened between the first and the last comparable period (docs/method.md §4).

    Attributes:
        first, last: the periods.
        difference: last − first, in the indicator's unit.
        tested: whether the trend rule could be applied, so that ``outcome`` is a tested claim.
        outcome: of the test "rise", "fall" or "unclear"; where it is only described, by the
            printed figures "rise", "fall" or "same".
        statistic: chi-square of the slope, or z of the difference; None where not tested.
        method: "slope", "two-periods" or "described".
    """

    first: str
    last: str
    difference: float
    tested: bool
    outcome: Literal["rise", "fall", "same", "unclear"]
    statistic: float | None = None
    method: Literal["slope", "two-periods", "described"] = "described"


@dataclass(frozen=True, slots=True)
class Placing:
    """The area's change as the strongest among the wijken of its gemeente.

    Attributes:
        outcome: strongest "rise" or "fall".
        among: number of wijken with a comparable change, the area included.
        tested: every pair with another wijk was tested; else it is a description.
        model_figures: the figures come from a model, and the sentence must say so.
    """

    outcome: Literal["rise", "fall"]
    among: int
    tested: bool
    model_figures: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """Comparable periods of one indicator, oldest first; described unless ``tested``."""

    indicator: str
    points: tuple[TrendPoint, ...]
    tested: bool = False
    change: Change | None = None
    placing: Placing | None = None


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Ranks that the area may have among the wijken of its gemeente, 1 = most favourable.

    Attributes:
        best, worst: 1 + the number of wijken that are surely better; n − those surely worse.
        among: number of wijken with a figure and margins.
    """

    best: int
    worst: int
    among: int


@dataclass(frozen=True, slots=True)
class Topic:
    """An indicator as this area shows it: figure, comparators, verdicts, trend.

    Attributes:
        gemeente: the gemeente's figure; None where there is no gemeente to compare with.
        against_gemeente, against_country: verdicts; None where there is no such comparator.
        z: against the country, unclipped, + is favourable (neutral: + is higher).
        z_gemeente: the gemeente's own z against the country, for the ring in the spine.
        group: fifth of the reference areas that the figure falls in, 1 (lowest values) to 5;
            None with fewer than five reference areas. Groups, never ranks.
        ranks: only where the table has margins.
        similar, against_similar: mean of the similar wijken and the verdict against it; None
            where the project asks for none, or has not enough of them.
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
    group: int | None = None
    ranks: RankInterval | None = None
    similar: Figure | None = None
    against_similar: Verdict | None = None

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
        se: standard error of ``z`` when the errors of its indicators go together (the bound that
            is printed); None where an indicator has no margin.
        se_independent: the same for errors that have nothing to do with each other.
    """

    slot: Slot
    z: float | None
    present: tuple[str, ...]
    missing: tuple[str, ...]
    z_raw: float | None = None
    se: float | None = None
    se_independent: float | None = None


@dataclass(frozen=True, slots=True)
class DomainScore:
    """A domain's score and verdicts.

    Attributes:
        z: divided by its own SD over the reference, unclipped; None below the coverage rule.
        z_raw: the weighted mean of the slots before that division.
        score: clip(5 + 5z/3, 0, 10); None below the coverage rule.
        lower, upper: 95 % interval of the score, by the conservative bound (errors that go
            together fully); None unless ``interval`` is "complete".
        present, total: slots with and slots in the domain.
        coverage: present weight / total weight.
        reason: why there is no score: "coverage", "reference" or "".
        gemeente_z: the gemeente's own domain z, or None.
        interval: "complete" (every present slot has margins), "incomplete" (some have) or "none".
        se: standard error of ``z``, conservative; None unless complete.
        se_independent: the same for independent errors; never larger than ``se``.

    Robustness stands with each of the two verdicts.
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
    interval: Literal["complete", "incomplete", "none"] = "none"
    se: float | None = None
    se_independent: float | None = None


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
class Comparisons:
    """How many differences of a profile were tested, and what chance alone would give.

    Attributes:
        tested: differences with a p-value, over all indicators and comparators.
        by_chance: of them would look different by chance alone (tested · 0.05).
        different: that remain different after the false discovery rate.
        withdrawn: that looked different, and no longer do.
        rate: the false discovery rate that was accepted.
    """

    tested: int
    by_chance: float
    different: int
    withdrawn: int
    rate: float


@dataclass(frozen=True, slots=True)
class Highlights:
    """What page 1 may say, by the selection rules of the method.

    Attributes:
        strengths, concerns: topic ids, at most three each.
        strengths_case: "clear" (gunstiger), "slight" (iets gunstiger), "favourable_side",
            "most_adults", "mixed" or "none".
        concerns_case: "clear", "slight", "mixed" or "none".
    """

    strengths: tuple[str, ...]
    strengths_case: str
    concerns: tuple[str, ...]
    concerns_case: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the area (a wijk or a buurt) with its own figures.

    Attributes:
        figures: by indicator id, the period that is shown; every judged indicator.
    """

    area: Area
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything a document may know about one area.

    Attributes:
        topics: by indicator id, every configured indicator (also those without a figure).
        frameworks: by framework id.
        country: the country to compare with.
        reference_partial: reference numbers come from a table, because the project does not
            carry all reference areas itself.
        tests: None where no table has margins.
        similar: codes of the similar wijken, in order of likeness.
        inputs: per part of the profile (figures, scores, map, people ...) a short hash.
        input_hash: one over them all: what the documents of this area print.
        parts: the wijken or buurten it consists of, where two or more have figures.
        goals: how each goal of ``people`` stands, in the same order.
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
    partners: tuple[Partner, ...]
    funding: str
    reference_partial: bool
    findings: tuple[Finding, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    input_hash: str = ""
    tests: Comparisons | None = None
    similar: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    goals: tuple[GoalStanding, ...] = ()
