"""Tables as a key of a cache: by identity, because comparing them would read them all."""

from __future__ import annotations

from typing import Any


class Same:
    """Stands for one object and equals only itself; keeps the object alive."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        """Return the identity of the object."""
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        """Return whether both stand for the very same object."""
        return isinstance(other, Same) and self.value is other.value
