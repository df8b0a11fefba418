"""What the suppliers have that is newer, and what is wrong with what is there."""

from __future__ import annotations

from wijkprofiel.build.refresh.model import Call, Fetched
from wijkprofiel.config import Config
from wijkprofiel.errors import SourceError
from wijkprofiel.model import Finding
from wijkprofiel.sources import doctor, fetch
from wijkprofiel.sources.fetch.changes import Changes


def newer(config: Config, call: Call) -> Fetched:
    """Fetch newer editions; what a supplier does not give stays as it is.

    An edition in which areas, topics or years are gone is not taken: a service that serves half of
    a table must not take half of a site away.

    Raises:
        ConfigError: the project names no data folder of its own.
        DataError: a file in it is not the one that its sidecar describes.
    """
    held: list[str] = []

    def agree(name: str, changes: Changes) -> bool:
        lost = (*changes.areas_gone, *changes.keys_gone, *changes.periods_gone)
        if lost:
            held.append(name)
            told = f"{name}: the newer edition has no {', '.join(lost)} any more; it is not taken"
            hint = "look at it: wijkprofiel fetch --update; take it with --yes"
            call.tell("held", f"{told}\n  hint: {hint}", "warning", table=name, lost=list(lost))
        return not lost

    def say(text: str) -> None:
        call.tell("progress", text)

    targets = fetch.targets(config, (), (), country=False)
    try:
        done = fetch.fetch(fetch.Call(config, call.day, True, agree, say), targets)
    except SourceError as failure:
        problems = [str(problem) for problem in failure.problems]
        text = "\n".join(
            ["a supplier did not give what was asked: what is pinned is used", *problems]
        )
        call.tell("supplier", text, "warning", problems=problems)
        return Fetched(held=tuple(held), failure=failure)
    tables = {outcome.target.name: outcome.status for outcome in done.outcomes}
    for name, status in tables.items():
        call.tell("table", f"{name}: {status}", table=name, status=status)
    return Fetched(tables, tuple(held))


def troubles(config: Config, call: Call) -> tuple[Finding, ...]:
    """Return what the doctor finds in the sources, and tell it."""
    found = doctor.examine(config)
    for finding in found:
        text = f"{finding.where}  {finding.message} [{finding.code}]"
        call.tell(
            "finding", text, finding.severity.value, code=finding.code, where=finding.where,
            message=finding.message, hint=finding.hint,
        )  # fmt: skip
    return found
