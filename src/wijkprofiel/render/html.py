"""A web page as one file: fonts, style, script and pictures inside it, and nothing from outside.

A content security policy says so to the browser: it may load nothing, and runs only the styles
and the script whose checksum it was given.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from functools import lru_cache
from html import escape
from pathlib import Path

from wijkprofiel.assets import Assets
from wijkprofiel.documents.web_sheets import Page, Sheet
from wijkprofiel.errors import ConfigError, RenderError
from wijkprofiel.render import html_check
from wijkprofiel.render.pdf import SCHEME, TYPES

USUAL = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) + "–—‘’“”…•▲▼●◌"
"""Characters that every page gets, so that the pages of a project share their fonts."""
FONT = ".woff2"

_FACE = re.compile(r"@font-face \{[^}]*\}")
_IN_CSS = re.compile(rf'url\("{SCHEME}([^"]+)"\)')
_IN_HTML = re.compile(rf'src="{SCHEME}([^"]+)"')


def render(page: Page, assets: Assets) -> bytes:
    """Return the page as one HTML file; the same page gives the same bytes in every process.

    Raises:
        RenderError: the page is not what it should be, or asks for a file that is not there.
    """
    signs = frozenset(page.html) | frozenset(USUAL)
    styles = [_style(sheet, signs, assets) for sheet in page.sheets]
    html = _IN_HTML.sub(lambda found: f'src="{_data(found[1], assets)}"', page.html)
    if "</head>" not in html:
        raise RenderError("the template has no <head>", where=page.name)
    policy = _policy(styles, page.script)
    inside = [f'<meta http-equiv="Content-Security-Policy" content="{policy}"/>']
    pairs = zip(page.sheets, styles, strict=True)
    inside += [f"<style{_named(sheet)}>{css}</style>" for sheet, css in pairs]
    inside += [f"<script>{page.script}</script>"] if page.script else []
    head, body = html.split("</head>", 1)
    made = f"<!DOCTYPE html>\n{head}" + "\n".join(inside) + f"</head>{body}"
    html_check.check(page.html, made, page.name)
    return made.encode()


def _named(sheet: Sheet) -> str:
    told = (("id", sheet.id), ("media", sheet.media))
    return "".join(f' {name}="{escape(value)}"' for name, value in told if value)


def _style(sheet: Sheet, signs: frozenset[str], assets: Assets) -> str:
    """Return the CSS with its files inside, without the faces that no character needs."""

    def face(found: re.Match[str]) -> str:
        names = _IN_CSS.findall(found[0])
        return found[0] if any(_subset(_path(name, assets), signs) for name in names) else ""

    def address(found: re.Match[str]) -> str:
        return f'url("{_data(found[1], assets, signs)}")'

    css = _IN_CSS.sub(address, _FACE.sub(face, sheet.css))
    return re.sub(r"/\*.*?\*/\n?", "", css, flags=re.DOTALL).replace("\n\n", "\n")


def _data(name: str, assets: Assets, signs: frozenset[str] = frozenset()) -> str:
    path = _path(name, assets)
    content = _subset(path, signs) if path.suffix == FONT else path.read_bytes()
    kind = TYPES.get(path.suffix, "application/octet-stream")
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _path(name: str, assets: Assets) -> Path:
    try:
        return assets.find(name)
    except ConfigError as missing:
        raise RenderError(missing.message, missing.hint) from missing


@lru_cache(maxsize=64)
def _subset(path: Path, signs: frozenset[str]) -> bytes:
    """Return a font with these characters only, b"" where it has none of them but the space."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    with TTFont(path, recalcTimestamp=False) as font:
        wanted = {ord(sign) for sign in signs} & set(font.getBestCmap())
        if not wanted - {0x20, 0xA0}:
            return b""
        options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(wanted))
        cutter.subset(font)
        font.flavor = "woff2"
        made = io.BytesIO()
        font.save(made)
    return made.getvalue()


def _policy(styles: list[str], script: str) -> str:
    rules = {
        "default-src": "'none'",
        "style-src": " ".join(_checksum(text) for text in styles),
        "script-src": _checksum(script) if script else "'none'",
        "img-src": "data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _checksum(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
