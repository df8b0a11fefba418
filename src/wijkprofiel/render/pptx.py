"""The slides as an editable PowerPoint: native charts and tables, placeholders, speaker notes.

What stands where is the same as in the PDF: both come from one deck. Text is text, charts have
their numbers, and only maps, people and signs are pictures.

* :mod:`~wijkprofiel.render.pptx_master`    theme, master and layouts by role
* :mod:`~wijkprofiel.render.pptx_slides`    one slide, block by block
* :mod:`~wijkprofiel.render.pptx_page`      a slide while it is being filled
* :mod:`~wijkprofiel.render.pptx_shapes`    alternative texts, and what is decoration
* :mod:`~wijkprofiel.render.pptx_charts`    charts that PowerPoint draws
* :mod:`~wijkprofiel.render.pptx_tables`    native tables
* :mod:`~wijkprofiel.render.pptx_text`      frames, paragraphs, runs
* :mod:`~wijkprofiel.render.pptx_pictures`  our drawings as pictures
* :mod:`~wijkprofiel.render.pptx_package`   the same bytes every time, and a check
"""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

from markupsafe import Markup

from wijkprofiel.charts import signs, tokens
from wijkprofiel.documents import slides
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.slides_model import Deck, Picture
from wijkprofiel.documents.styles import SIGNS
from wijkprofiel.errors import ConfigError, Problem, RenderError
from wijkprofiel.render import pptx_master, pptx_package, pptx_pictures
from wijkprofiel.render.pptx_page import Page
from wijkprofiel.render.pptx_slides import SIGN_SIZE, fill

APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>wijkprofiel</Application></Properties>"
)


def render(desk: Desk) -> bytes:
    """Return the slides of an area as .pptx; the same desk gives the same bytes.

    Raises:
        RenderError: the package is not sound, or a slide is too small for its text.
    """
    from pptx import Presentation

    deck = slides.deck(desk)
    presentation = Presentation()
    _strip(presentation)
    pptx_master.dress(presentation, deck, desk.style)
    _properties(presentation, deck)
    images, drawn = _images(deck, desk)
    layouts = dict(zip(pptx_master.LAYOUTS, presentation.slide_master.slide_layouts, strict=True))
    for made in deck.slides:
        slide = presentation.slides.add_slide(layouts[made.layout])
        fill(Page(slide, made, deck, desk.style, desk.measure, images, drawn))
    buffer = io.BytesIO()
    presentation.save(buffer)
    content = pptx_package.sealed(buffer.getvalue(), deck.date, deck.locale)
    wrong = pptx_package.problems(content)
    if wrong:
        where = f"{desk.spec.id} {desk.profile.area.slug}"
        raise RenderError.of(
            (Problem(where, text, None) for text in wrong), "no PowerPoint written"
        )
    return content


def _images(deck: Deck, desk: Desk) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """PNGs by the markup of a drawing, and by the role of a theme."""
    blocks = [at.block for made in deck.slides for at in made.placed]
    pictures = list({str(b.svg): b for b in blocks if isinstance(b, Picture)}.values())
    roles = _signs(desk) if tokens.look(desk.style, "themes", "plane") != "bar" else {}
    every = pptx_pictures.images([*pictures, *roles.values()], deck, desk.style, desk.config)
    shown = {str(p.svg): image for p, image in zip(pictures, every, strict=False)}
    return shown, dict(zip(roles, every[len(pictures) :], strict=True))


def _signs(desk: Desk) -> dict[str, Picture]:
    """The signs of the themes, those that have one."""
    found = {}
    for role in desk.style.themes:
        try:
            path = desk.config.assets.find(f"{SIGNS}/{role}.svg")
        except ConfigError:
            continue
        drawing = signs.coloured(path.read_text(encoding="utf-8"), desk.style, role)
        size = f'<svg width="{SIGN_SIZE}mm" height="{SIGN_SIZE}mm"'
        sized = re.sub(r'<svg(?:\s+(?:width|height)="[^"]*")*', size, drawing, count=1)
        found[role] = Picture(Markup(sized), role, SIGN_SIZE, SIGN_SIZE)  # noqa: S704  # ours
    return found


def _strip(presentation: Any) -> None:
    """Take away what python-pptx's template brings: a thumbnail, printer settings, its maker."""
    package = presentation.part.package
    for holder in (presentation.part, package):
        relations = holder._rels if holder is package else holder.rels  # noqa: SLF001
        for name in [
            key
            for key, relation in relations.items()
            if relation.reltype.rsplit("/", 1)[-1] in ("printerSettings", "thumbnail")
        ]:
            relations.pop(name)
    for part in package.iter_parts():
        if str(part.partname).endswith("app.xml"):
            part._blob = APPLICATION.encode()  # noqa: SLF001  # a part without a class of its own


def _properties(presentation: Any, deck: Deck) -> None:
    date = dt.datetime.fromisoformat(deck.date)
    core = presentation.core_properties
    core.title, core.subject, core.author = deck.title, deck.subject, deck.author
    core.last_modified_by, core.language = deck.author, deck.locale
    core.created = core.modified = date
    core.revision = 1
    core.keywords = deck.area
    core.comments = ""
