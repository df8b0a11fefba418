"""How to read a row: one large example with its parts named."""

from __future__ import annotations

from dataclasses import dataclass

from wijkprofiel.charts import rows, svg, tokens
from wijkprofiel.charts.words import DUTCH, Words
from wijkprofiel.model import HouseStyle, Outcome

QUARTERS = (0.34, 0.64)
COUNTRY, GEMEENTE, AREA = 0.47, 0.575, 0.7
"""Places on the example line, from 0 (low) to 1 (high)."""
LARGER = 1.6


def reading_row(  # noqa: PLR0913  # size and words have defaults that nearly every caller keeps
    *,
    style: HouseStyle,
    title: str,
    width: float = 118.67,
    height: float = 24,
    gemeente: bool = True,
    margin: bool = False,
    words: Words = DUTCH,
) -> str:
    """Return an example row, drawn 1.6 times as large as a dot row, with the name of each part.

    Args:
        style: as for :func:`wijkprofiel.charts.dots.dot_row`.
        title: alternative text.
        width: in mm.
        height: in mm.
        gemeente: whether rows on these pages have the gemeente's ring.
        margin: whether rows on these pages have 95 % intervals.
        words: names of the parts; ``area`` is what the area is called.
    """
    large = _larger(style)
    middle = height / 2
    scale = rows.Scale(0, 1, 0, width)
    left, right = (scale.place(quarter) for quarter in QUARTERS)
    interval = (AREA - 0.09, AREA + 0.09) if margin else None
    marks = rows.Marks(
        AREA, GEMEENTE if gemeente else None, COUNTRY, interval, Outcome.FAVOURABLE, 2
    )
    parts = _ground(large, scale, (left, right), middle)
    parts += rows.draw(marks, scale, large, middle)
    reach = tokens.size(large, "country", 3.4)
    names = [
        _Name(words.country, scale.place(COUNTRY), middle - reach, up=True),
        _Name(words.area, scale.place(AREA), middle - reach, up=True, bold=True),
        _Name(_ground_name(style, words), left + 3, middle + reach, up=False),
    ]
    if gemeente:
        names.append(_Name(words.gemeente, scale.place(GEMEENTE), middle + reach, up=False))
    if margin:
        names.append(_Name(words.margin, scale.place(AREA + 0.07), middle + reach, up=False))
    for name in names:
        parts += name.draw(style)
    ends = ((0.0, words.low, "start"), (width, words.high, "end"))
    is_ticks = tokens.look(style, "dots", "pill") == "ticks"
    above = middle - (tokens.size(large, "tick", 4.8) / 2 + 0.9 if is_ticks else 1.7)
    for x, word, anchor in ends:
        parts.append(_word((x, above), word, anchor, style))
    return svg.document(width, height, title, parts)


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of a part: a short lead and a word above or below it."""

    word: str
    x: float
    y: float
    up: bool
    bold: bool = False

    def draw(self, style: HouseStyle) -> list[str]:
        """Return lead and word."""
        turn = -1 if self.up else 1
        start, end = self.y + turn * 0.5, self.y + turn * 2.3
        ink = tokens.colour(style, "ink")
        y = end - 0.9 if self.up else end + 3.0
        return [
            svg.line((self.x, start), (self.x, end), stroke=ink, stroke_width=0.2),
            _word((self.x, y), self.word, "middle", style, bold=self.bold),
        ]


def _word(at: svg.Point, word: str, anchor: str, style: HouseStyle, *, bold: bool = False) -> str:
    return svg.text(
        at,
        word,
        family=tokens.family(style),
        pt=tokens.size(style, "note", 7.5),
        fill=tokens.colour(style, "ink"),
        font_weight="700" if bold else "400",
        text_anchor=anchor,
    )


def _ground_name(style: HouseStyle, words: Words) -> str:
    is_ticks = tokens.look(style, "dots", "pill") == "ticks"
    return words.all_areas if is_ticks else words.middle_half


def _larger(style: HouseStyle) -> HouseStyle:
    """The same style with the parts of a row drawn larger."""
    usual = {"mark": 1.25, "ring": 1.05, "ring_line": 0.4, "pill": 3.2, "country": 2.1}
    usual |= {"interval": 0.7, "sign": 1.3, "tick": 3.0, "country_line": 0.45}
    sizes = {name: LARGER * tokens.size(style, name, size) for name, size in usual.items()}
    return style.model_copy(update={"sizes": {**style.sizes, **sizes}})


def _ground(
    style: HouseStyle, scale: rows.Scale, half: tuple[float, float], middle: float
) -> list[str]:
    """All areas: the line with its pill, or ticks that stand closer in the middle."""
    if tokens.look(style, "dots", "pill") == "ticks":
        spread = [0.5 + 0.5 * (step / 19.5 - 1) ** 3 for step in range(40)]
        return [rows.ticks([scale.place(x) for x in spread], middle, style)]
    pill = rows.pill(half[0], half[1], middle, style, tokens.size(style, "pill", 3.2))
    return [rows.axis(scale.start, scale.end, middle, style), pill]
