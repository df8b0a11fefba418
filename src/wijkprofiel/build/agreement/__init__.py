"""The same figure is the same in every document: what is about to be written, read back.

Every file of an area is read by other software than wrote it, and each number or verdict word that
stands with the title of a topic or a domain is held against the profile. So all documents that
print a topic print the same.

* :mod:`~wijkprofiel.build.agreement.passages`  what a file says, piece by piece
* :mod:`~wijkprofiel.build.agreement.pdf`       a PDF by its tags; ``page``: HTML; ``slides``:
  PowerPoint; ``sheets``: a workbook; ``machine``: CSV and data package
* :mod:`~wijkprofiel.build.agreement.facts`     what may stand beside a title
* :mod:`~wijkprofiel.build.agreement.sayings`   how the documents say it, out of their own words
* :mod:`~wijkprofiel.build.agreement.counts`    how many topics have which verdict
* :mod:`~wijkprofiel.build.agreement.prose`     running text; ``rows``: tables and charts

A text that no rule here knows is not looked at; :func:`looks` returns all that was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType

from wijkprofiel.build.agreement import machine, page, pdf, sheets, slides
from wijkprofiel.build.agreement.facts import subjects
from wijkprofiel.build.agreement.look import BESIDE, Look
from wijkprofiel.build.agreement.passages import Passage
from wijkprofiel.build.agreement.prose import Reader
from wijkprofiel.build.agreement.sayings import sayings
from wijkprofiel.config import Config
from wijkprofiel.documents.desk import words_of
from wijkprofiel.errors import Problem, RenderError
from wijkprofiel.model import Finding, Profile, Severity

__all__ = ["Look", "Passage", "findings", "looks", "read", "refuse"]

READERS: Mapping[str, Callable[[bytes], Iterator[Passage]]] = MappingProxyType(
    {
        ".pdf": pdf.read,
        ".html": page.read,
        ".pptx": slides.read,
        ".xlsx": sheets.read,
        ".csv": machine.read,
        ".zip": machine.read_package,
    }
)
"""Per kind of file; a file of another kind is not looked at."""
CODE = "verify-number"
"""Of a finding: a number or word that is not the profile's."""
_LONG = 60
_HINT = "a template, a chart or a text prints something else than the profile holds: change it"


def read(files: Mapping[str, bytes]) -> dict[str, tuple[Passage, ...]]:
    """Return the passages of every file that can be read, by its name; each is read once."""
    readers = {name: READERS.get(PurePath(name).suffix.lower()) for name in files}
    return {name: tuple(how(files[name])) for name, how in readers.items() if how is not None}


def looks(
    told: Mapping[str, tuple[Passage, ...]], profile: Profile, config: Config
) -> dict[str, tuple[Look, ...]]:
    """Return every number and verdict that stands with a topic or a domain, by file.

    Args:
        told: what :func:`read` returned.
        profile: the area that the files are about.
        config: the project.
    """
    words = words_of(config)
    say = sayings(profile, config, words, subjects(profile, config, words))
    wanted = machine.expected(profile)
    found: dict[str, tuple[Look, ...]] = {}
    for name, passages in told.items():
        rows = [passage for passage in passages if machine.known(passage)]
        rest = [passage for passage in passages if not machine.known(passage)]
        exact = (look for row in rows for look in machine.looks(row, wanted, profile.area.slug))
        found[name] = (*Reader(say).looks(rest), *exact)
    return found


def refuse(files: Mapping[str, bytes], profile: Profile, config: Config) -> None:
    """Refuse files of one area that print another figure or verdict than its profile holds.

    Args:
        files: name → content, as they are about to be written.
        profile: the area.
        config: the project.

    Raises:
        RenderError: every number and word that is wrong, by file, place and topic.
    """
    found = findings(files, profile, config)
    if found:
        problems = [Problem(one.where, one.message, one.hint) for one in found]
        raise RenderError.of(problems, f"{profile.area.slug} is not written")


def findings(files: Mapping[str, bytes], profile: Profile, config: Config) -> tuple[Finding, ...]:
    """Return every number and word that is not the profile's, by file, place and topic.

    Args:
        files: name → content.
        profile: the area.
        config: the project.
    """
    found = (
        Finding(CODE, Severity.ERROR, f"{name} {look.where}", _sentence(look), _HINT)
        for name, seen in looks(read(files), profile, config).items()
        for look in seen
        if not look.right
    )
    return tuple(dict.fromkeys(found))


def _sentence(look: Look) -> str:
    if look.whose == BESIDE:
        known = look.expected if len(look.expected) <= _LONG else f"{look.expected[:_LONG]}…"
        return f"'{look.title}': {look.found} is none of its numbers ({known})"
    expected = f"'{look.expected}'" if look.expected else "nothing"
    whose = look.whose.replace("_", " ")
    return f"'{look.title}', {whose}: '{look.found}' where the profile has {expected}"
