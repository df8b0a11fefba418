"""What is read back of a page that is written here by hand: what it holds is known."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
import pikepdf

from wijkprofiel.render import paper
from wijkprofiel.render.paper import ink, objects

PAGE = b"""
1 0.5 0 rg 0 0 100 100 re f
/P <</MCID 7>> BDC
0 0 1 RG 10 10 m 10 20 30 40 50.0625 60 c 70 80 l 80 80 80 90 90 90 c S
EMC
q 2 0 0 2 5 5 cm /F Do Q
"""
FORM = b"0 1 0 rg 1 2 3 4 re f"


@cache
def read() -> paper.Paper:
    file = pikepdf.new()
    file.add_blank_page(page_size=(100, 100))
    form = file.make_stream(FORM, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.BBox = pikepdf.Array([0, 0, 50, 50])
    page = file.pages[0]
    page.Contents = file.make_stream(PAGE)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
    made = io.BytesIO()
    file.save(made)
    return paper.read(made.getvalue())


def test_a_line_has_the_points_it_goes_through_and_no_handle_of_a_curve() -> None:
    """Two curves and a straight part between them; decimals are rounded as round() does it."""
    line = read().pages[0].shapes[1]
    assert [*line.points] == [(10, 10), (50.062, 60), (70, 80), (90, 90)]
    assert (line.mark, line.fill, line.stroke) == (7, "", "#0000FF")


def test_a_shape_in_a_form_stands_where_the_form_puts_it() -> None:
    """Twice as large, and five to the right and up: x 1-4 and y 2-6 become 7-13 and 9-17."""
    page = read().pages[0]
    shape = page.shapes[2]
    assert [*shape.box] == [7, 9, 13, 17]
    assert [*shape.matrix] == [2, 0, 0, 2, 5, 5]
    assert [shape.fill, shape.stroke] == ["#00FF00", ""]
    assert (shape.holder, len(page.forms)) == (0, 1)


def test_points_are_rounded_all_at_once_as_one_by_one() -> None:
    """Halves too: many single numbers lie just between two thousandths."""
    random = np.random.default_rng(6)
    some = random.uniform(-900, 900, 20_000).astype(np.float32).tolist()
    halves = [n / 16 for n in range(-5_000, 5_000)]
    assert objects._rounded(some + halves) == [round(one, 3) for one in some + halves]


def test_greys_of_parts_are_those_of_each_part_alone() -> None:
    """Grey of red 76.2, of green 149.7, of blue 29.1 (ITU-R BT.601)."""
    red, green, blue, white = 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF
    parts = [np.array([[red, green]], np.uint32), np.array([[blue], [white]], np.uint32)]
    least, most = ink._ends(parts)
    assert np.allclose(least, (76.245, 29.07))
    assert np.allclose(most, (149.685, 255))


def test_a_colour_is_there_when_every_part_of_it_is_near_in_one_pixel() -> None:
    """Not when red is near in one pixel and blue in another; 24 steps are near, 25 are not."""
    near = np.array([[0x102030 + 0x181818]], np.uint32)
    far = np.array([[0x102030 + 0x190000, 0x102030 + 0x000019]], np.uint32)
    assert ink._holds(near, "#102030")
    assert not ink._holds(far, "#102030")
    assert not ink._holds(far[:, :0], "#102030")


def test_ground_is_the_colour_of_most_pixels_around_also_when_the_corner_is_another() -> None:
    """A box of 4 by 3 pixels: corners count twice, so its edge has 14."""
    pixels = np.full((3, 4), 0x00FF00, np.uint32)
    pixels[0, 0] = 0x0000FF
    assert ink._ground(pixels) == ("#00FF00", 12 / 14)
