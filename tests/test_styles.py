"""House styles as they are loaded: contrast, colours for colour-blind readers, images, fonts.

Contrasts are published by W3C and WebAIM, or computed by coloraide, which the program itself does
not ask for a ratio. What images and fonts are refused is in tables below.
"""

from __future__ import annotations

import io
import re
import shutil
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from coloraide import Color
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import made_up
import tiny_project as tiny
from wijkprofiel.assets import Assets, shipped_root
from wijkprofiel.config import Config, contrast, fonts, images, load, pairs, sight
from wijkprofiel.documents.styles import stylesheets
from wijkprofiel.errors import ConfigError, Problem
from wijkprofiel.model import HouseStyle

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
STYLES = ("buurt", "inkt")


# --- contrast -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ("#000000", "#FFFFFF", 21.0),  # WCAG 2.1, definition of contrast ratio
        ("#777777", "#FFFFFF", 4.48),  # W3C, understanding 1.4.3: just fails for text
        ("#767676", "#FFFFFF", 4.54),  # and just passes
        ("#949494", "#FFFFFF", 3.03),  # WebAIM: just passes for graphics
        ("#0000FF", "#FFFFFF", 8.59),  # WebAIM contrast checker
        ("#FF0000", "#FFFFFF", 4.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
    ],
)
def test_contrast_is_the_published_one(one: str, other: str, published: float) -> None:
    assert contrast.ratio(one, other) == pytest.approx(published, abs=0.006)
    assert contrast.ratio(other, one) == contrast.ratio(one, other)


@given(one=COLOURS, other=COLOURS)
def test_contrast_is_that_of_coloraide(one: str, other: str) -> None:
    expected = Color(one).contrast(other, method="wcag21")
    assert contrast.ratio(one, other) == pytest.approx(expected, rel=2e-3)


@settings(max_examples=25, deadline=None)
@given(colour=COLOURS, background=COLOURS, least=st.sampled_from([3.0, 4.5]))
def test_the_proposed_colour_passes_and_nothing_much_nearer_does(
    colour: str, background: str, least: float
) -> None:
    # Black or white has at least 4.58 on any background, so there is always an answer.
    found = contrast.passing(colour, background, least)
    assert contrast.ratio(found, background) >= least
    if contrast.ratio(colour, background) >= least:
        assert found == colour
        return
    was, now = (Color(c).convert("oklch")["lightness"] for c in (colour, found))
    step = 0.01 if now > was else -0.01
    between = np.arange(was, now - 1.5 * step, step)
    tried = (Color(colour).convert("oklch").set("lightness", float(x)) for x in between)
    nearer = [c.convert("srgb").fit().to_string(hex=True).upper() for c in tried]
    assert all(contrast.ratio(c, background) < least for c in nearer)


def test_the_proposed_colour_keeps_its_hue() -> None:
    before, after = (
        Color(c).convert("oklch")["hue"]
        for c in ("#C9601F", contrast.passing("#C9601F", "#FFFFFF", 4.5))
    )
    assert after == pytest.approx(before, abs=3)


# --- which pairs ----------------------------------------------------------------------------


def problems(assets: Assets) -> tuple[Problem, ...]:
    with pytest.raises(ConfigError) as failure:
        load(assets)
    return failure.value.problems


CLASHES = {
    "text on the cover": ("cover", "#5A4A60", "ink", 4.5),
    "text on the plane of the dialogue": ("dialogue", "#77667F", "ink", 4.5),
    "names on the map": ("land", "#6A5A70", "ink", 4.5),
    "a value on a dark group of the map": ("ramp-4", "#C0B0C8", "paper", 4.5),
    "a value on a light group of the map": ("ramp-1", "#7C6C84", "ink", 4.5),
    "marks on the middle half of all areas": ("band", "#55455A", "ink", 3),
}


@pytest.mark.parametrize("name", CLASHES)
def test_a_pair_without_contrast_is_told_with_what_would_pass(name: str, tmp_path: Path) -> None:
    ground, colour, front, least = CLASHES[name]
    style = tiny.STYLE.replace("themes:", f'  {ground}: "{colour}"\nthemes:')
    said = [p for p in problems(tiny.make(tmp_path, STYLE=style)) if f" on {ground} " in p.message]
    drawn = "#FFFFFF" if front == "paper" else "#2B1B33"
    ratio = contrast.ratio(drawn, colour)
    told = [p for p in said if p.message.startswith(f"colours.{front}: {drawn} on {ground}")]
    assert len(told) == 1
    assert told[0].message.endswith(f"({colour}) has contrast {ratio:.2f}, needs {least:g}")
    proposed = re.fullmatch(r"(#[0-9A-F]{6}) would pass", told[0].hint or "")
    assert proposed is not None
    assert contrast.ratio(proposed[1], colour) >= least


