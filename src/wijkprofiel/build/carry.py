"""What a machine needs to make areas of a build that began on another one.

Everything travels in one :class:`Recipe`: what was declared, the figures, the outlines and the
project's own templates and images. What came with the program does not: it must be the same there
(:func:`fit`). Where the output is a folder of the first machine only, what lies in an area's folder
travels along as :class:`Seen`, and what is to be done to it comes back as :class:`Deed`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from wijkprofiel.assets import Assets, shipped_root
from wijkprofiel.build import manifest
from wijkprofiel.build.inputs import Hashes, Inputs, changed, modules, shipped, versions
from wijkprofiel.build.target import Folder, Place, Target, Url
from wijkprofiel.build.work import Workshop
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError
from wijkprofiel.sources.dataset import Dataset

_TAKEN = ("configs", "templates")
"""Folders of a project whose files documents are made with."""


# --- what goes there --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Recipe:
    """A build, for another machine; picklable.

    Attributes:
        key: tells builds apart.
        config, dataset: the project; their paths are those of the first machine.
        files: of the project's own, by path.
        outlines: name and content of the files with outlines.
        target: where documents are written; None: they come back.
        force: make everything again.
        project: hashes of what reaches any area: they must come out the same there.
    """

    key: str
    config: Config
    dataset: Dataset
    files: Mapping[str, bytes]
    outlines: tuple[tuple[str, bytes], ...]
    target: Target | None
    force: bool
    project: Hashes


def recipe(shop: Workshop, key: str) -> Recipe:
    """Return what another machine needs to make areas of this build."""
    own = (root for root in shop.config.assets.roots if root != shipped_root())
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for root in own
        for folder in _TAKEN
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
    }
    return Recipe(
        key=key,
        config=shop.config,
        dataset=shop.dataset,
        files=files,
        outlines=tuple((path.name, path.read_bytes()) for path in shop.dataset.outline_files),
        target=shop.target if shop.target.everywhere else None,
        force=shop.force,
        project=dict(shop.inputs.project),
    )


@contextlib.contextmanager
def unpacked(parcel: Recipe, near: str | None = None) -> Iterator[Workshop]:
    """Give the workshop of a recipe, on this machine; its files are gone afterwards.

    Args:
        parcel: the recipe.
        near: folder for its files; None: that of the system.

    Raises:
        ConfigError: what reaches the documents is not what it was where the build began.
    """
    with TemporaryDirectory(prefix="wijkprofiel-", dir=near) as folder:
        project = Path(folder).resolve() / "project"
        project.mkdir()
        for name, content in parcel.files.items():
            _write(project, name, content)
        outlines = [
            _write(Path(folder), f"outlines/{number}/{name}", content)
            for number, (name, content) in enumerate(parcel.outlines)
        ]
        config = replace(parcel.config, assets=Assets((project, shipped_root())))
        dataset = replace(parcel.dataset, outline_files=tuple(outlines))
        inputs = Inputs(config, dataset)
        if other := changed(parcel.project, inputs.project):
            message = f"a machine of the cluster does not make the same: {', '.join(other)} differ"
            hint = "install the same wijkprofiel with the same libraries on every machine"
            raise ConfigError(message, hint, where="--scheduler")
        yield Workshop(config, dataset, inputs, parcel.target or Carried({}), parcel.force)


def _write(root: Path, name: str, content: bytes) -> Path:
    path = root / name
    if not path.resolve().is_relative_to(root.resolve()):
        raise ConfigError(f"'{name}' would be written outside {root}", where=name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


# --- whether it can be made there -------------------------------------------------------------


def fit(target: Target | None = None) -> Hashes:
    """Return what must be the same on every machine, when this one can write to the target.

    Raises:
        ConfigError: it cannot.
    """
    if target is not None:
        target.check()
    return {**versions(), "modules of the program": modules(), "shipped templates": shipped()}


def unlike(here: Hashes, there: Hashes) -> list[str]:
    """Return what is not the same on another machine, in words."""
    return [
        f"{kind} {there.get(kind, 'is missing')} there, {here.get(kind, 'missing')} here"
        for kind in changed(here, there)
    ]


# --- what lies in a folder that only the first machine sees -----------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """What lies in the folder of an area.

    Attributes:
        manifest: of the area; None: there is none.
        files: size in bytes and sha256 by name; also of files above it that a page links to.
    """

    manifest: bytes | None = None
    files: Mapping[str, tuple[int, str]] | None = None


def seen(folder: Folder) -> Seen:
    """Return what lies in a folder."""
    from wijkprofiel.documents.web_page import PORTAL

    found = {}
    for name in (*folder.names(), PORTAL):
        size, sha256 = folder.size(name), folder.sha256(name)
        if size is not None and sha256 is not None:
            found[name] = (size, sha256)
    return Seen(folder.read(manifest.NAME), found)


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to be done to the folder of an area.

    Attributes:
        kind: the method of :class:`wijkprofiel.build.target.Folder`.
        given: what it is given, if anything.
    """

    kind: str
    given: tuple[Mapping[str, bytes] | Sequence[str], ...] = ()


