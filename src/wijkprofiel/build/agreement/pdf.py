"""A tagged PDF as passages: by its structure tree, as a screen reader meets it.

The tree goes from page to page as it likes (ISO 32000-1, 14.7-14.8); passages go page by page.
Text that no tag points to, such as a running footer, is one passage per page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from wijkprofiel.build.agreement.passages import Kind, Node, Passage, passages
from wijkprofiel.render import paper
from wijkprofiel.render.paper import Paper, Tag

_KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "Table": "table", "TR": "row", "TH": "head", "TD": "cell", "Figure": "figure",
        "P": "block", "LI": "block", "Caption": "block", "Note": "block", "BlockQuote": "part",
        "Span": "inline", "NonStruct": "inline", "Link": "inline", "Quote": "inline",
        **{f"H{level}": "heading" for level in range(1, 7)},
    }
)  # fmt: skip
_CELLS = ("head", "cell")
_Marked = Mapping[tuple[int, int], tuple[str, ...]]


def read(content: bytes) -> Iterator[Passage]:
    """Yield the passages of a PDF, page by page."""
    yield from told(paper.read(content))


def told(read_back: Paper) -> Iterator[Passage]:
    """Yield the passages of a PDF that was read already."""
    marked = read_back.marked
    roots = _nodes(read_back.root, marked) if read_back.root is not None else {}
    for page in read_back.pages:
        where = f"page {page.number}"
        if page.number in roots:
            yield from passages(roots[page.number], where)
        rest = [Node("text", text) for text in marked.get((page.number, -1), ())]
        yield from passages(Node("block", kids=rest), where)


def _nodes(tag: Tag, marked: _Marked) -> dict[int, Node]:
    """Return what an element holds on each page; the text of a drawing is left out."""
    kind = _KINDS.get(tag.role, "part")
    if kind == "figure":
        return {tag.page or next((page for page, _ in tag.marks()), 0): Node(kind, tag.alt)}
    found: dict[int, Node] = {}
    for kid in tag.kids:
        if isinstance(kid, Tag):
            inner = _nodes(kid, marked)
        else:
            # An empty text closes what stands around it: pieces of one number never part.
            inner = {kid[0]: Node("text", "".join(marked.get(kid, ())))}
        for page, node in inner.items():
            found.setdefault(page, Node(kind)).kids.append(node)
    if not found and kind in _CELLS:
        found[tag.page] = Node(kind)  # an empty cell
    return found
