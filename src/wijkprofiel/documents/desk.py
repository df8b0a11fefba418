"""What lies on the desk when one document is written: the profile, the words, the style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from wijkprofiel.assets import Assets
from wijkprofiel.charts.fonts import Measure
from wijkprofiel.charts.words import Words as ChartWords
from wijkprofiel.config import Config
from wijkprofiel.config.files import RULES
from wijkprofiel.config.located import Loader
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import (
    DocumentSpec,
    FrameworkResult,
    HouseStyle,
    Profile,
    SentenceRules,
    Status,
    Topic,
)
from wijkprofiel.wording import Names, Words, names_of
from wijkprofiel.wording.alt import topic_alt
from wijkprofiel.wording.numbers import Printed, printed
from wijkprofiel.wording.rules import Rules
from wijkprofiel.wording.tested import people


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
    _alts: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, profile: Profile, spec: DocumentSpec, config: Config) -> Desk:
        """Return the desk for one document.

        Raises:
            ConfigError: the project's style or the wording is not there.
        """
        style = config.style_of(profile.people)
        words = words_of(config)
        names = names_of(profile, words)
        texts = Words(spec.texts, f"templates/{spec.id}/document.yaml ({config.language})")
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

    def alt(self, topic: Topic) -> str:
        """Return the alternative text of a topic of the profile, the same in all its rows."""
        key = topic.indicator.id
        if key not in self._alts:
            self._alts[key] = topic_alt(topic, self.names, self.words)
        return self._alts[key]

    def framework(self, framework: str) -> FrameworkResult | None:
        """Return the result of a framework, or None where it was not scored."""
        return self.profile.frameworks.get(framework)

    def shown(self) -> list[Topic]:
        """Return the topics that the document may show: of an empty area the key figures only."""
        if self.inhabited:
            return list(self.profile.topics.values())
        return [t for t in map(self.topic, self.spec.key_figures) if t is not None]

    @property
    def inhabited(self) -> bool:
        """Whether anybody lives there: false only where CBS counts nobody."""
        return people(self.profile) != 0

    @property
    def compares(self) -> bool:
        """Whether there is a gemeente to compare with."""
        return self.profile.area.gemeente is not None


def words_of(config: Config) -> Words:
    """Return the words and the rules in the language of the config, see :func:`load_words`."""
    return load_words(config.assets, config.language)


def load_words(assets: Assets, language: str) -> Words:
    """Return the words and the rules of ``configs/wording`` for one language.

    Raises:
        ConfigError: the file is not there, is no YAML, or holds something that is no text.
    """
    paths = [assets.find(f"configs/wording/{language}{end}.yaml") for end in ("", RULES)]
    return _load_words(paths[0], paths[1], tuple(path.stat().st_mtime_ns for path in paths))


@lru_cache(maxsize=8)
def _load_words(
    path: Path,
    rules: Path,
    stamps: tuple[int, ...],  # noqa: ARG001  # the stamps are part of the key
) -> Words:
    where, beside = (f"configs/wording/{p.name}" for p in (path, rules))
    try:
        declared = SentenceRules.model_validate(_yaml(rules, beside))
    except ValidationError as mistake:  # reading the config tells it with its lines
        raise ConfigError(str(mistake), where=beside) from None
    return Words.of(_yaml(path, where), where, Rules.of(declared, beside))


def _yaml(path: Path, where: str) -> object:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506  # a safe one
    except yaml.YAMLError as mistake:
        raise ConfigError(f"this is no YAML: {mistake}", where=where) from None


def _chart_words(words: Words, names: Names) -> ChartWords:
    statuses: Mapping[Status, str] = {
        status: words(f"status.{status.value}") for status in Status if status is not Status.OK
    }
    return ChartWords(
        language=words("language"),
        statuses=statuses,
        no_score=words("verdict.no_score"),
        no_reference=words("chart.no_reference"),
        all_areas=words("chart.all_areas"),
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
