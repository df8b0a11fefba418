"""YAML to declared types: every mistake at once, with file, line and "did you mean"."""

from wijkprofiel.config.load import Config, load, profile_problems

__all__ = ["Config", "load", "profile_problems"]
