"""The PowerPoint: native charts with the printed numbers, texts for everybody, a sound package."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

import made_up
import sample
from terminal import run
from wijkprofiel.build import readback
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.documents import slides
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.slides_model import Rows
from wijkprofiel.model import Profile
from wijkprofiel.render import pptx, pptx_package

NAME = "presentatie"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def desk(profile: Profile) -> Desk:
    config = made_up.config()
    return Desk.of(profile, config.documents[NAME], config)


@cache
def real(name: str) -> Profile:
    config, data = sample.config(), sample.dataset()
    (task,) = plan(config, data, [name], Order(documents=(NAME,)))
    return make_profile(config, data, task)


@cache
def made(name: str = "") -> bytes:
    return pptx.render(desk(real(name) if name else made_up.profile()))


def opened(name: str = "") -> Any:
    return Presentation(io.BytesIO(made(name)))


def properties(slide: Any) -> list[Any]:
    """cNvPr of every shape that is no text."""
    return [
        next(e for e in shape.iter() if str(e.tag).endswith("}cNvPr"))
        for kind in ("pic", "graphicFrame", "cxnSp")
        for shape in slide._element.iter(f"{P}{kind}")
    ]


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def tables(slide: Any) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for shape in slide.shapes
        if shape.has_table
    ]


# --- what it says ------------------------------------------------------------------------


def test_the_same_slides_with_the_same_titles_as_the_pdf() -> None:
    titles = [slide.shapes.title.text_frame.text for slide in opened("alphen-noord").slides]
    assert titles == [s.title for s in slides.deck(desk(real("alphen-noord"))).slides]


def test_charts_are_native_and_hold_the_printed_numbers() -> None:
    found = {slide.shapes.title.text_frame.text: slide for slide in opened().slides}
    (chart,) = charts(found["Ongeveer 49 van de 100 volwassenen voelen zich eenzaam."])
    # 48.9, 45.9 and 47.0 in made_up.topics, rounded half up.
    assert [(s.name, tuple(s.values)) for s in chart.plots[0].series] == [
        ("Molenwijk", (49.0,)), ("gemeente Voorbeeldstad", (46.0,)), ("Nederland", (47.0,)),
    ]  # fmt: skip
    values = [v.text for v in chart._chartSpace.iter(f"{C}v")]
    assert {"49.0", "46.0", "47.0", "Eenzaam"} <= set(values)


def test_the_radar_is_never_filled_and_leaves_what_is_unknown_empty() -> None:
    radars = [
        c
        for s in opened().slides
        for c in charts(s)
        if c._chartSpace.find(f".//{C}radarChart") is not None
    ]
    (radar,) = radars
    style = radar._chartSpace.find(f".//{C}radarStyle")
    assert style.get("val") != "filled"
    here, there = radar.plots[0].series
    assert tuple(here.values) == (5.0, 4.1, None)
    assert tuple(there.values) == (5.0, 5.0, 5.0)


def test_tables_hold_the_figures_of_the_deck() -> None:
    deck = slides.deck(desk(real("alphen-noord")))
    for model, slide in zip(deck.slides, opened("alphen-noord").slides, strict=True):
        for block in (at.block for at in model.placed if isinstance(at.block, Rows)):
            (cells,) = tables(slide)
            for row, shown in zip(block.rows, cells[1:], strict=True):
                assert shown[0].startswith(row.title)
                assert tuple(shown[1 : 1 + len(row.numbers)]) == row.numbers
                assert row.mark.text in shown[-1]


def test_the_published_figures_of_2020_are_in_the_file() -> None:
    # 50090NED, 18+: Moerwijk 67.0 good health, 67.3 lonely (docs/documents.md §8).
    rows = {row[0]: row[1] for s in opened("moerwijk").slides for t in tables(s) for row in t}
    assert rows["Voelt zich gezond"] == "67"
    assert rows["Eenzaam"] == "67"


def test_what_reads_outputs_back_reads_it_all() -> None:
    text = " ".join(readback.texts("a.pptx", made()))
    deck = slides.deck(desk(made_up.profile()))
    assert "49.0" in text
    for model in deck.slides:
        for note in model.notes:
            assert " ".join(note.split())[:40] in " ".join(text.split()), model.id


# --- for everybody -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "alphen-noord", "oostduinen"])
def test_every_picture_chart_and_table_has_a_text_or_is_decoration(name: str) -> None:
    for slide in opened(name).slides:
        for told in properties(slide):
            decorative = [e for e in told.iter() if str(e.tag).endswith("}decorative")]
            assert len(told.get("descr") or "") > 15 or decorative, told.get("name")


def test_every_slide_has_a_title_first_notes_and_a_footer() -> None:
    for number, slide in enumerate(opened("alphen-noord").slides):
        assert slide.shapes.title is not None
        kinds = [p.get("type") for p in slide._element.iter(f"{P}ph")]
        assert len(slide.notes_slide.notes_text_frame.text) > 60
        if number:
            assert kinds[-2:] == ["ftr", "sldNum"]


def test_every_run_of_text_is_in_dutch() -> None:
    with zipfile.ZipFile(io.BytesIO(made())) as package:
        for name in package.namelist():
            if name.startswith(pptx_package.TEXTS) and name.endswith(".xml"):
                root = pptx_xml(package.read(name))
                for tag in ("rPr", "endParaRPr"):
                    assert {e.get("lang") for e in root.iter(f"{A}{tag}")} <= {"nl-NL"}, name
                assert all(run.find(f"{A}rPr") is not None for run in root.iter(f"{A}r")), name


def pptx_xml(content: bytes) -> Any:
    from lxml import etree  # type: ignore[import-untyped]  # it ships no types

    return etree.fromstring(content)


def test_colours_and_fonts_are_those_of_the_house_style() -> None:
    style = desk(made_up.profile()).style
    with zipfile.ZipFile(io.BytesIO(made())) as package:
        root = pptx_xml(package.read("ppt/theme/theme1.xml"))
    colour = root.find(f".//{A}clrScheme/{A}dk1/{A}srgbClr").get("val")
    assert f"#{colour}" == style.colours["ink"]
    for face in ("majorFont", "minorFont"):
        latin = root.find(f".//{A}fontScheme/{A}{face}/{A}latin")
        assert latin.get("typeface") == style.office_font


def test_tables_say_which_cells_are_heads() -> None:
    for slide in opened().slides:
        for shape in (s for s in slide.shapes if s.has_table):
            assert shape.table.first_row
            assert shape.table.first_col


# --- the package -------------------------------------------------------------------------


def test_properties_carry_the_edition_and_no_clock() -> None:
    core = opened().core_properties
    assert core.title == "Presentatie voor de wijkdialoog – Molenwijk"
    assert core.author == made_up.config().project.title
    assert str(core.created) == str(core.modified) == "2026-11-21 00:00:00"
    assert core.language == "nl-NL"
    with zipfile.ZipFile(io.BytesIO(made())) as package:
        assert {item.date_time for item in package.infolist()} == {(2026, 11, 21, 0, 0, 0)}
        books = [name for name in package.namelist() if name.endswith(".xlsx")]
        assert books
        for name in books:
            with zipfile.ZipFile(io.BytesIO(package.read(name))) as book:
                assert b"2026-11-21T00:00:00Z" in book.read("docProps/core.xml")


def test_twice_the_same_bytes_also_in_another_process(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "import test_pptx; sys.stdout.buffer.write(test_pptx.made())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "1"}  # here it is another
    there = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=environment,
        cwd=Path(__file__).parent.parent, timeout=300,
    )  # fmt: skip
    assert there.stdout == made()
    assert not list(tmp_path.iterdir())


def test_the_package_is_sound() -> None:
    for name in ("", "alphen-noord", "oostduinen"):
        assert pptx_package.problems(made(name)) == []


def changed(**parts: bytes | None) -> bytes:
    """The file with parts replaced, or left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made())) as given, zipfile.ZipFile(buffer, "w") as other:
        for name in given.namelist():
            data = parts.get(name, given.read(name))
            if data is not None:
                other.writestr(name, data)
    return buffer.getvalue()


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(made())) as package:
        return package.read(name)


