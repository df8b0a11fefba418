"""What a web page is drawn with: a house style by day and by night, its layout and its script.

Charts are the same functions with two things changed in the style they are given: every colour is
the CSS variable of its role (``var(--ink)``), so that one drawing serves light and dark, and texts
are as large as a telephone asks (9 pt is 12 px, at the narrowest width of 320 px).
"""

from __future__ import annotations

from dataclasses import dataclass

from wijkprofiel.assets import Assets
from wijkprofiel.documents import dark, styles
from wijkprofiel.documents.templates import FOLDER
from wijkprofiel.model import HouseStyle, ThemeColours

SIZES = {
    "web_width": 84.0, "web_height": 66.0, "web_label": 9.2, "web_value": 14.0,
    "web_label_width": 24.0, "note": 9.2, "map_name": 9.2, "part_name": 11.5, "column": 75.0,
    "locator_width": 75.0, "locator_height": 58.0, "wide": 150.0, "below_width": 400.0,
}  # fmt: skip
"""Sizes of charts on a screen, in mm and pt: drawn for 320 px, larger screens scale them up."""
LAYOUT = f"{FOLDER}/web/page.css"
SCRIPT = f"{FOLDER}/web/page.js"
BY_NIGHT = "screen and (prefers-color-scheme: dark)"
"""When the dark colours hold: never on paper; a reader's own choice replaces it."""
TOKENS, BASE = 0, 1
"""Places of the sheets of a style; its base is for paper."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """CSS of a page.

    Attributes:
        id: id of its element, "" for none.
        media: media query, "" for always.
    """

    css: str
    id: str = ""
    media: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A web page before everything that it needs is put into it.

    Attributes:
        name: what it is called in messages.
        html: well-formed XHTML without style or script.
        script: runs in the head, before anything is drawn.
    """

    name: str
    html: str
    sheets: tuple[Sheet, ...]
    script: str


def on_screen(style: HouseStyle) -> HouseStyle:
    """Return a style for charts on a screen: colours by the name of their role, larger texts."""
    # Not validated: a variable is no colour that a style may declare.
    theme = ThemeColours.model_construct(full="var(--full)", tint="var(--tint)", deep="var(--deep)")
    return style.model_copy(
        update={
            "colours": {role: f"var(--{role})" for role in style.colours},
            "themes": dict.fromkeys(style.themes, theme),
            "sizes": {**style.sizes, **SIZES},
        }
    )


def sheets(style: HouseStyle, document: str, assets: Assets) -> tuple[Sheet, ...]:
    """Return the CSS of a page: all that holds by day, and the colours by night.

    Args:
        style: the house style.
        document: name of the style's own sheet.
        assets: the project's files.

    Raises:
        ConfigError: a sheet is not there.
    """
    given = styles.stylesheets(style, document, assets)
    layout = assets.find(LAYOUT).read_text(encoding="utf-8")
    day = [given[TOKENS].css, layout, *(sheet.css for sheet in given[BASE + 1 :])]
    night = styles.stylesheets(dark.turned(style), document, assets)[TOKENS].css
    lines = [line for line in night.splitlines() if not line.startswith("@font-face")]
    lines.append(":root { color-scheme: dark }")
    return (Sheet("\n".join(day)), Sheet("\n".join(lines), "dark", BY_NIGHT))


def script(assets: Assets, *others: str) -> str:
    """Return the script that every page has, and ``others`` (paths below the roots).

    Raises:
        ConfigError: one is not there.
    """
    return "\n".join(assets.find(name).read_text(encoding="utf-8") for name in (SCRIPT, *others))
