"""Deliberate faults in the other files of an area, and in the folder that they lie in."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import sample
from finished import Finished, spoiled
from terminal import run
from wijkprofiel import documents
from wijkprofiel.build import verify
from wijkprofiel.build.formats import MAKERS
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.documents import web_page
from wijkprofiel.model import Profile

ALPHEN, OTHER = "alphen-noord", "moerwijk"
PAPERS = (("web", "html"), ("presentatie", "pptx"), ("data", "xlsx"), ("data", "csv"),
          ("data", "zip"))  # fmt: skip


@cache
def profile(name: str) -> Profile:
    config, dataset = sample.config(), sample.dataset()
    return make_profile(config, dataset, plan(config, dataset, [name], Order())[0])


@cache
def made(document: str, suffix: str, name: str = ALPHEN) -> bytes:
    config = sample.config()
    return MAKERS[suffix](profile(name), config.documents[document], config)[0]


@cache
def source(document: str, suffix: str) -> verify.Source:
    """What the file was made from: all of it, but for a web page."""
    if suffix != "html":
        return made(document, suffix)
    config = sample.config()
    return web_page.make(profile(ALPHEN), config.documents[document], config)


def codes(document: str, suffix: str, content: bytes) -> set[str]:
    file = f"{ALPHEN}-{document}.{suffix}"
    sources = {file: source(document, suffix)}
    found = verify.examine({file: content}, profile(ALPHEN), sample.config(), sources=sources)
    return {finding.code for finding in found}


def packed(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """An office file or a package with its parts changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return result.getvalue()


def swapped(content: bytes, old: str, new: str) -> bytes:
    text = content.decode()
    assert old in text, old
    return text.replace(old, new, 1).encode()


# --- sound files --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [ALPHEN, "groz-utrecht", "WK051801"])
@pytest.mark.parametrize(("document", "suffix"), PAPERS)
def test_nothing_is_wrong_with_files_as_they_were_made(
    name: str, document: str, suffix: str
) -> None:
    if suffix == "pptx" and name != ALPHEN:
        pytest.skip("one PowerPoint takes as long as all the others together")
    slug = profile(name).area.slug
    content = {f"{slug}-{document}.{suffix}": made(document, suffix, name)}
    assert verify.examine(content, profile(name), sample.config()) == ()


# --- web page -----------------------------------------------------------------------------------


def test_a_number_a_name_and_a_sign_on_a_web_page() -> None:
    page = made("web", "html")
    assert "verify-number" in codes("web", "html", swapped(page, "Alphen Noord 49%",
                                                           "Alphen Noord 48%"))  # fmt: skip
    assert "verify-text" in codes("web", "html", swapped(page, "<h1>Alphen", "<h1>Delft"))
    assert "verify-markup" in codes("web", "html", swapped(page, "v-o v-slight", "v-g v-slight"))


def test_a_dead_link_and_a_language_on_a_web_page() -> None:
    page = made("web", "html")
    link = swapped(page, "</body>", '<a href="nowhere.pdf">x</a></body>')
    assert "verify-links" in codes("web", "html", link)
    assert "verify-markup" in codes(
        "web", "html", swapped(page, '<html lang="nl"', '<html lang="en"')
    )


def test_something_from_outside_on_a_web_page() -> None:
    page = swapped(made("web", "html"), "</style>", "@import 'https://example.org/x.css'</style>")
    assert "verify-page" in codes("web", "html", page)


# --- PowerPoint, workbook, CSV, package ---------------------------------------------------------


def test_a_number_a_picture_and_a_note_in_a_powerpoint() -> None:
    whole = made("presentatie", "pptx")

    def number(name: str, part: bytes) -> bytes:
        return part.replace(b">49<", b">48<", 1) if name == "ppt/slides/slide7.xml" else part

    def picture(name: str, part: bytes) -> bytes:
        return part[:-20] + bytes(20) if name.endswith("image2.png") else part

    def note(name: str, part: bytes) -> bytes:
        if name == "ppt/notesSlides/notesSlide2.xml":
            return part.replace(b"</a:t>", b" in Delft</a:t>")
        return part

    changed = packed(whole, number)
    assert changed != packed(whole, lambda _, part: part)
    assert {"verify-text"} <= codes("presentatie", "pptx", changed)
    assert codes("presentatie", "pptx", packed(whole, picture)) == {"verify-part"}
    assert "verify-text" in codes("presentatie", "pptx", packed(whole, note))


def test_a_cell_of_a_workbook() -> None:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"<v>49</v>", b"<v>17</v>", 1) if "sheet2" in name else part

    assert "verify-table" in codes("data", "xlsx", packed(made("data", "xlsx"), change))


