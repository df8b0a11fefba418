"""pdfium, which does one thing at a time in a process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
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
