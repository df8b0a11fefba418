"""The parts of an area, each with its own published figures: differences within the wijk."""

from __future__ import annotations

from wijkprofiel.config import Config
from wijkprofiel.model import Area, Level, OwnArea, Part, Status
from wijkprofiel.profile.changes import periods_of
from wijkprofiel.profile.index import Index

BELOW = {Level.GEMEENTE: Level.WIJK, Level.WIJK: Level.BUURT}
"""What an area of one piece is made of."""


def parts(own: OwnArea, config: Config, index: Index) -> tuple[Part, ...]:
    """Return the parts of an area that have a figure of any judged topic, in their order.

    An area of several CBS areas consists of those; a single wijk of its buurten, a single gemeente
    of its wijken, as far as the data hold them. Figures are as published, after disclosure control.
    Fewer than two parts with a figure are no differences: then there are none.
    """
    judged = [i for i in config.indicators.values() if i.direction != "neutral"]
    cells = [(i.id, periods[-1]) for i in judged if (periods := periods_of(config, i))]
    found = []
    for area in _areas(own, config, index):
        figures = {name: index.figure(area.code, name, period) for name, period in cells}
        if any(figure.status is Status.OK for figure in figures.values()):
            found.append(Part(area, figures))
    return tuple(found) if len(found) > 1 else ()


def _areas(own: OwnArea, config: Config, index: Index) -> tuple[Area, ...]:
    if not own.single:
        return own.parts
    whole, year = own.parts[0], config.project.boundary_year
    level = BELOW.get(whole.level)
    inside = index.inside.get((whole.code, year), ())
    return tuple(area for area in inside if area.level is level)
