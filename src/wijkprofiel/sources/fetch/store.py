"""The folder of a fetch under way: finished pages, each written aside and renamed.

What stands there under its own name is whole. A fetch that was killed goes on from it.
"""

from __future__ import annotations

import gzip
import os
import shutil
import zlib
from dataclasses import dataclass
from pathlib import Path

ASIDE = ".aside"


@dataclass(frozen=True, slots=True)
class Store:
    """Finished files of one snapshot that is being fetched.

    Attributes:
        folder: is made at the first write.
    """

    folder: Path

    def page(self, name: str) -> bytes | None:
        """Return the content of a finished ``<name>.json.gz``; None when it is not there."""
        path = self.folder / packed(name)
        try:
            return gzip.decompress(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, EOFError, zlib.error):
            path.unlink(missing_ok=True)  # a disk that lied; it is fetched again
            return None

    def keep(self, name: str, body: bytes) -> None:
        """Write the body of an answer as ``<name>.json.gz``; the same body gives the same bytes."""
        self.write(packed(name), gzip.compress(body, compresslevel=6, mtime=0))

    def drop(self, name: str) -> None:
        """Take a page away again."""
        (self.folder / packed(name)).unlink(missing_ok=True)

    def write(self, name: str, data: bytes) -> None:
        """Write one file aside and rename it into place."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_aside(path, data)

    def names(self) -> list[str]:
        """Return the finished files, by name."""
        if not self.folder.is_dir():
            return []
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(
            path.relative_to(self.folder).as_posix()
            for path in found
            if path.suffix not in {ASIDE, ".part", ".mark"}
        )

    def clear(self) -> None:
        """Throw everything away: it belongs to an edition that is gone."""
        shutil.rmtree(self.folder, ignore_errors=True)


def packed(name: str) -> str:
    """Return the file name of a page."""
    return f"{name}.json.gz"


def write_aside(path: Path, data: bytes) -> None:
    """Write ``path`` so that it is either whole or not there, also after a power cut."""
    aside = path.with_name(path.name + ASIDE)
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def put_in_place(fresh: Path, target: Path, attic: Path) -> None:
    """Move the folder ``fresh`` to ``target``; what was there goes to ``attic``.

    Killed at any moment, the old or the new folder is at ``target``, or :func:`recover` brings
    the old one back.
    """
    shutil.rmtree(attic, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        attic.parent.mkdir(parents=True, exist_ok=True)
        target.rename(attic)
    fresh.rename(target)


def recover(target: Path, attic: Path) -> bool:
    """Undo a move that was killed half way.

    Returns:
        Whether the move was done but for its last step: the new folder is there, not yet pinned.
    """
    if not attic.is_dir():
        return False
    if target.exists():
        return True
    target.parent.mkdir(parents=True, exist_ok=True)
    attic.rename(target)
    return False
