"""The server: ODataApi and ODataFeed, OGC API Features, WFS and files, on a loopback socket.

Trouble is a list of small functions per path: each is asked before the honest answer, and may
answer in its place. The server remembers what it was asked.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from suppliers.tables import Row, Table

CAP = 10_000
MANY, ALIKE = 1_000, 6
"""Rows from which they are looked up by the letters that they begin with, and how many letters."""

_STARTS = re.compile(r"^startswith\((\w+),'([^']*)'\)$")
_EQUALS = re.compile(r"^(\w+) eq '([^']*)'$")


@dataclass(frozen=True)
class Asked:
    """One request: path without query, its parameters, and how often this path was asked before."""

    path: str
    query: dict[str, str]
    url: str
    before: int
    headers: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """What goes back over the socket.

    Attributes:
        length: what Content-Length claims; None: the truth.
        cut: close the connection after so many bytes.
        drip: seconds between single bytes.
    """

    body: bytes = b""
    status: int = 200
    kind: str = "application/json;odata=minimalmetadata"
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    cut: int | None = None
    drip: float = 0.0


Trouble = Callable[[Asked], Answer | None]


@dataclass
class Suppliers:
    """All suppliers behind one port.

    Attributes:
        tables: by id.
        layers: GeoJSON features per layer of the outlines.
        files: bytes by path.
        trouble: asked in turn before the honest answer.
        page: rows a page of the feed.
        cap: rows that the API serves at most, without saying so.
        feature_page: features a page of OGC API and WFS.
        longest: characters of a filter that still get an answer.
        crs: member of the WFS's collections.
        ignores_filters: the outlines' services serve all areas, whatever is asked.
    """

    tables: dict[str, Table] = field(default_factory=dict)
    layers: dict[str, list[Row]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    trouble: list[Trouble] = field(default_factory=list)
    page: int = CAP
    cap: int = CAP
    feature_page: int = 50
    longest: int = 80
    ignores_filters: bool = True
    crs: Row | None = None
    asked: list[Asked] = field(default_factory=list)
    most_at_once: int = 0
    port: int = 0
    _under_way: int = 0
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """What was asked, in order, without queries."""
        return [asked.path for asked in self.asked]

    def note(self, path: str, query: dict[str, str], url: str, headers: dict[str, str]) -> Asked:
        with self._guard:
            before = sum(1 for asked in self.asked if asked.path == path)
            asked = Asked(path, query, url, before, headers)
            self.asked.append(asked)
            self._under_way += 1
            self.most_at_once = max(self.most_at_once, self._under_way)
        return asked

    def done(self) -> None:
        with self._guard:
            self._under_way -= 1

    def answer(self, asked: Asked) -> Answer:
        for trouble in self.trouble:
            found = trouble(asked)
            if found is not None:
                return found
        for serve in (self._odata, self._features, self._wfs, self._file):
            found = serve(asked)
            if found is not None:
                return found
        return Answer(b"<html><title>404 - Not found</title></html>", 404, "text/html")

    # --- OData ------------------------------------------------------------------------------

    def _odata(self, asked: Asked) -> Answer | None:
        match = re.match(r"^/(ODataApi|ODataFeed)/odata/(\w+)/(\w+)(/\$count)?$", asked.path)
        if match is None or match[2] not in self.tables:
            return None
        table, entity, wanted = self.tables[match[2]], match[3], asked.query.get("$filter", "")
        if entity not in table.entities or len(wanted) > self.longest:
            missing = Answer(b'{"odata.error":{"message":{"value":"Not found"}}}', 404)
            return TOO_LONG if entity in table.entities else missing
        rows = selected(table.entities[entity], wanted)
        if match[4] or asked.query.get("$format") != "json":
            body = str(len(rows)).encode() if match[4] else ATOM
            return Answer(body, kind="text/plain" if match[4] else "application/atom+xml")
        serve = self._feed if match[1] == "ODataFeed" else self._api
        return serve(asked, table, entity, rows)

    def _api(self, asked: Asked, table: Table, entity: str, rows: list[Row]) -> Answer:
        if "$skip" in asked.query:
            text = b'{"odata.error":{"message":{"value":"\'Skip\' is not supported"}}}'
            return Answer(text, 500)
        return self._rows(table, entity, rows[: self.cap])  # the rest is left out in silence

    def _feed(self, asked: Asked, table: Table, entity: str, rows: list[Row]) -> Answer:
        skip = int(asked.query.get("$skip", "0"))
        wanted = asked.query.get("$filter", "")
        following = ""
        if len(rows) > skip + self.page:
            select = f"&$filter={wanted}".replace(" ", "%20") if wanted else ""
            # Without $format, over a gateway's own name, as services do.
            following = f"http://gateway.invalid{asked.path}?$skip={skip + self.page}{select}"
        return self._rows(table, entity, rows[skip : skip + self.page], following)

    def _rows(self, table: Table, entity: str, rows: list[Row], following: str = "") -> Answer:
        body: dict[str, Any] = {"odata.metadata": f"$metadata#{table.name}.{entity}"}
        body["value"] = rows
        if following:
            body["odata.nextLink"] = following
        return Answer(json.dumps(body, ensure_ascii=False).encode())

    # --- outlines ---------------------------------------------------------------------------

    def _features(self, asked: Asked) -> Answer | None:
        match = re.match(r"^/cbs/[\w-]+/ogc/v1/collections/(\w+)/items$", asked.path)
        if match is None or match[1] not in self.layers:
            return None
        features = self._areas(match[1], asked.query.get("gemeentecode", ""))
        start = int(asked.query.get("cursor", "0"))
        end = start + min(self.feature_page, int(asked.query.get("limit", "10")))
        links = [{"rel": "self", "href": asked.url, "type": "application/geo+json"}]
        if end < len(features):
            rest = "&".join(f"{k}={v}" for k, v in asked.query.items() if k != "cursor")
            html = {"rel": "next", "type": "text/html", "href": f"{asked.path}?f=html"}
            href = f"{self.url}{asked.path}?{rest}&cursor={end}"
            links += [html, {"rel": "next", "type": "application/geo+json", "href": href}]
        found = features[start:end]
        body: dict[str, Any] = {"type": "FeatureCollection", "links": links, "features": found}
        body["numberReturned"] = len(found)
        return Answer(json.dumps(body, ensure_ascii=False).encode(), kind="application/geo+json")

    def _wfs(self, asked: Asked) -> Answer | None:
        if not asked.path.endswith("/wfs/v1_0"):
            return None
        query = {key.lower(): value for key, value in asked.query.items()}
        layer = query["typenames"].rpartition(":")[2]
        if layer not in self.layers:
            return Answer(b"<ows:ExceptionReport/>", 400, "application/xml")
        start, count = int(query["startindex"]), int(query["count"])
        features = self.layers[layer]
        found = features[start : start + min(count, self.feature_page)]
        body = {"type": "FeatureCollection", "numberMatched": len(features), "features": found}
        body |= {"crs": self.crs} if self.crs else {}
        return Answer(json.dumps(body, ensure_ascii=False).encode())

    def _areas(self, layer: str, gemeente: str) -> list[Row]:
        features = self.layers[layer]
        if self.ignores_filters or not gemeente:
            return features
        return [f for f in features if f["properties"]["gemeentecode"] == gemeente]

    def _file(self, asked: Asked) -> Answer | None:
        content = self.files.get(asked.path)
        if content is None:
            return None
        headers = {"ETag": f'"{len(content)}"', "Accept-Ranges": "bytes"}
        headers["Last-Modified"] = "Wed, 02 Oct 2024 08:00:00 GMT"
        wanted = asked.headers.get("range", "")
        if wanted and asked.headers.get("if-range") == headers["ETag"]:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
            return Answer(content[start:], 206, "application/geopackage+sqlite3", headers)
        return Answer(content, 200, "application/geopackage+sqlite3", headers)


def selected(rows: list[Row], wanted: str) -> list[Row]:
    """The rows that a filter selects: startswith and eq, joined by and; eq minds the padding."""
    for number, clause in enumerate(filter(None, wanted.split(" and "))):
        if match := _STARTS.match(clause):
            column, start = match.groups()
            near = rows if number else _near(rows, column, start)
            rows = [row for row in near if str(row[column]).startswith(start)]
        elif match := _EQUALS.match(clause):
            rows = [row for row in rows if row[match[1]] == match[2]]
        else:
            raise AssertionError(f"a filter that this server does not know: {clause}")
    return rows


_INDEXES: dict[tuple[int, str], tuple[list[Row], dict[str, list[Row]]]] = {}


def _near(rows: list[Row], column: str, start: str) -> list[Row]:
    """Of many rows those that begin alike, in their order: a country is asked for by gemeente."""
    if len(rows) < MANY or len(start) < ALIKE:
        return rows
    known = _INDEXES.get((id(rows), column))
    if known is None:
        found: dict[str, list[Row]] = {}
        for row in rows:
            found.setdefault(str(row[column])[:ALIKE], []).append(row)
        _INDEXES[id(rows), column] = known = (rows, found)  # held, so that its id stays its own
    return known[1].get(start[:ALIKE], [])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    suppliers: Suppliers

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        headers = {key.lower(): value for key, value in self.headers.items()}
        asked = self.suppliers.note(unquote(parts.path), query, self.path, headers)
        try:
            self._send(self.suppliers.answer(asked))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            self.suppliers.done()

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        length = len(answer.body) if answer.length is None else answer.length
        self.send_header("Content-Length", str(length))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        body = answer.body if answer.cut is None else answer.body[: answer.cut]
        if answer.drip:
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(answer.drip)
        else:
            self.wfile.write(body)
        if answer.cut is not None or length != len(answer.body):
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing: pytest shows what went wrong."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Say nothing: a client that was killed closes its connection in the middle."""


@contextlib.contextmanager
def running(suppliers: Suppliers) -> Iterator[Suppliers]:
    """Serve on a free port of the loopback for as long as the block lasts."""
    handler = type("Handler", (_Handler,), {"suppliers": suppliers})
    server = _Server(("127.0.0.1", 0), handler)
    suppliers.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield suppliers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


ATOM = (
    b'<?xml version="1.0" encoding="utf-8"?>'
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>'
)
HTML = b"<!DOCTYPE html><html><head><title>Onderhoud</title></head><body>Even geduld</body></html>"

TOO_LONG = Answer(b"<html><title>Server Error</title></html>", 500, "text/html")


# --- trouble --------------------------------------------------------------------------------


def first(times: int, path: str, answer: Answer) -> Trouble:
    """Give ``answer`` the first ``times`` that a path that holds ``path`` is asked."""
    left = [times]

    def trouble(asked: Asked) -> Answer | None:
        if path in asked.path and left[0] > 0:
            left[0] -= 1
            return answer
        return None

    return trouble


def always(path: str, answer: Answer) -> Trouble:
    """Give ``answer`` whenever a path that holds ``path`` is asked."""
    return lambda asked: answer if path in asked.path else None
