"""Weighted prevalence of a survey: against published results, textbook formulas and odd files.

Published: T. Lumley, "Survey analysis in R", example-summary.html (faculty.washington.edu/tlumley/
old-survey), svymean(~stype, dclus1): the one-stage cluster sample ``apiclus1`` of Californian
schools, 183 schools in 15 districts out of 757. The sample is told here as counts per district.
The intervals are worked out in the test from the published standard error and t(14), as R's
``svyciprop(method = "xlogit")`` does; the quantile 2.144787 is from the t table.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from wijkprofiel import disclosure
from wijkprofiel.errors import DataError
from wijkprofiel.model import Indicator, SourceTable
from wijkprofiel.sources import microdata, prevalence
from wijkprofiel.sources.gazetteer import Gazetteer
from wijkprofiel.sources.prevalence import Design
from wijkprofiel.sources.survey import Lonely, Survey
from wijkprofiel.sources.tables import Expected
from wijkprofiel.tables import check_indicators

# district → schools: elementary, high, middle
SCHOOLS = {
    "61": (10, 0, 3), "135": (34, 0, 0), "178": (2, 1, 1), "197": (10, 0, 3), "255": (13, 0, 3),
    "406": (2, 0, 0), "413": (1, 0, 0), "437": (2, 1, 1), "448": (9, 1, 2), "510": (16, 2, 3),
    "568": (4, 4, 1), "637": (8, 1, 2), "716": (30, 3, 4), "778": (1, 0, 1), "815": (2, 1, 1),
}  # fmt: skip
PUBLISHED = {0: (0.786885, 0.0463), 1: (0.076503, 0.0268), 2: (0.136612, 0.0296)}
T14 = 2.144787


def api(kind: int) -> tuple[list[float], Design]:
    answers, clusters = [], []
    for district, schools in SCHOOLS.items():
        for other, number in enumerate(schools):
            answers += [float(other == kind)] * number
            clusters += [district] * number
    many = len(answers)
    return answers, Design([33.847] * many, clusters=clusters, population=[757.0] * many)


@pytest.mark.parametrize("kind", PUBLISHED)
def test_a_cluster_sample_gives_what_r_gives(kind: int) -> None:
    share, error = PUBLISHED[kind]
    answers, design = api(kind)
    found = prevalence.estimate(answers, [["GG01"] * len(answers)], design)
    assert [(one.area, one.n, one.cell) for one in found] == [
        ("GG01", 183, sum(schools[kind] for schools in SCHOOLS.values()))
    ]
    assert found[0].value == pytest.approx(100 * share, abs=1e-4)
    middle, far = math.log(share / (1 - share)), T14 * error / (share * (1 - share))
    limits = [100 / (1 + math.exp(-(middle + sign * far))) for sign in (-1, 1)]
    # the published error has three digits: half its last one moves a limit by this much
    slack = 100 * T14 * 0.00005 * 1.6
    assert [found[0].lower, found[0].upper] == pytest.approx(limits, abs=slack)


def test_a_stratified_sample_gives_cochran_s_variance() -> None:
    """Cochran (1977), Sampling Techniques, eq. 5.53: Σ W² (1 − f) p q / (n − 1)."""
    strata = {"a": (400, 40, 10), "b": (200, 50, 30), "c": (1000, 60, 6)}  # N, n, yes
    answers, names, weights, sizes = [], [], [], []
    for name, (size, asked, yes) in strata.items():
        answers += [1.0] * yes + [0.0] * (asked - yes)
        names += [name] * asked
        weights += [size / asked] * asked
        sizes += [float(size)] * asked
    total = sum(size for size, _, _ in strata.values())
    share = sum(size * yes / asked for size, asked, yes in strata.values()) / total
    variance = sum(
        (size / total) ** 2 * (1 - asked / size) * (yes / asked) * (1 - yes / asked) / (asked - 1)
        for size, asked, yes in strata.values()
    )
    t147 = 1.976233  # t(150 − 3), table
    far = t147 * math.sqrt(variance) / (share * (1 - share))
    middle = math.log(share / (1 - share))
    found = prevalence.estimate(
        answers, [["WK900101"] * 150], Design(weights, names, population=sizes)
    )[0]
    assert found.value == pytest.approx(100 * share, abs=1e-6)
    assert found.lower == pytest.approx(100 / (1 + math.exp(far - middle)), abs=1e-3)
    assert found.upper == pytest.approx(100 / (1 + math.exp(-far - middle)), abs=1e-3)


def linearised(answers: Sequence[float], inside: Sequence[bool], weights: Sequence[float]) -> float:
    """Standard error of a domain's share under simple sampling with replacement, by hand.

    Särndal et al. (1992), eq. 5.8.9, with u = w·d·(y − p)/Σwd and n/(n − 1)·Σ(u − ū)².
    """
    size = sum(w for w, d in zip(weights, inside, strict=True) if d)
    share = sum(w * y for w, y, d in zip(weights, answers, inside, strict=True) if d) / size
    scores = [
        w * (y - share) / size if d else 0.0
        for w, y, d in zip(weights, answers, inside, strict=True)
    ]
    mean = sum(scores) / len(scores)
    return math.sqrt(len(scores) / (len(scores) - 1) * sum((score - mean) ** 2 for score in scores))


def test_an_area_is_a_domain_of_the_whole_sample() -> None:
    answers = [float(i % 3 == 0) for i in range(240)]
    weights = [1 + (i % 7) / 4 for i in range(240)]
    inside = [i % 4 < 2 for i in range(240)]
    areas = ["WK900101" if d else "WK900102" for d in inside]
    found = prevalence.estimate(answers, [areas], Design(weights))[0]
    error = linearised(answers, inside, weights)
    share = found.value / 100
    t119 = 1.980100  # t(120 − 1), table: degrees of freedom of the domain, as in R's svyby
    far = t119 * error / (share * (1 - share))
    middle = math.log(share / (1 - share))
    assert found.lower == pytest.approx(100 / (1 + math.exp(far - middle)), abs=1e-3)
    assert found.upper == pytest.approx(100 / (1 + math.exp(-far - middle)), abs=1e-3)


def test_wilson_without_weights_is_close_to_the_published_formula() -> None:
    """docs/method.md §9; the t quantile and n − 1 in the error make the only difference."""
    answers = [1.0] * 60 + [0.0] * 140
    found = prevalence.estimate(
        answers, [["WK900101"] * 200], Design([1.0] * 200, interval="wilson")
    )[0]
    z, x, n = 1.959964, 60, 200
    half = z * math.sqrt(z * z + 4 * x * (1 - x / n))
    low, high = ((2 * x + z * z + sign * half) / (2 * (n + z * z)) for sign in (-1, 1))
    assert [found.lower, found.upper] == pytest.approx([100 * low, 100 * high], abs=0.1)


def test_everybody_the_same_has_no_interval_and_keeps_its_numbers() -> None:
    found = prevalence.estimate([1.0] * 40, [["WK900101"] * 40], Design([1.0] * 40))[0]
    assert (found.value, found.n, found.cell) == (100.0, 40, 40)
    assert math.isnan(found.lower)
    assert math.isnan(found.upper)
    none = prevalence.estimate([0.0] * 40, [["WK900101"] * 40], Design([1.0] * 40))[0]
    assert (none.value, none.cell) == (0.0, 0)


@pytest.mark.parametrize("lonely", ["center", "skip"])
def test_a_stratum_with_one_person_is_handled_as_declared(lonely: Lonely) -> None:
    """R's lonely.psu: "adjust" adds (u − mean of all u)² for that person, "remove" nothing."""
    answers = [float(i % 3 == 0) for i in range(61)]
    strata = ["a"] * 20 + ["b"] * 40 + ["alone"]
    weights = [1.0] * 60 + [6.0]
    found = prevalence.estimate(
        answers, [["WK900101"] * 61], Design(weights, strata, lonely=lonely)
    )[0]
    size = sum(weights)
    share = sum(w * y for w, y in zip(weights, answers, strict=True)) / size
    scores = [w * (y - share) / size for w, y in zip(weights, answers, strict=True)]
    variance = (scores[60] - sum(scores) / 61) ** 2 if lonely == "center" else 0.0
    for own in (scores[:20], scores[20:60]):
        mean = sum(own) / len(own)
        variance += len(own) / (len(own) - 1) * sum((score - mean) ** 2 for score in own)
    t58 = 2.001717  # t(61 − 3), table
    far = t58 * math.sqrt(variance) / (share * (1 - share))
    middle = math.log(share / (1 - share))
    assert found.lower == pytest.approx(100 / (1 + math.exp(far - middle)), abs=1e-3)
    assert found.upper == pytest.approx(100 / (1 + math.exp(-far - middle)), abs=1e-3)


