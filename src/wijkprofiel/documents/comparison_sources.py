"""Where a comparison comes from: sources, notes per area, definitions, colofon."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wijkprofiel.documents import colophon, images, terms
from wijkprofiel.documents.colophon import Colophon
from wijkprofiel.documents.comparison_desk import SetDesk
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.terms import Term
from wijkprofiel.model import Comparisons, Contact, OwnArea, Profile
from wijkprofiel.profile.pairs import overlap
from wijkprofiel.wording import mapped, sentences, tested


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader must know about one area."""

    area: str
    text: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The last pages.

    Attributes:
        tables: one line per table.
        model: the statement that goes with model figures, "" where there are none.
        general: notes about verdicts, differences, scores and rounding.
        notes: per area, in the order of the pages.
        checks: area and its hash, for whoever wants to look it up.
    """

    tables: tuple[str, ...]
    model: str
    general: tuple[str, ...]
    notes: tuple[Note, ...]
    terms: tuple[Term, ...]
    checks: tuple[Note, ...]
    partners: str
    contact: Contact
    lines: tuple[str, ...]

    @property
    def contact_lines(self) -> tuple[str, ...]:
        """Name and telephone number, those that are given."""
        return tuple(line for line in (self.contact.name, self.contact.phone) if line)


def sources(desk: SetDesk) -> Sources:
    """Return sources, notes and colofon of all areas together, each line once."""
    made = [colophon.colophon(one) for one in desk.desks]
    partners = {partner.name: None for p in desk.comparison.profiles for partner in p.partners}
    return Sources(
        tables=_once(line for one in made for line in one.sources),
        model=next(filter(None, (colophon.model_note(one) for one in desk.desks)), ""),
        general=tuple(_general(desk)),
        notes=tuple(_notes(desk)),
        terms=_terms(desk),
        checks=tuple(
            Note(label, _check(one)) for label, one in zip(desk.labels, made, strict=True)
        ),
        partners=desk.words.enumerate(list(partners)),
        contact=_contact(desk),
        lines=images.colophon_lines(desk.desks[0]),
    )


def footer(desk: SetDesk) -> str:
    """Return who published what is shown, and of which period."""
    return next(filter(None, (colophon.footer(one) for one in desk.desks)), "")


def page_notes(desk: SetDesk) -> tuple[str, ...]:
    """Return what must stand at the foot of every page with verdicts."""
    notes = (colophon.page_notes(one) for one in desk.desks)
    return next((told for told in notes if told), ())


def _once(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))


def _check(made: Colophon) -> str:
    return f"{made.codes} · {made.check}"


def _contact(desk: SetDesk) -> Contact:
    """The contact that all areas share, else the project's or the house style's."""
    given = {profile.contact for profile in desk.comparison.profiles}
    if len(given) == 1:
        return given.pop()
    project = desk.config.project.contact
    return project if project.given else desk.style.contact


def _general(desk: SetDesk) -> Iterator[str]:
    first = next((one for one in desk.desks if one.inhabited), desk.desks[0])
    yield tested.margins_note(first.profile, desk.words)
    yield _chance(desk)
    framework = desk.framework(desk.spec.themes)
    yield desk.text("rule_apart")
    yield desk.text("rule_alone")
    if any(overlap(a, b) for a, b in _pairs(desk)):
        yield desk.text("rule_overlap")
    yield desk.framework(desk.spec.web).note
    if framework.note != desk.framework(desk.spec.web).note:
        yield framework.note
    yield desk.words("note.rounding")


def _pairs(desk: SetDesk) -> Iterator[tuple[OwnArea, OwnArea]]:
    areas = [profile.area for profile in desk.comparison.profiles]
    yield from ((a, b) for i, a in enumerate(areas) for b in areas[i + 1 :])


def _chance(desk: SetDesk) -> str:
    """How many differences chance alone would give, over all areas together."""
    profiles = desk.comparison.profiles
    made = [profile.tests for profile in profiles if profile.tests is not None]
    if not made:
        return ""
    total = Comparisons(
        tested=sum(t.tested for t in made),
        by_chance=sum(t.by_chance for t in made),
        different=sum(t.different for t in made),
        withdrawn=sum(t.withdrawn for t in made),
        rate=made[0].rate,
    )
    return tested.chance_note(dataclasses.replace(profiles[0], tests=total), desk.words)


def _notes(desk: SetDesk) -> Iterator[Note]:
    for label, one, profile in zip(desk.labels, desk.desks, desk.comparison.profiles, strict=True):
        text = " ".join(note for note in _area_notes(one, profile) if note)
        if text:
            yield Note(label, text)


def _area_notes(one: Desk, profile: Profile) -> Iterator[str]:
    words = one.words
    yield tested.few_note(profile, one.spec.few_people, words)
    yield sentences.derived_note(profile, words)
    yield from sentences.boundary_notes(profile, words)
    yield from sentences.correction_notes(profile, words)
    around = mapped.around_note(profile, words)
    if around:
        yield around
    yield profile.people.areas_note


def _terms(desk: SetDesk) -> tuple[Term, ...]:
    """Definitions of every topic on the pages, in the order of the pages."""
    framework = desk.framework(desk.spec.themes)
    ids = [*desk.spec.key_figures]
    ids += [i.id for d in framework.domains for slot in d.slots for i in slot.indicators]
    found = (desk.topics(name) for name in dict.fromkeys(ids))
    return tuple(
        terms.term(topics[0])
        for topics in found
        if topics
        and topics[0].indicator.sensitive is None
        and any(t.figure.value is not None or t.country.value is not None for t in topics)
    )
