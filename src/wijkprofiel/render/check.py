"""A look at a finished PDF: is it what PDF/UA and the profile say it should be?

Read back with other software than wrote it. An error finding means: do not publish. What stands
in it word by word, and what it looks like, is the work of :mod:`wijkprofiel.build.verify`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wijkprofiel.documents import Document
from wijkprofiel.model import Comparison, Finding, Profile, Severity
from wijkprofiel.render import paper
from wijkprofiel.render.paper import Page, Paper
from wijkprofiel.render.paper.facts import plain
from wijkprofiel.render.pdfium import opened

CODE = re.compile(r"\b(?:GM\d{4}|WK\d{6}|BU\d{8})\b")
MISSING_GLYPH = "\ufffd"


def check(pdf: bytes, document: Document, profile: Profile) -> list[Finding]:
    """Return what is wrong with a PDF: tags, language, fonts, alternative texts, the right area.

    Args:
        pdf: the file.
        document: what it was made from.
        profile: the area it must be about.
    """
    area = profile.area
    own = {part.code for part in area.parts} | {g.code for g in area.gemeenten}
    return _findings(pdf, document, area.name, own)


def check_set(pdf: bytes, document: Document, comparison: Comparison) -> list[Finding]:
    """Return what is wrong with a PDF about several areas, as :func:`check` does for one.

    Its title must stand on the first page, and only codes of its own areas in it.
    """
    areas = [profile.area for profile in comparison.profiles]
    own = {found.code for area in areas for found in (*area.parts, *area.gemeenten)}
    return _findings(pdf, document, comparison.title, own)


def _findings(pdf: bytes, document: Document, name: str, own: set[str]) -> list[Finding]:
    told = paper.read(pdf)
    found = [*_head(told, document), *_figures(told), *_fonts(told, document)]
    found += _texts(told.pages, name, own)
    where = f"{document.id} {document.slug}"
    return [Finding(code, Severity.ERROR, where, message) for code, message in found]


def read(pdf: bytes) -> list[str]:
    """Return the text of every page, in the order it stands in the file."""
    with opened(pdf) as pages:
        return [page.get_textpage().get_text_bounded() for page in pages]


Problem = tuple[str, str]


def _head(told: Paper, document: Document) -> Iterator[Problem]:
    if not told.tagged:
        yield "pdf-tags", "the PDF has no tags"
    if told.language != document.language:
        yield "pdf-language", f"the language is '{told.language}', not '{document.language}'"
    if told.title != document.title:
        yield "pdf-title", f"the title is '{told.title}', not '{document.title}'"
    if not told.accessible:
        yield "pdf-ua", "the PDF does not say that it is PDF/UA"


def _figures(told: Paper) -> Iterator[Problem]:
    alts = [tag.alt.strip() for tag in told.elements if tag.role == "Figure"]
    if not alts:
        yield "pdf-figures", "there is no figure in it"
    if not all(alts):
        silent = sum(not alt for alt in alts)
        yield "pdf-alt", f"{silent} of {len(alts)} figures have no alternative text"


def _fonts(told: Paper, document: Document) -> Iterator[Problem]:
    own = tuple(family.replace(" ", "") for family in document.fonts)
    for font in told.fonts:
        if not font.embedded:
            yield "pdf-font", f"font {font.name} is not in the file"
        if not font.name.replace("-", "").startswith(own):
            yield "pdf-font", f"{font.name} is not a font of the house style"


def _texts(pages: Sequence[Page], name: str, own: set[str]) -> Iterator[Problem]:
    told = " ".join(page.text for page in pages)
    if not pages or plain(name) not in plain(pages[0].text):
        yield "pdf-area", f"'{name}' does not stand on the first page"
    strangers = sorted(set(CODE.findall(told)) - own)
    if strangers:
        yield "pdf-strangers", f"codes of other areas stand in it: {', '.join(strangers)}"
    if MISSING_GLYPH in told:
        yield "pdf-glyph", "a character has no shape in the fonts of the house style"
    blank = [str(page.number) for page in pages if not page.text.strip()]
    if blank:
        yield "pdf-blank", f"page {', '.join(blank)} has no text"
