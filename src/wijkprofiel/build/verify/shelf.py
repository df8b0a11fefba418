"""What lies in an output folder: every area by its manifest, checked as it will be published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wijkprofiel.build import comparison_verify, dialogue_verify, manifest
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, Task, once_more, plan
from wijkprofiel.build.spoken import Languages
from wijkprofiel.build.verify import examine
from wijkprofiel.build.verify.folders import Shelf, shelves, strays
from wijkprofiel.build.verify.problem import Problem
from wijkprofiel.config import Config
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
        names: of areas, as for a build, or of folders; none: all that are there.
        progress: is told which area is next.

    Raises:
        ConfigError: nothing was built there, or not what was named.
    """
    found = shelves(output, config)
    if names:
        folders = {shelf.slug for shelf in found}
        others = [name for name in names if name not in folders]
        tasks = plan(config, dataset, others, Order()) if others else ()
        wanted = folders & {*names} | {task.slug for task in tasks}
        found = [shelf for shelf in found if shelf.slug in wanted]
        missing = sorted(wanted - {shelf.slug for shelf in found})
        if missing:
            message = f"{', '.join(missing)} was not built there"
            hint = "build it first, or name another --output"
            raise ConfigError(message, hint, where=str(output))
    if not found:
        message = "no documents with a manifest lie there"
        raise ConfigError(message, "build them first, or name another --output", where=str(output))
    languages = Languages(config, dataset)
    for done, shelf in enumerate(found):
        if progress is not None:
            progress(shelf.slug, done, len(found))
        yield _checked(shelf, config, languages)


def _checked(shelf: Shelf, config: Config, languages: Languages) -> Checked:
    if shelf.damage:
        return Checked(shelf.slug, shelf.folder, (), tuple(shelf.broken()))
    wanted = {str(one["file"]) for one in shelf.documents}
    wanted |= dialogue_verify.papers(shelf.slug, config)
    files = {name: (shelf.folder / name).read_bytes() for name in sorted(wanted & shelf.there)}
    found = [
        *_named(shelf, files),
        *strays(shelf, config),
        *_content(shelf, files, languages),
    ]
    paths = tuple(shelf.folder / name for name in files)
    return Checked(shelf.slug, shelf.folder, paths, tuple(dict.fromkeys(found)))


def _named(shelf: Shelf, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """The files against the manifest: all there, unchanged."""
    for one in shelf.documents:
        name = str(one["file"])
        if name not in files:
            yield Problem("verify-missing", 0, "its manifest names it").finding(name)
        elif hashlib.sha256(files[name]).hexdigest() != one["sha256"]:
            message = "it is not the file that its manifest names (sha256)"
            yield Problem("verify-hash", 0, message).finding(name)


def _content(shelf: Shelf, files: Mapping[str, bytes], languages: Languages) -> Iterator[Finding]:
    """The files against the profile, in the language and the style that they were made in."""
    if "area" not in shelf.told:
        yield from comparison_verify.of_folder(shelf.told, files, languages)
        return
    try:
        spoken, dataset = languages(shelf.told.get("language"))
        papers = dialogue_verify.papers(shelf.slug, spoken)
        forms = {name: content for name, content in files.items() if name in papers}
        task = _task(shelf, spoken, dataset)
        yield from dialogue_verify.findings(forms, task, spoken, dataset)
        profile = make_profile(spoken, dataset, task)
        style = str(shelf.told["config"]["style"])
        if spoken.style_of(profile.people).id != style:
            spoken = spoken.in_style(style)
            profile = make_profile(spoken, dataset, task)
        if profile.input_hash != shelf.told.get("input"):
            message = "the data or the configs have changed since it was built"
            yield Problem("verify-outdated", 0, message).finding(f"{shelf.slug}/{manifest.NAME}")
        built = {name: content for name, content in files.items() if name not in forms}
        yield from examine(built, profile, spoken, beside=_beside(shelf.folder, shelf.there))
    except WijkprofielError as failure:
        for problem in failure.problems:
            where = f"{shelf.slug}: {problem.where}" if problem.where else shelf.slug
            yield Finding("verify-profile", Severity.ERROR, where, problem.message,
                          problem.hint or "")  # fmt: skip


def _task(shelf: Shelf, config: Config, dataset: Dataset) -> Task:
    """The area as it was planned: a profile or a region by its name, another by its code."""
    return once_more(config, dataset, shelf.slug, str(shelf.told["area"]["parts"][0]["code"]))


def _beside(folder: Path, there: frozenset[str]) -> frozenset[str]:
    from wijkprofiel.documents.web_page import PORTAL

    return there | ({PORTAL} if (folder / PORTAL).is_file() else set())
