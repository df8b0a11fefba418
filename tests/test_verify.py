"""Deliberate faults in finished factsheets: each must be found, and nothing in sound ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial

import pikepdf
import pytest

import sample
from finished import Finished, spoiled
from wijkprofiel import documents
from wijkprofiel.build import verify
from wijkprofiel.build.formats import MAKERS
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.documents import Document
from wijkprofiel.errors import RenderError
from wijkprofiel.model import Finding, Profile

ALPHEN, OTHER = "alphen-noord", "moerwijk"
LONELY, SMOKES = "Eenzaam", "Rookt"


@cache
def profile(name: str) -> Profile:
    config, dataset = sample.config(), sample.dataset()
    return make_profile(config, dataset, plan(config, dataset, [name], Order())[0])


@cache
def made(name: str, document: str = "factsheet", suffix: str = "pdf") -> bytes:
    config = sample.config()
    return MAKERS[suffix](profile(name), config.documents[document], config)[0]


@cache
def source(name: str) -> Document:
    config = sample.config()
    return documents.make(profile(name), config.documents["factsheet"], config)


def found(content: bytes) -> tuple[Finding, ...]:
    file = f"{ALPHEN}-factsheet.pdf"
    sources = {file: source(ALPHEN)}
    return verify.examine({file: content}, profile(ALPHEN), sample.config(), sources=sources)


def codes(spoil: Callable[[Finished], None]) -> set[str]:
    return {finding.code for finding in found(spoiled(made(ALPHEN), spoil))}


# --- sound files --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*sorted(sample.config().own_profiles), "WK051801", "WK048409"])
def test_nothing_is_wrong_with_a_factsheet_as_it_was_made(name: str) -> None:
    task = plan(sample.config(), sample.dataset(), [name], Order())[0]
    content = made(name)
    file = f"{task.slug}-factsheet.pdf"
    assert verify.examine({file: content}, profile(name), sample.config()) == ()


@pytest.mark.parametrize("document", ["folder", "presentatie"])
def test_nothing_is_wrong_with_the_other_papers(document: str) -> None:
    content = {f"{ALPHEN}-{document}.pdf": made(ALPHEN, document)}
    assert verify.examine(content, profile(ALPHEN), sample.config()) == ()


def test_an_edit_that_changes_nothing_is_no_fault() -> None:
    # The tools of these tests write the file anew; that alone must not be found.
    def nothing(done: Finished) -> None:
        for page in range(1, len(done.pdf.pages) + 1):
            done.put(page, done.stream(page))

    assert codes(nothing) == set()


# --- figures and words --------------------------------------------------------------------------


def test_two_topics_with_each_others_figures() -> None:
    def spoil(done: Finished) -> None:
        one, other = done.row(LONELY)[2], done.row(SMOKES)[2]
        texts = done.text(one).strip(), done.text(other).strip()
        assert texts == ("49", "17")  # RIVM 2020, docs/documents.md §8
        done.typed(*one, texts[1])
        done.typed(*other, texts[0])

    assert {"verify-number", "verify-text"} <= codes(spoil)


def test_the_number_of_the_gemeente_in_the_place_of_the_wijk() -> None:
    def spoil(done: Finished) -> None:
        cells = done.row(LONELY)
        here, gemeente = cells[2], cells[3]
        assert (done.text(here).strip(), done.text(gemeente).strip()) == ("49", "46")
        done.typed(*here, "46")
        done.typed(*gemeente, "49")

    assert {"verify-number", "verify-text"} <= codes(spoil)


def test_english_notation() -> None:
    def spoil(done: Finished) -> None:
        page, piece = done.piece("33.330")
        done.typed(page, piece.mark, "33,330")

    assert {"verify-number", "verify-text"} <= codes(spoil)


def test_a_decimal_point_in_the_place_of_a_comma() -> None:
    def spoil(done: Finished) -> None:
        page, piece = done.piece("2,2")
        done.typed(page, piece.mark, "2.2")

    assert "verify-text" in codes(spoil)


def test_another_year() -> None:
    def spoil(done: Finished) -> None:
        page, piece = next(
            (page.number, piece)
            for page in done.paper.pages
            for piece in page.pieces
            if re.fullmatch(r"\S+, 2012–2020", piece.text.strip())
        )
        done.typed(page, piece.mark, piece.text.replace("2020", "2022"))

    assert "verify-text" in codes(spoil)


def test_another_word_for_a_verdict() -> None:
    def spoil(done: Finished) -> None:
        page, piece = done.piece("iets ongunstiger")
        done.typed(page, piece.mark, piece.text.replace("ongunstiger", "gunstiger"))

    assert {"verify-text", "verify-sign"} <= codes(spoil)


def test_a_text_that_belongs_to_nothing() -> None:
    def spoil(done: Finished) -> None:
        block = done.block(2, 0)
        extra = block[block.index("BT") : block.index("ET") + 2]
        done.put(2, done.stream(2) + f"\nq\n/Artifact\nBMC\n0 0 0 rg\n{extra}\nEMC\nQ\n")

    assert "verify-untagged" in codes(spoil)


# --- the right area -----------------------------------------------------------------------------


def test_the_factsheet_of_another_area() -> None:
    told = {finding.code for finding in found(made(OTHER))}
    assert {"pdf-area", "pdf-title", "pdf-strangers", "verify-text", "verify-number"} <= told


def test_the_title_of_another_area() -> None:
    def spoil(done: Finished) -> None:
        with done.pdf.open_metadata() as metadata:
            del metadata["dc:title"]
        done.pdf.docinfo["/Title"] = f"Factsheet gezondheid en welzijn – {OTHER.title()}"

    assert "pdf-title" in codes(spoil)


def test_another_control_number() -> None:
    def spoil(done: Finished) -> None:
        page, piece = next(
            (page.number, piece)
            for page in done.paper.pages
            for piece in page.pieces
            if profile(ALPHEN).input_hash[:12] in piece.text
        )
        number = profile(ALPHEN).input_hash[:12]
        done.typed(page, piece.mark, piece.text.replace(number, number[::-1]))

    assert "verify-text" in codes(spoil)


# --- charts and signs ---------------------------------------------------------------------------


def test_a_chart_of_another_area() -> None:
    other = Finished(made(OTHER))
    tag = other.tag("Figure", lambda alt: alt.startswith(f"{LONELY}:"))
    page, mark = next(tag.marks())
    theirs = other.block(page, mark)

    def spoil(done: Finished) -> None:
        ours = next(done.tag("Figure", lambda alt: alt.startswith(f"{LONELY}:")).marks())
        number, at = re.search(r"1 0 0 1 (\S+ \S+) cm", done.block(*ours)), ours[1]
        assert number is not None
        moved = re.sub(r"1 0 0 1 \S+ \S+ cm", f"1 0 0 1 {number[1]} cm", theirs, count=1)
        done.changed(*ours, lambda _: moved.replace(f"/MCID {mark}>>", f"/MCID {at}>>"))

    assert codes(spoil) == {"verify-chart"}


def test_a_dot_that_was_moved() -> None:
    def spoil(done: Finished) -> None:
        mark = next(done.tag("Figure", lambda alt: alt.startswith(f"{LONELY}:")).marks())
        points = re.findall(r"[\d.]+ [\d.]+ m", done.block(*mark))
        x, rest = points[-1].split(" ", 1)
        done.changed(*mark, lambda b: b.replace(points[-1], f"{float(x) + 2:g} {rest}"))

    assert codes(spoil) == {"verify-chart"}


def test_a_number_inside_a_chart() -> None:
    def spoil(done: Finished) -> None:
        tag = done.tag("Figure", lambda alt: alt.startswith("Kaart van"))
        page, mark = next(tag.marks())
        block = done.block(page, mark)
        shown = re.findall(r"\[[^\]]*\] TJ", block)
        assert len(shown) > 2
        done.changed(page, mark, lambda b: b.replace(shown[0], shown[1], 1))

    assert "verify-chart-text" in codes(spoil)


def test_the_wrong_sign_beside_a_verdict() -> None:
    def spoil(done: Finished) -> None:
        forms = done.pdf.pages[1].Resources.XObject
        used = re.findall(r"/(x\d+) Do", done.stream(2))
        drawn = {name: forms[f"/{name}"].read_bytes().decode() for name in used}
        triangle = next(n for n, s in drawn.items() if s.count(" l\n") == 2 and "1 1 1 rg" in s)
        disc = next(n for n, s in drawn.items() if s.count(" c\n") == 4 and s.count(" m\n") == 1)
        place = re.compile(r"1 0 0 1 \S+ \S+ cm")
        where = place.search(drawn[disc])
        assert where is not None
        forms[f"/{disc}"].write(place.sub(where[0], drawn[triangle], count=1).encode())

    assert codes(spoil) == {"verify-sign"}


def test_a_sign_upside_down() -> None:
    def spoil(done: Finished) -> None:
        forms = done.pdf.pages[1].Resources.XObject
        for name in re.findall(r"/(x\d+) Do", done.stream(2)):
            drawn = forms[f"/{name}"].read_bytes().decode()
            if "1.495 0.718 m" in drawn:  # the top of the triangle for "gunstiger"
                turned = drawn.replace("0.718", "?").replace("2.438", "0.552")
                forms[f"/{name}"].write(turned.replace("?", "2.272").encode())
                return
        raise AssertionError

    assert codes(spoil) == {"verify-sign"}


# --- what a screen reader goes by ---------------------------------------------------------------


def test_an_alternative_text_that_is_gone() -> None:
    def spoil(done: Finished) -> None:
        del done.element("Figure")["/Alt"]

    assert {"pdf-alt", "verify-alt"} <= codes(spoil)


def test_two_alternative_texts_that_changed_places() -> None:
    def spoil(done: Finished) -> None:
        one = done.element("Figure", lambda e: str(e.Alt).startswith(f"{LONELY}:"))
        other = done.element("Figure", lambda e: str(e.Alt).startswith(f"{SMOKES}:"))
        one["/Alt"], other["/Alt"] = str(other.Alt), str(one.Alt)

    assert codes(spoil) == {"verify-alt"}


def test_another_language() -> None:
    def spoil(done: Finished) -> None:
        done.pdf.Root["/Lang"] = pikepdf.String("en")

    assert codes(spoil) == {"pdf-language"}


def test_no_tags() -> None:
    def spoil(done: Finished) -> None:
        del done.pdf.Root["/StructTreeRoot"]

    assert {"pdf-tags", "pdf-figures", "verify-text"} <= codes(spoil)


def test_a_level_of_headings_that_is_skipped() -> None:
    def spoil(done: Finished) -> None:
        done.element("H3")["/S"] = pikepdf.Name("/H4")

    assert codes(spoil) == {"verify-headings"}


def test_a_head_that_does_not_say_what_it_heads() -> None:
    def spoil(done: Finished) -> None:
        del done.element("TH")["/A"]

    assert codes(spoil) == {"verify-table"}


def test_a_row_with_a_cell_too_few() -> None:
    def spoil(done: Finished) -> None:
        kids = done.element("TR", lambda e: len(e.K) > 4).K
        del kids[-1]

    assert {"verify-table", "verify-text"} <= codes(spoil)


def test_another_order_of_reading() -> None:
    def spoil(done: Finished) -> None:
        kids = done.element("Document").K
        kids[1], kids[2] = kids[2], kids[1]

    assert "verify-text" in codes(spoil)


def test_a_link_to_somewhere_else_and_one_to_nowhere() -> None:
    def spoil(address: str) -> Callable[[Finished], None]:
        def change(done: Finished) -> None:
            notes = [n for page in done.pdf.pages for n in page.obj.get("/Annots", ())]
            notes[0].A["/URI"] = pikepdf.String(address)

        return change

    assert codes(spoil("https://www.example.org")) == {"verify-links"}
    assert codes(spoil("file:///etc/hosts")) == {"verify-links"}


# --- what a reader sees -------------------------------------------------------------------------


def test_a_page_that_is_missing() -> None:
    def spoil(done: Finished) -> None:
        del done.pdf.pages[2]

    assert {"verify-text", "verify-pages"} <= codes(spoil)


def test_pages_in_another_order() -> None:
    def spoil(done: Finished) -> None:
        done.pdf.pages.append(done.pdf.pages[1])
        del done.pdf.pages[1]

    assert "verify-pages" in codes(spoil)


def test_a_table_that_is_cut_off() -> None:
    def spoil(done: Finished) -> None:
        # Right after the page's own measure: only its left half may be seen.
        start = "0.75 0 0 0.75 0 0 cm\n"
        done.replaced(2, start, f"{start}0 0 500 1123 re\nW\nn\n")

    assert codes(spoil) == {"verify-clipped", "verify-unseen"}  # texts, and charts


def test_a_row_that_stands_off_the_page() -> None:
    def spoil(done: Finished) -> None:
        at = done.row(LONELY)[2]
        done.changed(*at, lambda b: re.sub(r"1 0 0 -1 \S+", "1 0 0 -1 790", b, count=1))

    assert codes(spoil) == {"verify-off-page", "verify-place"}


def test_a_figure_off_the_page() -> None:
    def spoil(done: Finished) -> None:
        mark = next(done.tag("Figure", lambda alt: alt.startswith(f"{LONELY}:")).marks())
        done.changed(
            *mark, lambda b: re.sub(r"1 0 0 1 \S+ (\S+) cm", r"1 0 0 1 2000 \1 cm", b, count=1)
        )

    assert codes(spoil) == {"verify-off-page"}


def test_a_text_in_the_colour_of_its_ground() -> None:
    def spoil(done: Finished) -> None:
        page, mark = done.row(LONELY)[3]
        (piece,) = (p for p in done.paper.pages[page - 1].pieces if p.mark == mark)
        parts = (int(piece.ground[i : i + 2], 16) / 255 for i in (1, 3, 5))
        colour = " ".join(f"{part:.6f}" for part in parts)
        done.changed(page, mark, lambda b: b.replace("BT", f"{colour} rg\nBT", 1))

    assert codes(spoil) == {"verify-unseen"}


def test_grey_that_is_too_light() -> None:
    def spoil(done: Finished) -> None:
        at = done.row(LONELY)[3]
        done.changed(*at, lambda b: b.replace("BT", "0.7 0.7 0.7 rg\nBT", 1))

    assert "verify-contrast" in codes(spoil)


def test_a_plane_over_a_text() -> None:
    def spoil(done: Finished) -> None:
        page, piece = done.piece("Eenzaam")
        left, bottom, right, top = piece.box
        cover = f"1 1 1 rg\n{left} {bottom} {right - left} {top - bottom} re\nf"
        # WeasyPrint turns the page upside down; here it is turned back.
        cover = f"\nq\n1 0 0 -1 0 {done.paper.pages[page - 1].room[3]} cm\n{cover}\nQ\n"
        done.pdf.pages[page - 1].contents_add(cover.encode(), prepend=False)

    assert codes(spoil) == {"verify-unseen"}


def test_two_texts_over_each_other() -> None:
    def spoil(done: Finished) -> None:
        one, other = done.row(LONELY)[3], done.row(LONELY)[2]
        (place,) = re.findall(r"1 0 0 -1 \S+", done.block(*other))
        done.changed(*one, lambda b: re.sub(r"1 0 0 -1 \S+", place, b, count=1))

    assert codes(spoil) == {"verify-overlap", "verify-place"}


# --- where things stand -------------------------------------------------------------------------


PLACE = re.compile(r"1 0 0 1 (\S+) (\S+) cm")
"""Where WeasyPrint puts a drawing: y runs down, 0.75 points to one of its measure."""


def chart(done: Finished, start: str) -> tuple[int, int]:
    """The mark of the first figure of which the alternative text begins so."""
    return next(done.tag("Figure", lambda alt: alt.startswith(start)).marks())


def placed(start: str, matrix: Callable[[float, float], str]) -> Callable[[Finished], None]:
    """Draw a figure with another matrix, made from where it stands."""

    def spoil(done: Finished) -> None:
        def change(block: str) -> str:
            return PLACE.sub(lambda m: f"{matrix(float(m[1]), float(m[2]))} cm", block, count=1)

        done.changed(*chart(done, start), change)

    return spoil


def swapped(one: str, other: str) -> Callable[[Finished], None]:
    """Two figures with each other's place; their tags and alternative texts stay theirs."""

    def spoil(done: Finished) -> None:
        exchange(done, PLACE, chart(done, one), chart(done, other))

    return spoil


