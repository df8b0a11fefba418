"""One sentence over everything: of how many topics or domains the verdict is what."""

from __future__ import annotations

from collections.abc import Iterable

from wijkprofiel.model import DomainScore, FrameworkResult, Outcome, Topic
from wijkprofiel.profile.tally import Tally, tally
from wijkprofiel.wording.verdicts import against, is_known, plain
from wijkprofiel.wording.words import Names, Words


def topics_told(topics: Iterable[Topic], names: Names, words: Words) -> tuple[str, ...]:
    """Return how many topics read what: a sentence about the gemeente and one about the country.

    "Van de 27 onderwerpen lijken er 14 ongunstiger dan de gemeente, 12 vergelijkbaar en 1
    gunstiger." What most topics have comes first. Firm only where all that it counts was tested.
    Where nothing has a verdict, one sentence says so.
    """
    every = list(topics)
    places = [(True, words("place.gemeente")), (False, names.country)]
    told: list[str] = []
    for gemeente, place in places:
        counted = tally(every, gemeente=gemeente)
        if counted.total:
            told.append(_counted(counted, place, words, first=not told))
    return tuple(told) or (words("overall.none"),)


def domains_told(result: FrameworkResult, names: Names, words: Words) -> str:
    """Return on how many domains the area reads the same: what most of them have, by degree.

    Firm only where all that it counts was tested.
    """
    scored = [d for d in result.domains if d.score is not None and is_known(d.against_country)]
    if not scored:
        return words("slides.web.none", framework=result.framework.title)
    groups: dict[tuple[Outcome, int], list[DomainScore]] = {}
    for domain in scored:
        verdict = domain.against_country
        groups.setdefault((verdict.outcome, verdict.strength), []).append(domain)
    most = max(groups.values(), key=len)
    verdict = most[0].against_country
    facts = {"count": len(most), "total": len(result.domains), "area": names.area}
    key = "test" if all(d.against_country.basis == "test" for d in most) else "band"
    key = "uncertain" if verdict.outcome is Outcome.UNCERTAIN else key
    told = against(verdict, names.country, words)
    return words(f"slides.web.{key}", verdict=told, country=names.country, **facts)


def _counted(counted: Tally, place: str, words: Words, *, first: bool) -> str:
    """One sentence; the place stands with the first count, or before all of them."""
    number = "one" if counted.counts[0][1] == 1 else "more"
    if len(counted.counts) == 1:
        number = "alone" if counted.total == 1 else "all"
    named = first or number in ("alone", "all")
    texts = [plain(outcome, words) for outcome, _ in counted.counts]
    if named:
        texts[0] = words(f"against.{counted.counts[0][0].value}", word=texts[0], place=place)
    if number not in ("alone", "all"):
        texts = [
            words("overall.count", count=count, verdict=text)
            for text, (_, count) in zip(texts, counted.counts, strict=True)
        ]
    facts = {"basis": "test" if counted.tested else "band", "number": number}
    facts["spot"] = "first" if first else "next"
    counts = words.enumerate(texts)
    return words.say("overall", facts, total=counted.total, counts=counts, place=place)
