"""A house style as CSS: its fonts and colours as custom properties, its signs as backgrounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from wijkprofiel.assets import Assets
from wijkprofiel.charts import signs, verdict
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import HouseStyle, Outcome

FONTS = "templates/fonts"
SIGNS = "templates/signs"
SHARED = "templates/styles/common/base.css"
"""Structure that every house style shares."""
SCHEME = "asset:"
"""Addresses in our CSS are paths below the project's roots, nothing else."""

_OUTCOMES = {
    "g": Outcome.FAVOURABLE,
    "v": Outcome.SIMILAR,
    "o": Outcome.UNFAVOURABLE,
    "n": Outcome.UNCERTAIN,
    "c": Outcome.HIGHER,
    "x": Outcome.NONE,
}


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """CSS with the name it is known by in messages."""

    name: str
    css: str


def stylesheets(style: HouseStyle, document: str, assets: Assets) -> tuple[Stylesheet, ...]:
    """Return the tokens of a style, what all styles share, its base and its sheet for a document.

    Raises:
        ConfigError: the style's folder lacks a sheet.
    """
    folder = f"templates/styles/{style.stylesheet}"
    tokens = Stylesheet(f"configs/styles/{style.id}.yaml", "\n".join(_tokens(style, assets)))
    paths = (SHARED, f"{folder}/base.css", f"{folder}/{document}.css")
    texts = (assets.find(path).read_text(encoding="utf-8") for path in paths)
    return (tokens, *(Stylesheet(path, text) for path, text in zip(paths, texts, strict=True)))


def _tokens(style: HouseStyle, assets: Assets) -> Iterator[str]:
    yield from _faces(style)
    families = ", ".join(f'"{font.family}"' for font in style.fonts)
    roles = "".join(f"--{role}: {colour}; " for role, colour in style.colours.items())
    yield f":root {{ {roles}--font: {families} }}"
    for role, theme in style.themes.items():
        yield f".t-{role} {{ --full: {theme.full}; --tint: {theme.tint}; --deep: {theme.deep} }}"
        sign = _sign(role, style, assets)
        if sign:
            yield f".s-{role} {{ background-image: {sign} }}"
    for css, sign in verdict_signs(style).items():
        yield f".{'.'.join(css.split())} {{ background-image: {_background(sign)} }}"


def verdict_signs(style: HouseStyle) -> dict[str, str]:
    """Return the drawing of a verdict by the classes that ask for it ("v-o v-slight")."""
    full = {f"v-{letter}": _verdict(outcome, 2, style) for letter, outcome in _OUTCOMES.items()}
    slight = {f"v-{at} v-slight": _verdict(_OUTCOMES[at], 1, style) for at in ("g", "o")}
    return full | slight


def _faces(style: HouseStyle) -> Iterator[str]:
    for font in style.fonts:
        for weight, name in sorted(font.files.items()):
            address = f'url("{SCHEME}{FONTS}/{name}")'
            yield (
                f'@font-face {{ font-family: "{font.family}"; font-weight: {weight}; '
                f"src: {address} }}"
            )


def _verdict(outcome: Outcome, strength: int, style: HouseStyle) -> str:
    return verdict.sign(outcome, strength, 1.15, style, title="")


def _sign(role: str, style: HouseStyle, assets: Assets) -> str:
    """The drawing of a theme in the style's colours, "" without one."""
    try:
        path = assets.find(f"{SIGNS}/{role}.svg")
    except ConfigError:
        return ""
    return _background(signs.coloured(path.read_text(encoding="utf-8"), style, role))


def _background(svg: str) -> str:
    return f'url("data:image/svg+xml,{quote(svg)}")'
