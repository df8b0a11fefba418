"""The attack on what is about to be written (docs/method.md §6).

Every file is read back by other software than wrote it. A figure that disclosure control withheld
must not stand in it: not in a table's row, and not beside its title in a text. What documents may
print (:attr:`wijkprofiel.disclosure.Protected.published`) was attacked as a whole when the figures
were read, for all areas of the project at once; less than that gives less away, so a build whose
files hold nothing else withstands the attack too, whatever areas are built together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wijkprofiel.build import readback
from wijkprofiel.config import Config
from wijkprofiel.disclosure import Key, Protected, Truth
from wijkprofiel.errors import DisclosureError, Problem
from wijkprofiel.model import Figure, Profile, Topic
from wijkprofiel.profile.index import index_of
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.sources.dataset import Dataset

NEAR = 60
"""Characters after a title within which a number counts as its figure."""

_NUMBER = re.compile(
    r"(?<![\d.,\w-])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d\w])|(?<![\d.,\w-])\d+(?:[.,]\d+)?(?!\w)"
)
_HINT = (
    "a template, a chart or a text prints what it should not know, or a number beside the title "
    "happens to be the same: change it"
)
_NUMBERS = ("value", "lower", "upper", "n")
_BESIDE = {"gemeente_value": "gemeente", "country_value": ""}

Place = tuple[str, str, tuple[str, ...]]
"""Indicator, period and codes."""


def refuse(
    files: Mapping[str, bytes],
    profile: Profile,
    config: Config,
    dataset: Dataset,
    *,
    beside: Sequence[Profile] = (),
) -> None:
    """Refuse the files of one area that betray a withheld figure.

    Args:
        files: name → content: documents, manifest, and what is logged.
        profile: the area they are about.
        config: the project.
        dataset: what the area was built from.
        beside: other areas in the same files; the figures they rightly show tell nothing.

    Raises:
        DisclosureError: every withheld figure that stands in a file, by area, indicator and
            period, never by its value.
    """
    protected = index_of(config, dataset).protected
    if protected is None or not protected.withheld:
        return
    problems: list[Problem] = []
    secrets = list(_secrets(profile, protected, beside))
    titles = _titles(profile)
    for name, content in files.items():
        problems += _in_table(name, content, config, protected)
        for text in readback.texts(name, content) if secrets else ():
            problems += _in_text(text, name, secrets, titles)
    _raise(problems, profile.area.slug)


def refuse_text(text: str, where: str, profile: Profile, config: Config, dataset: Dataset) -> None:
    """Refuse a text about one area, printed by a command, that betrays a withheld figure.

    Raises:
        DisclosureError: see :func:`refuse`.
    """
    refuse({where: text.encode()}, profile, config, dataset)


def refuse_rows(
    rows: Iterable[Mapping[str, Any]], where: str, config: Config, dataset: Dataset
) -> None:
    """Refuse rows of scores (:data:`wijkprofiel.build.scores.COLUMNS`) with a withheld figure.

    Raises:
        DisclosureError: see :func:`refuse`.
    """
    protected = index_of(config, dataset).protected
    if protected is not None and protected.withheld:
        _raise(_in_rows(rows, where, config, protected), where)


def refuse_export(name: str, content: bytes, config: Config, dataset: Dataset) -> None:
    """Refuse an export of scores (.csv, .xlsx, .parquet) that holds a withheld figure.

    Raises:
        DisclosureError: see :func:`refuse`.
    """
    protected = index_of(config, dataset).protected
    if protected is not None and protected.withheld:
        _raise(_in_table(name, content, config, protected), name)


def _raise(problems: Iterable[Problem], where: str) -> None:
    found = list(dict.fromkeys(problems))
    if found:
        raise DisclosureError.of(found, f"{where} is not written")


# --- tables ---------------------------------------------------------------------------------


def _in_table(name: str, content: bytes, config: Config, protected: Protected) -> Iterator[Problem]:
    table = readback.table(name, content)
    if table is not None and {"codes", "id", "period"} <= set(table.columns):
        yield from _in_rows(table.to_dict("records"), name, config, protected)


def _in_rows(
    rows: Iterable[Mapping[Any, Any]], name: str, config: Config, protected: Protected
) -> Iterator[Problem]:
    withheld = {_place(key): key for key in protected.withheld}
    surveys = {key.source for key in protected.withheld}
    for row in rows:
        topic, period = str(row["id"]), str(row["period"])
        codes = tuple(sorted(str(row["codes"]).split()))
        source = str(row.get("source") or "")
        if any(_known(row.get(column)) for column in _NUMBERS):
            if (topic, period, codes) in withheld:
                yield _leak(withheld[topic, period, codes], name)
            elif (
                len(codes) > 1 and source in surveys and frozenset(codes) not in protected.looked_at
            ):
                yield _leak(Key(source, topic, period, codes), name)
        for column, beside in _BESIDE.items():
            code = str(row.get(beside) or "") if beside else config.project.country.get(source, "")
            if _known(row.get(column)) and (topic, period, (code,)) in withheld:
                yield _leak(withheld[topic, period, (code,)], name)


def _known(cell: Any) -> bool:
    return cell is not None and cell == cell and cell != ""  # noqa: PLR0124 - NaN


# --- texts ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Secret:
    """A withheld figure as it would be printed.

    Attributes:
        numbers: value, people and cell.
    """

    key: Key
    title: str
    numbers: frozenset[float]


def _titles(profile: Profile) -> re.Pattern[str]:
    """Return what finds any topic's title, the longest first."""
    titles = {topic.indicator.title for topic in profile.topics.values()}
    return re.compile("|".join(map(re.escape, sorted(titles, key=lambda t: (-len(t), t)))))


