# Figures: method.md §1 and §3 (lonely in 2020: mean of all wijken 44.2, SD 5.57, Nederland 47.0).

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest

from terminal import run
from wijkprofiel.assets import Assets
from wijkprofiel.build import formats
from wijkprofiel.build.output import area_folder, write_all, write_file, writing_aside
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.build.run import AreaResult, BuildResult, build
from wijkprofiel.build.survey import Survey
from wijkprofiel.config import Config, load
from wijkprofiel.errors import ConfigError, DataError, RenderError
from wijkprofiel.model import Finding, Severity
from wijkprofiel.sources import folder
from wijkprofiel.sources.dataset import Dataset


@pytest.fixture(scope="module")
def config() -> Config:
    return load(Assets.of(None))


@pytest.fixture(scope="module")
def dataset(config: Config) -> Dataset:
    return folder.load(config)


# --- the real thing, once ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """alphen-noord, by a process and by this one: another hash seed, time zone and folder."""
    there, here = (tmp_path_factory.mktemp(name) for name in ("there", "here"))
    command = [sys.executable, "-c", "from wijkprofiel.cli import main; main()"]
    command += ["build", "alphen-noord", "--output", str(there)]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland"},
        cwd=there, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    again = run("build", "alphen-noord", "--output", here, cwd=here)
    assert again.code == 0, again.err
    for output, said in ((there, done.stdout), (here, again.out)):
        assert said == f"{output / 'alphen-noord/alphen-noord-factsheet.pdf'}\n"
    return [output / "alphen-noord" for output in (there, here)]


