"""The change report for other programs: a CSV with a row per change, and JSON."""

from __future__ import annotations

import csv
import io
from typing import Any

from wijkprofiel.build.changes.model import Change
from wijkprofiel.build.changes.report import Report, Side
from wijkprofiel.wording import Words

COLUMNS = (
    "area", "name", "codes", "kind", "framework", "id", "title", "what", "old", "new",
    "verdict_old", "verdict_new", "turned", "cause", "detail",
)  # fmt: skip
"""Columns of the CSV. ``kind`` and ``cause`` are codes (causes with a plus between), the other
words are those of the documents; ``area`` is empty for a value of the gemeente or the country."""


def row(change: Change, words: Words) -> dict[str, str]:
    """Return one change by column."""
    return {
        "area": change.area,
        "name": change.name,
        "codes": " ".join(change.codes),
        "kind": change.kind.value,
        "framework": change.framework,
        "id": change.id,
        "title": change.title,
        "what": words(f"changes.what.{change.what}"),
        "old": change.old,
        "new": change.new,
        "verdict_old": change.verdict_old,
        "verdict_new": change.verdict_new,
        "turned": "True" if change.turned else "False",
        "cause": "+".join(cause.value for cause in change.causes),
        "detail": detail(change, words),
    }


def detail(change: Change, words: Words) -> str:
    """Return every reason for a change, as sentences."""
    return " ".join(dict.fromkeys(reason.told(words) for reason in change.because))


def table(found: Report, words: Words) -> bytes:
    """Return all changes as CSV (comma, UTF-8, :data:`COLUMNS`), in the order of the report."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row(change, words) for change in found.changes)
    return buffer.getvalue().encode()


def told(found: Report, words: Words) -> dict[str, Any]:
    """Return the report for JSON: counts first, then every change."""
    return {
        "old": _side(found.old),
        "new": _side(found.new),
        "compared": found.compared,
        "areas_new": [entry.slug for entry in found.added],
        "areas_gone": [entry.slug for entry in found.gone],
        "unexplained": len(found.unexplained),
        "turned": len(found.turned),
        "kinds": {kind.value: number for kind, number in found.counts.items()},
        "causes": {cause.value: len(changes) for cause, changes in found.by_cause.items()},
        "changes": [row(change, words) for change in found.changes],
    }


def _side(side: Side) -> dict[str, Any]:
    editions = [{"number": number, "date": date} for number, date in side.editions]
    return {"path": side.path, "areas": side.areas, "editions": editions}
