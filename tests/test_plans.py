"""The people's plan: what is past is not promised, and every document says the same of it.

The edition of every made-up profile is of November 2026, so 2026 is the year that counts.
"""

from __future__ import annotations

import dataclasses
import re
from functools import cache
from typing import Any

import pypdfium2
import pytest

import made_up
import sample
from wijkprofiel import documents
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.config import Config
from wijkprofiel.config.translate import translate
from wijkprofiel.documents import comparison, comparison_people, web_page
from wijkprofiel.documents.comparison_desk import SetDesk
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.plan_rows import goal_rows
from wijkprofiel.documents.slides import deck
from wijkprofiel.documents.slides_model import Slide, Table, Text
from wijkprofiel.model import Action, Comparison, Goal, Profile, Status
from wijkprofiel.profile import goals, plans
from wijkprofiel.profile.plans import OpenEnds, Time
from wijkprofiel.render import pdf
from wijkprofiel.sources import folder

ENDS = OpenEnds(frozenset({"sinds", "vanaf"}), frozenset({"nu", "loopt"}))
PAST, AHEAD = "2018–2022", "2026–2028"
PROMISES = ("Dit gaan we doen", "Dit doen we", "Dit is afgesproken")
"""What may be said of an action only where its time has not passed."""


def action(name: str, when: str = "") -> dict[str, str]:
    return {"goal": f"Doel van {name}", "action": name, "who": "Buren", "when": when}


def profile(*actions: dict[str, str], **changes: Any) -> Profile:
    return made_up.profile(people=made_up.people(actions=list(actions), **changes))


def words(html: str) -> str:
    plain = re.sub(r"<svg.*?</svg>|<head.*?</head>|<style.*?</style>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", plain).split())


def page(of: Profile, name: str, config: Config | None = None) -> str:
    used = config or made_up.config()
    spec = used.documents[name]
    make = web_page.make if "html" in spec.formats else documents.make
    return make(of, spec, used).html


def slides(of: Profile, config: Config | None = None) -> list[Slide]:
    used = config or made_up.config()
    return list(deck(Desk.of(of, used.documents["presentatie"], used)).slides)


def slide(of: Profile, name: str) -> Slide:
    return next(made for made in slides(of) if made.id == name)


def table(made: Slide) -> Table:
    return next(at.block for at in made.placed if isinstance(at.block, Table))


@cache
def real(slug: str, language: str = "nl") -> Profile:
    config = sample.config() if language == "nl" else translate(sample.config(), language)
    data = sample.dataset() if language == "nl" else folder.load(config)
    return make_profile(config, data, plan(config, data, [slug], Order())[0])


# --- one rule -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "time"),
    [
        ("2018–2022", Time.PAST),
        ("klaar eind 2019", Time.PAST),
        ("vanaf 2018 tot 2022", Time.PAST),  # two years: the second one ends it
        ("december 2025", Time.PAST),
        ("2024-25", Time.PAST),
        ("2012-05-03", Time.PAST),  # a month is no year
        ("2024–26", Time.AHEAD),
        ("2025/2026", Time.AHEAD),
        ("2026", Time.AHEAD),
        ("vanaf 2027", Time.AHEAD),
        ("sinds 2017", Time.GOING),
        ("Vanaf mei 2019", Time.GOING),
        ("2018–", Time.GOING),
        ("2018 tot nu", Time.GOING),
        ("", Time.UNKNOWN),
        ("elke maandag", Time.UNKNOWN),
        ("vanaf mei", Time.UNKNOWN),
        ("om 1930 uur 12345", Time.PAST),
    ],
)
def test_the_last_year_that_is_named_decides(when: str, time: Time) -> None:
    assert plans.time_of(when, 2026, ENDS) is time


def test_the_same_words_are_another_time_in_another_edition() -> None:
    made = [Action.model_validate(action("Wandelen", "2026"))]
    assert plans.plan(made, 2026, ENDS).current == tuple(made)
    assert plans.plan(made, 2027, ENDS).past == tuple(made)


