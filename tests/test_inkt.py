"""The second house style on paper: the same words and figures, whole pages, and PDF/UA.

Page images are compared as in ``test_render.py``, with those in ``tests/golden/inkt``.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw

import made_up
from terminal import run
from test_accessibility import checked
from wijkprofiel import documents
from wijkprofiel.config import Config
from wijkprofiel.documents import Document
from wijkprofiel.model import AreaProfile, Profile
from wijkprofiel.render import check, pdf

GOLDEN = Path(__file__).parent / "golden" / "inkt"
DPI = 60
WHOLE_PAGE = 1.5
"""Mean difference of a page, of 255, that fonts and renderers may make."""
LONGEST = "Appel, Driedorp, Kruishaar, Prinsenkamp en Slichtenhorst"
"""A wijk in Nijkerk; 56 characters, the longest name of the design's stress test."""


@cache
def inkt() -> Config:
    return made_up.config().in_style("inkt")


def document(config: Config, profile: Profile | None = None) -> Document:
    return documents.make(profile or made_up.profile(), config.documents["factsheet"], config)


@cache
def made() -> bytes:
    return pdf.render(document(inkt()), inkt())


def faultless(*paths: Path) -> None:
    """Both checkers find nothing; pdfua skips UA-14-001, see test_accessibility.py."""
    checked(["outloud", *map(str, paths), "--fail-on", "warning"])
    for path in paths:
        checked(["pdfua", "check", str(path)])


# --- one set of templates ---------------------------------------------------------------------

CHART = re.compile(r"<svg.*?</svg>", re.DOTALL)
CELL = re.compile(r"<(t[hd]|li|h1|h2)\b[^>]*>(.*?)</\1>", re.DOTALL)


def cells(config: Config) -> list[str]:
    """Return headings, list items and table cells as a reader hears them."""
    html = CHART.sub("", document(config).html)
    return [re.sub(r"<[^>]*>|\s+", " ", inside).strip() for _, inside in CELL.findall(html)]


def test_both_styles_say_the_same_in_the_same_order() -> None:
    usual = cells(made_up.config().in_style("buurt"))
    assert cells(inkt()) == usual
    assert len(usual) > 60


def test_a_note_tells_what_the_style_has_drawn() -> None:
    # The boxes of one style are the ticks of the other: a legend must follow.
    here, there = (document(made_up.config().in_style(s)).html for s in ("inkt", "buurt"))
    assert "Streepjes: alle wijken" in here
    assert "Streepjes" not in there
    assert "De streepjes zijn de wijken" in here
    assert "Tussen de stippellijnen: vergelijkbaar" in here
    assert "Wit: vergelijkbaar" in there


# --- on paper -----------------------------------------------------------------------------------


def test_the_pdf_is_what_the_profile_says_in_fonts_of_the_style() -> None:
    # Nothing was logged (that is an error in render) and no other font is in it.
    assert check.check(made(), document(inkt()), made_up.profile()) == []
    assert pdf.render(document(inkt()), inkt()) == made()


@pytest.mark.parametrize("style", ["buurt", "inkt"])
def test_the_longest_name_fits(style: str) -> None:
    config = made_up.config().in_style(style)
    profile = made_up.profile(area=made_up.own_area(name=LONGEST))
    told = check.read(pdf.render(document(config, profile), config))
    assert LONGEST in " ".join(told[0].split())


def test_the_first_key_figure_is_large_where_the_style_says_so() -> None:
    html = document(inkt()).html
    size, first = map(float, re.findall(r"--tile: ([\d.]+)pt; --first: ([\d.]+)pt", html)[0])
    assert (size, first) == (19, 50)


# --- logos, partners, photo -----------------------------------------------------------------------


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Path:
    """A project with logos, partners and a photo of one area."""
    folder = tmp_path / "templates" / "images"
    folder.mkdir(parents=True)
    photo = Image.new("RGB", (900, 700), "#88AACC")
    ImageDraw.Draw(photo).rectangle((100, 300, 800, 650), fill="#884422")
    photo.save(folder / "straat.jpg")
    Image.new("RGBA", (300, 100), "#0A5FA8").save(folder / "ggd.png")
    shape = '<path d="M0 0H30V10H0Z" fill="#B5460B"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">{shape}</svg>'
    (folder / "gemeente.svg").write_text(svg)
    shipped = (made_up.config().assets.project / "configs" / "wijkprofiel.yaml").read_text()
    (tmp_path / "wijkprofiel.yaml").write_text(
        f"""{shipped}
logos: [{{file: ggd.png, alt: GGD Voorbeeld}}]
partners: [Buurthuis, {{name: Gemeente Voorbeeld, logo: gemeente.svg}}]
colophon: [Bestellen kan bij de GGD.]
"""
    )
    profiles = tmp_path / "configs" / "profiles"
    profiles.mkdir(parents=True)
    (profiles / "straat.yaml").write_text(
        "name: Straat\nareas: [WK048402]\nstyle: inkt\n"
        "photo: {file: straat.jpg, alt: Een straat met huizen, credit: J. Jansen,"
        " licence: CC BY 4.0}\n"
    )
    return tmp_path