def exchange(done: Finished, what: re.Pattern[str], *marks: tuple[int, int]) -> None:
    """Let two parts of a page have each other's first match."""
    told = [what.search(done.block(*mark)) for mark in marks]
    for mark, match in zip(marks, reversed(told), strict=True):
        assert match is not None
        done.changed(*mark, partial(what.sub, match[0], count=1))


def test_two_charts_with_each_others_place() -> None:
    assert "verify-place" in codes(swapped(f"{LONELY}:", f"{SMOKES}:"))
    # Not in a table: the charts of the years of two topics, side by side.
    assert "verify-place" in codes(swapped("Overgewicht: hoe dat", f"{SMOKES}: hoe dat"))


def test_a_chart_in_the_place_of_another_row() -> None:
    found = codes(placed(f"{LONELY}:", lambda x, y: f"1 0 0 1 {x} {y + 80}"))
    assert "verify-place" in found


def test_a_chart_that_is_mirrored() -> None:
    # 28 mm are 105.8 of the measure: mirrored in its own cell, the dot changes sides.
    assert codes(placed(f"{LONELY}:", lambda x, y: f"-1 0 0 1 {x + 105.8} {y}")) == {"verify-place"}


@pytest.mark.parametrize("matrix", ["0.5 0 0 1", "1 0 0 0.9", "0.9 0 0 0.9", "1 0.1 -0.1 1"])
def test_a_chart_that_is_squeezed_smaller_or_turned(matrix: str) -> None:
    assert codes(placed(f"{LONELY}:", lambda x, y: f"{matrix} {x} {y}")) == {"verify-place"}


