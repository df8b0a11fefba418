"""Models made by hand, for tests that need no config."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from wijkprofiel import areas
from wijkprofiel.config import Config
from wijkprofiel.model import (
    Bands,
    Direction,
    Domain,
    Framework,
    Indicator,
    OwnArea,
    ReferenceStats,
    Slot,
    SlotIndicator,
)
from wijkprofiel.scoring.compare import Against
from wijkprofiel.sources.dataset import Dataset


def indicator(name: str, direction: Direction = "better", **more: Any) -> Indicator:
    return Indicator(
        id=name,
        title=f"Topic {name}",
        definition="what it means",
        unit=more.pop("unit", "percent"),
        direction=direction,
        population="volwassenen (18+)",
        group="health",
        **more,
    )


def domain(name: str, *slots: tuple[str, ...], **more: Any) -> Domain:
    return Domain(
        id=name,
        title=name,
        question="what do you think?",
        slots=tuple(
            Slot(
                id=f"slot-{number}",
                title=names[0],
                kind="outcome",
                indicators=tuple(SlotIndicator(id=n, basis="a test") for n in names),
            )
            for number, names in enumerate(slots)
        ),
        **more,
    )


def framework(*parts: Domain, **more: Any) -> Framework:
    return Framework(
        id="frame",
        title="Frame",
        description="for a test",
        axis_word="thema",
        domains=parts,
        **more,
    )


def stats(sd: float, kind: Any = "indicator", name: str = "x", n: int = 3150) -> ReferenceStats:
    frame = "" if kind == "indicator" else "frame"
    return ReferenceStats(kind, name, frame, "2020", n, 0.0, sd, -9.0, 9.0, {})


def against(value: float | None, sd: float | None = 5.57, code: str = "GM0484") -> Against:
    return Against(code, value, None if sd is None else stats(sd), Bands())


def expected(name: str) -> list[dict[str, str]]:
    """The rows of a file that was worked out without the program."""
    return rows_of(Path(__file__).parent / "expected" / name)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def own(name: str, config: Config, data: Dataset) -> OwnArea:
    """An area by the slug of its profile, or by its code."""
    profile = config.profiles.get(name)
    return areas.own_area(
        name.lower(),
        profile,
        None if profile else name,
        data.areas,
        data.crosswalk,
        data.boundary_year,
        2020,
    )
