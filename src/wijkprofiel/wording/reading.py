"""How hard a Dutch text is to read, as an indication: Flesch-Douma, lengths and words to avoid.

``score = 206.835 − 0.93 · words per sentence − 77 · syllables per word``: the Flesch formula
fitted to Dutch by W.H. Douma (De leesbaarheid van landbouwbladen, Wageningen 1960; printed as
206.84 − 0.93 zl − 0.77 wl, with wl the syllables per hundred words). No formula measures whether
somebody understands a text: read it with residents too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

LANGUAGE = "nl"
"""Language that the formula and the syllables are of."""

LEVELS: tuple[tuple[float, str], ...] = (
    (90, "very easy"),
    (80, "easy"),
    (70, "fairly easy"),
    (60, "normal"),
    (45, "fairly difficult"),
    (30, "difficult"),
    (float("-inf"), "very difficult"),
)
"""Douma's own table: from this score on, the text reads like this."""
PLAIN = 60.0
"""From here on Douma calls a text normal: the last years of primary school, our mark for B1."""
LONG_SENTENCE = 15.0
"""Words per sentence, on average, above which a text is hard to read for many (house: twelve)."""

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
"""Letters, with an apostrophe or a hyphen inside; numbers are no words."""
SENTENCE = re.compile(r"[.!?…:]+[”’\"')]*(?:\s+|$)")
TERMINAL = re.compile(r"[.!?…][”’\"')]*$")
VOWELS = re.compile(
    r"aai|eeu|ieu|oei|ooi|aa|ee|ie|oo|uu|oe|eu|ou|au|ui|ei|ij|ai|oi"
    r"|[aeiouyáéíóúàèìòùâêîôûäëïöü]"
)
"""Vowels of Dutch that are heard as one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted in a text.

    Attributes:
        sentences, words, syllables: how many.
        longest: words in the longest sentence.
    """

    sentences: int
    words: int
    syllables: int
    longest: int

    @property
    def sentence_length(self) -> float:
        """Words per sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def word_length(self) -> float:
        """Syllables per word."""
        return self.syllables / self.words if self.words else 0.0

    @property
    def score(self) -> float | None:
        """Flesch-Douma, higher is easier; None for a text without sentences."""
        if not self.sentences:
            return None
        return flesch_douma(self.words, self.sentences, self.syllables)

    @property
    def level(self) -> str:
        """How Douma calls that score, "" without one."""
        return "" if self.score is None else level(self.score)


def flesch_douma(words: int, sentences: int, syllables: int) -> float:
    """Return the reading ease of a Dutch text: about 0 (very difficult) to 100 (very easy).

    Example:
        >>> round(flesch_douma(words=7, sentences=1, syllables=12), 1)
        68.3
    """
    return 206.835 - 0.93 * words / sentences - 77 * syllables / words


def level(score: float) -> str:
    """Return how Douma calls a score; a border belongs to the easier word."""
    return next(name for least, name in LEVELS if score >= least)


def measure(texts: Iterable[str]) -> Reading:
    """Return the counts of running text; a text without a final full stop is a label, left out.

    A sentence ends at a full stop, a question or exclamation mark, or a colon.

    Example:
        >>> measure(["Een stukje tekst om scores te berekenen."])
        Reading(sentences=1, words=7, syllables=12, longest=7)
        >>> measure(["Wanneer", "datum volgt"]).score is None
        True
    """
    lengths, heard = [], 0
    for text in texts:
        if not TERMINAL.search(text.strip()):
            continue
        for sentence in SENTENCE.split(text):
            words = WORD.findall(sentence)
            if words:
                lengths.append(len(words))
                heard += sum(map(syllables, words))
    return Reading(len(lengths), sum(lengths), heard, max(lengths, default=0))


def syllables(word: str) -> int:
    """Return the number of syllables of a Dutch word.

    Hyphenation finds the syllables between which a line may break (mu-se-um), and the vowels find
    those of one letter, where it may not (o-ver): the larger number of the two. Letters without
    a vowel are spelled: GGD.

    Example:
        >>> [syllables(word) for word in ("over", "museum", "wijkdialoog", "GGD", "zo’n")]
        [2, 3, 4, 3, 1]
    """
    plain = word.lower()
    vowels = len(VOWELS.findall(plain))
    if not vowels:
        return len(plain) if word.isupper() else 1
    parts = re.split(r"[’'-]", plain)
    broken = sum(len(_hyphens().positions(part)) for part in parts) + len(parts)
    return max(vowels, broken) if len(parts) == 1 else vowels


def avoided(text: str, avoid: str) -> Iterator[str]:
    """Yield the words of ``text`` that stand on a list, as they are written, each once.

    Args:
        text: any text.
        avoid: words with commas between; a ``*`` at the end stands for any ending.

    Example:
        >>> list(avoided("De doelgroepen en het doel.", "doelgroep*, prevalentie"))
        ['doelgroepen']
    """
    for word in dict.fromkeys(WORD.findall(text)):
        if _avoiding(avoid).fullmatch(word):
            yield word


@cache
def _avoiding(avoid: str) -> re.Pattern[str]:
    words = [word.strip() for word in avoid.split(",") if word.strip()]
    patterns = [re.escape(w.removesuffix("*")) + r"[\w-]*" * w.endswith("*") for w in words]
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)


@cache
def _hyphens() -> Any:
    import pyphen  # type: ignore[import-untyped]  # it ships no types

    return pyphen.Pyphen(lang="nl_NL")
