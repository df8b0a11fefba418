"""The errors a user can meet: each takes facts and writes the sentence.

They never print. One handler in :mod:`wijkprofiel.cli` turns them into an exit code:
1 some areas or checks failed, 2 usage or config, 3 supplier unreachable.
A bug is no such error and shows its traceback; only in a batch, where it must not stop the other
areas, it becomes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Self


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, and what to do.

    ``where`` is a place a person can go to: ``file:line``, ``file!sheet:cell`` or a key path.
    """

    where: str
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        """Return the problem as it is printed, the hint on a line of its own."""
        text = f"{self.where}  {self.message}" if self.where else self.message
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class WijkprofielError(Exception):
    """Base of every error that is the user's to mend.

    Args:
        message: what is wrong, in one sentence.
        hint: what to do about it.
        where: the file, line or cell it is about.
        problems: all the single problems, when there is more than one.
    """

    exit_code = 1

    def __init__(
        self,
        message: str,
        hint: str | None = None,
        *,
        where: str = "",
        problems: Sequence[Problem] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where
        self.problems: tuple[Problem, ...] = tuple(problems) or (Problem(where, message, hint),)

    @classmethod
    def of(cls, problems: Iterable[Problem], consequence: str = "nothing built") -> Self:
        """Return one error that carries all ``problems``, in the order they were found."""
        found = tuple(problems)
        if len(found) == 1:
            only = found[0]
            return cls(only.message, only.hint, where=only.where)
        files = {p.where.split(":")[0].split("!")[0] for p in found if p.where}
        count = f"{len(found)} problems" + (f" in {_files(len(files))}" if files else "")
        return cls(f"{count}, {consequence}", problems=found)


class ConfigError(WijkprofielError):
    """A config, a template or the way a command was called is wrong."""

    exit_code = 2


class SourceError(WijkprofielError):
    """A supplier's file or service is not what it should be, or is not there."""

    exit_code = 3


class DataError(WijkprofielError):
    """Figures or boundaries are wrong: doubled rows, impossible values, codes that do not exist."""


class DisclosureError(WijkprofielError):
    """A figure would betray somebody."""


class RenderError(WijkprofielError):
    """A document could not be made, or is not what it should be.

    Attributes:
        content: the file that was refused, to be looked at; empty where none was made.
    """

    content: bytes = b""


class ProgramError(WijkprofielError):
    """The program itself failed on one area of many; its traceback is the hint."""


def did_you_mean(word: str, known: Iterable[str], limit: int = 3) -> str:
    """Return ``" (did you mean 'x'?)"`` for the nearest known words, or an empty string."""
    near = get_close_matches(word, list(known), n=limit, cutoff=0.6)
    if not near:
        return ""
    return " (did you mean " + " or ".join(f"'{n}'" for n in near) + "?)"


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"