def manifest_of(area: Path) -> dict[str, Any]:
    content = json.loads((area / "manifest.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def test_two_processes_write_the_same_bytes(built: list[Path]) -> None:
    first, second = ({p.name: p.read_bytes() for p in area.iterdir()} for area in built)
    assert set(first) == {"alphen-noord-factsheet.pdf", "manifest.json"}
    assert first == second


def test_nothing_else_lies_in_the_output_folder(built: list[Path]) -> None:
    assert [path.name for path in built[0].parent.iterdir()] == ["alphen-noord"]


def test_the_manifest_describes_the_pdf_beside_it(built: list[Path]) -> None:
    body = (built[0] / "alphen-noord-factsheet.pdf").read_bytes()
    (told,) = manifest_of(built[0])["documents"]
    with pikepdf.open(built[0] / "alphen-noord-factsheet.pdf") as pdf:
        pages = len(pdf.pages)
    reached = told.pop("inputs")
    assert {"figures", "scores", "map", "people", "document", "look", "words"} <= set(reached)
    assert {code for finding in told.pop("findings") for code in finding} <= set(Finding.__slots__)
    assert told == {
        "file": "alphen-noord-factsheet.pdf",
        "sha256": hashlib.sha256(body).hexdigest(),
        "bytes": len(body),
        "pages": pages,
    }


def test_the_manifest_holds_the_reference_that_the_method_names(built: list[Path]) -> None:
    reference = manifest_of(built[0])["reference"]
    lonely = reference["indicators"]["eenzaam"]
    assert lonely["period"] == "2020"
    assert (round(lonely["mean"], 1), round(lonely["sd"], 2)) == (44.2, 5.57)
    borders = lonely["quintile_borders"]
    assert len(borders) == 4
    assert [lonely["minimum"], *borders, lonely["maximum"]] == sorted(
        [lonely["minimum"], *borders, lonely["maximum"]]
    )
    # method.md §1.5: the SD of the domain lichaamsfuncties is 0.62
    body = reference["domains"]["positieve-gezondheid"]["lichaamsfuncties"]
    assert round(body["sd"], 2) == 0.62


def test_the_manifest_names_what_it_was_built_from(built: list[Path], config: Config) -> None:
    manifest = manifest_of(built[0])
    assert manifest["config"]["hash"] == config.hash
    assert manifest["edition"] == {
        "number": config.project.edition.number,
        "date": config.project.edition.date.isoformat(),
    }
    assert {"wijkprofiel", "weasyprint", "pandas", "python"} <= set(manifest["versions"])
    assert set(manifest["frameworks"]) == {"positieve-gezondheid", "wijzer-in-de-wijk"}
    for name, told in manifest["frameworks"].items():
        rules = config.frameworks[name]
        drawn = (told["sensitivity"]["seed"], told["sensitivity"]["draws"])
        assert drawn == (rules.sensitivity.seed, rules.sensitivity.draws)
        assert told["testing"] == rules.testing.model_dump(mode="json")
    root = config.assets.project / config.project.data
    for snapshot in manifest["data"]:
        content = (root / snapshot["path"]).read_bytes()
        assert snapshot["sha256"] == hashlib.sha256(content).hexdigest()
    parts = [part["code"] for part in manifest["area"]["parts"]]
    assert parts == ["WK048401", "WK048402", "WK048403"]
    assert manifest["area"]["comparator"]["code"] == "GM0484"


def test_the_manifest_has_sorted_keys(built: list[Path]) -> None:
    text = (built[0] / "manifest.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert text == json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


# --- one area after the other -------------------------------------------------------------------

Check = Callable[..., list[Finding]]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Callable[[Check], None]:
    """Put a one-page PDF in the place of what is rendered, and another check on it."""

    formats.load()  # the first import of a module would put the real one back

    def put(check: Check = lambda *_: []) -> None:
        pdf = SimpleNamespace(render=lambda *_: PDF)
        monkeypatch.setattr("wijkprofiel.documents.make", lambda made, *_: made)
        monkeypatch.setattr("wijkprofiel.render.pdf", pdf, raising=False)
        monkeypatch.setattr("wijkprofiel.render.check", SimpleNamespace(check=check), raising=False)
        monkeypatch.setattr("wijkprofiel.build.verify.refuse", lambda *_, **__: None)

    return put


def one_page() -> bytes:
    import io

    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()


PDF = one_page()


def failing(slug: str, error: Exception | None = None) -> Check:
    """A check that finds an error (or raises) for one area."""

    def check(_: bytes, __: object, profile: Any) -> list[Finding]:
        if profile.area.slug != slug:
            return []
        if error is not None:
            raise error
        return [
            Finding("alt-text", Severity.ERROR, "page 2", "a figure has no text", "give it one"),
            Finding("contrast", Severity.WARNING, "page 3", "little contrast"),
        ]

    return check


class Seen:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.todo: list[str] = []
        self.areas: list[tuple[str, int, int]] = []

    def planned(self, found: Survey) -> None:
        self.todo = list(found.todo)

    def finished(self, result: AreaResult, done: int, total: int) -> None:
        self.areas.append((result.slug, done, total))


def test_a_failed_area_does_not_stop_the_others(
    config: Config, dataset: Dataset, tmp_path: Path, quick: Callable[[Check], None]
) -> None:
    quick(failing("stevenshof"))
    seen = Seen()
    names = ["alphen-noord", "stevenshof", "WK048402"]
    result = build(config, dataset, names, tmp_path, watch=seen)
    assert [area.slug for area in result.areas] == ["alphen-noord", "stevenshof", "ridderveld"]
    assert [area.slug for area in result.failures] == ["stevenshof"]
    assert result.exit_code == 1
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.*")) == [
        "_rejected/stevenshof/stevenshof-factsheet.pdf",
        "alphen-noord/alphen-noord-factsheet.pdf",
        "alphen-noord/manifest.json",
        "ridderveld/manifest.json",
        "ridderveld/ridderveld-factsheet.pdf",
    ]
    assert seen.todo == ["alphen-noord", "stevenshof", "ridderveld"]
    assert seen.areas == [("alphen-noord", 1, 3), ("stevenshof", 2, 3), ("ridderveld", 3, 3)]


def test_a_document_that_fails_its_check_is_not_written_and_the_rule_is_told(
    config: Config, dataset: Dataset, tmp_path: Path, quick: Callable[[Check], None]
) -> None:
    quick(failing("stevenshof"))
    old = tmp_path / "stevenshof/stevenshof-factsheet.pdf"
    old.parent.mkdir()
    old.write_bytes(b"the edition before")
    result = build(config, dataset, ["stevenshof"], tmp_path)
    (area,) = result.areas
    assert isinstance(area.error, RenderError)
    assert [str(p) for p in area.error.problems] == [
        "page 2  alt-text: a figure has no text\n  hint: give it one"
    ]
    assert [p.name for p in old.parent.iterdir()] == [old.name]
    assert old.read_bytes() == b"the edition before"


def test_warnings_of_the_check_come_with_the_area_and_in_its_manifest(
    config: Config, dataset: Dataset, tmp_path: Path, quick: Callable[[Check], None]
) -> None:
    warning = Finding("contrast", Severity.WARNING, "page 3", "little contrast")
    quick(lambda *_: [warning])
    result = build(config, dataset, ["stevenshof"], tmp_path)
    assert warning in result.areas[0].findings
    (told,) = manifest_of(tmp_path / "stevenshof")["documents"]
    assert {"contrast"} <= {finding["code"] for finding in told["findings"]}


def test_a_bug_is_not_taken_for_a_failed_area(
    config: Config, dataset: Dataset, tmp_path: Path, quick: Callable[[Check], None]
) -> None:
    quick(failing("stevenshof", ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        build(config, dataset, ["stevenshof"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_batch_on_the_command_line_ends_with_a_recap(
    tmp_path: Path, quick: Callable[[Check], None]
) -> None:
    quick(failing("stevenshof"))
    outcome = run("build", "stevenshof", "ridderveld", cwd=tmp_path)
    assert outcome.code == 1
    assert outcome.out.splitlines() == [
        str(tmp_path / "output/ridderveld/ridderveld-factsheet.pdf"),
    ]
    lines = outcome.err.splitlines()
    assert lines[:2] == ["plan: 2 areas: 2 × factsheet (pdf)", "  2 areas: not built before"]
    assert {line[6:] for line in lines if line.startswith("[")} == {
        "stevenshof: not built",
        "ridderveld: built",
    }
    assert "stevenshof: not built\nerror: page 2  alt-text: a figure has no text" in outcome.err
    assert outcome.err.endswith("1 of 2 areas built\n")


def test_json_tells_the_same_to_a_machine(tmp_path: Path, quick: Callable[[Check], None]) -> None:
    quick(failing("stevenshof"))
    outcome = run("build", "stevenshof", "ridderveld", "--json", "-o", "uit", cwd=tmp_path)
    first, second = json.loads(outcome.out)["areas"]
    assert (first["slug"], first["written"]) == ("stevenshof", [])
    assert first["problems"][0].startswith("page 2  alt-text")
    assert second["written"] == [
        "uit/ridderveld/ridderveld-factsheet.pdf",
        "uit/ridderveld/manifest.json",
    ]


@pytest.mark.parametrize(
    ("errors", "written", "code"),
    [
        ([None], True, 0),
        ([None, DataError("x")], True, 1),
        ([ConfigError("x"), None], True, 1),
        ([DataError("x")], False, 1),
        ([ConfigError("x")], False, 2),
        ([ConfigError("x"), DataError("y")], False, 2),
    ],
)
def test_exit_codes_of_a_batch(
    errors: list[DataError | ConfigError | None], written: bool, code: int
) -> None:
    paths = (Path("x.pdf"),) if written else ()
    areas = (AreaResult("x", () if e else paths, error=e) for e in errors)
    assert BuildResult(tuple(areas)).exit_code == code


# --- plan -------------------------------------------------------------------------------------


def test_an_area_that_is_named_twice_is_built_once(config: Config, dataset: Dataset) -> None:
    names = ["Alphen-Noord", "alphen-noord", "WK048402", "ridderveld", "Wijk 02 Ridderveld"]
    tasks = plan(config, dataset, names, Order())
    assert [(task.slug, task.code) for task in tasks] == [
        ("alphen-noord", None),
        ("ridderveld", "WK048402"),
    ]


def test_plain_areas_with_one_name_get_folders_of_their_own(
    config: Config, dataset: Dataset
) -> None:
    names = [f"WK{number}" for number in ("051828", "077211", "054609")]
    slugs = [task.slug for task in plan(config, dataset, names, Order())]
    assert len(set(slugs)) == 3
    assert set(slugs).isdisjoint(config.profiles)  # WK054609 is also the profile stevenshof


def test_words_of_an_order(config: Config) -> None:
    assert Order.of([], config) == Order()
    assert Order.of(["pdf", "factsheet"], config) == Order(("factsheet",), ("pdf",))
    about_one = [name for name, spec in config.documents.items() if spec.scope == "area"]
    assert Order.of(["all"], config).documents == tuple(about_one)
    with pytest.raises(ConfigError) as caught:
        Order.of(["factsheat", "docx"], config)
    messages = [problem.message.splitlines()[0] for problem in caught.value.problems]
    assert messages == [
        "'factsheat' is not a document type or a file format (did you mean 'factsheet'?)",
        "'docx' is not a document type or a file format",
    ]


# --- writing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["../x", "..", "/x", "a/b", "A", "", "a--b", "a.b", "a\n"])
def test_a_slug_cannot_leave_the_output_folder(slug: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        area_folder(tmp_path, slug)


def test_a_link_cannot_lead_out_of_the_output_folder(tmp_path: Path) -> None:
    (tmp_path / "uit").mkdir()
    (tmp_path / "elders").mkdir()
    (tmp_path / "uit/wijk").symlink_to(tmp_path / "elders")
    with pytest.raises(ConfigError):
        area_folder(tmp_path / "uit", "wijk")


def test_a_file_in_the_way_of_the_output_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("geen map")
    outcome = run("build", "ridderveld", cwd=tmp_path)
    assert outcome.code == 2
    assert "cannot make the folder" in outcome.err
    assert "hint: choose another --output" in outcome.err


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "s.csv"
    file.write_bytes(b"old")

    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as half:
            half.write(content[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ConfigError, match="No space left"):
        write_file(file, b"new")
    with pytest.raises(ConfigError, match="No space left"), writing_aside(tmp_path) as aside:
        write_all(tmp_path / "wijk", {"a.pdf": b"new"}, aside)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("s.csv", b"old")]


def test_a_killed_build_leaves_no_half_file_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from wijkprofiel.build.output import write_all, writing_aside\n"
        "output = Path(sys.argv[1])\n"
        "whole = Path.write_bytes\n"
        "def half(path, content):\n"
        "    if path.name == 'b.pdf':\n"
        "        whole(path, content[:2]); os._exit(9)\n"
        "    return whole(path, content)\n"
        "Path.write_bytes = half\n"
        "with writing_aside(output) as aside:\n"
        "    write_all(output / 'wijk', {'a.pdf': b'aaaa', 'b.pdf': b'bbbb'}, aside)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, timeout=60)
    assert done.returncode == 9
    assert not (tmp_path / "wijk").exists()
    left = list(tmp_path.iterdir())
    assert len(left) == 1
    assert left[0].name.startswith(".aside-")
    with writing_aside(tmp_path) as aside:
        written = write_all(tmp_path / "wijk", {"a.pdf": b"aaaa", "b.pdf": b"bbbb"}, aside)
    assert [path.read_bytes() for path in written] == [b"aaaa", b"bbbb"]
    assert [path.name for path in tmp_path.iterdir()] == ["wijk"]
