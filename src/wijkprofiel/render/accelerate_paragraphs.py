"""Less work for paragraphs: what stood at the same place in an earlier document is not laid out.

The documents of one type have the same blocks in the same places, and two of three of the blocks
that hold nothing but lines (cells, labels, notes, legends) have the words of an earlier document
too. Those lines are made again from what was remembered: the same numbers in the boxes of the new
document. Nothing is moved, so that no number is rounded in another way than stock does.

A paragraph is remembered the second time that it is seen, since one of four never comes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from wijkprofiel.render.accelerate import Acceleration
from wijkprofiel.render.accelerate_css import WEASYPRINT
from wijkprofiel.render.accelerate_text import copied

PARAGRAPHS = 2500
"""Paragraphs that are remembered per set of fonts; then those go that were used least lately."""
SEEN = 20_000
"""Paragraphs that were seen once, by a number each."""

_SIDES = ("top", "right", "bottom", "left")
_GIVEN = (
    *("position_x", "position_y", "width", "min_width", "max_width"),
    *("height", "min_height", "max_height"),
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
)
"""Lengths that a layout takes from a block, and may change in it."""
_RESULT = frozenset(
    (
        *_GIVEN,
        *_SIDES,
        *("baseline", "justification_spacing", "pango_layout"),
        *("resume_at", "text", "text_indent"),
    )
)
"""What a layout puts into a box; all else comes from the box that was laid out."""
_SHARED = frozenset(("first_letter_style", "first_line_style", "remove_decoration_sides"))
"""What every box has of its own."""
_FLAGS = ("is_flex_item", "is_grid_item", "is_for_root_element", "is_column", "is_table_wrapper")
"""What else it asks of a block."""
_INSIDE = _RESULT | {
    *("element", "element_tag", "style", "children", "remove_decoration_sides"),
    *("first_letter_style", "first_line_style", "string_set", "cached_counter_values"),
    *("leading_collapsible_space", "trailing_collapsible_space", "missing_link", "link"),
}
"""What the boxes inside a paragraph may have; any other (a leader, a footnote) is left to stock."""
_CHANGED = (
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
    *("position", "float", "display", "overflow", "white_space", "anchor"),
)
"""Properties that WeasyPrint sets in copies of the style of a block."""

_given = itemgetter(*_GIVEN)
_flags = attrgetter(*_FLAGS)
_changed = itemgetter(*_CHANGED)


class _Made(NamedTuple):
    """A box that was laid out.

    Attributes:
        place: of which box of the paragraph, in tree order.
        told: all that it has, but for what comes from that box.
        own: what comes from that box, of what not all boxes have.
        children: its boxes.
    """

    place: int
    told: dict[str, Any]
    own: tuple[str, ...]
    children: tuple[_Made, ...]


class _Known(NamedTuple):
    """A paragraph that was laid out.

    Attributes:
        made: its boxes.
        after: what the layout changed in the block itself.
        next_page: what it said of the page after this one.
        styles: the styles it was known by, kept so that no other ones get their numbers.
    """

    made: _Made
    after: dict[str, Any]
    next_page: dict[str, Any]
    styles: tuple[Any, ...]


@dataclass(slots=True)
class _Memory:
    """What is remembered for one set of fonts.

    Attributes:
        known: paragraphs, the one that was used last at the end.
        seen: a number of each paragraph that was laid out before.
        learning: whether a paragraph is being laid out that is to be remembered.
    """

    known: dict[Any, _Known] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    learning: bool = False

    @contextmanager
    def numbered(self, flat: list[Any]) -> Iterator[None]:
        """Give the boxes numbers, which their copies take along; blocks inside them go to stock."""
        self.learning = True
        for place, one in enumerate(flat):
            vars(one)["known_place"] = place
        try:
            yield
        finally:
            self.learning = False
            for one in flat:
                del vars(one)["known_place"]

    def found(self, key: Any) -> _Known | None:
        one = self.known.pop(key, None)
        if one is not None:
            self.known[key] = one
        return one

    def again(self, key: Any) -> bool:
        """Return whether a paragraph was seen before."""
        number = hash(key)
        if number in self.seen:
            return True
        if len(self.seen) >= SEEN:
            self.seen.clear()
        self.seen.add(number)
        return False

    def keep(self, key: Any, known: _Known) -> None:
        if len(self.known) >= PARAGRAPHS:
            del self.known[next(iter(self.known))]
        self.known[key] = known


def known_paragraphs(stock: Any) -> Any:
    """Fill the lines of a block from memory where all that a layout looks at is the same."""
    from weasyprint.formatting_structure import boxes

    blocks = frozenset((boxes.BlockBox, boxes.InlineBlockBox, boxes.TableCellBox))
    inside = frozenset((boxes.LineBox, boxes.InlineBox, boxes.TextBox, boxes.InlineBlockBox))
    line = boxes.LineBox

    def block_container_layout(  # noqa: PLR0913, PLR0917  # as WeasyPrint calls it
        context: Any,
        box: Any,
        bottom_space: Any,
        skip_stack: Any,
        page_is_empty: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        adjoining_margins: Any,
        *rest: Any,
        **more: Any,
    ) -> Any:
        around = (context, box, bottom_space, skip_stack, page_is_empty)
        lists = (absolute_boxes, fixed_boxes, adjoining_margins)
        usual = (
            skip_stack is None
            and type(box) in blocks
            and box.first_letter_style is None
            and box.first_line_style is None
            and "::first" not in box.element_tag
            and len(box.children) == 1
            and type(box.children[0]) is line
            and all(one is None or one is False for one in (*rest, *more.values()))
            and not context.excluded_shapes
            and not context.footnotes
            and not context.in_column
        )
        memory = vars(context.font_config).setdefault("known_paragraphs", _Memory())
        flat = [box]
        told: list[Any] = []
        if memory.learning or not (usual and _told(box, inside, flat, told)):
            return stock(*around, *lists, *rest, **more)
        room = (context.page_bottom, bottom_space, page_is_empty, *(adjoining_margins or ()))
        key = (*room, *_root(box), *told)
        known = memory.found(key)
        if known is not None:
            if adjoining_margins is not None:
                adjoining_margins.append(box.margin_top)
            return _again(known, flat)
        if not memory.again(key):
            return stock(*around, *lists, *rest, **more)
        before = _given(vars(box))
        with memory.numbered(flat):
            found = stock(*around, *lists, *rest, **more)
            known = _known(found, flat, before)
        for one in found[0].descendants(True) if found[0] else ():
            vars(one).pop("known_place", None)
        if known is not None:
            memory.keep(key, known)
        return found

    return block_container_layout


def _told(box: Any, inside: frozenset[type], flat: list[Any], told: list[Any]) -> bool:
    """Gather the boxes below a block in tree order, and what their layout depends on.

    Returns:
        Whether they are all of a kind that is known.
    """
    for child in box.children:
        kind, memory = type(child), vars(child)
        if kind not in inside or not memory.keys() <= _INSIDE:
            return False
        if memory["first_letter_style"] is not None or memory["first_line_style"] is not None:
            return False
        children = memory["children"]
        flat.append(child)
        told += (
            kind,
            id(memory["style"]),
            memory.get("text"),
            memory.get("trailing_collapsible_space"),
            len(children),
        )
        if children and not _told(child, inside, flat, told):
            return False
    return True


def _root(box: Any) -> tuple[Any, ...]:
    """Return what a layout takes from the block itself."""
    style = box.style
    origin = vars(style).get("known_origin")
    given = (type(box), *_given(vars(box)), *_flags(box))
    if origin is None:
        return (*given, id(style))
    return (*given, id(origin), *_changed(style))


def _known(found: Any, flat: list[Any], before: Any) -> _Known | None:
    """Return what is to be remembered of a layout, None where it is not a whole paragraph."""
    box, resume_at, next_page, margins, through, lines = found
    if box is None or resume_at is not None or margins or through or lines is not None:
        return None
    if not box.children or not all(one.is_in_normal_flow() for one in flat[1:]):
        return None
    made = _made(box, flat)
    source = flat[0]
    after = {
        name: now
        for name, now, then in zip(_GIVEN, _given(vars(source)), before, strict=True)
        if now is not then
    }
    styles = [vars(source.style).get("known_origin") or source.style]
    styles += [one.style for one in flat[1:]]
    return made and _Known(made, after, dict(next_page), tuple(styles))


def _made(box: Any, flat: list[Any]) -> _Made | None:
    told = dict(vars(box))
    place = told.pop("known_place", None)
    if place is None:
        return None
    source = vars(flat[place])
    children = [_made(child, flat) for child in told.pop("children")]
    told["remove_decoration_sides"] = frozenset(told["remove_decoration_sides"])
    result = _RESULT if place else frozenset(_GIVEN)
    own = tuple(name for name in told if name not in result and name not in _SHARED)
    if None in children or any(told[name] is not source.get(name) for name in own):
        return None
    for name in own:
        del told[name]
    if "pango_layout" in told:
        told["pango_layout"] = copied(told["pango_layout"])
    return _Made(place, told, own, tuple(one for one in children if one))


def _again(known: _Known, flat: list[Any]) -> Any:
    """Return what stock returns, made of the boxes of this document."""
    made, source = known.made, flat[0]
    box = object.__new__(type(source))
    told = vars(source) | made.told
    told["children"] = [_box(child, flat) for child in made.children]
    told["remove_decoration_sides"] = set(made.told["remove_decoration_sides"])
    box.__dict__ = told
    source.remove_decoration_sides = set()
    vars(source).update(known.after)
    return box, None, dict(known.next_page), [], False, None


def _box(made: _Made, flat: list[Any]) -> Any:
    source = flat[made.place]
    box = object.__new__(type(source))
    told = made.told.copy()
    around = vars(source)
    for name in made.own:
        told[name] = around[name]
    told["children"] = [_box(child, flat) for child in made.children]
    if "pango_layout" in told:
        told["pango_layout"] = copied(told["pango_layout"])
    box.__dict__ = told
    return box


def known_copies(stock: Any) -> Any:
    """Tell of a copied style of which one it is a copy."""

    def copy(self: Any) -> Any:
        made = stock(self)
        made.known_origin = vars(self).get("known_origin", self)
        return made

    return copy


ALL = (
    Acceleration(
        "copies",
        *WEASYPRINT,
        ("weasyprint.css", "ComputedStyle.copy"),
        "4398a49b631bf992",
        known_copies,
        "550 copies of styles a factsheet, most of them of cells with a height",
    ),
    Acceleration(
        "paragraphs",
        *WEASYPRINT,
        ("weasyprint.layout.block", "block_container_layout"),
        "65842ca53a8391eb",
        known_paragraphs,
        "700 blocks with nothing but lines a factsheet; leans on copies",
        also=(("weasyprint.layout.page", "block_container_layout"),),
    ),
)
