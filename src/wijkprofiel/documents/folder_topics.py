"""What the folder says about a topic: so many of ten people, two comparisons and their words.

The same rounding as everywhere (:func:`~wijkprofiel.wording.numbers.frequencies`), so that a
figure is the same in the folder and in the factsheet. What goes well is told of those for whom it
does, and what could be better of those for whom it could: few people who miss something are many
who do not miss it, and 78 of 100 who feel healthy leave 22 who do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor

from markupsafe import Markup

from wijkprofiel.charts import people
from wijkprofiel.documents.colophon import caution
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.marks import Mark, css_of, picture
from wijkprofiel.documents.points import any_figure, points
from wijkprofiel.model import Direction, Figure, Outcome, Status, Topic, Verdict
from wijkprofiel.wording import alt
from wijkprofiel.wording.numbers import Frequency, frequency_words, printed, shares
from wijkprofiel.wording.verdicts import against, is_known

KINDS = {"strengths": ("proud", "already"), "concerns": ("missing", "wishes")}
"""Per panel, what people say themselves."""
TURNED: dict[str, Direction] = {"strengths": "worse", "concerns": "better"}
"""Per panel, which topics are told the other way round."""
MOST = 3
"""Topics in a panel."""
TEXT = 73.67
"""Width in mm of the text in a panel."""
PEOPLE_WIDTH, PEOPLE_SMALL = 66.0, (66.0, 66.0, 46.0, 30.0)
"""Width in mm of ten people or a hundred dots, and below a sentence of so many lines."""
SENTENCE_PT = 12.0
PLACE, QUESTION, LINE, WRITING = 51.5, 23.0, 9.0, (2, 3, 5)
"""Height in mm of one place, of the question in an open one and of a line to write on there; and
the number of lines, by the number of open places."""
EXTRA_PT, EXTRA_LINE, EXTRA_HEAD = 10.5, 5.0, 9.0
"""Text in an open place, in pt and mm."""


@dataclass(frozen=True, slots=True)
class Told:
    """One topic in a panel.

    Attributes:
        title: of the topic, for messages.
        before, count, after: the sentence, cut around its number so that a style can set that
            large; ``count`` is "" where the sentence has no number.
        people: the drawn people, None where the figure is no share.
        compared: the same figure of gemeente and country.
        marks: a verdict per comparator.
        colour: role of the colour of its theme.
    """

    title: str
    before: str
    count: str
    after: str
    people: Markup | None
    compared: str
    marks: tuple[Mark, ...]
    colour: str

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return self.before + self.count + self.after


@dataclass(frozen=True, slots=True)
class Extra:
    """What people say themselves, under a heading: the name of a fixed text; ``height`` in mm."""

    title: str
    items: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Panel:
    """What goes well, or what could be better.

    Attributes:
        line: which case of the method it is, in a sentence.
        topics: at most three.
        open: places left, where the reader is asked; 0 to 3.
        lines: to write on, there.
        extras: what people say themselves, in the places that are left.
        note: what must stand with verdicts, "" where there are none.
    """

    line: str
    topics: tuple[Told, ...]
    open: int
    lines: int
    extras: tuple[Extra, ...]
    note: str

    def tells(self, title: str) -> bool:
        """Return whether it has what people say under this heading."""
        return any(extra.title == title for extra in self.extras)


def panel(kind: str, desk: Desk) -> Panel:
    """Return the panel of one kind: "strengths" or "concerns".

    Sensitive topics never reach residents, whatever was chosen before.
    """
    found = desk.profile.highlights
    ids = {"strengths": found.strengths, "concerns": found.concerns}[kind]
    topics = [desk.profile.topics[name] for name in ids]
    fit = [topic for topic in topics if topic.indicator.sensitive is None][:MOST]
    told = tuple(tell(topic, desk, turned=topic.direction == TURNED[kind]) for topic in fit)
    note = desk.words("note.similar")
    if kind == "concerns":
        careful = [t for t in fit if (t.against_gemeente or t.against_country).basis == "band"]
        note = caution(desk) or (desk.words("folder.note.band") if careful else "")
    left = MOST - len(told)
    room = PLACE * left - QUESTION
    extras = extras_in(KINDS[kind], room - LINE, desk) if left else ()
    room -= sum(extra.height for extra in extras)
    return Panel(
        line=points(kind, desk).line,
        topics=told,
        open=left,
        lines=min(WRITING[left - 1], floor(room / LINE)) if left else 0,
        extras=extras,
        note=note if any_figure(desk) else "",
    )


def tell(topic: Topic, desk: Desk, *, turned: bool) -> Told:
    """Return what is said about a topic.

    Args:
        topic: with a figure.
        desk: the desk.
        turned: told the other way round where that can be said ("roken niet").
    """
    turned = turned and topic.indicator.phrase_not is not None
    colour = _colour(topic, desk)
    marks = _marks(topic, desk)
    phrase = topic.indicator.phrase_not if turned else topic.indicator.phrase
    if topic.indicator.unit != "percent" or phrase is None:
        return _plain(topic, colour, marks, desk)
    here, *others = shares([topic.figure, *_comparators(topic)], turned=turned)
    sentence = _sentence(here, phrase, topic, desk)
    lines = desk.measure.wrap(sentence, SENTENCE_PT, TEXT, weight=700)
    width = PEOPLE_SMALL[min(len(lines), len(PEOPLE_SMALL)) - 1]
    needle = str(here.count) if here.of == 10 or 1 <= here.count < 100 else ""
    before, count, after = sentence.partition(needle) if needle else (sentence, "", "")
    return Told(
        title=topic.indicator.title,
        before=before,
        count=count,
        after=after,
        people=drawn(here, sentence, desk, colour, width),
        compared=_compared(others, topic, desk),
        marks=marks,
        colour=colour,
    )


def drawn(
    frequency: Frequency,
    sentence: str,
    desk: Desk,
    colour: str = "",
    width: float = PEOPLE_WIDTH,
) -> Markup:
    """Return the people of a share; without a theme in the colour of text."""
    chart = people.people(
        100 * frequency.count / frequency.of,
        style=desk.style,
        theme=colour,
        title=alt.people_alt(frequency, sentence, desk.words),
        width=width,
        mode="ten" if frequency.of == 10 else "hundred",
    )
    return picture(chart)


def _plain(topic: Topic, colour: str, marks: tuple[Mark, ...], desk: Desk) -> Told:
    """A topic that is no share of people: its title and its number."""
    words, indicator = desk.words, topic.indicator
    value = printed(topic.figure, indicator, words).text
    sentence = words("folder.share.plain", title=indicator.title, value=value)
    compared = ""
    if topic.country.status is Status.OK:
        other = printed(topic.country, indicator, words).text
        compared = words("folder.compared.plain", country=desk.names.country, value=other)
    return Told(indicator.title, sentence, "", "", None, compared, marks, colour)


def _sentence(here: Frequency, phrase: str, topic: Topic, desk: Desk) -> str:
    people_ = topic.indicator.population.split(" (")[0]
    if here.of == 10:
        key = "tenth"
    elif here.value in (0, 100):
        key = "none" if here.value == 0 else "all"
    else:
        key = {0: "almost_none", 100: "almost_all"}.get(here.count, "hundred")
    return desk.words(f"folder.share.{key}", count=here.count, people=people_, phrase=phrase)


def _comparators(topic: Topic) -> list[Figure]:
    both = (topic.gemeente, topic.country)
    return [f for f in both if f is not None and f.status is Status.OK and f.value is not None]


def _compared(others: Sequence[Frequency], topic: Topic, desk: Desk) -> str:
    told = [
        frequency_words(frequency, desk.words, of=order == 0)
        for order, frequency in enumerate(others)
    ]
    country = desk.names.country
    known = _comparators(topic)
    if len(known) == 2:
        return desk.words("folder.compared.two", gemeente=told[0], land=told[1], country=country)
    if known and known[0] is topic.country:
        return desk.words("folder.compared.one", land=told[0], country=country)
    return ""


def _marks(topic: Topic, desk: Desk) -> tuple[Mark, ...]:
    gemeente = desk.words("place.gemeente")
    pairs = [(topic.against_gemeente, gemeente), (topic.against_country, desk.names.country)]
    return tuple(
        _mark(verdict, place, desk) for verdict, place in pairs if verdict and is_known(verdict)
    )


def extras_in(titles: Iterable[str], room: float, desk: Desk) -> tuple[Extra, ...]:
    """Return what the people of the area say under these headings, as much as fits.

    Args:
        titles: of "proud", "already", "missing" and "wishes".
        room: in mm.
        desk: the desk.
    """
    people_ = desk.profile.people
    already = tuple(item.name for item in people_.initiatives)
    own = {"proud": people_.told("strengths"), "already": already,
           "missing": people_.told("missing"), "wishes": people_.told("wishes")}  # fmt: skip
    found = []
    for title in titles:
        names = _fitting(own[title], room - EXTRA_HEAD, desk)
        if names:
            height = EXTRA_HEAD + sum(_height(name, desk) for name in names)
            found.append(Extra(title, names, height))
            room -= height
    return tuple(found)


def _fitting(items: Iterable[str], room: float, desk: Desk) -> tuple[str, ...]:
    """Return as many items of a list, from the first on, as fit in ``room`` mm."""
    names = []
    for item in items:
        room -= _height(item, desk)
        if room < 0:
            break
        names.append(item)
    return tuple(names)


def _height(item: str, desk: Desk) -> float:
    return EXTRA_LINE * len(desk.measure.wrap(item, EXTRA_PT, TEXT - 4))


def _mark(verdict: Verdict, place: str, desk: Desk) -> Mark:
    if verdict.outcome is Outcome.UNCERTAIN:
        return Mark(css_of(verdict), desk.words("folder.verdict.uncertain", place=place))
    told = against(verdict, place, desk.words)
    basis = verdict.basis or "band"
    return Mark(css_of(verdict), desk.words(f"folder.verdict.{basis}", verdict=told))


def _colour(topic: Topic, desk: Desk) -> str:
    """Return the colour of the theme that the topic counts for, or that shows it."""
    result = desk.framework(desk.spec.themes)
    domains = [score.domain for score in result.domains] if result else []
    name = topic.indicator.id
    for domain in domains:
        if any(name == part.id for slot in domain.slots for part in slot.indicators):
            return domain.colour
    return next((d.colour for d in domains if name in d.pages.rows), "")
