"""Material for a wijkdialoog, and its results back in the profile: nothing lost, nothing half."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import xlsxwriter
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import sample
from finished import Finished, spoiled
from terminal import run
from wijkprofiel.assets import Assets, shipped_root
from wijkprofiel.build import dialogue as material
from wijkprofiel.build import dialogue_merge, dialogue_votes
from wijkprofiel.build.dialogue_merge import Conflict
from wijkprofiel.build.plan import Order
from wijkprofiel.config import load, profile_problems
from wijkprofiel.config.located import parse
from wijkprofiel.config.splice import Add, Append, Edit, Replace, dumped, spliced
from wijkprofiel.errors import ConfigError, DataError

MM = 72 / 25.4
THEMES = ("leefstijl", "sociale-omgeving", "participatie", "fysieke-omgeving",
          "gezondheidsbeleving")  # fmt: skip


# --- adding to a file --------------------------------------------------------------------------

FILE = """\
# Van boven.
name: "Dorp"     # zo heet het
areas:
- WK123401   # de hele wijk

wishes: [rust, 'meer: groen']   # op één regel
missing:
about: >-
  Een lange
  zin.
initiatives:
  # wat er is
  - name: Tuin
    theme: leefstijl     # moestuin
  - {name: Krant}

dialogue:
  held: false  # nog niet
