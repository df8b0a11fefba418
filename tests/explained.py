"""Accounts of three areas of the sample, each written once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import sample
from wijkprofiel.config import Config
from wijkprofiel.explain import Account, Desk, account_of

AREAS = ("alphen-noord", "leiden/stevenshof", "groz-utrecht")


@cache
def desk(name: str) -> Desk:
    return Desk.of(sample.config(), sample.dataset(), name)


def subjects(config: Config) -> Iterator[tuple[str, str]]:
    """Every indicator, and every domain of the project's frameworks."""
    for name in config.indicators:
        yield "", name
    for framework in config.project.frameworks:
        for domain in config.frameworks[framework].domains:
            yield framework, domain.id


@cache
def accounts(name: str) -> dict[str, Account]:
    found = [account_of(desk(name), *subject) for subject in subjects(sample.config())]
    return {account.id: account for account in found}
