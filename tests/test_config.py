# Expected lines are counted by hand in tests/tiny_project.py; contrasts are those that the design
# was measured with (design/buurt, section 3) and WebAIM's #767676.

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import tiny_project as tiny
from wijkprofiel.assets import Assets, shipped_root
from wijkprofiel.config import contrast, load
from wijkprofiel.config.located import parse
from wijkprofiel.config.schema import schemas
from wijkprofiel.errors import ConfigError, Problem


def problems(assets: Assets) -> tuple[Problem, ...]:
    with pytest.raises(ConfigError) as caught:
        load(assets)
    return caught.value.problems


def test_a_sound_project_loads_with_everything_in_it(tmp_path: Path) -> None:
    config = load(tiny.make(tmp_path))
    assert list(config.indicators) == ["eenzaam", "inwoners"]
    assert config.frameworks["kader"].domains[0].slots[0].indicators[0].id == "eenzaam"
    assert list(config.profiles) == ["dorp"]
    assert config.broken_profiles == {}
    assert config.places["indicator", "inwoners"] == "configs/indicators/onderwerpen.yaml:10"


def test_the_shipped_configs_and_every_shipped_profile_are_sound() -> None:
    config = load(Assets.of(None))
    assert {slug: str(e.problems) for slug, e in config.broken_profiles.items()} == {}
    written = {path.stem for path in (shipped_root() / "configs/profiles").glob("*.yaml")}
    assert set(config.profiles) == written != set()


# --- one mistake, one place ---------------------------------------------------------------

KEYS = "configs/indicators/onderwerpen.yaml"
FRAME = "configs/frameworks/kader.yaml"
STYLE = "configs/styles/kaal.yaml"

