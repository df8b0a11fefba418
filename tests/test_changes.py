"""The change report: real builds of the sample, each with one real change, and its cause.

Figures by hand (method.md §1 and §3, SD of lonely in 2020 is 5.57): Ridderveld 50.4 against
gemeente 45.9 and Nederland 47.0 is z = −0.81 and −0.61, twice "iets ongunstiger"; 45.9 would be
equal to the gemeente and z = +0.20 against Nederland, twice "vergelijkbaar".
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import chromium
from altered import RIVM, project, set_figure
from sample import config
from terminal import Outcome, run
from wijkprofiel.assets import shipped_root
from wijkprofiel.build import changes
from wijkprofiel.build.changes import Cause, Change, Kind, Report, report
from wijkprofiel.build.changes.documents import TOLD
from wijkprofiel.build.changes.export import COLUMNS
from wijkprofiel.build.changes.pair import pairs
from wijkprofiel.build.changes.read import Entry
from wijkprofiel.documents.desk import words_of
from wijkprofiel.errors import ConfigError

AREA, OTHER, LONELY = "WK048402", "stevenshof", "eenzaam"
TUNED = "configs/frameworks/positieve-gezondheid.yaml"
NORTH = "name: Alphen Noord\nkind: wijk\nareas: [{}]\n"
CORRECTION = """\
corrections:
  - source: rivm-gezondheid
    edition: 50090NED
    area: WK048402
    indicator: eenzaam
    period: "2020"
    expect: 50.4
    value: 45.9
    reason: Een test.
    reported: 2026-01-31
"""


def build(root: Path, *names: str) -> Path:
    done = run("build", *names, "--format", "data", "--format", "csv", "-o", "uit", cwd=root)
    assert done.code == 0, done.err
    return root / "uit"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = project(tmp_path_factory.mktemp("basis"))
    return build(root, AREA, OTHER, "alphen-noord")


@pytest.fixture(scope="module")
def changed_figure(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lonely in one wijk as low as in its gemeente."""
    root = project(tmp_path_factory.mktemp("cijfer"))
    set_figure(root, AREA, "Eenzaam_28", "    45.9")
    return build(root, AREA, OTHER)


def compared(old: Path, new: Path) -> Report:
    return report(old, new, words_of(config()))


def about(found: Report, area: str, name: str) -> list[Change]:
    return [change for change in found.changes if (change.area, change.id) == (area, name)]


def verdicts(changes: list[Change]) -> list[tuple[str, ...]]:
    return [
        (c.what, c.old, c.new, c.verdict_old, c.verdict_new)
        for c in changes
        if c.kind is Kind.VERDICT
    ]


def only(output: Path, to: Path, *slugs: str) -> Path:
    """Copy some areas of a build, as if only those had been built."""
    for slug in slugs:
        shutil.copytree(output / slug, to / slug)
    return to


def spoil(output: Path, slug: str, change: Callable[[dict[str, Any]], object]) -> None:
    path = output / slug / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


# --- nothing ----------------------------------------------------------------------------------


def test_two_builds_of_the_same_give_an_empty_report(base: Path, tmp_path: Path) -> None:
    again = build(project(tmp_path / "weer"), AREA)
    found = compared(only(base, tmp_path / "eerst", "ridderveld"), again)
    assert (found.compared, found.added, found.gone, found.changes) == (1, (), (), ())
    done = run("diff", tmp_path / "eerst", again, "--strict", "-o", "verslag", cwd=tmp_path)
    assert done.code == 0
    assert done.out.splitlines()[:2] == [
        "1 gebieden vergeleken, 0 nieuw, 0 weg",
        "Er is niets veranderd aan wat is gepubliceerd.",
    ]
    lines = (tmp_path / "verslag/verschillen.csv").read_text(encoding="utf-8").splitlines()
    assert lines == [",".join(COLUMNS)]


# --- one change of each cause -----------------------------------------------------------------


