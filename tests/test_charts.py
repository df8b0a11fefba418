"""Charts: what is drawn, where, and in which words. Places are worked out by hand."""

from __future__ import annotations

import dataclasses
import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from math import cos, hypot, radians, sin
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, box

from charted import (
    BUURT,
    INKT,
    NS,
    TITLE,
    domain,
    figure,
    found,
    marks,
    numbers,
    read,
    reference,
    result,
    texts,
    topic,
    town,
)
from wijkprofiel.assets import Assets
from wijkprofiel.charts import bars, dots, fonts, legend, maps, people, signs, spine, verdict, web
from wijkprofiel.charts import trend as trends
from wijkprofiel.charts.words import Words, printed
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import HouseStyle, Outcome, Status, Trend, TrendPoint

STYLES = [BUURT, INKT]
INK, SIMILAR = "#111111", "#555555"
BLUE, ORANGE = "#0000AA", "#AA4400"
END = 34 - 1.75
"""Right end of a dot row of 34 mm."""


def a_trend(*values: float | None, country: float | None = 40) -> Trend:
    periods = [str(2012 + 4 * order) for order in range(len(values))]
    return Trend(
        "x",
        tuple(
            TrendPoint(p, figure(v, period=p), figure(country, period=p))
            for p, v in zip(periods, values, strict=True)
        ),
    )


EVERY: dict[str, Callable[[HouseStyle], str | None]] = {
    "dot_row": lambda s: dots.dot_row(topic(52, lower=50, upper=54), style=s, title=TITLE),
    "dot_row empty": lambda s: dots.dot_row(topic(None), style=s, title=TITLE),
    "domain_row": lambda s: dots.domain_row(domain("a", 4.2), style=s, title=TITLE),
    "domain_row empty": lambda s: dots.domain_row(domain("a", None), style=s, title=TITLE),
    "spine_row": lambda s: spine.spine_row(topic(52), style=s, title=TITLE),
    "spine_row empty": lambda s: spine.spine_row(topic(None), style=s, title=TITLE),
    "web": lambda s: web.web(result(4, 5, None, 6, 2, 9), style=s, title=TITLE),
    "trend": lambda s: trends.trend(a_trend(40, 45), style=s, theme="sociaal", title=TITLE),
    "people": lambda s: people.people(49, style=s, theme="sociaal", title=TITLE),
    "dots": lambda s: people.people(7, style=s, theme="sociaal", title=TITLE),
    "crowd": lambda s: people.crowd([16, 11, 26, 26, 21], style=s, title=TITLE),
    "bars": lambda s: bars.bars([bars.Bar("0–14", 16, 15)], style=s, title=TITLE),
    "legend": lambda s: legend.reading_row(style=s, title=TITLE, margin=True),
    "locator": lambda s: maps.locator(town((0, 1)), style=s, title=TITLE, name="A & B"),
    "near": lambda s: maps.locator(town((4,)), style=s, title=TITLE, name="E", width=20),
    "choropleth": lambda s: maps.choropleth(
        town(values={0: 40.0, 4: 52.0}, groups={0: 1, 4: 5}), style=s, title=TITLE
    ),
    "silhouette": lambda s: maps.silhouette(town((0, 1)), style=s, title=TITLE),
    "sign": lambda s: verdict.sign(Outcome.FAVOURABLE, 2, 1.15, s, title=TITLE),
}


@pytest.mark.parametrize("style", STYLES, ids=["buurt", "inkt"])
@pytest.mark.parametrize("name", EVERY)
def test_every_chart_is_a_document_with_its_title_first(name: str, style: HouseStyle) -> None:
    svg = EVERY[name](style)
    assert svg is not None
    root = read(svg)
    assert root[0].tag == NS + "title"
    assert root[0].text == TITLE
    width, height = root.attrib["width"], root.attrib["height"]
    assert width.endswith("mm")
    assert root.attrib["viewBox"] == f"0 0 {width[:-2]} {height[:-2]}"
    assert not [e for e in root.iter() if "id" in e.attrib or e.tag == NS + "style"]
    families = {e.attrib["font-family"] for e in root.iter(NS + "text")}
    assert families <= {"'Commissioner', 'Commissioner Ext'"}
    assert not re.search(r"\d\.\d{4}", svg), "rounded to three decimals"
    assert "MM" not in svg, "no empty path"


