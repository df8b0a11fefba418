"""What charts ask of a house style: colours by role, named sizes and choices."""

from __future__ import annotations

from wijkprofiel.errors import ConfigError
from wijkprofiel.model import HouseStyle, ThemeColours

WHITE = "#FFFFFF"


def colour(style: HouseStyle, role: str, fallback: str = "ink") -> str:
    """Return the colour of ``role``, or of the role ``fallback`` where the style has none.

    Raises:
        ConfigError: the style has neither.
    """
    for name in (role, fallback):
        if name in style.colours:
            return style.colours[name]
    raise ConfigError(
        f"style '{style.id}' has no colour '{role}'",
        f"add '{role}' under 'colours'",
        where=f"configs/styles/{style.id}.yaml",
    )


def paper(style: HouseStyle) -> str:
    """Return the colour of what is cut out of marks and pills: white, unless the style says so."""
    return style.colours.get("paper", WHITE)


def theme(style: HouseStyle, role: str) -> ThemeColours:
    """Return the colours of a theme.

    Raises:
        ConfigError: the style has no theme of that name.
    """
    if role in style.themes:
        return style.themes[role]
    raise ConfigError(
        f"style '{style.id}' has no theme '{role}'",
        f"add '{role}' under 'themes'",
        where=f"configs/styles/{style.id}.yaml",
    )


def size(style: HouseStyle, name: str, default: float) -> float:
    """Return a named size in mm or pt."""
    return style.sizes.get(name, default)


def look(style: HouseStyle, name: str, default: str) -> str:
    """Return a named choice."""
    return style.looks.get(name, default)


def family(style: HouseStyle) -> str:
    """Return the value of ``font-family``: all faces of the style, the text face first."""
    return ", ".join(f"'{font.family}'" for font in style.fonts)
