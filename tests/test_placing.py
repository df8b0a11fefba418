"""Places of words: measured once, and what is remembered is of the very thing that is asked."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import made_up
from charted import BUURT, read, square, town
from wijkprofiel.assets import Assets
from wijkprofiel.charts import fonts, ground, placing, svg, trend
from wijkprofiel.charts.basemap import Frame
from wijkprofiel.charts.clearance import Box, Obstacles
from wijkprofiel.charts.scene import Scene
from wijkprofiel.documents.desk import Desk

FIELD = shapely.box(0, 0, 10, 10)
NOTCHED = FIELD.difference(shapely.box(4, 0, 6, 6))
"""A field of ten by ten mm with a bay of two by six in its upper side."""

TOWN = Frame(0.01, (-1000, -4000), (30, 30))
"""The made-up town on a sheet of thirty by thirty mm."""

# --- how much of a box lies inside ------------------------------------------------------------


@pytest.mark.parametrize(
    ("spot", "share"),
    [
        ((2, 5), 1.0),
        ((0.5, 5), 0.625),  # from -1.5 to 2.5: 2.5 of 4 mm
        ((3, 5), 0.75),  # from 1 to 5: 1 of 4 mm in the bay
        ((5, 6), 0.75),  # the bay takes 2 of 4 mm of the upper half
        ((9, 9.5), 0.75 * 0.75),
    ],
)
def test_the_share_of_a_box_is_its_part_inside(spot: tuple[float, float], share: float) -> None:
    told = placing.shares_of(np.array([spot], dtype=float), (4, 2), NOTCHED, 0.5)
    assert told == pytest.approx([share])


def test_shares_that_are_too_small_may_read_as_nothing_but_never_as_more() -> None:
    spots = np.array([(x, y) for x in np.arange(-3, 13, 0.25) for y in np.arange(-3, 13, 0.5)])
    real = [
        NOTCHED.intersection(shapely.box(x - 2, y - 1, x + 2, y + 1)).area / 8 for x, y in spots
    ]
    told = placing.shares_of(spots, (4, 2), NOTCHED, 0.9)
    whole = int(np.argmax(np.array(real) > 1 - 1e-9))
    wanted = [share if order <= whole else 0 for order, share in enumerate(real)]
    assert any(0.9 <= share < 1 for share in wanted)
    for share, exact in zip(told, wanted, strict=True):
        assert share == pytest.approx(exact) or (share == 0 and exact < 0.9)


def test_a_shape_smaller_than_a_word_has_no_room_for_it() -> None:
    told = placing.shares_of(np.array([(1.0, 1.0)]), (4, 2), shapely.box(0, 0, 2, 2), 0.9)
    assert told.tolist() == [0]


@given(st.lists(st.sampled_from([0.0, 0.004, 1.0, 2.5, 2.501, 7.0]), min_size=1, max_size=8))
def test_a_value_takes_the_first_of_the_places_that_hit_least(hits: list[float]) -> None:
    """Each place is a row of its own, with a line of so many mm through it."""
    rows = [Box(0, 10 * row, 8, 10 * row + 1) for row in range(len(hits))]
    through = [(box.top + 0.5, mm) for box, mm in zip(rows, hits, strict=True) if mm]
    lines = [((0.0, y), (mm, y), 0.0) for y, mm in through]
    around = Obstacles(lines, [], Box(0, 0, 8, 100))
    costs = [round(around.cost(box), 2) for box in rows]
    assert trend._least_bad(rows, around) == costs.index(min(costs))


# --- written all at once ----------------------------------------------------------------------

NUMBERS = st.floats(-1e5, 1e5) | st.integers(-2000, 2000).map(lambda n: n / 10)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1), st.booleans())
def test_the_points_of_a_path_are_written_as_every_other_number(
    points: list[tuple[float, float]], close: bool
) -> None:
    told = "L".join(f"{svg.number(x)} {svg.number(y)}" for x, y in points)
    assert svg.trace(points, close=close) == f"M{told}" + ("Z" if close else "")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.just("\n")))
def test_any_text_in_an_attribute_is_read_back_as_it_was(text: str) -> None:
    assert read(svg.element("a", aria_label=text)).attrib["aria-label"] == text


# --- what is remembered -----------------------------------------------------------------------


def test_an_outline_is_remembered_by_frame_and_a_frame_by_outline() -> None:
    here, there = square(0, 0, 1000), square(500, 0, 1000)
    near, far = Frame(0.01, (0, 0), (40, 40)), Frame(0.01, (5, 0), (40, 40))
    found = [frame.shape(outline).bounds for outline in (here, there) for frame in (near, far)]
    assert [box[0] for box in found] == pytest.approx([0, 5, 5, 10])
    assert Frame(0.01, (0, 0), (40, 60)).shape(here).bounds[3] == pytest.approx(60)


def test_the_land_is_remembered_with_all_its_parts() -> None:
    wijken = town((0,)).wijken
    areas = [ground.union(wijken[:count], TOWN).area for count in (1, 2, 9)]
    assert areas == pytest.approx([100, 200, 900], rel=0.001)


def test_each_area_of_a_gemeente_has_its_own_scene() -> None:
    scenes = [Scene.of(town((own,)), TOWN, BUURT) for own in (0, 4, 0)]
    assert scenes[0].shape.equals(scenes[2].shape)
    assert not scenes[0].shape.equals(scenes[1].shape)
    assert [len(scene.others) for scene in scenes] == [8, 8, 8]
    assert scenes[0].land.equals(scenes[1].land)


def test_lines_are_remembered_by_text_size_width_and_weight() -> None:
    measure = fonts.Measure.of(BUURT, Assets.of())
    text = "Bos- en Gasthuisdistrict in de Wijk"
    width = measure.text_width(text, 8)
    assert measure.wrap(text, 8, width) == (text,)
    assert len(measure.wrap(text, 16, width)) > 1
    assert len(measure.wrap(text, 8, width / 2)) > 1
    assert len(measure.wrap(text, 8, width, weight=800)) > 1
    assert measure.wrap(text + "en", 8, math.inf) == (text + "en",)


def test_alternative_texts_are_of_their_own_topic_and_of_their_own_area() -> None:
    config = made_up.config()
    spec = config.documents["factsheet"]
    areas = [made_up.own_area(name) for name in ("Molenwijk", "Duinzicht")]
    one, other = (Desk.of(made_up.profile(area=area), spec, config) for area in areas)
    topics = list(one.profile.topics.values())
    told = [one.alt(topic) for topic in (*topics, *topics)]
    assert told[: len(topics)] == told[len(topics) :]
    assert all(topic.indicator.title in text for topic, text in zip(topics, told, strict=False))
    assert all("Duinzicht" in other.alt(topic) for topic in other.profile.topics.values())
