"""The paper of a wijkdialoog beside the documents of its area: is it the area's own?

No manifest names it (:mod:`wijkprofiel.build.dialogue`), so it is held against the profile alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from wijkprofiel.build.dialogue import NAME, SCOPE, VOTES
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Task
from wijkprofiel.config import Config
from wijkprofiel.model import Finding
from wijkprofiel.sources.dataset import Dataset


def papers(slug: str, config: Config) -> frozenset[str]:
    """Return the names of the documents for the wijkdialoog of an area."""
    specs = (spec for spec in config.documents.values() if spec.scope == SCOPE)
    return frozenset(f"{slug}-{spec.id}.{suffix}" for spec in specs for suffix in spec.formats)


def to_fill_in(slug: str) -> frozenset[str]:
    """Return the names of the files that people fill in: they may hold anything."""
    return frozenset(name.format(slug=slug) for name in (NAME, VOTES))


def findings(
    files: Mapping[str, bytes], task: Task, config: Config, dataset: Dataset
) -> tuple[Finding, ...]:
    """Return all that is wrong with the documents for the wijkdialoog of one area.

    Args:
        files: name → content.
        task: the area.
        config: the project, in the language that they were made in.
        dataset: its data.

    Raises:
        WijkprofielError: the area cannot be made.
    """
    from wijkprofiel.build import verify  # it knows the documents: not before its turn

    if not files:
        return ()
    return verify.examine(files, make_profile(config, dataset, task), config)