def test_clusters_that_agree_make_the_interval_wider() -> None:
    answers = [float(i // 4 % 2) for i in range(200)]
    area = [["WK900101"] * 200]
    alone = prevalence.estimate(answers, area, Design([1.0] * 200))[0]
    together = prevalence.estimate(
        answers, area, Design([1.0] * 200, clusters=[str(i // 4) for i in range(200)])
    )[0]
    assert alone.value == together.value
    assert together.upper - together.lower > 1.5 * (alone.upper - alone.lower)


# --- files -------------------------------------------------------------------------------------

AREAS = {
    "NL01": "Nederland", "GM9001": "Aaldorp", "GM9002": "Beverwold", "WK900101": "Wijk 01 Noord",
    "WK900102": "De Meent", "WK900201": "Oever",
}  # fmt: skip
FACTS = {"definition": "x", "direction": "worse", "population": "p", "group": "health"}
INDICATORS = {
    name: Indicator.model_validate({"id": name, "title": name.capitalize(), "unit": unit, **FACTS})
    for name, unit in (("eenzaam", "percent"), ("roken", "percent"), ("inwoners", "count"))
}
QUESTION = {"variable": "EENZ", "counts": [1], "others": [2], "missing": [9]}
SURVEY: dict[str, Any] = {
    "area": "WIJK",
    "period": "2024",
    "weight": "WEGING",
    "topics": {"eenzaam": QUESTION},
}
CODES = ["WK900101"] * 60 + ["WK900102"] * 40 + ["WK900201"] * 50
ANSWERS = [1.0 if i % 3 == 0 else 9.0 if i % 10 == 1 else 2.0 for i in range(150)]
WEIGHTS = [1 + (i % 5) / 2 for i in range(150)]


def sav(path: Path, table: dict[str, list[Any]], **more: Any) -> bytes:
    import pyreadstat

    pyreadstat.write_sav(pd.DataFrame(table), str(path / "enquete.sav"), **more)
    return (path / "enquete.sav").read_bytes()


def csv(table: dict[str, list[Any]], separator: str = ";") -> bytes:
    rows = zip(*table.values(), strict=True)
    lines = [separator.join(table)]
    lines += [
        separator.join("" if c is None else str(c).replace(".", ",") for c in r) for r in rows
    ]
    return "\r\n".join(lines).encode("cp1252")


def people(**changed: list[Any]) -> dict[str, list[Any]]:
    table: dict[str, list[Any]] = {"WIJK": CODES, "EENZ": ANSWERS, "WEGING": WEIGHTS}
    return table | changed


def read(data: bytes, **changed: Any) -> Any:
    expected = Expected("ggd", INDICATORS, Gazetteer(AREAS))
    found = microdata.read(data, Survey.model_validate(SURVEY | changed), expected, "enquete.sav")
    check_indicators(found.figures, "enquete.sav")
    return found


def told(data: bytes, **changed: Any) -> str:
    with pytest.raises(DataError) as failure:
        read(data, **changed)
    return "\n".join(str(problem) for problem in failure.value.problems)


def _own(area: str) -> list[tuple[float, float]]:
    """Return answer and weight of the people above who gave one."""
    return [
        (answer, weight)
        for code, answer, weight in zip(CODES, ANSWERS, WEIGHTS, strict=True)
        if answer != 9 and (code == area or code.replace("WK", "GM").startswith(area))
    ]


def by_hand(area: str) -> tuple[float, int, int]:
    """Return weighted share, answers and yeses of the people above."""
    own = _own(area)
    yes = [weight for answer, weight in own if answer == 1]
    return 100 * sum(yes) / sum(weight for _, weight in own), len(own), len(yes)


def test_sav_and_csv_give_the_same_figures_and_those_of_hand_work(tmp_path: Path) -> None:
    spss, text = read(sav(tmp_path, people())), read(csv(people()))
    pd.testing.assert_frame_equal(spss.figures, text.figures)
    assert spss.figures["area"].tolist() == ["GM9001", "GM9002", *dict.fromkeys(CODES)]
    for _, row in spss.figures.iterrows():
        share, n, _ = by_hand(str(row["area"]))
        assert (row["value"], row["n"]) == (pytest.approx(share, abs=1e-5), n)
        assert row["lower"] < row["value"] < row["upper"]
    assert spss.cells["cell"].tolist() == [by_hand(a)[2] for a in spss.cells["area"]]
    assert spss.cells["weight"].tolist() == pytest.approx(
        [sum(w for _, w in _own(a)) for a in spss.cells["area"]]
    )


def test_the_same_figures_to_the_last_bit() -> None:
    """The library works in parallel: the order of its sums must not reach a page."""
    many = 4000
    answers = [float(i * 7919 % 13 < 5) for i in range(many)]
    areas = [[f"WK9001{i * 104729 % 20:02d}" for i in range(many)]]
    design = Design(
        [math.sqrt(1 + i * 31 % 97) for i in range(many)], [str(i * 17 % 40) for i in range(many)]
    )
    first = prevalence.estimate(answers, areas, design)
    assert all(prevalence.estimate(answers, areas, design) == first for _ in range(12))


def test_labels_stand_for_values_in_answers_and_areas(tmp_path: Path) -> None:
    numbered = [{"WK900101": 1.0, "WK900102": 2.0, "WK900201": 3.0}[code] for code in CODES]
    labels = {
        "EENZ": {1.0: "Ja", 2.0: "Nee", 9.0: "Weet niet"},
        "WIJK": {1.0: "Noord", 2.0: "De Meent", 3.0: "Oever"},
    }
    data = sav(tmp_path, people(WIJK=numbered), variable_value_labels=labels)
    question = {"variable": "EENZ", "counts": ["ja"], "others": ["Nee"], "missing": ["Weet niet"]}
    found = read(data, topics={"eenzaam": question})
    assert found.figures.equals(read(csv(people())).figures)


def test_what_spss_calls_missing_is_no_answer(tmp_path: Path) -> None:
    ranges = {"EENZ": [{"lo": 9, "hi": 9}]}
    data = sav(tmp_path, people(), missing_ranges=ranges)
    found = read(data, topics={"eenzaam": {**QUESTION, "missing": []}})
    assert found.figures["n"].tolist() == read(csv(people())).figures["n"].tolist()


def test_groups_levels_and_strata() -> None:
    strata = ["x" if i % 2 else "y" for i in range(150)]
    made = read(
        csv(people(STRAT=strata)),
        strata=["STRAT"],
        publish=["gemeente"],
        groups={"GG01": ["WK900102", "GM9002"]},
    )
    assert made.cells.set_index("area")["parts"].to_dict() == {
        "GM9001": "", "GM9002": "", "GG01": "WK900102 GM9002"
    }  # fmt: skip
    found = made.figures.set_index("area")
    assert list(found.index) == ["GM9001", "GM9002", "GG01"]
    own = [by_hand("WK900102"), by_hand("WK900201")]
    assert found.loc["GG01", "n"] == sum(n for _, n, _ in own)


def test_periods_in_a_variable_are_estimated_apart() -> None:
    years = [2020 if i % 2 else 2024 for i in range(150)]
    found = read(csv(people(JAAR=years)), period="JAAR", publish=["gemeente"]).figures
    assert sorted(set(found["period"])) == ["2020", "2024"]
    both = found[found["area"] == "GM9001"]["n"].sum()
    assert both == by_hand("GM9001")[1]


def test_people_whose_area_is_declared_unknown_are_left_out() -> None:
    codes: list[Any] = [None if i < 7 else code for i, code in enumerate(CODES)]
    said = told(csv(people(WIJK=codes)))
    assert "enquete.sav!WIJK:2  7 rows have no area" in said
    found = read(csv(people(WIJK=codes)), no_area=[""]).figures.set_index("area")
    lost = sum(answer != 9 for answer in ANSWERS[:7])
    assert found.loc["WK900101", "n"] == by_hand("WK900101")[1] - lost


BROKEN: dict[str, tuple[dict[str, list[Any]], dict[str, Any], list[str]]] = {
    "a variable that is not there": (
        people(), {"weight": "WEEGFACTOR", "strata": ["EENZZ"]},
        ["has no column 'WEEGFACTOR'", "has no column 'EENZZ' (did you mean 'EENZ'?)"],
    ),
    "an answer nobody explained": (
        people(EENZ=[3.0 if i in {4, 7} else a for i, a in enumerate(ANSWERS)]), {},
        ["enquete.sav!EENZ:6  EENZ: 3 (2 rows) stands in none of counts, others and missing"],
    ),
    "an answer that counts twice": (
        people(), {"topics": {"eenzaam": {**QUESTION, "others": [1, 2]}}},
        ["survey: eenzaam: '1' stands in two lists of answers"],
    ),
    "a weight of nothing": (
        people(WEGING=[0 if i == 3 else w for i, w in enumerate(WEIGHTS)]), {},
        ["enquete.sav!WEGING:5  WEGING: 1 rows hold no number above 0 (rows 5)"],
    ),
    "a weight that is missing": (
        people(WEGING=[None if i == 3 else w for i, w in enumerate(WEIGHTS)]), {},
        ["enquete.sav!WEGING:5  WEGING: 1 rows hold no number"],
    ),
    "an area that does not exist": (
        people(WIJK=["WK900109" if i == 5 else c for i, c in enumerate(CODES)]), {},
        ["enquete.sav!WIJK:7  'WK900109' is no area of this division (did you mean", "(1 rows)"],
    ),
    "a stratum that is empty": (
        people(STRAT=[None if i == 9 else "a" for i in range(150)]), {"strata": ["STRAT"]},
        ["enquete.sav!STRAT:11  STRAT: 1 rows are empty (rows 11)"],
    ),
    "a topic that no config knows": (
        people(), {"topics": {"eenzam": QUESTION}},
        ["'eenzam' is no indicator (did you mean 'eenzaam'?)"],
    ),
    "a topic that is no share": (
        people(), {"topics": {"inwoners": QUESTION}}, ["'inwoners' is counted in 'count'"],
    ),
    "a group called as a CBS area": (
        people(), {"groups": {"WK900103": ["WK900101"]}}, ["'WK900103' is the code of a CBS area"],
    ),
    "a group of areas that do not exist": (
        people(), {"groups": {"GG01": ["WK900109"]}}, ["groups: 'WK900109' is no area"],
    ),
    "a year that is none": (
        people(JAAR=[20244 if i == 2 else 2024 for i in range(150)]), {"period": "JAAR"},
        ["enquete.sav!JAAR:4  '20244' (1 rows) is not among the periods"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_microdata_are_refused_with_variable_and_row(name: str) -> None:
    table, changes, words = BROKEN[name]
    said = told(csv(table), **changes)
    for part in words:
        assert part in said, said


def test_other_files_are_no_microdata(tmp_path: Path) -> None:
    assert "is no SPSS file" in told(b"$FL2 rest of nothing")
    assert "the file is empty" in told(b"")
    assert "the file has no rows" in told(csv({"WIJK": [], "EENZ": [], "WEGING": []}))
    said = told(sav(tmp_path, people()), weight="WEGIN")
    assert "enquete.sav!WEGIN  has no variable 'WEGIN' (did you mean 'WEGING'?)" in said


def test_all_problems_are_told_at_once() -> None:
    table = people(WEGING=[-1, *WEIGHTS[1:]], EENZ=[8.0, *ANSWERS[1:]], WIJK=["x", *CODES[1:]])
    assert len(told(csv(table)).splitlines()) - told(csv(table)).count("hint") == 3


def test_an_answer_of_one_person_never_stands_in_an_error() -> None:
    """Errors name values of design variables and how many rows have them, never a whole row."""
    table = people(EENZ=[8.0, *ANSWERS[1:]], NAAM=["Jansen"] * 150)
    assert "Jansen" not in told(csv(table))


@pytest.mark.parametrize(
    ("library", "make"),
    [("svy", lambda _: csv(people())), ("pyreadstat", lambda p: sav(p, people()))],
)
def test_without_the_extra_the_error_says_how_to_install_it(
    library: str, make: Callable[[Path], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = make(tmp_path)
    monkeypatch.setitem(sys.modules, library, None)
    assert "pip install 'wijkprofiel[microdata]'" in told(data)


# --- disclosure --------------------------------------------------------------------------------


def test_two_heavy_people_do_not_pass_as_six() -> None:
    """40 people, two yeses that weigh 15 %: n · value is 6, but only 2 people said yes."""
    weights = [3.4] * 2 + [1.0] * 38
    table: dict[str, list[Any]] = {
        "WIJK": ["WK900101"] * 40,
        "EENZ": [1.0] * 2 + [2.0] * 38,
        "WEGING": weights,
    }
    found = read(csv(table), publish=["wijk"])
    assert found.figures.loc[0, "n"] * found.figures.loc[0, "value"] / 100 > 5
    source = SourceTable.model_validate(
        {"id": "ggd", "title": "t", "producer": "GGD", "licence": "eigen", "kind": "table",
         "survey": True, "editions": []}
    )  # fmt: skip
    safe = disclosure.suppress(found.figures, {"ggd": source}, INDICATORS, found.cells)
    assert safe.loc[0, "status"] == "suppressed"
    assert safe.loc[0, ["value", "lower", "upper", "n"]].isna().all()
    unknowing = disclosure.suppress(found.figures, {"ggd": source}, INDICATORS)
    assert unknowing.loc[0, "status"] == "ok"
