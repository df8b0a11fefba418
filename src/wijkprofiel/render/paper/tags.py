"""Structure, links, fonts and metadata of a PDF, read with pikepdf."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from wijkprofiel.render.paper.facts import Font, Link, Mark, Page, Paper, Tag, marked

PRINT = 4
"""Flag of an annotation: also on paper (ISO 32000-1, 12.5.3)."""
CELLS = ("TH", "TD")
FILES = ("/FontFile", "/FontFile2", "/FontFile3")
SUBSET = 7
"""Characters before the name of a font of which a part is in the file: "ABCDEF+"."""

MADE = ("/Title", "/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped")
"""What a file says about itself that is looked at elsewhere, or is nobody's."""
ACTS = ("/OpenAction", "/AA", "/AcroForm", "/AF", "/Collection")
HOLDS = ("/JavaScript", "/EmbeddedFiles")
"""Names of things that act, or are no page (ISO 32000-1, 7.7.2 and 7.7.4)."""
GOES = ("/URI", "/GoTo")
"""Actions of a link."""
_XMP_TEXT = re.compile(r">([^<>]+)<")
_XMP_ATTRIBUTE = re.compile(r'\bdc:\w+="([^"]*)"')

Numbers = Mapping[tuple[int, int], int]
"""Number of a page by the number of its object."""


def paper(opened: Any, pages: tuple[Page, ...]) -> Paper:
    """Return a PDF with what was drawn on its pages.

    Args:
        opened: a pikepdf.Pdf.
        pages: what stands on them.
    """
    root = opened.Root
    numbers = {page.obj.objgen: n for n, page in enumerate(opened.pages, start=1)}
    tree = root.get("/StructTreeRoot")
    metadata = root.Metadata.read_bytes() if "/Metadata" in root else b""
    whole = _tag(tree, numbers, 0) if tree is not None else None
    return Paper(
        pages=pages,
        title=str(opened.docinfo.get("/Title", "")),
        language=str(root.get("/Lang", "")),
        tagged=tree is not None and bool(root.get("/MarkInfo", {}).get("/Marked", False)),
        accessible=b"pdfuaid" in metadata,
        root=whole,
        elements=tuple(whole.walk()) if whole is not None else (),
        marked=marked(pages),
        links=tuple(_links(opened)),
        fonts=tuple(_fonts(opened)),
        bookmarks=tuple(_bookmarks(root.get("/Outlines"))),
        about=tuple(sorted(_about(opened, metadata.decode("utf-8", "replace")))),
        active=tuple(sorted(_active(opened))),
    )


def _tag(element: Any, numbers: Numbers, page: int) -> Tag:
    return _with_keys(element, element.keys(), numbers, page)


def _with_keys(element: Any, keys: set[str], numbers: Numbers, page: int) -> Tag:
    """An element by the keys it has: to ask for one it has not takes longest of all."""
    if "/Pg" in keys:
        page = numbers.get(element["/Pg"].objgen, 0)
    role = str(element["/S"])[1:] if "/S" in keys else ""
    scope, span = _cell(element["/A"]) if role in CELLS and "/A" in keys else ("", (1, 1))
    return Tag(
        role=role,
        page=page,
        alt=str(element["/Alt"]) if "/Alt" in keys else "",
        language=str(element["/Lang"]) if "/Lang" in keys else "",
        scope=scope,
        span=span,
        kids=tuple(_kids(element["/K"], numbers, page)) if "/K" in keys else (),
    )


def _kids(kids: Any, numbers: Numbers, page: int) -> Iterator[Tag | Mark]:
    import pikepdf

    for kid in kids.as_list() if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield page, kid
        elif isinstance(kid, pikepdf.Dictionary):
            keys = kid.keys()
            if "/S" in keys and "/MCID" not in keys:
                yield _with_keys(kid, keys, numbers, page)
            elif kid.get("/Type") == "/OBJR":
                continue
            elif "/MCID" in keys:
                own = kid.get("/Pg")
                yield page if own is None else numbers.get(own.objgen, 0), int(kid.MCID)
            else:
                yield _with_keys(kid, keys, numbers, page)


def _cell(look: Any) -> tuple[str, tuple[int, int]]:
    """Of which cells a cell is the head, and how many columns and rows it takes."""
    span = int(_look(look, "/ColSpan", 1)), int(_look(look, "/RowSpan", 1))
    return str(_look(look, "/Scope", ""))[1:], span


