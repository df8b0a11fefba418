"""The files that a refresh leaves beside the site: for a scheduler, and for who reads its mail."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wijkprofiel.build.output import REJECTED, write_file
from wijkprofiel.cli import report
from wijkprofiel.errors import ConfigError, WijkprofielError

if TYPE_CHECKING:
    from wijkprofiel.build.refresh import Outcome

OUTCOME, FACTS, SUMMARY = "outcome.json", "outcome.env", "summary.md"
_FAILED = "failed"
"""State of a refresh that ended in an error: the site is as it was."""
_SHOWN = 20
"""Areas and findings that the summary names; all stand in the outcome."""


def clear(folder: Path) -> None:
    """Take the report of an earlier refresh away.

    Raises:
        ConfigError: the folder cannot be written to.
    """
    from wijkprofiel.build.changes.write import CSV, PAGE

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in (OUTCOME, FACTS, SUMMARY, PAGE, CSV):
            (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder / REJECTED, ignore_errors=True)
    except OSError as failure:
        message = f"cannot write to {folder}: {failure.strerror}"
        raise ConfigError(message, "choose another --report", where="--report") from failure


def write(folder: Path, done: Outcome) -> Mapping[str, Any]:
    """Write what became of a refresh; return it as it stands in :data:`OUTCOME`."""
    supplier = done.fetched.failure
    told = {
        "state": done.state.value,
        "code": done.exit_code,
        "areas": done.areas,
        "built": list(done.built),
        "gone": list(done.gone),
        "failed": {slug: [str(p) for p in problems] for slug, problems in done.failed.items()},
        "tables": dict(done.fetched.tables),
        "renewed": done.fetched.renewed,
        "held": list(done.fetched.held),
        "supplier": [str(problem) for problem in supplier.problems] if supplier else [],
        "changes": done.changes,
        "findings": [dict(report.finding_row(finding)) for finding in done.findings],
    }
    _write(folder, told)
    return told


def write_failure(folder: Path, failure: WijkprofielError) -> None:
    """Write that a refresh ended in an error, and left the site as it was."""
    problems = [str(problem) for problem in failure.problems]
    _write(folder, {"state": _FAILED, "code": failure.exit_code, "problems": problems})


def _write(folder: Path, told: Mapping[str, Any]) -> None:
    text = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    facts = {
        "state": told["state"],
        "published": str(told["state"] == "published").lower(),
        "code": told["code"],
        "renewed": str(bool(told.get("renewed"))).lower(),
        "built": len(told.get("built", ())),
        "failed": len(told.get("failed", ())),
    }
    write_file(folder / OUTCOME, text.encode())
    write_file(folder / SUMMARY, ("\n".join(_summary(told)) + "\n").encode())
    lines = (f"{name}={value}\n" for name, value in facts.items())
    write_file(folder / FACTS, "".join(lines).encode())


_HEADS = {
    "published": "The site is new",
    "unchanged": "Nothing changed: the site is as it was",
    _FAILED: "It went wrong: the site is as it was",
}


def _summary(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the summary, as Markdown."""
    yield f"## {_HEADS[told['state']]}"
    if "areas" in told:
        changes = "" if told["changes"] is None else f", {told['changes']} changes"
        yield f"\n{told['areas']} areas, {len(told['built'])} of them made again{changes}."
    yield from _list("What went wrong", told.get("problems", ()))
    yield from _list("A supplier did not give what was asked", told.get("supplier", ()))
    yield from _list("Newer editions that are not taken", told.get("held", ()))
    failed = told.get("failed", {})
    yield from _list(
        "Areas that stay as they were",
        [f"**{slug}**: {'; '.join(problems)}" for slug, problems in failed.items()],
    )
    yield from _list("Areas that are made again", told.get("built", ()))
    yield from _list("Areas that are gone", told.get("gone", ()))
    wrong = [f for f in told.get("findings", ()) if f["severity"] != "info"]
    yield from _list(
        "Findings of the doctor",
        [f"{f['where']}: {f['message']} {f['hint']}".strip() for f in wrong],
    )


def _list(title: str, items: Any) -> Iterator[str]:
    """Yield a heading with at most :data:`_SHOWN` items; nothing when there are none."""
    every = [" ".join(str(item).split()) for item in items]
    if not every:
        return
    yield f"\n### {title}\n"
    yield from (f"- {item}" for item in every[:_SHOWN])
    if len(every) > _SHOWN:
        yield f"- and {len(every) - _SHOWN} more, in {OUTCOME}"
