"""Words in another language than the page they stand on: people's own words, names of approaches.

They are text like any other until a template writes them: then they carry ``lang``, so that a
screen reader speaks them as what they are (WCAG 2.1, 3.1.2 Language of Parts).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any


class Foreign(str):
    """A text of which all or some words are in another language.

    Attributes:
        html: the same text, escaped, with ``lang`` around those words.
        language: of the text as a whole, "" where only some words are foreign.
    """

    html: str
    language: str

    def __new__(cls, text: str, html: str, language: str = "") -> Foreign:
        """Make one; :func:`foreign` does so for a text that is foreign as a whole."""
        made = super().__new__(cls, text)
        made.html, made.language = html, language
        return made

    def __reduce__(self) -> tuple[type[Foreign], tuple[str, str, str]]:
        """Copy and pickle all of it."""
        return Foreign, (str(self), self.html, self.language)

    def __html__(self) -> str:
        """Return what a template writes."""
        return self.html


def foreign(text: str, language: str) -> str:
    """Return ``text`` as words in ``language``; no text stays no text.

    Example:
        >>> foreign("Welzijn op Recept", "nl").__html__()
        '<span lang="nl">Welzijn op Recept</span>'
    """
    if not text:
        return text
    return Foreign(text, f'<span lang="{language}">{escape(text)}</span>', language)


def fill(text: str, facts: Mapping[str, Any]) -> str:
    """Return ``text`` with its ``{facts}`` filled in; foreign ones stay so.

    Example:
        >>> print(fill("with {name}", {"name": foreign("wie & wat", "nl")}).__html__())
        with <span lang="nl">wie &amp; wat</span>
    """
    told = text.format_map(facts)
    if not any(isinstance(fact, Foreign) for fact in facts.values()):
        return told
    html = {
        name: fact.html if isinstance(fact, Foreign) else _escaped(fact)
        for name, fact in facts.items()
    }
    return Foreign(told, escape(text, quote=False).format_map(html))


def join(between: str, parts: Iterable[str]) -> str:
    """Return the parts with ``between`` between them, without the empty ones."""
    given = [part for part in parts if part]
    told = between.join(given)
    if not any(isinstance(part, Foreign) for part in given):
        return told
    languages = {part.language if isinstance(part, Foreign) else "" for part in given}
    if len(languages) == 1 and languages != {""} and not any(map(str.isalpha, between)):
        return foreign(told, languages.pop())
    html = (part.html if isinstance(part, Foreign) else escape(part) for part in given)
    return Foreign(told, escape(between).join(html))


def _escaped(fact: Any) -> Any:
    return escape(fact) if isinstance(fact, str) else fact
