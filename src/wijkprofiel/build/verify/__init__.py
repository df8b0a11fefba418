"""Every finished file is read back and compared with its own profile: what may be published?

:mod:`wijkprofiel.build.agreement` holds each figure and verdict that it knows against the profile.
Here the rest is looked at: whether every word, drawing, sign, tag and link is the one that the
document of this area has, and whether a reader can see it.

* :mod:`~wijkprofiel.build.verify.asked`      what a document asks for; ``drawing``: its drawings
* :mod:`~wijkprofiel.build.verify.printed`    one PDF, with the checks of
  ``text`` (every word), ``figures`` (drawings and what is said of them), ``signs`` (of verdicts),
  ``structure`` (tags, links) and ``layout`` (clipped, overlapping, unseen, contrast)
* :mod:`~wijkprofiel.build.verify.others`     web page, PowerPoint, workbook, CSV, data package
* :mod:`~wijkprofiel.build.verify.shelf`      what lies in an output folder, by its manifests
* :mod:`~wijkprofiel.build.verify.listeners`  the accessibility checkers of others
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import PurePath
from types import MappingProxyType

from wijkprofiel.build import agreement
from wijkprofiel.build.verify import others, printed
from wijkprofiel.build.verify.problem import Problem, refused
from wijkprofiel.build.verify.source import Source, Subject, subject
from wijkprofiel.config import Config
from wijkprofiel.model import Finding, Profile

__all__ = ["Source", "examine", "refuse"]

_CHECKS: Mapping[str, Callable[[Subject, bytes], Iterator[Problem]]] = MappingProxyType(
    {
        ".pdf": printed.problems,
        ".html": others.page,
        ".pptx": others.slides,
        ".xlsx": others.workbook,
        ".csv": others.table,
        ".zip": others.package,
    }
)
"""Per kind of file."""


def examine(
    files: Mapping[str, bytes],
    profile: Profile,
    config: Config,
    *,
    sources: Mapping[str, Source] = MappingProxyType({}),
    beside: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Return all that is wrong with the finished files of one area; an ERROR is not published.

    Args:
        files: name (``<slug>-<document>.<suffix>``) → content.
        profile: the area that they must be about.
        config: the project, in the style and language that they were made in.
        sources: what files were made from, by name, where the caller still has it: the Document of
            a PDF, the Page of a web page, or the bytes of another file. The rest is made anew,
            which costs about as much as its first half did (a PowerPoint: all of it).
        beside: names of other files in the folder that a web page may link to.
    """
    found: list[Finding] = []
    sound: dict[str, bytes] = {}
    for name, content in files.items():
        wanted = subject(name, profile, config, sources.get(name), {*files, *beside})
        if wanted is None:
            message = f"it is no document of {profile.area.name}"
            found.append(Problem("verify-name", 0, message).finding(name))
            continue
        try:
            problems = tuple(_CHECKS[PurePath(name).suffix](wanted, content))
        except others.Unreadable as broken:
            found.append(Problem("verify-broken", 0, str(broken)).finding(name))
            continue
        found += [problem.finding(name) for problem in problems]
        sound[name] = content
    found += agreement.findings(sound, profile, config)
    return tuple(dict.fromkeys(found))


def refuse(
    files: Mapping[str, bytes],
    profile: Profile,
    config: Config,
    *,
    sources: Mapping[str, Source] = MappingProxyType({}),
    beside: Collection[str] = (),
) -> None:
    """Refuse files of one area that are not what they should be; arguments as :func:`examine`.

    Raises:
        RenderError: every error, by file and page.
    """
    found = examine(files, profile, config, sources=sources, beside=beside)
    refused(found, profile.area.slug)
