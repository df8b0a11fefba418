"""What changed between two builds, and why: what an analyst reads before publishing.

* :mod:`~wijkprofiel.build.changes.read`       manifests of an output folder, old formats refused
* :mod:`~wijkprofiel.build.changes.pair`       which area is which, also under another name or code
* :mod:`~wijkprofiel.build.changes.differences` what differs between two manifests but the figures
* :mod:`~wijkprofiel.build.changes.causes`     which of those explains a change
* :mod:`~wijkprofiel.build.changes.compare`    the changes of one area; ``documents``: its files
* :mod:`~wijkprofiel.build.changes.report`     all areas together, in order of importance
* :mod:`~wijkprofiel.build.changes.page`       the report as a web page; ``export``: as CSV and JSON

Only manifests are read, no data and no documents: what was published is in them, as it was printed
(:mod:`wijkprofiel.build.published`). So a change below the printed precision is no change.
"""

from wijkprofiel.build.changes.model import Because, Cause, Change, Kind
from wijkprofiel.build.changes.report import Report, report

__all__ = ["Because", "Cause", "Change", "Kind", "Report", "report"]
