"""Lists of areas: what people bring along, and no row of it that goes missing."""

from __future__ import annotations

from pathlib import Path

import pytest

import sample
from terminal import run
from wijkprofiel.build.select import Selection, names_of
from wijkprofiel.errors import ConfigError


def chosen(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    return names_of(Selection(lists=(path,)), sample.config(), sample.dataset())


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("naam;code\nRidderveld;WK048402\nLeeg;\n", [3]),
        ("naam;code\nRidderveld;WK048402\nKort\n", [3]),
        ("code;naam\nWK048402;A\n;B zonder code\n\n;C ook niet\n", [3, 5]),
        ("WK048402;A\n;B\n", [2]),
        ("naam;code\nRidderveld;WK048402\nZegersloot;# weet ik nog niet\n", [3]),
    ],
)
def test_a_row_without_an_area_is_told_with_its_line(
    text: str, where: list[int], tmp_path: Path
) -> None:
    path = tmp_path / "wijken.csv"
    with pytest.raises(ConfigError) as caught:
        chosen(path, text)
    assert [problem.where for problem in caught.value.problems] == [
        f"{path}:{line}" for line in where
    ]
    assert {problem.message for problem in caught.value.problems} == {"the row names no area"}


def test_nothing_is_built_of_a_list_with_such_a_row(tmp_path: Path) -> None:
    (tmp_path / "wijken.csv").write_text("naam;code\nRidderveld;WK048402\nLeeg;\n")
    done = run("build", "--select", "wijken.csv", "-o", "uit", cwd=tmp_path)
    assert done.code == 2
    assert "wijken.csv:3  the row names no area" in done.err
    assert not (tmp_path / "uit").exists()


@pytest.mark.parametrize(
    "head",
    [
        "code", "wijkcode", "buurtcode", "gwb_code", "gwb_code_10", "Wijk code", "CBS-code",
        "statcode", "regio", "area", "naam", "Wijknaam", "gemeentecode",
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["WK048402", "Ridderveld"])
def test_the_head_of_a_column_of_areas(head: str, before: str, tmp_path: Path) -> None:
    path = tmp_path / "wijken.csv"
    assert chosen(path, f"{head};aantal\n{before};3\n") == [before]
    assert chosen(path, f"aantal;{head}\n3;{before}\n") == [before]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # "Centrum" is a wijk in Leiden and in 's-Gravenhage: only the code says which.
        ("naam;wijkcode\nCentrum;WK051828\n", ["WK051828"]),
        ("wijkcode;naam\nWK051828;Centrum\n", ["WK051828"]),
        ("wijkcode;buurtcode\nWK034408;BU03440821\n", ["BU03440821"]),
        # Of a wijk the gemeente says where it lies, not what is asked.
        ("gemeentecode;naam\nGM0484;Ridderveld\n", ["Ridderveld"]),
        ("gemeentecode;gemeentenaam\nGM0484;Alphen aan den Rijn\n", ["GM0484"]),
        ("code,naam\nWK048402,A\n", ["WK048402"]),
        ("# lijst, van de GGD\nnaam;code\nRidderveld;WK048402\n", ["WK048402"]),
        ('# met "een aanhaling\n\n# en nog een, twee, drie\ncode\tn\nWK048402\t1\n', ["WK048402"]),
        ("Ridderveld\nstevenshof   # profiel\n", ["Ridderveld", "stevenshof"]),
    ],
)
def test_which_column_and_what_parts_them(text: str, found: list[str], tmp_path: Path) -> None:
    assert chosen(tmp_path / "wijken.csv", text) == found
