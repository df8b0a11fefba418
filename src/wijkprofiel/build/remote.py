"""Documents behind a URL: a bucket, or any other place that fsspec reaches.

There is no lock over a network: files are complete one by one, in the order that
:mod:`wijkprofiel.build.target` describes.
"""

from __future__ import annotations

import contextlib
import hashlib
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from wijkprofiel.build import manifest, output
from wijkprofiel.build.target import Folder, Place, Target, Url
from wijkprofiel.errors import ConfigError

HERE = ("memory",)
"""Protocols of places that no other process sees."""

_ACCESS = (
    "make the bucket or folder first, and say who you are as its library asks; for S3:"
    " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, and AWS_ENDPOINT_URL"
    " where it is not Amazon's"
)


@dataclass(frozen=True, slots=True)
class Remote:
    """A bucket, or a folder in it, by its URL.

    Nothing of the connection is kept here: fsspec keeps it, one for each process.
    """

    url: str

    def __str__(self) -> str:
        """Return the URL."""
        return self.url

    @property
    def everywhere(self) -> bool:
        """Whether it lies outside this process."""
        return self.url.partition("://")[0] not in HERE

    @property
    def shared(self) -> bool:
        """Whether it lies outside this process."""
        return self.everywhere

    def area(self, slug: str) -> Folder:
        """Return the folder of one area."""
        output.check_slug(slug, self.url)
        return RemoteFolder(self, slug)

    def slugs(self) -> tuple[str, ...]:
        """Return the names of the folders that have a manifest."""
        system, root = self.reach()
        with self.reached():
            found = system.glob(f"{root}/*/{manifest.NAME}")
        return tuple(sorted(posixpath.basename(posixpath.dirname(path)) for path in found))

    def turn(self) -> AbstractContextManager[None]:
        """Let others be: there is no lock over a network."""
        return contextlib.nullcontext()

    @contextlib.contextmanager
    def writing(self) -> Iterator[Target]:
        """See first that it can be written to."""
        self.check()
        yield self

    def check(self) -> None:
        """Write a small file and take it away."""
        system, root = self.reach()
        mark = f"{root}/.{uuid4().hex}"
        with self.reached():
            system.pipe_file(mark, b"wijkprofiel")
            system.rm_file(mark)

    def reach(self) -> tuple[Any, str]:
        """Return the file system, and the path in it.

        Raises:
            ConfigError: there is no library for it, or the URL is none.
        """
        try:
            from fsspec.core import url_to_fs
        except ImportError as missing:
            raise _missing("dask", self.url) from missing
        try:
            system, root = url_to_fs(self.url, use_listings_cache=False)
        except ImportError as missing:
            raise _missing("s3", self.url) from missing
        except (ValueError, TypeError) as failure:
            message = f"'{self.url}' cannot be written to: {failure}"
            raise ConfigError(message, "for instance s3://bucket/folder", where=self.url) from None
        return system, root.rstrip("/")

    @contextlib.contextmanager
    def reached(self) -> Iterator[None]:
        """Tell what goes wrong with the place as its user's error.

        Raises:
            ConfigError: whatever its library raises; each has errors of its own.
        """
        try:
            yield
        except Exception as failure:
            message = f"cannot write to {self.url}: {str(failure) or type(failure).__name__}"
            raise ConfigError(message, _ACCESS, where=self.url) from failure


def _missing(extra: str, where: str) -> ConfigError:
    message = "the library that reaches it is not installed"
    hint = f"install it: uv add 'wijkprofiel[{extra}]', or pip install 'wijkprofiel[{extra}]'"
    return ConfigError(message, hint, where=where)


@dataclass(frozen=True, slots=True)
class RemoteFolder:
    """The documents of one area behind a URL."""

    target: Remote
    slug: str

    def place(self, name: str) -> Url:
        """Return the URL of a file."""
        return Url(f"{self.target.url}/{self.slug}/{name}")

    def names(self) -> tuple[str, ...]:
        """Return what lies in it."""
        system, root = self.target.reach()
        with self.target.reached():
            try:
                found = system.ls(f"{root}/{self.slug}", detail=False)
            except FileNotFoundError:
                return ()
        return tuple(sorted(posixpath.basename(path) for path in found))

    def size(self, name: str) -> int | None:
        """Return the size of a file."""
        system, path = self._file(name)
        with self.target.reached():
            try:
                told = system.info(path)
            except FileNotFoundError:
                return None
        return int(told["size"]) if told["type"] == "file" else None

    def sha256(self, name: str) -> str | None:
        """Return the hash of a file, which is read for it."""
        content = self.read(name)
        return None if content is None else hashlib.sha256(content).hexdigest()

    def read(self, name: str) -> bytes | None:
        """Return a file."""
        system, path = self._file(name)
        with self.target.reached():
            try:
                return bytes(system.cat_file(path))
            except (FileNotFoundError, IsADirectoryError):
                return None

    def write(self, files: Mapping[str, bytes]) -> tuple[Place, ...]:
        """Write the files one by one, in their order."""
        self._put(self.slug, files)
        return tuple(self.place(name) for name in files)

    def remove(self, names: Iterable[str]) -> None:
        """Take files away."""
        for name in names:
            system, path = self._file(name)
            with self.target.reached(), contextlib.suppress(FileNotFoundError):
                system.rm_file(path)

    def set_aside(self, files: Mapping[str, bytes]) -> None:
        """Write documents to the folder of the rejected."""
        self._put(f"{output.REJECTED}/{self.slug}", files)

    def no_longer_aside(self, names: Iterable[str]) -> None:
        """Take away what was rejected before."""
        self.remove(f"../{output.REJECTED}/{self.slug}/{name}" for name in names)

    def _put(self, folder: str, files: Mapping[str, bytes]) -> None:
        system, root = self.target.reach()
        with self.target.reached():
            for name, content in files.items():
                try:
                    system.pipe_file(f"{root}/{folder}/{name}", content)
                except FileNotFoundError:  # it has folders that must be made
                    above = root
                    for part in folder.split("/"):
                        above = f"{above}/{part}"
                        with contextlib.suppress(FileExistsError):
                            system.mkdir(above, create_parents=False)
                    system.pipe_file(f"{root}/{folder}/{name}", content)

    def _file(self, name: str) -> tuple[Any, str]:
        system, root = self.target.reach()
        return system, posixpath.normpath(f"{root}/{self.slug}/{name}")
