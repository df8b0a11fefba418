"""The file itself: the same bytes every time, one language, and a look at whether it is sound.

python-pptx writes the time of the day into the zip and XlsxWriter into the workbooks of the
charts; here everything gets the date of the edition.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

WORKBOOK = ".xlsx"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_STAMP = re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")
_SPOKEN = re.compile(rb'(<(?:\w+:)?(?:rPr|endParaRPr|defRPr)\b[^>]*?)\s+lang="[^"]*"')
_RUN = re.compile(rb"<((?:\w+:)?(?:rPr|endParaRPr))(?=[\s/>])")
_BARE = re.compile(rb"<(a:r|a:fld\b[^>]*)>(?=<a:t>)")
TEXTS = ("ppt/slides/", "ppt/slideLayouts/", "ppt/slideMasters/", "ppt/notesSlides/",
         "ppt/notesMasters/", "ppt/charts/")  # fmt: skip


def sealed(content: bytes, date: str, locale: str) -> bytes:
    """Return a package with all its stamps set to ``date`` and all its text in ``locale``.

    Args:
        content: the .pptx as python-pptx wrote it.
        date: ISO date of the edition.
        locale: language tag of every run of text ("nl-NL").
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(buffer, "w") as made:
        for name in given.namelist():
            data = given.read(name)
            if name.endswith(WORKBOOK):
                data = sealed(data, date, locale)
            elif name.endswith("core.xml"):
                data = _STAMP.sub(rf"\g<1>{date}T00:00:00Z\g<2>", data.decode()).encode()
            elif name.startswith(TEXTS) and name.endswith(".xml"):
                data = spoken(data, locale)
            made.writestr(_entry(name, date), data)
    return buffer.getvalue()


def spoken(xml: bytes, locale: str) -> bytes:
    """Return XML in which every run of text says its language.

    >>> spoken(b'<a:r><a:rPr lang="en-US" b="1"/><a:t>x</a:t></a:r>', "nl-NL")
    b'<a:r><a:rPr lang="nl-NL" b="1"/><a:t>x</a:t></a:r>'
    >>> spoken(b"<a:r><a:t>x</a:t></a:r>", "nl-NL")
    b'<a:r><a:rPr lang="nl-NL"/><a:t>x</a:t></a:r>'
    """
    tag = locale.encode()
    plain = _SPOKEN.sub(rb"\g<1>", xml)
    filled = _BARE.sub(rb"<\g<1>><a:rPr/>", plain)
    return _RUN.sub(rb'<\g<1> lang="' + tag + rb'"', filled)


def _entry(name: str, date: str) -> zipfile.ZipInfo:
    year, month, day = (int(part) for part in date.split("-"))
    entry = zipfile.ZipInfo(name, (max(year, 1980), month, day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def problems(content: bytes) -> list[str]:
    """Return what is wrong with a package: parts, relations, types, ids, titles, texts."""
    from lxml import etree  # type: ignore[import-untyped]  # it ships no types

    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        names = set(opened.namelist())
        if len(names) != len(opened.namelist()):
            found.append("a part is in it twice")
        roots = {
            name: etree.fromstring(opened.read(name))
            for name in names
            if name.endswith((".xml", ".rels"))
        }
    found += _untyped(roots["[Content_Types].xml"], names)
    for name in sorted(roots):
        if name.endswith(".rels"):
            found += _relations(name, roots, names)
        elif re.fullmatch(r"ppt/slides/slide\d+\.xml", name):
            found += _slide(name, roots[name])
    return found


def _untyped(root: Any, names: set[str]) -> Iterator[str]:
    endings = {item.get("Extension").lower() for item in root.iter(f"{_TYPES}Default")}
    parts = {item.get("PartName").lstrip("/") for item in root.iter(f"{_TYPES}Override")}
    for name in sorted(names - parts - {"[Content_Types].xml"}):
        if name.rsplit(".", 1)[-1].lower() not in endings:
            yield f"{name} has no content type"
    for name in sorted(parts - names):
        yield f"{name} has a content type and is not there"


def _relations(name: str, roots: dict[str, Any], names: set[str]) -> Iterator[str]:
    folder, file = posixpath.split(name)
    owner = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
    ids = [item.get("Id") for item in roots[name].iter(f"{_REL}Relationship")]
    if len(set(ids)) != len(ids):
        yield f"{name} has an id twice"
    for item in roots[name].iter(f"{_REL}Relationship"):
        target = item.get("Target")
        if item.get("TargetMode") == "External":
            continue
        base = posixpath.dirname(owner)
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(base, target)
        if posixpath.normpath(path) not in names:
            yield f"{name} points to {target}, which is not there"
    used = {
        value
        for element in roots[owner].iter() if owner in roots
        for key, value in element.attrib.items()
        if key.startswith(f"{{{_R}}}")
    } if owner in roots else set()  # fmt: skip
    for lost in sorted(used - set(ids)):
        yield f"{owner} asks for {lost}, which is not there"


def _slide(name: str, root: Any) -> Iterator[str]:
    """Ids, a title, and alternative texts of everything that is no text."""
    shapes = [e for e in root.iter() if str(e.tag).endswith("}cNvPr")]
    ids = [shape.get("id") for shape in shapes]
    if len(set(ids)) != len(ids):
        yield f"{name} has the id of a shape twice"
    titles = [p for p in root.iter(f"{_P}ph") if p.get("type") in ("title", "ctrTitle")]
    if len(titles) != 1:
        yield f"{name} has {len(titles)} titles"
    for kind in ("pic", "graphicFrame", "cxnSp"):
        for shape in root.iter(f"{_P}{kind}"):
            told = next(e for e in shape.iter() if str(e.tag).endswith("}cNvPr"))
            decorative = any(str(e.tag).endswith("}decorative") for e in told.iter())
            if not told.get("descr") and not decorative:
                yield f"{name}: {told.get('name')} has no alternative text"
