"""Documents as markup: what stands on the page, in every state a profile can be in."""

from __future__ import annotations

import dataclasses
import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

import made_up
from wijkprofiel import documents
from wijkprofiel.assets import Assets, shipped_root
from wijkprofiel.documents.templates import fill
from wijkprofiel.errors import RenderError
from wijkprofiel.model import Figure, Goal, Highlights, Outcome, Profile, Status

SVG = "{http://www.w3.org/2000/svg}svg"


def markup(profile: Profile | None = None) -> str:
    config = made_up.config()
    spec = config.documents["factsheet"]
    return documents.make(profile or made_up.profile(), spec, config).html


def words(html: str) -> str:
    """The text a reader sees, without the texts inside charts."""
    plain = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", plain).split())


def parsed(html: str) -> ET.Element:
    return ET.fromstring(html)  # noqa: S314  # our own markup


def titles(html: str) -> list[str]:
    return [svg[0].text or "" for svg in parsed(html).iter(SVG)]


def without_figures() -> Profile:
    """An area with no health figure at all."""
    topics = {
        key: made_up.topic(t.indicator, None, 46.0, 47.0) for key, t in made_up.topics().items()
    }
    frameworks = {
        key: dataclasses.replace(
            result, domains=tuple(made_up.score(d.domain, None) for d in result.domains)
        )
        for key, result in made_up.results().items()
    }
    return made_up.profile(
        topics=topics, frameworks=frameworks, highlights=Highlights((), "none", (), "none")
    )


def test_the_markup_is_well_formed_and_every_picture_starts_with_its_text() -> None:
    root = parsed(markup())
    pictures = list(root.iter(SVG))
    assert len(pictures) > 15
    for picture in pictures:
        assert picture[0].tag.endswith("title")
        assert len((picture[0].text or "").split()) >= 2


def test_headings_leave_no_gap_and_there_is_one_h1() -> None:
    tags = [element.tag for element in parsed(markup()).iter()]
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_tables_have_equal_rows_and_heads_with_scope() -> None:
    for table in parsed(markup()).iter("table"):
        rows = [[c for c in row if c.tag in ("th", "td")] for row in table.iter("tr")]
        assert len({len(row) for row in rows}) == 1
        assert len(rows[0]) == len(list(table.iter("col")))
        assert all(cell.get("scope") for row in rows for cell in row if cell.tag == "th")


def test_page_one_tells_both_comparisons_in_words() -> None:
    told = words(markup())
    assert "49 % Eenzaam iets ongunstiger dan de gemeente (46%)" in told
    assert "vergelijkbaar met Nederland (47%)" in told


def test_every_verdict_word_has_its_sign() -> None:
    verdict = {"gunstiger": "v-g", "ongunstiger": "v-o", "vergelijkbaar": "v-[vc]"}
    found = re.findall(r'<span class="vd ([^"]+)">([^<]+)</span>', markup())
    assert found
    for css, word in found:
        key = next((k for k in ("ongunstiger", "gunstiger", "vergelijkbaar") if k in word), None)
        assert key is None or re.match(verdict[key], css), (css, word)


def test_an_area_without_gemeente_has_no_column_for_it() -> None:
    area = made_up.own_area(gemeente=None)
    topics = made_up.without_gemeente(made_up.topics())
    told = words(markup(made_up.profile(area=area, topics=topics)))
    assert "Gem." not in told
    assert "Tegenover gemeente" not in told
    assert "Daarom is er alleen een vergelijking met Nederland." in told


def test_a_theme_without_figures_asks_instead() -> None:
    told = words(markup(without_figures()))
    assert "Hierover hebben we geen cijfers: bespreek het." in told
    assert told.count("Wat wilt u zeggen over") == 3
    assert "Hierover zijn geen cijfers. Schrijf mee: wat gaat goed?" in told


def test_absent_unknown_suppressed_and_zero_read_differently() -> None:
    topics = dict(made_up.topics())
    for key, status in (("eenzaam", Status.SUPPRESSED), ("rokers", Status.UNKNOWN)):
        topics[key] = dataclasses.replace(
            made_up.topic(topics[key].indicator, None, 46.0, 47.0),
            figure=made_up.figure(topics[key].indicator, None, status),
        )
    topics["ervaren-gezondheid"] = made_up.topic(made_up.HEALTHY, 0.0, 80.0, 78.0)
    quiet = Highlights((), "none", (), "none")
    html = markup(made_up.profile(topics=topics, highlights=quiet))
    told = words(html)
    assert "Eenzaam u – 46 47 geen gegevens" in told
    for title, reason in (("Eenzaam", "te weinig mensen"), ("Rookt", "onbekend")):
        assert re.search(rf"<title>{title}: Molenwijk {reason},", html)
        assert f">{reason}</text>" in html
    assert "Voelt zich gezond 0 80 78" in told


