"""One refresh: suppliers, areas, comparison, and the new site in the place of the old."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from wijkprofiel.build import portal
from wijkprofiel.build.plan import Task, plan
from wijkprofiel.build.refresh import areas, site, suppliers
from wijkprofiel.build.refresh.model import Call, Fetched, Outcome, State
from wijkprofiel.build.scores import all_names
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError, SourceError, WijkprofielError
from wijkprofiel.sources import folder
from wijkprofiel.sources.dataset import Dataset


def refresh(config: Config, call: Call) -> Outcome:
    """Bring a site up to date.

    Raises:
        ConfigError: a config is wrong, or a folder cannot be written to.
        SourceError: a supplier cannot be reached and there is nothing to build from.
        WijkprofielError: nothing could be made that may be published. Whatever is raised, the site
            is as it was.
    """
    call = replace(call, order=replace(call.order, portal=True))
    fetched = Fetched() if call.offline else suppliers.newer(config, call)
    dataset = _load(config, fetched)
    findings = suppliers.troubles(config, call)
    tasks = _tasks(config, dataset, call)
    with site.renewing(call.site) as fresh:
        gone = areas.take_out(fresh, tasks)
        made = areas.make(config, dataset, call, fresh, tasks)
        outcome = Outcome(
            state=State.UNCHANGED,
            areas=len(tasks),
            fetched=fetched,
            findings=findings,
            built=tuple(sorted(made.built)),
            gone=gone,
            failed=made.failed,
        )
        return _publish(config, call, fresh, outcome)


def _load(config: Config, fetched: Fetched) -> Dataset:
    try:
        return folder.load(config)
    except WijkprofielError as failure:
        if fetched.failure is None:
            raise
        problems = (*fetched.failure.problems, *failure.problems)
        raise SourceError.of(problems, "there is nothing to build from") from failure


def _tasks(config: Config, dataset: Dataset, call: Call) -> list[Task]:
    tasks = plan(config, dataset, call.names or all_names(config, dataset), call.order)
    if not tasks:
        hint = "name areas, or write gemeenten in wijkprofiel.yaml"
        raise ConfigError("there are no areas to build", hint, where="refresh")
    return tasks


def _publish(config: Config, call: Call, fresh: Path, outcome: Outcome) -> Outcome:
    """Compare the next site with yesterday's, and put it in its place where they differ."""
    if call.site.is_dir() and site.same(call.site, fresh):
        call.tell("unchanged", f"nothing changed: {call.site} is as it was", site=str(call.site))
        return outcome
    if any(portal.built(call.site)):
        paths, count = _compare(config, call, fresh)
        outcome = replace(outcome, compared=paths, changes=count)
    site.put_in_place(fresh, call.site)
    text = f"{call.site} is new: of {outcome.areas} areas {len(outcome.built)} were made"
    call.tell(
        "published", text, site=str(call.site), areas=outcome.areas, built=list(outcome.built)
    )
    return replace(outcome, state=State.PUBLISHED)


def _compare(config: Config, call: Call, fresh: Path) -> tuple[tuple[Path, ...], int | None]:
    """Write the change report; with a site of an older version of the program there is none."""
    from wijkprofiel.build import changes
    from wijkprofiel.build.changes.write import write
    from wijkprofiel.documents.desk import words_of

    words = words_of(config)
    try:
        found = changes.report(call.site, fresh, words)
    except ConfigError as failure:
        problems = [str(problem) for problem in failure.problems]
        text = "\n".join(["not compared with what was published", *problems])
        call.tell("not-compared", text, "warning", problems=problems)
        return (), None
    told = replace(found, new=replace(found.new, path=str(call.site)))
    paths = write(told, config, words, call.report)
    text = f"{len(found.changes)} changes, {len(found.unexplained)} of them unexplained"
    names = sorted({change.area for change in found.changes if change.area})
    call.tell(
        "compared", text, changes=len(found.changes), unexplained=len(found.unexplained),
        areas=names,
    )  # fmt: skip
    return paths, len(found.changes)
