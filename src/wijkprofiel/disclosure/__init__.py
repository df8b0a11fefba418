"""Figures that would betray somebody are withheld before anything is computed with them.

Own survey data only: CBS and RIVM have done their own. docs/method.md §6.

* :mod:`~wijkprofiel.disclosure.primary`    which figures are too small by themselves
* :mod:`~wijkprofiel.disclosure.cells`      amounts, and the sums of them that an attacker knows
* :mod:`~wijkprofiel.disclosure.relations`  figures to such a system: levels, categories, own areas
* :mod:`~wijkprofiel.disclosure.rows`       which rows of the tables are which cells
* :mod:`~wijkprofiel.disclosure.bounds`     what an attacker can tell, by linear programming
* :mod:`~wijkprofiel.disclosure.secondary`  which further cells are withheld
* :mod:`~wijkprofiel.disclosure.attack`     the attack on what is left
* :mod:`~wijkprofiel.disclosure.protect`    all of it, from a table to a table that may be shown
"""

from wijkprofiel.disclosure.attack import Recovered, attack
from wijkprofiel.disclosure.cells import Key
from wijkprofiel.disclosure.primary import (
    MINIMUM_CELL,
    MINIMUM_PEOPLE,
    NOISE,
    refuse_combined,
    suppress,
    survey_sources,
)
from wijkprofiel.disclosure.protect import Protected, Truth, protect, refuse_recovered
from wijkprofiel.disclosure.rows import Rules

__all__ = [
    "MINIMUM_CELL",
    "MINIMUM_PEOPLE",
    "NOISE",
    "Key",
    "Protected",
    "Recovered",
    "Rules",
    "Truth",
    "attack",
    "protect",
    "refuse_combined",
    "refuse_recovered",
    "suppress",
    "survey_sources",
]
