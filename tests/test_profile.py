"""The profile of an area: on the sample, and with figures changed by hand."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable

import pandas as pd
import pytest

from builders import domain, expected, indicator, own
from wijkprofiel.assets import Assets
from wijkprofiel.config import Config, load
from wijkprofiel.model import Outcome, Profile, Severity, Status, Verdict
from wijkprofiel.profile import make
from wijkprofiel.profile.area_map import area_map
from wijkprofiel.profile.cells import Cells
from wijkprofiel.profile.index import Index, index_of
from wijkprofiel.profile.outlines import Outlines
from wijkprofiel.profile.topics import comparable_with_others
from wijkprofiel.sources import folder
from wijkprofiel.sources.dataset import Dataset

Maker = Callable[[str], Profile]


@pytest.fixture(scope="module")
def config() -> Config:
    return load(Assets.of())


@pytest.fixture(scope="module")
def sample(config: Config) -> Dataset:
    return folder.load(config)


@pytest.fixture(scope="module")
def made(config: Config, sample: Dataset) -> Maker:
    known: dict[str, Profile] = {}

    def maker(name: str) -> Profile:
        if name not in known:
            known[name] = make(own(name, config, sample), config, sample)
        return known[name]

    return maker


def in_words(verdict: Verdict | None) -> str:
    assert verdict is not None
    words = {
        Outcome.SIMILAR: "vergelijkbaar",
        Outcome.NEUTRAL_SIMILAR: "vergelijkbaar",
        Outcome.HIGHER: "hoger",
        Outcome.LOWER: "lager",
        Outcome.FAVOURABLE: "gunstiger",
        Outcome.UNFAVOURABLE: "ongunstiger",
    }
    judged = verdict.outcome in (Outcome.FAVOURABLE, Outcome.UNFAVOURABLE)
    before = {1: "iets ", 3: "veel "}.get(verdict.strength, "") if judged else ""
    return before + words[verdict.outcome]


# --- Alphen Noord, worked out by hand ---------------------------------------------------------


def test_all_figures_of_alphen_noord_equal_the_hand_computation(made: Maker) -> None:
    profile = made("alphen-noord")
    for row in expected("alphen_noord_2020.csv"):
        topic = profile.topics[row["indicator"]]
        assert topic.figure.value == pytest.approx(float(row["value"]), abs=1e-6)
        assert topic.figure.derived
        assert topic.country.value == float(row["country"])
        assert topic.gemeente is not None
        assert topic.gemeente.value == float(row["gemeente"])
        assert topic.z == pytest.approx(float(row["z_country"]), abs=1e-5)
        assert topic.against_gemeente is not None
        assert topic.against_gemeente.z == pytest.approx(float(row["z_gemeente"]), abs=1e-5)
        assert in_words(topic.against_country) == row["against_country"], row["indicator"]
        assert in_words(topic.against_gemeente) == row["against_gemeente"], row["indicator"]


def test_all_domains_of_alphen_noord_equal_the_hand_computation(made: Maker) -> None:
    result = made("alphen-noord").frameworks["positieve-gezondheid"]
    rows = expected("alphen_noord_2020_domains.csv")
    assert [score.domain.id for score in result.domains][:2] == [r["domain"] for r in rows][:2]
    for row in rows:
        score = result.domain(row["domain"])
        assert score.present == int(row["slots"])
        if not row["z"]:
            assert (score.score, score.z, score.reason) == (None, None, "coverage")
            continue
        assert score.z_raw == pytest.approx(float(row["z_raw"]), abs=1e-5)
        assert score.z == pytest.approx(float(row["z"]), abs=1e-5)
        assert score.score == pytest.approx(float(row["score"]), abs=1e-4)
        assert score.against_gemeente is not None
        assert score.against_gemeente.z == pytest.approx(float(row["z_gemeente"]), abs=1e-5)


def test_the_worked_example_of_the_method(made: Maker) -> None:
    """method.md §3: lonely, 48.9 against 45.9 and 47.0: −0.54 and −0.34."""
    lonely = made("alphen-noord").topics["eenzaam"]
    assert lonely.figure.value == pytest.approx(48.9, abs=0.05)
    assert lonely.against_gemeente is not None
    assert lonely.against_gemeente.z == pytest.approx(-0.54, abs=0.01)
    assert lonely.against_country.z == pytest.approx(-0.34, abs=0.01)
    assert in_words(lonely.against_gemeente) == "iets ongunstiger"
    assert in_words(lonely.against_country) == "vergelijkbaar"
    assert lonely.against_gemeente.basis == "band"


@pytest.mark.parametrize(
    ("area", "healthy", "lonely"),
    [
        ("WK048402", 76.1, 50.4),  # documents.md §8
        ("stevenshof", 79.6, 47.8),
        ("moerwijk", 67.0, 67.3),
        ("leidsche-rijn", 82.8, 47.8),
    ],
)
def test_published_figures(made: Maker, area: str, healthy: float, lonely: float) -> None:
    topics = made(area).topics
    assert (topics["ervaren-gezondheid"].figure.value, topics["eenzaam"].figure.value) == (
        healthy,
        lonely,
    )
    assert not topics["eenzaam"].figure.derived
    assert (topics["ervaren-gezondheid"].country.value, topics["eenzaam"].country.value) == (
        78.4,
        47.0,
    )


# --- what is there and what is not ------------------------------------------------------------


def test_every_configured_topic_is_there(made: Maker, config: Config) -> None:
    assert list(made("alphen-noord").topics) == list(config.indicators)


@pytest.mark.parametrize(
    ("topic", "status"),
    [
        ("lopen-of-fietsen", Status.NOT_MEASURED),  # a column without figures
        ("psychische-klachten", Status.ABSENT),  # a later edition only
        ("arbeidsparticipatie", Status.ABSENT),  # not in the files
        ("woz-waarde", Status.NOT_APPLICABLE),  # an average of a different base
        ("inwoners", Status.OK),
    ],
)
def test_why_there_is_no_figure(made: Maker, topic: str, status: Status) -> None:
    figure = made("alphen-noord").topics[topic].figure
    assert figure.status is status
    assert (figure.value is None) == (status is not Status.OK)


def test_a_single_wijk_does_have_the_average_of_its_houses(made: Maker) -> None:
    assert made("WK048402").topics["woz-waarde"].figure.value == 297


def test_counts_and_classes_get_no_verdict(made: Maker) -> None:
    for name in ("inwoners", "huishoudens", "oppervlakte-land", "stedelijkheid"):
        topic = made("WK048402").topics[name]
        assert topic.figure.value is not None
        assert topic.against_country.outcome is Outcome.NONE
        assert topic.z is None


@pytest.mark.parametrize(
    ("unit", "combine", "can"),
    [
        ("percent", "mean", True),
        ("km", "mean", True),
        ("ratio", "ratio", True),
        ("count", "none", False),
        ("class", "none", False),
        ("hectare", "sum", False),
    ],
)
def test_what_depends_on_size_is_not_compared(unit: str, combine: str, *, can: bool) -> None:
    assert comparable_with_others(indicator("x", unit=unit, combine=combine)) is can


def test_a_topic_of_another_period_is_missing_in_its_domain(
    config: Config, sample: Dataset
) -> None:
    """Owner-occupied homes are of 2024, the framework is of 2020."""
    homes = config.indicators["koopwoningen"].model_copy(update={"direction": "better"})
    frame = config.frameworks["positieve-gezondheid"]
    life = next(d for d in frame.domains if d.id == "kwaliteit-van-leven")
    more = domain("wonen", ("koopwoningen",)).slots
    wider = life.model_copy(update={"slots": (*life.slots, *more)})
    domains = tuple(wider if d.id == life.id else d for d in frame.domains)
    changed = dataclasses.replace(
        config,
        indicators={**config.indicators, "koopwoningen": homes},
        frameworks={**config.frameworks, frame.id: frame.model_copy(update={"domains": domains})},
    )
    profile = make(own("WK048402", changed, sample), changed, sample)
    assert profile.topics["koopwoningen"].figure.value == 53
    assert profile.topics["koopwoningen"].z is not None
    result = profile.frameworks[frame.id]
    assert result.period == "2020"
    assert result.domain(life.id).slots[-1].missing == ("koopwoningen",)
    told = {finding.code: finding.message for finding in profile.findings}
    assert "koopwoningen" in told["not-scored"]
    assert "not-scored" not in {
        f.code for f in make(own("WK048402", config, sample), config, sample).findings
    }


def test_neutral_topics_are_never_judged(made: Maker, config: Config) -> None:
    allowed = {Outcome.HIGHER, Outcome.LOWER, Outcome.NEUTRAL_SIMILAR, Outcome.NONE}
    neutral = [n for n, i in config.indicators.items() if i.direction == "neutral"]
    outcomes = [made("moerwijk").topics[name].against_country.outcome for name in neutral]
    assert set(outcomes) <= allowed
    assert Outcome.HIGHER in outcomes


def test_a_trend_holds_the_comparable_periods_of_one_edition(made: Maker) -> None:
    topics = made("alphen-noord").topics
    trend = topics["eenzaam"].trend
    assert trend is not None
    assert [point.period for point in trend.points] == ["2012", "2016", "2020"]
    assert [p.country.value for p in trend.points if p.country] == [39.6, 43.4, 47.0]
    assert not trend.tested
    stress = topics["veel-stress"].trend  # first asked in 2020
    assert stress is None
    assert topics["inwoners"].trend is None


def test_an_area_across_gemeenten_is_compared_with_the_country(made: Maker) -> None:
    profile = made("groz-utrecht")
    lonely = profile.topics["eenzaam"]
    assert (lonely.gemeente, lonely.against_gemeente, lonely.z_gemeente) == (None, None, None)
    assert lonely.against_country.comparator == profile.country.code
    assert len(profile.area.gemeenten) == 2
    for result in profile.frameworks.values():
        assert {score.against_gemeente for score in result.domains} == {None}


def test_a_whole_gemeente_is_compared_with_the_country(made: Maker) -> None:
    profile = made("nieuwegein")
    assert profile.area.gemeente is None
    assert profile.topics["eenzaam"].against_gemeente is None
    assert profile.map is not None
    assert {wijk.own for wijk in profile.map.wijken} == {True}


def test_the_gemeente_is_put_on_the_same_scale(made: Maker) -> None:
    """(47.0 − 45.9) / 5.571 = +0.197, fewer lonely people is favourable."""
    lonely = made("alphen-noord").topics["eenzaam"]
    assert lonely.z_gemeente == pytest.approx(0.197, abs=0.001)


# --- the map ----------------------------------------------------------------------------------


def test_the_map_marks_the_wijken_of_the_area(made: Maker) -> None:
    found = made("alphen-noord").map
    assert found is not None
    assert [w.code for w in found.wijken if w.own] == ["WK048401", "WK048402", "WK048403"]
    assert len(found.wijken) == 16
    assert [g.code for g in found.gemeenten] == ["GM0484"]
    assert not found.approximate
    shape = found.wijken[0].outline.polygons[0][0]
    assert shape[0] == shape[-1]
    assert all(0 < x < 300_000 and 300_000 < y < 650_000 for x, y in shape)


def test_a_buurt_without_outline_hatches_the_wijk_that_holds_it(made: Maker) -> None:
    profile = made("kanaleneiland")
    assert profile.map is not None
    assert profile.map.approximate
    assert [w.code for w in profile.map.around] == ["WK034408"]
    assert not any(w.own for w in profile.map.wijken)
    assert "map-approximate" in {finding.code for finding in profile.findings}
    (zuidwest,) = profile.map.around
    # Lonely, 2020 (RIVM 50090NED): the wijk Zuidwest 54.0; the area's own figure is another.
    assert zuidwest.value == 54.0
    assert profile.map.whole is None


def with_buurten(config: Config, sample: Dataset, codes: list[str]) -> Index:
    """The index with outlines of buurten: strips of the wijk Zuidwest, side by side."""
    import geopandas as gpd
    import pandas as pd
    from shapely.geometry import box

    table = sample.outlines()
    shape = table.loc[table["code"] == "WK034408", "geometry"].iloc[0]
    left, foot, right, top = shape.bounds
    wide = (right - left) / 8
    rows = [
        {
            "code": code,
            "name": f"Strook {order}",
            "level": "buurt",
            "parent": "WK034408",
            "boundary_year": 2024,
            "geometry": shape.intersection(
                box(left + wide * (2 + order), foot, left + wide * (3 + order), top)
            ),
        }
        for order, code in enumerate(codes)
    ]
    more = gpd.GeoDataFrame(rows, crs=table.crs)
    drawn = Outlines(lambda: gpd.GeoDataFrame(pd.concat([table, more]), crs=table.crs))
    return dataclasses.replace(index_of(config, sample), outlines=drawn)


BUURTEN = ["BU03440821", "BU03440831", "BU03440832"]


def test_an_area_of_buurten_is_drawn_as_itself_with_the_figure_of_its_profile(
    made: Maker, config: Config, sample: Dataset
) -> None:
    profile = made("kanaleneiland")
    index = with_buurten(config, sample, BUURTEN)
    found = area_map(profile.area, config, index, profile.people, profile.topics)
    assert found is not None
    assert not found.approximate
    assert not found.around
    assert [b.code for b in found.own] == BUURTEN
    assert found.whole is not None
    topic = profile.topics[found.choropleth]
    assert found.whole.value == topic.figure.value
    assert found.whole.name == "Kanaleneiland"
    assert topic.reference is not None
    border = topic.reference.percentiles[80]
    assert found.whole.value is not None
    assert found.whole.value > border
    assert found.whole.group == 5
    assert len(found.whole.outline.polygons) >= len(BUURTEN)
    zuidwest = next(wijk for wijk in found.valued if wijk.code == "WK034408")
    assert zuidwest.value == 54.0
    assert not zuidwest.own


def test_half_of_the_outlines_are_no_outline_of_the_area(
    made: Maker, config: Config, sample: Dataset
) -> None:
    profile = made("kanaleneiland")
    index = with_buurten(config, sample, BUURTEN[:2])
    found = area_map(profile.area, config, index, profile.people, profile.topics)
    assert found is not None
    assert found.approximate
    assert found.whole is None
    assert [b.code for b in found.inner] == BUURTEN[:2]
    assert [w.code for w in found.around] == ["WK034408"]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("den-haag-zuidwest", {"WK051833", "WK051834", "WK051836"}),
        ("leidsche-rijn-vleuten-de-meern", {"WK034409", "WK034410"}),
        ("groz-utrecht", {"WK034405"}),
    ],
)
def test_areas_of_several_parts_are_drawn_as_all_of_them(
    made: Maker, name: str, codes: set[str]
) -> None:
    found = made(name).map
    assert found is not None
    own = {area.code for area in found.own}
    assert codes <= own
    whole = {code for code in own if code.startswith("WK0356")}
    assert own - whole == codes
    assert bool(whole) == (name == "groz-utrecht"), "a whole gemeente is all of its wijken"
    assert len(whole) in {0, len([w for w in found.wijken if w.code.startswith("WK0356")])}


def test_the_fifths_of_the_map_are_those_of_the_country(made: Maker) -> None:
    profile = made("alphen-noord")
    assert profile.map is not None
    stats = profile.topics[profile.map.choropleth].reference
    assert stats is not None
    for wijk in profile.map.wijken:
        assert wijk.value is not None
        assert wijk.group is not None
        bounds = [-math.inf, *(stats.percentiles[p] for p in (20, 40, 60, 80)), math.inf]
        assert bounds[wijk.group - 1] < wijk.value <= bounds[wijk.group]


def test_a_wijk_with_other_borders_is_named_with_the_map(made: Maker) -> None:
    told = {finding.code: finding.message for finding in made("gemert-centrum").findings}
    assert "Gemert" in told["map-changed"]
    assert "map-changed" not in {finding.code for finding in made("alphen-noord").findings}


# --- findings and sources ---------------------------------------------------------------------


def test_an_area_with_other_borders_or_no_past_is_found(made: Maker, sample: Dataset) -> None:
    table = sample.crosswalk
    for match, code in (("changed", "area-changed"), ("new", "area-new")):
        wijk = table[(table["status"] == match) & table["area"].str.startswith("WK")].iloc[0]
        findings = {f.code: f for f in made(wijk["area"]).findings}
        assert findings[code].severity is Severity.WARNING
        assert wijk["area"] in findings[code].message


def test_a_domain_without_score_is_told(made: Maker) -> None:
    told = [f.message for f in made("alphen-noord").findings if f.code == "domain-without-score"]
    assert any("Zingeving" in message and "1 of 1" in message for message in told)


def test_the_sources_are_those_of_the_figures(made: Maker) -> None:
    profile = made("alphen-noord")
    assert {source.table for source in profile.sources} == {"50090NED", "85984NED"}
    assert profile.boundary_source is not None
    assert profile.boundary_source.licence == "CC0"
    assert profile.reference_partial


def test_every_area_of_the_sample_makes_a_sound_profile(
    config: Config, sample: Dataset, made: Maker
) -> None:
    year = sample.areas["boundary_year"] == sample.boundary_year
    wijken = sample.areas[year & (sample.areas["level"] == "wijk")]["code"].tolist()
    assert len(wijken) == 131
    for name in [*config.profiles, *wijken]:
        profile = make(own(name, config, sample), config, sample)
        assert not [f for f in profile.findings if f.severity is Severity.ERROR]
        for topic in profile.topics.values():
            assert (topic.figure.value is None) == (topic.figure.status is not Status.OK)
            if topic.figure.value is None:
                assert topic.against_country.outcome is Outcome.NONE
        for result in profile.frameworks.values():
            for score in result.domains:
                assert (score.score is None) == bool(score.reason)
                assert score.score is None or 0 <= score.score <= 10
                assert score.present <= score.total
    assert made("alphen-noord").input_hash


def test_a_figure_comes_from_the_row_of_its_area_indicator_and_period() -> None:
    """Also where rows of areas stand among each other, as in the files of suppliers."""
    nan = math.nan
    rows = [
        ("WK1", "rust", "2020", 1.0, 0.5, 1.5, 9.0, "ok", "a"),
        ("WK2", "rust", "2020", nan, nan, nan, nan, "suppressed", "b"),
        ("WK1", "rust", "2022", 3.0, nan, nan, nan, "ok", "a"),
        ("WK1", "lawaai", "2020", 4.0, nan, nan, nan, "ok", "b"),
        ("WK2", "lawaai", "2022", 5.0, nan, nan, nan, "ok", "a"),
    ]
    names = ["area", "indicator", "period", "value", "lower", "upper", "n", "status", "source"]
    table = pd.DataFrame(rows, columns=names)
    cells = Cells.of(table)
    for area, indicator_, period, value, lower, upper, n, status, source in rows:
        found = cells.figure(area, (indicator_, period))
        assert found is not None
        told = (found.indicator, found.period, found.status.value, found.source)
        assert told == (indicator_, period, status, source)
        numbers = [found.value, found.lower, found.upper, found.n]
        wanted = [value, lower, upper, n]
        assert numbers == [None if math.isnan(number) else number for number in wanted]
    assert cells.figure("WK2", ("rust", "2022")) is None
    assert cells.figure("WK3", ("rust", "2020")) is None
    both = cells.table(["WK2", "WK3", "WK1"])
    pd.testing.assert_frame_equal(
        both[names], table.iloc[[1, 4, 0, 2, 3]].reset_index(drop=True), check_dtype=False
    )
    assert cells.table(["WK3"]).empty
