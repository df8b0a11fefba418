"""What lies on the desk when several areas are laid side by side: their desks, and shared words."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wijkprofiel.charts.fonts import Measure
from wijkprofiel.config import Config
from wijkprofiel.documents.desk import Desk, words_of
from wijkprofiel.model import (
    Comparison,
    DocumentSpec,
    DomainScore,
    Framework,
    HouseStyle,
    Profile,
    Topic,
)
from wijkprofiel.profile import contrast
from wijkprofiel.wording import Words

KIND = "gebied"
"""What areas of different kinds are called together."""


@dataclass(frozen=True, slots=True)
class SetDesk:
    """Everything that one document about several areas is written from.

    Attributes:
        desks: one per area, in the order of the pages; without its gemeente, because areas of
            different gemeenten are compared with the country only.
        labels: what each area is called; two of one name get their gemeente behind it.
    """

    comparison: Comparison
    spec: DocumentSpec
    config: Config
    style: HouseStyle
    words: Words
    texts: Words
    measure: Measure
    desks: tuple[Desk, ...]
    labels: tuple[str, ...]

    @classmethod
    def of(cls, comparison: Comparison, spec: DocumentSpec, config: Config) -> SetDesk:
        """Return the desk for one document.

        Raises:
            ConfigError: the project's style or the wording is not there.
        """
        style = config.style_of()
        desks = tuple(Desk.of(_plain(p), spec, config) for p in comparison.profiles)
        return cls(
            comparison,
            spec,
            config,
            style,
            words_of(config),
            Words(spec.texts, f"templates/{spec.id}/document.yaml ({config.language})"),
            Measure.of(style, config.assets),
            desks,
            _labels(comparison.profiles, desks[0].words),
        )

    def text(self, name: str, **facts: object) -> str:
        """Return a fixed text of the document with what the areas are called filled in."""
        usual = {"many": self.many, "country": self.country, "number": len(self.desks)}
        return self.texts(name, **(usual | facts))

    @property
    def country(self) -> str:
        """The name of the country."""
        return self.desks[0].names.country

    @property
    def many(self) -> str:
        """What the areas are called together: "wijken", or "gebieden" where they differ."""
        kinds = {profile.area.kind for profile in self.comparison.profiles}
        kind = kinds.pop() if len(kinds) == 1 else KIND
        key = f"comparison.many.{kind}"
        return self.words(key if self.words.has(key) else f"comparison.many.{KIND}")

    @property
    def named(self) -> bool:
        """Whether they are few enough to stand beside each other in columns, and to be named."""
        return len(self.desks) <= contrast.NAMED

    def everywhere(self, known: int) -> str:
        """Return "beide wijken", "alle drie de wijken", "alle 44 wijken met een cijfer"."""
        words = self.words
        key = f"comparison.all.{known}"
        told = words(key if words.has(key) else "comparison.all.more", number=known, many=self.many)
        if known == len(self.desks):
            return told
        return words("comparison.all.known", all=told)

    def named_areas(self, numbers: Sequence[int]) -> str:
        """Return "Alphen Noord en Stevenshof", in the order of the pages."""
        return self.words.enumerate([self.labels[number] for number in sorted(numbers)])

    def topics(self, indicator: str) -> tuple[Topic, ...]:
        """Return one topic of every area; none where an area does not have it."""
        found = [desk.topic(indicator) for desk in self.desks]
        known = tuple(topic for topic in found if topic is not None)
        return known if len(known) == len(self.desks) else ()

    def scores(self, framework: str) -> tuple[tuple[DomainScore, ...], ...]:
        """Return per domain of a framework the scores of every area, in their order."""
        results = [desk.framework(framework) for desk in self.desks]
        known = [result for result in results if result is not None]
        if len(known) < len(results):
            return ()
        return tuple(zip(*(result.domains for result in known), strict=True))

    def framework(self, framework: str) -> Framework:
        """Return a framework as it is declared."""
        return self.config.frameworks[framework]


def _labels(profiles: Sequence[Profile], words: Words) -> tuple[str, ...]:
    names = [profile.area.name for profile in profiles]
    often = Counter(names)
    return tuple(
        name
        if often[name] == 1
        else words(
            "comparison.namesake",
            name=name,
            gemeente=words.enumerate([g.name for g in profile.area.gemeenten]),
        )
        for name, profile in zip(names, profiles, strict=True)
    )


def _plain(profile: Profile) -> Profile:
    """Return a profile that compares with the country only."""
    topics = {
        name: dataclasses.replace(
            topic,
            gemeente=None,
            against_gemeente=None,
            z_gemeente=None,
            similar=None,
            against_similar=None,
        )
        for name, topic in profile.topics.items()
    }
    frameworks = {
        name: dataclasses.replace(
            result,
            domains=tuple(
                dataclasses.replace(domain, gemeente_z=None, against_gemeente=None)
                for domain in result.domains
            ),
        )
        for name, result in profile.frameworks.items()
    }
    area = dataclasses.replace(profile.area, gemeente=None)
    return dataclasses.replace(profile, area=area, topics=topics, frameworks=frameworks, similar=())
