"""The accessibility checkers of others: what they say of a finished PDF.

``pdfua`` (MIT) and ``outloud`` (Apache-2.0, on PyMuPDF, which is AGPL) are no part of the program:
they take longer than all our own checks together, and one may not travel with it. Where they are
installed, as in this project's own environment, they are asked when a user wants it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from wijkprofiel.errors import ConfigError
from wijkprofiel.model import Finding, Severity

if TYPE_CHECKING:
    from wijkprofiel.build.verify.shelf import Checked

HINT = "mend the tags (wijkprofiel.render.tags) or the template"
_SKIPPED = "did not look: "


def require(*, wanted: bool) -> None:
    """Make sure that there is a checker to ask.

    Raises:
        ConfigError: one is wanted and none is installed.
    """
    if wanted and not any(map(find_spec, LISTENERS)):
        names = " and ".join(LISTENERS)
        hint = f"install {names} from PyPI beside wijkprofiel"
        raise ConfigError("there is no accessibility checker", hint, where="--accessibility")


def heard(checked: Checked) -> Checked:
    """Return an area with what the installed checkers say of its PDFs."""
    found = [
        finding
        for path in checked.files
        if path.suffix == ".pdf"
        for name, listen in LISTENERS.items()
        if find_spec(name)
        for finding in listen(path)
    ]
    return replace(checked, findings=(*checked.findings, *dict.fromkeys(found)))


def _pdfua(path: Path) -> Iterator[Finding]:
    import pdfua

    grades = {pdfua.Severity.ERROR: Severity.ERROR, pdfua.Severity.WARNING: Severity.WARNING}
    for outcome in pdfua.validate(str(path)).outcomes:
        code = f"pdfua-{outcome.rule_id}"
        if outcome.skipped_reason:
            # Its own failure, not ours: told, so that silence never passes for success.
            message = f"{_SKIPPED}{outcome.skipped_reason.splitlines()[0]}"
            yield Finding(code, Severity.INFO, path.name, message)
        for one in outcome.findings:
            grade = grades.get(one.severity, Severity.INFO)
            yield Finding(code, grade, path.name, one.message, HINT)


def _outloud(path: Path) -> Iterator[Finding]:
    import outloud

    grades = {"error": Severity.ERROR, "warning": Severity.WARNING}
    result = outloud.check(str(path))
    if result.error:
        yield Finding("outloud", Severity.ERROR, path.name, str(result.error))
    for one in result.findings:
        where = f"{path.name} page {one.page}" if one.page else path.name
        grade = grades.get(one.severity, Severity.INFO)
        message = f"{one.message}: {one.evidence}" if one.evidence else one.message
        yield Finding(f"outloud-{one.rule}", grade, where, message, HINT)


LISTENERS: Mapping[str, Callable[[Path], Iterator[Finding]]] = MappingProxyType(
    {"pdfua": _pdfua, "outloud": _outloud}
)
"""Checkers by the name of their package."""
