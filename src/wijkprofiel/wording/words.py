"""The words a document is made of, by key, and the names that fill them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wijkprofiel.errors import ConfigError, Problem, did_you_mean
from wijkprofiel.model import Profile
from wijkprofiel.model.foreign import fill, join
from wijkprofiel.wording.rules import Rules


@dataclass(frozen=True, slots=True)
class Words:
    """Texts by dotted key ("status.unknown"), with ``{facts}`` to fill in.

    Attributes:
        texts: key → text.
        where: file they came from, for the error.
        say: the rules for sentences that follow from verdicts.
    """

    texts: Mapping[str, str]
    where: str = ""
    say: Rules = field(default_factory=Rules)

    @classmethod
    def of(cls, data: object, where: str, say: Rules | None = None) -> Words:
        """Return the words of a parsed YAML file: a tree of mappings with texts as leaves.

        Raises:
            ConfigError: every leaf that is not a text, all at once.
        """
        texts: dict[str, str] = {}
        problems: list[Problem] = []
        _flatten(data, "", texts, problems, where)
        if problems:
            raise ConfigError.of(problems)
        return cls(texts, where, say or Rules())

    def __call__(self, key: str, /, **facts: object) -> str:
        """Return the text at ``key`` with its facts filled in.

        Raises:
            ConfigError: there is no such text, or it asks for a fact that is not given.
        """
        text = self.texts.get(key)
        if text is None:
            near = did_you_mean(key, self.texts)
            raise ConfigError(f"{key}: this text is not there{near}", where=self.where)
        if "{" not in text:
            return text
        try:
            return fill(text, facts)
        except (KeyError, ValueError, IndexError) as mistake:
            known = ", ".join(sorted(facts))
            raise ConfigError(
                f"{key}: '{text}' asks for a fact that is not there: {mistake}",
                f"known here: {known}",
                where=self.where,
            ) from None

    def day(self, date: dt.date) -> str:
        """Return a day as it is printed: its number, the month in letters, the year."""
        return self("date", day=date.day, month=self(f"month.{date.month}"), year=date.year)

    def has(self, key: str) -> bool:
        """Return whether there is a text at ``key``."""
        return key in self.texts

    def enumerate(self, items: Sequence[str]) -> str:
        """Return "a, b en c"."""
        if len(items) < 2:
            return items[0] if items else ""
        first = join(self("list.comma"), items[:-1])
        return join(self("list.last"), (first, items[-1]))


@dataclass(frozen=True, slots=True)
class Names:
    """What the places of one profile are called in a sentence.

    Attributes:
        area: the name on the cover; of one that is called as the country is, with its kind.
        short: head of its column ("Wijk").
        the: with its article ("de wijk").
        this: "deze wijk".
        heading: at the start of a heading ("De wijk").
        gemeente: "gemeente Alphen aan den Rijn", "" where there is none to compare with.
        country: "Nederland".
    """

    area: str
    short: str
    the: str
    this: str
    heading: str
    gemeente: str
    country: str


def names_of(profile: Profile, words: Words) -> Names:
    """Return the names that the sentences of ``profile`` use; an unknown kind is a 'gebied'."""
    area = profile.area
    kind = area.kind if words.has(f"kind.{area.kind}.short") else "gebied"
    gemeente = area.gemeente
    return Names(
        area=called(area.name, profile, words),
        short=words(f"kind.{kind}.short"),
        the=words(f"kind.{kind}.the"),
        this=words(f"kind.{kind}.this"),
        heading=words(f"kind.{kind}.heading"),
        gemeente=words("place.gemeente_named", name=gemeente.name) if gemeente else "",
        country=profile.country.name,
    )


def called(name: str, profile: Profile, words: Words) -> str:
    """Return what an area is called where the country is told too: one may bear its name."""
    return words("place.homonym", name=name) if name == profile.country.name else name


def _flatten(
    data: object, path: str, texts: dict[str, str], problems: list[Problem], where: str
) -> None:
    if isinstance(data, Mapping):
        for key, value in data.items():
            _flatten(value, f"{path}.{key}" if path else str(key), texts, problems, where)
    elif isinstance(data, str):
        texts[path] = data
    else:
        message = f"{path or 'the file'}: a text is expected, not {data!r}"
        problems.append(Problem(where, message, "put it between quotes"))
