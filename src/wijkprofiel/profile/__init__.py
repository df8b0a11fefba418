"""One frozen Profile per area: everything that a document may know.

* :mod:`~wijkprofiel.profile.index`       a dataset, laid out for reading area by area
* :mod:`~wijkprofiel.profile.topics`      every indicator: figure, comparators, verdicts, trend
* :mod:`~wijkprofiel.profile.frameworks`  topics → slots → domains
* :mod:`~wijkprofiel.profile.highlights`  what page 1 may say
* :mod:`~wijkprofiel.profile.area_map`    the wijken around it
* :mod:`~wijkprofiel.profile.findings`    what a person should know before it goes out
* :mod:`~wijkprofiel.profile.digest`      the hash over all of it
"""

from wijkprofiel.profile.make import make

__all__ = ["make"]
