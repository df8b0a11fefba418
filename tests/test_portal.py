"""The portal: everything that was built, to search in and to find on a map, from a disk.

Expected figures are published ones: RIVM 50090NED, 2020, 18+ (docs/method.md, documents.md §8).
"""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from justhtml import JustHTML
from playwright.sync_api import Browser, Page

import chromium
from sample import config, dataset
from terminal import run
from wijkprofiel.build import portal, portal_map
from wijkprofiel.documents.web_portal import as_data
from wijkprofiel.errors import ConfigError
from wijkprofiel.profile.index import index_of
from wijkprofiel.profile.outlines import Outlines

AREAS = ("moerwijk", "den-haag-zuidwest", "kanaleneiland", "WK051801")
DEN_HAAG = "GM0518"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal of four areas, one of them without people and one with a PDF too."""
    folder = tmp_path_factory.mktemp("site")
    first = run("build", "moerwijk", "--format", "pdf", "-o", "uit", cwd=folder)
    assert first.code == 0, first.err
    done = run("portal", *AREAS, "-o", "uit", cwd=folder)
    assert done.code == 0, done.err
    assert done.out.splitlines()[-1] == "uit/index.html"
    return folder / "uit"


@pytest.fixture(scope="module")
def text(site: Path) -> str:
    return (site / "index.html").read_text()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.started() as found:
        yield found


def maps(text: str) -> dict[str, dict[str, Any]]:
    found = re.findall(r'id="kaart-(GM\w+)">(.*?)</script>', text, flags=re.DOTALL)
    return {code: json.loads(content) for code, content in found}


def topics(text: str) -> list[str]:
    (content,) = re.findall(r'id="gegevens">(.*?)</script>', text, flags=re.DOTALL)
    return list(json.loads(content)["topics"])


# --- what it holds ------------------------------------------------------------------------------


def test_every_file_that_was_built_has_a_link_and_every_link_a_file(site: Path, text: str) -> None:
    page = JustHTML(text, sanitize=False, strict=True)
    links = {(a.attrs or {}).get("href") for a in page.query(".card a")}
    files = {
        f"{path.parent.name}/{path.name}"
        for path in site.glob("*/*")
        if path.name != "manifest.json"
    }
    assert links == files
    assert "moerwijk/moerwijk-factsheet.pdf" in links
    assert len(page.query(".card")) == len(AREAS)


def test_pages_that_are_built_for_a_portal_lead_back_to_it(site: Path) -> None:
    for page in site.glob("*/*-web.html"):
        assert 'href="../index.html"' in page.read_text()


def test_figures_on_the_map_are_the_published_ones(text: str) -> None:
    # Lonely, 2020: Moerwijk 67.3; the highest fifth of all wijken starts below 50.
    place = topics(text).index("Eenzaam")
    wijken = {row[0]: row for row in maps(text)[DEN_HAAG]["wijken"]}
    name, _, groups, values, slug, _ = wijken["Moerwijk"]
    assert (name, groups[place], values.split("|")[place], slug) == (
        "Moerwijk", "5", "67%", "moerwijk",
    )  # fmt: skip
    assert wijken["Morgenstond"][4] == "den-haag-zuidwest"
    assert wijken["Scheveningen"][4] == ""


def test_a_wijk_that_only_holds_an_area_has_its_own_figure_and_says_so(text: str) -> None:
    # Lonely, 2020: Zuidwest 54.0; Kanaleneiland, three of its buurten, has another figure.
    place = topics(text).index("Eenzaam")
    wijken = {row[0]: row for row in maps(text)["GM0344"]["wijken"]}
    name, _, _, values, slug, lies = wijken["Zuidwest"]
    assert (values.split("|")[place], slug, lies) == ("54%", "kanaleneiland", "holds")
    assert "Kanaleneiland" not in wijken
    assert {row[5] for other, row in wijken.items() if other != name} == {""}


def test_buurten_with_outlines_lie_over_their_wijk_with_their_own_figures() -> None:
    import geopandas as gpd
    import pandas as pd

    known = config()
    index = index_of(known, dataset())
    table = dataset().outlines()
    shape = table.loc[table["code"] == "WK034408", "geometry"].iloc[0].buffer(-300)
    row = {
        "code": "BU03440831",
        "name": "Kanaleneiland-Zuid",
        "level": "buurt",
        "parent": "WK034408",
        "boundary_year": 2024,
        "geometry": shape,
    }
    more = pd.concat([table, gpd.GeoDataFrame([row], crs=table.crs)])
    drawn = dataclasses.replace(index, outlines=Outlines(lambda: more))
    holders = {"BU03440831": "kanaleneiland"}
    spec = portal.page_spec(known)
    shown = [t for t in portal_map.topics(spec, known) if t.subject.title == "Eenzaam"]
    found = portal_map._map("GM0344", "Utrecht", holders, shown, known, drawn)
    assert found is not None
    # Lonely, 2020 (RIVM 50090NED): 60.4 in the buurt, 54.0 in its wijk.
    rows = json.loads(str(found.data))["wijken"]
    (over,) = (row for row in rows if row[5] == "over")
    assert (over[0], over[3], over[4]) == ("Kanaleneiland-Zuid", "60%", "kanaleneiland")
    (wijk,) = (row for row in rows if row[0] == "Zuidwest")
    assert (wijk[3], wijk[4], wijk[5]) == ("54%", "", "")


def test_an_area_without_figures_has_no_group_on_the_map(text: str) -> None:
    (row,) = (row for row in maps(text)[DEN_HAAG]["wijken"] if row[0] == "Oostduinen")
    assert set(row[2]) == {"0"}
    assert set(row[3]) <= {"|"}


def test_nothing_is_ranked(text: str) -> None:
    for found in maps(text).values():
        names = [row[0] for row in found["wijken"]]
        assert names == sorted(names)


def test_an_outline_keeps_its_place_and_its_surface() -> None:
    index = index_of(config(), dataset())
    wijken = index.outlines.wijken(DEN_HAAG)
    paths, height = portal_map._paths(wijken, index)
    outlines = [index.outlines.outline(code) for code in wijken]
    largest = max(range(len(wijken)), key=lambda i: _surface(_rings(paths[i])))
    true = [
        sum(abs(_area(ring)) * (1 if order == 0 else -1) for order, ring in enumerate(part))
        for outline in outlines
        for part in (outline.polygons if outline else ())
    ]
    drawn = sum(_surface(_rings(path)) for path in paths)
    metres = sum(true)
    xs = [x for o in outlines if o for p in o.polygons for x, _ in p[0]]
    scale = (portal_map.SIZE[0] - 2 * portal_map.MARGIN) / (max(xs) - min(xs))
    ys = [y for o in outlines if o for p in o.polygons for _, y in p[0]]
    scale = min(scale, (portal_map.SIZE[1] - 2 * portal_map.MARGIN) / (max(ys) - min(ys)))
    assert drawn == pytest.approx(metres * scale**2, rel=0.01)
    assert all(0 <= y <= height for ring in _rings(paths[largest]) for _, y in ring)


def _rings(path: str) -> list[list[tuple[float, float]]]:
    rings = []
    for start, steps in re.findall(r"M([^l]+)l([^z]+)z", path):
        x, y = map(int, start.split())
        ring = [(float(x), float(y))]
        numbers = list(map(int, re.findall(r"-?\d+", steps)))
        for across, along in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + along
            ring.append((float(x), float(y)))
        rings.append(ring)
    return rings


def _area(ring: Any) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return float(sum(x * b - a * y for (x, y), (a, b) in pairs)) / 2


def _surface(rings: list[list[tuple[float, float]]]) -> float:
    return abs(sum(_area(ring) for ring in rings))


def test_the_same_folder_gives_the_same_bytes(site: Path, text: str) -> None:
    again = portal.write(config(), dataset(), site)
    assert again.read_text() == text


def test_markup_and_policy(text: str) -> None:
    assert JustHTML(text, sanitize=False, strict=True).errors == []
    page = JustHTML(text, sanitize=False)
    told = [(meta.attrs or {}).get("content") or "" for meta in page.query("meta[http-equiv]")]
    assert any(content.startswith("default-src 'none'; ") for content in told)
    assert not re.search(r'(?:src|url\()\s*=?\s*["\']?(?:https?:)?//', text)


def test_data_in_a_script_cannot_end_it() -> None:
    assert "</script>" not in as_data({"name": "</script><b>"})
    assert json.loads(as_data({"name": "</script> & 'b'"})) == {"name": "</script> & 'b'"}


# --- what can go wrong --------------------------------------------------------------------------


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    done = run("portal", "-o", "leeg", cwd=tmp_path)
    assert done.code == 2
    assert "nothing was built in leeg" in done.err
    assert "wijkprofiel build" in done.err


def test_names_and_all_do_not_go_together(tmp_path: Path) -> None:
    done = run("portal", "moerwijk", "--all", cwd=tmp_path)
    assert done.code == 2
    assert "name areas or use --all, not both" in done.err


def test_a_damaged_manifest_is_told_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "wijk").mkdir()
    (tmp_path / "wijk/manifest.json").write_text('{"area": {"slug"')
    with pytest.raises(ConfigError) as failure:
        portal.write(config(), dataset(), tmp_path)
    (problem,) = failure.value.problems
    assert problem.where.endswith("wijk/manifest.json")
    assert "wijkprofiel build wijk" in str(problem)


def test_a_comparison_in_the_same_folder_is_no_area(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site / "moerwijk", tmp_path / "moerwijk")
    area = json.loads((site / "moerwijk/manifest.json").read_text())["area"]
    beside = tmp_path / "vergelijking-twee"
    beside.mkdir()
    told = {"comparison": {"slug": "twee"}, "areas": [area, area]}
    (beside / "manifest.json").write_text(json.dumps(told))
    assert [one.slug for one in portal.built(tmp_path)] == ["moerwijk"]


# --- in a browser, from a disk --------------------------------------------------------------------


def shown(opened: Page) -> list[str]:
    return [card.inner_text() for card in opened.locator(".card:visible h4").all()]


@pytest.mark.parametrize("scheme", chromium.SCHEMES)
@pytest.mark.parametrize("width", chromium.WIDTHS)
def test_axe_finds_no_violation(scheme: str, width: int, site: Path, browser: Browser) -> None:
    with chromium.page(browser, site / "index.html", width, scheme) as opened:
        opened.select_option("#gemeente", DEN_HAAG)
        opened.select_option("#onderwerp", label="Eenzaam (2020)")
        opened.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        assert chromium.violations(opened) == []
        assert opened.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("moer", ["Moerwijk", "Den Haag Zuidwest"]),
        ("WK051836", ["Moerwijk", "Den Haag Zuidwest"]),
        ("utrecht", ["Kanaleneiland"]),
        ("BU03440821", ["Kanaleneiland"]),
        ("MÖRGENSTOND", ["Den Haag Zuidwest"]),
        ("gravenhage oost", ["Oostduinen"]),
        ("ergens anders", []),
    ],
)
def test_search_finds_names_codes_gemeenten_and_buurten(
    words: str, found: list[str], site: Path, browser: Browser
) -> None:
    with chromium.page(browser, site / "index.html") as opened:
        opened.fill("#zoek", words)
        assert sorted(shown(opened)) == sorted(found)
        told = opened.inner_text("#aantal")
        assert told.startswith(f"{len(found)} van {len(AREAS)}" if found else "Niets gevonden")
        opened.press("#zoek", "Escape")
        assert len(shown(opened)) == len(AREAS)


def test_a_hit_inside_an_area_says_which(site: Path, browser: Browser) -> None:
    with chromium.page(browser, site / "index.html") as opened:
        opened.fill("#zoek", "morgenstond")
        assert opened.inner_text(".card:visible .match") == "Gevonden: Morgenstond"


def test_a_click_on_the_map_opens_the_area(site: Path, browser: Browser) -> None:
    with chromium.page(browser, site / "index.html") as opened:
        opened.select_option("#gemeente", DEN_HAAG)
        opened.get_by_role("link", name="Moerwijk", exact=True).first.hover()
        assert opened.inner_text("#gewezen") == "Moerwijk"
        opened.locator("#kaart a[aria-label='Moerwijk'] path").click()
        opened.wait_for_url("**/moerwijk/moerwijk-web.html")
        assert opened.inner_text("h1") == "Moerwijk"
        opened.get_by_role("link", name="Alle wijkprofielen").click()
        opened.wait_for_url("**/index.html")


def test_a_topic_colours_the_map_and_the_list_says_the_same(site: Path, browser: Browser) -> None:
    fill = "e => getComputedStyle(e).fill"
    with chromium.page(browser, site / "index.html") as opened:
        opened.select_option("#gemeente", DEN_HAAG)
        path = opened.locator("#kaart a[aria-label^='Moerwijk'] path")
        nobody = opened.locator("#kaart a[aria-label^='Oostduinen'] path")
        plain = path.evaluate(fill)
        assert opened.is_hidden("#legenda")
        opened.select_option("#onderwerp", label="Eenzaam (2020)")
        assert opened.is_visible("#legenda")
        box = opened.locator(".box.g5").evaluate("e => getComputedStyle(e).backgroundColor")
        assert path.evaluate(fill) == box != plain
        assert "arcering" in nobody.evaluate(fill)
        path.locator("..").focus()
        assert opened.inner_text("#gewezen") == "Moerwijk: 67%, hoogste vijfde"
        item = opened.locator("#lijst li", has_text="Moerwijk").first
        assert item.inner_text().split("\n")[-1] == "67% · hoogste vijfde"
        gone = opened.locator("#lijst li", has_text="Oostduinen")
        assert gone.inner_text().split("\n")[-1] == "– · geen cijfer"


def test_map_and_list_can_be_walked_by_keyboard(site: Path, browser: Browser) -> None:
    with chromium.page(browser, site / "index.html") as opened:
        opened.select_option("#gemeente", DEN_HAAG)
        opened.locator("#onderwerp").focus()
        walked = []
        for _ in range(12):
            opened.keyboard.press("Tab")
            walked.append(chromium.focused(opened))
        linked = {"Bouwlust (Den Haag Zuidwest)", "Moerwijk", "Oostduinen"}
        assert linked <= set(walked[:4])
        assert walked[:9].count("Moerwijk") == 2  # on the map, and in the list
        opened.locator("#kaart a[aria-label='Moerwijk']").focus()
        opened.keyboard.press("Enter")
        opened.wait_for_url("**/moerwijk/moerwijk-web.html")


def test_without_javascript_every_area_is_still_in_the_list(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((site / "index.html").as_uri())
    assert len(shown(opened)) == len(AREAS)
    assert opened.is_hidden("#zoek")
    assert "De lijst hieronder werkt altijd" in opened.inner_text("main")
    context.close()
