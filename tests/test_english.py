"""English: the same documents in a second language, so that no text is buried in code.

What Dutch is follows from the configs: words that stand in the Dutch texts and in no English one.
"""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

import sample
import tiny_project as tiny
from terminal import run
from test_accessibility import checked
from wijkprofiel import documents
from wijkprofiel.assets import shipped_root
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.config import Config, load
from wijkprofiel.config.translate import own_words, translate, untranslated
from wijkprofiel.config.translate_rules import facts
from wijkprofiel.documents import slides, web_page
from wijkprofiel.documents.desk import Desk, words_of
from wijkprofiel.documents.slides_model import PAGE, Picture
from wijkprofiel.errors import ConfigError, Problem, RenderError
from wijkprofiel.model import SENTENCES, DocumentSpec, Profile
from wijkprofiel.model.foreign import Foreign, fill, foreign, join
from wijkprofiel.render import pdf
from wijkprofiel.sources import folder
from wijkprofiel.sources.dataset import Dataset
from wijkprofiel.wording import Words

AREA = "alphen-noord"
WORD = re.compile(r"[^\W\d_]{3,}(?:’[^\W\d_]+)?")
DRAWN = ("pdf", "html")
"""Formats of the documents that are written by a template."""


@cache
def config(language: str) -> Config:
    return translate(sample.config(), language)


@cache
def dataset(language: str) -> Dataset:
    return folder.load(config(language))


@cache
def profile(language: str, name: str = AREA) -> Profile:
    spoken = config(language)
    task = plan(spoken, dataset(language), [name], Order())[0]
    return make_profile(spoken, dataset(language), task)


def markup(made: Profile, spec: DocumentSpec, spoken: Config) -> str:
    if "html" in spec.formats:
        return web_page.make(made, spec, spoken).html
    return documents.make(made, spec, spoken).html


def page(language: str, document: str, name: str = AREA) -> str:
    return markup(profile(language, name), config(language).documents[document], config(language))


def templated() -> list[str]:
    specs = sample.config().documents.values()
    return [s.id for s in specs if s.scope != "set" and not set(DRAWN).isdisjoint(s.formats)]


# --- every text is there in both languages ---------------------------------------------------


def wording(language: str) -> Words:
    return words_of(config(language))


def test_every_word_of_one_language_is_there_in_the_other_with_the_same_facts() -> None:
    dutch, english = wording("nl").texts, wording("en").texts
    assert dutch.keys() == english.keys()
    differ = [key for key, text in dutch.items() if facts(text) != facts(english[key])]
    assert differ == []


def test_the_rules_of_both_languages_speak_and_are_silent_in_the_same_cases() -> None:
    dutch, english = wording("nl").say.table, wording("en").say.table
    cases = sum(len(list(kind.cases())) for kind in SENTENCES.values())
    assert len(dutch) == len(english) == cases
    for case, sentence in dutch.items():
        assert facts(sentence) == facts(english[case]), case
        assert bool(sentence) == bool(english[case]), case


def test_every_declared_text_has_a_translation() -> None:
    assert untranslated(sample.config(), "en") == []


def test_titles_that_differ_in_dutch_differ_in_english() -> None:
    # A page names a figure by its title: two of one name could not be told apart.
    def titles(language: str) -> list[str]:
        spoken = config(language)
        domains = [d.title for f in spoken.frameworks.values() for d in f.domains]
        return [*domains, *(item.title for item in spoken.indicators.values())]

    original, english = titles("nl"), titles("en")
    assert len(set(zip(original, english, strict=True))) == len(set(english)) == len(set(original))


def test_a_text_without_a_translation_is_told() -> None:
    whole = sample.config()
    texts = whole.translations["en"]
    short = {i: t for i, t in texts.indicators.items() if i != "eenzaam"}
    without = replace(whole, translations={"en": texts.model_copy(update={"indicators": short})})
    missing = untranslated(without, "en")
    keys = ("brief", "definition", "phrase", "phrase_not", "title")
    assert missing == [f"indicator eenzaam: {key}" for key in keys]


OWN = """\
indicators:
  - id: tuin
    title: Heeft een tuin
    definition: Mensen die zelf een tuin hebben.
    unit: percent
    direction: neutral
    population: huishoudens met een tuin
    group: population
    sources: [{table: cbs-kwb, keys: {all: Tuin_1}}]
"""


