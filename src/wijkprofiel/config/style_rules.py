"""What a house style must have: its files, a colour for each theme, and enough contrast."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from wijkprofiel.assets import Assets, shipped_root
from wijkprofiel.config import contrast, fonts, images
from wijkprofiel.config.files import Shelves
from wijkprofiel.config.located import ConfigFile, Key
from wijkprofiel.config.mistakes import Complaint, complaint
from wijkprofiel.config.pairs import FALLBACKS, PAIRS, REQUIRED, THEME, Pair
from wijkprofiel.errors import ConfigError, did_you_mean

PAPER = "#FFFFFF"

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_NAMES = ("logos.*.file", "partners.*.logo")
"""Where a file of a logo stands in a style, a project or a profile."""


def style_complaints(shelves: Shelves, assets: Assets) -> Iterator[Complaint]:
    """Yield every broken rule of the house styles, and theme colours that no style has."""
    for file in shelves.of("styles"):
        yield from _fonts(file, assets)
        yield from _folder(file, assets)
        yield from _contrasts(file)
    for shelf in ("styles", "project"):
        for file in shelves.of(shelf):
            yield from image_complaints(file, assets)
    yield from _roles(shelves)


def image_complaints(file: ConfigFile, assets: Assets) -> Iterator[Complaint]:
    """Yield every logo and photo of one file that is not there, or is not what it should be."""
    found = [(key, name, False) for pattern in _NAMES for key, name in file.each(pattern)]
    found += [(key, name, True) for key, name in file.each("photo.file")]
    for key, name, photo in found:
        if not isinstance(name, str) or Path(name).suffix not in {".svg", *images.FORMATS}:
            continue  # its type is somebody else's complaint
        path = _find(f"{images.FOLDER}/{name}", assets)
        if path is None:
            near = did_you_mean(name, _held(images.FOLDER, assets))
            hint = f"put the file in {images.FOLDER}/"
            yield complaint(file, key, f"'{name}' is not in {images.FOLDER}/{near}", hint)
        elif (wrong := images.wrong(path, photo=photo)) is not None:
            yield complaint(file, key, f"'{name}' {wrong.message}", wrong.hint)


def _fonts(file: ConfigFile, assets: Assets) -> Iterator[Complaint]:
    hint = f"put a font with an open licence in {fonts.FOLDER}/, as .woff2"
    paths = []
    for key, name in file.each("fonts.*.files.*"):
        if not isinstance(name, str):
            continue
        path = _find(f"{fonts.FOLDER}/{name}", assets)
        if path is None:
            near = did_you_mean(name, _held(fonts.FOLDER, assets))
            yield complaint(file, key, f"'{name}' is not in {fonts.FOLDER}/{near}", hint)
        elif wrong := fonts.wrong(path) or _unread(path):
            yield complaint(file, key, f"'{name}' {wrong}", hint)
        else:
            paths.append(path)
    own = [path for path in paths if not _shipped(path)]
    if own and (absent := fonts.absent(paths)):
        message = f"no font of this style has a shape for {absent}"
        yield complaint(file, ("fonts",), message, "add a font, or a subset, that has them")


def _unread(path: Path) -> str:
    """Fonts of the user are read as a whole; those that are shipped are read by our tests."""
    return "cannot be read as a font" if not _shipped(path) and fonts.damaged(path) else ""


def _shipped(path: Path) -> bool:
    return path.resolve().is_relative_to((shipped_root() / fonts.FOLDER).resolve())


def _folder(file: ConfigFile, assets: Assets) -> Iterator[Complaint]:
    folder = file.get(("stylesheet",))
    if isinstance(folder, str) and not assets.folders(f"templates/styles/{folder}"):
        yield complaint(file, ("stylesheet",), f"there is no folder templates/styles/{folder}/")


def _find(relative: str, assets: Assets) -> Path | None:
    try:
        return assets.find(relative)
    except ConfigError:
        return None


def _held(folder: str, assets: Assets) -> list[str]:
    return [path.name for path in assets.every(folder, "*.*")]


def _contrasts(file: ConfigFile) -> Iterator[Complaint]:
    for role in REQUIRED:
        if isinstance(file.get(("colours",)), dict) and file.get(("colours", role)) is None:
            yield complaint(file, ("colours",), f"there is no colour '{role}'")
    themes = file.get(("themes",))
    names = [str(name) for name in themes] if isinstance(themes, dict) else []
    told: set[tuple[Key, str]] = set()
    for pair in PAIRS:
        if not _used(pair, file):
            continue
        every = names if THEME in pair.front + pair.ground else [""]
        for theme in every:
            key, ground = _key(pair.front, theme, file), _key(pair.ground, theme, file)
            background = file.get(ground) or (PAPER if pair.ground == "paper" else None)
            if (key, str(background)) not in told:
                told.add((key, str(background)))
                yield from _pair(file, key, (_name(ground), background), pair.least)


def _used(pair: Pair, file: ConfigFile) -> bool:
    if pair.look is None:
        return True
    name, value, usual = pair.look
    return (file.get(("looks", name)) or usual) == value


def _key(role: str, theme: str, file: ConfigFile) -> Key:
    if role.startswith(THEME):
        return ("themes", theme, role.removeprefix(THEME))
    if file.get(("colours", role)) is None:
        role = FALLBACKS.get(role, role)
    return ("colours", role)


def _name(key: Key) -> str:
    """How a ground is called in a message: its role, or the key of a theme's colour."""
    return str(key[1]) if key[0] == "colours" else ".".join(map(str, key))


def _pair(
    file: ConfigFile, key: Key, ground: tuple[str, object], least: float
) -> Iterator[Complaint]:
    colour, (name, background) = file.get(key), ground
    if colour is None and key == ("colours", "paper"):
        colour = PAPER
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
