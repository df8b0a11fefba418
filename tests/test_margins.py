"""Tables with margins, end to end: from the supplier's rows to words on a rendered page.

The margins are invented (tests/margins.py); what is done with them is worked out here once more,
from the rows of the files themselves.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import NormalDist

import pypdfium2
import pytest

import margins
from builders import own
from terminal import run
from wijkprofiel.assets import Assets
from wijkprofiel.build.scores import score_table
from wijkprofiel.config import Config, load
from wijkprofiel.model import Outcome, OwnArea, Profile, Steadiness, Topic, Verdict
from wijkprofiel.profile import make
from wijkprofiel.scoring.discovery import SIDES
from wijkprofiel.sources import folder
from wijkprofiel.sources.dataset import Dataset

HEALTH = "rivm-gezondheid"
DIFFERENT = {Outcome.FAVOURABLE, Outcome.UNFAVOURABLE, Outcome.HIGHER, Outcome.LOWER}
PERIODS = ("2012", "2016", "2020")
Limits = tuple[float, float, float]
"""Value, lower, upper."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return margins.project(tmp_path_factory.mktemp("margins"))


@pytest.fixture(scope="module")
def config(root: Path) -> Config:
    return load(Assets.of(root))


@pytest.fixture(scope="module")
def data(config: Config) -> Dataset:
    return folder.load(config)


@pytest.fixture(scope="module")
def served(root: Path, config: Config) -> Mapping[tuple[str, str, str], Limits]:
    """Per area, indicator and period what the files say, read without the program."""
    names = {
        key: item.id
        for item in config.indicators.values()
        for source in item.sources
        if source.table == HEALTH
        for key in source.keys.values()
    }
    cells: dict[tuple[str, str, str], dict[str, float]] = {}
    for path in sorted((root / "data" / "rivm").glob("*_UntypedDataSet_*.json.gz")):
        for row in json.loads(gzip.decompress(path.read_bytes()))["value"]:
            for column, cell in row.items():
                name = names.get(column.rpartition("_")[0])
                if name and margins._is_number(cell):
                    key = (row["WijkenEnBuurten"].strip(), name, row["Perioden"][:4])
                    cells.setdefault(key, {})[row["Marges"]] = float(cell)
    return {k: (c["MW00000"], c["MOG0095"], c["MBG0095"]) for k, c in cells.items()}


def se(limits: Limits) -> float:
    return (limits[2] - limits[1]) / (2 * 1.96)


def profile(name: str, config: Config, data: Dataset) -> Profile:
    return make(own(name, config, data), config, data)


def health(made: Profile) -> Iterator[Topic]:
    for topic in made.topics.values():
        if topic.figure.source == HEALTH and topic.figure.value is not None:
            yield topic


def verdicts(made: Profile) -> Iterator[tuple[Topic, Verdict]]:
    for topic in made.topics.values():
        for side in SIDES:
            verdict: Verdict | None = getattr(topic, side)
            if verdict is not None and verdict.p is not None:
                yield topic, verdict


# --- figures ----------------------------------------------------------------------------


def test_the_figures_are_those_of_the_three_rows(
    config: Config, data: Dataset, served: Mapping[tuple[str, str, str], Limits]
) -> None:
    made = profile("moerwijk", config, data)
    count = 0
    for topic in health(made):
        told = served["WK051836", topic.indicator.id, "2020"]
        assert (topic.figure.value, topic.figure.lower, topic.figure.upper) == told
        count += 1
    assert count > 25
    (source,) = [s for s in made.sources if s.id == HEALTH]
    assert source.margins
    assert "verzonnen" in source.title


