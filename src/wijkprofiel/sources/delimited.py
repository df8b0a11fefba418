"""A CSV in whatever encoding and with whatever separator an office program wrote it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Collection

from wijkprofiel.errors import DataError
from wijkprofiel.sources.grid import Grid, text_of

SEPARATORS = (";", ",", "\t", "|")
_SEARCHED = 40
"""Rows in which the header is looked for, to find out the separator."""

_OTHER_FILES = (
    (b"PK\x03\x04", "is a zip file, not a CSV"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel file (.xls), or one with a password"),
    (b"%PDF", "is a PDF"),
    (b"$FL2", "is an SPSS file"),
    (b"$FL3", "is an SPSS file"),
)
_PAGES = ("<!doctype", "<html", "<?xml", "<table")


def read(
    data: bytes, wanted: Collection[str], where: str, *, encoding: str | None, separator: str | None
) -> Grid:
    """Return all rows of a CSV as text.

    Without ``separator`` it is the one under which a row holds the most of the ``wanted`` column
    names; a first line ``sep=;``, as Excel writes it, says it too.

    Args:
        data: UTF-8, with or without BOM, Windows-1252 or UTF-16.
        wanted: column names that are looked for.
        where: the file, for errors.
        encoding: as declared, or None.
        separator: as declared, or None.

    Raises:
        DataError: it is another kind of file, its signs cannot be read, or a quote never closes.
    """
    text = decode(data, where, encoding)
    if text.lstrip().lower().startswith(_PAGES):
        raise DataError(
            "is a web page or XML, not a CSV",
            "open it in Excel and save it as .xlsx or as CSV",
            where=where,
        )
    first, _, _ = text.partition("\n")
    if separator is None and first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator = first.strip()[4]
    if separator is None:
        separator = _separator(text, wanted, where)
    return Grid(where, _rows(text, separator, where), separator=separator)


def decode(data: bytes, where: str, encoding: str | None = None) -> str:
    """Return the text of ``data``.

    A BOM decides; then UTF-16 by its zeros, then UTF-8, then Windows-1252.

    Raises:
        DataError: it is no text, or not in the declared encoding.
    """
    for start, what in _OTHER_FILES:
        if data.startswith(start):
            raise DataError(what, "save it as .xlsx, or as CSV", where=where)
    for bom, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(bom):
            return _decoded(data, (name,), where)
    if encoding == "utf-16" or (encoding is None and data[:400].count(0) > len(data[:400]) // 4):
        return _decoded(data, ("utf-16-le" if data[1:2] == b"\0" else "utf-16-be",), where)
    return _decoded(data, (encoding,) if encoding else ("utf-8", "cp1252"), where)


def _decoded(data: bytes, names: tuple[str, ...], where: str) -> str:
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError as failure:
            broken = failure
        else:
            if "\0" in text:
                raise DataError("is no text file", "save it as .xlsx, or as CSV", where=where)
            return text
    line = data[: broken.start].count(b"\n") + 1
    raise DataError(
        f"holds signs that are not {' or '.join(names)}",
        "save it as 'CSV UTF-8', or declare its 'encoding'",
        where=f"{where}:{line}",
    )


def _separator(text: str, wanted: Collection[str], where: str) -> str:
    names = {text_of(name) for name in wanted if name}
    best, most = "", (-1, -1)
    for candidate in SEPARATORS:
        try:
            rows = _rows("\n".join(text.splitlines()[:_SEARCHED]), candidate, where, strict=False)
        except DataError:
            continue
        hits = max((len(names & {text_of(cell) for cell in row}) for row in rows), default=0)
        score = hits, max((len(row) for row in rows), default=0)
        if score > most:
            best, most = candidate, score
    return best or SEPARATORS[0]


def _rows(text: str, separator: str, where: str, *, strict: bool = True) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    try:
        for row in reader:
            rows.append(row)  # noqa: PERF402 - the rows before a broken one count for its place
    except csv.Error as broken:
        raise DataError(
            f"the quotes are wrong from here on: {broken}",
            'a text with a quote in it is written "so ""quoted"" text"',
            where=f"{where}:{len(rows) + 1}",
        ) from broken
    return rows
