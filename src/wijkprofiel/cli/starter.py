"""``wijkprofiel init``: a project folder for another GGD."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from string import Template

import yaml

from wijkprofiel.assets import Assets
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
_SCHEMAS = ("project.json", "profiles.json")
"""What an editor reads to help with the YAML; copied, so that the folder can move."""


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
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "choose a new folder; nothing is overwritten"
        raise ConfigError(f"{folder} is there already", hint)
    assets = Assets.of(None)
    config = load(assets)
    sample = _sample(config)
    known = _country(config) | sample
    code = _code(gemeente, known)
    name = known[code]
    slug = _slug(name)
    facts = _facts(config, code, name, date) | {"slug": slug}
    _write(folder, _texts(assets, slug, facts))
    return Started(folder, _advice(folder, slug, code, found=code in sample))


def _sample(config: Config) -> dict[str, str]:
    """Return the newest name of each gemeente in the sample data, by code."""
    from wijkprofiel.sources import folder

    table = folder.load(config).areas.sort_values("boundary_year")
    held = table[table["code"].str.startswith("GM")]
    return {str(code): str(name) for code, name in zip(held["code"], held["name"], strict=True)}


def _country(config: Config) -> dict[str, str]:
    """Return the name of each gemeente in the tables of regions, by code."""
    regions = (region for table in config.regions.values() for region in table.regions)
    areas = (pair for region in regions for pair in region.areas.items())
    return {code: name or code for code, name in areas if code.startswith("GM")}


def _code(given: str, known: dict[str, str]) -> str:
    code = given.strip().upper()
    if code in known:
        return code
    message = f"there is no gemeente {code} among the {len(known)} that are known here"
    if not re.fullmatch(r"GM\d{4}", code):
        message = f"'{given}' is not the code of a gemeente: GM and four digits"
    near = " or ".join(f"{key} ({known[key]})" for key in _near(code, known))
    hint = f"did you mean {near}?" if near else "CBS lists the codes: Gebieden in Nederland"
    raise ConfigError(message, hint, where="--gemeente")


def _near(word: str, known: dict[str, str]) -> list[str]:
    """Return codes of gemeenten with nearly this name, one other digit, or nearly this code."""
    named = {name.upper(): code for code, name in known.items()}
    if names := get_close_matches(word, named, n=3, cutoff=0.8):
        return [named[name] for name in names]
    alike = [code for code in known if len(code) == len(word) and _differ(code, word) == 1]
    return alike[:3] or get_close_matches(word, known, n=3, cutoff=0.6)


def _differ(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


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
    }


def _texts(assets: Assets, slug: str, facts: dict[str, str]) -> dict[str, str]:
    files = {**_FILES, f"configs/profiles/{slug}.yaml": "profile.yaml.txt"}
    plain = facts | {"title": json.loads(facts["title"])}
    texts = {
        path: Template(assets.find(f"{_TEMPLATES}/{name}").read_text(encoding="utf-8")).substitute(
            facts if name.endswith(".txt") else plain
        )
        for path, name in files.items()
    }
    for name in _SCHEMAS:
        schema = assets.find(f"configs/schema/{name}")
        texts[f".schema/{name}"] = schema.read_text(encoding="utf-8")
    return texts


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
        raise ConfigError(message, "choose another folder") from failure
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
