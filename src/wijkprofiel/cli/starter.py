"""``wijkprofiel init``: a project folder for another GGD."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from string import Template

import yaml

from wijkprofiel.assets import Assets, shipped_root
from wijkprofiel.config import Config, load
from wijkprofiel.errors import ConfigError

_TEMPLATES = "templates/project"
_FILES = {
    "wijkprofiel.yaml": "wijkprofiel.yaml.txt",
    "README.md": "README.md",
    "configs/profiles/README.md": "README-profiles.md",
    "configs/indicators/README.md": "README-indicators.md",
    "configs/frameworks/README.md": "README-frameworks.md",
    "configs/sources/README.md": "README-sources.md",
    "configs/styles/README.md": "README-styles.md",
    "templates/README.md": "README-templates.md",
    "data/README.md": "README-data.md",
}


@dataclass(frozen=True, slots=True)
class Started:
    """What was made, and what to do next."""

    folder: Path
    advice: str


def start(folder: Path, gemeente: str, date: dt.date) -> Started:
    """Make a project folder for one gemeente.

    Args:
        folder: is made; it must not be there, or be empty.
        gemeente: CBS code.
        date: edition date of its documents.

    Raises:
        ConfigError: the code is no gemeente, or the folder is in use.
    """
    code = gemeente.strip().upper()
    if not re.fullmatch(r"GM\d{4}", code):
        message = f"'{gemeente}' is not the code of a gemeente: GM and four digits"
        raise ConfigError(message, where="--gemeente")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "choose a new folder; nothing is overwritten"
        raise ConfigError(f"{folder} is there already", hint, where=str(folder))
    assets = Assets.of(None)
    config = load(assets)
    name = _name(config, code)
    slug = _slug(name or code)
    facts = _facts(config, code, name or code, date) | {"slug": slug}
    _write(folder, _texts(assets, slug, facts))
    return Started(folder, _advice(folder, slug, code, found=name is not None))


def _name(config: Config, code: str) -> str | None:
    from wijkprofiel.sources import folder

    table = folder.load(config).areas
    found = table[(table["code"] == code)].sort_values("boundary_year")["name"]
    return None if found.empty else str(found.iloc[-1])


def _slug(name: str) -> str:
    from wijkprofiel import areas

    return areas.slugify(name)


def _facts(config: Config, code: str, name: str, date: dt.date) -> dict[str, str]:
    project = config.project
    tables = {
        "boundary_year": project.boundary_year,
        "periods": dict(project.periods),
        "editions": dict(project.editions),
        "country": dict(project.country),
        "frameworks": list(project.frameworks),
        "documents": list(project.documents),
    }
    return {
        "title": json.dumps(f"Wijkprofielen {name}", ensure_ascii=False),
        "name": json.dumps(name, ensure_ascii=False),
        "gemeente": code,
        "date": date.isoformat(),
        "style": project.style,
        "tables": yaml.safe_dump(tables, sort_keys=False, allow_unicode=True),
        "schemas": (shipped_root() / "configs" / "schema").as_posix(),
    }


def _texts(assets: Assets, slug: str, facts: dict[str, str]) -> dict[str, str]:
    files = {**_FILES, f"configs/profiles/{slug}.yaml": "profile.yaml.txt"}
    plain = facts | {"title": json.loads(facts["title"])}
    return {
        path: Template(assets.find(f"{_TEMPLATES}/{name}").read_text(encoding="utf-8")).substitute(
            facts if name.endswith(".txt") else plain
        )
        for path, name in files.items()
    }


def _write(folder: Path, texts: dict[str, str]) -> None:
    aside = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        for path, text in texts.items():
            (aside / path).parent.mkdir(parents=True, exist_ok=True)
            (aside / path).write_text(text, encoding="utf-8")
        if folder.is_dir():
            folder.rmdir()
        aside.replace(folder)
    except OSError as failure:
        message = f"cannot make {folder}: {failure.strerror}"
        raise ConfigError(message, "choose another folder", where=str(folder)) from failure
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _advice(folder: Path, slug: str, code: str, *, found: bool) -> str:
    if found:
        return f"next: wijkprofiel --project {folder} build {slug}"
    return (
        f"the sample data do not hold {code}, so nothing can be built yet: fetch its figures first "
        f"(write 'data: data/cijfers' in {folder / 'wijkprofiel.yaml'}, then "
        f"wijkprofiel --project {folder} fetch)"
    )
