"""A document as PDF/UA-1: only our own assets, no log line left unread, no clock.

WeasyPrint only logs a missing image or a property it does not know; here every line is an error.
Fonts and parsed stylesheets are shared by all documents of a process (docs: rendering.md).
"""

from __future__ import annotations

import atexit
import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from wijkprofiel.assets import Assets
from wijkprofiel.config import Config
from wijkprofiel.documents import Document, Stylesheet
from wijkprofiel.errors import ConfigError, Problem, RenderError
from wijkprofiel.render import accelerate, accelerate_css, accelerate_styles, bleed, fit, tags

VARIANT = "pdf/ua-1"
SCHEME = "asset:"
TYPES = {
    ".css": "text/css",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


class _Signs(dict[str, Any]):
    """Pictures that were read; drawings of the project stay, photographs go with their document."""

    def photographs_out(self) -> None:
        """Forget all but the drawings."""
        from weasyprint.images import SVGImage

        for address in [key for key, one in self.items() if not isinstance(one, SVGImage)]:
            del self[address]


@dataclass
class _Engine:
    """What all documents of one project share: fonts, fetcher, stylesheets and signs."""

    fonts: Any
    fetcher: Any
    parsed: dict[tuple[str, str], Any] = field(default_factory=dict)
    pictures: _Signs = field(default_factory=_Signs)


def render(document: Document, config: Config) -> bytes:
    """Return the PDF of a document; the same document gives the same bytes in every process.

    Raises:
        RenderError: everything WeasyPrint had to say, or text that does not fit on its page.
    """
    with accelerate.at_work():
        return _render(document, _engine(config.assets))


def _render(document: Document, engine: _Engine) -> bytes:
    where = f"{document.id} {document.slug}"
    with _listening(where):
        sheets = [_parsed(sheet, engine) for sheet in document.stylesheets]
        source = _parse(document.html, engine)
        sheets += [_parsed(sheet, engine) for sheet in bleed.stylesheets(document)]
        laid_out = source.render(
            stylesheets=sheets, font_config=engine.fonts, cache=engine.pictures
        )
    problems = fit.overflows(laid_out, where)
    if problems:
        raise RenderError.of(problems, "no PDF written")
    with _listening(where):
        made = laid_out.write_pdf(pdf_variant=VARIANT, finisher=_finisher(document))
    engine.pictures.photographs_out()
    if not isinstance(made, bytes):
        raise RenderError("WeasyPrint gave no PDF", where=where)
    return made


def _finisher(document: Document) -> Callable[[Any, Any], None]:
    def finish(laid_out: Any, pdf: Any) -> None:
        tags.finish(laid_out, pdf)
        bleed.finish(document, pdf)

    return finish


@lru_cache(maxsize=4)
def _engine(assets: Assets) -> _Engine:
    from weasyprint.text.fonts import FontConfiguration

    return _Engine(FontConfiguration(), _fetcher(assets))


atexit.register(_engine.cache_clear)
"""Fonts let go of their files while Python still runs, or they complain when it ends."""


def _fetcher(assets: Assets) -> Any:
    """Return what WeasyPrint asks for every address: assets of the project, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnAssets(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        """Serves ``asset:`` addresses below the project's roots, and data written in our CSS."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if not url.startswith(SCHEME):
                raise ValueError(f"{url} is no asset of this project")
            try:
                path = assets.find(url.removeprefix(SCHEME))
            except ConfigError as missing:
                raise ValueError(missing.message) from missing
            kind = TYPES.get(path.suffix, "application/octet-stream")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return OwnAssets(allowed_protocols=("asset", "data"))


def _parse(html: str, engine: _Engine) -> Any:
    """Return the document for WeasyPrint, read by an XML parser where that is known to be safe.

    Our templates write well-formed markup, so the HTML5 parser (a quarter of a second) can be
    left out. That looks inside WeasyPrint, so it is done only where it was tried
    (:mod:`~wijkprofiel.render.accelerate`), and so is leaving drawings out of the styles.
    """
    import weasyprint

    if not accelerate.active("xml"):
        return weasyprint.HTML(string=html, url_fetcher=engine.fetcher)
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped]  # it ships no types

    wrapper = accelerate_css.wrapper() if accelerate.active("drawings") else ElementWrapper

    try:
        root = ET.fromstring(html)  # noqa: S314  # our own templates wrote it
    except ET.ParseError as mistake:
        raise RenderError(
            f"the templates wrote markup that is not well-formed: {mistake}"
        ) from None
    source = weasyprint.HTML.__new__(weasyprint.HTML)
    source.base_url, source.url_fetcher, source.media_type = None, engine.fetcher, "print"
    source.wrapper_element = wrapper.from_html_root(root, content_language=None)
    source.etree_element = source.wrapper_element.etree_element
    return source


def _parsed(sheet: Stylesheet, engine: _Engine) -> Any:
    import weasyprint

    key = (sheet.name, hashlib.sha256(sheet.css.encode()).hexdigest())
    if key not in engine.parsed:
        engine.parsed[key] = weasyprint.CSS(
            string=sheet.css, url_fetcher=engine.fetcher, font_config=engine.fonts
        )
        engine.parsed[key].local = accelerate_styles.local(sheet.css)
    return engine.parsed[key]


class _Notes(logging.Handler):
    """Keeps what is said, once per sentence."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.said[record.getMessage()] = None


@contextmanager
def _listening(where: str) -> Iterator[None]:
    """Raise what WeasyPrint logs meanwhile, all lines at once."""
    logger = logging.getLogger("weasyprint")
    notes, before = _Notes(), (logger.propagate, logger.disabled)
    logger.addHandler(notes)
    # A logging set-up elsewhere may have silenced it: what it says here is never lost.
    logger.propagate = logger.disabled = False
    try:
        yield
    finally:
        logger.removeHandler(notes)
        logger.propagate, logger.disabled = before
    if notes.said:
        hint = "mend the template or the stylesheet; WeasyPrint's words are above"
        lines = [Problem(where, said, hint) for said in notes.said]
        raise RenderError.of(lines, "no PDF written")
