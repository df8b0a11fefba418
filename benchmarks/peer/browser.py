"""The factsheet by Chromium: our own page and stylesheets, printed to PDF with tags.

A browser has no running footers (``position: running``), so those are left out. The system's
Chromium is used, as in the tests; ``WIJKPROFIEL_CHROMIUM`` names another one.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wijkprofiel.assets import Assets
    from wijkprofiel.documents import Document

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--disable-background-networking")  # fmt: skip
_ASSET = re.compile(r'asset:([^"\')]+)')
_EXTRA = ".foot { display: none } @page { size: A4; margin: 0 0 13mm }"


def executable() -> str | None:
    """Return where a Chromium is, None where there is none."""
    named = os.environ.get("WIJKPROFIEL_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def page(document: Document, assets: Assets) -> str:
    """Return a document as one page with its styles, its assets as addresses of files."""
    css = "\n".join(sheet.css for sheet in document.stylesheets)
    html = document.html.replace("</head>", f"<style>{css}\n{_EXTRA}</style></head>")
    found = _ASSET.sub(lambda one: assets.find(one[1]).resolve().as_uri(), html)
    return f"<!DOCTYPE html>\n{found}"


def per_file(found: str, html: str, folder: Path) -> bytes:
    """Return the PDF by a browser that is started for this page alone."""
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(html, encoding="utf-8")
    words = [found, "--headless", *FLAGS, "--no-pdf-header-footer",
             f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}",
             source.as_uri()]  # fmt: skip
    subprocess.run(words, check=True, capture_output=True, timeout=60)  # noqa: S603 - our own words
    return target.read_bytes()


@contextlib.contextmanager
def persistent(found: str, folder: Path) -> Iterator[Callable[[str], bytes]]:
    """Start a browser that stays, and yield what prints a page with it."""
    from playwright.sync_api import sync_playwright

    source = folder / "stays.html"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=[*FLAGS])
        sheet = started.new_page()

        def printed(html: str) -> bytes:
            source.write_text(html, encoding="utf-8")
            sheet.goto(source.as_uri())
            return sheet.pdf(prefer_css_page_size=True, print_background=True, tagged=True)

        yield printed
        started.close()
