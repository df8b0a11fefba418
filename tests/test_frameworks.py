"""From the topics of one area to its slots and domains, over the sample with made-up margins."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
import pytest

from builders import own
from sample import config, dataset
from wijkprofiel import profile as profiles
from wijkprofiel.config import Config
from wijkprofiel.model import DomainScore, Framework, Profile, Sensitivity, Status
from wijkprofiel.sources import folder, reference
from wijkprofiel.sources.dataset import Dataset

AREA, FRAME = "alphen-noord", "positieve-gezondheid"


def with_margins(half: float, *, only: Callable[[str], bool] = lambda _: True) -> Dataset:
    """The sample with limits at ``half`` below and above every percentage of wijken."""
    data = dataset()
    figures = data.figures.copy()
    percent = [name for name, one in config().indicators.items() if one.unit == "percent"]
    rows = figures["indicator"].isin([name for name in percent if only(name)])
    rows &= figures["area"].str.startswith("WK") & (figures["status"] == Status.OK.value)
    value = figures.loc[rows, "value"]
    figures.loc[rows, "lower"], figures.loc[rows, "upper"] = value - half, value + half
    return dataclasses.replace(data, figures=figures)


def made(data: Dataset, found: Config | None = None) -> Profile:
    known = found or config()
    return profiles.make(own(AREA, known, data), known, data)


@cache
def certain() -> Profile:
    return made(with_margins(0.98))


def scores(profile: Profile) -> tuple[DomainScore, ...]:
    return profile.frameworks[FRAME].domains


def test_without_margins_no_domain_has_an_interval() -> None:
    found = scores(made(dataset()))
    assert {score.interval for score in found} == {"none"}
    assert {score.against_country.basis for score in found} == {"band", ""}


def test_the_error_of_a_score_is_that_of_its_topics() -> None:
    """Every margin is ± 0.98, so every standard error 0.5: se = Σ w·(mean of 0.5/SD)/Σ w/SD."""
    profile = certain()
    checked = 0
    for score in scores(profile):
        if score.score is None or score.reference is None:
            continue
        effects: list[tuple[float, list[float]]] = []
        for slot in score.slots:
            parts = []
            for name in slot.present:
                stats = profile.topics[name].reference
                assert stats is not None
                parts.append(0.5 / stats.sd / len(slot.present))
            if parts:
                effects.append((slot.slot.weight, parts))
        weight, sd = sum(w for w, _ in effects), score.reference.sd
        together = sum(w * sum(parts) for w, parts in effects) / weight / sd
        apart = np.sqrt(sum(w**2 * sum(p**2 for p in parts) for w, parts in effects)) / weight / sd
        assert score.interval == "complete"
        assert score.se == pytest.approx(together, abs=1e-9)
        assert score.se_independent == pytest.approx(apart, abs=1e-9)
        assert score.z is not None
        assert score.lower == pytest.approx(5 + 5 * (score.z - 1.96 * together) / 3, abs=1e-9)
        checked += 1
    assert checked == 5


def test_the_difference_of_a_domain_has_the_error_and_the_rest_of_its_topics() -> None:
    """Alphen Noord holds 29 % of its gemeente: with margins it is compared with the rest."""
    profile = certain()
    for score in scores(profile):
        verdict = score.against_gemeente
        if score.score is None or score.reference is None:
            continue
        assert verdict is not None
        difference, error, weight = 0.0, 0.0, 0.0
        for slot in score.slots:
            topics = [profile.topics[name] for name in slot.present]
            weight += slot.slot.weight if topics else 0.0
            for topic in topics:
                against, stats = topic.against_gemeente, topic.reference
                assert against is not None
                assert stats is not None
                assert against.rest
                assert against.other is not None
                assert against.se is not None
                assert topic.figure.value is not None
                sign = 1 if topic.direction == "better" else -1
                share = slot.slot.weight / len(topics) / stats.sd
                difference += share * sign * (topic.figure.value - against.other)
                error += share * against.se
        assert verdict.basis == "test"
        assert verdict.z == pytest.approx(difference / weight / score.reference.sd, abs=1e-9)
        assert verdict.se == pytest.approx(error / weight / score.reference.sd, abs=1e-9)


def test_a_topic_without_margins_makes_its_domain_incomplete() -> None:
    found = scores(made(with_margins(0.98, only=lambda name: name != "rokers")))
    kinds = {score.domain.id: score.interval for score in found if score.score is not None}
    assert kinds.pop("lichaamsfuncties") == "incomplete"
    assert set(kinds.values()) == {"complete"}


def test_the_order_of_figures_changes_no_verdict() -> None:
    data = with_margins(0.98)
    mixed = data.figures.sample(frac=1, random_state=1).reset_index(drop=True)
    other = made(dataclasses.replace(data, figures=mixed))
    assert scores(other) == scores(certain())


def test_an_area_outside_the_reference_changes_no_score() -> None:
    data = with_margins(0.98)
    rows = data.figures[data.figures["area"] == "WK048403"]
    stranger = rows.assign(
        area="BU99990101", value=100.0 - rows["value"], lower=np.nan, upper=np.nan
    )
    more = pd.concat([data.figures, stranger], ignore_index=True)
    other = made(dataclasses.replace(data, figures=more))
    assert scores(other) == scores(certain())


def changed(**more: object) -> Config:
    """The shipped project, with one framework scored in another way."""
    found = config()
    framework = found.frameworks[FRAME].model_copy(update=more)
    return dataclasses.replace(found, frameworks={**found.frameworks, FRAME: framework})


def test_reference_numbers_on_another_scale_are_not_used() -> None:
    """The SD of z-scores says nothing about min-max: no score, rather than a wrong one."""
    found = changed(normalisation="min-max")
    data = folder.load(found)
    assert "reference-out-of-date" in {finding.code for finding in data.findings}
    assert {score.reason for score in scores(made(data, found))} == {"reference", "coverage"}
    others = set(dataset().reference["framework"]) - {FRAME}
    assert set(data.reference["framework"]) == others


def test_the_fingerprint_counts_what_the_method_reads() -> None:
    def print_of(found: Config) -> str:
        return reference.fingerprint(found.frameworks, found.indicators)

    def with_posts(found: Config) -> Config:
        text = found.frameworks[FRAME].model_dump_json()
        posts = text.replace('"goalposts":null', '"goalposts":[60.0,20.0]', 1)
        framework = Framework.model_validate_json(posts)
        return dataclasses.replace(found, frameworks={**found.frameworks, FRAME: framework})

    assert print_of(with_posts(config())) == print_of(config())
    by_posts = changed(normalisation="goalposts")
    assert print_of(with_posts(by_posts)) != print_of(by_posts)
    floors = [changed(aggregation="geometric", sensitivity=Sensitivity(floor=f)) for f in (0.1, 1)]
    assert print_of(floors[0]) != print_of(floors[1])
    assert print_of(changed(sensitivity=Sensitivity(floor=1))) == print_of(config())
