"""One area after the other: profile, documents, render, check, write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wijkprofiel.build import attack, manifest
from wijkprofiel.build.formats import MAKERS, html, pdf
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.output import area_folder, write_all, writing_aside
from wijkprofiel.build.plan import Order, Task, plan
from wijkprofiel.config import Config
from wijkprofiel.errors import WijkprofielError
from wijkprofiel.model import Finding, Profile
from wijkprofiel.sources.dataset import Dataset

PRINTER = "-bleed"
"""How the name of a file for the printer ends."""

Progress = Callable[[str, int, int], None]
"""Called with an area's slug, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class AreaResult:
    """What became of one area.

    Attributes:
        written: the documents, then the manifest; empty when it failed.
        findings: what a person should know about it.
        error: why nothing was written, or None.
    """

    slug: str
    written: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()
    error: WijkprofielError | None = None


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What became of all areas."""

    areas: tuple[AreaResult, ...]

    @property
    def written(self) -> tuple[Path, ...]:
        """All files, in the order they were written."""
        return tuple(path for area in self.areas for path in area.written)

    @property
    def documents(self) -> tuple[Path, ...]:
        """The files without the manifests."""
        return tuple(path for path in self.written if path.name != manifest.NAME)

    @property
    def failures(self) -> tuple[AreaResult, ...]:
        """The areas that were not built."""
        return tuple(area for area in self.areas if area.error is not None)

    @property
    def exit_code(self) -> int:
        """0 all built, 1 some areas failed; the error's own code when nothing was built."""
        if not self.failures:
            return 0
        if self.written:
            return 1
        return max(area.error.exit_code for area in self.failures if area.error is not None)


def build(
    config: Config,
    dataset: Dataset,
    names: Sequence[str],
    output: Path,
    order: Order | None = None,
    progress: Progress | None = None,
) -> BuildResult:
    """Build the documents of every named area below ``output``.

    Each area gets a folder of its own: ``<slug>/<slug>-<document>.<format>`` and, written last,
    ``<slug>/manifest.json``. An area that fails leaves its folder as it was.

    Raises:
        ConfigError: a name is unknown or can mean several areas; then nothing is built.
    """
    tasks = plan(config, dataset, names, order or Order())
    results = []
    with writing_aside(output) as aside:
        for done, task in enumerate(tasks):
            if progress is not None:
                progress(task.slug, done, len(tasks))
            results.append(_build_one(config, dataset, task, output, aside))
    return BuildResult(tuple(results))


def _build_one(
    config: Config, dataset: Dataset, task: Task, output: Path, aside: Path
) -> AreaResult:
    from wijkprofiel.build import agreement  # it knows the documents: not before a name is right

    try:
        folder = area_folder(output, task.slug)
        made = make_profile(config, dataset, task)
        files, findings = _documents(config, task, made, folder)
        findings = (*made.findings, *findings)
        text = manifest.text(config, dataset, made, files, findings)
        made_of = {**files, manifest.NAME: text.encode()}
        told = "\n".join(f"{finding.message} {finding.hint}" for finding in findings)
        attack.refuse({**made_of, "messages": told.encode()}, made, config, dataset)
        agreement.refuse(files, made, config)
        written = write_all(folder, made_of, aside)
    except WijkprofielError as failure:
        return AreaResult(task.slug, error=failure)
    return AreaResult(task.slug, written, findings)


def _documents(
    config: Config, task: Task, made: Profile, folder: Path
) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for name, suffix in task.outputs:
        if suffix == "html":
            beside = _beside(task, folder)
            content, found = html(made, config.documents[name], config, beside=beside)
        else:
            content, found = MAKERS[suffix](made, config.documents[name], config)
        files[f"{task.slug}-{name}.{suffix}"] = content
        findings += found
    for name in task.bleed:
        content, _ = pdf(made, config.documents[name], config, bleed=True)
        files[f"{task.slug}-{name}{PRINTER}.pdf"] = content
    return files, tuple(findings)


def _beside(task: Task, folder: Path) -> tuple[str, ...]:
    """Return what a web page may link to: files of this build and of earlier ones, the portal."""
    from wijkprofiel.documents.web_page import PORTAL

    planned = [f"{task.slug}-{name}.{suffix}" for name, suffix in task.outputs]
    present = [path.name for path in folder.glob(f"{task.slug}-*")]
    portal = task.portal or (folder / PORTAL).is_file()
    return tuple(sorted({*planned, *present, *([PORTAL] if portal else [])}))
