"""What a service sent: the page it should be, or in one phrase what it is instead."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

_TITLE = re.compile(rb"<title[^>]*>\s*([^<]{1,120})", re.IGNORECASE)
_SHOWN = 120


class Unusable(Exception):  # noqa: N818 - no error of the user: a try that failed
    """An answer that is not what was asked for; its text says what came."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows or features.

    Attributes:
        rows: the rows of an OData answer, or the features of a collection.
        next: address of the next page, as the service wrote it; empty on the last.
        matched: how many there are in all, where the service says so.
        crs: the ``crs`` member of a feature collection, where it has one.
    """

    rows: Sequence[dict[str, Any]]
    next: str = ""
    matched: int | None = None
    crs: Any = None


def odata_page(body: bytes) -> Page:
    """Return a page of an OData v3 service.

    Raises:
        Unusable: it is no such page: Atom, HTML, broken JSON, an error, no rows.
    """
    content = _json(body)
    rows = content.get("value")
    if not _are_rows(rows):
        raise Unusable("JSON without a list of rows under 'value'")
    return Page(rows, str(content.get("odata.nextLink") or ""))


def feature_page(body: bytes) -> Page:
    """Return a page of GeoJSON features (OGC API Features, or WFS with GeoJSON).

    Raises:
        Unusable: it is no FeatureCollection.
    """
    content = _json(body)
    features = content.get("features")
    if content.get("type") != "FeatureCollection" or not _are_rows(features):
        raise Unusable("JSON that is no FeatureCollection")
    links = [link for link in content.get("links") or () if isinstance(link, dict)]
    following = next((str(link["href"]) for link in links if _is_next(link)), "")
    matched = content.get("numberMatched")
    return Page(features, following, matched if isinstance(matched, int) else None, _crs(content))


def count(body: bytes) -> int:
    """Return the number that ``$count`` answers.

    Raises:
        Unusable: it is no number.
    """
    text = body.decode("utf-8-sig", errors="replace").strip()
    if not text.isdecimal():
        raise Unusable(_kind(body) or f"{text[:_SHOWN]!r} instead of a number")
    return int(text)


def described(body: bytes) -> str:
    """Return in one phrase what an answer that went wrong says."""
    try:
        content = json.loads(body)
    except ValueError:
        return _kind(body) or body[:_SHOWN].decode("utf-8", errors="replace").strip()
    return _told(content) or "JSON"


def _json(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError) as broken:
        raise Unusable(_kind(body) or f"broken JSON ({broken})") from broken
    if not isinstance(content, dict):
        raise Unusable("JSON of another shape")
    if told := _told(content):
        raise Unusable(f"an error: {told}")
    return content


def _kind(body: bytes) -> str:
    """Return what a body is that is no JSON, or nothing when it starts like JSON."""
    start = body[:2048].lstrip(b"\xef\xbb\xbf \r\n\t")
    if not start:
        return "an empty answer"
    lower = start.lower()
    if b"http://www.w3.org/2005/atom" in lower:
        return "Atom (XML) instead of JSON"
    if b"<html" in lower or lower.startswith(b"<!doctype html"):
        title = _TITLE.search(start)
        named = title.group(1).decode("utf-8", errors="replace").strip() if title else ""
        return f"an HTML page ('{named}')" if named else "an HTML page"
    if start.startswith(b"<"):
        return "XML instead of JSON"
    return "" if start[:1] in b"{[" else "text that is no JSON"


def _told(content: object) -> str:
    """Return the message of an error answer, in the ways that services write it."""
    if not isinstance(content, dict):
        return ""
    error = content.get("odata.error") or content.get("error")
    if isinstance(error, dict):
        message = error.get("message", "")
        error = message.get("value", "") if isinstance(message, dict) else message
    if error:
        return str(error)[:_SHOWN]
    status = content.get("status")
    return str(content.get("detail") or content.get("title") or "")[:_SHOWN] if status else ""


def _is_next(link: dict[str, Any]) -> bool:
    """Whether a link leads to the next page in JSON."""
    return link.get("rel") == "next" and "href" in link and "html" not in str(link.get("type", ""))


def _crs(content: dict[str, Any]) -> Any:
    return content.get("crs")


def _are_rows(found: object) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(found, list) and all(isinstance(row, dict) for row in found)
