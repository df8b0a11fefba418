"""What stands where: nothing lies on something else, and the sender's pictures are everywhere."""

from __future__ import annotations

import dataclasses
import re
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Mm

import made_up
import sample
from terminal import run
from wijkprofiel.assets import Assets
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.documents import colophon, images, make, slides
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.images import Logo
from wijkprofiel.documents.slides_model import MARGIN, PAGE, Chart, Charts, Rows, Slide
from wijkprofiel.model import Profile
from wijkprofiel.render import pdf

STYLES = ("buurt", "inkt")
AREAS = (
    "kanaleneiland",
    "oostduinen",
    "gemert-centrum",
    "moerwijk",
    "leidsche-rijn-vleuten-de-meern",
)
RULE = {"buurt": 0.0, "inkt": 14.8}
"""Foot of the rule across the cover, in mm: 14 and its own 0.8."""
MM = 72 / 25.4


@cache
def real(name: str) -> Profile:
    config, data = sample.config(), sample.dataset()
    (task,) = plan(config, data, [name], Order())
    return make_profile(config, data, task)


def desk(name: str, style: str = "buurt", document: str = "presentatie") -> Desk:
    config = sample.config().in_style(style)
    return Desk.of(real(name), config.documents[document], config)


def slide(of: Desk, name: str) -> Slide:
    return next(made for made in slides.deck(of).slides if made.id == name)


# --- slides ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", AREAS)
def test_the_outline_stands_beside_the_name_and_under_the_rule(name: str, style: str) -> None:
    of = desk(name, style)
    made = slide(of, "cover")
    shape = made.placed[0]
    lines = of.measure.wrap(made.title, made.size, made.head_width, weight=800)
    widest = max(of.measure.text_width(line, made.size, 800) for line in lines)
    assert shape.left >= MARGIN + widest + 5
    assert shape.left + shape.width <= PAGE[0]
    assert shape.top > RULE[style]
    assert shape.width > 60  # it is still to be seen beside the longest name


def test_bars_beside_each_other_have_one_scale() -> None:
    made = slide(desk("kanaleneiland"), "parts")
    (charts,) = [at.block for at in made.placed if isinstance(at.block, Charts)]
    values = [v for chart in charts.charts for one in chart.series for v in one.values if v]
    assert {chart.most for chart in charts.charts} == {max(values)}
    drawn = [bar for chart in charts.charts for bar in bars(chart)]
    # On one scale a bar is as long as its value, in whichever chart it stands.
    assert len(drawn) == len(values) > 8
    for value, length in drawn:
        assert length / value == pytest.approx(drawn[0][1] / drawn[0][0], rel=0.03)


def bars(chart: Chart) -> list[tuple[float, float]]:
    """Value and length of the bars of a drawing."""
    lengths = [float(w) for w in re.findall(r'<rect[^>]* width="([\d.]+)"', str(chart.svg))]
    values = [value for one in chart.series for value in one.values if value is not None]
    return list(zip(values, lengths, strict=True))


def test_the_head_of_a_theme_breaks_before_in_and_never_before_its_sign() -> None:
    made = slide(desk("kanaleneiland"), "theme-leefstijl")
    (rows,) = [at.block for at in made.placed if isinstance(at.block, Rows)]
    assert rows.head[0] == "Volwassenen (18+), in\u00a0%"


@pytest.mark.parametrize("document", ["factsheet", "presentatie", "web"])
def test_the_key_explains_every_word_of_a_verdict(document: str) -> None:
    of = desk("kanaleneiland", document=document)
    items = colophon.legend_items(of)
    told = " ".join(f"{item.mark.text} {item.meaning}" for item in items)
    words = {
        word
        for kind in ("favourable", "unfavourable")
        for strength in ("1", "2", "3")
        for word in of.words(f"verdict.{kind}.{strength}").split()
    }
    assert words == {"iets", "veel", "gunstiger", "ongunstiger"}
    assert words <= set(re.findall(r"\w+", told))


# --- the first page of the factsheet --------------------------------------------------------------


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["kanaleneiland", "achtse-barrier", "gemert-centrum"])
def test_there_is_white_between_the_web_and_the_notes(name: str, style: str) -> None:
    config = sample.config().in_style(style)
    content = pdf.render(make(real(name), config.documents["factsheet"], config), config)
    text = pypdfium2.PdfDocument(content)[0].get_textpage()
    boxes = [text.get_rect(i) for i in range(text.count_rects())]
    found = text.search("Dit is een gespreksinstrument").get_next()
    assert found is not None
    top = max(text.get_charbox(i)[3] for i in range(found[0], sum(found)))
    above = min(bottom for _, bottom, _, _ in boxes if bottom > top - 0.5)
    assert (above - top) / MM >= 1.5