def test_another_figure_is_data_and_its_verdicts_come_first(
    base: Path, changed_figure: Path, tmp_path: Path
) -> None:
    found = compared(only(base, tmp_path, "ridderveld", "stevenshof"), changed_figure)
    rows = about(found, "ridderveld", LONELY)
    assert verdicts(rows) == [
        ("verdict.country", "50%", "46%", "iets ongunstiger", "vergelijkbaar"),
        ("verdict.gemeente", "50%", "46%", "iets ongunstiger", "vergelijkbaar"),
    ]
    assert len(rows) == 2  # the value stands with its verdicts, and nowhere else
    for change in rows:
        assert change.causes == (Cause.DATA,)
        assert [reason.key for reason in change.because] == ["data.files"]
        assert dict(change.because[0].facts)["files"] == RIVM
    # The figure is one of the slot "eenzaamheid": its domain moves with it, for the same reason.
    domains = [c for c in found.changes if c.framework and c.id == "meedoen"]
    assert {c.area for c in domains} == {"ridderveld"}
    assert {c.causes for c in domains} == {(Cause.DATA,)}
    # No other topic of this wijk, and nothing of the other one.
    topics = {c.id for c in found.changes if not c.framework and c.kind is not Kind.DOCUMENT}
    assert topics == {LONELY}
    assert {c.area for c in found.changes if c.kind is not Kind.DOCUMENT} == {"ridderveld"}
    turned = [change.turned for change in found.changes]
    assert turned == sorted(turned, reverse=True)
    assert found.unexplained == ()


def test_a_change_below_the_printed_precision_is_none(base: Path, tmp_path: Path) -> None:
    root = project(tmp_path / "p")
    set_figure(root, AREA, "Eenzaam_28", "    50.3")  # 50.4 and 50.3 are both 50 %
    found = compared(only(base, tmp_path / "eerst", "ridderveld"), build(root, AREA))
    assert about(found, "ridderveld", LONELY) == []
    # The files for computers hold unrounded figures: they do change, and the data are named.
    files = found.of(Kind.DOCUMENT)
    assert [change.id for change in files] == ["ridderveld-data.csv"]
    assert all(Cause.DATA in change.causes for change in files)
    assert found.unexplained == ()


def test_an_own_area_moves_with_its_parts(base: Path, tmp_path: Path) -> None:
    root = project(tmp_path / "p")
    set_figure(root, AREA, "Eenzaam_28", "    80.4")
    found = compared(only(base, tmp_path / "eerst", "alphen-noord"), build(root, "alphen-noord"))
    (first, *_) = about(found, "alphen-noord", LONELY)
    assert first.codes == ("WK048401", "WK048402", "WK048403")
    # 48.9 before (method.md §3); with 30 points more in one of three parts it is above 50 now
    assert first.old == "49%"
    assert int(first.new.rstrip("%")) > 50
    assert {c.causes for c in about(found, "alphen-noord", LONELY)} == {(Cause.DATA,)}


def test_another_weight_is_method_and_touches_no_topic(base: Path, tmp_path: Path) -> None:
    text = (shipped_root() / TUNED).read_text(encoding="utf-8")
    slot = "      - id: eenzaamheid\n        title: eenzaamheid\n        kind: outcome\n"
    assert text.count(slot) == 1
    root = project(tmp_path / "p")
    (root / TUNED).parent.mkdir(parents=True)
    (root / TUNED).write_text(text.replace(slot, f"{slot}        weight: 5\n"), encoding="utf-8")
    found = compared(only(base, tmp_path / "eerst", "ridderveld"), build(root, AREA))
    scores = found.of(Kind.SCORE, Kind.VERDICT)
    assert {c.framework for c in scores} == {"positieve-gezondheid"}
    assert {c.causes for c in scores} == {(Cause.METHOD,)}
    (reason,) = {r for c in scores if c.id == "meedoen" for r in c.because}
    assert (reason.key, dict(reason.facts)["what"]) == ("method.domain", "eenzaamheid")
    assert found.of(Kind.FIGURE, Kind.COMPARATOR) == ()


def test_a_correction_is_named_with_its_reason(base: Path, tmp_path: Path) -> None:
    root = project(tmp_path / "p", configs__corrections=CORRECTION)
    found = compared(only(base, tmp_path / "eerst", "ridderveld"), build(root, AREA))
    rows = about(found, "ridderveld", LONELY)
    assert [row[1:] for row in verdicts(rows)] == [
        ("50%", "46%", "iets ongunstiger", "vergelijkbaar")
    ] * 2
    assert {c.causes for c in rows} == {(Cause.CORRECTION,)}
    (reason,) = {r for c in rows for r in c.because}
    assert reason.key == "correction.new"
    assert reason.told(words_of(config())) == "Correctie erbij voor WK048402, 2020: Een test."


