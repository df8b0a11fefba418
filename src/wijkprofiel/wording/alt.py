"""Alternative texts: what a chart says, told with its own figures and verdict words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wijkprofiel.model import (
    DomainScore,
    Figure,
    FrameworkResult,
    Indicator,
    Status,
    Topic,
    Trend,
    TrendPoint,
    Verdict,
)
from wijkprofiel.scoring import normalise
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.wording.numbers import Frequency, printed, score
from wijkprofiel.wording.sentences import claims, interval, robustness
from wijkprofiel.wording.verdicts import against, is_known
from wijkprofiel.wording.words import Names, Words


def topic_alt(topic: Topic, names: Names, words: Words) -> str:
    """Return what a dot row or a spine row says: the figures, the verdicts, the middle half."""
    places = [(names.area, topic.figure)]
    if topic.gemeente is not None and names.gemeente:
        places.append((names.gemeente, topic.gemeente))
    places.append((names.country, topic.country))
    if topic.similar is not None:
        places.append((words("alt.similar"), topic.similar))
    figures = [_value(place, figure, topic.indicator, words) for place, figure in places]
    told = [words("alt.figures", title=topic.indicator.title, figures=", ".join(figures))]
    told.append(_verdicts(topic, names, words))
    if topic.figure.lower is not None and topic.figure.upper is not None:
        low, high = (_plain(v, topic, words) for v in (topic.figure.lower, topic.figure.upper))
        told.append(words("alt.interval", low=low, high=high))
    if topic.reference is not None and {25.0, 75.0} <= set(topic.reference.percentiles):
        low, high = (_plain(topic.reference.percentiles[p], topic, words) for p in (25.0, 75.0))
        told.append(words("alt.middle", low=low, high=high))
    return " ".join(part for part in told if part)


def domain_alt(domain: DomainScore, names: Names, words: Words) -> str:
    """Return what a domain's row says: score, verdict, margin, robustness and the gemeente."""
    told = [_scored(domain, names, words)]
    if domain.score is None:
        return told[0]
    more = (interval(domain, words), robustness(domain, words, slot=True))
    told += [words("alt.more", text=text[:1].upper() + text[1:]) for text in more if text]
    if domain.gemeente_z is not None and names.gemeente:
        ring = score(float(normalise.display(domain.gemeente_z)), words)
        told.append(words("alt.domain_gemeente", gemeente=names.gemeente, score=ring))
    return " ".join(told)


def web_alt(result: FrameworkResult, names: Names, words: Words) -> str:
    """Return what the web says: the six axes in their order."""
    rows = " ".join(_scored(domain, names, words) for domain in result.domains)
    return words(
        "alt.web",
        framework=result.framework.title,
        name=names.area,
        country=names.country,
        rows=rows,
    )


def trend_alt(trend: Trend, indicator: Indicator, names: Names, words: Words) -> str:
    """Return the points of a trend, of the area and of the country."""
    country = [(p, p.country) for p in trend.points if p.country is not None]
    return words(
        "alt.trend",
        title=indicator.title,
        name=names.area,
        points=_points([(p, p.area) for p in trend.points], indicator, words),
        country=names.country,
        country_points=_points(country, indicator, words) or words("verdict.none"),
    )


def people_alt(frequency: Frequency, headline: str, words: Words) -> str:
    """Return what the people or the dots say: how many are filled, and what that is."""
    key = "alt.people" if frequency.of == 10 else "alt.dots"
    return words(key, count=frequency.count, of=frequency.of) + " " + headline


def crowd_alt(shares: Mapping[str, float], words: Words) -> str:
    """Return who the drawn people stand for: age group → percentage."""
    if not shares:
        return words("alt.crowd_plain")
    percent = words("number.percent")
    told = [f"{title} {half_up(share):.0f}{percent}" for title, share in shares.items()]
    return words("alt.crowd", shares=words.enumerate(told))


def legend_alt(names: Names, words: Words) -> str:
    """Return what the example row explains."""
    key = "alt.legend" if names.gemeente else "alt.legend_country"
    return words(key, country=names.country, kind=names.the)


def _scored(domain: DomainScore, names: Names, words: Words) -> str:
    title = domain.domain.title
    if domain.score is None:
        return words("alt.domain_none", title=title)
    verdict = against(domain.against_country, names.country, words)
    return words("alt.domain", title=title, score=score(domain.score, words), verdict=verdict)


def _value(place: str, figure: Figure | None, indicator: Indicator, words: Words) -> str:
    return words("alt.value", place=place, value=printed(figure, indicator, words).text)


def _plain(value: float, topic: Topic, words: Words) -> str:
    figure = Figure(topic.indicator.id, topic.figure.period, value, Status.OK)
    return printed(figure, topic.indicator, words).text


def _verdicts(topic: Topic, names: Names, words: Words) -> str:
    pairs = [(topic.against_gemeente, names.gemeente), (topic.against_country, names.country)]
    told = _claims(pairs, words)
    similar = _claims([(topic.against_similar, words("alt.similar"))], words)
    return " ".join(part for part in (told, similar) if part)


def _claims(pairs: Sequence[tuple[Verdict | None, str]], words: Words) -> str:
    return claims([(v, place) for v, place in pairs if v is not None and is_known(v)], words)


def _points(pairs: Sequence[tuple[TrendPoint, Figure]], indicator: Indicator, words: Words) -> str:
    told = [
        words("alt.trend_point", value=printed(figure, indicator, words).text, period=point.period)
        for point, figure in pairs
    ]
    return words.enumerate(told)
