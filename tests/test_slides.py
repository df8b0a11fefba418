"""The slides for the wijkdialoog: what they say in every state, and the PDF they become."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import made_up
import sample
from terminal import run
from test_accessibility import checked
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.documents import slides
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.slides_layout import height, total
from wijkprofiel.documents.slides_model import (
    PAGE,
    Bullets,
    Chart,
    Charts,
    Deck,
    Picture,
    Rows,
    Slide,
    Table,
    Text,
)
from wijkprofiel.documents.themes import themes
from wijkprofiel.errors import RenderError
from wijkprofiel.model import Highlights, Outcome, Profile

NAME = "presentatie"
MEETING = ["cover", "purpose", "agenda", "who", "reading", "web"]
TALK = ["unknown", "parts", "ask", "vote", "there", "help", "plan", "goals", "sources"]


def desk(profile: Profile) -> Desk:
    config = made_up.config()
    return Desk.of(profile, config.documents[NAME], config)


def deck(profile: Profile | None = None) -> Deck:
    return slides.deck(desk(profile or made_up.profile()))


@cache
def real(name: str) -> Profile:
    config, data = sample.config(), sample.dataset()
    (task,) = plan(config, data, [name], Order(documents=(NAME,)))
    return make_profile(config, data, task)


def slide(of: Deck, name: str) -> Slide:
    return next(made for made in of.slides if made.id == name)


def told(made: Slide) -> str:
    """Everything that stands on a slide, drawings left out."""
    found = [made.kicker, made.title, made.lead, made.note]
    for at in made.placed:
        block = at.block
        if isinstance(block, Text):
            found.append(block.text)
        elif isinstance(block, Bullets):
            found += [block.title, *(f"{item.name} {item.more}" for item in block.items)]
        elif isinstance(block, Table):
            found += [*block.head, *(f"{c.text} {c.more}" for row in block.rows for c in row)]
        elif isinstance(block, Rows):
            found += [f"{r.title} {' '.join(r.numbers)} {r.mark.text}" for r in block.rows]
        elif isinstance(block, Charts):
            found += [chart.alt for chart in block.charts]
    return " ".join(" ".join(found).split())


def blocks(made: Slide, kind: type[Any]) -> list[Any]:
    return [at.block for at in made.placed if isinstance(at.block, kind)]


# --- the deck ----------------------------------------------------------------------------


def test_the_slides_follow_the_meeting() -> None:
    ids = [made.id for made in deck().slides]
    assert ids == [*MEETING, "theme-leefstijl", "theme-sociale-omgeving",
                   "theme-gezondheidsbeleving", *TALK]  # fmt: skip


def test_five_themes_make_about_eighteen_slides() -> None:
    ids = [made.id for made in deck(real("alphen-noord")).slides]
    assert sum(name.startswith("theme-") for name in ids) == 5
    assert 18 <= len(ids) <= 21  # one of them asks about the plan of 2019–2022
    assert len(set(ids)) == len(ids)


def test_the_speaker_has_notes_on_every_slide_and_every_block_stands_on_its_slide() -> None:
    for name in ("alphen-noord", "groz-utrecht", "nieuwegein", "stevenshof", "oostduinen"):
        for made in deck(real(name)).slides:
            assert len(" ".join(made.notes)) > 60, made.id
            for at in made.placed:
                if made.layout != "cover":
                    assert at.left >= 0
                    assert at.left + at.width <= PAGE[0] - 15, (name, made.id)
                assert at.top + at.height <= PAGE[1] + 0.1, (name, made.id)


def test_blocks_in_a_column_do_not_lie_on_each_other() -> None:
    for made in deck(real("groz-utrecht")).slides[1:]:
        for above, below in pairwise(made.placed):
            if above.left == below.left:
                assert above.top + above.height <= below.top + 0.5, made.id


def test_a_theme_says_where_its_figures_are_not_for_in_the_notes() -> None:
    notes = " ".join(slide(deck(), "theme-sociale-omgeving").notes)
    assert "Zeg niet dat een cijfer bewijst" in notes
    assert "Eenzaam: Wat eenzaam precies is. RIVM 2020." in notes


# --- figures -----------------------------------------------------------------------------


def test_a_theme_shows_the_figures_of_the_factsheet() -> None:
    config = made_up.config()
    profile = real("stevenshof")
    factsheet = themes(Desk.of(profile, config.documents["factsheet"], config))
    found = deck(profile)
    for theme in factsheet:
        made = slide(found, f"theme-{theme.id}")
        (rows,) = blocks(made, Rows)
        assert made.title == theme.headline
        assert [(r.title, *r.numbers, r.mark.text) for r in rows.rows] == [
            (r.title, r.here, r.gemeente, r.country, r.mark.text) for r in theme.rows
        ]


def test_bars_have_the_printed_numbers_of_all_three_places() -> None:
    (rows,) = blocks(slide(deck(), "theme-sociale-omgeving"), Rows)
    chart = rows.chart
    assert isinstance(chart, Chart)
    # 48.9, 45.9 and 47.0 in made_up.topics, rounded half up.
    assert [(s.who, s.values) for s in chart.series] == [
        ("area", (49.0,)), ("gemeente", (46.0,)), ("country", (47.0,)),
    ]  # fmt: skip


def test_the_published_figures_of_2020_stand_on_the_slides_of_their_parts() -> None:
    # RIVM, 50090NED, 18+, 2020, WK048402: EenOfMeerLangdurigeAandoeningen_16 35.3,
    # SociaalEenzaam_31 32.3, ErnstigeGeluidhinderDoorBuren_37 9.4.
    (charts,) = blocks(slide(deck(real("alphen-noord")), "parts"), Charts)
    ridderveld = {
        chart.title: dict(zip(chart.categories, chart.series[0].values, strict=True))["Ridderveld"]
        for chart in charts.charts
    }
    assert ridderveld["Langdurige aandoening"] == 35
    assert ridderveld["Mist mensen om zich heen"] == 32
    assert ridderveld["Veel last van geluid van buren"] == 9


@pytest.mark.parametrize(
    ("name", "healthy", "lonely"),
    # docs/documents.md §8: 79.6 and 47.8; 67.0 and 67.3; 82.8 and 47.8 per cent.
    [("stevenshof", "80", "48"), ("moerwijk", "67", "67"), ("leidsche-rijn", "83", "48")],
)
def test_the_published_figures_of_2020_stand_on_the_theme_slides(
    name: str, healthy: str, lonely: str
) -> None:
    found = deck(real(name))
    assert f"Voelt zich gezond {healthy} " in told(slide(found, "theme-gezondheidsbeleving"))
    assert f"Eenzaam {lonely} " in told(slide(found, "theme-sociale-omgeving"))


def test_at_most_five_figures_on_a_theme() -> None:
    for made in deck(real("alphen-noord")).slides:
        assert all(len(rows.rows) <= 6 for rows in blocks(made, Rows))
        if made.id.startswith("theme-"):
            assert len(blocks(made, Rows)[0].rows) <= 5


def test_the_web_is_firm_only_where_it_was_tested() -> None:
    careful = slide(deck(), "web").title
    assert careful == "Op 1 van de 3 onderdelen lijkt Molenwijk vergelijkbaar met Nederland"
    worse = made_up.verdict(Outcome.UNFAVOURABLE, 2, "test", z=-1.2)
    found = made_up.results()
    web = found["positieve-gezondheid"]
    domains = tuple(
        d if d.score is None else made_up.score(d.domain, 3.0, worse) for d in web.domains
    )
    found["positieve-gezondheid"] = dataclasses.replace(web, domains=domains)
    firm = slide(deck(made_up.profile(frameworks=found)), "web").title
    assert firm == "Op 2 van de 3 onderdelen is Molenwijk ongunstiger dan Nederland"


def test_every_slide_with_verdicts_says_what_they_are_worth() -> None:
    for made in deck().slides:
        if blocks(made, Rows) or made.id in ("reading", "vote"):
            assert "Indicatief: in deze tabel staan geen betrouwbaarheidsmarges." in made.note
            assert "betekent niet dat er niets aan de hand is" in made.note


def test_the_radar_leaves_a_dimension_without_a_score_empty() -> None:
    (radar,) = blocks(slide(deck(), "web"), Chart)
    assert radar.form == "radar"
    assert [s.who for s in radar.series] == ["area", "country"]
    assert radar.series[0].values == (5.0, 4.1, None)


# --- states ------------------------------------------------------------------------------


def without_figures() -> Profile:
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


def test_without_figures_the_slides_ask() -> None:
    found = deck(without_figures())
    assert slide(found, "web").title == "Over Positieve Gezondheid zijn er te weinig cijfers"
    theme = slide(found, "theme-sociale-omgeving")
    assert theme.title == "Hierover hebben we geen cijfers: bespreek het."
    assert "Wat wilt u zeggen over sociale omgeving?" in told(theme)
    assert "Gebruik de tijd voor de vraag" in " ".join(theme.notes)
    (rows,) = blocks(theme, Rows)
    assert rows.rows[0].numbers[0] == "–"
    assert "Eenzaam onbekend" in told(slide(found, "unknown"))


def test_without_parts_the_slide_says_so_and_asks() -> None:
    made = slide(deck(), "parts")
    assert "Van de buurten hebben we geen cijfers" in made.lead
    assert "Welke buurten lijken op elkaar" in told(made)
    assert not blocks(made, Charts)


def test_nothing_is_made_up_where_the_people_said_nothing() -> None:
    found = deck()
    assert told(slide(found, "there")).count("Nog niets genoemd.") == 3
    (plan_table,) = blocks(slide(found, "plan"), Table)
    assert {cell.text for row in plan_table.rows for cell in row[1:]} == {""}
    assert slide(found, "help").lead.startswith("Per thema staat hier iets om over te praten.")


def test_where_nobody_lives_only_the_place_and_the_meeting_remain() -> None:
    found = deck(real("oostduinen"))
    ids = [made.id for made in found.slides]
    assert ids == ["cover", "purpose", "agenda", "who", "ask", "plan", "sources"]
    assert slide(found, "who").title == "In Oostduinen wonen geen mensen"


def test_priorities_bring_their_recognised_interventions_with_level_and_date() -> None:
    chosen = {"theme": "sociale-omgeving", "why": "Veel eenzaamheid", "source": "both"}
    found = deck(made_up.profile(people=made_up.people(priorities=[chosen])))
    shown = told(slide(found, "help"))
    # configs/interventions.yaml: level first, checked on 21 November 2026.
    assert "Sociaal Vitaal" in shown
    assert "eerste aanwijzingen (II)" in shown
    assert "21 november 2026" in shown
    assert "BeweegKuur" not in shown
    assert "Nu gekozen: Sociale omgeving." in slide(found, "vote").lead


def test_the_vote_names_the_least_favourable_topic_of_each_theme() -> None:
    """Alphen Noord: 5 in 10 drink little, better than both; overweight 54 % is worse than the 51 %
    of the country. The theme slide may tell the first, who chooses must read the second."""
    found = deck(real("alphen-noord"))
    shown = told(slide(found, "vote"))
    assert "Ongeveer 54 van de 100 volwassenen hebben overgewicht." in shown
    assert "drinken" not in shown
    # Noise of neighbours is the one topic that is worse than both.
    assert "Ongeveer 9 van de 100 volwassenen hebben veel last van geluid van de buren." in shown


def test_a_theme_where_nothing_is_unfavourable_tells_what_stands_out_in_the_vote() -> None:
    of = made_up.profile()
    fine = made_up.verdict(Outcome.SIMILAR, 0, z=0.1)
    topics = {
        key: dataclasses.replace(topic, against_country=fine, against_gemeente=fine)
        for key, topic in of.topics.items()
    }
    found = deck(dataclasses.replace(of, topics=topics))
    headlines = {made.title for made in found.slides if made.id.startswith("theme")}
    shown = told(slide(found, "vote"))
    assert headlines
    assert all(title in shown for title in headlines)


def test_a_quote_stands_on_the_slide_of_its_theme() -> None:
    quote = {"text": "Samen eten helpt.", "who": "resident", "theme": "leefstijl", "consent": True}
    found = deck(made_up.profile(people=made_up.people(quotes=[quote])))
    assert "„Samen eten helpt.”" in told(slide(found, "theme-leefstijl"))
    assert "Samen eten" not in told(slide(found, "theme-sociale-omgeving"))


def test_a_long_plan_goes_on_on_the_next_slide_and_loses_nothing() -> None:
    actions = [{"goal": f"Doel nummer {n}", "action": "Iets doen " * 12} for n in range(12)]
    found = deck(made_up.profile(people=made_up.people(actions=actions)))
    pages = [made for made in found.slides if made.id.split("-")[0] == "plan"]
    assert len(pages) > 1
    assert pages[1].title.endswith("(vervolg)")
    rows = [row[0].text for made in pages for table in blocks(made, Table) for row in table.rows]
    assert rows == [f"Doel nummer {n}" for n in range(12)]


def test_the_four_monitoring_questions_close_the_goals() -> None:
    shown = told(slide(deck(), "goals"))
    for question in ("juiste bewoners", "gezonder", "beter samen", "juiste dingen"):
        assert question in shown


def test_text_that_does_not_fit_is_an_error_that_names_the_slide() -> None:
    long = made_up.profile(people=made_up.people(about="Een zin over de wijk. " * 80))
    with pytest.raises(RenderError, match=r"'Waarom zitten we hier\?' is .* mm too small"):
        deck(long)


def test_sensitive_topics_are_nowhere() -> None:
    sensitive = [i.title for i in made_up.config().indicators.values() if i.sensitive]
    assert sensitive
    for name in ("alphen-noord", "moerwijk"):
        for made in deck(real(name)).slides:
            shown = told(made) + " ".join(made.notes)
            assert not [title for title in sensitive if title in shown]
            assert "suïcide" not in shown.lower()


def test_every_picture_and_chart_tells_what_it_shows() -> None:
    for made in deck(real("alphen-noord")).slides:
        for block in (*blocks(made, Picture), *blocks(made, Chart), *blocks(made, Table)):
            assert len(block.alt) > 15, made.id


def test_the_height_of_blocks_below_each_other_counts_the_white_between_them() -> None:
    measure = desk(made_up.profile()).measure
    small = Text("Kort.", "small")
    # A line of 5.8 mm, 2.4 mm of white, a line of 5.8 mm.
    assert total([small, small], 100, measure) == pytest.approx(14.0)


# --- the PDF -----------------------------------------------------------------------------


@pytest.fixture(name="built", scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("built")
    areas = ("alphen-noord", "rietveld")
    done = run("build", *areas, "--format", NAME, "--format", "pdf", "-o", folder, cwd=folder)
    assert done.code == 0, done.err
    return [folder / name / f"{name}-{NAME}.pdf" for name in areas]


def test_a_page_per_slide_with_its_title_and_its_figures(built: list[Path]) -> None:
    found = deck(real("alphen-noord"))
    opened = pypdfium2.PdfDocument(built[0])
    pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in opened]
    assert len(pages) == len(found.slides)
    for made, page in zip(found.slides, pages, strict=True):
        assert made.title in page
        for rows in blocks(made, Rows):
            for row in rows.rows:
                assert all(number in page for number in row.numbers)
    width, height = opened[0].get_size()
    assert width / height == pytest.approx(16 / 9, abs=0.001)
    assert len([b.get_title() for b in opened.get_toc()]) == len(pages)


def test_outloud_has_no_error_and_only_a_repeated_head_of_a_table(
    built: list[Path], tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    checked(["outloud", *map(str, built), "--json", str(report), "--fail-on", "never"])
    results = json.loads(report.read_text())["results"]
    found = [f for result in results for f in result["findings"] if f["severity"] != "info"]
    # The themes' tables have the same head at the same place: it is no running header.
    assert [f for f in found if (f["rule"], f.get("evidence")) != HEADS] == []


HEADS = ("PAG-001", "Volwassenen (18+),")


def test_pdfua_finds_nothing(built: list[Path]) -> None:
    for path in built:
        checked(["pdfua", "check", str(path)])


def test_the_lines_to_write_on_stand_at_one_height() -> None:
    asked = [at for at in slide(deck(), "ask").placed if isinstance(at.block, Bullets)][:3]
    measure = desk(made_up.profile()).measure
    heads = {
        round(height(dataclasses.replace(at.block, writing=0), at.width, measure), 2)
        for at in asked
        if isinstance(at.block, Bullets)
    }
    assert len(asked) == 3
    assert len(heads) == 1
