"""A PowerPoint file as passages: text, tables and charts of each slide, and what the speaker says.

Read from the XML of the file (ECMA-376, PresentationML and DrawingML), not with the library that
wrote it. A chart holds numbers: in the drawing, and in the workbook behind it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from wijkprofiel.build.agreement import sheets
from wijkprofiel.build.agreement.passages import Node, Passage, passages

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_TITLES = ("title", "ctrTitle")


def read(content: bytes) -> Iterator[Passage]:
    """Yield the passages of a .pptx, slide by slide, with the notes after each."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        names = (_SLIDE.fullmatch(name) for name in opened.namelist())
        found = sorted((int(name[1]), name.string) for name in names if name)
        for number, name in found:
            yield from _Slide(opened, name, f"slide {number}").passages()


class _Slide:
    """One slide and the parts that it points to."""

    def __init__(self, package: zipfile.ZipFile, name: str, where: str) -> None:
        self._package, self._name, self._where = package, name, where
        self._targets = dict(_targets(package, name))

    def passages(self) -> Iterator[Passage]:
        """Yield what stands on it, then its notes."""
        tree = _xml(self._package, self._name).find(f"{_P}cSld/{_P}spTree")
        for shape in tree if tree is not None else ():
            yield from self._shape(shape)
        for kind, target in self._targets.values():
            if kind == "notesSlide":
                notes = _xml(self._package, target)
                for paragraph in notes.iter(f"{_A}p"):
                    yield Passage(f"{self._where} notes", (_text(paragraph),))

    def _shape(self, shape: ET.Element) -> Iterator[Passage]:
        if shape.tag == f"{_P}grpSp":
            for inner in shape:
                yield from self._shape(inner)
            return
        described = next(shape.iter(f"{_P}cNvPr"), None)
        if described is not None and described.get("descr"):
            yield from passages(Node("figure", described.get("descr", "")), self._where)
        for table in shape.iter(f"{_A}tbl"):
            yield from passages(_table(table), self._where)
        for chart in shape.iter(f"{_C}chart"):
            yield from self._chart(self._targets[chart.get(f"{_R}id", "")][1])
        if shape.tag == f"{_P}sp":
            yield from passages(_lines(shape), self._where)

    def _chart(self, name: str) -> Iterator[Passage]:
        series = list(_xml(self._package, name).iter(f"{_C}ser"))
        heads = ("", *(" ".join(_values(one.find(f"{_C}tx")).values()) for one in series))
        named = _values(series[0].find(f"{_C}cat")) if series else {}
        columns = [_values(one.find(f"{_C}val")) for one in series]
        for place, category in named.items():
            yield Passage(self._where, (category, *_row(columns, place)), heads)
        for kind, target in dict(_targets(self._package, name)).values():
            if kind == "package":
                for passage in sheets.read(self._package.read(target)):
                    yield Passage(f"{self._where} {passage.where}", passage.cells, passage.heads)


def _row(columns: Sequence[dict[int, str]], place: int) -> Iterator[str | float]:
    """The numbers of one category; "" where a series has none."""
    for column in columns:
        yield float(column[place]) if place in column else ""


def _values(element: ET.Element | None) -> dict[int, str]:
    """Return the points of a name, of categories or of values, by their place."""
    points = element.iter(f"{_C}pt") if element is not None else ()
    return {int(point.get("idx", "0")): point.findtext(f"{_C}v") or "" for point in points}


def _lines(shape: ET.Element) -> Node:
    """The paragraphs of a shape; the title of a slide is a heading."""
    holder = next(shape.iter(f"{_P}ph"), None)
    heading = holder is not None and holder.get("type") in _TITLES
    told = [_text(paragraph) for paragraph in shape.iter(f"{_A}p")]
    if heading:
        return Node("heading", kids=[Node("text", text) for text in told])
    return Node("part", kids=[Node("block", kids=[Node("text", text)]) for text in told])


def _table(table: ET.Element) -> Node:
    """A table; its first row are heads, where it says so."""
    headed = next((p.get("firstRow") in ("1", "true") for p in table.iter(f"{_A}tblPr")), False)
    rows = []
    for number, row in enumerate(table.iter(f"{_A}tr")):
        kind = "head" if headed and number == 0 else "cell"
        cells = [" ".join(_text(p) for p in cell.iter(f"{_A}p")) for cell in row.iter(f"{_A}tc")]
        rows.append(Node("row", kids=[Node(kind, kids=[Node("text", text)]) for text in cells]))  # type: ignore[arg-type]  # one of two kinds
    return Node("table", kids=rows)


def _text(paragraph: ET.Element) -> str:
    return "".join(run.text or "" for run in paragraph.iter(f"{_A}t"))


def _xml(package: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(package.read(name))  # noqa: S314  # we wrote it a moment ago


def _targets(package: zipfile.ZipFile, name: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the parts that one points to: id → kind and path."""
    folder, file = posixpath.split(name)
    path = f"{folder}/_rels/{file}.rels"
    if path not in package.namelist():
        return
    for link in _xml(package, path):
        kind = link.get("Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join(folder, link.get("Target", "")))
        yield link.get("Id", ""), (kind, target.removeprefix("../").lstrip("/"))