def test_a_chart_beside_its_column() -> None:
    # Four points to the right, with room to spare in its cell: it shares a scale with the others.
    found = codes(placed(f"{LONELY}:", lambda x, y: f"1 0 0 1 {x + 5.4} {y}"))
    assert found == {"verify-place"}


def test_one_shape_of_a_chart_that_was_moved() -> None:
    def spoil(done: Finished) -> None:
        def change(block: str) -> str:
            start, last = block.rsplit("\nq\n", 1)
            return f"{start}\nq\n1 0 0 1 1.5 0 cm\n{last}"

        done.changed(*chart(done, f"{LONELY}:"), change)

    assert codes(spoil) == {"verify-place"}


@pytest.mark.parametrize("way", [(53.3, 0.0), (0.0, 53.3), (0.0, -53.3)])
def test_a_map_that_was_moved(way: tuple[float, float]) -> None:
    # 40 points to the right, down or up lies a text.
    found = codes(placed("Kaart van", lambda x, y: f"1 0 0 1 {x + way[0]} {y + way[1]}"))
    assert "verify-overlap" in found


def test_a_map_that_runs_off_the_page() -> None:
    found = codes(placed("Kaart van", lambda x, y: f"1 0 0 1 {x - 120} {y}"))
    assert "verify-off-page" in found


