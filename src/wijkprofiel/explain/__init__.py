"""From a printed figure back to the supplier's cell, every sum on the way with its numbers.

* :mod:`~wijkprofiel.explain.find`        a user's word → an indicator or a domain
* :mod:`~wijkprofiel.explain.desk`        config, data, profile and words of one area
* :mod:`~wijkprofiel.explain.topic`       the account of a topic
* :mod:`~wijkprofiel.explain.domain`      the account of a domain
* :mod:`~wijkprofiel.explain.account`     sections, facts, rows and steps
* :mod:`~wijkprofiel.explain.arithmetic`  formulas as text, and what they give
* :mod:`~wijkprofiel.explain.text`        an account as plain text
"""

from __future__ import annotations

from wijkprofiel.build import attack
from wijkprofiel.config import Config
from wijkprofiel.explain.account import Account
from wijkprofiel.explain.desk import Desk
from wijkprofiel.explain.domain import domain_account
from wijkprofiel.explain.find import find
from wijkprofiel.explain.text import text
from wijkprofiel.explain.topic import topic_account
from wijkprofiel.sources.dataset import Dataset

__all__ = ["Account", "Desk", "account_of", "explain", "refuse", "text"]


def explain(config: Config, dataset: Dataset, name: str, subject: str) -> Account:
    """Return the account of one topic or domain of one area.

    Args:
        config: the project.
        dataset: its data.
        name: of a profile or area, as in ``wijkprofiel build``.
        subject: an indicator, or a domain (``framework:domain`` where that is needed).

    Raises:
        ConfigError: area or subject are unknown, or can mean several things.
    """
    framework, chosen = find(subject, config)
    return account_of(Desk.of(config, dataset, name), framework, chosen)


def refuse(account: Account, config: Config, dataset: Dataset, name: str) -> None:
    """Refuse an account that betrays a withheld figure, as every output is before it is written.

    Raises:
        DisclosureError: it does.
    """
    profile = Desk.of(config, dataset, name).profile
    attack.refuse_text(text(account), "explain", profile, config, dataset)


def account_of(desk: Desk, framework: str, subject: str) -> Account:
    """Return the account of an indicator (``framework`` empty) or of a domain."""
    if framework:
        return domain_account(desk, desk.profile.frameworks[framework], subject)
    return topic_account(desk, desk.profile.topics[subject])
