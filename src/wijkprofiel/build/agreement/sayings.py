"""How a document says a number or a verdict: patterns made of the words it was written with.

The patterns come out of ``configs/wording``: another language, or other words, need no change here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wijkprofiel.build.agreement.counts import Counts, counts
from wijkprofiel.build.agreement.facts import (
    COUNTRY,
    GEMEENTE,
    HERE,
    LOWER,
    NUMBER,
    PLACES,
    SIMILAR,
    UPPER,
    Subject,
)
from wijkprofiel.build.agreement.look import VERDICT
from wijkprofiel.config import Config
from wijkprofiel.model import Outcome, Profile
from wijkprofiel.wording import Words, names_of

_BETWEEN = (
    ("alt.value", "place", "value"),
    ("compare.country", "country", "value"),
    ("folder.compared.plain", "country", "value"),
    ("alt.domain_gemeente", "gemeente", "score"),
)
"""Texts in which a place and its number stand: key, place and number."""
_DIRECT = (("alt.domain", "title", "score"), ("headline.plain", "title", "value"))
_SHORT = ("compare.short", "value", "word")
_GRADED = (Outcome.FAVOURABLE, Outcome.UNFAVOURABLE, Outcome.HIGHER, Outcome.LOWER)
_FACT = re.compile(r"\{(\w+)\}")
_DIGIT = re.compile(r"\d")
_FIGURES = frozenset({"goals", "areas", "style", "kind", "documents"})
"""What a profile declares that is no text of its people."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """The patterns for one profile.

    Attributes:
        titles: any title; ``subjects`` has what it is about.
        place: what a place is called.
        named: a place, a part or a wijk on the map: the "01" of "Wijk 01" is no figure.
        placed: a place with its number: groups ``place`` and ``number``.
        direct: the number straight after a title: group ``number``.
        claim_value: the number straight after a verdict: group ``number``.
        places: what a place is called → whose number that is.
        claimed: a verdict with its place ("iets ongunstiger dan de gemeente").
        claims: such a text → the word per place.
        words: any verdict word, the longest first.
        word_after: what stands between a place's number and its verdict word.
        frequency: "49 van de 100": groups ``count`` and ``of``.
        compared: the sentence with the frequencies of gemeente and country.
        phrases: any phrase; ``phrased`` has its topic, and whether it is turned.
        scored: the sentence with the score of the theme above it: group ``score``.
        told: text that is no figure, though it holds a number.
        heads: head of a column → what stands in it.
        counts: the sentence over everything.
        by_id: a sentence about one topic → its id: group ``value``.
    """

    subjects: Mapping[str, tuple[Subject, ...]]
    titles: re.Pattern[str]
    place: re.Pattern[str]
    named: re.Pattern[str]
    placed: re.Pattern[str]
    direct: re.Pattern[str]
    claim_value: re.Pattern[str]
    places: Mapping[str, str]
    claimed: re.Pattern[str]
    claims: Mapping[str, Mapping[str, str]]
    words: re.Pattern[str]
    word_after: str
    frequency: re.Pattern[str]
    compared: re.Pattern[str]
    phrases: re.Pattern[str]
    phrased: Mapping[str, tuple[Subject, bool]]
    scored: re.Pattern[str]
    told: re.Pattern[str]
    heads: Mapping[str, str]
    counts: Counts
    by_id: tuple[tuple[re.Pattern[str], Subject], ...]

    def plain(self, text: str) -> str:
        """Return a text without what is no figure in it; a text without digits has none."""
        return self.told.sub(" ", text) if _DIGIT.search(text) else text


def sayings(profile: Profile, config: Config, words: Words, subjects: Iterable[Subject]) -> Sayings:
    """Return the patterns for the documents of one profile."""
    by_title: dict[str, tuple[Subject, ...]] = {}
    for subject in subjects:
        by_title[subject.title] = (*by_title.get(subject.title, ()), subject)
    topics = [s for found in by_title.values() for s in found if not s.domain]
    named = {name: name for t in topics for name in t.numbers if name not in PLACES}
    places = named | _places(profile, words)
    claims = dict(_claims(profile, words))
    phrased = {p: (t, turn == 1) for t in topics for turn, p in enumerate(t.phrases)}
    return Sayings(
        subjects=by_title,
        titles=_any(by_title, r"(?<![\w-])", r"(?![\w-])"),
        place=_any(places, r"(?<!\w)", r"(?!\w)"),
        named=_any((*places, *_names(profile)), r"(?<!\w)", r"(?!\w)"),
        placed=_placed(places, words),
        direct=_after(words, *_DIRECT),
        claim_value=_after(words, ("compare.with_value", "told", "value")),
        places=places,
        claimed=_any(claims, r"(?<!\w)", r"(?!\w)"),
        claims=claims,
        words=_any(verdict_words(words).values(), r"(?<!\w)", r"(?!\w)"),
        word_after=_between(_template(words, _SHORT[0]), *_SHORT[1:]),
        frequency=_frequency(words),
        compared=_compared(profile, words),
        phrases=_any(phrased, r"(?<!\w)", r"(?!\w)"),
        phrased=phrased,
        scored=_scored(profile, words),
        told=_told(profile, config, words),
        heads=_heads(profile, config, words),
        counts=counts(profile, config, words),
        by_id=tuple(_by_id(profile, words, topics)),
    )


def _any(texts: Iterable[str], before: str = "", after: str = "") -> re.Pattern[str]:
    """Return what finds any of the texts, the longest first; nothing where there are none."""
    found = sorted({" ".join(t.split()) for t in texts if t}, key=lambda t: (-len(t), t))
    inner = "|".join(map(re.escape, found)) or r"(?!)"
    return re.compile(f"{before}(?:{inner}){after}")


def _pattern(template: str, **groups: str) -> str:
    """Return a template as a pattern: facts become groups, or anything where none is given."""
    parts = _FACT.split(" ".join(template.split()))
    texts = map(re.escape, parts[::2])
    facts = [groups.get(name, r".+?") for name in parts[1::2]] + [""]
    return "".join(text + fact for text, fact in zip(texts, facts, strict=True))


def _template(words: Words, key: str) -> str:
    """Return a text with its facts open; the ConfigError of a text that is not there."""
    return words.texts[key] if words.has(key) else words(key)


def _between(template: str, first: str, second: str) -> str:
    """Return the literal text between two facts of a template."""
    return template.partition("{" + first + "}")[2].partition("{" + second + "}")[0]


def _places(profile: Profile, words: Words) -> dict[str, str]:
    names = names_of(profile, words)
    found = {names.area: HERE, words("place.gemeente"): GEMEENTE, words("place.bare"): GEMEENTE,
             names.gemeente: GEMEENTE, words("alt.similar"): SIMILAR}  # fmt: skip
    if profile.area.gemeente is None:
        found = {names.area: HERE, words("alt.similar"): SIMILAR}
    return {" ".join(name.split()): who for name, who in (found | {names.country: COUNTRY}).items()}


def _names(profile: Profile) -> Iterator[str]:
    """Names of areas, also of those that share theirs and are therefore no place."""
    yield from (part.area.name for part in profile.parts)
    yield from (area.name for area in (profile.map.valued if profile.map is not None else ()))


def _placed(places: Mapping[str, str], words: Words) -> re.Pattern[str]:
    joints = {_between(_template(words, key), place, value) for key, place, value in _BETWEEN}
    names = _any(places).pattern
    joint = _any(j for j in joints if j.strip()).pattern
    number = NUMBER.pattern
    return re.compile(rf"(?<!\w)(?P<place>{names})\s?(?:{joint})?\s?(?:€ )?(?P<number>{number})")


def _after(words: Words, *joints: tuple[str, str, str]) -> re.Pattern[str]:
    """Return what finds the number after one of these texts: key, what is before, the number."""
    between = {_between(_template(words, key), *names).strip() for key, *names in joints}
    joint = _any(between).pattern
    return re.compile(rf"\s?(?:{joint})?\s?(?:€ )?(?P<number>{NUMBER.pattern})")


def verdict_words(words: Words) -> dict[tuple[Outcome, int], str]:
    """Return the word of every verdict, by outcome and strength (0 where it has no degrees)."""
    found = {}
    for outcome in Outcome:
        graded = outcome in _GRADED
        for strength in (1, 2, 3) if graded else (0,):
            tail = f".{strength}" if graded else ""
            found[outcome, strength] = words(f"verdict.{outcome.value}{tail}")
    return found | {(Outcome.NONE, -1): words("verdict.no_score")}


def _claims(profile: Profile, words: Words) -> Iterator[tuple[str, dict[str, str]]]:
    """Every way to say a verdict with its place, and with two places at once."""
    names = names_of(profile, words)
    gemeenten = (words("place.gemeente"), names.gemeente) if names.gemeente else ()
    called: list[tuple[str, tuple[str, ...]]] = [(g, (GEMEENTE,)) for g in gemeenten]
    called += [(names.country, (COUNTRY,)), (words("alt.similar"), (SIMILAR,))]
    called += [(words.enumerate([g, names.country]), (GEMEENTE, COUNTRY)) for g in gemeenten]
    for (outcome, _), word in verdict_words(words).items():
        if outcome is Outcome.NONE:
            continue
        for place, whose in called:
            told = words(f"against.{outcome.value}", word=word, place=place)
            yield " ".join(told.split()), dict.fromkeys(whose, word)


def _frequency(words: Words) -> re.Pattern[str]:
    ways = [
        _pattern(_template(words, key), count=rf"(?P<n{of}>\d+)")
        for key, of in (("compared.tenth", 10), ("compared.hundred", 100))
    ]
    return re.compile("(?<![\\w,.])(?:" + "|".join(f"{way}(?!\\d)" for way in ways) + ")")


def _compared(profile: Profile, words: Words) -> re.Pattern[str]:
    country = re.escape(profile.country.name)
    given = {"gemeente": r"(?P<gemeente>.+?)", "land": r"(?P<land>.+?)", "country": country}
    two = _pattern(_template(words, "compared.two"), **given)
    one = _pattern(_template(words, "compared.one"), country=country, land=r"(?P<alone>.+?)")
    return re.compile(f"(?:{two}|{one})")


def _scored(profile: Profile, words: Words) -> re.Pattern[str]:
    country = re.escape(profile.country.name)
    score = rf"(?P<score>{NUMBER.pattern})"
    return re.compile(_pattern(_template(words, "domain.score"), score=score, country=country))


def _by_id(
    profile: Profile, words: Words, topics: Iterable[Subject]
) -> Iterator[tuple[re.Pattern[str], Subject]]:
    area = re.escape(names_of(profile, words).area)
    for topic in topics:
        template = words.texts.get(f"folder.who.{topic.id}", "")
        if "{value}" in template:
            value = rf"(?P<value>{NUMBER.pattern})"
            yield re.compile(_pattern(template, area=area, value=value)), topic


def _told(profile: Profile, config: Config, words: Words) -> re.Pattern[str]:
    """Return what finds texts with a number that is no figure: definitions, names, quotes."""
    texts = {text for topic in profile.topics.values() for text in _defined(topic.indicator)}
    area = profile.area
    texts |= {area.name, *(a.name for a in (*area.parts, *area.gemeenten))}
    declared = profile.people.model_dump(exclude=set(_FIGURES))
    texts |= set(_leaves(declared)) | set(_leaves([p.model_dump() for p in profile.partners]))
    texts |= {d.question for f in config.frameworks.values() for d in f.domains}
    texts |= set(_leaves([item.model_dump() for item in config.interventions]))
    told = {" ".join(t.split()).rstrip(".") for t in texts if _DIGIT.search(t)}
    months = _any(words(f"month.{number}") for number in range(1, 13)).pattern
    date = _pattern(_template(words, "date"), day=r"\d{1,2}", month=months, year=r"\d{4}")
    known = in_any_case(t for t in told if len(t) > 3)
    return re.compile(f"{known}|(?i:{date})")


def in_any_case(texts: Iterable[str]) -> str:
    """Return a pattern for any of the texts in capitals or not, the longest first.

    By their first letter: of texts that begin alike the longest still comes first, and a place
    where none of them can begin is passed by ten times as fast.
    """
    begins: dict[str, list[str]] = {}
    for text in sorted({" ".join(t.split()) for t in texts}, key=lambda t: (-len(t), t)):
        begins.setdefault(text[0].lower(), []).append(text)
    each = (f"{_letter(found[0][0])}(?i:{_tails(found)})" for found in begins.values())
    return f"(?:{'|'.join(each) or '(?!)'})"


def _tails(texts: Sequence[str]) -> str:
    return "|".join(re.escape(text[1:]) for text in texts)


def _letter(letter: str) -> str:
    both = {letter.lower(), letter.upper()}
    if any(len(one) > 1 for one in both):
        return f"(?i:{re.escape(letter)})"
    return f"[{''.join(map(re.escape, sorted(both)))}]"


def _defined(indicator: object) -> Iterator[str]:
    for name in ("definition", "brief", "population", "phrase", "phrase_not"):
        yield getattr(indicator, name) or ""


def _leaves(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _leaves(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _leaves(value)


def _heads(profile: Profile, config: Config, words: Words) -> dict[str, str]:
    names = names_of(profile, words)
    country = names.country
    found = {
        names.short: HERE,
        names.area: HERE,
        words("table.score"): HERE,
        words("table.gemeente"): GEMEENTE,
        words("table.country"): COUNTRY,
        words("table.similar"): SIMILAR,
        words("table.verdict_gemeente"): VERDICT + GEMEENTE,
        words("table.verdict_country", country=country): VERDICT + COUNTRY,
        country: COUNTRY,
        names.gemeente: GEMEENTE,
    }
    own = (("value", HERE), ("score", HERE), ("gemeente", GEMEENTE), ("country", COUNTRY),
           ("lower", LOWER), ("upper", UPPER), ("versus_gemeente", VERDICT + GEMEENTE),
           ("versus_country", VERDICT + COUNTRY))  # fmt: skip
    for spec in config.documents.values():
        texts = Words(spec.texts)
        if "value" in spec.texts:  # a document that names its columns itself
            found |= {texts(k, country=country): role for k, role in own if k in spec.texts}
    return {" ".join(head.split()): role for head, role in found.items() if head}