# Van onder.
"""


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (Append(("areas",), "WK123402"), "- WK123402"),
        (Append(("wishes",), "banken"),
         "wishes: [rust, 'meer: groen', banken]   # op één regel"),
        (Add(("missing",), ["een plein"]), "  - een plein"),
        (Append(("initiatives",), {"name": "Koor", "theme": "leefstijl"}), "  - name: Koor"),
        (Add(("initiatives", 0, "organiser"), "Buurt"), "    organiser: Buurt"),
        (Add(("initiatives", 1, "theme"), "leefstijl"), "  - {name: Krant, theme: leefstijl}"),
        (Replace(("dialogue", "held"), value=True), "  held: true  # nog niet"),
        (Add(("dialogue", "place"), "School"), "  place: School"),
        (Add(("lessons",), ["begin"]), "  - begin"),
        (Add(("lessons",), ["nee", "1", "a: b", "# c", "‘d’"]), "  - ‘d’"),
    ],
)  # fmt: skip
def test_an_edit_touches_no_other_line(edit: Edit, line: str) -> None:
    made = spliced(FILE, [edit], "dorp.yaml")
    assert line in made.splitlines()
    kept = [old for old in FILE.splitlines() if old and old in made.splitlines()]
    gone = [old for old in FILE.splitlines() if old not in made.splitlines()]
    assert len(gone) <= 1  # the line that holds a flow list or the scalar itself
    assert [new for new in made.splitlines() if new in kept] == kept


def test_windows_lines_stay_windows_lines() -> None:
    made = spliced(FILE.replace("\n", "\r\n"), [Append(("areas",), "WK123402")], "dorp.yaml")
    assert made.count("\r\n") == made.count("\n") == FILE.count("\n") + 1


def test_what_cannot_be_added_safely_is_refused() -> None:
    shared = "a: &x [1]\nb: *x\n"  # adding to one would add to the other
    with pytest.raises(ConfigError, match="without changing something else"):
        spliced(shared, [Append(("b",), 2)], "f.yaml")


plain = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
                min_size=1, max_size=40).filter(lambda t: t.strip() == t and "\ufeff" not in t
                                                and "\x85" not in t)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(plain, min_size=1, max_size=4), st.lists(plain, max_size=3))
def test_any_text_comes_out_as_it_went_in(first: list[str], more: list[str]) -> None:
    edits: list[Edit] = [Add(("lessons",), first)]
    edits += [Append(("lessons",), text) for text in more]
    edits += [Append(("initiatives",), {"name": text}) for text in more]
    made = parse(spliced(FILE, edits, "dorp.yaml").encode(), "dorp.yaml").data
    assert made["lessons"] == [*first, *more]
    assert [item["name"] for item in made["initiatives"]] == ["Tuin", "Krant", *more]
    assert yaml.safe_load(dumped(first)) == first


# --- what is added and what is not --------------------------------------------------------------


def differences(old: str, new: str) -> list[Edit | Conflict]:
    return [*dialogue_merge.differences(yaml.safe_load(old), yaml.safe_load(new))]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("wishes: [a]", "wishes: [a, b]", [Append(("wishes",), "b")]),
        ("wishes: [a, b]", "wishes: [B , a]", [Conflict(("wishes", 1), ("wishes", 0), "b", "B")]),
        ("wishes: [a, b]", "wishes: [b]", []),  # what the results leave out stays
        ("wishes: [a]", "wishes: []", []),
        ("place: ''", "place: X", [Add(("place",), "X")]),
        ("place: X", "place: Y", [Conflict(("place",), ("place",), "X", "Y")]),
        ("held: false", "held: true", [Replace(("held",), value=True)]),
        ("held: true", "held: false", [Conflict(("held",), ("held",), True, False)]),
        ("areas: [WK123401]", "areas: [WK123402]",
         [Conflict(("areas",), ("areas",), ["WK123401"], ["WK123402"])]),
        ("goals: [{title: A, measure: x}]", "goals: [{title: A, measure: x, now: 3}]",
         [Add(("goals", 0, "now"), 3)]),
        ("priorities: [{theme: a, why: w, source: figures}]",
         "priorities: [{theme: a, source: dialogue}]",
         [Replace(("priorities", 0, "source"), "both")]),
        ("priorities: [{theme: a, why: w, source: programme}]",
         "priorities: [{theme: a, source: dialogue}]", []),
        ("priorities: [{theme: a, why: w, source: figures}]",
         "priorities: [{theme: a, why: v, source: figures}]",
         [Conflict(("priorities", 0, "why"), ("priorities", 0, "why"), "w", "v")]),
    ],
)  # fmt: skip
def test_lists_grow_and_what_differs_is_a_conflict(
    old: str, new: str, found: list[Edit | Conflict]
) -> None:
    assert differences(old, new) == found


# --- votes ---------------------------------------------------------------------------------------


def votes(path: Path, content: str | bytes) -> dict[str, int]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return dialogue_votes.read(path, sample.config().frameworks["wijzer-in-de-wijk"])


@pytest.mark.parametrize(
    "content",
    [
        "leefstijl,14\nsociale-omgeving,22\n",
        "Thema;Stippen\nLeefstijl;14\nSociale omgeving;22\nParticipatie;\n",
        "theme\tvotes\nLEEFSTIJL\t14\n\nsociale omgeving\t22\n",
        "\ufeffThema;Aantal\r\nLeefstijl;14\r\nSociale omgeving;22\r\n",
    ],
)
def test_votes_by_id_or_title(content: str, tmp_path: Path) -> None:
    found = votes(tmp_path / "s.csv", content)
    assert found == {"leefstijl": 14, "sociale-omgeving": 22}


def test_votes_from_a_workbook(tmp_path: Path) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("Stemmen")
        for row, cells in enumerate([("Thema", "Stippen"), ("Leefstijl", 14), ("Buurt", 3),
                                     ("Participatie", -1), ("Leefstijl", 2)]):  # fmt: skip
            sheet.write_row(row, 0, cells)
    with pytest.raises(DataError) as failure:
        votes(tmp_path / "s.xlsx", made.getvalue())
    where = [problem.where.rsplit("!", 1)[1] for problem in failure.value.problems]
    assert where == ["Stemmen:A3", "Stemmen:B4", "Stemmen:A5"]
    assert "first at" in failure.value.problems[2].message


@pytest.mark.parametrize("content", ["Leefstijl;\n", "Thema;Stippen\n", "Leefstijl;1,5\n"])
def test_a_table_without_whole_numbers_is_refused(content: str, tmp_path: Path) -> None:
    with pytest.raises(DataError):
        votes(tmp_path / "s.csv", content)


# --- the command: there and back ----------------------------------------------------------


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("ggd")
    assert run("init", "ggd", "--gemeente", "GM0546", cwd=root).code == 0
    return root / "ggd"


@pytest.fixture(scope="module")
def made(project: Path) -> Path:
    outcome = run("dialogue", "stevenshof", cwd=project)
    assert outcome.code == 0, outcome.err
    names = [Path(line).name for line in outcome.out.splitlines()]
    assert names == ["stevenshof-dialoog.yaml", "stevenshof-dialoog-stemmen.csv",
                     "stevenshof-dialoog.pdf", "stevenshof-dialoog-stemvel.pdf"]  # fmt: skip
    return project / "output" / "stevenshof"


def test_the_file_to_fill_in_is_a_valid_profile_with_all_that_was_known(
    project: Path, made: Path
) -> None:
    text = (made / "stevenshof-dialoog.yaml").read_text(encoding="utf-8")
    shipped = sample.config().assets.find("configs/profiles/stevenshof.yaml").read_text("utf-8")
    assert shipped.strip("\n") in text
    file = parse(text.encode(), "stevenshof-dialoog.yaml")
    assert profile_problems(Assets.of(project), file) == []
    for key in ("wishes", "missing", "strengths", "priorities", "dialogue"):
        assert f"\n# {key}:" in text
    assert "# - leefstijl: " in text  # what the figures propose, with the reason


def test_every_example_in_it_is_right_when_its_hashes_are_taken_away(
    project: Path, tmp_path: Path
) -> None:
    """Of a wijk without a profile, so that every block is there; only consent stays to be given."""
    outcome = run("dialogue", "WK054601", "-o", tmp_path, cwd=project)
    path = Path(outcome.out.splitlines()[0])
    start, examples = path.read_text(encoding="utf-8").split("\n\n# Het gesprek zelf.\n")
    lines = [line.removeprefix("# ") for line in examples.splitlines()]
    kept = [line for line in lines if line.startswith(" ") or ":" in line.split(" ")[0]]
    filled = start + "\n\n" + "\n".join(kept) + "\n"
    problems = profile_problems(Assets.of(project), parse(filled.encode(), "x.yaml"))
    assert [problem.message.split(":")[0] for problem in problems] == ["quotes[0].consent"]


def test_the_form_and_the_sheet_are_accessible_and_for_the_wall(made: Path) -> None:
    sizes = {"stevenshof-dialoog.pdf": (210, 297), "stevenshof-dialoog-stemvel.pdf": (420, 297)}
    titles = [d.title for d in sample.config().frameworks["wijzer-in-de-wijk"].domains]
    for name, size in sizes.items():
        with pikepdf.open(made / name) as opened:
            assert b"pdfuaid" in opened.Root.Metadata.read_bytes()
            alts = [str(o.get("/Alt")) for o in opened.objects
                    if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]  # fmt: skip
        document = pypdfium2.PdfDocument(made / name)
        assert [round(n / MM) for n in document[0].get_size()] == [*size]
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
        for title in titles:
            assert title in " ".join(text.split()).replace("\ufffe", "")
            assert any(title in alt for alt in alts)
    assert len(document) == 1
    assert len(alts) == len(titles) + 1  # and one for another theme


def test_two_checkers_find_nothing_in_the_paper(made: Path, tmp_path: Path) -> None:
    tools = Path(sys.executable).parent
    papers = [str(path) for path in sorted(made.glob("*dialoog*.pdf"))]
    report = tmp_path / "report.json"
    command = [tools / "outloud", *papers, "--json", report, "--fail-on", "never"]
    subprocess.run([*map(str, command)], capture_output=True, check=True, timeout=300)
    results = json.loads(report.read_text())["results"]
    assert len(results) == len(papers) == 2
    assert [f for r in results for f in r["findings"] if f["severity"] != "info"] == []
    for paper in papers:
        done = subprocess.run(
            [str(tools / "pdfua"), "check", paper], capture_output=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stdout


def verified(output: Path, project: Path) -> tuple[int, set[str]]:
    done = run("verify", "--output", output, "--json", cwd=project)
    (area,) = json.loads(done.out)["areas"]
    return done.code, {finding["code"] for finding in area["findings"]}


def test_verify_looks_at_the_paper_beside_the_documents_of_its_area(
    project: Path, made: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "uit"
    shutil.copytree(made, copy / "stevenshof")
    table = ("--format", "data", "--format", "csv")
    built = run("build", "stevenshof", *table, "-o", copy, cwd=project)
    assert built.code == 0, built.err
    with (copy / "stevenshof/stevenshof-dialoog.yaml").open("a") as file:
        file.write("# ingevuld\n")  # what people fill in is theirs
    assert verified(copy, project) == (0, set())
    form = copy / "stevenshof/stevenshof-dialoog.pdf"

    def spoil(paper: Finished) -> None:
        page, piece = paper.piece("Ongeveer ")
        number = re.search(r"\d+", piece.text)
        assert number is not None
        wrong = str(int(number.group()) - 1)  # no letter that its font does not have
        paper.typed(page, piece.mark, piece.text.replace(number.group(), wrong, 1))

    form.write_bytes(spoiled(form.read_bytes(), spoil))
    code, found = verified(copy, project)
    assert code == 1
    assert "verify-text" in found


def test_a_form_that_cannot_be_read_is_refused_and_kept_aside(own: Path) -> None:
    style = own / "templates/styles/buurt/dialoog.css"
    style.parent.mkdir(parents=True)
    shipped = shipped_root() / "templates/styles/buurt/dialoog.css"
    pale = "\np { color: #f0f0f0 }\n"
    style.write_text(shipped.read_text(encoding="utf-8") + pale, encoding="utf-8")
    done = run("dialogue", "stevenshof", cwd=own)
    assert (done.code, done.out) == (1, "")
    assert "verify-contrast" in done.err
    assert not (own / "output/stevenshof").exists()
    aside = own / "output/_rejected/stevenshof"
    assert {path.name for path in aside.iterdir()} == {
        "stevenshof-dialoog.pdf", "stevenshof-dialoog-stemvel.pdf",
    }  # fmt: skip
    style.unlink()
    assert run("dialogue", "stevenshof", cwd=own).code == 0
    assert not (own / "output/_rejected").exists()


def test_what_was_filled_in_is_left_as_it_is(project: Path, tmp_path: Path) -> None:
    run("dialogue", "stevenshof", "-o", tmp_path, cwd=project)
    filled = tmp_path / "stevenshof" / "stevenshof-dialoog.yaml"
    filled.write_text(filled.read_text("utf-8") + "\nwishes: [rust]\n", encoding="utf-8")
    before = filled.read_bytes()
    again = run("dialogue", "stevenshof", "-o", tmp_path, cwd=project)
    assert (again.code, filled.read_bytes()) == (0, before)
    assert f"{filled} was filled in or changed: left as it is" in again.err
    taken = run("dialogue", "stevenshof", "--results", filled, cwd=project)
    assert taken.err == "added: wishes\n"


RESULTS = """\
dialogue:
  date: 2026-05-12
  place: Buurthuis
  number: 31
  held: true
  votes: {leefstijl: 14, sociale-omgeving: 22, participatie: 3}
  notes:
    - {theme: leefstijl, kind: wishes, text: Samen wandelen}
