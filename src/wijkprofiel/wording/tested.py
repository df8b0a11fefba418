"""What was tested, with whom it was compared, and what chance alone would give (method.md §3)."""

from __future__ import annotations

from collections.abc import Iterable

from wijkprofiel.model import Profile, Source, Topic, Verdict
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.wording.numbers import decimal
from wijkprofiel.wording.words import Names, Words


def margins_note(profile: Profile, words: Words, *, narrow: bool = False) -> str:
    """Return whether the verdicts are tested or indicative; of some tables, which are which.

    Args:
        profile: its verdicts say what they rest on; without a verdict, its tables do.
        words: the words.
        narrow: where there is room for one line only, tables are not named.
    """
    tested = _tables(profile, "test")
    indicative = [source for source in _tables(profile, "band") if source not in tested]
    if not tested and not indicative:
        tested = [source for source in profile.sources if source.margins]
        indicative = [source for source in profile.sources if not source.margins]
    tables = "some" if tested and indicative else "all" if tested else "none"
    facts = {"tables": tables, "room": "narrow" if narrow else "wide"}
    return words.say(
        "margins", facts, tested=_named(tested, words), indicative=_named(indicative, words)
    )


def chance_note(profile: Profile, words: Words) -> str:
    """Return how many differences chance alone would give, "" where nothing was tested."""
    tests = profile.tests
    if tests is None or not tests.tested:
        return ""
    language = words("language")
    by_chance = int(half_up(tests.by_chance, 0))
    told = [
        words.say(
            "chance",
            {"expected": _count(by_chance)},
            tested=decimal(tests.tested, 0, language),
            by_chance=decimal(by_chance, 0, language),
        ),
        words.say(
            "withdrawn",
            {"count": _count(tests.withdrawn)},
            number=decimal(tests.withdrawn, 0, language),
        ),
    ]
    return " ".join(sentence for sentence in told if sentence)


def rest_note(profile: Profile, names: Names, words: Words) -> str:
    """Return that the comparator is the rest of the gemeente, and why; "" where it is not."""
    told = []
    pairs = (("gemeente", names.gemeente), ("country", names.country))
    for of, place in pairs:
        if place and any(verdict.rest for verdict in _verdicts(profile.topics.values(), of)):
            told.append(words.say("rest", {"of": of}, place=place, kind=names.the))
    return " ".join(told)


def people(profile: Profile) -> int | None:
    """Return the inhabitants of the area, None where CBS does not tell them for every part."""
    known = [part.population for part in profile.area.parts]
    return None if None in known else sum(number or 0 for number in known)


def few_note(profile: Profile, least: int, words: Words) -> str:
    """Return the caution for an area with fewer than ``least`` inhabitants, "" for others."""
    number = people(profile)
    if number is None or not 0 < number < least:
        return ""
    shown = int(half_up(number / 5, 0)) * 5
    return words("note.few_people", number=decimal(shown, 0, words("language")),
                 name=profile.area.name)  # fmt: skip


def _verdicts(topics: Iterable[Topic], of: str) -> list[Verdict]:
    every = [t.against_gemeente if of == "gemeente" else t.against_country for t in topics]
    return [verdict for verdict in every if verdict is not None]


def _tables(profile: Profile, basis: str) -> list[Source]:
    """The tables of the judged figures with a verdict on this basis, in the configs' order."""
    ids = {
        topic.figure.source
        for topic in profile.topics.values()
        if topic.direction != "neutral"
        for verdict in (topic.against_gemeente, topic.against_country)
        if verdict is not None and verdict.basis == basis
    }
    return [source for source in profile.sources if source.id in ids]


def _named(sources: list[Source], words: Words) -> str:
    """Producers, or titles where two tables have one producer."""
    producers = [source.producer for source in sources]
    alike = len(set(producers)) < len(producers)
    return words.enumerate([s.title if alike else s.producer for s in sources])


def _count(number: int) -> str:
    return "none" if number == 0 else "one" if number == 1 else "more"
