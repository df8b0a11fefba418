"""Sentences that follow from verdicts: which kinds there are, and the rules that word them.

The words themselves stand in ``configs/wording/<language>-rules.yaml``: when these facts hold,
say this, with an example that is tried every time the config is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

from pydantic import Field

from wijkprofiel.model.declared import Declared, Text

When = Mapping[str, str]
"""A value for each fact that decides about a kind of sentence."""


class Example(Declared):
    """Facts, and the exact sentence that the rule makes of them."""

    given: dict[str, str] = Field(
        default_factory=dict,
        description="What is filled in and, for a fact of which the rule allows several values, "
        "the value that is tried.",
    )
    says: str = Field(description="The sentence, to the letter; empty where nothing is said.")


class SentenceRule(Declared):
    """When these facts hold, say this."""

    when: dict[str, Text | tuple[Text, ...]] = Field(
        default_factory=dict,
        description="Fact and the value, or list of values, that it must have; a fact that is "
        "left out may have any.",
    )
    say: str = Field(description="The sentence, with {names} to fill in; empty says nothing.")
    examples: tuple[Example, ...] = Field(
        min_length=1, description="At least one: a rule that nobody tried is not used."
    )

    def holds(self, when: When) -> bool:
        """Return whether the rule is about these facts."""
        return all(value in self.values(fact) for fact, value in when.items() if fact in self.when)

    def values(self, fact: str) -> tuple[str, ...]:
        """Return the values that the rule asks of one of its facts."""
        asked = self.when[fact]
        return (asked,) if isinstance(asked, str) else asked


class SentenceRules(Declared):
    """``configs/wording/<language>-rules.yaml``."""

    sentences: dict[str, tuple[SentenceRule, ...]] = Field(
        description="Kind of sentence and its rules; their order does not matter."
    )


@dataclass(frozen=True, slots=True)
class SentenceKind:
    """A kind of sentence.

    Attributes:
        facts: what decides which rule speaks, each with its possible values.
        fills: what a sentence may fill in.
    """

    facts: Mapping[str, tuple[str, ...]]
    fills: tuple[str, ...] = ()

    def cases(self) -> Iterator[dict[str, str]]:
        """Yield every combination of values: exactly one rule must be about each."""
        for values in product(*self.facts.values()):
            yield dict(zip(self.facts, values, strict=True))


_BASES = ("band", "test")
_NUMBER = ("none", "one", "more")

SENTENCES: Mapping[str, SentenceKind] = MappingProxyType(
    {
        "claim": SentenceKind(
            {"basis": _BASES, "places": ("one", "two")}, ("verdict", "first", "second")
        ),
        "unsure": SentenceKind({"why": ("margin", "chance")}, ("place",)),
        "case": SentenceKind(
            {
                "list": ("strengths", "concerns"),
                "case": (
                    "clear", "slight", "favourable_side", "most_adults", "mixed", "none",
                    "no_figures",
                ),
                "basis": _BASES,
                "number": ("one", "more"),
            },
            ("place",),
        ),
        "overall": SentenceKind(
            {
                "basis": _BASES,
                "number": ("one", "more", "all", "alone"),
                "spot": ("first", "next"),
            },
            ("total", "counts", "place"),
        ),
        "score": SentenceKind(
            {
                "basis": _BASES,
                "robustness": ("steady", "fair", "sensitive", "unknown"),
                "outcome": ("favourable", "similar", "unfavourable", "uncertain"),
            },
            ("verdict", "place"),
        ),
        "robustness": SentenceKind(
            {"word": ("steady", "fair", "sensitive"), "flips": ("named", "unnamed")}, ("slot",)
        ),
        "interval": SentenceKind(
            {"interval": ("complete", "incomplete", "none")}, ("lower", "upper")
        ),
        "trend": SentenceKind(
            {
                "basis": ("test", "described"),
                "change": ("rise", "fall", "same", "unclear"),
            },
            ("first", "last", "unit", "start", "end"),
        ),
        "placing": SentenceKind(
            {"basis": ("test", "described", "model"), "change": ("rise", "fall")}, ("gemeente",)
        ),
        "chance": SentenceKind({"expected": _NUMBER}, ("tested", "by_chance")),
        "withdrawn": SentenceKind({"count": _NUMBER}, ("number",)),
        "rest": SentenceKind({"of": ("gemeente", "country")}, ("place", "kind")),
        "margins": SentenceKind(
            {"tables": ("none", "some", "all"), "room": ("wide", "narrow")},
            ("tested", "indicative"),
        ),
    }
)  # fmt: skip
"""Every kind of sentence that has rules, by its key in the rules file."""
