"""Small parts that stand in many places of a page: a figure, a verdict, a picture."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from wijkprofiel.documents.desk import Desk
from wijkprofiel.model import Figure, Status, Topic, Verdict
from wijkprofiel.wording import verdicts
from wijkprofiel.wording.numbers import Printed, printed

TILE_WIDTH = 26.6
"""Millimetres that a title has under its number."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict on paper: the class that draws its sign, and its word."""

    css: str
    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number for a tile or a list, split so that the unit can be set smaller.

    Attributes:
        number, unit: "16" and "%".
        word: the reason why there is no number, "" when there is one.
        title: what it is.
        compare: "Nederland 15%", a definition, or "" where neither is wanted.
        tight: a word of the title is wider than a tile, and must be broken.
        wordy: it is a word ("sterk stedelijk"), not a number.
    """

    number: str
    unit: str
    word: str
    title: str
    compare: str
    wordy: bool = False
    tight: bool = False


def picture(svg: str) -> Markup:
    """Return a chart as markup that templates do not escape: we wrote every character of it."""
    return Markup(svg)  # noqa: S704  # charts escape their texts themselves


def css_of(verdict: Verdict | None) -> str:
    """Return the classes that draw the sign of a verdict ("v-o v-slight")."""
    letter = f"v-{verdicts.sign(verdict)}"
    slight = verdict is not None and verdict.strength == 1 and letter in ("v-g", "v-o")
    return f"{letter} v-slight" if slight else letter


def mark(verdict: Verdict | None, desk: Desk) -> Mark:
    """Return the sign and the word of a verdict."""
    return Mark(css_of(verdict), verdicts.word(verdict, desk.words))


def figure_mark(topic: Topic, verdict: Verdict | None, desk: Desk) -> Mark:
    """Return the verdict on a topic; where there is no figure the row itself says why."""
    if topic.figure.status is not Status.OK:
        return Mark("v-x", desk.words("verdict.none"))
    return mark(verdict, desk)


def cell(figure: Figure | None, topic: Topic, desk: Desk, *, mixed: bool = False) -> str:
    """Return a number for a table cell, without the per cent sign that the head already has.

    With ``mixed`` the table holds other units too, and the sign stands by the number.
    """
    told = printed(figure, topic.indicator, desk.words)
    return told.number + told.unit if mixed and told.unit == "%" else told.number


def tile(topic: Topic, desk: Desk, *, defined: bool = False) -> Number:
    """Return a topic as a large number with its title and, where it helps, the country's.

    With ``defined`` one that is not compared says in a few words what it is.

    Titles name their own unit ("inwoners per km²"); only the per cent sign stands by the number.
    """
    indicator = topic.indicator
    told: Printed = desk.number(topic)
    country = printed(topic.country, indicator, desk.words)
    comparable = indicator.unit in ("percent", "ratio", "km", "per-km2", "thousand-euro")
    compare = ""
    if comparable and told.present and country.present:
        value = country.text if country.unit == "%" else country.number
        compare = desk.words("compare.country", country=desk.names.country, value=value)
    elif defined and told.present:
        compare = indicator.brief
    unit = told.unit if told.unit == "%" else ""
    wordy = indicator.unit == "class" and told.present
    widest = max(desk.measure.text_width(part, 8.5) for part in indicator.title.split())
    tight = widest > TILE_WIDTH
    return Number(told.number, unit, told.word, indicator.title, compare, wordy, tight)
