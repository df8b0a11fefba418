"""Everything a template may ask for, worked out the moment it asks."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from markupsafe import Markup

from wijkprofiel.charts import tokens
from wijkprofiel.documents import (
    colophon,
    cover,
    dialogue,
    folder,
    points,
    slides,
    table,
    terms,
    themes,
    web,
    worksheet,
)
from wijkprofiel.documents.choropleth import Choropleth, choropleth
from wijkprofiel.documents.colophon import Colophon, LegendItem
from wijkprofiel.documents.cover import Cover, KeyFigures
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.dialogue import Dialogue
from wijkprofiel.documents.folder import Folder
from wijkprofiel.documents.points import Overall, Points
from wijkprofiel.documents.slides_model import Deck
from wijkprofiel.documents.table import Table, Vulnerable
from wijkprofiel.documents.terms import Term
from wijkprofiel.documents.themes import Theme
from wijkprofiel.documents.web import Web
from wijkprofiel.documents.worksheet import Worksheet
from wijkprofiel.wording import Names


class piece(cached_property[Any]):  # noqa: N801  # it is used as a decorator
    """A piece of a page, computed once.

    Jinja takes an AttributeError for a name that is not there; a bug must show itself as one.
    """

    def __get__(self, instance: object, owner: type[Any] | None = None) -> Any:
        """Return the piece, computing it the first time."""
        try:
            return super().__get__(instance, owner)
        except AttributeError as bug:
            raise RuntimeError(f"{self.attrname}: {bug}") from bug


class View:
    """One profile, as the templates see it.

    Pieces are computed on demand, so that a short document does not pay for a long one's charts.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def title(self) -> str:
        """Title of the document in the PDF's metadata."""
        return f"{self._desk.spec.title} – {self._desk.names.area}"

    @property
    def names(self) -> Names:
        """What the places are called."""
        return self._desk.names

    @property
    def flows(self) -> bool:
        """Whether the people's part takes more room than its place on the last page."""
        return bool(self.dialogue.flows if self.inhabited else self.dialogue.filled)

    @property
    def inhabited(self) -> bool:
        """Whether anybody lives there; where nobody does, there is nobody to ask or to count."""
        return self._desk.inhabited

    def look(self, name: str, usual: str) -> str:
        """Return a choice of the house style, for texts that say what a chart is made of."""
        return tokens.look(self._desk.style, name, usual)

    @property
    def margins(self) -> bool:
        """Whether a figure has margins that charts draw."""
        topics = self._desk.profile.topics.values()
        return any(t.figure.value is not None and t.figure.lower is not None for t in topics)

    @property
    def compares(self) -> bool:
        """Whether there is a gemeente to compare with."""
        return self._desk.compares

    @piece
    def gemeenten(self) -> str:
        """Name of the gemeente or gemeenten, for the footer."""
        return cover.gemeenten(self._desk.profile.area, self._desk)

    @piece
    def cover(self) -> Cover:
        """The cover plane."""
        return cover.cover(self._desk)

    @piece
    def key_figures(self) -> KeyFigures:
        """The tiles and the locator map."""
        return cover.key_figures(self._desk)

    @piece
    def overall(self) -> Overall:
        """One sentence over everything."""
        return points.overall(self._desk)

    @piece
    def strengths(self) -> Points:
        """Sterke punten."""
        return points.points("strengths", self._desk)

    @piece
    def concerns(self) -> Points:
        """Aandachtspunten."""
        return points.points("concerns", self._desk)

    @piece
    def web(self) -> Web | None:
        """The web and its rows."""
        return web.web(self._desk)

    @piece
    def themes(self) -> tuple[Theme, ...]:
        """The theme modules."""
        return themes.themes(self._desk)

    @piece
    def table(self) -> Table:
        """All judged topics."""
        return table.table(self._desk)

    @piece
    def vulnerable(self) -> tuple[Vulnerable, ...]:
        """The block about vulnerable people."""
        return table.vulnerable(self._desk)

    @piece
    def vulnerable_terms(self) -> tuple[Term, ...]:
        """Definitions beside that block."""
        return tuple(terms.term(topic) for topic in terms.vulnerable(self._desk))

    @piece
    def dialogue(self) -> Dialogue:
        """The people's part."""
        return dialogue.dialogue(self._desk)

    @piece
    def folder(self) -> Folder:
        """The six panels of the folder."""
        return folder.folder(self._desk)

    @piece
    def deck(self) -> Deck:
        """The slides for the wijkdialoog."""
        return slides.deck(self._desk)

    @piece
    def worksheet(self) -> Worksheet:
        """What to write on and to vote on in the wijkdialoog."""
        return worksheet.worksheet(self._desk)

    @property
    def own_words(self) -> str:
        """That people's own words are in another language, "" where they are not."""
        return dialogue.own_words(self._desk)

    @piece
    def legend(self) -> Markup:
        """The example row."""
        return colophon.legend(self._desk)

    @piece
    def legend_items(self) -> tuple[LegendItem, ...]:
        """What the signs mean."""
        return colophon.legend_items(self._desk)

    @piece
    def choropleth(self) -> Choropleth | None:
        """The map of the gemeente."""
        return choropleth(self._desk)

    @piece
    def colophon(self) -> Colophon:
        """Sources, calculation, contact."""
        return colophon.colophon(self._desk)

    @piece
    def definitions(self) -> tuple[tuple[Term, ...], ...]:
        """Definitions that do not stand beside a theme, in columns."""
        return colophon.definitions(self._desk)

    @piece
    def more_definitions(self) -> tuple[Term, ...]:
        """The definitions that flow to a page of their own."""
        return colophon.more_definitions(self._desk, self.definitions)

    @piece
    def reading_notes(self) -> tuple[str, ...]:
        """Notes about the verdicts, beside the example of a row."""
        return colophon.reading_notes(self._desk)

    @piece
    def caution(self) -> str:
        """The warning for an area with few inhabitants."""
        return colophon.caution(self._desk)

    @piece
    def footer(self) -> str:
        """Producers and periods."""
        return colophon.footer(self._desk)

    @piece
    def page_notes(self) -> tuple[str, ...]:
        """Notes for every page with verdicts."""
        return colophon.page_notes(self._desk)

    @piece
    def first_notes(self) -> tuple[str, ...]:
        """Notes about the verdicts and about this area, for the first page."""
        return colophon.first_notes(self._desk, self.web.note if self.web else "")

    @piece
    def model_note(self) -> str:
        """The statement that goes with model figures."""
        return colophon.model_note(self._desk)
