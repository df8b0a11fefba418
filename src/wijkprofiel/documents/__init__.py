"""From a profile to a document: HTML and stylesheets, not yet a PDF.

* :mod:`~wijkprofiel.documents.desk`       what lies on the desk: profile, words, style, measure
* :mod:`~wijkprofiel.documents.view`       what a template may ask for; one module per part
* :mod:`~wijkprofiel.documents.templates`  the Jinja environment
* :mod:`~wijkprofiel.documents.styles`     a house style as CSS
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from wijkprofiel.config import Config
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.styles import Stylesheet, stylesheets
from wijkprofiel.documents.templates import fill
from wijkprofiel.documents.view import View
from wijkprofiel.model import DocumentSpec, Profile

__all__ = ["Document", "Stylesheet", "for_printer", "make"]


@dataclass(frozen=True, slots=True)
class Document:
    """A document before it is rendered.

    Attributes:
        id: document type.
        title: title in the metadata.
        slug: file-safe name of the area.
        html: well-formed XHTML.
        language: BCP 47 tag.
        stylesheets: in the order they apply.
        fonts: families that it is set in, and no other.
        date: edition date (ISO), the only date a PDF may carry.
        bleed: millimetres that planes run over the edge, with crop marks; 0 without.
    """

    id: str
    title: str
    slug: str
    html: str
    language: str
    stylesheets: tuple[Stylesheet, ...]
    fonts: tuple[str, ...]
    date: str
    bleed: float = 0


def make(profile: Profile, spec: DocumentSpec, config: Config) -> Document:
    """Return the document of one type for one area.

    Raises:
        ConfigError: a text, a stylesheet or the house style is not there.
        RenderError: a template is wrong or asks for something that is not there.
    """
    desk = Desk.of(profile, spec, config)
    view = View(desk)
    date = profile.edition.date.isoformat()
    context: dict[str, object] = {
        "v": view,
        "t": desk.text,
        "w": desk.words,
        "language": desk.words("language"),
        "date": date,
    }
    html = fill(config.assets, f"{spec.id}/{spec.template}", context)
    return Document(
        id=spec.id,
        title=view.title,
        slug=profile.area.slug,
        html=html,
        language=desk.words("language"),
        stylesheets=stylesheets(desk.style, spec.id, config.assets),
        fonts=tuple(font.family for font in desk.style.fonts),
        date=date,
    )


def for_printer(document: Document, spec: DocumentSpec) -> Document:
    """Return a document with the bleed of its type and with crop marks."""
    return replace(document, bleed=spec.bleed)