def test_a_number_on_a_map_that_stands_elsewhere() -> None:
    def spoil(done: Finished) -> None:
        def change(block: str) -> str:
            spot = re.search(r"1 0 0 -1 (\S+) (\S+) Tm", block)
            assert spot is not None
            return block.replace(spot[0], f"1 0 0 -1 {float(spot[1]) + 4} {spot[2]} Tm", 1)

        done.changed(*chart(done, "Kaart van"), change)

    assert "verify-place" in codes(spoil)


@pytest.mark.parametrize("colour", ["1 1 1", "0.98 0.93 0.84", "0.17 0.11 0.2"])
def test_a_chart_that_is_covered(colour: str) -> None:
    def spoil(done: Finished) -> None:
        page, mark = chart(done, f"{LONELY}:")
        shapes = [s.box for s in done.paper.pages[page - 1].shapes if s.mark == mark]
        left, bottom = min(b[0] for b in shapes), min(b[1] for b in shapes)
        right, top = max(b[2] for b in shapes), max(b[3] for b in shapes)
        cover = f"{colour} rg\n{left} {bottom} {right - left} {top - bottom} re\nf"
        cover = f"\nq\n1 0 0 -1 0 {done.paper.pages[page - 1].room[3]} cm\n{cover}\nQ\n"
        done.pdf.pages[page - 1].contents_add(cover.encode(), prepend=False)

    assert codes(spoil) == {"verify-unseen"}


