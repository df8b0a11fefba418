"""What a finished file says: its text, and its table where it is one; read by other software."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_SPOKEN = frozenset({"alt", "title", "aria-label", "aria-description", "content", "value"})
_TOLD = ("/Alt", "/ActualText", "/E", "/Contents", "/TU")
_EMBEDDED = frozenset({".xlsx", ".docx", ".pptx"})
"""Files inside an office file that are read too: a chart's cells are a workbook."""
_TAG = re.compile(r"<[^>]+>")
_TEXT = {"codes": "str", "gemeente": "str", "period": "str", "id": "str", "source": "str"}


def texts(name: str, content: bytes) -> list[str]:
    """Return all text of a file, alternative texts and properties included.

    A kind of file that is not known is read as text.
    """
    return list(_READERS.get(PurePath(name).suffix.lower(), _plain)(content))


def table(name: str, content: bytes) -> pd.DataFrame | None:
    """Return the table of scores in a .csv, .xlsx, .parquet or .zip; None for another file.

    Of a workbook it is the sheet for machines: the one that has the columns of scores. Of a
    manifest it is the figures that it says were published.
    """
    import pandas as pd

    readers: Mapping[str, Callable[[], pd.DataFrame | None]] = {
        ".csv": lambda: pd.read_csv(io.BytesIO(content), dtype=_TEXT, low_memory=False),
        ".xlsx": lambda: _sheet(content),
        ".parquet": lambda: pd.read_parquet(io.BytesIO(content)),
        ".json": lambda: _manifest(content),
        ".zip": lambda: next(
            (t for n, c in _members(content) if (t := table(n, c)) is not None), None
        ),
    }
    reader = readers.get(PurePath(name).suffix.lower())
    return reader() if reader is not None else None


def _sheet(content: bytes) -> pd.DataFrame | None:
    import pandas as pd

    sheets = pd.read_excel(io.BytesIO(content), sheet_name=None, dtype=_TEXT, engine="calamine")
    return next((sheet for sheet in sheets.values() if _TEXT.keys() <= set(sheet.columns)), None)


def _manifest(content: bytes) -> pd.DataFrame | None:
    import pandas as pd

    from wijkprofiel.build.published import rows

    told = json.loads(content)
    if not isinstance(told, dict) or "published" not in told:
        return None
    return pd.DataFrame(list(rows(told))).fillna("")


def _first(content: bytes) -> pd.DataFrame | None:
    tables = (table(name, member) for name, member in _members(content))
    return next((found for found in tables if found is not None), None)


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for name in opened.namelist():
            yield name, opened.read(name)


def _plain(content: bytes) -> Iterator[str]:
    yield content.decode("utf-8", errors="ignore")


def _pdf(content: bytes) -> Iterator[str]:
    import pikepdf

    from wijkprofiel.render import check

    yield from check.read(content)
    with pikepdf.open(io.BytesIO(content)) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Dictionary):
                yield from (str(item[key]) for key in _TOLD if key in item and _said(item[key]))
        yield " ".join(str(value) for value in opened.docinfo.values())
        for name, attached in opened.attachments.items():
            yield from texts(name, attached.get_file().read_bytes())


def _said(item: Any) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.String)


class _Spoken(HTMLParser):
    """Gathers what a reader sees or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Keep the attributes that are read out."""
        self.said += [value for name, value in attrs if name in _SPOKEN and value]

    def handle_data(self, data: str) -> None:
        """Keep text, that of scripts too."""
        self.said.append(data)


def _html(content: bytes) -> Iterator[str]:
    page = _Spoken()
    page.feed(content.decode("utf-8", errors="ignore"))
    yield " ".join(" ".join(page.said).split())


def _zipped(content: bytes) -> Iterator[str]:
    """Yield the text of the XML in an office file, and of the files that are embedded in it."""
    for name, member in _members(content):
        if name.endswith((".xml", ".rels")):
            yield _TAG.sub(" ", member.decode("utf-8", errors="ignore"))
        elif PurePath(name).suffix.lower() in _EMBEDDED:
            yield from _zipped(member)
            if PurePath(name).suffix.lower() == ".xlsx":
                yield from _lines(member)


def _lines(workbook: bytes) -> Iterator[str]:
    """Yield every row and every column of a workbook as a text.

    Its XML keeps words apart from numbers (``sharedStrings``): there no number stands beside the
    title that it belongs to.
    """
    import pandas as pd

    sheets = pd.read_excel(io.BytesIO(workbook), sheet_name=None, header=None, engine="calamine")
    for sheet in sheets.values():
        for turned in (sheet, sheet.T):
            for line in turned.itertuples(index=False):
                yield " ".join(str(value) for value in line if pd.notna(value))


def _packed(content: bytes) -> Iterator[str]:
    for name, member in _members(content):
        yield from texts(name, member)


def _parquet(content: bytes) -> Iterator[str]:
    found = table("table.parquet", content)
    if found is not None:
        yield found.to_csv(index=False)


_READERS: Mapping[str, Callable[[bytes], Iterator[str]]] = MappingProxyType(
    {
        ".pdf": _pdf,
        ".html": _html,
        ".pptx": _zipped,
        ".xlsx": _zipped,
        ".parquet": _parquet,
        ".zip": _packed,
    }
)
