"""Where a figure comes from: a supplier's cell, or other figures by a sum, ratio or weights."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from wijkprofiel.disclosure import Key
from wijkprofiel.explain.account import Row, Step, step
from wijkprofiel.explain.desk import Desk
from wijkprofiel.model import Correction, Figure, Indicator, Level, Status
from wijkprofiel.sources.provenance import RawCell, Wanted, cells_of
from wijkprofiel.tables import FROM_ANOTHER

Way = Literal[
    "cell", "sum", "ratio", "renumbered", "composed", "buurten", "areal", "withheld", "absent"
]


@dataclass(frozen=True, slots=True)
class Origin:
    """A figure of one area, and what it was made of.

    Attributes:
        area: CBS code.
        figure: the figure itself.
        way: "cell" when a supplier has it; "withheld" by disclosure control, so that nothing
            below it may be told; "absent" where no file has it.
        parts: what it was made of.
        weights: of the parts, for the ways that weigh.
        correction: that replaced what stands in the cell.
    """

    area: str
    figure: Figure
    way: Way
    parts: tuple[Origin, ...] = ()
    weights: tuple[float, ...] = ()
    correction: Correction | None = None

    @property
    def key(self) -> Wanted:
        """The figure as the supplier has it."""
        figure = self.figure
        return Wanted(figure.source, self.area, figure.indicator, figure.period)

    @property
    def step_id(self) -> str:
        """Name of the step that makes it."""
        return f"origin.{self.area}.{self.figure.indicator}.{self.figure.period}"

    def leaves(self) -> Iterator[Origin]:
        """Yield the figures that stand in a cell."""
        if self.way == "cell":
            yield self
        for part in self.parts:
            yield from part.leaves()

    def every(self) -> Iterator[Origin]:
        """Yield the parts before what they make."""
        for part in self.parts:
            yield from part.every()
        yield self


def trace(desk: Desk, area: str, indicator: str, period: str) -> Origin:
    """Return where the figure of a CBS area comes from."""
    figure = desk.figure(area, indicator, period)
    if figure.status is Status.SUPPRESSED:
        return Origin(area, figure, "withheld")
    if figure.status in (Status.ABSENT, Status.NOT_MEASURED) and not figure.source:
        return Origin(area, figure, "absent")
    declared = desk.config.indicators[indicator]
    made = _components(declared, converted=bool(figure.converted))
    if made:
        parts = tuple(trace(desk, area, name, period) for name in made)
        return Origin(area, figure, "sum" if declared.sum_of else "ratio", parts)
    if figure.converted:
        return _converted(desk, area, figure, declared)
    return Origin(area, figure, "cell", correction=_correction(desk, area, figure))


def _components(indicator: Indicator, *, converted: bool) -> Sequence[str]:
    """Return the indicators that this one is computed from; none where it is published.

    A ratio of a converted area is computed from its converted parts, even if it is published.
    """
    if indicator.sources and not (converted and indicator.combine == "ratio"):
        return ()
    return indicator.sum_of or indicator.ratio or ()


def _correction(desk: Desk, area: str, figure: Figure) -> Correction | None:
    wanted = (figure.source, area, figure.indicator, figure.period)
    made = desk.dataset.corrections
    return next((c for c in made if (c.source, c.area, c.indicator, c.period) == wanted), None)


def _converted(desk: Desk, area: str, figure: Figure, indicator: Indicator) -> Origin:
    assert figure.converted  # noqa: S101 - the caller looked
    if figure.converted == "buurten":
        return _of_buurten(desk, area, figure, indicator)
    pieces = (
        desk.pieces(area, figure.source)
        if figure.converted == "areal"
        else _declared(desk, area, figure)
    )
    parts = tuple(_former(desk, code, indicator, figure) for code, _, _ in pieces)
    counted = indicator.combine == "sum"
    weights = tuple(share if counted else weight for _, weight, share in pieces)
    return Origin(area, figure, figure.converted, parts, weights)


def _of_buurten(desk: Desk, area: str, figure: Figure, indicator: Indicator) -> Origin:
    found = desk.dataset.areas
    own = found[
        (found["boundary_year"] == desk.dataset.boundary_year)
        & (found["level"] == Level.BUURT.value)
        & (found["population"] > 0)
        & (found["code"].str[2 : len(area)] == area[2:])
    ]
    parts = tuple(trace(desk, code, indicator.id, figure.period) for code in own["code"])
    return Origin(area, figure, "buurten", parts, tuple(map(float, own["population"])))


def _declared(desk: Desk, area: str, figure: Figure) -> list[tuple[str, float, float]]:
    """Return what the crosswalk says: earlier area, weight, and how much of it lies here."""
    walk, year = desk.dataset.crosswalk, desk.dataset.boundary_year
    pairs = walk[(walk["to_year"] == year) & walk["status"].isin(FROM_ANOTHER)]
    own = pairs[(pairs["area"] == area) & (pairs["status"] == figure.converted)]
    whole = pairs.groupby("from_area")["weight"].sum()
    shares = own["weight"] / own["from_area"].map(whole)
    columns = (own["from_area"], own["weight"], shares)
    return [(str(c), float(w), float(s)) for c, w, s in zip(*columns, strict=True)]


def _former(desk: Desk, area: str, indicator: Indicator, figure: Figure) -> Origin:
    """Return the origin of a figure of an earlier area, under its code in the old division."""
    value = desk.former(area, indicator.id, figure.period, figure.source)
    status = Status.UNKNOWN if value is None else Status.OK
    own = Figure(indicator.id, figure.period, value, status, source=figure.source)
    made = _components(indicator, converted=False)
    if made:
        known = desk.config.indicators
        parts = tuple(_former(desk, area, known[name], figure) for name in made)
        return Origin(area, own, "sum" if indicator.sum_of else "ratio", parts)
    return Origin(area, own, "cell", correction=_correction(desk, area, own))


# --- cells ----------------------------------------------------------------------------------


def cells(desk: Desk, origins: Iterable[Origin]) -> list[Row]:
    """Return a row per cell that the figures were read from, in the order of the figures."""
    leaves = {leaf.key: leaf for origin in origins for leaf in origin.leaves()}
    wanted = [key for key in leaves if key.source]
    found = cells_of(desk.config, desk.files, desk.dataset.areas, wanted)
    return [
        _cell(desk, leaf, cell)
        for key, leaf in leaves.items()
        for cell in found.get(key, ())
        if cell.part not in {"lower", "upper"} or not _coarse(desk, leaf)
    ]


def _coarse(desk: Desk, leaf: Origin) -> bool:
    """Return whether disclosure control rounded the margins: what stood there is not told."""
    figure, protected = leaf.figure, desk.index.protected
    key = Key(figure.source, figure.indicator, figure.period, (leaf.area,))
    return protected is not None and key in protected.coarse


def _cell(desk: Desk, leaf: Origin, cell: RawCell) -> Row:
    figure = leaf.figure
    numbers: Mapping[str, float | None] = {
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "n": figure.n,
    }
    return {
        "area": leaf.area,
        "name": desk.named(leaf.area),
        "indicator": figure.indicator,
        "period": figure.period,
        "part": cell.part,
        "raw": cell.raw,
        "times": _times(cell.raw, numbers[cell.part]),
        "value": numbers[cell.part],
        "column": cell.column,
        "place": cell.place,
        "keys": dict(cell.keys),
        "file": cell.file,
        "corrected": leaf.correction.reason if leaf.correction else "",
    }


def _times(raw: str, value: float | None) -> int | None:
    """Return 100 where a fraction in the file became a percentage, None elsewhere."""
    try:
        number = float(raw.strip().rstrip("%").replace(",", "."))
    except ValueError:
        return None
    fraction = value is not None and number != value and math.isclose(number * 100, value)
    return 100 if fraction else None


def corrections(origins: Iterable[Origin]) -> list[Row]:
    """Return the known errors of suppliers that were mended in these figures."""
    leaves = {leaf.key: leaf for origin in origins for leaf in origin.leaves()}
    return [
        {
            "area": c.area,
            "indicator": c.indicator,
            "period": c.period,
            "supplier": c.expect,
            "instead": c.status if c.value is None else c.value,
            "reported": c.reported.isoformat(),
            "reason": c.reason,
        }
        for leaf in leaves.values()
        if (c := leaf.correction) is not None
    ]


# --- steps ----------------------------------------------------------------------------------


def steps(desk: Desk, origins: Iterable[Origin]) -> list[Step]:
    """Return the sums that made these figures, parts first, each once."""
    made = {one.step_id: one for origin in origins for one in origin.every() if one.parts}
    return [found for one in made.values() if (found := _step(desk, one)) is not None]


def _step(desk: Desk, origin: Origin) -> Step | None:
    indicator = desk.config.indicators[origin.figure.indicator]
    title = f"{indicator.title}, {desk.named(origin.area)} {origin.figure.period}"
    value = origin.figure.value
    if value is None:
        return None
    x: list[float | None] = [part.figure.value for part in origin.parts]
    inputs: dict[str, Any]
    if origin.way == "ratio":
        inputs = {"a": x[0], "b": x[1], "factor": indicator.ratio_factor}
        return step(origin.step_id, title, "a / b * factor", inputs, value, _NOTES["ratio"])
    if origin.way == "sum":
        return step(origin.step_id, title, "sum(x)", {"x": x}, value, _NOTES["sum"])
    there = [(w, v) for w, v in zip(origin.weights, x, strict=True) if v is not None]
    w, x = [weight for weight, _ in there], [v for _, v in there]
    formula, inputs = "sum(w * x) / sum(w)", {"w": w, "x": x}
    if origin.way == "renumbered" or indicator.combine == "none":
        formula, inputs = "x", {"x": x[0]}
    elif indicator.combine == "sum":
        formula = "sum(x)" if origin.way == "buurten" else "sum(w * x)"
    return step(origin.step_id, title, formula, inputs, value, _NOTES[origin.way])


_NOTES: Mapping[str, str] = {
    "sum": "no table publishes it: the sum of others",
    "ratio": "one figure divided by another",
    "renumbered": "the same area, under another number in the division of its figures",
    "composed": "put together from earlier areas, w from the crosswalk",
    "buurten": "put together from its buurten, w their inhabitants",
    "areal": "estimated by surface",
}
