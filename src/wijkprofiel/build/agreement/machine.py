"""The table for machines: unrounded figures, held against the profile cell by cell."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from wijkprofiel.build.agreement.facts import COUNTRY, GEMEENTE, HERE, LOWER, SIMILAR, UPPER
from wijkprofiel.build.agreement.look import Look
from wijkprofiel.build.agreement.passages import Passage
from wijkprofiel.model import DomainScore, Profile, Topic, Verdict

HEADS = frozenset({"area", "kind", "framework", "id", "title", "value", "score", "status"})
"""Columns by which such a table is known."""
Key = tuple[str, str, str]
"""Kind, framework and id of a row."""
WHOSE: Mapping[str, str] = {
    "value": HERE, "score": HERE, "lower": LOWER, "upper": UPPER, "gemeente_value": GEMEENTE,
    "country_value": COUNTRY, "similar_value": SIMILAR, "against_gemeente": f"verdict_{GEMEENTE}",
    "against_country": f"verdict_{COUNTRY}", "against_similar": f"verdict_{SIMILAR}",
}  # fmt: skip
"""Columns that are looked at, and whose number or verdict each is."""


def read(content: bytes) -> Iterator[Passage]:
    """Yield the rows of a .csv, under its first line."""
    lines = csv.reader(io.StringIO(content.decode("utf-8")))
    heads = tuple(next(lines, ()))
    for number, cells in enumerate(lines, start=2):
        yield Passage(f"line {number}", tuple(cells), heads)


def read_package(content: bytes) -> Iterator[Passage]:
    """Yield the rows of every .csv in a data package."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for name in opened.namelist():
            if name.endswith(".csv"):
                for passage in read(opened.read(name)):
                    where = f"{name} {passage.where}"
                    yield Passage(where, passage.cells, passage.heads)


def known(passage: Passage) -> bool:
    """Return whether it is a row of such a table."""
    return HEADS.issubset(passage.heads)


def expected(profile: Profile) -> dict[Key, Mapping[str, Any]]:
    """Return what each row must hold, by kind, framework and id; None for an empty cell."""
    found: dict[Key, Mapping[str, Any]] = {
        ("indicator", "", name): _topic(topic) for name, topic in profile.topics.items()
    }
    for name, result in profile.frameworks.items():
        for score in result.domains:
            found["domain", name, score.domain.id] = _domain(score)
    return found


def looks(passage: Passage, wanted: Mapping[Key, Mapping[str, Any]], slug: str) -> Iterator[Look]:
    """Yield the looks at one row; a row that the profile does not have is wrong as a whole."""
    row = dict(zip(passage.heads, passage.cells, strict=True))
    title = str(row["title"])
    held = wanted.get((str(row["kind"]), str(row["framework"]), str(row["id"])))
    right = held is not None and row["area"] == slug
    yield Look(passage.where, title, "area", slug, str(row["area"]), right)
    for column, value in (held or {}).items():
        told, found = "" if value is None else str(value), row.get(column, "")
        whose = WHOSE.get(column, column)
        yield Look(passage.where, title, whose, told, str(found), same(found, value))


def same(cell: str | float, wanted: Any) -> bool:
    """Return whether a cell holds a number, a word, or nothing, as it should.

    Example:
        >>> same("0.30000000000000004", 0.3), same("", None), same("0", None), same(48.9, 48.9)
        (True, True, False, True)
    """
    if wanted is None or wanted == "":
        return cell == ""
    if isinstance(wanted, str):
        return str(cell) == wanted
    try:
        return math.isclose(float(cell), wanted, rel_tol=1e-12, abs_tol=1e-12)
    except ValueError:
        return False


def _topic(topic: Topic) -> dict[str, Any]:
    figure = topic.figure
    return {
        "title": topic.indicator.title,
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "gemeente_value": topic.gemeente.value if topic.gemeente else None,
        "country_value": topic.country.value,
        "similar_value": topic.similar.value if topic.similar else None,
        "against_gemeente": _outcome(topic.against_gemeente),
        "against_country": _outcome(topic.against_country),
        "against_similar": _outcome(topic.against_similar),
        "status": figure.status.value,
    }


def _domain(score: DomainScore) -> dict[str, Any]:
    return {
        "title": score.domain.title,
        "score": score.score,
        "lower": score.lower,
        "upper": score.upper,
        "against_gemeente": _outcome(score.against_gemeente),
        "against_country": _outcome(score.against_country),
    }


def _outcome(verdict: Verdict | None) -> str | None:
    return None if verdict is None else verdict.outcome.value
