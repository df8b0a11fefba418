"""Maps: what is filled, named, hatched and left out. The town is three by three kilometres."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import builders
import sample
from charted import BUURT, NS, TITLE, found, numbers, read, square, texts, town
from wijkprofiel import profile as profiles
from wijkprofiel.assets import Assets
from wijkprofiel.charts import fonts, ground, maps
from wijkprofiel.charts.basemap import Frame, drawn
from wijkprofiel.charts.set_map import Marked, names_fit, set_map
from wijkprofiel.model import AreaMap, MapArea, Outline

AMBER, LAND, INK = "#FFAA11", "#F2ECE6", "#111111"
MEASURE = fonts.Measure.of(BUURT, Assets.of())
LONG = ["Hazerswoude-Dorp", "Laakkwartier en Spoorwijk", "Oost", "Bos- en Gasthuisdistrict"] * 3


def points(data: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", data)]


def box(data: str) -> tuple[float, float, float, float]:
    xs, ys = zip(*points(data), strict=True)
    return (min(xs), min(ys), max(xs), max(ys))


def names(root: Any) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Each line of text with the box it takes, from the font's own metrics."""
    for e in root.iter(NS + "text"):
        x, y = numbers(e, "x", "y")
        pt = float(e.attrib["font-size"]) / 25.4 * 72
        wide = MEASURE.text_width(e.text or "", pt, int(e.get("font-weight", "400")))
        left = {"middle": x - wide / 2, "end": x - wide}.get(e.get("text-anchor", ""), x)
        yield (e.text or "", (left, y - 0.5 * pt * 25.4 / 72, left + wide, y))


def locator(area_map: AreaMap, name: str = "Noord", **more: Any) -> Any:
    return read(maps.locator(area_map, style=BUURT, title=TITLE, name=name, **more))


# --- locator --------------------------------------------------------------------------------


def test_the_area_lies_where_it_lies_north_up() -> None:
    # 57.3 × 42 with 4.6 for the scale bar: 37.4 high, 0.6 white: three wijken of 12.067 mm
    root = locator(town((6,)))
    (area,) = found(root, "path", fill=AMBER)
    side = (37.4 - 1.2) / 3
    left = (57.3 - 3 * side) / 2
    expected = (left, 0.6, left + side, 0.6 + side)
    assert box(area.attrib["d"]) == pytest.approx(expected, abs=0.01), "top left is north-west"
    (outline,) = found(root, "path", stroke=INK, stroke_width="0.5")
    assert box(outline.attrib["d"]) == pytest.approx(expected, abs=0.01)


def test_the_parts_of_an_area_become_one_shape() -> None:
    (area,) = found(locator(town((0, 1, 3))), "path", fill=AMBER)
    assert area.attrib["d"].count("M") == 1


def test_neighbours_are_named_and_the_area_itself_first() -> None:
    root = locator(town((4,)), "Noord")
    shown = texts(root)
    assert shown[0] == "Noord"
    assert set("ABCDFGHI") <= set(shown)
    assert "E" not in shown, "the wijk that is the area has the area's name"


@pytest.mark.parametrize("own", [(0,), (4,), (0, 1, 2), tuple(range(9))])
@pytest.mark.parametrize("width", [30.0, 57.3, 120.0])
def test_names_never_touch_each_other_nor_leave_the_map(own: tuple[int, ...], width: float) -> None:
    root = locator(town(own, names=LONG), "Leidsche Rijn en Vleuten", width=width, height=42)
    boxes = list(names(root))
    for _, (left, top, right, foot) in boxes:
        assert left >= -0.01
        assert right <= width + 0.01
        assert top >= -0.01
        assert foot <= 42.01
    for (one, a), (other, b) in combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, f"{one} touches {other}"


