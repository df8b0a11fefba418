"""Asks a service: timeouts, at most a few at once, and the same question again when it fails.

A status, a cut connection, a body that drips or is not what was asked for: each is a failed try.
When the tries are used up, one error names the address, what came, and what to do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Event
from typing import IO, Any, TypeVar

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, MaxRetryError
from urllib3.util import Retry

from wijkprofiel import __version__
from wijkprofiel.errors import SourceError
from wijkprofiel.sources.fetch.bodies import Unusable, described

T = TypeVar("T")

AT_ONCE = 3
"""Requests under way at the same time: the suppliers' services bear no more."""

_CHUNK = 1 << 16
_SLOWEST = 1024
"""Bytes per second below which a download counts as stuck."""
_LONGEST_PAUSE = 60.0
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may be gone a moment later."""


class ServiceError(SourceError):
    """A service did not give what was asked, however often.

    Attributes:
        status: the HTTP status of the last try, None when there was no usable answer at all.
    """

    def __init__(self, message: str, hint: str, *, where: str, status: int | None) -> None:
        super().__init__(message, hint, where=where)
        self.status = status


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often a service is asked.

    Attributes:
        tries: how often the same question is asked.
        timeout: seconds for one try: until the first byte, and for the whole of a page.
        pause: seconds before the third try (the second follows at once); doubled each time.
    """

    tries: int = 4
    timeout: float = 180.0
    pause: float = 1.0


class _Failed(Exception):  # noqa: N818 - a try that failed, not an error of the user
    """One try that failed: what came, whether another may do, and how long to wait for it."""

    def __init__(
        self, what: str, *, again: bool = True, status: int | None = None, wait: float | None = None
    ) -> None:
        super().__init__(what)
        self.again, self.status, self.wait = again, status, wait


