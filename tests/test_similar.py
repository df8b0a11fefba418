"""Wijken that look like an area, by hand and against a plain search."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sample
import tiny_project
from builders import own
from wijkprofiel.config import Config, load
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import Figure, Outcome, Severity, Similar, Status
from wijkprofiel.profile import make
from wijkprofiel.scoring import similar
from wijkprofiel.sources.dataset import Dataset

ALIKE = ("stedelijkheid", "aandeel-65-plus", "inkomen-per-inwoner")


# --- distances --------------------------------------------------------------------------


def test_nearest_by_hand() -> None:
    """Both SDs are √2.5 and 10·√2.5: a at (0, 0) SDs, b one step on x, c one on both."""
    values = np.array([[1.0, 10], [2, 10], [2, 20], [4, 40], [5, 50], [3, 30]])
    made = similar.likeness(["a", "b", "c", "d", "e", "f"], values)
    assert made.nearest([1.0, 10.0], {"a"}, 5) == ("b", "c", "f", "d", "e")
    assert made.nearest([1.0, 10.0], {"a", "b"}, 2) == ("c", "f")


def test_of_equally_near_ones_the_lowest_code_comes_first() -> None:
    made = similar.likeness(["d", "b", "a", "c"], np.array([[1.0], [3.0], [3.0], [1.0]]))
    assert made.nearest([2.0], set(), 3) == ("a", "b", "c")


def test_a_wijk_without_one_of_the_indicators_is_not_alike() -> None:
    made = similar.likeness(["a", "b", "c"], np.array([[1.0, 1], [1, math.nan], [9, 9]]))
    assert made.nearest([1.0, 1.0], set(), 9) == ("a", "c")
    assert made.nearest([1.0, None], set(), 9) == ()


def test_the_sd_is_over_all_wijken_with_a_value() -> None:
    values = np.array([[1.0, 1], [2, math.nan], [3, 5]])
    assert similar.likeness(["a", "b", "c"], values).sd.tolist() == pytest.approx([1.0, 8**0.5])


def test_an_indicator_on_which_all_are_alike_says_nothing() -> None:
    made = similar.likeness(["a", "b", "c"], np.array([[1.0, 7], [2, 7], [3, 7]]))
    assert made.nearest([3.0, 99.0], set(), 2) == ("c", "b")


@given(st.integers(3, 30), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_nearest_is_what_a_plain_search_finds(count: int, width: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    values = random.normal(size=(count, width)).round(3)
    codes = [f"WK{i:06d}" for i in range(count)]
    made = similar.likeness(codes, values)
    sd = values.std(axis=0, ddof=1)
    distance = {
        code: round(math.dist(values[0] / sd, row / sd), 9)
        for code, row in zip(codes, values, strict=True)
    }
    plain = sorted(codes[1:], key=lambda code: (distance[code], code))[:5]
    assert made.nearest(values[0].tolist(), {codes[0]}, 5) == tuple(plain)
    order = random.permutation(count)
    shuffled = similar.likeness([codes[i] for i in order], values[order])
    assert shuffled.nearest(values[0].tolist(), {codes[0]}, 5) == tuple(plain)


# --- their mean -------------------------------------------------------------------------


def figure(value: float | None, se: float | None = None) -> Figure:
    return Figure(
        "x",
        "2020",
        value,
        Status.SUPPRESSED if value is None else Status.OK,
        lower=None if se is None or value is None else value - 1.96 * se,
        upper=None if se is None or value is None else value + 1.96 * se,
        source="table",
    )


def test_the_mean_of_similar_wijken_and_its_error() -> None:
    """Mean of 10 … 50 is 30; √(5·2²)/5 = 0.894."""
    mean = similar.mean([figure(x, 2.0) for x in (10.0, 20.0, 30.0, 40.0, 50.0)], "x", "2020")
    assert mean is not None
    assert (mean.value, mean.derived, mean.source) == (30.0, True, "table")
    assert mean.upper is not None
    assert mean.upper - 30.0 == pytest.approx(1.96 * math.sqrt(20) / 5)


def test_four_figures_are_too_few_and_a_missing_one_does_not_count() -> None:
    some = [figure(float(x)) for x in range(5)]
    assert similar.mean(some[:4], "x", "2020") is None
    assert similar.mean([*some[:4], figure(None)], "x", "2020") is None
    mean = similar.mean([*some, figure(None)], "x", "2020")
    assert mean is not None
    assert mean.value == 2.0
    assert mean.coverage == pytest.approx(5 / 6)


def test_without_all_margins_the_mean_has_none() -> None:
    mean = similar.mean([*(figure(1.0, 1.0) for _ in range(5)), figure(1.0)], "x", "2020")
    assert mean is not None
    assert (mean.lower, mean.upper) == (None, None)


def test_a_class_of_several_parts_counts_by_inhabitants() -> None:
    assert similar.value_of_parts({"a": 1.0, "b": 4.0}, {"a": 200, "b": 100}) == 2.0
    assert similar.value_of_parts({"a": 1.0, "b": None}, {"a": 200, "b": 100}) is None
    assert similar.value_of_parts({"a": 1.0, "b": 4.0}, {"a": 200, "b": None}) is None


# --- profiles ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wanted() -> Config:
    conf = sample.config()
    asked = conf.project.model_copy(update={"similar": Similar(indicators=ALIKE, count=12)})
    return dataclasses.replace(conf, project=asked)


@pytest.fixture(scope="module")
def country() -> Dataset:
    """The sample as if it were a country: its wijken hold all people of "the land"."""
    data = sample.dataset()
    areas = data.areas.copy()
    now = areas["boundary_year"] == data.boundary_year
    people = areas.loc[now & (areas["level"] == "wijk"), "population"].sum()
    areas["population"] = areas["population"].mask(areas["level"] == "land", people)
    return dataclasses.replace(
        data,
        areas=areas,
        reference=pd.DataFrame(columns=data.reference.columns),
        reference_partial=False,
    )


def test_a_part_of_the_country_has_no_similar_wijken_and_says_so(wanted: Config) -> None:
    data = sample.dataset()
    profile = make(own("WK048402", wanted, data), wanted, data)
    (warning,) = [f for f in profile.findings if f.code == "similar-without-country"]
    assert warning.severity is Severity.WARNING
    assert profile.similar == ()
    assert all(t.similar is None and t.against_similar is None for t in profile.topics.values())


def test_who_asks_for_none_gets_none_and_no_word_about_it(country: Dataset) -> None:
    conf = sample.config()
    profile = make(own("WK048402", conf, country), conf, country)
    assert profile.similar == ()
    assert not [f for f in profile.findings if f.code.startswith("similar")]


@pytest.mark.parametrize("name", ["WK048402", "alphen-noord", "kanaleneiland"])
def test_similar_wijken_of_an_area(name: str, wanted: Config, country: Dataset) -> None:
    area = own(name, wanted, country)
    profile = make(area, wanted, country)
    assert len(profile.similar) == len(set(profile.similar)) == 12
    digits = [part.code[2:] for part in area.parts]
    assert not [c for c in profile.similar for d in digits if d.startswith(c[2:])]
    rows = country.figures
    lonely = rows[(rows["indicator"] == "eenzaam") & (rows["period"] == "2020")]
    values = lonely.set_index("area")["value"].reindex(list(profile.similar)).dropna()
    topic = profile.topics["eenzaam"]
    assert topic.similar is not None
    assert topic.similar.value == pytest.approx(values.mean())
    verdict = topic.against_similar
    assert verdict is not None
    assert topic.reference is not None
    assert topic.figure.value is not None
    assert verdict.basis == "band"
    assert verdict.z == pytest.approx((values.mean() - topic.figure.value) / topic.reference.sd)
    assert verdict.outcome is not Outcome.NONE
    assert profile.topics["inwoners"].similar is None  # counts are not compared


def test_the_nearest_are_near(wanted: Config, country: Dataset) -> None:
    """A plain search over the suppliers' rows finds the same twelve."""
    rows = country.figures
    rows = rows[rows["indicator"].isin(ALIKE) & rows["area"].str.startswith("WK")]
    rows = rows[rows["status"] == "ok"]
    wide = rows.pivot_table(index="area", columns="indicator", values="value")[list(ALIKE)]
    wijken = country.areas[country.areas["boundary_year"] == country.boundary_year]["code"]
    wide = wide[wide.index.isin(wijken)]
    scaled = (wide / wide.std()).dropna()
    here = scaled.loc["WK048402"]
    distance = ((scaled - here) ** 2).sum(axis=1).drop("WK048402") ** 0.5
    nearest = sorted(distance.index, key=lambda code: (round(distance[code], 9), code))[:12]
    profile = make(own("WK048402", wanted, country), wanted, country)
    assert profile.similar == tuple(nearest)


def test_an_unknown_indicator_is_named_with_its_line(tmp_path: Path) -> None:
    asked = tiny_project.PROJECT + "similar: {indicators: [inwoner]}\n"
    with pytest.raises(ConfigError) as failure:
        load(tiny_project.make(tmp_path, PROJECT=asked))
    (problem,) = failure.value.problems
    assert problem.where == "wijkprofiel.yaml:9"
    assert "'inwoner' is not an indicator (did you mean 'inwoners'?)" in problem.message
