# From the page back to the cell. Every sum is done again here, by rules of its own.

from __future__ import annotations

import gzip
import hashlib
import io
import json
import math
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
import xlsxwriter

import odata_bodies
import sample
import test_boundary_years as boundary_years
import test_corrections as corrected
import test_own_files as own_files
from explained import AREAS, accounts, subjects
from terminal import run
from wijkprofiel import explain
from wijkprofiel.assets import Assets
from wijkprofiel.config import load
from wijkprofiel.errors import ConfigError
from wijkprofiel.explain import Desk, account_of
from wijkprofiel.explain.find import find
from wijkprofiel.explain.text import WIDTH
from wijkprofiel.sources import folder, provenance
from wijkprofiel.sources.assemble import DataFile
from wijkprofiel.sources.dataset import Dataset
from wijkprofiel.sources.provenance import Wanted
from wijkprofiel.sources.sidecar import Sidecar

SAMPLE = Path(__file__).parents[1] / "data" / "sample"


# --- every sum, by another hand ---------------------------------------------------------------


def half_up(value: float, digits: int = 0) -> float:
    """Half up on the value as printed to nine decimals, so that 0.1 + 0.2 is 0.3."""
    exact = Decimal(f"{value:.9f}")
    return float(exact.quantize(Decimal(10) ** -int(digits), rounding=ROUND_HALF_UP))


BY_HAND: Mapping[str, Any] = {
    "abs": np.abs,
    "exp": math.exp,
    "half_up": half_up,
    "hypot": lambda a, b: math.sqrt(a * a + b * b),
    "len": len,
    "log": math.log,
    "max": lambda *values: max(values if len(values) > 1 else list(values[0])),
    "min": lambda *values: min(values if len(values) > 1 else list(values[0])),
    "phi": NormalDist().cdf,
    "round": round,
    "sqrt": math.sqrt,
    "sum": math.fsum,
}


def by_hand(formula: str, inputs: Mapping[str, Any]) -> Any:
    given = {n: np.array(v) if isinstance(v, list) else v for n, v in inputs.items()}
    # Formulas of the program itself, with nothing but these names in reach.
    return eval(formula, {"__builtins__": {}}, {**BY_HAND, **given})  # noqa: S307


def checked(told: Mapping[str, Any]) -> int:
    """Do every sum of an account in JSON again; return how many there were."""
    steps = [step for section in told["sections"] for step in section["steps"]]
    names = [step["id"] for step in steps]
    assert len(names) == len(set(names)), [name for name in names if names.count(name) > 1]
    for step in steps:
        found, result = by_hand(step["formula"], step["inputs"]), step["result"]
        where = f"{told['area']['slug']} {told['id']} {step['id']}: {step['formula']}"
        if isinstance(result, str | bool):
            assert found == result, where
        elif isinstance(result, list):
            assert list(found) == pytest.approx(result, rel=1e-9, abs=1e-9), where
        else:
            assert float(found) == pytest.approx(float(result), rel=1e-9, abs=1e-9), where
    return len(steps)


@pytest.mark.parametrize("name", AREAS)
def test_every_sum_of_every_account_comes_out_by_hand(name: str) -> None:
    done = [checked(json.loads(json.dumps(a.told()))) for a in accounts(name).values()]
    assert sum(done) > 1500
    # What was scored has sums for the figure, the z and both verdicts.
    lonely = accounts(name)["eenzaam"]
    ids = {step.id for section in lonely.sections for step in section.steps}
    assert {"z", "paper.value", "against_country.z", "against_country.outcome"} <= ids


def test_the_check_itself_sees_a_wrong_sum() -> None:
    told = json.loads(json.dumps(accounts("alphen-noord")["eenzaam"].told()))
    section = next(s for s in told["sections"] if s["id"] == "score")
    section["steps"][0]["inputs"]["sd"] *= 1.001
    with pytest.raises(AssertionError, match="sign"):
        checked(told)


def with_margins(half: float) -> Dataset:
    """The sample with an interval around every health figure that lies in a wijk or gemeente."""
    data = sample.dataset()
    figures = data.figures.copy()
    health = (figures["source"] == "rivm-gezondheid") & (figures["status"] == "ok")
    health &= ~figures["area"].str.startswith("NL")
    small = np.where(figures["area"].str.startswith("GM"), half / 4, half)
    figures.loc[health, "lower"] = (figures["value"] - small)[health].clip(lower=0)
    figures.loc[health, "upper"] = (figures["value"] + small)[health].clip(upper=100)
    return replace(data, figures=figures)


