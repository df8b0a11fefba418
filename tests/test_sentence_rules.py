"""Rules for sentences: every example is what the code says; a wrong rule is told by its line."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml

import made_up
from wijkprofiel.assets import Assets, shipped_root
from wijkprofiel.config import load
from wijkprofiel.documents.desk import load_words
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import (
    SENTENCES,
    Change,
    Comparisons,
    DomainScore,
    Outcome,
    Placing,
    Robustness,
    SentenceRules,
    SlotScore,
    Steadiness,
    Topic,
    Trend,
    TrendPoint,
    Verdict,
)
from wijkprofiel.wording import names_of, sentences, tested
from wijkprofiel.wording.overall import topics_told

FILE = "configs/wording/nl-rules.yaml"
TEXT = (shipped_root() / FILE).read_text(encoding="utf-8")
WORDS = load_words(made_up.config().assets, "nl")
NAMES = names_of(made_up.profile(), WORDS)

Facts = dict[str, str]

WORD = re.compile(r"(iets |veel )?(gunstiger|ongunstiger|vergelijkbaar) (?:dan|met) (.+)")
OUTCOMES = {
    "gunstiger": Outcome.FAVOURABLE,
    "ongunstiger": Outcome.UNFAVOURABLE,
    "vergelijkbaar": Outcome.SIMILAR,
}
STRENGTHS = {"iets ": 1, None: 2, "veel ": 3}


# --- from the facts of an example to what the program knows ------------------------------------


def verdicts(told: str, basis: str) -> list[tuple[Verdict, str]]:
    """The verdicts behind "iets gunstiger dan de gemeente en Nederland"."""
    match = WORD.fullmatch(told)
    assert match, told
    outcome = OUTCOMES[match[2]]
    strength = 0 if outcome is Outcome.SIMILAR else STRENGTHS[match[1]]
    given = made_up.verdict(outcome, strength, "test" if basis == "test" else "band")
    return [(given, place) for place in match[3].split(" en ")]


def claim(facts: Facts) -> str:
    told = [facts[name] for name in ("verdict", "first", "second") if name in facts]
    return sentences.claims([p for t in told for p in verdicts(t, facts["basis"])], WORDS)


def unsure(facts: Facts) -> str:
    given = made_up.verdict(Outcome.UNCERTAIN, 0, "test")
    given = dataclasses.replace(given, chance=facts["why"] == "chance")
    return sentences.claims([(given, facts["place"])], WORDS)


def case(facts: Facts) -> str:
    given = made_up.verdict(Outcome.FAVOURABLE, 2, "test" if facts["basis"] == "test" else "band")
    one = made_up.topic(made_up.LONELY, 40.0, 46.0, 47.0, given, given)
    topics: list[Topic] = [one] if facts["number"] == "one" else [one, one]
    place = facts.get("place", "de gemeente")
    return sentences.case_line(facts["list"], facts["case"], topics, place, WORDS)


def overall(facts: Facts) -> str:
    counts = facts["counts"]
    told = re.findall(r"(\d+) (\w+)", counts) or [(facts.get("total", "1"), counts.split()[0])]
    here = "de gemeente" in counts or facts["spot"] == "next"
    topics: list[Topic] = []
    for number, word in told:
        strength = 0 if word == "vergelijkbaar" else 1
        basis: Literal["test", "band"] = "test" if facts["basis"] == "test" else "band"
        given = made_up.verdict(OUTCOMES[word], strength, basis)
        one = made_up.topic(made_up.LONELY, 40.0, 46.0, 47.0, given, given)
        topics += [one if here else dataclasses.replace(one, against_gemeente=None)] * int(number)
    return topics_told(topics, NAMES, WORDS)[facts["spot"] == "next"]


def scored(**changes: Any) -> DomainScore:
    return dataclasses.replace(made_up.score(made_up.SOCIAL, 4.1), **changes)


def robust(word: str, flips: str = "") -> Robustness | None:
    return None if word == "unknown" else Robustness(Steadiness(word), 0.8, 218, flips)


def score(facts: Facts) -> str:
    told = facts.get("verdict")
    outcome = Outcome(facts["outcome"])
    given = made_up.verdict(outcome, 0, "test" if facts["basis"] == "test" else "band")
    if told:
        given = verdicts(told, facts["basis"])[0][0]
        assert given.outcome is outcome
    given = dataclasses.replace(given, robustness=robust(facts["robustness"]))
    line = sentences.score_line(scored(against_country=given), NAMES, WORDS)
    before = WORDS("domain.score", score="4,1", country="Nederland")
    assert line.startswith(before)
    return line.removeprefix(before).strip()


def robustness(facts: Facts) -> str:
    slot = made_up.SOCIAL.slots[0].model_copy(update={"title": facts.get("slot", "eenzaamheid")})
    flips = slot.id if facts["flips"] == "named" else ""
    given = dataclasses.replace(made_up.SIMILAR, robustness=robust(facts["word"], flips))
    slots = (SlotScore(slot, 0.1, (), ()),)
    return sentences.robustness(scored(against_country=given, slots=slots), WORDS, slot=True)


def interval(facts: Facts) -> str:
    limits = {k: float(facts[k].replace(",", ".")) for k in ("lower", "upper") if k in facts}
    return sentences.interval(scored(interval=facts["interval"], **limits), WORDS)


def changed(facts: Facts, **more: Any) -> tuple[Trend, Topic]:
    first, last = float(facts.get("first", facts.get("last", 39))), float(facts.get("last", 49))
    period = (facts.get("start", "2012"), facts.get("end", "2020"))
    points = tuple(
        TrendPoint(p, made_up.figure(made_up.LONELY, v, period=p), None)
        for p, v in zip(period, (first, last), strict=True)
    )
    given = facts["basis"] == "test"
    outcome: Any = facts["change"]
    change = Change(*period, last - first, given, outcome)
    trend = Trend("eenzaam", points, given, change, **more)
    return trend, made_up.topic(made_up.LONELY, last, 46.0, 47.0)


def trend(facts: Facts) -> str:
    return sentences.trend_sentence(*changed(facts), WORDS)


def placing(facts: Facts) -> str:
    outcome: Any = facts["change"]
    place = Placing(outcome, 10, facts["basis"] == "test", facts["basis"] == "model")
    found, _ = changed(facts, placing=place)
    return sentences.placing_sentence(found, facts["gemeente"], WORDS)


def chance(facts: Facts) -> str:
    expected = {"none": 0.3, "one": 1.0}.get(facts["expected"]) or float(facts["by_chance"])
    found = Comparisons(int(facts["tested"]), expected, 5, 0, 0.05)
    return tested.chance_note(made_up.profile(tests=found), WORDS)


def withdrawn(facts: Facts) -> str:
    number = int(facts.get("number", 0 if facts["count"] == "none" else 1))
    note = tested.chance_note(made_up.profile(tests=Comparisons(40, 2.0, 5, number, 0.05)), WORDS)
    return note.removeprefix(chance({"expected": "more", "tested": "40", "by_chance": "2"})).strip()


def rest(facts: Facts) -> str:
    given = dataclasses.replace(made_up.SIMILAR, rest=True)
    of = facts["of"]
    verdict: dict[str, Any] = {f"against_{of}": given}
    topics = {"eenzaam": dataclasses.replace(made_up.topics()["eenzaam"], **verdict)}
    names = dataclasses.replace(NAMES, the=facts["kind"], **{of: facts["place"]})
    return tested.rest_note(made_up.profile(topics=topics), names, WORDS)


def margins(facts: Facts) -> str:
    tables = facts["tables"]
    bases: dict[str, tuple[Any, Any]] = {
        "none": ("band", "band"), "some": ("test", "band"), "all": ("test", "test")
    }  # fmt: skip
    topics = {}
    for of, basis in zip((made_up.LONELY, made_up.SMOKES), bases[tables], strict=True):
        given = dataclasses.replace(made_up.SIMILAR, basis=basis)
        source = "rivm-gezondheid" if of is made_up.LONELY else "cbs-kwb"
        figure = made_up.figure(of, 40.0, source=source)
        topics[of.id] = made_up.topic(of, 40.0, 46.0, 47.0, given, given, figure=figure)
    narrow = facts["room"] == "narrow"
    return tested.margins_note(made_up.profile(topics=topics), WORDS, narrow=narrow)


SPEAKERS: dict[str, Callable[[Facts], str]] = {
    "claim": claim, "unsure": unsure, "case": case, "overall": overall, "score": score,
    "robustness": robustness,
    "interval": interval, "trend": trend, "placing": placing, "chance": chance,
    "withdrawn": withdrawn, "rest": rest, "margins": margins,
}  # fmt: skip


def examples() -> Iterator[tuple[str, Facts, str]]:
    found = SentenceRules.model_validate(yaml.safe_load(TEXT))
    for kind, rules in found.sentences.items():
        for rule in rules:
            for example in rule.examples:
                facts = {fact: SENTENCES[kind].facts[fact][0] for fact in SENTENCES[kind].facts}
                facts |= {fact: rule.values(fact)[0] for fact in rule.when}
                yield kind, facts | example.given, example.says


@pytest.mark.parametrize(("kind", "facts", "says"), list(examples()))
def test_the_program_says_what_the_example_says(kind: str, facts: Facts, says: str) -> None:
    assert SPEAKERS[kind](facts) == " ".join(says.split())


def test_every_kind_of_sentence_has_rules_and_a_speaker() -> None:
    assert set(SPEAKERS) == set(SENTENCES)


# --- firm and careful -------------------------------------------------------------------------


def said(kind: str) -> list[tuple[Facts, str]]:
    table = WORDS.say.table
    return [(facts, table[kind, tuple(facts.items())]) for facts in SENTENCES[kind].cases()]


@pytest.mark.parametrize("kind", ["claim", "case", "score"])
def test_no_claim_by_band_is_firm(kind: str) -> None:
    firm = re.compile(r"\b(is|zijn) (\{verdict\}|\{first\}|\w*gunstiger)")
    assert [s for facts, s in said(kind) if facts["basis"] == "test" and firm.search(s)]
    assert not [s for facts, s in said(kind) if facts["basis"] == "band" and firm.search(s)]


def test_a_count_over_everything_is_firm_only_where_it_was_tested() -> None:
    for facts, sentence in said("overall"):
        assert bool(re.search(r"\blijk(t|en)\b", sentence)) == (facts["basis"] == "band")
        assert bool(re.search(r"\b(is|zijn)\b", sentence)) == (facts["basis"] == "test")


def test_a_score_is_firm_only_when_it_was_tested_and_steady() -> None:
    firm = {(f["basis"], f["robustness"]) for f, s in said("score") if s.startswith("Dat is {v")}
    assert firm == {("test", "steady")}


def test_a_change_that_was_not_tested_says_so_or_tells_two_figures_only() -> None:
    for facts, sentence in said("trend"):
        if facts["basis"] == "described":
            assert "niet getoetst" in sentence or facts["change"] == "same"
    for facts, sentence in said("placing"):
        assert ("niet getoetst" in sentence) == (facts["basis"] != "test")


# --- what is wrong with a rule, and where -------------------------------------------------------

INTERVAL_NONE = """    - when: {interval: none}
      say: ""
      examples:
        - {says: ""}