# what is spoiled, old text, new text, place, sentence
MISTAKES: dict[str, tuple[str, str, str, str, str]] = {
    "unknown key": (
        "PROJECT", "style: kaal", "stile: kaal", "wijkprofiel.yaml:3",
        "stile: unknown key (did you mean 'title' or 'style'?)",
    ),
    "number for text": (
        "PROJECT", 'tabel: "2020"', "tabel: 2020", "wijkprofiel.yaml:5",
        "periods.tabel: a number (2020) where text is expected",
    ),
    "text for number": (
        "PROJECT", "year: 2024", "year: straks", "wijkprofiel.yaml:4",
        "boundary_year: text (straks) where a whole number is expected",
    ),
    "text for a list": (
        "PROJECT", "[kader]", "kader", "wijkprofiel.yaml:7",
        "frameworks: text (kader) where a list is expected",
    ),
    "list for text": (
        "PROJECT", "title: Klein", "title: [Klein]", "wijkprofiel.yaml:1",
        "title: a list where text is expected",
    ),
    "no date": (
        "PROJECT", "2026-03-31", "voorjaar", "wijkprofiel.yaml:2",
        "edition.date: text (voorjaar) where a date (year-month-day) is expected",
    ),
    "a day that does not exist": (
        "PROJECT", "2026-03-31", "2026-02-31", "wijkprofiel.yaml:2", "'2026-02-31' is not a date",
    ),
    "missing key": (
        "SOURCE", "licence: CC BY 4.0\n", "", "configs/sources/tabel.yaml:1", "licence: missing",
    ),
    "a key without a value": (
        "SOURCE", "CC BY 4.0", "", "configs/sources/tabel.yaml:4", "licence: missing",
    ),
    "key twice": (
        "SOURCE", "producer: CBS\n", "producer: CBS\ntitle: Nog een\n",
        "configs/sources/tabel.yaml:4", "title: this key stands twice (first in line 2)",
    ),
    "tab": (
        "SOURCE", "  - {table", "\t- {table", "configs/sources/tabel.yaml:7", "starts with a tab",
    ),
    "empty file": ("SOURCE", tiny.SOURCE, "", "configs/sources/tabel.yaml:1", "is empty"),
    "only a comment": (
        "SOURCE", tiny.SOURCE, "# straks\n", "configs/sources/tabel.yaml:1", "is empty",
    ),
    "a colon in a text": (
        "SOURCE", "Tabel\n", "Tabel: wijken\n", "configs/sources/tabel.yaml:2",
        "is not YAML: mapping values are not allowed",
    ),
    "a Python object": (
        "SOURCE", "title: Tabel", "title: !!python/object/apply:os.getcwd []",
        "configs/sources/tabel.yaml:2", "a tag ('!...') is not allowed here",
    ),
    "a list instead of a mapping": (
        "SOURCE", tiny.SOURCE, "- id: tabel\n", "configs/sources/tabel.yaml:1",
        "a list where a mapping (key: value) is expected",
    ),
    "indicator without direction": (
        "INDICATORS", "    direction: worse\n", "", f"{KEYS}:2", "indicators[0].direction: missing",
    ),
    "direction that is no direction": (
        "INDICATORS", "direction: worse", "direction: worst", f"{KEYS}:6",
        ("indicators[0].direction: 'worst' is not one of better, worse, neutral"
        " (did you mean 'worse'?)"),
    ),
    "label too long": (
        "INDICATORS", "title: Inwoners", f"title: {'lang ' * 8}woord", f"{KEYS}:11",
        ("indicators[1].title: 'lang lang lang lang lang lang lang lang woord' has 45 characters,"
        " at most 32 fit"),
    ),
    "doubled indicator": (
        "INDICATORS", "id: inwoners", "id: eenzaam", f"{KEYS}:10",
        f"indicators[1].id: 'eenzaam' is already the id of {KEYS}:2",
    ),
    "id that is no slug": (
        "INDICATORS", "id: inwoners", "id: ../inwoners", f"{KEYS}:10",
        "indicators[1].id: '../inwoners' is not a slug",
    ),
    "unknown table": (
        "INDICATORS", "{table: tabel, keys: {all", "{table: tabbel, keys: {all", f"{KEYS}:9",
        "indicators[0].sources[0].table: 'tabbel' is not a source table (did you mean 'tabel'?)",
    ),
    "unknown edition": (
        "INDICATORS", "{T1: Aantal", "{T9: Aantal", f"{KEYS}:18",
        "indicators[1].sources[0].keys.T9: 'T9' is not an edition of tabel\n  known: all, T1",
    ),
    "no source at all": (
        "INDICATORS", "    sources: [{table: tabel, keys: {T1: AantalInwoners}}]\n", "",
        f"{KEYS}:10", "indicators[1].sources: missing: nothing says where it comes from",
    ),
    "ratio without parts": (
        "INDICATORS", "combine: sum", "combine: ratio", f"{KEYS}:17",
        "indicators[1].combine: 'ratio' needs the key 'ratio'",
    ),
    "class without words": (
        "INDICATORS", "unit: count", "unit: class", f"{KEYS}:13",
        "indicators[1].unit: 'class' needs the key 'classes'",
    ),
    "computed from itself": (
        "INDICATORS", "sources: [{table: tabel, keys: {T1: AantalInwoners}}]",
        "sum_of: [inwoners]", f"{KEYS}:18",
        "indicators[1].sum_of: 'inwoners' is computed from itself",
    ),
    "weight zero": (
        "FRAMEWORK", "weight: 1", "weight: 0", f"{FRAME}:14",
        "domains[0].slots[0].weight: 0 is not above 0",
    ),
    "weight negative": (
        "FRAMEWORK", "weight: 1", "weight: -2", f"{FRAME}:14",
        "domains[0].slots[0].weight: -2 is not above 0",
    ),
    "weight that is no number": (
        "FRAMEWORK", "weight: 1", "weight: .nan", f"{FRAME}:14", "domains[0].slots[0].weight: nan",
    ),
    "weight without end": (
        "FRAMEWORK", "weight: 1", "weight: .inf", f"{FRAME}:14", "domains[0].slots[0].weight: inf",
    ),
    "unknown indicator": (
        "FRAMEWORK", "id: eenzaam,", "id: eenzaan,", f"{FRAME}:16",
        ("domains[0].slots[0].indicators[0].id: 'eenzaan' is not an indicator"
        " (did you mean 'eenzaam'?)"),
    ),
    "neutral indicator that is scored": (
        "FRAMEWORK", "id: eenzaam,", "id: inwoners,", f"{FRAME}:16",
        "domains[0].slots[0].indicators[0].id: 'inwoners' is neutral and cannot be scored",
    ),
    "indicator that counts twice": (
        "FRAMEWORK", "    context:",
        ("      - {id: tweede, title: T, kind: outcome, indicators: [{id: eenzaam, basis: B}]}\n"
        "    context:"), f"{FRAME}:17",
        f"domains[0].slots[1].indicators[0].id: 'eenzaam' counts already at {FRAME}:16",
    ),
    "doubled slot": (
        "FRAMEWORK", "    context:",
        "      - {id: eenzaamheid, title: T, kind: outcome, indicators: []}\n    context:",
        f"{FRAME}:17",
        f"domains[0].slots[1].id: 'eenzaamheid' is already the slot of {FRAME}:11",
    ),
    "normalisation by a target that is not there": (
        "FRAMEWORK", "domains:", "normalisation: target\ndomains:", f"{FRAME}:17",
        ("domains[0].slots[0].indicators[0].target: missing: framework 'kader' is normalised by"
        " 'target', and 'eenzaam' in domain 'meedoen', slot 'eenzaamheid', has none"),
    ),
    "goalposts against the direction": (
        "FRAMEWORK", "id: eenzaam,", "id: eenzaam, goalposts: [20, 60],", f"{FRAME}:16",
        ("domains[0].slots[0].indicators[0].goalposts: the worst value comes first, then the best;"
        " of 'eenzaam' lower is better"),
    ),
    "goalposts that are the same": (
        "FRAMEWORK", "id: eenzaam,", "id: eenzaam, goalposts: [20, 20],", f"{FRAME}:16",
        ("domains[0].slots[0].indicators[0].goalposts: the worst and the best value are the same"),
    ),
    "bands that fall": (
        "FRAMEWORK", "domains:", "bands: {similar: 1.5}\ndomains:", f"{FRAME}:5",
        "bands: similar, slight and clear must rise, not 1.5, 1, 2",
    ),
    "colour role that no style has": (
        "FRAMEWORK", "colour: groen", "colour: groem", f"{FRAME}:9",
        "domains[0].colour: 'groem' is not a theme colour of style kaal (did you mean 'groen'?)",
    ),
    "colour that is no colour": (
        "STYLE", '"#837888"', "grijs", f"{STYLE}:9", "colours.line: 'grijs' is not a colour",
    ),
    "text without contrast": (
        "STYLE", '"#665A6C"', '"#8F8595"', f"{STYLE}:8", "colours.mute: #8F8595 on paper",
    ),
    "graphic without contrast": (
        "STYLE", '"#837888"', '"#C9CED8"', f"{STYLE}:9", "colours.line: #C9CED8 on paper",
    ),
    "font that is not there": (
        "STYLE", "letter.woff2", "weg.woff2", f"{STYLE}:5",
        "fonts[0].files[400]: 'weg.woff2' is not in templates/fonts/",
    ),
    "font outside the project": (
        "STYLE", "letter.woff2", "../../../etc/passwd", f"{STYLE}:5",
        "fonts[0].files[400]: '../../../etc/passwd' is not in templates/fonts/",
    ),
    "stylesheet that is not there": (
        "STYLE", "stylesheet: kaal", "stylesheet: kaall", f"{STYLE}:3",
        "stylesheet: there is no folder templates/styles/kaall/",
    ),
    "unknown framework in a document": (
        "DOCUMENT", "web: kader", "web: kadre", "templates/blad/document.yaml:4",
        "web: 'kadre' is not a framework (did you mean 'kader'?)",
    ),
    "document under another name": (
        "DOCUMENT", "id: blad", "id: folder", "templates/blad/document.yaml:1",
        "id: 'folder' stands in templates/blad/",
    ),
    "period that the edition does not hold": (
        "PROJECT", 'tabel: "2020"', 'tabel: "2022"', "wijkprofiel.yaml:5",
        "periods.tabel: T1 does not hold '2022'\n  known: 2016, 2020",
    ),
    "edition that the table does not have": (
        "PROJECT", "tabel: T1", "tabel: T2", "wijkprofiel.yaml:6",
        "editions.tabel: 'T2' is not an edition of tabel\n  known: T1",
    ),
    "table that is not there": (
        "PROJECT", "{tabel: T1}", "{tabel: T1, tabl: T1}", "wijkprofiel.yaml:6",
        "editions.tabl: 'tabl' is not a source table (did you mean 'tabel'?)",
    ),
    "usual style that is not there": (
        "PROJECT", "style: kaal\n", "", "wijkprofiel.yaml:1", "style: 'buurt' is not a house style",
    ),
    "style that is not there": (
        "PROJECT", "style: kaal", "style: bont", "wijkprofiel.yaml:3",
        "style: 'bont' is not a house style\n  known: kaal",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_once_with_file_and_line(name: str, tmp_path: Path) -> None:
    constant, old, new, where, message = MISTAKES[name]
    text = getattr(tiny, constant)
    assert old in text or old == text
    found = list(problems(tiny.make(tmp_path, **{constant: text.replace(old, new, 1)})))
    here = [p for p in found if p.where == where and p.message.startswith(message)]
    assert len(here) == 1, found
    consequences = {
        "doubled indicator",
        "empty file",
        "only a comment",
        "tab",
        "id that is no slug",
    }
    if name not in consequences | CASCADES:
        assert len(found) == 1, found


CASCADES = {
    # A file that cannot be read, or a name that is gone, leaves others pointing at nothing.
    "a colon in a text", "a Python object", "a list instead of a mapping", "doubled slot",
    "text without contrast", "graphic without contrast", "unknown key",
}  # fmt: skip


def test_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    found = problems(
        tiny.make(
            tmp_path,
            PROJECT=tiny.PROJECT.replace("kaal", "bont"),
            FRAMEWORK=tiny.FRAMEWORK.replace("weight: 1", "weight: 0"),
            INDICATORS=tiny.INDICATORS.replace("    direction: worse\n", ""),
        )
    )
    assert [p.where for p in found] == ["wijkprofiel.yaml:3", f"{KEYS}:2", f"{FRAME}:14"]


# --- profiles -----------------------------------------------------------------------------


def broken(assets: Assets, slug: str = "dorp") -> tuple[Problem, ...]:
    return load(assets).broken_profiles[slug].problems


def test_a_broken_profile_reads_as_the_house_rules_show_and_breaks_only_itself(
    tmp_path: Path,
) -> None:
    text = "name: Dorp\nareas: [WK123401]\nframwork: x\ndocuments:\n  - blad\n  - flyer\n"
    assets = tiny.make(tmp_path, PROFILE=text)
    (tmp_path / "configs/profiles/stad.yaml").write_text(tiny.PROFILE)
    config = load(assets)
    assert list(config.profiles) == ["stad"]
    assert [str(p) for p in config.broken_profiles["dorp"].problems] == [
        "configs/profiles/dorp.yaml:3  framwork: unknown key",
        (
            "configs/profiles/dorp.yaml:6  documents[1]: 'flyer' is not a document type\n"
            "  known: blad\n"
            "  hint: add templates/flyer/ to make it one"
        ),
    ]


PROFILE_MISTAKES = {
    "areas: [WK12340]": (2, "areas[0]: 'WK12340' is not a CBS code: WK has 6 digits"),
    "areas: [wk123401]": (2, "areas[0]: 'wk123401' is not a CBS code such as"),
    "areas: [PV28]": (2, "areas[0]: 'PV28' is not a wijk (WK), buurt (BU) or gemeente (GM)"),
    "areas: []": (2, "areas: has 0 items, at least 1"),
    "areas: [WK123401, WK123401]": (2, "areas[1]: 'WK123401' stands there twice"),
    "areas: [WK123401, GM1234]": (2, "areas[1]: 'GM1234' overlaps 'WK123401'"),
    "areas: [WK123401, BU12340105]": (2, "areas[1]: 'BU12340105' overlaps 'WK123401'"),
    "areas: [WK123401]\nquotes: [{text: Fijn, who: resident}]": (
        3, "quotes[0].consent: missing",
    ),
    "areas: [WK123401]\nquotes: [{text: Fijn, who: resident, consent: no}]": (
        3, "quotes[0].consent: 'false' is not one of true, published",
    ),
    "areas: [WK123401]\nquotes: [{text: Fijn, who: resident, consent: published}]": (
        3, "quotes[0]: a quote with consent 'published' needs a 'source'",
    ),
    "areas: [WK123401]\nquotes: [{text: A, who: resident, consent: true, theme: medoen}]": (
        3, ("quotes[0].theme: 'medoen' is not a theme or dimension of a framework"
        " (did you mean 'meedoen'?)"),
    ),
    "areas: [WK123401]\ngoals: [{title: Meer, indicator: eenzaan}]": (
        3, "goals[0].indicator: 'eenzaan' is not an indicator (did you mean 'eenzaam'?)",
    ),
    "areas: [WK123401]\ngoals: [{title: Meer}]": (
        3, "goals[0]: nothing says how this goal is measured",
    ),
    "areas: [WK123401]\ncontact: {url: 'javascript:alert(1)'}": (
        3, "contact.url: 'javascript:alert(1)' is not a web address",
    ),
    "areas: [WK123401]\ncontact: {phone: 0172123456}": (
        3, "contact.phone: a number (0172123456) where text is expected",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", PROFILE_MISTAKES)
def test_a_mistake_in_a_profile_breaks_that_profile(text: str, tmp_path: Path) -> None:
    line, message = PROFILE_MISTAKES[text]
    found = broken(tiny.make(tmp_path, PROFILE=f"name: Dorp\n{text}\n"))
    assert [p.where for p in found] == [f"configs/profiles/dorp.yaml:{line}"]
    assert found[0].message.startswith(message)


@pytest.mark.parametrize("name", ["Dorp", "dorp oost", "dorp--oost", "d..orp"])
def test_a_profile_whose_file_name_is_no_slug_is_not_built(name: str, tmp_path: Path) -> None:
    assets = tiny.make(tmp_path)
    (tmp_path / f"configs/profiles/{name}.yaml").write_text(tiny.PROFILE)
    found = broken(assets, name)
    assert [p.message for p in found] == [f"'{name}' cannot be the name of a profile"]


# --- the project's folder over the shipped one ---------------------------------------------


@pytest.fixture
def two_roots(tmp_path: Path) -> Assets:
    tiny.make(tmp_path / "shipped")
    (tmp_path / "own").mkdir()
    return Assets((tmp_path / "own", tmp_path / "shipped"))


def test_a_file_of_the_project_wins_and_the_rest_stays(two_roots: Assets) -> None:
    own = two_roots.project / "configs/indicators/onderwerpen.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(tiny.INDICATORS.replace("title: Eenzaam", "title: Alleen"))
    config = load(two_roots)
    assert config.indicators["eenzaam"].title == "Alleen"
    assert config.frameworks["kader"].title == "Kader"


def test_own_profiles_are_those_of_the_project_when_it_has_any(two_roots: Assets) -> None:
    assert load(two_roots).own_profiles == ("dorp",)
    own = two_roots.project / "configs/profiles/buurtschap.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(tiny.PROFILE)
    config = load(two_roots)
    assert config.own_profiles == ("buurtschap",)
    assert set(config.profiles) == {"buurtschap", "dorp"}


def test_a_mistake_in_a_shipped_file_names_that_file_in_full(two_roots: Assets) -> None:
    path = two_roots.roots[1] / "configs/sources/tabel.yaml"
    path.write_text(tiny.SOURCE.replace("kind: odata-v3", "kind: telex"))
    assert [p.where for p in problems(two_roots)] == [f"{path}:5"]


def test_no_project_file_at_all_is_said(tmp_path: Path) -> None:
    found = problems(Assets((tmp_path,)))
    assert [p.message for p in found] == ["'configs/wijkprofiel.yaml' is not there"]


# --- hash, places, schema, contrast ---------------------------------------------------------


def test_the_hash_follows_the_content_and_not_the_place(tmp_path: Path) -> None:
    first = load(tiny.make(tmp_path / "a")).hash
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    assert load(Assets((tmp_path / "b",))).hash == first
    (tmp_path / "b/configs/profiles/dorp.yaml").write_text(tiny.PROFILE + "# opmerking\n")
    assert load(Assets((tmp_path / "b",))).hash != first


def test_aliases_that_multiply_are_stopped() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    file = parse("\n".join(lines).encode(), "bom.yaml")
    assert "far too large" in file.problems[0][1].message


def test_an_alias_of_itself_is_stopped() -> None:
    assert "refers to itself" in parse(b"a: &a [*a]", "kring.yaml").problems[0][1].message


def test_a_merge_key_keeps_the_lines_of_what_was_merged() -> None:
    file = parse(b"a: &a\n  x: 1\nb:\n  <<: *a\n  y: 2\n", "f.yaml")
    assert file.data == {"a": {"x": 1}, "b": {"x": 1, "y": 2}}
    assert (file.at(("b", "x")), file.at(("b", "y"))) == ("f.yaml:2", "f.yaml:5")


@pytest.mark.parametrize(
    ("content", "where", "message"),
    [
        (b"a: caf\xe9\n", "f.yaml:1", "is not UTF-8 text"),
        (b"x: 1\na: \x07\n", "f.yaml:2", "holds a character that YAML does not allow"),
        (b"a: 1\n---\nb: 2\n", "f.yaml:2", "is not YAML: but found another document"),
        (b"a: 'open\n", "f.yaml:2", "is not YAML: found unexpected end of stream"),
    ],
)
def test_bytes_that_are_no_yaml_are_said_with_their_line(
    content: bytes, where: str, message: str
) -> None:
    ((_, problem),) = parse(content, "f.yaml").problems
    assert (problem.where, problem.message.startswith(message)) == (where, True), problem


def test_the_schemas_in_the_repository_are_those_of_the_types() -> None:
    folder = shipped_root() / "configs/schema"
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    assert written == schemas(), "run scripts/make_schema.py"
    assert all(json.loads(text)["additionalProperties"] is False for text in written.values())


def test_contrast_is_that_of_wcag() -> None:
    published = {"#2B1B33": 16.1, "#665A6C": 6.5, "#0A5FA8": 6.5, "#B5460B": 5.5, "#767676": 4.5}
    found = {colour: round(contrast.ratio(colour, "#FFFFFF"), 1) for colour in published}
    assert found == published


@pytest.mark.parametrize("background", ["#FFFFFF", "#2B1B33", "#FFC832"])
def test_the_colour_that_would_pass_passes_and_is_near(background: str) -> None:
    proposed = contrast.passing("#8F8595", background, contrast.TEXT)
    assert contrast.ratio(proposed, background) >= contrast.TEXT
    assert contrast.ratio(proposed, background) < contrast.TEXT + 0.2
