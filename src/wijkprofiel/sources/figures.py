"""The rows of a table turned into figures: area, topic, period, value, limits and n of each."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wijkprofiel.errors import Problem, did_you_mean
from wijkprofiel.model.computed import Level, Status
from wijkprofiel.model.declared import Indicator
from wijkprofiel.sources import amounts
from wijkprofiel.sources.amounts import Amount, Sign
from wijkprofiel.sources.gazetteer import Gazetteer, level_named
from wijkprofiel.sources.grid import Cell, Grid, Place
from wijkprofiel.sources.layout import Layout, Scale
from wijkprofiel.sources.scales import Number, settle

_YEAR = re.compile(r"^(\d{4})(?:JJ00)?$")
_FIRST, _LAST = 1990, 2100
_LIMITS = ("lower", "upper")
_DECLARE_SIGN = "declare the decimal sign of the file: decimal: ',' or decimal: '.'"


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one figure of a row stands.

    Attributes:
        indicator: id; empty: the row names it.
        value, lower, upper, n: columns, empty for none.
        period: a year, or the column that holds it.
        scale: of percentages, as declared.
        written: of a long table: text in the topic column → indicator.
    """

    indicator: str
    value: str
    lower: str
    upper: str
    n: str
    period: str
    scale: Scale | None
    written: Mapping[str, str] = field(default_factory=dict)

    @property
    def period_column(self) -> str:
        """The column that holds the period, empty for a fixed year."""
        return "" if _YEAR.match(self.period) else self.period


@dataclass(slots=True)
class _Figure:
    """A figure on its way: its row, and the cell of each of its numbers."""

    row: int
    slot: Slot
    area: str
    indicator: str
    period: str
    amounts: dict[str, Amount]
    numbers: dict[str, Number] = field(default_factory=dict)


