"""What is fetched: one edition of one source table, for some gemeenten or the whole country."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from wijkprofiel.model.declared import Edition, SourceTable
from wijkprofiel.sources.fetch.client import Client, Patience
from wijkprofiel.sources.fetch.odata_service import Say
from wijkprofiel.sources.fetch.store import Store


@dataclass(frozen=True, slots=True)
class Target:
    """One edition of one source table.

    Attributes:
        gemeenten: codes of the gemeenten that are wanted; empty: the whole country.
        file: path or address of a workbook with the whole table, instead of the service.
    """

    source: SourceTable
    edition: Edition
    gemeenten: tuple[str, ...] = ()
    file: str = ""

    @property
    def name(self) -> str:
        """The folder of its snapshot below the data folder."""
        return f"{self.source.id}/{self.edition.table}"

    @property
    def scope(self) -> str:
        """A file-safe name of what is wanted of it."""
        if self.file:
            return "file"
        if not self.gemeenten:
            return "all"
        told = "+".join(self.gemeenten)
        return told if len(told) <= 60 else hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def scope_text(self) -> str:
        """What is wanted of it, for a person."""
        return ", ".join(self.gemeenten) if self.gemeenten else "the whole country"

    @property
    def patience(self) -> Patience:
        """How long and how often its service is asked."""
        service = self.source.service
        return Patience(service.tries, service.timeout, service.pause)

    def filled(self, address: str, **more: str) -> str:
        """Return an address of the config with table, division and ``more`` filled in."""
        facts = {"table": self.edition.table, "division": str(self.edition.division), **more}
        for name, value in facts.items():
            address = address.replace(f"{{{name}}}", value)
        return address


@dataclass(frozen=True, slots=True)
class Job:
    """A target, and all that is needed to fetch it."""

    target: Target
    client: Client
    store: Store
    say: Say


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a snapshot, and what its sidecar says beside the facts of its target."""

    name: str
    kind: str
    origin: str
    periods: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """All files of a snapshot, finished in the store.

    Attributes:
        modified: the supplier's stamp of the edition, where there is one.
        leftover: files of the store that are no part of the snapshot.
        notes: what a person should know about the way they came.
    """

    pieces: tuple[Piece, ...]
    modified: str = ""
    leftover: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def sidecar_text(target: Target, piece: Piece, brought: Brought, day: str, data: Path) -> str:
    """Return the YAML beside one file.

    Args:
        target: what was fetched.
        piece: the file.
        brought: the snapshot that it is part of.
        day: the day it was fetched, ISO.
        data: the file, for its checksum.
    """
    with data.open("rb") as file:
        checksum = hashlib.file_digest(file, "sha256").hexdigest()
    facts: dict[str, Any] = {
        "kind": piece.kind,
        "source": target.source.id,
        "table": target.edition.table,
        "modified": brought.modified,
        "periods": list(piece.periods),
        "division": target.edition.division,
        "gemeenten": list(target.gemeenten),
        "origin": piece.origin,
        "licence": target.source.licence,
        "retrieved": day,
        "note": piece.note,
        "sha256": checksum,
    }
    return yaml_text({name: value for name, value in facts.items() if value not in ("", [])})


def yaml_text(facts: Mapping[str, Any]) -> str:
    """Return facts as YAML, in their order."""
    return yaml.safe_dump(dict(facts), sort_keys=False, allow_unicode=True, width=96)
