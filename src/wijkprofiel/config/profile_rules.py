"""What an area profile must have, beyond the type of each key. It breaks only that profile."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wijkprofiel.config.files import Shelves
from wijkprofiel.config.located import ConfigFile
from wijkprofiel.config.mistakes import Complaint, complaint
from wijkprofiel.errors import did_you_mean

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""A file-safe name; it cannot leave a folder."""

_DIGITS = {"NL": 2, "GM": 4, "WK": 6, "BU": 8}


def profile_complaints(file: ConfigFile) -> Iterator[Complaint]:
    """Yield every broken rule of one profile."""
    yield from name_complaints(file, "profile")
    yield from _codes(file)
    yield from _addresses(file, ("contact",))
    for goal_key, goal in file.each("goals.*"):
        measured = isinstance(goal, dict) and (goal.get("indicator") or goal.get("measure"))
        if not measured:
            hint = "name the 'indicator', or say in 'measure' what is counted"
            yield complaint(file, goal_key, "nothing says how this goal is measured", hint)


def vote_complaints(shelves: Shelves) -> Iterator[Complaint]:
    """Yield votes for what is no theme: a key, where other names of themes are values."""
    known = sorted(shelves.ids("theme"))
    for file in shelves.of("profiles"):
        for key, _ in file.each("dialogue.votes.*"):
            if key[-1] not in known:
                near = did_you_mean(str(key[-1]), known)
                hint = "use the id of a domain"
                yield complaint(file, key, f"this is not a theme of a framework{near}", hint)


def name_complaints(file: ConfigFile, what: str) -> Iterator[Complaint]:
    """Yield that the name of a file cannot be the name of a folder."""
    if not SLUG.fullmatch(file.stem):
        hint = "rename the file: lower-case letters and digits, with single hyphens between"
        yield complaint(file, (), f"'{file.stem}' cannot be the name of a {what}", hint)


def project_complaints(shelves: Shelves) -> Iterator[Complaint]:
    """Yield broken addresses in the project file."""
    for file in shelves.of("project"):
        yield from _addresses(file, ("contact",))


def _codes(file: ConfigFile) -> Iterator[Complaint]:
    first: dict[str, str] = {}
    for key, code in file.each("areas.*"):
        if not isinstance(code, str):
            continue
        digits = _DIGITS.get(code[:2])
        if digits is not None and not re.fullmatch(rf"\d{{{digits}}}", code[2:]):
            yield complaint(
                file, key, f"'{code}' is not a CBS code: {code[:2]} has {digits} digits"
            )
            continue
        if digits is None:
            message = f"'{code}' is not a wijk (WK), buurt (BU) or gemeente (GM)"
            yield complaint(file, key, message)
            continue
        if code in first:
            yield complaint(file, key, f"'{code}' stands there twice (first at {first[code]})")
            continue
        for other, where in first.items():
            if _holds(other, code) or _holds(code, other):
                message = f"'{code}' overlaps '{other}' ({where}): people would count twice"
                yield complaint(file, key, message)
        first[code] = file.at(key)


def _holds(outer: str, inner: str) -> bool:
    return len(outer) < len(inner) and inner[2:].startswith(outer[2:])


def _addresses(file: ConfigFile, key: tuple[str, ...]) -> Iterator[Complaint]:
    url = file.get((*key, "url"))
    if isinstance(url, str) and url and not url.startswith(("https://", "http://")):
        yield complaint(file, (*key, "url"), f"'{url}' is not a web address", "start with https://")
    email = file.get((*key, "email"))
    if isinstance(email, str) and email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        yield complaint(file, (*key, "email"), f"'{email}' is not an e-mail address")
