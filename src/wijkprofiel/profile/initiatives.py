"""What there is already per theme, and the themes for which there is nothing yet."""

from __future__ import annotations

from collections.abc import Sequence

from wijkprofiel.model import AreaProfile, CatalogueIntervention, Framework, Offer


def offers(
    people: AreaProfile, framework: Framework, catalogue: Sequence[CatalogueIntervention]
) -> tuple[Offer, ...]:
    """Return what there is per theme: priority themes first, then in the framework's order.

    An intervention that the area uses stands with the themes that the catalogue gives it, because
    a profile names no theme for it. What belongs to no theme of the framework stands last, under
    the theme "".

    Args:
        people: what the area's people added.
        framework: its domains are the themes.
        catalogue: recognised interventions.
    """
    themes = {domain.id for domain in framework.domains}
    first = list(dict.fromkeys(p.theme for p in people.priorities if p.theme in themes))
    placed = {item.name: set(item.themes) & themes for item in catalogue}
    found = [
        Offer(
            theme=domain.id,
            title=domain.title,
            colour=domain.colour,
            priority=domain.id in first,
            initiatives=tuple(i for i in people.initiatives if i.theme == domain.id),
            interventions=tuple(
                i for i in people.interventions if domain.id in placed.get(i.name, ())
            ),
        )
        for domain in framework.domains
    ]
    found.sort(key=lambda offer: first.index(offer.theme) if offer.priority else len(first))
    loose = Offer(
        theme="",
        title="",
        colour="",
        priority=False,
        initiatives=tuple(i for i in people.initiatives if i.theme not in themes),
        interventions=tuple(i for i in people.interventions if not placed.get(i.name)),
    )
    return (*found, *(() if loose.gap else (loose,)))


def gaps(found: Sequence[Offer]) -> tuple[Offer, ...]:
    """Return the themes for which there is nothing yet, priority themes first."""
    return tuple(offer for offer in found if offer.theme and offer.gap)
