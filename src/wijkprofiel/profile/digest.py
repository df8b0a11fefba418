"""A short hash over all that reaches the documents of one area, the same on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import singledispatch
from typing import Any

from wijkprofiel.model import (
    Declared,
    Domain,
    Framework,
    Indicator,
    Outline,
    ReferenceStats,
    Slot,
)

DECIMALS = 10
"""Of numbers in the hash: binary noise is no change."""

_KNOWN = frozenset({str, int, bool, type(None)})
_WAYS: dict[type, Callable[[Any, dict[int, str]], Any]] = {}
"""What :func:`_other` does with a type, found once: asking it takes longer than doing it."""

LENGTH = 12
"""Hexadecimal digits that are kept: enough to tell editions apart, short enough to print."""


def digest(things: Iterable[Any], shared: dict[int, str]) -> str:
    """Return a hash over ``things``: dataclasses, declared models, mappings, numbers, words.

    Args:
        things: in a fixed order.
        shared: remembers the hashes of what many areas share (indicators, reference numbers,
            outlines); the caller keeps those objects alive as long as this mapping.
    """
    text = canonical(list(things), shared)
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def canonical(thing: Any, shared: dict[int, str] | None = None) -> str:
    """Return ``thing`` as JSON with sorted keys; shared things stand there as their hash."""
    plain = _plain(thing, {} if shared is None else shared)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(thing: Any, shared: dict[int, str]) -> Any:
    """Return what JSON can write instead of ``thing``; most of a profile is what it knows."""
    kind = type(thing)
    if kind in _KNOWN:
        return thing
    way = _WAYS.get(kind) or _WAYS.setdefault(kind, _other.dispatch(kind))
    return way(thing, shared)


@singledispatch
def _other(thing: Any, shared: dict[int, str]) -> Any:
    """A dataclass becomes a mapping; what JSON knows stays as it is."""
    names = _names(type(thing))
    return {name: _plain(getattr(thing, name), shared) for name in names} if names else thing


@_other.register(Enum)
def _(thing: Enum, _shared: dict[int, str]) -> Any:
    return thing.value


@_other.register(float)
def _(thing: float, _shared: dict[int, str]) -> float:
    return round(thing, DECIMALS) + 0.0


@_other.register(Mapping)
def _(thing: Mapping[Any, Any], shared: dict[int, str]) -> dict[str, Any]:
    return {str(key): _plain(value, shared) for key, value in thing.items()}


@_other.register(list)
@_other.register(tuple)
def _(thing: Iterable[Any], shared: dict[int, str]) -> list[Any]:
    return [_plain(part, shared) for part in thing]


@_other.register(Declared)
def _(thing: Declared, _shared: dict[int, str]) -> Any:
    return thing.model_dump(mode="json")


def _remembered(thing: Any, shared: dict[int, str]) -> str:
    """Return the hash of a thing that serves many areas, computed once."""
    if id(thing) not in shared:
        shared[id(thing)] = hashlib.sha256(_text(thing).encode()).hexdigest()
    return shared[id(thing)]


for _type in (Indicator, Framework, Domain, Slot, Outline, ReferenceStats):
    _other.register(_type, _remembered)


def _text(thing: Any) -> str:
    if isinstance(thing, Declared):
        return thing.model_dump_json()
    plain = {name: getattr(thing, name) for name in _names(type(thing))}
    return json.dumps(plain, sort_keys=True, default=dict)


def _names(kind: type) -> tuple[str, ...]:
    """Return the fields of a dataclass; none for any other type."""
    return tuple(getattr(kind, "__dataclass_fields__", ()))
