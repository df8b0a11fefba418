"""Themes that are proposed to come first, in words: what ``wijkprofiel suggest`` tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wijkprofiel.build import attack
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import AreaProfile, Fitting, Framework, Profile, Suggestion
from wijkprofiel.profile import suggestions
from wijkprofiel.sources.dataset import Dataset
from wijkprofiel.wording import Names, Words, names_of, suggested


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one area.

    Attributes:
        found: themes, the first one first; empty where nothing stands out.
        cautions: what must be told with them.
    """

    profile: Profile
    found: tuple[Suggestion, ...]
    names: Names
    words: Words
    cautions: tuple[str, ...]

    def reasons(self, item: Suggestion) -> tuple[str, ...]:
        """Return why a theme is proposed."""
        return suggested.reasons(item, self.profile, self.names, self.words)

    def fitting(self, item: Fitting) -> str:
        """Return an intervention in words."""
        return suggested.intervention(item, self.words)

    def told(self) -> dict[str, Any]:
        """Return the proposal for JSON."""
        return {
            "area": self.profile.area.slug,
            "name": self.profile.area.name,
            "themes": [self._row(item) for item in self.found],
            "cautions": list(self.cautions),
        }

    def _row(self, item: Suggestion) -> Mapping[str, Any]:
        return {
            "theme": item.theme,
            "title": item.title,
            "source": item.source,
            "chosen": item.chosen,
            "gap": item.gap,
            "reasons": list(self.reasons(item)),
            "interventions": [
                {
                    **fit.intervention.model_dump(mode="json", exclude={"themes"}),
                    "recognition": self.words(f"recognition.{fit.intervention.level}"),
                    "used": fit.used,
                }
                for fit in item.fitting
            ],
        }


def propose(config: Config, dataset: Dataset, name: str) -> Proposal:
    """Return what is proposed for one area.

    Raises:
        WijkprofielError: the area cannot be made, or a withheld figure would be told.
    """
    task = plan(config, dataset, [name], Order())[0]
    profile = make_profile(config, dataset, task)
    found = of_profile(profile, config)
    texts = [text for item in found.found for text in found.reasons(item)]
    attack.refuse({"suggest": "\n".join(texts).encode()}, profile, config, dataset)
    return found


def of_profile(profile: Profile, config: Config) -> Proposal:
    """Return what is proposed for the area of a profile."""
    from wijkprofiel.documents.desk import words_of

    words = words_of(config)
    names = names_of(profile, words)
    found = suggestions.suggest(profile, themes_of(profile.people, config), config)
    return Proposal(profile, found, names, words, suggested.cautions(found, names, words))


def themes_of(people: AreaProfile | None, config: Config) -> Framework:
    """Return the framework whose domains are the themes of the area's documents.

    Args:
        people: the area's profile, None for an area without one.
        config: the project.

    Raises:
        ConfigError: the project scores none of them.
    """
    own = people.documents if people is not None else ()
    documents = [d for d in own or config.project.documents if d in config.documents]
    wanted = [config.documents[document].themes for document in documents]
    scored = [name for name in wanted if name in config.project.frameworks]
    if not scored:
        message = "no document of this area names a framework with themes that is scored"
        raise ConfigError(message, "look at 'themes' in its document.yaml", where="suggest")
    return config.frameworks[scored[0]]
