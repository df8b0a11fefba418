"""A real headless Chromium for pages on disk, and axe-core to judge them.

Chromium comes from the system (scripts/setup.sh installs it where it may); without one the tests
that need it are skipped and say so. ``WIJKPROFIEL_CHROMIUM`` names another one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")


@cache
def executable() -> str | None:
    """Return where a Chromium is, None where there is none."""
    named = os.environ.get("WIJKPROFIEL_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def started() -> Iterator[Browser]:
    """Start a Chromium with an empty profile, or skip."""
    found = executable()
    if found is None:
        pytest.skip("there is no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS])
        yield browser
        browser.close()


@contextmanager
def page(browser: Browser, path: Path, width: int = 1280, scheme: Any = "light") -> Iterator[Page]:
    """Open a file; nothing but files may be asked for, and nothing may go wrong in its script."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(120_000)  # a busy machine is no fault of the page
    opened = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    opened.goto(path.resolve().as_uri())
    yield opened
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert wrong == []


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def violations(opened: Page) -> list[str]:
    """Return what axe-core objects to: rule, first element and why."""
    opened.evaluate(_axe())
    result = opened.evaluate("axe.run()")
    return [
        f"{found['id']}: {found['nodes'][0]['html'][:200]} {found['nodes'][0]['failureSummary']}"
        for found in result["violations"]
    ]


def focused(opened: Page) -> str:
    """Return the name of what has the focus."""
    return str(
        opened.evaluate(
            "() => { const e = document.activeElement;"
            " return (e.getAttribute('aria-label') || e.id || e.textContent).trim(); }"
        )
    )
