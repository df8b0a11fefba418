"""The scores and verdicts of one area as a terminal table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from wijkprofiel.cli.report import print_findings, print_table

if TYPE_CHECKING:
    from wijkprofiel.config import Config
    from wijkprofiel.model import (
        DomainScore,
        Figure,
        FrameworkResult,
        Indicator,
        Profile,
        Topic,
        Verdict,
    )
    from wijkprofiel.wording import Words

HEAD = ("topic", "year", "area", "gemeente", "country", "versus_gemeente", "versus_country")
"""Columns; their heads are words of ``show``, ``#`` is a number."""
_GEMEENTE = (3, 5)
"""Columns that an area without a gemeente to compare with does not have."""


_SYMBOLS = {"hectare": "ha"}
"""Units that the documents say in words and a table does not."""


def print_profile(profile: Profile, config: Config) -> None:
    """Print a table per framework on stdout, and the findings on stderr.

    Topics that the data hold nothing about are named under the tables, with that reason.
    """
    from wijkprofiel.documents.desk import words_of

    words = words_of(config)
    for result in profile.frameworks.values():
        title = f"{profile.area.name}: {result.framework.title}"
        _print(profile, title, _framework(profile, result, words), words)
    scored = {i for result in profile.frameworks.values() for i in _scored(result)}
    others = [t for name, t in profile.topics.items() if name not in scored]
    rows = (_topic(topic, words) for topic in others if not _absent(topic))
    _print(profile, words("show.others", name=profile.area.name), rows, words)
    absent = [topic.indicator.title for topic in profile.topics.values() if _absent(topic)]
    if absent:
        typer.echo(f"{words('status.absent')}: {', '.join(absent)}")
    print_findings(profile.findings)


def _print(profile: Profile, title: str, rows: Iterable[Sequence[str]], words: Words) -> None:
    dropped = () if profile.area.gemeente else _GEMEENTE
    kept = [i for i in range(len(HEAD)) if i not in dropped]
    head = [words(f"show.{HEAD[i]}") for i in kept]
    print_table(title, head, ([row[i] for i in kept] for row in rows))


def _absent(topic: Topic) -> bool:
    from wijkprofiel.model import Status

    return topic.figure.status is Status.ABSENT


def _framework(profile: Profile, result: FrameworkResult, words: Words) -> Iterator[list[str]]:
    for score in result.domains:
        yield _domain(score, result.period, words)
        for slot in score.domain.slots:
            for indicator in slot.indicators:
                topic = profile.topics.get(indicator.id)
                if topic is not None and not _absent(topic):
                    row = _topic(topic, words)
                    yield ["  " + row[0], *row[1:]]


def _domain(score: DomainScore, period: str, words: Words) -> list[str]:
    from wijkprofiel.wording import numbers

    return [
        f"{score.domain.title} ({score.present}/{score.total})",
        period,
        numbers.score(score.score, words),
        "",
        "",
        _word(score.against_gemeente, words),
        _word(score.against_country, words),
    ]


def _topic(topic: Topic, words: Words) -> list[str]:
    indicator = topic.indicator
    return [
        indicator.title,
        topic.figure.period,
        _figure(topic.figure, indicator, words),
        _figure(topic.gemeente, indicator, words) if topic.gemeente else "",
        _figure(topic.country, indicator, words),
        _word(topic.against_gemeente, words),
        _word(topic.against_country, words),
    ]


def _figure(figure: Figure, indicator: Indicator, words: Words) -> str:
    from wijkprofiel.wording import numbers

    printed = numbers.printed(figure, indicator, words)
    symbol = _SYMBOLS.get(indicator.unit, "") if printed.present and not printed.unit else ""
    return f"{printed.text}\u00a0{symbol}" if symbol else printed.text


def _word(verdict: Verdict | None, words: Words) -> str:
    from wijkprofiel.wording import verdicts

    # A count is not compared, and a missing figure says so in its own column.
    return verdicts.word(verdict, words) if verdicts.is_known(verdict) else ""


def _scored(result: FrameworkResult) -> Iterator[str]:
    for score in result.domains:
        for slot in score.domain.slots:
            yield from (indicator.id for indicator in slot.indicators)
