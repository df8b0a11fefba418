"""The slides for the wijkdialoog: one deck, from which the PDF and the PowerPoint are both made.

Where nobody lives there is nobody to ask and nothing to score: such an area has the slides about
the place and the meeting only.
"""

from __future__ import annotations

from collections.abc import Iterator

from wijkprofiel.documents import (
    slides_cover,
    slides_figures,
    slides_opening,
    slides_plan,
    slides_talk,
)
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.slides_model import Deck, Slide

PARTS_OF_POWERPOINT = ("cover", "wide", "even", "side", "theme", "title", "lead", "body", "kicker",
                       "note", "master")  # fmt: skip


def deck(desk: Desk) -> Deck:
    """Return the slides of an area, in the order of the meeting."""
    spec, words = desk.spec, desk.words
    return Deck(
        title=f"{spec.title} – {desk.names.area}",
        area=desk.names.area,
        subject=desk.text("kicker"),
        author=desk.config.project.title,
        locale=words("slides.locale"),
        date=desk.profile.edition.date.isoformat(),
        slides=tuple(_slides(desk)),
        words={name: words(f"slides.layout.{name}") for name in PARTS_OF_POWERPOINT},
    )


def _slides(desk: Desk) -> Iterator[Slide]:
    yield slides_cover.cover_slide(desk)
    yield slides_opening.purpose(desk)
    yield slides_opening.agenda(desk)
    yield slides_opening.who(desk)
    if desk.inhabited:
        yield from _figures(desk)
    yield slides_talk.ask(desk)
    if desk.inhabited:
        yield slides_talk.vote(desk)
        yield from slides_plan.there(desk)
        yield from slides_plan.helps(desk)
    yield from slides_plan.plan(desk)
    if desk.inhabited:
        yield from slides_plan.goals(desk)
    yield from slides_plan.sources(desk)


def _figures(desk: Desk) -> Iterator[Slide]:
    yield slides_opening.reading(desk)
    web = slides_figures.web_slide(desk)
    if web is not None:
        yield web
    yield from slides_figures.theme_slides(desk)
    yield slides_figures.unknown(desk)
    yield slides_talk.parts(desk)