def test_a_suppressed_value_reaches_no_part_of_the_markup() -> None:
    topics = dict(made_up.topics())
    leak = Figure("eenzaam", "2020", 33.37, Status.SUPPRESSED, 31.1, 35.9, source="rivm-gezondheid")
    topics["eenzaam"] = dataclasses.replace(
        topics["eenzaam"], figure=leak, against_gemeente=made_up.NOTHING,
        against_country=made_up.NOTHING, trend=None, z=None,
    )  # fmt: skip
    quiet = Highlights((), "none", (), "none")
    told = words(markup(made_up.profile(topics=topics, highlights=quiet, map=None)))
    assert not re.search(r"\b33\b|33,3|\b31\b|\b36\b", told)


def test_what_must_be_printed_is_printed() -> None:
    told = words(markup())
    for sentence in (
        "Deze cijfers zijn berekend met een rekenmodel van het RIVM.",
        "Indicatief: in deze tabel staan geen betrouwbaarheidsmarges.",
        "Vergelijkbaar of gunstiger betekent niet dat er niets aan de hand is.",
        "Percentages zijn afgerond op hele getallen",
        "tabel 50090NED, 2020. Licentie CC BY 4.0.",
        "Maatstaf: 3.000 wijken van Nederland, 2020; de maten staan in een tabel bij de gegevens.",
        "Uitgave 1, november 2026",
        "abc123",
        "De score loopt van 0 tot 10; een 5 is zoals Nederland.",
    ):
        assert sentence in told, sentence


def test_a_tested_profile_is_firm_and_counts_what_chance_would_give() -> None:
    html = markup(made_up.with_margins())
    told = words(html)
    assert "Indicatief" not in told
    assert "Getoetst met betrouwbaarheidsmarges van 95%." in told
    assert "Dit onderwerp is ongunstiger dan de gemeente." in told
    assert "Dat is ongunstiger dan de gemeente en vergelijkbaar met Nederland." in told
    assert "Van 40 vergelijkingen zouden er ongeveer 2 door toeval anders lijken." in told
    assert "Daarom noemen we 1 verschil niet zeker." in told
    assert "Vergeleken met de rest van gemeente Voorbeeldstad, want de wijk" in told
    assert (
        "Gestegen van 39 naar 49% (getoetst). Dat is de sterkste stijging van alle wijken" in told
    )
    assert [t for t in titles(html) if t.startswith("Eenzaam: hoe dat in de loop van de jaren")]
    assert "Dikke streep: de marge." in told
    assert not re.search(r"\blijk(t|en)\b(?! \{)", told.replace("lijken. Daarom", ""))


def test_tables_with_and_without_margins_are_named() -> None:
    topics = dict(made_up.with_margins().topics)
    given = made_up.verdict(Outcome.SIMILAR)
    topics["bijstand"] = made_up.topic(
        made_up.indicator("bijstand", "Leeft van bijstand"), 4.0, 5.0, 4.0, given, given,
        figure=made_up.figure(made_up.PEOPLE, 4.0),
    )  # fmt: skip
    told = words(markup(dataclasses.replace(made_up.with_margins(), topics=topics)))
    assert "Getoetst: RIVM. Indicatief, want zonder betrouwbaarheidsmarges: CBS." in told


def test_the_domains_tell_robustness_and_what_is_known_of_the_margin() -> None:
    told = words(markup(made_up.with_margins()))
    assert "Sociale omgeving 1 van 1 onderwerpen marge 3,5–4,7 4,1 ongunstiger stevig" in told
    assert (
        "Gezondheidsbeleving 1 van 1 onderwerpen interval niet volledig 5,0 "
        "vergelijkbaar gevoelig: hangt aan slaap" in told
    )
    # the words are explained
    assert "stevig, redelijk, gevoelig als we anders rekenen" in told
    assert "interval niet volledig niet alle onderwerpen" in told


def test_the_slot_is_named_only_where_it_fits() -> None:
    told = words(
        markup(made_up.with_margins(slot="een onderwerp met een heel erg lange en brede naam"))
    )
    assert "vergelijkbaar gevoelig Sociale omgeving" in told


