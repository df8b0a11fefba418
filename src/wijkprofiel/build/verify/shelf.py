"""What lies in an output folder: every area by its manifest, checked as it will be published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wijkprofiel.build import manifest
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.output import REJECTED
from wijkprofiel.build.plan import Order, Task, plan
from wijkprofiel.build.verify import examine, printed
from wijkprofiel.build.verify.others import Unreadable
from wijkprofiel.build.verify.problem import Problem
from wijkprofiel.config import Config
from wijkprofiel.config.translate import translate
from wijkprofiel.errors import ConfigError, WijkprofielError
from wijkprofiel.model import Finding, Severity
from wijkprofiel.sources.dataset import Dataset

Progress = Callable[[str, int, int], None]
"""Called with the slug of an area, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An area that was checked.

    Attributes:
        slug: of the area, or of several side by side.
        folder: that it lies in.
        files: that were looked at.
        findings: all that is wrong.
    """

    slug: str
    folder: Path
    files: tuple[Path, ...]
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether it may be published."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A folder with what its manifest tells."""

    folder: Path
    told: Mapping[str, Any]

    @property
    def slug(self) -> str:
        """Of the area, or of the comparison."""
        return self.folder.name

    @property
    def documents(self) -> Sequence[Mapping[str, Any]]:
        """What the manifest tells of each file."""
        return self.told.get("documents") or ()


def check(
    config: Config,
    dataset: Dataset,
    output: Path,
    names: Sequence[str] = (),
    progress: Progress | None = None,
) -> Iterator[Checked]:
    """Yield every area of an output folder, checked against a profile that is made anew.

    Args:
        config: the project.
        dataset: its data.
        output: folder of a build.
        names: of areas, as for a build; none: all that are there.
        progress: is told which area is next.

    Raises:
        ConfigError: nothing was built there, or not what was named.
    """
    shelves = [_shelf(path) for path in _manifests(output)]
    if names:
        wanted = {task.slug for task in plan(config, dataset, names, Order())}
        shelves = [shelf for shelf in shelves if shelf.slug in wanted]
        missing = sorted(wanted - {shelf.slug for shelf in shelves})
        if missing:
            message = f"{', '.join(missing)} was not built there"
            hint = "build it first, or name another --output"
            raise ConfigError(message, hint, where=str(output))
    if not shelves:
        message = "no documents with a manifest lie there"
        raise ConfigError(message, "build them first, or name another --output", where=str(output))
    for done, shelf in enumerate(shelves):
        if progress is not None:
            progress(shelf.slug, done, len(shelves))
        yield _checked(shelf, config, dataset)


def _manifests(output: Path) -> list[Path]:
    """The manifests of a build; those of another language lie one folder deeper."""
    near = (*output.glob(f"*/{manifest.NAME}"), *output.glob(f"*/*/{manifest.NAME}"))
    return sorted(path for path in near if REJECTED not in path.relative_to(output).parts)


def _shelf(path: Path) -> _Shelf:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = None
    return _Shelf(path.parent, told if isinstance(told, dict) else {})


def _checked(shelf: _Shelf, config: Config, dataset: Dataset) -> Checked:
    there = {path.name for path in shelf.folder.iterdir() if path.is_file()}
    files = {
        str(one["file"]): (shelf.folder / str(one["file"])).read_bytes()
        for one in shelf.documents
        if str(one["file"]) in there
    }
    found = [*_shelved(shelf, files, there), *_content(shelf, files, there, config, dataset)]
    paths = tuple(shelf.folder / name for name in files)
    return Checked(shelf.slug, shelf.folder, paths, tuple(dict.fromkeys(found)))


def _shelved(shelf: _Shelf, files: Mapping[str, bytes], there: set[str]) -> Iterator[Finding]:
    """The files against the manifest: all there, unchanged, and no other."""
    if not shelf.told:
        yield Problem("verify-manifest", 0, "it cannot be read").finding(
            f"{shelf.slug}/{manifest.NAME}"
        )
    for one in shelf.documents:
        name = str(one["file"])
        if name not in files:
            yield Problem("verify-missing", 0, "its manifest names it").finding(name)
        elif hashlib.sha256(files[name]).hexdigest() != one["sha256"]:
            message = "it is not the file that its manifest names (sha256)"
            yield Problem("verify-hash", 0, message).finding(name)
    for name in sorted(there - set(files)):
        if name.startswith(f"{shelf.slug}-"):
            message = "no manifest names it, so nobody looked at it"
            yield Problem("verify-stray", 0, message).finding(name)


def _content(
    shelf: _Shelf, files: Mapping[str, bytes], there: set[str], config: Config, dataset: Dataset
) -> Iterator[Finding]:
    """The files against the profile, in the language and the style that they were made in."""
    if "area" not in shelf.told:
        yield from _several(files)
        return
    try:
        spoken = _as_built(shelf.told, config)
        task = _task(shelf, spoken, dataset)
        profile = make_profile(spoken, dataset, task)
        style = str(shelf.told["config"]["style"])
        if spoken.style_of(profile.people).id != style:
            spoken = spoken.in_style(style)
            profile = make_profile(spoken, dataset, task)
        if profile.input_hash != shelf.told.get("input"):
            message = "the data or the configs have changed since it was built"
            yield Problem("verify-outdated", 0, message).finding(f"{shelf.slug}/{manifest.NAME}")
        yield from examine(files, profile, spoken, beside=_beside(shelf.folder, there))
    except WijkprofielError as failure:
        for problem in failure.problems:
            where = f"{shelf.slug}: {problem.where}" if problem.where else shelf.slug
            yield Finding("verify-profile", Severity.ERROR, where, problem.message,
                          problem.hint or "")  # fmt: skip


def _several(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Of documents about several areas: what holds for any document."""
    for name, content in files.items():
        if name.endswith(".pdf"):
            try:
                yield from (problem.finding(name) for problem in printed.sound(content))
            except Unreadable as broken:
                yield Problem("verify-broken", 0, str(broken)).finding(name)


def _as_built(told: Mapping[str, Any], config: Config) -> Config:
    language = str(told.get("language", config.language))
    return config if language == config.language else translate(config, language)


def _task(shelf: _Shelf, config: Config, dataset: Dataset) -> Task:
    """The area as it was planned: a profile or a region by its name, another by its code."""
    own = {*config.profiles, *config.broken_profiles, *config.region_titles}
    name = shelf.slug if shelf.slug in own else str(shelf.told["area"]["parts"][0]["code"])
    return plan(config, dataset, [name], Order())[0]


def _beside(folder: Path, there: set[str]) -> set[str]:
    from wijkprofiel.documents.web_page import PORTAL

    return there | ({PORTAL} if (folder / PORTAL).is_file() else set())
