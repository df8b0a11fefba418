"""How many topics read what: the sentence over everything, held against all their verdicts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wijkprofiel.build.agreement import look
from wijkprofiel.build.agreement.facts import COUNTRY, GEMEENTE
from wijkprofiel.build.agreement.look import Look
from wijkprofiel.config import Config
from wijkprofiel.model import Outcome, Profile, Status, Topic
from wijkprofiel.wording import Words, names_of
from wijkprofiel.wording.verdicts import plain

COUNTED = (Outcome.FAVOURABLE, Outcome.SIMILAR, Outcome.UNFAVOURABLE, Outcome.UNCERTAIN)
ALL, ALONE = "all", "alone"
"""Cases of the sentence that has one verdict and no number before it."""
_FACT = re.compile(r"\{(\w+)\}")
Found = tuple[str, str, int]
"""Place, word and number."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The sentence over everything, and what it should say.

    Attributes:
        sentences: one pattern per way to say it, with groups ``total``, ``counts`` and ``place``.
        item: a number and a verdict: groups ``count`` and ``word``.
        words: any verdict, without its degree.
        places: what a place is called → whose verdicts are counted.
        expected: place and word → how many topics have it.
    """

    sentences: tuple[re.Pattern[str], ...]
    item: re.Pattern[str]
    words: re.Pattern[str]
    places: Mapping[str, str]
    expected: Mapping[tuple[str, str], int]

    def looks(self, text: str, where: str) -> Iterator[Look]:
        """Yield every count in a text that holds such a sentence; nothing where it holds none.

        What has a verdict but is not counted is wrong too: the numbers must add up to the total.
        """
        for sentence in self.sentences:
            for found in sentence.finditer(text):
                yield from self._sentence(found.groupdict(), where)

    def _sentence(self, given: Mapping[str, str | None], where: str) -> Iterator[Look]:
        counts, total = given["counts"] or "", given.get("total")
        named = (name for name in self.places if name in (given.get("place") or counts))
        place = self.places[next(named)]
        told = {m["word"]: m["count"] for m in self.item.finditer(counts)}
        alone = self.words.search(counts)
        if not told and alone is not None:
            told = {alone.group(): total or "1"}
        known = {word: n for (whose, word), n in self.expected.items() if whose == place}
        for word in dict.fromkeys((*told, *known)):
            pair = (word, told.get(word, ""))
            yield look.tallied(where, place, pair, str(known.get(word, "")))
        if total is not None:
            yield look.tallied(where, place, ("", total), str(sum(known.values())))


def counts(profile: Profile, config: Config, words: Words) -> Counts:
    """Return the sentence over everything of one profile, out of the words it is written with."""
    names = names_of(profile, words)
    told = "|".join(re.escape(plain(outcome, words)) for outcome in COUNTED)
    places = {names.country: COUNTRY, words("place.gemeente"): GEMEENTE}
    texts = {(text, dict(case)["number"]) for (kind, case), text in words.say.table.items()
             if kind == "overall"}  # fmt: skip
    item = _filled(
        words.texts["overall.count"], count=r"(?P<count>\d+)", verdict=f"(?P<word>{told})"
    )
    return Counts(
        sentences=tuple(re.compile(_sentence(*way, told, places)) for way in sorted(texts)),
        item=re.compile(rf"(?<!\d){item}(?!\w)"),
        words=re.compile(rf"(?<!\w)(?:{told})(?!\w)"),
        places=places,
        expected=_expected(profile, config, words),
    )


def _sentence(text: str, number: str, told: str, places: Mapping[str, str]) -> str:
    """One way to say it as a pattern; a list of counts has a number before each verdict."""
    place = "|".join(map(re.escape, places))
    many = r"\d[^.]*?" if number not in (ALL, ALONE) else rf"(?:{told})[^.]*?(?:{place})"
    return _filled(text, total=r"(?P<total>\d+)", counts=f"(?P<counts>{many})",
                   place=f"(?P<place>{place})")  # fmt: skip


def _filled(template: str, **groups: str) -> str:
    parts = _FACT.split(template)
    texts = map(re.escape, parts[::2])
    facts = [groups[name] for name in parts[1::2]] + [""]
    return "".join(text + fact for text, fact in zip(texts, facts, strict=True))


def _expected(profile: Profile, config: Config, words: Words) -> dict[tuple[str, str], int]:
    """Per place and word how many topics that the themes are scored on have it."""
    themes = next((spec.themes for spec in config.documents.values() if spec.themes), "")
    result = profile.frameworks.get(themes)
    ids = {
        part.id
        for score in (result.domains if result is not None else ())
        for slot in score.domain.slots
        for part in slot.indicators
    }
    topics = [t for name, t in profile.topics.items() if name in ids and _counts(t)]
    verdicts = [(GEMEENTE, topic.against_gemeente) for topic in topics]
    verdicts += [(COUNTRY, topic.against_country) for topic in topics]
    return dict(
        Counter(
            (place, plain(verdict.outcome, words))
            for place, verdict in verdicts
            if verdict is not None and verdict.outcome in COUNTED
        )
    )


def _counts(topic: Topic) -> bool:
    known = topic.figure.status is Status.OK and topic.indicator.sensitive is None
    return known and topic.direction != "neutral"
