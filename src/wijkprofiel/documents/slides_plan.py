"""The last slides: what there is, what helps, who does what, goals, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from wijkprofiel.documents import colophon, cover, images
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.dialogue import dialogue, own_words
from wijkprofiel.documents.plan_rows import ActionRow, dated, recognition
from wijkprofiel.documents.points import any_figure
from wijkprofiel.documents.slides_cover import LOGOS
from wijkprofiel.documents.slides_layout import GAP, SMALL_GAP, height, total
from wijkprofiel.documents.slides_model import (
    EVEN,
    WIDE,
    Block,
    Bullets,
    Cell,
    Item,
    Picture,
    Slide,
    Table,
    Text,
)
from wijkprofiel.documents.slides_page import frame, slide, split, table
from wijkprofiel.model import CatalogueIntervention, Contact, Domain, Offer
from wijkprofiel.model.foreign import fill
from wijkprofiel.profile import initiatives, suggestions
from wijkprofiel.wording import sentences

THERE = (74.0, 128.0, 104.67)
HELP = (72.0, 64.0, 82.0, 54.0, 34.67)
PLAN = (84.0, 110.0, 66.0, 46.67)
PLAN_UNDATED = (84.0, 134.0, 88.67)
GOALS = (94.0, 44.0, 38.0, 44.0, 86.67)
EMPTY_ROWS, EMPTY_HEIGHT = 4, 18.0
MONITOR = 4
PER_THEME = 3


def there(desk: Desk) -> Iterator[Slide]:
    """Yield what there is already for each theme, and where there is still room."""
    people, offers = desk.profile.people, _offers(desk)
    rows = []
    for offer in offers:
        names = [_initiative(i.name, i.organiser) for i in offer.initiatives]
        known = {i.name for i in offer.initiatives}
        names += [i.name for i in offer.interventions if i.name not in known]
        told = desk.words.enumerate(names) or desk.text("there_none")
        missing = desk.text("there_open" if offer.gap else "there_gap") if offer.theme else ""
        title = offer.title or desk.text("there_other")
        rows.append([Cell(title, bold=True), Cell(told), Cell(missing)])
    head = [desk.text(f"there_head_{name}") for name in ("theme", "is", "missing")]
    whole = table(
        desk, alt=desk.text("there_alt"), head=head, rows=rows, widths=THERE,
        colours=[offer.colour for offer in offers], pt=15, least=15,
    )  # fmt: skip
    foot: list[Block] = []
    for name, given in (("missing", people.told("missing")), ("wishes", people.told("wishes"))):
        if given:
            label = desk.text(f"there_{name}")
            foot.append(Text(f"{label}: {desk.words.enumerate(list(given))}.", "small"))
    own = own_words(desk) if foot or any(not offer.gap for offer in offers) else ""
    yield from _tables(desk, "there", desk.text("there_lead"), whole, foot, note=own)


def _offers(desk: Desk) -> list[Offer]:
    """What there is per theme; approaches that nobody gave a theme stand on the next slide."""
    result = desk.framework(desk.spec.themes)
    if result is None:
        return []
    people = desk.profile.people
    found = initiatives.offers(people, result.framework, desk.config.interventions)
    loose = [replace(offer, interventions=()) for offer in found if not offer.theme]
    return [*(offer for offer in found if offer.theme), *(o for o in loose if not o.gap)]


def helps(desk: Desk) -> Iterator[Slide]:
    """Yield recognised interventions for the themes that come first, or one per theme.

    As many for a theme as make one slide, at most three; only where one for each is too much, the
    table goes on. That a recognition can change stands on every slide of it.
    """
    people = desk.profile.people
    chosen = list(dict.fromkeys(item.theme for item in people.priorities))
    domains = {d.id: d for framework in desk.config.frameworks.values() for d in framework.domains}
    wanted = [domains[theme] for theme in chosen if theme in domains]
    foot: list[Block] = [Text(desk.text("help_note"), "small")]
    own = [item.name for item in people.interventions]
    if own:
        said = desk.text("help_own", names=desk.words.enumerate(own))
        foot.insert(0, Text(said, "small"))
    lead = desk.text("help_lead" if wanted else "help_lead_open")
    shown = wanted or _domains(desk)
    for each in range(PER_THEME if wanted else 1, 0, -1):
        whole = _help_table(shown, each, desk)
        made = list(_tables(desk, "help", lead, whole, foot, every=True))
        if len(made) == 1 or each == 1:
            yield from made
            return


def _help_table(shown: Sequence[Domain], each: int, desk: Desk) -> Table:
    """At most ``each`` interventions of every theme; none twice, unless a theme has no other."""
    rows: list[list[Cell]] = []
    colours: list[str] = []
    told: set[str] = set()
    for domain in shown:
        fitting = _fitting(domain, desk)
        new = [item for item in fitting if item.name not in told] or fitting[:1]
        told |= {item.name for item in new[:each]}
        rows += list(_help_rows(domain, new[:each], desk))
        colours += [domain.colour] * max(len(new[:each]), 1)
    names = ("theme", "name", "whom", "level", "checked")
    return table(
        desk, alt=desk.text("help_alt"), head=[desk.text(f"help_head_{n}") for n in names],
        rows=rows, widths=HELP, colours=colours, pt=14, least=12,
    )  # fmt: skip


def plan(desk: Desk) -> Iterator[Slide]:
    """Yield what was the plan, then the action plan, or empty lines to fill in together.

    An action whose time has passed is asked about and never promised.
    """
    told = dialogue(desk)
    leads = {"past": "plan_past_lead", "plan": "plan_lead_open"}
    if told.actions:
        leads["plan"] = "plan_lead_when" if told.tone == "open" else "plan_lead"
    if told.example:
        leads = dict.fromkeys(leads, "plan_example")
    if told.past:
        whole = _action_table(told.past, desk)
        lead = desk.text(leads["past"])
        yield from _tables(desk, "plan_past", lead, whole, [], note=own_words(desk))
    if told.example and not told.actions:
        leads["plan"] = "plan_lead_open"
    own = own_words(desk) if told.actions else ""
    whole = _action_table(told.actions, desk)
    yield from _tables(desk, "plan", desk.text(leads["plan"]), whole, [], note=own)


def _action_table(rows: Sequence[ActionRow], desk: Desk) -> Table:
    """Actions, or empty lines; a column for when where one of them has a time."""
    timed = dated(rows) or not rows
    names = ("goal", "action", "who", "when")[: 4 if timed else 3]
    cells = [
        [Cell(row.goal, bold=True), Cell(row.action, more=row.level), Cell(row.who),
         Cell(row.when)][: len(names)]
        for row in rows
    ]  # fmt: skip
    return table(
        desk,
        alt=desk.text("plan_alt"),
        head=[desk.text(f"plan_head_{name}") for name in names],
        rows=cells or _empty(len(names)),
        widths=PLAN if timed else PLAN_UNDATED,
        pt=15,
        least=14 if rows else EMPTY_HEIGHT,
    )


def goals(desk: Desk) -> Iterator[Slide]:
    """Yield the yearly goals, and the four questions by which we look back."""
    rows = [
        [Cell(row.title, bold=True), Cell(row.baseline), Cell(row.now), Cell(row.target),
         Cell(row.status, more=row.hint)]
        for row in dialogue(desk).goals
    ]  # fmt: skip
    names = ("title", "baseline", "now", "target", "status")
    whole = table(
        desk,
        alt=desk.text("goals_alt"),
        head=[desk.text(f"goals_head_{name}") for name in names],
        rows=rows or _empty(len(GOALS))[:2],
        widths=GOALS,
        pt=14,
        least=12 if rows else EMPTY_HEIGHT - 3,
    )
    asked = tuple(Item(desk.text(f"monitor_{number}")) for number in range(1, MONITOR + 1))
    foot = [Bullets(desk.text("monitor"), asked, numbered=True, pt=16, line=7.4)]
    own = own_words(desk) if rows else ""
    yield from _tables(desk, "goals", desk.text("goals_lead"), whole, foot, note=own)


def sources(desk: Desk) -> Iterator[Slide]:
    """Yield where the figures come from, what they are not for, and who made this."""
    told = colophon.colophon(desk)
    left = [desk.text("sources_title"), *told.sources, f"{cover.edition(desk)}. {told.codes}."]
    adults = desk.text("sources_adults") if any_figure(desk) else ""
    area = desk.profile.people.areas_note
    care = [colophon.model_note(desk) if any_figure(desk) else "", adults, area,
            sentences.derived_note(desk.profile, desk.words)]  # fmt: skip
    care += sentences.boundary_notes(desk.profile, desk.words)
    care += sentences.correction_notes(desk.profile, desk.words)
    care += [*told.calculation, *colophon.page_notes(desk)]
    partners = desk.text("sources_partners", partners=told.partners) if told.partners else ""
    funding = desk.text("sources_funding", funding=told.funding) if told.funding else ""
    contact, links = _contact(told.contact)
    left += [partners, funding, *images.colophon_lines(desk)]
    left += [f"{desk.text('sources_contact')}: {contact[0]}", *contact[1:]] if contact else []
    told_care = list(dict.fromkeys(note for note in care if note))
    right = [desk.text("sources_care"), *told_care] if told_care else []
    logos = images.strip(images.partners(desk), EVEN, LOGOS, desk)
    foot = [Picture(logos.markup, logos.alt, logos.width, logos.height)] if logos else []
    room = total(foot, EVEN, desk.measure) + GAP if foot else 0.0
    pages = list(_pages([text for text in left if text], right, room, desk))
    for order, (here, there_) in enumerate(pages):
        title = desk.text("sources")
        name = "sources" if not order else f"sources-{order + 1}"
        shown = title if not order else desk.text("continued", title=title)
        yield slide(
            desk,
            name,
            shown,
            "even",
            left=_texts(here, not order, links),
            left_foot=foot if order == len(pages) - 1 else (),
            right=_texts(there_, not order, {}),
            notes=(desk.text("notes_sources"),),
        )


def _contact(contact: Contact) -> tuple[list[str], dict[str, str]]:
    """Who can be asked, line by line; and what the addresses among them link to."""
    address = contact.url.split("://")[-1].rstrip("/")
    links = {contact.email: f"mailto:{contact.email}", address: contact.url}
    lines = [contact.name, contact.phone, contact.email, address]
    return [line for line in lines if line], links


def _texts(lines: Sequence[str], headed: bool, links: Mapping[str, str]) -> tuple[Block, ...]:
    """Small print; the first line of the first page is its heading."""
    return tuple(
        Text(text, "label" if headed and not order else "small", links.get(text, ""))
        for order, text in enumerate(lines)
    )


def _pages(
    left: Sequence[str], right: Sequence[str], foot: float, desk: Desk
) -> Iterator[tuple[list[str], list[str]]]:
    """The two columns of small print, over as many slides as they need, above ``foot`` mm."""
    room = frame(desk, desk.text("sources"), "even").height - 2 - foot
    queue = [list(left), list(right)]
    while any(queue):
        here: list[list[str]] = [[], []]
        for column, waiting in zip(here, queue, strict=True):
            free = room
            while waiting:
                free -= height(Text(waiting[0], "small"), EVEN, desk.measure) + SMALL_GAP
                if free < 0 and column:
                    break
                column.append(waiting.pop(0))
        yield here[0], here[1]


def _tables(  # noqa: PLR0913  # a table on slides has these parts
    desk: Desk,
    name: str,
    lead: str,
    whole: Table,
    foot: Sequence[Block],
    *,
    note: str = "",
    every: bool = False,
) -> Iterator[Slide]:
    """A table over as many slides as it needs.

    What stands at the foot closes the last one, or ``every`` one; the ``note`` is on all.
    """
    title = desk.text(name)
    room = frame(desk, title, "wide", lead, note).height
    below = total(foot, WIDE, desk.measure) + GAP if foot else 0
    pieces = list(split(whole, room - below if every else room))
    if height(pieces[-1], WIDE, desk.measure) + below > room:
        pieces[-1:] = split(pieces[-1], room - below)
    for order, piece in enumerate(pieces):
        last = order == len(pieces) - 1
        yield slide(
            desk,
            name.replace("_", "-") if not order else f"{name}-{order + 1}".replace("_", "-"),
            title if not order else desk.text("continued", title=title),
            lead=lead,
            left=(piece,),
            left_foot=tuple(foot) if last or every else (),
            note=note,
            notes=(desk.text(f"notes_{name}"),),
        )


def _domains(desk: Desk) -> tuple[Domain, ...]:
    result = desk.framework(desk.spec.themes)
    return tuple(score.domain for score in result.domains) if result else ()


def _initiative(name: str, organiser: str) -> str:
    facts = {"name": name, "organiser": organiser}
    return fill("{name} ({organiser})", facts) if organiser else name


def _fitting(domain: Domain, desk: Desk) -> list[CatalogueIntervention]:
    """The interventions that the catalogue places with a theme, the best founded first."""
    found = suggestions.fitting(domain.id, desk.profile.people, desk.config.interventions)
    return [fitting.intervention for fitting in found]


def _help_rows(
    domain: Domain, fitting: Sequence[CatalogueIntervention], desk: Desk
) -> Iterator[list[Cell]]:
    if not fitting:
        none = desk.words("number.missing")
        told = Cell(desk.text("help_none"))
        yield [Cell(domain.title), Cell(none), told, Cell(none), Cell(none)]
    for item in fitting:
        yield [
            Cell(domain.title),
            Cell(item.name, bold=True),
            Cell(item.for_whom),
            Cell(recognition(item.level, desk)),
            Cell(desk.words.day(item.checked)),
        ]


def _empty(columns: int) -> list[list[Cell]]:
    return [[Cell(f"{n}"), *[Cell("")] * (columns - 1)] for n in range(1, EMPTY_ROWS + 1)]
