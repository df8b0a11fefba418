"""CBS areas and areas of one's own: found by name, put together, and given their figures."""

from wijkprofiel.areas.figures import MINIMUM_COVERAGE, figures_of
from wijkprofiel.areas.naming import area_of, find, select_all, slug_of, slugify
from wijkprofiel.areas.own import own_area
from wijkprofiel.areas.regions import absent, region_profile, select

__all__ = [
    "MINIMUM_COVERAGE",
    "absent",
    "area_of",
    "figures_of",
    "find",
    "own_area",
    "region_profile",
    "select",
    "select_all",
    "slug_of",
    "slugify",
]
