"""A change, and why it is there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wijkprofiel.wording import Words


class Kind(StrEnum):
    """What changed; the order is that of the report."""

    VERDICT = "verdict"  # the word about a figure or score
    FIGURE = "figure"  # a topic's value, its status, period, margins or trend
    SCORE = "score"  # a domain's score, its coverage, margins or robustness
    COMPARATOR = "comparator"  # the value of the gemeente or the country
    AREA = "area"  # an area is new, gone, renamed or has other parts
    DOCUMENT = "document"  # a file is new, gone, or differs without a change of a figure


class Cause(StrEnum):
    """Why something changed; the order is that of the report."""

    UNEXPLAINED = "unexplained"
    CORRECTION = "correction"
    BOUNDARY = "boundary"
    DATA = "data"
    METHOD = "method"
    REFERENCE = "reference"
    LAYOUT = "layout"
    CHOICE = "choice"  # of what is built


@dataclass(frozen=True, slots=True)
class Because:
    """One reason for a change.

    Attributes:
        key: of its sentence in the wording, below ``changes.because``.
        facts: name and value of what the sentence asks for.
    """

    cause: Cause
    key: str
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, cause: Cause, key: str, **facts: str) -> Because:
        """Return a reason with its facts by name."""
        return cls(cause, key, tuple(facts.items()))

    def told(self, words: Words) -> str:
        """Return the reason as a sentence."""
        return words(f"changes.because.{self.key}", **dict(self.facts))


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one area, or of what areas are compared with.

    Attributes:
        area: slug in the new build, or in the old one where the area is gone; "" for a comparator.
        codes: CBS codes of its parts; of a comparator its own.
        framework, id, title: of the topic or domain; of a document its file name.
        what: key of its name in the wording, below ``changes.what``.
        old, new: as printed, "" where there is nothing.
        verdict_old, verdict_new: words, for a verdict.
        levels: the keys of those words ("unfavourable.1").
        because: at least one reason.
    """

    kind: Kind
    area: str
    name: str
    codes: tuple[str, ...]
    what: str
    old: str
    new: str
    because: tuple[Because, ...]
    framework: str = ""
    id: str = ""
    title: str = ""
    verdict_old: str = ""
    verdict_new: str = ""
    levels: tuple[str, str] = ("", "")

    @property
    def turned(self) -> bool:
        """Whether a verdict says something else, not only more or less of it."""
        before, after = (level.split(".")[0] for level in self.levels)
        return before != after

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Every cause once, in the order of the report."""
        found = {reason.cause for reason in self.because}
        return tuple(cause for cause in Cause if cause in found)

    @property
    def cause(self) -> Cause:
        """The first cause."""
        return self.causes[0]

    @property
    def order(self) -> tuple[int, int, int, str, str, str, str]:
        """Unexplained first, then what turned, then verdicts, values and the rest."""
        return (
            0 if self.cause is Cause.UNEXPLAINED else 1,
            0 if self.turned else 1,
            list(Kind).index(self.kind),
            self.name,
            self.area,
            f"{self.framework} {self.id}",
            self.what,
        )