def test_two_numbers_of_a_table_with_each_others_place() -> None:
    def spoil(done: Finished) -> None:
        place = re.compile(r"1 0 0 -1 \S+ \S+")
        exchange(done, place, done.row(LONELY)[2], done.row(SMOKES)[2])

    assert "verify-place" in codes(spoil)


# --- fonts and the file itself ------------------------------------------------------------------


def test_a_font_that_is_not_in_the_file_and_one_of_another_house() -> None:
    def fonts(done: Finished) -> list[pikepdf.Dictionary]:
        items = (i for i in done.pdf.objects if isinstance(i, pikepdf.Dictionary))
        return [i for i in items if i.get("/Type") == "/FontDescriptor"]

    def gone(done: Finished) -> None:
        for key in ("/FontFile2", "/FontFile3"):
            if key in fonts(done)[0]:
                del fonts(done)[0][key]

    def other(done: Finished) -> None:
        fonts(done)[0]["/FontName"] = pikepdf.Name("/ABCDEF+Arial")

    assert "pdf-font" in codes(gone)
    assert "pdf-font" in codes(other)


def test_a_script_another_file_and_a_form() -> None:
    def script(done: Finished) -> None:
        action = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.beep(0)"))
        done.pdf.Root["/OpenAction"] = action

    def attached(done: Finished) -> None:
        done.pdf.attachments["figures.csv"] = b"WK048402,49"

    def form(done: Finished) -> None:
        done.pdf.Root["/AcroForm"] = pikepdf.Dictionary(Fields=pikepdf.Array())

    def launched(done: Finished) -> None:
        notes = [n for page in done.pdf.pages for n in page.obj.get("/Annots", ())]
        notes[0]["/AA"] = pikepdf.Dictionary(E=pikepdf.Dictionary(S=pikepdf.Name("/Launch")))

    for spoil in (script, attached, form, launched):
        assert codes(spoil) == {"verify-active"}