def test_a_year_a_point_and_a_row_of_a_csv() -> None:
    table = made("data", "csv")
    assert codes("data", "csv", swapped(table, ",2020,", ",2022,")) == {"verify-table"}
    rows = table.decode().splitlines()
    assert codes("data", "csv", "\n".join(rows[:-1]).encode()) == {"verify-table"}
    cells = list(csv.reader(io.StringIO(table.decode())))
    (lonely,) = (row for row in cells if row[cells[0].index("id")] == "eenzaam")
    value = cells[0].index("value")
    lonely[value] = str(float(lonely[value]) / 10)
    moved = io.StringIO()
    csv.writer(moved, lineterminator="\n").writerows(cells)
    assert {"verify-number", "verify-table"} <= codes("data", "csv", moved.getvalue().encode())


def test_a_description_in_a_package() -> None:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"CBS", b"XYZ", 1) if name == "datapackage.json" else part

    assert codes("data", "zip", packed(made("data", "zip"), change)) == {"verify-part"}


def test_a_file_that_is_not_what_its_name_says() -> None:
    assert codes("data", "xlsx", b"no workbook") == {"verify-broken"}
    assert codes("presentatie", "pptx", b"no slides") == {"verify-broken"}
    assert codes("data", "zip", b"no package") == {"verify-broken"}


@pytest.mark.parametrize(("document", "suffix"), [("web", "html"), ("data", "csv")])
def test_the_file_of_another_area(document: str, suffix: str) -> None:
    assert {"verify-number"} <= codes(document, suffix, made(document, suffix, OTHER))


# --- a folder of documents ----------------------------------------------------------------------


@pytest.fixture(name="built", scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    asked = ("--format", "folder", "--format", "data", "--output", folder)
    done = run("build", ALPHEN, "WK051801", *asked, cwd=folder)
    assert done.code == 0, done.err
    return folder


@pytest.fixture(name="copy")
def _copy(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "copy"))


def verified(folder: Path, *words: str) -> tuple[int, dict[str, set[str]]]:
    """The exit code, and per area the codes of what was found."""
    done = run("verify", *words, "--output", folder, "--json", cwd=folder)
    areas = json.loads(done.out)["areas"] if done.out else []
    return done.code, {a["slug"]: {f["code"] for f in a["findings"]} for a in areas}


def test_what_was_built_may_be_published(built: Path) -> None:
    code, found = verified(built)
    assert (code, found) == (0, {ALPHEN: set(), "oostduinen": set()})


def test_files_that_are_changed_gone_or_not_named(copy: Path) -> None:
    folder = copy / ALPHEN
    table = folder / f"{ALPHEN}-data.csv"
    table.write_bytes(swapped(table.read_bytes(), ",2020,", ",2022,"))
    (folder / f"{ALPHEN}-data.zip").unlink()
    (folder / f"{ALPHEN}-plan.pdf").write_bytes(b"%PDF")
    code, found = verified(copy)
    assert code == 1
    assert found[ALPHEN] == {"verify-hash", "verify-table", "verify-missing", "verify-stray"}
    assert found["oostduinen"] == set()


def test_files_of_two_areas_that_changed_places(copy: Path) -> None:
    one = copy / ALPHEN / f"{ALPHEN}-folder.pdf"
    other = copy / "oostduinen" / "oostduinen-data.csv"
    own = copy / ALPHEN / f"{ALPHEN}-data.csv"
    kept = own.read_bytes()
    own.write_bytes(other.read_bytes())
    other.write_bytes(kept)
    code, found = verified(copy)
    assert code == 1
    assert all({"verify-hash", "verify-table"} <= codes for codes in found.values())
    assert one.is_file()


