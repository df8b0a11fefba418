"""Before a build: which areas are new, which may have changed and by what, which are as they were.

Reads manifests and sizes of files, no figures: it takes a second for all wijken of a country.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wijkprofiel.build import earlier
from wijkprofiel.build.inputs import changed
from wijkprofiel.build.wanted import file_names
from wijkprofiel.errors import ConfigError

if TYPE_CHECKING:
    from wijkprofiel.build.plan import Task
    from wijkprofiel.build.work import Workshop

BROKEN = "broken"
NEW = "new"
ALTERED = "altered"
ADDED = "added"
FORCED = "forced"
OTHERS = "others"
SURVEY = "survey"
REASONS = {
    NEW: "not built before",
    ALTERED: "a document is gone or is not the one that was made",
    ADDED: "a document was not asked for before",
    FORCED: "forced",
    BROKEN: "cannot be built as it is declared",
    "config": "a config changed",
    "data": "the data changed",
    SURVEY: "the figures of an own survey may have changed",
    "pictures": "a logo or photo changed",
    "program": "the program or a library changed",
    "templates": "a template changed",
    OTHERS: "other documents lie there, and are made again too where it reached them",
}
"""Why an area has to be seen, and how that is told."""


@dataclass(frozen=True, slots=True)
class State:
    """How one area stands before a build.

    Attributes:
        reasons: keys of :data:`REASONS`; none: nothing that reaches it changed. A changed config
            or figure may turn out to reach it or not; that is seen when its profile is made.
    """

    reasons: tuple[str, ...] = ()

    @property
    def current(self) -> bool:
        """Whether there is nothing to do."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Survey:
    """What is asked, and how it stands.

    Attributes:
        states: per area, in the order of the tasks.
        documents: how many files of each document type and format are asked for.
    """

    states: Mapping[str, State]
    documents: Mapping[tuple[str, str], int]

    @property
    def todo(self) -> tuple[str, ...]:
        """The areas that have to be seen."""
        return tuple(slug for slug, state in self.states.items() if not state.current)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many areas have each reason, in the order of :data:`REASONS`."""
        found = Counter(reason for state in self.states.values() for reason in state.reasons)
        return {reason: found[reason] for reason in REASONS if found[reason]}


def survey(shop: Workshop, tasks: Sequence[Task]) -> Survey:
    """Return how the areas of a build stand, before anything is made."""
    documents = Counter(output for task in tasks for output in task.outputs)
    return Survey({task.slug: _state(shop, task) for task in tasks}, documents)


def _state(shop: Workshop, task: Task) -> State:
    if shop.force:
        return State((FORCED,))
    if task.broken is not None:
        return State((BROKEN,))
    return State(_reasons(shop, task))


def _reasons(shop: Workshop, task: Task) -> tuple[str, ...]:
    try:
        folder = shop.target.area(task.slug)
    except ConfigError:  # told when its turn comes
        return (BROKEN,)
    before = earlier.read(folder)
    if not before.project:
        return (NEW,)
    wanted = file_names(task)
    others = () if before.documents.keys() <= set(wanted) else (OTHERS,)
    shop = shop.for_(task)
    if kinds := changed(before.project, shop.inputs.project):
        return (*kinds, *others)
    if shop.inputs.surveys:
        return (SURVEY, *others)
    if not before.answers(wanted):
        return (ADDED,)
    made = (before.documents[name] for name in wanted if name in before.documents)
    return () if all(one.there(folder) for one in made) else (ALTERED,)
