"""Which themes are proposed. The verdicts are made up, so that the rule can be told apart."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import made_up
import sample
from terminal import run
from wijkprofiel.build import suggest as proposals
from wijkprofiel.model import (
    AreaProfile,
    CatalogueIntervention,
    DomainScore,
    Framework,
    FrameworkResult,
    Indicator,
    Outcome,
    Profile,
    Robustness,
    Steadiness,
    Suggestion,
    Topic,
    Verdict,
)
from wijkprofiel.profile import initiatives, suggestions

THEMES = ("eten", "buurt", "meedoen", "buiten")
WORSE, SAME = Outcome.UNFAVOURABLE, Outcome.SIMILAR


def framework() -> Framework:
    """Four themes of two slots with one topic each: eten-1, eten-2, buurt-1 ..."""
    return Framework.model_validate({
        "id": "kader",
        "title": "Kader",
        "description": "Een kader.",
        "axis_word": "thema",
        "domains": [
            {
                "id": theme, "title": theme.title(), "question": "Wie?", "colour": "groen",
                "slots": [
                    {"id": f"{theme}-{n}", "title": "x", "kind": "outcome", "weight": 1,
                     "indicators": [{"id": f"{theme}-{n}", "basis": "Boek 1"}]}
                    for n in (1, 2)
                ],
            }
            for theme in THEMES
        ],
    })  # fmt: skip


def verdict(outcome: Outcome, strength: int, **more: Any) -> Verdict:
    return Verdict(outcome, strength, "band", -float(strength), made_up.GEMEENTE.code, **more)


def topic(name: str, strength: int, *, sensitive: str | None = None) -> Topic:
    indicator: Indicator = made_up.indicator(name, name.title(), sensitive=sensitive)
    usual = made_up.topics()[made_up.LONELY.id]
    judged = verdict(WORSE, strength) if strength else verdict(SAME, 0)
    figure = dataclasses.replace(usual.figure, indicator=name, source="tabel")
    return dataclasses.replace(
        usual, indicator=indicator, figure=figure, against_gemeente=judged,
        against_country=verdict(SAME, 0),
    )  # fmt: skip


def made(
    people: dict[str, Any] | None = None,
    worse: dict[str, int] | None = None,
    themes: dict[str, Verdict] | None = None,
    sensitive: str = "",
) -> Profile:
    """A profile where ``worse`` topics and ``themes`` are unfavourable, all else alike."""
    kader, found = framework(), {}
    scores: list[DomainScore] = []
    usual = made_up.results()["wijzer-in-de-wijk"].domains[0]
    for domain in kader.domains:
        for slot in domain.slots:
            help_line = "Bel 113" if slot.id == sensitive else None
            found[slot.id] = topic(slot.id, (worse or {}).get(slot.id, 0), sensitive=help_line)
        judged = (themes or {}).get(domain.id, verdict(SAME, 0))
        slots = tuple(dataclasses.replace(usual.slots[0], slot=slot) for slot in domain.slots)
        scores.append(
            dataclasses.replace(
                usual, domain=domain, slots=slots, against_gemeente=judged,
                against_country=verdict(SAME, 0),
            )
        )  # fmt: skip
    return made_up.profile(
        topics=found,
        frameworks={"kader": FrameworkResult(kader, "2020", tuple(scores))},
        people=AreaProfile.model_validate(
            {"name": "Molenwijk", "areas": ["WK990101"], **(people or {})}
        ),
    )


def suggest(profile: Profile) -> tuple[Suggestion, ...]:
    return suggestions.suggest(profile, framework(), made_up.config())


def order(profile: Profile) -> list[tuple[str, str]]:
    return [(item.theme, item.source) for item in suggest(profile)]


# --- the figures ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("worse", "proposed"),
    [
        ({}, []),
        ({"eten-1": 1}, []),  # one topic, and only "iets"
        ({"eten-1": 2}, ["eten"]),
        ({"eten-1": 1, "eten-2": 1}, ["eten"]),
        ({"eten-1": 1, "buurt-1": 1}, []),
        # Two times "iets" is weaker than one time "veel": the number of topics does not win.
        ({"eten-1": 1, "eten-2": 1, "buurt-1": 3}, ["buurt", "eten"]),
        ({"eten-1": 2, "buurt-1": 2, "meedoen-1": 2, "buiten-1": 2}, ["eten", "buurt", "meedoen"]),
    ],
)
def test_figures_propose_a_theme_that_stands_out(
    worse: dict[str, int], proposed: list[str]
) -> None:
    assert order(made(worse=worse)) == [(theme, "figures") for theme in proposed]


def test_a_sensitive_topic_never_speaks() -> None:
    assert order(made(worse={"eten-1": 3}, sensitive="eten-1")) == []


@pytest.mark.parametrize(
    ("word", "proposed"),
    [(Steadiness.STEADY, ["eten"]), (Steadiness.FAIR, ["eten"]), (Steadiness.SENSITIVE, [])],
)
def test_a_score_that_turns_when_worked_out_otherwise_proposes_nothing(
    word: Steadiness, proposed: list[str]
) -> None:
    score = verdict(WORSE, 1, robustness=Robustness(word, 0.8, 100))
    assert [theme for theme, _ in order(made(themes={"eten": score}))] == proposed


# --- the dialogue -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "proposed"),
    [
        ({"eten": 10, "buurt": 10, "meedoen": 10, "buiten": 10}, []),  # each has its equal share
        ({"eten": 11, "buurt": 10, "meedoen": 10, "buiten": 9}, ["eten"]),
        ({"eten": 4, "buurt": 9}, ["buurt", "eten"]),  # 13 votes: a share is 3.25
        ({"eten": 3, "buurt": 10}, ["buurt"]),
    ],
)
def test_more_than_an_equal_share_of_the_votes_proposes_a_theme(
    votes: dict[str, int], proposed: list[str]
) -> None:
    found = order(made({"dialogue": {"votes": votes}}))
    assert found == [(theme, "dialogue") for theme in proposed]


def notes(theme: str, *kinds: str) -> list[dict[str, str]]:
    return [{"theme": theme, "kind": kind, "text": f"{kind} {n}"} for n, kind in enumerate(kinds)]


def test_notes_speak_where_nobody_voted() -> None:
    """Two that wish or miss something; what people are proud of is no reason."""
    asked = notes("eten", "wishes", "missing")
    proud = notes("buurt", "strengths", "strengths", "wishes")
    assert order(made({"dialogue": {"notes": [*asked, *proud]}})) == [("eten", "dialogue")]
    voted = {"notes": asked, "votes": {"buurt": 5}}
    assert order(made({"dialogue": voted})) == [("buurt", "dialogue")]


def test_people_come_before_figures_and_both_is_told() -> None:
    found = made(
        {"dialogue": {"votes": {"buiten": 9, "meedoen": 8}}}, worse={"eten-1": 3, "meedoen-1": 2}
    )
    assert order(found) == [("buiten", "dialogue"), ("meedoen", "both"), ("eten", "figures")]
    meedoen = suggest(found)[1]
    assert [(s.kind, s.number, s.total) for s in meedoen.signals] == [
        ("votes", 8, 17), ("topic", 0, 0),
    ]  # fmt: skip


def test_a_priority_of_the_dialogue_stands_and_one_of_a_programme_is_no_reason() -> None:
    priorities = [
        {"theme": "eten", "why": "Gekozen.", "source": "dialogue"},
        {"theme": "buurt", "why": "Vooraf gekozen.", "source": "programme"},
    ]
    found = suggest(made({"priorities": priorities}))
    assert [(item.theme, item.chosen) for item in found] == [("eten", True)]


# --- what helps, and what there is ------------------------------------------------------------


def intervention(name: str, level: str, *themes: str) -> CatalogueIntervention:
    return CatalogueIntervention.model_validate(
        {"name": name, "level": level, "themes": themes, "checked": dt.date(2026, 1, 2)}
    )


CATALOGUE = (
    intervention("Beschreven", "described", "eten"),
    intervention("Sterk", "strong", "eten", "buurt"),
    intervention("Goed", "good", "eten"),
    intervention("Onderbouwd", "founded", "eten"),
    intervention("Eerste", "first", "eten"),
    intervention("Elders", "strong", "meedoen"),
)


def test_fitting_interventions_the_best_founded_first() -> None:
    people = made({"interventions": [{"name": "Goed"}]}).people
    found = suggestions.fitting("eten", people, CATALOGUE)
    assert [(f.intervention.name, f.used) for f in found] == [
        ("Sterk", False), ("Goed", True), ("Eerste", False), ("Onderbouwd", False),
        ("Beschreven", False),
    ]  # fmt: skip


def test_what_there_is_per_theme_priority_themes_first() -> None:
    people = made({
        "priorities": [{"theme": "meedoen", "why": "Gekozen.", "source": "dialogue"}],
        "initiatives": [{"name": "Tuin", "theme": "buiten"}, {"name": "Krant"}],
        "interventions": [{"name": "Sterk"}, {"name": "Onbekend"}],
    }).people  # fmt: skip
    found = initiatives.offers(people, framework(), CATALOGUE)
    assert [(o.theme, o.priority, o.gap) for o in found] == [
        ("meedoen", True, True), ("eten", False, False), ("buurt", False, False),
        ("buiten", False, False), ("", False, False),
    ]  # fmt: skip
    assert [o.theme for o in initiatives.gaps(found)] == ["meedoen"]
    loose = found[-1]
    assert [i.name for i in loose.initiatives] == ["Krant"]
    assert [i.name for i in loose.interventions] == ["Onbekend"]
    assert [i.name for i in found[1].interventions] == ["Sterk"]


# --- in words, and on the command line -------------------------------------------------------


def test_a_model_figure_is_never_told_as_an_effect() -> None:
    config, dataset = sample.config(), sample.dataset()
    text = json.dumps(proposals.propose(config, dataset, "moerwijk").told(), ensure_ascii=False)
    assert "rekenmodel" in text
    assert "niet of een aanpak werkt" in text
    for word in ("door de aanpak", "effect", "dankzij", "helpt tegen"):
        assert word not in text


def test_moerwijk_is_lonely_and_the_reason_says_the_published_figure(tmp_path: Path) -> None:
    """67.3 % against 47.0 in the Netherlands (documents.md §8)."""
    outcome = run("suggest", "moerwijk", "--json", cwd=tmp_path)
    themes = {row["theme"]: row for row in json.loads(outcome.out)["themes"]}
    assert "Eenzaam: 67%, veel ongunstiger dan Nederland." in themes["sociale-omgeving"]["reasons"]
    assert themes["sociale-omgeving"]["gap"]
    names = [row["name"] for row in themes["sociale-omgeving"]["interventions"]]
    assert names == ["Sociaal Vitaal", "Welzijn op Recept"]  # II before "goed beschreven"
    for row in themes["sociale-omgeving"]["interventions"]:
        assert row["recognition"]
        assert row["checked"] == "2026-11-21"  # as in configs/interventions.yaml


def test_nothing_that_stands_out_is_told(tmp_path: Path) -> None:
    outcome = run("suggest", "nieuwegein", cwd=tmp_path)
    assert outcome.code == 0
    assert outcome.out.startswith("Er springt geen thema uit")
    assert json.loads(run("suggest", "nieuwegein", "--json", cwd=tmp_path).out)["themes"] == []
