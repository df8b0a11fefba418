"""What lies on the desk while one figure is explained: config, data, profile and words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.config import Config
from wijkprofiel.documents.desk import words_of
from wijkprofiel.model import Area, Figure, Profile
from wijkprofiel.profile.index import Index, index_of
from wijkprofiel.sources import assemble, folder
from wijkprofiel.sources.assemble import DataFile
from wijkprofiel.sources.dataset import Dataset
from wijkprofiel.wording import Names, Words, names_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Desk:
    """Everything that one account is written from; one desk serves all accounts of an area."""

    config: Config
    dataset: Dataset
    profile: Profile
    index: Index
    words: Words
    names: Names
    _rows: dict[str, pd.DataFrame] = field(default_factory=dict)

    @classmethod
    def of(cls, config: Config, dataset: Dataset, name: str) -> Desk:
        """Return the desk for the area called ``name``.

        Raises:
            ConfigError: the name is unknown or can mean several areas.
            WijkprofielError: the area cannot be made.
        """
        task = plan(config, dataset, [name], Order())[0]
        profile = make_profile(config, dataset, task)
        words = words_of(config)
        index = index_of(config, dataset)
        return cls(config, dataset, profile, index, words, names_of(profile, words))

    @cached_property
    def files(self) -> list[DataFile]:
        """The files of the data folder, read and verified once more."""
        return folder.read_files(self.config)

    def former(self, area: str, indicator: str, period: str, source: str) -> float | None:
        """Return a figure of an area in the division of its own source, before any conversion."""
        for table in (self.dataset.unlinked, self.dataset.figures):
            rows = table[table["area"] == area]
            rows = rows[(rows["indicator"] == indicator) & (rows["period"] == period)]
            values = rows.loc[rows["source"] == source, "value"].dropna()
            if len(values):
                return float(values.iloc[0])
        return None

    def pieces(self, area: str, source: str) -> list[tuple[str, float, float]]:
        """Return the earlier areas that share ground with an area: code, m², share of it."""
        division = self.dataset.sources[source].division or self.dataset.boundary_year
        found = assemble.overlap(self.config, self.files)(division, [area])
        columns = (found[name] for name in ("from_area", "weight", "share"))
        return [(str(c), float(w), float(s)) for c, w, s in zip(*columns, strict=True)]

    def figure(self, area: str, indicator: str, period: str) -> Figure:
        """Return a published figure of an area as it is now, after disclosure control."""
        return self.index.figure(area, indicator, period)

    def named(self, code: str) -> str:
        """Return the name of an area, or its code."""
        found: Area | None = self.index.latest(code, self.dataset.boundary_year)
        return found.name if found else code