@pytest.mark.parametrize(
    ("times", "tone"),
    [
        (["2026", "2027"], "ahead"),
        (["2026", "2019"], "ahead"),  # what is past has no part in it
        (["sinds 2017"], "going"),
        (["sinds 2017", "2026"], "open"),
        (["2026", ""], "open"),
        ([""], "open"),
        (["2019"], "open"),
    ],
)
def test_only_what_holds_for_all_is_said_of_all(times: list[str], tone: str) -> None:
    made = [Action.model_validate(action("Wandelen", when)) for when in times]
    assert plans.plan(made, 2026, ENDS).tone == tone


# --- every document -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["factsheet", "folder", "web", "dialoog", "dialoog-stemvel"])
def test_no_document_promises_what_is_past(name: str) -> None:
    told = words(page(profile(action("Het recept", PAST), action("De weide", "2019")), name))
    assert not [promise for promise in PROMISES if promise in told]
    if name != "dialoog-stemvel":
        assert re.search(r"Dit was het plan.*Het recept", told)


def test_slides_ask_about_what_is_past_and_leave_the_plan_empty() -> None:
    of = profile(action("Het recept", PAST))
    ids = [made.id for made in slides(of)]
    assert ids[ids.index("plan-past") + 1] == "plan"
    past, new = slide(of, "plan-past"), slide(of, "plan")
    assert [row[1].text for row in table(past).rows] == ["Het recept"]
    assert past.lead == "Deze tijd is voorbij. Wat is gelukt, en wat gaat verder?"
    assert new.lead == "Vul dit samen in."
    assert {row[1].text for row in table(new).rows} == {""}


def test_past_and_future_stand_apart() -> None:
    of = profile(action("Het recept", PAST), action("Het plein", AHEAD))
    for name in ("factsheet", "web"):
        told = words(page(of, name))
        assert told.index("Het plein") < told.index("Dit was het plan") < told.index("Het recept")
    told = words(page(of, "folder"))
    assert "Dit gaan we doen Het plein Buren · 2026–2028" in told
    assert "Het recept" not in told  # a folder looks ahead where there is something ahead
    assert [row[1].text for row in table(slide(of, "plan")).rows] == ["Het plein"]
    assert [row[1].text for row in table(slide(of, "plan-past")).rows] == ["Het recept"]
    assert slide(of, "plan").lead == "Dit is afgesproken. Klopt het nog?"


@pytest.mark.parametrize(
    ("times", "heading"),
    [
        (["2027"], "Dit gaan we doen"),
        (["sinds 2017"], "Dit doen we"),
        ([""], "Dit is het plan"),
        (["2027", ""], "Dit is het plan"),
        (["2019"], "Dit was het plan"),
        ([], "Dit gaan we doen Dat kiezen we samen in de wijkdialoog."),
    ],
)
def test_the_folder_says_no_more_than_its_actions(times: list[str], heading: str) -> None:
    told = words(page(profile(*(action(f"Actie {n}", when) for n, when in enumerate(times))),
                      "folder"))  # fmt: skip
    known = ("Dit gaan we doen", "Dit doen we", "Dit is het plan", "Dit was het plan")
    assert heading in told
    assert sum(title in told for title in known) == 1


def test_after_a_past_plan_the_folder_asks_what_comes_now() -> None:
    told = words(page(profile(action("Het recept", PAST)), "folder"))
    assert "En nu? Dat kiezen we samen in de wijkdialoog." in told
    first = {"theme": "leefstijl", "why": "Bewoners vinden dit.", "source": "dialogue"}
    told = words(page(profile(action("Het recept", PAST), priorities=[first]), "folder"))
    assert told.index("Het recept") < told.index("En nu? Hier beginnen we mee: leefstijl")


# --- when nobody said when ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["factsheet", "web"])
def test_a_column_without_a_word_in_it_is_no_column(name: str) -> None:
    without = page(profile(action("Wandelen"), action("Eten")), name)
    assert ">Wanneer</th>" not in without
    assert "nog afspreken" not in without
    some = page(profile(action("Wandelen", "2027"), action("Eten")), name)
    assert ">Wanneer</th>" in some
    assert "Eten Buren nog afspreken" in words(some)