def own_project(tmp_path: Path) -> Path:
    """The shipped project with one topic more, of which nothing is translated."""
    project = tmp_path / "eigen"
    (project / "configs/indicators").mkdir(parents=True)
    shutil.copy(shipped_root() / "configs/wijkprofiel.yaml", project / "wijkprofiel.yaml")
    (project / "configs/indicators/eigen.yaml").write_text(OWN, encoding="utf-8")
    return project


def untold(project: Path, *language: str) -> dict[str, tuple[str, str]]:
    """Where and how a check tells of texts without a translation, by its message."""
    done = run("--project", project, *language, "check", "--json", cwd=project)
    found = [f for f in json.loads(done.out) if f["code"] == "translation"]
    return {f["message"]: (f["severity"], f["where"]) for f in found}


def test_a_check_in_english_tells_what_is_not_translated_with_its_line(tmp_path: Path) -> None:
    place = ("warning", "configs/indicators/eigen.yaml:2")  # "- id: tuin" is its second line
    assert untold(own_project(tmp_path), "--lang", "en") == {
        "indicator tuin: title has no translation (en)": place,
        "indicator tuin: definition has no translation (en)": place,
        "population: huishoudens met een tuin has no translation (en)": place,
    }


def test_a_check_asks_for_english_only_where_it_is_used(tmp_path: Path) -> None:
    project = own_project(tmp_path)
    assert untold(project) == {}
    (project / "configs/translations/en").mkdir(parents=True)
    begun = project / "configs/translations/en/eigen.yaml"
    begun.write_text("indicators: {tuin: {title: Has a garden}}\n", encoding="utf-8")
    assert list(untold(project)) == [
        "indicator tuin: definition has no translation (en)",
        "population: huishoudens met een tuin has no translation (en)",
    ]


def test_a_language_without_words_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="'eng' is not a language") as caught:
        translate(sample.config(), "eng")
    assert "did you mean 'en'" in str(caught.value.problems[0])


# --- a mistake in a translation has its line --------------------------------------------------

SOUND = """\
populations:
  volwassenen: adults
indicators:
  eenzaam: {title: Lonely, definition: People who feel lonely.}
frameworks:
  kader:
    title: Frame
    domains: {meedoen: {title: Taking part, slots: {eenzaamheid: loneliness}}}
"""
PATH = "configs/translations/en/teksten.yaml"

MISTAKES = {
    "unknown indicator": ("eenzaam:", "eenzam:", 4, "'eenzam' is not an indicator"),
    "did you mean": ("eenzaam:", "eenzam:", 4, "did you mean 'eenzaam'"),
    "unknown key": ("title: Lonely", "titel: Lonely", 4, "titel: unknown key"),
    "too long a title": ("Lonely", "L" * 33, 4, "32"),
    "no original": ("title: Lonely", "phrase: feel lonely", 4, "the original has no such text"),
    "unknown population": ("volwassenen:", "volwasenen:", 2, "is not a population of a figure"),
    "unknown domain": ("{meedoen:", "{medoen:", 8, "'medoen' is not a domain of this framework"),
    "unknown slot": ("eenzaamheid:", "eenzamheid:", 8, "'eenzamheid' is not a text of the"),
}


def problems(tmp_path: Path, text: str) -> tuple[Problem, ...]:
    assets = tiny.make(tmp_path)
    path = assets.project / PATH
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    try:
        load(assets)
    except ConfigError as failure:
        return failure.problems
    return ()


def test_a_sound_translation_of_ones_own_is_taken(tmp_path: Path) -> None:
    assert problems(tmp_path, SOUND) == ()


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_translation_is_told_with_its_line(mistake: str, tmp_path: Path) -> None:
    old, new, line, message = MISTAKES[mistake]
    found = problems(tmp_path, SOUND.replace(old, new))
    assert any(p.where == f"{PATH}:{line}" and message in p.message for p in found), found


def test_a_text_that_fills_in_something_else_is_told_with_its_line(tmp_path: Path) -> None:
    root = shipped_root()
    project = tmp_path / "eigen"
    (project / "configs/translations/en").mkdir(parents=True)
    shutil.copy(root / "configs/wijkprofiel.yaml", project / "wijkprofiel.yaml")
    whole = (root / "configs/translations/en/factsheet.yaml").read_text(encoding="utf-8")
    spoiled = whole.replace("The plan of {kind}", "The plan of {area}", 1)
    assert spoiled != whole
    path = project / "configs/translations/en/factsheet.yaml"
    path.write_text(spoiled, encoding="utf-8")
    line = 1 + spoiled[: spoiled.index("The plan of {area}")].count("\n")
    done = run("--project", project, "check", cwd=tmp_path)
    assert done.code == 2
    assert f"factsheet.yaml:{line}" in done.err + done.out
    assert "the original fills in {kind}" in done.err + done.out


