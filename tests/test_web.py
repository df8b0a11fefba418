"""The web page of an area: the figures of the profile, nothing from outside, and readable by all.

Expected figures are published ones (RIVM 50090NED, 2020, docs/method.md) or worked out by hand.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from justhtml import JustHTML
from playwright.sync_api import Browser

import chromium
import made_up
from sample import config, dataset
from terminal import run
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.config import Config, contrast
from wijkprofiel.config.pairs import FALLBACKS, PAIRS, THEME
from wijkprofiel.documents import dark, web_page
from wijkprofiel.errors import RenderError
from wijkprofiel.model import HouseStyle, Profile, Status
from wijkprofiel.render import html, html_check

LONGEST = "Appel, Driedorp, Kruishaar, Prinsenkamp en Slichtenhorst"
"""A wijk in Nijkerk; 56 characters, the longest name of the design's stress test."""


@cache
def profile(name: str) -> Profile:
    task = plan(config(), dataset(), [name], Order(("web",)))[0]
    return make_profile(config(), dataset(), task)


def made(of: Profile, own: Config | None = None, *beside: str) -> str:
    own = own or config()
    page = web_page.make(of, own.documents["web"], own, beside=beside)
    return html.render(page, own.assets).decode()


@cache
def text(name: str) -> str:
    return made(profile(name))


def parsed(page: str) -> JustHTML:
    return JustHTML(page, sanitize=False, strict=True)


def told(element: object) -> str:
    return " ".join(element.to_text(separator=" ").split())  # type: ignore[attr-defined]


def attribute(element: Any, name: str) -> str:
    return str((element.attrs or {}).get(name) or "")


def rows(page: str, table: str) -> dict[str, list[str]]:
    """The cells of a table by the head of their row."""
    found = {}
    for row in parsed(page).query(f"table.{table} tbody tr"):
        head, *cells = (child for child in row.children or () if child.name in {"th", "td"})
        found[told(head)] = [told(cell) for cell in cells if "ch" not in attribute(cell, "class")]
    return found


# --- figures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", ["web/page.css", "portal/portal.css"])
def test_no_measure_of_the_layout_has_the_name_of_a_colour(sheet: str) -> None:
    """A variable of both would take the colour from what a chart draws with it."""
    css = config().assets.find(f"templates/{sheet}").read_text(encoding="utf-8")
    ours = set(re.findall(r"--([a-z-]+):", css))
    roles = {role for style in config().styles.values() for role in style.colours}
    assert "edge" in roles
    assert not ours & roles


def test_the_published_figures_stand_in_the_table() -> None:
    # 2020, 18+: Ridderveld good health 76.1 and lonely 50.4; Nederland 78.4 and 47.0.
    table = rows(text("WK048402"), "spine")
    assert table["Voelt zich gezond u"][0] == "76"
    assert table["Voelt zich gezond u"][2] == "78"
    assert table["Eenzaam u"][0] == "50"
    assert table["Eenzaam u"][2] == "47"


def test_the_worked_example_of_the_method_reads_the_same() -> None:
    # Alphen Noord 48.9, gemeente 45.9, Nederland 47.0: z = -0.54 and -0.34.
    assert rows(text("alphen-noord"), "spine")["Eenzaam u"] == [
        "49", "46", "47", "iets ongunstiger", "vergelijkbaar",
    ]  # fmt: skip


def test_every_topic_definition_quote_and_initiative_is_on_the_page() -> None:
    page = re.sub(r"<(style|script).*?</\1>", "", text("alphen-noord"), flags=re.DOTALL)
    for score in profile("alphen-noord").frameworks["wijzer-in-de-wijk"].domains:
        assert f'id="{score.domain.id}"' in page
        assert score.domain.question in page
    for topic in profile("alphen-noord").topics.values():
        judged = any(
            indicator.id == topic.indicator.id
            for framework in profile("alphen-noord").frameworks.values()
            for score in framework.domains
            for slot in score.domain.slots
            for indicator in slot.indicators
        )
        if judged and not topic.indicator.sensitive and topic.country.value is not None:
            assert topic.indicator.title in page
            assert topic.indicator.definition[:40] in page, topic.indicator.id
    people = profile("alphen-noord").people
    for quote in people.quotes:
        assert quote.text in page
    names = [item.name for item in people.initiatives]
    assert all(name in page for name in [*names, *(item.name for item in people.interventions)])


