"""What is asked of a refresh, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from wijkprofiel.build.plan import Order
from wijkprofiel.build.run import Watch
from wijkprofiel.errors import Problem, SourceError, WijkprofielError
from wijkprofiel.model import Finding, Severity
from wijkprofiel.sources.fetch.run import FETCHED, REPLACED

UNREACHABLE = SourceError.exit_code
"""A supplier could not be reached, or did not serve what it should."""

SOME_FAILED = WijkprofielError.exit_code
"""Something needs a person: an area or a table is as it was yesterday, or a source has an error."""


class State(StrEnum):
    """What became of the site."""

    PUBLISHED = "published"  # it was replaced
    UNCHANGED = "unchanged"  # nothing that is in it changed


class Teller(Protocol):
    """Is told how a refresh goes."""

    def __call__(self, event: str, text: str, level: str = "info", **facts: Any) -> None:
        """Tell of one step.

        Args:
            event: its name, for a machine.
            text: the same for a person.
            level: info, warning or error.
            facts: numbers and names of the step.
        """


@dataclass(frozen=True, slots=True)
class Call:
    """One refresh.

    Attributes:
        site: folder that is published; it is made, or replaced as a whole.
        report: folder for what an analyst reads; it is never published.
        names: areas; none: the project's profiles and all wijken of its gemeenten.
        order: which documents.
        day: written as the day of fetching.
        offline: ask no supplier.
        jobs: processes at a time.
        watch: is told how the build goes.
        tell: is told how the rest goes.
    """

    site: Path
    report: Path
    names: tuple[str, ...]
    order: Order
    day: dt.date
    offline: bool
    jobs: int
    watch: Watch
    tell: Teller


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the suppliers gave.

    Attributes:
        tables: per table fetched, kept, replaced or not replaced.
        held: newer editions that lose areas, topics or years: a person must look first.
        failure: why a supplier did not serve what was asked.
    """

    tables: Mapping[str, str] = field(default_factory=dict)
    held: tuple[str, ...] = ()
    failure: SourceError | None = None

    @property
    def renewed(self) -> bool:
        """Whether any table is another than before."""
        return any(status in {FETCHED, REPLACED} for status in self.tables.values())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a refresh.

    Attributes:
        fetched: what the suppliers gave.
        findings: of the doctor.
        built: areas of which a document was made.
        gone: areas that were in the site and are not asked for any more.
        failed: per area that is as it was yesterday, or not in the site, why.
        compared: the change report: its files.
        changes: how many changes it names; None where there was nothing to compare with.
    """

    state: State
    areas: int
    fetched: Fetched
    findings: tuple[Finding, ...] = ()
    built: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    failed: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    compared: tuple[Path, ...] = ()
    changes: int | None = None

    @property
    def exit_code(self) -> int:
        """0 all is as it should be; 1 a person must look; 3 a supplier could not be reached."""
        wrong = any(finding.severity is Severity.ERROR for finding in self.findings)
        if self.failed or self.fetched.held or wrong:
            return SOME_FAILED
        return UNREACHABLE if self.fetched.failure is not None else 0
