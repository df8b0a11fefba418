"""The PDF itself: its tags, fonts and text, the same bytes everywhere, and how its pages look.

Page images are compared at 60 dpi with a tolerance. On a difference the actual, expected and
difference images are written to the folder that the failure names; when the new page is right,
copy it over the one in ``tests/golden``.
"""

from __future__ import annotations

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

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

import made_up
from wijkprofiel import documents
from wijkprofiel.documents import Document, Stylesheet
from wijkprofiel.errors import RenderError
from wijkprofiel.model import Severity
from wijkprofiel.render import check, pdf

GOLDEN = Path(__file__).parent / "golden"
DPI = 60
WHOLE_PAGE = 1.5
"""Mean difference of a page, of 255, that fonts and renderers may make."""


@cache
def document() -> Document:
    config = made_up.config()
    return documents.make(made_up.profile(), config.documents["factsheet"], config)


@cache
def made() -> bytes:
    return pdf.render(document(), made_up.config())


@pytest.fixture
def opened() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(made())) as file:
        yield file


def elements(file: pikepdf.Pdf, kind: str) -> list[Any]:
    found = (o for o in file.objects if isinstance(o, pikepdf.Dictionary))
    return [o for o in found if o.get("/S") == kind and o.get("/Type") == "/StructElem"]


def simple(body: str, css: str = "") -> Document:
    """A document of our own making, to see one thing go wrong."""
    html = f'<html lang="nl"><head><title>Toets</title></head><body>{body}</body></html>'
    return dataclasses.replace(document(), html=html, stylesheets=(Stylesheet("toets.css", css),))


def test_the_pdf_says_what_it_is(opened: pikepdf.Pdf) -> None:
    assert str(opened.Root.Lang) == "nl"
    assert str(opened.docinfo["/Title"]) == "Factsheet gezondheid en welzijn – Molenwijk"
    assert b"pdfuaid" in opened.Root.Metadata.read_bytes()
    assert bool(opened.Root.MarkInfo.Marked)


def test_the_only_date_is_that_of_the_edition(opened: pikepdf.Pdf) -> None:
    dates = {str(opened.docinfo[key]) for key in ("/CreationDate", "/ModDate")}
    assert dates == {"D:20261121"}


def test_every_head_has_a_scope_and_every_link_prints(opened: pikepdf.Pdf) -> None:
    scopes = [str(head.A.get("/Scope", "")) for head in elements(opened, "/TH")]
    assert set(scopes) == {"/Column", "/Row"}
    notes = [note for page in opened.pages for note in page.get("/Annots", [])]
    assert notes
    assert all(int(note.F) & 4 for note in notes)


def test_figures_have_alternative_texts_with_figures_in_them(opened: pikepdf.Pdf) -> None:
    texts = [str(figure.Alt) for figure in elements(opened, "/Figure")]
    assert len(texts) > 15
    assert sum("49%" in text for text in texts) >= 3


def test_the_footer_is_an_artifact(opened: pikepdf.Pdf) -> None:
    for number, page in enumerate(opened.pages, start=1):
        content = page.Contents.read_bytes()
        assert re.search(rb"/Artifact\s*<</Type /Pagination/Subtype /Footer>>", content), number
    pages = check.read(made())
    assert all(f"{n} van {len(pages)}" in text for n, text in enumerate(pages, start=1))


def test_only_the_shipped_fonts_are_in_it(opened: pikepdf.Pdf) -> None:
    found = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary)]
    fonts = {str(o.FontName) for o in found if o.get("/Type") == "/FontDescriptor"}
    assert fonts
    assert all("Commissioner" in name for name in fonts)


def test_a_finished_factsheet_has_no_finding() -> None:
    assert check.check(made(), document(), made_up.profile()) == []


def test_what_was_made_for_another_area_is_found() -> None:
    part = dataclasses.replace(made_up.WIJK, code="WK990199")
    other = made_up.profile(area=made_up.own_area(name="Zuiderpark", parts=(part,)))
    found = check.check(made(), document(), other)
    assert {f.code for f in found} == {"pdf-area", "pdf-strangers"}
    assert all(f.severity is Severity.ERROR for f in found)


def test_a_name_that_breaks_at_its_hyphen_is_found_on_the_page() -> None:
    from weasyprint import HTML

    area = made_up.own_area(name="Molen-Kwartier")
    narrow = HTML(string="<p style='width: 4em; font-size: 12pt'>Molen-Kwartier</p>").write_pdf()
    assert "Molen-Kwartier" not in " ".join(check.read(narrow))  # it does break
    codes = {f.code for f in check.check(narrow, document(), made_up.profile(area=area))}
    assert "pdf-area" not in codes
    other = made_up.profile(area=made_up.own_area(name="Molen-Oord"))
    assert "pdf-area" in {f.code for f in check.check(narrow, document(), other)}


def test_an_untagged_pdf_in_another_language_is_found() -> None:
    from weasyprint import HTML

    bare = HTML(string="<p>Molenwijk</p>").write_pdf()
    codes = {finding.code for finding in check.check(bare, document(), made_up.profile())}
    assert {"pdf-tags", "pdf-language", "pdf-title", "pdf-ua", "pdf-figures", "pdf-font"} <= codes


