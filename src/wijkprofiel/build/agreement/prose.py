"""Running text and drawings against the profile: the number beside a title is its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wijkprofiel.build.agreement import look, rows
from wijkprofiel.build.agreement.facts import COUNTRY, GEMEENTE, HERE, NUMBER, PLACES, Subject
from wijkprofiel.build.agreement.look import Look
from wijkprofiel.build.agreement.passages import Passage
from wijkprofiel.build.agreement.sayings import Sayings

_UNIT = re.compile(r"[^\w.,]{0,2}$")
"""What may stand between a large number and its title."""
_AFTER_NUMBER = re.compile(r"^\s?(?:%|[^\W\d]+²?)?")
"""The unit of a number."""
_YEAR = re.compile(r"\d{4}$")
_EURO = "€"


@dataclass(slots=True)
class Reader:
    """Goes through one file, and knows which topic and which domain its text is about.

    Attributes:
        say: how the documents say things.
    """

    say: Sayings
    _part: str = ""
    _topic: Subject | None = None
    _turned: bool = False
    _titled: bool = False
    _domain: Subject | None = None

    def looks(self, passages: Iterable[Passage]) -> Iterator[Look]:
        """Yield every number and word that stands with a topic or a domain."""
        for passage in passages:
            part = " ".join(passage.where.split()[:2])
            if part != self._part:
                self._part, self._topic = part, None
            found = rows.looks(passage, self.say)
            yield from found if found is not None else self._text(passage)

    def _text(self, passage: Passage) -> Iterator[Look]:
        """A sentence about so many people, text with titles, or what goes on about them."""
        where, text = passage.where, passage.text
        counted = list(self.say.counts.looks(text, where))
        if counted:
            yield from counted
            return
        plain = self.say.plain(text)
        for pattern, topic in self.say.by_id:
            told = (look.number(where, topic, HERE, m["value"]) for m in pattern.finditer(plain))
            yield from told
        phrased = list(self._phrases(text, passage))
        titles = list(self.say.titles.finditer(plain))
        if phrased:
            yield from phrased
        elif titles:
            yield from self._under_titles(plain, titles, where)
            self._remember(plain, titles[0], passage)
        elif passage.heading:
            self._topic = None
        else:
            yield from self._carried(text, plain, where)

    # --- text with titles -------------------------------------------------------------------

    def _under_titles(
        self, text: str, titles: Sequence[re.Match[str]], where: str
    ) -> Iterator[Look]:
        """Each title goes with what follows it, up to the next; the first with what is before."""
        ends = [*(title.start() for title in titles[1:]), len(text)]
        before = text[: titles[0].start()].strip()
        for title, end in zip(titles, ends, strict=True):
            after = text[title.end() : end]

            def check(subject: Subject, b: str = before, a: str = after) -> Iterator[Look]:
                yield from _large(subject, b, where)
                yield from self._following(subject, a, where)

            yield from look.best(self.say.subjects[title.group()], check)
            before = ""

    def _following(self, subject: Subject, text: str, where: str) -> Iterator[Look]:
        seen: set[int] = set()
        for start, whose, told in self._placed(subject, text):
            seen.add(start)
            yield look.number(where, subject, whose, told)
        yield from self._claims(subject, text, where)
        yield from self._short(subject, text, where)
        for name in self.say.named.finditer(text):
            seen |= {number.start() for number in NUMBER.finditer(text, *name.span())}
        for number in NUMBER.finditer(text):
            if number.start() not in seen:
                yield look.beside(where, subject, number.group())

    def _placed(self, subject: Subject, text: str) -> Iterator[tuple[int, str, str]]:
        """Yield the numbers of which the text says whose they are, and where they stand."""
        direct = self.say.direct.match(text)
        if direct is not None:
            yield direct.start("number"), HERE, direct["number"]
        for found in self.say.placed.finditer(text):
            whose, number = self.say.places[found["place"]], found["number"]
            stranger = whose not in subject.numbers and whose not in PLACES
            if not stranger and not (_YEAR.match(number) and number in subject.beside):
                yield found.start("number"), whose, number
        for claim in self.say.claimed.finditer(text):
            places = self.say.claims[claim.group()]
            value = self.say.claim_value.match(text, claim.end())
            if value is not None and len(places) == 1:
                yield value.start("number"), next(iter(places)), value["number"]

    def _claims(self, subject: Subject, text: str, where: str) -> Iterator[Look]:
        for claim in self.say.claimed.finditer(text):
            for place, word in self.say.claims[claim.group()].items():
                yield look.verdict(where, subject, place, word)

    def _short(self, subject: Subject, text: str, where: str) -> Iterator[Look]:
        """Verdicts that follow the number of whom they compare with ("gemeente 46%: hoger")."""
        for found in self.say.placed.finditer(text):
            place, rest = self.say.places[found["place"]], text[found.end() :]
            rest = _AFTER_NUMBER.sub("", rest, count=1)
            word = self.say.words.match(rest.removeprefix(self.say.word_after))
            if word is not None and rest.startswith(self.say.word_after):
                yield look.verdict(where, subject, place, word.group())

    def _remember(self, text: str, title: re.Match[str], passage: Passage) -> None:
        """What follows a heading, or a line that is nothing but a title, is about that."""
        found = self.say.subjects[title.group()]
        alone = title.group() == text.strip()
        if alone:
            self._domain = next((s for s in found if s.domain), self._domain)
        if alone or passage.heading:
            self._topic = next((s for s in found if not s.domain), None)
            self._turned, self._titled = False, True

    # --- so many of ten people --------------------------------------------------------------

    def _phrases(self, text: str, passage: Passage) -> Iterator[Look]:
        """Sentences such as "Ongeveer 5 van de 10 volwassenen voelen zich eenzaam."."""
        start = 0
        for phrase in self.say.phrases.finditer(text):
            subject, turned = self.say.phrased[phrase.group()]
            told = list(self.say.frequency.finditer(text, start, phrase.start()))
            for frequency in told:
                yield look.share(passage.where, subject, HERE, frequency, turned=turned)
            if told or passage.heading:
                self._topic, self._turned, self._titled = subject, turned, False
                start = phrase.end()
        if start:
            yield from self._compared(text[start:], passage.where)

    def _compared(self, text: str, where: str) -> Iterator[Look]:
        """Frequencies of gemeente and country, and verdicts, of the topic that came before."""
        topic = self._topic
        if topic is None:
            return
        found = self.say.compared.search(text)
        if found is not None:
            yield from self._others(found.groupdict(), topic, where)
        yield from self._claims(topic, text, where)

    def _others(self, given: dict[str, str | None], topic: Subject, where: str) -> Iterator[Look]:
        of = 0
        for place, text in ((GEMEENTE, given["gemeente"]), (COUNTRY, given["land"])):
            told = text or (given["alone"] if place == COUNTRY else None) or ""
            frequency = self.say.frequency.search(told)
            if frequency is not None:
                of = 10 if frequency["n10"] else 100
                yield look.share(where, topic, place, frequency, turned=self._turned)
            elif of and told.isdigit():
                yield look.counted(where, topic, place, (int(told), of), turned=self._turned)

    # --- text that goes on about what came before -------------------------------------------

    def _carried(self, text: str, plain: str, where: str) -> Iterator[Look]:
        score = self.say.scored.search(text)
        if score is not None and self._domain is not None:
            yield look.number(where, self._domain, HERE, score["score"])
            yield from self._claims(self._domain, text, where)
            return
        yield from self._compared(text, where)
        if self._topic is not None and self._titled:
            yield from self._titled_text(self._topic, plain, where)
            self._titled = False

    def _titled_text(self, topic: Subject, plain: str, where: str) -> Iterator[Look]:
        """Numbers below a title: of the places that it names, else the ends of a trend."""
        placed = [
            (whose, found["number"])
            for found in self.say.placed.finditer(plain)
            if (whose := self.say.places[found["place"]]) in topic.numbers
        ]
        for whose, number in placed:
            yield look.number(where, topic, whose, number)
        numbers = [n.group() for n in NUMBER.finditer(plain) if not _YEAR.match(n.group())]
        if not placed and topic.ends and len(numbers) == len(topic.ends):
            yield look.trend(where, topic, numbers)


def _large(subject: Subject, before: str, where: str) -> Iterator[Look]:
    """A large number, and after it what it is."""
    told = before.removeprefix(_EURO).strip()
    number = NUMBER.match(told)
    if number is not None and _UNIT.match(told[number.end() :]):
        yield look.number(where, subject, HERE, number.group())
