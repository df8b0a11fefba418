"""The attack on what is about to be written, and a build that stands beside withheld figures."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any, cast

import pandas as pd
import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from pypdfium2 import PdfDocument
from weasyprint import HTML

from terminal import run
from test_own_files import put, table, with_period
from wijkprofiel import areas
from wijkprofiel.assets import Assets, shipped_root
from wijkprofiel.build import attack, readback, scores
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.build.published import published
from wijkprofiel.config import Config, load
from wijkprofiel.documents.desk import words_of
from wijkprofiel.errors import DisclosureError
from wijkprofiel.model import Profile
from wijkprofiel.profile.index import index_of
from wijkprofiel.sources import folder
from wijkprofiel.sources.dataset import Dataset

PROJECT = """\
title: Proef
edition: {number: 1, date: 2026-03-31}
data: cijfers
boundary_year: 2024
periods: {rivm-gezondheid: "2020", cbs-kwb: "2024", enquete: "2024"}
editions:
  rivm-gezondheid: 50090NED
  cbs-kwb: 85984NED
  pdok-wijken-en-buurten: wijken-en-buurten-2024
  enquete: E1
country: {rivm-gezondheid: NL01, cbs-kwb: NL00}
frameworks: [positieve-gezondheid, wijzer-in-de-wijk]
"""
SOURCE = """\
id: enquete
title: Wijkenquête
producer: GGD
licence: eigen
kind: table
survey: true
editions: [{table: E1, periods: ["2024"], division: 2024}]
"""
TITLE = "Heeft een tuin"
INDICATORS = f"""\
indicators:
  - {{id: tuin, title: {TITLE}, phrase: hebben een tuin, definition: D, unit: percent,
     direction: better, population: volwassenen, group: housing,
     sources: [{{table: enquete, keys: {{all: TUIN}}}}]}}
