# The house rules that a linter cannot know (CONTRIBUTING.md).

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyogrio
import pyogrio.raw
import pytest
import yaml
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
# document.yaml declares a document, as the files of configs/ do: there indicators have their place.
TEMPLATES = sorted(
    path
    for path in (ROOT / "templates").rglob("*")
    if path.is_file() and path.parent.name != "fonts" and path.name != "document.yaml"
)

MOST_LINES = 350
FORBIDDEN_WORDS = {"util", "utils", "helper", "helpers", "common", "manager", "managers"}


class Text(NamedTuple):
    """A piece of code or template that is neither comment nor docstring."""

    where: str
    text: str


# --- what counts as text -------------------------------------------------------


# Keyword arguments that are documentation: what a person reads in --help or in the editor.
DOCUMENTATION = {"description", "examples", "help", "epilog"}


def documentation(tree: ast.Module) -> set[int]:
    """Identities of the constants in docstrings and in documenting keyword arguments."""
    told = [
        node.value
        for node in ast.walk(tree)
        if (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        or (isinstance(node, ast.keyword) and node.arg in DOCUMENTATION)
    ]
    return {id(part) for node in told for part in ast.walk(node)}


def literals(path: Path, source: str) -> Iterator[Text]:
    """The string and number literals of a module, with their line."""
    tree = ast.parse(source)
    skipped = documentation(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in skipped:
            if isinstance(node.value, str):
                yield Text(f"{path}:{node.lineno}", node.value)
            elif isinstance(node.value, int) and node.value % 1000:  # 2000 is a round number
                yield Text(f"{path}:{node.lineno}", str(node.value))


TEMPLATE_COMMENTS = re.compile(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/", re.DOTALL)
# Names of specifications, not of our subject: http://www.w3.org/2000/svg.
SPECIFICATIONS = re.compile(
    r"https?://(www\.w3\.org|json-schema\.org|purl\.org|ns\.adobe\.com|schemas\.microsoft\.com"
    r"|schemas\.openxmlformats\.org)/\S*|tag:yaml\.org,\S*"
)


def template_lines(path: Path, source: str) -> Iterator[Text]:
    """The lines of a template without its comments."""
    blank = TEMPLATE_COMMENTS.sub(lambda match: "\n" * match[0].count("\n"), source)
    for number, line in enumerate(blank.splitlines(), 1):
        yield Text(f"{path}:{number}", line)


def read_text(path: Path) -> str | None:
    """The text of a file, or None for a picture or font."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    found: list[Text] = []
    for path in SOURCES:
        found += literals(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    for path in TEMPLATES:
        if (source := read_text(path)) is not None:
            found += template_lines(path.relative_to(ROOT), source)
    return [Text(where, SPECIFICATIONS.sub("", text)) for where, text in found]


def hits(texts: list[Text], pattern: re.Pattern[str]) -> list[str]:
    return [f"{where}  {match[0]!r}" for where, text in texts for match in pattern.finditer(text)]


def any_of(words: set[str]) -> re.Pattern[str]:
    """Match one of the words, whole: 'Bakel' is not in 'kabel-Bakelaar'."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])")


# --- what is looked for ----------------------------------------------------------

NAME_COLUMNS = {
    "gemeente", "gemeentenaam", "gm_naam", "naam", "name", "regio", "statnaam",
    "wijk", "wijkennaam", "wijknaam", "buurtnaam", "area_name",
}  # fmt: skip
# The country is the scope of the product and its reference, not a place in it.
NOT_PLACES = {"Nederland"}


def cells(path: Path) -> Iterator[tuple[str, Any]]:
    """(column, value) of every cell of a sample CSV, or property of a sample map."""
    if path.suffix == ".gpkg":
        for layer, _ in pyogrio.list_layers(path):
            meta, _, _, fields = pyogrio.raw.read(path, layer=layer, read_geometry=False)
            for column, values in zip(meta["fields"], fields, strict=True):
                yield from ((column, value) for value in values)
    if path.suffix in {".json", ".geojson"}:
        body = json.loads(path.read_text(encoding="utf-8"))
        for feature in body.get("features", []) if isinstance(body, dict) else []:
            yield from feature["properties"].items()
    elif path.suffix == ".csv":
        text = path.read_text(encoding="utf-8-sig")
        header = text.splitlines()[0]
        reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=header.count))
        for row in reader:
            yield from row.items()


