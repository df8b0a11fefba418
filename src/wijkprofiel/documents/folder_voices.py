"""The people's part of the folder: what residents say, what the plan is or was, how to join."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wijkprofiel.documents import colophon, cover, images
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.dialogue import Line
from wijkprofiel.documents.folder_topics import KINDS, Extra, Panel, extras_in
from wijkprofiel.documents.plan_rows import ActionRow, plan_rows
from wijkprofiel.documents.points import any_figure
from wijkprofiel.documents.themes import Said, said
from wijkprofiel.model import Contact
from wijkprofiel.model.foreign import join as join_words
from wijkprofiel.profile import plans
from wijkprofiel.wording import sentences

WIDTH = 73.67
"""Millimetres of text in the panel that folds in."""
QUOTE_SIZES = ((17.0, 7.5), (14.0, 6.3), (11.0, 5.0))
"""Sizes and lines of quotes, in pt and mm; their classes are ``q1`` and on."""
QUOTE_ROOM, QUOTE_FOOT = 76.0, 11.0
"""Room for quotes, and what who said it takes of it, in mm."""
PLAN_ROOM, PLAN_WIDTH = 74.0, 66.0
NAME_PT, NAME_LINE, MORE_PT, MORE_LINE, GAP = 11.0, 5.0, 9.5, 4.5, 2.5
"""An action and who does it, in pt and mm."""
MOST_QUOTES, MOST_ACTIONS = 2, 4
HEADINGS = {"ahead": "plan", "going": "plan_going", "open": "plan_open"}
"""Above the actions that are not past, by what may be said of all of them."""
JOIN = "\u00a0· "
SMALL_PT, SMALL_LINE, SMALL_WIDTH, SMALL_ROOM = 8.5, 4.0, 75.67, 64.0
LOGOS = 10.0
"""What a strip of logos takes of the small print."""


@dataclass(frozen=True, slots=True)
class Voices:
    """The flap.

    Attributes:
        quotes: of residents, with consent: the config has refused the others.
        size: number of the size they are set in, 1 is the largest.
        heading: name of the text above the plan: what is going to be done, is being done, stands in
            the plan, or was the plan.
        past: the time of all actions has passed, so what comes now is still open.
        first: themes that come first, "" where none were chosen.
        left: that there are more actions than fit, "" when all stand here.
        extras: what people say themselves, as much as fits.
    """

    quotes: tuple[Said, ...]
    size: int
    example: bool
    heading: str
    past: bool
    first: str
    actions: tuple[Line, ...]
    left: str
    extras: tuple[Extra, ...]


@dataclass(frozen=True, slots=True)
class Join:
    """The back.

    Attributes:
        held: that the dialogue has been, "" when it is still to come.
        date, place: "" when not known.
        people: name and telephone number of who can be asked.
        address: web address as it is read.
        notes: small print: the model, the own area, sources, edition, who made it.
    """

    held: str
    date: str
    place: str
    people: tuple[str, ...]
    contact: Contact
    address: str
    notes: tuple[str, ...]


def voices(desk: Desk, told: Panel) -> Voices:
    """Return what the people of the area add, as much as the panel holds.

    Args:
        desk: the desk.
        told: the panel of strengths; what people say there is not said twice.
    """
    people = desk.profile.people
    residents = [said(quote, desk) for quote in people.quotes if quote.who == "resident"]
    quotes, size = _fitting(residents, desk)
    first = desk.words.enumerate([_theme(p.theme, desk) for p in people.priorities])
    plan = plan_rows(desk)
    rows = plan.current or plan.past
    past = bool(plan.past) and not plan.current
    room = PLAN_ROOM - (2 * MORE_LINE + GAP) * (bool(first or past) + people.example)
    actions, room = _actions(rows, room - past * (NAME_LINE + 2 * GAP), desk)
    count = len(rows) - len(actions)
    key = "folder.more_action" if count == 1 else "folder.more_actions"
    return Voices(
        quotes=quotes,
        size=size,
        example=people.example,
        heading="plan_past" if past else HEADINGS[plan.tone] if rows else "plan",
        past=past,
        first=first,
        actions=actions,
        left=desk.words(key, count=count) if count and actions else "",
        extras=extras_in((t for t in KINDS["strengths"] if not told.tells(t)), room - GAP, desk),
    )


def join(desk: Desk) -> Join:
    """Return how to take part, and where the figures come from."""
    profile, words = desk.profile, desk.words
    dialogue, contact = profile.people.dialogue, profile.contact
    day = plans.dialogue_day(dialogue, profile.edition.date)
    date = words.day(day) if day is not None else ""
    held = ""
    if dialogue.held:
        key = "held_with" if date and dialogue.number else "held" if date else "held_some_day"
        held = words(f"folder.{key}", date=date, number=dialogue.number)
    return Join(
        held=held,
        date=date,
        place=dialogue.place,
        people=tuple(line for line in (contact.name, contact.phone) if line),
        contact=contact,
        address=contact.url.split("://")[-1].rstrip("/"),
        notes=tuple(_notes(desk)),
    )


def _fitting(residents: Sequence[Said], desk: Desk) -> tuple[tuple[Said, ...], int]:
    """The quotes that fit in the largest size that holds at least one of them.

    A quote is never cut: one that fits in no size is set in the smallest, and the check of the
    layout says so.
    """
    for number, (size, line) in enumerate(QUOTE_SIZES, start=1):
        found: list[Said] = []
        room = QUOTE_ROOM
        for quote in residents:
            lines = len(desk.measure.wrap(quote.text, size, WIDTH, weight=500))
            height = lines * line + QUOTE_FOOT
            if height <= room and len(found) < MOST_QUOTES:
                found.append(quote)
                room -= height
        if found:
            return tuple(found), number
    return tuple(residents[:1]), len(QUOTE_SIZES)


def _actions(rows: Sequence[ActionRow], room: float, desk: Desk) -> tuple[tuple[Line, ...], float]:
    """The actions that fit, and the room that is left in mm."""
    found: list[Line] = []
    for action in rows[:MOST_ACTIONS]:
        line = Line(action.action, join_words(JOIN, (action.who, action.when)))
        height = GAP + _height(line.name, NAME_PT, NAME_LINE, desk, weight=700)
        height += _height(line.more, MORE_PT, MORE_LINE, desk)
        if height > room:
            break
        found.append(line)
        room -= height
    if not found:
        room -= 3 * (NAME_LINE + GAP) + 2 * NAME_LINE + GAP
    return tuple(found), room


def _height(text: str, size: float, line: float, desk: Desk, weight: int = 400) -> float:
    if not text:
        return 0.0
    return line * len(desk.measure.wrap(text, size, PLAN_WIDTH, weight=weight))


def _theme(theme: str, desk: Desk) -> str:
    """Return what residents call a theme, in a sentence; else its title."""
    if desk.words.has(f"folder.theme.{theme}"):
        return desk.words(f"folder.theme.{theme}")
    titles = {
        domain.id: domain.title
        for framework in desk.config.frameworks.values()
        for domain in framework.domains
    }
    title = titles.get(theme, theme)
    return title[:1].lower() + title[1:]


def _notes(desk: Desk) -> Iterable[str]:
    """The small print: what must be told, then who made it as far as there is room."""
    profile, words = desk.profile, desk.words
    told = [colophon.model_note(desk) if any_figure(desk) else ""]
    told.append(sentences.derived_note(profile, words))
    told += sentences.boundary_notes(profile, words)
    told += sentences.correction_notes(profile, words)
    sources = colophon.footer(desk)
    adults = desk.text("adults") if any_figure(desk) else ""
    told.append(" ".join(part for part in (sources and sources + ".", adults) if part))
    told.append(cover.edition(desk) + ".")
    must = [note for note in told if note]
    may = [*images.colophon_lines(desk)]
    partners = words.enumerate([p.name for p in profile.partners])
    may += [desk.text("funding", funding=profile.funding)] if profile.funding else []
    may += [desk.text("partners", partners=partners)] if partners else []
    room = SMALL_ROOM - (LOGOS if images.senders(desk) else 0)
    left = room - sum(_small(note, desk) for note in must)
    for note in may:
        if _small(note, desk) <= left:
            left -= _small(note, desk)
            must.append(note)
    return must


def _small(note: str, desk: Desk) -> float:
    """Height of a note in the small print, in mm."""
    return SMALL_LINE * len(desk.measure.wrap(note, SMALL_PT, SMALL_WIDTH)) + SMALL_LINE / 2