def figures(path: Path) -> list[str]:
    """Return the alternative texts of a PDF."""
    import pikepdf

    with pikepdf.open(path) as opened:
        every = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary)]
        return [str(o["/Alt"]) for o in every if o.get("/S") == "/Figure"]


def test_logos_and_a_photo_are_figures_with_their_own_text(project: Path) -> None:
    done = run("build", "straat", "WK048402", cwd=project)
    assert done.code == 0, done.err
    photographed, plain = (Path(line) for line in done.out.split() if line.endswith("sheet.pdf"))
    told = figures(photographed)
    assert {"Een straat met huizen", "GGD Voorbeeld", "Gemeente Voorbeeld"} <= set(told)
    assert "Een straat met huizen" not in figures(plain)
    pages = check.read(photographed.read_bytes())
    assert "Foto: J. Jansen (CC BY 4.0)" in " ".join(pages[0].split())
    last = " ".join(" ".join(pages).split())
    assert "Partners: Buurthuis en Gemeente Voorbeeld." in last
    assert "Bestellen kan bij de GGD." in last
    faultless(photographed, plain)


def test_the_nearest_sender_counts() -> None:
    config = made_up.config()
    own = {"logos": [{"file": "a.png", "alt": "A"}], "colophon": ["Van het gebied."]}
    people: AreaProfile = made_up.people(**own)
    mine = document(config, made_up.profile(people=people)).html
    assert 'src="asset:templates/images/a.png" alt="A"' in mine
    assert "Van het gebied." in mine
    assert "templates/images" not in document(config).html


def test_another_picture_under_the_same_name_is_another_edition(project: Path) -> None:
    first = run("build", "straat", "--format", "factsheet", cwd=project)
    manifest = project / "output" / "straat" / "manifest.json"
    before = json.loads(manifest.read_text())["input"]
    Image.new("RGBA", (300, 100), "#B5460B").save(project / "templates/images/ggd.png")
    second = run("build", "straat", "--format", "factsheet", cwd=project)
    assert first.code == second.code == 0, second.err
    assert json.loads(manifest.read_text())["input"] != before


def test_a_style_on_the_command_line_wins_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    wrong = run("build", "alphen-noord", "--style", "inkd", cwd=tmp_path)
    assert wrong.code == 2
    assert "'inkd' is not a house style (did you mean 'inkt'?)" in wrong.err
    assert list(tmp_path.iterdir()) == []


# --- PDF/UA and page images -------------------------------------------------------------------


def test_two_checkers_find_nothing_in_inkt(tmp_path: Path) -> None:
    names = ("alphen-noord", "oostduinen", "groz-utrecht")
    done = run("build", *names, "--style", "inkt", "--format", "factsheet", cwd=tmp_path)
    assert done.code == 0, done.err
    built = [tmp_path / "output" / name / f"{name}-factsheet.pdf" for name in names]
    assert '"style": "inkt"' in (built[0].parent / "manifest.json").read_text()
    faultless(*built)


@cache
def pictures() -> list[Image.Image]:
    opened = pypdfium2.PdfDocument(made())
    return [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in opened]


@pytest.mark.parametrize("page", [1, 2, 4])
def test_pages_look_as_they_did(page: int, tmp_path: Path) -> None:
    expected_file = GOLDEN / f"factsheet-{page}.png"
    actual = pictures()[page - 1]
    if os.environ.get("WIJKPROFIEL_GOLDEN") == "write":
        expected_file.parent.mkdir(exist_ok=True)
        actual.quantize(64).save(expected_file, optimize=True)
    expected = Image.open(expected_file).convert("RGB")
    assert actual.size == expected.size
    difference = np.abs(np.asarray(actual, dtype=int) - np.asarray(expected, dtype=int))
    if difference.mean() > WHOLE_PAGE:
        actual.save(tmp_path / f"actual-{page}.png")
        expected.save(tmp_path / f"expected-{page}.png")
        shown = Image.fromarray(np.clip(255 - 3 * difference, 0, 255).astype("uint8"))
        shown.save(tmp_path / f"difference-{page}.png")
        pytest.fail(f"page {page} differs by {difference.mean():.2f} of 255; look in {tmp_path}")
