"""A project folder overrides any single file of the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from wijkprofiel.assets import PROJECT_FILE, Assets, find_project, shipped_root
from wijkprofiel.errors import ConfigError


@pytest.fixture
def roots(tmp_path: Path) -> Assets:
    for name, files in {
        "mine": {"configs/a.yaml": "mine"},
        "shipped": {"configs/a.yaml": "theirs", "configs/b.yaml": "theirs"},
    }.items():
        for path, text in files.items():
            target = tmp_path / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
    return Assets((tmp_path / "mine", tmp_path / "shipped"))


def test_the_project_wins_and_the_shipped_fills_in(roots: Assets) -> None:
    assert roots.find("configs/a.yaml").read_text() == "mine"
    assert roots.find("configs/b.yaml").read_text() == "theirs"


def test_every_gives_each_name_once_in_order(roots: Assets) -> None:
    assert [p.read_text() for p in roots.every("configs")] == ["mine", "theirs"]


@pytest.mark.parametrize("name", ["configs/c.yaml", "../mine/../../etc/passwd", "/etc/passwd"])
def test_what_is_not_there_or_outside_is_an_error(roots: Assets, name: str) -> None:
    with pytest.raises(ConfigError, match="is not there"):
        roots.find(name)


def test_a_link_that_leads_outside_is_not_followed(roots: Assets, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "mine" / "configs" / "link.yaml").symlink_to(tmp_path / "secret")
    with pytest.raises(ConfigError, match="is not there"):
        roots.find("configs/link.yaml")


def test_the_project_is_found_from_any_folder_below_it(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_project(deep) is None
    (tmp_path / PROJECT_FILE).write_text("title: x")
    assert find_project(deep) == tmp_path.resolve()


def test_the_shipped_root_has_what_ships() -> None:
    for name in ("templates", "configs", "data/sample"):
        assert (shipped_root() / name).is_dir()
