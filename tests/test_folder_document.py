"""The folder for residents: what it says in every state, and the sheet that a printer folds.

Page images are compared at 60 dpi, as in ``test_render.py``; WIJKPROFIEL_GOLDEN=write writes them.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import made_up
import sample
from terminal import run
from wijkprofiel import documents
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.folder_topics import Told, tell
from wijkprofiel.errors import RenderError
from wijkprofiel.model import Contact, Highlights, Outcome, Profile, Status
from wijkprofiel.render import pdf
from wijkprofiel.scoring.rounding import half_up
from wijkprofiel.wording import sentences
from wijkprofiel.wording.numbers import shares

GOLDEN = Path(__file__).parent / "golden_folder"
DPI, WHOLE_PAGE = 60, 1.5
STYLES = ("buurt", "inkt")
REAL = ("alphen-noord", "groz-utrecht", "rietveld")
PT = 72 / 25.4
AGES = ("leeftijd-0-14", "leeftijd-15-24", "leeftijd-25-44", "leeftijd-45-64", "leeftijd-65-plus")


# --- what is made up ---------------------------------------------------------------------


def profile(**changes: Any) -> Profile:
    """The made-up wijk with ages, 6000 inhabitants and two topics more."""
    found = made_up.topics()
    for name, here, country in zip(AGES, (900, 700, 1600, 1500, 1300), (15, 12, 26, 26, 21),
                                   strict=True):  # fmt: skip
        age = made_up.indicator(
            name, made_up.config().indicators[name].title, unit="count", direction="neutral",
            group="population", population="inwoners",
        )  # fmt: skip
        total = found["inwoners"].country.value or 0
        found[name] = made_up.topic(age, here, None, total * country / 100, None, made_up.NOTHING)
    old = made_up.config().indicators["aandeel-65-plus"]
    found[old.id] = made_up.topic(old, 21.7, None, 20.5, None, made_up.NOTHING)
    best = made_up.verdict(Outcome.FAVOURABLE, 2, z=1.2)
    smokes = made_up.SMOKES.model_copy(update={"phrase_not": "roken niet"})
    found["rokers"] = made_up.topic(smokes, 10.4, 15.6, 17.8, best, best)
    usual: dict[str, Any] = {
        "topics": found,
        "highlights": Highlights(("rokers", "ervaren-gezondheid"), "mixed", ("eenzaam",), "slight"),
    }
    return made_up.profile(**(usual | changes))


def people(**changes: Any) -> Profile:
    contact = changes.pop("contact", Contact(name="GGD Voorbeeld", phone="0123 45 67 89"))
    return profile(people=made_up.people(**changes), contact=contact)


def document(of: Profile | None = None, *, bleed: bool = False) -> documents.Document:
    config = made_up.config()
    spec = config.documents["folder"]
    made_of = documents.make(of or profile(), spec, config)
    return documents.for_printer(made_of, spec) if bleed else made_of


def words(of: Profile | None = None) -> str:
    """The text a reader sees, without the texts inside charts."""
    plain = re.sub(r"<svg.*?</svg>|<head.*?</head>", " ", document(of).html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", plain).split()).replace(" .", ".")


def desk(of: Profile | None = None) -> Desk:
    config = made_up.config()
    return Desk.of(of or profile(), config.documents["folder"], config)


@cache
def made() -> bytes:
    return pdf.render(document(), made_up.config())


# --- what it says ------------------------------------------------------------------------


def test_six_panels_in_print_order_know_their_place_in_the_folder() -> None:
    html = document().html
    assert re.findall(r'data-reads="(\d)"', html) == ["1", "5", "6", "2", "3", "4"]
    assert re.findall(r"<h2>([^<]+)</h2>", html) == [
        "Bewoners vertellen", "Dit gaan we doen", "Praat u mee?",
        "Wie wonen hier?", "Dit gaat goed", "Dit kan beter",
    ]  # fmt: skip


def test_it_tells_who_lives_here() -> None:
    told = words()
    assert "In Molenwijk wonen 6.000 mensen." in told
    assert "Ongeveer 2 van de 10 inwoners zijn 65 jaar of ouder." in told


def test_ages_are_shares_of_all_people_with_the_country_beside_them() -> None:
    # By hand: 900 of 6000 is 15%, 1300 of 6000 is 21.7%.
    html = document().html
    assert "0 tot en met 14 jaar: 15%, in Nederland 15%" in html
    assert "65 jaar en ouder: 22%, in Nederland 21%" in html


def test_strengths_are_told_as_strengths_and_concerns_as_they_are() -> None:
    told = words()
    good, better = told.index("Dit gaat goed"), told.index("Dit kan beter")
    # 10.4 % smoke: 90 of 100 do not, in the gemeente 84, in the country 82.
    smoke = told.index("Ongeveer 9 van de 10 volwassenen roken niet")
    assert good < smoke < better
    assert "Ongeveer 49 van de 100 volwassenen voelen zich eenzaam." in told[better:]
    assert "In de gemeente zijn dat er 46 van de 100, in Nederland 47." in told[better:]


def test_a_concern_that_is_better_when_higher_is_told_of_those_for_whom_it_could_be() -> None:
    """78 of 100 who feel healthy read as good news under "Dit kan beter": 22 do not."""
    of = profile()
    healthy = made_up.HEALTHY.model_copy(update={"phrase_not": "voelen zich niet zo gezond"})
    worse = made_up.verdict(Outcome.UNFAVOURABLE, 1, z=-0.65)
    topic = made_up.topic(healthy, 78.1, 80.8, 78.4, worse, worse)
    concern = Highlights((), "none", (healthy.id,), "slight")
    turned = dataclasses.replace(of, topics={**of.topics, healthy.id: topic}, highlights=concern)
    told = words(turned)
    assert "Ongeveer 22 van de 100 volwassenen voelen zich niet zo gezond." in told
    # 100 − 81 and 100 − 78, as printed.
    assert "In de gemeente zijn dat er 19 van de 100, in Nederland 22." in told
    assert "22 van de 100 stippen zijn gekleurd." in document(turned).html
    plain = dataclasses.replace(topic, indicator=made_up.HEALTHY)
    kept = dataclasses.replace(of, topics={**of.topics, healthy.id: plain}, highlights=concern)
    assert "Ongeveer 78 van de 100 volwassenen voelen zich gezond." in words(kept)


def test_verdicts_are_sign_and_word_and_careful_without_margins() -> None:
    html = document().html
    assert '<span class="vd v-o v-slight">lijkt iets ongunstiger dan de gemeente</span>' in html
    assert '<span class="vd v-v">lijkt vergelijkbaar met Nederland</span>' in html
    assert '<span class="vd v-g">lijkt gunstiger dan Nederland</span>' in html


def test_a_tested_difference_is_told_firmly() -> None:
    of = profile()
    sure = made_up.verdict(Outcome.UNFAVOURABLE, 2, "test", z=-1.2)
    topic = dataclasses.replace(of.topics["eenzaam"], against_gemeente=sure)
    told = tell(topic, desk(of), turned=False)
    assert told.marks[0].text == "ongunstiger dan de gemeente"


def test_sensitive_topics_never_reach_residents() -> None:
    of = profile()
    secret = of.topics["eenzaam"].indicator.model_copy(update={"sensitive": "Bel 113."})
    topics = {
        **of.topics,
        "eenzaam": dataclasses.replace(of.topics["eenzaam"], indicator=secret),
    }
    told = document(profile(topics=topics)).html
    assert "eenzaam" not in told
    assert "113" not in told


@pytest.mark.parametrize("slug", REAL)
def test_no_ranks_no_jargon_no_suicide(slug: str) -> None:
    config = sample.config()
    html = documents.make(real(slug), config.documents["folder"], config).html
    for word in ("zelfdoding", "suïcide", "rang", "plaats 1", "beste wijk", "slechtste", "z-score"):
        assert word not in html.lower().replace("volgorde", "")


def test_residents_speak_for_residents_and_professionals_do_not() -> None:
    said = [
        {"text": "Hier groet iedereen.", "who": "professional", "consent": True},
        {"text": "Ik ken al mijn buren.", "who": "resident", "consent": True},
    ]
    told = words(people(quotes=said))
    assert "„Ik ken al mijn buren.” Een bewoner" in told
    assert "Hier groet iedereen" not in told


def test_without_quotes_nobody_is_quoted_and_the_reader_is_asked() -> None:
    told = words()
    assert "„" not in told
    assert "Wat is uw verhaal? Vertel het in de wijkdialoog." in told


def test_long_quotes_are_set_smaller_and_one_that_fits_nowhere_stops_the_build() -> None:
    def quote(length: int) -> dict[str, object]:
        return {"text": "Wij wonen hier. " * length, "who": "resident", "consent": True}

    config = made_up.config()
    for length, css in ((6, "q1"), (18, "q2"), (30, "q3")):
        made_of = document(people(quotes=[quote(length)]))
        assert f'<blockquote class="{css}">' in made_of.html
        pdf.render(made_of, config)
    with pytest.raises(RenderError, match=r"'Bewoners vertellen' is .* too small"):
        pdf.render(document(people(quotes=[quote(90)])), config)


def test_an_example_is_called_an_example() -> None:
    action = {"goal": "Doel", "action": "Samen wandelen", "who": "Buren", "when": "elke maandag"}
    told = words(people(example=True, actions=[action]))
    assert "Voorbeeld Zo kan een plan eruitzien. Dit is niet afgesproken." in told
    assert "Samen wandelen Buren · elke maandag" in told
    assert "Voorbeeld Zo kan" not in words(people(actions=[action]))


def test_actions_that_do_not_fit_are_counted() -> None:
    action = {"goal": "Doel", "action": "Elke week samen wandelen " * 3, "who": "Buren uit de wijk"}
    told = words(people(actions=[action] * 9))
    shown = told.count("Elke week samen wandelen") // 3
    assert 1 <= shown <= 4
    assert f"En nog {9 - shown} afspraken." in told


def test_what_there_is_already_stands_with_the_strengths_where_there_is_room() -> None:
    has = [{"name": "Eetcafé"}, {"name": "Wandelclub"}]
    told = words(people(initiatives=has, strengths=["De speeltuin"], wishes=["Een bankje"]))
    good, better = told.index("Dit gaat goed"), told.index("Dit kan beter")
    assert "Hier zijn bewoners trots op De speeltuin" in told[good:better]
    assert "Dit is er al Eetcafé Wandelclub" in told[:good]
    assert "Dit wensen bewoners Een bankje" in told[better:]
    full = people(initiatives=has, strengths=["De speeltuin"])
    one = dataclasses.replace(full, highlights=Highlights((), "none", (), "none"))
    told = words(one)
    assert told.count("Wandelclub") == 1
    assert told.index("Dit gaat goed") < told.index("Wandelclub") < told.index("Dit kan beter")
    many = [{"name": f"Club nummer {number}"} for number in range(9)]
    assert "Club nummer 0" in words(people(initiatives=many))


def test_how_to_take_part_when_all_is_known() -> None:
    plan_ = {"date": "2027-03-12", "place": "Buurthuis De Molen"}
    contact = Contact(name="An de Wit", phone="0123 45 67 89", email="an@example.org",
                      url="https://www.example.org/molenwijk/")  # fmt: skip
    html = document(people(dialogue=plan_, contact=contact)).html
    told = words(people(dialogue=plan_, contact=contact))
    assert "Wanneer 12 maart 2027 Waar Buurthuis De Molen" in told
    assert "An de Wit 0123 45 67 89 an@example.org" in told
    assert '<a href="mailto:an@example.org">an@example.org</a>' in html
    assert '<a href="https://www.example.org/molenwijk/">www.example.org/molenwijk</a>' in html


def test_how_to_take_part_when_nothing_is_known() -> None:
    told = words(people(contact=Contact()))
    assert "Wanneer datum volgt Waar plaats volgt Vragen of meedoen naam en nummer volgen" in told
    assert "Meer lezen" not in told


def test_a_dialogue_that_was_held_is_told_as_past() -> None:
    told = words(people(dialogue={"date": "2026-10-01", "number": 32, "held": True}))
    assert "De wijkdialoog was op 1 oktober 2026, met 32 mensen." in told
    assert "datum volgt" not in told


def without_figures(status: Status = Status.UNKNOWN) -> Profile:
    of = profile()
    topics = {
        key: dataclasses.replace(
            made_up.topic(topic.indicator, None, 46.0, 47.0),
            figure=made_up.figure(topic.indicator, None, status),
        )
        for key, topic in of.topics.items()
    }
    return profile(topics=topics, highlights=Highlights((), "none", (), "none"))


@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.SUPPRESSED, Status.ABSENT])
def test_without_any_figure_it_asks_and_prints_no_number(status: Status) -> None:
    of = without_figures(status)
    told = words(of)
    assert "Hoeveel mensen er in Molenwijk wonen, weten we niet." in told
    assert told.count("Schrijf het op en neem het mee naar de wijkdialoog.") == 2
    assert not re.search(r"\d+ van de 10|\d%", document(of).html)
    pdf.render(document(of), made_up.config())


def test_where_nobody_lives_no_people_are_drawn() -> None:
    empty = dataclasses.replace(made_up.WIJK, population=0)
    of = without_figures()
    nobody = dataclasses.replace(of, area=made_up.own_area(parts=(empty,)))
    html = document(nobody).html
    assert "In Molenwijk wonen geen mensen." in html
    assert "getekende mensen" not in html


def test_an_area_without_gemeente_is_compared_with_the_country_only() -> None:
    of = profile()
    alone = profile(
        area=made_up.own_area(gemeente=None), topics=made_up.without_gemeente(of.topics)
    )
    told = words(alone)
    assert "In Nederland zijn dat er" in told
    assert "In de gemeente" not in told


LONG = "Burgerveen / Leimuiderbrug / Weteringbrug en de Scheveningse Bosjes-Noordoost"
LONGEST_WORD = "Westerhoekschewaardenbuurtschap"


@pytest.mark.parametrize("name", [LONG, LONGEST_WORD])
def test_the_longest_names_fit_on_every_panel(name: str) -> None:
    of = dataclasses.replace(profile(), area=made_up.own_area(name))
    assert pdf.render(document(of), made_up.config())


def test_three_topics_with_the_longest_sentences_fit() -> None:
    of = profile()
    every = made_up.config().indicators.values()
    phrases = {p for i in every for p in (i.phrase, i.phrase_not) if p and not i.sensitive}
    indicators = [
        made_up.LONELY.model_copy(update={"id": f"lang-{n}", "phrase": phrase})
        for n, phrase in enumerate(sorted(phrases, key=len)[-3:])
    ]
    worst = made_up.verdict(Outcome.UNFAVOURABLE, 3, z=-2.5)
    topics = {**of.topics} | {
        i.id: made_up.topic(i, 48.9, 45.9, 47.0, worst, worst) for i in indicators
    }
    ids = tuple(i.id for i in indicators)
    full = profile(topics=topics, highlights=Highlights(ids, "clear", ids, "clear"))
    for style in STYLES:
        config = made_up.config().in_style(style)
        made_of = documents.make(full, config.documents["folder"], config)
        assert pdf.render(made_of, config)


# --- the same figure everywhere ----------------------------------------------------------


@given(st.floats(0, 100), st.floats(0, 100))
def test_natural_frequencies_agree_with_the_rounded_figures(here: float, other: float) -> None:
    figures = [made_up.figure(made_up.LONELY, value) for value in (here, other)]
    for turned in (False, True):
        for frequency, value in zip(shares(figures, turned=turned), (here, other), strict=True):
            percent = half_up(value, 0)
            percent = 100 - percent if turned else percent
            exact = percent if frequency.of == 100 else half_up(percent / 10, 0)
            assert frequency.count == exact


@given(st.floats(0, 100))
def test_what_is_told_the_other_way_round_adds_up(value: float) -> None:
    figure = [made_up.figure(made_up.LONELY, value)]
    (here,), (turned,) = shares(figure), shares(figure, turned=True)
    if here.of == turned.of == 100:
        assert here.count + turned.count == 100


@cache
def real(slug: str) -> Profile:
    config, dataset = sample.config(), sample.dataset()
    [task] = plan(config, dataset, [slug], Order())
    return make_profile(config, dataset, task)


@pytest.mark.parametrize("slug", ["alphen-noord", "stevenshof", "moerwijk", "groz-utrecht"])
def test_a_figure_in_the_folder_is_the_figure_in_the_factsheet(slug: str) -> None:
    of, config = real(slug), sample.config()
    on = Desk.of(of, config.documents["folder"], config)
    names = [*of.highlights.strengths, *of.highlights.concerns]
    assert names
    for name in names:
        topic = of.topics[name]
        told = tell(topic, on, turned=False)
        factsheet = sentences.headline(topic, on.names, on.words)
        assert told.sentence == factsheet.text
        assert told.compared == factsheet.compared
        assert drawn(told) == told.count


def drawn(told: Told) -> str:
    """The number in the alternative text of the people."""
    found = re.search(r"<title>(\d+) van de", str(told.people))
    return found[1] if found else ""


# --- the sheet ---------------------------------------------------------------------------


@pytest.fixture
def opened() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(made())) as file:
        yield file


def parts(file: pikepdf.Pdf) -> list[tuple[int, str]]:
    """Page and first heading of every part, in the order of the tags."""
    pages: list[Any] = [page.objgen for page in file.pages]
    [whole] = file.Root.StructTreeRoot.K
    return [(pages.index(part.Pg.objgen) + 1, heading(part)) for part in whole.K]


def heading(element: Any) -> str:
    if isinstance(element, pikepdf.Dictionary) and str(element.get("/S", "")) in ("/H1", "/H2"):
        return str(element.S)
    kids: Any = element.get("/K", []) if isinstance(element, pikepdf.Dictionary) else []
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    return next((found for kid in kids if (found := heading(kid))), "")


def test_tags_follow_the_folder_and_pages_follow_the_press(opened: pikepdf.Pdf) -> None:
    assert len(opened.pages) == 2
    assert parts(opened) == [(1, "/H1"), *[(2, "/H2")] * 3, *[(1, "/H2")] * 2]


def test_bookmarks_follow_the_folder_too(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        [cover] = outline.root
        titles = [item.title for item in cover.children]
        backwards = opened.Root.Outlines.First.Last
        assert str(backwards.Title) == titles[-1]
        assert str(backwards.Prev.Title) == titles[-2]
    assert cover.title == "Zo gaat het met de gezondheid in Molenwijk"
    assert titles == ["Wie wonen hier?", "Dit gaat goed", "Dit kan beter", "Bewoners vertellen",
                      "Dit gaan we doen", "Praat u mee?"]  # fmt: skip


def millimetres(box: Any) -> list[float]:
    return [round(float(edge) / PT, 1) for edge in box]


def test_the_ordinary_pdf_is_as_large_as_the_paper(opened: pikepdf.Pdf) -> None:
    for page in opened.pages:
        for box in (page.MediaBox, page.TrimBox, page.BleedBox):
            assert millimetres(box) == [0, 0, 297, 210]


def test_the_printers_pdf_has_three_millimetres_of_bleed_and_marks_outside_it() -> None:
    body = pdf.render(document(bleed=True), made_up.config())
    with pikepdf.open(io.BytesIO(body)) as file:
        for page in file.pages:
            assert millimetres(page.TrimBox) == [0, 0, 297, 210]
            assert millimetres(page.BleedBox) == [-3, -3, 300, 213]
            assert millimetres(page.MediaBox) == [-7.5, -7.5, 304.5, 217.5]
        assert parts(file)[0] == (1, "/H1")
    outside = pypdfium2.PdfDocument(body)[0].render(scale=2).to_pil().convert("RGB")

    def colour(x: float, y: float) -> tuple[int, ...]:
        """The colour at a place in mm from the corner of the paper."""
        found = outside.getpixel((round((x + 7.5) * PT * 2), round((y + 7.5) * PT * 2)))
        assert isinstance(found, tuple)
        return found

    cover, flap = (255, 200, 50), (255, 244, 214)
    assert near(colour(298.5, 20), cover)
    assert near(colour(250, -1.5), cover)
    assert near(colour(-1.5, 200), flap)
    assert near(colour(30, 211.5), flap)
    assert near(colour(150, -5), (255, 255, 255))
    column = [colour(0, -7 + step / 10) for step in range(30)]
    assert any(not near(found, (255, 255, 255)) for found in column), "no crop mark"


def near(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 8 for a, b in zip(found, wanted, strict=True))


def test_the_flap_is_two_millimetres_narrower_on_both_sides() -> None:
    first, second = (page.render(scale=4).to_pil() for page in pypdfium2.PdfDocument(made()))
    # Planes change colour at the folds: outside 97.67 and 197.33, inside 99.67 (and 199.33).
    for image, fold in ((first, 97.67), (first, 197.33), (second, 99.67)):
        at = round(fold * PT * 4)
        left, right = (image.getpixel((at + step, 4 * 5)) for step in (-4, 4))
        assert left != right


def test_rendered_twice_and_in_another_process_is_the_same_bytes() -> None:
    assert pdf.render(document(), made_up.config()) == made()
    code = "import hashlib, test_folder_document as t; print(hashlib.sha256(t.made()).hexdigest())"
    here = Path(__file__).parent
    roots = os.pathsep.join([str(here), str(here.parent / "src")])
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": roots, "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == hashlib.sha256(made()).hexdigest()


# --- the command -------------------------------------------------------------------------


@pytest.fixture(name="built", scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    done = run("build", *REAL, "--format", "folder", "--bleed", "--output", folder, cwd=folder)
    assert done.code == 0, done.err
    return folder


def test_the_command_writes_both_and_lists_them(built: Path) -> None:
    for slug in REAL:
        manifest = json.loads((built / slug / "manifest.json").read_text())
        found = {item["file"]: item["findings"] for item in manifest["documents"]}
        assert set(found) == {f"{slug}-folder.pdf", f"{slug}-folder-bleed.pdf"}
        told = found[f"{slug}-folder.pdf"]
        levels = [f for f in told if f["code"] == "reading-level"]
        assert [level["severity"] for level in levels] == ["info"]
        assert [f for f in told if f["code"] == "reading-word"] == []


def test_bleed_for_a_document_that_stays_inside_its_page_is_refused(tmp_path: Path) -> None:
    done = run("build", "alphen-noord", "--format", "factsheet", "--bleed", cwd=tmp_path)
    assert done.code == 2
    assert "factsheet: nothing in it runs over the edge of the page" in done.err
    assert "known: folder" in done.err


def test_two_checkers_find_nothing_wrong(built: Path, tmp_path: Path) -> None:
    files = sorted(built.rglob("*.pdf"))
    assert len(files) == 2 * len(REAL)
    report = tmp_path / "report.json"
    checked("outloud", *map(str, files), "--json", str(report), "--fail-on", "never")
    results = json.loads(report.read_text())["results"]
    assert [f for r in results for f in r["findings"] if f["severity"] != "info"] == []
    for path in files:
        checked("pdfua", "check", str(path))


@pytest.mark.parametrize("style", STYLES)
def test_a_photo_and_logos_stand_on_the_sheet_with_their_own_text(
    style: str, tmp_path: Path
) -> None:
    images_ = tmp_path / "templates" / "images"
    images_.mkdir(parents=True)
    Image.new("RGB", (900, 700), "#88AACC").save(images_ / "straat.jpg")
    Image.new("RGBA", (300, 100), "#0A5FA8").save(images_ / "ggd.png")
    shipped = made_up.config().assets.project / "configs" / "wijkprofiel.yaml"
    logos = "logos: [{file: ggd.png, alt: GGD Voorbeeld}]"
    (tmp_path / "wijkprofiel.yaml").write_text(f"{shipped.read_text()}\n{logos}\n")
    profiles = tmp_path / "configs" / "profiles"
    profiles.mkdir(parents=True)
    (profiles / "straat.yaml").write_text(
        f"name: Straat\nareas: [WK048402]\nstyle: {style}\n"
        "photo: {file: straat.jpg, alt: Een straat met huizen, credit: J. Jansen}\n"
    )
    done = run("build", "straat", "--format", "folder", cwd=tmp_path)
    assert done.code == 0, done.err
    made_file = tmp_path / "output" / "straat" / "straat-folder.pdf"
    with pikepdf.open(made_file) as file:
        every = [o for o in file.objects if isinstance(o, pikepdf.Dictionary)]
        told = [str(o["/Alt"]) for o in every if o.get("/S") == "/Figure"]
    assert {"Een straat met huizen", "GGD Voorbeeld"} <= set(told)
    assert not any("getekende mensen" in text for text in told)
    page = pypdfium2.PdfDocument(made_file)[0]
    assert "Foto: J. Jansen" in page.get_textpage().get_text_bounded()
    checked("pdfua", "check", str(made_file))


def checked(*command: str) -> None:
    """Run a checker of this environment; it must end with 0."""
    tool = Path(sys.executable).with_name(command[0])
    done = subprocess.run(
        [str(tool), *command[1:]], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


# --- how it looks ------------------------------------------------------------------------


@cache
def images(style: str, state: str) -> list[Image.Image]:
    of = profile() if state == "full" else without_figures()
    config = made_up.config().in_style(style)
    body = pdf.render(documents.make(of, config.documents["folder"], config), config)
    return [page.render(scale=DPI / 72).to_pil().convert("RGB")
            for page in pypdfium2.PdfDocument(body)]  # fmt: skip


@pytest.mark.parametrize("side", [1, 2])
@pytest.mark.parametrize("state", ["full", "empty"])
@pytest.mark.parametrize("style", STYLES)
def test_the_sheet_looks_as_it_did(style: str, state: str, side: int, tmp_path: Path) -> None:
    expected_file = GOLDEN / f"{style}-{state}-{side}.png"
    actual = images(style, state)[side - 1]
    if os.environ.get("WIJKPROFIEL_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        actual.quantize(128).save(expected_file, optimize=True)
    expected = Image.open(expected_file).convert("RGB")
    assert actual.size == expected.size
    difference = np.abs(np.asarray(actual, dtype=int) - np.asarray(expected, dtype=int))
    if difference.mean() > WHOLE_PAGE:
        actual.save(tmp_path / "actual.png")
        expected.save(tmp_path / "expected.png")
        shown = Image.fromarray(np.clip(255 - 3 * difference, 0, 255).astype("uint8"))
        shown.save(tmp_path / "difference.png")
        pytest.fail(f"{expected_file.name} differs by {difference.mean():.2f} of 255: {tmp_path}")
