"""A document about several areas side by side, and what its templates may ask for.

* :mod:`~wijkprofiel.documents.comparison_desk`     the areas' desks, and what they are called
* :mod:`~wijkprofiel.documents.comparison_opening`  title, maps, who is compared
* :mod:`~wijkprofiel.documents.comparison_scores`   dimensions on one scale
* :mod:`~wijkprofiel.documents.comparison_themes`   every topic of every area
* :mod:`~wijkprofiel.documents.comparison_words`    agreements and differences in sentences
* :mod:`~wijkprofiel.documents.comparison_people`   what people say and do
* :mod:`~wijkprofiel.documents.comparison_sources`  sources, notes, colofon
"""

from __future__ import annotations

from wijkprofiel.charts import tokens
from wijkprofiel.config import Config
from wijkprofiel.documents import (
    Document,
    colophon,
    comparison_opening,
    comparison_people,
    comparison_scores,
    comparison_sources,
    comparison_themes,
    comparison_words,
)
from wijkprofiel.documents.comparison_desk import SetDesk
from wijkprofiel.documents.marks import Mark
from wijkprofiel.documents.styles import stylesheets
from wijkprofiel.documents.templates import fill
from wijkprofiel.documents.view import piece
from wijkprofiel.model import Comparison, DocumentSpec

PAGE_ROWS = 28
"""Rows of the tallest table that fit on a page."""


def make(comparison: Comparison, spec: DocumentSpec, config: Config) -> Document:
    """Return the document of one type about several areas.

    Raises:
        ConfigError: a text, a stylesheet or the house style is not there.
        RenderError: a template is wrong or asks for something that is not there.
    """
    desk = SetDesk.of(comparison, spec, config)
    view = SetView(desk)
    date = config.project.edition.date.isoformat()
    language = desk.words("language")
    html = fill(
        config.assets,
        f"{spec.id}/{spec.template}",
        {"v": view, "t": desk.text, "w": desk.words, "language": language, "date": date},
    )
    return Document(
        id=spec.id,
        title=view.title,
        slug=comparison.slug,
        html=html,
        language=language,
        stylesheets=stylesheets(desk.style, spec.id, config.assets),
        fonts=tuple(font.family for font in desk.style.fonts),
        date=date,
    )


class SetView:
    """Several profiles, as the templates see them; pieces are computed on demand."""

    def __init__(self, desk: SetDesk) -> None:
        self._desk = desk

    @property
    def title(self) -> str:
        """Title of the document in the PDF's metadata."""
        return f"{self._desk.spec.title} – {self._desk.comparison.title}"

    @property
    def named(self) -> bool:
        """Whether the areas stand beside each other in columns."""
        return self._desk.named

    @property
    def short(self) -> bool:
        """Whether a table with a row per area fits on one page, and need not be broken."""
        return len(self._desk.labels) <= PAGE_ROWS

    @property
    def country(self) -> str:
        """The name of the country."""
        return self._desk.country

    @property
    def labels(self) -> tuple[str, ...]:
        """What each area is called, in the order of the pages."""
        return self._desk.labels

    def look(self, name: str, usual: str) -> str:
        """Return a choice of the house style, for texts that say what a chart is made of."""
        return tokens.look(self._desk.style, name, usual)

    @piece
    def cover(self) -> comparison_opening.Title:
        """The cover plane."""
        return comparison_opening.title(self._desk)

    @piece
    def plates(self) -> tuple[comparison_opening.Plate, ...]:
        """The maps."""
        return comparison_opening.plates(self._desk)

    @piece
    def areas(self) -> comparison_opening.Areas:
        """Who is compared, with key figures."""
        return comparison_opening.areas(self._desk)

    @piece
    def reading(self) -> tuple[str, ...]:
        """How to read the comparison."""
        return comparison_opening.reading(self._desk)

    @piece
    def signs(self) -> tuple[colophon.LegendItem, ...]:
        """What the signs mean."""
        return colophon.legend_items(self._desk.desks[0])

    @piece
    def panels(self) -> tuple[comparison_scores.Panel, ...]:
        """The dimensions."""
        return comparison_scores.panels(self._desk, self._desk.spec.web)

    @piece
    def theme_panels(self) -> tuple[comparison_scores.Panel, ...]:
        """The themes' own scores."""
        return comparison_scores.panels(self._desk, self._desk.spec.themes)

    @piece
    def framework_note(self) -> str:
        """What the dimensions are, and are not."""
        return self._desk.framework(self._desk.spec.web).note

    @piece
    def themes(self) -> tuple[comparison_themes.Theme, ...]:
        """The themes with every topic."""
        return comparison_themes.themes(self._desk)

    @piece
    def counted(self) -> tuple[Mark, ...]:
        """The verdicts that are counted."""
        return comparison_themes.counted(self._desk)

    @piece
    def told(self) -> tuple[comparison_words.Told, ...]:
        """Agreements and differences in sentences."""
        return comparison_words.told(self._desk)

    @piece
    def largest(self) -> tuple[comparison_words.Line, ...]:
        """The largest differences of all themes."""
        return comparison_words.largest(self.told)

    @piece
    def people(self) -> comparison_people.People:
        """What people say and do."""
        return comparison_people.people(self._desk)

    @piece
    def sources(self) -> comparison_sources.Sources:
        """Sources, notes and colofon."""
        return comparison_sources.sources(self._desk)

    @piece
    def footer(self) -> str:
        """Producers and periods."""
        return comparison_sources.footer(self._desk)

    @piece
    def page_notes(self) -> tuple[str, ...]:
        """Notes for every page with verdicts."""
        return comparison_sources.page_notes(self._desk)
