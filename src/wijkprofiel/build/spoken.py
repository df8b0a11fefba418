"""The project in each language that its documents were made in."""

from __future__ import annotations

from wijkprofiel.config import Config
from wijkprofiel.config.translate import translate
from wijkprofiel.sources import folder
from wijkprofiel.sources.dataset import Dataset


class Languages:
    """Config and data per language; another one than the project's is read when it is first met.

    The data too: what a source is called comes with them.

    Args:
        config: the project, in one language.
        dataset: its data, read in that language.
    """

    def __init__(self, config: Config, dataset: Dataset) -> None:
        self._known = {config.language: (config, dataset)}
        self._config = config

    def __call__(self, language: str | None) -> tuple[Config, Dataset]:
        """Return the project in a language; None: the one that it was given in.

        Raises:
            WijkprofielError: there are no words in that language.
        """
        wanted = str(language or self._config.language)
        if wanted not in self._known:
            spoken = translate(self._config, wanted)
            self._known[wanted] = spoken, folder.load(spoken)
        return self._known[wanted]
