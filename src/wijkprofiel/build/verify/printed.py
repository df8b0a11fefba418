"""One PDF against its document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wijkprofiel.build.agreement.sayings import verdict_words
from wijkprofiel.build.verify import figures, layout, places, signs, structure, text
from wijkprofiel.build.verify.asked import asked
from wijkprofiel.build.verify.others import Unreadable
from wijkprofiel.build.verify.problem import Problem
from wijkprofiel.build.verify.source import Subject
from wijkprofiel.charts.verdict import TRIANGLES
from wijkprofiel.config import Config
from wijkprofiel.documents import Document
from wijkprofiel.documents.desk import words_of
from wijkprofiel.model import HouseStyle
from wijkprofiel.render import check, paper
from wijkprofiel.render.paper import Paper
from wijkprofiel.render.paper.facts import plain
from wijkprofiel.wording import verdicts


def problems(subject: Subject, content: bytes) -> Iterator[Problem]:
    """Yield all that is wrong with a PDF.

    Raises:
        Unreadable: it is no PDF.
    """
    _read(content)
    document, profile = subject.document, subject.profile
    for finding in check.check(content, document, profile):
        yield Problem(finding.code, 0, finding.message)
    yield from against(content, document, subject.config, subject.config.style_of(profile.people))


def against(
    content: bytes, document: Document, config: Config, style: HouseStyle
) -> Iterator[Problem]:
    """Yield all in which a PDF is not its document, whoever that is about.

    Raises:
        Unreadable: it is no PDF.
    """
    told = _read(content)
    wanted = asked(document)
    yield from text.problems(told, wanted)
    yield from structure.against(told, wanted)
    yield from figures.problems(told, wanted.figures)
    yield from places.problems(told, wanted.figures)
    yield from signs.problems(told, wanted.signs, style, _signs(config))
    yield from sound(content)


def sound(content: bytes) -> Iterator[Problem]:
    """Yield what is wrong with a PDF whatever it is about.

    Raises:
        Unreadable: it is no PDF.
    """
    told = _read(content)
    yield from structure.problems(told)
    yield from layout.problems(told)
    yield from places.tables(told)


def _read(content: bytes) -> Paper:
    import pikepdf
    import pypdfium2

    try:
        return paper.read(content)
    except (pypdfium2.PdfiumError, pikepdf.PdfError) as broken:
        raise Unreadable(f"it cannot be read: {broken}") from broken


def _signs(config: Config) -> Mapping[str, Sequence[str]]:
    """Verdict words, plain, and the classes that draw a sign for them.

    One word may be of two outcomes: "vergelijkbaar", of what is good or bad and of what is neither.
    """
    found: dict[str, list[str]] = {}
    for (outcome, strength), word in verdict_words(words_of(config)).items():
        css = f"v-{verdicts.SIGNS[outcome]}"
        slight = strength == 1 and outcome in TRIANGLES
        found.setdefault(plain(word), []).append(f"{css} v-slight" if slight else css)
    return found