def _look(look: Any, key: str, default: Any) -> Any:
    """An attribute of an element: in a dictionary, or in one of several."""
    import pikepdf

    for one in look if isinstance(look, pikepdf.Array) else [look]:
        if isinstance(one, pikepdf.Dictionary) and key in one:
            return one[key]
    return default


def _links(opened: Any) -> Iterator[Link]:
    named = _named(opened.Root)
    places = {page.obj.objgen for page in opened.pages}
    for number, page in enumerate(opened.pages, start=1):
        for note in page.obj.get("/Annots", ()):
            if note.get("/Subtype") != "/Link":
                continue
            action = note.get("/A", {})
            address = str(action.get("/URI", ""))
            left, bottom, right, top = (float(v) for v in note.get("/Rect", (0, 0, 0, 0)))
            yield Link(
                page=number,
                box=(min(left, right), min(bottom, top), max(left, right), max(bottom, top)),
                address=address,
                leads=bool(address) or _leads(note.get("/Dest", action.get("/D")), named, places),
                printed=bool(int(note.get("/F", 0)) & PRINT),
                told=bool(str(note.get("/Contents", "")).strip()),
            )


def _leads(target: Any, named: frozenset[str], places: set[tuple[int, int]]) -> bool:
    import pikepdf

    if isinstance(target, pikepdf.Array):
        return len(target) > 0 and target[0].objgen in places
    return target is not None and str(target) in named


def _named(root: Any) -> frozenset[str]:
    """The names of places, of a tree that may have branches."""
    names: set[str] = set()
    todo = [root["/Names"]["/Dests"]] if "/Dests" in root.get("/Names", {}) else []
    while todo:
        node = todo.pop()
        todo += node.get("/Kids", ())
        names |= {str(name) for name in list(node.get("/Names", ()))[::2]}
    return frozenset(names)


def _fonts(opened: Any) -> Iterator[Font]:
    """Every font that a page or a form on it may ask for, once."""
    seen: set[tuple[int, int]] = set()
    todo = [page.obj.get("/Resources", {}) for page in opened.pages]
    while todo:
        resources = todo.pop()
        if not _new(resources, seen):
            continue
        forms = (form for form in resources.get("/XObject", {}).values() if _new(form, seen))
        todo += [form.Resources for form in forms if "/Resources" in form]
        for font in resources.get("/Font", {}).values():
            if _new(font, seen):
                yield from map(_font, font.get("/DescendantFonts", [font]))


def _new(item: Any, seen: set[tuple[int, int]]) -> bool:
    """Whether an object was not met before; one without a number always is new."""
    number = getattr(item, "objgen", (0, 0))
    known = number in seen
    if number != (0, 0):
        seen.add(number)
    return not known


def _font(font: Any) -> Font:
    descriptor = font.get("/FontDescriptor", {})
    name = str(descriptor.get("/FontName", font.get("/BaseFont", "")))[1:]
    plain = name[SUBSET:] if name[SUBSET - 1 : SUBSET] == "+" else name
    return Font(plain, any(key in descriptor for key in FILES))


def _about(opened: Any, metadata: str) -> set[str]:
    """The texts of the file about itself, old way and new (XMP), but for its title and maker."""
    info = {str(value) for key, value in opened.docinfo.items() if key not in MADE}
    told = [*_XMP_TEXT.findall(metadata), *_XMP_ATTRIBUTE.findall(metadata)]
    return {text for text in (*info, *(unescape(one).strip() for one in told)) if text}


def _active(opened: Any) -> set[str]:
    """The keys of what opens, runs, is filled in, or is another file in this one."""
    root = opened.Root
    found = {key for key in ACTS if key in root}
    found |= {key for key in HOLDS if key in root.get("/Names", {})}
    for page in opened.pages:
        found |= {key for key in ACTS if key in page.obj}
        for note in page.obj.get("/Annots", ()):
            found |= {key for key in ACTS if key in note}
            kind, action = str(note.get("/Subtype")), str(note.get("/A", {}).get("/S", GOES[0]))
            found |= {kind} - {"/Link"} | {action} - {*GOES}
    return found


def _bookmarks(parent: Any) -> Iterator[str]:
    item = parent.get("/First") if parent is not None else None
    while item is not None:
        yield str(item.get("/Title", ""))
        yield from _bookmarks(item)
        item = item.get("/Next")
