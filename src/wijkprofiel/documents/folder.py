"""The folder for residents: six panels that a template asks for by name.

1 cover · 2 who lives here · 3 what goes well · 4 what could be better · 5 what residents say and
what is going to be done · 6 how to take part.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from wijkprofiel.charts import bars, maps, people, tokens
from wijkprofiel.charts import silhouette as silhouette_chart
from wijkprofiel.charts.bars import Bar
from wijkprofiel.charts.svg import MM_PER_PT
from wijkprofiel.documents import cover as first_page
from wijkprofiel.documents import images
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.folder_topics import Panel, drawn, panel
from wijkprofiel.documents.folder_voices import Join, Voices, join, voices
from wijkprofiel.documents.images import Logo, Photo
from wijkprofiel.documents.marks import picture
from wijkprofiel.model import Figure, HouseStyle, Status, Topic
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.wording import alt, mapped
from wijkprofiel.wording.numbers import frequency_words, printed, shares

TEXT = 75.67
"""Width in mm of the text in a panel."""
NAME_SIZES = (46.0, 40.0, 36.0, 32.0, 28.0, 25.0, 22.0, 19.0)
NAME_ROOM, NAME_LEADING = 46.0, 1.06
"""Height in mm for the name on the cover, and its line height."""
SHAPE = (82.0, 84.0)
CROWD = (128.0, 46.0)
MAP_HEIGHT, MAP_LOW = 58.0, 44.0
"""Height of the map, and where the sentences above it take much room."""
LEAD_PT, LEAD_LINES = 12.5, 3
AGES_PT, AGE_ROW = 9.5, 6.0


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover.

    Attributes:
        size: of the name in pt, measured so that it fits.
        silhouette, crowd: None where a photo stands in their place; no crowd where nobody lives,
            or where the style has a cover of lines.
        photo: of the area, with its credit.
    """

    name: str
    size: float
    place: str
    silhouette: Markup | None
    crowd: Markup | None
    photo: Photo | None


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the inhabitants, in a sentence and as people."""

    text: str
    people: Markup


@dataclass(frozen=True, slots=True)
class Who:
    """Who lives here.

    Attributes:
        lead: how many people and households.
        ages: bars, None where they are not known.
        around: in which wijk the area lies, where the map cannot show its own outline.
    """

    lead: str
    shares: tuple[Share, ...]
    ages: Markup | None
    locator: Markup | None
    around: str


@dataclass(frozen=True, slots=True)
class Folder:
    """The six panels, in the order in which they are read; ``logos`` stand on the back."""

    cover: Cover
    who: Who
    strengths: Panel
    concerns: Panel
    voices: Voices
    join: Join
    logos: tuple[Logo, ...]


def folder(desk: Desk) -> Folder:
    """Return the folder of an area."""
    strengths = panel("strengths", desk)
    return Folder(
        cover=_cover(desk),
        who=_who(desk),
        strengths=strengths,
        concerns=panel("concerns", desk),
        voices=voices(desk, strengths),
        join=join(desk),
        logos=images.fitting(images.senders(desk), TEXT, 1.0, desk),
    )


def _cover(desk: Desk) -> Cover:
    area, photo = desk.profile.area, images.photo(desk)
    plane = tokens.look(desk.style, "cover", "plane") == "plane"
    return Cover(
        name=area.name,
        size=_name_size(area.name, desk),
        place=first_page.gemeenten(area, desk),
        silhouette=None if photo else _silhouette(desk),
        crowd=_crowd(desk) if plane and desk.inhabited and not photo else None,
        photo=photo,
    )


def _name_size(name: str, desk: Desk) -> float:
    """The largest size at which the name fits in its place and breaks no word."""
    for size in NAME_SIZES:
        lines = desk.measure.wrap(name, size, TEXT, weight=800)
        widest = max(desk.measure.text_width(line, size, 800) for line in lines)
        if widest <= TEXT and len(lines) * size * NAME_LEADING * MM_PER_PT <= NAME_ROOM:
            return size
    return NAME_SIZES[-1]


def _silhouette(desk: Desk) -> Markup | None:
    area_map = desk.profile.map
    if area_map is None:
        return None
    shape = silhouette_chart.silhouette(
        area_map,
        style=_on_cover(desk.style),
        title=mapped.silhouette_alt(desk.profile, desk.words),
        width=SHAPE[0],
        height=SHAPE[1],
        measure=desk.measure,
    )
    return picture(shape)


def _on_cover(style: HouseStyle) -> HouseStyle:
    """The style on the cover: with light and dark the other way round, where it says so."""
    if tokens.look(style, "folder_cover", "plain") != "dark":
        return style
    ink, paper = tokens.colour(style, "ink"), tokens.paper(style)
    turned = {"silhouette": paper, "on-silhouette": ink, "cover": ink}
    return style.model_copy(update={"colours": {**style.colours, **turned}})


def _crowd(desk: Desk) -> Markup:
    found = {topic.indicator.title: _age(topic, topic.figure, desk) for topic in _ages(desk)}
    known = {title: share for title, share in found.items() if share is not None}
    title = alt.crowd_alt(known, desk.words)
    size = {"width": CROWD[0], "height": CROWD[1]}
    return picture(people.crowd(list(known.values()), style=desk.style, title=title, **size))


def _who(desk: Desk) -> Who:
    lead, said_shares = _lead(desk)
    lines = len(desk.measure.wrap(lead, LEAD_PT, TEXT))
    roomy = lines <= LEAD_LINES
    around = mapped.around_note(desk.profile, desk.words)
    return Who(
        lead=lead,
        shares=said_shares,
        ages=_age_bars(desk),
        locator=_locator(desk, MAP_HEIGHT if roomy and not around else MAP_LOW),
        around=around,
    )


def _lead(desk: Desk) -> tuple[str, tuple[Share, ...]]:
    """The sentences about how many people live here, and the shares of them."""
    words, area = desk.words, desk.names.area
    if not desk.inhabited:
        return words("folder.who.nobody", area=area), ()
    told, found = [], []
    for topic in map(desk.topic, desk.spec.key_figures):
        if topic is None or topic.figure.status is not Status.OK:
            continue
        key = f"folder.who.{topic.indicator.id}"
        if topic.indicator.unit == "percent":
            frequency = shares([topic.figure])[0]
            text = words(key, area=area, share=frequency_words(frequency, words))
            found.append(Share(text, drawn(frequency, text, desk)))
        else:
            value = printed(topic.figure, topic.indicator, words).text
            told.append(words(key, area=area, value=value))
    if not told:
        told.append(words("folder.who.unknown", area=area))
    return " ".join(told), tuple(found)


def _ages(desk: Desk) -> list[Topic]:
    """The age groups, youngest first; none unless all are known."""
    topics = [topic for topic in map(desk.topic, desk.spec.ages) if topic is not None]
    known = all(_age(topic, topic.figure, desk) is not None for topic in topics)
    return topics if known and len(topics) == len(desk.spec.ages) else []


def _age(topic: Topic, figure: Figure, desk: Desk) -> float | None:
    """The share of an age group, of all people: the same figure as elsewhere in the documents."""
    whole = desk.topic(desk.spec.key_figures[0]) if desk.spec.key_figures else None
    if whole is None:
        return None
    total = whole.country if figure is topic.country else whole.figure
    if figure.value is None or not total.value:
        return None
    return 100 * figure.value / total.value


def _age_bars(desk: Desk) -> Markup | None:
    rows = [
        Bar(
            topic.indicator.title,
            _age(topic, topic.figure, desk),
            _age(topic, topic.country, desk),
        )
        for topic in _ages(desk)
    ]
    if not rows:
        return None
    chart = bars.bars(
        rows,
        style=desk.style,
        title=_ages_alt(rows, desk),
        width=TEXT,
        row_height=AGE_ROW,
        pt=AGES_PT,
        words=desk.chart_words,
    )
    return picture(chart)


def _ages_alt(rows: list[Bar], desk: Desk) -> str:
    words, percent = desk.words, desk.words("number.percent")
    told = []
    for row in rows:
        value, other = (
            "" if share is None else f"{half_up(share, 0):.0f}{percent}"
            for share in (row.value, row.country)
        )
        key = "folder.alt.age_country" if other else "folder.alt.age"
        told.append(
            words(key, title=row.name, value=value, other=other, country=desk.names.country)
        )
    return words("folder.alt.ages", shares="; ".join(told) + ".")


def _locator(desk: Desk, height: float) -> Markup | None:
    area_map = desk.profile.map
    if area_map is None:
        return None
    chart = maps.locator(
        area_map,
        style=desk.style,
        title=mapped.locator_alt(area_map, desk.profile, desk.words),
        width=TEXT,
        height=height,
        name=desk.names.area,
        measure=desk.measure,
        words=desk.chart_words,
    )
    return picture(chart)
