"""Layout at full speed: parts of WeasyPrint done in less work, with the same bytes as a result.

An acceleration takes the place of one function of another package while a document is rendered,
and only where it was tried: with that version of the package, and that source of the function
(Debian and others patch packages without another version number). Anywhere else the function
stays as it is: slower, never wrong. ``tests/test_accelerate.py`` compares every document with and
without; ``benchmarks/factsheet.py`` measures what each of them is worth.
"""

from __future__ import annotations

import gc
import hashlib
import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

Swap = Callable[[Any], Any]
"""From the function as it is to the one that takes its place; that may call the first."""

_OFF: ContextVar[frozenset[str]] = ContextVar("off", default=frozenset())


@dataclass(frozen=True, slots=True)
class Acceleration:
    """One function that is replaced, and where that is known to be safe.

    Attributes:
        name: what it is called in benchmarks and tests.
        package: distribution that the function is of.
        version: of the package that it was tried with.
        target: module and dotted name of the function.
        checksum: of its source, see :func:`checksum`.
        swap: makes the replacement.
        why: what is saved, and how often it happens in a factsheet.
        also: other names that the same function is called by.
    """

    name: str
    package: str
    version: str
    target: tuple[str, str]
    checksum: str
    swap: Swap
    why: str
    also: tuple[tuple[str, str], ...] = ()

    @property
    def fits(self) -> bool:
        """Whether package and function are those that it was tried with."""
        try:
            if version(self.package) != self.version:
                return False
            return checksum(_found(self.target)) == self.checksum
        except (PackageNotFoundError, ImportError, AttributeError, OSError, TypeError):
            return False


def checksum(function: Any) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a function's (property's) source."""
    source = inspect.getsource(getattr(function, "fget", function))
    return hashlib.sha256(source.encode()).hexdigest()[:16]


@contextmanager
def at_work() -> Iterator[None]:
    """Render with every acceleration that fits, and put everything back afterwards.

    The garbage collector rests meanwhile: a layout is one large web of objects that are all
    needed until it is written, so looking through it again and again finds nothing (8 to 10 % of
    a factsheet). What is left is collected with the first thing that is made afterwards.
    """
    off = _OFF.get()
    with ExitStack() as stack:
        for where, name, made in _replacements(off):
            owner, attribute = _owner((where, name))
            before = _get(owner, attribute)
            _set(owner, attribute, made)
            stack.callback(_set, owner, attribute, before)
        if "rest" not in off and gc.isenabled():
            gc.disable()
            stack.callback(gc.enable)
        yield


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Render without these accelerations, without any when none is named: for comparison."""
    token = _OFF.set(frozenset(names) or frozenset(known()))
    try:
        yield
    finally:
        _OFF.reset(token)


def known() -> tuple[str, ...]:
    """Return the names of all accelerations; ``rest`` is the one that replaces no function."""
    return (*(one.name for one in accelerations()), "rest")


def active(name: str) -> bool:
    """Return whether a function is replaced: its acceleration fits and is not switched off."""
    return name in _fitting() and name not in _OFF.get()


@cache
def accelerations() -> tuple[Acceleration, ...]:
    """Return what replaces functions, in the order of what they gain."""
    from wijkprofiel.render import accelerate_css as css
    from wijkprofiel.render import accelerate_dots as dots
    from wijkprofiel.render import accelerate_glyphs as glyphs
    from wijkprofiel.render import accelerate_layout as layout
    from wijkprofiel.render import accelerate_paint as paint
    from wijkprofiel.render import accelerate_paragraphs as paragraphs
    from wijkprofiel.render import accelerate_styles as styles
    from wijkprofiel.render import accelerate_svg as svg
    from wijkprofiel.render import accelerate_text as text
    from wijkprofiel.render import accelerate_write as write

    first = (*css.ALL, *styles.ALL, *layout.ALL, *paragraphs.ALL)
    return (*first, *text.ALL, *glyphs.ALL, *svg.ALL, *paint.ALL, *dots.ALL, *write.ALL)


@cache
def _fitting() -> frozenset[str]:
    """Return what fits; asked once, before anything is replaced."""
    return frozenset(one.name for one in accelerations() if one.fits)


@cache
def _replacements(off: frozenset[str]) -> tuple[tuple[str, str, Any], ...]:
    """Return module, name and replacement of everything that is to be replaced."""
    found, fitting = [], _fitting()
    for one in accelerations():
        if one.name in fitting and one.name not in off:
            made = one.swap(_found(one.target))
            found += [(*place, made) for place in (one.target, *one.also)]
    return tuple(found)


def _found(target: tuple[str, str]) -> Any:
    return _get(*_owner(target))


def _owner(target: tuple[str, str]) -> tuple[Any, str]:
    """Return what holds a function, a module, a class or a dictionary, and its name there."""
    module, name = target
    *path, last = name.split(".")
    owner: Any = importlib.import_module(module)
    for step in path:
        owner = getattr(owner, step)
    return owner, last


def _get(owner: Any, name: str) -> Any:
    return owner[name] if isinstance(owner, dict) else getattr(owner, name)


def _set(owner: Any, name: str, value: Any) -> None:
    if isinstance(owner, dict):
        owner[name] = value
    else:
        setattr(owner, name, value)
