"""Less work for styles: what an element looks like is worked out once for all documents.

The documents of one type have the same elements in the same places, so that nearly every element
of a second area gets its style from a tree of places: which children stand below which element.
A selector sees tags, attributes, order and emptiness, and those are what a place is known by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import inf
from typing import Any
from xml.etree import ElementTree as ET

from wijkprofiel.render.accelerate import Acceleration
from wijkprofiel.render.accelerate_css import DRAWING, WEASYPRINT, wrapper

PLACES = 12_000
"""Places that are remembered per set of stylesheets; then the memory is emptied."""

_OF_PAGES = frozenset({"html", "body"})
_ELSEWHERE = re.compile(r":has\(|@layer|\d(?:[sld]?v(?:w|h|i|b|min|max)|pv\w+)\b")
_INSIDE = re.compile(r"url\([^)]*\)")
"""What makes a style depend on more than a place: descendants, or the size of the page."""


def local(css: str) -> bool:
    """Return whether styles by this CSS follow from the places of elements alone.

    >>> local(".cover { width: 210mm }"), local("h1 { font-size: 4vw }"), local("p:has(b) { }")
    (True, False, False)
    """
    return not _ELSEWHERE.search(_INSIDE.sub("", css))


@dataclass(slots=True)
class _Place:
    """An element in a document of some type: its style, and what may stand below it."""

    style: Any
    pseudo: tuple[tuple[str, Any], ...] = ()
    below: dict[tuple[Any, ...], list[_Place]] = field(default_factory=dict)


@dataclass(slots=True)
class _Known:
    """What is remembered for one set of stylesheets.

    Attributes:
        sheets: the stylesheets, kept so that no other one gets their number.
        above: one place for the document itself, with the root element below it.
        styles: style by parent style, own attributes and rules.
        sizes: what WeasyPrint shares with every style: the size of the first page.
        count: number of places.
    """

    sheets: tuple[Any, ...]
    above: _Place = field(default_factory=lambda: _Place(None))
    styles: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    sizes: dict[str, Any] = field(default_factory=lambda: {"box": None, "area": None})
    count: int = 0


@dataclass(slots=True)
class _Step:
    """An element on the way down; its wrapper is made only where rules have to be tried."""

    element: Any
    place: _Place
    above: _Step | None
    index: int
    wrapped: Any = None
    children: list[Any] | None = None

    def wrapper(self) -> Any:
        if self.wrapped is None:
            assert self.above is not None  # noqa: S101  # the root is wrapped from the start
            if self.above.children is None:
                self.above.children = list(self.above.wrapper().iter_children())
            self.wrapped = self.above.children[self.index]
        return self.wrapped


def shared_styles(stock: Any) -> Any:
    """Take the styles of elements from other documents with the same stylesheets."""

    def __init__(  # noqa: N807  # as WeasyPrint calls it
        self: Any, html: Any, sheets: Any, hints: Any, font_config: Any, targets: Any
    ) -> None:
        if hints or not _sharable(html, sheets):
            stock(self, html, sheets, hints, font_config, targets)
            return
        known = _known(sheets, font_config)
        self._cascaded_styles, self._computed_styles = {}, {}
        self.initial_page_sizes, self._sheets = known.sizes, sheets
        self.font_config = font_config
        _fill(self._computed_styles, html, known, font_config, targets)

    return __init__


def _sharable(html: Any, sheets: Any) -> bool:
    if not isinstance(html.wrapper_element, wrapper()):
        return False
    ours = all(o == "user agent" or getattr(s, "local", False) for s, o, _ in sheets)
    return ours and html.etree_element.find(".//select") is None


def _known(sheets: Any, font_config: Any) -> _Known:
    """Return the memory for some stylesheets; it hangs on the fonts, which they all share."""
    memory = vars(font_config).setdefault("known_styles", {})
    key = tuple(id(sheet) for sheet, _, _ in sheets)
    if key not in memory or memory[key].count > PLACES:
        memory[key] = _Known(tuple(sheets))
    found: _Known = memory[key]
    return found


def _fill(computed: dict[Any, Any], html: Any, known: _Known, fonts: Any, targets: Any) -> None:
    """Give every element of a document its style, in tree order, and its pseudo-elements theirs."""
    pseudo: list[tuple[Any, tuple[tuple[str, Any], ...]]] = []
    root, anchors = html.etree_element, set()
    make = _Maker(known, html.base_url, fonts)
    key: tuple[Any, ...] = (_entry(root),)
    family = known.above.below.get(key)
    if family is None:
        family = known.above.below[key] = [make.place(html.wrapper_element, None)]
    make.root = family[0].style
    stack = [_Step(root, family[0], None, 0, html.wrapper_element)]
    while stack:
        step = stack.pop()
        element, place = step.element, step.place
        style = place.style
        # What the viewport takes over from these two is set in their styles.
        computed[element, None] = style.copy() if element.tag in _OF_PAGES else style
        if place.pseudo:
            pseudo.append((element, place.pseudo))
        anchor = style["anchor"]
        if anchor and targets and (id(style) not in anchors or "id" in element.attrib):
            anchors.add(id(style))
            targets.collect_anchor(anchor)
        if element.tag == DRAWING or not len(element):
            continue
        children = [child for child in element if isinstance(child.tag, str)]
        key = tuple(map(_entry, children))
        family = place.below.get(key)
        if family is None:
            around = list(step.wrapper().iter_children())
            family = place.below[key] = [make.place(one, style) for one in around]
        steps = zip(children, family, strict=True)
        stack += [_Step(e, p, step, i) for i, (e, p) in enumerate(steps)][::-1]
    for element, found in pseudo:
        for kind, style in found:
            computed[element, kind] = style


def _entry(element: Any) -> tuple[Any, ...]:
    """Return all that a selector may ask of an element and its neighbours."""
    return element.tag, tuple(element.attrib.items()), not len(element) and not element.text


@dataclass(slots=True)
class _Maker:
    """Works out the style of an element as WeasyPrint does, once for all equal ones."""

    known: _Known
    base_url: Any
    fonts: Any
    root: Any = None

    def place(self, element: Any, parent: Any) -> _Place:
        """Return the place of an element whose parent has this style, None for the root."""
        own, cascaded = self._own(element.etree_element)
        rules: dict[Any, list[Any]] = {None: []}
        for sheet, origin, sheet_specificity in self.known.sheets:
            for specificity, _, pseudo, (declarations, layer) in sheet.matcher.match(element):
                order = inf if layer is None else sheet.layers.index(layer)
                told = (id(sheet), specificity, id(declarations), order)
                rules.setdefault(pseudo, []).append(told)
                target = cascaded.setdefault(pseudo, {})
                _cascade(target, declarations, origin, order, sheet_specificity or specificity)
        key = (id(parent), own, tuple((kind, *told) for kind, told in rules.items()))
        style = self._style(key, parent, cascaded[None], None)
        kinds = [kind for kind in cascaded if kind]
        self.known.count += 1
        return _Place(style, tuple((k, self._style(key, style, cascaded[k], k)) for k in kinds))

    def _own(self, element: Any) -> tuple[tuple[Any, ...], dict[Any, Any]]:
        """Return what an element says of itself, and what that makes of its style."""
        from weasyprint.css import find_style_attributes, preprocess_declarations

        style: dict[str, Any] = {}
        bare = ET.Element(element.tag, element.attrib)
        found = list(find_style_attributes(bare, presentational_hints=False))
        for specificity, _, declarations, _ in found:
            ready = preprocess_declarations(self.base_url, declarations)
            _cascade(style, ready, "author", inf, specificity)
        told = tuple(declaration.serialize() for one in found for declaration in one[2])
        return told, {None: style}

    def _style(self, key: tuple[Any, ...], parent: Any, cascaded: Any, pseudo: Any) -> Any:
        from weasyprint.css import ComputedStyle, InitialStyle

        key = (pseudo, *key)
        if key not in self.known.styles:
            made = ComputedStyle(
                parent,
                cascaded,
                pseudo,
                InitialStyle(self.fonts) if parent is None else self.root,
                self.base_url,
                self.fonts,
                self.known.sizes,
            )
            self.known.styles[key] = made
        return self.known.styles[key]


def _cascade(style: Any, declarations: Any, origin: str, order: float, specificity: Any) -> None:
    """Let declarations into a style where they weigh at least as much as what is there."""
    from weasyprint.css import declaration_precedence

    for name, values, importance in declarations:
        weight = (declaration_precedence(origin, importance), order, specificity)
        if name not in style or style[name][1] <= weight:
            style[name] = values, weight


ALL = (
    Acceleration(
        "styles",
        *WEASYPRINT,
        ("weasyprint.css", "StyleFor.__init__"),
        "b1e725a7552502aa",
        shared_styles,
        "1,100 elements a factsheet, of which other factsheets have nearly all",
    ),
)