def test_a_bar_in_a_theme_colour_must_be_seen_on_paper(tmp_path: Path) -> None:
    # #A9D273 on white has 1.73: fine for a plane behind ink, too little for a bar.
    tiny.make(tmp_path)
    style = tiny.STYLE + "looks: {themes: bar}\n"
    (said,) = problems(tiny.make(tmp_path, STYLE=style))
    assert said.message.startswith("themes.groen.full: #A9D273 on paper (#FFFFFF) has contrast 1.7")


def test_a_style_without_a_colour_that_all_need_is_told(tmp_path: Path) -> None:
    style = tiny.STYLE.replace('  favourable: "#0A5FA8"\n', "")
    (said,) = problems(tiny.make(tmp_path, STYLE=style))
    assert said.message == "colours: there is no colour 'favourable'"


@pytest.mark.parametrize("style", STYLES)
def test_every_role_of_a_stylesheet_is_checked_for_contrast(style: str) -> None:
    config = made_up.config()
    # What carries nothing, or is never alone: hair lines, and colours that decorate.
    quiet = {"hair", "font", "tile", "first"}
    fronts = {pair.front for pair in pairs.PAIRS} | {"theme.full"}
    grounds = {pair.ground for pair in pairs.PAIRS} | {"theme.full"}
    css = "".join(s.css for s in stylesheets(config.styles[style], "factsheet", config.assets)[1:])
    used = set(re.findall(r"([\w-]+): [^;{}]*?var\(--([\w-]+)\)", css))
    assert used
    for name, role in used:
        themed = f"theme.{role}" if role in {"full", "tint", "deep"} else role
        wanted = grounds if name == "background" else fronts
        assert themed in wanted | quiet, f"{name}: var(--{role}) is no role of config/pairs.py"


@pytest.mark.parametrize("style", STYLES)
def test_the_shipped_styles_have_every_role_that_is_checked(style: str) -> None:
    colours = made_up.config().styles[style].colours
    assert set(pairs.roles()) - set(pairs.FALLBACKS) <= set(colours)


# --- colour-blind readers ---------------------------------------------------------------------


def styled(**changes: Any) -> HouseStyle:
    style = made_up.config().styles["buurt"]
    return style.model_copy(update={"colours": {**style.colours, **changes}})


@pytest.mark.parametrize("style", STYLES)
def test_the_shipped_styles_can_be_told_apart_by_everybody(style: str) -> None:
    assert list(sight.too_near(made_up.config().styles[style])) == []


def test_red_and_green_of_one_lightness_look_alike_to_two_kinds_of_readers() -> None:
    # The pair that nobody with deuteranopia or protanopia tells apart, at equal lightness.
    near = list(sight.too_near(styled(favourable="#4E7B00", unfavourable="#A35A00")))
    assert [(n.one, n.other) for n in near] == [("favourable", "unfavourable")]
    assert near[0].deficiency in ("deutan", "protan")
    assert near[0].distance < near[0].least == sight.MEANING
    usual = Color("#4E7B00").delta_e("#A35A00", method="ok")
    assert usual > sight.MEANING


def test_two_themes_of_one_colour_are_a_warning_with_the_pair() -> None:
    style = made_up.config().styles["inkt"]
    themes = {**style.themes, "fysiek": style.themes["leefstijl"]}
    twins = style.model_copy(update={"themes": themes})
    (found,) = sight.findings({"inkt": twins}, {"inkt": "configs/styles/inkt.yaml:9"})
    assert found.where == "configs/styles/inkt.yaml:9"
    assert found.message.startswith("themes.leefstijl.full and themes.fysiek.full look alike to")
    assert "0.000 apart" in found.message


# --- images -----------------------------------------------------------------------------------


