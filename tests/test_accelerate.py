"""Accelerations of WeasyPrint: the bytes of stock, and stock wherever they were not tried."""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pydyf  # type: ignore[import-untyped]  # it ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinycss2.color5 import parse_color  # type: ignore[import-untyped]  # it ships no types

import made_up
from wijkprofiel import documents
from wijkprofiel.documents import Document, Stylesheet
from wijkprofiel.errors import RenderError
from wijkprofiel.render import (
    accelerate,
    accelerate_dots,
    accelerate_paint,
    accelerate_paragraphs,
    accelerate_svg,
    pdf,
)
from wijkprofiel.render.accelerate import Acceleration

CSS = ("xml", "drawings", "values", "lengths", "styles")
LAYOUT = ("boxes", "struts", "backgrounds", "flow", "rows", "heights", "floats", "borders")
TEXT = ("lines", "letters", "glyphs", "drawn letters")
SVG = ("paths", "sizes", "spelling", "addresses", "colours", "signs", "numbers", "small streams")
PARAGRAPHS = ("copies", "paragraphs")
PAINT = ("shapes", "shape states", "inheritance", "dots", "circles")
WRITE = ("dictionaries", "pages")
NAMES = (*CSS, *LAYOUT, *PARAGRAPHS, *TEXT, *SVG, *PAINT, *WRITE)
LEANS_ON = {
    "drawings": {"xml"},  # the HTML5 parser makes a walk over the page of its own
    "styles": {"xml", "drawings"},
    "heights": {"rows"},
    "drawn letters": {"letters"},
}