def test_the_same_bytes_in_every_process() -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import test_charts; print(test_charts.sums())"
    )
    here = str(Path(__file__).parent)
    there = subprocess.run(
        [sys.executable, "-c", script, here],  # its hash seed is another than here
        env={"PYTHONHASHSEED": "1", "PATH": "", "HOME": here, "MPLCONFIGDIR": "/nonexistent"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert there.stdout.strip() == str(sums())


def sums() -> list[str]:
    """The hash of every chart in every style."""
    drawn = (draw(style) for draw in EVERY.values() for style in STYLES)
    return [hashlib.sha256(str(made).encode()).hexdigest() for made in drawn]


# --- verdict signs --------------------------------------------------------------------------


def shape(outcome: Outcome, strength: int = 2, style: HouseStyle = BUURT) -> Any:
    return read(f"<g xmlns='{NS[1:-1]}'>{verdict.shape(outcome, strength, 1, style)}</g>")[0]


def test_a_triangle_points_up_for_favourable_and_down_for_unfavourable() -> None:
    for outcome, colour, turn in (
        (Outcome.FAVOURABLE, BLUE, -1),
        (Outcome.UNFAVOURABLE, ORANGE, 1),
    ):
        triangle = shape(outcome)
        points = re.findall(r"(-?[\d.]+) (-?[\d.]+)", triangle.attrib["d"])
        (tip_x, tip_y), *base = [(float(x), float(y)) for x, y in points]
        assert triangle.attrib["fill"] == colour
        assert tip_x == 0
        assert tip_y * turn > 0
        assert all(y * turn < 0 for _, y in base)


def test_the_other_signs_differ_in_form_and_not_only_in_colour() -> None:
    disc, ring = shape(Outcome.SIMILAR), shape(Outcome.UNCERTAIN)
    assert disc.tag == ring.tag == NS + "circle"
    assert disc.attrib["fill"] == SIMILAR
    assert "stroke-dasharray" in ring.attrib
    assert ring.attrib["fill"] == "#FFFFFF"
    assert shape(Outcome.NONE).tag == NS + "line"
    for neutral in (Outcome.HIGHER, Outcome.LOWER, Outcome.NEUTRAL_SIMILAR):
        assert shape(neutral).tag == NS + "rect"


def test_a_slight_difference_is_open_only_where_the_style_says_so() -> None:
    style = BUURT.model_copy(update={"looks": {"slight": "open"}})
    assert shape(Outcome.FAVOURABLE, 1, style).attrib["fill"] == "#FFFFFF"
    assert shape(Outcome.FAVOURABLE, 1, style).attrib["stroke"] == BLUE
    assert shape(Outcome.FAVOURABLE, 2, style).attrib["fill"] == BLUE
    assert shape(Outcome.FAVOURABLE, 1, BUURT).attrib["fill"] == BLUE


# --- margins --------------------------------------------------------------------------------


def test_a_spine_row_has_the_interval_behind_its_sign() -> None:
    # sd 10, country 50, worse when higher: 49 to 55 is z +0.1 to −0.5; z from −3 to 3 is 53.5 mm
    root = read(spine.spine_row(topic(52, lower=49, upper=55), style=BUURT, title=TITLE))
    per, middle = 53.5 / 6, 28.5
    (line,) = found(root, "line", stroke=INK, stroke_width="0.5")
    ends = numbers(line, "x1", "x2")
    assert ends == pytest.approx((middle - 0.5 * per, middle + 0.1 * per), abs=0.002)
    assert not found(read(spine.spine_row(topic(52), style=BUURT, title=TITLE)), "line",
                     stroke_width="0.5")  # fmt: skip


def test_a_trend_has_a_plane_between_its_limits_where_all_have_them() -> None:
    points = tuple(
        TrendPoint(p, figure(v, period=p, lower=v - 2, upper=v + 2), None)
        for p, v in (("2012", 40.0), ("2020", 48.0))
    )
    svg = trends.trend(Trend("x", points), style=BUURT, theme="sociaal", title=TITLE)
    assert svg is not None
    (plane,) = found(read(svg), "path", fill="#FFB469")
    corners = re.findall(r"(-?[\d.]+) (-?[\d.]+)", plane.attrib["d"])
    (_, a), (_, b), (_, c), (_, d) = [(float(x), float(y)) for x, y in corners]
    # the highest limit (50) is the top of the plot, the lowest (38) its foot; the axis is straight
    assert a - b == pytest.approx(d - c, abs=0.002)
    assert (d - a) / (d - b) == pytest.approx(4 / 12, abs=0.001)


def test_a_withheld_figure_has_no_limits_in_any_drawing() -> None:
    leak: dict[str, Any] = {"status": Status.SUPPRESSED, "lower": 31.0, "upper": 36.0}
    points = tuple(
        TrendPoint(p, figure(v, period=p, **more), None)
        for p, v, more in (
            ("2012", 40.0, {}), ("2016", None, leak), ("2020", 48.0, {"lower": 46.0, "upper": 50.0})
        )
    )  # fmt: skip
    with_limits = trends.trend(Trend("x", points), style=BUURT, theme="sociaal", title=TITLE)
    assert with_limits is not None
    assert not found(read(with_limits), "path", fill="#FFB469"), "one point with limits is no plane"
    # 2020's own limits stretch the scale; the withheld ones do not
    plain = dataclasses.replace(points[1], area=figure(None, Status.SUPPRESSED, period="2016"))
    known = (points[0], plain, points[2])
    assert with_limits == trends.trend(Trend("x", known), style=BUURT, theme="sociaal", title=TITLE)
    empty = topic(None, **leak)
    assert dots.dot_row(empty, style=BUURT, title=TITLE) == dots.dot_row(
        topic(None, status=Status.SUPPRESSED), style=BUURT, title=TITLE
    )


# --- dot rows -------------------------------------------------------------------------------


def row(value: float | None, **more: Any) -> Any:
    return read(dots.dot_row(topic(value, **more), style=BUURT, title=TITLE))


def discs(root: Any) -> list[tuple[float, float]]:
    """Middles of ink discs: the area's own mark."""
    return [numbers(e, "cx", "cy") for e in found(root, "circle", fill=INK)]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("value", "x"), [(30, 1.75), (50, 17.0), (70, END), (49.5, 1.75 + 19.5 / 40 * 30.5)]
)
def test_a_value_stands_between_the_outer_percentiles(value: float, x: float) -> None:
    ((place, y),) = discs(row(value))
    assert place == pytest.approx(x, abs=0.001)
    assert y == 3


def test_the_pill_is_the_middle_half_and_the_tick_the_country() -> None:
    root = row(60)
    (pill,) = found(root, "rect", rx="1.6")
    per = 30.5 / 95
    left, wide = numbers(pill, "x", "width")
    assert left == pytest.approx(1.75 + 22.5 * per, abs=0.002)
    assert left + wide == pytest.approx(1.75 + 72.5 * per, abs=0.002)
    (tick,) = found(root, "line", stroke_width="0.45")
    assert numbers(tick, "x1", "x2") == (17, 17)
    (ring,) = found(root, "circle", r="1.05")
    assert numbers(ring, "cx") == pytest.approx((1.75 + 15 / 40 * 30.5,), abs=0.001)


def test_the_scale_grows_for_a_value_outside_it() -> None:
    root = row(110)
    assert discs(root)[0][0] == pytest.approx(END, abs=0.001)
    (axis,) = [e for e in found(root, "line", stroke_width="0.25") if not e.get("stroke-dasharray")]
    assert numbers(axis, "x2") == pytest.approx((17.0,), abs=0.001), "the line ends at 97.5 %"
    assert len(found(root, "line", stroke_dasharray="0.25 0.6")) == 1, "and a lead goes on"


def test_the_interval_is_drawn_only_with_margins() -> None:
    assert not found(row(50), "line", stroke_width="0.7")
    (bar,) = found(row(50, lower=45, upper=55), "line", stroke_width="0.7")
    half = 5 / 40 * 30.5
    assert numbers(bar, "x1", "x2") == pytest.approx((17 - half, 17 + half), abs=0.001)


def test_zero_is_a_disc_on_the_scale() -> None:
    root = row(0.0, gemeente=2, country=3, stats=reference(0, 20))
    assert discs(root)[0][0] == pytest.approx(1.75, abs=0.001)
    assert texts(root) == []


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.UNKNOWN, "onbekend"),
        (Status.SUPPRESSED, "te weinig mensen"),
        (Status.NOT_MEASURED, "niet gemeten"),
        (Status.NOT_APPLICABLE, "niet van toepassing"),
        (Status.ABSENT, "niet in deze gegevens"),
    ],
)
def test_a_figure_without_a_value_says_why(status: Status, word: str) -> None:
    for chart in (dots.dot_row, spine.spine_row):
        root = read(chart(topic(None, status=status), style=BUURT, title=TITLE))
        assert texts(root) == [word]
        assert found(root, "line", stroke_dasharray="0.8 0.7")
        assert not found(root, "circle")


