"""How steady verdicts are, on the sample and on the country: files, profiles and exports."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import importlib
import shutil
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from builders import own
from sample import config, dataset
from wijkprofiel import profile
from wijkprofiel.assets import shipped_root
from wijkprofiel.build import scores
from wijkprofiel.config import Config
from wijkprofiel.errors import DataError
from wijkprofiel.model import (
    DomainScore,
    FrameworkResult,
    Outcome,
    Profile,
    Robustness,
    Severity,
    Steadiness,
    Topic,
    Verdict,
)
from wijkprofiel.profile import robust
from wijkprofiel.profile.index import Index, index_of
from wijkprofiel.scoring import reference, scenarios
from wijkprofiel.sources import folder
from wijkprofiel.sources import scenarios as file
from wijkprofiel.sources.dataset import Dataset

ROOT = shipped_root()
SAMPLE = ROOT / "data" / "sample"
NAME = "scenarios.csv.gz"
SUPPLIERS = ROOT.parent / "shared" / "data"
WIJKEN = ("WK048402", "WK054609", "WK051836", "WK034409", "alphen-noord", "GM0484")

needs_suppliers = pytest.mark.skipif(
    not SUPPLIERS.is_dir(), reason=f"the suppliers' national files are not at hand ({SUPPLIERS})"
)


@cache
def made(name: str) -> Profile:
    return profile.make(own(name, config(), dataset()), config(), dataset())


def judged(results: Mapping[str, FrameworkResult]) -> dict[tuple[str, str, str], Verdict]:
    """Every verdict on a domain with a score, by framework, domain and comparator."""
    return {
        (name, score.domain.id, verdict.comparator): verdict
        for name, result in results.items()
        for score in result.domains
        if score.score is not None
        for verdict in (score.against_country, score.against_gemeente)
        if verdict is not None
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the sample to spoil."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "data"))


def rewrite(data: Path, text: str) -> None:
    """Change the file with scenario SDs, and its checksum."""
    body = gzip.compress(text.encode(), mtime=0)
    (data / NAME).write_bytes(body)
    beside = data / f"{NAME}.yaml"
    facts = {**yaml.safe_load(beside.read_text()), "sha256": hashlib.sha256(body).hexdigest()}
    beside.write_text(yaml.safe_dump(facts))


def text() -> str:
    return gzip.decompress((SAMPLE / NAME).read_bytes()).decode()


# --- profiles ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WIJKEN)
def test_every_verdict_on_a_domain_with_a_score_says_how_steady_it_is(name: str) -> None:
    found = judged(made(name).frameworks)
    assert found
    for verdict in found.values():
        robustness = verdict.robustness
        assert robustness is not None
        assert 0 <= robustness.share <= 1
        assert robustness.scenarios % (6 * 200) == 0


def test_without_a_score_there_is_no_robustness() -> None:
    results = made("WK048402").frameworks.values()
    bare = [score for result in results for score in result.domains if score.score is None]
    assert bare
    for score in bare:
        assert score.against_country.robustness is None


def test_no_verdict_but_a_test_is_changed_by_its_robustness() -> None:
    """Bands stand as they are printed: the word is about them, and takes none back."""
    for name in WIJKEN:
        for verdict in judged(made(name).frameworks).values():
            assert verdict.basis == "band"
            assert verdict.z is not None
            within = abs(round(verdict.z, 9)) <= 0.5
            assert (verdict.outcome is Outcome.SIMILAR) == within


def by_test(score: DomainScore, outcome: Outcome) -> DomainScore:
    verdict = dataclasses.replace(
        score.against_country, outcome=outcome, basis="test", strength=2, se=0.1, robustness=None
    )
    return dataclasses.replace(score, against_country=verdict)


def with_error(topic: Topic, points: float) -> Topic:
    """The difference with the country as if it had a standard error, in percentage points."""
    verdict = dataclasses.replace(topic.against_country, other=topic.country.value, se=points)
    return dataclasses.replace(topic, against_country=verdict)


def attached(outcome: Outcome, points: float, index: Index | None = None) -> Mapping[str, Verdict]:
    """The verdicts against the country of a wijk far below it, as if they were tests."""
    area = made("WK051836")
    results = {
        name: dataclasses.replace(
            result, domains=tuple(by_test(score, outcome) for score in result.domains)
        )
        for name, result in area.frameworks.items()
    }
    topics = {name: with_error(topic, points) for name, topic in area.topics.items()}
    found = robust.attach(results, topics, config(), index or index_of(config(), dataset()))
    return {
        f"{name}/{score.domain.id}": score.against_country
        for name, result in found.items()
        for score in result.domains
        if score.score is not None
    }


def test_a_claim_by_test_needs_stevig() -> None:
    sure = attached(Outcome.UNFAVOURABLE, 0.1)
    assert {v.outcome for v in sure.values()} == {Outcome.UNFAVOURABLE}
    assert {v.strength for v in sure.values()} == {2}
    assert {v.robustness.word for v in sure.values() if v.robustness} == {Steadiness.STEADY}
    wrong, unsure = attached(Outcome.FAVOURABLE, 0.1), attached(Outcome.UNFAVOURABLE, 50.0)
    for verdict in (*wrong.values(), *unsure.values()):
        assert (verdict.outcome, verdict.strength) == (Outcome.UNCERTAIN, 0)
        assert verdict.robustness is not None
        assert verdict.robustness.share < 0.01


def test_without_yardsticks_a_claim_by_test_is_not_sure() -> None:
    index = dataclasses.replace(index_of(config(), dataset()), yardsticks={})
    for verdict in attached(Outcome.UNFAVOURABLE, 0.1, index).values():
        assert (verdict.outcome, verdict.robustness) == (Outcome.UNCERTAIN, None)


def test_the_export_has_word_share_and_slot() -> None:
    area = made("WK048402")
    rows = {row["id"]: row for row in scores.rows(area) if row["framework"] == "wijzer-in-de-wijk"}
    domain = area.frameworks["wijzer-in-de-wijk"].domain("participatie")
    found = domain.against_country.robustness
    assert found is not None
    row = rows["participatie"]
    told = [row[f"against_country_{part}"] for part in ("robustness", "share", "flips")]
    assert told == [found.word.value, found.share, found.flips]
    topic = next(row for row in scores.rows(area) if row["kind"] == "indicator")
    assert (topic["against_country_robustness"], topic["against_country_share"]) == ("", None)


# --- the file ---------------------------------------------------------------------------------


def test_a_table_that_is_written_and_read_gives_the_same_yardsticks() -> None:
    table = dataset().scenarios
    assert table is not None
    found = scenarios.lookup(table, config().frameworks)
    assert len(found) == 8
    for framework in (config().frameworks[name] for name in config().project.frameworks):
        made_with = file.fingerprint(framework, config().indicators)
        written = file.write(scenarios.to_table(found, framework, made_with))
        again = scenarios.lookup(file.read(written, NAME), config().frameworks)
        for key in [key for key in found if key[0] == framework.id]:
            assert np.array_equal(again[key], found[key], equal_nan=True)
        assert file.write(file.read(written, NAME)) == written


def test_frameworks_with_other_numbers_of_draws_share_a_file() -> None:
    table = dataset().scenarios
    assert table is not None
    known = dict(config().frameworks)
    short, long = config().project.frameworks
    rules = known[short].sensitivity.model_copy(update={"draws": 3})
    known[short] = known[short].model_copy(update={"sensitivity": rules})
    found = scenarios.lookup(table, config().frameworks)
    cut = {k: v[:, :, :3] if k[0] == short else v for k, v in found.items()}
    tables = [scenarios.to_table(cut, known[name], "x") for name in (short, long)]
    written = file.write(pd.concat(tables, ignore_index=True))
    again = scenarios.lookup(file.read(written, NAME, strict=True), known)
    assert {sds.shape[2] for key, sds in again.items() if key[0] == short} == {3}
    assert {sds.shape[2] for key, sds in again.items() if key[0] == long} == {200}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda t: t.replace("draw-2,", "trek-2,", 1), "scenario SDs: trek-2"),
        (lambda t: t.replace(",left_out,", ",left-out,", 1), "left-out (did you mean 'left_out'?)"),
        (lambda t: t.replace("\n", "\n" + t.splitlines()[1] + "\n", 1), "stands there 2 times"),
        (lambda t: t.replace(",z,arithmetic,,", ",z,arithmetic,,-", 1), "greater_than_or_equal_to"),
        (lambda t: t.splitlines()[0] + "\n", "no rows"),
    ],
    ids=["unknown-column", "misspelt-key", "doubled-row", "negative", "empty"],
)
def test_a_file_that_is_wrong_is_refused_with_what_is_wrong(
    data: Path, spoil: Any, said: str
) -> None:
    rewrite(data, spoil(text()))
    with pytest.raises(DataError) as failure:
        folder.load(config(), data)
    assert said in "\n".join(str(problem) for problem in failure.value.problems)


def test_bytes_that_are_no_gzip_are_refused() -> None:
    with pytest.raises(DataError, match="is no gzipped CSV"):
        file.read(b"framework,made_with", NAME)


def changed(**framework: Any) -> Config:
    """The sample's config with its first framework changed."""
    name = config().project.frameworks[0]
    one = config().frameworks[name].model_copy(update=framework)
    return dataclasses.replace(config(), frameworks={**config().frameworks, name: one})