# --- no Dutch word on an English page ---------------------------------------------------------


def texts_in(thing: Any) -> Iterator[str]:
    """All texts in plain data."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        yield from (text for value in thing.values() for text in texts_in(value))
    elif isinstance(thing, list | tuple):
        yield from (text for value in thing for text in texts_in(value))


def declared(spoken: Config) -> Iterator[str]:
    """What is declared to be printed, in the language of a config."""
    for item in spoken.indicators.values():
        yield from (item.title, item.phrase or "", item.phrase_not or "", item.definition)
        yield from (item.brief, item.population, *item.classes.values())
    for framework in spoken.frameworks.values():
        yield from (framework.title, framework.note, framework.description, framework.axis_word)
        for domain in framework.domains:
            yield from (domain.title, domain.subject, domain.question, domain.pages.facts_title)
            yield from (slot.title for slot in domain.slots)
    for spec in spoken.documents.values():
        yield from (spec.title, *spec.texts.values())
    yield from (source.title for source in spoken.sources.values())
    yield from (item.for_whom for item in spoken.interventions)


def proper_titles() -> list[str]:
    """Names of frameworks that are the same in every language."""
    both = zip(*(config(name).frameworks.values() for name in ("nl", "en")), strict=True)
    return [dutch.title for dutch, english in both if dutch.title == english.title]


def vocabulary(language: str) -> set[str]:
    spoken = config(language)
    words = words_of(spoken)
    told = (*words.texts.values(), *words.say.table.values(), *declared(spoken))
    kept = "|".join(re.escape(title) for title in proper_titles())
    plain = (re.sub(rf"\{{[^}}]*\}}|{kept}", " ", text) for text in told)
    return {word.lower() for text in plain for word in WORD.findall(text)}


def names(made: Profile) -> set[str]:
    """Proper names that stay as they are, longest first when they are taken out."""
    area = made.area
    found = {area.name, *(a.name for a in (*area.parts, *area.gemeenten))}
    found |= {wijk.name for wijk in made.map.wijken} if made.map else set()
    found |= {partner.name for partner in made.partners} | {made.contact.name}
    found |= {f.framework.title for f in made.frameworks.values()}
    return found - {""}


def english_words(html: str, made: Profile) -> set[str]:
    """The words that a page says in its own language, in texts, drawings and attributes."""
    root = ET.fromstring(html)  # noqa: S314  # our own markup
    told = " ".join(text for part in root for text in _spoken(part))
    told = re.sub(r"\S+@\S+|https?://\S+|www\.\S+|\S+\.nl\b|\S+\.(?:pdf|html|pptx)", " ", told)
    for name in sorted(names(made), key=len, reverse=True):
        told = told.replace(name, " ")
    # A name on a map may stand on two lines.
    wijken = made.map.wijken if made.map else ()
    broken = {word.lower() for wijk in wijken for word in WORD.findall(wijk.name)}
    return {word.lower() for word in WORD.findall(told)} - broken


def _spoken(element: ET.Element) -> Iterator[str]:
    """Texts of an element and what is in it, without what says that it is Dutch."""
    if element.get("lang") == "nl" or element.tag in ("style", "script"):
        return
    spoken = ("alt", "title", "aria-label", "content", "placeholder")
    yield from (value for key, value in element.attrib.items() if key in spoken)
    yield element.text or ""
    for child in element:
        yield from _spoken(child)
        yield child.tail or ""


def dutch() -> set[str]:
    return vocabulary("nl") - vocabulary("en")


def test_the_list_of_dutch_words_is_one() -> None:
    assert len(dutch()) > 800
    assert {"eenzaam", "gunstiger", "wijk", "volwassenen", "gemeente"} <= dutch()


@pytest.mark.parametrize("document", templated())
@pytest.mark.parametrize("name", [AREA, "stevenshof", "oostduinen", "groz-utrecht"])
def test_an_english_page_has_no_dutch_words_but_those_of_its_people(
    document: str, name: str
) -> None:
    found = english_words(page("en", document, name), profile("en", name))
    assert len(found) > 20
    assert sorted(found & dutch()) == []


def test_one_text_that_stays_dutch_is_found() -> None:
    # What the test above is worth: a single title and a single sentence, left as they were.
    made, spoken = profile("en"), config("en")
    left = spoken.documents["factsheet"]
    left = left.model_copy(update={"texts": {**left.texts, "concerns": "Aandachtspunten"}})
    assert english_words(markup(made, left, spoken), made) & dutch() == {"aandachtspunten"}


def test_the_same_words_on_the_dutch_page_are_many() -> None:
    assert len(english_words(page("nl", "factsheet"), profile("nl")) & dutch()) > 200


# --- English is longer than Dutch, and has its room ---------------------------------------------


def rendered(document: str, name: str, style: str) -> bytes:
    spoken = config("en").in_style(style)
    made = documents.make(profile("en", name), spoken.documents[document], spoken)
    return pdf.render(made, spoken)


@pytest.mark.parametrize("name", [AREA, "groz-utrecht"])
@pytest.mark.parametrize("document", ["factsheet", "folder"])
def test_no_part_of_an_english_page_is_too_small_in_inkt(document: str, name: str) -> None:
    found: tuple[Problem, ...] = ()
    try:
        made = rendered(document, name, "inkt")
    except RenderError as failure:
        found = failure.problems
    assert [problem.message for problem in found] == []
    assert made.startswith(b"%PDF")


def test_the_people_on_an_english_cover_stand_beside_its_lines() -> None:
    # Two gemeenten and a question: longer than the Dutch lines, for which there was just room.
    name = "groz-utrecht"
    opened = pypdfium2.PdfDocument(rendered("presentatie", name, "buurt"))
    text = opened[0].get_textpage()
    boxes = [text.get_rect(i) for i in range(text.count_rects())]
    mm = PAGE[0] / opened[0].get_width()
    below = [box for box in boxes if box[3] * mm < 50 and box[0] * mm < 100]
    assert len(below) >= 3
    spoken = config("en").in_style("buurt")
    made = slides.deck(Desk.of(profile("en", name), spoken.documents["presentatie"], spoken))
    feet = [at for at in made.slides[0].placed if at.top + at.height == pytest.approx(PAGE[1])]
    (crowd,) = [at for at in feet if isinstance(at.block, Picture)]
    assert max(box[2] for box in below) * mm + 3 < crowd.left


# --- the same figures, in the notation of the language ----------------------------------------

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def numbers(language: str, document: str) -> Counter[str]:
    """The numbers on a page, without marks for thousands and with a decimal point."""
    root = ET.fromstring(page(language, document))  # noqa: S314  # our own markup
    told = " ".join(_readable(root))
    thousands, point = (".", ",") if language == "nl" else (",", ".")
    for name in (profile(language).input_hash, "CC BY 4.0"):  # no figures
        told = told.replace(name, " ")
    found = NUMBER.findall(told)
    return Counter(n.replace(thousands, "").replace(point, ".") for n in found)


def _readable(element: ET.Element) -> Iterator[str]:
    if element.tag in ("style", "script", "head"):
        return
    if "foot" in element.get("class", "").split():  # as often as there are pages
        return
    yield element.text or ""
    for child in element:
        yield from _readable(child)
        yield child.tail or ""


@pytest.mark.parametrize("document", ["factsheet", "folder"])
def test_the_figures_are_those_of_the_dutch_document(document: str) -> None:
    english, original = numbers("en", document), numbers("nl", document)
    assert sum(english.values()) > 50
    assert english == original


def test_every_figure_score_and_verdict_is_the_same() -> None:
    english, original = profile("en"), profile("nl")
    for name, topic in original.topics.items():
        other = english.topics[name]
        assert (topic.figure.value, topic.figure.status) == (
            other.figure.value,
            other.figure.status,
        )
        assert (topic.country.value, topic.against_country) == (
            other.country.value,
            other.against_country,
        )
    for name, result in original.frameworks.items():
        pairs = zip(result.domains, english.frameworks[name].domains, strict=True)
        assert all(one.score == other.score for one, other in pairs)
    assert original.highlights == english.highlights


def test_numbers_and_dates_are_written_as_in_english() -> None:
    told = " ".join(english_tiles())
    # Alphen Noord: 33,330 residents, 2.2 people per household (CBS 85984NED).
    assert "33,330" in told
    assert "2.2" in told
    assert "33.330" not in told
    assert "Edition 1, November 2026" in page("en", "factsheet")


def english_tiles() -> Iterable[str]:
    root = ET.fromstring(page("en", "factsheet"))  # noqa: S314  # our own markup
    return ["".join(p.itertext()) for p in root.iter("p") if p.get("class") == "tile"]


# --- people's own words -----------------------------------------------------------------------


@pytest.mark.parametrize("document", ["factsheet", "folder", "web"])
def test_what_people_said_stays_dutch_is_marked_and_the_page_says_so(document: str) -> None:
    root = ET.fromstring(page("en", document))  # noqa: S314  # our own markup
    assert root.get("lang") == "en"
    own = " ".join("".join(e.itertext()) for e in root.iter() if e.get("lang") == "nl")
    people = sample.config().profiles[AREA]
    assert people.quotes[0].text in own
    told = "".join(root.itertext())
    rows = [action.action in own for action in people.actions]
    assert rows[0]
    if not all(rows):  # a folder has less room, and says that there is more
        assert document == "folder"
        assert rows == sorted(rows, reverse=True)
        left = rows.count(False)
        assert f"And {left} more plan" in told
    assert "What residents and partners wrote stands here in Dutch." in told
    assert "(in Dutch)" in told


def test_a_dutch_page_marks_nothing_as_dutch() -> None:
    root = ET.fromstring(page("nl", "factsheet"))  # noqa: S314  # our own markup
    assert [e.tag for e in root.iter() if e.get("lang")] == ["html"]


def test_own_words_are_marked_and_our_choices_are_not() -> None:
    people = own_words(sample.config().profiles[AREA], "nl")
    assert isinstance(people.quotes[0].text, Foreign)
    assert isinstance(people.initiatives[0].name, Foreign)
    assert not isinstance(people.quotes[0].who, Foreign)
    assert not isinstance(people.name, Foreign)
    assert people == sample.config().profiles[AREA]


def test_foreign_words_are_escaped_and_keep_their_language_when_filled_in() -> None:
    told = fill("“{text}” & {n}", {"text": foreign("a <b>", "nl"), "n": 3})
    assert told == "“a <b>” & 3"
    assert isinstance(told, Foreign)
    assert told.html == '“<span lang="nl">a &lt;b&gt;</span>” &amp; 3'
    joined = join(" · ", (foreign("een", "nl"), "", "two"))
    assert isinstance(joined, Foreign)
    assert joined.html == '<span lang="nl">een</span> · two'
    assert type(join(", ", ("one", "two"))) is str


# --- the command, and the PDF -----------------------------------------------------------------


@pytest.fixture(name="built", scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("english")
    wanted = ("--format", "factsheet", "--format", "folder", "--output", place)
    for language in ("nl", "en"):
        done = run("build", AREA, *wanted, "--lang", language, cwd=place)
        assert done.code == 0, done.err
    return place


def test_english_files_stand_in_a_folder_of_their_own(built: Path) -> None:
    files = [f"{AREA}-factsheet.pdf", f"{AREA}-folder.pdf", "manifest.json"]
    assert sorted(p.name for p in (built / AREA).iterdir()) == files
    assert sorted(p.name for p in (built / "en" / AREA).iterdir()) == files


def test_the_language_may_stand_before_the_command_too(tmp_path: Path) -> None:
    before = run("--lang", "en", "show", AREA, cwd=tmp_path)
    behind = run("show", AREA, "--lang", "en", cwd=tmp_path)
    assert before == behind
    assert "Feels healthy" in before.out
    assert run("--lang", "en", "show", AREA, "--lang", "nl", cwd=tmp_path).out != before.out


@pytest.mark.parametrize("document", ["factsheet", "folder"])
def test_the_pdf_says_its_language_and_that_of_its_peoples_words(
    document: str, built: Path
) -> None:
    spoken = {}
    for language, place in (("nl", built), ("en", built / "en")):
        with pikepdf.open(place / AREA / f"{AREA}-{document}.pdf") as opened:
            assert str(opened.Root.Lang) == language
            elements = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary)]
            spoken[language] = [
                str(o.S) for o in elements if o.get("/Type") == "/StructElem" and "/Lang" in o
            ]
    assert spoken["nl"] == []
    root = ET.fromstring(page("en", document))  # noqa: S314  # our own markup
    marked = [e for e in root.iter("span") if e.get("lang") == "nl"]
    assert set(spoken["en"]) == {"/Span"}
    assert len(spoken["en"]) >= len(marked) > 5  # a span is one element on every line it is on


@pytest.mark.parametrize("document", ["factsheet", "folder"])
def test_the_english_pdf_is_clean(document: str, built: Path, tmp_path: Path) -> None:
    path = built / "en" / AREA / f"{AREA}-{document}.pdf"
    checked(["pdfua", "check", str(path)])
    report = tmp_path / "report.json"
    checked(["outloud", str(path), "--json", str(report), "--fail-on", "warning"])
