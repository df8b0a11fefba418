"""Areas: found by name, put together, and given their figures by method.md §1.6."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import expected
from odata_bodies import indicator
from sample import config, dataset
from wijkprofiel import areas
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import Area, AreaProfile, Figure, Level, OwnArea, Status

YEAR, DIVISION = 2024, 2020


def find(word: str) -> str:
    return areas.find(word, dataset().areas, config().profiles, YEAR)


def own_of(*codes: str, slug: str = "test", table: pd.DataFrame | None = None) -> OwnArea:
    profile = AreaProfile(name="Test", areas=codes)
    known = dataset().areas if table is None else table
    return areas.own_area(slug, profile, None, known, dataset().crosswalk, YEAR, DIVISION)


def figures_of(own: OwnArea, *periods: str) -> dict[tuple[str, str], Figure]:
    return areas.figures_of(own, dataset().figures, config().indicators, periods)


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("alphen-noord", "alphen-noord"),
        ("Alphen Noord", "alphen-noord"),
        ("WK048402", "WK048402"),
        (" wk048402 ", "WK048402"),
        ("ridderveld", "WK048402"),
        ("Wijk 02 Ridderveld", "WK048402"),
        ("Wijk 06 Van Stolkpark en Scheveningse Bosjes", "WK051806"),
        ("'s-Gravenhage", "GM0518"),
        ("moerwijk", "moerwijk"),
        ("s-gravenhage/moerwijk", "WK051836"),
        ("eindhoven/Centrum", "WK077211"),
        ("GM0518/centrum", "WK051828"),
        ("leiden/stevenshof", "WK054609"),
        ("BU03440831", "BU03440831"),
        ("kanaleneiland-zuid", "BU03440831"),
    ],
)
def test_a_word_finds_its_area(word: str, found: str) -> None:
    assert find(word) == found


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("centrum", ["WK051828", "WK077211", "s-gravenhage/centrum", "by code"]),
        ("riddervelt", ["WK048402 Ridderveld", "alphen-aan-den-rijn/ridderveld"]),
        ("stevenshoff", ["stevenshof (profile)", "WK054609"]),
        ("WK048420", ["WK048402 Ridderveld", "GM0484 Alphen aan den Rijn"]),
        ("eindhoven/ridderveld", ["nothing is called"]),
        ("../../etc/passwd", ["nothing is called"]),
        ("", ["nothing is called"]),
        ("/", ["nothing is called"]),
    ],
)
def test_a_word_without_one_area_lists_the_candidates(word: str, said: list[str]) -> None:
    with pytest.raises(ConfigError) as failure:
        find(word)
    text = str(failure.value.problems[0])
    assert [part for part in said if part not in text] == []


def test_only_the_gemeenten_of_the_project_are_looked_in() -> None:
    known, profiles = dataset().areas, config().profiles
    assert areas.find("centrum", known, profiles, YEAR, ["GM0772"]) == "WK077211"
    with pytest.raises(ConfigError):
        areas.find("ridderveld", known, profiles, YEAR, ["GM0772"])


def test_every_area_has_a_slug_of_its_own_that_is_safe_and_leads_back() -> None:
    known, profiles = dataset().areas, config().profiles
    codes = [
        code
        for level in (Level.GEMEENTE, Level.WIJK, Level.BUURT)
        for code in areas.select_all(known, YEAR, level=level)
    ]
    slugs = [areas.slug_of(code, known, profiles, YEAR) for code in codes]
    assert len(codes) == 7 + 131 + 6
    assert len(set(slugs)) == len(slugs)
    assert not set(slugs) & set(profiles)
    assert all(slug == areas.slugify(slug) for slug in slugs)


@given(st.text(max_size=80))
def test_a_slug_is_a_safe_file_name(name: str) -> None:
    slug = areas.slugify(name)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert areas.slugify(slug) == slug


# --- own areas --------------------------------------------------------------------------------


def test_alphen_noord_is_three_wijken_in_one_gemeente() -> None:
    own = own_of("WK048401", "WK048402", "WK048403")
    assert [part.name for part in own.parts] == ["Oudshoorn", "Ridderveld", "Zegersloot"]
    assert own.gemeente is not None
    assert (own.gemeente.code, own.single, own.level) == ("GM0484", False, Level.WIJK)
    assert own.matches == dict.fromkeys(["WK048401", "WK048402", "WK048403"], "same")


def test_across_gemeenten_and_for_a_whole_gemeente_there_is_no_gemeente_to_compare_with() -> None:
    across = own_of("WK034405", "BU03440821", "GM0356")
    assert across.gemeente is None
    assert [gemeente.name for gemeente in across.gemeenten] == ["Utrecht", "Nieuwegein"]
    assert own_of("GM0356").gemeente is None
    assert own_of(*areas.select_all(dataset().areas, YEAR, ["GM0546"])).gemeente is None


def test_one_cbs_area_needs_no_profile() -> None:
    own = areas.own_area(
        "ridderveld", None, "WK048402", dataset().areas, dataset().crosswalk, YEAR, DIVISION
    )
    assert (own.name, own.kind, own.single) == ("Ridderveld", "wijk", True)


def test_matches_say_which_parts_are_the_same_changed_or_new() -> None:
    found = own_of("WK165200", "WK165202", "WK165207", "WK048402", "WK035601").matches
    assert found == {
        "WK165200": "changed",
        "WK165202": "new",
        "WK165207": "renumbered",
        "WK048402": "same",
        "WK035601": "changed",
    }
    same_year = areas.own_area(
        "x", None, "WK165207", dataset().areas, dataset().crosswalk, YEAR, YEAR
    )
    assert same_year.matches == {"WK165207": "same"}


def test_wrong_parts_are_all_told_at_once() -> None:
    with pytest.raises(ConfigError) as failure:
        own_of("WK048420", "WK048402", "WK048402", "BU03440821", "GM0344", slug="mistaken")
    said = [str(problem) for problem in failure.value.problems]
    assert len(said) == 3
    assert "configs/profiles/mistaken.yaml" in said[0]
    assert "did you mean WK048402 Ridderveld" in said[0]
    assert "WK048402 stands there twice" in said[1]
    assert "BU03440821 lies in GM0344" in said[2]


# --- figures ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "healthy", "lonely"),
    [
        ("WK048402", 76.1, 50.4),
        ("WK054609", 79.6, 47.8),
        ("WK051836", 67.0, 67.3),
        ("WK034409", 82.8, 47.8),
    ],
)
def test_published_figures_are_those_of_the_supplier(
    code: str, healthy: float, lonely: float
) -> None:
    found = figures_of(own_of(code), "2020")
    figure = found["eenzaam", "2020"]
    assert (found["ervaren-gezondheid", "2020"].value, figure.value) == (healthy, lonely)
    assert (figure.status, figure.derived, figure.weight) == (Status.OK, False, "")


def test_alphen_noord_equals_the_hand_computation() -> None:
    found = figures_of(own_of("WK048401", "WK048402", "WK048403"), "2020", "2024")
    rows = expected("alphen_noord_2020.csv")
    assert len(rows) == 32
    for row in rows:
        figure = found[row["indicator"], "2020"]
        assert figure.value == pytest.approx(float(row["value"]), abs=5e-7), row["indicator"]
        assert figure.derived
        assert figure.coverage == 1
    assert found["eenzaam", "2020"].weight == "inwoners van 15 jaar of ouder, 2024"
    # StatLine, 85984NED: 9,720 + 13,500 + 10,110 people; 8,065 + 11,415 + 8,395 are 15 or older.
    assert found["inwoners", "2024"].value == 33330
    assert found["inwoners-15-plus", "2024"].value == 27875
    assert found["lopen-naar-werk", "2020"].status is Status.NOT_MEASURED
    assert found["eenpersoonshuishoudens", "2024"].status is Status.ABSENT
    assert found["eenzaam", "2024"].status is Status.ABSENT


def test_a_wijk_that_is_new_has_no_health_figures_of_another_wijk() -> None:
    """2020's WK165201 was another village than 2024's: its figures are not shown."""
    found = figures_of(own_of("WK165201"), "2020", "2024")
    assert found["eenzaam", "2020"].status is Status.ABSENT
    assert found["inwoners", "2024"].value == 5940


def test_a_wijk_without_people_is_unknown_not_zero() -> None:
    found = figures_of(own_of("WK051801"), "2020", "2024")
    assert found["eenzaam", "2020"].status is Status.UNKNOWN
    assert (found["inwoners", "2024"].value, found["inwoners", "2024"].status) == (0, Status.OK)
    together = figures_of(own_of("WK051801", "WK051836"), "2020")["eenzaam", "2020"]
    assert together.value == pytest.approx(67.3)


# --- made-up parts ----------------------------------------------------------------------------

SHARE = indicator("share", "A", weight="people")
PEOPLE = indicator("people", "B", unit="count", combine="sum", population="inwoners")
RATIO = indicator("ratio", ratio=("old", "people"), ratio_factor=100.0, combine="ratio")
OLD = indicator("old", "C", unit="count", combine="sum")
MEDIAN = indicator("median", "D", combine="none")
MADE_UP = {i.id: i for i in (SHARE, PEOPLE, RATIO, OLD, MEDIAN)}
NAN = float("nan")


def parts(count: int) -> OwnArea:
    found = tuple(
        Area(f"WK9901{i:02}", f"Deel {i}", Level.WIJK, "GM9901", YEAR, 1000) for i in range(count)
    )
    return OwnArea("x", "X", found, (), None)


def combined(own: OwnArea, cells: dict[str, list[Any]]) -> dict[tuple[str, str], Figure]:
    """Figures of made-up parts; a cell is a value, (value, lower, upper) or a status."""
    rows = []
    for name, values in cells.items():
        for part, cell in zip(own.parts, values, strict=True):
            if cell is None:
                continue
            status = cell if isinstance(cell, Status) else Status.OK
            value, lower, upper = (
                cell if isinstance(cell, tuple) else (NAN if status is cell else cell, NAN, NAN)
            )
            rows.append((part.code, name, "2024", value, lower, upper, NAN, status.value, "kwb"))
    columns = ["area", "indicator", "period", "value", "lower", "upper", "n", "status", "source"]
    table = pd.DataFrame(rows, columns=columns)
    return areas.figures_of(own, table, MADE_UP, ["2024"])


def test_a_mean_is_weighted_and_its_interval_is_the_bound_for_correlated_errors() -> None:
    found = combined(parts(2), {"share": [(40, 36, 44), (60, 58, 62)], "people": [300, 100]})
    figure = found["share", "2024"]
    assert figure.value == 45
    # half intervals 4 and 2, weighted 3 to 1: 3.5
    assert (figure.lower, figure.upper) == (41.5, 48.5)


def test_one_part_without_an_interval_leaves_none() -> None:
    found = combined(parts(2), {"share": [(40, 36, 44), 60], "people": [300, 100]})
    assert found["share", "2024"].lower is None


def test_counts_are_summed_ratios_divide_sums_and_medians_are_left_alone() -> None:
    own = parts(2)
    found = combined(own, {"people": [300, 100], "old": [30, 50], "median": [1, 2]})
    assert found["people", "2024"].value == 400
    assert found["ratio", "2024"].value == 20
    assert found["median", "2024"].status is Status.NOT_APPLICABLE
    empty = combined(own, {"people": [0, 0], "old": [0, 0]})
    assert empty["ratio", "2024"].status is Status.NOT_APPLICABLE
    assert empty["people", "2024"].value == 0


@pytest.mark.parametrize(
    ("people", "status", "coverage"),
    [([900, 100], Status.OK, 0.9), ([800, 200], Status.OK, 0.8), ([799, 201], Status.UNKNOWN, 1)],
)
def test_a_mean_needs_four_fifths_of_the_weight(
    people: list[int], status: Status, coverage: float
) -> None:
    found = combined(parts(2), {"share": [40, Status.UNKNOWN], "people": people})
    figure = found["share", "2024"]
    assert (figure.status, figure.value) == (status, 40 if status is Status.OK else None)
    assert figure.coverage == pytest.approx(coverage)


def test_a_gap_keeps_its_reason() -> None:
    own = parts(2)
    for gap, outcome in (
        (Status.SUPPRESSED, Status.SUPPRESSED),
        (Status.UNKNOWN, Status.UNKNOWN),
        (Status.NOT_MEASURED, Status.NOT_MEASURED),
        (None, Status.ABSENT),
    ):
        cells: dict[str, list[Any]] = {"share": [40, gap], "people": [500, 500], "old": [3, gap]}
        found = combined(own, cells)
        assert found["share", "2024"].status is outcome
        assert found["old", "2024"].status is outcome
        assert found["ratio", "2024"].status is outcome
    mostly = combined(own, {"share": [40, Status.SUPPRESSED], "people": [999, 1]})
    assert mostly["share", "2024"].status is Status.SUPPRESSED


def test_without_known_weights_there_is_no_mean() -> None:
    found = combined(parts(2), {"share": [40, 60], "people": [500, Status.UNKNOWN]})
    assert found["share", "2024"].status is Status.UNKNOWN
    assert combined(parts(2), {"share": [40, 60]})["share", "2024"].status is Status.UNKNOWN


cells = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(1, 50_000)), min_size=2, max_size=6
).map(lambda pairs: [(value / 10, float(weight)) for value, weight in pairs])


@given(cells, st.randoms(use_true_random=False))
def test_an_aggregate_lies_between_its_parts_whatever_their_order_or_scale(
    pairs: list[tuple[float, float]], chance: Any
) -> None:
    own = parts(len(pairs))
    values, weights = [list(column) for column in zip(*pairs, strict=True)]
    value = combined(own, {"share": values, "people": weights})["share", "2024"].value
    assert value is not None
    assert min(values) - 1e-9 <= value <= max(values) + 1e-9
    order = chance.sample(range(len(pairs)), len(pairs))
    turned = combined(
        own,
        {
            "share": [values[i] for i in order],
            "people": [weights[i] * 3 for i in order],
        },
    )
    assert turned["share", "2024"].value == pytest.approx(value)


def test_what_is_remembered_of_a_table_is_of_that_table_and_year() -> None:
    """Areas are read from a table once; another table, or year, has areas of its own."""
    known = dataset().areas
    other = known.assign(name="Anders", parent="", boundary_year=YEAR - 1)
    here, there = (areas.area_of("WK048402", t, y) for t, y in ((known, YEAR), (other, YEAR - 1)))
    assert here is not None
    assert there is not None
    assert (here.name, there.name, there.boundary_year) == ("Ridderveld", "Anders", YEAR - 1)
    assert areas.area_of("WK048402", other, YEAR) is None
    whole = [code for code in known["code"] if code.startswith("WK0484")]
    assert own_of(*whole).gemeente is None
    apart = known[~known["code"].isin(whole[1:])].copy()
    assert own_of(whole[0], table=apart).gemeente is None
    assert own_of(whole[0]).gemeente is not None
