"""A site: what was built and may be published. It is replaced as a whole, or stays as it is.

The next site is made beside it, from hard links to the files that are there: every writer of
:mod:`wijkprofiel.build` renames a new file into place, so no file of the site itself changes.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from wijkprofiel.build.output import in_turn
from wijkprofiel.errors import ConfigError
from wijkprofiel.sources.fetch import store


@contextlib.contextmanager
def renewing(site: Path) -> Iterator[Path]:
    """Give a folder beside ``site`` with all that is in it; it is gone afterwards.

    One call at a time works on a site: a second one waits. What a killed call left is mended.

    Raises:
        ConfigError: the folder that ``site`` lies in cannot be written to.
    """
    fresh, attic = (site.with_name(f".{site.name}.{word}") for word in ("next", "before"))
    with in_turn(site.parent):
        try:
            store.recover(site, attic)
            for left in (fresh, attic):
                shutil.rmtree(left, ignore_errors=True)
            if site.is_dir():
                shutil.copytree(site, fresh, copy_function=_link)
            else:
                fresh.mkdir()
        except OSError as failure:
            raise _unwritable(site, failure) from failure
        try:
            yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def put_in_place(fresh: Path, site: Path) -> None:
    """Put ``fresh`` in the place of ``site``: two renames; what was there is gone.

    Raises:
        ConfigError: the folder that ``site`` lies in cannot be written to.
    """
    attic = site.with_name(f".{site.name}.before")
    try:
        store.put_in_place(fresh, site, attic)
    except OSError as failure:
        store.recover(site, attic)
        raise _unwritable(site, failure) from failure
    shutil.rmtree(attic, ignore_errors=True)


def keep_as_it_was(site: Path, fresh: Path, slug: str) -> bool:
    """Give the folder of one area in ``fresh`` the content that it has in ``site``.

    Returns:
        Whether the site has that area.
    """
    shutil.rmtree(fresh / slug, ignore_errors=True)
    known = (site / slug).is_dir()
    if known:
        shutil.copytree(site / slug, fresh / slug, copy_function=_link)
    return known


def same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files with the same content."""
    names = [
        {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
        for folder in (one, other)
    ]
    return names[0] == names[1] and all(
        (one / name).samefile(other / name) or filecmp.cmp(one / name, other / name, shallow=False)
        for name in names[0]
    )


def _link(source: str, target: str) -> str:
    """Link a file, or copy it where the disk knows no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _unwritable(site: Path, failure: OSError) -> ConfigError:
    message = f"cannot write beside {site}: {failure.strerror}"
    hint = "choose a --site in a folder that can be written to; it cannot itself be a mounted disk"
    return ConfigError(message, hint, where="--site")
