"""Years that a table should hold and does not."""

from __future__ import annotations

from collections.abc import Iterator

from wijkprofiel.config import Config
from wijkprofiel.model.computed import Finding, Severity, Status
from wijkprofiel.sources.doctor.delivery import Delivery


def examine(config: Config, delivery: Delivery) -> Iterator[Finding]:
    """Yield the periods that the config names and the files lack, and the other way round."""
    figures = delivery.figures
    if figures.empty:
        return
    there = set(figures["period"])
    counted = set(figures.loc[figures["status"] == Status.OK.value, "period"])
    shown = config.project.periods.get(delivery.source.id) if delivery.shown else None
    if shown is not None and shown not in counted:
        what = "is not in the files" if shown not in there else "has no figure at all"
        yield Finding(
            "year-missing",
            Severity.ERROR,
            delivery.where,
            f"{shown}, the period that the project shows, {what}",
            f"fetch it, or write another year at periods: {delivery.source.id} in wijkprofiel.yaml",
        )
    declared = set(delivery.edition.periods)
    if lacking := sorted(declared - there - {shown}):
        yield Finding(
            "year-missing",
            Severity.WARNING,
            delivery.where,
            f"the files lack {', '.join(lacking)}",
            "fetch them: trends need them",
        )
    if extra := sorted(there - declared):
        yield Finding(
            "year-not-declared",
            Severity.WARNING,
            delivery.where,
            f"the files hold {', '.join(extra)}, which the config does not name",
            f"add them to 'periods' of {delivery.edition.table} in "
            f"configs/sources/{delivery.source.id}.yaml",
        )
