"""The shipped configs and the sample, read once for all tests."""

from __future__ import annotations

from functools import cache

from wijkprofiel import config as configs
from wijkprofiel.assets import Assets
from wijkprofiel.config import Config
from wijkprofiel.sources import folder
from wijkprofiel.sources.dataset import Dataset


@cache
def config() -> Config:
    return configs.load(Assets.of())


@cache
def dataset() -> Dataset:
    return folder.load(config())
