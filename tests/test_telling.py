"""Which topic speaks first, and how many topics read what: rules of method.md §3, by hand.

The order was asked for by readers of Alphen Noord: seeing badly (6, 5 and 6 %) led page 1 and noise
of neighbours (9, 8 and 7 %), the only topic worse than both comparators, was left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

import made_up
import sample
from builders import indicator
from test_highlights import topic
from wijkprofiel.documents.desk import load_words
from wijkprofiel.model import Outcome, Status, Topic, Verdict
from wijkprofiel.profile import telling
from wijkprofiel.profile.tally import tally
from wijkprofiel.wording import Words, sentences
from wijkprofiel.wording.overall import topics_told
from wijkprofiel.wording.words import Names

Basis = Literal["test", "band"]
WORSE, BETTER = Outcome.UNFAVOURABLE, Outcome.FAVOURABLE
NAMES = Names("Noord", "Wijk", "de wijk", "deze wijk", "De wijk", "gemeente Dorp", "Nederland")


def words(language: str = "nl") -> Words:
    return load_words(sample.config().assets, language)


def order(outcome: Outcome, *made: Topic) -> list[str]:
    found = sorted(made, key=lambda t: telling.weight(t, outcome), reverse=True)
    return [t.indicator.id for t in found]


# --- which topic speaks first ---------------------------------------------------------------------


def test_worse_than_both_comes_before_a_larger_difference_with_one() -> None:
    one = topic("een", -1.9, country_z=0.1)
    both = topic("twee", -0.6, country_z=-0.6)
    assert order(WORSE, one, both) == ["twee", "een"]


def test_better_than_both_is_the_mirror_of_it() -> None:
    one, both = topic("een", 1.9, country_z=-0.1), topic("twee", 0.6, country_z=0.6)
    assert order(BETTER, one, both) == ["twee", "een"]


def test_then_the_stronger_word_whichever_comparator_it_is_about() -> None:
    slight = topic("iets", -0.9, country_z=-0.9)
    plain = topic("gewoon", -0.6, country_z=-1.1)
    much = topic("veel", -2.1, country_z=-0.6)
    assert order(WORSE, slight, plain, much) == ["veel", "gewoon", "iets"]


def test_then_the_larger_step_of_a_tenth_and_then_more_people() -> None:
    few = topic("weinig", -0.69, value=5.0, direction="worse")
    many = topic("veel", -0.60, value=34.0, direction="worse")
    far = topic("ver", -0.70, value=1.0, direction="worse")
    assert order(WORSE, few, many, far) == ["ver", "veel", "weinig"]


def test_of_a_topic_that_is_better_when_higher_those_without_it_are_the_people() -> None:
    healthy = topic("gezond", -0.6, value=78.0)  # 22 are not
    ill = topic("ziek", -0.6, value=34.0, direction="worse")
    assert order(WORSE, healthy, ill) == ["ziek", "gezond"]
    better = [replace(t, against_gemeente=_verdict(BETTER)) for t in (ill, healthy)]
    assert order(BETTER, *better) == ["gezond", "ziek"]  # 78 against the 66 who are not ill


def _verdict(outcome: Outcome, basis: Basis = "band") -> Verdict:
    strength = 1 if outcome in (WORSE, BETTER) else 0
    return Verdict(outcome, strength, basis, -0.6 if outcome is WORSE else 0.6, "GM0001")


def test_what_is_no_share_of_people_counts_nobody() -> None:
    distance = topic("afstand", -0.6, value=90.0, unit="km", direction="worse")
    share = topic("deel", -0.6, value=2.0, direction="worse")
    assert order(WORSE, distance, share) == ["deel", "afstand"]


def test_the_least_favourable_topic_may_be_worse_than_the_country_alone() -> None:
    """Alphen Noord: overweight 54 % is like its gemeente (51) and worse than the country (51)."""
    drinks = topic("drinkt-weinig", 0.6, country_z=0.6)
    overweight = topic("overgewicht", -0.45, country_z=-0.53)
    assert telling.least_favourable([drinks, overweight]) is overweight
    assert telling.least_favourable([drinks]) is None


def test_a_sensitive_topic_is_never_the_least_favourable() -> None:
    secret = topic("geheim", -3.0, sensitive="Bel 113.")
    assert telling.least_favourable([secret]) is None


def test_the_most_telling_topic_of_a_theme_looks_at_both_comparators() -> None:
    one = topic("een", -0.9, country_z=0.0, phrase="doen een")
    both = topic("twee", 0.6, country_z=0.6, phrase="doen twee")
    assert sentences.most_telling([one, both]) is both


# --- how many topics read what --------------------------------------------------------------------


def some(outcome: Outcome, number: int, basis: Basis = "band") -> list[Topic]:
    verdict = _verdict(outcome, basis)
    made = topic("een", 0.0)
    return [replace(made, against_gemeente=verdict, against_country=verdict)] * number


def test_every_verdict_is_counted_and_the_most_comes_first() -> None:
    found = tally([*some(BETTER, 1), *some(WORSE, 3), *some(Outcome.SIMILAR, 2)], gemeente=True)
    assert found.counts == ((WORSE, 3), (Outcome.SIMILAR, 2), (BETTER, 1))
    assert (found.total, found.tested) == (6, False)


def test_a_topic_without_figure_or_verdict_is_not_counted_nor_one_without_direction() -> None:
    [known] = some(WORSE, 1)
    unknown = replace(known, figure=replace(known.figure, value=None, status=Status.UNKNOWN))
    none = replace(known, against_gemeente=_verdict(Outcome.NONE))
    neutral = replace(known, indicator=indicator("x", "neutral"))
    assert tally([known, unknown, none, neutral], gemeente=True).total == 1


def test_of_as_many_the_favourable_ones_come_first() -> None:
    found = tally([*some(WORSE, 2), *some(Outcome.SIMILAR, 2), *some(BETTER, 2)], gemeente=False)
    assert [outcome for outcome, _ in found.counts] == [BETTER, Outcome.SIMILAR, WORSE]


def test_one_sentence_per_comparator_and_careful_without_margins() -> None:
    every = [*some(WORSE, 14), *some(Outcome.SIMILAR, 12), *some(BETTER, 1)]
    gemeente, country = topics_told(every, NAMES, words())
    assert gemeente.startswith("Van de 27 onderwerpen lijken er 14 ongunstiger dan de gemeente, ")
    assert gemeente.endswith(", 12 vergelijkbaar en 1 gunstiger.")
    assert country == (
        "Tegenover Nederland lijken er 14 ongunstiger, 12 vergelijkbaar en 1 gunstiger."
    )


def test_firm_only_where_all_that_it_counts_was_tested() -> None:
    uncertain = some(Outcome.UNCERTAIN, 2, "test")
    sure = topics_told([*some(WORSE, 3, "test"), *uncertain], NAMES, words())
    assert sure[0] == (
        "Van de 5 onderwerpen zijn er 3 ongunstiger dan de gemeente en 2 niet zeker."
    )
    mixed = topics_told([*some(WORSE, 2), *uncertain, *some(WORSE, 1, "test")], NAMES, words())
    assert mixed[1] == "Tegenover Nederland lijken er 3 ongunstiger en 2 niet zeker."


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (4, "Alle 4 onderwerpen lijken vergelijkbaar met Nederland."),
        (1, "Het enige onderwerp met cijfers lijkt vergelijkbaar met Nederland."),
        (0, "Er zijn hier geen cijfers om te vergelijken."),
    ],
)
def test_an_area_that_is_a_gemeente_has_one_sentence(number: int, told: str) -> None:
    alone = [replace(t, against_gemeente=None) for t in some(Outcome.SIMILAR, number)]
    assert topics_told(alone, NAMES, words()) == (told,)


def test_a_single_largest_count_is_told_in_the_singular() -> None:
    every = [*some(BETTER, 1), *some(WORSE, 1)]
    assert topics_told(every, NAMES, words())[0] == (
        "Van de 2 onderwerpen lijkt er 1 gunstiger dan de gemeente en 1 ongunstiger."
    )


def test_the_same_in_english() -> None:
    every = [*some(WORSE, 2), *some(BETTER, 1)]
    assert topics_told(every, NAMES, words("en")) == (
        "Of the 3 topics there seem to be 2 worse than the municipality and 1 better.",
        "Against Nederland there seem to be 2 worse and 1 better.",
    )


# --- told of those for whom it could be better ----------------------------------------------------


def test_a_headline_that_is_turned_round_tells_what_is_left_of_a_hundred() -> None:
    healthy = made_up.HEALTHY.model_copy(update={"phrase_not": "voelen zich niet zo gezond"})
    made = made_up.topic(healthy, 78.4, 80.6, 78.4)
    told = sentences.headline(made, NAMES, words(), turned=True)
    assert told.text == "Ongeveer 22 van de 100 volwassenen voelen zich niet zo gezond."
    assert told.compared == "In de gemeente zijn dat er 19 van de 100, in Nederland 22."
    plain = made_up.topic(made_up.HEALTHY, 78.4, 80.6, 78.4)
    same = sentences.headline(plain, NAMES, words(), turned=True)
    assert same.text == sentences.headline(plain, NAMES, words()).text
