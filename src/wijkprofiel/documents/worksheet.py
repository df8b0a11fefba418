"""Paper for the wijkdialoog: a form to write on, and a sheet to vote on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from wijkprofiel.charts import circles
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.dialogue import dialogue
from wijkprofiel.documents.marks import picture
from wijkprofiel.documents.plan_rows import ActionRow
from wijkprofiel.documents.themes import themes
from wijkprofiel.profile.initiatives import offers

STICKERS = 3
"""Stickers that everybody has."""
OWN_WIDTH = 24.0
"""Of the circles on the form, in mm."""
SHEET, COLUMNS, GAP = (390.0, 206.0), 3, 5.0
"""The fields on the voting sheet together in mm, how many beside each other, the white between."""
PAD, AROUND, ACROSS, CELL = 8.0, 52.0, 10, 11.0
"""White beside the circles of a field; what stands above and below them; circles in a row (so that
counting is easy) and the least height of one, in mm."""
PLAN_ROWS, EMPTY_ROWS = 4, 2
"""Rows of the plan, and how many of them are empty at least."""


@dataclass(frozen=True, slots=True)
class SheetTheme:
    """A theme to talk about and to vote for.

    Attributes:
        colour: role of its colour.
        headline: its least favourable topic in the figures, else what stands out.
        told: whether there is a figure to say it of.
        modelled: that figure comes out of a model.
        there: names of what there is already.
        own, field: circles on the form, and on the voting sheet.
    """

    id: str
    title: str
    colour: str
    headline: str
    told: bool
    modelled: bool
    question: str
    there: tuple[str, ...]
    own: Markup
    field: Markup


@dataclass(frozen=True, slots=True)
class Worksheet:
    """What the form and the voting sheet hold.

    Attributes:
        when: date and place, "" when nothing is agreed.
        free: the circles for another theme.
        field: width and height of a field on the voting sheet, in mm.
        actions: that are not past; what has no time yet has room to write it.
        past: actions whose time has passed: they are no promise, so they are only named.
        rows: empty rows under the actions that are agreed.
    """

    when: str
    questions: tuple[str, ...]
    themes: tuple[SheetTheme, ...]
    free: Markup
    field: tuple[float, float]
    actions: tuple[ActionRow, ...]
    past: tuple[ActionRow, ...]
    rows: tuple[int, ...]


def worksheet(desk: Desk) -> Worksheet:
    """Return the working material of an area."""
    told, people = dialogue(desk), desk.profile.people
    result = desk.framework(desk.spec.themes)
    domains = {score.domain.id: score.domain for score in result.domains} if result else {}
    found = offers(people, result.framework, desk.config.interventions) if result else ()
    there = {offer.theme: tuple(i.name for i in offer.initiatives) for offer in found}
    field = _size(len(domains) + 1)
    sheet = tuple(
        SheetTheme(
            id=theme.id,
            title=theme.title,
            colour=theme.colour,
            headline=theme.concern,
            told=not theme.empty,
            modelled=theme.modelled and not theme.empty,
            question=theme.question,
            there=there.get(theme.id, ()),
            own=_own(theme.title, desk),
            field=_field(theme.title, field, desk),
        )
        for theme in themes(desk)
    )
    asked = dict.fromkeys((*_usual(desk), *people.questions))
    return Worksheet(
        when="" if told.held else told.when,
        questions=tuple(asked),
        themes=sheet,
        free=_field(desk.text("other"), field, desk) if desk.texts.has("other") else Markup(),
        field=field,
        actions=tuple(row if row.agreed else replace(row, when="") for row in told.actions),
        past=told.past,
        rows=tuple(
            range(len(told.actions) + 1, 1 + max(PLAN_ROWS, len(told.actions) + EMPTY_ROWS))
        ),
    )


def _usual(desk: Desk) -> tuple[str, ...]:
    """The three questions of every wijkdialoog."""
    names = ("dialogue_recognise", "dialogue_miss", "dialogue_strength")
    return tuple(desk.text(name) for name in names)


def _own(theme: str, desk: Desk) -> Markup:
    title = desk.words("worksheet.own", number=STICKERS, theme=theme)
    drawn = circles.circles(STICKERS, 1, style=desk.style, title=title, width=OWN_WIDTH)
    return picture(drawn)


def _size(fields: int) -> tuple[float, float]:
    """Return width and height of a field, so that all fit on the sheet."""
    rows = -(-fields // COLUMNS)
    width = (SHEET[0] - GAP * (COLUMNS - 1)) / COLUMNS
    return round(width, 2), round((SHEET[1] - GAP * (rows - 1)) / rows, 2)


def _field(theme: str, size: tuple[float, float], desk: Desk) -> Markup:
    height = size[1] - AROUND
    down = max(int(height / CELL), 1)
    title = desk.words("worksheet.field", number=ACROSS * down, theme=theme)
    drawn = circles.circles(
        ACROSS, down, style=desk.style, title=title, width=size[0] - 2 * PAD, height=height
    )
    return picture(drawn)