def test_comparators_are_not_drawn_beside_a_suppressed_value() -> None:
    shown = topic(None, status=Status.SUPPRESSED, gemeente=45.67, country=50)
    for chart in (dots.dot_row, spine.spine_row):
        assert not found(read(chart(shown, style=BUURT, title=TITLE)), "circle")


def test_without_a_reference_only_the_marks_stand_there() -> None:
    root = row(60, gemeente=50, country=45, stats=None)
    assert not found(root, "rect")
    assert not found(root, "line", stroke_width="0.25")
    ((area, _),) = discs(root)
    (tick,) = found(root, "line", stroke_width="0.45")
    assert numbers(tick, "x1")[0] < area


def test_without_a_gemeente_there_is_no_ring() -> None:
    assert not found(row(50, gemeente=None), "circle", r="1.05")


def test_a_gemeente_at_the_same_place_stays_in_sight_around_the_disc() -> None:
    root = row(50, gemeente=50)
    (ring,) = found(root, "circle", stroke=INK)
    assert numbers(ring, "r")[0] > 1.25 + 0.3


def test_the_inkt_row_has_forty_ticks_and_the_verdict_as_mark() -> None:
    unfavourable = topic(60, outcome=Outcome.UNFAVOURABLE)
    root = read(dots.dot_row(unfavourable, style=INKT, title=TITLE))
    (ticks,) = found(root, "path", stroke_width="0.13")
    assert ticks.attrib["d"].count("M") == 40
    assert found(root, "path", fill=ORANGE)
    assert not discs(root)