def _in_text(
    text: str, name: str, secrets: Sequence[_Secret], titles: re.Pattern[str]
) -> Iterator[Problem]:
    """Yield the secrets of which a number stands after the title, before any other title."""
    told = " ".join(text.split())
    spots = list(titles.finditer(told))
    for place, spot in enumerate(spots):
        following = spots[place + 1].start() if place + 1 < len(spots) else len(told)
        stop = min(spot.end() + NEAR, following)
        near = {_read(number.group()) for number in _NUMBER.finditer(told[spot.end() : stop])}
        for secret in secrets:
            if secret.title == spot.group() and secret.numbers & near:
                yield _leak(secret.key, name)


def _secrets(
    profile: Profile, protected: Protected, beside: Sequence[Profile] = ()
) -> Iterator[_Secret]:
    """Yield the withheld figures of the area, its parts and what it is compared with.

    A number that the same topic shows rightly, such as that of the gemeente, tells nothing; to
    refuse it would betray that the withheld figure is the same.
    """
    own = profile.area
    codes = {part.code for part in own.parts} | {g.code for g in own.gemeenten}
    codes |= {profile.country.code}
    places = {(code,) for code in codes} | {tuple(sorted(part.code for part in own.parts))}
    for key, truth in protected.withheld.items():
        topic = profile.topics.get(key.indicator)
        if topic is None or key.places not in places:
            continue
        others = (p.topics[key.indicator] for p in beside if key.indicator in p.topics)
        shown = {number for of in (topic, *others) for number in _shown(of)}
        numbers = {number for number in _numbers(truth, topic) if number not in shown}
        if numbers:
            yield _Secret(key, topic.indicator.title, frozenset(numbers))


def _numbers(truth: Truth, topic: Topic) -> Iterator[float]:
    unit, decimals = topic.indicator.unit, topic.indicator.decimals
    if math.isnan(truth.value):
        return
    yield half_up(truth.value, decimals)
    yield half_up(truth.value, decimals + 1)
    if unit == "percent" and not math.isnan(truth.n):
        yield half_up(truth.n * truth.value / 100)


def _shown(topic: Topic) -> Iterator[float]:
    """Yield the numbers that the topic may show, as they are printed."""
    beside = [topic.figure, topic.gemeente, topic.country, topic.similar]
    if topic.trend is not None:
        for point in topic.trend.points:
            beside += [point.area, point.country]
            yield float(re.sub(r"\D", "", point.period)[:4] or 0)
    decimals = topic.indicator.decimals
    for figure in beside:
        if isinstance(figure, Figure):
            for number in (figure.value, figure.lower, figure.upper, figure.n):
                if number is not None:
                    yield half_up(number, decimals)
                    yield half_up(number, decimals + 1)


def _read(number: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", number):
        number = number.replace(".", "")
    return float(number.replace(",", "."))


def _leak(key: Key, name: str) -> Problem:
    return Problem(name, f"prints a withheld figure: {key}", _HINT)


def _place(key: Key) -> Place:
    return key.indicator, key.period, key.places
