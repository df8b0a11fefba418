"""What a map of an area is drawn from: outlines, and what each of them is to the area."""

from __future__ import annotations

from dataclasses import dataclass

from wijkprofiel.model.computed import Status


@dataclass(frozen=True, slots=True)
class Outline:
    """Polygons in metres (EPSG:28992): rings of (x, y), outer ring first, per polygon."""

    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area on a map.

    Attributes:
        own: part of the profile's area.
        contains_own: it is not the area itself but holds a part whose outline is not at hand:
            the area's surroundings, with a name and a figure of its own.
        value: of the choropleth, None without.
        group: quintile 1–5 of the reference, None without.
    """

    code: str
    name: str
    outline: Outline
    own: bool = False
    contains_own: bool = False
    value: float | None = None
    group: int | None = None
    status: Status = Status.OK


@dataclass(frozen=True, slots=True)
class AreaMap:
    """The wijken of the gemeente or gemeenten around the area, and their outer outlines.

    Attributes:
        buurten: those of the area that have an outline; they lie in ``wijken`` that are not its
            own.
        whole: the area in one piece with its own figure, where it is made of nothing but
            ``buurten``; None otherwise.
        choropleth: the indicator that ``value`` and ``group`` are of, "" for none.
        approximate: a part of the area has no outline.
    """

    wijken: tuple[MapArea, ...]
    gemeenten: tuple[MapArea, ...]
    choropleth: str = ""
    approximate: bool = False
    buurten: tuple[MapArea, ...] = ()
    whole: MapArea | None = None

    @property
    def own(self) -> tuple[MapArea, ...]:
        """The parts of the area, as far as there are outlines of them."""
        return (*(wijk for wijk in self.wijken if wijk.own), *self.buurten)

    @property
    def around(self) -> tuple[MapArea, ...]:
        """The wijken that hold a part of the area that has no outline."""
        return tuple(wijk for wijk in self.wijken if wijk.contains_own and not wijk.own)

    @property
    def inner(self) -> tuple[MapArea, ...]:
        """What a choropleth draws over the wijken, with figures of its own."""
        return self.buurten if self.whole is None else (self.whole,)

    @property
    def valued(self) -> tuple[MapArea, ...]:
        """Everything that a choropleth gives a figure."""
        return (*self.wijken, *self.inner)