def test_a_suppressed_figure_is_a_dash_with_its_reason() -> None:
    topics = dict(made_up.topics())
    name, one = next((k, t) for k, t in topics.items() if t.indicator.unit == "percent")
    gone = dataclasses.replace(
        one,
        figure=made_up.figure(one.indicator, None, Status.SUPPRESSED),
        against_country=made_up.NOTHING,
        against_gemeente=made_up.NOTHING,
        z=None,
    )
    page = made(made_up.profile(topics={**topics, name: gone}))
    (row,) = (
        row
        for row in parsed(page).query("table.spine tbody tr")
        if told(row).startswith(one.indicator.title)
    )
    cells = [told(cell) for cell in row.query("td.here")]
    assert cells == ["–"]
    assert "te weinig mensen" in told(row.query_one("svg title"))


def test_links_lead_only_to_files_that_are_there() -> None:
    page = made(profile("alphen-noord"), None, "alphen-noord-factsheet.pdf", "other-factsheet.pdf")
    links = [attribute(a, "href") for a in parsed(page).query(".downloads a")]
    assert links == ["alphen-noord-factsheet.pdf"]
    assert "index.html" not in page
    assert 'href="../index.html"' in made(profile("alphen-noord"), None, web_page.PORTAL)


def test_a_build_links_to_what_it_builds(tmp_path: Path) -> None:
    words = ("build", "WK048402", "--format", "web", "--format", "factsheet", "-o", "uit")
    done = run(*words, cwd=tmp_path)
    assert done.code == 0, done.err
    page = (tmp_path / "uit/ridderveld/ridderveld-web.html").read_text()
    links = [attribute(a, "href") for a in parsed(page).query(".downloads a")]
    assert links == ["ridderveld-factsheet.pdf"]
    assert all((tmp_path / "uit/ridderveld" / link).is_file() for link in links)


def linked(page: Path) -> set[str]:
    """Files that a page leads to, with those of its own folder by name."""
    hrefs = {attribute(a, "href") for a in parsed(page.read_text()).query("a")}
    return {href for href in hrefs if href and not re.match(r"#|[a-z]+:", href)}


@pytest.mark.parametrize("name", ["WK051801", "WK048402"])
def test_no_page_leads_to_a_document_that_could_not_be_made(name: str, tmp_path: Path) -> None:
    # Nobody lives in WK051801: it has no folder. Everything is asked for, what is made is linked.
    kinds = ("web", "factsheet", "folder", "presentatie")
    asked = [word for kind in kinds for word in ("--format", kind)]
    run("build", name, *asked, "-o", "uit", cwd=tmp_path)
    (page,) = (tmp_path / "uit").rglob("*-web.html")
    there = {path.name for path in page.parent.iterdir()}
    found = linked(page)
    assert found
    assert found <= there
    folders = {file for file in found if "folder" in file}
    assert bool(folders) == (name != "WK051801")


def test_a_page_alone_leads_nowhere(tmp_path: Path) -> None:
    done = run("build", "WK051801", "WK048402", "--format", "web", "-o", "uit", cwd=tmp_path)
    assert done.code == 0, done.err
    pages = list((tmp_path / "uit").rglob("*-web.html"))
    assert len(pages) == 2
    assert [linked(page) for page in pages] == [set(), set()]


# --- one file, nothing from outside -------------------------------------------------------------


@pytest.mark.parametrize("name", ["alphen-noord", "WK051801", "groz-utrecht"])
def test_the_markup_has_no_parse_error(name: str) -> None:
    assert parsed(text(name)).errors == []


