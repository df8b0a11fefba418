"""A web page as passages: what a reader sees, and what a screen reader says of a drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from types import MappingProxyType

from wijkprofiel.build.agreement.passages import Kind, Node, Passage, passages

_INLINE = ("a", "abbr", "b", "bdi", "button", "cite", "code", "dd", "dt", "em", "i", "label",
           "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u")  # fmt: skip
_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        **dict.fromkeys(_INLINE, "inline"),
        **{f"h{level}": "heading" for level in range(1, 7)},
        "table": "table", "tr": "row", "th": "head", "td": "cell", "svg": "figure",
        "p": "block", "li": "block", "caption": "block", "figcaption": "block",
        "summary": "block", "title": "block",
    }
)  # fmt: skip
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
         "track", "wbr")  # fmt: skip
_SILENT = ("script", "style", "template")


def read(content: bytes) -> Iterator[Passage]:
    """Yield the passages of an HTML page."""
    page = _Page()
    page.feed(content.decode("utf-8", errors="ignore"))
    page.close()
    yield from passages(page.root, "page")


class _Page(HTMLParser):
    """Makes nodes of elements."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Node("part")
        self._open: list[tuple[str, Node]] = [("", self.root)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; an image is its alternative text."""
        if tag == "img":
            self._here.kids.append(Node("figure", dict(attrs).get("alt") or ""))
        if tag == "br":
            self._here.kids.append(Node("text", " "))
        if tag in _VOID:
            return
        node = Node(_KINDS.get(tag, "part"))
        self._here.kids.append(node)
        self._open.append((tag, node))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element and close it."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the nearest element of that name, and what was left open in it."""
        for place in range(len(self._open) - 1, 0, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        """Keep text; of a drawing only its title, which stands for it."""
        tags = [tag for tag, _ in self._open]
        if any(tag in _SILENT for tag in tags):
            return
        if "svg" in tags:
            if tags[-1] == "title" and tags[-2] == "svg":
                self._open[-2][1].text += data
            return
        self._here.kids.append(Node("text", data))

    @property
    def _here(self) -> Node:
        return self._open[-1][1]
