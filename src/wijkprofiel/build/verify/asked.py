"""What a document must look like when it is finished: its source, as far as it can be read back.

The source is made anew from the profile (:mod:`wijkprofiel.documents`), so whatever happened to a
file after that, or between two files, shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from wijkprofiel.build.verify.drawing import Drawing, drawing
from wijkprofiel.documents import Document, Stylesheet
from wijkprofiel.render.html_check import HEADINGS, SVG
from wijkprofiel.render.paper.facts import plain

SIGN = "vd"
"""Class of a verdict with its sign (templates/parts/marks)."""
READS = "data-reads"
"""Attribute of a part: its place in the order of reading (:mod:`wijkprofiel.render.sequence`)."""
_BLOCKS = frozenset({"p", "tr", "li", "dt", "dd", "blockquote", "caption", *HEADINGS})
_SILENT = frozenset({"script", "style", f"{SVG}svg"})
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_HIDDEN = re.compile(r"display:\s*none")
_RUNNING = re.compile(r"position:\s*running\(")
_PLACED = re.compile(r"position:\s*absolute")
_KINDS = (_HIDDEN, _RUNNING, _PLACED)
"""What a rule of a stylesheet may do that matters here."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a document asks for, in the order of reading; texts without spaces and hyphens.

    Attributes:
        text: all of it, in one.
        blocks: rows of tables, paragraphs, headings ...: what can be named when it is missing.
        running: what stands in the margin of pages.
        headings: level and text.
        figures: drawings, and images with an alternative text.
        links: addresses outside.
        signs: of the verdicts, the classes that draw each.
        about: what the file may say of itself: title, author, dates.
        languages: those of parts, each with the texts that are in it; the first is of the whole.
    """

    text: str
    blocks: tuple[str, ...]
    running: tuple[str, ...]
    headings: tuple[tuple[int, str], ...]
    figures: tuple[Drawing, ...]
    links: tuple[str, ...]
    signs: tuple[str, ...]
    about: frozenset[str]
    languages: tuple[tuple[str, str], ...]


def asked(document: Document) -> Asked:
    """Return what a document asks for."""
    root = ET.fromstring(document.html)  # noqa: S314  # our own templates wrote it
    hidden, running, placed = _styled(root, document.stylesheets)
    free = _free(placed)
    body = root.find("body")
    parts = _in_order(list(body)) if body is not None else []
    without = {*hidden, *running}
    inside = [element for part in parts for element in _shown(part, without)]
    return Asked(
        text="".join(_text(part, without) for part in parts),
        blocks=tuple(filter(None, (_text(e, without) for e in inside if e.tag in _BLOCKS))),
        running=tuple(_text(part, hidden) for part in running),
        headings=tuple(
            (HEADINGS.index(e.tag) + 1, _text(e, without)) for e in inside if e.tag in HEADINGS
        ),
        figures=tuple(drawing(e, free=e in free) for e in inside if _is_figure(e)),
        links=tuple(_address(e) for e in inside if e.tag == "a" and _address(e)),
        signs=tuple(_sign(e) for e in inside if SIGN in e.get("class", "").split()),
        about=frozenset((document.title, *(e.get("content", "") for e in root.iter("meta")))),
        languages=tuple(
            (e.get("lang", ""), _text(e, hidden)) for e in root.iter() if e.get("lang")
        ),
    )


def _styled(
    root: ET.Element, sheets: Sequence[Stylesheet]
) -> tuple[set[ET.Element], list[ET.Element], set[ET.Element]]:
    """Return the elements that the stylesheets leave out, run along in a margin, and place."""
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped]  # it ships no types

    matcher = _matcher(tuple(sheets))
    hidden, running, placed = set[ET.Element](), list[ET.Element](), set[ET.Element]()
    for found in _boxed(ElementWrapper.from_html_root(root)):
        kinds = {kind for _, _, pseudo, kind in matcher.match(found) if pseudo is None}
        if _HIDDEN in kinds:
            hidden.add(found.etree_element)
        elif _RUNNING in kinds:
            running.append(found.etree_element)
        elif _PLACED in kinds:
            placed.add(found.etree_element)
    return hidden, running, placed


def _boxed(element: Any) -> Iterator[Any]:
    """An element and all below it that a stylesheet can place: what is in a drawing has no box."""
    yield element
    if element.etree_element.tag not in _SILENT:
        for child in element.iter_children():
            yield from _boxed(child)


@lru_cache(maxsize=16)
def _matcher(sheets: tuple[Stylesheet, ...]) -> Any:
    """The selectors of the rules that leave something out, put it in a margin, or place it."""
    from cssselect2 import Matcher, compile_selector_list

    matcher = Matcher()
    for sheet in sheets:
        for selector, rule in _RULE.findall(re.sub(r"/\*.*?\*/", "", sheet.css, flags=re.DOTALL)):
            for kind in _KINDS:
                if kind.search(rule):
                    for one in compile_selector_list(selector):
                        matcher.add_selector(one, kind)
    return matcher


def _free(placed: set[ET.Element]) -> set[ET.Element]:
    """Drawings that a stylesheet places, themselves or what holds nothing but them."""
    found = {element for element in placed if _is_figure(element)}
    for element in placed:
        if not "".join(_texts(element, set(), [])).strip():
            found |= {inside for inside in element.iter() if _is_figure(inside)}
    return found


def _in_order(parts: list[ET.Element]) -> list[ET.Element]:
    """Parts in the order of reading; one without a number stays after the part before it."""
    numbers: list[float] = []
    for part in parts:
        told = part.get(READS)
        numbers.append(float(told) if told else (numbers[-1] if numbers else 0.0))
    pairs = zip(numbers, parts, strict=True)
    return [part for _, part in sorted(pairs, key=lambda pair: pair[0])]


def _shown(element: ET.Element, without: set[ET.Element]) -> Iterator[ET.Element]:
    if element not in without:
        yield element
        for child in element if element.tag not in _SILENT else ():
            yield from _shown(child, without)


def _is_figure(element: ET.Element) -> bool:
    return element.tag == f"{SVG}svg" or (element.tag == "img" and bool(element.get("alt")))


def _address(element: ET.Element) -> str:
    told = element.get("href", "")
    return "" if told.startswith("#") else told


def _sign(element: ET.Element) -> str:
    return " ".join(name for name in element.get("class", "").split() if name.startswith("v-"))


def _text(element: ET.Element, without: set[ET.Element]) -> str:
    return plain("".join(_texts(element, without, [])))


def _texts(element: ET.Element, without: set[ET.Element], found: list[str]) -> list[str]:
    """Return what was found, and after it the text of an element, without that of drawings."""
    if element.tag not in _SILENT and element not in without:
        if element.text:
            found.append(element.text)
        for child in element:
            _texts(child, without, found)
            if child.tail:
                found.append(child.tail)
    return found