def test_the_policy_allows_nothing_but_what_is_in_the_file() -> None:
    page = text("alphen-noord")
    (policy,) = (
        attribute(meta, "content")
        for meta in parsed(page).query("meta")
        if attribute(meta, "http-equiv") == "Content-Security-Policy"
    )
    rules = {name: rest for name, *rest in map(str.split, policy.split("; "))}
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert rules["img-src"] == rules["font-src"] == ["data:"]
    for tag in ("style", "script"):
        bodies = re.findall(rf"<{tag}(?: [^>]*)?>(.*?)</{tag}>", page, flags=re.DOTALL)
        sums = [base64.b64encode(hashlib.sha256(b.encode()).digest()).decode() for b in bodies]
        assert rules[f"{tag}-src"] == [f"'sha256-{one}'" for one in sums]
    assert page.index("Content-Security-Policy") < page.index("<style")


def test_fonts_hold_the_signs_of_the_page_and_no_whole_alphabet_more() -> None:
    page = text("alphen-noord")
    held: set[int] = set()
    for content in re.findall(r"data:font/woff2;base64,([^\"]+)", page):
        with TTFont(io.BytesIO(base64.b64decode(content))) as font:
            held |= set(font.getBestCmap())
    visible = parsed(page).root.to_text()
    assert {ord(sign) for sign in visible if sign.isalnum()} <= held
    assert ord("Ω") not in held
    assert len(page) < 500_000


def test_the_same_profile_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests'); import test_web\n"
        "print(test_web.sum_of_the_page())"
    )
    there = subprocess.run(
        [sys.executable, "-c", code],  # its hash seed is another than here
        capture_output=True, text=True, check=True, timeout=600,
        cwd=Path(__file__).parent.parent, env={**os.environ, "PYTHONHASHSEED": "1"},
    )  # fmt: skip
    assert there.stdout.strip() == sum_of_the_page()


def sum_of_the_page() -> str:
    config = made_up.config()
    spec = config.documents["web"]
    page = web_page.make(made_up.profile(), spec, config, beside=("b", "a"))
    return hashlib.sha256(html.render(page, config.assets)).hexdigest()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<img src="https://example.org/a.png" alt=""/>', "would load https://example.org/a.png"),
        ('<img src="data:image/png;base64,AA=="/>', "has no alternative text"),
        ("<h1>Een</h1><h3>Drie</h3>", "heading 'Drie' skips a level"),
        ('<p id="a"/><p id="a"/>', "id 'a' stands there 2 times"),
        ('<a href="#weg">Weg</a>', "there is no id 'weg'"),
        ('<p style="color: red">Rood</p>', "has a style of its own"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><path/></svg>', "no alternative text"),
        ("<p>", "not well-formed"),
    ],
)
def test_a_page_with_a_fault_is_refused(body: str, said: str) -> None:
    page = f'<html lang="nl"><head><title>Blad</title></head><body>{body}</body></html>'
    with pytest.raises(RenderError) as failure:
        html_check.check(page, page, "blad")
    assert said in " ".join(str(problem) for problem in failure.value.problems)


def test_a_style_that_loads_something_is_refused() -> None:
    page = '<html lang="nl"><head><title>Blad</title></head><body/></html>'
    for css in ('a { background: url("https://a.nl/b.png") }', "@import 'a.css';"):
        with pytest.raises(RenderError):
            html_check.check(page, f"<style>{css}</style>", "blad")
    html_check.check(page, '<style>a { background: url("data:x"); fill: url(#b) }</style>', "blad")


# --- by night -----------------------------------------------------------------------------------


def pairs(style: HouseStyle) -> Iterator[tuple[str, str, str, float]]:
    for pair in PAIRS:
        if pair.look and style.looks.get(pair.look[0], pair.look[2]) != pair.look[1]:
            continue
        for theme in style.themes if THEME in pair.front + pair.ground else [""]:
            found = []
            for role in (pair.front, pair.ground):
                if role.startswith(THEME):
                    found.append(getattr(style.themes[theme], role.removeprefix(THEME)))
                else:
                    other = FALLBACKS.get(role, "")
                    found.append(style.colours.get(role) or style.colours.get(other))
            if all(found):
                yield f"{pair.front} {theme}", str(found[0]), str(found[1]), pair.least