def test_slides_too_have_no_empty_column() -> None:
    assert table(slide(profile(action("Wandelen")), "plan")).head == ("Doel", "Wat we doen", "Wie")
    some = table(slide(profile(action("Wandelen", "2027"), action("Eten")), "plan"))
    assert [row[3].text for row in some.rows] == ["2027", "nog afspreken"]
    assert slide(profile(action("Wandelen")), "plan").lead == (
        "Dit staat in het plan. Wanneer doen we het?"
    )


def test_on_paper_there_is_room_to_write_when() -> None:
    told = words(page(profile(action("Wandelen", "2027"), action("Eten")), "dialoog"))
    assert "Wanneer" in told
    assert "Eten Buren 3 4" in told  # the cell is empty; the next rows are 3 and 4


# --- recognised approaches ----------------------------------------------------------------------


def test_three_themes_with_priority_make_one_slide_with_its_warning() -> None:
    of = real("kanaleneiland")
    helps = [made for made in slides(of, sample.config()) if made.id.startswith("help")]
    assert [made.id for made in helps] == ["help"]
    rows = table(helps[0]).rows
    themes = {row[0].text for row in rows}
    assert themes == {"Leefstijl", "Sociale omgeving", "Participatie"}
    assert all(row[1].text not in {"", "–"} for row in rows)


def test_a_table_of_approaches_that_goes_on_warns_on_every_slide() -> None:
    """Six themes with priority, of frameworks with long lists: more than one slide holds."""
    domains = [d.id for f in sample.config().frameworks.values() for d in f.domains]
    chosen = [{"theme": t, "why": "Omdat.", "source": "dialogue"} for t in dict.fromkeys(domains)]
    of = profile(priorities=chosen)
    helps = [made for made in slides(of) if made.id.startswith("help")]
    assert len(helps) > 1
    for made in helps:
        said = [at.block.text for at in made.placed if isinstance(at.block, Text)]
        assert any("Een erkenning kan veranderen" in text for text in said)


def test_no_slide_says_that_nothing_was_chosen_beside_a_plan() -> None:
    of = profile(action("Het recept", AHEAD))
    shown = " ".join(made.lead for made in slides(of))
    assert "Dit is afgesproken" in shown
    assert "nog geen thema" not in shown


def test_what_there_is_follows_the_rule_of_the_offers() -> None:
    """Priority themes first; a recognised approach stands where the catalogue places it."""
    first = {"theme": "gezondheidsbeleving", "why": "Omdat.", "source": "dialogue"}
    named = {"name": "In Balans", "status": "loopt"}  # configs/interventions.yaml: its only theme
    rows = table(slide(profile(priorities=[first], interventions=[named]), "there")).rows
    assert [row[0].text for row in rows] == ["Gezondheidsbeleving", "Leefstijl", "Sociale omgeving"]
    there = {row[0].text: (row[1].text, row[2].text) for row in rows}
    assert there["Gezondheidsbeleving"] == ("In Balans", "Wat mist u nog?")
    assert there["Leefstijl"] == ("Nog niets genoemd.", "Wat kent u? Wat mist u?")


# --- goals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "nog niet gemeten"),
        ({"target": 40}, "nog niet gemeten"),
        ({"baseline": 45}, "nog geen nieuw cijfer"),
        ({"baseline": 45, "target": 40, "year": 2030}, "nog geen nieuw cijfer"),
        ({"baseline": 45, "baseline_year": 2020, "now": 44, "now_year": 2020, "target": 40},
         "nog geen nieuw cijfer"),
        ({"now": 44, "target": 40}, "nog niet te zeggen"),
        ({"baseline": 45, "now": 44}, "nog niet te zeggen"),
        ({"indicator": "eenzaam", "baseline": 45, "target": 40},
         "met dit cijfer niet te meten"),
    ],
)  # fmt: skip
def test_a_goal_without_a_status_says_why_it_has_none(facts: dict[str, Any], said: str) -> None:
    own = {} if "indicator" in facts else {"measure": "deelnemers"}
    goal = Goal.model_validate({"title": "Meer", **own, **facts})
    of = made_up.profile(people=made_up.people(goals=[goal]))
    config = made_up.config()
    row = goal_rows(Desk.of(of, config.documents["factsheet"], config))[0]
    assert row.status == said