@pytest.mark.parametrize(
    ("body", "css", "said"),
    [
        ("<p>x</p>", "p { colour: red }", "colour"),
        ("<p>x</p>", "p { width: 3 bananas }", "bananas"),
        ('<p><img alt="x" src="https://example.org/a.png"/></p>', "", "example.org"),
        ('<p><img alt="x" src="file:///etc/hostname"/></p>', "", "hostname"),
        ('<p><img alt="x" src="asset:../../etc/hostname"/></p>', "", "hostname"),
        ('<p><img alt="x" src="asset:templates/nergens.png"/></p>', "", "nergens"),
        ('<p class="a">x</p>', ".a { background: url(asset:templates/nergens.svg) }", "nergens"),
    ],
)
def test_every_line_that_weasyprint_logs_is_an_error(body: str, css: str, said: str) -> None:
    with pytest.raises(RenderError) as failure:
        pdf.render(simple(body, css), made_up.config())
    assert any(said in str(problem) for problem in failure.value.problems)


def test_text_that_does_not_fit_is_an_error_and_not_cut_off() -> None:
    css = "div { height: 10mm; overflow: hidden }"
    small = f'<div data-fit="vakje"><p>{"tekst " * 400}</p></div>'
    with pytest.raises(RenderError, match=r"'vakje' is .* mm too small"):
        pdf.render(simple(small, css), made_up.config())


def test_text_that_falls_below_the_page_is_an_error_too() -> None:
    css = "@page { size: 100mm 60mm; margin: 0 } div { height: 60mm } p { position: absolute }"
    lost = f'<div data-fit="vakje"><p>{"tekst " * 900}</p></div>'
    with pytest.raises(RenderError, match=r"'vakje'"):
        pdf.render(simple(lost, css), made_up.config())


def test_markup_that_is_not_well_formed_is_an_error() -> None:
    with pytest.raises(RenderError, match="not well-formed"):
        pdf.render(simple("<p>x<br></p>"), made_up.config())


def test_rendered_twice_is_the_same_bytes() -> None:
    assert pdf.render(document(), made_up.config()) == made()


def test_another_process_and_hash_seed_give_the_same_bytes() -> None:
    code = (
        "import hashlib, made_up; from wijkprofiel import documents; "
        "from wijkprofiel.render import pdf; c = made_up.config(); "
        "d = documents.make(made_up.profile(), c.documents['factsheet'], c); "
        "print(hashlib.sha256(pdf.render(d, c)).hexdigest())"
    )
    here = Path(__file__).parent
    environment = os.environ | {
        "PYTHONHASHSEED": "1",  # here it is another
        "PYTHONPATH": os.pathsep.join([str(here), str(here.parent / "src")]),
        "TZ": "Pacific/Auckland",
    }
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert run.stdout.strip() == hashlib.sha256(made()).hexdigest()


@cache
def with_margins() -> bytes:
    config = made_up.config()
    found = documents.make(made_up.with_margins(), config.documents["factsheet"], config)
    assert not check.check(pdf.render(found, config), found, made_up.with_margins())
    return pdf.render(found, config)


def test_a_tested_factsheet_fits_its_pages_and_says_what_it_rests_on() -> None:
    pages = [" ".join(page.split()) for page in check.read(with_margins())]
    assert len(pages) == 4
    assert all("Getoetst met betrouwbaarheidsmarges van 95%." in page for page in pages)
    assert "gevoelig: hangt aan slaap" in pages[0]
    assert "Gestegen van 39 naar 49% (getoetst)." in pages[1]


def test_an_empty_area_is_one_page() -> None:
    config = made_up.config()
    nobody = made_up.own_area(parts=(dataclasses.replace(made_up.WIJK, population=0),))
    profile = made_up.profile(area=nobody)
    found = documents.make(profile, config.documents["factsheet"], config)
    made = pdf.render(found, config)
    assert check.check(made, found, profile) == []
    assert len(check.read(made)) == 1


def pictures(made_pdf: bytes) -> list[Image.Image]:
    opened = pypdfium2.PdfDocument(made_pdf)
    return [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in opened]


@cache
def images() -> list[Image.Image]:
    return pictures(made())


@pytest.mark.parametrize("page", [1, 2, 4])
def test_pages_look_as_they_did(page: int, tmp_path: Path) -> None:
    looks(images()[page - 1], f"factsheet-{page}", tmp_path)


@pytest.mark.parametrize("page", [1, 3])
def test_pages_with_margins_look_as_they_did(page: int, tmp_path: Path) -> None:
    looks(pictures(with_margins())[page - 1], f"margins-{page}", tmp_path)


def looks(actual: Image.Image, name: str, folder: Path) -> None:
    """Compare a page with the golden one; on a difference the images are written to ``folder``."""
    expected_file = GOLDEN / f"{name}.png"
    if os.environ.get("WIJKPROFIEL_GOLDEN") == "write":
        actual.quantize(128).save(expected_file, optimize=True)
    expected = Image.open(expected_file).convert("RGB")
    assert actual.size == expected.size
    difference = np.abs(np.asarray(actual, dtype=int) - np.asarray(expected, dtype=int))
    if difference.mean() > WHOLE_PAGE:
        actual.save(folder / f"actual-{name}.png")
        expected.save(folder / f"expected-{name}.png")
        shown = Image.fromarray(np.clip(255 - 3 * difference, 0, 255).astype("uint8"))
        shown.save(folder / f"difference-{name}.png")
        pytest.fail(f"{name} differs by {difference.mean():.2f} of 255; look in {folder}")
