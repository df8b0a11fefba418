"""The files of an area by name: those that are asked, and those that an earlier build made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from wijkprofiel.build.earlier import Earlier
from wijkprofiel.build.plan import Task
from wijkprofiel.build.target import Folder
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError

PRINTER = "-bleed"
"""How the name of a file for the printer ends."""


def file_of(task: Task, document: str, suffix: str) -> str:
    """Return the name of a document."""
    return f"{task.slug}-{document}.{suffix}"


def bleed_of(task: Task, document: str) -> str:
    """Return the name of a document for the printer."""
    return f"{task.slug}-{document}{PRINTER}.pdf"


def file_names(task: Task) -> tuple[str, ...]:
    """Return the names of the documents that are asked of an area, in their order."""
    names = [file_of(task, name, suffix) for name, suffix in task.outputs]
    return (*names, *(bleed_of(task, name) for name in task.bleed))


def as_before(task: Task, before: Earlier, folder: Folder, slug: str, config: Config) -> Task:
    """Return the task with the documents that were built before, those that still exist.

    They keep the house style that was asked for them, unless one is asked for now. Where nothing
    is known the task is as it was.

    Args:
        task: what is planned.
        before: what was built.
        folder: that it lies in.
        slug: of the area when it was built.
        config: the project.
    """
    if task.broken is not None:
        return task
    known = _among(replace(task, slug=slug), before.made(folder), config)
    if not (known.outputs or known.bleed):
        return task
    kept = None if config.chosen_style is not None else before.style
    if kept is not None and kept not in config.styles:
        message = f"it was built in the house style '{kept}', which is gone"
        hint = f"choose one with --style: {', '.join(config.styles)}"
        return replace(task, broken=ConfigError(message, hint, where=task.slug))
    return replace(task, outputs=known.outputs, bleed=known.bleed, style=kept)


def with_others(task: Task, before: Earlier, folder: Folder, config: Config) -> Task:
    """Return the task with all that lies in the folder of the area, or was left out of it.

    One folder holds one state of its area: what something reached is made again with the rest.
    """
    there = {n for n in before.made(folder) if n in before.left_out or folder.size(n) is not None}
    others = _among(task, there.difference(file_names(task)), config)
    return replace(
        task, outputs=(*task.outputs, *others.outputs), bleed=(*task.bleed, *others.bleed)
    )


def beside_of(task: Task, folder: Folder, without: Collection[str] = ()) -> tuple[str, ...]:
    """Return what a web page may link to: files of this build and of earlier ones, the portal."""
    from wijkprofiel.documents.web_page import PORTAL

    planned = [file_of(task, *output) for output in task.outputs]
    present = [name for name in folder.names() if name.startswith(f"{task.slug}-")]
    portal = task.portal or folder.size(PORTAL) is not None
    found = {*planned, *present, *([PORTAL] if portal else [])}
    return tuple(sorted(found.difference(without)))


def _among(task: Task, names: Collection[str], config: Config) -> Task:
    """Return the task with the documents of the project that have one of these names."""
    known = [(n, s) for n, spec in config.documents.items() for s in spec.formats]
    outputs = tuple(kind for kind in known if file_of(task, *kind) in names)
    bleed = tuple(name for name in config.documents if bleed_of(task, name) in names)
    return replace(task, outputs=outputs, bleed=bleed)
