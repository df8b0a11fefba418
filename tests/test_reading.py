"""Reading level: published examples of the Flesch-Douma formula, syllables counted by hand."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import made_up
from wijkprofiel import documents
from wijkprofiel.documents import readable
from wijkprofiel.model import Finding, Severity
from wijkprofiel.wording import reading

# W.H. Douma's table, as printed in Taalbeheersing (1977), dbnl.org/tekst/_taa014197701_01.
DOUMA = [
    (95, "very easy"),
    (90, "very easy"),
    (89.9, "easy"),
    (75, "fairly easy"),
    (60, "normal"),
    (59.9, "fairly difficult"),
    (45, "fairly difficult"),
    (44.9, "difficult"),
    (29.9, "very difficult"),
    (-20, "very difficult"),
]


def test_the_example_of_yoast_has_its_published_score() -> None:
    # YoastSEO.js 1.x, spec/researches/calculateFleschReadingDutchSpec.js: "68.3". It writes the
    # constant as 206.84; Wikipedia and Douma's readers as 206.835: 0.005 apart.
    text = reading.measure(["Een stukje tekst om scores te berekenen."])
    assert (text.words, text.sentences, text.syllables) == (7, 1, 12)
    assert text.score is not None
    assert f"{text.score:.1f}" == "68.3"


def test_the_formula_is_that_of_douma_per_hundred_words() -> None:
    # Printed form: 206.8 - 0.77 wl - 0.93 zl, wl the syllables per hundred words, by hand:
    # wl 150, zl 10 gives 206.8 - 115.5 - 9.3 = 82.0.
    assert reading.flesch_douma(words=100, sentences=10, syllables=150) == pytest.approx(
        82.0, abs=0.05
    )


@pytest.mark.parametrize(("score", "level"), DOUMA)
def test_levels_are_those_of_doumas_table(score: float, level: str) -> None:
    assert reading.level(score) == level


@pytest.mark.parametrize(
    ("word", "count"),
    [
        # Counted by hand, by the rules of hyphenation in the Woordenlijst.
        ("u", 1), ("de", 1), ("wijk", 1), ("buurt", 1), ("zee", 1), ("huis", 1), ("week", 1),
        ("over", 2), ("idee", 2), ("moeite", 2), ("ruzie", 2), ("leeftijd", 2), ("mooie", 2),
        ("iedereen", 3), ("radio", 3), ("ideeën", 3), ("museum", 3), ("gemeente", 3),
        ("gezondheid", 3), ("ongeveer", 3), ("bewoners", 3), ("uitkering", 3), ("sociaal", 3),
        ("volwassenen", 4), ("wijkdialoog", 4), ("vergelijkbaar", 4), ("ongunstiger", 4),
        ("industrieën", 4), ("organisatie", 5), ("eenzaamheid", 3), ("zo’n", 1), ("GGD", 3),
        ("beïnvloeden", 4), ("huis-aan-huis", 3),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert reading.syllables(word) == count


def test_labels_and_numbers_are_no_sentences_and_no_words() -> None:
    text = reading.measure(["Wanneer", "12 maart", "Er wonen 33.330 mensen. Kom u ook?"])
    assert (text.sentences, text.words, text.longest) == (2, 6, 3)


def test_a_colon_and_a_closing_quote_end_a_sentence() -> None:
    text = reading.measure(["„Ik woon hier fijn.” Zij zegt: kom langs!"])
    assert text.sentences == 3


@given(st.lists(st.text(max_size=60), max_size=6))
def test_counting_never_fails_and_a_word_has_a_syllable(texts: list[str]) -> None:
    counted = reading.measure(texts)
    assert counted.syllables >= counted.words >= counted.sentences >= 0
    assert (counted.score is None) == (counted.sentences == 0)


def test_longer_sentences_and_longer_words_read_harder() -> None:
    plain = reading.flesch_douma(100, 10, 150)
    assert reading.flesch_douma(100, 5, 150) < plain
    assert reading.flesch_douma(100, 10, 200) < plain


def test_avoided_words_are_found_whole_and_with_every_ending_that_the_star_allows() -> None:
    found = reading.avoided(
        "De Prevalentie van indicatoren is integraal, niet integrale.", "prevalentie*, integraal"
    )
    assert list(found) == ["Prevalentie", "integraal"]
    assert list(reading.avoided("Alles mag.", "")) == []


# --- findings ----------------------------------------------------------------------


def found_in(body: str) -> list[Finding]:
    """What is found in a folder with this body."""
    config = made_up.config()
    spec = config.documents["folder"]
    made = documents.make(made_up.profile(), spec, config)
    html = f"<html><head><title>x</title></head>{body}</html>"
    return readable.findings(dataclasses.replace(made, html=html), spec, config)


def test_a_document_for_professionals_is_not_measured() -> None:
    config = made_up.config()
    made = documents.make(made_up.profile(), config.documents["factsheet"], config)
    assert readable.findings(made, config.documents["factsheet"], config) == []


def test_the_level_is_a_finding_with_its_numbers() -> None:
    [found] = found_in("<body><p>Een stukje tekst om <b>scores</b> te berekenen.</p></body>")
    assert (found.code, found.severity) == ("reading-level", Severity.INFO)
    assert "Flesch-Douma 68 (normal" in found.message
    assert "7.0 words per sentence (longest 7)" in found.message
    assert "1.71 syllables per word" in found.message


def test_a_hard_text_is_a_warning() -> None:
    hard = "De gemeentelijke organisatie ondersteunt volwassenen bij gezondheidsvaardigheden."
    [found] = found_in(f"<body><p>{hard}</p></body>")
    assert found.severity is Severity.WARNING


def test_a_word_of_the_list_is_a_warning_that_names_its_text() -> None:
    body = "<body><h2>De doelgroep</h2><svg><title>prevalentie</title></svg></body>"
    found = [f for f in found_in(body) if f.hint]
    assert [(f.code, f.severity) for f in found] == [("reading-word", Severity.WARNING)]
    assert found[0].message == "'doelgroep' stands in: De doelgroep"


def test_the_words_that_the_house_avoids_are_on_the_list() -> None:
    words = made_up.config().wording["nl"]["folder"]["avoid"]
    house = ["prevalentie", "significant", "indicator", "problematiek", "doelgroep", "interventie"]
    for word in house:
        assert list(reading.avoided(word, words)) == [word]


def test_nothing_that_the_program_says_itself_is_on_the_list() -> None:
    config = made_up.config()
    words = config.wording["nl"]["folder"]
    own = [*leaves({k: v for k, v in words.items() if k != "avoid"})]
    own += config.documents["folder"].texts.values()
    own += [p for i in config.indicators.values() for p in (i.phrase, i.phrase_not) if p]
    found = {word: text for text in own for word in reading.avoided(text, words["avoid"])}
    assert found == {}


def leaves(tree: object) -> list[str]:
    if isinstance(tree, dict):
        return [text for value in tree.values() for text in leaves(value)]
    return [re.sub(r"\{\w+\}", "", str(tree))]