values = st.one_of(st.none(), st.floats(-1e4, 1e4))


@given(value=st.floats(-1e4, 1e4), gemeente=values, country=values, bound=st.floats(0, 50))
def test_marks_stay_within_the_row(
    value: float, gemeente: float | None, country: float | None, bound: float
) -> None:
    shown = topic(
        value, gemeente=gemeente, country=country, lower=value - bound, upper=value + bound
    )
    for style in STYLES:
        for svg, size in (
            (dots.dot_row(shown, style=style, title=TITLE), (34, 6)),
            (spine.spine_row(shown, style=style, title=TITLE), (57, 4.7)),
        ):
            assert all(
                -0.001 <= x <= size[0] + 0.001 and -0.001 <= y <= size[1] + 0.001
                for x, y in marks(read(svg))
            )


# --- spine ----------------------------------------------------------------------------------

SD = (57 - 3.5) / 6
"""One standard deviation on a spine of 57 mm."""


def test_the_middle_of_the_spine_is_the_country_and_the_band_is_half_a_deviation() -> None:
    root = read(spine.spine_row(topic(52), style=BUURT, title=TITLE))
    (country,) = found(root, "line", stroke_width="0.3")
    assert numbers(country, "x1", "y1", "x2", "y2") == (28.5, 0, 28.5, 4.7)
    band = found(root, "rect")[0]
    assert numbers(band, "x") == pytest.approx((28.5 - SD / 2,), abs=0.002)
    assert numbers(band, "y", "height") == (0, 4.7)
    assert numbers(band, "width") == pytest.approx((SD,), abs=0.002)


