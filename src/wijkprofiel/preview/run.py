"""Studio, watcher and server together; and the same without a server, once."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from wijkprofiel.errors import Problem
from wijkprofiel.preview.server import Server, Shop, page_count
from wijkprofiel.preview.studio import Paper, Studio
from wijkprofiel.preview.watch import watching
from wijkprofiel.sources import folder

Told = Callable[[Studio], None]
"""Called after each round with what was made."""


def once(studio: Studio) -> None:
    """Make all documents of a studio, one time.

    Raises:
        ConfigError: there is no such area, or no such document.
    """
    studio.task()
    for _ in studio.make():
        pass


@contextlib.contextmanager
def running(studio: Studio, port: int = 0, told: Told | None = None) -> Iterator[str]:
    """Serve the documents of an area for as long as the block lasts; gives the address.

    Args:
        studio: the area.
        port: 0 for a free one.
        told: called from another thread after each round.

    Raises:
        ConfigError: there is no such area or document, or the port is taken.
    """
    studio.task()
    table = _Table(studio, told)
    server = Server(port, table.shop)
    serving = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    making = threading.Thread(target=table.work, daemon=True)
    try:
        with watching(studio.config.assets, folder.data_folder(studio.config), table.changed):
            serving.start()
            making.start()
            yield server.url
    finally:
        table.stop()
        if serving.is_alive():
            server.shutdown()
        server.server_close()
        for thread in (serving, making):
            if thread.is_alive():
                thread.join()


class _Table:
    """Where studio, watcher and browser meet: one round of making after the other."""

    def __init__(self, studio: Studio, told: Told | None) -> None:
        self._studio, self._told = studio, told
        self._wake = threading.Condition()
        self._changed: set[Path] = set()
        self._fresh, self._stopped, self._busy = True, False, True
        self._first = ""
        self.shop = Shop(lambda: dict(studio.papers), self._state, self._look)

    def changed(self, paths: frozenset[Path]) -> None:
        """Take note of files that changed."""
        with self._wake:
            self._changed |= paths
            self._wake.notify()

    def stop(self) -> None:
        """End the work after the document at hand, and let the browsers go."""
        with self._wake:
            self._stopped = True
            self._wake.notify()
        self.shop.close()

    def work(self) -> None:
        """Make the documents, and again whenever something changed."""
        while (paths := self._next()) is not None:
            self._busy = True
            for _ in self._studio.make(paths, self._first, self._calm):
                self.shop.announce()
            self._busy = bool(self._changed)
            self.shop.announce()
            if self._told is not None and not self._busy:
                self._told(self._studio)

    def _next(self) -> frozenset[Path] | None:
        """Wait for changes, the first time for nothing; None at the end."""
        with self._wake:
            while not (self._stopped or self._fresh or self._changed):
                self._wake.wait()
            if self._stopped:
                return None
            paths, self._fresh = frozenset(self._changed), False
            self._changed.clear()
            return paths

    def _calm(self) -> bool:
        return not (self._stopped or self._changed)

    def _look(self, name: str) -> None:
        self._first = name

    def _state(self) -> dict[str, Any]:
        studio = self._studio
        return {
            "area": studio.title,
            "busy": self._busy,
            "problems": [_problem(problem) for problem in studio.problems],
            "papers": [_paper(paper) for paper in list(studio.papers.values())],
        }


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "name": paper.name,
        "document": paper.document,
        "version": paper.version,
        "pages": page_count(paper),
        "problems": [_problem(problem) for problem in paper.problems],
        "findings": [
            {"severity": f.severity.value, "where": f.where, "message": f.message, "hint": f.hint}
            for f in paper.findings
        ],
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {"where": problem.where, "message": problem.message, "hint": problem.hint or ""}
