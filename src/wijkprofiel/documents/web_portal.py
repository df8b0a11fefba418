"""The portal: one page with all areas that were built, to search in and to find on a map."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from wijkprofiel.charts import people, tokens
from wijkprofiel.config import Config
from wijkprofiel.documents import web_sheets
from wijkprofiel.documents.desk import words_of
from wijkprofiel.documents.marks import picture
from wijkprofiel.documents.templates import FOLDER, fill
from wijkprofiel.documents.web_page import Download, as_images
from wijkprofiel.documents.web_sheets import Page, Sheet
from wijkprofiel.model import Source
from wijkprofiel.wording import Words, alt

TEMPLATE = "portal/index.html.j2"
STYLE = "web"
"""The style's own sheet: a portal looks like the pages it leads to."""
FEW = 40
"""So many areas are shown at once; with more, each gemeente can be opened and closed."""
GROUPS = 5


@dataclass(frozen=True, slots=True)
class Card:
    """An area with all that was made of it.

    Attributes:
        page: address of its web page, "" without one.
        about: gemeente and parts, in words.
        find: what it can be found by: names and codes of it and of what lies in it.
        files: the other documents.
    """

    slug: str
    name: str
    about: str
    page: str
    find: tuple[str, ...]
    files: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A gemeente (or several, for an area that spans them) and its areas, by name."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Wijk:
    """An outline on a map.

    Attributes:
        data: SVG path data in the units of the map.
        groups: per topic the fifth of the reference, 0 without.
        values: per topic the figure as it is printed, "" without.
        slug: the smallest area that was built of which it is a part, "" without.
        place: how it lies: a wijk; a buurt, over the wijk that it lies in; or a wijk that only
            holds the area of ``slug``, whose own outline is not at hand.
    """

    name: str
    data: str
    groups: tuple[int, ...]
    values: tuple[str, ...]
    slug: str
    place: Literal["", "over", "holds"] = ""


@dataclass(frozen=True, slots=True)
class Map:
    """The wijken of a gemeente, in a drawing of ``size`` units."""

    code: str
    name: str
    size: tuple[int, int]
    wijken: tuple[Wijk, ...]

    @property
    def data(self) -> Markup:
        """The map for the script of the page."""
        rows = [
            [w.name, w.data, "".join(map(str, w.groups)), "|".join(w.values), w.slug, w.place]
            for w in self.wijken
        ]
        return as_data({"size": self.size, "wijken": rows})


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic that the maps can be coloured by."""

    title: str
    theme: str
    period: str


@dataclass(frozen=True, slots=True)
class Portal:
    """Everything that the portal shows.

    Attributes:
        maps: gemeenten with outlines at hand, by name.
        sources: tables and outlines of the maps, each with its periods.
    """

    title: str
    edition: str
    places: tuple[Place, ...]
    maps: tuple[Map, ...]
    subjects: tuple[Subject, ...]
    sources: tuple[tuple[Source, str], ...]
    country: str

    @property
    def cards(self) -> list[Card]:
        """All areas."""
        return [card for place in self.places for card in place.cards]

    @property
    def closed(self) -> bool:
        """Whether there are so many areas that a gemeente is opened by hand."""
        return len(self.cards) > FEW

    @property
    def themes(self) -> list[tuple[str, list[tuple[int, Subject]]]]:
        """The topics by theme, each with its place in :attr:`subjects`."""
        found: dict[str, list[tuple[int, Subject]]] = {}
        for order, subject in enumerate(self.subjects):
            found.setdefault(subject.theme, []).append((order, subject))
        return list(found.items())


def make(portal: Portal, config: Config) -> Page:
    """Return the portal as a page.

    Raises:
        ConfigError: a text, a stylesheet or the house style is not there.
        RenderError: the template is wrong.
    """
    words = words_of(config)
    style = config.style_of(None)
    context: dict[str, object] = {
        "portal": portal,
        "w": words,
        "language": words("language"),
        "words": _for_script(portal, words),
        "sources": list(_sources(portal.sources, words)),
        "model": _model(portal.sources, words),
        "steps": range(1, GROUPS + 1),
        "crowd": picture(
            people.crowd([], style=web_sheets.on_screen(style), title=alt.crowd_alt({}, words))
        )
        if tokens.look(style, "cover", "plane") == "plane"
        else "",
    }
    html = as_images(fill(config.assets, TEMPLATE, context))
    layout = config.assets.find(f"{FOLDER}/portal/portal.css").read_text(encoding="utf-8")
    day, night = web_sheets.sheets(style, STYLE, config.assets)
    script = web_sheets.script(config.assets, f"{FOLDER}/portal/portal.js")
    return Page("portal", html, (Sheet(f"{day.css}\n{layout}"), night), script)


def as_data(content: object) -> Markup:
    """Return JSON that can stand in a script element of HTML and of XML alike."""
    told = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        told = told.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(told)  # noqa: S704  # every sign that markup knows is escaped


def _for_script(portal: Portal, words: Words) -> Markup:
    names = ("all", "some", "nothing", "holds", "choose", "touch", "inside")
    return as_data(
        {
            "topics": [subject.title for subject in portal.subjects],
            "groups": [words(f"portal.group.{step}") for step in range(GROUPS + 1)],
            "words": {name: words(f"portal.script.{name}") for name in names},
            "pages": {card.slug: [card.name, card.page] for card in portal.cards},
        }
    )


def _sources(found: Sequence[tuple[Source, str]], words: Words) -> Iterable[str]:
    for source, details in found:
        yield words(
            "source.line",
            title=source.title,
            producer=source.producer,
            details=details,
            licence=source.licence,
        )


def _model(found: Sequence[tuple[Source, str]], words: Words) -> str:
    producers = dict.fromkeys(source.producer for source, _ in found if source.model_figures)
    return words("note.model", producer=words.enumerate([*producers])) if producers else ""
