"""A document as a web page: the view of the factsheet, laid out anew for a screen."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wijkprofiel.config import Config
from wijkprofiel.documents import terms, web_sheets
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.table import judged
from wijkprofiel.documents.templates import fill
from wijkprofiel.documents.view import View, piece
from wijkprofiel.documents.web_sheets import Page
from wijkprofiel.model import DocumentSpec, Domain, Profile, Topic

PORTAL = "../index.html"
"""Where a page finds the portal that it belongs to."""
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_LABEL = re.compile(r'(<span class="lab[^"]*">)([^<]*)')
_LONG = re.compile(r"[^\W\d_]{12,}")


@dataclass(frozen=True, slots=True)
class Download:
    """Another file about the same area, in the same folder."""

    file: str
    title: str
    format: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """A topic explained: what it is, and where its figure comes from."""

    title: str
    meaning: str
    origin: str


class WebView(View):
    """What the templates of the page may ask for, besides what every template may.

    Args:
        desk: with the style of the screen.
        beside: names of the files in the same folder, and :data:`PORTAL` where there is one.
    """

    def __init__(self, desk: Desk, beside: Iterable[str]) -> None:
        super().__init__(desk)
        self._beside = frozenset(beside)

    @piece
    def downloads(self) -> tuple[Download, ...]:
        """The other documents about this area."""
        desk = self._desk
        found = downloads(desk.profile.area.slug, self._beside, desk.config)
        return tuple(item for item in found if item.format != "html")

    @property
    def portal(self) -> str:
        """Address of the portal, "" where there is none."""
        return PORTAL if PORTAL in self._beside else ""

    @piece
    def meanings(self) -> dict[str, tuple[Meaning, ...]]:
        """Per theme its topics explained."""
        result = self._desk.framework(self._desk.spec.themes)
        domains = [score.domain for score in result.domains] if result else []
        return {domain.id: self._explained(self._topics(domain)) for domain in domains}

    @piece
    def other_meanings(self) -> tuple[Meaning, ...]:
        """The topics that belong to no theme, explained."""
        told = {meaning.title for group in self.meanings.values() for meaning in group}
        ids = (*self._desk.spec.key_figures, *self._desk.spec.vulnerable)
        topics = [topic for topic in map(self._desk.topic, ids) if topic is not None]
        return tuple(m for m in self._explained(topics) if m.title not in told)

    def _topics(self, domain: Domain) -> list[Topic]:
        desk = self._desk
        rows, facts = terms.shown(domain, desk), terms.shown(domain, desk, facts=True)
        return [*rows, *facts, *judged(domain, desk)]

    def _explained(self, topics: Iterable[Topic]) -> tuple[Meaning, ...]:
        once = {topic.indicator.id: topic for topic in topics}
        return tuple(
            Meaning(t.indicator.title, t.indicator.definition, self._origin(t))
            for t in once.values()
        )

    def _origin(self, topic: Topic) -> str:
        sources = {source.id: source for source in self._desk.profile.sources}
        figure = topic.figure if topic.figure.source in sources else topic.country
        if figure.source not in sources:
            return ""
        source = sources[figure.source]
        return self._desk.text(
            "origin",
            population=topic.indicator.population,
            producer=source.producer,
            table=source.table,
            period=figure.period,
        )


def make(
    profile: Profile, spec: DocumentSpec, config: Config, *, beside: Sequence[str] = ()
) -> Page:
    """Return the page of one area.

    Args:
        profile: the area.
        spec: the document type.
        config: the project.
        beside: names of the files in the same folder; those that are documents get a link.

    Raises:
        ConfigError: a text, a stylesheet or the house style is not there.
        RenderError: a template is wrong or asks for something that is not there.
    """
    desk = Desk.of(profile, spec, config)
    style = desk.style
    desk = dataclasses.replace(desk, style=web_sheets.on_screen(style))
    context: dict[str, object] = {
        "v": WebView(desk, beside),
        "t": desk.text,
        "w": desk.words,
        "language": desk.words("language"),
    }
    filled = fill(config.assets, f"{spec.id}/{spec.template}", context)
    html = as_images(softened(filled, desk.words("language")))
    sheets = web_sheets.sheets(style, spec.id, config.assets)
    return Page(f"{spec.id} {profile.area.slug}", html, sheets, web_sheets.script(config.assets))


def as_images(html: str) -> str:
    """Return a page whose drawings are images with their title as name, nothing else inside."""
    return html.replace("<svg xmlns=", '<svg role="img" xmlns=')


def softened(html: str, language: str) -> str:
    """Return a page whose long words in tiles may break, with a hyphen, where the language does.

    A browser without a dictionary of the language breaks a word anywhere, and without a sign.

    Args:
        html: a page.
        language: code of a language; one without a dictionary is left as it is.
    """
    import pyphen  # type: ignore[import-untyped]  # it ships no types

    known = pyphen.language_fallback(language)
    if known is None:
        return html
    hyphens = pyphen.Pyphen(lang=known, left=3, right=3)

    def word(found: re.Match[str]) -> str:
        return str(hyphens.inserted(found[0], SOFT_HYPHEN))

    def label(found: re.Match[str]) -> str:
        return found[1] + _LONG.sub(word, found[2])

    return _LABEL.sub(label, html)


def downloads(slug: str, beside: Iterable[str], config: Config) -> tuple[Download, ...]:
    """Return the documents of an area among file names, in the order of the document types."""
    present = set(beside)
    named = [
        Download(f"{slug}-{spec.id}.{made}", spec.title, made)
        for spec in config.documents.values()
        for made in spec.formats
    ]
    return tuple(item for item in named if item.file in present)