def test_other_parts_are_a_boundary_and_another_name_is_no_change(
    base: Path, tmp_path: Path
) -> None:
    parts = NORTH.format("WK048401, WK048403")
    root = project(tmp_path / "p", **{"configs__profiles__alphen-noord": parts})
    found = compared(only(base, tmp_path / "eerst", "alphen-noord"), build(root, "alphen-noord"))
    (area,) = found.of(Kind.AREA)
    assert (area.what, area.old, area.new) == (
        "parts", "WK048401 WK048402 WK048403", "WK048401 WK048403",
    )  # fmt: skip
    figures = found.of(Kind.VERDICT, Kind.FIGURE, Kind.SCORE)
    assert {c.causes for c in figures} == {(Cause.BOUNDARY,)}
    # Inhabitants of the part that left are no longer counted.
    assert [c.what for c in about(found, "alphen-noord", "inwoners")] == ["value"]


def test_a_renamed_area_is_not_gone_and_new(base: Path, tmp_path: Path) -> None:
    text = NORTH.format("WK048401, WK048402, WK048403").replace("Alphen Noord", "Noord")
    root = project(tmp_path / "p", configs__profiles__noord=text)
    found = compared(only(base, tmp_path / "eerst", "alphen-noord"), build(root, "noord"))
    assert (found.compared, found.added, found.gone) == (1, (), ())
    (area,) = found.of(Kind.AREA)
    assert (area.what, area.old, area.new) == (
        "renamed", "Alphen Noord (alphen-noord)", "Noord (noord)",
    )  # fmt: skip
    assert found.of(Kind.VERDICT, Kind.FIGURE, Kind.SCORE) == ()


def test_an_area_that_is_gone_and_one_that_is_new(base: Path, tmp_path: Path) -> None:
    old = only(base, tmp_path / "eerst", "ridderveld", "stevenshof")
    new = only(base, tmp_path / "nu", "ridderveld", "alphen-noord")
    found = compared(old, new)
    assert ([e.slug for e in found.gone], [e.slug for e in found.added]) == (
        ["stevenshof"], ["alphen-noord"],
    )  # fmt: skip
    told = {(c.area, c.what, c.causes) for c in found.changes}
    assert told == {
        ("stevenshof", "gone", (Cause.CHOICE,)),
        ("alphen-noord", "new", (Cause.CHOICE,)),
    }


def test_what_the_country_does_is_told_once_and_is_the_comparison(
    base: Path, tmp_path: Path
) -> None:
    root = project(tmp_path / "p")
    set_figure(root, "NL01", "Eenzaam_28", "    55.0")
    new = build(root, AREA, OTHER)
    found = compared(only(base, tmp_path / "eerst", "ridderveld", "stevenshof"), new)
    (country,) = [c for c in found.of(Kind.COMPARATOR) if c.id == LONELY]
    assert (country.name, country.old, country.new) == ("Nederland", "47%", "55%")
    assert country.causes == (Cause.DATA,)
    # Ridderveld 50.4 against 55.0: z = +0.83, from "iets ongunstiger" to "iets gunstiger".
    (row,) = about(found, "ridderveld", LONELY)
    assert (row.old, row.new, row.verdict_old, row.verdict_new) == (
        "50%", "50%", "iets ongunstiger", "iets gunstiger",
    )  # fmt: skip
    assert row.causes == (Cause.REFERENCE,)
    assert row.turned
    assert "Nederland" not in {c.name for c in found.of(Kind.FIGURE)}


def test_another_version_explains_what_nothing_else_does(base: Path, tmp_path: Path) -> None:
    old, new = (only(base, tmp_path / name, "ridderveld") for name in ("eerst", "nu"))

    def newer(manifest: dict[str, Any]) -> None:
        manifest["published"]["figures"][LONELY]["value"] = "51%"
        manifest["versions"]["wijkprofiel"] = "99"

    spoil(new, "ridderveld", newer)
    (change,) = compared(old, new).changes
    assert change.causes == (Cause.METHOD,)
    assert [reason.key for reason in change.because] == ["method.version"]


# --- unexplained ------------------------------------------------------------------------------


