"""Shows the documents on the loopback interface; the browser is told when they change.

Only this machine can reach it, a page of another site cannot (the Host header must be ours, and
nothing may be read across origins), and only what the preview made is served: a name that it does
not know is not looked for on disk.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from wijkprofiel.errors import ConfigError
from wijkprofiel.preview.studio import Paper
from wijkprofiel.render.pdfium import opened

LOOPBACK = "127.0.0.1"
SCALE = 1.6
"""Pixels per point of a page: sharp on most screens, and quick."""
ALIVE = 15.0
"""Seconds after which a silent connection hears that we are still there."""
TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".pdf": "application/pdf",
        ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".zip": "application/zip",
    }
)
SHELL = ("preview.html", "preview.css", "preview.js")
"""Our own page: the list, the findings, and the place where a document is shown."""
_POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect", "frame")),
        "base-uri 'none'",
        "form-action 'none'",
    )
)


@dataclass(slots=True)
class Shop:
    """What is shown, and who is told when it changes.

    Attributes:
        papers: returns the files by name.
        told: returns what the page shows beside them, as plain data.
        looked: called with the name of a file that is looked at.
    """

    papers: Callable[[], Mapping[str, Paper]]
    told: Callable[[], Mapping[str, Any]]
    looked: Callable[[str], None]
    _listeners: set[queue.SimpleQueue[str | None]] = field(default_factory=set)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _closed: bool = False

    def listen(self) -> queue.SimpleQueue[str | None]:
        """Return a queue of events; None ends it."""
        mine: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        with self._guard:
            self._listeners.add(mine)
            if self._closed:
                mine.put(None)
        return mine

    def leave(self, mine: queue.SimpleQueue[str | None]) -> None:
        """Stop listening."""
        with self._guard:
            self._listeners.discard(mine)

    def announce(self) -> None:
        """Tell every listener what there is now."""
        told = json.dumps(self.told(), ensure_ascii=False)
        with self._guard:
            for listener in self._listeners:
                listener.put(told)

    def close(self) -> None:
        """Let every listener go."""
        with self._guard:
            self._closed = True
            for listener in self._listeners:
                listener.put(None)


class Server(ThreadingHTTPServer):
    """A server on a port of the loopback interface.

    Args:
        port: 0 for a free one.
        shop: what it shows.

    Raises:
        ConfigError: the port is taken.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, shop: Shop) -> None:
        self.shop = shop
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except OSError as failure:
            message = f"port {port} cannot be used: {failure.strerror}"
            raise ConfigError(message, "take a free one: --port 0", where="--port") from failure

    @property
    def url(self) -> str:
        """Address for the browser."""
        return f"http://{LOOPBACK}:{self.server_address[1]}/"

    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser that leaves closes its connection in the middle."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """Answer with our page, a file, a page of a PDF, or the stream of events."""
        port = self.server.server_address[1]
        if self.headers.get("Host") not in (f"{LOOPBACK}:{port}", f"localhost:{port}"):
            self._refuse(HTTPStatus.FORBIDDEN)
            return
        address = urlsplit(self.path)
        kind, _, name = unquote(address.path).lstrip("/").partition("/")
        if kind == "events" and not name:
            self._events()
        elif not name and (kind or SHELL[0]) in SHELL:
            self._send(_shell(kind or SHELL[0]), kind or SHELL[0], policy=_POLICY)
        elif kind == "files":
            self._file(name)
        elif kind == "pages":
            self._page(name, parse_qs(address.query))
        else:
            self._refuse(HTTPStatus.NOT_FOUND)

    def _file(self, name: str) -> None:
        paper = self.server.shop.papers().get(name)
        if paper is None or not paper.content:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        self.server.shop.looked(name)
        self._send(paper.content, name)

    def _page(self, name: str, query: Mapping[str, list[str]]) -> None:
        """Send page ``n`` of a PDF as a picture."""
        paper = self.server.shop.papers().get(name)
        number = query.get("n", [""])[0]
        pages = page_count(paper) if paper is not None else 0
        if paper is None or not number.isdecimal() or not 1 <= int(number) <= pages:
            self._refuse(HTTPStatus.NOT_FOUND)
            return
        self.server.shop.looked(name)
        self._send(_drawn(paper, int(number)), f"{name}.png")

    def _events(self) -> None:
        """Send an event whenever something changes, until the browser or the preview ends."""
        shop = self.server.shop
        mine = shop.listen()
        self.close_connection = True
        try:
            self._head(HTTPStatus.OK, {"Content-Type": "text/event-stream", "Connection": "close"})
            self._event(json.dumps(shop.told(), ensure_ascii=False))
            while True:
                try:
                    told = mine.get(timeout=ALIVE)
                except queue.Empty:
                    self.wfile.write(b": still here\n\n")
                    continue
                if told is None:
                    return
                self._event(told)
        except (BrokenPipeError, ConnectionResetError):
            return
        finally:
            shop.leave(mine)

    def _event(self, told: str) -> None:
        self.wfile.write(f"event: change\ndata: {told}\n\n".encode())
        self.wfile.flush()

    def _send(self, body: bytes, name: str, policy: str = "") -> None:
        kind = TYPES.get(PurePosixPath(name).suffix, "image/png")
        headers = {"Content-Type": kind, "Content-Length": str(len(body))}
        self._head(HTTPStatus.OK, headers | ({"Content-Security-Policy": policy} if policy else {}))
        self.wfile.write(body)

    def _refuse(self, status: HTTPStatus) -> None:
        body = f"{status.value} {status.phrase}\n".encode()
        self._head(status, {"Content-Type": "text/plain", "Content-Length": str(len(body))})
        self.wfile.write(body)

    def _head(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        always = {
            "Cache-Control": "no-store",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        }
        for name, value in {**headers, **always}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal tells what was made."""


def page_count(paper: Paper) -> int:
    """Return how many pages a PDF has, 0 for another file."""
    return _pages(paper.content) if paper.content and paper.name.endswith(".pdf") else 0


@lru_cache(maxsize=16)
def _pages(content: bytes) -> int:
    with opened(content) as pages:
        return len(pages)


def _drawn(paper: Paper, number: int) -> bytes:
    return _picture(paper.content, number)


@lru_cache(maxsize=64)
def _picture(content: bytes, number: int) -> bytes:
    """Return a page as PNG."""
    import io

    with opened(content) as pages:
        image = pages[number - 1].render(scale=SCALE).to_pil()
    made = io.BytesIO()
    image.save(made, "PNG", compress_level=1)
    return made.getvalue()


def _shell(name: str) -> bytes:
    return files("wijkprofiel.preview").joinpath(name).read_bytes()
