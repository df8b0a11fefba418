"""The factsheet by Typst: the content as Typst code, one compiler for all areas, PDF/UA-1."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from peer.content import Block, Cell, Content, Drawing, Run

if TYPE_CHECKING:
    from wijkprofiel.assets import Assets
    from wijkprofiel.model import HouseStyle

STANDARD = "ua-1"
COVER = {"silhouette": "place(top + right, ", "crowd": "place(top + right, dy: 24mm, "}
"""Drawings that text runs beside."""

_START = """
#set document(title: {title}, author: "wijkprofiel", date: none)
#set text(lang: {language}, font: ({families},), size: 7.4pt, hyphenate: false)
#set par(leading: 0.38em, spacing: 0.55em)
#set page(paper: "a4", margin: (x: 11mm, top: 9mm, bottom: 14mm), footer: context text(6pt)[
  #{foot} #h(1fr) #counter(page).display() / #counter(page).final().first()])
#set table(stroke: none, inset: (x: 1.5pt, y: 0.9pt), align: horizon)
#set block(spacing: 0.55em)
#show heading: set block(above: 0.6em, below: 0.4em)
#show heading.where(level: 1): set text(34pt)
#show heading.where(level: 2): set text(11pt)
#show heading.where(level: 3): set text(7.4pt)
#let plane = rgb("#FBEBC8")
"""


class Typesetter:
    """One Typst compiler that knows its fonts.

    Args:
        fonts: folder with TrueType fonts.
        families: that texts are set in, the first that has a character.
    """

    def __init__(self, fonts: Path, families: Sequence[str]) -> None:
        import typst

        self._families = families
        self._compiler = typst.Compiler(
            root=str(fonts), font_paths=[str(fonts)], ignore_system_fonts=True
        )

    def make(self, content: Content) -> bytes:
        """Return the PDF."""
        source = write(content, self._families).encode()
        made = self._compiler.compile(input=source, format="pdf", pdf_standards=[STANDARD])
        assert isinstance(made, bytes)  # noqa: S101 - one document, not pages
        return made


def write(content: Content, families: Sequence[str]) -> str:
    """Return the content as Typst code."""
    told = {"title": content.title, "language": content.language.split("-")[0],
            "foot": content.foot}  # fmt: skip
    named = ", ".join(_quoted(family) for family in families)
    start = _START.format(**{name: _quoted(text) for name, text in told.items()}, families=named)
    pages = "\n#pagebreak(weak: true)\n".join(
        "\n".join(f"#{line}" for line in _lines(page)) for page in content.pages
    )
    return start + pages


def _lines(blocks: Sequence[Block | Drawing]) -> Iterator[str]:
    """Yield one expression per block."""
    for block in blocks:
        if isinstance(block, Drawing):
            end = ")" if block.place in COVER else ""
            yield f"{COVER.get(block.place, '')}{_image(block)}{end}"
        elif block.kind == "heading":
            yield f"heading(level: {block.level}, {_text(block.runs)})"
        elif block.kind == "table":
            yield _table(block)
        elif block.kind == "columns":
            weights = ", ".join(f"{weight}fr" for weight in block.weights[:4])
            parts = ", ".join("{" + "\n".join(_lines(part)) + "}" for part in block.parts)
            plane = "plane" if block.weights == (1, 2) else "none"
            yield (
                f"block(width: 100%, fill: {plane}, inset: (y: 2pt), "
                f"grid(columns: ({weights},), gutter: 5mm, {parts},))"
            )
        else:
            yield f"par({_text(block.runs)})"


def _table(block: Block) -> str:
    """Return a table: columns with little text are as wide as it, the others share the rest."""
    head, *body = block.rows
    longest = [max(len(cell.text) for cell in column) for column in zip(*body, strict=True)]
    columns = ", ".join("auto" if most < 13 else f"{min(most, 40)}fr" for most in longest)
    cells = ", ".join(_cell(cell) for row in body for cell in row)
    names = ", ".join(_cell(cell) for cell in head)
    return f"table(columns: ({columns}), table.header({names}), {cells})"


def _cell(cell: Cell) -> str:
    if cell.drawing is not None:
        return _image(cell.drawing)
    return _text(cell.runs)


def _image(drawing: Drawing) -> str:
    return (
        f'image(bytes({_quoted(drawing.svg)}), format: "svg", '
        f"width: {drawing.width}mm, alt: {_quoted(drawing.alt)})"
    )


def _text(runs: Sequence[Run]) -> str:
    """Return runs as one expression."""
    parts: list[str] = []
    for run in runs:
        weight = 'weight: "bold", ' if run.bold else ""
        for number, line in enumerate(run.text.split("\n")):
            if number:
                parts.append("linebreak()")
            if line:
                parts.append(f"text({weight}{_quoted(line)})")
    return " + ".join(parts) or '""'


def _quoted(text: str) -> str:
    """Return a string of Typst; its escapes are those of JSON, but for characters by number."""
    return json.dumps(text, ensure_ascii=False)


def true_type(style: HouseStyle, assets: Assets, folder: Path) -> list[str]:
    """Write the fonts of a house style as TrueType below a folder, and return their families.

    Typst reads no WOFF2, and takes the name of a family from the file.
    """
    from fontTools.ttLib import TTFont

    for one in style.fonts:
        for weight, file in one.files.items():
            font = TTFont(assets.find(f"templates/fonts/{file}"))
            font.flavor = None
            for name in font["name"].names:
                if name.nameID in {1, 16}:
                    name.string = one.family
            font.save(folder / f"{one.family}-{weight}.ttf")
    return [one.family for one in style.fonts]