@pytest.mark.parametrize(
    ("direction", "value", "z"),
    [
        ("worse", 60, -1),
        ("better", 60, 1),
        ("worse", 45, 0.5),
        ("better", 90, 3),
        ("worse", 90, -3),
    ],
)
def test_right_is_favourable_and_the_ends_hold(direction: Any, value: float, z: float) -> None:
    root = read(spine.spine_row(topic(value, direction=direction), style=BUURT, title=TITLE))
    ((place, y),) = [numbers(e, "cx", "cy") for e in found(root, "circle", fill=SIMILAR)]
    assert place == pytest.approx(28.5 + z * SD, abs=0.001)
    assert y == pytest.approx(2.35)


def test_the_spine_runs_from_worst_to_best_with_the_middle_half() -> None:
    stats = reference(35, 65, sd=10)
    shown = topic(52, stats=stats, country=45)
    root = read(spine.spine_row(shown, style=BUURT, title=TITLE))
    (axis,) = found(root, "line", stroke_width="0.25")
    # worst 70 is z −2.5, best 30 is +1.5
    assert numbers(axis, "x1", "x2") == pytest.approx((28.5 - 2.5 * SD, 28.5 + 1.5 * SD), abs=0.002)
    (pill,) = found(root, "rect", rx="1.2")
    left, wide = numbers(pill, "x", "width")
    first, last = (35 + (q - 2.5) * 30 / 95 for q in (25, 75))
    assert left == pytest.approx(28.5 - (last - 45) / 10 * SD, abs=0.002)
    assert left + wide == pytest.approx(28.5 - (first - 45) / 10 * SD, abs=0.002)


# --- domains and the web --------------------------------------------------------------------


def test_a_domain_row_runs_from_nought_to_ten_with_the_middle_half_as_a_band() -> None:
    root = read(dots.domain_row(domain("a", 10), style=BUURT, title=TITLE, width=43.5))
    ((place, _),) = [numbers(e, "cx", "cy") for e in found(root, "circle", fill=SIMILAR)]
    assert place == 41.75
    (band,) = found(root, "rect", fill="#EEDDEE")
    left, wide = numbers(band, "x", "width")
    # z −0.6 and +0.6 with SD 0.6 are −1 and +1: display scores 5 − 5/3 and 5 + 5/3, 4 mm each
    assert left == pytest.approx(1.75 + 4 * (5 - 5 / 3), abs=0.002)
    assert wide == pytest.approx(4 * 10 / 3, abs=0.002)


def at(axis: int, score: float, axes: int = 6) -> tuple[float, float]:
    """Direction of an axis, clockwise from the top, times the share of the way."""
    angle = radians(360 * axis / axes)
    return (sin(angle) * score, -cos(angle) * score)


def test_the_web_has_its_scores_on_axes_in_a_fixed_order_from_the_top() -> None:
    scores = (4.0, 5.0, 7.0, 6.0, 2.0, 9.0)
    root = read(web.web(result(*scores), style=BUURT, title=TITLE))
    (ring,) = found(root, "circle", stroke_dasharray="1.1 0.9")
    x, y, middle = numbers(ring, "cx", "cy", "r")
    outer = max(numbers(e, "r")[0] for e in found(root, "circle", fill="none"))
    hub = min(numbers(e, "r")[0] for e in found(root, "circle", fill="none"))
    assert middle == pytest.approx((outer + hub) / 2, abs=0.002), "5 is halfway 0 and 10"
    signs_ = [numbers(e, "cx", "cy") for e in found(root, "circle", fill=SIMILAR)]
    for axis, (score, place) in enumerate(zip(scores, signs_, strict=True)):
        reach = hub + (outer - hub) * score / 10
        across, down = at(axis, 1)
        assert place == pytest.approx((x + across * reach, y + down * reach), abs=0.002)


@pytest.mark.parametrize("style", STYLES, ids=["buurt", "inkt"])
def test_the_web_is_never_filled(style: HouseStyle) -> None:
    root = read(web.web(result(4, 5, 6, 7, 8, 9), style=style, title=TITLE))
    (line,) = found(root, "path", stroke=INK)
    assert line.attrib["fill"] == "none"
    assert {e.attrib["fill"] for e in found(root, "path")} <= {"none", "#EEDDEE"}