@pytest.fixture
def tampered(base: Path, changed_figure: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Ridderveld with other data, and Stevenshof with another figure that nothing explains."""
    old = only(base, tmp_path / "eerst", "ridderveld", "stevenshof")
    new = only(changed_figure, tmp_path / "nu", "ridderveld")
    only(base, new, "stevenshof")

    def other(manifest: dict[str, Any]) -> None:
        manifest["published"]["figures"]["rokers"]["value"] = "1%"

    spoil(new, "stevenshof", other)
    return old, new


def test_what_nothing_explains_comes_first_and_fails_when_strict(
    tampered: tuple[Path, Path], tmp_path: Path
) -> None:
    found = compared(*tampered)
    (first,) = found.unexplained
    assert found.changes[0] == first
    assert (first.area, first.id, first.new) == ("stevenshof", "rokers", "1%")
    assert found.changes[1].turned
    outcomes = [run("diff", *tampered, *more, cwd=tmp_path) for more in ((), ("--strict",))]
    assert [outcome.code for outcome in outcomes] == [0, 1]
    assert "niet verklaard: Stevenshof" in outcomes[0].out


def test_a_figure_that_is_withheld_now_is_not_told_again(base: Path, tmp_path: Path) -> None:
    old, new = (only(base, tmp_path / name, "ridderveld") for name in ("eerst", "nu"))

    def withhold(manifest: dict[str, Any]) -> None:
        figure = manifest["published"]["figures"][LONELY]
        for key in ("value", "verdicts", "basis", "trend"):
            figure.pop(key, None)
        figure["status"] = "suppressed"

    spoil(new, "ridderveld", withhold)
    rows = about(compared(old, new), "ridderveld", LONELY)
    assert rows
    assert {(c.old, c.new) for c in rows} == {("eerder wel een getal", "te weinig mensen")}


# --- what is written --------------------------------------------------------------------------


@pytest.fixture
def written(tampered: tuple[Path, Path], tmp_path: Path) -> tuple[Outcome, Path]:
    done = run("diff", *tampered, "--output", "verslag", "--json", cwd=tmp_path)
    assert done.code == 0, done.err
    return done, tmp_path / "verslag"


def test_the_csv_has_a_row_per_change_and_json_says_the_same(
    written: tuple[Outcome, Path],
) -> None:
    done, folder = written
    told = json.loads(done.out)
    with (folder / "verschillen.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows == told["changes"]
    assert sum(told["kinds"].values()) == len(rows)
    assert (told["compared"], told["unexplained"]) == (2, 1)
    (lonely,) = [r for r in rows if r["id"] == LONELY and r["what"] == "tegenover de gemeente"]
    assert lonely == {
        "area": "ridderveld", "name": "Ridderveld", "codes": "WK048402", "kind": "verdict",
        "framework": "", "id": LONELY, "title": "Eenzaam", "what": "tegenover de gemeente",
        "old": "50%", "new": "46%", "verdict_old": "iets ongunstiger",
        "verdict_new": "vergelijkbaar", "turned": "True", "cause": "data",
        "detail": f"Gezondheid per wijk en buurt: andere inhoud ({RIVM}).",
    }  # fmt: skip
    assert {path.name for path in folder.iterdir()} == {"verschillen.html", "verschillen.csv"}


def test_the_report_is_the_same_bytes_twice(tampered: tuple[Path, Path], tmp_path: Path) -> None:
    bodies = []
    for name in ("a", "b"):
        assert run("diff", *tampered, "-o", name, cwd=tmp_path).code == 0
        bodies.append({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()})
    assert bodies[0] == bodies[1]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.started() as started:
        yield started


@pytest.mark.parametrize("scheme", chromium.SCHEMES)
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_reads_well_at_every_width_by_day_and_by_night(
    written: tuple[Outcome, Path], browser: Browser, width: int, scheme: str
) -> None:
    with chromium.page(browser, written[1] / "verschillen.html", width, scheme) as page:
        assert page.locator("h2").nth(1).inner_text() == "Niet verklaard"
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert chromium.violations(page) == []


# --- what cannot be compared ------------------------------------------------------------------


def test_a_manifest_of_before_says_which_version_and_what_to_do(base: Path, tmp_path: Path) -> None:
    old = only(base, tmp_path / "eerst", "ridderveld", "stevenshof")
    spoil(old, "ridderveld", lambda manifest: manifest.pop("format"))
    (old / "stevenshof/manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        compared(old, base)
    first, second = caught.value.problems
    assert first.where == str(old / "ridderveld/manifest.json")
    assert "format 1" in first.message
    assert "build ridderveld again" in str(first.hint)
    assert second.where == str(old / "stevenshof/manifest.json")
    assert "cannot be read" in second.message


def test_a_manifest_of_a_later_version_asks_for_that_version(base: Path, tmp_path: Path) -> None:
    new = only(base, tmp_path / "nu", "ridderveld")
    spoil(new, "ridderveld", lambda manifest: manifest.update(format=999))
    with pytest.raises(ConfigError) as caught:
        compared(base, new)
    assert caught.value.problems[0].hint == "use the newer wijkprofiel that wrote it"


def test_a_key_that_is_missing_is_named(base: Path, tmp_path: Path) -> None:
    new = only(base, tmp_path / "nu", "ridderveld")
    spoil(new, "ridderveld", lambda manifest: manifest.pop("versions"))
    with pytest.raises(ConfigError, match="versions"):
        compared(base, new)


@pytest.mark.parametrize("folder", ["leeg", "weg"])
def test_a_folder_without_a_build_is_told(folder: str, base: Path, tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    done = run("diff", base, folder, cwd=tmp_path)
    assert done.code == 2
    assert "hint:" in done.err
    assert folder in done.err


def test_two_languages_are_not_compared(base: Path, tmp_path: Path) -> None:
    new = only(base, tmp_path / "nu", "ridderveld")
    spoil(new, "ridderveld", lambda manifest: manifest.update(language="en"))
    with pytest.raises(ConfigError, match="is in nl and "):
        compared(base, new)


# --- pairing ----------------------------------------------------------------------------------


def area(slug: str, code: str, before: str = "", year: int = 2024) -> Entry:
    return Entry(Path(slug + code), slug, slug, (code,), (before or code,), year, "nl", (1, ""))


def paired(old: list[Entry], new: list[Entry]) -> set[tuple[str, str]]:
    return {(o.codes[0], n.codes[0]) for o, n in pairs(old, new).both}


def test_a_number_that_now_belongs_to_another_area_is_not_taken_for_the_same() -> None:
    # WK165201 became WK165203, WK165203 became WK165205 (data/sample/crosswalk.csv)
    old = [area("dorp", "WK165201", year=2020), area("heide", "WK165203", year=2020)]
    new = [area("dorp", "WK165203", "WK165201"), area("heide", "WK165205", "WK165203")]
    assert paired(old, new) == {("WK165201", "WK165203"), ("WK165203", "WK165205")}


def test_a_name_that_now_belongs_to_another_area_is_not_taken_for_the_same() -> None:
    old = [area("centrum", "WK051828")]
    new = [area("centrum", "WK077211"), area("centrum-den-haag", "WK051828")]
    assert paired(old, new) == {("WK051828", "WK051828")}
    assert paired(old, new[:1]) == set()


# --- the manifest -----------------------------------------------------------------------------


def test_the_manifest_holds_what_is_printed_and_nothing_more_precise(base: Path) -> None:
    content = json.loads((base / "ridderveld/manifest.json").read_text(encoding="utf-8"))
    lonely = content["published"]["figures"][LONELY]
    # docs/documents.md §8: 50.4 in 50090NED, gemeente 45.9, Nederland 47.0
    assert (lonely["value"], lonely["gemeente"], lonely["country"]) == ("50%", "46%", "47%")
    assert lonely["verdicts"] == {"gemeente": "unfavourable.1", "country": "unfavourable.1"}
    assert (lonely["period"], lonely["source"], lonely["basis"]) == (
        "2020", "rivm-gezondheid", "band",
    )  # fmt: skip
    absent = content["published"]["figures"]["arbeidsparticipatie"]
    assert absent["status"] == "absent"
    assert {"value", "verdicts"}.isdisjoint(absent)
    texts = json.dumps(content["published"])
    # Dutch notation: a point stands before three digits only, so no unrounded number is there.
    assert re.findall(r"\d\.\d{1,2}(?!\d)|\d\.\d{4}", texts) == []


# --- words ------------------------------------------------------------------------------------


def test_every_reason_in_the_code_has_a_sentence() -> None:
    folder = Path(changes.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    literal = set(re.findall(r'Because\.of\(\s*Cause\.\w+,\s*"([\w.]+)"', code))
    assert {"unexplained", "data.edition", "method.version", "boundary.parts"} <= literal
    composed = {f"layout.{kind}" for kind in TOLD} | {f"correction.{k}" for k in ("new", "gone")}
    words = words_of(config())
    assert [key for key in literal | composed if not words.has(f"changes.because.{key}")] == []
    for cause in Cause:
        assert words.has(f"changes.cause.{cause.value}")
