"""Files are written aside and renamed into place: a killed build leaves no half file."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from wijkprofiel.errors import ConfigError

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ASIDE = ".aside-"
_LOCK = ".lock"
_OLD = 24 * 3600.0
"""Seconds after which a folder that cannot be locked is taken for left behind."""
_NO_LOCKS = (errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS)
"""What a folder of a network says that cannot be locked."""

REJECTED = "_rejected"
"""Folder of documents that did not say what they should; no area can be called so."""


def area_folder(output: Path, slug: str) -> Path:
    """Return the folder of one area below ``output``.

    Raises:
        ConfigError: the name or a link would lead out of ``output``.
    """
    folder = output / slug
    check_slug(slug, output)
    if not folder.resolve().is_relative_to(output.resolve()):
        raise _outside(slug, output)
    return folder


def check_slug(slug: str, output: object) -> None:
    """See whether a folder of this name lies below ``output``, a path or URL.

    Raises:
        ConfigError: the name would lead out of it.
    """
    if not _SLUG.fullmatch(slug):
        raise _outside(slug, output)


def _outside(slug: str, output: object) -> ConfigError:
    return ConfigError(
        f"'{slug}' would be written outside {output}",
        "use lower-case letters and digits, with single hyphens between",
        where=slug,
    )


def _unwritable(folder: Path, failure: OSError) -> ConfigError:
    message = f"cannot write to {folder}: {failure.strerror}"
    return ConfigError(message, "choose another --output", where=str(folder))


def write_all(folder: Path, files: Mapping[str, bytes], aside: Path) -> tuple[Path, ...]:
    """Write ``files`` (name → content) into ``folder``, in order; return their paths.

    Every file is complete beside its place before the first one is renamed into it.

    Raises:
        ConfigError: the folder cannot be written to.
    """
    try:
        aside.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (aside / name).write_bytes(content)
        folder.mkdir(parents=True, exist_ok=True)
        for name in files:
            (aside / name).replace(folder / name)
    except OSError as failure:
        raise _unwritable(folder, failure) from failure
    return tuple(folder / name for name in files)


@contextlib.contextmanager
def in_turn(output: Path) -> Iterator[None]:
    """Let one build at a time change the folders below ``output``; a killed build lets go.

    Raises:
        ConfigError: ``output`` cannot be written to.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        message = f"cannot make the folder {output}: {failure.strerror}"
        raise ConfigError(message, "choose another --output", where=str(output)) from failure
    try:
        lock = _lock(output)
    except OSError as failure:
        raise _unwritable(output, failure) from failure
    with lock:
        yield


def _lock(folder: Path, *, wait: bool = True) -> contextlib.AbstractContextManager[Any]:
    """Return a lock that is held: on the folder itself, so that no file is left in it.

    It is this process's and that of its copies: when the last of them ends it is free.

    Raises:
        BlockingIOError: somebody else holds it, and it was not to be waited for.
        OSError: the folder cannot be locked, or not at all; one to wait for then counts as held.
    """
    if sys.platform == "win32":  # a folder cannot be locked; the file is gone with the lock
        from filelock import FileLock, Timeout

        try:
            return FileLock(folder / _LOCK).acquire(timeout=-1 if wait else 0)
        except Timeout as held_by_another:
            raise BlockingIOError from held_by_another
    import fcntl

    number = os.open(folder, os.O_RDONLY)
    held = contextlib.ExitStack()
    held.callback(os.close, number)
    try:
        fcntl.flock(number, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as failure:
        if not wait or failure.errno not in _NO_LOCKS:
            held.close()
            raise
    return held


def set_aside(output: Path, slug: str, files: Mapping[str, bytes]) -> Path:
    """Write documents that must not be published where nobody takes them for published ones.

    Returns:
        The folder: ``<output>/_rejected/<slug>``; others of the area that lie there stay.

    Raises:
        ConfigError: the folder cannot be written to.
    """
    folder = output / REJECTED / slug
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as failure:
        raise _unwritable(folder, failure) from failure
    return folder


def no_longer_aside(output: Path, slug: str, names: Iterable[str]) -> None:
    """Take away what an earlier build kept aside of documents of an area that are right now."""
    folder = output / REJECTED / slug
    with contextlib.suppress(OSError):  # others lie there still, or there is no such folder
        for name in names:
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()
        folder.parent.rmdir()


def write_file(path: Path, content: bytes) -> None:
    """Write one file beside its place and rename it.

    Raises:
        ConfigError: its folder cannot be written to.
    """
    aside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as failure:
        message = f"cannot write {path}: {failure.strerror}"
        raise ConfigError(message, "choose another --output", where=str(path)) from failure
    finally:
        aside.unlink(missing_ok=True)


@contextlib.contextmanager
def writing_aside(output: Path) -> Iterator[Path]:
    """Give a folder on the same disk as ``output``, gone afterwards.

    It is locked while it is used, and what a killed build left behind is taken away: its lock is
    free, whatever its process was called and in whichever container it ran. Where folders cannot
    be locked, what is older than a day is taken away.

    Raises:
        ConfigError: ``output`` cannot be made or written to.
    """
    aside = output / f"{_ASIDE}{uuid4().hex}"
    with contextlib.ExitStack() as held:
        with in_turn(output):
            _tidy(output)
            try:
                aside.mkdir()
                held.enter_context(_lock(aside))
            except OSError as failure:
                raise _unwritable(output, failure) from failure
        try:
            yield aside
        finally:
            held.close()
            shutil.rmtree(aside, ignore_errors=True)
            # Processes of a build that was killed may have held on to theirs until now.
            with contextlib.suppress(OSError), _lock(output):
                _tidy(output)


def _tidy(output: Path) -> None:
    """Take away what killed builds left behind."""
    for left in output.glob(f"{_ASIDE}*"):
        try:
            with _lock(left, wait=False):
                pass  # it was free
        except BlockingIOError:
            continue  # of a build that is going on
        except OSError:
            if _age(left) < _OLD:
                continue
        shutil.rmtree(left, ignore_errors=True)


def _age(folder: Path) -> float:
    """Return how many seconds ago something was begun in a folder."""
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:  # it is gone
        return 0.0
