"""On a schedule: fetch, look, build what changed, verify, compare, and only then a new site.

* :mod:`~wijkprofiel.build.refresh.model`      what is asked, and what became of it
* :mod:`~wijkprofiel.build.refresh.suppliers`  newer editions, and what is wrong with them
* :mod:`~wijkprofiel.build.refresh.areas`      the next site, beside yesterday's
* :mod:`~wijkprofiel.build.refresh.run`        one after the other, and the new site in its place
* :mod:`~wijkprofiel.build.refresh.site`       folders that are replaced as a whole

Yesterday's site stays until a whole new one lies beside it. What stands in the way of an area
leaves that area as it was yesterday; what stands in the way of the site leaves the site.
"""

from wijkprofiel.build.refresh.model import Call, Fetched, Outcome, State, Teller
from wijkprofiel.build.refresh.run import refresh

__all__ = ["Call", "Fetched", "Outcome", "State", "Teller", "refresh"]
