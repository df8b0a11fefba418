"""A table as a workbook, from an address or from a folder: published as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from wijkprofiel.errors import SourceError
from wijkprofiel.sources import regional
from wijkprofiel.sources.fetch.target import Brought, Job, Piece


def bring(job: Job) -> Brought:
    """Bring the workbook into the store, and see that its columns are those of the config.

    Raises:
        SourceError: it is not there.
        DataError: it is not the workbook that the config describes.
    """
    target, address = job.target, job.target.file
    name = f"{target.edition.table}.xlsx"
    path = job.store.folder / name
    stamp = ""
    if _is_address(address):
        path.parent.mkdir(parents=True, exist_ok=True)
        stamp = job.client.download(address, path, target.patience)
    else:
        job.store.write(name, _read(Path(address).expanduser()))
    areas = regional.read_areas(
        path.read_bytes(), target.source, boundary_year=target.edition.division, where=address
    )
    job.say(f"{target.name}: {name}, {len(areas)} areas")
    origin = f"{target.source.producer}, {target.source.title}, as a workbook: {_told(address)}"
    piece = Piece(name, "figures", origin, target.edition.periods)
    return Brought((piece,), stamp)


def addresses(job: Job) -> Iterator[str]:
    """Yield where the workbook is taken from."""
    yield job.target.file


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as failure:
        message = f"cannot be read: {failure.strerror}"
        raise SourceError(message, "look at the path", where=str(path)) from failure


def _is_address(text: str) -> bool:
    return urlsplit(text).scheme in {"http", "https"}


def _told(address: str) -> str:
    """Return what may be printed of where it came from: no folders of this machine."""
    return address if _is_address(address) else Path(address).name
