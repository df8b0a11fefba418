"""What areas elsewhere in the country have: a sound page is published, and its fault is found.

Each case is the least that once had a sound factsheet refused: a dash in the place of a number in
a list, a number with the line of a map close by, names of wijken that end in a number.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

import sample
from wijkprofiel.build import agreement
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.build.verify import layout, text
from wijkprofiel.build.verify.asked import asked
from wijkprofiel.build.verify.drawing import outlines_of
from wijkprofiel.documents import Document, Stylesheet
from wijkprofiel.documents.desk import words_of
from wijkprofiel.documents.styles import stylesheets
from wijkprofiel.model import Profile
from wijkprofiel.render import paper
from wijkprofiel.render import pdf as engine
from wijkprofiel.wording import mapped, names_of
from wijkprofiel.wording.words import called

SIGNED = "li::before { content: '–'; display: inline-block; width: 4mm }"
OWN, WRITTEN = "<b>–</b> <i>Eenzaam</i> onbekend", "<i>Eenzaam</i> onbekend"


def document(body: str, css: str = "") -> Document:
    """A page of these elements in the house style."""
    config = sample.config()
    style = config.styles["buurt"]
    own = Stylesheet("own", css)
    return Document(
        id="factsheet",
        title="Proef",
        slug="proef",
        html=f'<html lang="nl"><head><title>Proef</title></head><body>{body}</body></html>',
        language="nl",
        stylesheets=(*stylesheets(style, "factsheet", config.assets)[:3], own),
        fonts=tuple(font.family for font in style.fonts),
        date="2026-11-21",
    )


def read(made: Document) -> paper.Paper:
    return paper.read(engine.render(made, sample.config()))


# --- lists --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("item", "css"), [(OWN, ""), (WRITTEN, SIGNED), (OWN, SIGNED)])
def test_a_dash_of_an_item_and_the_sign_before_it_are_told_apart(item: str, css: str) -> None:
    made = document(f"<h1>Proef</h1><ul><li>{item}</li><li>{item} en meer</li></ul>", css)
    assert list(text.problems(read(made), asked(made))) == []


def test_a_dash_that_is_missing_and_another_topic_behind_it_are_found() -> None:
    wanted = asked(document(f"<ul><li>{OWN}</li></ul>"))
    for other in (WRITTEN, OWN.replace("Eenzaam", "Rookt"), OWN.replace("–", "12")):
        found = text.problems(read(document(f"<ul><li>{other}</li></ul>")), wanted)
        assert {problem.code for problem in found} == {"verify-text"}


# --- a number between lines ---------------------------------------------------------------------


def drawing(*over: str, fill: str = "#2B1B33") -> Document:
    """ "40" of ink on a light plane that an outline of ink goes around, close by, and more."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="30mm" height="20mm" viewBox="0 0 30 20">'
        '<title>Proef</title><path d="M0 0H30V20H0Z" fill="#FFFFFF"/>'
        '<path d="M12.9 7.6H17.1V10.7H12.9Z" fill="#D6C8DB" stroke="#2B1B33" stroke-width="0.6"/>'
        f'<text x="15" y="10.1" font-family="Commissioner" font-size="2.65" font-weight="700" '
        f'text-anchor="middle" fill="{fill}">40</text>{"".join(over)}</svg>'
    )
    return document(f"<h1>Proef</h1>{svg}")


def test_a_number_that_an_outline_runs_around_can_be_seen() -> None:
    assert list(layout.problems(read(drawing()))) == []


@pytest.mark.parametrize(
    ("over", "fill", "code"),
    [
        # A plane of the number's own colour, of its ground, and a number of its ground's colour.
        ('<path d="M13 7.7H17V10.6H13Z" fill="#2B1B33"/>', "#2B1B33", "verify-unseen"),
        ('<path d="M13.2 7.9H16.8V10.4H13.2Z" fill="#D6C8DB"/>', "#2B1B33", "verify-unseen"),
        ("", "#D6C8DB", "verify-unseen"),
        ("", "#8A7692", "verify-contrast"),
    ],
)
def test_a_number_that_cannot_be_read_there_is_found(over: str, fill: str, code: str) -> None:
    found = {problem.code for problem in layout.problems(read(drawing(over, fill=fill)))}
    assert found == {code}


# --- names that end in a number -----------------------------------------------------------------


@cache
def profile() -> Profile:
    """Alphen Noord, its wijken called "Kern wijk 01" and so on, two of them the same."""
    config, dataset = sample.config(), sample.dataset()
    made = make_profile(config, dataset, plan(config, dataset, ["alphen-noord"], Order())[0])
    assert made.map is not None
    names = ["Kern wijk 81", "Kern wijk 81", *(f"Kern wijk 9{n}" for n in range(8))]
    pairs = zip(made.map.wijken, [*names, *["Rest"] * len(made.map.wijken)], strict=False)
    return replace(made, map=replace(made.map, wijken=tuple(replace(w, name=n) for w, n in pairs)))


