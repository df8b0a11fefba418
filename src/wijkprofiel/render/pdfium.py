"""pdfium, which does one thing at a time in a process."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any

_ALONE = threading.RLock()


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """Open a PDF for this thread alone: the preview draws pages while another thread makes them.

    Yields:
        The pypdfium2.PdfDocument; closed afterwards.

    Raises:
        pypdfium2.PdfiumError: it is no PDF.
    """
    import pypdfium2

    with _ALONE:
        document = pypdfium2.PdfDocument(content)
        try:
            yield document
        finally:
            document.close()


@cache
def quick(names: tuple[str, ...]) -> SimpleNamespace:
    """Return functions of pdfium for many short calls.

    They are those of pypdfium2, but an address is a number to them, where those make an object of
    each that they give, and ask for one of the right kind.

    Args:
        names: "FPDFPage_GetObject" ...
    """
    import pypdfium2.raw

    made = SimpleNamespace()
    for name in names:
        own = getattr(pypdfium2.raw, name)
        kinds = (_number(kind) for kind in (own.restype, *own.argtypes))
        setattr(made, name, ctypes.CFUNCTYPE(*kinds)(address(own)))
    return made


def address(pointer: Any) -> int:
    """Return where a pointer of pypdfium2 leads, as :func:`quick` functions take it."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _number(kind: Any) -> Any:
    """A kind of number as it is, and an address as a number."""
    return kind if hasattr(kind, "value") else ctypes.c_void_p
