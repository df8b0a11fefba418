"""Makes the documents of one area; what is wrong stands beside the last version that was right."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from wijkprofiel import config as configs
from wijkprofiel.assets import PROJECT_FILE, Assets
from wijkprofiel.build import agreement, attack
from wijkprofiel.build.formats import MAKERS
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, Task, for_readers, plan
from wijkprofiel.config import Config
from wijkprofiel.config.translate import translate
from wijkprofiel.errors import Problem, WijkprofielError
from wijkprofiel.model import Finding, Profile
from wijkprofiel.sources import folder
from wijkprofiel.sources.dataset import Dataset

FIGURES = ("sources", "indicators", "regions", "corrections")
"""What a config says about data; while it stays the same, so do the figures."""
LOOKS = ("contact", "documents", "edition", "frameworks", "partners", "style", "title")
"""What a project file says that has nothing to do with data."""
TEMPLATES = "templates"


@dataclass(frozen=True, slots=True)
class Paper:
    """One file of one document.

    Attributes:
        name: of the file.
        document: its type.
        content: the last version that was right, b"" before there is one.
        version: checksum of ``content``, "" before there is one.
        findings: of that version.
        problems: what is wrong with the newest version; empty where that is ``content``.
    """

    name: str
    document: str
    content: bytes = b""
    version: str = ""
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Studio:
    """The project and one area of it.

    Attributes:
        config: the project, as it was read last.
        dataset: its figures.
        name: the area, as typed.
        kinds: document types or file formats that are wanted; empty: all that a build makes.
        papers: by file name; empty until the first :meth:`make`.
        problems: why nothing can be made at all: a mistake in a config, or in the data.
    """

    config: Config
    dataset: Dataset
    name: str
    kinds: tuple[str, ...] = ()
    papers: dict[str, Paper] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    _profile: Profile | None = None
    _unread: bool = False

    def task(self) -> Task:
        """Return what is to be made.

        Raises:
            ConfigError: there is no such area, or no such document.
        """
        return plan(self.config, self.dataset, [self.name], Order.of(self.kinds, self.config))[0]

    @property
    def title(self) -> str:
        """Name of the area."""
        return self._profile.area.name if self._profile is not None else self.name

    def make(
        self,
        changed: Collection[Path] = (),
        first: str = "",
        wanted: Callable[[], bool] = lambda: True,
    ) -> Iterator[None]:
        """Make the documents again; yield after each, and stop when they are no longer wanted.

        Args:
            changed: files that changed. Configs and figures are read again only where one of
                theirs did.
            first: the file that is looked at; its document comes first.
            wanted: asked before each document: false when something changed again.
        """
        try:
            task, profile = self._read(changed)
        except WijkprofielError as failure:
            self.problems = failure.problems
            yield
            return
        self.problems = ()
        names = {f"{task.slug}-{name}.{suffix}": (name, suffix) for name, suffix in task.outputs}
        self.papers = {n: self.papers.get(n, Paper(n, kind)) for n, (kind, _) in names.items()}
        yield
        touched = {path.parent.name for path in changed}
        for name in sorted(names, key=lambda n: (n != first, names[n][0] not in touched)):
            if not wanted():
                return
            self.papers[name] = self._paper(self.papers[name], names[name][1], profile)
            yield

    def _read(self, changed: Collection[Path]) -> tuple[Task, Profile]:
        """Read again what changed; return what is to be made, and of whom."""
        before, data = self.config, folder.data_folder(self.config)
        figures = any(path.is_relative_to(data) for path in changed)
        if self._unread or any(map(self._declares, changed)):
            self._unread = True  # until all of it could be read
            read = configs.load(before.assets)
            self.config = translate(read, before.language)
            figures = figures or _other_figures(before, self.config)
            self._profile = None
        if figures:
            self._unread = True
            self.dataset = folder.load(self.config)
            self._profile = None
        task = self.task()
        if self._profile is None:
            self._profile = make_profile(self.config, self.dataset, task)
        task, _ = for_readers(task, self._profile, self.config)
        self._unread = False
        return task, self._profile

    def _declares(self, path: Path) -> bool:
        """Whether it is one of the files that :func:`wijkprofiel.config.load` reads."""
        roots = self.config.assets.roots
        if any(path.is_relative_to(root / "configs") for root in roots):
            return True
        return path.name in (PROJECT_FILE, "document.yaml")

    def _paper(self, paper: Paper, suffix: str, profile: Profile) -> Paper:
        """Return the file made again, or as it was with what is wrong."""
        try:
            spec = self.config.documents[paper.document]
            content, findings, _ = MAKERS[suffix](profile, spec, self.config)
            attack.refuse({paper.name: content}, profile, self.config, self.dataset)
            agreement.refuse({paper.name: content}, profile, self.config)
        except WijkprofielError as failure:
            return replace(paper, problems=failure.problems)
        except Exception as bug:  # noqa: BLE001  # a bug in a template must not end the preview
            return replace(paper, problems=(_traced(bug, self.config.assets),))
        version = hashlib.sha256(content).hexdigest()[:16]
        return Paper(paper.name, paper.document, content, version, findings)


def _other_figures(before: Config, after: Config) -> bool:
    """Whether two configs can read other figures from the same files."""
    one, other = (config.project.model_dump(exclude=set(LOOKS)) for config in (before, after))
    return one != other or any(getattr(before, n) != getattr(after, n) for n in FIGURES)


def _traced(bug: Exception, assets: Assets) -> Problem:
    """Return a bug as a problem; where it passed through a template, at its line."""
    told = f"{type(bug).__name__}: {bug}"
    for frame in reversed(traceback.extract_tb(bug.__traceback__)):
        for root in assets.folders(TEMPLATES):
            if Path(frame.filename).is_relative_to(root):
                name = Path(frame.filename).relative_to(root).as_posix()
                return Problem(f"{TEMPLATES}/{name}:{frame.lineno}", told)
    last = traceback.extract_tb(bug.__traceback__)[-1]
    hint = "this is a bug of wijkprofiel: build the document to see its traceback"
    return Problem(f"{last.filename}:{last.lineno}", told, hint)