def test_a_withheld_figure_was_measured_and_cannot_be_told() -> None:
    goal = Goal(title="Minder", indicator="eenzaam", baseline=45, target=40)
    topic = made_up.topics()["eenzaam"]
    hidden = made_up.figure(made_up.LONELY, None, Status.SUPPRESSED)
    standing = goals.by_indicator(goal, dataclasses.replace(topic, figure=hidden), model=False)
    assert goals.told(standing) == "unclear"


@pytest.mark.parametrize(("year", "over"), [(2024, True), (2025, True), (2026, False)])
def test_the_year_of_a_goal_that_has_passed_is_called_so(year: int, over: bool) -> None:
    goal = Goal(title="Meer", measure="deelnemers", baseline=5, target=9, year=year)
    of = made_up.profile(people=made_up.people(goals=[goal]))
    config = made_up.config()
    row = goal_rows(Desk.of(of, config.documents["factsheet"], config))[0]
    assert (f"Het jaar {year} is voorbij." in row.hint) is over


# --- notes, one and many, pages -----------------------------------------------------------------


NOTE = "Vergelijkbaar of gunstiger betekent niet"


@pytest.mark.parametrize("name", ["dialoog", "dialoog-stemvel"])
def test_paper_without_verdicts_has_the_note_of_its_figures_only(name: str) -> None:
    told = words(page(made_up.profile(), name))
    assert NOTE not in told
    assert "Indicatief" not in told
    assert "Deze cijfers zijn berekend met een rekenmodel" in told


def text(made: bytes) -> tuple[str, ...]:
    found = pypdfium2.PdfDocument(made)
    return tuple(" ".join(p.get_textpage().get_text_bounded().split()) for p in found)


@cache
def pages(slug: str, name: str, style: str = "buurt") -> tuple[str, ...]:
    config = sample.config()
    of = real(slug)
    of = dataclasses.replace(of, people=of.people.model_copy(update={"style": style}))
    made = pdf.render(documents.make(of, config.documents[name], config), config)
    return text(made)


@pytest.mark.parametrize("style", ["buurt", "inkt"])
def test_the_plan_goes_on_with_the_same_running_line(style: str) -> None:
    """One line on all pages is furniture to a screen reader; on some, it is text it skips."""
    found = pages("stevenshof", "factsheet", style)
    assert len(found) > 4
    assert all(NOTE in text for text in found)
    assert "Dit was het plan" in found[4]


@pytest.mark.parametrize("style", ["buurt", "inkt"])
@pytest.mark.parametrize("slug", ["stevenshof", "kanaleneiland", "alphen-noord"])
def test_the_form_ends_with_a_page_that_is_used(slug: str, style: str) -> None:
    found = pages(slug, "dialoog", style)
    assert len(found) == 5
    assert "Wie doet wat?" in found[4]
    assert "Mogen wij uw woorden laten lezen?" in found[4]
    model = ["Deze cijfers zijn berekend" in text for text in found]
    # In full where figures begin, and shortly at each; the votes have none.
    assert model == [False, True, False, False, False]
    short = ["Berekend met een rekenmodel, niet geteld." in text for text in found]
    assert short == [False, True, True, True, False]


def test_after_a_long_plan_goals_and_consent_stay_together() -> None:
    long = [action(f"Iets dat we doen, nummer {n}", "2027") for n in range(9)]
    config = made_up.config()
    made = pdf.render(documents.make(profile(*long), config.documents["dialoog"], config), config)
    last = text(made)[-1]
    assert "Hoe zien we straks of het lukt?" in last
    assert "Mogen wij uw woorden laten lezen?" in last