# --- logos and a photo ----------------------------------------------------------------------------


@pytest.fixture(name="sent")
def _sent(tmp_path: Path) -> Path:
    """A project with a photo of one area and logos: of the sender 3:1, of a partner 6:1."""
    folder = tmp_path / "templates" / "images"
    folder.mkdir(parents=True)
    Image.new("RGB", (900, 700), "#88AACC").save(folder / "straat.jpg")
    Image.new("RGBA", (300, 100), "#0A5FA8").save(folder / "ggd.png")
    shape = '<path d="M0 0H60V10H0Z" fill="#B5460B"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 10">{shape}</svg>'
    (folder / "gemeente.svg").write_text(svg)
    shipped = (made_up.config().assets.project / "configs" / "wijkprofiel.yaml").read_text()
    (tmp_path / "wijkprofiel.yaml").write_text(
        f"{shipped}\nlogos: [{{file: ggd.png, alt: GGD Voorbeeld}}]\n"
        "partners: [Buurthuis, {name: Gemeente Voorbeeld, logo: gemeente.svg}]\n"
    )
    profiles = tmp_path / "configs" / "profiles"
    profiles.mkdir(parents=True)
    (profiles / "straat.yaml").write_text(
        "name: Straat\nareas: [WK048402]\n"
        "photo: {file: straat.jpg, alt: Een straat met huizen, credit: J. Jansen}\n"
    )
    return tmp_path


def pictures(content: Any) -> list[tuple[str, float, float]]:
    """Alternative text, width and height in mm of the pictures of a slide."""
    found = [shape for shape in content.shapes if shape.shape_type == 13]
    return [
        (s._element.nvPicPr.cNvPr.get("descr") or "", s.width / Mm(1), s.height / Mm(1))
        for s in found
    ]


@pytest.mark.parametrize("style", STYLES)
def test_slides_and_folder_carry_the_pictures_of_the_sender(style: str, sent: Path) -> None:
    done = run("build", "straat", "--style", style, "--format", "presentatie", "--format", "folder",
               cwd=sent)  # fmt: skip
    assert done.code == 0, done.err
    folder = sent / "output" / "straat"
    wanted = {"Een straat met huizen", "GGD Voorbeeld", "Gemeente Voorbeeld"}
    for name in ("presentatie", "folder"):
        with pikepdf.open(folder / f"straat-{name}.pdf") as opened:
            every = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary)]
            told = [str(o["/Alt"]) for o in every if o.get("/S") == "/Figure"]
        assert wanted <= set(told), name
        assert not any(text.startswith("Omtrek van") for text in told), name
    page = pypdfium2.PdfDocument(folder / "straat-presentatie.pdf")[0].get_textpage()
    assert "Foto: J. Jansen" in page.get_text_bounded()
    shown = list(Presentation(str(folder / "straat-presentatie.pptx")).slides)
    assert [told for told, *_ in pictures(shown[0])] == ["Een straat met huizen", "GGD Voorbeeld"]
    # 6 mm on paper, 1.3 times on a slide, 6:1; 0.8 mm of white above and below.
    ((told_, width, height),) = pictures(shown[-1])
    assert told_ == "Gemeente Voorbeeld"
    assert width == pytest.approx(46.8, abs=0.1)
    assert height == pytest.approx(9.4, abs=0.1)


def test_logos_that_need_more_room_are_all_smaller_and_none_is_lost(sent: Path) -> None:
    assets = Assets.of(sent)
    config = dataclasses.replace(made_up.config(), assets=assets)
    of = Desk.of(made_up.profile(), config.documents["folder"], config)
    wide = Logo("asset:templates/images/gemeente.svg", "A", 8.0)  # 48 mm wide
    small = Logo("asset:templates/images/ggd.png", "B", 8.0)  # 24 mm wide
    assert images.fitting((wide, small), 76.0, 1.0, of) == (wide, small)  # 48 + 4 + 24
    found = images.fitting((wide, small), 40.0, 1.0, of)  # 36 mm for 72 mm: half
    assert [(logo.alt, logo.height) for logo in found] == [("A", 4.0), ("B", 4.0)]
    assert images.strip((), 100.0, 1.0, of) is None