# --- verdicts ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["moerwijk", "WK048402", "WK054600"])
def test_every_verdict_of_a_wijk_worked_out_once_more(
    name: str, config: Config, data: Dataset, served: Mapping[tuple[str, str, str], Limits]
) -> None:
    """Differences, errors, p, Benjamini-Hochberg and words, straight from the method."""
    area = own(name, config, data)
    made = make(area, config, data)
    tested = list(verdicts(made))
    by_hand: list[tuple[Topic, Verdict, float, float, float]] = []
    for topic, verdict in tested:
        one = served[area.parts[0].code, topic.indicator.id, "2020"]
        code = "NL01" if verdict.comparator.startswith("NL") else verdict.comparator
        other = served[code, topic.indicator.id, "2020"]
        share = _share(area, topic, verdict, data)
        rest, rest_se = other[0], se(other)
        assert verdict.rest == (share > 0.10)
        if share > 0.10:
            rest = (other[0] - share * one[0]) / (1 - share)
            squared = se(other) ** 2 - (share * se(one)) ** 2
            assert squared > 0
            rest_se = math.sqrt(squared) / (1 - share)
        error = math.hypot(se(one), rest_se)
        assert verdict.other == pytest.approx(rest)
        assert verdict.se == pytest.approx(error)
        p = 2 * NormalDist().cdf(-abs(one[0] - rest) / error)
        assert verdict.p == pytest.approx(p, abs=1e-9)
        by_hand.append((topic, verdict, one[0] - rest, error, p))
    limit = _least_rejected([p for *_, p in by_hand])
    for topic, verdict, difference, error, p in by_hand:
        assert verdict.basis == "test"
        if verdict.outcome in DIFFERENT:
            assert p <= limit
            assert abs(difference) > 1.96 * error * 0.9
        assert verdict.chance <= (p > limit)
        if topic.direction == "neutral":
            assert verdict.outcome not in {Outcome.FAVOURABLE, Outcome.UNFAVOURABLE}
    told = made.tests
    assert told is not None
    assert told.tested == len(by_hand)
    assert told.by_chance == pytest.approx(0.05 * len(by_hand))
    assert told.different == sum(v.outcome in DIFFERENT for _, v in tested)
    assert told.withdrawn == sum(v.chance for _, v in tested)


def _least_rejected(p: list[float]) -> float:
    """The largest p that Benjamini and Hochberg reject at 0.05, by their step-up definition."""
    ordered = sorted(p)
    kept = [x for i, x in enumerate(ordered, 1) if x <= 0.05 * i / len(ordered)]
    return max(kept, default=0.0)


def _share(area: OwnArea, topic: Topic, verdict: Verdict, data: Dataset) -> float:
    """Share of the comparator's people of 15 and older, from the KWB rows."""
    rows = data.figures[(data.figures["indicator"] == topic.indicator.weight)]
    people = rows.set_index("area")["value"]
    code = "NL00" if verdict.comparator.startswith("NL") else verdict.comparator
    return float(people[[part.code for part in area.parts]].sum() / people[code])


def test_a_large_own_area_is_compared_with_the_rest_of_its_gemeente(
    config: Config, data: Dataset
) -> None:
    """Alphen Noord holds a third of the gemeente: (N_c·x_c − N_a·x_a)/(N_c − N_a)."""
    area = own("alphen-noord", config, data)
    made = make(area, config, data)
    rows = data.figures[data.figures["indicator"] == "inwoners-15-plus"]
    people = rows.set_index("area")["value"]
    here, whole = people[[p.code for p in area.parts]].sum(), people["GM0484"]
    assert here / whole > 0.10
    for topic in health(made):
        verdict = topic.against_gemeente
        assert verdict is not None
        assert verdict.rest
        assert topic.gemeente is not None
        assert topic.gemeente.value is not None
        assert topic.figure.value is not None
        rest = (whole * topic.gemeente.value - here * topic.figure.value) / (whole - here)
        assert verdict.other == pytest.approx(rest)
        assert not topic.against_country.rest


def test_tables_without_margins_keep_their_bands(config: Config, data: Dataset) -> None:
    made = profile("moerwijk", config, data)
    bases = {topic.figure.source: set[str]() for topic in made.topics.values()}
    for topic in made.topics.values():
        bases[topic.figure.source].add(topic.against_country.basis)
    assert bases[HEALTH] - {""} == {"test"}
    assert bases["cbs-kwb"] - {""} == {"band"}


# --- domains, trends, ranks -------------------------------------------------------------


def test_domains_have_complete_intervals(config: Config, data: Dataset) -> None:
    result = profile("moerwijk", config, data).frameworks["positieve-gezondheid"]
    body = result.domain("lichaamsfuncties")
    assert body.interval == "complete"
    assert body.score is not None
    assert body.lower is not None
    assert body.upper is not None
    assert body.lower <= body.score <= body.upper
    assert body.se is not None
    assert body.se_independent is not None
    assert body.se_independent <= body.se
    assert body.against_country.basis == "test"


WORSE = {"dagelijks-functioneren", "meedoen", "mentaal-welbevinden", "participatie"}
"""Domains in which Moerwijk is surely worse than country and gemeente on every indicator."""


