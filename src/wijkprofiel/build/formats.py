"""From a profile to one file of a document, by file format; a new format is one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from wijkprofiel.config import Config
from wijkprofiel.errors import Problem, RenderError
from wijkprofiel.model import DocumentSpec, Finding, Profile, Severity

if TYPE_CHECKING:
    from wijkprofiel.documents import Document
    from wijkprofiel.documents.web_sheets import Page


class Made(NamedTuple):
    """A finished file.

    Attributes:
        content: the file.
        findings: what a person should know about it.
        source: what it was made from, to verify it against: the document of a PDF, the page of a
            web page; None: it can only be compared with another of its kind.
    """

    content: bytes
    findings: tuple[Finding, ...] = ()
    source: Document | Page | None = None


Maker = Callable[[Profile, DocumentSpec, Config], Made]
"""Makes a file and checks it; raises a RenderError where it must not be published."""


def pdf(profile: Profile, spec: DocumentSpec, config: Config, *, bleed: bool = False) -> Made:
    """Return the document as PDF/UA, read back and checked.

    Args:
        profile: the area.
        spec: the document type.
        config: the project.
        bleed: for the printer, with bleed and crop marks.

    Raises:
        RenderError: it is not what it should be.
    """
    # Here, so that a wrong name is told before templates and the PDF engine are loaded.
    from wijkprofiel import documents
    from wijkprofiel.documents import readable
    from wijkprofiel.render import check
    from wijkprofiel.render import pdf as engine

    document = documents.make(profile, spec, config)
    if bleed:
        document = documents.for_printer(document, spec)
    content = engine.render(document, config)
    found = check.check(content, document, profile)
    wrong = [finding for finding in found if finding.severity is Severity.ERROR]
    if wrong:
        problems = (Problem(f.where, f"{f.code}: {f.message}", f.hint or None) for f in wrong)
        refused = RenderError.of(problems, f"{profile.area.slug} is not written")
        refused.content = content
        raise refused
    return Made(content, (*found, *readable.findings(document, spec, config)), document)


def _data(name: str) -> Maker:
    """Return a maker of :mod:`wijkprofiel.build.data_files`, loaded when it is used."""

    def make(profile: Profile, spec: DocumentSpec, config: Config) -> Made:
        from wijkprofiel.build import data_files

        maker: Maker = getattr(data_files, name)
        return maker(profile, spec, config)

    return make


def html(
    profile: Profile, spec: DocumentSpec, config: Config, *, beside: Sequence[str] = ()
) -> Made:
    """Return the document as one web page that needs nothing from outside.

    Args:
        profile: the area.
        spec: the document type.
        config: the project.
        beside: names of the files in the same folder, for links.

    Raises:
        RenderError: it is not what it should be.
    """
    from wijkprofiel.documents import web_page
    from wijkprofiel.render import html as engine

    page = web_page.make(profile, spec, config, beside=beside)
    return Made(engine.render(page, config.assets), (), page)


def pptx(profile: Profile, spec: DocumentSpec, config: Config) -> Made:
    """Return the slides as an editable PowerPoint, checked.

    Raises:
        RenderError: the package is not sound, or a slide is too small for its text.
    """
    from wijkprofiel.documents.desk import Desk
    from wijkprofiel.render import pptx as engine

    return Made(engine.render(Desk.of(profile, spec, config)))


MAKERS: Mapping[str, Maker] = MappingProxyType(
    {
        "pdf": pdf,
        "html": html,
        "pptx": pptx,
        "xlsx": _data("workbook"),
        "csv": _data("csv"),
        "zip": _data("package"),
    }
)
"""Per file format, in the order that an area's files are written."""


def load() -> None:
    """Load the engines of all formats, so that processes that are copies of this one share them."""
    from importlib import import_module

    for name in ("build.verify", "build.data_files", "documents.web_page", "render.check",
                 "render.html", "render.pdf", "render.pptx"):  # fmt: skip
        import_module(f"wijkprofiel.{name}")
