"""What the area's people add: the dialogue, priorities, initiatives, actions and goals."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from wijkprofiel.charts import tokens
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.plan_rows import (
    ActionRow,
    GoalRow,
    goal_rows,
    plan_rows,
    recognition,
)
from wijkprofiel.documents.themes import Said, said
from wijkprofiel.model import AreaProfile, DomainScore, Priority
from wijkprofiel.model.foreign import fill, join
from wijkprofiel.model.translations import ORIGINAL
from wijkprofiel.profile import plans

EMPTY_ROWS, MOST_ROWS = 3, 12
FLOW_HEIGHT, WRITE_LINE, PART_GAP, WIDE, GOAL_COLUMN = 264.0, 9, 6.0, 118.67, 37.0
"""Of the page where the rest flows to, in mm: height, a line to write on, white, widths."""

LEFT, LEFT_HEIGHT = 57.33, 34.0
RIGHT_HEIGHT = 46.0
PLAN_COLUMNS = (25.0, 46.0, 27.0, 14.0)
"""Text widths in the plan: goal, action, who, when."""
PLAN_HEAD = 7.0
"""The head of a second table, and the white above it, in mm."""
TEXT_PT, TEXT_LINE, TABLE_PT, TABLE_LINE = 8.5, 4.0, 7.5, 3.4


@dataclass(frozen=True, slots=True)
class Line:
    """A name with what belongs to it ("Welzijn op Recept", "gemeente · loopt")."""

    name: str
    more: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The part of the document that belongs to the people of the area.

    Attributes:
        filled: there is something to show besides questions.
        flows: it takes more room than its place on the last page, so the rest flows on.
        held: the dialogue has taken place.
        when: date, place and number of people, "" when nothing is known.
        actions: that go on, are still to come, or have no year.
        past: actions whose time has passed.
        tone: what may be said of ``actions``, as in :class:`~wijkprofiel.profile.plans.ActionPlan`.
        quotes: those that stand with no theme.
        empty_rows: numbers of the empty rows of the action plan.
        write_rows: lines to write on, as many as the page where the rest flows to has room for.
    """

    filled: bool
    flows: bool
    example: bool
    held: bool
    when: str
    form: str
    questions: tuple[str, ...]
    priorities: tuple[Line, ...]
    strengths: tuple[str, ...]
    wishes: tuple[str, ...]
    missing: tuple[str, ...]
    initiatives: tuple[Line, ...]
    interventions: tuple[Line, ...]
    actions: tuple[ActionRow, ...]
    past: tuple[ActionRow, ...]
    tone: Literal["ahead", "going", "open"]
    goals: tuple[GoalRow, ...]
    quotes: tuple[Said, ...]
    lessons: tuple[str, ...]
    about: str
    programme: str
    empty_rows: tuple[int, ...]
    write_rows: tuple[int, ...]


def dialogue(desk: Desk) -> Dialogue:
    """Return what the area's own file says, ready for paper."""
    told = _told(desk)
    room = round(FLOW_HEIGHT - _height(told, desk)) // WRITE_LINE
    rows = min(room, MOST_ROWS) if room >= EMPTY_ROWS else 0
    lines = tuple(range(1, rows + 1))
    return dataclasses.replace(told, flows=told.filled and _flows(told, desk), write_rows=lines)


def _told(desk: Desk) -> Dialogue:
    people = desk.profile.people
    themes = {score.domain.id for score in _domains(desk)}
    loose = [quote for quote in people.quotes if quote.theme not in themes]
    rows = plan_rows(desk)
    return Dialogue(
        filled=_filled(people),
        flows=False,
        example=people.example,
        held=people.dialogue.held,
        when=_when(people, desk),
        form=people.dialogue.form,
        questions=people.questions or _questions(desk),
        priorities=tuple(_priority(item, desk) for item in people.priorities),
        strengths=people.told("strengths"),
        wishes=people.told("wishes"),
        missing=people.told("missing"),
        initiatives=tuple(
            Line(item.name, _join(item.organiser, item.for_whom)) for item in people.initiatives
        ),
        interventions=tuple(
            Line(item.name, _join(recognition(item.level, desk), item.owner, item.status))
            for item in people.interventions
        ),
        actions=rows.current,
        past=rows.past,
        tone=rows.tone,
        goals=goal_rows(desk),
        quotes=tuple(said(quote, desk) for quote in loose),
        lessons=people.lessons,
        about=people.about,
        programme=people.programme,
        empty_rows=tuple(range(1, EMPTY_ROWS + 1)),
        write_rows=(),
    )


