"""Can its readers read it? The reading level of a document for residents, and words to avoid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from wijkprofiel.config import Config
from wijkprofiel.documents import Document
from wijkprofiel.documents.desk import load_words
from wijkprofiel.errors import ConfigError, did_you_mean
from wijkprofiel.model import DocumentSpec, Finding, Severity
from wijkprofiel.wording import Words, reading

BLOCKS = {"h1", "h2", "h3", "p", "li", "dt", "dd", "th", "td"}
"""Elements that hold a text of their own."""
AVOID = "{document}.avoid"
"""Key of the list of words that a document type avoids."""
FORMULA = "reading.formula"
"""Key of the name of the formula that a language is measured with."""
HINT = "say it in words that every resident uses"


def findings(document: Document, spec: DocumentSpec, config: Config) -> list[Finding]:
    """Return how a document for residents reads, none for another document.

    One finding with the numbers, a warning where they are not those of plain language, and a
    warning for every text with a word that is to be avoided.
    """
    if spec.readers != "residents":
        return []
    where = f"{document.id} {document.slug}"
    texts = list(blocks(document.html))
    words = load_words(config.assets, document.language)
    # A formula is fitted to one language: of another it would say something that is not so.
    formula = _formula(words)
    found = [_level(reading.measure(texts, formula), where)] if formula is not None else []
    key = AVOID.format(document=document.id)
    for text in texts if words.has(key) else ():
        for word in reading.avoided(text, words(key)):
            message = f"'{word}' stands in: {text}"
            found.append(Finding("reading-word", Severity.WARNING, where, message, HINT))
    return found


def _formula(words: Words) -> reading.Formula | None:
    """Return what this language is measured with; None where its words name nothing.

    Raises:
        ConfigError: there is no formula of that name.
    """
    if not words.has(FORMULA):
        return None
    name = words(FORMULA)
    if name not in reading.FORMULAS:
        near = did_you_mean(name, reading.FORMULAS)
        hint = f"known: {', '.join(reading.FORMULAS)}"
        raise ConfigError(f"{FORMULA}: '{name}' is not a formula{near}", hint, where=words.where)
    return reading.FORMULAS[name]


def blocks(html: str) -> Iterator[str]:
    """Yield the texts of a document as a reader meets them; drawings are left out."""
    yield from _below(ET.fromstring(html))  # noqa: S314  # our own templates wrote it


def _below(element: ET.Element) -> Iterator[str]:
    if element.tag in BLOCKS:
        text = re.sub(r"\s+", " ", _text(element)).strip()
        if text:
            yield text
        return
    for child in element:
        yield from _below(child)


def _text(element: ET.Element) -> str:
    if element.tag.endswith("svg"):
        return ""
    if element.tag == "br":
        return " "
    inside = "".join(_text(child) + (child.tail or "") for child in element)
    return (element.text or "") + inside


def _level(counted: reading.Reading, where: str) -> Finding:
    score = counted.score
    if score is None:
        message = "there is no running text to measure"
        return Finding("reading-level", Severity.INFO, where, message)
    message = (
        f"{counted.formula.name} {score:.0f} ({counted.level}; from {counted.formula.plain:.0f} on "
        f"it is an indication of B1), {counted.sentence_length:.1f} words per sentence (longest "
        f"{counted.longest}), {counted.word_length:.2f} syllables per word, {counted.words} words"
    )
    if counted.plain:
        return Finding("reading-level", Severity.INFO, where, message)
    return Finding("reading-level", Severity.WARNING, where, message, HINT)