def yaml_files(folder: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted((ROOT / "configs" / folder).rglob("*.yaml")):
        body = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(body, dict):
            yield path, body


def place_names() -> set[str]:
    """Names of wijken and gemeenten in data/sample, names and slugs of the shipped profiles."""
    found = {
        str(value).strip()
        for path in sorted((ROOT / "data/sample").rglob("*"))
        for column, value in cells(path)
        if column and column.strip().lower() in NAME_COLUMNS and value
    }
    for path, body in yaml_files("profiles"):
        found |= {path.stem, str(body.get("name", path.stem))}
    return {name for name in found if len(name) > 3 and not name.isdigit()} - NOT_PLACES


def indicator_ids() -> set[str]:
    """Ids of the shipped indicators: a file's name, its `id`, or the keys of a list of them."""
    found: set[str] = set()
    for path, body in yaml_files("indicators"):
        listed = body.get("indicators")
        if isinstance(listed, dict):
            found |= set(listed)
        elif isinstance(listed, list):
            found |= {str(item["id"]) for item in listed}
        else:
            found.add(str(body.get("id", path.stem)))
    return found


# --- the rules --------------------------------------------------------------------


def test_every_module_imports_only_what_comes_before_it() -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == 0, "see the contracts printed above"


def test_no_module_is_longer_than_350_lines() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in SOURCES
    }
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_nothing_is_called_utils_helpers_common_or_manager() -> None:
    found = []
    for path in SOURCES:
        relative = path.relative_to(ROOT)
        names = [part.removesuffix(".py") for part in relative.parts]
        names += [
            node.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ClassDef)
        ]
        for name in names:
            words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
            if FORBIDDEN_WORDS & {word.lower() for word in words}:
                found.append(f"{relative}: {name}")
    assert found == [], "it has no name yet: find one"


def test_no_place_is_named_in_code_or_templates(texts: list[Text]) -> None:
    places = place_names()
    assert len(places) > 100, "data/sample and configs/profiles gave too few names to look for"
    assert hits(texts, any_of(places)) == [], "a place belongs in configs/profiles"


def test_no_indicator_is_named_in_code_or_templates(texts: list[Text]) -> None:
    ids = indicator_ids()
    assert len(ids) > 10, "configs/indicators gave too few ids to look for"
    assert hits(texts, any_of(ids)) == [], "an indicator belongs in configs/"


def test_no_table_is_named_in_code_or_templates(texts: list[Text]) -> None:
    assert hits(texts, re.compile(r"\d{5}NED")) == [], "a table id belongs in configs/"


def test_no_year_stands_in_code_or_templates(texts: list[Text]) -> None:
    year = re.compile(r"(?<![\w#.])20[0-3]\d(?![\w%])")
    assert hits(texts, year) == [], "a year belongs in configs/ or in the data"


# --- the rules can fail -------------------------------------------------------------


def test_a_literal_is_found_and_documentation_is_not() -> None:
    code = (
        '"""Since 2020."""\n'
        'text = f"in 2021 {year}"  # 2022\n'
        "year = 2023\n"
        "round_number = 2000\n"
        'field = Field("2024", description="such as 2025")\n'
    )
    found = {text.text.strip() for text in literals(Path("m.py"), code)}
    assert found == {"in 2021", "2023", "2024"}


def test_a_line_of_a_template_is_found_and_its_comment_is_not() -> None:
    template = "<p>2020</p>\n{# 2021\n2022 #}\n<p>Ridderveld</p><!-- 2023 -->"
    found = list(template_lines(Path("t.html"), template))
    assert [text.text for text in found] == ["<p>2020</p>", "", "", "<p>Ridderveld</p>"]
    assert found[3].where == "t.html:4"


def test_the_lock_names_no_registry_but_pypi() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
