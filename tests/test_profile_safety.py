"""What a profile may never hold, and the hash over what it holds."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import own
from wijkprofiel.assets import Assets
from wijkprofiel.config import Config, load
from wijkprofiel.errors import DisclosureError
from wijkprofiel.model import Outcome, Status
from wijkprofiel.profile import make
from wijkprofiel.profile.digest import canonical
from wijkprofiel.sources import folder
from wijkprofiel.sources.dataset import Dataset

HEALTH = "rivm-gezondheid"


@pytest.fixture(scope="module")
def config() -> Config:
    return load(Assets.of())


@pytest.fixture(scope="module")
def sample(config: Config) -> Dataset:
    return folder.load(config)


def hash_of(config: Config, data: Dataset) -> str:
    return make(own("alphen-noord", config, data), config, data).input_hash


# --- what never leaks -------------------------------------------------------------------------


def surveyed(config: Config) -> Config:
    """The health table as if it were a survey of our own."""
    survey = config.sources[HEALTH].model_copy(update={"survey": True})
    return dataclasses.replace(config, sources={**config.sources, HEALTH: survey})


def with_secret(data: Dataset, area: str, topic: str, value: float, n: float) -> Dataset:
    figures = data.figures.copy()
    figures.loc[figures["source"] == HEALTH, "n"] = 1000.0
    cell = (figures["area"] == area) & (figures["indicator"] == topic)
    figures["value"] = figures["value"].mask(cell, value)
    figures["n"] = figures["n"].mask(cell, n)
    return dataclasses.replace(data, figures=figures)


@settings(max_examples=12, deadline=None)
@given(
    topic=st.sampled_from(["eenzaam", "rokers", "regie-eigen-leven", "veel-stress"]),
    area=st.sampled_from(["WK048402", "WK048401", "GM0484"]),
    secret=st.floats(20.11, 79.99).map(lambda v: round(v, 4) + 0.00007),
    n=st.integers(1, 29),
)
def test_a_suppressed_value_never_reaches_a_profile(
    config: Config, sample: Dataset, topic: str, area: str, secret: float, n: int
) -> None:
    """Of the area itself, of a neighbour on its map, or of its gemeente."""
    survey = surveyed(config)
    data = with_secret(sample, area, topic, secret, n)
    profile = make(own("WK048402", survey, data), survey, data)
    shown = {"WK048402": "figure", "GM0484": "gemeente"}.get(area)
    if shown:
        figure = getattr(profile.topics[topic], shown)
        assert (figure.status, figure.value, figure.n) == (Status.SUPPRESSED, None, None)
    assert f"{secret:.5f}" not in canonical(profile)
    public = make(own("WK048402", config, data), config, data)
    mapped = public.map is not None and topic == public.map.choropleth
    assert (f"{secret:.5f}" in canonical(public)) == bool(shown or mapped)


def test_a_suppressed_topic_has_no_verdict_and_no_place_in_its_slot(
    config: Config, sample: Dataset
) -> None:
    survey = surveyed(config)
    data = with_secret(sample, "WK048402", "rokers", 44.0, 12)
    profile = make(own("WK048402", survey, data), survey, data)
    smokers = profile.topics["rokers"]
    assert smokers.against_country.outcome is Outcome.NONE
    assert (smokers.z, smokers.trend) == (None, None)
    body = profile.frameworks["positieve-gezondheid"].domain("lichaamsfuncties")
    assert (body.present, body.total) == (6, 7)


def test_an_own_area_of_survey_figures_is_refused_unless_the_project_declares_it(
    config: Config, sample: Dataset
) -> None:
    """Declared, disclosure control has looked at it: without an n everything is withheld."""
    survey = surveyed(config)
    noord = own("alphen-noord", survey, sample)
    declared = make(noord, survey, sample)
    assert declared.topics["eenzaam"].figure.status is Status.SUPPRESSED
    undeclared = dataclasses.replace(
        survey, profiles={n: p for n, p in survey.profiles.items() if n != "alphen-noord"}
    )
    with pytest.raises(DisclosureError, match="survey figures"):
        make(noord, undeclared, sample)


# --- the hash ---------------------------------------------------------------------------------


def changed(data: Dataset, area: str, topic: str) -> Dataset:
    figures = data.figures.copy()
    cell = (figures["area"] == area) & (figures["indicator"] == topic)
    assert cell.any()
    figures["value"] = figures["value"].mask(cell, figures["value"] + 1)
    return dataclasses.replace(data, figures=figures)


def test_the_hash_follows_what_reaches_the_documents(config: Config, sample: Dataset) -> None:
    def again(data: Dataset, conf: Config = config) -> str:
        return hash_of(conf, data)

    first = again(sample)
    assert again(changed(sample, "WK048402", "rokers")) != first
    assert again(changed(sample, "GM0484", "rokers")) != first
    assert again(changed(sample, "WK054609", "rokers")) == first  # another gemeente
    other = {**config.profiles}
    other["stevenshof"] = other["stevenshof"].model_copy(update={"name": "Elders"})
    assert again(sample, dataclasses.replace(config, profiles=other)) == first
    mine = {**config.profiles}
    mine["alphen-noord"] = mine["alphen-noord"].model_copy(update={"about": "Nieuw."})
    assert again(sample, dataclasses.replace(config, profiles=mine)) != first


def test_the_order_of_rows_changes_nothing(config: Config, sample: Dataset) -> None:
    mixed = dataclasses.replace(sample, figures=sample.figures.sample(frac=1, random_state=4))
    assert hash_of(config, mixed) == hash_of(config, sample)


def test_without_reference_nothing_is_scored_and_it_is_said(
    config: Config, sample: Dataset
) -> None:
    empty = dataclasses.replace(
        sample, reference=pd.DataFrame(columns=sample.reference.columns), reference_partial=False
    )
    profile = make(own("WK048402", config, empty), config, empty)
    assert "no-reference" in {finding.code for finding in profile.findings}
    lonely = profile.topics["eenzaam"]
    assert lonely.figure.value == 50.4
    assert lonely.against_country.outcome is Outcome.NONE
    for result in profile.frameworks.values():
        assert {score.score for score in result.domains} == {None}
    assert profile.highlights.concerns == ()


def test_a_folder_with_the_whole_country_is_its_own_reference(
    config: Config, sample: Dataset
) -> None:
    """The sample as if it were a country: its wijken hold all people of "the land"."""
    areas = sample.areas.copy()
    now = areas["boundary_year"] == sample.boundary_year
    people = areas.loc[now & (areas["level"] == "wijk"), "population"].sum()
    areas["population"] = areas["population"].mask(areas["level"] == "land", people)
    country = dataclasses.replace(
        sample,
        areas=areas,
        reference=pd.DataFrame(columns=sample.reference.columns),
        reference_partial=False,
    )
    profile = make(own("WK048402", config, country), config, country)
    assert not profile.reference_partial
    lonely = profile.topics["eenzaam"].reference
    table = sample.figures
    wijken = table["area"].str.startswith("WK") & (table["status"] == "ok")
    values = table[wijken & (table["indicator"] == "eenzaam") & (table["period"] == "2020")]
    assert lonely is not None
    assert lonely.n == len(values)
    assert lonely.sd == pytest.approx(values["value"].std())
    body = profile.frameworks["positieve-gezondheid"].domain("lichaamsfuncties")
    assert body.score is not None
