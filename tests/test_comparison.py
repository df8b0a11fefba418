"""Several areas side by side: what may be said of them, and the document that says it.

Expected differences are worked out by hand beside each case; printed figures are those that the
areas' own profiles print.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import builders
import sample
import test_attack_output
from finished import Finished, spoiled
from made_up import NOTHING, figure, reference, verdict
from made_up import indicator as made_indicator
from made_up import profile as made_profile
from terminal import run
from wijkprofiel import config as configs
from wijkprofiel.assets import Assets, shipped_root
from wijkprofiel.build import attack, comparison_agreement, comparison_verify
from wijkprofiel.build import comparison as building
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.config.translate import translate
from wijkprofiel.documents import comparison as document
from wijkprofiel.documents import comparison_opening, comparison_words
from wijkprofiel.documents.comparison_desk import SetDesk
from wijkprofiel.documents.comparison_words import Line, Told
from wijkprofiel.errors import ConfigError, DisclosureError, RenderError
from wijkprofiel.model import Area, Comparison, Level, Outcome, OwnArea, Profile, Topic
from wijkprofiel.profile import contrast
from wijkprofiel.profile.contrast import Apart
from wijkprofiel.profile.pairs import Pair, overlap, pairs
from wijkprofiel.render import check
from wijkprofiel.render.paper import Tag
from wijkprofiel.sources import folder
from wijkprofiel.wording.numbers import printed

SD = 5.0
WORSE = made_indicator("last", "Heeft ergens last van", direction="worse")


# --- what is made up -------------------------------------------------------------------------


def area(code: str) -> OwnArea:
    part = Area(code, code, Level.WIJK, "GM0001", 2024)
    return OwnArea(code.lower(), code, (part,), (), None)


def topic(
    value: float | None,
    outcome: Outcome = Outcome.SIMILAR,
    strength: int = 0,
    margin: float | None = None,
) -> Topic:
    """A topic of which lower is better; Nederland 40, SD 5, so z = (40 − value)/5."""
    given = figure(WORSE, value)
    if margin is not None and value is not None:
        given = dataclasses.replace(given, lower=value - margin, upper=value + margin)
    z = None if value is None else (40 - value) / SD
    said = verdict(outcome, strength, "band" if margin is None else "test", z or 0.0)
    said = NOTHING if value is None else said
    return Topic(WORSE, given, figure(WORSE, 40.0), None, said, None,
                 reference(WORSE, sd=SD), z, None, None)  # fmt: skip


BAD, GOOD, SAME = Outcome.UNFAVOURABLE, Outcome.FAVOURABLE, Outcome.SIMILAR
FRAME = builders.framework(builders.domain("een", ("last",)))


def known(topics: list[Topic]) -> dict[tuple[int, int], Pair]:
    areas = [area(f"WK00010{number}") for number in range(len(topics))]
    return pairs(areas, {"last": topics}, FRAME)["last"]


# --- pairs: by a whole band, or by a test ----------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        (40.0, 45.0, 0),  # exactly 1 SD: a border belongs to the milder word
        (40.0, 45.1, 1),  # 1.02 SD, and 40 ≠ 45 on paper
        (45.1, 40.0, -1),
        (40.0, 44.9, 0),  # 0.98 SD
        (None, 60.0, 0),  # no figure, nothing to say
    ],
)
def test_without_margins_a_difference_is_more_than_one_sd(
    one: float | None, other: float | None, sign: int
) -> None:
    found = known([topic(one), topic(other)])[0, 1]
    assert (found.sign, found.tested) == (sign, False)


def test_with_margins_a_difference_is_tested_with_both_errors() -> None:
    # 43 − 40 = 3; each ±1.96 is se 1, so se √2 = 1.4142: z = 2.1213 > 1.96. Only 0.6 SD.
    pair = known([topic(40.0, margin=1.96), topic(43.0, margin=1.96)])[0, 1]
    assert (pair.sign, pair.tested) == (1, True)
    # 42 − 40 = 2: z = 1.4142 < 1.96.
    pair = known([topic(40.0, margin=1.96), topic(42.0, margin=1.96)])[0, 1]
    assert (pair.sign, pair.tested) == (0, True)
    # A sure difference that is not a whole percentage point on paper: 40 and 40.
    pair = known([topic(39.6, margin=0.05), topic(40.4, margin=0.05)])[0, 1]
    assert pair.sign == 0


def test_many_tests_are_held_together() -> None:
    # One pair of p = 0.0339 (z 2.1213) among three; the others: equal figures, p = 1. BH: the
    # smallest of m = 3 becomes 3·0.0339 = 0.102 > 0.05, so nothing may be said.
    areas = [area("WK000101"), area("WK000102")]
    alike = [topic(40.0, margin=1.96), topic(40.0, margin=1.96)]
    apart = [topic(40.0, margin=1.96), topic(43.0, margin=1.96)]
    alone = pairs(areas, {"a": apart}, FRAME)
    among = pairs(areas, {"a": apart, "b": alike, "c": alike}, FRAME)
    assert alone["a"][0, 1].sign == 1
    assert among["a"][0, 1].sign == 0


def test_areas_that_share_people_are_never_compared() -> None:
    wijk, buurt, other = area("WK000101"), area("BU00010112"), area("WK000102")
    assert overlap(wijk, buurt)
    assert overlap(buurt, wijk)
    assert not overlap(wijk, other)
    found = pairs([wijk, buurt], {"last": [topic(30.0), topic(60.0)]}, FRAME)
    assert found["last"] == {}


def test_figures_of_different_periods_are_never_compared() -> None:
    late = topic(60.0)
    late = dataclasses.replace(late, figure=dataclasses.replace(late.figure, period="1999"))
    assert known([topic(30.0), late])[0, 1].sign == 0


# --- shared, alone, apart --------------------------------------------------------------------


def test_what_all_share_is_told_with_the_mildest_word() -> None:
    found = contrast.shared("x", [topic(46, BAD, 2), topic(44, BAD, 1), topic(52, BAD, 3)])
    assert found is not None
    assert (found.outcome, found.strength, found.varied, found.everywhere) == (BAD, 1, True, True)
    assert found.areas == (0, 1, 2)


def test_two_of_three_share_and_the_third_has_another_word() -> None:
    found = contrast.shared("x", [topic(40), topic(52, BAD, 3), topic(41)])
    assert found is not None
    assert (found.outcome, found.areas, found.everywhere) == (SAME, (0, 2), False)


@pytest.mark.parametrize(
    "topics",
    [
        [topic(40), topic(46, BAD, 2)],  # one of each
        [topic(40), topic(40), topic(46, BAD, 2), topic(46, BAD, 2)],  # two of each
        [topic(None), topic(40)],  # one figure
        [topic(40, Outcome.UNCERTAIN), topic(40, Outcome.UNCERTAIN)],  # nothing is sure
    ],
)
def test_nothing_is_shared(topics: list[Topic]) -> None:
    assert contrast.shared("x", topics) is None


def test_of_many_areas_only_what_all_share_is_told() -> None:
    many = [topic(40)] * contrast.NAMED + [topic(52, BAD, 3)]
    assert contrast.shared("x", many) is None
    assert contrast.shared("x", many[:-1]) is not None


def test_alone_needs_a_verdict_of_its_own_and_a_distance_to_each_of_the_others() -> None:
    far = [topic(40), topic(41), topic(50, BAD, 2)]  # 2 and 1.8 SD apart
    found = contrast.alone("x", far, known(far))
    assert found is not None
    assert (found.area, found.outcome, found.strength) == (2, BAD, 2)
    near = [topic(40), topic(42.4), topic(43, BAD, 1)]  # 42.4 is "vergelijkbaar": 0.12 SD apart
    assert contrast.alone("x", near, known(near)) is None
    unknown = [topic(40), topic(None), topic(50, BAD, 2)]  # who knows about the second
    assert contrast.alone("x", unknown, known(unknown)) is None
    both = [topic(40), topic(50, BAD, 2), topic(50, BAD, 2)]
    assert contrast.alone("x", both, known(both)) is None


def test_groups_are_apart_only_where_every_area_is_apart_from_every_other() -> None:
    # 30 and 31 against 50 and 51: all four pairs more than 1 SD apart; areas keep their order.
    four = [topic(50), topic(30), topic(51), topic(31)]
    found = contrast.apart("x", four, known(four))
    assert found is not None
    assert (found.worse, found.better) == ((0, 2), (1, 3))
    # 36, 40, 44: neighbours 0.8 SD apart, the ends 1.6: only the ends may be told.
    three = [topic(40), topic(44), topic(36)]
    found = contrast.apart("x", three, known(three))
    assert found is not None
    assert (found.worse, found.better) == ((1,), (2,))
    close = [topic(40), topic(44), topic(41)]
    assert contrast.apart("x", close, known(close)) is None


# --- a slot speaks through one topic; the largest difference comes first ----------------------

FIRST = made_indicator("eerste", "Eerst genoemd", direction="worse")
SECOND = made_indicator("tweede", "Daarna genoemd", direction="worse")


def areas_with(*values: dict[str, float], margins: dict[str, float] | None = None) -> list[Profile]:
    """Areas with a figure for each topic; Nederland 40, SD 5, so one band is 5 points."""
    margins = margins or {}
    found = []
    for number, figures in enumerate(values):
        topics = {
            one.id: dataclasses.replace(
                topic(figures[one.id], margin=margins.get(one.id)), indicator=one
            )
            for one in (FIRST, SECOND)
        }
        found.append(made_profile(area=area(f"WK00010{number}"), topics=topics))
    return found


def speaks(*slots: tuple[str, ...], areas: list[Profile]) -> tuple[contrast.Contrast, ...]:
    return contrast.contrasts(areas, builders.framework(builders.domain("een", *slots)))


def test_a_slot_speaks_through_the_topic_that_the_framework_names_first() -> None:
    # As in Den Haag Zuidwest: 65, 49, 48 (17 apart) beside 45, 30, 27 (18 apart). Both differ by
    # more than a band of 5; the slot is named after the first, which must not go missing.
    areas = areas_with(
        {"eerste": 49, "tweede": 30}, {"eerste": 48, "tweede": 27}, {"eerste": 65, "tweede": 45}
    )
    (found,) = speaks(("eerste", "tweede"), areas=areas)
    assert found.apart == (Apart("eerste", (2,), (0, 1), tested=False),)
    (both,) = speaks(("eerste",), ("tweede",), areas=areas)  # a slot each: both speak
    assert [one.topic for one in both.apart] == ["eerste", "tweede"]


def test_a_slot_speaks_through_its_second_topic_where_the_first_has_no_difference() -> None:
    areas = areas_with({"eerste": 42, "tweede": 30}, {"eerste": 44, "tweede": 45})  # 2 and 15
    (found,) = speaks(("eerste", "tweede"), areas=areas)
    assert found.apart == (Apart("tweede", (1,), (0,), tested=False),)


def test_a_slot_speaks_through_a_difference_that_was_tested_before_another() -> None:
    # tweede: margins of 2, so se = 2/1.96 and that of the difference 1.44; 15/1.44 = 10.4.
    areas = areas_with(
        {"eerste": 40, "tweede": 30}, {"eerste": 60, "tweede": 45}, margins={"tweede": 2.0}
    )
    (found,) = speaks(("eerste", "tweede"), areas=areas)
    assert found.apart == (Apart("tweede", (1,), (0,), tested=True),)


def test_a_slot_is_told_of_one_topic_also_where_an_area_stands_alone() -> None:
    # Alone in the second topic by its verdict; the first differs too, without one: the first.
    topics = areas_with(
        {"eerste": 40, "tweede": 40}, {"eerste": 41, "tweede": 41}, {"eerste": 60, "tweede": 70}
    )
    bad = verdict(BAD, 2, "band", -6.0)
    last = {
        **topics[2].topics,
        "tweede": dataclasses.replace(topics[2].topics["tweede"], against_country=bad),
    }
    areas = [*topics[:2], dataclasses.replace(topics[2], topics=last)]
    (found,) = speaks(("eerste", "tweede"), areas=areas)
    assert found.alone == ()
    assert found.apart == (Apart("eerste", (2,), (0, 1), tested=False),)


def test_a_spread_is_from_the_lowest_figure_to_the_highest() -> None:
    assert contrast.spread([topic(49), topic(None), topic(65), topic(48)]) == 17
    assert contrast.spread([topic(None)]) == 0


def theme(*sizes: tuple[bool, float]) -> Told:
    lines = tuple(Line(f"{size:g}", "", (percent, size)) for percent, size in sizes)
    return Told("Thema", "groen", (), lines)


def test_the_three_largest_differences_of_all_themes_come_first() -> None:
    # Percentages before other units, whose sizes are not comparable; of equal ones the first.
    themes = [theme((True, 4.0), (True, 17.0)), theme((False, 99.0), (True, 9.0), (True, 4.0))]
    assert [line.title for line in comparison_words.largest(themes)] == ["17", "9", "4"]
    assert comparison_words.largest(themes)[2] is themes[0].differ[0]
    few = [theme((True, 4.0), (True, 17.0), (True, 9.0))]  # three: they need no summary
    assert comparison_words.largest(few) == ()


def test_within_a_theme_the_largest_difference_comes_first() -> None:
    # Printed in the pages of these areas themselves: 65, 49 and 48 percent are lonely.
    told = comparison_words.told(desk(compared("alphen-noord", "stevenshof", "den-haag-zuidwest")))
    social = next(one for one in told if one.title == "Sociale omgeving")
    assert [line.title for line in social.differ] == ["Eenzaam"]
    percent, size = social.differ[0].size
    assert percent
    assert size == pytest.approx(17, abs=1)
    for one in told:
        sizes = [line.size for line in one.differ]
        assert sizes == sorted(sizes, reverse=True)


def test_of_many_areas_is_counted_and_none_is_left_out() -> None:
    found = contrast.tally("x", [topic(40), topic(52, BAD, 3), topic(30, GOOD, 2), topic(None)])
    told = {outcome: number for outcome, number in found.counts.items() if number}
    assert told == {SAME: 1, BAD: 1, GOOD: 1, Outcome.NONE: 1}
    assert (found.low, found.high) == (30, 52)


# --- the document ----------------------------------------------------------------------------


@cache
def profile(name: str) -> Profile:
    task = plan(sample.config(), sample.dataset(), [name], Order())[0]
    return make_profile(sample.config(), sample.dataset(), task)


@cache
def compared(*names: str) -> Comparison:
    return Comparison("proef", "Proef", "", tuple(profile(name) for name in names))


THREE = ("alphen-noord", "stevenshof", "den-haag-zuidwest")


def desk(of: Comparison) -> SetDesk:
    return SetDesk.of(of, sample.config().documents["vergelijking"], sample.config())


@cache
def rendered(*names: str) -> bytes:
    spec = sample.config().documents["vergelijking"]
    content, _ = building.render(compared(*names), spec, sample.config())
    return content


def test_every_figure_is_the_one_that_the_areas_own_profile_prints() -> None:
    themes = document.SetView(desk(compared(*THREE))).themes
    words = desk(compared(*THREE)).words
    rows = {row.title: row for theme in themes for row in theme.rows}
    judged = {t.indicator.title: t.indicator.id for t in profile(THREE[0]).topics.values()}
    assert len(rows) > 20
    for title, row in rows.items():
        for name, value in zip(THREE, row.values, strict=True):
            own = profile(name).topics[judged[title]]
            told = printed(own.figure, own.indicator, words)
            assert value.number == told.number + (told.unit if told.unit == "%" else "")


def test_the_published_figures_stand_beside_each_other() -> None:
    # RIVM 50090NED, 2020 (docs/documents.md §8): Stevenshof 79.6 and 47.8, Moerwijk 67.0 and 67.3,
    # Leidsche Rijn 82.8 and 47.8; good health and lonely.
    three = compared("stevenshof", "moerwijk", "WK034409")
    rows = {row.title: row for theme in document.SetView(desk(three)).themes for row in theme.rows}
    assert [v.number for v in rows["Voelt zich gezond"].values] == ["80%", "67%", "83%"]
    assert [v.number for v in rows["Eenzaam"].values] == ["48%", "67%", "48%"]
    assert (rows["Voelt zich gezond"].country, rows["Eenzaam"].country) == ("78%", "47%")


def test_the_order_is_that_of_the_caller_never_of_a_value() -> None:
    for names in (THREE, THREE[::-1]):
        view = document.SetView(desk(compared(*names)))
        assert view.labels == tuple(profile(name).area.name for name in names)
        assert [row.name for row in view.areas.rows] == list(view.labels)
        assert all([c.area for c in panel.cells] == list(view.labels) for panel in view.panels)


def test_a_gemeente_is_in_the_order_of_the_alphabet() -> None:
    choice = building.choose(sample.config(), sample.dataset(), [], "GM0484")
    assert len(choice.tasks) == 16
    names = [profile(task.slug if task.profile else task.code or "").area.name
             for task in choice.tasks]  # fmt: skip
    assert names == sorted(names)


def test_a_wijk_with_a_profile_of_its_own_brings_what_its_people_wrote() -> None:
    choice = building.choose(sample.config(), sample.dataset(), [], "GM0546")
    slugs = {task.slug for task in choice.tasks if task.profile is not None}
    assert slugs == {"stevenshof"}


def test_sentences_are_careful_where_nothing_was_tested() -> None:
    told = document.SetView(desk(compared(*THREE))).told
    lines = [line.text for theme in told for line in (*theme.agree, *theme.differ)]
    assert len(lines) > 10
    assert all(line.startswith(("lijkt ", "lijken ")) for line in lines)
    # Lonely... Zuidwest 65, others 49 and 48, SD 5.57: 2.9 and 3.1 SD.
    found = {line.title: line.text for theme in told for line in theme.differ}
    assert found["Moeite met rondkomen"] == (
        "lijkt alleen in Den Haag Zuidwest (31%) veel ongunstiger dan Nederland, niet in Alphen "
        "Noord (15%) en Stevenshof (13%)."
    )


RANKS = re.compile(
    r"\b(beste|slechtste|hoogste|laagste|eerste|laatste|nummer \d|plaats \d|winnaar|rang\w*)\b",
    re.IGNORECASE,
)
ALLOWED = (
    "nergens staat wie de beste of de slechtste is",
    "eerste aanwijzingen",
    "vanaf het begin",
)


def test_a_map_is_as_wide_as_its_column_however_long_its_key() -> None:
    # In English the key of this map is wider than half the page: it wraps, the maps stay beside
    # each other, and the list of areas keeps its room. Two maps: (176 - 4)/2 = 86 mm each.
    spoken = translate(sample.config(), "en")
    choice = building.choose(spoken, sample.dataset(), ["groz"])
    made = tuple(make_profile(spoken, sample.dataset(), task) for task in choice.tasks)
    of = Comparison(choice.slug, choice.title, choice.intro, made, choice.gemeente, ())
    content, _ = building.render(of, spoken.documents["vergelijking"], spoken)
    assert content.startswith(b"%PDF")
    own = SetDesk.of(of, spoken.documents["vergelijking"], spoken)
    assert [plate.width for plate in comparison_opening.plates(own)] == [86.0, 86.0]


@pytest.mark.parametrize("names", [THREE, ("utrecht-oost", "kanaleneiland", "nieuwegein")])
def test_nobody_is_ranked(names: tuple[str, ...]) -> None:
    told = " ".join(" ".join(check.read(rendered(*names))).split())
    for phrase in ALLOWED:
        told = told.replace(phrase, "")
    found = {match[0].lower() for match in RANKS.finditer(told)}
    # What programmes wrote themselves: "het eerste thema", "Wat komt eerst".
    assert found <= {"eerste"}, found


def test_of_many_areas_no_sentence_names_one() -> None:
    codes = [task.code or task.slug for task in
             building.choose(sample.config(), sample.dataset(), [], "GM0484").tasks]  # fmt: skip
    many = compared(*codes)
    view = document.SetView(desk(many))
    lines = [line.text for theme in view.told for line in (*theme.agree, *theme.differ)]
    assert lines
    assert not [line for line in lines for label in view.labels if label in line]


def test_areas_without_figures_are_kept_and_said_so() -> None:
    view = document.SetView(desk(compared("stevenshof", "oostduinen")))
    assert view.areas.rows[1].note == "Hier wonen geen mensen. Er zijn geen cijfers."
    rows = [row for theme in view.themes for row in theme.rows]
    assert {row.values[1].number for row in rows} == {"–"}
    assert {row.values[1].mark.css for row in rows} == {"v-x"}


def test_two_areas_of_one_name_are_told_apart() -> None:
    first = profile("WK051828")
    namesake = dataclasses.replace(
        profile("stevenshof"),
        area=dataclasses.replace(profile("stevenshof").area, name=first.area.name),
    )
    both = Comparison("x", "X", "", (first, namesake))
    assert desk(both).labels == ("Centrum ('s-Gravenhage)", "Centrum (Leiden)")


def test_what_people_do_stands_beside_each_other() -> None:
    people = document.SetView(desk(compared(*THREE))).people
    assert people.lines == ("In Alphen Noord en Stevenshof is er: Welzijn op Recept.",)
    (sheet,) = people.sheets
    assert sheet.areas == ("Alphen Noord", "Stevenshof", "Den Haag Zuidwest")
    lessons = next(part for part in sheet.parts if part.title == "Tips voor anderen")
    assert [len(cell) for cell in lessons.cells] == [0, 10, 0]
    assert lessons.cells[1][-1].name == "Neem de tijd."


def test_shared_themes_are_told_once_and_asked_about() -> None:
    people = document.SetView(desk(compared("utrecht-oost", "kanaleneiland", "nieuwegein"))).people
    shared = [line for line in people.lines if line.startswith("Voorrang in ")]
    # All three chose the three themes of GROZ (their profiles).
    themes = "Leefstijl, Sociale omgeving en Participatie"
    areas = "Utrecht Oost, Kanaleneiland en Nieuwegein"
    assert shared == [f"Voorrang in {areas}: {themes}. Zij kunnen elkaar helpen."]
    # Two of three with different themes: the one asks the other what it does about it.
    line = document.SetView(desk(compared("stevenshof", "utrecht-oost"))).people.lines
    assert any(
        said.startswith("Leefstijl heeft voorrang in Utrecht Oost. Vraag het ook aan Stevenshof (")
        for said in line
    )


def test_model_figures_and_caveats_are_printed() -> None:
    told = " ".join(" ".join(check.read(rendered(*THREE))).split())
    assert "berekend met een rekenmodel van het RIVM" in told
    assert "gespreksinstrument, geen meetinstrument" in told
    pages = check.read(rendered(*THREE))
    always = "Vergelijkbaar of gunstiger betekent niet dat er niets aan de hand is."
    assert all(always in " ".join(page.split()) for page in pages)


def test_the_same_areas_give_the_same_bytes() -> None:
    again, _ = building.render(
        compared(*THREE), sample.config().documents["vergelijking"], sample.config()
    )
    assert again == rendered(*THREE)


# Two areas whose plans end in a table of one row: as many heads as cells.
UTRECHT = ("utrecht-oost", "leidsche-rijn")


@pytest.mark.parametrize("names", [THREE, UTRECHT, ("alphen-noord", "kanaleneiland")])
@pytest.mark.parametrize("style", ["buurt", "inkt"])
def test_two_checkers_find_no_fault(style: str, names: tuple[str, ...], tmp_path: Path) -> None:
    settings = sample.config().in_style(style)
    content, _ = building.render(compared(*names), settings.documents["vergelijking"], settings)
    path = tmp_path / "v.pdf"
    path.write_bytes(content)
    for command in (
        ["outloud", str(path), "--json", str(tmp_path / "r.json"), "--fail-on", "never"],
        ["pdfua", "check", str(path)],
    ):
        tool = Path(sys.executable).with_name(command[0])
        done = subprocess.run(
            [str(tool), *command[1:]], capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    (result,) = json.loads((tmp_path / "r.json").read_text())["results"]
    assert [f for f in result["findings"] if f["severity"] != "info"] == []


# --- withheld figures ------------------------------------------------------------------------


def test_a_withheld_figure_stays_withheld_beside_others(tmp_path: Path) -> None:
    root = test_attack_output.project(tmp_path / "eigen")
    own = root / "templates/vergelijking/document.yaml"
    own.parent.mkdir(parents=True)
    shipped = (shipped_root() / "templates/vergelijking/document.yaml").read_text(encoding="utf-8")
    own.write_text(shipped.replace("- huishoudensgrootte", "- tuin", 1), encoding="utf-8")
    settings = configs.load(Assets.of(root))
    data = folder.load(settings)
    names = [test_attack_output.SMALL, test_attack_output.OTHER, test_attack_output.THIRD]
    choice = building.choose(settings, data, names, title="Drie wijken")
    (one,) = building.compare(settings, data, choice, tmp_path / "out")
    told = " ".join(" ".join(check.read(one.documents[0].read_bytes())).split())
    assert test_attack_output.TITLE in told
    assert "45%" in told  # the wijk that may be shown
    profiles = [make_profile(settings, data, task) for task in choice.tasks]
    small, other, third = profiles
    view = document.SetView(
        SetDesk.of(Comparison("x", "X", "", tuple(profiles)), settings.documents["vergelijking"],
                   settings)
    )  # fmt: skip
    column = view.areas.heads.index(test_attack_output.TITLE)
    assert [row.cells[column] for row in view.areas.rows] == ["–", "–", "45%"]
    # 3 of 20 is 15 %; the other withheld one is 40 %. What the third shows, 45, is no leak.
    for profile_, number in ((small, 15), (other, 40)):
        text = f"{test_attack_output.TITLE} {number}".encode()
        with pytest.raises(DisclosureError, match="withheld"):
            attack.refuse({"v.txt": text}, profile_, settings, data, beside=profiles)
    shown = f"{test_attack_output.TITLE} 45".encode()
    for profile_ in profiles:
        attack.refuse({"v.txt": shown}, profile_, settings, data, beside=profiles)
    assert third.topics["tuin"].figure.value == 45


# --- read back and compared with its areas ---------------------------------------------------

FILE = "vergelijking-proef.pdf"


def codes(content: bytes, *names: str) -> set[str]:
    found = comparison_verify.examine({FILE: content}, compared(*names), sample.config())
    return {finding.code for finding in found}


# Of THREE a table goes on over three pages, with its heads on each; Utrecht has areas in rows.
@pytest.mark.parametrize("names", [THREE, UTRECHT, ("stevenshof", "oostduinen", "WK048409")])
def test_nothing_is_wrong_with_a_comparison_as_it_was_made(names: tuple[str, ...]) -> None:
    assert codes(rendered(*names), *names) == set()


def test_many_areas_under_each_other_are_held_against_their_profiles_too() -> None:
    chosen = building.choose(sample.config(), sample.dataset(), [], "GM0484").tasks
    names = [task.slug if task.profile else task.code or "" for task in chosen]
    assert codes(rendered(*names), *names) == set()
    spec = sample.config().documents["vergelijking"]
    seen = list(
        comparison_agreement.looks(rendered(*names), compared(*names), spec, sample.config())
    )
    # 16 wijken in a row each: seven columns of key figures and dimensions at the least.
    assert len({look.title for look in seen}) > 30
    assert len(seen) > 16 * 30
    assert all(look.right for look in seen)


def test_two_areas_with_each_others_figures() -> None:
    def spoil(done: Finished) -> None:
        one, other = done.row("Eenzaam")[1:3]
        texts = done.text(one).strip(), done.text(other).strip()
        assert texts == ("49%", "48%")  # RIVM 2020, docs/documents.md §8
        done.typed(*one, texts[1])
        done.typed(*other, texts[0])

    assert {"verify-number", "verify-text"} <= codes(spoiled(rendered(*THREE), spoil), *THREE)


def test_the_charts_of_two_areas_that_changed_places() -> None:
    def spoil(done: Finished) -> None:
        cells = [kid for kid in done.tag("TR", lambda t: t.startswith("Eenzaam")).kids
                 if isinstance(kid, Tag)]  # fmt: skip
        drawn = [next(tag for tag in cell.walk() if tag.role == "Figure") for cell in cells[1:4:2]]
        (page, one), (_, other) = (next(tag.marks()) for tag in drawn)
        blocks = done.block(page, one), done.block(page, other)
        inside = [re.split(r"(1 0 0 1 \S+ \S+ cm)", block, maxsplit=1) for block in blocks]
        assert inside[0][2] != inside[1][2]
        stream = done.stream(page)
        for (start, place, _), (_, _, theirs), block in zip(
            inside, reversed(inside), blocks, strict=True
        ):
            stream = stream.replace(block, start + place + theirs, 1)
        done.put(page, stream)

    assert "verify-chart" in codes(spoiled(rendered(*THREE), spoil), *THREE)


def test_the_heads_of_a_table_that_goes_on_are_those_it_began_with() -> None:
    def spoil(done: Finished) -> None:
        last = [tag for tag in done.paper.elements if tag.role == "THead"][-1]
        marks = list(last.marks())
        assert [done.text(mark).strip() for mark in marks] == [
            "Alphen Noord", "Stevenshof", "Den Haag Zuidwest",
        ]  # fmt: skip
        done.typed(*marks[0], "Stevenshof")
        done.typed(*marks[1], "Alphen Noord")

    assert "verify-text" in codes(spoiled(rendered(*THREE), spoil), *THREE)


def test_a_comparison_of_other_areas_and_a_file_of_another_name() -> None:
    assert {"pdf-strangers", "verify-figure", "verify-text"} <= codes(rendered(*UTRECHT), *THREE)
    other = {"vergelijking-anders.pdf": rendered(*THREE)}
    (one,) = comparison_verify.examine(other, compared(*THREE), sample.config())
    assert one.code == "verify-name"
    assert codes(b"no PDF", *THREE) == {"verify-broken"}


def test_a_comparison_that_says_another_percentage_is_refused() -> None:
    def spoil(done: Finished) -> None:
        done.typed(*done.row("Rookt")[1], "47%")

    files = {FILE: spoiled(rendered(*THREE), spoil)}
    with pytest.raises(RenderError, match="proef is not published") as caught:
        comparison_verify.refuse(files, compared(*THREE), sample.config())
    told = [problem.message for problem in caught.value.problems]
    assert "verify-number: 'Rookt': '47' where the profile has '17'" in told


def test_a_refused_comparison_is_kept_aside_and_what_was_there_stays(tmp_path: Path) -> None:
    made = run("init", tmp_path / "p", "--gemeente", "GM0546", "--date", "2026-01-31", cwd=tmp_path)
    assert made.code == 0, made.err
    name, words = "vergelijking-twee", ("compare", "WK054601", "WK054602", "--title", "Twee")
    root = tmp_path / "p"
    style = root / "templates/styles/buurt/vergelijking.css"
    style.parent.mkdir(parents=True)
    shipped = shipped_root() / "templates/styles/buurt/vergelijking.css"
    pale = "\n.side .num { color: #f0f0f0 }\n"
    style.write_text(shipped.read_text(encoding="utf-8") + pale, encoding="utf-8")
    before = root / "output" / name / f"{name}.pdf"
    before.parent.mkdir(parents=True)
    before.write_bytes(b"the edition before")
    done = run(*words, cwd=root)
    assert (done.code, done.out) == (1, "")
    assert "verify-contrast" in done.err
    assert before.read_bytes() == b"the edition before"
    aside = root / "output" / "_rejected" / name / f"{name}.pdf"
    assert aside.read_bytes().startswith(b"%PDF")
    style.unlink()
    again = run(*words, cwd=root)
    assert again.code == 0, again.err
    assert before.read_bytes().startswith(b"%PDF")
    assert [path.name for path in (root / "output").iterdir()] == [name]


@pytest.fixture(name="laid", scope="module")
def _laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with one comparison, and its manifest."""
    output = tmp_path_factory.mktemp("laid")
    choice = building.choose(sample.config(), sample.dataset(), ["stevenshof", "moerwijk"])
    building.compare(sample.config(), sample.dataset(), choice, output)
    return output


