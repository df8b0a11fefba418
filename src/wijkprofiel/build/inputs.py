"""What reaches a document, as a few hashes: a document is made again when one of them changes.

What reaches a document of an area: the parts of its profile (*figures* with their verdicts and
reference numbers, *scores*, *map*, *people*, *sources*, *sender*, *area*), the *document* type's
own templates, the *look* that documents share (styles, signs, fonts), the *words*, and the
*program* with the libraries it draws with. A web page also knows the files *beside* it, for its
links. Nothing else does: a figure of another area changes a document only by way of the profile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from platform import python_version

from wijkprofiel.assets import shipped_root
from wijkprofiel.config import Config
from wijkprofiel.model import Profile, Snapshot
from wijkprofiel.profile.digest import LENGTH, digest
from wijkprofiel.sources.dataset import Dataset

LIBRARIES = (
    "Babel", "fonttools", "geopandas", "jinja2", "matplotlib", "pandas", "pydyf", "python-pptx",
    "pyyaml", "weasyprint", "wijkprofiel", "XlsxWriter",
)  # fmt: skip
"""Packages whose version can change what comes out."""

TEMPLATES = "templates"
SHARED = ("fonts", "parts", "signs", "styles")
"""Folders of templates that many documents use."""

Hashes = Mapping[str, str]
"""Per kind of input its hash."""


class Inputs:
    """The inputs of one build; files and versions are read once.

    Args:
        config: the project.
        dataset: the data it is built from.
    """

    def __init__(self, config: Config, dataset: Dataset) -> None:
        self._config = config
        self._dataset = dataset
        self._documents: dict[str, str] = {}

    @cached_property
    def project(self) -> Hashes:
        """Everything that can reach any area, per kind; the same hashes mean the same documents."""
        config = self._config
        own = [(slug, profile.style) for slug, profile in sorted(config.profiles.items())]
        styles = [config.chosen_style, own]
        return {
            "config": digest([config.hash, config.project, styles, config.language], {}),
            "data": digest([[s.path, s.sha256] for s in self._open], {}),
            "pictures": digest([dict(sorted(config.pictures.items()))], {}),
            "program": self.program,
            "templates": self.templates,
        }

    @property
    def surveys(self) -> bool:
        """Whether own surveys are among the data: no hash tells whether those changed.

        It would be written beside the documents, and who knows most of a small table could find
        the rest by trying all tables until one fits.
        """
        return len(self._open) < len(self._dataset.snapshots)

    @property
    def _open(self) -> list[Snapshot]:
        """The files that are no survey."""
        sources = self._config.sources
        surveys = {name for name, source in sources.items() if source.survey}
        return [one for one in self._dataset.snapshots if one.source not in surveys]

    @cached_property
    def templates(self) -> str:
        """Hash over all templates, the project's over the shipped ones."""
        return _hash_of(self._files)

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """Versions of Python and of the libraries that draw."""
        return versions()

    @cached_property
    def program(self) -> str:
        """Hash over the versions and this program's own modules."""
        return digest([dict(self.versions), modules()], {})

    def of(self, profile: Profile, document: str, beside: Sequence[str] | None = None) -> Hashes:
        """Return what reaches one document of an area.

        Args:
            profile: the area's.
            document: id of the document type.
            beside: names of the files that it may link to; None: it links to none.
        """
        found = {
            **profile.inputs,
            "document": self._document(document),
            "look": self._look,
            "words": self._words,
            "program": self.program,
        }
        return found if beside is None else found | {"beside": self.beside(beside)}

    @staticmethod
    def beside(files: Sequence[str]) -> str:
        """Return the hash of the names that a web page may link to."""
        return digest([list(files)], {})

    def _document(self, name: str) -> str:
        if name not in self._documents:
            own = {path: file for path, file in self._files.items() if path.startswith(f"{name}/")}
            spec = self._config.documents[name]
            self._documents[name] = digest([_hash_of(own), spec], {})
        return self._documents[name]

    @cached_property
    def _look(self) -> str:
        files = self._files.items()
        return _hash_of({path: file for path, file in files if path.split("/")[0] in SHARED})

    @cached_property
    def _words(self) -> str:
        """Texts that documents take from the configs themselves and not from a profile."""
        config = self._config
        used = [config.frameworks[name] for name in config.project.frameworks]
        titles = {name: spec.title for name, spec in config.documents.items()}
        names = {name: topic.title for name, topic in config.indicators.items()}
        project = [config.project.title, config.project.edition, config.project.contact]
        wording = config.wording.get(config.language, {})
        things = [config.language, wording, project, used, titles, names, config.interventions]
        return digest([*things, config.area_names], {})

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        files: dict[str, Path] = {}
        for folder in reversed(self._config.assets.folders(TEMPLATES)):
            found = (path for path in folder.rglob("*") if path.is_file())
            files |= {path.relative_to(folder).as_posix(): path for path in found}
        return files


def versions() -> Mapping[str, str]:
    """Return the versions of Python and of the libraries that draw."""
    return {"python": python_version(), **{name: version(name) for name in LIBRARIES}}


@cache
def modules() -> str:
    """Return the hash over this program's own modules, as they were when it was first asked.

    A process goes on with what it loaded, whatever is installed meanwhile.
    """
    root = Path(__file__).resolve().parents[1]
    return _hash_of({p.relative_to(root).as_posix(): p for p in root.rglob("*.py")})


def shipped() -> str:
    """Return the hash over the templates that came with the program."""
    root = shipped_root() / TEMPLATES
    return _hash_of({p.relative_to(root).as_posix(): p for p in root.rglob("*") if p.is_file()})


def changed(before: Hashes | None, now: Hashes) -> tuple[str, ...]:
    """Return the kinds of input that differ, in their order; all of them when none were there."""
    return tuple(kind for kind in _kinds(before, now) if (before or {}).get(kind) != now.get(kind))


def _kinds(before: Hashes | None, now: Hashes) -> Iterable[str]:
    return dict.fromkeys([*now, *(before or ())])


def _hash_of(files: Mapping[str, Path]) -> str:
    whole = hashlib.sha256()
    for name, path in sorted(files.items()):
        whole.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()[:LENGTH]
