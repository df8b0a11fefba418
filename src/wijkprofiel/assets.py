"""The one place that knows where templates, configs and sample data are.

A project folder of the user overrides any single file: it is looked up first, and what it does
not have comes from the package (``wijkprofiel/_assets`` in a wheel, the top level in a checkout).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wijkprofiel.errors import ConfigError

PROJECT_FILE = "wijkprofiel.yaml"


def shipped_root() -> Path:
    """Return the folder that holds the shipped ``templates``, ``configs`` and ``data/sample``."""
    here = Path(__file__).resolve().parent
    packaged = here / "_assets"
    return packaged if packaged.is_dir() else here.parent.parent


@dataclass(frozen=True, slots=True)
class Assets:
    """Files by their path below the root, the user's project first.

    Attributes:
        roots: folders in the order they are searched.
    """

    roots: tuple[Path, ...]

    @classmethod
    def of(cls, project: Path | None = None) -> Assets:
        """Return the assets of ``project``, a folder with a project file, over the shipped."""
        shipped = shipped_root()
        if project is None or project.resolve() == shipped:
            return cls((shipped,))
        return cls((project.resolve(), shipped))

    @property
    def project(self) -> Path:
        """The folder that wins: the user's project, or the shipped root."""
        return self.roots[0]

    def find(self, relative: str) -> Path:
        """Return the first file at ``relative``.

        Raises:
            ConfigError: no root has it, or it would leave the root.
        """
        for root in self.roots:
            path = root / relative
            if path.is_file() and path.resolve().is_relative_to(root.resolve()):
                return path
        looked = ", ".join(str(root) for root in self.roots)
        raise ConfigError(f"'{relative}' is not there", f"looked in {looked}", where=relative)

    def folders(self, relative: str) -> list[Path]:
        """Return the folders called ``relative`` in every root that has one, winner first."""
        return [root / relative for root in self.roots if (root / relative).is_dir()]

    def every(self, relative: str, pattern: str = "*.yaml") -> Iterator[Path]:
        """Yield the files of ``relative`` that match ``pattern``, by name, each name once."""
        winners: dict[str, Path] = {}
        for folder in reversed(self.folders(relative)):
            winners.update({path.name: path for path in folder.glob(pattern)})
        yield from (winners[name] for name in sorted(winners))


def find_project(start: Path) -> Path | None:
    """Return the nearest folder at or above ``start`` that has a project file, or ``None``."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / PROJECT_FILE).is_file():
            return folder
    return None