class Figures:
    """Reads rows; what it has read stands in :attr:`rows`, of no use when there are problems.

    Args:
        grid: the sheet.
        layout: of the table.
        columns: column name → number, for every column that is used.
        indicators: by id.
        areas: that exist.
        periods: that may occur; empty: any.
    """

    def __init__(
        self,
        grid: Grid,
        layout: Layout,
        columns: Mapping[str, int],
        indicators: Mapping[str, Indicator],
        areas: Gazetteer,
        periods: Collection[str],
    ) -> None:
        self.rows: list[dict[str, object]] = []
        self.places: list[dict[str, tuple[str, Place]]] = []
        self._grid = grid
        self._layout = layout
        self._columns = columns
        self._indicators = indicators
        self._areas = areas
        self._periods = periods
        self._missing = amounts.missing_signs(layout.missing)
        self._decimal: Sign = layout.decimal or ","
        self._problems: list[Problem] = []
        self._told: set[tuple[str, str]] = set()
        self._read: dict[str, Amount] = {}

    def read(self, rows: Sequence[int], slots: Sequence[Slot]) -> list[Problem]:
        """Read ``rows``; return every problem, in the order of the sheet's checks."""
        self._unknown_topics(slots)
        rows = [row for row in rows if not self._left_out(row)]
        doubtful = self._find_decimal_sign(rows, slots)
        found = [figure for row in rows for figure in self._of_row(row, slots, doubtful)]
        self._settle_scales(found)
        for figure in found:
            self._check(figure)
        self._doubled(found)
        self.rows = [self._finished(figure) for figure in found]
        self.places = [self._read_from(figure) for figure in found]
        return self._problems

    # --- rows -------------------------------------------------------------------------------

    def _unknown_topics(self, slots: Sequence[Slot]) -> None:
        """Tell the topics of a wide table that no config knows, at their column's name."""
        for slot in slots:
            if slot.indicator and slot.indicator not in self._indicators:
                guess = did_you_mean(slot.indicator, self._indicators)
                message = f"'{slot.indicator}' is no indicator{guess}"
                row = self._layout.header_rows[-1] - 1
                self._once("topic", slot.indicator, row, slot.value, message)

    def _left_out(self, row: int) -> bool:
        text = self._text(row, self._layout.area).lower()
        return text in {word.strip().lower() for word in self._layout.leave_out}

    def _of_row(
        self, row: int, slots: Sequence[Slot], doubtful: Mapping[str, str]
    ) -> Iterator[_Figure]:
        area = self._area(row)
        for slot in slots:
            indicator = slot.indicator or self._topic(row, slot)
            if indicator is None:
                continue
            names = {"value": slot.value, "lower": slot.lower, "upper": slot.upper, "n": slot.n}
            cells = {
                part: self._amount(row, name, doubtful) for part, name in names.items() if name
            }
            yield _Figure(row, slot, area, indicator, self._period(row, slot), cells)

    def _area(self, row: int) -> str:
        layout = self._layout
        text = self._text(row, layout.area)
        if text == layout.area and row > 0:
            self._tell(row, layout.area, "the header stands here again", "take this row out")
            return ""
        aliases = {" ".join(word.split()).lower(): code for word, code in layout.areas.items()}
        text = aliases.get(text.lower(), text)
        level = Level(layout.level) if layout.level else None
        if layout.level_column:
            word = self._text(row, layout.level_column)
            named = level_named(word)
            if named is None:
                message = f"'{word}' is no level (land, gemeente, wijk, buurt)"
                self._once("level", word, row, layout.level_column, message)
                return ""
            level = named
        gemeente = self._text(row, layout.gemeente) if layout.gemeente else ""
        hit = self._areas.find(text, level, gemeente)
        if hit.wrong:
            self._once("area", f"{text}|{gemeente}", row, layout.area, hit.wrong, hit.hint or None)
        return hit.code

    def _topic(self, row: int, slot: Slot) -> str | None:
        """Return the indicator that a row of a long table names, None when it is left out."""
        text = self._text(row, self._layout.indicator)
        name = slot.written.get(text, text)
        if name in self._indicators:
            return name
        if self._layout.other_topics == "leave-out" and text not in slot.written:
            return None
        known = dict.fromkeys([*slot.written, *self._indicators])
        message = f"'{text}' is no indicator{did_you_mean(text, known)}"
        self._once("topic", text, row, self._layout.indicator, message)
        return ""

    def _period(self, row: int, slot: Slot) -> str:
        column = slot.period_column
        if not column:
            return slot.period[:4]
        cell = self._grid.cell(row, self._columns[column])
        text = self._text(row, column)
        found = _YEAR.match(text)
        year = found.group(1) if found and not isinstance(cell, dt.date) else ""
        if not year or not _FIRST <= int(year) <= _LAST:
            self._once("period", text, row, column, f"'{text}' is no year")
        elif self._periods and year not in self._periods:
            held = ", ".join(sorted(self._periods))
            message = f"{year} is not among the periods of this table ({held})"
            self._once("period", text, row, column, message)
        return year

    # --- cells ------------------------------------------------------------------------------

    def _text(self, row: int, column: str) -> str:
        return self._grid.text(row, self._columns[column])

    def _amount(self, row: int, column: str, doubtful: Mapping[str, str]) -> Amount:
        place = row, self._columns[column]
        if place in self._grid.marks.broken:
            hint = "mend it in Excel and save the file again"
            self._tell(row, column, f"{column}: {self._grid.marks.broken[place]}", hint)
            return Amount(status=Status.UNKNOWN.value)
        cell = self._grid.cell(*place)
        if (
            doubtful
            and isinstance(cell, str)
            and (sentence := doubtful.get(" ".join(cell.split())))
        ):
            self._tell(row, column, f"{column}: {sentence}", _DECLARE_SIGN)
            return Amount(status=Status.UNKNOWN.value)
        amount = self._said(cell, percent=place in self._grid.marks.percent)
        if amount.wrong:
            self._tell(row, column, f"{column}: {amount.wrong}")
            return Amount(status=Status.UNKNOWN.value)
        return amount

    def _said(self, cell: Cell, *, percent: bool) -> Amount:
        """Return what a cell says; a text is read once, however often it stands there."""
        if not isinstance(cell, str):
            return amounts.read(cell, self._missing, self._decimal, percent=percent)
        if cell not in self._read:
            self._read[cell] = amounts.read(cell, self._missing, self._decimal, percent=percent)
        return self._read[cell]

    def _find_decimal_sign(self, rows: Sequence[int], slots: Sequence[Slot]) -> dict[str, str]:
        """Settle the decimal sign of the file; return the texts that do not fit it."""
        if self._layout.decimal:
            return {}
        names = {n for s in slots for n in (s.value, s.lower, s.upper, s.n) if n}
        texts = dict.fromkeys(
            " ".join(cell.split())
            for row in rows
            for name in sorted(names)
            if isinstance(cell := self._grid.cell(row, self._columns[name]), str)
        )
        sign, doubtful = amounts.decimal_sign(
            text for text in texts if text.lower() not in self._missing
        )
        self._decimal = sign or self._decimal
        return doubtful

    # --- figures ----------------------------------------------------------------------------

    def _settle_scales(self, found: Sequence[_Figure]) -> None:
        groups: dict[tuple[str, str, Scale | None], list[Number]] = defaultdict(list)
        for figure in found:
            unit = self._unit(figure.indicator)
            for part in ("value", *_LIMITS):
                amount = figure.amounts.get(part)
                if amount is None or math.isnan(amount.value):
                    continue
                place = figure.row, self._columns[getattr(figure.slot, part)]
                number = Number(amount.value, amount.percent, place)
                figure.numbers[part] = number
                if unit == "percent":
                    slot = figure.slot
                    own = slot.value if slot.indicator else ""
                    groups[figure.indicator, own, slot.scale].append(number)
                elif amount.percent and unit:
                    message = f"{figure.indicator}: a percentage, but its unit is '{unit}'"
                    self._problems.append(Problem(self._grid.at(*place), message))
        for (indicator, _, scale), numbers in groups.items():
            self._problems += settle(indicator, numbers, scale, self._grid.at)

    def _check(self, figure: _Figure) -> None:
        unit = self._unit(figure.indicator)
        numbers = {part: number.value for part, number in figure.numbers.items()}
        for part, value in numbers.items():
            name = figure.indicator if part == "value" else f"{figure.indicator} {part}"
            if unit == "percent" and not 0 <= value <= 100:
                self._wrong(figure, part, f"{name}: {value:g} is no percentage (0 to 100)")
            if unit == "count" and value < 0:
                self._wrong(figure, part, f"{name}: {value:g} is no count")
        limits = [part for part in _LIMITS if part in numbers]
        if limits and ("value" not in numbers or len(limits) == 1):
            self._wrong(figure, limits[0], "a limit stands here without its value and other limit")
        elif limits and not numbers["lower"] <= numbers["value"] <= numbers["upper"]:
            shown = f"{numbers['value']:g} does not lie between its limits"
            shown += f" {numbers['lower']:g} and {numbers['upper']:g}"
            self._wrong(figure, "value", f"{figure.indicator}: {shown}")
        people = figure.amounts.get("n")
        if people is None or math.isnan(people.value):
            return
        if people.value < 0 or not people.value.is_integer() or people.percent:
            self._wrong(figure, "n", f"n: {people.value:g} is no number of people")

    def _doubled(self, found: Sequence[_Figure]) -> None:
        first: dict[tuple[str, str, str], _Figure] = {}
        for figure in found:
            key = figure.area, figure.indicator, figure.period
            if not all(key):
                continue
            if key in first:
                message = f"{', '.join(key)} stands there twice, first in row {first[key].row + 1}"
                place = self._grid.at(figure.row, self._columns[self._layout.area])
                self._problems.append(Problem(place, message, "keep one of the two"))
            first.setdefault(key, figure)

    def _finished(self, figure: _Figure) -> dict[str, object]:
        value = figure.amounts.get("value", Amount())
        known = value.status == Status.OK.value
        people = figure.amounts.get("n", Amount()).value
        numbers = {part: n.value for part, n in figure.numbers.items()}
        return {
            "area": figure.area,
            "indicator": figure.indicator,
            "period": figure.period,
            "value": numbers.get("value", math.nan),
            "lower": numbers.get("lower", math.nan),
            "upper": numbers.get("upper", math.nan),
            "n": math.nan if value.status == Status.SUPPRESSED.value else people,
            "status": value.status if known or value.status else Status.UNKNOWN.value,
        }

    def _read_from(self, figure: _Figure) -> dict[str, tuple[str, Place]]:
        names = {part: str(getattr(figure.slot, part)) for part in figure.amounts}
        return {part: (name, (figure.row, self._columns[name])) for part, name in names.items()}

    # --- problems ---------------------------------------------------------------------------

    def _unit(self, indicator: str) -> str:
        known = self._indicators.get(indicator)
        return known.unit if known else ""

    def _at(self, figure: _Figure, part: str) -> str:
        column: str = getattr(figure.slot, part)
        return self._grid.at(figure.row, self._columns[column])

    def _wrong(self, figure: _Figure, part: str, message: str) -> None:
        self._problems.append(Problem(self._at(figure, part), message))

    def _tell(self, row: int, column: str, message: str, hint: str | None = None) -> None:
        place = self._grid.at(row, self._columns[column])
        self._problems.append(Problem(place, message, hint))

    def _once(
        self, kind: str, word: str, row: int, column: str, message: str, hint: str | None = None
    ) -> None:
        """Tell something of the first row that has it: a wrong name often fills a column."""
        if (kind, word) not in self._told:
            self._told.add((kind, word))
            self._tell(row, column, message, hint)
