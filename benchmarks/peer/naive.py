"""The factsheet as one would write it first: matplotlib pictures, Jinja, WeasyPrint, all afresh.

Of every table with a chart in each row it draws one figure, not one per row: with as many figures
as ours has drawings it would take three times as long. Decorations (the silhouette, the crowd, the
example of a row) it leaves out.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from peer.content import Block, Content, Drawing

if TYPE_CHECKING:
    from wijkprofiel.model import Profile

HERE = Path(__file__).parent
DPI = 150
INCH = 25.4
INK, MUTE, ACCENT = "#2B1B33", "#837888", "#E8A200"
Draw = Callable[[Any, "Profile", Drawing], None]
_NUMBER = re.compile(r"^\d+(?:,\d+)?")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG in a page; its width in millimetres."""

    address: str
    alt: str
    width: float


def make(content: Content, profile: Profile, faces: str) -> bytes:
    """Return the PDF.

    Args:
        content: texts and tables; of the drawings only place and size are used.
        profile: what the charts are drawn from.
        faces: ``@font-face`` rules.
    """
    import jinja2
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE), autoescape=True)
    environment.filters["lines"] = _lines
    made = pictures(content, profile)
    html = environment.get_template("naive.html.j2").render(
        content=content, pictures=made, dropped={one: _drawn(one) for one in made}
    )
    fonts = FontConfiguration()
    css = weasyprint.CSS(string=faces + (HERE / "naive.css").read_text(), font_config=fonts)
    written = weasyprint.HTML(string=html).write_pdf(stylesheets=[css], font_config=fonts)
    assert isinstance(written, bytes)  # noqa: S101 - no target was given
    return written


def pictures(content: Content, profile: Profile) -> dict[Block | Drawing, Picture]:
    """Return a picture for every drawing and for every table with drawings."""
    made: dict[Block | Drawing, Picture] = {}
    trends = _trends(profile)
    for page in content.pages:
        for block in _every(page):
            if isinstance(block, Block):
                if _drawn(block):
                    made[block] = _dots(block)
            elif block.place == "cell":
                made[block] = _trend(block, next(trends))
            elif block.place in _CHARTS:
                made[block] = _picture(block, profile, _CHARTS[block.place])
    return made


def _every(blocks: Sequence[Block | Drawing]) -> Iterator[Block | Drawing]:
    for block in blocks:
        yield block
        if isinstance(block, Block):
            for part in block.parts:
                yield from _every(part)


def _drawn(block: Block | Drawing) -> frozenset[int]:
    """Return the columns of a table that hold drawings."""
    rows = block.rows if isinstance(block, Block) else ()
    return frozenset(n for row in rows for n, cell in enumerate(row) if cell.drawing)


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


# --- charts ---------------------------------------------------------------------------------


def _saved(figure: Any, alt: str, width: float) -> Picture:
    import matplotlib.pyplot as plt

    file = io.BytesIO()
    figure.savefig(file, dpi=DPI, format="png")
    plt.close(figure)
    coded = base64.b64encode(file.getvalue()).decode()
    return Picture(f"data:image/png;base64,{coded}", alt, width)


def _begun(width: float, height: float, **options: Any) -> tuple[Any, Any]:
    """Return a figure, in millimetres, and its axes."""
    import matplotlib.pyplot as plt

    plt.rcParams["font.size"] = 6
    size = (width / INCH, height / INCH)
    return plt.subplots(figsize=size, layout="constrained", **options)


def _picture(drawing: Drawing, profile: Profile, draw: Draw) -> Picture:
    polar = {"subplot_kw": {"projection": "polar"}} if draw is _web else {}
    figure, axes = _begun(drawing.width, max(drawing.height, 10.0), **polar)
    draw(axes, profile, drawing)
    return _saved(figure, drawing.alt, drawing.width)


def _map(axes: Any, profile: Profile, drawing: Drawing) -> None:
    """Draw the wijken, by group on the second map."""
    import numpy as np

    shades = {None: "#EEEAF0", 1: "#EAE0EE", 2: "#CDBBD6", 3: "#AD93BC", 4: "#8A699D", 5: "#5E3B73"}
    second = drawing.place == "map5"
    for area in profile.map.wijken if profile.map else ():
        fill = shades[area.group if second else None]
        edge, line = (INK, 0.8) if area.own else (MUTE, 0.4)
        for rings in area.outline.polygons:
            x, y = np.array(rings[0]).T
            axes.fill(x, y, ACCENT if area.own and not second else fill, ec=edge, lw=line)
        axes.text(x.mean(), y.mean(), area.name, ha="center", fontsize=4)
    axes.set_aspect("equal")
    axes.set_axis_off()


def _web(axes: Any, profile: Profile, _: Drawing) -> None:
    """Draw the scores of the first framework on their axes."""
    import numpy as np

    domains = next(iter(profile.frameworks.values())).domains
    angles = np.linspace(0, 2 * np.pi, len(domains), endpoint=False)
    scores = [5.0 if one.score is None else one.score for one in domains]
    axes.plot([*angles, angles[0]], [*scores, scores[0]], color=ACCENT, marker="o", markersize=3)
    axes.fill(angles, scores, color=ACCENT, alpha=0.3)
    axes.set_xticks(angles, [one.domain.title for one in domains])
    axes.set_ylim(0, 10)


def _people(axes: Any, _: Profile, drawing: Drawing) -> None:
    """Draw as many marks as the text says, some of them coloured."""
    some, every = (int(found) for found in re.findall(r"\d+", drawing.alt)[:2])
    wide = 10 if every <= 10 else 25
    places = range(every)
    colours = [ACCENT if place < some else MUTE for place in places]
    axes.scatter([n % wide for n in places], [-(n // wide) for n in places], s=12, c=colours)
    axes.set_axis_off()


_CHARTS: dict[str, Draw] = {"map": _map, "map5": _map, "left": _web, "people": _people}
"""Per place of a drawing in the page."""


def _dots(table: Block) -> Picture:
    """Draw the figures of a table: a row of dots for each of its rows."""
    rows = table.rows[1:]
    figure, axes = _begun(38, max(4.4 * len(rows), 12))
    for place, row in enumerate(rows):
        numbers = [float(found[0].replace(",", ".")) for cell in row[1:]
                   if (found := _NUMBER.match(cell.text))]  # fmt: skip
        axes.plot(
            [0, 100 if max(numbers, default=0) > 10 else 10], [-place] * 2, color=MUTE, lw=0.4
        )
        for number, colour in zip(numbers, (INK, ACCENT, MUTE), strict=False):
            axes.plot(number, -place, marker="o", markersize=3, color=colour)
    axes.set_yticks([])
    axes.spines[["left", "right", "top"]].set_visible(False)
    return _saved(figure, "; ".join(row[0].text for row in rows), 38)


def _trends(profile: Profile) -> Iterator[Any]:
    """Yield the trends of an area, again and again."""
    there = [topic.trend for topic in profile.topics.values() if topic.trend]
    while there:
        yield from there


def _trend(drawing: Drawing, trend: Any) -> Picture:
    figure, axes = _begun(drawing.width, drawing.height)
    periods = [point.period for point in trend.points]
    axes.plot(periods, [point.area.value for point in trend.points], color=ACCENT, marker="o")
    country = [point.country.value if point.country else None for point in trend.points]
    axes.plot(periods, country, color=MUTE, linestyle="--")
    for point in trend.points:
        if point.area.value is not None:
            axes.annotate(f"{point.area.value:.0f}", (point.period, point.area.value))
    axes.spines[["right", "top"]].set_visible(False)
    return _saved(figure, drawing.alt, drawing.width)
