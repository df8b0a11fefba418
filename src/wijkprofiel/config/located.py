"""YAML that remembers on which line everything stands.

Safe-loaded: only plain values, never a Python object. A key that stands twice is a mistake, and a
key without a value counts as left out. All mistakes of a file are gathered, none is raised.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from wijkprofiel.errors import Problem

Key = tuple[str | int, ...]
"""Way to a value: ``("domains", 0, "slots", 1, "weight")``."""

MAX_NODES = 200_000
"""More values than any real config has: aliases that multiply stop here."""

Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's safe loader, the one in C where it came along: seven times as fast."""
_MERGE = "tag:yaml.org,2002:merge"
_PLAIN_TAGS = {"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
_NO_TAG = ("a tag ('!...') is not allowed here", "write the plain value")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """One YAML file: its values, the line of each, and what was wrong with reading it.

    Attributes:
        name: path as it is printed.
        data: plain dicts, lists and scalars; an empty dict when the file could not be read.
        lines: line (from 1) of every key and list item.
        written: scalars that YAML did not take for text, as they were typed.
        problems: what is wrong with the YAML itself, with the key it is about.
        content: the bytes of the file.
        key: path below the project or the package, the same on every machine.
    """

    name: str
    data: Any
    lines: Mapping[Key, int]
    written: Mapping[Key, str]
    problems: tuple[tuple[Key, Problem], ...]
    content: bytes = b""
    key: str = ""

    @property
    def stem(self) -> str:
        """File name without folder and extension."""
        return Path(self.name).stem

    def at(self, key: Key = ()) -> str:
        """Return ``file:line`` of ``key``, or of the nearest thing around it that has a line."""
        for length in range(len(key), -1, -1):
            if key[:length] in self.lines:
                return f"{self.name}:{self.lines[key[:length]]}"
        return f"{self.name}:1"

    def get(self, key: Key) -> Any:
        """Return the value at ``key``, or ``None`` where there is none."""
        value = self.data
        for step in key:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def each(self, pattern: str) -> Iterator[tuple[Key, Any]]:
        """Yield what matches a dotted ``pattern``; ``*`` is every list item or mapping value.

        A part of the file that has another shape than the pattern expects is passed over: its
        shape is somebody else's complaint.
        """
        yield from _match(self.data, tuple(pattern.split(".")), ())


def read(path: Path, name: str, key: str) -> ConfigFile:
    """Read one YAML file; what is wrong stands in ``problems``.

    Args:
        path: the file.
        name: its path as printed.
        key: its path below the project or the package.
    """
    try:
        content = path.read_bytes()
    except OSError as failure:
        return _failed(name, Problem(f"{name}:1", f"cannot be read: {failure.strerror}"), b"")
    return replace(parse(content, name), key=key)


def parse(content: bytes, name: str) -> ConfigFile:
    """Read the bytes of one YAML file, see :func:`read`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = content[: failure.start].count(b"\n") + 1
        problem = Problem(f"{name}:{line}", "is not UTF-8 text", "save the file as UTF-8")
        return _failed(name, problem, content)
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        walk = _Walk(loader, name)
        data = walk.value(node, ()) if node is not None else None
    except yaml.YAMLError as failure:
        return _failed(name, _syntax(failure, name, text), content)
    finally:
        loader.dispose()
    if data is None and not walk.problems:
        return _failed(name, Problem(f"{name}:1", "is empty"), content)
    return ConfigFile(name, data, walk.lines, walk.written, tuple(walk.problems), content)


@dataclass
class _Walk:
    """Turns YAML nodes into values and notes where they stood."""

    loader: Any
    name: str
    lines: dict[Key, int] = field(default_factory=dict)
    written: dict[Key, str] = field(default_factory=dict)
    problems: list[tuple[Key, Problem]] = field(default_factory=list)
    around: set[int] = field(default_factory=set)
    count: int = 0

    def value(self, node: yaml.Node, key: Key) -> Any:
        self.count += 1
        if self.count > MAX_NODES or id(node) in self.around:
            self._problem(node, key, "refers to itself or is far too large")
            return None
        self.lines.setdefault(key, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, key)
        if node.tag not in _PLAIN_TAGS:
            self._problem(node, key, *_NO_TAG)
            return None
        self.around.add(id(node))
        value = (
            self._mapping(node, key)
            if isinstance(node, yaml.MappingNode)
            else [self.value(item, (*key, i)) for i, item in enumerate(node.value)]
        )
        self.around.discard(id(node))
        return value

    def _mapping(self, node: yaml.MappingNode, key: Key) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        self._doubled(node, key)
        if any(word.tag == _MERGE for word, _ in node.value):
            self.loader.flatten_mapping(node)
        for word_node, value_node in node.value:
            word = self._word(word_node, key)
            if word is None:
                continue
            below = (*key, word)
            self.lines[below] = word_node.start_mark.line + 1
            value = self.value(value_node, below)
            if value is None:
                result.pop(word, None)
            else:
                result[word] = value
        return result

    def _doubled(self, node: yaml.MappingNode, key: Key) -> None:
        first: dict[str, int] = {}
        for word, _ in node.value:
            if not isinstance(word, yaml.ScalarNode) or word.tag == _MERGE:
                continue
            line = word.start_mark.line + 1
            if word.value in first:
                message = f"{word.value}: this key stands twice (first in line {first[word.value]})"
                self._problem(word, (*key, word.value), message, "keep one of the two")
            first.setdefault(word.value, line)

    def _word(self, node: yaml.Node, key: Key) -> str | int | None:
        word = self.loader.construct_object(node, deep=True) if _plain(node) else None
        if isinstance(word, Hashable) and isinstance(word, str | int):
            return word
        self._problem(node, key, "a key is a word, not this")
        return None

    def _scalar(self, node: yaml.ScalarNode, key: Key) -> Any:
        try:
            value = self.loader.construct_object(node)
        except ValueError as failure:  # a date such as 2024-02-31
            self._problem(node, key, f"'{node.value}' is not a date: {failure}")
            return None
        if not isinstance(value, str):
            self.written[key] = node.value
        return value

    def _problem(self, node: yaml.Node, key: Key, message: str, hint: str | None = None) -> None:
        where = f"{self.name}:{node.start_mark.line + 1}"
        self.problems.append((key, Problem(where, message, hint)))


def _plain(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode)


def _match(value: Any, pattern: tuple[str, ...], key: Key) -> Iterator[tuple[Key, Any]]:
    if not pattern:
        yield key, value
        return
    step, rest = pattern[0], pattern[1:]
    if step == "*":
        if isinstance(value, list):
            for i, item in enumerate(value):
                yield from _match(item, rest, (*key, i))
        elif isinstance(value, dict):
            for word, item in value.items():
                yield from _match(item, rest, (*key, word))
    elif isinstance(value, dict) and step in value:
        yield from _match(value[step], rest, (*key, step))


def _failed(name: str, problem: Problem, content: bytes) -> ConfigFile:
    return ConfigFile(name, {}, {}, {}, (((), problem),), content)


def _syntax(failure: yaml.YAMLError, name: str, text: str) -> Problem:
    if isinstance(failure, yaml.reader.ReaderError):
        line = text[: failure.position].count("\n") + 1
        return Problem(
            f"{name}:{line}", f"holds a character that YAML does not allow ({failure.reason})"
        )
    mark = getattr(failure, "problem_mark", None)
    what = str(getattr(failure, "problem", None) or failure)
    if mark is None:
        return Problem(name, f"is not YAML: {what}")
    lines = text.splitlines()
    written = lines[mark.line] if mark.line < len(lines) else ""
    where = f"{name}:{mark.line + 1}"
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return Problem(where, "starts with a tab", "indent with spaces: YAML knows no tabs")
    if "could not determine a constructor" in what:
        return Problem(where, *_NO_TAG)
    return Problem(where, f"is not YAML: {what}", _syntax_hint(what))


def _syntax_hint(what: str) -> str | None:
    if "mapping values are not allowed" in what:
        return "put a text that holds ': ' between quotes, and check the indentation"
    if "expected <block end>" in what or "did not find expected key" in what:
        return "check the indentation of this line and the line above"
    return None