@pytest.mark.parametrize("name", ["alphen-noord", "leiden/stevenshof", "ridderveld"])
def test_with_margins_every_sum_of_every_test_comes_out_by_hand(name: str) -> None:
    made = Desk.of(sample.config(), with_margins(1.0), name)
    found = [account_of(made, *subject) for subject in subjects(sample.config())]
    assert sum(checked(json.loads(json.dumps(a.told()))) for a in found) > 2000
    lonely = next(account for account in found if account.id == "eenzaam")
    verdict = made.profile.topics["eenzaam"].against_country
    assert verdict.basis == "test"
    assert lonely.step("against_country.p").result == verdict.p
    adjusted = lonely.step("against_country.adjusted")
    assert adjusted.inputs["tests"] == made.profile.tests.tested if made.profile.tests else False
    domain = next(a for a in found if a.id == "positieve-gezondheid:meedoen")
    score = made.profile.frameworks["positieve-gezondheid"].domain("meedoen")
    assert (score.interval, score.against_country.basis) == ("complete", "test")
    assert domain.step("interval.se").result == score.se
    assert domain.step("interval.se_independent").result <= score.se


def test_the_rest_of_the_gemeente_is_told_where_the_wijk_is_a_large_part_of_it() -> None:
    made = Desk.of(sample.config(), with_margins(1.0), "alphen-noord")
    account = account_of(made, "", "eenzaam")
    # By hand: 27,875 of the 95,885 people of 15 and older live here, so the rest has
    # (45.9 - 0.2907 * 48.934) / 0.7093.
    here = account.step("against_gemeente.share").inputs["here"]
    there = account.step("against_gemeente.share").inputs["there"]
    share = here / there
    assert here == 8065 + 11415 + 8395
    assert 0.10 < share < 0.5
    expected = (45.9 - share * 1364047 / 27875) / (1 - share)
    assert account.step("against_gemeente.rest").result == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("method", "join"),
    [
        ("min-max", "arithmetic"),
        ("goalposts", "geometric"),
        ("percentile", "geometric"),
        ("z", "geometric"),
    ],
)
def test_other_methods_come_out_by_hand_too(method: str, join: str) -> None:
    config = sample.config()
    changed = {
        name: framework.model_copy(update={"normalisation": method, "aggregation": join})
        for name, framework in config.frameworks.items()
    }
    made = Desk.of(replace(config, frameworks=changed), sample.dataset(), "alphen-noord")
    found = [account_of(made, *s) for s in subjects(sample.config()) if s[0]]
    assert sum(checked(json.loads(json.dumps(a.told()))) for a in found) > 200


# --- back to the cell -------------------------------------------------------------------------


def test_ridderveld_goes_back_to_the_row_of_the_supplier() -> None:
    account = explain.explain(sample.config(), sample.dataset(), "WK048402", "eenzaam")
    cells = account.section("cells").rows
    cell = next(row for row in cells if (row["area"], row["period"]) == ("WK048402", "2020"))
    assert (cell["raw"], cell["value"], cell["column"]) == ("    50.4", 50.4, "Eenzaam_28")
    assert cell["file"] == "rivm/50090NED_UntypedDataSet_2020_18plus.json.gz"
    assert cell["keys"] == {
        "ID": "1406",
        "WijkenEnBuurten": "WK048402  ",
        "Perioden": "2020JJ00",
        "Leeftijd": "20300",
        "Marges": "MW00000",
    }
    # The row that the account names, read here by another way.
    body = (SAMPLE / cell["file"]).read_bytes()
    content = json.loads(gzip.decompress(body))
    rows = content["value"] if isinstance(content, dict) else content
    row = rows[int(cell["place"].removeprefix("record ")) - 1]
    assert (row["WijkenEnBuurten"], row["Eenzaam_28"]) == ("WK048402  ", "    50.4")
    file = next(row for row in account.section("files").rows if row["file"] == cell["file"])
    assert file["sha256"] == hashlib.sha256(body).hexdigest()
    table = account.section("source").rows[0]
    assert (table["table"], table["licence"], table["division"]) == ("50090NED", "CC BY 4.0", 2020)


