"""The last slides: what there is, what helps, who does what, yearly goals, where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from wijkprofiel.documents import colophon, cover, images
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.dialogue import dialogue, recognition
from wijkprofiel.documents.points import any_figure
from wijkprofiel.documents.slides_layout import GAP, SMALL_GAP, height, total
from wijkprofiel.documents.slides_model import (
    EVEN,
    WIDE,
    Block,
    Bullets,
    Cell,
    Item,
    Slide,
    Table,
    Text,
)
from wijkprofiel.documents.slides_page import frame, slide, split, table
from wijkprofiel.model import CatalogueIntervention, Contact, Domain
from wijkprofiel.model.foreign import fill
from wijkprofiel.wording import sentences

THERE = (74.0, 128.0, 104.67)
HELP = (72.0, 64.0, 82.0, 54.0, 34.67)
PLAN = (84.0, 110.0, 66.0, 46.67)
GOALS = (94.0, 44.0, 38.0, 44.0, 86.67)
EMPTY_ROWS, EMPTY_HEIGHT = 4, 18.0
MONITOR = 4
PER_THEME = 3


def there(desk: Desk) -> Iterator[Slide]:
    """Yield what there is already for each theme, and where there is still room."""
    people, domains = desk.profile.people, _domains(desk)
    known = {domain.id for domain in domains}
    rows, colours = [], []
    for domain in domains:
        names = [_initiative(i.name, i.organiser) for i in people.initiatives
                 if i.theme == domain.id]  # fmt: skip
        gap = desk.text("there_gap" if names else "there_open")
        told = desk.words.enumerate(names) or desk.text("there_none")
        rows.append([Cell(domain.title, bold=True), Cell(told), Cell(gap)])
        colours.append(domain.colour)
    other = [_initiative(i.name, i.organiser) for i in people.initiatives if i.theme not in known]
    if other:
        told = desk.words.enumerate(other)
        rows.append([Cell(desk.text("there_other"), bold=True), Cell(told), Cell("")])
        colours.append("")
    head = [desk.text(f"there_head_{name}") for name in ("theme", "is", "missing")]
    whole = table(
        desk, alt=desk.text("there_alt"), head=head, rows=rows, widths=THERE, colours=colours,
        pt=15, least=15,
    )  # fmt: skip
    foot: list[Block] = []
    for name, given in (("missing", people.told("missing")), ("wishes", people.told("wishes"))):
        if given:
            label = desk.text(f"there_{name}")
            foot.append(Text(f"{label}: {desk.words.enumerate(list(given))}.", "small"))
    yield from _tables(desk, "there", desk.text("there_lead"), whole, foot)


def helps(desk: Desk) -> Iterator[Slide]:
    """Yield recognised interventions for the themes that come first, or one per theme."""
    people = desk.profile.people
    chosen = list(dict.fromkeys(item.theme for item in people.priorities))
    domains = {d.id: d for framework in desk.config.frameworks.values() for d in framework.domains}
    wanted = [domains[theme] for theme in chosen if theme in domains]
    each = PER_THEME if wanted else 1
    rows: list[list[Cell]] = []
    colours: list[str] = []
    told: set[str] = set()
    for domain in wanted or _domains(desk):
        fitting = _fitting(domain, desk, told)[:each]
        told |= {item.name for item in fitting}
        rows += list(_help_rows(domain, fitting, desk))
        colours += [domain.colour] * max(len(fitting), 1)
    names = ("theme", "name", "whom", "level", "checked")
    whole = table(
        desk, alt=desk.text("help_alt"), head=[desk.text(f"help_head_{n}") for n in names],
        rows=rows, widths=HELP, colours=colours, pt=14, least=12,
    )  # fmt: skip
    foot: list[Block] = [Text(desk.text("help_note"), "small")]
    own = [item.name for item in people.interventions]
    if own:
        said = desk.text("help_own", names=desk.words.enumerate(own))
        foot.insert(0, Text(said, "small"))
    lead = desk.text("help_lead" if wanted else "help_lead_open")
    yield from _tables(desk, "help", lead, whole, foot)


def plan(desk: Desk) -> Iterator[Slide]:
    """Yield the action plan, or empty lines to fill in together."""
    told = dialogue(desk)
    rows = [
        [Cell(row.goal, bold=True), Cell(row.action, more=row.level), Cell(row.who), Cell(row.when)]
        for row in told.actions
    ]
    lead = desk.text("plan_lead" if rows else "plan_lead_open")
    if told.actions and told.example:
        lead = desk.text("plan_example")
    whole = table(
        desk,
        alt=desk.text("plan_alt"),
        head=[desk.text(f"plan_head_{name}") for name in ("goal", "action", "who", "when")],
        rows=rows or _empty(len(PLAN)),
        widths=PLAN,
        pt=15,
        least=14 if rows else EMPTY_HEIGHT,
    )
    yield from _tables(desk, "plan", lead, whole, [])


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
    yield from _tables(desk, "goals", desk.text("goals_lead"), whole, foot)


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
    pages = list(_pages([text for text in left if text], right, desk))
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
    left: Sequence[str], right: Sequence[str], desk: Desk
) -> Iterator[tuple[list[str], list[str]]]:
    """The two columns of small print, over as many slides as they need."""
    room = frame(desk, desk.text("sources"), "even").height - 2
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


def _tables(
    desk: Desk, name: str, lead: str, whole: Table, foot: Sequence[Block]
) -> Iterator[Slide]:
    """A table over as many slides as it needs; what stands at the foot closes the last one."""
    title = desk.text(name)
    room = frame(desk, title, "wide", lead).height
    below = total(foot, WIDE, desk.measure) + GAP if foot else 0
    pieces = list(split(whole, room))
    if height(pieces[-1], WIDE, desk.measure) + below > room:
        pieces[-1:] = split(pieces[-1], room - below)
    for order, piece in enumerate(pieces):
        last = order == len(pieces) - 1
        yield slide(
            desk,
            name if not order else f"{name}-{order + 1}",
            title if not order else desk.text("continued", title=title),
            lead=lead,
            left=(piece,),
            left_foot=tuple(foot) if last else (),
            notes=(desk.text(f"notes_{name}"),),
        )


def _domains(desk: Desk) -> tuple[Domain, ...]:
    result = desk.framework(desk.spec.themes)
    return tuple(score.domain for score in result.domains) if result else ()


def _initiative(name: str, organiser: str) -> str:
    facts = {"name": name, "organiser": organiser}
    return fill("{name} ({organiser})", facts) if organiser else name


def _fitting(domain: Domain, desk: Desk, told: Iterable[str]) -> list[CatalogueIntervention]:
    """The interventions of the catalogue for a theme, those that nobody proposed yet."""
    known = set(told)
    return [
        item
        for item in desk.config.interventions
        if domain.id in item.themes and item.name not in known
    ]


def _help_rows(
    domain: Domain, fitting: Sequence[CatalogueIntervention], desk: Desk
) -> Iterator[list[Cell]]:
    if not fitting:
        none = desk.words("number.missing")
        told = Cell(desk.text("help_none"))
        yield [Cell(domain.title), Cell(none), told, Cell(none), Cell(none)]
    for item in fitting:
        month = desk.words(f"month.{item.checked.month}")
        day = desk.words("date", day=item.checked.day, month=month, year=item.checked.year)
        yield [
            Cell(domain.title),
            Cell(item.name, bold=True),
            Cell(item.for_whom),
            Cell(recognition(item.level, desk)),
            Cell(day),
        ]


def _empty(columns: int) -> list[list[Cell]]:
    return [[Cell(f"{n}"), *[Cell("")] * (columns - 1)] for n in range(1, EMPTY_ROWS + 1)]
