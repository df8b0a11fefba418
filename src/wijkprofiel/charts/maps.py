"""The maps of one area: where it lies, what it looks like, and a figure over its gemeente."""

from wijkprofiel.charts.choropleth import choropleth
from wijkprofiel.charts.locator import locator
from wijkprofiel.charts.silhouette import silhouette

__all__ = ["choropleth", "locator", "silhouette"]
