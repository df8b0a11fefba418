"""Files are written aside and renamed into place: a killed build leaves no half file."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wijkprofiel.errors import ConfigError

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ASIDE = ".aside-"
_LOCK = ".lock"
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
        message = f"cannot write to {folder}: {failure.strerror}"
        raise ConfigError(message, "choose another --output", where=str(folder)) from failure
    return tuple(folder / name for name in files)


@contextlib.contextmanager
def in_turn(output: Path) -> Iterator[None]:
    """Let one build at a time change the folders below ``output``; a killed build lets go.

    Raises:
        ConfigError: ``output`` cannot be written to.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        lock = _lock(output)
    except OSError as failure:
        message = f"cannot write to {output}: {failure.strerror}"
        raise ConfigError(message, "choose another --output", where=str(output)) from failure
    with lock:
        yield


def _lock(output: Path) -> contextlib.AbstractContextManager[Any]:
    """Return a lock that is held: on the folder itself, so that no file is left in it."""
    if sys.platform == "win32":  # a folder cannot be locked; the file is gone with the lock
        from filelock import FileLock

        return FileLock(output / _LOCK).acquire()
    import fcntl

    folder = os.open(output, os.O_RDONLY)
    held = contextlib.ExitStack()
    held.callback(os.close, folder)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
    except OSError as failure:
        if failure.errno not in _NO_LOCKS:
            held.close()
            raise
    return held


def set_aside(output: Path, slug: str, files: Mapping[str, bytes]) -> Path:
    """Write documents that must not be published where nobody takes them for published ones.

    Returns:
        The folder: ``<output>/_rejected/<slug>``.

    Raises:
        ConfigError: the folder cannot be written to.
    """
    folder = output / REJECTED / slug
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as failure:
        message = f"cannot write to {folder}: {failure.strerror}"
        raise ConfigError(message, "choose another --output", where=str(folder)) from failure
    return folder


def no_longer_aside(output: Path, slug: str) -> None:
    """Take away what an earlier build kept aside of an area that is right now."""
    shutil.rmtree(output / REJECTED / slug, ignore_errors=True)
    with contextlib.suppress(OSError):  # others lie there still, or there is no such folder
        (output / REJECTED).rmdir()


def write_file(path: Path, content: bytes) -> None:
    """Write one file beside its place and rename it.

    Raises:
        ConfigError: its folder cannot be written to.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as failure:
        message = f"cannot write {path}: {failure.strerror}"
        raise ConfigError(message, "choose another --output", where=str(path)) from failure
    finally:
        aside.unlink(missing_ok=True)


@contextlib.contextmanager
def writing_aside(output: Path, machine: str = "") -> Iterator[Path]:
    """Give a folder on the same disk as ``output``, gone afterwards.

    What a killed build left behind is taken away too. In a folder that several machines share
    ``machine`` tells whose process it is.

    Raises:
        ConfigError: ``output`` cannot be made.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        message = f"cannot make the folder {output}: {failure.strerror}"
        raise ConfigError(message, "choose another --output", where=str(output)) from failure
    whose = f"{_ASIDE}{machine}-" if machine else _ASIDE
    for left in output.glob(f"{glob.escape(whose)}*"):
        if not _alive(left.name.removeprefix(whose)):
            shutil.rmtree(left, ignore_errors=True)
    aside = output / f"{whose}{os.getpid()}"
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _alive(process: str) -> bool:
    if not process.isdigit():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's process
        return True
    return True
