"""A finished PDF that is spoiled on purpose: its content streams and its structure, edited."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf

from wijkprofiel.render import paper
from wijkprofiel.render.paper import Paper, Piece, Tag
from wijkprofiel.render.paper.facts import plain

_SHOWN = re.compile(r"\[([^\]]*)\] TJ")
_BLOCK = re.compile(r"/MCID (\d+)>>(.*?)EMC", re.DOTALL)
_FONT = re.compile(r"/(\w+) [\d.]+ Tf")


class Finished:
    """A PDF that is open for editing; ``paper`` is what stood in it before."""

    def __init__(self, content: bytes) -> None:
        self.paper: Paper = paper.read(content)
        self.pdf = pikepdf.open(io.BytesIO(content))

    def saved(self) -> bytes:
        made = io.BytesIO()
        self.pdf.save(made)
        return made.getvalue()

    # --- streams ----------------------------------------------------------------------------

    def stream(self, page: int) -> str:
        return str(self.pdf.pages[page - 1].Contents.read_bytes().decode("latin-1"))

    def put(self, page: int, stream: str) -> None:
        self.pdf.pages[page - 1].Contents = self.pdf.make_stream(stream.encode("latin-1"))

    def replaced(self, page: int, old: str, new: str, count: int = 1) -> None:
        stream = self.stream(page)
        assert stream.count(old) >= 1, old
        self.put(page, stream.replace(old, new, count))

    def block(self, page: int, mark: int) -> str:
        """What is drawn under a mark, up to its end."""
        stream = self.stream(page)
        start = stream.index(f"/MCID {mark}>>")
        return stream[start : stream.index("EMC", start)]

    def changed(self, page: int, mark: int, change: Callable[[str], str]) -> None:
        block = self.block(page, mark)
        new = change(block)
        assert new != block
        self.replaced(page, block, new)

    def typed(self, page: int, mark: int, text: str) -> None:
        """Print another text under a mark, in its own font."""
        block = self.block(page, mark)
        codes = letters(self)[_FONT.findall(block)[-1]]
        array = "".join(codes[letter] for letter in text.rstrip())
        self.changed(page, mark, lambda b: _SHOWN.sub(f"[<{array}>] TJ", b, count=1))

    # --- what stands where ------------------------------------------------------------------

    def tag(self, role: str, fits: Callable[[str], bool] = bool) -> Tag:
        """The first element of a role whose text (or alternative text) fits."""
        marked = self.paper.marked
        for tag in self.paper.elements:
            told = "".join("".join(marked.get(mark, ())) for mark in tag.marks())
            if tag.role == role and fits(tag.alt or told):
                return tag
        raise AssertionError(role)

    def row(self, title: str) -> list[tuple[int, int]]:
        """The first mark in each cell of a topic's row on the pages of its theme."""
        row = self.tag("TR", lambda text: plain(text).startswith(plain(title)))
        cells = [kid for kid in row.kids if isinstance(kid, Tag)]
        return [next(iter(cell.marks()), (0, -1)) for cell in cells]

    def text(self, at: tuple[int, int]) -> str:
        return "".join(self.paper.marked[at])

    def piece(self, text: str) -> tuple[int, Piece]:
        """The first piece that begins with a text, and its page."""
        found = (
            (page.number, piece)
            for page in self.paper.pages
            for piece in page.pieces
            if piece.text.startswith(text) and piece.mark >= 0
        )
        return next(found)

    def element(self, role: str, fits: Callable[[Any], bool] = lambda _: True) -> Any:
        """The first structure element of a role, to be changed."""
        for item in self.pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == f"/{role}" and fits(item):
                return item
        raise AssertionError(role)


@cache
def _letters(content: bytes) -> dict[str, dict[str, str]]:
    done = Finished(content)
    found: dict[str, dict[str, str]] = {}
    for page in done.paper.pages:
        blocks = dict(_BLOCK.findall(done.stream(page.number)))
        for piece in page.pieces:
            block = blocks.get(str(piece.mark), "")
            shown = _SHOWN.findall(block)
            if len(shown) != 1:
                continue
            codes = re.findall("....", "".join(re.findall(r"<([0-9a-f]+)>", shown[0])))
            # pdfium adds a space where the next piece stands apart.
            text = next((t for t in (piece.text, piece.text.rstrip()) if len(t) == len(codes)), "")
            if text:
                font = found.setdefault(_FONT.findall(block)[-1], {})
                font.update(zip(text, codes, strict=True))
    return found


def letters(done: Finished) -> dict[str, dict[str, str]]:
    """Per font the code of each character that is used somewhere."""
    return _letters(done.saved())


def spoiled(content: bytes, spoil: Callable[[Finished], None]) -> bytes:
    """Return the file after something was done to it."""
    done = Finished(content)
    spoil(done)
    return done.saved()