def test_what_the_file_says_of_itself() -> None:
    def subject(done: Finished) -> None:
        done.pdf.docinfo["/Subject"] = OTHER.title()

    def described(done: Finished) -> None:
        packet = done.pdf.Root.Metadata.read_bytes()
        new = packet.replace(b"<dc:creator>", b'<x dc:description="Moerwijk"/><dc:creator>')
        assert new != packet
        done.pdf.Root.Metadata.write(new)

    assert codes(subject) == {"verify-metadata"}
    assert codes(described) == {"verify-metadata"}


def test_one_part_in_another_language() -> None:
    def spoil(done: Finished) -> None:
        done.element("P")["/Lang"] = pikepdf.String("en")

    assert codes(spoil) == {"verify-language"}


def test_a_file_that_was_cut_short_and_one_of_another_name() -> None:
    half = made(ALPHEN)[: len(made(ALPHEN)) // 2]
    assert "verify-broken" in {f.code for f in found(b"%PDF-1.7 nothing")}
    assert found(half) != ()
    named = verify.examine({f"{OTHER}-factsheet.pdf": made(ALPHEN)}, profile(ALPHEN),
                           sample.config())  # fmt: skip
    assert [f.code for f in named] == ["verify-name"]


def test_a_refused_file_names_file_page_and_what_is_wrong() -> None:
    def spoil(done: Finished) -> None:
        done.typed(*done.row(LONELY)[2], "46")

    content = {f"{ALPHEN}-factsheet.pdf": spoiled(made(ALPHEN), spoil)}
    with pytest.raises(RenderError) as told:
        verify.refuse(content, profile(ALPHEN), sample.config())
    lines = {(p.where, p.message) for p in told.value.problems}
    place = next(w for w, m in lines if "here: '46' where the profile has '49'" in m)
    assert place == f"{ALPHEN}-factsheet.pdf page 2"
