"""The Jinja environment: the project's templates over the shipped ones, nothing left undefined."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError

from wijkprofiel.assets import Assets
from wijkprofiel.errors import RenderError

FOLDER = "templates"


def environment(assets: Assets) -> Environment:
    """Return the environment of a project; any single template of a project wins."""
    return _environment(tuple(root / FOLDER for root in assets.roots))


def fill(assets: Assets, template: str, context: dict[str, object]) -> str:
    """Return ``template`` (a path below ``templates``) filled with ``context``.

    Raises:
        RenderError: the template is not there, is wrong, or asks for something that is not there.
    """
    try:
        return environment(assets).get_template(template).render(context)
    except TemplateError as mistake:
        line = getattr(mistake, "lineno", None)
        name = getattr(mistake, "name", None) or template
        where = f"{FOLDER}/{name}" + (f":{line}" if line else "")
        raise RenderError(str(mistake), where=where) from mistake


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> Environment:
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