@pytest.mark.parametrize(
    ("side", "code", "told"),
    [(0, "NL01", WORSE | {"kwaliteit-van-leven"}), (1, "GM0518", WORSE)],
)
def test_a_domain_that_is_worse_on_every_indicator_is_surely_worse(
    side: int,
    code: str,
    told: set[str],
    config: Config,
    data: Dataset,
    served: Mapping[tuple[str, str, str], Limits],
) -> None:
    """Moerwijk, far below: where each figure with its margin is on the wrong side, so is the whole.

    Percentiles, goalposts, slots, weights and both kinds of mean keep the order of two areas. So
    if the best end of every interval is worse than the comparator, every scenario says so.
    """
    surely = set()
    for result in profile("moerwijk", config, data).frameworks.values():
        for score in result.domains:
            verdict = (score.against_country, score.against_gemeente)[side]
            if score.score is None or verdict is None:
                continue
            assert verdict.basis == "test"
            names = [name for slot in score.slots for name in slot.present]
            if all(_surely_worse(config, served, name, code) for name in names):
                surely.add(score.domain.id)
                assert verdict.outcome is Outcome.UNFAVOURABLE
                assert verdict.robustness is not None
                assert verdict.robustness.word is Steadiness.STEADY
                assert (verdict.robustness.share, verdict.robustness.flips) == (1.0, "")
    assert surely == told


def _surely_worse(
    config: Config, served: Mapping[tuple[str, str, str], Limits], name: str, code: str
) -> bool:
    """Whether a figure of Moerwijk is worse by more than 1.96 standard errors of both."""
    one, other = (served[area, name, "2020"] for area in ("WK051836", code))
    sign = -1 if config.indicators[name].direction == "worse" else 1
    return sign * (one[0] - other[0]) + 1.96 * math.hypot(se(one), se(other)) < 0


def test_changes_are_tested_with_the_margins_of_both_periods(
    config: Config, data: Dataset, served: Mapping[tuple[str, str, str], Limits]
) -> None:
    made = profile("moerwijk", config, data)
    seen = set()
    for topic in health(made):
        trend = topic.trend
        if trend is None:
            continue
        change = trend.change
        assert change is not None
        first = served["WK051836", topic.indicator.id, change.first]
        last = served["WK051836", topic.indicator.id, change.last]
        z = (last[0] - first[0]) / math.hypot(se(first), se(last))
        assert (trend.tested, change.tested, change.method) == (True, True, "two-periods")
        assert change.statistic == pytest.approx(z)
        assert change.outcome == ("unclear" if abs(z) <= 1.96 else "rise" if z > 0 else "fall")
        seen.add(change.outcome)
    assert len(seen) > 1


def test_the_strongest_change_of_a_gemeente_is_a_tested_claim(
    config: Config, data: Dataset, served: Mapping[tuple[str, str, str], Limits]
) -> None:
    """Whatever is claimed holds against each other wijk of the gemeente, one-sided at 5 %."""
    claims = 0
    now = data.areas[data.areas["boundary_year"] == data.boundary_year]
    for code in now.loc[now["parent"] == "GM0356", "code"]:
        for topic in health(profile(code, config, data)):
            placing = topic.trend.placing if topic.trend else None
            if placing is None:
                continue
            claims += 1
            assert placing.tested
            assert topic.trend is not None
            change = topic.trend.change
            assert change is not None
            name, sign = topic.indicator.id, 1 if placing.outcome == "rise" else -1
            wijken = [
                other
                for other in now.loc[now["parent"] == f"GM{code[2:6]}", "code"]
                if (other, name, change.first) in served
            ]
            assert len(wijken) == placing.among >= 5
            spans = {
                w: (served[w, name, change.first], served[w, name, change.last]) for w in wijken
            }
            moved = {w: last[0] - first[0] for w, (first, last) in spans.items()}
            error = {w: math.hypot(se(first), se(last)) for w, (first, last) in spans.items()}
            for other in set(wijken) - {code}:
                apart = sign * (moved[code] - moved[other])
                assert apart > 1.6449 * math.hypot(error[code], error[other])
    assert claims > 0


def test_only_tables_with_margins_have_ranks(config: Config, data: Dataset) -> None:
    made = profile("WK048402", config, data)
    lonely = made.topics["eenzaam"].ranks
    assert lonely is not None
    assert 1 <= lonely.best <= lonely.worst <= lonely.among
    assert made.topics["koopwoningen"].figure.value is not None
    assert made.topics["koopwoningen"].ranks is None
    assert profile("alphen-noord", config, data).topics["eenzaam"].ranks is None