@pytest.fixture
def other_versions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An environment in which every package has a version that nobody tried."""
    monkeypatch.setattr(accelerate, "version", lambda _: "0.0")
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    accelerate._fitting.cache_clear()
    accelerate._replacements.cache_clear()


@cache
def document(name: str, style: str, *, margins: bool = False) -> Document:
    config = made_up.config().in_style(style)
    profile = made_up.with_margins() if margins else made_up.profile()
    return documents.make(profile, config.documents[name], config)


@cache
def accelerated(name: str, style: str, *, margins: bool = False) -> bytes:
    return pdf.render(document(name, style, margins=margins), made_up.config().in_style(style))


# --- the same bytes ---------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["buurt", "inkt"])
@pytest.mark.parametrize("name", ["factsheet", "folder"])
def test_a_document_has_the_bytes_of_stock(name: str, style: str) -> None:
    with accelerate.without():
        stock = pdf.render(document(name, style), made_up.config().in_style(style))
    assert accelerated(name, style) == stock


def test_a_factsheet_with_margins_has_the_bytes_of_stock() -> None:
    with accelerate.without():
        stock = pdf.render(document("factsheet", "buurt", margins=True), made_up.config())
    assert accelerated("factsheet", "buurt", margins=True) == stock


@pytest.mark.parametrize("name", NAMES)
def test_each_acceleration_alone_gives_the_same_bytes(name: str) -> None:
    alone = {name, *LEANS_ON.get(name, ())}
    with accelerate.without(*set(accelerate.known()) - alone):
        made = pdf.render(document("folder", "buurt"), made_up.config())
    assert made == accelerated("folder", "buurt")


def test_a_second_document_does_not_depend_on_the_first() -> None:
    pdf.render(document("factsheet", "inkt"), made_up.config().in_style("inkt"))
    again = pdf.render(document("folder", "buurt"), made_up.config())
    assert again == accelerated("folder", "buurt")


# --- what documents share does not reach from one to the other ---------------------------------


def page(body: str, css: str) -> Document:
    """A small document with styles of its own, in a font of the house style."""
    house = document("folder", "buurt")
    sheets = (
        house.stylesheets[0],
        Stylesheet("own", f"html {{ font-family: Commissioner }} {css}"),
    )
    html = f'<html lang="nl"><head><title>Proef</title></head><body>{body}</body></html>'
    return replace(house, html=html, stylesheets=sheets)


def stock(one: Document) -> bytes:
    with accelerate.without():
        return pdf.render(one, made_up.config())


def test_the_order_of_documents_makes_no_difference() -> None:
    both = [document("factsheet", "buurt"), document("factsheet", "buurt", margins=True)]
    expected = [stock(one) for one in both]
    for order in ([0, 1, 0], [1, 0, 1]):
        pdf._engine.cache_clear()
        made = [pdf.render(both[place], made_up.config()) for place in order]
        assert made == [expected[place] for place in order]


@pytest.mark.parametrize(
    "memory", ["text.LINES", "text.LETTERS", "glyphs.RECIPES", "styles.PLACES"]
)
def test_a_memory_that_is_full_is_emptied(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"wijkprofiel.render.accelerate_{memory}", 2)
    pdf._engine.cache_clear()
    made = [pdf.render(document("folder", "buurt"), made_up.config()) for _ in range(2)]
    pdf._engine.cache_clear()
    assert made == [accelerated("folder", "buurt")] * 2


PAGES = {
    "what the viewport takes over": ("<p>een</p>", "html { overflow: hidden }"),
    "the same place, another order": (
        "<p>een</p><p>twee</p><div/>",
        "p + p { color: red } div:empty { height: 9pt }",
    ),
    "the same words, another order": (
        "<div>x</div><p>een</p><p>twee</p>",
        "p + p { color: red } div:empty { height: 9pt }",
    ),
    "attributes": ('<p id="a" class="b">een</p>', "#a { margin: 3pt } [class] { width: 9pt }"),
    "a style of its own": ('<p style="color: red">een</p><p style="color: blue">een</p>', ""),
    "descendants": ("<p>een</p><p><b>twee</b></p>", "p:has(b) { color: red }"),
    "grids in grids": (
        "<ul><li><b>1</b><i>een twee drie</i></li><li>los<b>2</b><i>vier</i> en meer</li></ul>",
        (
            "ul, li { display: grid; grid-template-columns: 40pt 30pt; align-items: center }"
            "ul { grid-template-rows: 30pt; width: 90pt; height: 60pt; align-content: start }"
        ),
    ),
    "accents and steps": (
        "<p>e\u0301\u0302 x\u030c AVA To \ufb01 a\u00a0\u2009b <b>e\u0301</b></p><h1>AVA To</h1>",
        "p { font-kerning: normal } h1 { font-size: 31.7pt } b { letter-spacing: -.4pt }",
    ),
    "dotted lines": (
        "<p>een</p><div>twee</div><b>drie</b><i>vier</i>",
        (
            "p { border-bottom: 2.3pt dotted red; border-left: 3pt dotted blue; width: 99pt }"
            "div { border-top: 2pt dotted; border-radius: 3pt; border-left: 1pt dashed }"
            "b { outline: 1.5pt dotted } i { display: inline-block; border: 2pt dotted }"
        ),
    ),
    "floats and borders": (
        "<p><b>links</b> een twee drie vier vijf zes zeven acht</p>",
        (
            "b { float: left; width: 30pt; border: 1pt dotted }"
            "p { width: 90pt; border-left: 1pt solid }"
        ),
    ),
    "sizes of letters": (
        "<h1>aaa een</h1><h2>aaa een</h2><p>aaa een</p><p><u>aaa</u></p>",
        "h2 { font-size: 7.3pt; letter-spacing: .3pt } p { font-size: 6.7pt; text-align: justify }",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_small_pages_have_the_bytes_of_stock_also_again(name: str) -> None:
    one = page(*PAGES[name])
    assert [pdf.render(one, made_up.config()) for _ in range(2)] == [stock(one)] * 2


def test_a_size_of_the_page_is_not_taken_from_another_document() -> None:
    css = "@page {{ size: {} }} p {{ text-indent: 10vw; width: 50vw }}"
    for size in ("A4", "A6 landscape", "A4"):
        one = page("<p>een twee drie vier vijf zes zeven acht</p>", css.format(size))
        assert pdf.render(one, made_up.config()) == stock(one)


ROW = "<table><tbody><tr><td>{}</td><td>twee <b>drie</b></td></tr></tbody></table>"
CELLS = "td { border: 1pt solid; padding: 2pt; height: 30pt; vertical-align: middle }"
ALIKE = {
    "other words": ("<p>een {}</p>", ("twee", "drie"), ""),
    "lower": ("<div style='height: {}pt'></div><p>een</p>", (9, 12), ""),
    "wider": (ROW, ("een", "een en twintig en meer"), CELLS),
    "wider, and in the middle": (ROW, ("i", "mmm"), CELLS + "td { text-align: center }"),
    "another address": (
        '<p><a href="#{}">een</a></p><p id="a">twee</p><p id="b">drie</p>',
        ("a", "b"),
        "",
    ),
    "another heading": ('<h1 id="{}">een</h1><p>twee</p>', ("x", "y"), ""),
    "in a grid": (
        "<ul><li>{}</li><li>een <b>twee</b></li></ul>",
        ("een", "een twee drie vier vijf zes"),
        "ul { display: grid; grid-template-columns: 60pt auto; align-items: stretch }",
    ),
    "with a badge": (
        "<p>{} <b>een twee</b> drie</p><p>vier <b>vijf</b></p>",
        ("een", "zes zeven"),
        "b { display: inline-block; width: 30pt; border: 1pt solid } p { text-align: justify }",
    ),
    "pages that are not as long": (
        "{}",
        ("<p>een twee drie</p>" * 14, "<p>een twee drie</p>" * 15),
        (
            "@page { size: A6; margin: 10mm 10mm 90mm } @page :first { margin-bottom: 10mm }"
            "p { margin: 0; width: 9pt; orphans: 1; widows: 1 }"
        ),
    ),
}


@pytest.mark.parametrize("name", ALIKE)
def test_paragraphs_of_another_document_are_taken_only_where_all_is_the_same(name: str) -> None:
    body, ways, css = ALIKE[name]
    both = [page(body.format(way), css) for way in ways]
    expected = [stock(one) for one in both]
    assert expected[0] != expected[1]
    for order in ([0, 0, 0, 1, 1, 1], [0, 1, 0, 1, 0, 1]):
        pdf._engine.cache_clear()
        made = [pdf.render(both[place], made_up.config()) for place in order]
        assert made == [expected[place] for place in order]


def test_paragraphs_come_back_in_a_third_document(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf._engine.cache_clear()
    one = document("factsheet", "buurt")
    for _ in range(2):
        pdf.render(one, made_up.config())
    taken, again = [], accelerate_paragraphs._again

    def counted(*told: Any) -> Any:
        taken.append(told)
        return again(*told)

    monkeypatch.setattr(accelerate_paragraphs, "_again", counted)
    assert pdf.render(one, made_up.config()) == accelerated("factsheet", "buurt")
    assert len(taken) > one.html.count("<td") / 2


@pytest.mark.parametrize("memory", ["PARAGRAPHS", "SEEN"])
def test_a_memory_of_paragraphs_does_not_grow(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accelerate_paragraphs, memory, 2)
    pdf._engine.cache_clear()
    made = [pdf.render(document("folder", "buurt"), made_up.config()) for _ in range(3)]
    found = vars(pdf._engine(made_up.config().assets).fonts)["known_paragraphs"]
    pdf._engine.cache_clear()
    assert len(getattr(found, {"PARAGRAPHS": "known", "SEEN": "seen"}[memory])) <= 2
    assert made == [accelerated("folder", "buurt")] * 3


def test_styles_are_shared_by_documents_of_a_project() -> None:
    pdf._engine.cache_clear()
    for margins in (False, True, False):
        pdf.render(document("factsheet", "buurt", margins=margins), made_up.config())
    (known,) = vars(pdf._engine(made_up.config().assets).fonts)["known_styles"].values()
    elements = document("factsheet", "buurt").html.count("</")
    assert 0 < known.count < 2 * elements


# --- only where it was tried ------------------------------------------------------------------


def test_all_fit_the_packages_of_this_environment() -> None:
    assert {one.name for one in accelerate.accelerations() if one.fits} == set(NAMES)
    assert accelerate.known() == (*(one.name for one in accelerate.accelerations()), "rest")


@pytest.mark.parametrize("one", accelerate.accelerations(), ids=lambda one: one.name)
def test_another_version_source_or_name_does_not_fit(one: Acceleration) -> None:
    assert not replace(one, version="0.0").fits
    assert not replace(one, package="nobody-wrote-this-package").fits
    assert not replace(one, checksum="0" * 16).fits
    assert not replace(one, target=(one.target[0], "no_such_function")).fits
    assert not replace(one, target=("no_such_module", one.target[1])).fits


def functions() -> list[Any]:
    places = [p for one in accelerate.accelerations() for p in (one.target, *one.also)]
    return [accelerate._found(place) for place in places]


@pytest.mark.usefixtures("other_versions")
def test_with_other_versions_nothing_is_replaced() -> None:
    before = functions()
    with accelerate.at_work():
        assert functions() == before
        assert not any(map(accelerate.active, NAMES))


@pytest.mark.usefixtures("other_versions")
def test_with_other_versions_a_document_is_made_by_stock() -> None:
    made = pdf.render(document("folder", "buurt"), made_up.config())
    _forget()
    assert made == accelerated("folder", "buurt")


def test_everything_is_put_back_also_after_a_failure() -> None:
    before = functions()
    with accelerate.at_work():
        during = functions()
        assert not gc.isenabled()
    assert functions() == before
    with pytest.raises(ZeroDivisionError), accelerate.at_work():
        _ = 1 / 0
    assert functions() == before
    assert gc.isenabled()
    # All but the constructor, which is gone round.
    assert sum(a is not b for a, b in zip(before, during, strict=True)) == len(before) - 1


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with accelerate.at_work():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


# --- piece by piece, against the function that is replaced ------------------------------------

numbers = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False, width=64),
    st.integers(),
    st.booleans(),
    st.binary(max_size=8),
    st.text(st.characters(max_codepoint=127), max_size=8),
    st.floats(-2000, 2000).map(lambda x: round(x, 3)),
)


@given(numbers)
def test_numbers_are_written_as_pydyf_writes_them(item: Any) -> None:
    quick = accelerate_svg.quick_numbers(pydyf._to_bytes)
    assert quick(item) == pydyf._to_bytes(item)


coordinate = st.floats(-500, 500).map(lambda x: f"{x:.3f}")
point = st.tuples(coordinate, coordinate).map(" ".join)
command = st.one_of(
    point.map("M{}".format),
    point.map("L{}".format),
    st.lists(point, min_size=2, max_size=4).map(lambda ps: "L" + " ".join(ps)),
    # No loose numbers: after a Z they keep stock reading for ever.
    st.sampled_from(["Z", " Z ", "z", "L", "M1", "h3", "a1 1 0 0 1 2 2"]),
)


@given(st.lists(command, max_size=8).map("".join))
def test_outlines_are_drawn_as_weasyprint_draws_them(data: str) -> None:
    stock = accelerate._found(("weasyprint.svg.path", "path"))
    assert drawn(accelerate_svg.known_paths(stock), data) == drawn(stock, data)


def drawn(path: Any, data: str) -> bytes | str:
    """What ``path`` writes into a stream, or the name of what it raises."""
    from weasyprint.svg.utils import size

    stream = pydyf.Stream()
    svg = SimpleNamespace(
        stream=stream, point=lambda x, y, em: (size(x, em, 100), size(y, em, 100))
    )
    node = SimpleNamespace(get={"d": data}.get, vertices=[])
    try:
        path(svg, node, 12)
    except Exception as failure:  # noqa: BLE001  # whatever stock raises, ours must raise too
        return type(failure).__name__
    return b"\n".join(stream.stream)


def test_a_line_of_a_chart_does_take_the_short_way() -> None:
    assert accelerate_svg._steps("M0 0L1 0.5Z") == [("M", 0, 0), ("L", 1, 0.5), ("Z", 0, 0)]
    assert math.isclose(accelerate_svg._steps("M1.25 2")[0][1], 1.25)  # type: ignore[index]


# --- drawings, by WeasyPrint as it is and from memory -----------------------------------------

CIRCLE = '<circle cx="5" cy="6" r="2"/>'
DRAWINGS = {
    "lines of a group": f'<g stroke="#111" stroke-width="2">{CIRCLE}</g>{CIRCLE}',
    "see-through": f'<g fill-opacity=".5">{CIRCLE}</g><g opacity=".5">{CIRCLE}</g>{CIRCLE}',
    "a part that is see-through": '<circle r="2" opacity=".4"/><circle r="2" fill="#ab0"/>',
    "of a size": '<g font-size="9"><circle r="1em"/></g><g font-size="7"><circle r="1em"/></g>',
    "a part of all": '<rect width="10%" height="20%"/><line x2="50%" stroke="red"/>',
    "nothing": '<circle r="0"/><circle r="2" display="none"/><path d="" fill="none"/>',
    "dashes": '<path d="M1 2L3 4" stroke="#123" stroke-dasharray="2 1" stroke-linecap="round"/>',
    "turned": '<rect width="9" height="4" transform="rotate(30)"/><rect width="9" height="4"/>',
    "special words": (
        f'<g color="#456" fill="#010203"><g fill="currentColor">{CIRCLE}</g>'
        '<circle r="3" fill="inherit"/><circle r="3" style="fill: #789"/></g>'
    ),
    "rules": "<style>circle { fill: #246 } .b { fill: #135 }</style>"
    '<circle r="4" class="b"/><circle r="4"/>',
    "elsewhere": (
        '<defs><linearGradient id="a"><stop stop-color="red"/><stop offset="1"/></linearGradient>'
        '<clipPath id="b"><rect width="3" height="3"/></clipPath>'
        '<marker id="c"><circle r="1"/></marker></defs>'
        '<rect width="9" height="9" fill="url(#a)"/><circle r="2" clip-path="url(#b)"/>'
        '<path d="M1 2L3 4" marker-start="url(#c)"/><path d="M1 2L3 4"/>'
    ),
    "another gradient": (
        '<defs><linearGradient id="a"><stop stop-color="#00f"/><stop offset="1"/>'
        '</linearGradient></defs><rect width="9" height="9" fill="url(#a)"/>'
    ),
}


def painted(markup: str, width: float, before: str) -> tuple[bytes, list[Any]]:
    """What a drawing writes into a page on which a colour is set, and the opacities it needs."""
    from weasyprint import svg as drawings
    from weasyprint.pdf.stream import Stream

    tree = ET.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{markup}</svg>')  # noqa: S314
    kinds = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace")
    resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds})
    stream = Stream({}, (0, 0, 90, 90), resources, {}, None, {}, None)
    stream.set_color(parse_color(before), stroke=True)
    stream.set_color(parse_color(before))
    drawings.SVG(tree, None, None).draw(stream, width, 2 * width, None, None)
    stream.set_color(parse_color("red"))
    beside = [(kind, name, one.data) for kind in kinds for name, one in resources[kind].items()]
    return stream.data, [one for one in beside if one[0] in {"ExtGState", "XObject"}]


@pytest.mark.parametrize("name", DRAWINGS)
def test_shapes_are_drawn_as_weasyprint_draws_them_whatever_was_drawn_before(name: str) -> None:
    ways = [(10, "red"), (20, "red"), (20, "black"), (20, "#11223380"), (10, "red")]
    with accelerate.without():
        expected = [painted(DRAWINGS[name], *way) for way in ways]
    with accelerate.at_work():
        assert [painted(DRAWINGS[name], *way) for way in ways] == expected


def test_a_shape_of_another_drawing_is_cut_as_that_one_says() -> None:
    cut = '<clipPath id="b"><rect width="{}" height="3"/></clipPath><circle r="2" {}/>'
    for says in ('clip-path="url(#b)"', 'style="clip-path: url(#b)"'):
        ways = [cut.format(wide, says) for wide in (3, 4)]
        with accelerate.without():
            expected = [painted(way, 10, "red") for way in ways]
        with accelerate.at_work():
            assert [painted(way, 10, "red") for way in ways] == expected


def test_an_unusual_colour_of_a_shape_is_told_about_every_time() -> None:
    one = page('<svg xmlns="http://www.w3.org/2000/svg"><title>x</title>%s</svg>', "")
    odd = '<circle r="4" fill="color(srgb-linear 1 0 0)"/>'
    for _ in range(2):
        with pytest.raises(RenderError, match="srgb-linear"):
            pdf.render(replace(one, html=one.html % odd), made_up.config())


def test_shapes_that_are_not_asked_for_again_are_forgotten() -> None:
    memory = accelerate_paint._Memory()
    for number in range(3 * accelerate_paint.SHAPES):
        memory[number] = None
        assert 0 in memory  # asked all the time
    assert len(memory.late) + len(memory.early) <= 2 * accelerate_paint.SHAPES
    assert 1 not in memory


width = st.floats(0.3, 9)
corner = st.sampled_from([(0, 0), (0, 0), (0, 0), (3, 4)])


@given(
    st.sampled_from(["dotted", "dashed", "solid"]),
    st.sampled_from(["top", "right", "bottom", "left"]),
    st.tuples(*[st.floats(-90, 90)] * 2, *[st.floats(0.1, 90)] * 2),
    st.one_of(st.none(), st.tuples(*[width] * 4)),
    st.tuples(corner, corner, corner, corner),
)
def test_dots_stand_where_weasyprint_puts_them(
    style: str, side: str, box: Any, widths: Any, radii: Any
) -> None:
    stock = accelerate._found(("weasyprint.draw.border", "clip_border_segment"))
    corners = () if widths is None else (widths, radii)
    made = []
    for draw in (stock, accelerate_dots.quick_dots(stock)):
        stream = pydyf.Stream()
        try:
            draw(stream, style, 1.5, side, box, *corners)
        except (ZeroDivisionError, UnboundLocalError) as failure:  # of stock, at round corners
            stream.stream.append(type(failure).__name__)
        made.append(stream.data)
    assert made[0] == made[1]


written = st.one_of(numbers, st.lists(numbers, max_size=3).map(pydyf.Array))


@given(
    st.dictionaries(st.one_of(st.text("aAbB1", max_size=3), st.integers(), st.binary()), written)
)
def test_dictionaries_are_written_as_pydyf_writes_them(values: dict[Any, Any]) -> None:
    one = pydyf.Dictionary(values)
    expected = one.data
    with accelerate.at_work():
        assert one.data == expected


def test_pages_that_are_added_later_are_referred_to_as_well() -> None:
    with accelerate.at_work():
        one = pydyf.PDF()
        for number in range(3):
            assert len(one.page_references) == number
            one.add_page(pydyf.Dictionary())
        assert one.page_references == tuple(f"{n} 0 R".encode() for n in one.pages["Kids"][::3])