def test_alphen_noord_comes_from_three_parts() -> None:
    account = accounts("alphen-noord")["eenzaam"]
    parts = [
        (row["area"], row["value"], row["weight"]) for row in account.section("aggregation").rows
    ]
    # tests/expected/alphen_noord_2020.py and docs/method.md §3: 48.9.
    assert parts == [
        ("WK048401", 47.0, 8065.0),
        ("WK048402", 50.4, 11415.0),
        ("WK048403", 48.8, 8395.0),
    ]
    by_hand = (8065 * 47.0 + 11415 * 50.4 + 8395 * 48.8) / (8065 + 11415 + 8395)
    assert account.step("aggregation.value").result == pytest.approx(by_hand, abs=1e-12)
    assert round(by_hand, 1) == 48.9
    assert account.section("aggregation").facts["weight"] == "inwoners van 15 jaar of ouder, 2024"
    ages = [row["indicator"] for row in account.section("cells").rows if row["period"] == "2024"]
    assert len(ages) == 3 * 4  # four age groups of three wijken make the weights
    z = account.step("against_gemeente.z")
    assert (round(z.result, 2), account.step("against_gemeente.strength").result) == (-0.54, 1)


@pytest.mark.parametrize("name", AREAS)
def test_every_value_is_what_its_cell_says(name: str) -> None:
    seen = 0
    for account in accounts(name).values():
        if account.kind == "domain" or account.printed == "":
            continue
        for row in account.section("cells").rows:
            raw = row["raw"].strip()
            expected = None if raw in {"", ".", "null"} else float(raw)
            assert row["value"] == expected, (account.id, row)
            seen += 1
    assert seen > 300


def test_margins_are_found_in_their_own_rows() -> None:
    config = sample.config()
    source = config.sources["rivm-gezondheid"]
    rows = [
        {"ID": 7, "Leeftijd": age, "Marges": margin, "WijkenEnBuurten": "WK048402  ",
         "Perioden": "2020JJ00", "Eenzaam_28": cell}
        for age, margin, cell in [
            ("53115", "MW00000", "    11.1"),
            ("20300", source.margins["value"], "    50.4"),
            ("20300", source.margins["upper"], "    52.0"),
            ("20300", source.margins["lower"], "    48.8"),
        ]
    ]  # fmt: skip
    body = odata_bodies.body(*rows, packed=True)
    facts = {"kind": "figures", "source": "rivm-gezondheid", "table": "50090NED"}
    told = {**facts, "origin": "fixture", "licence": "CC0", "sha256": "0" * 64}
    file = DataFile(Path("r.json.gz"), "rivm/r.json.gz", body, Sidecar.model_validate(told))
    wanted = Wanted("rivm-gezondheid", "WK048402", "eenzaam", "2020")
    found = provenance.cells_of(config, [file], sample.dataset().areas, [wanted])[wanted]
    assert [(c.part, c.raw, c.place) for c in found] == [
        ("value", "    50.4", "record 2"),
        ("lower", "    48.8", "record 4"),
        ("upper", "    52.0", "record 3"),
    ]


def test_a_renumbered_area_goes_back_to_its_old_number() -> None:
    account = explain.explain(sample.config(), sample.dataset(), "WK165203", "eenzaam")
    found = [r for r in account.section("cells").rows if r["area"] == "WK165201"]
    assert {row["keys"]["WijkenEnBuurten"] for row in found} == {"WK165201  "}
    value = boundary_years.published("WK165201", "Eenzaam")
    assert account.step("origin.WK165203.eenzaam.2020").result == value
    checked(json.loads(json.dumps(account.told())))


def test_a_composed_area_tells_its_weights(tmp_path: Path) -> None:
    lines = [
        "WK165203,2020,2024,composed,samengevoegd,WK165201,3",
        "WK165203,2020,2024,composed,samengevoegd,WK165202,1",
    ]
    data = folder.load(sample.config(), boundary_years.with_crosswalk(tmp_path, lines))
    account = explain.explain(sample.config(), data, "WK165203", "eenzaam")
    one, two = (boundary_years.published(f"WK16520{n}", "Eenzaam") for n in (1, 2))
    made = account.step("origin.WK165203.eenzaam.2020")
    assert (made.inputs["w"], made.inputs["x"]) == ([3.0, 1.0], [one, two])
    assert made.result == pytest.approx((3 * one + two) / 4)
    checked(json.loads(json.dumps(account.told())))


