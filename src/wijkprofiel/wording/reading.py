"""How hard a text is to read, as an indication: Flesch's formula, lengths and words to avoid.

* English: ``206.835 − 1.015 · words per sentence − 84.6 · syllables per word`` (R. Flesch, A new
  readability yardstick, Journal of Applied Psychology 32, 1948, 221-233; printed with the
  syllables per hundred words, and 0.846).
* Dutch: ``206.835 − 0.93 · words per sentence − 77 · syllables per word``, Flesch fitted to Dutch
  by W.H. Douma (De leesbaarheid van landbouwbladen, Wageningen 1960; printed as
  206.84 − 0.93 zl − 0.77 wl, with wl the syllables per hundred words).

Which of them a language is measured with stands in its ``configs/wording``. No formula measures
whether somebody understands a text: read it with residents too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

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
GROUPS = re.compile(r"[aeiouyéèêëïöü]+")
"""Vowels of English that are mostly heard as one."""
TWICE = re.compile(
    r"(?<![cstgx])i[ao](?!n\b)|(?<=c)iat|(?<=[dln])ian\b|ier\b|ious\b(?<![ctgx]ious)"
    r"|(?<![ct])ien[ct]|(?<=sc)ience|iet(?=y|\b)|e[ao](?=s?\b|tr)(?<![spt]ea)|eum\b|oem"
    r"|(?<!q)ual|ui(?=et|n\b|d\b)|[yue]ing"
)
"""Vowels of English beside each other that are heard as two: media, science, quiet, area, being."""
SILENT = re.compile(
    r"(?<![aeiouy])(?:(?<![^aeiouy]l)(?<![td]r)(?:e|(?<![sxzcgh])es)|(?<![td])ed)$"
    r"|(?<=[aeio]g)ues?$"
    r"|(?<=[^aeiouy])e(?=(?:ly|liness|less|ness|ment|ful|ty|thing|times?|fore)$)"
)
"""An e of English that is not heard: make, lived, closely; in table, houses and wanted it is."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A reading ease fitted to a language: about 0 (very difficult) to 100 (very easy).

    Attributes:
        name: as it is told.
        language: of the texts, and of the hyphenation.
        sentence, word: weight of the words per sentence and of the syllables per word.
        levels: from this score on, its author says that a text reads like this.
        plain: least score of plain language, our mark for B1.
    """

    name: str
    language: str
    sentence: float
    word: float
    levels: tuple[tuple[float, str], ...]
    plain: float = 60.0

    def score(self, words: int, sentences: int, syllables: int) -> float:
        """Return the reading ease of a text with these counts.

        Example:
            >>> round(FLESCH.score(words=13, sentences=1, syllables=24), 1)
            37.5
        """
        return 206.835 - self.sentence * words / sentences - self.word * syllables / words

    def level(self, score: float) -> str:
        """Return how its author calls that score; a border belongs to the easier word."""
        return next(name for least, name in self.levels if score >= least)


_EASY = ((90.0, "very easy"), (80.0, "easy"), (70.0, "fairly easy"))
_HARDEST = ((30.0, "difficult"), (float("-inf"), "very difficult"))

FLESCH = Formula(
    "Flesch", "en_GB", 1.015, 84.6,
    (*_EASY, (60.0, "standard"), (50.0, "fairly difficult"), *_HARDEST),
)  # fmt: skip
"""English; from 60 on Flesch calls a text standard: plain English."""
DOUMA = Formula(
    "Flesch-Douma", "nl_NL", 0.93, 77.0,
    (*_EASY, (60.0, "normal"), (45.0, "fairly difficult"), *_HARDEST),
)  # fmt: skip
"""Dutch; from 60 on Douma calls a text normal: the last years of primary school."""
FORMULAS = {"flesch": FLESCH, "flesch-douma": DOUMA}
"""By the name that ``reading.formula`` in ``configs/wording`` gives."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted in a text.

    Attributes:
        sentences, words, syllables: how many.
        longest: words in the longest sentence.
        formula: what it is judged by.
    """

    sentences: int
    words: int
    syllables: int
    longest: int
    formula: Formula = field(default=DOUMA, repr=False)

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
        """The reading ease, higher is easier; None for a text without sentences."""
        if not self.sentences:
            return None
        return self.formula.score(self.words, self.sentences, self.syllables)

    @property
    def level(self) -> str:
        """How the formula's author calls that score, "" without one."""
        return "" if self.score is None else self.formula.level(self.score)

    @property
    def plain(self) -> bool:
        """Whether it reads as plain language, by the score and by the length of its sentences."""
        easy = self.score is not None and self.score >= self.formula.plain
        return easy and self.sentence_length <= LONG_SENTENCE


def measure(texts: Iterable[str], formula: Formula = DOUMA) -> Reading:
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
                heard += sum(syllables(word, formula) for word in words)
    return Reading(len(lengths), sum(lengths), heard, max(lengths, default=0), formula)


def syllables(word: str, formula: Formula = DOUMA) -> int:
    """Return the number of syllables of a word in the language of ``formula``.

    Hyphenation finds the syllables between which a line may break (mu-se-um), and the vowels find
    those of one letter, where it may not (o-ver): the larger number of the two. Letters without
    a vowel are spelled: GGD.

    Example:
        >>> [syllables(word) for word in ("over", "museum", "wijkdialoog", "GGD", "zo’n")]
        [2, 3, 4, 3, 1]
        >>> [syllables(word, FLESCH) for word in ("over", "museum", "lived", "table", "don’t")]
        [2, 3, 1, 2, 1]
    """
    plain = word.lower()
    parts = re.split(r"[’'-]", plain)
    english = formula is FLESCH
    vowels = sum(map(_english, parts)) if english else len(VOWELS.findall(plain))
    if not vowels:
        return len(plain) if word.isupper() else 1
    hyphens = _hyphens(formula.language)
    broken = sum(len(hyphens.positions(part)) for part in parts) + len(parts)
    return max(vowels, broken) if len(parts) == 1 else vowels


def _english(part: str) -> int:
    """Vowels of English that are heard: groups, two where they part, without silent endings."""
    heard = len(GROUPS.findall(part)) + len(TWICE.findall(part))
    return max(heard - len(SILENT.findall(part)), min(heard, 1))


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
def _hyphens(language: str) -> Any:
    import pyphen  # type: ignore[import-untyped]  # it ships no types

    return pyphen.Pyphen(lang=language)