def test_an_area_where_nobody_lives_asks_nobody() -> None:
    empty = made_up.own_area(parts=(dataclasses.replace(made_up.WIJK, population=0),))
    html = markup(dataclasses.replace(without_figures(), area=empty))
    told = words(html)
    assert "Hier wonen geen mensen" in told
    assert "staan er in Molenwijk geen inwoners ingeschreven" in told
    assert "?" not in told.replace("Vragen of meedoen?", "")
    assert "Indicatief" not in told
    assert "abc123" in told
    assert html.count('class="page ') == 1
    assert "getekende mensen" not in "".join(titles(html))


@pytest.mark.parametrize(("people", "shown"), [(45, True), (499, True), (500, False)])
def test_an_area_with_few_people_carries_a_caution(people: int, shown: bool) -> None:
    area = made_up.own_area(parts=(dataclasses.replace(made_up.WIJK, population=people),))
    told = words(markup(made_up.profile(area=area)))
    assert told.count("Bij zo weinig mensen is 1% minder dan vijf mensen") == 2 * shown


def test_an_area_whose_people_were_not_counted_is_no_empty_one() -> None:
    area = made_up.own_area(parts=(dataclasses.replace(made_up.WIJK, population=None),))
    told = words(markup(made_up.profile(area=area)))
    assert "Hier wonen geen mensen" not in told
    assert "Bij zo weinig mensen" not in told


def test_each_theme_heads_its_rows_in_the_long_table() -> None:
    root = parsed(markup())
    (table,) = [t for t in root.iter("table") if "spine" in t.get("class", "")]
    groups = [body for body in table if body.tag == "tbody"]
    assert [len(list(body.iter("tr"))) for body in groups] == [1, 1, 1]
    heads = [c for c in table.iter("th") if c.get("scope") == "rowgroup"]
    assert [head.text for head in heads] == ["Leefstijl", "Sociale omgeving", "Gezondheidsbeleving"]


def test_a_column_of_similar_wijken_only_where_the_project_asks() -> None:
    assert "Soort" not in words(markup())
    topics = {
        key: dataclasses.replace(t, similar=made_up.figure(t.indicator, 52.0))
        for key, t in made_up.topics().items()
    }
    alike = tuple(f"WK99{n:04}" for n in range(20))
    told = words(markup(made_up.profile(topics=topics, similar=alike)))
    assert "Eenzaam u 49 46 47 52" in told
    assert "Soort: gemiddelde van de 20 wijken die het meest op deze wijk lijken." in told


def test_a_goal_of_their_own_prints_its_unit_and_who_counts_it() -> None:
    goal = Goal(title="Minder eenzaam", measure="deel dat mensen mist", unit="%",
                source="eigen telling van de alliantie", baseline=45, target=40.5)  # fmt: skip
    told = words(markup(made_up.profile(people=made_up.people(goals=[goal]))))
    assert (
        "Minder eenzaam 45% – 40,5% nog geen nieuw cijfer: deel dat mensen mist "
        "(eigen telling van de alliantie)" in told
    )


def test_every_topic_on_the_pages_has_its_definition() -> None:
    told = words(markup())
    for of in (made_up.LONELY, made_up.SMOKES, made_up.HEALTHY, made_up.PEOPLE):
        assert f"Wat {of.title.lower()} precies is" in told


def test_the_map_says_the_value_of_the_area_in_words_too() -> None:
    assert "Molenwijk: 49%. Kleuren:" in words(markup())


def test_an_empty_dialogue_invites_and_a_full_one_flows_on() -> None:
    empty = words(markup())
    assert "Herkent u dit?" in empty
    assert "volgende bladzijde" not in empty
    goal = Goal(title="Minder eenzaam", indicator="eenzaam", baseline=48.9, baseline_year=2020,
                target=45, year=2030)  # fmt: skip
    people = made_up.people(strengths=["De molen", "Het plein"], goals=[goal])
    full = words(markup(made_up.profile(people=people)))
    assert "Wat er verder is opgeschreven, staat op de volgende bladzijde." in full
    assert "De molen" in full
    assert "Minder eenzaam 49% (2020) – 45% (2030) met dit cijfer niet te meten" in full