def test_the_line_is_open_beside_an_axis_without_a_score() -> None:
    root = read(web.web(result(4, 5, None, 6, None, 7), style=BUURT, title=TITLE))
    (line,) = found(root, "path", stroke=INK)
    assert line.attrib["d"].count("M") == 2, "only 7–4 and 4–5 are neighbours with a score"
    assert texts(root).count("geen score") == 2
    assert len(found(root, "line", stroke_dasharray="0.8 0.8")) == 2


def test_a_web_without_any_score_still_names_its_axes() -> None:
    root = read(web.web(result(*[None] * 6), style=BUURT, title=TITLE))
    assert texts(root).count("geen score") == 6
    assert not found(root, "path", stroke=INK)


@given(st.lists(st.one_of(st.none(), st.floats(0, 10)), min_size=3, max_size=8))
def test_the_web_stays_within_its_sheet(scores: list[float | None]) -> None:
    svg = web.web(result(*scores), style=BUURT, title=TITLE, size=(88, 62))
    assert all(-0.001 <= x <= 88.001 and -0.001 <= y <= 62.001 for x, y in marks(read(svg)))


def test_marks_of_the_lowest_scores_do_not_pile_up() -> None:
    root = read(web.web(result(*[0.0] * 6), style=BUURT, title=TITLE))
    places = [numbers(e, "cx", "cy") for e in found(root, "circle", fill=SIMILAR)]
    apart = min(hypot(a[0] - b[0], a[1] - b[1]) for n, a in enumerate(places) for b in places[:n])
    assert apart >= 3, "two signs of radius 1.5"


# --- trend ----------------------------------------------------------------------------------


def drawn(trend: Trend, **more: Any) -> Any:
    svg = trends.trend(trend, style=BUURT, theme="sociaal", title=TITLE, **more)
    assert svg is not None
    return read(svg)


def numbers_in(data: str) -> list[tuple[float, float]]:
    """The points of a path of straight lines."""
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+)[ ,](-?[\d.]+)", data)]


def test_fewer_than_two_values_are_no_trend() -> None:
    for values_ in ((), (40,), (None, 40, None)):
        assert trends.trend(a_trend(*values_), style=BUURT, theme="sociaal", title=TITLE) is None


def test_every_value_of_the_area_is_printed_and_the_country_once_at_the_end() -> None:
    root = drawn(a_trend(38.5, 44, 49.4, country=47), labels=("Alphen Noord", "Nederland"))
    expected = {"39", "44", "49", "2012", "2016", "2020", "Alphen Noord", "Nederland 47"}
    assert set(texts(root)) == expected
    (line,) = found(root, "path", stroke="#8A4700")
    assert line.attrib["d"].count("L") == 2
    (land,) = found(root, "path", stroke=INK)
    assert land.attrib["stroke-dasharray"]


def test_no_line_runs_over_a_gap() -> None:
    root = drawn(a_trend(40, 42, None, 44, 45))
    (first, second) = [e.attrib["d"] for e in found(root, "path", stroke="#8A4700")]
    assert first.count("L") == second.count("L") == 1
    assert texts(root).count("–") == 1
    assert not found(drawn(a_trend(40, None, 45)), "path", stroke="#8A4700")


def test_names_at_the_end_are_pushed_apart() -> None:
    root = drawn(a_trend(40, 45.1, country=45))
    places = {e.text: numbers(e, "y")[0] for e in root.iter(NS + "text")}
    assert abs(places["de wijk"] - places["het land 45"]) >= 3.29


@pytest.mark.parametrize(
    ("area", "country"),
    [((56, 55, 59), (39, 43, 47)), ((85, 82, 83), (77, 76, 78)), ((40, 48, 41), (44, 49, 47))],
)
def test_a_value_hits_neither_line(area: tuple[float, ...], country: tuple[float, ...]) -> None:
    points = tuple(
        TrendPoint(str(2012 + 4 * order), figure(a), figure(b))
        for order, (a, b) in enumerate(zip(area, country, strict=True))
    )
    root = drawn(Trend("x", points), width=56.5, height=21.5)
    lines = [numbers_in(e.attrib["d"]) for e in found(root, "path") if e.get("fill") == "none"]
    assert len(lines) == 2
    for e in [e for e in root.iter(NS + "text") if e.text in {str(v) for v in area}]:
        x, y = numbers(e, "x", "y")
        word = box(x - 1.4, y - 1.9, x + 1.4, y)
        assert all(LineString(line).distance(word) > 0.15 for line in lines), e.text


