"""A look at a finished PDF: is it what PDF/UA and the profile say it should be?

Read back with other software than wrote it. An error finding means: do not publish.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from wijkprofiel.documents import Document
from wijkprofiel.model import Comparison, Finding, Profile, Severity

CODE = re.compile(r"\b(?:GM\d{4}|WK\d{6}|BU\d{8})\b")
MISSING_GLYPH = "\ufffd"
LINE_END_HYPHEN = "\x02"
"""What pdfium reads where a line ends in a hyphen, that of a name too."""


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
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        items = [item for item in opened.objects if _is_dictionary(item)]
        found = [*_head(opened, document), *_figures(items), *_fonts(items, document)]
    found += _texts(read(pdf), name, own)
    where = f"{document.id} {document.slug}"
    return [Finding(code, Severity.ERROR, where, message) for code, message in found]


def read(pdf: bytes) -> list[str]:
    """Return the text of every page, in the order it stands in the file."""
    import pypdfium2

    opened = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in opened]
    finally:
        opened.close()


Problem = tuple[str, str]


def _head(opened: Any, document: Document) -> Iterator[Problem]:
    root = opened.Root
    if "/StructTreeRoot" not in root or not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "pdf-tags", "the PDF has no tags"
    language = str(root.get("/Lang", ""))
    if language != document.language:
        yield "pdf-language", f"the language is '{language}', not '{document.language}'"
    title = str(opened.docinfo.get("/Title", ""))
    if title != document.title:
        yield "pdf-title", f"the title is '{title}', not '{document.title}'"
    if b"pdfuaid" not in root.Metadata.read_bytes() if "/Metadata" in root else True:
        yield "pdf-ua", "the PDF does not say that it is PDF/UA"


def _figures(items: Sequence[Any]) -> Iterator[Problem]:
    figures = [item for item in items if item.get("/S") == "/Figure"]
    silent = [figure for figure in figures if not str(figure.get("/Alt", "")).strip()]
    if not figures:
        yield "pdf-figures", "there is no figure in it"
    if silent:
        yield "pdf-alt", f"{len(silent)} of {len(figures)} figures have no alternative text"


def _fonts(items: Sequence[Any], document: Document) -> Iterator[Problem]:
    own = tuple(family.replace(" ", "") for family in document.fonts)
    for item in items:
        if item.get("/Type") != "/FontDescriptor":
            continue
        name = str(item.get("/FontName", "")).lstrip("/").split("+")[-1].replace("-", "")
        if not any(key in item for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield "pdf-font", f"font {name} is not in the file"
        if not name.startswith(own):
            yield "pdf-font", f"{name} is not a font of the house style"


def _texts(pages: list[str], name: str, own: set[str]) -> Iterator[Problem]:
    told = " ".join(" ".join(pages).split())
    first = " ".join(pages[0].replace(LINE_END_HYPHEN, "-").split()) if pages else ""
    if name not in first:
        yield "pdf-area", f"'{name}' does not stand on the first page"
    strangers = sorted(set(CODE.findall(told)) - own)
    if strangers:
        yield "pdf-strangers", f"codes of other areas stand in it: {', '.join(strangers)}"
    if MISSING_GLYPH in told:
        yield "pdf-glyph", "a character has no shape in the fonts of the house style"
    blank = [str(number) for number, page in enumerate(pages, start=1) if not page.strip()]
    if blank:
        yield "pdf-blank", f"page {', '.join(blank)} has no text"


def _is_dictionary(item: Any) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.Dictionary)