def test_actions_of_a_small_plan_stand_on_the_last_page() -> None:
    action = {"goal": "Ontmoeten", "action": "Samen wandelen", "level": "good"}
    action |= {"who": "Bewoners", "when": "voorjaar"}
    told = words(markup(made_up.profile(people=made_up.people(actions=[action]))))
    assert "Ontmoeten Samen wandelen goede aanwijzingen (III) Bewoners voorjaar" in told
    assert "volgende bladzijde" not in told


def test_a_quote_stands_with_its_theme_and_leaves_room_for_one_trend() -> None:
    quote = {"text": "Wij kennen elkaar.", "who": "resident", "theme": "sociale-omgeving",
             "consent": True}  # fmt: skip
    told = words(markup(made_up.profile(people=made_up.people(quotes=[quote]))))
    assert "„Wij kennen elkaar.” Een bewoner Eenzaam, 2012–2020" in told


def test_a_quote_leaves_no_room_for_a_place_among_the_wijken() -> None:
    quote = {"text": "Wij kennen elkaar.", "who": "resident", "theme": "sociale-omgeving",
             "consent": True}  # fmt: skip
    profile = dataclasses.replace(made_up.with_margins(), people=made_up.people(quotes=[quote]))
    told = words(markup(profile))
    assert "Gestegen van 39 naar 49% (getoetst)." in told
    assert "sterkste stijging" not in told


def test_names_and_words_of_people_are_escaped() -> None:
    area = made_up.own_area(name="<script>&Wijk")
    html = markup(made_up.profile(area=area))
    assert "<script>" not in html
    assert "<script>&Wijk" in "".join(parsed(html).itertext())


def test_a_long_name_gets_a_smaller_size_and_still_fits() -> None:
    names = ("Molenwijk", "Van Stolkpark en Scheveningse Bosjes en het Westbroekpark")
    pages = [markup(made_up.profile(area=made_up.own_area(name))) for name in names]
    short, long = (float(re.findall(r"font-size: ([\d.]+)pt", page)[0]) for page in pages)
    assert short > long >= 24


def test_uncertain_is_a_word_of_its_own() -> None:
    topics = dict(made_up.topics())
    unsure = made_up.verdict(Outcome.UNCERTAIN, 0, "test", 0.8)
    topics["eenzaam"] = made_up.topic(made_up.LONELY, 50.0, 46.0, 47.0, unsure, unsure)
    assert "niet zeker tegenover de gemeente (46%)" in words(markup(made_up.profile(topics=topics)))


def test_alternative_texts_are_different_and_never_just_say_chart() -> None:
    found = titles(markup())
    assert not [title for title in found if re.search(r"grafiek|afbeelding", title, re.IGNORECASE)]
    spines = [title for title in found if title.startswith("Eenzaam: Molenwijk 49%")]
    assert spines


def test_a_project_overrides_a_single_template(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "factsheet"
    own.mkdir(parents=True)
    (own / "colofon.html.j2").write_text("<p>Onze eigen slotregel</p>", encoding="utf-8")
    config = dataclasses.replace(made_up.config(), assets=Assets((tmp_path, shipped_root())))
    html = documents.make(made_up.profile(), config.documents["factsheet"], config).html
    assert "Onze eigen slotregel" in html
    assert "Sterke punten" in html


def test_a_template_that_asks_for_nothing_known_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "x.j2").write_text("een\n{{ nergens }}", encoding="utf-8")
    with pytest.raises(RenderError, match="nergens"):
        fill(Assets((tmp_path,)), "x.j2", {})


def test_no_template_holds_a_sentence_of_content() -> None:
    """Texts live in document.yaml and in the wording: a template has no words of its own."""
    for path in sorted((shipped_root() / "templates").rglob("*.html.j2")):
        bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]+>", " ", path.read_text("utf-8"),
                      flags=re.DOTALL)  # fmt: skip
        assert not re.search(r"[A-Za-zÀ-ÿ]{3,}", bare), path.name


def test_no_reference_leaves_marks_and_a_word(snapshot: SnapshotAssertion) -> None:
    topics = {
        k: dataclasses.replace(t, reference=None, z=None) for k, t in made_up.topics().items()
    }
    html = markup(made_up.profile(topics=topics))
    theme = re.findall(r'<section class="module theme t-sociaal">.*?</table>', html, re.DOTALL)[0]
    assert words(theme) == snapshot


def test_the_strong_points_and_concerns(snapshot: SnapshotAssertion) -> None:
    html = markup()
    found = re.findall(r'<section class="band points"[^>]*>.*?</section>', html, re.DOTALL)[0]
    assert found == snapshot
