"""Sentences that follow from the figures by rule: one fact each, firm only where it was tested.

What follows from a verdict is worded by ``configs/wording/<language>-rules.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wijkprofiel.areas.figures import PEOPLE
from wijkprofiel.model import (
    DomainScore,
    Figure,
    Outcome,
    Profile,
    Source,
    Status,
    Topic,
    Trend,
    Verdict,
)
from wijkprofiel.profile import telling
from wijkprofiel.wording.numbers import (
    Frequency,
    decimal,
    frequency_words,
    printed,
    score,
    shares,
)
from wijkprofiel.wording.verdicts import against, is_known
from wijkprofiel.wording.words import Names, Words


@dataclass(frozen=True, slots=True)
class Headline:
    """What a theme says first.

    Attributes:
        text: "Ongeveer 49 van de 100 volwassenen voelen zich eenzaam."
        compared: the same for gemeente and country, "" without figures.
        claim: what the verdicts say about it, "" without a verdict.
        frequency: what the people chart draws, None when the figure is no share.
        topic: what it is about, None when the theme has no figures.
    """

    text: str
    compared: str = ""
    claim: str = ""
    frequency: Frequency | None = None
    topic: Topic | None = None


def most_telling(topics: Iterable[Topic]) -> Topic | None:
    """Return the topic that tells most, whichever way it differs, against both comparators.

    In the order of :mod:`wijkprofiel.profile.telling`. Judged topics come before neutral ones, and
    those with a phrase before those without. The first wins a tie.
    """
    known = [t for t in topics if t.figure.status is Status.OK]
    able = [t for t in known if t.indicator.phrase is not None] or known
    judged = [t for t in able if t.direction != "neutral"] or able
    return max(judged, key=telling.most, default=None)


def headline(topic: Topic | None, names: Names, words: Words, *, turned: bool = False) -> Headline:
    """Return the headline about ``topic``, or the words for a theme without figures.

    Args:
        topic: what it is about.
        names: what the places are called.
        words: the words.
        turned: told the other way round where that can be said ("voelen zich niet zo gezond").
    """
    if topic is None or topic.figure.value is None:
        return Headline(words("headline.no_figures"))
    indicator = topic.indicator
    told = claim(topic, names, words)
    if indicator.unit != "percent" or indicator.phrase is None:
        value = printed(topic.figure, indicator, words).text
        return Headline(words("headline.plain", title=indicator.title, value=value),
                        claim=told, topic=topic)  # fmt: skip
    turned = turned and indicator.phrase_not is not None
    phrase = (indicator.phrase_not if turned else None) or indicator.phrase
    here, *others = shares([topic.figure, *_comparators(topic)], turned=turned)
    compared = _compared(others, topic, names, words)
    return Headline(_share(here, phrase, topic, words), compared, told, here, topic)


def claim(topic: Topic, names: Names, words: Words) -> str:
    """Return what the verdicts say: careful without margins, firm where it was tested."""
    return claims(_verdicts(topic, names, words), words)


def claims(pairs: Sequence[tuple[Verdict, str]], words: Words) -> str:
    """Return what one or two verdicts say, each with the name of whom it compares with."""
    sure = [(v, p) for v, p in pairs if v.outcome is not Outcome.UNCERTAIN]
    told = [_claim(sure, words)] if sure else []
    for why in ("margin", "chance"):
        places = [
            place
            for verdict, place in pairs
            if verdict.outcome is Outcome.UNCERTAIN and verdict.chance == (why == "chance")
        ]
        if places:
            told.append(words.say("unsure", {"why": why}, place=words.enumerate(places)))
    return " ".join(told)


def case_line(kind: str, case: str, topics: Sequence[Topic], place: str, words: Words) -> str:
    """Return the line under "Sterke punten" or "Aandachtspunten": which case of the method it is.

    Args:
        kind: "strengths" or "concerns".
        case: as in :class:`~wijkprofiel.model.Highlights`, or "no_figures".
        topics: what is listed below it; where nothing is, all that it was chosen from.
        place: whom the choice compares with, so that no line says more than was compared.
        words: the words.
    """
    bases = {(topic.against_gemeente or topic.against_country).basis for topic in topics} - {""}
    facts = {
        "list": kind,
        "case": case,
        "basis": "test" if bases == {"test"} else "band",
        "number": "one" if len(topics) == 1 else "more",
    }
    return words.say("case", facts, place=place)


def coverage_line(domain: DomainScore, words: Words) -> str:
    """Return "5 van 7 onderwerpen", or that there are too few for a score."""
    if domain.score is None and domain.reason == "coverage" and domain.present:
        key = "domain.too_few_one" if domain.present == 1 else "domain.too_few"
        return words(key, present=domain.present)
    return words("domain.coverage", present=domain.present, total=domain.total)


def score_line(domain: DomainScore, names: Names, words: Words) -> str:
    """Return the theme's score with its verdict, or that it has none and why."""
    if domain.score is None:
        return words("domain.no_score", present=domain.present, total=domain.total)
    sentences = [words("domain.score", score=score(domain.score, words), country=names.country)]
    verdict = domain.against_country
    if is_known(verdict):
        facts = {
            "basis": verdict.basis,
            "robustness": verdict.robustness.word if verdict.robustness else "unknown",
            "outcome": verdict.outcome,
        }
        told = against(verdict, names.country, words)
        sentences.append(words.say("score", facts, verdict=told, place=names.country))
    return " ".join(sentences)


