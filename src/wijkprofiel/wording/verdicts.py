"""The word, the sign and the sentence of a verdict (method.md §3)."""

from __future__ import annotations

from wijkprofiel.model import Outcome, Verdict
from wijkprofiel.wording.words import Words

SIGNS: dict[Outcome, str] = {
    Outcome.FAVOURABLE: "g",
    Outcome.SIMILAR: "v",
    Outcome.UNFAVOURABLE: "o",
    Outcome.UNCERTAIN: "n",
    Outcome.HIGHER: "c",
    Outcome.LOWER: "c",
    Outcome.NEUTRAL_SIMILAR: "c",
    Outcome.NONE: "x",
}
"""Letter of the class that draws the sign: the stylesheet has one shape for each."""

_GRADED = (Outcome.FAVOURABLE, Outcome.UNFAVOURABLE, Outcome.HIGHER, Outcome.LOWER)


def word(verdict: Verdict | None, words: Words) -> str:
    """Return the verdict in words ("iets ongunstiger"); without a verdict "geen gegevens"."""
    if verdict is None:
        return words("verdict.none")
    if verdict.outcome in _GRADED:
        strength = min(max(verdict.strength, 1), 3)
        return words(f"verdict.{verdict.outcome.value}.{strength}")
    return words(f"verdict.{verdict.outcome.value}")


def plain(outcome: Outcome, words: Words) -> str:
    """Return the word of an outcome without its degree: "ongunstiger", for iets and veel too."""
    return words(f"verdict.{outcome.value}.2" if outcome in _GRADED else f"verdict.{outcome.value}")


def sign(verdict: Verdict | None) -> str:
    """Return the letter of the verdict's sign: g v o n c x."""
    return SIGNS[verdict.outcome] if verdict else "x"


def against(verdict: Verdict | None, place: str, words: Words) -> str:
    """Return the verdict with its place: "iets ongunstiger dan de gemeente"."""
    outcome = verdict.outcome if verdict else Outcome.NONE
    return words(f"against.{outcome.value}", word=word(verdict, words), place=place)


def is_known(verdict: Verdict | None) -> bool:
    """Return whether the verdict says something (so not "geen gegevens")."""
    return verdict is not None and verdict.outcome is not Outcome.NONE