"""
LAYOUT = {"kind": "figures", "layout": {"area": "wijk", "n": "n", "topics": {"tuin": "TUIN"}}}
SMALL, OTHER, THIRD = "WK048404", "WK048405", "WK048406"
DOT = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
WITHHELD = (SMALL, OTHER)


def figures(small: int, other: int) -> bytes:
    """20, 100 and 200 people in three wijken, 320 in the gemeente; 133 of them have a garden."""
    rows = [
        f";{SMALL};{100 * small / 20:g};20".replace(".", ","),
        f";{OTHER};{other};100",
        f";{THIRD};45;200",
        ";GM0484;41,5625;320",
    ]
    return table(*rows)


def project(root: Path, small: int = 3, other: int = 40) -> Path:
    shutil.copytree(shipped_root() / "data/sample", root / "cijfers")
    document = (shipped_root() / "templates/factsheet/document.yaml").read_text(encoding="utf-8")
    assert "- moeite-met-rondkomen" in document
    for path, text in (
        ("wijkprofiel.yaml", PROJECT),
        ("configs/sources/enquete.yaml", SOURCE),
        ("configs/indicators/enquete.yaml", INDICATORS),
        (
            "templates/factsheet/document.yaml",
            document.replace("- moeite-met-rondkomen", "- tuin", 1),
        ),
    ):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    put(root, "tuin.csv", figures(small, other), with_period(LAYOUT))
    return root


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("eigen"))


@pytest.fixture(scope="module")
def config(here: Path) -> Config:
    return load(Assets.of(here))


@pytest.fixture(scope="module")
def dataset(config: Config) -> Dataset:
    return folder.load(config)


@pytest.fixture(scope="module")
def profile(config: Config, dataset: Dataset) -> Profile:
    return make_profile(config, dataset, plan(config, dataset, [SMALL], Order())[0])


# --- what leaks is refused ------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE} 15 %",
        f"{TITLE}\n15",
        f"{TITLE}: 15,0 procent",
        f"Ouderen 15 %. {TITLE} is 15% in deze wijk",
        f"{TITLE} (3 mensen)",
    ],
)
def test_a_withheld_figure_beside_its_title_is_refused(
    text: str, profile: Profile, config: Config, dataset: Dataset
) -> None:
    with pytest.raises(DisclosureError) as caught:
        attack.refuse_text(text, "blad.txt", profile, config, dataset)
    told = str(caught.value.problems[0])
    assert told.startswith("blad.txt  prints a withheld figure: WK048404 tuin 2024")
    assert "15" not in told


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE} te weinig mensen",
        f"{TITLE} te weinig mensen, gemeente 42 %, 2024",
        f"15 % Ouderen. {TITLE} te weinig mensen. Eenzaam 15 %",
        f"{TITLE} " + "en een heel verhaal " * 5 + "met 15 eenden",
        "Een tuin, 15 %",
    ],
)
def test_other_numbers_are_no_leak(
    text: str, profile: Profile, config: Config, dataset: Dataset
) -> None:
    attack.refuse_text(text, "blad.txt", profile, config, dataset)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("blad.html", f'<p>{TITLE}</p><img alt="15 %">'),
        ("blad.html", f'<div title="{TITLE} 15 %"></div>'),
        ("blad.json", f'{{"title": "{TITLE}", "value": 15.0}}'),
        ("blad.csv", f"naam;waarde\n{TITLE};15"),
        ("manifest.json", f'{{"finding": "{TITLE}: 15"}}'),
    ],
)
def test_every_kind_of_file_is_read_back(
    name: str, content: str, profile: Profile, config: Config, dataset: Dataset
) -> None:
    with pytest.raises(DisclosureError, match="WK048404 tuin 2024"):
        attack.refuse({name: content.encode()}, profile, config, dataset)


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{TITLE}: 15 %</p>",
        f"<table><tr><th>{TITLE}</th><td>15</td></tr></table>",
        f'<img src="{DOT}" alt="{TITLE}: 15 procent">',
    ],
)
def test_a_pdf_is_read_back_with_its_alternative_texts(
    body: str, profile: Profile, config: Config, dataset: Dataset
) -> None:
    page = f"<html lang=nl><title>Blad</title><body>{body}</body></html>"
    pdf = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    with pytest.raises(DisclosureError, match="WK048404 tuin 2024"):
        attack.refuse({"blad.pdf": pdf}, profile, config, dataset)
    harmless = HTML(string=page.replace("15", "16")).write_pdf(pdf_variant="pdf/ua-1")
    attack.refuse({"blad.pdf": harmless}, profile, config, dataset)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
@pytest.mark.parametrize("column", ["value", "lower", "n"])
def test_an_export_with_a_withheld_number_is_refused_and_not_written(
    suffix: str, column: str, tmp_path: Path, config: Config, dataset: Dataset
) -> None:
    told, failures = scores.score_table(config, dataset, [SMALL, THIRD])
    assert not failures
    path = tmp_path / f"cijfers{suffix}"
    write = scores.writer(
        path,
        config.project.edition.date,
        lambda name, made: attack.refuse_export(name, made, config, dataset),
    )
    write(told)
    before = path.read_bytes()
    told.loc[(told["id"] == "tuin") & (told["codes"] == SMALL), column] = 15.0
    with pytest.raises(DisclosureError, match="WK048404 tuin 2024"):
        write(told)
    assert path.read_bytes() == before


def test_a_withheld_gemeente_beside_a_wijk_is_refused(config: Config, dataset: Dataset) -> None:
    row = {"id": "tuin", "period": "2024", "codes": "GM0484", "gemeente": SMALL, "source": "x"}
    with pytest.raises(DisclosureError, match="WK048404"):
        attack.refuse_rows([row | {"gemeente_value": 15.0}], "tabel", config, dataset)
    attack.refuse_rows([row | {"gemeente_value": None}], "tabel", config, dataset)


def test_an_own_area_that_nobody_declared_is_refused(config: Config, dataset: Dataset) -> None:
    stranger = areas.own_area(
        "vreemd",
        config.profiles["alphen-noord"].model_copy(update={"areas": (SMALL, THIRD)}),
        None,
        dataset.areas,
        dataset.crosswalk,
        2024,
        2024,
    )
    from wijkprofiel import profile as profiles

    with pytest.raises(DisclosureError, match="no area of the project"):
        profiles.make(stranger, config, dataset)


# --- from end to end ------------------------------------------------------------------------


def _text(pdf: Path) -> str:
    opened = PdfDocument(pdf)
    try:
        return " ".join(" ".join(p.get_textpage().get_text_bounded() for p in opened).split())
    finally:
        opened.close()


def test_the_page_says_too_few_people_and_shows_what_may_be_shown(
    here: Path, tmp_path: Path
) -> None:
    done = run("build", SMALL, THIRD, "-o", tmp_path, "--json", cwd=here)
    assert done.code == 0, done.err
    shown = {path.parent.name: _text(path) for path in tmp_path.rglob("*.pdf")}
    assert len(shown) == 2
    near = {
        slug: text[text.index(TITLE) - 40 : text.index(TITLE) + 80] for slug, text in shown.items()
    }
    assert {slug: "te weinig mensen" in text for slug, text in near.items()} == {
        slug: "45" not in text for slug, text in near.items()
    }
    assert sum("45" in text for text in near.values()) == 1


def test_the_index_withholds_one_more_wijk_than_is_small(config: Config, dataset: Dataset) -> None:
    protected = index_of(config, dataset).protected
    assert protected is not None
    assert {key.places[0] for key in protected.withheld if len(key.places) == 1} == set(WITHHELD)


@pytest.mark.slow
def test_other_true_values_give_the_same_bytes_everywhere(tmp_path: Path) -> None:
    """3 of 20 and 40 of 100 against 6 of 20 and 37 of 100: the sums are the same."""
    made = []
    for name, small, other in (("een", 3, 40), ("twee", 6, 37)):
        root = project(tmp_path / name, small, other)
        told = [run("build", SMALL, "-o", "uit", cwd=root)]
        told += [run("show", SMALL, cwd=root), run("show", SMALL, "--json", cwd=root)]
        told += [run("explain", SMALL, "tuin", *extra, cwd=root) for extra in ((), ("--json",))]
        for suffix in ("csv", "xlsx"):
            command = ("score", SMALL, OTHER, THIRD, "-o", f"uit/cijfers.{suffix}")
            told.append(run(*command, cwd=root))
        assert [one.code for one in told] == [0] * len(told), told[0].err
        files = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted((root / "uit").rglob("*"))
            if path.is_file()
        }
        texts = [(one.out, one.err.replace(str(root), "")) for one in told]
        made.append((files, texts))
    assert made[0] == made[1]
    assert len(made[0][0]) == 4
    manifest = next(text for name, text in made[0][0].items() if name.endswith("manifest.json"))
    assert b'"sha256": null' in manifest


def test_explain_shows_neither_withheld_parts_nor_a_checksum(tmp_path: Path) -> None:
    """3 of 20 and 40 of 100 are withheld; together, 43 of 120, they are not."""
    root = project(tmp_path / "samen")
    beside = root / "configs/profiles/samen.yaml"
    beside.parent.mkdir(parents=True)
    beside.write_text(f"name: Samen\nareas: [{SMALL}, {OTHER}]\n", encoding="utf-8")
    done = run("explain", "samen", "tuin", "--json", cwd=root)
    assert done.code == 0, done.err
    account = json.loads(done.out)
    sections = {section["id"]: section for section in account["sections"]}
    assert sections["figure"]["facts"]["status"] == "ok"
    assert "before disclosure control" in sections["aggregation"]["facts"]["how"]
    assert not sections["aggregation"].get("rows")
    assert not sections["aggregation"].get("steps")
    digest = hashlib.sha256((root / "cijfers/tuin.csv").read_bytes()).hexdigest()
    assert digest not in done.out
    assert digest not in run("explain", THIRD, "tuin", cwd=root).out


def test_explain_tells_no_more_of_rounded_margins_than_the_page(tmp_path: Path) -> None:
    root = project(tmp_path / "marges")
    margins = {SMALL: "4;36", OTHER: "31;50", THIRD: "38,2025;51,9725", "GM0484": "36,2025;46,9725"}
    lines = figures(3, 40).decode("cp1252").splitlines()
    told = [f"{lines[0]};laag;hoog"]
    told += [f"{line};{margins[line.split(';')[1]]}" for line in lines[1:]]
    limits = {"tuin": {"value": "TUIN", "lower": "laag", "upper": "hoog"}}
    layout = {**LAYOUT, "layout": {"area": "wijk", "n": "n", "topics": limits}}
    put(root, "tuin.csv", "\r\n".join(told).encode("cp1252"), with_period(layout))
    for area, raw in ((THIRD, "38,2025"), ("GM0484", "36,2025")):
        done = run("explain", area, "tuin", "--json", cwd=root)
        assert done.code == 0, done.err
        sections = {section["id"]: section for section in json.loads(done.out)["sections"]}
        cells = [row for row in sections["cells"]["rows"] if row["area"] == "GM0484"]
        assert {row["part"] for row in cells} == {"value", "n"}
        assert (raw in done.out) is (area == THIRD)
    shown = json.loads(run("show", "GM0484", "--json", cwd=root).out)
    (row,) = [row for row in shown if row["id"] == "tuin"]
    assert (row["lower"], row["upper"]) == (36, 47)


def test_an_earlier_export_is_read_and_counts_as_public(tmp_path: Path) -> None:
    root = project(tmp_path / "eerder")
    assert run("score", THIRD, "-o", "eerder.csv", cwd=root).code == 0
    text = PROJECT + "published: [eerder.csv]\n"
    (root / "wijkprofiel.yaml").write_text(text, encoding="utf-8")
    config = load(Assets.of(root))
    dataset = folder.load(config)
    assert dataset.published is not None
    told = dataset.published.set_index("areas")["value"].to_dict()
    assert told == {THIRD: 45.0, "GM0484": pytest.approx(41.5625)}
    table = pd.read_csv(io.BytesIO((root / "eerder.csv").read_bytes()))
    for column, told_now in (("codes", SMALL), ("value", 15.0), ("status", "ok")):
        table.loc[table["id"] == "tuin", column] = told_now
    table.to_csv(root / "eerder.csv", index=False)
    config = load(Assets.of(root))
    dataset = folder.load(config)
    made = make_profile(config, dataset, plan(config, dataset, [SMALL], Order())[0])
    (finding,) = [f for f in made.findings if f.code == "already-published"]
    assert "WK048404 tuin 2024" in finding.message
    assert made.topics["tuin"].figure.value is None


# --- the manifest says what was published -----------------------------------------------------


def manifest_with(value: str) -> bytes:
    """What a manifest says of the small wijk, as :mod:`wijkprofiel.build.published` writes it."""
    figure = {"source": "enquete", "period": "2024"}
    figure |= {"value": value} if value else {"status": "suppressed"}
    told = {
        "area": {"parts": [{"code": SMALL}], "comparator": {"code": "GM0484"}},
        "published": {"figures": {"tuin": figure}},
    }
    return json.dumps(told).encode()


def test_a_withheld_figure_in_a_manifest_is_refused(
    profile: Profile, config: Config, dataset: Dataset
) -> None:
    attack.refuse({"manifest.json": manifest_with("")}, profile, config, dataset)
    with pytest.raises(DisclosureError) as caught:
        attack.refuse({"manifest.json": manifest_with("15%")}, profile, config, dataset)
    told = str(caught.value.problems[0])
    assert told.startswith("manifest.json  prints a withheld figure: WK048404 tuin 2024")


def test_the_manifest_of_an_area_says_that_its_figure_is_withheld(
    profile: Profile, config: Config
) -> None:
    told = published(profile, words_of(config)).figures["tuin"]
    assert (told.status, told.value, told.margins, told.verdicts) == ("suppressed", "", "", {})
    assert told.trend == {}


def test_the_cells_behind_a_chart_of_a_presentation_are_read() -> None:
    cells = io.BytesIO()
    pd.DataFrame({"planted-series": [47.1234]}).to_excel(cells, index=False, engine="xlsxwriter")
    deck = io.BytesIO()
    with zipfile.ZipFile(deck, "w") as made:
        made.writestr("ppt/embeddings/Microsoft_Excel_Sheet.xlsx", cells.getvalue())
    said = " ".join(readback.texts("deck.pptx", deck.getvalue()))
    assert "47.1234" in said
    assert "planted-series" in said


def deck_with(value: float) -> bytes:
    """A presentation with a chart; only the workbook behind it holds ``value`` at the title."""
    data, writer = cast("Any", CategoryChartData), cast("Any", CategoryWorkbookWriter)
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    shown = data()
    shown.categories = ["Nederland"]
    shown.add_series("Cijfer", [47])
    place = (Inches(1), Inches(1), Inches(5), Inches(4))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, shown).chart
    planted = data()
    planted.categories = ["Ouderen", TITLE]
    planted.add_series("Cijfer", [47, value])
    chart.part.chart_workbook.update_from_xlsx_blob(writer(planted).xlsx_blob)
    saved = io.BytesIO()
    deck.save(saved)
    return saved.getvalue()


def test_a_withheld_number_behind_a_chart_of_a_presentation_is_refused(
    profile: Profile, config: Config, dataset: Dataset
) -> None:
    attack.refuse({"deck.pptx": deck_with(16)}, profile, config, dataset)
    with pytest.raises(DisclosureError) as caught:
        attack.refuse({"deck.pptx": deck_with(15)}, profile, config, dataset)
    told = str(caught.value.problems[0])
    assert told.startswith("deck.pptx  prints a withheld figure: WK048404 tuin 2024")
