"""The material of a wijkdialoog: a file to fill in, a form, a voting sheet, a table of votes."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import yaml

from wijkprofiel.assets import Assets
from wijkprofiel.build import attack, dialogue_results, dialogue_votes, suggest
from wijkprofiel.build.formats import MAKERS, Made
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.output import (
    area_folder,
    in_turn,
    no_longer_aside,
    set_aside,
    write_all,
    writing_aside,
)
from wijkprofiel.build.plan import Order, Task, for_readers, plan
from wijkprofiel.config import Config
from wijkprofiel.config.splice import WIDTH, dumped
from wijkprofiel.errors import ConfigError, RenderError
from wijkprofiel.model import Finding, Framework, Profile
from wijkprofiel.sources.dataset import Dataset

TEXTS = "templates/dialoog/invullen.yaml"
"""What stands in the file to fill in."""
SCOPE = "dialogue"
"""Scope of the document types that are working material."""
NAME = "{slug}-dialoog.yaml"
VOTES = "{slug}-dialoog-stemmen.csv"


@dataclass(frozen=True, slots=True)
class Material:
    """What was made.

    Attributes:
        written: files, the one to fill in first.
        kept: files that people may have filled in already, so that they were left as they are.
        findings: what a person should know about the documents.
    """

    written: tuple[Path, ...]
    kept: tuple[Path, ...]
    findings: tuple[Finding, ...]


def make_material(config: Config, dataset: Dataset, name: str, output: Path) -> Material:
    """Make the material for the wijkdialoog of one area, in a folder of its own below ``output``.

    Raises:
        WijkprofielError: the area cannot be made, nobody lives there, or a document is not what it
            should be.
    """
    task = _task(config, dataset, name)
    profile = make_profile(config, dataset, task)
    task, _ = for_readers(task, profile, config)
    folder = area_folder(output, task.slug)
    with writing_aside(output) as aside:
        made = _documents(config, dataset, task, profile, output)
        texts = {
            NAME.format(slug=task.slug): form(config, task, profile).encode(),
            VOTES.format(slug=task.slug): _votes(config, profile).encode(),
        }
        attack.refuse(texts, profile, config, dataset)
        with in_turn(output):
            kept = [name for name, text in texts.items() if _differs(folder / name, text)]
            fresh = {name: text for name, text in texts.items() if name not in kept}
            documents = {name: one.content for name, one in made.items()}
            written = write_all(folder, fresh | documents, aside)
            no_longer_aside(output, task.slug, documents)
    findings = tuple(finding for one in made.values() for finding in one.findings)
    return Material(written, tuple(folder / name for name in kept), findings)


def _documents(
    config: Config, dataset: Dataset, task: Task, profile: Profile, output: Path
) -> dict[str, Made]:
    """Return the paper, read back and compared with the profile.

    Raises:
        WijkprofielError: one is not what it should be; it is kept aside.
    """
    from wijkprofiel.build import verify  # it knows the documents: not before a name is right

    made: dict[str, Made] = {}
    for document, suffix in task.outputs:
        name = f"{task.slug}-{document}.{suffix}"
        try:
            made[name] = MAKERS[suffix](profile, config.documents[document], config)
        except RenderError as refused:
            if refused.content:
                attack.refuse({name: refused.content}, profile, config, dataset)
                set_aside(output, task.slug, {name: refused.content})
            raise
    files = {name: one.content for name, one in made.items()}
    attack.refuse(files, profile, config, dataset)
    sources = {name: one.source or one.content for name, one in made.items()}
    try:
        verify.refuse(files, profile, config, sources=sources)
    except RenderError:
        set_aside(output, task.slug, files)
        raise
    return made


def take_results(config: Config, dataset: Dataset, name: str, path: Path) -> dialogue_results.Taken:
    """Add the results of a wijkdialoog to the profile of an area in the user's project.

    Raises:
        WijkprofielError: see :func:`wijkprofiel.build.dialogue_results.take`.
    """
    from wijkprofiel.documents.desk import words_of

    task = _task(config, dataset, name)
    words = words_of(config)
    framework = suggest.themes_of(task.profile, config)
    title = task.profile.name if task.profile else _name(config, dataset, task)
    return dialogue_results.take(config, task, title, path, framework, words)


def form(config: Config, task: Task, profile: Profile) -> str:
    """Return the file to fill in: a valid profile with what is known, and how to add the rest."""
    texts = _texts(config.assets)
    known = _known(config.assets, task, profile)
    data = yaml.safe_load(known) or {}
    proposal = suggest.of_profile(profile, config)
    framework = suggest.themes_of(profile.people, config)
    proposed = [
        _comment(f"{item.theme}: {' '.join(proposal.reasons(item))}") for item in proposal.found
    ]
    facts = {
        "slug": task.slug,
        "date": profile.edition.date.isoformat(),
        "themes": ", ".join(domain.id for domain in framework.domains),
        "first": framework.domains[0].id,
        "proposed": "\n".join(proposed),
    }
    blocks = [text for key, text in texts["blocks"].items() if not data.get(key)]
    if data.get("dialogue") and not profile.people.dialogue.held:
        blocks.insert(0, texts["dialogue_again"])
    if proposed and not data.get("priorities"):
        blocks.insert(0, texts["themes"])
    intro, *rest = (Template(t).safe_substitute(facts) for t in (texts["intro"], *blocks))
    return "\n\n".join(part.strip("\n") for part in (intro, known, *rest)) + "\n"


def _name(config: Config, dataset: Dataset, task: Task) -> str:
    """Return the name of an area that nobody wrote a profile for."""
    return make_profile(config, dataset, task).area.name


def _task(config: Config, dataset: Dataset, name: str) -> Task:
    documents = tuple(id_ for id_, spec in config.documents.items() if spec.scope == SCOPE)
    if not documents:
        message = f"no document type has 'scope: {SCOPE}'"
        raise ConfigError(message, "add templates/<name>/document.yaml with it", where="dialogue")
    return plan(config, dataset, [name], Order(documents=documents))[0]


def _known(assets: Assets, task: Task, profile: Profile) -> str:
    """Return the area's profile as it is written, or the start of one."""
    try:
        path = assets.find(f"{dialogue_results.FOLDER}/{task.slug}.yaml")
    except ConfigError:
        people = profile.people
        facts = {"name": people.name, "areas": [str(c) for c in people.areas], "kind": people.kind}
        return dumped(facts)
    return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")


def _comment(text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent="# - ", subsequent_indent="#   ")


def _votes(config: Config, profile: Profile) -> str:
    framework: Framework = suggest.themes_of(profile.people, config)
    return dialogue_votes.table(framework, profile.people.dialogue.votes)


def _texts(assets: Assets) -> dict[str, Any]:
    path = assets.find(TEXTS)
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as mistake:
        raise ConfigError(f"this is no YAML: {mistake}", where=TEXTS) from None
    wanted = {"intro", "themes", "dialogue_again", "blocks"}
    if not isinstance(found, dict) or not wanted <= set(found):
        message = f"needs the texts {', '.join(sorted(wanted))}"
        raise ConfigError(message, "copy it from the package", where=TEXTS)
    return found


def _differs(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() != content
