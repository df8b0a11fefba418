"""``--log-json``: all that a command tells on stderr as JSON, one object per line.

Every line has ``time`` (UTC), ``level`` (info, warning, error) and ``event``; the rest are facts of
the event. What was written for a person becomes an event ``message`` with its ``text``. The last
line is ``end``, with the exit ``code`` and the ``seconds`` that it took.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from wijkprofiel.errors import WijkprofielError

if TYPE_CHECKING:
    from wijkprofiel.model import Finding

COMMANDS = frozenset({"build", "verify", "diff", "fetch", "doctor", "refresh"})
"""Commands that run on a schedule."""

LogJson = Annotated[bool, typer.Option("--log-json", help="Log as JSON lines on stderr.")]
_NAME = "log_json"
_LEVELS = frozenset({"error", "warning"})
_START = '{"time": '


def log(event: str, level: str = "info", **facts: Any) -> None:
    """Write one line of JSON on stderr."""
    stamp = datetime.now(UTC).isoformat(timespec="milliseconds")
    told = {"time": stamp, "level": level, "event": event, **facts}
    typer.echo(json.dumps(told, ensure_ascii=False), err=True)


def on() -> bool:
    """Whether stderr is for a machine."""
    return isinstance(sys.stderr, _Lines)


def log_findings(findings: Iterable[Finding]) -> None:
    """Write an event ``finding`` for each, when stderr is for a machine."""
    for finding in findings if on() else ():
        log(
            "finding", finding.severity.value, code=finding.code, where=finding.where,
            message=finding.message, hint=finding.hint,
        )  # fmt: skip


def log_error(failure: WijkprofielError) -> None:
    """Write an event ``error`` with every problem."""
    problems = [
        {"where": problem.where, "message": problem.message, "hint": problem.hint or ""}
        for problem in failure.problems
    ]
    log("error", "error", message=failure.message, problems=problems)


def logged(command: Callable[..., None]) -> Callable[..., None]:
    """Return ``command`` with ``--log-json``, which it need not know of."""
    given = inspect.signature(command, eval_str=True)
    parameters = dict(given.parameters)
    knows = _NAME in parameters
    option = inspect.Parameter(
        _NAME, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=False, annotation=LogJson
    )
    every = [*parameters.values(), *([] if knows else [option])]

    def run(**options: Any) -> None:
        wanted = options[_NAME] if knows else options.pop(_NAME)
        with _as_json() if wanted else contextlib.nullcontext():
            command(**options)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = given.replace(parameters=every)  # type: ignore[attr-defined]  # functions may have one
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in every}
    return run


@contextlib.contextmanager
def _as_json() -> Iterator[None]:
    """Make every line on stderr JSON, and end with one that tells how it ended."""
    start = time.monotonic()
    with contextlib.redirect_stderr(_Lines(sys.stderr)):
        code = 0
        try:
            yield
        except WijkprofielError as failure:
            log_error(failure)
            code = failure.exit_code
        except typer.Exit as end:
            code = end.exit_code
        level = {0: "info", 2: "error"}.get(code, "warning")
        log("end", level, code=code, seconds=round(time.monotonic() - start, 2))
    raise typer.Exit(code)


class _Lines(io.TextIOBase):
    """A stream that wraps what is written to it for a person in an event ``message``.

    Args:
        below: where the lines go.
    """

    encoding = "utf-8"

    def __init__(self, below: TextIO) -> None:
        super().__init__()
        self._below = below

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, text: str, /) -> int:
        """Write one message; a line that is an event already goes on as it is."""
        if text.startswith(_START):
            return self._below.write(text)
        if told := text.strip("\n"):
            word = told.partition(":")[0]
            log("message", word if word in _LEVELS else "info", text=told)
        return len(text)

    def flush(self) -> None:
        """Flush the stream below."""
        self._below.flush()
