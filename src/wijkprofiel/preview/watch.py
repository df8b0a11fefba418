"""Sees which files of a project change: configs, templates, the project file and its data."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from wijkprofiel.assets import PROJECT_FILE, Assets

FOLDERS = ("configs", "templates")
"""Watched with all that is in them; of the rest of a project only its own file."""
QUIET_MS = 150
"""Changes that follow each other faster come together: an editor writes a file in steps."""

Seen = Callable[[frozenset[Path]], None]
"""Called from another thread with the files that changed."""


@contextlib.contextmanager
def watching(assets: Assets, data: Path, seen: Seen) -> Iterator[None]:
    """Watch for as long as the block lasts.

    Args:
        assets: the project's files over the shipped ones.
        data: its data folder, which may lie somewhere else.
        seen: what is told.
    """
    watcher = _Watcher(assets, data, seen)
    threads = [
        threading.Thread(target=watcher.follow_folders, name="watch-folders", daemon=True),
        threading.Thread(target=watcher.follow_project, name="watch-project", daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        watcher.stop()
        for thread in threads:
            thread.join()


class _Watcher:
    """Two threads: one in the folders, one that sees folders appear in the project."""

    def __init__(self, assets: Assets, data: Path, seen: Seen) -> None:
        self._assets, self._data, self._seen = assets, data, seen
        self._stopped, self._renew = threading.Event(), threading.Event()

    def stop(self) -> None:
        """End both threads."""
        self._stopped.set()
        self._renew.set()

    def follow_folders(self) -> None:
        """Tell of every file in the folders; start again when there is another folder."""
        while not self._stopped.is_set():
            self._renew.clear()
            if self._stopped.is_set():  # between the look and the clearing
                return
            self._follow(self._folders(), self._renew, lambda _: True, recursive=True)

    def follow_project(self) -> None:
        """Tell of the project file; look for new folders."""
        project, known = self._assets.project, self._folders()

        def new(path: Path) -> bool:
            nonlocal known
            if (there := self._folders()) != known:
                known = there
                self._renew.set()
                return True
            return path.name == PROJECT_FILE

        self._follow([project], self._stopped, new, recursive=False)

    def _follow(
        self,
        folders: list[Path],
        stop: threading.Event,
        matters: Callable[[Path], bool],
        *,
        recursive: bool,
    ) -> None:
        import watchfiles

        for changes in watchfiles.watch(
            *folders,
            stop_event=stop,
            debounce=QUIET_MS,
            step=50,
            rust_timeout=300,
            recursive=recursive,
            raise_interrupt=False,
        ):
            paths = (Path(path) for _, path in changes)
            told = frozenset(path for path in paths if matters(path))
            if told:
                self._seen(told)

    def _folders(self) -> list[Path]:
        found = [root / name for root in self._assets.roots for name in FOLDERS]
        return [path for path in dict.fromkeys([*found, self._data]) if path.is_dir()]
