"""Words against the profile: every word that was asked for stands there, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from wijkprofiel.build.verify.asked import Asked
from wijkprofiel.build.verify.problem import Problem, short
from wijkprofiel.render.paper import Paper, Tag
from wijkprofiel.render.paper.facts import Mark, plain

APART = frozenset({"Figure", "Lbl"})
"""Roles whose text is no running text: drawings, and the sign before an item of a list."""
BLOCKS = frozenset({"P", "TR", "LI", "Caption", "Note", *(f"H{n}" for n in range(1, 7))})
_LABEL = re.compile(r"[–•‣]|\d+\.")
"""What a stylesheet puts before an item of a list."""
_NUMBER = re.compile(r"(\d+)(?:\D+(\d+))?")
"""The number of a page, and of how many."""
_MANY = 12
"""Problems of one kind that are told; more say no more."""

Texts = Mapping[Mark, tuple[str, ...]]


def problems(paper: Paper, asked: Asked) -> Iterator[Problem]:
    """Yield what is missing, what does not belong there, and what is read in another order."""
    texts = paper.marked
    items = frozenset(asked.blocks)
    told = _told(paper.root, texts, items) if paper.root is not None else ""
    if told != asked.text and paper.root is not None:
        told = _told(paper.root, texts, items, _again(paper, texts, items))
    if told != asked.text:
        found = [*_strange(paper, asked, texts), *_missing(told, asked)]
        yield from found[:_MANY] or [_order(told, asked.text)]
    yield from _margins(paper, asked, texts)


def _told(
    tag: Tag, texts: Texts, items: frozenset[str], without: frozenset[Mark] = frozenset()
) -> str:
    return _read((mark for mark in _marks(tag, texts, items) if mark not in without), texts)


def _again(paper: Paper, texts: Texts, items: frozenset[str]) -> frozenset[Mark]:
    """The marks of heads that a table has once more, where it goes on over a page.

    WeasyPrint tags each page of it as a table of its own, with the same heads.
    """
    tables = [tag for tag in paper.elements if tag.role == "Table" and any(tag.marks())]
    order = {mark: at for at, mark in enumerate(paper.root.marks())} if paper.root else {}
    found: set[Mark] = set()
    for one, other in pairwise(tables):
        last, first = [*one.marks()][-1], next(other.marks())
        heads = [[kid for kid in _below(tag) if kid.role == "THead"][:1] for tag in (one, other)]
        follows = order[first] == order[last] + 1 and first[0] == last[0] + 1
        if follows and all(heads):
            (head,), (same,) = heads
            if _told(head, texts, items) == _told(same, texts, items):
                found |= set(same.marks())
    return frozenset(found)


def _read(marks: Iterable[Mark], texts: Texts) -> str:
    return plain("".join("".join(texts.get(mark, ())) for mark in marks))


def _marks(tag: Tag, texts: Texts, items: frozenset[str]) -> Iterator[Mark]:
    """The marks of running text below an element; not that of a sign before an item.

    An item that was asked for with such a sign has it of itself: a dash in the place of a number.
    """
    inner: list[Mark] = []
    for kid in tag.kids:
        if not isinstance(kid, Tag):
            inner.append(kid)
        elif kid.role not in APART:
            inner += _marks(kid, texts, items)
    if tag.role == "LI" and _read(inner, texts) not in items:
        first = next((at for at, mark in enumerate(inner) if _read([mark], texts)), None)
        if first is not None and _LABEL.fullmatch(_read([inner[first]], texts)):
            inner = inner[first + 1 :]
    yield from inner


def _strange(paper: Paper, asked: Asked, texts: Texts) -> Iterator[Problem]:
    """Blocks of the file that the document does not have."""
    items = frozenset(asked.blocks)
    for tag in paper.elements:
        if tag.role in BLOCKS and not any(kid.role in BLOCKS for kid in _below(tag)):
            told = _told(tag, texts, items)
            if told not in asked.text:
                page = tag.page or next((number for number, _ in tag.marks()), 0)
                message = f"'{short(told)}' is not what should stand there"
                yield Problem("verify-text", page, message)


def _below(tag: Tag) -> Iterator[Tag]:
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from kid.walk()


def _missing(told: str, asked: Asked) -> Iterator[Problem]:
    for block in asked.blocks:
        if block not in told:
            yield Problem("verify-text", 0, f"'{short(block)}' does not stand there")


def _order(told: str, asked: str) -> Problem:
    at = next((i for i, (a, b) in enumerate(zip(told, asked, strict=False)) if a != b), None)
    at = min(len(told), len(asked)) if at is None else at
    message = f"it reads '{short(told[at:])}' where '{short(asked[at:])}' should be read"
    return Problem("verify-text", 0, message)


def _margins(paper: Paper, asked: Asked, texts: Texts) -> Iterator[Problem]:
    """Text outside the tags is what runs along with the pages, and their numbers."""
    for page in paper.pages:
        for piece in texts.get((page.number, -1), ()):
            told = plain(piece)
            if any(told in running for running in asked.running):
                continue
            number = _NUMBER.fullmatch(told)
            right = (str(page.number), str(len(paper.pages)))
            if number is None:
                message = f"'{short(piece)}' is not part of the document"
                yield Problem("verify-untagged", page.number, message)
            elif (number[1], number[2] or right[1]) != right:
                message = f"the page says '{short(piece)}', of {len(paper.pages)} pages"
                yield Problem("verify-pages", page.number, message)
