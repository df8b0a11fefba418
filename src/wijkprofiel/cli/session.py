"""What the commands of one call share: the project, its config and its data."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from wijkprofiel.assets import PROJECT_FILE, Assets, find_project
from wijkprofiel.errors import ConfigError

if TYPE_CHECKING:
    from wijkprofiel.config import Config
    from wijkprofiel.sources.dataset import Dataset


class Session:
    """One call of the program.

    Args:
        project: folder given on the command line, or None to look upwards from here.
    """

    def __init__(self, project: Path | None) -> None:
        self._given = project

    @cached_property
    def project(self) -> Path | None:
        """The user's project folder; None when the shipped project is used.

        Raises:
            ConfigError: the folder that was given is no project.
        """
        if self._given is None:
            return find_project(Path.cwd())
        if not (self._given / PROJECT_FILE).is_file():
            raise ConfigError(
                f"there is no {PROJECT_FILE} in {self._given}",
                f"make a project: wijkprofiel init {self._given} --gemeente GM....",
                where="--project",
            )
        return self._given

    def require_project(self) -> None:
        """Raise the error of :attr:`project`, if it has one."""
        _ = self.project

    @cached_property
    def assets(self) -> Assets:
        """The project's files over the shipped ones."""
        return Assets.of(self.project)

    @cached_property
    def config(self) -> Config:
        """The config of the project.

        Raises:
            ConfigError: every mistake in it.
        """
        from wijkprofiel.config import load

        return load(self.assets)

    @cached_property
    def dataset(self) -> Dataset:
        """The data of the project.

        Raises:
            WijkprofielError: every mistake in it.
        """
        from wijkprofiel.sources import folder

        return folder.load(self.config)

    @property
    def output(self) -> Path:
        """Folder for what is built: ``output`` in the project, or else here."""
        return (self.project or Path.cwd()) / "output"
