"""Adding to a YAML file without touching a letter of what stands in it.

A YAML library that writes a file back sets it in its own way: line breaks, quotes, white space.
Here new text is put between the old lines, at the place where the parser saw the list or mapping
end. What comes out is parsed and held against what should be in it; if it is anything else, nothing
is written.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from wijkprofiel.config.located import Key, parse
from wijkprofiel.errors import ConfigError

WIDTH = 100
"""Characters of a line that is written."""


@dataclass(frozen=True, slots=True)
class Add:
    """A key that a mapping did not have, or had without a value."""

    key: Key
    value: Any


@dataclass(frozen=True, slots=True)
class Append:
    """One more item at the end of a list."""

    key: Key
    value: Any


@dataclass(frozen=True, slots=True)
class Replace:
    """Another value for a scalar."""

    key: Key
    value: str | int | float | bool


Edit = Add | Append | Replace


def spliced(text: str, edits: Sequence[Edit], name: str) -> str:
    """Return ``text`` with the edits in it; every line that no edit replaces stays as it was.

    Args:
        text: a YAML file whose top is a mapping.
        edits: in the order in which they are made.
        name: of the file, for the message.

    Raises:
        ConfigError: an edit would change something else in the file.

    Example:
        >>> print(spliced("a: [1]  # one", [Append(("a",), 2), Add(("b",), "x")], "f.yaml"))
        a: [1, 2]  # one
        <BLANKLINE>
        b: x
        <BLANKLINE>
    """
    windows = "\r\n" in text
    made = text.replace("\r\n", "\n")
    wanted = parse(made.encode(), name).data
    for edit in edits:
        wanted = _edited(wanted, edit)
        made = _one(made, edit)
        if parse(made.encode(), name).data != wanted:
            where = ".".join(map(str, edit.key))
            message = f"{where}: cannot be added without changing something else"
            raise ConfigError(message, "add it by hand", where=name)
    return made.replace("\n", "\r\n") if windows else made


def dumped(value: Any, indent: int = 0) -> str:
    """Return ``value`` as YAML in blocks, every line after ``indent`` spaces."""
    text = yaml.dump(
        value,
        Dumper=_Indented,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH - indent,
        default_flow_style=False,
    )
    return "\n".join(" " * indent + line if line else "" for line in text.splitlines())


class _Indented(yaml.SafeDumper):
    """Writes the items of a list two spaces further than their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        return super().increase_indent(flow, indentless=False)


def _edited(data: Any, edit: Edit) -> Any:
    made = copy.deepcopy(data)
    place = made
    for step in edit.key if isinstance(edit, Append) else edit.key[:-1]:
        place = place[step]
    if isinstance(edit, Append):
        place.append(edit.value)
    else:
        place[edit.key[-1]] = edit.value
    return made


def _one(text: str, edit: Edit) -> str:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(edit, Append):
        return _append(text, _at(root, edit.key), edit.value)
    around, word = _at(root, edit.key[:-1]), edit.key[-1]
    here = _child(around, word)
    if isinstance(edit, Replace):
        return text[: here.start_mark.index] + _flow(edit.value) + text[here.end_mark.index :]
    if here is not None:
        below = _column(around) + 2
        block = "\n" + dumped(edit.value, below)
        return text[: here.start_mark.index].rstrip(" ") + block + text[here.end_mark.index :]
    return _new_key(text, around, {word: edit.value}, top=len(edit.key) == 1)


def _new_key(text: str, around: Any, pair: dict[Any, Any], *, top: bool) -> str:
    if around.flow_style:
        return _inside(text, around, _flow(pair)[1:-1])
    block = dumped(pair, _column(around))
    if top:
        return text.rstrip("\n") + "\n\n" + block + "\n"
    return _below(text, _end(around), block)


def _append(text: str, around: Any, item: Any) -> str:
    if around.flow_style:
        return _inside(text, around, _flow([item])[1:-1])
    return _below(text, _end(around), dumped([item], _column(around)))


def _inside(text: str, around: Any, flow: str) -> str:
    """Put ``flow`` before the bracket that ends a flow list or mapping."""
    end = around.end_mark.index - 1
    kept = text[:end].rstrip()
    comma = ", " if around.value and not kept.endswith(",") else ""
    return kept + comma + flow + text[end:]


def _below(text: str, end: int, block: str) -> str:
    """Put ``block`` on the line after the one that holds ``end``."""
    line = text.find("\n", end)
    line = len(text) if line < 0 else line
    return text[:line] + "\n" + block + text[line:]


def _end(node: Any) -> int:
    """Return where the text of a node ends, white lines and comments below it left out."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        written = node.start_mark.buffer[node.start_mark.index : node.end_mark.index]
        return int(node.start_mark.index) + len(written.rstrip().rstrip("\0"))
    last = node.value[-1]
    if isinstance(node, yaml.MappingNode):
        return max(_end(last[0]), _end(last[1]))
    return _end(last)


def _at(root: Any, key: Key) -> Any:
    node = root
    for step in key:
        node = _child(node, step)
    return node


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return node.value[int(step)]
    return next((value for word, value in node.value if word.value == str(step)), None)


def _column(node: Any) -> int:
    return int(node.start_mark.column)


def _flow(value: Any) -> str:
    text = yaml.safe_dump(
        value, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=True
    )
    return text.removesuffix("\n").removesuffix("\n...")
