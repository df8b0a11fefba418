"""Numbers, verdict words and sentences: expected texts were written by hand from method.md."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

import made_up
from wijkprofiel.documents.desk import load_words
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import (
    Change,
    Figure,
    Indicator,
    Outcome,
    Placing,
    Robustness,
    SlotScore,
    Status,
    Steadiness,
    Trend,
    TrendPoint,
)
from wijkprofiel.wording import Words, alt, mapped, names_of, numbers, sentences, verdicts

WORDS = load_words(made_up.config().assets, "nl")
NAMES = names_of(made_up.profile(), WORDS)
EUROS = made_up.indicator(
    "woz-waarde", "WOZ-waarde", unit="thousand-euro", direction="neutral", group="housing"
)
CLASS = made_up.indicator(
    "stedelijkheid", "Stedelijkheid", unit="class", direction="neutral", group="space",
    classes={"2": "sterk stedelijk"},
)  # fmt: skip


def text(of: Indicator, value: float | None, status: Status | None = None) -> str:
    return numbers.printed(made_up.figure(of, value, status), of, WORDS).text


@pytest.mark.parametrize(
    ("indicator", "value", "expected"),
    [
        (made_up.LONELY, 48.5, "49%"),
        (made_up.LONELY, 47.499, "47%"),
        (made_up.LONELY, 0.0, "0%"),
        (made_up.LONELY, 100.0, "100%"),
        (made_up.PEOPLE, 33328.0, "33.330"),
        (made_up.PEOPLE, 2.0, "0"),
        (made_up.GP, 0.75, "0,8\u00a0km"),
        (made_up.GP, 1.0, "1,0\u00a0km"),
        (EUROS, 345.0, "€ 345.000"),
        (CLASS, 2.0, "sterk stedelijk"),
    ],
)
def test_numbers_are_written_as_dutch_writes_them(
    indicator: Indicator, value: float, expected: str
) -> None:
    assert text(indicator, value) == expected


def test_five_reasons_for_no_number_and_zero_are_six_different_texts() -> None:
    reasons = [status for status in Status if status is not Status.OK]
    told = [text(made_up.LONELY, None, status) for status in reasons]
    assert told == [
        "onbekend", "te weinig mensen", "niet van toepassing", "niet gemeten",
        "niet in deze gegevens",
    ]  # fmt: skip
    assert text(made_up.LONELY, 0.0) not in told


def test_a_suppressed_value_is_not_printed_even_when_it_is_still_there() -> None:
    leak = Figure("eenzaam", "2020", 12.0, Status.SUPPRESSED, lower=8.0, upper=16.0)
    assert "12" not in repr(numbers.printed(leak, made_up.LONELY, WORDS))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([67.3, 47.0], [(7, 10), (5, 10)]),
        ([48.9, 47.0], [(49, 100), (47, 100)]),  # both would be 5 of 10
        ([50.4, 47.0, 30.0], [(50, 100), (47, 100), (30, 100)]),
        ([15.0, 40.0], [(15, 100), (40, 100)]),  # ten figures suit 20 to 94
        ([95.0, 50.0], [(95, 100), (50, 100)]),
        ([4.4, 3.0], [(4, 100), (3, 100)]),
        ([62.0], [(6, 10)]),
    ],
)
def test_compared_shares_are_told_of_ten_only_when_they_differ_there(
    values: list[float], expected: list[tuple[int, int]]
) -> None:
    assert [(f.count, f.of) for f in numbers.frequencies(values)] == expected


@given(st.lists(st.floats(0, 100), min_size=1, max_size=3))
def test_frequencies_share_one_whole_and_stay_within_it(values: list[float]) -> None:
    found = numbers.frequencies(values)
    assert len({f.of for f in found}) == 1
    assert all(0 <= f.count <= f.of for f in found)
    if found[0].of == 10:
        # the first is compared with the others; those are not compared with each other
        assert found[0].count not in {f.count for f in found[1:]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.0, "Geen volwassenen roken."),
        (0.3, "Bijna geen volwassenen roken."),
        (1.2, "Heel weinig volwassenen roken: ongeveer 1 van de 100."),
        (3.0, "Ongeveer 3 van de 100 volwassenen roken."),
        (67.0, "Ongeveer 7 van de 10 volwassenen roken."),
        (99.6, "Bijna alle volwassenen roken."),
        (100.0, "Alle volwassenen roken."),
    ],
)
def test_a_headline_tells_nearly_none_and_nearly_all_in_words(value: float, expected: str) -> None:
    topic = made_up.topic(made_up.SMOKES, value, None, 45.0, None)
    assert sentences.headline(topic, NAMES, WORDS).text == expected


def test_headline_compares_and_claims_with_care_without_margins() -> None:
    told = sentences.headline(made_up.topics()["eenzaam"], NAMES, WORDS)
    assert told.text == "Ongeveer 49 van de 100 volwassenen voelen zich eenzaam."
    assert told.compared == "In de gemeente zijn dat er 46 van de 100, in Nederland 47."
    assert told.claim == (
        "Dat lijkt iets ongunstiger dan de gemeente en vergelijkbaar met Nederland."
    )


def test_words_are_firm_only_after_a_test() -> None:
    tested = made_up.verdict(Outcome.FAVOURABLE, 2, "test", 1.2)
    topic = made_up.topic(made_up.LONELY, 40.0, 46.0, 47.0, tested, tested)
    assert sentences.claim(topic, NAMES, WORDS) == (
        "Dat is gunstiger dan de gemeente en Nederland."
    )
    careful = dataclasses.replace(topic, against_gemeente=dataclasses.replace(tested, basis="band"))
    assert sentences.claim(careful, NAMES, WORDS).startswith("Dat lijkt ")


def test_an_uncertain_difference_is_said_to_be_uncertain() -> None:
    unsure = made_up.verdict(Outcome.UNCERTAIN, 0, "test", 0.8)
    topic = made_up.topic(made_up.LONELY, 50.0, None, 47.0, None, unsure)
    assert sentences.claim(topic, NAMES, WORDS) == (
        "Of dat echt anders is dan Nederland, is niet zeker."
    )


def test_a_difference_that_chance_may_explain_is_said_to_be_so() -> None:
    unsure = made_up.verdict(Outcome.UNCERTAIN, 0, "test", 0.8)
    lucky = dataclasses.replace(unsure, chance=True)
    topic = made_up.topic(made_up.LONELY, 50.0, 46.0, 47.0, lucky, unsure)
    assert sentences.claim(topic, NAMES, WORDS) == (
        "Of dat echt anders is dan Nederland, is niet zeker. "
        "Het verschil met de gemeente kan toeval zijn."
    )


def test_the_most_telling_topic_differs_most_from_the_gemeente_and_is_judged() -> None:
    found = made_up.topics()
    caring = dataclasses.replace(
        found["mantelzorger"], against_gemeente=made_up.verdict(Outcome.HIGHER, 3, z=2.5)
    )
    assert sentences.most_telling([found["rokers"], caring, found["eenzaam"]]) is found["eenzaam"]
    # a topic without a phrase makes a headline only where there is nothing else
    assert sentences.most_telling([found["inwoners"]]) is found["inwoners"]
    unknown = made_up.topic(made_up.LONELY, None, 46.0, 47.0)
    assert sentences.most_telling([unknown]) is None


@pytest.mark.parametrize(
    ("outcome", "strength", "word", "sign"),
    [
        (Outcome.FAVOURABLE, 1, "iets gunstiger", "g"),
        (Outcome.FAVOURABLE, 2, "gunstiger", "g"),
        (Outcome.UNFAVOURABLE, 3, "veel ongunstiger", "o"),
        (Outcome.SIMILAR, 0, "vergelijkbaar", "v"),
        (Outcome.UNCERTAIN, 0, "niet zeker", "n"),
        (Outcome.LOWER, 1, "lager", "c"),
        (Outcome.NEUTRAL_SIMILAR, 0, "vergelijkbaar", "c"),
        (Outcome.NONE, 0, "geen gegevens", "x"),
    ],
)
def test_each_verdict_has_its_word_and_its_sign(
    outcome: Outcome, strength: int, word: str, sign: str
) -> None:
    verdict = made_up.verdict(outcome, strength)
    assert (verdicts.word(verdict, WORDS), verdicts.sign(verdict)) == (word, sign)


def test_neutral_topics_are_never_called_good_or_bad() -> None:
    neutral = [Outcome.HIGHER, Outcome.LOWER, Outcome.NEUTRAL_SIMILAR]
    told = [verdicts.word(made_up.verdict(o, s), WORDS) for o in neutral for s in (1, 2, 3)]
    assert not any("gunstig" in word for word in told)


def test_a_change_is_described_and_says_that_it_was_not_tested() -> None:
    topic = made_up.topics()["eenzaam"]
    assert topic.trend is not None
    assert sentences.trend_sentence(topic.trend, topic, WORDS) == "Van 39 naar 49%, niet getoetst."
    ends = (topic.trend.points[0], dataclasses.replace(topic.trend.points[0], period="2020"))
    same = Trend("eenzaam", ends)
    assert sentences.trend_sentence(same, topic, WORDS) == "In 2012 en 2020: 39%."
    single = Trend("eenzaam", topic.trend.points[:1])
    assert sentences.trend_sentence(single, topic, WORDS) == ""


def test_a_tested_change_is_told_firmly_and_its_place_says_what_it_rests_on() -> None:
    topic = made_up.topics()["eenzaam"]
    assert topic.trend is not None
    rise = Change("2012", "2020", 9.5, tested=True, outcome="rise", method="two-periods")
    trend = dataclasses.replace(topic.trend, change=rise, tested=True)
    assert sentences.trend_sentence(trend, topic, WORDS) == "Gestegen van 39 naar 49% (getoetst)."
    unclear = dataclasses.replace(trend, change=dataclasses.replace(rise, outcome="unclear"))
    assert sentences.trend_sentence(unclear, topic, WORDS) == (
        "Van 39 naar 49%: dat kan toeval zijn."
    )
    fall = dataclasses.replace(trend, change=dataclasses.replace(rise, outcome="fall"))
    assert sentences.trend_sentence(fall, topic, WORDS) == "Van 39 naar 49%: dat kan toeval zijn."
    equal = dataclasses.replace(
        trend, points=(trend.points[0], dataclasses.replace(trend.points[0], period="2020"))
    )
    assert sentences.trend_sentence(equal, topic, WORDS) == "In 2012 en 2020: 39%."
    assert sentences.placing_sentence(trend, "Voorbeeldstad", WORDS) == ""
    model = Placing("rise", 10, tested=False, model_figures=True)
    placed = dataclasses.replace(trend, placing=model)
    assert sentences.placing_sentence(placed, "Voorbeeldstad", WORDS) == (
        "Volgens de modelcijfers is dat de sterkste stijging van alle wijken in Voorbeeldstad, "
        "niet getoetst."
    )
    assert sentences.placing_sentence(placed, "", WORDS) == ""


def test_an_own_area_says_who_computed_it_and_by_what_weight() -> None:
    topics = dict(made_up.topics())
    figure = dataclasses.replace(
        topics["eenzaam"].figure, derived=True, weight="inwoners van 15 jaar en ouder, 2024",
        coverage=0.8,
    )  # fmt: skip
    topics["eenzaam"] = dataclasses.replace(topics["eenzaam"], figure=figure)
    note = sentences.derived_note(made_up.profile(topics=topics), WORDS)
    assert "berekend door wijkprofiel, niet gepubliceerd door RIVM" in note
    assert "Gewogen naar inwoners van 15 jaar en ouder, 2024; de cijfers zijn van 2020." in note
    assert "80%" in note
    assert sentences.derived_note(made_up.profile(), WORDS) == ""


def test_a_changed_and_a_new_wijk_are_named() -> None:
    area = made_up.own_area(matches={"WK990101": "changed"})
    (changed,) = sentences.boundary_notes(made_up.profile(area=area), WORDS)
    assert changed.startswith("Molenwijk: de grenzen van 2020 en 2024 verschillen.")
    assert changed.endswith("De cijfers gaan over de grenzen van 2020.")
    new = made_up.own_area(matches={"WK990101": "new"})
    assert "nieuw sinds 2020" in sentences.boundary_notes(made_up.profile(area=new), WORDS)[0]
    assert sentences.boundary_notes(made_up.profile(), WORDS) == []


def test_why_there_is_no_gemeente_to_compare_with() -> None:
    whole = made_up.own_area(gemeente=None)
    assert "hele gemeente" in sentences.comparator_note(made_up.profile(area=whole), WORDS)
    both = (made_up.GEMEENTE, dataclasses.replace(made_up.GEMEENTE, code="GM9902"))
    across = made_up.own_area(gemeente=None, gemeenten=both)
    assert "meer dan één gemeente" in sentences.comparator_note(made_up.profile(area=across), WORDS)
    assert sentences.comparator_note(made_up.profile(), WORDS) == ""


def test_the_statement_about_model_figures_is_the_one_of_the_method() -> None:
    assert " ".join(WORDS("note.model", producer="RIVM").split()) == (
        "Deze cijfers zijn berekend met een rekenmodel van het RIVM. Ze zijn niet geteld in de "
        "wijk. Gebruik ze voorzichtig: niet om te zien of een project werkt, en niet om buurten "
        "tot achter de komma te vergelijken."
    )


@pytest.mark.parametrize("avoided", ["prevalentie", "significant", "problematiek", "doelgroep"])
def test_no_text_uses_a_word_that_readers_trip_over(avoided: str) -> None:
    told = {key: text for key, text in WORDS.texts.items() if key != "folder.avoid"}
    told |= {f"{kind} {case}": text for (kind, case), text in WORDS.say.table.items()}
    assert not [key for key, text in told.items() if avoided in text.lower()]


def test_alternative_texts_tell_the_figures_and_the_verdict() -> None:
    told = alt.topic_alt(made_up.topics()["eenzaam"], NAMES, WORDS)
    for part in ("Molenwijk 49%", "gemeente Voorbeeldstad 46%", "Nederland 47%", "ongunstiger"):
        assert part in told
    assert "tussen 42% en 52%" in told


def test_a_domains_text_tells_margin_robustness_and_gemeente() -> None:
    sensitive = Robustness(Steadiness.SENSITIVE, 0.4, 218, "eenzaam", 0.9)
    given = dataclasses.replace(made_up.verdict(Outcome.UNFAVOURABLE, 1), robustness=sensitive)
    slots = (SlotScore(made_up.SOCIAL.slots[0], -0.5, ("eenzaam",), ()),)
    score = dataclasses.replace(
        made_up.score(made_up.SOCIAL, 4.1, given), interval="complete", lower=3.5, upper=4.7,
        slots=slots, gemeente_z=0.06,
    )  # fmt: skip
    # 5 + 5 × 0.06 / 3 = 5.1
    assert alt.domain_alt(score, NAMES, WORDS) == (
        "Sociale omgeving: score 4,1, iets ongunstiger dan Nederland. Marge 3,5–4,7. "
        "Gevoelig: hangt aan eenzaam. De score van gemeente Voorbeeldstad is 5,1."
    )
    partly = dataclasses.replace(score, interval="incomplete", lower=None, upper=None)
    assert "Interval niet volledig." in alt.domain_alt(partly, NAMES, WORDS)


def test_similar_wijken_are_told_where_the_project_asks_for_them() -> None:
    topic = dataclasses.replace(
        made_up.topics()["eenzaam"], similar=made_up.figure(made_up.LONELY, 52.0),
        against_similar=made_up.verdict(Outcome.FAVOURABLE, 1, z=0.6),
    )  # fmt: skip
    told = alt.topic_alt(topic, NAMES, WORDS)
    assert "wijken die erop lijken 52%" in told
    assert "Dat lijkt iets gunstiger dan wijken die erop lijken." in told


def test_an_alternative_text_tells_why_there_is_no_figure() -> None:
    topic = made_up.topic(made_up.LONELY, None, 46.0, 47.0)
    assert "Molenwijk onbekend" in alt.topic_alt(topic, NAMES, WORDS)


def test_the_map_says_every_value_and_what_is_missing() -> None:
    profile = made_up.profile()
    told = mapped.choropleth_alt(made_up.area_map(), made_up.LONELY, profile, WORDS)
    assert "Molenwijk 49%" in told
    assert told.endswith("Zonder cijfer: Havenwijk.")


def test_a_map_without_the_outline_of_the_area_says_in_which_wijk_it_lies() -> None:
    drawn = made_up.area_map()
    around = dataclasses.replace(drawn.wijken[0], name="Polder", own=False, contains_own=True)
    held = dataclasses.replace(
        drawn, wijken=(around, *(w for w in drawn.wijken[1:] if not w.own)), approximate=True
    )
    profile = made_up.profile(map=held)
    told = mapped.locator_alt(held, profile, WORDS)
    assert "Molenwijk ligt in de wijk Polder (gearceerd)." in told
    assert "gemarkeerd" not in told
    silhouette = mapped.silhouette_alt(profile, WORDS)
    assert silhouette.startswith("Omtrek van de wijk Polder, waarin Molenwijk ligt.")
    value = f"Polder {around.value:.0f}%" if around.value is not None else "Polder"
    caption = mapped.choropleth_around("Molenwijk", held, made_up.LONELY, WORDS)
    assert caption.startswith(f"Molenwijk ligt in de wijk met de stippellijn: {value}")
    assert caption in mapped.choropleth_alt(held, made_up.LONELY, profile, WORDS)
    assert mapped.choropleth_around("Molenwijk", drawn, made_up.LONELY, WORDS) == ""
    assert mapped.around_note(made_up.profile(), WORDS) == ""


def test_a_map_tells_the_figure_of_the_area_apart_from_that_of_its_wijk() -> None:
    drawn = made_up.area_map()
    wijk = dataclasses.replace(drawn.wijken[0], name="Polder", own=False, value=54.0)
    whole = dataclasses.replace(wijk, code="molenwijk", name="Molenwijk", own=True, value=59.4)
    inside = dataclasses.replace(drawn, wijken=(wijk,), buurten=(whole,), whole=whole)
    told = mapped.choropleth_alt(inside, made_up.LONELY, made_up.profile(map=inside), WORDS)
    assert "Polder 54%" in told
    assert told.endswith("Binnen de wijk: Molenwijk 59%.")


def test_a_trend_says_every_point() -> None:
    topic = made_up.topics()["eenzaam"]
    assert topic.trend is not None
    gap = TrendPoint("2008", made_up.figure(made_up.LONELY, None, Status.NOT_MEASURED), None)
    trend = Trend("eenzaam", (gap, *topic.trend.points))
    told = alt.trend_alt(trend, made_up.LONELY, NAMES, WORDS)
    assert "niet gemeten in 2008, 39% in 2012, 44% in 2016 en 49% in 2020" in told


def test_an_unknown_text_names_the_nearest_one() -> None:
    with pytest.raises(ConfigError, match=r"did you mean 'status\.unknown'"):
        WORDS("status.unknwon")


def test_a_text_that_asks_for_an_unknown_fact_says_which_text() -> None:
    words = Words({"a": "{nobody} zegt niets"}, "nl.yaml")
    with pytest.raises(ConfigError, match=r"a: .*nobody"):
        words("a", name="x")


def test_leaves_that_are_no_text_are_reported_all_at_once() -> None:
    with pytest.raises(ConfigError) as failure:
        Words.of({"a": {"b": 1}, "c": ["x"]}, "nl.yaml")
    assert len(failure.value.problems) == 2


def test_coverage_says_how_many_topics_and_when_they_are_too_few() -> None:
    assert sentences.coverage_line(made_up.score(made_up.SOCIAL, 4.1), WORDS) == (
        "1 van 1 onderwerpen"
    )
    few = dataclasses.replace(made_up.score(made_up.MEANING, None), present=1)
    assert sentences.coverage_line(few, WORDS) == "1 onderwerp, te weinig"
    none = made_up.score(made_up.MEANING, None)
    assert sentences.coverage_line(none, WORDS) == "0 van 1 onderwerpen"
