"""Where ``--output`` leads, and which machines do the work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from wijkprofiel.errors import ConfigError

if TYPE_CHECKING:
    from wijkprofiel.build.target import Target
    from wijkprofiel.cli.session import Session


class Machines(TypedDict):
    """Who makes the areas: processes here, or a cluster."""

    jobs: int
    scheduler: str | None


def target(output: str | None, session: Session) -> Target:
    """Return what to write in: a folder, or what a URL means; another language below it."""
    from wijkprofiel.build.target import of

    if output is None or "://" not in output:
        return of(session.folder(None if output is None else Path(output)))
    language = session.folder(Path()).name  # empty for the language of the configs
    below = output.rstrip("/")
    return of(f"{below}/{language}" if language else below)


def local(text: str) -> Path:
    """Return the folder or file of this machine that a command is given.

    Raises:
        ConfigError: it is a URL.
    """
    if "://" not in text:
        return Path(text)
    scheme, _, rest = text.partition("://")
    hint = (
        f"write it as a path: /{rest.lstrip('/')}"
        if scheme == "file"
        else "copy what lies there to a folder first and name that, or copy what was written to it "
        "afterwards; build and explain-build alone take a URL, as --output"
    )
    raise ConfigError("is a URL, and this command knows this machine only", hint, where=text)


def machines(jobs: int | None, scheduler: str | None) -> Machines:
    """Return who makes the areas.

    Raises:
        ConfigError: both processes here and a cluster are asked for.
    """
    from wijkprofiel.build.pool import cores

    if jobs is not None and scheduler is not None:
        message = "--jobs is about this machine, and --scheduler about others"
        raise ConfigError(message, "give one of them", where="build")
    return Machines(jobs=jobs or cores(), scheduler=scheduler)
