"""Tags and links: what a screen reader goes by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wijkprofiel.build.verify.asked import Asked
from wijkprofiel.build.verify.problem import Problem, short
from wijkprofiel.render.paper import Paper, Tag
from wijkprofiel.render.paper.facts import plain

HEADS = tuple(f"H{level}" for level in range(1, 7))
CELLS = ("TH", "TD")
SCHEMES = ("https://", "mailto:", "tel:")
"""Where a link may lead."""
EDGE = 0.5
"""Points that a link may stick out of its page."""


def problems(paper: Paper) -> Iterator[Problem]:
    """Yield what is wrong with the tags and links of any file."""
    yield from _levels(paper)
    for tag in paper.elements:
        if tag.role == "Table":
            yield from _table(tag)
        elif tag.role == "Figure" and not tag.alt.strip():
            yield Problem("verify-alt", tag.page, "a figure has no alternative text")
    yield from _links(paper)
    for name in paper.active:
        yield Problem("verify-active", 0, f"it holds what acts or is no page: {name}")


def against(paper: Paper, asked: Asked) -> Iterator[Problem]:
    """Yield headings and links that are not those of the document."""
    found = [(HEADS.index(tag.role) + 1, _told(paper, tag)) for tag in _headings(paper)]
    if found != list(asked.headings):
        pairs = zip((*found, (0, "")), (*asked.headings, (0, "")), strict=False)
        one, other = next(pair for pair in pairs if pair[0] != pair[1])
        message = f"heading {_heading(one)} stands where {_heading(other)} should"
        yield Problem("verify-headings", 0, message)
    addresses, wanted = {link.address for link in paper.links if link.address}, set(asked.links)
    for address in sorted(addresses - wanted):
        yield Problem("verify-links", 0, f"a link leads to {address}")
    for address in sorted(wanted - addresses):
        yield Problem("verify-links", 0, f"no link leads to {address}")
    for said in paper.about:
        if said not in asked.about:
            yield Problem("verify-metadata", 0, f"the file says of itself: '{short(said)}'")
    yield from _languages(paper, asked)


def _languages(paper: Paper, asked: Asked) -> Iterator[Problem]:
    """Yield parts that are in another language than they are said to be, for who listens."""
    spoken = [(tag, _told(paper, tag)) for tag in paper.elements if tag.language]
    for tag, told in spoken:
        if not any(tag.language == name and told in text for name, text in asked.languages):
            message = f"'{short(told)}' is said to be in the language '{tag.language}'"
            yield Problem("verify-language", tag.page, message)
    kinds = {name for name, _ in asked.languages} - {name for name, _ in asked.languages[:1]}
    for name in sorted(kinds - {tag.language for tag, _ in spoken}):
        yield Problem("verify-language", 0, f"nothing is said to be in the language '{name}'")


def _told(paper: Paper, tag: Tag) -> str:
    return plain("".join("".join(paper.marked.get(mark, ())) for mark in tag.marks()))


def _headings(paper: Paper) -> Iterator[Tag]:
    """The headings; of one that WeasyPrint tags twice, for a block drawn before it, the outer."""
    inner: set[int] = set()
    for tag in paper.elements:
        if tag.role in HEADS:
            if id(tag) not in inner:
                yield tag
            inner |= {id(below) for below in tag.walk() if below is not tag}


def _heading(told: tuple[int, str]) -> str:
    return f"'{short(told[1])}' (level {told[0]})" if told[0] else "none"


def _levels(paper: Paper) -> Iterator[Problem]:
    last = 0
    for tag in paper.elements:
        if tag.role in HEADS:
            level = HEADS.index(tag.role) + 1
            if level > last + 1:
                message = f"a heading of level {level} comes after one of level {last}"
                yield Problem("verify-headings", tag.page, message)
            last = level


def _table(table: Tag) -> Iterator[Problem]:
    rows = [_cells(tag) for tag in table.walk() if tag.role == "TR"]
    widths = _widths(rows)
    if len(set(widths)) > 1:
        message = f"a table has rows of {min(widths)} and of {max(widths)} cells"
        yield Problem("verify-table", table.page, message)
    heads = [cell for row in rows for cell in row if cell.role == "TH"]
    if not heads:
        yield Problem("verify-table", table.page, "a table has no heads")
    if any(not head.scope for head in heads):
        message = "a head of a table does not say whether it is of a column or of a row"
        yield Problem("verify-table", table.page, message)


def _cells(row: Tag) -> list[Tag]:
    return [kid for kid in row.kids if isinstance(kid, Tag) and kid.role in CELLS]


def _widths(rows: Sequence[Sequence[Tag]]) -> list[int]:
    """How many columns each row takes, with the cells that hang down from rows above."""
    hanging: list[tuple[int, int]] = []
    widths = []
    for row in rows:
        widths.append(sum(cell.span[0] for cell in row) + sum(width for width, _ in hanging))
        hanging = [(width, left - 1) for width, left in hanging if left > 1]
        hanging += [(cell.span[0], cell.span[1] - 1) for cell in row if cell.span[1] > 1]
    return widths


def _links(paper: Paper) -> Iterator[Problem]:
    for link in paper.links:
        page = paper.pages[link.page - 1]
        if link.address and not link.address.startswith(SCHEMES):
            yield Problem("verify-links", link.page, f"a link leads to {link.address}")
        if not link.leads:
            yield Problem("verify-links", link.page, "a link leads nowhere")
        if not link.printed or not link.told:
            message = "a link is not on paper, or not described for who does not see it"
            yield Problem("verify-links", link.page, message)
        left, bottom, right, top = link.box
        middles = [((p.box[0] + p.box[2]) / 2, (p.box[1] + p.box[3]) / 2) for p in page.pieces]
        if not any(left <= x <= right and bottom <= y <= top for x, y in middles):
            yield Problem("verify-links", link.page, "a link stands over no text")
