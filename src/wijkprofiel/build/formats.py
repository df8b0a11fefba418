"""From a profile to one file of a document, by file format; a new format is one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from wijkprofiel.config import Config
from wijkprofiel.errors import Problem, RenderError
from wijkprofiel.model import DocumentSpec, Finding, Profile, Severity

Made = tuple[bytes, tuple[Finding, ...]]
"""The file, and what a person should know about it."""

Maker = Callable[[Profile, DocumentSpec, Config], Made]
"""Makes a file and checks it; raises a RenderError where it must not be published."""


def pdf(profile: Profile, spec: DocumentSpec, config: Config) -> Made:
    """Return the document as PDF/UA, read back and checked.

    Raises:
        RenderError: it is not what it should be.
    """
    # Here, so that a wrong name is told before templates and the PDF engine are loaded.
    from wijkprofiel import documents
    from wijkprofiel.render import check
    from wijkprofiel.render import pdf as engine

    document = documents.make(profile, spec, config)
    content = engine.render(document, config)
    found = check.check(content, document, profile)
    wrong = [finding for finding in found if finding.severity is Severity.ERROR]
    if wrong:
        problems = (Problem(f.where, f"{f.code}: {f.message}", f.hint or None) for f in wrong)
        raise RenderError.of(problems, f"{profile.area.slug} is not written")
    return content, tuple(found)


MAKERS: Mapping[str, Maker] = MappingProxyType({"pdf": pdf})
"""Per file format, in the order that an area's files are written."""
