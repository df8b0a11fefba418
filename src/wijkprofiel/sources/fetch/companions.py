"""Tables that no service has: the yardstick and the crosswalk come with the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from wijkprofiel.assets import shipped_root
from wijkprofiel.config import Config
from wijkprofiel.sources import sidecar
from wijkprofiel.sources.fetch.store import write_aside
from wijkprofiel.sources.sidecar import Sidecar


def add(config: Config, data: Path, present: Mapping[str, Sidecar], *, country: bool) -> list[str]:
    """Copy what the data folder lacks from the shipped sample; return one sentence for each.

    The yardsticks are not needed where the folder holds the whole country, and are of no use
    with other editions than those they were made from.

    Args:
        config: the project.
        data: its data folder.
        present: files of the data folder.
        country: whether the folder holds the whole country.
    """
    kinds = {found.kind for found in present.values()}
    wanted = {"crosswalk"} | (set() if country else {"reference", "scenarios"})
    told: list[str] = []
    missing = wanted - kinds
    if missing and not _same_editions(config):
        return [
            f"no {kind}: that of the sample is of other editions than this project reads"
            for kind in sorted(missing)
        ]
    for path, found in _shipped():
        if found.kind in missing:
            write_aside(data / path.name, path.read_bytes())
            beside = path.with_name(path.name + ".yaml")
            write_aside(data / beside.name, beside.read_bytes())
            told.append(f"{path.name} ({found.kind}) copied from the sample")
    return told


def _same_editions(config: Config) -> bool:
    """Whether the project reads the editions that the shipped tables were made from."""
    made_from = {found.source: found.table for _, found in _shipped() if found.kind == "figures"}
    editions = config.project.editions
    return all(editions.get(source or "") == table for source, table in made_from.items())


def _shipped() -> Iterator[tuple[Path, Sidecar]]:
    for beside in sorted((shipped_root() / "data" / "sample").rglob("*.yaml")):
        yield beside.with_suffix(""), sidecar.read(beside.read_bytes(), beside.name)
