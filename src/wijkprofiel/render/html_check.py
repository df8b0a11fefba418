"""Is a page what it should be? Read back before it is written: nothing wrong leaves the house."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from wijkprofiel.errors import Problem, RenderError

SVG = "{http://www.w3.org/2000/svg}"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LOADING = ("src", "srcset", "poster", "data", "action", "background")
"""Attributes by which a browser fetches something; ``href`` only in ``link``."""
_LOADED = re.compile(r"""url\(\s*+["']?+(?!data:|#)|@import|asset:""")
_HINT = "mend the template or the stylesheet"


def check(source: str, made: str, where: str) -> None:
    """Check the well-formed page as the template wrote it, and the file made of it.

    Raises:
        RenderError: all that is wrong: markup, language, headings, names of drawings, ids, links
            within the page, or anything that would be loaded from outside.
    """
    try:
        root = ET.fromstring(source)  # noqa: S314  # our own templates wrote it
    except ET.ParseError as mistake:
        message = f"the templates wrote markup that is not well-formed: {mistake}"
        raise RenderError(message, where=where) from None
    found = [*_named(root), *_headings(root), *_ids(root), *_loads(root)]
    styles = re.findall(r"<style[^>]*>(.*?)</style>", made, flags=re.DOTALL)
    found += [f"a style loads {text[m.start() : m.start() + 60]}" for text in styles
              for m in _LOADED.finditer(text)]  # fmt: skip
    if found:
        raise RenderError.of([Problem(where, line, _HINT) for line in found], "not written")


def _named(root: ET.Element) -> Iterator[str]:
    if not root.get("lang"):
        yield "the page has no language"
    if not (root.findtext("head/title") or "").strip():
        yield "the page has no title"
    for drawing in root.iter(f"{SVG}svg"):
        if drawing.get("aria-hidden") == "true":
            continue
        if not (drawing.findtext(f"{SVG}title") or "").strip():
            yield "a drawing has no alternative text"
    for image in root.iter("img"):
        if image.get("alt") is None:
            yield f"{image.get('src', 'an image')} has no alternative text"


def _headings(root: ET.Element) -> Iterator[str]:
    last = 0
    for element in root.iter():
        if element.tag in HEADINGS:
            level = HEADINGS.index(element.tag) + 1
            text = " ".join("".join(element.itertext()).split())
            if level > last + 1:
                yield f"heading '{text}' skips a level"
            if not text:
                yield "a heading is empty"
            last = level


def _ids(root: ET.Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    yield from (f"id '{name}' stands there {n} times" for name, n in ids.items() if n > 1)
    for element in root.iter():
        named = [element.get("aria-labelledby"), element.get("aria-describedby")]
        wanted = [one for name in named if name for one in name.split()]
        address = element.get("href") or ""
        wanted += [address[1:]] if address.startswith("#") else []
        yield from (f"there is no id '{name}'" for name in wanted if name not in ids)


def _loads(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        for name in LOADING:
            address = element.get(name) or ""
            if address and not address.startswith(("data:", "asset:")):
                yield f"<{element.tag} {name}> would load {address}"
        if element.tag == "link":
            yield f"<link> would load {element.get('href')}"
        if element.get("style"):
            yield f"<{element.tag}> has a style of its own, which the policy does not allow"
