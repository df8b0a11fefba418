"""Reading level: published examples of Flesch and Flesch-Douma, syllables counted by hand."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import made_up
from wijkprofiel import documents
from wijkprofiel.assets import Assets
from wijkprofiel.config.translate import translate
from wijkprofiel.documents import readable
from wijkprofiel.errors import ConfigError
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
    assert reading.DOUMA.score(words=100, sentences=10, syllables=150) == pytest.approx(
        82.0, abs=0.05
    )


@pytest.mark.parametrize(("score", "level"), DOUMA)
def test_levels_are_those_of_doumas_table(score: float, level: str) -> None:
    assert reading.DOUMA.level(score) == level


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


# R. Flesch, Journal of Applied Psychology 32 (1948), table of the reading ease scores.
FLESCH = [
    (90, "very easy"),
    (89.9, "easy"),
    (79.9, "fairly easy"),
    (69.9, "standard"),
    (60, "standard"),
    (59.9, "fairly difficult"),
    (49.9, "difficult"),
    (29.9, "very difficult"),
]


@pytest.mark.parametrize(("score", "level"), FLESCH)
def test_levels_of_english_are_those_of_flesch(score: float, level: str) -> None:
    assert reading.FLESCH.level(score) == level


PASSAGE = "This sentence, taken as a reading passage unto itself, is being used to prove a point."


def test_a_published_count_of_english_has_its_published_score() -> None:
    # Wikipedia, Flesch-Kincaid readability tests: "The Australian platypus is seemingly a hybrid
    # of a mammal and reptilian creature": 13 words, 24 syllables, 37.5.
    score = reading.FLESCH.score(words=13, sentences=1, syllables=24)
    assert score == pytest.approx(37.5, abs=0.05)


@pytest.mark.parametrize(
    ("text", "counts", "score"),
    [
        # Syllables by hand; the scores are those of the same article: 116 and 69.
        ("The cat sat on the mat.", (6, 1, 6), 116),
        (PASSAGE, (16, 1, 23), 69),
    ],
)
def test_published_examples_of_english(text: str, counts: tuple[int, int, int], score: int) -> None:
    found = reading.measure([text], reading.FLESCH)
    assert (found.words, found.sentences, found.syllables) == counts
    assert round(found.score or 0) == score


@pytest.mark.parametrize(
    ("word", "count"),
    [
        # Counted by hand, as the New Oxford Dictionary divides and pronounces them.
        ("the", 1), ("feel", 1), ("make", 1), ("lived", 1), ("smoke", 1), ("worse", 1),
        ("centre", 2), ("table", 2), ("wanted", 2), ("houses", 2), ("changes", 2), ("people", 2),
        ("science", 2), ("quiet", 2), ("being", 2), ("closely", 2), ("lonely", 2), ("client", 2),
        ("friend", 1), ("dialogue", 3), ("patient", 2), ("social", 2), ("region", 2),
        ("area", 3), ("areas", 3), ("idea", 3), ("health", 1), ("adults", 2), ("older", 2),
        ("neighbourhood", 3), ("residents", 3), ("loneliness", 3), ("overweight", 3),
        ("usually", 4), ("various", 3), ("population", 4), ("experience", 4), ("diary", 3),
        ("association", 5), ("municipality", 6), ("don’t", 1), ("well-being", 3), ("GGD", 3),
    ],
)  # fmt: skip
def test_syllables_of_english(word: str, count: int) -> None:
    assert reading.syllables(word, reading.FLESCH) == count


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
    plain = reading.DOUMA.score(100, 10, 150)
    assert reading.DOUMA.score(100, 5, 150) < plain
    assert reading.DOUMA.score(100, 10, 200) < plain


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


def english(body: str) -> list[Finding]:
    config = translate(made_up.config(), "en")
    spec = config.documents["folder"]
    made = documents.make(made_up.profile(), spec, config)
    html = f"<html><head><title>x</title></head>{body}</html>"
    return readable.findings(dataclasses.replace(made, html=html), spec, config)


def test_a_folder_in_english_is_measured_as_english() -> None:
    # 206.835 - 1.015 * 6 - 84.6 * 6/6 = 116.1, by hand; Flesch-Douma would give 124.
    [found] = english("<body><p>The cat sat on the mat.</p></body>")
    assert (found.code, found.severity) == ("reading-level", Severity.INFO)
    assert "Flesch 116 (very easy; from 60 on" in found.message
    hard = "Municipal organisations facilitated multidisciplinary associations."
    found = english(f"<body><p>{hard}</p></body>")[0]
    assert (found.code, found.severity) == ("reading-level", Severity.WARNING)


def test_the_folder_itself_is_plain_in_english() -> None:
    config = translate(made_up.config(), "en")
    spec = config.documents["folder"]
    made = documents.make(made_up.profile(), spec, config)
    levels = [f for f in readable.findings(made, spec, config) if f.code == "reading-level"]
    assert [level.severity for level in levels] == [Severity.INFO], levels


def test_a_formula_that_is_not_there_is_told_with_the_known_ones(tmp_path: Path) -> None:
    made = documents.make(made_up.profile(), made_up.config().documents["folder"], made_up.config())
    words = tmp_path / "configs" / "wording" / "nl.yaml"
    words.parent.mkdir(parents=True)
    text = made_up.config().assets.find("configs/wording/nl.yaml").read_text(encoding="utf-8")
    words.write_text(text.replace("formula: flesch-douma", "formula: flesh"), encoding="utf-8")
    (tmp_path / "wijkprofiel.yaml").touch()
    config = dataclasses.replace(made_up.config(), assets=Assets.of(tmp_path))
    with pytest.raises(ConfigError, match=r"'flesh' is not a formula.*did you mean 'flesch'"):
        readable.findings(made, config.documents["folder"], config)


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
