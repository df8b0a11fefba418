"""From a user's word to what is explained: a topic, or a domain of a framework."""

from __future__ import annotations

from collections.abc import Mapping

from wijkprofiel.areas import slugify
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError, did_you_mean

Subject = tuple[str, str]
"""Framework and domain; or "" and the indicator."""

_SHOWN = 12


def find(word: str, config: Config) -> Subject:
    """Return what ``word`` stands for.

    The id or title of an indicator, or of a domain in one of the project's frameworks; capitals
    and accents do not count. ``framework:domain`` says which, and is needed for a word that is
    both an indicator and a domain, or a domain of two frameworks.

    Raises:
        ConfigError: nothing is called so, or more than one thing is; with the candidates.
    """
    framework, colon, rest = word.rpartition(":")
    names = _names(config)
    wanted = slugify(rest if colon else word)
    hits = [subject for subject, known in names.items() if wanted and wanted in known]
    if colon:
        chosen = slugify(framework)
        hits = [s for s in hits if s[0] and chosen in {s[0], slugify(_title(s[0], config))}]
    exact = [s for s in hits if s[1] == wanted]
    hits = exact or hits
    if len(hits) == 1:
        return hits[0]
    if not hits:
        raise _unknown(word, config, names)
    said = ", ".join(_say(subject) for subject in hits)
    raise ConfigError(
        f"'{word}' can mean {len(hits)} things: {said}",
        "say which: the id of an indicator, or framework:domain",
        where="explain",
    )


def _names(config: Config) -> dict[Subject, set[str]]:
    """Return per subject its id and title, as slugs."""
    found: dict[Subject, set[str]] = {
        ("", name): {name, slugify(one.title)} for name, one in config.indicators.items()
    }
    for framework in config.project.frameworks:
        for domain in config.frameworks[framework].domains:
            found[framework, domain.id] = {domain.id, slugify(domain.title)}
    return found


def _title(framework: str, config: Config) -> str:
    return config.frameworks[framework].title


def _say(subject: Subject) -> str:
    framework, name = subject
    return f"{framework}:{name}" if framework else name


def _unknown(word: str, config: Config, names: Mapping[Subject, set[str]]) -> ConfigError:
    known = [name for found in names.values() for name in found]
    known += [_say(subject) for subject in names if subject[0]]
    domains = [_say(subject) for subject in names if subject[0]]
    return ConfigError(
        f"'{word}' is no indicator and no domain{did_you_mean(word.lower(), sorted(set(known)))}",
        f"domains: {', '.join(domains[:_SHOWN])}; indicators: wijkprofiel list indicators"
        if config.indicators
        else None,
        where="explain",
    )
