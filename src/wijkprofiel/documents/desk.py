"""What lies on the desk when one document is written: the profile, the words, the style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from wijkprofiel.assets import Assets
from wijkprofiel.charts.fonts import Measure
from wijkprofiel.charts.words import Words as ChartWords
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError, did_you_mean
from wijkprofiel.model import (
    DocumentSpec,
    FrameworkResult,
    HouseStyle,
    Profile,
    Status,
    Topic,
)
from wijkprofiel.wording import Names, Words, names_of
from wijkprofiel.wording.numbers import Printed, printed

LANGUAGE = "nl"


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that one document of one area is written from.

    Attributes:
        texts: the fixed texts of the document's own ``document.yaml``.
        names: what the places of the profile are called.
        measure: text widths in the house style.
        chart_words: the words inside charts.
    """

    profile: Profile
    spec: DocumentSpec
    config: Config
    style: HouseStyle
    words: Words
    texts: Words
    names: Names
    measure: Measure
    chart_words: ChartWords

    @classmethod
    def of(cls, profile: Profile, spec: DocumentSpec, config: Config) -> Desk:
        """Return the desk for one document.

        Raises:
            ConfigError: the project's style or the wording is not there.
        """
        style = _style(config)
        words = load_words(config.assets, LANGUAGE)
        names = names_of(profile, words)
        texts = Words(spec.texts, f"templates/{spec.id}/document.yaml")
        return cls(
            profile,
            spec,
            config,
            style,
            words,
            texts,
            names,
            Measure.of(style, config.assets),
            _chart_words(words, names),
        )

    def text(self, name: str, **facts: object) -> str:
        """Return a fixed text of the document with the names of the area filled in."""
        usual = {
            "area": self.names.area,
            "kind": self.names.the,
            "this": self.names.this,
            "heading": self.names.heading,
            "country": self.names.country,
        }
        return self.texts(name, **(usual | facts))

    def topic(self, indicator: str) -> Topic | None:
        """Return the topic of an indicator, or None where the profile has none."""
        return self.profile.topics.get(indicator)

    def number(self, topic: Topic) -> Printed:
        """Return the area's figure as it stands on paper."""
        return printed(topic.figure, topic.indicator, self.words)

    def framework(self, framework: str) -> FrameworkResult | None:
        """Return the result of a framework, or None where it was not scored."""
        return self.profile.frameworks.get(framework)

    @property
    def compares(self) -> bool:
        """Whether there is a gemeente to compare with."""
        return self.profile.area.gemeente is not None


def load_words(assets: Assets, language: str) -> Words:
    """Return the words of ``configs/wording/<language>.yaml``.

    Raises:
        ConfigError: the file is not there, is no YAML, or holds something that is no text.
    """
    path = assets.find(f"configs/wording/{language}.yaml")
    return _load_words(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _load_words(path: Path, stamp: int) -> Words:  # noqa: ARG001  # the stamp is part of the key
    where = f"configs/wording/{path.name}"
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as mistake:
        raise ConfigError(f"this is no YAML: {mistake}", where=where) from None
    return Words.of(data, where)


def _style(config: Config) -> HouseStyle:
    wanted = config.project.style
    if wanted not in config.styles:
        near = did_you_mean(wanted, config.styles)
        message = f"style: '{wanted}' is not a house style{near}"
        raise ConfigError(message, f"add configs/styles/{wanted}.yaml", where="wijkprofiel.yaml")
    return config.styles[wanted]


def _chart_words(words: Words, names: Names) -> ChartWords:
    statuses: Mapping[Status, str] = {
        status: words(f"status.{status.value}") for status in Status if status is not Status.OK
    }
    return ChartWords(
        statuses=statuses,
        no_score=words("verdict.no_score"),
        this_area=names.this,
        area=names.the,
        country=names.country,
        gemeente=words("chart.gemeente"),
        middle_half=words("chart.middle_half"),
        margin=words("chart.margin"),
        low=words("chart.low"),
        high=words("chart.high"),
        lowest=words("chart.lowest"),
        middle=words("chart.middle"),
        highest=words("chart.highest"),
    )
