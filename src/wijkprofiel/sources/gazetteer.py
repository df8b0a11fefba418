"""The areas of one division by code and by name: from what a table writes to a CBS code."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from wijkprofiel.model.computed import Level
from wijkprofiel.sources.names import level_of, parent_of, plain_name

if TYPE_CHECKING:
    import pandas as pd

_WIDTHS = {Level.GEMEENTE: ("GM", 4), Level.WIJK: ("WK", 6), Level.BUURT: ("BU", 8)}
_NUMBERED = re.compile(r"^(?:(?:wijk|buurt)\s*)?\d{1,4}\s*[-–:.]?\s+(?=[^\W\d])", re.IGNORECASE)
_LEVEL = re.compile(
    r"^(land|nederland|gemeente|wijk|buurt)(?:en|n|s)?[\s_]*(?:\d{4})?$", re.IGNORECASE
)
_TOTAL = re.compile(
    r"^(?:(?:eind|sub|rij)?tota(?:al|len)|total|som|gemiddelde?|overige?n?|rest)\b", re.IGNORECASE
)
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A code, or why there is none."""

    code: str = ""
    wrong: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Gazetteer:
    """Areas that exist.

    Attributes:
        names: code → name; empty: any code is taken, and no name is known.
        within: gemeenten whose names count, the others only by code; empty: all.
    """

    names: Mapping[str, str]
    within: frozenset[str] = frozenset()
    _by_name: dict[tuple[Level, str], list[str]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Sort the names under what people may write of them."""
        shelf: dict[tuple[Level, str], list[str]] = defaultdict(list)
        for code, name in self.names.items():
            level = level_of(code)
            own = not self.within or self._gemeente(code) in {*self.within, ""}
            if level is not None and own:
                for key in {plain(name), plain(unnumbered(name))} - {""}:
                    shelf[level, key].append(code)
        self._by_name.update(shelf)

    @classmethod
    def of(cls, areas: pd.DataFrame, year: int | None, within: Iterable[str] = ()) -> Gazetteer:
        """Return the areas of one division, or all when the table does not hold that one.

        Args:
            areas: AreaTable.
            year: boundary year of the division.
            within: gemeenten whose names count.
        """
        rows = areas[areas["boundary_year"] == year]
        rows = rows if len(rows) else areas.drop_duplicates("code", keep="last")
        names = dict(zip(rows["code"].astype(str), rows["name"].astype(str), strict=True))
        return cls(names, frozenset(within))

    def find(self, text: str, level: Level | None, gemeente: str = "") -> Hit:
        """Return the area that a cell names.

        Args:
            text: a CBS code, a code without its letters (leading zeros may be lost), or a name.
            level: of a name, or of a code without letters; None: a wijk, but a name that a
                gemeente has too is refused, as it may be a totals row.
            gemeente: name or code of the gemeente that the row names, if it does.
        """
        word = text.strip()
        if not word:
            return Hit(wrong="no area stands here", hint="is this a totals row or a note?")
        around = ""
        if gemeente:
            found = self.find(gemeente, Level.GEMEENTE)
            if found.wrong:
                return Hit(wrong=f"gemeente: {found.wrong}", hint=found.hint)
            around = found.code
        hit = self._coded(word, level or Level.WIJK)
        if hit is None:
            hit = self._named(word, level or Level.WIJK, around)
            if level is None and hit.code and not around:
                hit = self._no_gemeente(word, hit)
        if hit.code and around and self._gemeente(hit.code) not in {around, ""}:
            return Hit(wrong=f"'{word}' does not lie in {gemeente}")
        return hit

    def _coded(self, word: str, level: Level) -> Hit | None:
        code = word.upper().replace(" ", "")
        if code.isdigit() and level in _WIDTHS:
            letters, width = _WIDTHS[level]
            code = f"{letters}{code.zfill(width)}"
        if level_of(code) is None:
            return None
        if not self.names or code in self.names:
            return Hit(code)
        near = get_close_matches(code, self.names, n=_SHOWN, cutoff=0.8)
        return Hit(wrong=f"'{word}' is no area of this division{self._guess(near)}")

    def _named(self, word: str, level: Level, around: str) -> Hit:
        if level is Level.LAND:
            lands = [code for code in self.names if level_of(code) is Level.LAND]
            if len(lands) == 1 and plain(word) in {"nederland", "land"}:
                return Hit(lands[0])
        keys = [plain(word), plain(unnumbered(word))]
        hits = next((h for key in keys if (h := self._within(level, key, around))), [])
        if len(hits) == 1:
            return Hit(hits[0])
        if hits:
            told = "; ".join(self._told(code) for code in sorted(hits)[:_SHOWN])
            hint = "write the code, or name the column with the gemeente ('gemeente')"
            return Hit(wrong=f"'{word}' is the name of {len(hits)} areas: {told}", hint=hint)
        return self._unknown(word, level, around)

    def _no_gemeente(self, word: str, hit: Hit) -> Hit:
        same = self._by_name.get((Level.GEMEENTE, plain(unnumbered(word))))
        if not same:
            return hit
        both = " or ".join(self._told(code) for code in (hit.code, *same))
        return Hit(wrong=f"'{word}' can be {both}", hint="say which: 'level', or write the code")

    def _within(self, level: Level, key: str, around: str) -> list[str]:
        hits = self._by_name.get((level, key), [])
        return [code for code in hits if not around or self._gemeente(code) == around]

    def _unknown(self, word: str, level: Level, around: str) -> Hit:
        if _TOTAL.match(word):
            hint = "write which area it is ('areas'), or that it is not read ('leave_out')"
            return Hit(wrong=f"'{word}' looks like a totals row", hint=hint)
        key = plain(unnumbered(word))
        for other in Level:
            if other is not level and (hits := self._within(other, key, around)):
                told = "; ".join(self._told(code) for code in sorted(hits)[:_SHOWN])
                hint = f"the table is read as one of {level.value}en: see 'level'"
                return Hit(wrong=f"'{word}' is no {level.value}, but {told}", hint=hint)
        known = [name for kind, name in self._by_name if kind is level]
        known = [name for name in known if self._within(level, name, around)]
        near = [name for name in known if len(key) > 3 and key in name]
        near += [n for n in get_close_matches(key, known, n=_SHOWN, cutoff=0.6) if n not in near]
        codes = [code for name in near for code in self._within(level, name, around)]
        return Hit(wrong=f"'{word}' is no area of this division{self._guess(codes)}")

    def _guess(self, codes: Collection[str]) -> str:
        told = list(dict.fromkeys(self._told(code) for code in codes))[:_SHOWN]
        return f" (did you mean {' or '.join(told)}?)" if told else ""

    def _told(self, code: str) -> str:
        place = self.names.get(self._gemeente(code), "")
        inside = f" in {place}" if place and level_of(code) is not Level.GEMEENTE else ""
        return f"{code} {self.names.get(code, '')}".strip() + inside

    @staticmethod
    def _gemeente(code: str) -> str:
        """Return the gemeente of a code, "" for the country."""
        while level_of(code) in {Level.BUURT, Level.WIJK}:
            code = parent_of(code)
        return code if level_of(code) is Level.GEMEENTE else ""


def level_named(text: str) -> Level | None:
    """Return the level that a word names, as Swing and CBS write it.

    >>> level_named("wijken"), level_named("wijk2024"), level_named("Gemeente"), level_named("ggd")
    (<Level.WIJK: 'wijk'>, <Level.WIJK: 'wijk'>, <Level.GEMEENTE: 'gemeente'>, None)
    """
    found = _LEVEL.match(text.strip())
    word = found.group(1).lower() if found else ""
    return Level("land" if word == "nederland" else word) if word else None


def unnumbered(name: str) -> str:
    """Return a name without the number before it.

    >>> unnumbered("Wijk 02 Noord"), unnumbered("02 Noord"), unnumbered("Wijk 2: Noord")
    ('Noord', 'Noord', 'Noord')
    """
    return plain_name(_NUMBERED.sub("", name.strip()))


def plain(name: str) -> str:
    """Return a name without capitals, accents and signs.

    >>> plain("'s-Gravenzande (Noord)"), plain("Curaçaobuurt")
    ('s gravenzande noord', 'curacaobuurt')
    """
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", bare.replace("'", "")).strip()
