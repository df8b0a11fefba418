"""One frozen Profile per area: everything that a document may know.

* :mod:`~wijkprofiel.profile.index`       a dataset, laid out for reading area by area
* :mod:`~wijkprofiel.profile.wijken`      all wijken as arrays, for what compares many at once
* :mod:`~wijkprofiel.profile.likeness`    which wijken look like the area
* :mod:`~wijkprofiel.profile.topics`      every indicator: figure, comparators, verdicts, trend
* :mod:`~wijkprofiel.profile.comparisons` what a figure is compared with
* :mod:`~wijkprofiel.profile.changes`     trends, ranks and the strongest change
* :mod:`~wijkprofiel.profile.frameworks`  topics → slots → domains
* :mod:`~wijkprofiel.profile.highlights`  what page 1 may say
* :mod:`~wijkprofiel.profile.goals`       how each goal stands
* :mod:`~wijkprofiel.profile.plans`       which actions are to come, and which lie behind
* :mod:`~wijkprofiel.profile.initiatives` what there is per theme, and what is missing
* :mod:`~wijkprofiel.profile.suggestions` which themes are proposed to come first
* :mod:`~wijkprofiel.profile.area_map`    the wijken around it
* :mod:`~wijkprofiel.profile.pairs`       when two areas differ on a topic
* :mod:`~wijkprofiel.profile.contrast`    what may be said of several areas side by side
* :mod:`~wijkprofiel.profile.findings`    what a person should know before it goes out
* :mod:`~wijkprofiel.profile.digest`      the hash over all of it
"""

from wijkprofiel.profile.make import make

__all__ = ["make"]
