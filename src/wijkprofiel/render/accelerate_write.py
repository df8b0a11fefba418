"""Less work for writing: the tags of a document are thousands of small dictionaries."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from wijkprofiel.render.accelerate import Acceleration
from wijkprofiel.render.accelerate_svg import PYDYF


def quick_dictionaries(_: Any) -> Any:
    """Write a dictionary in one go; what its keys look like is remembered."""
    import pydyf  # type: ignore[import-untyped]  # it ships no types

    @lru_cache(maxsize=4096)
    def named(key: str) -> bytes:
        return b"/%b " % key.encode("ascii")

    def data(self: Any) -> bytes:
        to_bytes, parts = pydyf._to_bytes, [b"<<"]  # noqa: SLF001
        for key, value in self.items():
            parts.append(named(key) if type(key) is str else b"/%b " % to_bytes(key))
            parts.append(value if type(value) is bytes else to_bytes(value))
        parts.append(b">>")
        return b"".join(parts)

    return property(data)


def known_references(stock: Any) -> Any:
    """Write what refers to the pages again only when there are others."""

    def page_references(self: Any) -> Any:
        pages = self.pages["Kids"]
        known = vars(self).get("known_references")
        if known is None or known[0] != pages:
            known = self.known_references = (list(pages), stock.fget(self))
        return known[1]

    return property(page_references)


ALL = (
    Acceleration(
        "dictionaries",
        *PYDYF,
        ("pydyf", "Dictionary.data"),
        "1a6ebf2b6bc6adcb",
        quick_dictionaries,
        "4,900 dictionaries a factsheet, of five keys each",
    ),
    Acceleration(
        "pages",
        *PYDYF,
        ("pydyf", "PDF.page_references"),
        "060bf90aad55931b",
        known_references,
        "asked 2,000 times a factsheet, once per tag",
    ),
)