class Carried:
    """A target on a machine that does not see it: what is to be done is kept.

    Args:
        areas: per area what lies in its folder.
    """

    everywhere = False
    shared = False

    def __init__(self, areas: Mapping[str, Seen]) -> None:
        self._areas = areas
        self.deeds: list[Deed] = []

    def area(self, slug: str) -> Folder:
        """Return the folder of one area."""
        return _CarriedFolder(self._areas[slug], self.deeds)

    def slugs(self) -> tuple[str, ...]:
        """Return the areas that have a manifest."""
        return tuple(sorted(s for s, found in self._areas.items() if found.manifest is not None))

    def turn(self) -> AbstractContextManager[None]:
        """Be the only one: it is nobody else's."""
        return contextlib.nullcontext()

    def writing(self) -> AbstractContextManager[Target]:
        """Give it as it is."""
        return contextlib.nullcontext(self)

    def check(self) -> None:
        """Nothing can be wrong with it."""


@dataclass(frozen=True, slots=True)
class _CarriedFolder:
    found: Seen
    deeds: list[Deed]

    def place(self, name: str) -> Place:
        return Url(name)

    def names(self) -> tuple[str, ...]:
        return tuple(name for name in self.found.files or () if "/" not in name)

    def size(self, name: str) -> int | None:
        return (self.found.files or {}).get(name, (None, ""))[0]

    def sha256(self, name: str) -> str | None:
        return (self.found.files or {}).get(name, (0, None))[1]

    def read(self, name: str) -> bytes | None:
        return self.found.manifest if name == manifest.NAME else None

    def write(self, files: Mapping[str, bytes]) -> tuple[Place, ...]:
        self.deeds.append(Deed("write", (dict(files),)))
        return tuple(self.place(name) for name in files)

    def remove(self, names: Iterable[str]) -> None:
        self.deeds.append(Deed("remove", (tuple(names),)))

    def set_aside(self, files: Mapping[str, bytes]) -> None:
        self.deeds.append(Deed("set_aside", (dict(files),)))

    def no_longer_aside(self, names: Iterable[str]) -> None:
        self.deeds.append(Deed("no_longer_aside", (tuple(names),)))


def do(deeds: Sequence[Deed], target: Target, slug: str, before: Seen) -> bool:
    """Do to the folder of an area what another machine said, if it is as that one saw it.

    Returns:
        Whether it was done; if not, another build was there and the area must be made again.

    Raises:
        ConfigError: the folder cannot be written to.
    """
    if not deeds:
        return True
    folder = target.area(slug)
    with target.turn():
        if folder.read(manifest.NAME) != before.manifest:
            return False
        for deed in deeds:
            getattr(folder, deed.kind)(*deed.given)
    return True
