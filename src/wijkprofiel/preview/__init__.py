"""The documents of one area on a screen, made anew while an analyst edits.

* :mod:`~wijkprofiel.preview.studio`  makes the documents; the last good version stays
* :mod:`~wijkprofiel.preview.watch`   sees which files of the project change
* :mod:`~wijkprofiel.preview.server`  shows them on the loopback interface, and tells the browser
* :mod:`~wijkprofiel.preview.run`     the three together

Nothing is written to disk, and nothing is shown that a build would refuse to write.
"""

from wijkprofiel.preview.run import once, running
from wijkprofiel.preview.studio import Paper, Studio

__all__ = ["Paper", "Studio", "once", "running"]
