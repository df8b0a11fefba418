"""Snapshots in the data folder: what stands there, and how a new one takes its place."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from wijkprofiel.errors import DataError, Problem
from wijkprofiel.sources import lock, sidecar
from wijkprofiel.sources.fetch.plan import Places
from wijkprofiel.sources.fetch.store import Store, put_in_place, recover, write_aside
from wijkprofiel.sources.fetch.target import Brought, Target, sidecar_text
from wijkprofiel.sources.sidecar import Sidecar


@dataclass(frozen=True, slots=True)
class Standing:
    """A snapshot in the data folder.

    Attributes:
        files: per file name its sidecar.
    """

    folder: Path
    files: Mapping[str, Sidecar]

    @property
    def modified(self) -> str:
        """The stamp of its edition."""
        return max(found.modified for found in self.files.values())

    @property
    def gemeenten(self) -> tuple[str, ...]:
        """What it was fetched for; empty: the whole country."""
        return next(iter(self.files.values())).gemeenten

    def covers(self, target: Target) -> bool:
        """Whether it holds all areas of ``target``."""
        if not self.gemeenten:
            return True
        return bool(target.gemeenten) and set(target.gemeenten) <= set(self.gemeenten)

    def paths(self, kind: str) -> list[Path]:
        """Return its files of one kind, by name."""
        return [self.folder / name for name, found in self.files.items() if found.kind == kind]


def standing(places: Places, target: Target) -> Standing | None:
    """Return the snapshot of a target; None when there is none.

    Raises:
        DataError: a file of it is missing or changed.
    """
    folder = places.data / target.name
    files = dict(_verified(folder)) if folder.is_dir() else {}
    return Standing(folder, files) if files else None


def every(data: Path) -> dict[str, Sidecar]:
    """Return all files of a data folder that have a sidecar, by path below it.

    Raises:
        DataError: a sidecar is wrong, or a file is missing or changed.
    """
    return dict(_verified(data)) if data.is_dir() else {}


def publish(places: Places, target: Target, store: Store, brought: Brought, day: str) -> list[str]:
    """Give every file its sidecar and move the whole snapshot into the data folder.

    Returns:
        The names of its files.
    """
    own: set[str] = set()
    for piece in brought.pieces:
        beside = f"{piece.name}.yaml"
        text = sidecar_text(target, piece, brought, day, store.folder / piece.name)
        store.write(beside, text.encode())
        own |= {piece.name, beside}
    for path in sorted(store.folder.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        elif path.relative_to(store.folder).as_posix() not in own:
            path.unlink()
    put_in_place(store.folder, places.data / target.name, attic(places, target))
    pin(places)
    drop_old(places, target)
    return sorted(piece.name for piece in brought.pieces)


def pin(places: Places) -> Path:
    """Write the lock of the data folder as it is now."""
    path = places.project / lock.NAME
    data = lock.text(places.wanted, every(places.data)).encode()
    if not path.is_file() or path.read_bytes() != data:
        write_aside(path, data)
    return path


def mend(places: Places, target: Target) -> bool:
    """Finish or undo what a killed call left half done.

    Returns:
        Whether the new snapshot was there already: it only had to be pinned.
    """
    done = recover(places.data / target.name, attic(places, target))
    if done:
        pin(places)
    drop_old(places, target)
    return done


def drop_old(places: Places, target: Target) -> None:
    """Take away the snapshot that a newer one has replaced."""
    shutil.rmtree(attic(places, target), ignore_errors=True)


def tidy(places: Places) -> None:
    """Take away the folders that are empty now.

    Only while no target is being brought: a folder that another thread has just made is empty too.
    """
    for folder in sorted(places.partial.rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    if places.partial.is_dir() and not any(places.partial.iterdir()):
        places.partial.rmdir()


def attic(places: Places, target: Target) -> Path:
    """Return where the old snapshot waits while the new one takes its place."""
    return places.partial / "attic" / target.name


def store_of(places: Places, target: Target) -> Store:
    """Return where a target's finished pages are."""
    return Store(places.partial / target.name / target.scope)


def _verified(folder: Path) -> Iterator[tuple[str, Sidecar]]:
    problems: list[Problem] = []
    for beside in sorted(folder.rglob("*.yaml")):
        name = beside.relative_to(folder).as_posix().removesuffix(".yaml")
        found = sidecar.read(beside.read_bytes(), f"{name}.yaml")
        path = beside.with_suffix("")
        if not path.is_file():
            problems.append(Problem(name, "the file is missing, its sidecar is there"))
            continue
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != found.sha256:
                problems.append(Problem(name, "is not the file that its sidecar describes"))
                continue
        yield name, found
    if problems:
        raise DataError.of(problems, "nothing fetched")