def test_a_name_that_is_too_long_becomes_de_wijk() -> None:
    name = "Leidsche Rijn en Vleuten-De Meern"
    assert "de wijk" in texts(drawn(a_trend(40, 45), labels=(name, "Nederland")))
    other = drawn(a_trend(40, 45), labels=(name, "Nederland"), words=Words(area="het dorp"))
    assert "het dorp" in texts(other)


def test_years_stand_at_their_own_distance() -> None:
    points = tuple(TrendPoint(p, figure(40, period=p), None) for p in ("2012", "2016", "2024"))
    places = {e.text: numbers(e, "x")[0] for e in drawn(Trend("x", points)).iter(NS + "text")}
    first, second, third = (places[year] for year in ("2012", "2016", "2024"))
    assert third - second == pytest.approx(2 * (second - first), abs=0.002)


@pytest.mark.parametrize(("first", "last", "least"), [(10, 11, 6), (90, 93, 15)])
def test_a_small_change_stays_small(first: float, last: float, least: float) -> None:
    root = drawn(a_trend(first, last, country=None), height=27)
    ys = [numbers(e, "cy")[0] for e in found(root, "circle")]
    room = 27 - trends.HEAD - trends.FOOT
    assert 0 < abs(ys[0] - ys[1]) <= (last - first) / least * room + 0.001


# --- people, bars, legend -------------------------------------------------------------------


def people_in(root: Element) -> list[str]:
    """The fill of every figure or dot, in the order they are drawn."""
    heads = [e.attrib["fill"] for e in found(root, "circle")]
    dots = [e.attrib["fill"] for e in found(root, "path") for _ in range(e.attrib["d"].count("z"))]
    return heads or dots


@pytest.mark.parametrize(
    ("value", "filled", "of"),
    [
        (49, 5, 10),
        (20, 2, 10),
        (94, 9, 10),
        (15, 15, 100),
        (0.4, 0, 100),
        (97, 97, 100),
        (0, 0, 100),
    ],
)
def test_as_many_people_are_filled_as_the_sentence_says(value: float, filled: int, of: int) -> None:
    root = read(people.people(value, style=BUURT, theme="sociaal", title=TITLE))
    assert people_in(root) == ["#8A4700"] * filled + ["#FFFFFF"] * (of - filled)


def test_the_sentence_beside_it_may_choose() -> None:
    root = read(people.people(49, style=BUURT, theme="sociaal", title=TITLE, mode="hundred"))
    assert people_in(root) == ["#8A4700"] * 49 + ["#FFFFFF"] * 51


def test_a_number_that_is_no_percentage_is_refused() -> None:
    with pytest.raises(ValueError, match="no percentage"):
        people.people(101, style=BUURT, theme="sociaal", title=TITLE)


def test_a_crowd_follows_the_largest_remainders() -> None:
    # 1.6, 1.1, 2.6, 2.6, 2.1: floors 1 1 2 2 2, the two seats left go to .6 and .6 and .6 → first
    assert people.ten_of([16, 11, 26, 26, 21]) == (2, 1, 3, 2, 2)
    assert people.ten_of([]) == (2, 2, 2, 2, 2)
    root = read(people.crowd([16, 11, 26, 26, 21], style=BUURT, title=TITLE))
    assert len(found(root, "circle")) == 10


@given(st.lists(st.floats(0, 1e6), min_size=5, max_size=5))
def test_ten_people_are_always_ten_and_none_is_off_by_one(shares: list[float]) -> None:
    counts = people.ten_of(shares)
    assert sum(counts) == 10
    if sum(shares) > 0:
        exact = [10 * share / sum(shares) for share in shares]
        assert all(abs(c - e) <= 1 for c, e in zip(counts, exact, strict=True))


