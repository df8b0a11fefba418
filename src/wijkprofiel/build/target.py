"""Where documents are written: a folder of this machine, or any place that fsspec reaches.

A build sees its output as a :class:`Target`, and the documents of one area as a :class:`Folder`
in it. A local folder is written aside and renamed into place, one build at a time
(:mod:`wijkprofiel.build.output`). A place behind a URL has no lock: its files are complete one by
one, and the manifest, read again just before, is written last, so that a build that is ended
leaves documents that no manifest names and that are made again.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from platform import node
from typing import Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname
from uuid import uuid4

from wijkprofiel.build import manifest, output
from wijkprofiel.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Url:
    """A file behind a URL."""

    text: str

    @property
    def name(self) -> str:
        """Its name, without what stands before it."""
        return self.text.rpartition("/")[2]

    def __str__(self) -> str:
        """Return it as a person types it."""
        return self.text


Place = Path | Url
"""Where a file lies: it has a name, and can be printed."""


class Folder(Protocol):
    """The documents of one area; names may also be those of files above it (``../name``)."""

    def place(self, name: str) -> Place:
        """Return where a file lies, or would."""

    def names(self) -> tuple[str, ...]:
        """Return what lies in it, sorted."""

    def size(self, name: str) -> int | None:
        """Return the size of a file in bytes; None: it is not there."""

    def sha256(self, name: str) -> str | None:
        """Return the hash of a file; None: it is not there."""

    def read(self, name: str) -> bytes | None:
        """Return a file; None: it is not there."""

    def write(self, files: Mapping[str, bytes]) -> tuple[Place, ...]:
        """Write files in their order, the manifest last; return where they lie.

        Raises:
            ConfigError: the folder cannot be written to.
        """

    def remove(self, names: Iterable[str]) -> None:
        """Take files away, those that are there."""

    def set_aside(self, files: Mapping[str, bytes]) -> None:
        """Write documents that must not be published where nobody takes them for published.

        Raises:
            ConfigError: it cannot be written to.
        """

    def no_longer_aside(self, names: Iterable[str]) -> None:
        """Take away what an earlier build kept aside of documents that are right now."""


class Target(Protocol):
    """What the folders of all areas lie in; picklable."""

    @property
    def everywhere(self) -> bool:
        """Whether other machines can write to it themselves."""

    @property
    def shared(self) -> bool:
        """Whether other processes of this machine can write to it themselves."""

    def __str__(self) -> str:
        """Return the path or URL, as a person types it."""

    def area(self, slug: str) -> Folder:
        """Return the folder of one area.

        Raises:
            ConfigError: its name or a link would lead out of the target.
        """

    def slugs(self) -> tuple[str, ...]:
        """Return the names of the folders that have a manifest, sorted."""

    def turn(self) -> AbstractContextManager[None]:
        """Let one build at a time change the folders, where that can be."""

    def writing(self) -> AbstractContextManager[Target]:
        """Give the target, ready to be written to.

        Raises:
            ConfigError: it cannot be written to.
        """

    def check(self) -> None:
        """See whether this machine can write to it.

        Raises:
            ConfigError: it cannot.
        """


def of(place: Path | str | Target) -> Target:
    """Return the target that a path, a path as text, or a URL means.

    ``file:///folder`` is a folder that every machine sees by that path.
    """
    if isinstance(place, Path):
        return Local(place)
    if not isinstance(place, str):
        return place
    if "://" not in place:
        return Local(Path(place))
    from wijkprofiel.build.remote import Remote

    parts = urlsplit(place)
    if parts.scheme == "file":
        return Local(Path(url2pathname(parts.path)), everywhere=True)
    return Remote(place.rstrip("/"))


# --- a folder of this machine -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Local:
    """A folder.

    Attributes:
        root: that the areas' folders lie in.
        everywhere: other machines see it by the same path.
        aside: folder on the same disk for half-made files, while it is written to.
    """

    root: Path
    everywhere: bool = False
    aside: Path | None = None

    def __str__(self) -> str:
        """Return the path."""
        return str(self.root)

    @property
    def shared(self) -> bool:
        """It is on a disk."""
        return True

    def area(self, slug: str) -> Folder:
        """Return the folder of one area."""
        return LocalFolder(output.area_folder(self.root, slug), self)

    def slugs(self) -> tuple[str, ...]:
        """Return the names of the folders that have a manifest."""
        return tuple(sorted(path.parent.name for path in self.root.glob(f"*/{manifest.NAME}")))

    def turn(self) -> AbstractContextManager[None]:
        """Hold the lock of the folder; a process that is ended lets go."""
        return output.in_turn(self.root)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Target]:
        """Make the folder, and one for half-made files that is gone afterwards."""
        with output.writing_aside(self.root) as aside:
            yield replace(self, aside=aside)

    def check(self) -> None:
        """See whether it is the folder that the build began in, and can be written to."""
        if self.aside is None:
            return
        try:
            mark = self.aside / f"{node()}-{uuid4().hex}"
            mark.touch()
            mark.unlink()
        except OSError as failure:
            message = f"{self.root} is not the same folder there: {failure.strerror}"
            hint = "give a folder that all machines share, by the same path"
            raise ConfigError(message, hint, where="--output") from failure


@dataclass(frozen=True, slots=True)
class LocalFolder:
    """The documents of one area in a folder.

    Attributes:
        path: the folder, which may not be there yet.
        target: that it is a folder of; None: it is only read.
    """

    path: Path
    target: Local | None = None

    def place(self, name: str) -> Path:
        """Return the path of a file."""
        return self.path / name

    def names(self) -> tuple[str, ...]:
        """Return what lies in it."""
        try:
            return tuple(sorted(path.name for path in self.path.iterdir()))
        except OSError:
            return ()

    def size(self, name: str) -> int | None:
        """Return the size of a file."""
        path = self.path / name
        return path.stat().st_size if path.is_file() else None

    def sha256(self, name: str) -> str | None:
        """Return the hash of a file."""
        path = self.path / name
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def read(self, name: str) -> bytes | None:
        """Return a file."""
        try:
            return (self.path / name).read_bytes()
        except OSError:
            return None

    def write(self, files: Mapping[str, bytes]) -> tuple[Place, ...]:
        """Write every file beside its place, then rename them all."""
        target = self._target
        assert target.aside is not None  # noqa: S101  # a build writes within Local.writing
        # Several machines may be at the same area, when one was thought to be gone.
        own = f"{self.path.name}.{uuid4().hex}" if target.everywhere else self.path.name
        return output.write_all(self.path, files, target.aside / own)

    def remove(self, names: Iterable[str]) -> None:
        """Take files away."""
        for name in names:
            (self.path / name).unlink(missing_ok=True)

    def set_aside(self, files: Mapping[str, bytes]) -> None:
        """Write documents to the folder of the rejected."""
        output.set_aside(self._target.root, self.path.name, files)

    def no_longer_aside(self, names: Iterable[str]) -> None:
        """Take away what was rejected before."""
        output.no_longer_aside(self._target.root, self.path.name, names)

    @property
    def _target(self) -> Local:
        assert self.target is not None  # noqa: S101  # a folder that is only read is not written
        return self.target