def test_a_name_that_fits_nowhere_becomes_deze_wijk_or_nothing() -> None:
    name = "Appel, Driedorp, Kruishaar, Prinsenkamp en Slichtenhorst"
    assert "deze wijk" in texts(locator(town((0,)), name, width=57.3))
    shown = texts(locator(town(names=LONG), name, width=14, height=16))
    assert not any(word in " ".join(shown) for word in ("Appel", "Slichtenhorst"))


def test_a_wijk_that_only_holds_the_area_is_hatched_and_has_its_own_name() -> None:
    root = locator(town((), holds=(4,)), "Buurtje")
    assert not found(root, "path", fill=AMBER)
    assert not found(root, "path", stroke=INK, stroke_width="0.5"), "the line of an area itself"
    (dashes,) = (e for e in root.iter(NS + "path") if e.get("stroke-dasharray"))
    middle = box(dashes.attrib["d"])
    (hatch,) = found(root, "path", stroke=INK, stroke_width="0.18")
    for start, end in zip(*[iter(points(hatch.attrib["d"]))] * 2, strict=True):
        assert abs(end[0] - start[0]) == pytest.approx(abs(end[1] - start[1]), abs=0.01)
    left, top, right, foot = box(hatch.attrib["d"])
    side = (37.4 - 1.2) / 3
    assert right - left <= side + 0.01
    assert foot - top <= side + 0.01
    assert "Buurtje" not in texts(root)
    assert lies(root, "E") == middle, "the name in the hatched shape is that of its own wijk"


