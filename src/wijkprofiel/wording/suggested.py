"""Why a theme is proposed, and what is known to help: the sentences."""

from __future__ import annotations

from collections.abc import Sequence

from wijkprofiel.model import Fitting, Profile, Signal, Suggestion
from wijkprofiel.wording.numbers import printed
from wijkprofiel.wording.verdicts import against
from wijkprofiel.wording.words import Names, Words


def reasons(found: Suggestion, profile: Profile, names: Names, words: Words) -> tuple[str, ...]:
    """Return why a theme is proposed, a sentence for each reason."""
    told = [_reason(signal, profile, names, words) for signal in found.signals]
    return (*told, *((words("suggest.gap"),) if found.gap else ()))


def cautions(found: Sequence[Suggestion], names: Names, words: Words) -> tuple[str, ...]:
    """Return what must be told with the proposals, or that there are none."""
    if not found:
        return (words("suggest.none"),)
    signals = [signal for item in found for signal in item.signals]
    told = []
    if any(s.verdict is not None and s.verdict.basis == "band" for s in signals):
        told.append(words("suggest.band"))
    if any(signal.model for signal in signals):
        told.append(words("suggest.model"))
    return (*told, words("suggest.recognition"), words("suggest.choose", this=names.this))


def intervention(found: Fitting, words: Words) -> str:
    """Return an intervention with its erkenningsniveau and the day that it was checked."""
    item = found.intervention
    key = "suggest.used" if found.used else "suggest.fitting"
    return words(
        key,
        name=item.name,
        level=words(f"recognition.{item.level}"),
        whom=item.for_whom,
        date=words.day(item.checked),
    )


def _reason(signal: Signal, profile: Profile, names: Names, words: Words) -> str:
    if signal.verdict is None:
        key = f"suggest.{signal.kind}"
        if signal.number == 1 and words.has(f"{key}_one"):
            key += "_one"
        return words(key, number=signal.number, total=signal.total)
    home = profile.area.gemeente
    place = names.country
    if home is not None and signal.verdict.comparator == home.code:
        place = words("place.gemeente")
    told = against(signal.verdict, place, words)
    if signal.kind == "domain":
        return words("suggest.domain", told=told)
    topic = profile.topics[signal.subject]
    value = printed(topic.figure, topic.indicator, words).text
    return words("suggest.topic", title=topic.indicator.title, value=value, told=told)
