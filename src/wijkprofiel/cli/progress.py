"""How a build goes, while it goes: for a person in a terminal, for a log, or for a machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import typer

from wijkprofiel.build.survey import REASONS, Survey
from wijkprofiel.cli.logs import log

if TYPE_CHECKING:
    from rich.progress import Progress

    from wijkprofiel.build.run import AreaResult, Watch

MANY = 20
"""From this many areas on, a log gets a line now and then instead of one per area."""

PAUSE = 15.0
"""Seconds between the lines in a log."""

Clock = Callable[[], float]


def watch(*, as_json: bool = False) -> Watch:
    """Return who is told how a build goes, all on stderr.

    Args:
        as_json: one JSON object per line, for a machine.
    """
    if as_json:
        return JsonLines()
    return Bar() if sys.stderr.isatty() else Lines()


def plan_lines(found: Survey) -> list[str]:
    """Return what is asked and what there is to do, in lines for a person."""
    areas = len(found.states)
    asked = ", ".join(
        f"{count:,} × {name} ({made})" for (name, made), count in found.documents.items()
    )
    lines = [f"plan: {_count(areas, 'area')}: {asked}"] if asked else []
    lines += [f"  {_count(count, 'area')}: {REASONS[why]}" for why, count in found.counts.items()]
    current = areas - len(found.todo)
    if current:
        told = "as it was built, by the names and sizes of its files: nothing to do"
        lines.append(f"  {_count(current, 'area')}: {told}")
    return lines


def plan_row(found: Survey) -> dict[str, Any]:
    """Return what is asked and what there is to do, for JSON."""
    return {
        "areas": [
            {"slug": slug, "reasons": list(state.reasons)} for slug, state in found.states.items()
        ],
        "todo": len(found.todo),
        "current": len(found.states) - len(found.todo),
        "reasons": {
            why: {"areas": count, "told": REASONS[why]} for why, count in found.counts.items()
        },
        "documents": _documents(found),
    }


def _documents(found: Survey) -> list[dict[str, Any]]:
    return [
        {"document": name, "format": made, "files": count}
        for (name, made), count in found.documents.items()
    ]


class Lines:
    """Tells a log: every area, or with many of them now and then how far it is.

    Args:
        clock: returns seconds.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._pace = Pace(clock)
        self._last = clock()

    def planned(self, found: Survey) -> None:
        """Print the plan, when there is more than one area."""
        if len(found.states) > 1:
            for line in plan_lines(found):
                typer.echo(line, err=True)
        self._pace = Pace(self._clock, len(found.states) - len(found.todo))

    def finished(self, result: AreaResult, done: int, total: int) -> None:
        """Print the area, or how fast it goes and how long it will take."""
        if total == 1:
            return
        if total < MANY or result.error is not None:
            typer.echo(f"[{done}/{total}] {result.slug}: {outcome(result)}", err=True)
        elif done == total or self._clock() - self._last >= PAUSE:
            self._last = self._clock()
            typer.echo(f"[{done}/{total}] {self._pace(done, total)}", err=True)


class Bar:
    """Tells a person in a terminal, with a bar that fills up."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._bar: Any = None

    def planned(self, found: Survey) -> None:
        """Print the plan and begin the bar, when there is more than one area."""
        if len(found.states) == 1:
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        for line in plan_lines(found):
            typer.echo(line, err=True)
        if not found.todo:
            return
        self._progress = Progress(
            MofNCompleteColumn(),
            BarColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
            console=Console(stderr=True),
        )
        done = len(found.states) - len(found.todo)
        pace = Pace(time.monotonic, done)
        self._bar = self._progress.add_task("", total=len(found.states), completed=done, rate="")
        self._pace = pace
        self._progress.start()

    def finished(self, result: AreaResult, done: int, total: int) -> None:
        """Move the bar."""
        if self._progress is None:
            return
        if result.error is not None:
            self._progress.console.print(f"{result.slug}: {outcome(result)}")
        rate = self._pace.rate(done)
        self._progress.update(
            self._bar, completed=done, description=result.slug, rate=f"{rate:.1f}/s"
        )
        if done == total:
            self._progress.stop()


class JsonLines:
    """Tells a machine: one object per line, with the time in UTC."""

    def planned(self, found: Survey) -> None:
        """Write what is asked, and what there is to do."""
        log(
            "planned",
            areas=len(found.states),
            todo=len(found.todo),
            reasons=dict(found.counts),
            documents=_documents(found),
        )

    def finished(self, result: AreaResult, done: int, total: int) -> None:
        """Write what became of an area."""
        log(
            "area",
            level="info" if result.error is None else "error",
            area=result.slug,
            outcome=outcome(result),
            done=done,
            total=total,
            seconds=round(result.seconds, 2),
            written=[str(path) for path in result.written],
            why={name: list(kinds) for name, kinds in result.why.items()},
            problems=[str(problem) for problem in result.error.problems] if result.error else [],
        )


class Pace:
    """How fast it goes.

    Args:
        clock: returns seconds.
        before: how many were done before it began.
    """

    def __init__(self, clock: Clock, before: int = 0) -> None:
        self._clock = clock
        self._start = clock()
        self._before = before

    def rate(self, done: int) -> float:
        """Return areas per second."""
        return (done - self._before) / max(self._clock() - self._start, 1e-9)

    def __call__(self, done: int, total: int) -> str:
        """Return the rate and the time that is left, in words."""
        rate = self.rate(done)
        left = (total - done) / rate if rate else 0.0
        return f"{rate:.1f} areas/s, {duration(left)} left"


def outcome(result: AreaResult) -> str:
    """Return what became of an area, in a word or two."""
    if result.error is not None:
        return "not built"
    return "built" if result.why else "as it was"


def duration(seconds: float) -> str:
    """Return a time as a person says it.

    >>> duration(42.4), duration(61), duration(3700)
    ('42 s', '1 min', '1 h 02 min')
    """
    if round(seconds) < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