def picture(kind: str = "PNG", size: tuple[int, int] = (700, 200), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def noise() -> bytes:
    """A PNG that cannot be packed: over two megabytes."""
    out = io.BytesIO()
    dots = np.random.default_rng(1).integers(0, 255, (900, 900, 3), dtype="uint8")
    Image.fromarray(dots).save(out, "PNG")
    return out.getvalue()


def claimed(width: int, height: int) -> bytes:
    """The head of a PNG that claims a size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def moving() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (700, 90), shade) for shade in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


def drawn(inside: str, *, head: str = 'viewBox="0 0 9 9"', before: str = "") -> bytes:
    root = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}{root} {head}>{inside}</svg>".encode()


SOUND = {
    "logo.png": picture(mode="RGBA"),
    "logo.jpg": picture("JPEG"),
    "logo.jpeg": picture("JPEG", mode="L"),
    "logo.svg": drawn(
        '<defs><path id="a" d="M0 0H9"/></defs><use href="#a"/>'
        "<style>path { fill: url(#b) }</style>"
    ),
}

BROKEN: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.png", b"", "is an empty file"),
    "text under another name": ("a.png", b"geen plaatje", "is not an image"),
    "another kind": ("a.png", picture("JPEG"), "is JPEG, not PNG"),
    "a kind that is not taken": ("a.jpg", picture("GIF"), "is GIF, not JPEG"),
    "cut off": ("a.jpg", picture("JPEG", (700, 700))[:-300], "is a damaged image"),
    "cut off in the middle": ("a.png", noise()[:1_500_000], "is a damaged image"),
    "too many bytes": ("a.png", noise(), "is 2.4 MB, at most 2 MB"),
    "too many pixels": ("a.png", picture(size=(6001, 8)), "is larger than 6000 by 6000"),
    "a bomb": ("a.png", claimed(60000, 60000), "is larger than 6000 by 6000"),
    "for the press": ("a.jpg", picture("JPEG", mode="CMYK"), "has colours in CMYK"),
    "sixteen bits": ("a.png", picture(mode="I;16"), "has colours in I;16"),
    "moving": ("a.png", moving(), "moves"),
    "no svg": ("a.svg", b"<html/>", "is not an SVG: it starts with <html>"),
    "not well-formed": ("a.svg", drawn("<g>"), "is not an SVG: mismatched tag"),
    "an svg that is a picture": ("a.svg", picture(), "is not an SVG"),
    "no size": ("a.svg", drawn("", head=""), "does not say how large it is"),
    "a script": ("a.svg", drawn("<script>alert(1)</script>"), "holds a script"),
    "a script in an attribute": ("a.svg", drawn('<path onclick="x"/>'), "holds a script (onclick)"),
    "a document": ("a.svg", drawn("<foreignObject/>"), "holds another document"),
    "a picture inside": ("a.svg", drawn('<image href="data:,"/>'), "holds a picture"),
    "letters": ("a.svg", drawn("<text>GGD</text>"), "holds text, which needs a font"),
    "a link outside": (
        "a.svg", drawn('<use xlink:href="https://example.org/a.svg#b"/>'),
        "refers to something outside it",
    ),
    "a file from disk": (
        "a.svg", drawn('<path fill="url(file:///etc/passwd)"/>'), "fetches something from outside",
    ),
    "an import": (
        "a.svg", drawn("<style>@import 'https://example.org'</style>"),
        "fetches something from outside",
    ),
    "an entity": (
        "a.svg", drawn("&a;", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "holds a DOCTYPE or an entity",
    ),
    "an svg of a megabyte": ("a.svg", drawn("<g/>" * 100_000), "is 0.4 MB, at most 0.25 MB"),
}  # fmt: skip


def place(root: Path, name: str, content: bytes) -> Path:
    file = root / images.FOLDER / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_logo_is_taken(name: str, tmp_path: Path) -> None:
    assert images.wrong(place(tmp_path, name, SOUND[name])) is None


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_logo_is_told_with_its_line_and_nothing_is_loaded(
    name: str, tmp_path: Path
) -> None:
    file, content, message = BROKEN[name]
    project = tiny.PROJECT + f"logos:\n  - {{file: {file}, alt: GGD}}\n"
    assets = tiny.make(tmp_path, PROJECT=project)
    place(tmp_path, file, content)
    (said,) = problems(assets)
    assert said.where == "wijkprofiel.yaml:10"
    assert said.message.startswith(f"logos[0].file: '{file}' {message}")
    assert said.hint


@pytest.mark.parametrize("constant", ["PROJECT", "STYLE"])
def test_a_logo_that_is_not_there_is_told_with_a_near_one(constant: str, tmp_path: Path) -> None:
    text = getattr(tiny, constant) + "partners:\n  - GGD\n  - {name: Gemeente, logo: logos.png}\n"
    assets = tiny.make(tmp_path, **{constant: text})
    place(tmp_path, "logo.png", SOUND["logo.png"])
    (said,) = problems(assets)
    expected = "'logos.png' is not in templates/images/ (did you mean 'logo.png'?)"
    assert said.message == f"partners[1].logo: {expected}"


@pytest.mark.parametrize("file", ["../logo.png", "/etc/passwd", "logo.gif", "a/b.png", "..png"])
def test_a_logo_is_a_file_in_the_folder_of_images(file: str, tmp_path: Path) -> None:
    project = tiny.PROJECT + f"logos: [{{file: {file}, alt: GGD}}]\n"
    (said,) = problems(tiny.make(tmp_path, PROJECT=project))
    assert said.message.startswith("logos[0].file: ")


PHOTO = "photo: {file: straat.jpg, alt: Een straat, credit: Jan}\n"
PHOTOS = {
    "missing": (PHOTO, None, "'straat.jpg' is not in templates/images/"),
    "small": (PHOTO, picture("JPEG", (599, 400)), "is 599 pixels wide, too few for paper"),
    "a drawing": (PHOTO.replace("jpg", "svg"), drawn(""), "is a drawing (.svg), not a photo"),
    "without credit": (PHOTO.replace(", credit: Jan", ""), picture("JPEG"), "missing"),
    "without alt": (PHOTO.replace(", alt: Een straat", ""), picture("JPEG"), "missing"),
}


@pytest.mark.parametrize("name", PHOTOS)
def test_a_broken_photo_breaks_only_its_own_area(name: str, tmp_path: Path) -> None:
    text, content, message = PHOTOS[name]
    assets = tiny.make(tmp_path, PROFILE=tiny.PROFILE + text)
    if content is not None:
        place(tmp_path, "straat.svg" if "svg" in text else "straat.jpg", content)
    config = load(assets)
    (said,) = config.broken_profiles["dorp"].problems
    assert said.where == "configs/profiles/dorp.yaml:4"
    assert message in said.message


# --- fonts ------------------------------------------------------------------------------------

LETTER = shipped_root() / fonts.FOLDER / tiny.FONT


def damaged_inside() -> bytes:
    content = bytearray(LETTER.read_bytes())
    content[2000:9000] = bytes(7000)
    return bytes(content)


FONTS: dict[str, tuple[str, bytes, str]] = {
    "empty": ("letter.woff2", b"", "is not a .woff2 font"),
    "a picture": ("letter.woff2", SOUND["logo.png"], "is not a .woff2 font"),
    "cut off": ("letter.woff2", LETTER.read_bytes()[:-99], "is damaged: it is not as long as it"),
    "damaged inside": ("letter.woff2", damaged_inside(), "cannot be read as a font"),
    "another kind": ("letter.ttf", LETTER.read_bytes(), "is not a .ttf font"),
    "too large": ("letter.woff2", b"wOF2" + bytes(2_000_000), "is 2.0 MB, at most 2 MB"),
    "no font at all": ("letter.txt", b"letters", "is not a font file: .woff2, .woff, .ttf, .otf"),
}


@pytest.mark.parametrize("name", FONTS)
def test_a_broken_font_is_told_with_its_line(name: str, tmp_path: Path) -> None:
    file, content, message = FONTS[name]
    assets = tiny.make(tmp_path, STYLE=tiny.STYLE.replace("letter.woff2", file))
    (tmp_path / fonts.FOLDER / file).write_bytes(content)
    (said,) = problems(assets)
    assert said.where == "configs/styles/kaal.yaml:5"
    assert said.message.startswith(f"fonts[0].files[400]: '{file}' {message}")


def test_a_font_without_the_signs_of_dutch_is_told(tmp_path: Path) -> None:
    assets = tiny.make(tmp_path)
    other = LETTER.with_name(tiny.FONT.replace("latin", "latin-ext"))
    shutil.copy(other, tmp_path / fonts.FOLDER / "letter.woff2")
    (said,) = problems(assets)
    assert said.message.startswith('fonts: no font of this style has a shape for !"#')


@pytest.mark.parametrize("style", STYLES)
def test_the_shipped_fonts_can_be_read_and_have_all_signs(style: str) -> None:
    files = [name for font in made_up.config().styles[style].fonts for name in font.files.values()]
    paths = [shipped_root() / fonts.FOLDER / name for name in files]
    assert [fonts.wrong(path) for path in paths] == [""] * len(paths)
    assert not any(fonts.damaged(path) for path in paths)
    assert fonts.absent(paths) == ""


# --- whose style counts -----------------------------------------------------------------------


def with_style(tmp_path: Path, profile: str = "") -> Config:
    assets = tiny.make(tmp_path, PROFILE=tiny.PROFILE + profile)
    other = tiny.STYLE.replace("id: kaal", "id: bont")
    (tmp_path / "configs/styles/bont.yaml").write_text(other)
    return load(assets)


def test_an_area_has_its_own_style_or_else_that_of_the_project(tmp_path: Path) -> None:
    config = with_style(tmp_path, "style: bont\n")
    assert config.style_of(config.profiles["dorp"]).id == "bont"
    assert config.style_of().id == "kaal"


def test_a_style_that_was_asked_for_wins_from_all(tmp_path: Path) -> None:
    config = with_style(tmp_path, "style: bont\n").in_style("kaal")
    assert config.style_of(config.profiles["dorp"]).id == "kaal"


def test_a_style_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'bond' is not a house style"):
        with_style(tmp_path).in_style("bond")
    broken = with_style(tmp_path, "style: bond\n").broken_profiles["dorp"]
    assert broken.problems[0].message.startswith("style: 'bond' is not a house style")
