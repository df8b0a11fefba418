"""``wijkprofiel fetch``: suppliers' services to snapshots in the data folder.

The only part of :mod:`wijkprofiel.sources` that knows the network. It writes what a service sent,
with a sidecar; reading that is the work of the readers beside it, which never come here.
"""

from wijkprofiel.sources.fetch.plan import of_workbook, targets
from wijkprofiel.sources.fetch.run import Call, Outcome, Report, Step, dry_run, fetch, offline

__all__ = [
    "Call",
    "Outcome",
    "Report",
    "Step",
    "dry_run",
    "fetch",
    "of_workbook",
    "offline",
    "targets",
]
