"""The order in which tests start: what takes long first, so that no process waits at the end.

And no deadline for an example of a property: a busy machine is no counter-example.
"""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("wijkprofiel", deadline=None)
settings.load_profile("wijkprofiel")

LONG = (
    "test_schedule.py",
    "test_cluster.py",
    "test_batch.py",
    "test_english.py",
    "test_verify.py",
    "test_agreement.py",
    "test_comparison.py",
    "test_attack_output.py",
    "test_attack.py",
    "test_inkt.py",
    "test_slides.py",
    "test_pptx.py",
    "test_portal.py",
    "test_web.py",
    "test_verify_files.py",
    "test_cli.py",
    "test_fetch_country.py",
    "test_wheel.py",
)
"""Files that take half a minute or more on one core, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files of :data:`LONG` first; all others stay in their own order behind them."""
    place = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path.name, len(LONG)))