@pytest.mark.parametrize("name", ["buurt", "inkt"])
def test_every_pair_of_colours_keeps_its_contrast_by_night(name: str) -> None:
    style = dark.turned(config().styles[name])
    found = list(pairs(style))
    assert len(found) > 40
    low = [pair for pair in found if contrast.ratio(pair[1], pair[2]) < pair[3]]
    assert low == []
    assert contrast.ratio(style.colours["paper"], "#000000") < 1.6


def test_a_style_with_pale_colours_of_its_own_is_readable_by_night_too() -> None:
    usual = config().styles["buurt"]
    pale = {**usual.colours, "cover": "#E8E8FF", "line": "#7B7B8E", "favourable": "#33691E"}
    low = [
        pair
        for pair in pairs(dark.turned(usual.model_copy(update={"colours": pale})))
        if contrast.ratio(pair[1], pair[2]) < pair[3]
    ]
    assert low == []


# --- in a browser ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.started() as found:
        yield found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of an ordinary area, one without people, one with the longest name, in both styles."""
    folder = tmp_path_factory.mktemp("site")
    long = made_up.profile(area=made_up.own_area(name=LONGEST))
    every = {"usual": profile("alphen-noord"), "nobody": profile("WK051801"), "long": long}
    for name, of in every.items():
        for style in ("buurt", "inkt"):
            page = made(of, config().in_style(style), f"{of.area.slug}-factsheet.pdf")
            (folder / f"{name}-{style}.html").write_text(page)
    return folder


def judged(page: Path, width: int, scheme: str, browser: Browser) -> list[str]:
    with chromium.page(browser, page, width, scheme) as opened:
        opened.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        return chromium.violations(opened)


@pytest.mark.parametrize("scheme", chromium.SCHEMES)
@pytest.mark.parametrize("width", chromium.WIDTHS)
def test_axe_finds_no_violation(scheme: str, width: int, site: Path, browser: Browser) -> None:
    assert judged(site / "usual-buurt.html", width, scheme, browser) == []


@pytest.mark.parametrize(
    ("page", "width", "scheme"),
    [
        ("usual-inkt", 360, "dark"),
        ("usual-inkt", 1280, "light"),
        ("nobody-inkt", 768, "light"),
        ("nobody-buurt", 360, "dark"),
        ("long-buurt", 768, "dark"),
        ("long-inkt", 360, "light"),
    ],
)
def test_axe_finds_none_in_the_other_style_and_in_odd_areas(
    page: str, width: int, scheme: str, site: Path, browser: Browser
) -> None:
    assert judged(site / f"{page}.html", width, scheme, browser) == []


@pytest.mark.parametrize("style", ["buurt", "inkt"])
@pytest.mark.parametrize("width", [320, 640, 1024, 1600])
def test_nothing_runs_off_the_page_and_no_letter_is_too_small(
    style: str, width: int, site: Path, browser: Browser
) -> None:
    # 640 is a screen of 1280 at 200 %.
    for name in ("usual", "nobody", "long"):
        with chromium.page(browser, site / f"{name}-{style}.html", width) as opened:
            assert opened.evaluate("document.documentElement.scrollWidth") <= width, name
            small = opened.evaluate(
                """() => [
                  ...[...document.querySelectorAll('svg text')].map(
                    (t) => [t, parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a]),
                  ...[...document.querySelectorAll('body *')].filter(
                    (e) => !e.closest('svg') && e.innerText).map(
                    (e) => [e, parseFloat(getComputedStyle(e).fontSize)])]
                .filter(([e, size]) => size < 11.99 && e.checkVisibility())
                .map(([e, size]) => `${size} ${e.textContent.trim().slice(0, 40)}`)"""
            )
            assert small == [], name


def test_the_whole_page_can_be_walked_by_keyboard(site: Path, browser: Browser) -> None:
    with chromium.page(browser, site / "usual-buurt.html") as opened:
        walked: list[str] = []
        for _ in range(60):
            opened.keyboard.press("Tab")
            walked.append(chromium.focused(opened))
            drawn = opened.evaluate(
                "(() => { const s = getComputedStyle(document.activeElement);"
                " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; })()"
            )
            assert drawn or opened.evaluate("document.activeElement === document.body"), walked[-1]
            if walked[-1] == "Naar boven":
                break
        assert {"Donkere kleuren", "Leefstijl", "Wat betekenen deze onderwerpen?"} <= set(walked)
        assert "Zo leest u dit. Schuif opzij om alles te zien." in walked
        assert walked[0] == "Naar de inhoud"
        assert walked[-1] == "Naar boven"


def test_the_first_stop_leads_past_the_contents(site: Path, browser: Browser) -> None:
    with chromium.page(browser, site / "usual-buurt.html") as opened:
        opened.keyboard.press("Tab")
        opened.keyboard.press("Enter")
        assert chromium.focused(opened) == "inhoud"
        opened.keyboard.press("Tab")
        assert chromium.focused(opened) == "Wat betekenen deze onderwerpen?"


def test_dark_colours_follow_the_system_and_the_choice_stays(site: Path, browser: Browser) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    with chromium.page(browser, site / "usual-buurt.html", scheme="light") as opened:
        assert opened.evaluate(ground) == "rgb(255, 255, 255)"
        button = opened.get_by_role("button", name="Donkere kleuren")
        assert button.get_attribute("aria-pressed") == "false"
        button.focus()
        opened.keyboard.press("Space")
        assert button.get_attribute("aria-pressed") == "true"
        night = opened.evaluate(ground)
        assert night != "rgb(255, 255, 255)"
        opened.reload()
        assert opened.evaluate(ground) == night
        opened.emulate_media(media="print")
        assert opened.evaluate(ground) == "rgb(255, 255, 255)"
    with chromium.page(browser, site / "usual-buurt.html", scheme="dark") as opened:
        assert opened.evaluate(ground) == night


def test_charts_take_the_colours_of_the_night(site: Path, browser: Browser) -> None:
    ink = "getComputedStyle(document.querySelector('.spine svg line')).stroke"
    shown = set()
    for scheme in chromium.SCHEMES:
        with chromium.page(browser, site / "usual-buurt.html", scheme=scheme) as opened:
            shown.add(opened.evaluate(ink))
    assert len(shown) == 2
    assert "none" not in shown


def test_a_stacked_table_keeps_its_heads_for_a_screen_reader(site: Path, browser: Browser) -> None:
    with chromium.page(browser, site / "usual-buurt.html", width=360) as opened:
        table = opened.get_by_role("table", name="Leefstijl: Volwassenen (18+), in %")
        assert table.get_by_role("columnheader").count() == 6
        assert table.get_by_role("rowheader", name="Rookt").count() == 1
        assert table.get_by_role("row").count() == 6


def test_every_row_of_figures_has_one_pattern_on_a_telephone(site: Path, browser: Browser) -> None:
    with chromium.page(browser, site / "usual-buurt.html", width=390) as opened:
        places = opened.evaluate(
            """() => [...document.querySelectorAll('.rows tbody tr')].map((row) => {
              const at = (cell) => cell.getBoundingClientRect();
              const [head, chart, here, , , verdict] = [...row.children].map(at);
              return { order: head.bottom <= here.top && here.bottom <= chart.top
                         && chart.top < verdict.bottom && verdict.top < chart.bottom,
                       lefts: [head, here, chart, verdict].map((box) => Math.round(box.left)) };
            })"""
        )
    assert len(places) > 10
    assert all(place["order"] for place in places)
    assert len({tuple(place["lefts"]) for place in places}) == 1


def test_a_long_word_in_a_tile_breaks_at_a_syllable() -> None:
    # Woordenlijst Nederlandse Taal: een-per-soons-huis-hou-dens.
    told_ = web_page.softened('<span class="lab">Eenpersoonshuishoudens</span>', "nl")
    assert "huis\N{SOFT HYPHEN}hou\N{SOFT HYPHEN}dens" in told_
    assert told_.replace("\N{SOFT HYPHEN}", "") == '<span class="lab">Eenpersoonshuishoudens</span>'
    assert web_page.softened("<p>Eenpersoonshuishoudens</p>", "nl").count("\N{SOFT HYPHEN}") == 0