def outdated(found: Dataset) -> list[str]:
    return [
        finding.message
        for finding in found.findings
        if finding.code == "scenarios-out-of-date" and finding.severity is Severity.WARNING
    ]


def test_a_framework_that_has_changed_loses_its_robustness_and_no_other() -> None:
    rules = config().frameworks["positieve-gezondheid"].sensitivity
    other = changed(sensitivity=rules.model_copy(update={"spread": 0.5}))
    found = folder.load(other, SAMPLE)
    assert ["'positieve-gezondheid'" in message for message in outdated(found)] == [True]
    area = profile.make(own("WK048402", other, found), other, found)
    for (name, _, _), verdict in judged(area.frameworks).items():
        assert (verdict.robustness is None) == (name == "positieve-gezondheid")


def test_a_project_without_the_file_has_no_robustness_and_is_not_troubled(data: Path) -> None:
    (data / NAME).unlink()
    (data / f"{NAME}.yaml").unlink()
    found = folder.load(config(), data)
    assert found.scenarios is None
    assert outdated(found) == []
    area = profile.make(own("WK048402", config(), found), config(), found)
    assert {v.robustness for v in judged(area.frameworks).values()} == {None}


def test_the_fingerprint_counts_what_changes_a_scenario_and_nothing_else() -> None:
    known = config().frameworks["positieve-gezondheid"]
    before = file.fingerprint(known, config().indicators)
    rules = known.sensitivity
    alike: tuple[dict[str, Any], ...] = (
        {"title": "Anders"},
        {"normalisation": "goalposts"},
        {"aggregation": "geometric"},
        {"sensitivity": rules.model_copy(update={"steady": 0.95})},
    )
    for same in alike:
        assert file.fingerprint(known.model_copy(update=same), config().indicators) == before
    others: list[dict[str, Any]] = [
        {"centre": "mean"},
        {"clip": 2.0},
        {"domains": known.domains[1:]},
    ]
    changes: tuple[dict[str, Any], ...] = (
        {"seed": 9},
        {"draws": 10},
        {"floor": 0.2},
        {"spread": 0.1},
    )
    others += [{"sensitivity": rules.model_copy(update=one)} for one in changes]
    for other in others:
        assert file.fingerprint(known.model_copy(update=other), config().indicators) != before