def own_words(desk: Desk) -> str:
    """Return that people's words stand as they wrote them, where that is another language."""
    people = desk.profile.people
    own = (people.quotes, people.questions, people.initiatives, people.actions, people.goals)
    spoken = desk.config.language == ORIGINAL or not (_filled(people) or any(own))
    return "" if spoken else desk.words("note.own_words")


def _flows(told: Dialogue, desk: Desk) -> bool:
    """Whether the people's part is too much for its plane: estimated from measured text."""
    long = (told.goals, told.strengths, told.wishes, told.missing, told.quotes, told.lessons)
    if any(long):
        return True
    names = [[p.name for p in told.priorities], [_line(i) for i in told.interventions]]
    names += [[i.name for i in told.initiatives], [told.when]]
    left = sum(_lines(", ".join(part), LEFT, TEXT_PT, desk) + 1 for part in names if part)
    right = 4.4 * len(told.questions[:3]) + 6
    right += _plan_height(told, desk)
    most = tokens.size(desk.style, "dialogue_right", RIGHT_HEIGHT)
    return left * TEXT_LINE > LEFT_HEIGHT or right > most


def _height(told: Dialogue, desk: Desk) -> float:
    """Millimetres that the people's part takes where it flows on: estimated, rather too much."""

    def block(texts: Iterable[str], width: float) -> float:
        heights = [TEXT_LINE * _lines(text, width, TEXT_PT, desk) + 1.2 for text in texts]
        return max(sum(heights), 5) + PART_GAP if heights else 0

    named = (told.priorities, told.initiatives, told.interventions)
    height = 16 + block([told.about, told.programme], WIDE)
    for lines in named:
        columns = 2 if len(lines) > 3 else 1
        taken = sum(TEXT_LINE * (1 + _lines(line.more, WIDE / columns, TEXT_PT, desk)) + 1.2
                    for line in lines)  # fmt: skip
        height += taken / columns + PART_GAP + TEXT_LINE if lines else 0
    for plain in (told.strengths, told.wishes, told.missing, told.lessons):
        height += block(plain, WIDE)
    height += block([f"{quote.text} {quote.who}" for quote in told.quotes], WIDE * 0.8)
    height += _plan_height(told, desk) + (PART_GAP if told.actions and told.past else 0)
    goals = (f"{goal.status}: {goal.hint}" for goal in told.goals)
    height += sum(2 + TABLE_LINE * _lines(text, GOAL_COLUMN, TABLE_PT, desk) for text in goals)
    return height + 4 * (PART_GAP + TEXT_LINE)


def _plan_height(told: Dialogue, desk: Desk) -> float:
    """Millimetres that the rows of the plan take, and the head of a second table."""
    height = PLAN_HEAD if told.actions and told.past else 0.0
    for row in (*told.actions, *told.past):
        cells = (row.goal, f"{row.action} {row.level}", row.who, row.when)
        pairs = zip(cells, PLAN_COLUMNS, strict=True)
        height += 2 + TABLE_LINE * max(_lines(c, w, TABLE_PT, desk) for c, w in pairs)
    return height


def _lines(text: str, width: float, size: float, desk: Desk) -> int:
    return len(desk.measure.wrap(text, size, width)) if text else 0


def _line(line: Line) -> str:
    return f"{line.name} ({line.more})" if line.more else line.name


def _filled(people: AreaProfile) -> bool:
    return bool(
        people.priorities
        or people.told("strengths")
        or people.told("wishes")
        or people.told("missing")
        or people.initiatives
        or people.interventions
        or people.actions
        or people.goals
        or people.lessons
        or people.dialogue.held
    )


def _domains(desk: Desk) -> tuple[DomainScore, ...]:
    result = desk.framework(desk.spec.themes)
    return result.domains if result else ()


def _questions(desk: Desk) -> tuple[str, ...]:
    names = ("dialogue_recognise", "dialogue_miss", "dialogue_strength")
    return tuple(desk.text(name) for name in names)


def _when(people: AreaProfile, desk: Desk) -> str:
    held = people.dialogue
    parts = []
    day = plans.dialogue_day(held, desk.profile.edition.date)
    if day is not None:
        parts.append(desk.words.day(day))
    if held.place:
        parts.append(held.place)
    if held.number:
        parts.append(desk.words("dialogue.number", number=held.number))
    return _join(*parts)


def _priority(item: Priority, desk: Desk) -> Line:
    titles = {
        domain.id: domain.title
        for framework in desk.config.frameworks.values()
        for domain in framework.domains
    }
    source = desk.words(f"dialogue.source.{item.source}")
    why = fill("{why} ({source})", {"why": item.why, "source": source})
    return Line(titles.get(item.theme, item.theme), why)


def _join(*parts: str) -> str:
    return join(" · ", parts)
