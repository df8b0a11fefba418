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
        language: of what is made; None: that of the configs. A command may still choose it.
    """

    def __init__(self, project: Path | None, language: str | None = None) -> None:
        self._given = project
        self.language = language

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
        from wijkprofiel.config.translate import translate

        config = load(self.assets)
        return translate(config, self.language) if self.language else config

    @cached_property
    def dataset(self) -> Dataset:
        """The data of the project.

        Raises:
            WijkprofielError: every mistake in it.
        """
        from wijkprofiel.sources import folder

        return folder.load(self.config)

    def folder(self, output: Path | None) -> Path:
        """Return the folder to write in: ``output``, or else the project's, or else here.

        Another language has one of its own below it. Files keep their names there, so that links
        between them hold and no language overwrites another.
        """
        from wijkprofiel.model.translations import ORIGINAL

        below = output or (self.project or Path.cwd()) / "output"
        language = self.config.language
        return below if language == ORIGINAL else below / language
