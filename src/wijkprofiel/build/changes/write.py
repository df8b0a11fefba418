"""Puts the change report in a folder: a page for people and a CSV with every change."""

from __future__ import annotations

from pathlib import Path

from wijkprofiel.build.changes import export, page
from wijkprofiel.build.changes.report import Report
from wijkprofiel.build.output import write_all, writing_aside
from wijkprofiel.config import Config
from wijkprofiel.render import html
from wijkprofiel.wording import Words

PAGE, CSV = "verschillen.html", "verschillen.csv"


def write(found: Report, config: Config, words: Words, output: Path) -> tuple[Path, ...]:
    """Write both files into ``output``; the same report gives the same bytes.

    Raises:
        ConfigError: the folder cannot be written to, or a text or stylesheet is not there.
        RenderError: the page is not what it should be.
    """
    made = page.make(found, config, words, CSV)
    files = {PAGE: html.render(made, config.assets), CSV: export.table(found, words)}
    with writing_aside(output) as aside:
        return write_all(output, files, aside)