def test_the_order_of_rows_and_topics_changes_no_verdict(config: Config, data: Dataset) -> None:
    made = profile("moerwijk", config, data)
    mixed = dataclasses.replace(
        data, figures=data.figures.sample(frac=1, random_state=1).reset_index(drop=True)
    )
    turned = dict(reversed(list(config.indicators.items())))
    backwards = dataclasses.replace(config, indicators=turned)
    again = make(own("moerwijk", backwards, mixed), backwards, mixed)
    assert again.tests == made.tests
    for name, topic in made.topics.items():
        for side in SIDES:
            assert getattr(again.topics[name], side) == getattr(topic, side), name


def test_the_export_has_what_a_test_rests_on(config: Config, data: Dataset) -> None:
    table, failures = score_table(config, data, ["moerwijk"])
    assert not failures
    made = profile("moerwijk", config, data)
    row = table[(table["kind"] == "indicator") & (table["id"] == "eenzaam")].iloc[0]
    topic = made.topics["eenzaam"]
    verdict = topic.against_country
    assert row["against_country_basis"] == "test"
    assert (row["against_country_p"], row["against_country_probability"]) == (
        verdict.p,
        verdict.favourable,
    )
    assert (row["against_country_other"], row["against_country_rest"]) == (47.0, False)
    assert topic.ranks is not None
    ranks = topic.ranks
    assert [row["rank_best"], row["rank_worst"], row["rank_among"]] == [
        ranks.best,
        ranks.worst,
        ranks.among,
    ]
    assert topic.trend is not None
    assert topic.trend.change is not None
    assert row["change"] == topic.trend.change.difference
    assert (row["change_first"], row["change_last"], row["change_method"]) == (
        "2012",
        "2020",
        "two-periods",
    )
    assert row["group"] == topic.group
    kwb = table[(table["id"] == "koopwoningen")].iloc[0]
    assert math.isnan(kwb["against_country_p"])
    assert math.isnan(kwb["similar_value"])


# --- the page ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(root: Path) -> Mapping[str, str]:
    """The text of two factsheets, as a reader of the PDF has it."""
    names = ("moerwijk", "alphen-noord")
    done = run("--project", root, "build", *names, "--output", root / "out", cwd=root)
    assert done.code == 0, done.err
    found = {}
    for name in names:
        with pypdfium2.PdfDocument(root / "out" / name / f"{name}-factsheet.pdf") as opened:
            text = " ".join(sheet.get_textpage().get_text_range() for sheet in opened)
        found[name] = " ".join(text.split())
    return found


def test_the_page_says_firmly_what_was_tested(pages: Mapping[str, str]) -> None:
    page = pages["moerwijk"]
    assert "Deze onderwerpen zijn ongunstiger dan de gemeente." in page
    assert "Dat is gunstiger dan de gemeente en Nederland." in page
    assert "Gestegen van 59 naar 67% (getoetst)." in page
    careful = re.findall(r"\b(?:lijkt|lijken)\b", page.replace("door toeval anders lijken", ""))
    assert careful == []


def test_the_page_says_whose_margins_these_are(pages: Mapping[str, str]) -> None:
    assert all("proefmarges, verzonnen" in page for page in pages.values())


def test_the_page_says_how_many_differences_chance_would_give(
    pages: Mapping[str, str], config: Config, data: Dataset
) -> None:
    """Of 64 tests 3.2; in Alphen Noord ten differences do not hold, and none is claimed."""
    told = profile("alphen-noord", config, data).tests
    assert told is not None
    assert (told.tested, told.different) == (64, 0)
    said = "Van 64 vergelijkingen zouden er ongeveer 3 door toeval anders lijken."
    assert said in pages["alphen-noord"]
    assert f"noemen we {told.withdrawn} verschillen niet zeker." in pages["alphen-noord"]
    assert "Van niets is zeker dat het ongunstiger is dan de gemeente." in pages["alphen-noord"]


def test_the_page_says_that_it_compares_with_the_rest(pages: Mapping[str, str]) -> None:
    assert "Vergeleken met de rest van gemeente" in pages["alphen-noord"]
    assert "Vergeleken met de rest" not in pages["moerwijk"]