def test_a_bar_is_as_long_as_its_share_and_says_when_it_is_unknown() -> None:
    rows = [bars.Bar("A", 20, 10), bars.Bar("B", 10), bars.Bar("C", None, 5, "onbekend")]
    root = read(bars.bars(rows, style=BUURT, title=TITLE))
    first, second = (numbers(e, "width")[0] for e in found(root, "rect"))
    assert first == pytest.approx(2 * second, abs=0.002)
    assert texts(root) == ["A", "20%", "B", "10%", "C", "onbekend"]


def test_the_example_row_names_only_the_parts_that_rows_have() -> None:
    whole = texts(read(legend.reading_row(style=BUURT, title=TITLE, margin=True)))
    named = {"het land", "de wijk", "middelste helft van de wijken", "gemeente", "marge"}
    assert set(whole) == named | {"laag", "hoog"}
    bare = texts(read(legend.reading_row(style=BUURT, title=TITLE, gemeente=False)))
    assert {"gemeente", "marge"}.isdisjoint(bare)


# --- fonts, colours and numbers -------------------------------------------------------------


def measure() -> fonts.Measure:
    return fonts.Measure.of(BUURT, Assets.of())


def test_a_text_is_as_wide_as_its_glyphs() -> None:
    from fontTools.ttLib import TTFont

    font = TTFont(Assets.of().find("templates/fonts/commissioner-latin-800-normal.woff2"))
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    units = sum(glyphs[names[ord(sign)]].width for sign in "Alphen Noord")
    expected = units / font["head"].unitsPerEm * 54 * 25.4 / 72
    assert measure().text_width("Alphen Noord", 54, 800) == pytest.approx(expected)
    assert measure().text_width("Ł", 10) > 0, "from the latin-ext file"


def test_a_name_takes_the_largest_size_that_fits() -> None:
    fit = measure().fit("Alphen Noord", (54, 38, 28), 75, 2)
    assert fit == fonts.Fit(54, ("Alphen", "Noord"))
    long = measure().fit("Burgerveen / Leimuiderbrug / Weteringbrug", (54, 38, 28), 130, 2)
    assert long.size == 28


@given(
    st.text(alphabet="abc -/é", min_size=1, max_size=40).filter(lambda t: t.strip()),
    st.floats(2, 80),
)
def test_names_break_only_at_a_space_a_hyphen_or_a_slash(name: str, width: float) -> None:
    lines = measure().wrap(name, 12, width, weight=700)
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    for line, following in pairwise(lines):
        assert not following.startswith("/")
        together = " ".join(name.split())
        assert line[-1] in "-/" or f"{line} {following}" in together
    for line in lines:
        pieces = re.findall(r"[^ /-]+[-/]*|[-/]+", re.sub(" +/", "/", line))
        assert measure().text_width(line, 12, 700) <= width or len(pieces) == 1


def test_a_style_without_a_colour_is_told_which() -> None:
    bare = BUURT.model_copy(update={"colours": {"paper": "#FFFFFF"}})
    with pytest.raises(ConfigError, match="no colour 'line'"):
        dots.dot_row(topic(None), style=bare, title=TITLE)
    with pytest.raises(ConfigError, match="no theme 'leefstijl'"):
        people.people(40, style=BUURT, theme="leefstijl", title=TITLE)


def test_theme_signs_take_the_colours_of_the_style() -> None:
    drawn_ = Assets.of().find("templates/signs/sociaal.svg").read_text(encoding="utf-8")
    root = read(signs.coloured(drawn_, BUURT, "sociaal"))
    assert root.attrib["viewBox"] == "0 0 24 24"
    fills = [e.attrib["fill"] for e in root.iter() if "fill" in e.attrib]
    assert fills[0] == "#FFB469"
    assert set(fills[1:]) == {INK}


def test_importing_charts_costs_no_heavy_library() -> None:
    script = (
        "import sys; from wijkprofiel.charts import dots, web, maps, trend, people;"
        "print(sorted({'pandas', 'geopandas', 'matplotlib', 'shapely', 'weasyprint', 'fontTools'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


def test_numbers_are_dutch_and_rounded_half_up() -> None:
    assert [printed(2.5), printed(4.65, 1), printed(12345), printed(-0.5)] == [
        "3", "4,7", "12.345", "-1",
    ]  # fmt: skip