def robustness(domain: DomainScore, words: Words, *, slot: bool) -> str:
    """Return how often the verdict against the country stands when we reckon otherwise.

    Args:
        domain: the domain; "" without a verdict or where nobody tried.
        words: the words.
        slot: name the slot that turns it most often, where the verdict may turn.
    """
    found = domain.against_country.robustness
    if found is None or domain.score is None:
        return ""
    titles = {s.slot.id: s.slot.title for s in domain.slots}
    named = slot and found.flips in titles
    facts = {"word": found.word, "flips": "named" if named else "unnamed"}
    return words.say("robustness", facts, slot=titles.get(found.flips, ""))


def interval(domain: DomainScore, words: Words) -> str:
    """Return the margin of a score, or that it is not complete; "" where tables have none."""
    if domain.score is None:
        return ""
    low, high = (score(value, words) for value in (domain.lower, domain.upper))
    return words.say("interval", {"interval": domain.interval}, lower=low, upper=high)


def trend_sentence(trend: Trend, topic: Topic, words: Words) -> str:
    """Return "Van 39 naar 49%, niet getoetst.": firm words only for a change that was tested."""
    known = [p for p in trend.points if p.area.status is Status.OK and p.area.value is not None]
    if len(known) < 2:
        return ""
    first, last = (printed(known[i].area, topic.indicator, words) for i in (0, -1))
    unit = last.unit if last.unit in ("%", "") else f"\u00a0{last.unit}"
    change = trend.change
    tested = change is not None and change.tested
    outcome = "rise" if (last.value or 0) > (first.value or 0) else "fall"
    if first.number == last.number:
        outcome, tested = "same", False  # no test makes a rise of two figures that are equal
    elif change is not None and tested:
        # The slope of a series can run against its two ends: then neither is told.
        outcome = outcome if change.outcome == outcome else "unclear"
    facts = {"basis": "test" if tested else "described", "change": outcome}
    periods = {"start": known[0].period, "end": known[-1].period}
    return words.say("trend", facts, first=first.number, last=last.number, unit=unit, **periods)


def placing_sentence(trend: Trend, gemeente: str, words: Words) -> str:
    """Return that no wijk of the gemeente changed more, "" where that cannot be said.

    A change by model figures says so, and that it was not tested (docs/method.md §3, §4).
    """
    place = trend.placing
    if place is None or not gemeente:
        return ""
    untested = "model" if place.model_figures else "described"
    facts = {"basis": "test" if place.tested else untested, "change": place.outcome}
    return words.say("placing", facts, gemeente=gemeente)


def derived_note(profile: Profile, words: Words) -> str:
    """Return that the figures of an own area are computed here, and what they are weighted by."""
    topics = [t for t in profile.topics.values() if t.figure.derived and t.figure.value is not None]
    if not topics:
        return ""
    producers = words.enumerate(sorted({s.producer for s in _used(profile, topics)}))
    told = [words("note.derived", name=profile.area.name, producers=producers)]
    weighted = [t.figure for t in topics if t.figure.weight and t.indicator.unit == "percent"]
    if weighted:
        first = max(weighted, key=lambda f: sum(f.weight == other.weight for other in weighted))
        weight = _weight(first.weight, words)
        told.append(words("note.weight", weight=weight, period=first.period))
        least = min(figure.coverage for figure in weighted)
        if least < 0.995:
            share = decimal(least * 100, 0, words("language"))
            told.append(words("note.partial", share=share))
    return " ".join(told)


