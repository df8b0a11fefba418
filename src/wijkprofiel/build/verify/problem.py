"""One thing that is wrong with a finished file, before it is told as a finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wijkprofiel.errors import Problem as Mistake
from wijkprofiel.errors import RenderError
from wijkprofiel.model import Finding, Severity

LONG = 70
HINT = "do not publish it; build the area again, and mend the template or the chart if it stays"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong.

    Attributes:
        code: kind of problem.
        page: where; 0 for the file as a whole.
        message: in a sentence.
    """

    code: str
    page: int
    message: str

    def finding(self, file: str) -> Finding:
        """Return it as an error of a file."""
        where = f"{file} page {self.page}" if self.page else file
        return Finding(self.code, Severity.ERROR, where, self.message, HINT)


def refused(findings: Iterable[Finding], slug: str) -> None:
    """Refuse documents that something is wrong with.

    Args:
        findings: what was found.
        slug: of the area, or of several side by side.

    Raises:
        RenderError: every error among them, by file and page.
    """
    wrong = [one for one in findings if one.severity is Severity.ERROR]
    if wrong:
        mistakes = [Mistake(one.where, f"{one.code}: {one.message}", one.hint) for one in wrong]
        raise RenderError.of(mistakes, f"{slug} is not published")


def short(text: str) -> str:
    """Return a text that fits in a message.

    >>> short("Eenzaam"), len(short("x" * 200))
    ('Eenzaam', 71)
    """
    told = " ".join(text.split())
    return told if len(told) <= LONG else f"{told[:LONG]}…"
