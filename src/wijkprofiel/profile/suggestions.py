"""Which themes are proposed to come first, by figures and by the wijkdialoog; a rule, no score.

A theme is proposed when at least one of two things holds.

* **Dialogue**: it got more than an equal share of the votes (votes / all votes > 1 / themes); or it
  is a priority that came from a dialogue; or, where nobody voted, at least two notes say what is
  missing or wished for.
* **Figures**: the theme's score is unfavourable, and that verdict does not turn when it is worked
  out in another way (it is not *gevoelig*); or one topic is plainly unfavourable (more than
  "iets"); or two topics are. Per slot one topic speaks, against the gemeente or the country,
  whichever verdict is the stronger. Sensitive topics never speak.

Themes of the dialogue come first (who lives there decides), the one with most votes first; of equal
votes the one that the figures name too, then most notes. Themes of the figures alone come after
them, the strongest single verdict first (a theme of many topics does not win by their number).
Ties keep the framework's order. At most three.
Where no theme fits the rule, none is proposed: that is said too.

A figure says where to ask, not what works. So model figures alone never make "an effect": the
words that go with a proposal say so (:mod:`wijkprofiel.wording.suggested`). Interventions stand
with a theme because the catalogue places them there, the best founded first.

There are no weights between figures and people: nobody could defend them (OECD/JRC Handbook on
Constructing Composite Indicators, step 6, on weights as value judgements).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from wijkprofiel.config import Config
from wijkprofiel.model import (
    AreaProfile,
    CatalogueIntervention,
    DomainScore,
    Fitting,
    Framework,
    Outcome,
    Profile,
    Signal,
    Slot,
    Steadiness,
    Suggestion,
    Verdict,
)
from wijkprofiel.profile import goals, initiatives

MOST = 3
"""Themes that are proposed."""

NOTES = 2
"""Notes that make a theme of the dialogue, where nobody voted."""

PLAIN = 2
"""Strength of a verdict from which one topic is enough: more than "iets"."""

TOPICS = 3
"""Topics that are named as a reason, the strongest verdicts first."""

LEVELS = ("strong", "good", "first", "founded", "described")
"""Erkenningsniveaus, the best founded first."""


def suggest(profile: Profile, framework: Framework, config: Config) -> tuple[Suggestion, ...]:
    """Return the themes that are proposed, at most three, in order; see the module's text.

    Args:
        profile: the area.
        framework: its domains are the themes; one of the project's scored frameworks.
        config: the catalogue of interventions, and which tables hold model figures.
    """
    people = profile.people
    empty = {o.theme for o in initiatives.gaps(initiatives.offers(
        people, framework, config.interventions))}  # fmt: skip
    chosen = {priority.theme for priority in people.priorities}
    found = []
    for score in profile.frameworks[framework.id].domains:
        said, convinced = _dialogue(score.domain.id, people, framework)
        figures, striking = _figures(score, profile, config)
        source = _source(dialogue=convinced, figures=striking)
        if source is None:
            continue
        found.append(
            Suggestion(
                theme=score.domain.id,
                title=score.domain.title,
                source=source,
                chosen=score.domain.id in chosen,
                signals=(*said, *(figures if striking else ())),
                fitting=fitting(score.domain.id, people, config.interventions),
                gap=score.domain.id in empty,
            )
        )
    return tuple(sorted(found, key=_order)[:MOST])


def fitting(
    theme: str, people: AreaProfile, catalogue: Sequence[CatalogueIntervention]
) -> tuple[Fitting, ...]:
    """Return the interventions that the catalogue places with a theme, the best founded first."""
    used = {i.name for i in people.interventions} | {i.name for i in people.initiatives}
    items = [item for item in catalogue if theme in item.themes]
    items.sort(key=lambda item: LEVELS.index(item.level))
    return tuple(Fitting(item, item.name in used) for item in items)


def _source(*, dialogue: bool, figures: bool) -> Literal["figures", "dialogue", "both"] | None:
    if dialogue and figures:
        return "both"
    return "dialogue" if dialogue else "figures" if figures else None


def _dialogue(theme: str, people: AreaProfile, framework: Framework) -> tuple[list[Signal], bool]:
    """Return what the dialogue said about a theme, and whether that proposes it."""
    themes = [domain.id for domain in framework.domains]
    votes = {name: people.dialogue.votes.get(name, 0) for name in themes}
    total, here = sum(votes.values()), votes[theme]
    asked = [n for n in people.dialogue.notes if n.theme == theme and n.kind != "strengths"]
    first = [p for p in people.priorities if p.theme == theme and p.source in {"dialogue", "both"}]
    said = [Signal("votes", number=here, total=total)] if here else []
    said += [Signal("priority")] if first else []
    said += [Signal("notes", number=len(asked))] if asked else []
    enough = here * len(themes) > total if total else len(asked) >= NOTES
    return said, bool(enough or first)


def _figures(score: DomainScore, profile: Profile, config: Config) -> tuple[list[Signal], bool]:
    """Return the unfavourable verdicts of a theme, and whether they propose it."""
    spoken = [_topic(found.slot, profile, config) for found in score.slots]
    topics = sorted((s for s in spoken if s is not None), key=lambda s: -_size(s))
    whole = _worst(score.against_gemeente, score.against_country)
    steady = whole is not None and not (
        whole.robustness is not None and whole.robustness.word is Steadiness.SENSITIVE
    )
    plain = [s for s in topics if s.verdict is not None and s.verdict.strength >= PLAIN]
    model = any(signal.model for signal in topics)
    domain = [Signal("domain", score.domain.id, whole, model)] if steady else []
    return [*domain, *topics[:TOPICS]], bool(domain or plain or len(topics) > 1)


def _topic(slot: Slot, profile: Profile, config: Config) -> Signal | None:
    """Return the indicator of a slot that is most unfavourable, None where none is."""
    found = []
    for item in slot.indicators:
        topic = profile.topics.get(item.id)
        if topic is None or topic.indicator.sensitive or topic.direction == "neutral":
            continue
        verdict = _worst(topic.against_gemeente, topic.against_country)
        if verdict is not None:
            model = goals.is_model(topic, config)
            found.append(Signal("topic", item.id, verdict, model))
    return max(found, key=_size, default=None)


def _worst(*verdicts: Verdict | None) -> Verdict | None:
    """Return the stronger unfavourable verdict, the first of equals; None where there is none."""
    worse = [v for v in verdicts if v is not None and v.outcome is Outcome.UNFAVOURABLE]
    return max(worse, key=lambda v: v.strength, default=None)


def _size(signal: Signal) -> float:
    """Return how far a verdict reaches, rounded so that ties are ties on every machine."""
    verdict = signal.verdict
    if verdict is None:
        return 0.0
    return 100.0 * verdict.strength + abs(round(verdict.z or 0.0, 6))


def _order(found: Suggestion) -> tuple[float, ...]:
    figures_only = float(found.source == "figures")
    votes = sum(s.number for s in found.signals if s.kind == "votes")
    notes = sum(s.number for s in found.signals if s.kind == "notes")
    both = float(found.source == "both")
    return figures_only, -votes, -both, -notes, -max(map(_size, found.signals), default=0.0)