def test_a_corrected_figure_tells_what_the_supplier_has_and_why_it_was_replaced() -> None:
    config = corrected.with_corrections(corrected.correction())
    account = explain.explain(config, folder.load(config), "WK048402", "eenzaam")
    [mended] = account.section("corrections").rows
    assert (mended["supplier"], mended["instead"]) == (50.4, 40.5)
    cell = next(r for r in account.section("cells").rows if r["corrected"])
    assert (cell["raw"], cell["value"], cell["corrected"]) == (
        "    50.4", 40.5, "made up for a test",
    )  # fmt: skip
    assert account.printed == "41%"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sample with a survey of its own beside it."""
    shutil.copytree(SAMPLE, tmp_path / "cijfers")
    for path, text in (
        ("wijkprofiel.yaml", own_files.PROJECT),
        ("configs/sources/enquete.yaml", own_files.SOURCE),
        ("configs/indicators/enquete.yaml", own_files.INDICATORS),
    ):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


ROWS = ("Alphen aan den Rijn;Ridderveld;45,5;120", "Leiden;Stevenshofdistrict;61,2;99")


def workbook() -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("cijfers")
    percent = book.add_format({"num_format": "0.0%"})
    sheet.write_row(0, 0, ["gemeente", "wijk", "TUIN", "n"])
    for number, row in enumerate(ROWS, 1):
        gemeente, wijk, value, n = row.split(";")
        sheet.write_row(number, 0, [gemeente, wijk])
        sheet.write_number(number, 2, float(value.replace(",", ".")) / 100, percent)
        sheet.write_number(number, 3, int(n))
    book.close()
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "place", "raw"),
    [
        ("tuin.csv", own_files.table(*ROWS), "tuin.csv:{}2", "45,5"),
        ("tuin.xlsx", workbook(), "tuin.xlsx!cijfers:{}2", "0.455"),
    ],
)
def test_a_figure_of_a_table_of_ones_own_goes_back_to_its_cell(
    name: str, data: bytes, place: str, raw: str, project: Path
) -> None:
    own_files.put(project, name, data, own_files.with_period(own_files.TABLE))
    config = load(Assets.of(project))
    account = explain.explain(config, folder.load(config), "WK048402", "tuin")
    cells = {r["part"]: r for r in account.section("cells").rows if r["area"] == "WK048402"}
    assert (cells["value"]["place"], cells["value"]["column"]) == (place.format("C"), "TUIN")
    assert (cells["value"]["raw"], cells["value"]["value"]) == (raw, 45.5)
    assert cells["value"]["times"] == (100 if raw.startswith("0.") else None)
    assert (cells["n"]["place"], cells["n"]["raw"]) == (place.format("D"), "120")
    # The table has no limits, but n: Wilson on 54.6 of 120 people.
    low, high = (account.step(f"limits.WK048402.{side}").result for side in ("lower", "upper"))
    assert (round(low, 2), round(high, 2)) == wilson(0.455 * 120, 120)
    checked(json.loads(json.dumps(account.told())))


def wilson(x: float, n: float) -> tuple[float, float]:
    """The limits of docs/method.md §9, in per cent."""
    z = NormalDist().inv_cdf(0.975)
    root = z * math.sqrt(z * z + 4 * x * (1 - x / n))
    low, high = (2 * x + z * z - root, 2 * x + z * z + root)
    return round(100 * low / (2 * (n + z * z)), 2), round(100 * high / (2 * (n + z * z)), 2)


def test_answers_of_people_have_no_cell_and_a_withheld_figure_tells_nothing(
    project: Path,
) -> None:
    own_files.put(project, "hond.csv", own_files.people(), own_files.MICRO)
    known = run("explain", "WK048402", "hond", "--json", cwd=project)
    assert known.code == 0, known.err
    told = {section["id"]: section for section in json.loads(known.out)["sections"]}
    assert told["cells"]["rows"] == []
    assert "answers of people" in told["source"]["facts"]["cells"]
    assert told["figure"]["facts"]["n"] == 60
    for words in ([], ["--json"]):
        withheld = run("explain", "WK048401", "hond", *words, cwd=project)
        assert withheld.code == 0
        assert "te weinig mensen" in withheld.out
        # 2 of the 40 people who were asked have a dog, 5 %: none of it, and not where it stands.
        assert not {"hond.csv", "record", "sha256", '"raw"'} & set(withheld.out.split())
        numbers = set(re.findall(r"\d+", withheld.out))
        assert numbers <= {"048401", "0484", "00", "2024", "6"}  # codes, year, method §6
    content = json.loads(run("explain", "WK048401", "hond", "--json", cwd=project).out)
    assert [section["id"] for section in content["sections"]] == ["figure", "withheld"]
    figure = content["sections"][0]["facts"]
    assert [figure[name] for name in ("value", "lower", "upper", "n")] == [None] * 4


# --- what is asked for ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "subject"),
    [
        ("eenzaam", ("", "eenzaam")),
        ("Eenzaam", ("", "eenzaam")),
        ("Voelt zich gezond", ("", "ervaren-gezondheid")),
        ("meedoen", ("positieve-gezondheid", "meedoen")),
        ("Sociale omgeving", ("wijzer-in-de-wijk", "sociale-omgeving")),
        ("wijzer-in-de-wijk:Leefstijl", ("wijzer-in-de-wijk", "leefstijl")),
    ],
)
def test_a_topic_or_domain_is_found_by_id_and_title(word: str, subject: tuple[str, str]) -> None:
    assert find(word, sample.config()) == subject


def test_a_wrong_word_is_told_with_what_was_meant() -> None:
    with pytest.raises(ConfigError, match="'eenzam' is no indicator and no domain") as failure:
        find("eenzam", sample.config())
    assert "did you mean 'eenzaam'?" in failure.value.message
    with pytest.raises(ConfigError, match="no domain"):
        find("positieve-gezondheid:leefstijl", sample.config())


def test_a_word_for_two_things_asks_which() -> None:
    config = sample.config()
    twin = config.frameworks["wijzer-in-de-wijk"]
    first = twin.domains[0].model_copy(update={"id": "meedoen"})
    both = twin.model_copy(update={"domains": (first, *twin.domains[1:])})
    changed = replace(config, frameworks={**config.frameworks, twin.id: both})
    with pytest.raises(ConfigError, match="can mean 2 things") as failure:
        find("meedoen", changed)
    assert "positieve-gezondheid:meedoen, wijzer-in-de-wijk:meedoen" in failure.value.message
    assert find("wijzer-in-de-wijk:meedoen", changed) == ("wijzer-in-de-wijk", "meedoen")


@pytest.mark.parametrize("name", AREAS)
def test_the_text_keeps_within_its_width_and_tells_every_result(name: str) -> None:
    for account in accounts(name).values():
        said = explain.text(account)
        # A name of a file and a checksum are not broken.
        wide = [
            x for x in said.splitlines() if len(x) > WIDTH and len(max(x.split(), key=len)) < 60
        ]
        assert wide == [], account.id
        for section in account.sections:
            assert f"\n{section.title}\n{'-' * len(section.title)}\n" in said
            assert all(step.title in " ".join(said.split()) for step in section.steps)


def test_the_command_tells_text_or_json_with_the_same_result(tmp_path: Path) -> None:
    shown = run("explain", "alphen-noord", "eenzaam", cwd=tmp_path)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("Eenzaam (eenzaam), Alphen Noord: 49%\n")
    assert "(-1) * (48.9344 - 45.9) / 5.57134" in shown.out
    told = run("explain", "alphen-noord", "eenzaam", "--json", cwd=tmp_path)
    content = json.loads(told.out)
    assert list(content) == ["kind", "id", "title", "area", "printed", "sections"]
    assert content["printed"] == "49%"
    assert {tuple(section) for section in content["sections"]} == {
        ("id", "title", "facts", "rows", "steps")
    }
    wrong = run("explain", "alphen-noord", "eenzam", cwd=tmp_path)
    assert (wrong.code, wrong.out) == (2, "")