@pytest.mark.parametrize("name", ["factsheet", "web"])
@pytest.mark.parametrize("count", [1, 2])
def test_one_theme_is_a_theme(name: str, count: int) -> None:
    chosen = [{"theme": theme, "why": "Omdat.", "source": "dialogue"}
              for theme in ("leefstijl", "sociale-omgeving")]  # fmt: skip
    told = words(page(profile(priorities=chosen[:count], strengths=["De molen"]), name))
    assert ("Thema met voorrang" in told) is (count == 1)
    assert ("Thema’s met voorrang" in told) is (count == 2)


def test_the_slide_to_vote_on_has_as_many_dots_as_everybody_has() -> None:
    voted = slide(made_up.profile(), "vote")
    assert voted.lead.endswith("U heeft 3 stippen.")
    assert table(voted).votes == 3


def test_votes_that_were_given_are_printed() -> None:
    votes = {"leefstijl": 14, "sociale-omgeving": 25}
    voted = slide(profile(dialogue={"held": True, "votes": votes}), "vote")
    assert [row[2].text for row in table(voted).rows] == ["14 van de 39", "25 van de 39",
                                                          "0 van de 39"]  # fmt: skip
    assert table(voted).votes == 0
    assert voted.lead == "Zo is er gestemd. Klopt dat nog?"


# --- areas beside each other --------------------------------------------------------------------


def compared(*profiles: Profile) -> Comparison:
    return Comparison("twee", "Twee wijken", "", profiles)


def beside(*profiles: Profile) -> comparison_people.People:
    config = made_up.config()
    return comparison_people.people(
        SetDesk.of(compared(*profiles), config.documents["vergelijking"], config)
    )


def quote(text: str) -> dict[str, object]:
    return {"text": text, "who": "resident", "consent": True}


def test_what_was_the_plan_is_no_action_of_now() -> None:
    found = beside(profile(action("Het recept", PAST)), profile(action("Het plein", AHEAD)))
    cells = {part.title: part.cells for part in found.sheets[0].parts}
    assert [[e.name for e in cell] for cell in cells["Acties"]] == [[], ["Het plein"]]
    assert [[e.name for e in cell] for cell in cells["Dit was het plan"]] == [["Het recept"], []]


def test_a_heading_that_promises_words_has_them() -> None:
    silent = beside(profile(action("Wandelen")), profile(action("Eten")))
    assert silent.title == "Wat mensen doen"
    shared, own = quote("Wij kennen elkaar."), quote("Het plein is mooi.")
    found = beside(profile(quotes=[shared]), profile(quotes=[shared, own]))
    assert found.title == "Wat mensen zeggen en doen"
    assert [q.text for q in found.quotes] == ["„Wij kennen elkaar.”"]  # of both, so told once
    cells = {part.title: part.cells for part in found.sheets[0].parts}
    assert [[e.name for e in c] for c in cells["Mensen vertellen"]] == [["„Het plein is mooi.”"]]


def test_a_row_that_a_page_cannot_hold_is_named_again() -> None:
    many = [action(f"Actie nummer {n} " + "met een lange naam" * 5, "2027") for n in range(30)]
    found = beside(profile(*many), profile(action("Eten", "2027")))
    parts = [part for part in found.sheets[0].parts if part.title.startswith("Acties")]
    assert [part.title for part in parts] == ["Acties", *["Acties (vervolg)"] * (len(parts) - 1)]
    assert len(parts) > 1
    told = [entry.name for part in parts for entry in part.cells[0]]
    assert told == [one["action"] for one in many]
    assert [entry.name for part in parts for entry in part.cells[1]] == ["Eten"]


# --- another language ---------------------------------------------------------------------------


def test_english_slides_and_comparison_say_that_words_stay_dutch() -> None:
    english = translate(sample.config(), "en")
    note = "What residents and partners wrote stands here in Dutch."
    here = real("stevenshof", "en")
    noted = {made.id for made in slides(here, english) if note in made.note}
    assert noted == {"purpose", "ask", "there", "plan-past", "goals"}
    spec = english.documents["vergelijking"]
    both = Comparison("twee", "Two", "", (here, real("alphen-noord", "en")))
    assert note in comparison.make(both, spec, english).html
    dutch = slides(real("stevenshof"), sample.config())
    assert not [made.id for made in dutch if "in het Nederlands" in made.note]
