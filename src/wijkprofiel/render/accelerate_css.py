"""Less work for styles and boxes: drawings are left alone, usual values need no questions.

A factsheet has some 1,100 elements inside its drawings. WeasyPrint works out a style and a box
for each of them, and then takes the drawing as one picture, whose parts it reads for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from wijkprofiel.render.accelerate import Acceleration

WEASYPRINT = ("weasyprint", "70.0")
DRAWING = "{http://www.w3.org/2000/svg}svg"
_SPECIAL = frozenset({"display", "float", "page", "position"})
"""Properties that have rules of their own."""


@cache
def wrapper() -> Any:
    """Return the class that walks over a page without going into its drawings.

    Only :func:`no_boxes` knows what to do with an element that has no style.
    """
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped]  # it ships no types

    class Outside(ElementWrapper):  # type: ignore[misc]  # cssselect2 ships no types
        """An element of the page; what is inside a drawing is not visited."""

        def iter_subtree(self) -> Iterator[Any]:
            """Yield the element and what is below it, in tree order, drawings as a whole."""
            stack = [iter([self])]
            while stack:
                element = next(stack[-1], None)
                if element is None:
                    stack.pop()
                    continue
                yield element
                if element.etree_element.tag != DRAWING:
                    stack.append(element.iter_children())

    return Outside


def no_boxes(stock: Any) -> Any:
    """Make no boxes of what is inside a drawing: it has no style."""

    def element_to_box(element: Any, style_for: Any, *rest: Any) -> Any:
        if style_for(element) is None:
            return []
        return stock(element, style_for, *rest)

    return element_to_box


def usual_values(stock: Any) -> Any:
    """Inherit or take the initial value straight away where no rule says anything else."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.functions import check_math
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    logical = {
        function(block="ttb", inline=direction)
        for function in PHYSICAL_FUNCTIONS.values()
        for direction in ("ltr", "rtl")
    }
    special = {*_SPECIAL, *INITIAL_NOT_COMPUTED}
    special |= {key for key in (*INHERITED, *INITIAL_VALUES) if key[:16] == "text_decoration_"}
    special |= {key for key, value in INITIAL_VALUES.items() if check_math(value)}
    initial = {k: v for k, v in INITIAL_VALUES.items() if k not in INHERITED | special}
    inherited = set(INHERITED) - special
    simple = (str, int, float)

    def missing(self: Any, key: str) -> Any:
        cascaded = self.cascaded
        if key in cascaded or self.parent_style is None:
            return stock(self, key)
        if key in PHYSICAL_FUNCTIONS and not logical.isdisjoint(cascaded):
            return stock(self, key)
        if key in initial:
            value = self[key] = initial[key]
            return value
        if key in inherited:
            value = self.parent_style[key]
            if type(value) in simple or not check_math(value):
                self[key] = value
                return value
        return stock(self, key)

    return missing


def plain_lengths(stock: Any) -> Any:
    """Take a length in pixels and ``auto`` as they are; only percentages need a sum."""
    from weasyprint.css.properties import Dimension

    def resolve_one_percentage(box: Any, name: str, refer_to: Any) -> None:
        value = box.style[name]
        if type(value) is Dimension and value.unit == "px":
            setattr(box, name, value.value)
        elif value == "auto":
            setattr(box, name, 0 if name in ("min_width", "min_height") else value)
        else:
            stock(box, name, refer_to)

    return resolve_one_percentage


def no_html5(stock: Any) -> Any:
    """Leave the constructor as it is: :mod:`wijkprofiel.render.pdf` goes round it.

    Our templates write well-formed markup, which Python's XML parser reads in 2 ms.
    """
    return stock


ALL = (
    Acceleration(
        "xml",
        *WEASYPRINT,
        ("weasyprint", "HTML.__init__"),
        "5f19f40b81837f87",
        no_html5,
        "the HTML5 parser",
    ),
    Acceleration(
        "drawings",
        *WEASYPRINT,
        ("weasyprint.formatting_structure.build", "element_to_box"),
        "2d0a37e45b7f3e0c",
        no_boxes,
        "no styles and no boxes for the parts of a drawing",
    ),
    Acceleration(
        "values",
        *WEASYPRINT,
        ("weasyprint.css", "ComputedStyle.__missing__"),
        "b318d8efc8ac79d7",
        usual_values,
        "70,000 computed values a factsheet, nine of ten inherited or initial",
    ),
    Acceleration(
        "lengths",
        *WEASYPRINT,
        ("weasyprint.layout.percent", "resolve_one_percentage"),
        "4cfaa9ad134e4f7b",
        plain_lengths,
        "77,000 lengths a factsheet, most of them in pixels",
    ),
)