# --- with the country -------------------------------------------------------------------------


@cache
def country() -> Index:
    """The index of the sample, as if it held every wijk of the country."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        make_sample = importlib.import_module("make_sample")
    finally:
        sys.path.pop(0)
    figures = make_sample._national(SUPPLIERS, config())
    known = {name: config().frameworks[name] for name in config().project.frameworks}
    stats = reference.statistics(
        figures, known, config().indicators, ["2020"], config().project.country
    )
    return dataclasses.replace(
        index_of(config(), dataset()),
        figures=figures,
        reference=reference.lookup(stats),
        reference_partial=False,
        yardsticks={},
    )


@needs_suppliers
def test_the_country_itself_gives_the_same_robustness_as_the_sample_s_file() -> None:
    index = country()
    assert index.yardsticks == {}
    for name in WIJKEN:
        area = made(name)
        found = judged(robust.attach(area.frameworks, area.topics, config(), index))
        assert found == judged(area.frameworks)
    assert len(index.yardsticks) == 8


@needs_suppliers
def test_a_wijk_is_judged_as_one_of_many_as_it_is_alone() -> None:
    """All wijken of the country at once, and each wijk of the sample by itself."""
    from wijkprofiel.scoring import sensitivity

    index, framework = country(), config().frameworks["wijzer-in-de-wijk"]
    figures = reference.area_values(index.figures, "2020", "WK")
    there = index.figures[(index.figures["period"] == "2020") & (index.figures["status"] == "ok")]
    codes = sorted(code for code in there["area"].unique() if code.startswith("WK"))
    centres = reference.country_values(index.figures, "2020", config().project.country)
    known = scenarios.measures(framework, "2020", config().indicators, index.reference, centres)
    sds = robust.yardsticks(framework, "2020", config(), index)
    part = framework.domains[0]
    for name in ("WK048402", "WK051836"):
        verdict = made(name).frameworks[framework.id].domain(part.id).against_country
        count = len(codes)
        differences = sensitivity.Differences(
            own=figures,
            other={n: np.full(count, centres[n]) for n in figures if n in centres},
            verdicts=np.full(count, sensitivity.CODES[verdict.outcome], dtype=np.int8),
        )
        found = sensitivity.standing(
            framework, part, sds[framework.id, part.id, "2020"], differences, known
        )
        one = sensitivity.robustness(found, codes.index(name), part, framework.sensitivity)
        assert isinstance(one, Robustness)
        assert one == verdict.robustness
