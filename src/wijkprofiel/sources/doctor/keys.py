"""Keys of topics: renamed, gone, in doubt, or there without an indicator that reads them."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from wijkprofiel.config import Config
from wijkprofiel.errors import Problem
from wijkprofiel.model.computed import Finding, Severity
from wijkprofiel.sources import odata, statline
from wijkprofiel.sources.doctor.delivery import Delivery

_SHOWN = 12


def examine(config: Config, delivery: Delivery) -> Iterator[Finding]:
    """Yield what is wrong with the keys of one edition.

    A key that the edition does not know is an error, with the nearest of the topics that no
    indicator reads: a renamed one is most often among them. Topics that nobody reads are told
    once, by name.
    """
    unread = _unread(delivery)
    for name, (key, column) in delivery.bound.items():
        if isinstance(column, Problem):
            yield _unbound(config, delivery, name, key, column, unread)
    if unread:
        shown = ", ".join(unread[:_SHOWN])
        more = f" and {len(unread) - _SHOWN} more" if len(unread) > _SHOWN else ""
        yield Finding(
            "keys-not-read",
            Severity.INFO,
            delivery.where,
            f"{len(unread)} topics are read by no indicator: {shown}{more}",
            "add an indicator in configs/indicators/ for what you need",
        )


def _unbound(
    config: Config,
    delivery: Delivery,
    name: str,
    key: str,
    problem: Problem,
    unread: list[str],
) -> Finding:
    place = config.places.get(("indicator", name), f"configs/indicators, {name}")
    table = delivery.edition.table
    known = {odata.plain_key(k) for k in delivery.present} | {t.name for t in delivery.described}
    if key in known:
        return Finding(
            "key-ambiguous", Severity.ERROR, delivery.where, f"{name}: {problem.message}",
            f"{problem.hint} (at {place})",
        )  # fmt: skip
    near = odata.candidates(key, unread, limit=3) or get_close_matches(key, unread, n=3)
    if near:
        message = f"{name}: key '{key}' is gone; renamed to " + " or ".join(f"'{n}'" for n in near)
        fix = f"keys: {{{table}: {near[0]}}} at {place}, if that is the same topic"
        return Finding("key-renamed", Severity.ERROR, delivery.where, message + "?", fix)
    return Finding(
        "key-gone",
        Severity.ERROR,
        delivery.where,
        f"{name}: key '{key}' is not in this edition",
        f"name its key of {table} at {place}, or write keys per edition and leave this one out",
    )


def _unread(delivery: Delivery) -> list[str]:
    """Return the names of topics that no indicator reads, dimensions left out."""
    if not delivery.bound:
        return []
    source = delivery.source
    dimensions = {"ID", statline.PERIODS, statline.MARGINS, *statline.REGIONS, *source.filters}
    read = {key for key, _ in delivery.bound.values()}
    names = [topic.name for topic in delivery.described]
    names = names or [odata.plain_key(k) for k in delivery.present if k != odata.plain_key(k)]
    return sorted(set(names) - read - dimensions - {statline.GEMEENTE})
