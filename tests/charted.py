"""What the tests of charts share: a style, hand-made figures, and reading an SVG back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from wijkprofiel.model import (
    AreaMap,
    Direction,
    Domain,
    DomainScore,
    Figure,
    Framework,
    FrameworkResult,
    HouseStyle,
    Indicator,
    MapArea,
    Outcome,
    Outline,
    ReferenceStats,
    Status,
    Topic,
    Verdict,
)

NS = "{http://www.w3.org/2000/svg}"
TITLE = 'Eenzaam: "49%" & <meer> dan Nederland'

FONT = {weight: f"commissioner-latin-{weight}-normal.woff2" for weight in (400, 500, 700, 800)}
EXTRA = {weight: f"commissioner-latin-ext-{weight}-normal.woff2" for weight in FONT}

BUURT = HouseStyle.model_validate(
    {
        "id": "proef",
        "title": "Proef",
        "stylesheet": "proef",
        "fonts": [
            {"family": "Commissioner", "files": FONT},
            {"family": "Commissioner Ext", "files": EXTRA},
        ],
        "colours": {
            "ink": "#111111",
            "mute": "#666666",
            "line": "#888888",
            "paper": "#FFFFFF",
            "cover": "#FFCC33",
            "silhouette": "#FFAA11",
            "favourable": "#0000AA",
            "unfavourable": "#AA4400",
            "similar": "#555555",
            "band": "#EEDDEE",
            "land": "#F2ECE6",
            "seam": "#FEFEFE",
            **{f"ramp-{group}": f"#{group}{group}0000" for group in range(1, 6)},
        },
        "themes": {"sociaal": {"full": "#FFB469", "tint": "#FFE6CB", "deep": "#8A4700"}},
    }
)
INKT = BUURT.model_copy(
    update={
        "looks": {
            "dots": "ticks",
            "wijk_mark": "verdict",
            "web": "hexagon",
            "web_band": "none",
            "spine": "ticks",
            "people": "block",
        }
    }
)

PERCENTILES = tuple(
    sorted({1.25 + 2.5 * k for k in range(40)} | {2.5, 20, 25, 40, 50, 60, 75, 80, 97.5})
)


def reference(low: float = 30, high: float = 70, sd: float = 10, kind: Any = "indicator") -> Any:
    """Areas spread evenly: percentile 2.5 is ``low`` and 97.5 is ``high``."""
    per = (high - low) / 95
    values = {p: low + (p - 2.5) * per for p in PERCENTILES}
    middle = (low + high) / 2
    return ReferenceStats(kind, "x", "", "2020", 3150, middle, sd, low - 5, high + 5, values)


def figure(value: float | None, status: Status | None = None, **more: Any) -> Figure:
    found = status or (Status.UNKNOWN if value is None else Status.OK)
    return Figure("x", more.pop("period", "2020"), value, found, **more)


def topic(
    value: float | None,
    *,
    gemeente: float | None = 45,
    country: float | None = 50,
    direction: Direction = "worse",
    outcome: Outcome = Outcome.SIMILAR,
    stats: ReferenceStats | None = reference(),  # noqa: B008  # frozen
    **more: Any,
) -> Topic:
    indicator = Indicator(
        id="x",
        title="Eenzaam",
        definition="wat het is",
        unit="percent",
        direction=direction,
        population="volwassenen",
        group="health",
    )
    sign = -1 if direction == "worse" else 1
    sd = stats.sd if stats else None

    def z(of: float | None) -> float | None:
        return None if of is None or country is None or sd is None else sign * (of - country) / sd

    return Topic(
        indicator,
        figure(value, **more),
        figure(country),
        None if gemeente is None else figure(gemeente),
        Verdict(outcome, 2, "band", z(value), "NL01"),
        None,
        stats,
        z(value),
        z(gemeente),
        None,
    )


def domain(
    name: str, score: float | None, outcome: Outcome = Outcome.SIMILAR, **more: Any
) -> DomainScore:
    """A domain whose reference has its middle half at z −0.6 and +0.6, with SD 0.6."""
    stats = None
    if score is not None:
        values = dict.fromkeys(PERCENTILES, 0.0) | {25: -0.6, 75: 0.6}
        stats = ReferenceStats("domain", name, "f", "2020", 3150, 0, 0.6, -2, 2, values)
    z = None if score is None else (score - 5) * 0.6
    none = Verdict(Outcome.NONE, 0, "", None, "NL01")
    return DomainScore(
        Domain(id=name, title=name.title(), question="?"),
        z,
        z,
        score,
        more.get("lower"),
        more.get("upper"),
        2,
        3,
        0.67,
        (),
        none if score is None else Verdict(outcome, 2, "band", z, "NL01"),
        None,
        stats,
    )


def result(*scores: float | None) -> FrameworkResult:
    domains = tuple(domain(f"as-{order}", score) for order, score in enumerate(scores))
    frame = Framework(
        id="f",
        title="F",
        description="x",
        axis_word="as",
        domains=tuple(d.domain for d in domains),
    )
    return FrameworkResult(frame, "2020", domains)


def square(x: float, y: float, side: float = 1000, hole: float = 0) -> Outline:
    """A square with its lower left corner at (x, y) metres, with a square hole in its middle."""
    rings = [_ring(x, y, side)]
    if hole:
        rings.append(_ring(x + (side - hole) / 2, y + (side - hole) / 2, hole))
    return Outline((tuple(rings),))


def _ring(x: float, y: float, side: float) -> tuple[tuple[float, float], ...]:
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y))


def town(own: tuple[int, ...] = (0,), **more: Any) -> AreaMap:
    """A gemeente of three by three square wijken of a kilometre, named A to I from below left."""
    wijken = tuple(
        MapArea(
            f"WK9999{order:02}",
            more.get("names", "ABCDEFGHI")[order],
            square(100_000 + 1000 * (order % 3), 400_000 + 1000 * (order // 3)),
            own=order in own,
            contains_own=order in more.get("holds", ()),
            value=more.get("values", {}).get(order),
            group=more.get("groups", {}).get(order),
        )
        for order in range(9)
    )
    gemeente = MapArea("GM9999", "Proefstad", square(100_000, 400_000, 3000))
    return AreaMap(wijken, (gemeente,))


def read(svg: str) -> ET.Element:
    """The chart as a tree: it must be well-formed."""
    return ET.fromstring(svg)  # noqa: S314  # our own output


def found(root: ET.Element, tag: str, **attributes: str) -> list[ET.Element]:
    """Elements of a kind with these attributes; ``_`` in a name reads ``-``."""
    wanted = {key.replace("_", "-"): value for key, value in attributes.items()}
    return [e for e in root.iter(NS + tag) if all(e.get(k) == v for k, v in wanted.items())]


def numbers(element: ET.Element, *names: str) -> tuple[float, ...]:
    return tuple(float(element.attrib[name]) for name in names)


def texts(root: ET.Element) -> list[str]:
    return [e.text or "" for e in root.iter(NS + "text")]


def marks(root: ET.Element) -> Iterator[tuple[float, float]]:
    """Every point that something is drawn at, without curves' control points."""
    for e in root.iter():
        if e.tag == NS + "circle":
            (x, y, r) = numbers(e, "cx", "cy", "r")
            yield from ((x - r, y - r), (x + r, y + r))
        elif e.tag == NS + "line":
            yield from (numbers(e, "x1", "y1"), numbers(e, "x2", "y2"))  # type: ignore[misc]
        elif e.tag == NS + "rect":
            (x, y, w, h) = numbers(e, "x", "y", "width", "height")
            yield from ((x, y), (x + w, y + h))
        elif e.tag == NS + "text":
            yield numbers(e, "x", "y")  # type: ignore[misc]
