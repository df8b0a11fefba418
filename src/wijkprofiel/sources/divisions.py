"""Figures of one division meet the areas of another: linked, converted, or left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wijkprofiel.model.computed import Conversion, Finding, Level, Severity
from wijkprofiel.model.declared import Indicator
from wijkprofiel.sources import convert, crosswalk
from wijkprofiel.sources.convert import Ground

if TYPE_CHECKING:
    import pandas as pd

Overlap = Callable[[int, Collection[str]], "pd.DataFrame"]
"""Pieces by surface: from a division, for areas; see :func:`wijkprofiel.sources.areal.pieces`."""

_SHOWN = 8
_TOLD: Mapping[Conversion, tuple[str, str]] = {
    "renumbered": ("have another number now", "the crosswalk names the old one"),
    "composed": ("are put together from areas of {year}", "the crosswalk gives the weights"),
    "buurten": ("are put together from their buurten", "weighted by their people"),
    "areal": (
        "are estimated by surface",
        "a last resort: a crosswalk, or figures of buurten, would be better",
    ),
}
_BASES: Mapping[str, str] = {
    "buurten": "from its buurten, weighted by their people",
    "areal": "by surface, with tobler",
}
"""For the crosswalk; a page tells it in the words of ``notes`` in ``configs/wording``."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What figures are linked by.

    Attributes:
        walk: CrosswalkTable.
        areas: AreaTable.
        indicators: by id.
        divisions: per source the division that its areas follow; others follow ``year``.
        year: division that the project shows.
        surveys: sources of own survey data: never converted, because figures that are put
            together before disclosure control could betray somebody.
        overlap: for what nothing else links; None: then it is left out.
    """

    walk: pd.DataFrame
    areas: pd.DataFrame
    indicators: Mapping[str, Indicator]
    divisions: Mapping[str, int]
    year: int
    surveys: frozenset[str] = frozenset()
    overlap: Overlap | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """The outcome.

    Attributes:
        figures: IndicatorTable of areas of the year that is shown, converted ones included.
        unlinked: IndicatorTable of what is left out, under the codes of its own division.
        walk: CrosswalkTable; its status of a converted area says how that was done.
        findings: what was converted, and what was left out.
    """

    figures: pd.DataFrame
    unlinked: pd.DataFrame
    walk: pd.DataFrame
    findings: tuple[Finding, ...]


def link(figures: pd.DataFrame, setting: Setting) -> Linked:
    """Return the figures of all sources on the areas of the project's division.

    First what the crosswalk calls the same or changed; then conversion, in the order of
    :mod:`wijkprofiel.sources.convert`, for areas that have no figure. A changed area gives up
    the figure of its old borders only for one of all its buurten together.
    """
    import pandas as pd

    linked, apart, findings = crosswalk.link(figures, setting.walk, setting.divisions, setting.year)
    walk = setting.walk
    for division in sorted(set(setting.divisions.values()) - {setting.year}):
        sources = {s for s, year in setting.divisions.items() if year == division}
        sources -= setting.surveys
        own = linked["source"].isin(sources)
        pool = figures[figures["source"].isin(sources)]
        step = _Step(setting, division, pool, linked[own])
        step.run(walk)
        if step.made:
            codes = {code for table in step.made for code in table["area"].unique()}
            old = own & linked["area"].isin(codes)
            apart = pd.concat([apart, linked[old]], ignore_index=True)
            linked = pd.concat([linked[~old], *step.made], ignore_index=True)
        walk, findings = step.walk, (*findings, *step.findings)
    return Linked(linked, apart, walk, findings)


class _Step:
    """Conversion of the figures of one division; a country has a million of them: few copies."""

    def __init__(
        self, setting: Setting, division: int, pool: pd.DataFrame, linked: pd.DataFrame
    ) -> None:
        self.made: list[pd.DataFrame] = []
        self.findings: tuple[Finding, ...] = ()
        self.walk = setting.walk
        self._setting = setting
        self._division = division
        self._pool = pool
        self._linked = linked
        self._present = set(linked["area"].unique())
        self._areas = setting.areas[setting.areas["boundary_year"] == setting.year]

    def run(self, walk: pd.DataFrame) -> None:
        """Convert what can be converted."""
        self.walk = walk
        if self._pool.empty:
            return
        years = (walk["from_year"] == self._division) & (walk["to_year"] == self._setting.year)
        ground = Ground(walk[years], self._areas, self._setting.indicators)
        for way, pieces in convert.declared(ground).items():
            self._take(self._converted(self._pool, pieces, way, ground), way)
        self._by_buurten(ground)
        self._by_surface(ground)

    def _by_buurten(self, ground: Ground) -> None:
        status = dict(zip(ground.walk["area"], ground.walk["status"], strict=True))
        sound = {code for code, how in status.items() if how not in {"changed", "new", "gone"}}
        usable = {code for code in self._present & sound if code.startswith("BU")}
        lacking = self._lacking()
        changed = [code for code, how in status.items() if how == "changed"]
        if not usable or not (lacking or changed):
            return
        pieces = convert.by_buurten(ground, [*lacking, *changed], usable)
        partly = set(pieces.loc[~pieces["from_area"].isin(usable), "area"])
        pieces = pieces[pieces["area"].isin(lacking) | ~pieces["area"].isin(partly)]
        if len(pieces):
            made = self._converted(self._now(usable), pieces, "buurten", ground)
            self._take(_known(made), "buurten", _BASES["buurten"])

    def _by_surface(self, ground: Ground) -> None:
        if self._setting.overlap is None:
            return
        lacking = self._lacking()
        for prefix in ("WK", "GM"):
            codes = [code for code in lacking if code.startswith(prefix)]
            pieces = self._setting.overlap(self._division, codes) if codes else None
            if pieces is not None and len(pieces):
                made = self._converted(self._pool, pieces, "areal", ground)
                self._take(_known(made), "areal", _BASES["areal"])

    def _converted(
        self, figures: pd.DataFrame, pieces: pd.DataFrame, way: Conversion, ground: Ground
    ) -> pd.DataFrame:
        own = figures[figures["area"].isin(pieces["from_area"].unique())]
        return convert.convert(own, pieces, way, ground)

    def _now(self, codes: set[str]) -> pd.DataFrame:
        """Return the figures of areas as they are now, converted ones before linked ones."""
        import pandas as pd

        made = [table[table["area"].isin(codes)] for table in self.made]
        done = {code for table in made for code in table["area"].unique()}
        return pd.concat([self._linked[self._linked["area"].isin(codes - done)], *made])

    def _lacking(self) -> list[str]:
        """Return the wijken and gemeenten of the year that have no figure of this division."""
        levels = {Level.WIJK.value, Level.GEMEENTE.value}
        codes = self._areas.loc[self._areas["level"].isin(levels), "code"]
        return sorted(set(codes) - self._present)

    def _take(self, made: pd.DataFrame, way: Conversion, basis: str = "") -> None:
        """Keep converted figures, and say so in the crosswalk and the findings."""
        codes = sorted(made["area"].unique())
        if not codes:
            return
        self.made.append(made)
        self._present |= set(codes)
        if basis:
            years = (self._division, self._setting.year)
            self.walk = convert.replaced(self.walk, codes, way, basis, years)
        self.findings = (*self.findings, self._finding(codes, way))

    def _finding(self, codes: list[str], way: Conversion) -> Finding:
        what, hint = _TOLD[way]
        shown = ", ".join(codes[:_SHOWN])
        shown += f" and {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else ""
        return Finding(
            f"figures-{way}",
            Severity.WARNING if way == "areal" else Severity.INFO,
            f"{self._division} → {self._setting.year}",
            f"{len(codes)} areas {what.format(year=self._division)}: {shown}",
            hint,
        )


def _known(made: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of areas that have at least one value."""
    return made[made["area"].isin(made.loc[made["value"].notna(), "area"].unique())]
