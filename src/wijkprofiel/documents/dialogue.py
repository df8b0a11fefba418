"""What the area's people add: the dialogue, priorities, initiatives, actions and goals."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.themes import Said, said
from wijkprofiel.model import (
    AreaProfile,
    DomainScore,
    Figure,
    Goal,
    Indicator,
    Priority,
    Recognition,
    Status,
)
from wijkprofiel.wording.numbers import printed

EMPTY_ROWS = 3

LEFT, LEFT_HEIGHT = 57.33, 34.0
RIGHT_HEIGHT = 46.0
PLAN_COLUMNS = (25.0, 46.0, 27.0, 14.0)
"""Text widths in the plan: goal, action, who, when."""
TEXT_PT, TEXT_LINE, TABLE_PT, TABLE_LINE = 8.5, 4.0, 7.5, 3.4


@dataclass(frozen=True, slots=True)
class Line:
    """A name with what belongs to it ("Welzijn op Recept", "gemeente · loopt")."""

    name: str
    more: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One line of the action plan."""

    goal: str
    action: str
    level: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal: nulmeting, now, target; ``status`` says how it stands, or that it cannot."""

    title: str
    baseline: str
    now: str
    target: str
    status: str
    hint: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The part of the document that belongs to the people of the area.

    Attributes:
        filled: there is something to show besides questions.
        flows: it takes more room than its place on the last page, so the rest flows on.
        held: the dialogue has taken place.
        when: date, place and number of people, "" when nothing is known.
        quotes: those that stand with no theme.
        empty_rows: numbers of the empty rows of the action plan.
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
    goals: tuple[GoalRow, ...]
    quotes: tuple[Said, ...]
    lessons: tuple[str, ...]
    about: str
    programme: str
    empty_rows: tuple[int, ...]

    @property
    def plan(self) -> bool:
        """Whether there are actions or goals to put in a table."""
        return bool(self.actions or self.goals)


def dialogue(desk: Desk) -> Dialogue:
    """Return what the area's own file says, ready for paper."""
    told = _told(desk)
    return dataclasses.replace(told, flows=told.filled and _flows(told, desk))


def _told(desk: Desk) -> Dialogue:
    people = desk.profile.people
    themes = {score.domain.id for score in _domains(desk)}
    loose = [quote for quote in people.quotes if quote.theme not in themes]
    return Dialogue(
        filled=_filled(people),
        flows=False,
        example=people.example,
        held=people.dialogue.held,
        when=_when(people, desk),
        form=people.dialogue.form,
        questions=people.questions or _questions(desk),
        priorities=tuple(_priority(item, desk) for item in people.priorities),
        strengths=people.strengths,
        wishes=people.wishes,
        missing=people.missing,
        initiatives=tuple(
            Line(item.name, _join(item.organiser, item.for_whom)) for item in people.initiatives
        ),
        interventions=tuple(
            Line(item.name, _join(recognition(item.level, desk), item.owner, item.status))
            for item in people.interventions
        ),
        actions=tuple(
            ActionRow(a.goal, a.action, recognition(a.level, desk), a.who, a.when)
            for a in people.actions
        ),
        goals=tuple(_goal(goal, desk) for goal in people.goals),
        quotes=tuple(said(quote, desk) for quote in loose),
        lessons=people.lessons,
        about=people.about,
        programme=people.programme,
        empty_rows=tuple(range(1, EMPTY_ROWS + 1)),
    )


def recognition(level: Recognition | None, desk: Desk) -> str:
    """Return the erkenningsniveau in words, "" where there is none."""
    return desk.words(f"recognition.{level}") if level else ""


def _flows(told: Dialogue, desk: Desk) -> bool:
    """Whether the people's part is too much for its plane: estimated from measured text."""
    long = (told.goals, told.strengths, told.wishes, told.missing, told.quotes, told.lessons)
    if any(long):
        return True
    names = [[p.name for p in told.priorities], [_line(i) for i in told.interventions]]
    names += [[i.name for i in told.initiatives], [told.when]]
    left = sum(_lines(", ".join(part), LEFT, TEXT_PT, desk) + 1 for part in names if part)
    right = 4.4 * len(told.questions[:3]) + 6
    for row in told.actions:
        cells = (row.goal, f"{row.action} {row.level}", row.who, row.when)
        pairs = zip(cells, PLAN_COLUMNS, strict=True)
        right += 2 + TABLE_LINE * max(_lines(c, w, TABLE_PT, desk) for c, w in pairs)
    return left * TEXT_LINE > LEFT_HEIGHT or right > RIGHT_HEIGHT


def _lines(text: str, width: float, size: float, desk: Desk) -> int:
    return len(desk.measure.wrap(text, size, width)) if text else 0


def _line(line: Line) -> str:
    return f"{line.name} ({line.more})" if line.more else line.name


def _filled(people: AreaProfile) -> bool:
    return bool(
        people.priorities
        or people.strengths
        or people.wishes
        or people.missing
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
    if held.date is not None:
        month = desk.words(f"month.{held.date.month}")
        parts.append(desk.words("date", day=held.date.day, month=month, year=held.date.year))
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
    return Line(titles.get(item.theme, item.theme), f"{item.why} ({source})")


def _goal(goal: Goal, desk: Desk) -> GoalRow:
    words = desk.words
    indicator = desk.config.indicators.get(goal.indicator) if goal.indicator else None
    topic = desk.topic(goal.indicator) if goal.indicator else None
    now = words("number.missing")
    status, hint = words("goal.no_now"), words("goal.own_count")
    if topic is not None and indicator is not None:
        now = printed(topic.figure, indicator, words).number
        if _is_model(topic.figure, desk):
            status, hint = words("goal.model_figure"), words("goal.model_hint")
            now = words("number.missing")
        else:
            status, hint = _progress(goal, topic.figure, desk), ""
    return GoalRow(
        title=goal.title,
        baseline=_amount(goal.baseline, goal.baseline_year, indicator, desk),
        now=now,
        target=_amount(goal.target, goal.year, indicator, desk),
        status=status,
        hint=goal.measure or hint,
    )


def _is_model(figure: Figure, desk: Desk) -> bool:
    sources = {source.id: source for source in desk.profile.sources}
    return figure.source in sources and sources[figure.source].model_figures


def _progress(goal: Goal, figure: Figure, desk: Desk) -> str:
    if figure.value is None or goal.target is None or goal.baseline is None:
        return desk.words("goal.no_now")
    turn = 1 if goal.target >= goal.baseline else -1
    if turn * (figure.value - goal.target) >= 0:
        return desk.words("goal.reached")
    moved = turn * (figure.value - goal.baseline) > 0
    return desk.words("goal.on_the_way" if moved else "goal.not_yet")


def _amount(value: float | None, year: int | None, indicator: Indicator | None, desk: Desk) -> str:
    if value is None:
        return desk.words("number.missing")
    if indicator is None:
        told = f"{value:g}"
    else:
        told = printed(Figure(indicator.id, "", value, Status.OK), indicator, desk.words).text
    return f"{told} ({year})" if year else told


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
