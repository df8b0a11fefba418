"""What a wijkdialoog gave, back into the area's profile: read, checked, added, never half."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wijkprofiel.assets import Assets
from wijkprofiel.build import dialogue_merge, dialogue_votes
from wijkprofiel.build.output import write_file
from wijkprofiel.build.plan import Task
from wijkprofiel.config import Config, profile_problems
from wijkprofiel.config.files import printed
from wijkprofiel.config.located import ConfigFile, parse, read
from wijkprofiel.config.mistakes import dotted
from wijkprofiel.config.splice import Append, Edit, dumped, spliced
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import Framework
from wijkprofiel.profile.suggestions import MOST
from wijkprofiel.wording import Words

FOLDER = "configs/profiles"
YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Taken:
    """What was written.

    Attributes:
        path: the profile.
        added: what it has now and had not, by key ("wishes", "dialogue.votes").
    """

    path: Path
    added: tuple[str, ...]


def take(  # what is read, what it goes into, and the words for it
    config: Config, task: Task, name: str, path: Path, framework: Framework, words: Words
) -> Taken:
    """Add the results of a wijkdialoog to the profile of an area.

    Args:
        config: of the user's own project; its folder gets the profile.
        task: the area.
        name: of the area, for one that has no profile yet.
        path: the filled-in YAML, or a table of votes (.csv, .xlsx).
        framework: the themes.
        words: for the reason that stands with a priority.

    Raises:
        ConfigError: the file cannot be read, is wrong (each mistake with its line), or says
            something else than the profile. The profile is then as it was.
        DataError: the table of votes is wrong, each cell at once.
    """
    old = _profile(config.assets, task, name)
    new = _results(path, framework, words, config.assets)
    whole = replace(new, data={**_needed(old.data), **new.data})
    if wrong := profile_problems(config.assets, whole):
        raise ConfigError.of(wrong, "nothing written")
    found = [*dialogue_merge.differences(old.data, new.data)]
    conflicts = [item for item in found if isinstance(item, dialogue_merge.Conflict)]
    if conflicts:
        told = dialogue_merge.problems(conflicts, old, new)
        raise ConfigError.of(told, "nothing written")
    edits: list[Edit] = [e for e in found if not isinstance(e, dialogue_merge.Conflict)]
    target = config.assets.project / FOLDER / f"{task.slug}.yaml"
    text = spliced(old.content.decode("utf-8-sig"), edits, old.name)
    if wrong := profile_problems(config.assets, parse(text.encode(), old.name)):
        raise ConfigError.of(wrong, "nothing written")
    if edits:
        _folder(target)
        write_file(target, text.encode())
    return Taken(target, tuple(dict.fromkeys(_told(edit) for edit in edits)))


def _profile(assets: Assets, task: Task, name: str) -> ConfigFile:
    """Return the area's profile: the project's, the shipped one, or a new one."""
    relative = f"{FOLDER}/{task.slug}.yaml"
    try:
        path = assets.find(relative)
    except ConfigError:
        if task.broken is not None:
            raise task.broken from None
        facts: dict[str, Any] = {"name": name, "areas": [task.code]}
        if task.profile is not None:
            codes = [str(code) for code in task.profile.areas]
            facts = {"name": task.profile.name, "areas": codes, "kind": task.profile.kind}
        return parse((dumped(facts) + "\n").encode(), relative)
    file = read(path, printed(path, assets), relative)
    if file.problems:
        raise ConfigError.of([problem for _, problem in file.problems], "nothing written")
    return file


def _results(path: Path, framework: Framework, words: Words, assets: Assets) -> ConfigFile:
    """Return the results as the keys of a profile, with their lines."""
    if not path.is_file():
        raise ConfigError("there is no such file", "give the file that was filled in",
                          where=str(path))  # fmt: skip
    suffix = path.suffix.lower()
    if suffix in dialogue_votes.SUFFIXES:
        votes = dialogue_votes.read(path, framework)
        return _voted(votes, len(framework.domains), str(path), words)
    if suffix not in YAML:
        known = ", ".join((*YAML, *dialogue_votes.SUFFIXES))
        raise ConfigError(f"'{path.name}' does not end in {known}", where="--results")
    file = read(path, printed(path, assets), path.name)
    if file.problems:
        raise ConfigError.of([problem for _, problem in file.problems], "nothing written")
    if not isinstance(file.data, dict):
        raise ConfigError("is no profile: a mapping (key: value) is expected", where=file.at())
    return file


def _voted(votes: Mapping[str, int], themes: int, name: str, words: Words) -> ConfigFile:
    """Return votes as part of a profile: themes above an equal share become priorities."""
    total = sum(votes.values())
    above = [theme for theme, number in votes.items() if number * themes > total]
    above.sort(key=lambda theme: -votes[theme])
    data = {
        "dialogue": {"held": True, "votes": dict(votes)},
        "priorities": [
            {
                "theme": theme,
                "why": words("suggest.votes", number=votes[theme], total=total),
                "source": "dialogue",
            }
            for theme in above[:MOST]
        ],
    }
    return ConfigFile(name, data, {}, {}, ())


def _needed(profile: Mapping[str, Any]) -> dict[str, Any]:
    """Return what every profile must have, for results that do not repeat it."""
    return {word: profile[word] for word in ("name", "areas") if word in profile}


def _folder(target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        message = f"cannot make {target.parent}: {failure.strerror}"
        raise ConfigError(message, "choose another --project", where=str(target)) from failure


def _told(edit: Edit) -> str:
    if isinstance(edit, Append):
        return dotted(edit.key)
    return dotted(tuple(step for step in edit.key if isinstance(step, str)))
