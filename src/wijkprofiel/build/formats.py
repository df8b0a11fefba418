"""From a profile to one file of a document, by file format; a new format is one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from wijkprofiel.config import Config
from wijkprofiel.errors import Problem, RenderError
from wijkprofiel.model import DocumentSpec, Finding, Profile, Severity

Made = tuple[bytes, tuple[Finding, ...]]
"""The file, and what a person should know about it."""

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
        raise RenderError.of(problems, f"{profile.area.slug} is not written")
    return content, (*found, *readable.findings(document, spec, config))


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

    return engine.render(web_page.make(profile, spec, config, beside=beside), config.assets), ()


def pptx(profile: Profile, spec: DocumentSpec, config: Config) -> Made:
    """Return the slides as an editable PowerPoint, checked.

    Raises:
        RenderError: the package is not sound, or a slide is too small for its text.
    """
    from wijkprofiel.documents.desk import Desk
    from wijkprofiel.render import pptx as engine

    return engine.render(Desk.of(profile, spec, config)), ()


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

    for name in ("build.agreement", "build.data_files", "documents.web_page", "render.check",
                 "render.html", "render.pdf", "render.pptx"):  # fmt: skip
        import_module(f"wijkprofiel.{name}")
