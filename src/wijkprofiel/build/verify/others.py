"""Web page, PowerPoint, workbook, CSV and data package against what is made of the profile."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from xml.etree import ElementTree as ET

from wijkprofiel.build import agreement
from wijkprofiel.build.agreement.passages import Passage
from wijkprofiel.build.verify.problem import Problem, short
from wijkprofiel.build.verify.source import Subject
from wijkprofiel.errors import RenderError
from wijkprofiel.render import html_check, pptx_package

_MANY = 12
_MADE = re.compile(r"<!DOCTYPE html>\n|<style[^>]*>.*?</style>\n?|<script[^>]*>.*?</script>\n?"
                   r'|<meta http-equiv="Content-Security-Policy"[^>]*/>\n?', re.DOTALL)  # fmt: skip
"""What is put into the file of a page, besides what its template wrote."""
_PICTURE = re.compile(r'src="(?:asset|data):[^"]*"')
_LOCAL = re.compile(r'href="(?!#|[a-z]+:)([^"]*)"')


class Unreadable(Exception):  # noqa: N818  # it is a state, told as a finding
    """A file is not of the kind that its name says."""


def page(subject: Subject, content: bytes) -> Iterator[Problem]:
    """Yield what is wrong with a web page."""
    made = content.decode("utf-8", errors="replace")
    links = [address.partition("#")[0] for address in _LOCAL.findall(made)]
    dead = sorted({link for link in links if link not in subject.beside})
    yield from (Problem("verify-links", 0, f"a link leads to {link}, not there") for link in dead)
    source = subject.page(links)
    try:
        html_check.check(source.html, made, subject.name)
    except RenderError as wrong:
        yield from (Problem("verify-page", 0, found.message) for found in wrong.problems)
    if _plain(made) != _plain(source.html):
        asked = agreement.read({subject.name: source.html.encode()})[subject.name]
        found = list(_texts(agreement.read({subject.name: content})[subject.name], asked))
        yield from found[:_MANY] or [
            Problem("verify-markup", 0, "its markup is not that of the document")
        ]


def _plain(html: str) -> str:
    """The markup that a template wrote, without what is put into the file."""
    return "".join(_PICTURE.sub("", _MADE.sub("", html)).split())


def slides(subject: Subject, content: bytes) -> Iterator[Problem]:
    """Yield what is wrong with a PowerPoint."""
    if content == subject.content:
        return
    parts, wanted = _parts(content), _parts(subject.content)
    for message in pptx_package.problems(content):
        yield Problem("verify-package", 0, message)
    found = list(_texts(_passages(subject, content), _passages(subject, subject.content)))
    yield from found[:_MANY]
    for name in sorted({*parts, *wanted}):
        if parts.get(name) != wanted.get(name) and not (found and name.endswith(".xml")):
            message = f"the part {name} is not what the profile gives"
            yield Problem("verify-part", 0, message)


def workbook(subject: Subject, content: bytes) -> Iterator[Problem]:
    """Yield what is wrong with a workbook."""
    yield from _cells(subject, content)


def table(subject: Subject, content: bytes) -> Iterator[Problem]:
    """Yield what is wrong with a CSV."""
    yield from _cells(subject, content)


def package(subject: Subject, content: bytes) -> Iterator[Problem]:
    """Yield what is wrong with a data package."""
    if content == subject.content:
        return
    found = list(_cells(subject, content))
    yield from found
    parts, wanted = _parts(content), _parts(subject.content)
    for name in sorted({*parts, *wanted}):
        if parts.get(name) != wanted.get(name) and not (found and name.endswith(".csv")):
            yield Problem("verify-part", 0, f"{name} in it is not what the profile gives")


def _cells(subject: Subject, content: bytes) -> Iterator[Problem]:
    """Cells that another value stands in, row by row."""
    if content == subject.content:
        return
    rows = zip_longest(_passages(subject, content), _passages(subject, subject.content))
    told = 0
    for found, wanted in rows:
        if found == wanted or told >= _MANY:
            continue
        told += 1
        where = (found or wanted or Passage("", ())).where
        if found is None or wanted is None:
            yield Problem("verify-table", 0, f"{where}: a row too {'many' if found else 'few'}")
            continue
        pairs = zip_longest(found.cells, wanted.cells, fillvalue="")
        heads = zip_longest(pairs, wanted.heads, fillvalue="")
        one = next(((p, head) for p, head in heads if p[0] != p[1]), (("", ""), ""))
        message = f"{where}, {one[1]}: '{short(str(one[0][0]))}' where '{short(str(one[0][1]))}'"
        yield Problem("verify-table", 0, f"{message} should stand")


def _passages(subject: Subject, content: bytes) -> tuple[Passage, ...]:
    from python_calamine import CalamineError

    try:
        return agreement.read({subject.name: content})[subject.name]
    except (CalamineError, ET.ParseError, KeyError, ValueError, zipfile.BadZipFile) as broken:
        raise Unreadable(f"it cannot be read: {broken}") from broken


def _texts(found: Sequence[Passage], wanted: Sequence[Passage]) -> Iterator[Problem]:
    """Pieces of text that do not belong there, and those that are missing."""
    seen, asked = _told(found), _told(wanted)
    for where, text in seen - asked:
        yield Problem("verify-text", 0, f"{where}: '{short(text)}' is not what should stand there")
    for where, text in asked - seen:
        yield Problem("verify-text", 0, f"{where}: '{short(text)}' does not stand there")


def _told(passages: Sequence[Passage]) -> Counter[tuple[str, str]]:
    return Counter((passage.where, passage.text) for passage in passages)


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            return {name: opened.read(name) for name in opened.namelist()}
    except zipfile.BadZipFile as broken:
        raise Unreadable(f"it cannot be read: {broken}") from broken
