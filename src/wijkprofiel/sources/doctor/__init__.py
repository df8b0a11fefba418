"""The sources against the configs: what a new edition or delivery broke, each with its fix."""

from wijkprofiel.sources.doctor.examine import examine

__all__ = ["examine"]