"""
FIRST = "    - when: {why: margin}\n"


def problems(root: Path, old: str, new: str) -> list[str]:
    """What reading the config says when ``old`` in the shipped rules is ``new``."""
    assert TEXT.count(old) == 1
    path = root / FILE
    path.parent.mkdir(parents=True)
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as failure:
        load(Assets((root, shipped_root())))
    return [str(p) for p in failure.value.problems if "-rules.yaml" in p.where]


def line_of(text: str) -> int:
    return TEXT[: TEXT.index(text)].count("\n") + 1


def test_a_rule_without_an_example_is_refused(tmp_path: Path) -> None:
    bare = INTERVAL_NONE.partition("      examples:")[0]
    (told, *_) = problems(tmp_path, INTERVAL_NONE, bare)
    assert f"{FILE}:{line_of(INTERVAL_NONE)}" in told
    assert "examples: missing" in told


def test_an_unknown_fact_and_an_unknown_value_are_told_with_the_nearest(tmp_path: Path) -> None:
    told = "\n".join(problems(tmp_path, "{why: margin}", "{wy: margin}"))
    assert f"{FILE}:{line_of(FIRST)}" in told
    assert "unknown fact (did you mean 'why'?)" in told
    told = "\n".join(problems(tmp_path / "b", "{why: margin}", "{why: margins}"))
    assert "'margins' is not one of margin, chance (did you mean 'margin'?)" in told


def test_two_rules_about_the_same_facts_are_told_with_both_lines(tmp_path: Path) -> None:
    told = "\n".join(problems(tmp_path, "{why: chance}", "{why: [margin, chance]}"))
    second = line_of("    - when: {why: chance}")
    assert f"{FILE}:{second}" in told
    first = f"{FILE}:{line_of(FIRST)}"
    assert f"overlaps with the rule at {first}: both are about {{why: margin}}" in told


def test_facts_that_no_rule_is_about_are_told(tmp_path: Path) -> None:
    told = "\n".join(problems(tmp_path, INTERVAL_NONE, ""))
    assert "no rule says what to do for {interval: none}" in told


def test_an_example_that_comes_out_otherwise_is_refused(tmp_path: Path) -> None:
    old = 'says: "gevoelig: hangt aan roken"'
    (told,) = problems(tmp_path, old, "says: gevoelig voor roken")
    assert f"{FILE}:{line_of(old)}" in told
    assert "the rule says 'gevoelig: hangt aan roken'" in told


def test_what_is_not_filled_in_is_refused(tmp_path: Path) -> None:
    (told,) = problems(tmp_path, 'say: "gevoelig: hangt aan {slot}"', 'say: "gevoelig: {slto}"')
    assert "{slto} is not filled in here (did you mean 'slot'?)" in told


def test_an_unknown_kind_of_sentence_is_refused(tmp_path: Path) -> None:
    told = "\n".join(problems(tmp_path, "  unsure:\n", "  unsur:\n"))
    assert "not a kind of sentence (did you mean 'unsure'?)" in told
