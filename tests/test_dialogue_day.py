"""The day of a wijkdialoog: never announced once it lies before the edition."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from babel.dates import format_date

import made_up
from wijkprofiel import documents
from wijkprofiel.model import Dialogue, Profile
from wijkprofiel.profile import plans

DAY = dt.timedelta(days=1)
EDITION = made_up.profile().edition.date


def profile(day: dt.date, **more: Any) -> Profile:
    told = {"date": day, "place": "Buurthuis De Brug", **more}
    return made_up.profile(people=made_up.people(dialogue=told))


def words(of: Profile, name: str) -> str:
    config = made_up.config()
    html = documents.make(of, config.documents[name], config).html
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def printed(day: dt.date) -> str:
    """The day as a Dutch reader writes it, by CLDR."""
    return format_date(day, "d MMMM y", locale="nl")


@pytest.mark.parametrize(
    ("days", "held", "shown"),
    [(-1, False, False), (-1, True, True), (0, False, True), (1, False, True)],
)
def test_a_day_before_the_edition_is_printed_only_when_it_was_held(
    days: int, held: bool, shown: bool
) -> None:
    day = EDITION + days * DAY
    assert plans.dialogue_day(Dialogue(date=day, held=held), EDITION) == (day if shown else None)


@pytest.mark.parametrize("name", ["factsheet", "folder", "presentatie"])
def test_no_document_announces_a_day_that_lies_behind(name: str) -> None:
    gone, coming = EDITION - 300 * DAY, EDITION + 30 * DAY
    assert printed(coming) in words(profile(coming), name)
    assert printed(gone) not in words(profile(gone), name)


def test_the_folder_says_that_the_date_follows() -> None:
    assert "datum volgt" in words(profile(EDITION - DAY), "folder")