def test_a_lost_part_an_unknown_relation_and_a_silent_picture_are_found() -> None:
    first = "ppt/slides/slide1.xml"
    lost = pptx_package.problems(changed(**{"ppt/theme/theme1.xml": None}))
    assert any("which is not there" in problem for problem in lost)
    assert any("has a content type and is not there" in problem for problem in lost)
    unknown = part(first).replace(b'r:embed="rId', b'r:embed="rId99')
    assert any("asks for rId99" in p for p in pptx_package.problems(changed(**{first: unknown})))
    silent = part(first).replace(b'descr="Omtrek van Molenwijk."', b'descr=""')
    assert silent != part(first)
    problems = pptx_package.problems(changed(**{first: silent}))
    assert any("has no alternative text" in problem for problem in problems)


def test_the_command_line_writes_both_files(tmp_path: Path) -> None:
    done = run("build", "rietveld", "--format", NAME, "-o", tmp_path, cwd=tmp_path)
    assert done.code == 0, done.err
    names = sorted(path.name for path in (tmp_path / "rietveld").iterdir())
    assert names == ["manifest.json", f"rietveld-{NAME}.pdf", f"rietveld-{NAME}.pptx"]


@pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice (soffice) is not installed: apt-get install libreoffice-impress",
)
def test_libreoffice_opens_it_and_shows_every_slide(tmp_path: Path) -> None:
    import pypdfium2

    (tmp_path / "a.pptx").write_bytes(made("alphen-noord"))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    office = shutil.which("soffice") or ""
    subprocess.run(
        [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
         str(tmp_path / "a.pptx")],
        capture_output=True, check=True, timeout=300,
    )  # fmt: skip
    pages = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    deck = slides.deck(desk(real("alphen-noord")))
    assert len(pages) == len(deck.slides)
    for page, model in zip(pages, deck.slides, strict=True):
        text = " ".join(page.get_textpage().get_text_bounded().split())
        assert model.title in text