priorities:
  - {theme: sociale-omgeving, why: Bewoners willen elkaar kennen., source: dialogue}
"""


@pytest.fixture
def own(project: Path, tmp_path: Path) -> Path:
    """A project with a profile of its own, with comments."""
    root = tmp_path / "eigen"
    shutil.copytree(project, root, ignore=shutil.ignore_patterns("output"))
    shipped = sample.config().assets.find("configs/profiles/stevenshof.yaml")
    shutil.copy(shipped, root / "configs/profiles/stevenshof.yaml")
    return root


def test_results_come_back_in_the_next_build(own: Path) -> None:
    path, results = own / "configs/profiles/stevenshof.yaml", own / "r.yaml"
    before = path.read_text(encoding="utf-8")
    results.write_text(RESULTS, encoding="utf-8")
    outcome = run("dialogue", "stevenshof", "--results", "r.yaml", cwd=own)
    assert (outcome.code, outcome.err) == (0, "added: dialogue, priorities\n")
    assert Path(outcome.out.strip()) == path
    after = path.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip("\n"))
    people = load(Assets.of(own)).profiles["stevenshof"]
    assert people.dialogue.date == dt.date(2026, 5, 12)
    assert people.dialogue.votes == {"leefstijl": 14, "sociale-omgeving": 22, "participatie": 3}
    assert [p.source for p in people.priorities] == ["dialogue"]
    again = run("dialogue", "stevenshof", "--results", "r.yaml", cwd=own)
    assert again.err == "nothing new: it all stood there\n"
    assert path.read_text(encoding="utf-8") == after

    built = run("build", "stevenshof", cwd=own)
    assert built.code == 0, built.err
    document = pypdfium2.PdfDocument(Path(built.out.split()[0]))
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    told = " ".join(text.split())
    for said in ("12 mei 2026", "31 deelnemers", "Samen wandelen", "uit de wijkdialoog"):
        assert said in told


def test_votes_become_priorities_above_an_equal_share(own: Path) -> None:
    """39 votes over five themes: a share is 7.8."""
    (own / "s.csv").write_text("Leefstijl;14\nSociale omgeving;22\nParticipatie;3\n")
    assert run("dialogue", "stevenshof", "--results", "s.csv", cwd=own).code == 0
    people = load(Assets.of(own)).profiles["stevenshof"]
    assert people.dialogue.held
    assert [(p.theme, p.source, p.why) for p in people.priorities] == [
        ("sociale-omgeving", "dialogue", "22 van de 39 stippen gingen naar dit thema."),
        ("leefstijl", "dialogue", "14 van de 39 stippen gingen naar dit thema."),
    ]


@pytest.mark.parametrize(
    ("results", "where", "said"),
    [
        ("wishes: rust\n", "r.yaml:1", "where a list is expected"),
        ("\ndialogue: {number: -1}\n", "r.yaml:2", "-1 is below 0"),
        ("dialogue:\n  votes:\n    leefstyl: 3\n", "r.yaml:3", "did you mean 'leefstijl'?"),
        ("priorities:\n- {theme: sport, why: x, source: dialogue}\n", "r.yaml:2", "'sport'"),
        ("wensen: [rust]\n", "r.yaml:1", "unknown key"),
        ("quotes: [{text: Fijn, who: resident}]\n", "r.yaml:1", "quotes[0].consent: missing"),
        ("name: Anders\n", "r.yaml:1", "but the profile says 'Stevenshof'"),
        ("areas: [WK054608]\n", "r.yaml:1", "areas"),
        ("- rust\n", "r.yaml:1", "is no profile"),
        ("wishes: [rust\n", "r.yaml:2", "is not YAML"),
    ],
)
def test_wrong_results_name_their_line_and_write_nothing(
    results: str, where: str, said: str, own: Path
) -> None:
    path = own / "configs/profiles/stevenshof.yaml"
    before = path.read_bytes(), sorted(path.parent.iterdir())
    (own / "r.yaml").write_text(results, encoding="utf-8")
    outcome = run("dialogue", "stevenshof", "--results", "r.yaml", cwd=own)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"{where}  " in outcome.err
    assert said in outcome.err
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == before


def test_a_conflict_names_both_lines(own: Path) -> None:
    (own / "r.yaml").write_text("kind: dorp\n", encoding="utf-8")
    outcome = run("dialogue", "stevenshof", "--results", "r.yaml", cwd=own)
    line = 1 + (own / "configs/profiles/stevenshof.yaml").read_text("utf-8").splitlines().index(
        "kind: wijk"
    )
    assert f"(configs/profiles/stevenshof.yaml:{line})" in outcome.err


def test_an_area_without_a_profile_gets_one(own: Path) -> None:
    (own / "r.yaml").write_text("wishes: [Meer bomen]\n", encoding="utf-8")
    outcome = run("dialogue", "WK054601", "--results", "r.yaml", cwd=own)
    assert outcome.code == 0, outcome.err
    made = yaml.safe_load(Path(outcome.out.strip()).read_text(encoding="utf-8"))
    assert (made["areas"], made["wishes"]) == (["WK054601"], ["Meer bomen"])


@pytest.mark.parametrize("name", ["weg.yaml", "r.txt"])
def test_a_file_that_is_not_there_or_not_known_is_told(name: str, own: Path) -> None:
    (own / "r.txt").write_text("leefstijl,3\n")
    outcome = run("dialogue", "stevenshof", "--results", name, cwd=own)
    assert outcome.code == 2
    assert "hint" in outcome.err or ".csv" in outcome.err


def test_the_profiles_of_the_package_are_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text("wishes: [rust]\n", encoding="utf-8")
    shipped = sample.config().assets.find("configs/profiles/stevenshof.yaml")
    before = shipped.read_bytes()
    outcome = run("dialogue", "stevenshof", "--results", "r.yaml", cwd=tmp_path)
    assert outcome.code == 2
    assert "there is no project folder here" in outcome.err
    assert shipped.read_bytes() == before


def test_the_table_of_votes_reads_back_what_was_counted() -> None:
    framework = sample.config().frameworks["wijzer-in-de-wijk"]
    text = dialogue_votes.table(framework, {"leefstijl": 4})
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[1] for row in rows] == ["4", "", "", "", ""]


def test_working_material_is_not_part_of_all() -> None:
    every = Order.of(["all"], sample.config()).documents
    scopes = {sample.config().documents[name].scope for name in every}
    assert material.SCOPE not in scopes
    assert {"factsheet", "folder"} <= set(every)
