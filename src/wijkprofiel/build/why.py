"""Why a build would make a document again, or would not: told before anything is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wijkprofiel.build import earlier
from wijkprofiel.build.inputs import Inputs, changed
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.build.survey import REASONS
from wijkprofiel.build.target import Target, of
from wijkprofiel.build.wanted import as_before, file_names
from wijkprofiel.build.work import ALTERED, FORCED, NEW, Workshop, work
from wijkprofiel.config import Config
from wijkprofiel.sources.dataset import Dataset

KINDS = {
    NEW: "it was not made before",
    ALTERED: "the file is gone, or is not the one that was made",
    FORCED: "it is asked for",
    "area": "the area: name, parts, borders or what it is compared with",
    "figures": "a figure or verdict, or a number that it is compared with",
    "scores": "a score, its reference numbers, or how it is worked out",
    "map": "the map: an outline, or a figure of a wijk that it shows",
    "people": "what people added: dialogue, actions, goals, texts",
    "sources": "a source table or the edition",
    "sender": "the house style, a logo, the contact or the title of the project",
    "document": "a template of this document type",
    "look": "a stylesheet, sign or font that documents share",
    "words": "the words, a framework, or a title that documents take from the configs",
    "program": "the program, or a library that it draws with",
    "beside": "a file beside it, that it links to",
}
"""What each kind of input is, for a person."""


@dataclass(frozen=True, slots=True)
class DocumentWhy:
    """One document.

    Attributes:
        file: its name.
        kinds: keys of :data:`KINDS` that changed; none: it is what it should be.
    """

    file: str
    kinds: tuple[str, ...]

    @property
    def told(self) -> tuple[str, ...]:
        """What changed, in words."""
        return tuple(KINDS[kind] for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class AreaWhy:
    """One area.

    Attributes:
        project: what changed in the project since the area was last built, in words: it may have
            reached the area or not.
        documents: those that are asked for, and those that would be made again with them.
    """

    slug: str
    project: tuple[str, ...]
    documents: tuple[DocumentWhy, ...]


def explain(
    config: Config, dataset: Dataset, names: Sequence[str], output: Path | Target, order: Order
) -> Iterator[AreaWhy]:
    """Yield why each document of each area would be made again; nothing is written.

    Args:
        config: the project.
        dataset: its data.
        names: areas.
        output: what was built, a folder or a target.
        order: which documents; ``as_before``: those that were built, where any were.

    Raises:
        WijkprofielError: a name is unknown, or an area cannot be made.
    """
    target = of(output)
    whole = Workshop(config, dataset, Inputs(config, dataset), target)
    for task in plan(config, dataset, names, order):
        folder = target.area(task.slug)
        before = earlier.read(folder)
        asked = as_before(task, before, folder, task.slug, config) if order.as_before else task
        shop = whole.for_(asked)
        found = work(shop, asked, make_profile(shop.config, dataset, asked))
        shown = [n for n in found.inputs if n in file_names(asked) or n in found.why]
        kinds = changed(before.project, shop.inputs.project) if before.project else ()
        yield AreaWhy(
            task.slug,
            tuple(REASONS[kind] for kind in kinds if kind in REASONS),
            tuple(DocumentWhy(name, found.why.get(name, ())) for name in shown),
        )