class Client:
    """A client of one fetch; may be shared by threads.

    Args:
        at_once: requests under way at the same time.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._places = BoundedSemaphore(at_once)
        self._stopped = Event()
        self._session = requests.Session()
        adapter = HTTPAdapter(pool_maxsize=at_once, max_retries=0)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)
        self._session.headers["User-Agent"] = f"wijkprofiel/{__version__}"
        self._session.headers["Accept"] = "application/json, */*;q=0.5"

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def stop(self) -> None:
        """Give up what is under way, in every thread: the person pressed Ctrl-C."""
        self._stopped.set()

    def get(self, url: str, check: Callable[[bytes], T], patience: Patience) -> tuple[bytes, T]:
        """Return the body at ``url``, and what ``check`` makes of it.

        Args:
            url: address.
            patience: how long and how often it is asked.
            check: raises :class:`Unusable` for a body that is not what was asked for.

        Raises:
            ServiceError: no try gave a usable body.
        """

        def once() -> tuple[bytes, T]:
            body = b"".join(self._body(url, patience))
            try:
                return body, check(body)
            except Unusable as wrong:
                raise _Failed(str(wrong), status=200) from wrong

        return self._tried(once, url, patience)

    def download(self, url: str, path: Path, patience: Patience) -> str:
        """Bring the file at ``url`` to ``path``; what is there of it is not fetched again.

        A broken download stays beside it as ``<path>.part`` with the mark of its version, and is
        taken up where the service can (``Range`` and ``If-Range``).

        Returns:
            The stamp that the service gives the file (``Last-Modified``), or nothing.

        Raises:
            ServiceError: no try gave the whole file.
        """
        return self._tried(lambda: self._download(url, path, patience), url, patience)

    def _tried(self, once: Callable[[], T], url: str, patience: Patience) -> T:
        retry = Retry(total=patience.tries - 1, backoff_factor=patience.pause)
        while True:
            try:
                with self._places:
                    self._go_on()
                    return once()
            except _Failed as failed:
                if not failed.again:
                    raise _given_up(url, failed, 1) from failed
                try:
                    retry = retry.increment("GET", url, error=failed)
                except MaxRetryError as spent:
                    raise _given_up(url, failed, patience.tries) from spent
                pause = retry.get_backoff_time() if failed.wait is None else failed.wait
                time.sleep(min(pause, _LONGEST_PAUSE))

    def _go_on(self) -> None:
        if self._stopped.is_set():
            raise _Failed("stopped", again=False)

    def _answer(self, url: str, timeout: float, headers: dict[str, str]) -> requests.Response:
        try:
            answer = self._session.get(url, stream=True, timeout=timeout, headers=headers)
        except requests.Timeout as slow:
            raise _Failed(f"no answer within {timeout:g} s") from slow
        except requests.RequestException as broken:
            raise _Failed(_reason(broken)) from broken
        if answer.ok:
            return answer
        with answer:
            try:
                told = described(answer.raw.read(4096, decode_content=True))
            except (HTTPError, OSError):
                told = ""
            what = f"HTTP {answer.status_code}" + (f" ({told})" if told else "")
            again = answer.status_code in _AGAIN
            raise _Failed(what, again=again, status=answer.status_code, wait=_wait(answer))

    def _body(self, url: str, patience: Patience) -> Iterator[bytes]:
        """Yield the body in pieces; the whole of it within the timeout."""
        end = time.monotonic() + patience.timeout
        with self._answer(url, patience.timeout, {}) as answer:
            for piece in _pieces(answer):
                yield piece
                self._go_on()
                if time.monotonic() > end:
                    raise _Failed(f"not complete within {patience.timeout:g} s")

    def _download(self, url: str, path: Path, patience: Patience) -> str:
        part, mark = path.with_name(path.name + ".part"), path.with_name(path.name + ".mark")
        have = part.stat().st_size if part.is_file() and mark.is_file() else 0
        headers = {"Accept-Encoding": "identity"}
        if have:
            version = mark.read_text(encoding="utf-8")
            headers |= {"Range": f"bytes={have}-", "If-Range": version}
        with self._download_answer(url, patience, headers, part) as answer:
            version = _version(answer)
            goes_on = answer.status_code == requests.codes.partial_content and have > 0
            if goes_on and not answer.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
                part.unlink()
                raise _Failed("another piece of the file than was asked for")
            _mark(mark, version)
            with part.open("ab" if goes_on else "wb") as file:
                _drain(answer, file, patience.timeout)
            stamp = answer.headers.get("Last-Modified", "")
        part.replace(path)
        mark.unlink(missing_ok=True)
        return stamp

    def _download_answer(
        self, url: str, patience: Patience, headers: dict[str, str], part: Path
    ) -> requests.Response:
        try:
            return self._answer(url, patience.timeout, headers)
        except _Failed as failed:
            if failed.status == requests.codes.requested_range_not_satisfiable:
                part.unlink(missing_ok=True)
                raise _Failed("the file has another length now") from failed
            raise


def _drain(answer: requests.Response, file: IO[bytes], timeout: float) -> None:
    """Write the body to ``file``; less than ``_SLOWEST`` bytes a second is a failed try."""
    start, came = time.monotonic(), 0
    for piece in _pieces(answer):
        file.write(piece)
        came += len(piece)
        now = time.monotonic()
        if now - start > timeout:
            if came < _SLOWEST * timeout:
                raise _Failed(f"only {came} bytes in {timeout:g} s")
            start, came = now, 0


def _pieces(answer: requests.Response) -> Iterator[bytes]:
    """Yield what has come, as it comes: a body that drips does not hold up the clock."""
    try:
        while piece := answer.raw.read1(_CHUNK, decode_content=True):
            yield piece
    except HTTPError as broken:
        raise _Failed(f"a body that breaks off ({_short(broken)})") from broken
    except OSError as broken:
        raise _Failed(f"a connection that breaks off ({_short(broken)})") from broken


def _version(answer: requests.Response) -> str:
    """Return what tells this version of a file from another; a weak tag does not."""
    tag = answer.headers.get("ETag", "")
    return tag if tag and not tag.startswith("W/") else answer.headers.get("Last-Modified", "")


def _mark(path: Path, version: str) -> None:
    """Keep the version of a download, so that it can go on."""
    if version:
        path.write_text(version, encoding="utf-8")
    else:
        path.unlink(missing_ok=True)


def _wait(answer: requests.Response) -> float | None:
    """Return the seconds that the service asks to wait, if it does."""
    told = answer.headers.get("Retry-After", "")
    return float(told) if told.isdecimal() else None


def _given_up(url: str, failed: _Failed, tries: int) -> ServiceError:
    times = f", {tries} times" if tries > 1 else ""
    if failed.status is not None and not failed.again:
        hint = "look whether the address in configs/sources is right; the supplier may have moved"
    else:
        hint = (
            "try again later: what has come is kept and the figures in use are as they were; "
            "'--offline' goes on with those"
        )
    return ServiceError(f"{failed}{times}", hint, where=url, status=failed.status)


def _reason(broken: requests.RequestException) -> str:
    deepest: BaseException = broken
    while (inner := deepest.__cause__ or deepest.__context__) is not None:
        deepest = inner
    return f"no connection ({_short(deepest)})"


def _short(error: BaseException) -> str:
    text: Any = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(text)[:120]