def boundary_notes(profile: Profile, words: Words) -> list[str]:
    """Return what a reader must know where the figures' division is not that of the map."""
    source = model_source(profile)
    area = profile.area
    if source is None or source.division is None:
        return []
    years = {part.boundary_year for part in area.parts}
    notes = []
    for kind in ("areal", "changed", "new", "composed", "buurten", "renumbered"):
        names = [p.name for p in area.parts if area.matches.get(p.code) == kind]
        if names:
            notes.append(
                words(f"note.{kind}", names=words.enumerate(names), division=source.division,
                      boundary=max(years))
            )  # fmt: skip
    return notes


def correction_notes(profile: Profile, words: Words) -> list[str]:
    """Return which figures of the supplier were replaced, and why."""
    reasons: dict[str, list[str]] = {}
    for topic in profile.topics.values():
        if topic.figure.corrected:
            reasons.setdefault(topic.figure.corrected, []).append(topic.indicator.title)
    return [
        words("note.corrected", titles=words.enumerate(titles), reason=reason)
        for reason, titles in reasons.items()
    ]


def comparator_note(profile: Profile, words: Words) -> str:
    """Return why there is no gemeente to compare with, "" where there is one."""
    area = profile.area
    if area.gemeente is not None:
        return ""
    key = "note.country_across" if len(area.gemeenten) > 1 else "note.country_only"
    return words(key, name=area.name, country=profile.country.name)


def model_source(profile: Profile) -> Source | None:
    """Return the source whose figures come out of a model, or None."""
    return next((s for s in profile.sources if s.model_figures), None)


def _weight(told: str, words: Words) -> str:
    """What figures were weighted by; people of the area itself have no indicator to name them."""
    of, _, year = told.partition(", ")
    return words("note.weight_people", year=year) if of == PEOPLE else told


def _comparators(topic: Topic) -> list[Figure]:
    both = (topic.gemeente, topic.country)
    return [f for f in both if f is not None and f.status is Status.OK and f.value is not None]


def _share(frequency: Frequency, phrase: str, topic: Topic, words: Words) -> str:
    people = topic.indicator.population.split(" (")[0]
    value = frequency.value
    if frequency.of == 10:
        key = "tenth"
    elif value in (0, 100):
        key = "none" if value == 0 else "all"
    else:
        key = {0: "almost_none", 1: "one", 100: "almost_all"}.get(frequency.count, "hundred")
    return words(f"headline.{key}", count=frequency.count, people=people, phrase=phrase)


def _compared(others: Sequence[Frequency], topic: Topic, names: Names, words: Words) -> str:
    told = [
        frequency_words(frequency, words, of=order == 0) for order, frequency in enumerate(others)
    ]
    in_gemeente = topic.gemeente is not None and topic.gemeente.status is Status.OK
    in_country = topic.country.status is Status.OK
    if in_gemeente and in_country:
        return words("compared.two", gemeente=told[0], land=told[1], country=names.country)
    if in_country:
        return words("compared.one", land=told[0], country=names.country)
    return ""


def _verdicts(topic: Topic, names: Names, words: Words) -> list[tuple[Verdict, str]]:
    pairs = [(topic.against_gemeente, words("place.gemeente")),
             (topic.against_country, names.country)]  # fmt: skip
    return [(verdict, place) for verdict, place in pairs if verdict and is_known(verdict)]


def _claim(pairs: Sequence[tuple[Verdict, str]], words: Words) -> str:
    basis = "test" if all(v.basis == "test" for v, _ in pairs) else "band"
    one = {"basis": basis, "places": "one"}
    (first, place), *rest = pairs
    if rest and (first.outcome, first.strength) == (rest[0][0].outcome, rest[0][0].strength):
        both = words.enumerate([place, rest[0][1]])
        return words.say("claim", one, verdict=against(first, both, words))
    told = [against(verdict, where, words) for verdict, where in pairs]
    if len(told) == 2:
        two = {"basis": basis, "places": "two"}
        return words.say("claim", two, first=told[0], second=told[1])
    return words.say("claim", one, verdict=told[0])


def _used(profile: Profile, topics: Iterable[Topic]) -> list[Source]:
    ids = {topic.figure.source for topic in topics}
    return [source for source in profile.sources if source.id in ids]
