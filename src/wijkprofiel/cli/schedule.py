"""``wijkprofiel init --ci``: the files with which GitHub or GitLab refreshes a site every night."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from wijkprofiel.assets import PROJECT_FILE, Assets
from wijkprofiel.build.output import write_file
from wijkprofiel.errors import ConfigError, did_you_mean

_TEMPLATES = "templates/project/ci"
_SHARED = {".gitignore": "gitignore.txt", "programma/README.md": "README-programma.md"}
KINDS = {
    "github": {".github/workflows/profielen.yml": "github.yml"} | _SHARED,
    "gitlab": {".gitlab-ci.yml": "gitlab.yml"} | _SHARED,
}
"""Per kind of CI the files in a project and the templates that they come from."""


class _Dated(Template):
    """A template in which the dollars belong to the CI."""

    delimiter = "§"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What was written, and what was there already and is left alone; below the project."""

    made: tuple[str, ...]
    left: tuple[str, ...]


def require(kinds: Iterable[str]) -> None:
    """Refuse a kind of CI that is not known.

    Raises:
        ConfigError: every one.
    """
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        guess = did_you_mean(unknown[0], KINDS)
        message = f"'{unknown[0]}' is no kind of CI that is known{guess}"
        raise ConfigError(message, f"known: {', '.join(KINDS)}", where="--ci")


def is_project(folder: Path) -> bool:
    """Whether a folder is a project already."""
    return (folder / PROJECT_FILE).is_file()


def add(folder: Path, kinds: Sequence[str], date: dt.date) -> Scheduled:
    """Write the files of these kinds of CI into a project; a file that is there is left alone.

    Args:
        folder: of the project.
        kinds: keys of :data:`KINDS`.
        date: no program from after this day is installed.

    Raises:
        ConfigError: a kind is not known, or the folder cannot be written to.
    """
    require(kinds)
    files = {path: name for kind in kinds for path, name in KINDS[kind].items()}
    assets = Assets.of(None)
    made, left = [], []
    for path, name in files.items():
        if (folder / path).exists():
            left.append(path)
            continue
        text = assets.find(f"{_TEMPLATES}/{name}").read_text(encoding="utf-8")
        try:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as failure:
            message = f"cannot write to {folder}: {failure.strerror}"
            raise ConfigError(message, "choose another folder", where=str(folder)) from failure
        write_file(folder / path, _Dated(text).substitute(date=date.isoformat()).encode())
        made.append(path)
    return Scheduled(tuple(made), tuple(left))
