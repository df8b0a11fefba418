"""``index.html`` above the folders of the areas: what a wijkportaal can put online as it is.

What was built is found on disk, by its manifests; what the maps show comes from the data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wijkprofiel.build import manifest, portal_map
from wijkprofiel.build.output import write_file
from wijkprofiel.config import Config
from wijkprofiel.documents import web_portal
from wijkprofiel.documents.desk import words_of
from wijkprofiel.documents.web_page import downloads
from wijkprofiel.documents.web_portal import Card, Place, Portal
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import DocumentSpec, Level, Source
from wijkprofiel.render import html
from wijkprofiel.sources.dataset import Dataset

if TYPE_CHECKING:
    import pandas as pd

NAME = "index.html"
PAGE = "html"


@dataclass(frozen=True, slots=True)
class Built:
    """An area below the output folder.

    Attributes:
        parts, gemeenten: code → name.
        files: names in its folder.
    """

    slug: str
    name: str
    parts: Mapping[str, str]
    gemeenten: Mapping[str, str]
    files: tuple[str, ...]


def write(config: Config, dataset: Dataset, output: Path) -> Path:
    """Write the portal of everything that was built below ``output``; return its path.

    Raises:
        ConfigError: nothing was built there, or a manifest cannot be read.
        DisclosureError: a figure on a map was withheld.
        RenderError: the page is not what it should be.
    """
    portal = gather(config, dataset, output)
    path = output / NAME
    write_file(path, html.render(web_portal.make(portal, config), config.assets))
    return path


def gather(config: Config, dataset: Dataset, output: Path) -> Portal:
    """Return what the portal shows.

    Raises:
        ConfigError: nothing was built below ``output``, or a manifest cannot be read.
    """
    found = sorted(built(output), key=lambda area: (area.name, area.slug))
    if not found:
        hint = "name areas, or build some first: wijkprofiel build"
        raise ConfigError(f"nothing was built in {output}", hint, where="portal")
    gemeenten = {code: name for area in found for code, name in area.gemeenten.items()}
    spec = page_spec(config)
    shown = portal_map.with_figures(portal_map.topics(spec, config), gemeenten, config, dataset)
    maps = portal_map.maps(gemeenten, _holders(found), shown, config, dataset)
    words = words_of(config)
    mark = config.project.edition
    return Portal(
        title=config.project.title,
        edition=words(
            "portal.edition",
            number=mark.number,
            month=words(f"month.{mark.date.month}"),
            year=mark.date.year,
        ),
        places=tuple(_places(found, config, dataset)),
        maps=maps,
        subjects=tuple(topic.subject for topic in shown),
        sources=tuple(_sources(shown, maps, config, dataset)),
        country=_country(config, dataset),
    )


def page_spec(config: Config) -> DocumentSpec:
    """Return the first document type that is a web page.

    Raises:
        ConfigError: there is none.
    """
    for spec in config.documents.values():
        if PAGE in spec.formats:
            return spec
    raise ConfigError("no document type is made as html", "add html to its formats", where="portal")


def built(output: Path) -> Iterable[Built]:
    """Yield the areas below ``output`` that have a manifest, by the name of their folder.

    A comparison stands there too; it is about several areas and has no page of its own.

    Raises:
        ConfigError: a manifest cannot be read.
    """
    for path in sorted(output.glob(f"*/{manifest.NAME}")):
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            if "areas" in told:
                continue
            area = told["area"]
            parts, gemeenten = (_named(area[key]) for key in ("parts", "gemeenten"))
            slug, name = str(area["slug"]), str(area["name"])
        except (OSError, ValueError, KeyError, TypeError) as mistake:
            hint = f"build it again: wijkprofiel build {path.parent.name}"
            raise ConfigError("this manifest cannot be read", hint, where=str(path)) from mistake
        if slug == path.parent.name:
            files = tuple(sorted(file.name for file in path.parent.iterdir()))
            yield Built(slug, name, parts, gemeenten, files)


def _named(items: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {str(item["code"]): str(item["name"]) for item in items}


def _places(found: Iterable[Built], config: Config, dataset: Dataset) -> Iterable[Place]:
    words = words_of(config)
    table = dataset.areas[dataset.areas["boundary_year"] == config.project.boundary_year]
    children = {str(parent): rows for parent, rows in table.groupby("parent")}
    places: dict[str, list[Card]] = {}
    for area in found:
        title = words.enumerate(sorted(area.gemeenten.values()))
        places.setdefault(title, []).append(_card(area, children, config))
    for title, cards in sorted(places.items()):
        yield Place(title, tuple(cards))


def _card(area: Built, children: Mapping[str, pd.DataFrame], config: Config) -> Card:
    files = downloads(area.slug, area.files, config)
    pages = [item.file for item in files if item.format == PAGE]
    inside = dict(_inside(area.parts, children))
    find = [area.name, *area.parts.values(), *inside.values(), *area.gemeenten.values()]
    find += [*area.parts, *inside]
    names = [name for name in area.parts.values() if name != area.name]
    return Card(
        slug=area.slug,
        name=area.name,
        about=words_of(config).enumerate(names),
        page=f"{area.slug}/{pages[0]}" if pages else "",
        find=tuple(dict.fromkeys(find)),
        files=tuple(item for item in files if item.format != PAGE),
    )


def _inside(
    codes: Iterable[str], children: Mapping[str, pd.DataFrame]
) -> Iterable[tuple[str, str]]:
    """Yield code and name of everything below these areas, wijken and buurten."""
    for code in codes:
        if code in children:
            below = dict(zip(children[code]["code"], children[code]["name"], strict=True))
            yield from below.items()
            yield from _inside(below, children)


def _holders(found: Iterable[Built]) -> dict[str, str]:
    """Return per gemeente, wijk or buurt the area that holds it: the one of fewest parts."""
    holders: dict[str, str] = {}
    for area in sorted(found, key=lambda item: (len(item.parts), item.slug)):
        for code in area.parts:
            holders.setdefault(code, area.slug)
    return holders


def _sources(
    shown: Iterable[portal_map.Topic],
    maps: Sequence[web_portal.Map],
    config: Config,
    dataset: Dataset,
) -> Iterable[tuple[Source, str]]:
    """Yield the tables of the maps with their period, then the outlines."""
    words = words_of(config)
    for table, period in dict.fromkeys((topic.table, topic.period) for topic in shown):
        if table in dataset.sources:
            source = dataset.sources[table]
            yield source, f"{words('source.table', table=source.table)}, {period}"
    drawn = (name for name, source in config.sources.items() if source.kind == "boundaries")
    outlines = next((dataset.sources[name] for name in drawn if name in dataset.sources), None)
    if maps and outlines is not None:
        yield outlines, str(outlines.division or outlines.edition)


def _country(config: Config, dataset: Dataset) -> str:
    lands = dataset.areas[dataset.areas["level"] == Level.LAND.value]
    code, name = lands[["code", "name"]].iloc[0]
    return config.area_names.get(code, str(name))