def test_a_spoiled_file_is_found_though_its_manifest_names_it(copy: Path) -> None:
    path = copy / ALPHEN / f"{ALPHEN}-folder.pdf"

    def spoil(done: Finished) -> None:
        del done.element("Figure")["/Alt"]

    path.write_bytes(spoiled(path.read_bytes(), spoil))
    manifest = path.with_name("manifest.json")
    told = json.loads(manifest.read_text())
    for one in told["documents"]:
        if one["file"] == path.name:
            one["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(told))
    done = run("verify", ALPHEN, "--output", copy, cwd=copy)
    assert done.code == 1
    assert f"error: {path.name}" in done.out
    assert "no alternative text [pdf-alt]" in done.out
    assert done.err.splitlines()[-1] == f"not to be published: {ALPHEN}"


def test_documents_of_other_data_are_outdated(copy: Path) -> None:
    manifest = copy / ALPHEN / "manifest.json"
    told = json.loads(manifest.read_text())
    told["input"] = told["input"][::-1]
    manifest.write_text(json.dumps(told))
    assert verified(copy, ALPHEN) == (1, {ALPHEN: {"verify-outdated"}})
    manifest.write_text("{")
    code, found = verified(copy)
    assert code == 1
    assert "verify-manifest" in found[ALPHEN]


DAMAGED: dict[str, Callable[[dict[str, Any]], object]] = {
    "documents is a number": lambda _: {"documents": 3},
    "a list": lambda _: [],
    "a document without its sha256": lambda told: told | {"documents": [{"file": "x.csv"}]},
    "a document elsewhere": lambda told: (
        told | {"documents": [{"file": "../x.csv", "sha256": "", "inputs": {}}]}
    ),
    "an area of no parts": lambda told: told | {"area": told["area"] | {"parts": []}},
    "no area": lambda told: {key: value for key, value in told.items() if key != "area"},
    "another format": lambda told: told | {"format": 0},
}


@pytest.mark.parametrize("how", sorted(DAMAGED))
def test_a_damaged_manifest_does_not_keep_the_others_from_being_checked(
    copy: Path, how: str
) -> None:
    manifest = copy / ALPHEN / "manifest.json"
    manifest.write_text(json.dumps(DAMAGED[how](json.loads(manifest.read_text()))))
    (copy / "oostduinen" / "oostduinen-data.zip").unlink()
    expected = {ALPHEN: {"verify-manifest"}, "oostduinen": {"verify-missing"}}
    assert verified(copy) == (1, expected)


def test_two_folders_that_changed_places(copy: Path) -> None:
    (copy / ALPHEN).rename(copy / "aside")
    (copy / "oostduinen").rename(copy / ALPHEN)
    (copy / "aside").rename(copy / "oostduinen")
    code, found = verified(copy)
    assert (code, found) == (1, {ALPHEN: {"verify-manifest"}, "oostduinen": {"verify-manifest"}})
    done = run("verify", ALPHEN, "--output", copy, cwd=copy)
    assert "it is the manifest of oostduinen" in done.out


def test_what_no_manifest_names(copy: Path) -> None:
    folder = copy / ALPHEN
    shutil.copy(copy / "oostduinen" / "oostduinen-data.csv", folder)
    (folder / "geheim.pdf").write_bytes(b"%PDF")
    (folder / "concept").mkdir()
    (folder / ".DS_Store").write_bytes(b"")
    (copy / "oostduinen" / "manifest.json").unlink()  # as a build leaves it that was killed
    done = run("verify", "--output", copy, "--json", cwd=copy)
    found = {a["slug"]: {(f["code"], f["where"]) for f in a["findings"]}
             for a in json.loads(done.out)["areas"]}  # fmt: skip
    strays = {"oostduinen-data.csv", "geheim.pdf", "concept"}
    assert done.code == 1
    assert found == {
        ALPHEN: {("verify-stray", f"{ALPHEN}/{name}") for name in strays},
        "oostduinen": {("verify-manifest", "oostduinen/manifest.json")},
    }


def test_other_languages_the_portal_and_what_is_kept_aside_are_no_strays(copy: Path) -> None:
    (copy / "index.html").write_text("<html></html>")
    aside = copy / "_rejected" / ALPHEN
    aside.mkdir(parents=True)
    (aside / f"{ALPHEN}-folder.pdf").write_bytes(b"%PDF")
    material = copy / "moerwijk"  # of a wijkdialoog, and nothing else
    material.mkdir()
    (material / "moerwijk-dialoog.yaml").write_text("")
    (copy / ALPHEN / f"{ALPHEN}-dialoog-stemmen.csv").write_text("")
    english = copy / "en" / ALPHEN
    shutil.copytree(copy / ALPHEN, english)
    (english / "geheim.pdf").write_bytes(b"%PDF")
    code, found = verified(copy, "oostduinen")
    assert (code, found) == (0, {"oostduinen": set()})
    done = run("verify", ALPHEN, "--output", copy, "--json", cwd=copy)
    areas = json.loads(done.out)["areas"]
    assert [bool(area["findings"]) for area in areas] == [False, True]
    assert {f["where"] for f in areas[1]["findings"]} == {f"{ALPHEN}/geheim.pdf"}


def test_nothing_to_verify_is_a_mistake(tmp_path: Path) -> None:
    done = run("verify", "--output", tmp_path, cwd=tmp_path)
    assert done.code == 2
    assert "no documents with a manifest lie there" in done.err
    named = run("verify", ALPHEN, "--output", tmp_path, cwd=tmp_path)
    assert named.code == 2
    assert f"{ALPHEN} was not built there" in named.err


def test_the_checkers_of_others_are_asked(built: Path) -> None:
    done = run("verify", ALPHEN, "--accessibility", "--json", "--output", built, cwd=built)
    (area,) = json.loads(done.out)["areas"]
    assert (done.code, area["sound"]) == (0, True)
    # pdfua cannot run its rule UA-14-001 with this pikepdf; that is told and no fault of the file.
    assert {f["severity"] for f in area["findings"]} <= {"info"}


def test_the_source_of_a_pdf_may_be_given() -> None:
    config = sample.config()
    content = made("folder", "pdf")
    other = documents.make(profile(OTHER), config.documents["folder"], config)
    file = f"{ALPHEN}-folder.pdf"
    found = verify.examine({file: content}, profile(ALPHEN), config, sources={file: other})
    assert {"pdf-title", "verify-text"} <= {finding.code for finding in found}
