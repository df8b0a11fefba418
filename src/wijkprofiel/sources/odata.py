"""The envelope of an OData v3 answer: pages of rows, and the topics that name their columns.

Keys carry a number that differs per edition and per delivery (``Eenzaam_28``, ``Eenzaam_27``), so
a topic is found by its name without the number, and a name that occurs twice by its parent group.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wijkprofiel.errors import Problem, SourceError, did_you_mean

_NUMBER = re.compile(r"_\d+$")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_GZIP = b"\x1f\x8b"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Topic:
    """A column of a table, as the supplier describes it.

    Attributes:
        key: the column's name in the rows, number included.
        groups: titles of the groups it stands in, nearest first.
    """

    key: str
    groups: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The key without its number."""
        return plain_key(self.key)

    def __str__(self) -> str:
        """Return the key and the group it stands in, for a list of candidates."""
        return f"{self.key} (in '{self.groups[0]}')" if self.groups else self.key


def plain_key(key: str) -> str:
    """Return ``key`` without its number.

    >>> plain_key("Eenzaam_28"), plain_key("k_0Tot15Jaar_8")
    ('Eenzaam', 'k_0Tot15Jaar')
    """
    return _NUMBER.sub("", key)


def rows(body: bytes, where: str) -> list[dict[str, Any]]:
    """Return the rows of one answer.

    Args:
        body: JSON, gzipped or not: ``{"odata.metadata": ..., "value": [...]}`` or a bare list.
        where: the file it came from, for the error.

    Raises:
        SourceError: it is no such answer.
    """
    return _page(body, where)[0]


def each_page(bodies: Sequence[bytes], where: str) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of each page of one answer that has any; a page is let go for the next.

    Raises:
        SourceError: a page is no answer, the last page names a next one, or there is no row.
    """
    more, empty = False, True
    for body in bodies:
        page, more = _page(body, where)
        if page:
            empty = False
            yield page
        del page
    if more:
        raise SourceError(
            "the last page names a next one that is not there", "fetch the table again", where=where
        )
    if empty:
        raise SourceError("the table has no rows", "fetch the table again", where=where)


def topics(properties: bytes, where: str) -> tuple[Topic, ...]:
    """Return the topics of a ``DataProperties`` answer, with the groups they stand in.

    Raises:
        SourceError: it is no such answer.
    """
    described = rows(properties, where)
    try:
        groups = {row["ID"]: row for row in described if row["Type"] == "TopicGroup"}
        return tuple(
            Topic(row["Key"], tuple(_titles(row, groups)))
            for row in described
            if row["Type"] == "Topic"
        )
    except KeyError as missing:
        raise SourceError(
            f"is no DataProperties answer: a row has no {missing}", where=where
        ) from missing


def find(
    name: str, group: str | None, described: Sequence[Topic], present: Iterable[str], where: str
) -> str | Problem | None:
    """Return the column of ``present`` that holds the topic ``name``.

    Args:
        name: the supplier's name without number.
        group: title of the group it stands in, for a name that occurs twice.
        described: the table's topics; empty where DataProperties is not at hand.
        present: the columns that the rows have.
        where: the file it is about.

    Returns:
        The column; None when the table has the topic but these rows do not carry it; a problem
        that lists the candidates when the name is unknown or stands for more than one topic.
    """
    here = {key for key in present if plain_key(key) == name}
    known = tuple(topic for topic in described if topic.name == name)
    if not described:
        known = tuple(Topic(key) for key in sorted(here))
    if not known:
        names = {topic.name for topic in described} or {plain_key(key) for key in present}
        near = candidates(name, names)
        return Problem(
            where,
            f"the table has no topic '{name}'{did_you_mean(name, names)}",
            ("candidates: " if near else "known: ")
            + ", ".join(near or sorted(names))
            + "; write the right one under 'keys' of the indicator, for this edition",
        )
    chosen = known if group is None else tuple(t for t in known if group in t.groups)
    if len(chosen) != 1:
        what = f"'{name}'" + (f" in group '{group}'" if group else "")
        count = "no topic" if not chosen else f"{len(chosen)} topics"
        return Problem(
            where,
            f"{what} stands for {count}",
            "say which with 'group': " + "; ".join(str(t) for t in known),
        )
    if len(known) == 1 and len(here) <= 1:
        return min(here, default=None)
    return _double(chosen[0], known, here, where)


def candidates(name: str, names: Iterable[str], limit: int = 8) -> list[str]:
    """Return the names that ``name`` may have become, the nearest first.

    A supplier puts words in, takes them out or turns them round more often than it misspells
    them, so a name counts by the words of its camel case that it shares.

    >>> candidates("ErvarenGezondheidGoed", ["GoedErvarenGezondheid", "Eenzaam"])
    ['GoedErvarenGezondheid']
    """
    own = _words(name)
    shared = {other: len(own & _words(other)) / len(own | _words(other)) for other in names}
    near = [other for other, share in shared.items() if share > 1 / 4]
    return sorted(near, key=lambda other: (-shared[other], other))[:limit]


def _words(name: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(name)} or {name.lower()}


def _double(
    topic: Topic, known: Sequence[Topic], here: set[str], where: str
) -> str | Problem | None:
    """Return the column of a name that occurs twice, if rows and description are one delivery."""
    strangers = here - {t.key for t in known}
    if strangers:
        return Problem(
            where,
            f"{', '.join(sorted(strangers))}: not in DataProperties, which is of another delivery",
            "fetch the table and its DataProperties together",
        )
    return topic.key if topic.key in here else None


def _titles(row: Row, groups: Mapping[Any, Row]) -> Iterable[str]:
    parent = groups.get(row["ParentID"])
    while parent is not None:
        yield str(parent["Title"]).strip()
        parent = groups.get(parent["ParentID"])


def _page(body: bytes, where: str) -> tuple[list[dict[str, Any]], bool]:
    """Return the rows of one answer, and whether it names a next page."""
    content = _content(body, where)
    found = content.get("value") if isinstance(content, dict) else content
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise SourceError(
            "is no OData answer: a list of rows under 'value' was expected",
            "fetch the table again",
            where=where,
        )
    return found, isinstance(content, dict) and "odata.nextLink" in content


def _content(body: bytes, where: str) -> Any:
    try:
        return json.loads(gzip.decompress(body) if body.startswith(_GZIP) else body)
    except (OSError, EOFError, zlib.error) as broken:
        raise SourceError("the gzip file is broken", "fetch it again", where=where) from broken
    except ValueError as broken:
        raise SourceError(
            f"is no JSON: {broken}", "OData must be asked for $format=json", where=where
        ) from broken
