"""What a newer edition changes: areas, keys and values, before anything is replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

MOST = 10
"""Changed values that are told one by one, the largest first."""

_KEY = ["area", "indicator", "period"]


@dataclass(frozen=True, slots=True)
class Revised:
    """One figure that another edition gives another value.

    Attributes:
        old, new: values in the indicator's unit; None where there is none.
    """

    area: str
    indicator: str
    period: str
    old: float | None
    new: float | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different between two editions of a snapshot.

    Attributes:
        old, new: the editions, as table and stamp.
        areas_gone, areas_new: codes.
        keys_gone, keys_new: the supplier's names without number.
        compared: figures of the same area, indicator and period in both.
        revised: how many of those have another value, both known.
        lost, gained: how many have a value only in the old, only in the new.
        largest: the revised figures with the largest difference.
        periods_gone, periods_new: years.
    """

    old: str
    new: str
    areas_gone: tuple[str, ...] = ()
    areas_new: tuple[str, ...] = ()
    keys_gone: tuple[str, ...] = ()
    keys_new: tuple[str, ...] = ()
    periods_gone: tuple[str, ...] = ()
    periods_new: tuple[str, ...] = ()
    compared: int = 0
    revised: int = 0
    lost: int = 0
    gained: int = 0
    largest: tuple[Revised, ...] = ()

    @property
    def none(self) -> bool:
        """Whether nothing that is printed is different."""
        lists = (self.areas_gone, self.areas_new, self.keys_gone, self.keys_new)
        periods = (self.periods_gone, self.periods_new)
        return not any((*lists, *periods, self.revised, self.lost, self.gained))


def compare(
    old: pd.DataFrame,
    new: pd.DataFrame,
    *,
    names: tuple[str, str],
    keys: tuple[Iterable[str], Iterable[str]] = ((), ()),
) -> Changes:
    """Return what is different between two IndicatorTables.

    Args:
        old: the figures in use.
        new: those of the newer edition.
        names: the two editions, for a person.
        keys: the supplier's names in both, without number.
    """
    both = old[[*_KEY, "value"]].merge(
        new[[*_KEY, "value"]], on=_KEY, how="inner", suffixes=("_old", "_new")
    )
    known = both["value_old"].notna() & both["value_new"].notna()
    moved = both[known & (both["value_old"] != both["value_new"])]
    size = (moved["value_new"] - moved["value_old"]).abs()
    largest = moved.assign(size=size).sort_values(
        ["size", *_KEY], ascending=[False, True, True, True], kind="stable"
    )
    areas, periods = (_apart(old[name], new[name]) for name in ("area", "period"))
    keys_gone, keys_new = _apart(*keys)
    return Changes(
        *names,
        *areas,
        keys_gone,
        keys_new,
        *periods,
        compared=len(both),
        revised=len(moved),
        lost=int((both["value_old"].notna() & both["value_new"].isna()).sum()),
        gained=int((both["value_old"].isna() & both["value_new"].notna()).sum()),
        largest=_revised(largest.head(MOST)),
    )


def compare_codes(old: Iterable[str], new: Iterable[str], *, names: tuple[str, str]) -> Changes:
    """Return which areas are gone and new between two sets of outlines."""
    return Changes(*names, *_apart(old, new))


def lines(changes: Changes) -> Sequence[str]:
    """Return the changes as sentences for a person."""
    if changes.none:
        return [f"{changes.old} → {changes.new}: no figure, area or key is different"]
    told = [f"{changes.old} → {changes.new}"]
    for what, gone, new in (
        ("areas", changes.areas_gone, changes.areas_new),
        ("keys", changes.keys_gone, changes.keys_new),
        ("periods", changes.periods_gone, changes.periods_new),
    ):
        told += [f"  {what} gone: {_few(gone)}"] if gone else []
        told += [f"  {what} new: {_few(new)}"] if new else []
    if changes.compared:
        told.append(
            f"  values: {changes.revised} of {changes.compared} differ, "
            f"{changes.lost} gone, {changes.gained} new"
        )
    for row in changes.largest:
        told.append(f"    {row.area} {row.indicator} {row.period}: {row.old:g} → {row.new:g}")
    return told


def _apart(old: Iterable[str], new: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    before, after = set(old), set(new)
    return tuple(sorted(before - after)), tuple(sorted(after - before))


def _revised(rows: pd.DataFrame) -> tuple[Revised, ...]:
    columns = (rows[name] for name in (*_KEY, "value_old", "value_new"))
    return tuple(
        Revised(str(area), str(indicator), str(period), float(old), float(new))
        for area, indicator, period, old, new in zip(*columns, strict=True)
    )


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST])
    return f"{shown} and {len(names) - MOST} more" if len(names) > MOST else shown
