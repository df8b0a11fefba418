"""``--lang``: before any command, and behind each command that makes something to read."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

HELP = "Language of what is made: nl (as it is written) or en."
COMMANDS = frozenset(
    {
        "build",
        "explain-build",
        "portal",
        "preview",
        "show",
        "compare",
        "suggest",
        "dialogue",
        "score",
        "diff",
        "refresh",
    }
)
"""Commands that make something to read; an account of a figure is English already."""

Language = Annotated[str | None, typer.Option("--lang", metavar="LANG", help=HELP)]
_NAME = "lang"


def speaking(command: Callable[..., None]) -> Callable[..., None]:
    """Return ``command`` with ``--lang``, which it need not know of: its session speaks."""
    given = inspect.signature(command, eval_str=True)
    parameters = [*given.parameters.values()]
    option = inspect.Parameter(
        _NAME, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=Language
    )

    def run(**options: Any) -> None:
        language = options.pop(_NAME)
        if language is not None:
            options["context"].obj.language = language
        command(**options)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = given.replace(parameters=[*parameters, option])  # type: ignore[attr-defined]  # functions may have one
    run.__annotations__ = {p.name: p.annotation for p in (*parameters, option)}
    return run
