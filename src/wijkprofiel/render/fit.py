"""Text that runs out of its box or is left out: found in the layout, so that no page is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wijkprofiel.errors import Problem

PX_PER_MM = 96 / 25.4
HINT = "shorten the text, or let it flow to the next page"
SLACK = 0.3
"""Millimetres that a line may stick out before it is called an overflow: descenders, rounding."""


def overflows(laid_out: Any, where: str) -> list[Problem]:
    """Return every element marked ``data-fit`` whose content does not fit in it.

    What would stand below the page is not drawn by WeasyPrint at all, so the text that was laid
    out is also compared with the text that was asked for.

    Args:
        laid_out: WeasyPrint's laid-out document.
        where: which document, for the message.
    """
    problems: dict[Problem, None] = {}
    seen: set[Any] = set()
    for number, page in enumerate(laid_out.pages, start=1):
        for box in _boxes(page._page_box):  # noqa: SLF001  # the layout has no public tree
            name = _name(box)
            if not name or box.element in seen:
                continue
            seen.add(box.element)
            place, over = f"{where} page {number}", _over(box)
            if over > SLACK:
                message = f"'{name}' is {over:.1f} mm too small for its text"
                problems[Problem(place, message, HINT)] = None
            elif _laid_out(box) < _asked(box.element):
                problems[Problem(place, f"'{name}' has lost text below the page", HINT)] = None
    return list(problems)


def _name(box: Any) -> str:
    element = getattr(box, "element", None)
    if element is None or "::" in (getattr(box, "element_tag", "") or ""):
        return ""
    return str(element.get("data-fit") or "")


def _over(box: Any) -> float:
    """Return how far text and charts in ``box`` stick out below or to the right of it, in mm."""
    bottom = box.position_y + box.margin_height()
    right = box.position_x + box.margin_width()
    most = 0.0
    for inner in _boxes(box):
        if hasattr(inner, "text") or hasattr(inner, "replacement"):
            below = inner.position_y + inner.height - bottom
            most = max(most, below, inner.position_x + inner.width - right)
    return most / PX_PER_MM


def _laid_out(box: Any) -> int:
    """Return the number of characters in a box, spaces not counted."""
    return sum(len("".join(str(b.text).split())) for b in _boxes(box) if hasattr(b, "text"))


def _asked(element: Any) -> int:
    """Return the number of characters of an element, spaces and charts not counted."""
    if str(element.tag).endswith("svg"):
        return 0
    own = len("".join((element.text or "").split()))
    return own + sum(_asked(child) + len("".join((child.tail or "").split())) for child in element)


def _boxes(box: Any) -> Iterator[Any]:
    stack = [box]
    while stack:
        one = stack.pop()
        one = getattr(one, "_box", one)
        yield one
        stack += reversed(getattr(one, "children", None) or ())