def verified(output: Path) -> tuple[int, set[str]]:
    done = run("verify", "--output", output, "--json", cwd=output)
    (area,) = json.loads(done.out)["areas"]
    return done.code, {finding["code"] for finding in area["findings"]}


def retold(output: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change a manifest."""
    path = next(output.glob("*/manifest.json"))
    told = json.loads(path.read_text())
    change(told)
    path.write_text(json.dumps(told))


def test_verify_makes_a_comparison_anew_from_the_areas_of_its_manifest(
    laid: Path, tmp_path: Path
) -> None:
    assert verified(laid) == (0, set())
    copy = Path(shutil.copytree(laid, tmp_path / "copy"))
    path = next(copy.glob("*/*.pdf"))

    def spoil(done: Finished) -> None:
        cell = done.row("Rookt")[1]
        assert done.text(cell).strip() == "15%"
        done.typed(*cell, "45%")

    content = spoiled(path.read_bytes(), spoil)
    path.write_bytes(content)

    def named(told: dict[str, Any]) -> None:
        told["documents"][0]["sha256"] = hashlib.sha256(content).hexdigest()

    retold(copy, named)
    code, found = verified(copy)
    assert code == 1
    assert found == {"verify-number", "verify-text"}


def test_verify_takes_the_name_of_a_comparison(laid: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(laid, tmp_path / "copy"))
    (folder,) = copy.iterdir()
    stray = shutil.copytree(folder, copy / "vergelijking-anders")
    named = run("verify", folder.name, "--output", copy, "--json", cwd=copy)
    assert named.code == 0, named.err
    assert [area["slug"] for area in json.loads(named.out)["areas"]] == [folder.name]
    assert run("verify", stray.name, "--output", copy, cwd=copy).code == 1
    assert run("verify", "vergelijking-nergens", "--output", copy, cwd=copy).code == 2


def test_verify_reads_each_language_as_it_was_made(tmp_path: Path) -> None:
    done = run("--lang", "en", "compare", "stevenshof", "moerwijk", "-o", tmp_path, cwd=tmp_path)
    assert done.code == 0, done.err
    assert (tmp_path / "en").is_dir()
    assert verified(tmp_path) == (0, set())  # from the Dutch project, one folder up


def test_a_comparison_of_other_data_or_without_its_areas_is_not_sound(
    laid: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(laid, tmp_path / "copy"))

    def older(told: dict[str, Any]) -> None:
        told["areas"][0]["input"] = "0" * 12

    retold(copy, older)
    assert verified(copy) == (1, {"verify-outdated"})
    retold(copy, lambda told: told.pop("comparison"))
    assert verified(copy) == (1, {"verify-manifest"})


# --- the command -----------------------------------------------------------------------------


def test_a_set_is_written_with_its_manifest(tmp_path: Path) -> None:
    done = run("compare", "groz", "-o", tmp_path, cwd=tmp_path)
    assert done.code == 0, done.err
    folder = tmp_path / "vergelijking-groz"
    assert sorted(p.name for p in folder.iterdir()) == ["manifest.json", "vergelijking-groz.pdf"]
    assert done.out.strip() == str(folder / "vergelijking-groz.pdf")
    manifest = json.loads((folder / "manifest.json").read_text())
    slugs = [area["slug"] for area in manifest["areas"]]
    assert slugs == ["utrecht-oost", "kanaleneiland", "nieuwegein"]
    content = (folder / "vergelijking-groz.pdf").read_bytes()
    assert manifest["documents"][0]["sha256"] == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "name a set, two or more areas, or a --gemeente"),
        (("stevenshof",), "'stevenshof' is one area; a comparison needs two"),
        (("stevenshof", "stevenshof"), "'stevenshof' is the same area as 'stevenshof'"),
        (("stevenshof", "WK054609"), "'WK054609' is the same area as 'stevenshof'"),
        (("stevenshof", "nergenshuizen"), "nergenshuizen"),
        (("stevenshof", "moerwijk", "--gemeente", "GM0484"), "name a set, two or more areas"),
        (("--gemeente", "WK054609"), "'WK054609' is not a gemeente"),
        (("stevenshof", "moerwijk", "--title", "!!!"), "has no letter or digit"),
    ],
)
def test_a_wrong_call_is_a_sentence_and_writes_nothing(
    words: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    done = run("compare", *words, "-o", tmp_path / "out", cwd=tmp_path)
    assert done.code == 2
    assert says in done.err
    assert not (tmp_path / "out").exists()


def test_a_broken_profile_is_left_out_and_said_so(tmp_path: Path) -> None:
    broken = {"kapot": ConfigError("areas: this is no code", where="kapot.yaml:2")}
    settings = dataclasses.replace(sample.config(), broken_profiles=broken)
    names = ["stevenshof", "kapot", "moerwijk"]
    choice = building.choose(settings, sample.dataset(), names, title="Twee van drie")
    (one,) = building.compare(settings, sample.dataset(), choice, tmp_path)
    assert one.exit_code == 1
    assert list(one.failures) == ["kapot"]
    pages = " ".join(" ".join(check.read(one.documents[0].read_bytes())).split())
    assert "Niet meegenomen, door een fout in de gegevens: kapot." in pages
    alone = building.choose(settings, sample.dataset(), names[:2], title="Een van twee")
    with pytest.raises(ConfigError, match="this is no code"):
        building.compare(settings, sample.dataset(), alone, tmp_path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title: X\n", "name the 'areas', or a 'gemeente'"),
        ("title: X\nareas: [a, b]\ngemeente: GM0484\n", "one of both"),
        ("title: X\nareas: [a]\n", "two 'areas' or more"),
        ("title: X\nareas: [a, b, a]\n", "a: stands twice"),
        ("title: X\nareas: [a, b]\norder: best\n", "order"),
        ("title: X\nareas: [a, b]\nkleur: rood\n", "kleur"),
    ],
)
def test_a_set_with_a_mistake_breaks_only_itself(text: str, says: str, tmp_path: Path) -> None:
    made = run("init", tmp_path / "p", "--gemeente", "GM0546", "--date", "2026-01-31", cwd=tmp_path)
    assert made.code == 0, made.err
    path = tmp_path / "p" / "configs" / "comparisons" / "fout.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    settings = configs.load(Assets.of(tmp_path / "p"))
    assert "groz" in settings.comparisons
    with pytest.raises(ConfigError) as caught:
        building.choose(settings, sample.dataset(), ["fout"])
    told = " ".join(str(problem) for problem in caught.value.problems)
    assert says in told
    assert "configs/comparisons/fout.yaml:" in told


def test_one_area_is_never_built_as_a_comparison() -> None:
    assert "vergelijking" not in Order.of(["all"], sample.config()).documents
    with pytest.raises(ConfigError, match="several areas side by side"):
        plan(sample.config(), sample.dataset(), ["stevenshof"], Order(("vergelijking",)))