def wrong(sentence: str, area: Profile | None = None) -> set[tuple[str, str]]:
    page = f"<html><body><p>{sentence}</p></body></html>".encode()
    told = agreement.looks(agreement.read({"x.html": page}), area or profile(), sample.config())[
        "x.html"
    ]
    assert told
    return {(look.whose, look.found) for look in told if not look.right}


def test_the_number_in_the_name_of_a_wijk_is_no_figure() -> None:
    drawn = profile().map
    assert drawn is not None
    third = drawn.wijken[2]
    assert third.name == "Kern wijk 90"
    assert third.value is not None
    told = f"Kaart: Eenzaam per wijk. Kern wijk 90 {third.value + 0.001:.0f}%"
    assert wrong(f"{told}, en geen cijfer voor Kern wijk 81.") == set()
    # 71 and 12 are no figure of any wijk there, and "wijk 12" is the name of none.
    assert wrong("Kaart: Eenzaam per wijk. Kern wijk 90 71%.") == {("Kern wijk 90", "71")}
    assert ("beside", "12") in wrong(f"{told}, Kern wijk 12.")


# --- names that are not of one area alone -------------------------------------------------------


def test_a_wijk_that_is_called_as_the_country_is_told_apart_from_it() -> None:
    # There is one: WK170835, Nederland, in Steenwijkerland.
    made, words = profile(), words_of(sample.config())
    assert made.map is not None
    country, indicator = made.country.name, made.topics[made.map.choropleth].indicator
    own = next(wijk for wijk in made.map.wijken if wijk.own)
    other = next(wijk for wijk in made.map.wijken if not wijk.own and wijk.value is not None)
    wijken = tuple(replace(w, name=country) if w is other else w for w in made.map.wijken)
    there = replace(made, map=replace(made.map, wijken=wijken))
    assert there.map is not None
    told = mapped.choropleth_alt(there.map, indicator, there, words)
    assert other.value is not None
    assert f"wijk {country} {other.value + 0.001:.0f}%" in told
    assert f" {country} " not in told.replace(f"wijk {country}", "")
    assert wrong(told, there) == set()
    # 71 is the figure of neither.
    changed = told.replace(f"wijk {country} {other.value + 0.001:.0f}%", f"wijk {country} 71%")
    assert wrong(changed, there) == {(f"wijk {country}", "71")}
    named = replace(made, area=replace(made.area, name=country))
    assert names_of(named, words).area == called(country, made, words) == f"wijk {country}"
    assert called(own.name, made, words) == own.name


def test_two_wijken_of_one_name_are_told_apart_by_their_codes() -> None:
    # There are: Roden and Norg in Noordenveld, each twice.
    made, words = profile(), words_of(sample.config())
    assert made.map is not None
    one, other = made.map.wijken[:2]
    assert one.name == other.name
    indicator = made.topics[made.map.choropleth].indicator
    told = mapped.choropleth_alt(made.map, indicator, made, words)
    values = {code: f"{value + 0.001:.0f}" for code, value in
              ((one.code, one.value or 0), (other.code, other.value or 0))}  # fmt: skip
    assert values[one.code] != values[other.code]
    assert all(f"{one.name} ({code}) {value}%" in told for code, value in values.items())
    assert wrong(told) == set()
    swapped = told.replace(f"({one.code})", "?").replace(f"({other.code})", f"({one.code})")
    found = wrong(swapped.replace("?", f"({other.code})"))
    assert found == {(f"{one.name} ({one.code})", values[other.code]),
                     (f"{one.name} ({other.code})", values[one.code])}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "points"),
    [
        ("M1 2L3 4L5.5-6Z", [(1, 2), (3, 4), (5.5, -6)]),
        ("M1 2 3,4Z M7 8L9 10", [(1, 2), (3, 4), (7, 8), (9, 10)]),
        ("M1 2l3 4l1 1", [(1, 2), (4, 6), (5, 7)]),
        ("M1 2H5V7h-1v-1", [(1, 2), (5, 2), (5, 7), (4, 7), (4, 6)]),
        ("M0 1e1A2 2 0 0 1 4 10", [(0, 10), (4, 10)]),
        ("M1 2a2 2 0 1 0 4 0C9 9 8 8 6 3", [(1, 2), (5, 2), (6, 3)]),
    ],
)
def test_a_path_goes_through_where_its_commands_end(
    data: str, points: list[tuple[float, float]]
) -> None:
    """SVG 1.1, 8.3: capitals are places, small letters steps from where the last command ended."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><path d="{data}"/></svg>'
    assert [outline.points for outline in outlines_of(svg)] == [tuple(points)]
