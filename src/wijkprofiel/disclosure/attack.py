"""The attack on what is published: every withheld cell that can still be worked out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from wijkprofiel.disclosure.bounds import Attacker, too_narrow
from wijkprofiel.disclosure.cells import TINY, Key, System


@dataclass(frozen=True, slots=True)
class Recovered:
    """A cell that was to stay unknown, and what an attacker knows of it. Not to be printed.

    Attributes:
        low, high: ends of the interval, in people.
        equations: relations it was worked out with.
    """

    key: Key
    low: float
    high: float
    equations: tuple[str, ...]


def attack(
    system: System,
    published: Collection[Key],
    slack: Mapping[Key, float] | None = None,
    excused: Collection[Key] = (),
) -> tuple[Recovered, ...]:
    """Return the cells that are recovered more narrowly than their protection allows.

    The interval is never asked to be wider than it is when nothing at all is published.

    Args:
        system: all cells, with what the relations between them are.
        published: the cells whose figures an attacker can read; what was published before is
            known too.
        slack: in people, of a published figure that is rounded.
        excused: cells that were given away by an earlier publication.
    """
    found: list[Recovered] = []
    for part in system.components():
        numbers = part.numbers
        read = {number for key, number in numbers.items() if key in published}
        read |= {number for number, cell in enumerate(part.cells) if cell.known}
        loose = {numbers[key]: s for key, s in (slack or {}).items() if numbers.get(key) in read}
        attacker = Attacker(part)
        attacker.hide(set(range(len(part.cells))) - read, loose)
        narrow = {}
        for number, cell in enumerate(part.cells):
            if cell.protection > 0 and cell.key not in excused:
                now = attacker.interval(number)
                if too_narrow(now.width, cell.protection):
                    narrow[number] = now
        attacker.hide(range(len(part.cells)))
        for number, now in narrow.items():
            cell = part.cells[number]
            wanted = min(cell.protection, attacker.interval(number).width)
            if wanted > TINY and too_narrow(now.width, wanted):
                names = tuple(part.relations[i].name for i in now.used)
                found.append(Recovered(cell.key, now.low, now.high, names))
    return tuple(found)
