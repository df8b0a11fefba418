"""The config in another language: everything declared, with the texts of its translation.

One place, so that whatever is made from the config speaks the language: profiles, documents,
exports. What people said stays as they said it, marked as words in another language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from wijkprofiel.config.load import Config
from wijkprofiel.errors import ConfigError, did_you_mean
from wijkprofiel.model import Declared, DocumentSpec, Domain, Framework, Indicator
from wijkprofiel.model.foreign import foreign
from wijkprofiel.model.translations import (
    ORIGINAL,
    DocumentTexts,
    DomainTexts,
    FrameworkTexts,
    IndicatorTexts,
    Translation,
)

D = TypeVar("D", bound=Declared)

OWN_WORDS = frozenset(
    {
        "about", "action", "areas_note", "colophon", "for_whom", "form", "funding", "goal",
        "lessons", "measure", "missing", "organiser", "owner", "place", "programme", "questions",
        "role", "roles", "status", "strengths", "text", "unit", "when", "who", "why", "wishes",
    }
)  # fmt: skip
"""Keys of a profile that hold what its people wrote, as they wrote it."""
NAMED = ("initiatives", "interventions", "goals")
"""Lists of a profile in which a name or title is theirs too."""
CODES = {("quotes", "who")}
"""Keys with such a name that hold a choice of ours."""


Thing = tuple[str, str]
"""Kind and id of what is declared, as in ``Config.places``."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A declared text without a translation.

    Attributes:
        of: what it is a text of.
        key: of the text; of a population the text itself.
        within: the part of it, as it is told.
        place: what is declared where this text stands; None: ``of`` itself.
    """

    of: Thing
    key: str
    within: str = ""
    place: Thing | None = None

    def __str__(self) -> str:
        return f"{' '.join(filter(None, self.of))}{self.within}: {self.key}"


def translate(config: Config, language: str) -> Config:
    """Return ``config`` in ``language``; in the language it is written in, as it is.

    What has no translation stays as it is: :func:`untranslated` tells it.

    Raises:
        ConfigError: there are no words in that language.
    """
    if language not in config.languages:
        known = ", ".join(config.languages)
        near = did_you_mean(language, config.languages)
        hint = f"add configs/wording/{language}.yaml to make it one"
        message = f"'{language}' is not a language of this project{near}\n  known: {known}"
        raise ConfigError(message, hint, where="--lang")
    if language == config.language:
        return config
    texts = config.translations.get(language, Translation())
    return replace(
        config,
        language=language,
        project=_with(config.project, {"title": texts.project}),
        indicators={i: _indicator(item, texts) for i, item in config.indicators.items()},
        sources={
            i: _with(item, _given(texts.sources.get(i)) | _population(item.population, texts))
            for i, item in config.sources.items()
        },
        frameworks={
            i: _framework(item, texts.frameworks.get(i, FrameworkTexts()))
            for i, item in config.frameworks.items()
        },
        documents={
            i: _document(item, texts.documents.get(i, DocumentTexts()))
            for i, item in config.documents.items()
        },
        profiles={slug: own_words(people, ORIGINAL) for slug, people in config.profiles.items()},
        interventions=tuple(
            _with(item, _given(texts.interventions.get(item.name))).model_copy(
                update={"name": foreign(item.name, ORIGINAL)}
            )
            for item in config.interventions
        ),
        comparisons={
            slug: _with(item, _given(texts.comparisons.get(slug)))
            for slug, item in config.comparisons.items()
        },
        area_names=texts.areas,
    )


def own_words(thing: D, language: str, inside: str = "") -> D:
    """Return a declared thing with the texts that people wrote marked as words in ``language``."""

    def told(name: str, value: Any) -> Any:
        if isinstance(value, Declared):
            return own_words(value, language, name)
        if isinstance(value, tuple):
            return tuple(told(name, item) for item in value)
        theirs = name in OWN_WORDS or (inside in NAMED and name in {"name", "title"})
        theirs = theirs and (inside, name) not in CODES
        if isinstance(value, str) and theirs and any(letter.isalpha() for letter in value):
            return foreign(value, language)
        return value

    fields = {name: getattr(thing, name) for name in type(thing).model_fields}
    return thing.model_copy(update={name: told(name, value) for name, value in fields.items()})


def untranslated(config: Config, language: str) -> list[str]:
    """Return every declared text that has no translation, as ``kind id: key``, in order.

    Args:
        config: as it was written.
        language: another one.
    """
    return [str(gap) for gap in gaps(config, language)]


def gaps(config: Config, language: str) -> list[Gap]:
    """Return every declared text that has no translation, in order; see :func:`untranslated`."""
    texts = config.translations.get(language, Translation())
    return sorted(_missing(config, texts), key=str)


def _missing(config: Config, texts: Translation) -> Iterator[Gap]:
    yield from _people(config, texts)
    for name, indicator in config.indicators.items():
        yield from _gaps(("indicator", name), indicator, texts.indicators.get(name))
    for name, source in config.sources.items():
        yield from _gaps(("source", name), source, texts.sources.get(name), {"title"})
    for name, framework in config.frameworks.items():
        of = ("framework", name)
        known = texts.frameworks.get(name, FrameworkTexts())
        yield from _gaps(of, framework, known, {"domains"}, without=True)
        for domain in framework.domains:
            there = known.domains.get(domain.id, DomainTexts())
            within = f", domain {domain.id}"
            keys = {"slots", "facts_title"}
            yield from _gaps(of, domain, there, keys, within, without=True)
            if domain.pages.facts_title and not there.facts_title:
                yield Gap(of, "facts_title", within)
            slots = (slot.id for slot in domain.slots if slot.id not in there.slots)
            yield from (Gap(of, f"slots.{slot}", within) for slot in slots)
    for name, document in config.documents.items():
        printed = texts.documents.get(name, DocumentTexts())
        yield from _gaps(("document", name), document, printed, {"title"})
        left = document.texts.keys() - printed.texts.keys()
        yield from (Gap(("document", name), f"texts.{key}") for key in left)
    for name, compared in config.comparisons.items():
        there_ = texts.comparisons.get(name, Translation())
        yield from _gaps(("comparison", name), compared, there_, {"title", "intro"})
    for item in config.interventions:
        if item.for_whom and item.name not in texts.interventions:
            yield Gap(("intervention", item.name), "for_whom")


def _people(config: Config, texts: Translation) -> Iterator[Gap]:
    """Yield populations without a translation, each with the first thing that is about them."""
    of: dict[str, Thing] = {}
    for name, item in config.indicators.items():
        of.setdefault(item.population, ("indicator", name))
    for name, source in config.sources.items():
        if source.population:
            of.setdefault(source.population, ("source", name))
    for population, thing in of.items():
        if population not in texts.populations:
            yield Gap(("population", ""), population, place=thing)


def _gaps(
    of: Thing,
    original: Declared,
    texts: Declared | None,
    keys: set[str] | None = None,
    within: str = "",
    *,
    without: bool = False,
) -> Iterator[Gap]:
    """Yield the texts of one thing that are there in the original only."""
    kind = type(texts) if texts is not None else IndicatorTexts
    names = set(kind.model_fields)
    if keys is not None:
        names = names - keys if without else keys
    for name in sorted(names & set(type(original).model_fields)):
        value = getattr(original, name)
        other = getattr(texts, name, None) if texts is not None else None
        if isinstance(value, Mapping):
            left = value.keys() - (other or {}).keys()
            yield from (Gap(of, f"{name}.{key}", within) for key in left)
        elif value and not other:
            yield Gap(of, name, within)


def _with(thing: D, texts: Mapping[str, Any]) -> D:
    given = {name: text for name, text in texts.items() if text is not None}
    return thing.model_copy(update=given) if given else thing


def _given(texts: Declared | None) -> dict[str, Any]:
    """The texts that are given, by key."""
    return texts.model_dump(exclude_none=True) if texts is not None else {}


def _population(population: str, texts: Translation) -> dict[str, str]:
    return {"population": texts.populations.get(population, population)}


def _indicator(item: Indicator, texts: Translation) -> Indicator:
    given = _given(texts.indicators.get(item.id)) | _population(item.population, texts)
    given["classes"] = {**item.classes, **given.get("classes", {})}
    return _with(item, given)


def _framework(item: Framework, texts: FrameworkTexts) -> Framework:
    told = _given(texts) | {"domains": None}
    domains = tuple(_domain(d, texts.domains.get(d.id, DomainTexts())) for d in item.domains)
    return _with(item, told | {"domains": domains})


def _domain(item: Domain, texts: DomainTexts) -> Domain:
    slots = tuple(_with(slot, {"title": texts.slots.get(slot.id)}) for slot in item.slots)
    pages = _with(item.pages, {"facts_title": texts.facts_title})
    told = {"title": texts.title, "subject": texts.subject, "question": texts.question}
    return _with(item, {**told, "slots": slots, "pages": pages})


def _document(item: DocumentSpec, texts: DocumentTexts) -> DocumentSpec:
    return _with(item, {"title": texts.title, "texts": {**item.texts, **texts.texts}})
