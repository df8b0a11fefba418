"""Less work for boxes: what follows from a style alone is worked out once per style.

A remembered answer hangs on the style and goes away with it. Styles that are changed on the way
(by a grid, a flexible box, a table) are copies, and a copy remembers nothing.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from wijkprofiel.render.accelerate import Acceleration
from wijkprofiel.render.accelerate_css import WEASYPRINT

_MEASURED = ("skip_stack", "containing_block")
"""What a grid says when it measures an item."""
_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")


def known_lengths(stock: Any) -> Any:
    """Copy all lengths of a box at once where none depends on what is around it."""
    from weasyprint.formatting_structure import boxes

    special = (boxes.PageBox, boxes.MarginBox)

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        if isinstance(box, special):
            stock(box, containing_block)  # styles of pages are made for every document anew
            return
        memory = vars(box.style)
        lengths = memory.get("known_lengths")
        if lengths is None:
            lengths = memory["known_lengths"] = _lengths(stock, box.style)
        if lengths:
            vars(_real(box)).update(lengths)
        else:
            stock(box, containing_block)

    return resolve_percentages


def _real(box: Any) -> Any:
    """Return the box itself where it is asked for by the placeholder of an absolute box."""
    return vars(box).get("_box", box)


def _lengths(stock: Any, style: Any) -> dict[str, Any]:
    """Return the lengths of a style, empty where they depend on the containing block."""
    if style["border_collapse"] == "collapse":
        return {}
    found = []
    for around in ((0, "auto"), (1000, 1000)):
        box = SimpleNamespace(style=style)
        stock(box, around)
        found.append(vars(box))
    one, other = found
    if one != other:
        return {}
    del one["style"]
    return one


def known_struts(stock: Any) -> Any:
    """Ask the height of a line once per style; stock asks by fourteen properties written out."""

    def strut(style: Any) -> Any:
        memory = vars(style)
        if "known_strut" not in memory:
            memory["known_strut"] = stock(style)
        return memory["known_strut"]

    return strut


def bare_boxes(stock: Any) -> Any:
    """Look no further for a background where the style of a box has none."""
    from weasyprint.layout.percent import resolve_radii_percentages

    square = {f"border_{corner}_radius": (0, 0) for corner in _CORNERS}

    def layout_box_backgrounds(
        page: Any, box: Any, get_image: Any, layout_children: bool = True, style: Any = None
    ) -> None:
        if style is not None or box is page or not layout_children or not _bare(box.style):
            stock(page, box, get_image, layout_children, style)
            return
        if box.style.known_square:
            vars(_real(box)).update(square)
        else:
            resolve_radii_percentages(box)
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image)
        box.background = None

    return layout_box_backgrounds


def _bare(style: Any) -> bool:
    """Return whether a style has no background, no shadow and no pictures for its borders."""
    memory = vars(style)
    if "known_bare" not in memory:
        colour = style["background_color"]
        memory["known_square"] = all(
            (0, "px") in style[f"border_{corner}_radius"] for corner in _CORNERS
        )
        memory["known_bare"] = (
            style["border_image_source"][0] == "none"
            and style["mask_border_source"][0] == "none"
            and style["visibility"] == "visible"
            and not style["box_shadow"]
            and all(kind == "none" for kind, _ in style["background_image"])
            and getattr(colour, "alpha", None) == 0
        )
    bare: bool = memory["known_bare"]
    return bare


def quick_flow(stock: Any) -> Any:
    """Tell whether a box is in the flow from two properties, without five questions."""
    usual = ("static", "relative")

    def is_in_normal_flow(self: Any) -> bool:
        style = self.style
        if style["float"] == "none" and style["position"] in usual:
            return True
        answer: bool = stock(self)
        return answer

    return is_in_normal_flow


def known_rows(stock: Any) -> Any:
    """Size the rows of a grid: no item is measured for a height that is given.

    Of the others, :func:`known_heights` is told that they are only measured.
    """
    from weasyprint.css.properties import Dimension

    def given(sizing: Any) -> bool:
        return all(isinstance(one, Dimension) and one.unit == "px" for one in sizing)

    def resolve_tracks_sizes(  # noqa: PLR0913, PLR0917  # as WeasyPrint calls it
        sizings: Any,
        size: Any,
        places: Any,
        start: Any,
        direction: str,
        gap: Any,
        context: Any,
        *rest: Any,
    ) -> Any:
        single = all((w if direction == "x" else h) == 1 for _, _, w, h in places.values())
        if single and all(map(given, sizings)):
            return stock(sizings, size, {}, start, direction, gap, context, *rest)
        before = vars(context).get("known_measuring", False)
        context.known_measuring = direction == "y"
        try:
            return stock(sizings, size, places, start, direction, gap, context, *rest)
        finally:
            context.known_measuring = before

    return resolve_tracks_sizes


def known_heights(stock: Any) -> Any:
    """Measure an item of a grid once per width; in grids inside grids stock does so each time."""
    from weasyprint.css import AnonymousStyle

    def block_level_layout(
        context: Any, box: Any, bottom_space: Any, *rest: Any, **more: Any
    ) -> Any:
        memory = vars(context)
        own = type(box.style) is not AnonymousStyle  # those of one element look the same
        if rest or len(more) != len(_MEASURED) or not (own and memory.get("known_measuring")):
            return stock(context, box, bottom_space, *rest, **more)
        around = more["containing_block"]
        heights = memory.setdefault("known_heights", {})
        key = (
            id(box.element),
            box.element_tag,
            id(box.style),
            around.width,
            around.height,
            context.current_page,
            context.forced_break,
        )
        if key not in heights:
            context.known_measuring = False
            try:
                made = stock(context, box, bottom_space, **more)[0]
            finally:
                context.known_measuring = True
            heights[key] = (box.style, made.margin_height())
        height = heights[key][1]
        return (SimpleNamespace(margin_height=lambda: height), *(None,) * 5)

    return block_level_layout


def free_lines(stock: Any) -> Any:
    """Where nothing floats, a line has the width of its block."""

    def avoid_collisions(context: Any, box: Any, around: Any, outer: bool = True) -> Any:
        usual = around.style["direction"] == "ltr" and box.style["float"] == "none"
        if context.excluded_shapes or not usual:
            return stock(context, box, around, outer)
        left = around.content_box_x()
        right = left + around.width
        if outer:
            return left, box.position_y, right - left
        top, left = box.border_box_y(), left + box.margin_left
        width = right - box.margin_right - left
        return left - box.margin_left, top - box.margin_top, width

    return avoid_collisions


def no_borders(stock: Any) -> Any:
    """Look no further for the borders of a box without any."""

    def draw_border(stream: Any, box: Any) -> None:
        memory = vars(box.style)
        plain = memory.get("known_borderless")
        if plain is None:
            style = box.style
            plain = memory["known_borderless"] = (
                style["border_image_source"][0] == "none"
                and style["column_width"] == "auto"
                and style["column_count"] == "auto"
            )
        if plain and not (
            box.border_top_width
            or box.border_right_width
            or box.border_bottom_width
            or box.border_left_width
        ):
            return
        stock(stream, box)

    return draw_border


ALL = (
    Acceleration(
        "boxes",
        *WEASYPRINT,
        ("weasyprint.layout.percent", "resolve_percentages"),
        "71673078096fcf87",
        known_lengths,
        "5,600 times a factsheet, seventeen lengths each",
        also=tuple(
            (f"weasyprint.layout.{name}", "resolve_percentages")
            for name in ("absolute", "block", "column", "float", "grid", "inline", "page", "table")
        ),
    ),
    Acceleration(
        "struts",
        *WEASYPRINT,
        ("weasyprint.layout.inline", "strut"),
        "b57885b70dd08efe",
        known_struts,
        "3,200 heights of lines a factsheet",
    ),
    Acceleration(
        "backgrounds",
        *WEASYPRINT,
        ("weasyprint.layout.background", "layout_box_backgrounds"),
        "617a870678c82755",
        bare_boxes,
        "2,800 boxes a factsheet, one of twenty with a background",
    ),
    Acceleration(
        "flow",
        *WEASYPRINT,
        ("weasyprint.formatting_structure.boxes", "Box.is_in_normal_flow"),
        "5f49d6ab23da7e51",
        quick_flow,
        "20,000 questions a factsheet",
    ),
    Acceleration(
        "rows",
        *WEASYPRINT,
        ("weasyprint.layout.grid", "_resolve_tracks_sizes"),
        "1ed85d5af009609e",
        known_rows,
        "75 grids a factsheet, most of them inside others",
    ),
    Acceleration(
        "heights",
        *WEASYPRINT,
        ("weasyprint.layout.block", "block_level_layout"),
        "c1301dde9284e245",
        known_heights,
        "items of grids; leans on rows",
    ),
    Acceleration(
        "floats",
        *WEASYPRINT,
        ("weasyprint.layout.float", "avoid_collisions"),
        "5fc7793c573af328",
        free_lines,
        "3,300 lines and blocks a factsheet, next to nothing that floats",
        also=tuple(
            (f"weasyprint.layout.{name}", "avoid_collisions") for name in ("block", "inline")
        ),
    ),
    Acceleration(
        "borders",
        *WEASYPRINT,
        ("weasyprint.draw", "draw_border"),
        "8ba918f30893929f",
        no_borders,
        "1,900 boxes a factsheet, hardly any with a border",
    ),
)
