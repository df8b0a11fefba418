"""What a house style must have: its files, a colour for each theme, and enough contrast."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wijkprofiel.assets import Assets
from wijkprofiel.config import contrast
from wijkprofiel.config.files import Shelves
from wijkprofiel.config.located import ConfigFile, Key
from wijkprofiel.config.mistakes import Complaint, complaint
from wijkprofiel.errors import ConfigError, did_you_mean

PAPER = "#FFFFFF"
TEXT_ROLES = ("ink", "mute")
"""Roles that carry text on paper and on every theme's tint."""
GRAPHIC_ROLES = ("line", "favourable", "unfavourable", "similar", "uncertain")
"""Roles of shapes that carry information on paper and on every theme's tint."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def style_complaints(shelves: Shelves, assets: Assets) -> Iterator[Complaint]:
    """Yield every broken rule of the house styles, and theme colours that no style has."""
    for file in shelves.of("styles"):
        yield from _files(file, assets)
        yield from _contrasts(file)
    yield from _roles(shelves)


def _files(file: ConfigFile, assets: Assets) -> Iterator[Complaint]:
    for key, name in file.each("fonts.*.files.*"):
        if isinstance(name, str) and not _exists(f"templates/fonts/{name}", assets):
            yield complaint(file, key, f"'{name}' is not in templates/fonts/")
    folder = file.get(("stylesheet",))
    if isinstance(folder, str) and not assets.folders(f"templates/styles/{folder}"):
        yield complaint(file, ("stylesheet",), f"there is no folder templates/styles/{folder}/")


def _exists(relative: str, assets: Assets) -> bool:
    try:
        assets.find(relative)
    except ConfigError:
        return False
    return True


def _contrasts(file: ConfigFile) -> Iterator[Complaint]:
    grounds = {"paper": file.get(("colours", "paper")) or PAPER}
    grounds |= {f"themes.{key[1]}.tint": value for key, value in file.each("themes.*.tint")}
    for roles, least in ((TEXT_ROLES, contrast.TEXT), (GRAPHIC_ROLES, contrast.GRAPHIC)):
        for role in roles:
            for ground, background in grounds.items():
                key: Key = ("colours", role)
                yield from _pair(file, key, (ground, background), least)
    for key, _ in file.each("themes.*"):
        for ground in ("paper", f"themes.{key[1]}.tint"):
            deep = (*key, "deep")
            yield from _pair(file, deep, (ground, grounds.get(ground)), contrast.TEXT)


def _pair(
    file: ConfigFile, key: Key, ground: tuple[str, object], least: float
) -> Iterator[Complaint]:
    colour, (name, background) = file.get(key), ground
    if not (_is_colour(colour) and _is_colour(background)):
        return
    found = contrast.ratio(str(colour), str(background))
    if found < least:
        message = f"{colour} on {name} ({background}) has contrast {found:.2f}, needs {least:g}"
        better = contrast.passing(str(colour), str(background), least)
        yield complaint(file, key, message, f"{better} would pass")


def _is_colour(value: object) -> bool:
    return isinstance(value, str) and _COLOUR.fullmatch(value) is not None


def _roles(shelves: Shelves) -> Iterator[Complaint]:
    for file in shelves.of("frameworks"):
        for key, role in file.each("domains.*.colour"):
            for style in shelves.of("styles"):
                themes = style.get(("themes",))
                if role and isinstance(themes, dict) and role not in themes:
                    near = did_you_mean(str(role), map(str, themes))
                    message = f"'{role}' is not a theme colour of style {style.stem}{near}"
                    yield complaint(file, key, message, f"add it to 'themes' in {style.name}")
