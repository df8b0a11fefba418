"""Charts that PowerPoint draws itself, from numbers that can be edited there."""

from __future__ import annotations

from typing import Any

from wijkprofiel.documents.slides_model import Chart
from wijkprofiel.render.pptx_text import INK, LINE, MUTE, PAPER, emu, paint

FILLS = {"area": INK, "parts": INK, "gemeente": LINE, "country": PAPER}
"""Fills of bars by whose numbers they are; paper has an outline of ink."""
GAPS = {1: 60, 2: 60, 3: 90}
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SCORES = (0.0, 10.0, 2.5)
"""Lowest, highest and step of the scale of scores."""
NAMED, NAMED_ONLY = (0.36, 0.0, 0.54, 0.86), (0.4, 0.0, 0.48, 1.0)
"""Where bars stand in their frame, with a legend below them and without."""
RADAR = (0.27, 0.1, 0.46, 0.68)
"""Where the web stands in its frame, so that its names have room."""
BARE = (3.0, 1.0)
"""White to the left and right of bars that lie on a table."""
CATEGORY_PT, LABEL_PT = 12.0, 12.0


def add(slide: Any, chart: Chart, at: tuple[float, float], *, bare: bool = False) -> Any:
    """Draw a chart on a slide; return its frame.

    Args:
        slide: of python-pptx.
        chart: the numbers, as they are printed; None stays empty.
        at: upper left corner in mm.
        bare: no axes and no names, because it lies on a table with a row for each category.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    form = f'0"{chart.unit}"' if chart.unit else "0.0"
    data: Any = CategoryChartData(number_format=form)  # type: ignore[no-untyped-call]  # it has no types
    data.categories = list(chart.categories)
    for series in chart.series:
        data.add_series(series.name, list(series.values))
    kind = XL_CHART_TYPE.RADAR_MARKERS if chart.form == "radar" else XL_CHART_TYPE.BAR_CLUSTERED
    width = chart.width - (BARE[0] + BARE[1] if bare else 0)
    left = at[0] + (BARE[0] if bare else 0)
    place = [emu(value) for value in (left, at[1], width, chart.height)]
    frame = slide.shapes.add_chart(kind, *place, data)
    drawn = frame.chart
    drawn.has_title = False
    drawn.has_legend = not bare and len(chart.series) > 1
    drawn.font.size = _pt(CATEGORY_PT)
    paint_font(drawn.font, INK)
    if drawn.has_legend:
        _legend(drawn)
    if chart.form == "radar":
        _radar(drawn)
    else:
        _bars(drawn, chart, form, bare=bare)
    return frame


def paint_font(font: Any, colour: str) -> None:
    """Give the letters of a chart a colour of the theme."""
    paint(font.fill, colour)


def _pt(size: float) -> Any:
    from pptx.util import Pt

    return Pt(size)


def _legend(drawn: Any) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION

    drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
    drawn.legend.include_in_layout = False
    drawn.legend.font.size = _pt(CATEGORY_PT)


def _bars(drawn: Any, chart: Chart, form: str, *, bare: bool) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION, XL_TICK_MARK

    plot = drawn.plots[0]
    plot.vary_by_categories = False
    plot.gap_width, plot.overlap = GAPS.get(len(chart.series), 60), 0
    category, value = drawn.category_axis, drawn.value_axis
    category.reverse_order = True
    category.major_tick_mark = XL_TICK_MARK.NONE
    category.format.line.fill.background()
    category.tick_labels.font.size = _pt(CATEGORY_PT)
    value.has_major_gridlines = False
    value.minimum_scale = 0
    if chart.most:
        value.maximum_scale = chart.most
    value.visible = False
    for series, told in zip(plot.series, chart.series, strict=True):
        fill = FILLS[told.who]
        paint(series.format.fill, fill)
        if fill == PAPER:
            paint(series.format.line.fill, INK)
            series.format.line.width = _pt(1)
    if chart.labels:
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.number_format, labels.number_format_is_linked = form, False
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size = _pt(LABEL_PT)
        labels.font.bold = True
    _every_name(drawn)
    if bare:
        category.visible = False
        _plot(drawn, (0.0, 0.0, 1.0, 1.0))
    else:
        _plot(drawn, NAMED if drawn.has_legend else NAMED_ONLY)


def _radar(drawn: Any) -> None:
    from pptx.enum.dml import MSO_LINE

    low, high, step = SCORES
    value = drawn.value_axis
    value.minimum_scale, value.maximum_scale, value.major_unit = low, high, step
    value.has_major_gridlines = True
    paint(value.major_gridlines.format.line.fill, LINE)
    value.major_gridlines.format.line.width = _pt(0.5)
    value.tick_labels.font.size = _pt(10)
    paint_font(value.tick_labels.font, MUTE)
    _plot(drawn, RADAR)
    here, there = drawn.plots[0].series
    for series, width in ((here, 2.5), (there, 1.25)):
        paint(series.format.line.fill, INK)
        series.format.line.width = _pt(width)
        series.smooth = False
    there.format.line.dash_style = MSO_LINE.DASH
    _marker(here)
    _no_marker(there)


def _marker(series: Any) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    paint(series.marker.format.fill, INK)


def _no_marker(series: Any) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE

    series.marker.style = XL_MARKER_STYLE.NONE


def _plot(drawn: Any, place: tuple[float, float, float, float]) -> None:
    """Put the inside of the axes at a place in the frame: left, top, width, height as shares."""
    from lxml import etree  # type: ignore[import-untyped]  # it ships no types

    area = drawn._chartSpace.find(f".//{_C}plotArea")  # noqa: SLF001  # no public way
    old = area.find(f"{_C}layout")
    if old is not None:
        area.remove(old)
    layout = etree.Element(f"{_C}layout")
    manual = etree.SubElement(layout, f"{_C}manualLayout")
    values = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge"}
    values |= {name: f"{share:g}" for name, share in zip("xywh", place, strict=True)}
    for name, value in values.items():
        etree.SubElement(manual, f"{_C}{name}", val=value)
    area.insert(0, layout)


def _every_name(drawn: Any) -> None:
    """Print the name of every category, also where there is little room."""
    from lxml import etree

    axis = drawn._chartSpace.find(f".//{_C}catAx")  # noqa: SLF001  # no public way
    skip = etree.Element(f"{_C}tickLblSkip", val="1")
    after = axis.find(f"{_C}noMultiLvlLbl")
    if after is None:
        axis.append(skip)
    else:
        after.addprevious(skip)