def lies(root: Any, name: str) -> Any:
    """The side of the wijk of the town that a name or value lies in, as the map draws it."""
    side, left = (37.4 - 1.2) / 3, (57.3 - (37.4 - 1.2)) / 2
    ((_, (start, top, end, foot)),) = (item for item in names(root) if item[0] == name)
    column, row = int(((start + end) / 2 - left) // side), int(((top + foot) / 2 - 0.6) // side)
    corner = (left + column * side, 0.6 + row * side)
    return pytest.approx((*corner, corner[0] + side, corner[1] + side), abs=0.01)


def test_names_keep_away_from_the_edge_of_a_map_of_surroundings() -> None:
    wide = tuple(
        MapArea(f"WK9999{i:02}", f"Wijk {i}", square(900 * (i % 8), 900 * (i // 8)), own=i == 27)
        for i in range(64)
    )
    area_map = AreaMap(wide, (MapArea("GM9999", "Groot", square(0, 0, 7300)),))
    shown = [item for item in names(locator(area_map, "W27")) if item[0].startswith("Wijk")]
    assert len(shown) > 4
    for name, (left, _, right, foot) in shown:
        assert left >= 0.75, name
        assert right <= 57.3 - 0.75, name
        assert foot <= 37.4 - 0.4, name


def inner() -> AreaMap:
    """The town, with an area of two buurten in the middle wijk: a figure of its own, 59."""
    plain = town((), values=VALUES, groups=GROUPS)
    east = MapArea("BU99990402", "Oosteinde", square(101_450, 401_100, 450), own=True)
    west = MapArea("BU99990401", "Westeinde", square(101_000, 401_100, 450), own=True)
    both = Outline((*west.outline.polygons, *east.outline.polygons))
    whole = MapArea("buurtje", "Buurtje", both, own=True, value=59.4, group=1)
    return AreaMap(plain.wijken, plain.gemeenten, "x", buurten=(west, east), whole=whole)


def test_an_area_of_buurten_has_its_own_outline_on_the_locator() -> None:
    root = locator(inner(), "Buurtje", width=120, height=100)
    (area, *_) = found(root, "path", fill=AMBER)
    left, top, right, foot = box(area.attrib["d"])
    assert right - left == pytest.approx(0.4 * 120, abs=0.1), "a map of its surroundings"
    assert right - left == pytest.approx(2 * (foot - top), abs=0.1), "0.9 by 0.45 km"
    assert area.attrib["d"].count("M") == 1
    shown = dict(names(root))
    start, _, end, _ = shown["Buurtje"]
    assert left < start < end < right
    assert shown["E"][3] <= top or shown["E"][1] >= foot, "its wijk is named outside it"


def test_a_gemeente_without_the_area_is_still_a_map_with_names() -> None:
    root = locator(town(()), "Weg")
    assert set("ABCDEFGHI") <= set(texts(root))
    assert "Weg" not in texts(root)
    assert not found(root, "path", fill=AMBER)


def test_an_enclave_stays_a_hole() -> None:
    ring = MapArea("WK999900", "Ring", square(0, 0, 3000, hole=1000), own=True)
    core = MapArea("WK999901", "Kern", square(1000, 1000))
    town_ = AreaMap((ring, core), (MapArea("GM9999", "Stad", square(0, 0, 3000)),))
    (area,) = found(locator(town_, "Ring"), "path", fill=AMBER)
    assert area.attrib["d"].count("M") == 2
    assert area.attrib["fill-rule"] == "evenodd"
    assert "Kern" in texts(locator(town_, "Ring"))


def two_towns() -> AreaMap:
    """Two gemeenten beside each other: a whole one, and a wijk at the far side of the other."""
    first = town((0,)).wijken
    second = tuple(
        MapArea(f"WK8888{i:02}", f"Z{i}", square(103_000, 400_000 + 1000 * i), own=True)
        for i in range(3)
    )
    column = tuple((x, y) for x, y in ((103e3, 4e5), (104e3, 4e5), (104e3, 403e3), (103e3, 403e3)))
    gemeenten = (
        MapArea("GM9999", "Proefstad", square(100_000, 400_000, 3000)),
        MapArea("GM8888", "Buurstad", Outline((((*column, column[0]),),)), own=True),
    )
    return AreaMap((*first, *second), gemeenten)


def test_an_area_over_two_gemeenten_shows_both_and_names_its_pieces() -> None:
    root = locator(two_towns(), "Regio", width=100, height=80)
    land = found(root, "path", fill=LAND)[0]
    left, _, right, _ = box(land.attrib["d"])
    (area,) = found(root, "path", fill=AMBER)
    assert area.attrib["d"].count("M") == 2
    assert right - left == pytest.approx(100 - 1.2, abs=0.02), "four wijken wide"
    shown = texts(root)
    assert "Buurstad" in shown
    assert "A" in shown
    assert "Regio" not in shown


def test_a_small_area_gets_its_surroundings_and_the_gemeente_in_a_corner() -> None:
    wide = tuple(
        MapArea(f"WK9999{i:02}", f"W{i}", square(1000 * (i % 8), 1000 * (i // 8)), own=i == 27)
        for i in range(64)
    )
    area_map = AreaMap(wide, (MapArea("GM9999", "Groot", square(0, 0, 8000)),))
    root = locator(area_map, "W27")
    large, small = sorted(
        (box(e.attrib["d"]) for e in found(root, "path", fill=AMBER)),
        key=lambda b: b[0] - b[2],
    )
    assert large[3] - large[1] == pytest.approx(0.4 * 37.4, abs=0.2)
    assert small[2] - small[0] < 3
    assert small[2] < large[0] or large[2] < small[0] or small[3] < large[1] or large[3] < small[1]


@pytest.mark.parametrize(("side", "label"), [(1000, "1 km"), (10_000, "10 km"), (1500, "1 km")])
def test_the_scale_bar_is_a_round_number_of_kilometres(side: float, label: str) -> None:
    whole = square(0, 0, 3 * side)
    area_map = AreaMap((MapArea("WK1", "A", whole, own=True),), (MapArea("GM1", "G", whole),))
    root = locator(area_map, "A")
    assert label in texts(root)
    bar = [e for e in found(root, "path", stroke_width="0.25") if e.get("fill") == "none"][-1]
    left, _, right, _ = box(bar.attrib["d"])
    km = float(label.split(maxsplit=1)[0].replace(",", "."))
    assert right - left == pytest.approx(km * 1000 * 36.2 / (3 * side), abs=0.01)


# --- choropleth -----------------------------------------------------------------------------

VALUES: dict[int, float] = {0: 40.4, 1: 44.5, 2: 47.0, 3: 50.0, 4: 58.0, 5: 0.0}
GROUPS = {0: 1, 1: 2, 2: 3, 3: 4, 4: 5, 5: 1}


def choropleth(**more: Any) -> Any:
    area_map = town((4,), values=VALUES, groups=GROUPS)
    return read(maps.choropleth(area_map, style=BUURT, title=TITLE, **more))


def test_a_wijk_has_the_step_of_its_group_and_its_value_in_it() -> None:
    root = choropleth()
    for group, count in ((1, 2), (2, 1), (3, 1), (4, 1), (5, 1)):
        colour = BUURT.colours[f"ramp-{group}"]
        assert len(found(root, "path", fill=colour)) == count
        assert len(found(root, "rect", fill=colour)) == 1, "the legend"
    shown = texts(root)
    assert {"40", "45", "47", "50", "58", "0"} <= set(shown)
    assert {"laagste vijfde", "middelste vijfde", "hoogste vijfde"} <= set(shown)


def test_a_wijk_without_a_value_is_hatched_with_a_dash() -> None:
    root = choropleth()
    assert texts(root).count("–") == 3
    (hatch,) = found(root, "path", stroke="#888888", stroke_width="0.18")
    side = (72 - 9.6 - 1.2) / 3
    _, top, _, foot = box(hatch.attrib["d"])
    assert top == pytest.approx(0.6, abs=0.02)
    assert foot <= 0.6 + side + 0.02, "only the top row has no value"


def test_values_stand_on_a_ground_they_can_be_read_on() -> None:
    root = choropleth()
    fills = {e.text: e.attrib["fill"] for e in root.iter(NS + "text")}
    assert fills["40"] == fills["45"] == fills["47"] == INK
    assert fills["50"] == fills["58"] == "#FFFFFF"


def test_a_value_without_room_is_left_out() -> None:
    assert not {"40", "45", "47"} & set(texts(choropleth(width=14, height=18)))


def test_the_value_of_the_area_itself_is_fitted_closer_before_it_is_left_out() -> None:
    area_map = town((4,), values=VALUES, groups={**GROUPS, 4: 1})
    small = maps.choropleth(area_map, style=BUURT, title=TITLE, width=12, height=21.6)
    shown = set(texts(read(small)))
    assert "58" in shown
    assert not {"40", "45", "47", "50"} & shown


def test_values_beside_a_seam_keep_clear_of_each_other() -> None:
    """Ridderveld 50 and Zegersloot 49 on both sides of a seam read as 5049."""
    config, data = sample.config(), sample.dataset()
    made = profiles.make(builders.own("alphen-noord", config, data), config, data)
    assert made.map is not None
    drawing = maps.choropleth(made.map, style=BUURT, title=TITLE, width=57.33, height=43.5)
    at = [
        (float(e.attrib["x"]), float(e.attrib["y"]))
        for e in read(drawing).iter(NS + "text")
        if (e.text or "").isdigit()
    ]
    assert {"47", "50", "49"} <= set(texts(read(drawing))), "the three wijken keep theirs"
    digits = (3.0, 1.9)  # two digits of 7.5 pt bold, in mm
    for one, other in combinations(at, 2):
        gaps = [abs(a - b) - d for a, b, d in zip(one, other, digits, strict=True)]
        assert max(gaps) >= 1.0, f"{one} and {other}"


def test_the_area_itself_has_a_heavy_outline() -> None:
    (outline,) = found(choropleth(), "path", stroke=INK, stroke_width="0.6")
    side = (72 - 9.6 - 1.2) / 3
    left, top, right, foot = box(outline.attrib["d"])
    assert (right - left, foot - top) == pytest.approx((side, side), abs=0.01)


def test_an_area_of_buurten_has_its_own_figure_and_its_wijk_another() -> None:
    """58 is the figure of the wijk, 59 that of the area inside: each lies in its own shape."""
    root = read(maps.choropleth(inner(), style=BUURT, title=TITLE, width=120, height=109.6))
    (outline,) = found(root, "path", stroke=INK, stroke_width="0.6")
    left, top, right, foot = box(outline.attrib["d"])
    per_km = (100 - 1.2) / 3
    assert (right - left, foot - top) == pytest.approx((0.9 * per_km, 0.45 * per_km), abs=0.01)
    assert len(found(root, "path", fill=BUURT.colours["ramp-1"])) == 3, "two wijken and the area"
    shown = dict(names(root))
    assert left < shown["59"][0] < shown["59"][2] < right
    assert top < shown["59"][1] < shown["59"][3] < foot
    wijk = (60 - per_km / 2, 50 - per_km / 2, 60 + per_km / 2, 50 + per_km / 2)
    assert wijk[0] < shown["58"][0] < shown["58"][2] < wijk[2]
    assert wijk[1] < shown["58"][1] < shown["58"][3] < wijk[3]
    assert shown["58"][1] >= foot or shown["58"][3] <= top, "beside the area, not in it"


def test_a_wijk_around_the_area_has_no_line_of_the_area_but_its_own_name_and_value() -> None:
    area_map = town((), holds=(4,), values=VALUES, groups=GROUPS)
    root = read(maps.choropleth(area_map, style=BUURT, title=TITLE, width=120, height=109.6))
    assert not found(root, "path", stroke=INK, stroke_width="0.6")
    (dashes,) = (e for e in root.iter(NS + "path") if e.get("stroke-dasharray"))
    left, top, right, foot = box(dashes.attrib["d"])
    shown = dict(names(root))
    for word in ("E", "58"):
        assert left < shown[word][0] < shown[word][2] < right
        assert top < shown[word][1] < shown[word][3] < foot


# --- silhouette -----------------------------------------------------------------------------


def test_the_silhouette_fits_its_box_and_stands_at_the_right() -> None:
    root = read(maps.silhouette(town((0, 1)), style=BUURT, title=TITLE, width=120, height=40))
    (shape,) = found(root, "path", fill=AMBER)
    left, top, right, foot = box(shape.attrib["d"])
    assert right == pytest.approx(120, abs=0.05)
    assert (right - left, foot - top) == pytest.approx((80, 40), abs=0.1)
    assert set(texts(root)) == {"A", "B"}


def test_a_border_that_just_enters_a_map_leaves_no_speck_on_it() -> None:
    line = shapely.LineString
    border = [line([(0, 0), (5, 0)]), line([(5, 0), (5.4, 0)])]  # the second piece is short
    speck = [line([(9, 9), (9.2, 9.1)]), line([(9.2, 9.1), (9.2, 9.3)])]  # 0.4 mm together
    both = shapely.MultiLineString([*border, *speck])
    assert ground.without_scraps(both) == shapely.MultiLineString(border)
    assert ground.without_scraps(shapely.MultiLineString(speck)).is_empty
    mixed = shapely.GeometryCollection([shapely.Point(1, 1), speck[0]])
    assert ground.data_of(ground.without_scraps(mixed)) == ""
    for as_it_is in (line(), shapely.LinearRing([(0, 0), (0.1, 0), (9, 9)])):
        assert ground.without_scraps(as_it_is) is as_it_is


def test_corners_are_a_little_round_and_parts_have_a_seam_between_them() -> None:
    root = read(maps.silhouette(town((0, 1)), style=BUURT, title=TITLE, width=120, height=40))
    (shape,) = found(root, "path", fill=AMBER)
    corner = (40.0, 40.0)
    assert corner not in points(shape.attrib["d"])
    (seam,) = found(root, "path", stroke="#FFCC33")
    left, _, right, _ = box(seam.attrib["d"])
    assert left == right == pytest.approx(80, abs=0.02)


def test_part_names_are_all_there_or_none() -> None:
    parts = town((0, 1), names=["Oost", "Appel, Driedorp, Kruishaar en Slichtenhorst", *"CDEFGHI"])
    svg = maps.silhouette(parts, style=BUURT, title=TITLE, width=30, height=15)
    assert texts(read(svg)) == []


def test_a_wijk_that_only_holds_the_area_is_hatched_in_the_silhouette_too() -> None:
    svg = maps.silhouette(town((0,), holds=(2,)), style=BUURT, title=TITLE, width=120, height=40)
    root = read(svg)
    plate, shape = found(root, "path", fill=AMBER)
    assert box(shape.attrib["d"])[2] < 50
    left, _, right, _ = box(plate.attrib["d"])
    ((name, (start, _, end, _)),) = names(root)
    assert name == "C", "the name of the wijk that is drawn"
    assert 70 < left < start < end < right
    hatch, outline = found(root, "path", fill="none", stroke=AMBER)
    assert box(hatch.attrib["d"])[0] > 70
    assert max(box(outline.attrib["d"])) <= 120
    assert hatch.attrib["d"].count("M") > 10


def test_without_an_own_wijk_there_is_no_silhouette() -> None:
    with pytest.raises(ValueError, match="without outlines"):
        maps.silhouette(town(()), style=BUURT, title=TITLE)


# --- several areas on one map ---------------------------------------------------------------


def plates(*pieces: tuple[int, ...], around: tuple[int, ...] = (), **more: Any) -> list[Marked]:
    wijken = town((), **more).wijken
    marked = [
        Marked(
            " en ".join(wijken[i].name for i in own), str(order + 1), tuple(wijken[i] for i in own)
        )
        for order, own in enumerate(pieces)
    ]
    held = tuple(wijken[i] for i in around)
    return [*marked, Marked("Buurtje", str(len(pieces) + 1), (), held)] if held else marked


def test_names_fit_only_when_each_lies_in_its_own_outline() -> None:
    assert names_fit(town(()), plates((0,), (4,)), (60, 60), BUURT, MEASURE)
    assert not names_fit(town(()), plates((0,), (2,), names=LONG), (30, 30), BUURT, MEASURE)
    assert not names_fit(town(()), plates((0,), around=(4,)), (60, 60), BUURT, MEASURE)


@pytest.mark.parametrize("numbered", [True, False])
def test_a_map_of_several_areas_has_names_or_numbers_never_both(numbered: bool) -> None:
    marked = plates((0, 1), (5,), (8,), around=(3,))
    svg = set_map(town(()), marked, style=BUURT, title=TITLE, numbered=numbered, measure=MEASURE)
    told = {" ".join(texts(read(svg)))}
    expected = "1 2 3 4" if numbered else "A en B F I Buurtje"
    assert told == {expected}


def test_a_number_without_room_inside_stands_beside_its_area() -> None:
    tiny = MapArea("WK999909", "Klein", square(100_100, 400_100, 40))
    marked = [Marked("Klein", "12", (tiny,)), *plates((4,))]
    svg = set_map(town(()), marked, style=BUURT, title=TITLE, numbered=True, width=60, height=60)
    shown = dict(names(read(svg)))
    per_km = (60 - 1.2) / 3
    assert "12" in shown
    assert shown["12"][0] < 0.6 + 0.3 * per_km
    assert shown["12"][3] > 60 - 0.6 - 0.4 * per_km


# --- the base map ---------------------------------------------------------------------------


def test_the_base_map_is_drawn_once_for_all_areas_of_a_gemeente() -> None:
    drawn.cache_clear()
    for own in range(9):
        locator(town((own,)))
    assert drawn.cache_info().misses == 1


def test_the_base_map_has_the_same_outlines_as_went_in() -> None:
    frame = Frame.around([square(0, 0, 3000, hole=1000)], (30, 30), margin=0)
    (data,) = drawn((square(0, 0, 3000, hole=1000),), frame)
    assert set(points(data)) == {
        (0, 30), (30, 30), (30, 0), (0, 0), (10, 20), (20, 20), (20, 10), (10, 10),
    }  # fmt: skip


def test_the_base_map_leaves_out_no_point_of_a_long_border() -> None:
    wave = [(float(x), 3.0 * (x % 2)) for x in range(1000)]
    ring = (*wave, (999.0, 900.0), (0.0, 900.0), wave[0])
    outline = Outline(((ring,),))
    (data,) = drawn((outline,), Frame.around([outline], (200, 200)))
    assert len(points(data)) == 1002


def test_a_map_needs_no_figure_and_no_font_cache_of_matplotlib() -> None:
    script = (
        "import sys; sys.path.insert(0, 'tests'); import test_maps as t; t.locator(t.town((0,)));"
        "heavy = ('matplotlib.figure', 'matplotlib.font_manager', 'geopandas', 'pandas');"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


@given(
    corner=st.tuples(st.floats(-1e5, 1e6), st.floats(0, 1e6)),
    side=st.floats(50, 1e5),
    sheet=st.tuples(st.floats(10, 200), st.floats(10, 200)),
)
def test_any_outline_fits_any_sheet(
    corner: tuple[float, float], side: float, sheet: tuple[float, float]
) -> None:
    outline = square(*corner, side)
    places = Frame.around([outline], sheet, margin=0.6).ring(outline.polygons[0][0])
    assert all(0.59 <= x <= sheet[0] - 0.59 and 0.59 <= y <= sheet[1] - 0.59 for x, y in places)


# --- names and outlines ---------------------------------------------------------------------


def far(root: Any, word: str, x: float, y: float) -> float:
    """How far a word stays from the square whose left upper corner this is, in mm; inside it."""
    ((_, (left, top, right, foot)),) = (item for item in names(root) if item[0] == word)
    side = (37.4 - 1.2) / 3
    return min(left - x, top - y, x + side - right, y + side - foot)


@pytest.mark.parametrize("name", ["Noordwijk", "Noordwijker", "Noordwijkerh", "Noordwijkerhout"])
def test_the_name_of_the_area_keeps_clear_of_its_own_outline(name: str) -> None:
    # half the outline of 0.5 mm, and as much white: inside by 0.5 mm, or else outside of the square
    root = locator(town((4,)), name)
    shown = [item for item in names(root) if item[0] == name]
    side, left = (37.4 - 1.2) / 3, (57.3 - (37.4 - 1.2)) / 2
    corner = (left + side, 0.6 + side)
    for word, (start, top, end, foot) in shown:
        within = far(root, word, *corner) >= 0.5
        beside = (
            end <= corner[0] - 0.2
            or start >= corner[0] + side + 0.2
            or foot <= corner[1] - 0.2
            or top >= corner[1] + side + 0.2
        )
        assert within or beside, f"{word} touches the outline"


def test_names_of_pieces_and_of_what_holds_the_area_lie_on_no_other_piece() -> None:
    # pieces in the west and the east, and between them a wijk that only holds a part
    long = ["A", "B", "C", "Westeinderbuurt", "Middeleindewijk", "Oosteinderbuurt", "G", "H", "I"]
    root = locator(town((3, 5), holds=(4,), names=long), "Samen")
    side, left = (37.4 - 1.2) / 3, (57.3 - (37.4 - 1.2)) / 2
    squares = {long[3 + i]: (left + i * side, 0.6 + side) for i in range(3)}
    boxes = {word: at for word, at in names(root) if word in squares}
    assert boxes, "at least one of them has a place"
    for word, (start, top, end, foot) in boxes.items():
        for piece, (x, y) in squares.items():
            apart = end <= x or start >= x + side or foot <= y or top >= y + side
            assert piece == word or apart, f"{word} lies on {piece}"
