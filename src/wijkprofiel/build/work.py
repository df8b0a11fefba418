"""What there is to do for one area, as its folder is: which documents must be made, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from wijkprofiel.build import earlier
from wijkprofiel.build.earlier import Earlier
from wijkprofiel.build.inputs import Hashes, Inputs, changed
from wijkprofiel.build.plan import Task, for_readers
from wijkprofiel.build.target import Folder, Target
from wijkprofiel.build.wanted import beside_of, bleed_of, file_names, file_of, with_others
from wijkprofiel.config import Config
from wijkprofiel.model import Finding, Profile
from wijkprofiel.sources.dataset import Dataset

NEW = "new"
"""Why a document is made that no earlier build made."""

ALTERED = "altered"
"""Why a document is made that is gone, or is not the one that its manifest names."""

BESIDE = "beside"
"""The kind of input that is the files that a web page may link to."""

FORCED = "forced"
"""Why a document is made although nothing that reaches it changed."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every area of one build is made with.

    Attributes:
        config, dataset: the project.
        inputs: what reaches documents.
        target: where the areas' folders lie.
        force: make everything again.
        dressed: the project in the house styles that areas keep, as far as they were met.
    """

    config: Config
    dataset: Dataset
    inputs: Inputs
    target: Target
    force: bool = False
    dressed: dict[str, tuple[Config, Inputs]] = field(default_factory=dict)

    def for_(self, task: Task) -> Workshop:
        """Return the workshop in the house style that an area keeps."""
        if task.style is None:
            return self
        if task.style not in self.dressed:
            config = self.config.in_style(task.style)
            self.dressed[task.style] = config, Inputs(config, self.dataset)
        config, inputs = self.dressed[task.style]
        return replace(self, config=config, inputs=inputs)


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to do for one area.

    Attributes:
        task: the documents that are asked and those that lie there, without those that have no
            readers.
        before: what was built.
        told: what a person should know about what is left out.
        missing: names of the files that are left out.
        gone: names of files that no document type makes any more.
        beside: what a web page may link to.
        inputs: what reaches each document, by name.
        why: per document that must be made why.
    """

    task: Task
    before: Earlier
    told: tuple[Finding, ...]
    missing: tuple[str, ...]
    gone: tuple[str, ...]
    beside: tuple[str, ...]
    inputs: Mapping[str, Hashes]
    why: Mapping[str, tuple[str, ...]]


def work(shop: Workshop, task: Task, profile: Profile, made: Collection[str] = ()) -> Work:
    """Return what there is to do for an area, as its folder is now.

    Args:
        shop: in the style of the area.
        task: what is asked of it.
        profile: the area.
        made: names of documents that need not be made again.

    Raises:
        ConfigError: nothing that is asked has readers.
    """
    for_readers(task, profile, shop.config)
    folder = shop.target.area(task.slug)
    before = earlier.read(folder)
    whole = with_others(task, before, folder, shop.config)
    left, told = for_readers(whole, profile, shop.config)
    names, asked = file_names(left), set(file_names(task))
    missing = tuple(name for name in file_names(whole) if name not in names)
    beside = beside_of(left, folder, without=missing)
    inputs = inputs_of(left, profile, shop.inputs, beside)
    open_ = {name: now for name, now in inputs.items() if name not in made}
    gone = (n for n in before.documents if n not in {*names, *missing})
    return Work(
        left,
        before,
        told,
        missing,
        tuple(name for name in gone if folder.size(name) is not None),
        beside,
        inputs,
        reasons(open_, before, folder, asked, force=shop.force),
    )


def inputs_of(
    task: Task, profile: Profile, inputs: Inputs, beside: tuple[str, ...]
) -> dict[str, Hashes]:
    """Return what reaches each document of an area, by file name.

    Args:
        task: the area and its documents.
        profile: the area's.
        inputs: of the build.
        beside: what a web page may link to.
    """
    found = {
        file_of(task, name, suffix): inputs.of(profile, name, beside if suffix == "html" else None)
        for name, suffix in task.outputs
    }
    bleed = {bleed_of(task, name): inputs.of(profile, name) for name in task.bleed}
    return found | bleed


def reasons(
    inputs: Mapping[str, Hashes],
    before: Earlier,
    folder: Folder,
    asked: Collection[str],
    *,
    force: bool = False,
) -> dict[str, tuple[str, ...]]:
    """Return per document that must be made why.

    That is :data:`NEW`, :data:`ALTERED` or :data:`FORCED`, or the kinds of input that changed. A
    document that was not asked for is not forced, and need not link to a file that is new.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, now in inputs.items():
        made, ours = before.documents.get(name), name in asked
        if not ours and folder.size(name) is None:
            continue
        if made is None:
            found[name] = (NEW,)
        elif not made.intact(folder):
            found[name] = (ALTERED,)
        elif kinds := tuple(k for k in changed(made.inputs, now) if ours or k != BESIDE):
            found[name] = kinds
        elif force and ours:
            found[name] = (FORCED,)
    return found
