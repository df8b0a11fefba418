"""From a pydantic error to a sentence with a file and a line."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from wijkprofiel.config.located import ConfigFile, Key
from wijkprofiel.errors import Problem, did_you_mean

_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "date_type": "a date (year-month-day)",
    "date_from_datetime_parsing": "a date (year-month-day)",
    "date_from_datetime_inexact": "a date (year-month-day)",
    "date_parsing": "a date (year-month-day)",
}
_BORDERS = {
    "greater_than": ("gt", "is not above"),
    "greater_than_equal": ("ge", "is below"),
    "less_than": ("lt", "is not below"),
    "less_than_equal": ("le", "is above"),
}
_PATTERNS = {
    "^[a-z0-9]": "is not a slug: lower-case letters and digits, with single hyphens between",
    "^([A-Z]{2}": "is not a CBS code such as GM1234, WK123456 or BU12345678",
    "^#": "is not a colour such as #2B1B33",
}


Complaint = tuple[ConfigFile, Key, Problem]
"""A problem, with the file and the key it is about."""


def complaint(file: ConfigFile, key: Key, message: str, hint: str | None = None) -> Complaint:
    """Return a problem at ``key`` of ``file``; the message is put behind the key's name."""
    name = dotted(key)
    return file, key, Problem(file.at(key), f"{name}: {message}" if name else message, hint)


def complaints(
    failure: ValidationError, file: ConfigFile, model: type[BaseModel]
) -> list[Complaint]:
    """Return one complaint per mistake.

    A key that is missing while a near spelling of it stands there is told once.
    """
    errors = failure.errors(include_url=False)
    unknown = {_key(e["loc"], file) for e in errors if e["type"] == "extra_forbidden"}
    found: dict[tuple[Key, str], Complaint] = {}
    for error in errors:
        if error["type"] == "missing" and _misspelled(error["loc"], unknown):
            continue
        if error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
            continue  # pydantic counts only the items that are right themselves
        key = _key(error["loc"], file)
        message, hint = _sentence(error, file, model)
        found.setdefault((key, message), complaint(file, key, message, hint))
    return list(found.values())


def dotted(key: Key) -> str:
    """Return ``domains[0].slots[1].weight``."""
    text = ""
    for step in key:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.lstrip(".")


def _key(loc: tuple[int | str, ...], file: ConfigFile) -> Key:
    """Drop the steps that pydantic adds for unions and dict keys, keep those of the file."""
    key: Key = ()
    for i, step in enumerate(loc):
        if (*key, step) in file.lines:
            key = (*key, step)
        elif i == len(loc) - 1 and step != "[key]" and isinstance(file.get(key), dict):
            return (*key, step)  # a missing key
    return key


def _misspelled(loc: tuple[int | str, ...], unknown: set[Key]) -> bool:
    near = [str(key[-1]) for key in unknown if key[:-1] == loc[:-1]]
    return bool(did_you_mean(str(loc[-1]), near))


def _sentence(
    error: Mapping[str, Any], file: ConfigFile, model: type[BaseModel]
) -> tuple[str, str | None]:
    kind, ctx, value = error["type"], error.get("ctx", {}), error["input"]
    key = _key(error["loc"], file)
    hint: str | None = None
    if kind == "extra_forbidden":
        message = f"unknown key{did_you_mean(str(key[-1]), _fields(model, key[:-1]))}"
    elif kind == "missing":
        message, hint = "missing", _description(model, key)
    elif kind in _WANTED:
        message, hint = _wrong_type(_WANTED[kind], value, file.written.get(key))
    elif kind in _BORDERS:
        limit, words = _BORDERS[kind]
        message, hint = f"{value} {words} {ctx[limit]:g}", _description(model, key)
    elif kind == "literal_error":
        message = _not_one_of(value, ctx["expected"])
    elif kind == "string_pattern_mismatch":
        message = f"'{value}' {_pattern(ctx['pattern'])}"
    elif kind == "value_error":
        message = str(ctx["error"])
    else:
        message = _size(kind, value, ctx) or error["msg"]
    return message, hint


def _pattern(pattern: str) -> str:
    return next((t for p, t in _PATTERNS.items() if pattern.startswith(p)), "is not right")


def _size(kind: str, value: Any, ctx: Mapping[str, Any]) -> str | None:
    if kind == "string_too_long":
        return f"'{value}' has {len(value)} characters, at most {ctx['max_length']} fit"
    if kind == "string_too_short":
        return f"'{value}' is too short, at least {ctx['min_length']}"
    if kind in {"too_short", "too_long"}:
        least = kind == "too_short"
        border = f"at least {ctx['min_length']}" if least else f"at most {ctx['max_length']}"
        return f"has {len(value)} items, {border}"
    if kind == "finite_number":
        return f"{value} is not a number that can be counted with"
    return None


def _wrong_type(wanted: str, value: Any, written: str | None) -> tuple[str, str | None]:
    shown = written if written is not None else value
    found = {
        bool: "yes/no", int: "a number", float: "a number", str: "text", list: "a list",
        dict: "a mapping",
    }.get(type(value), "a date")  # fmt: skip
    what = f"{found} ({shown})" if not isinstance(value, list | dict) else found
    hint = f'put it between quotes: "{shown}"' if wanted == "text" and written is not None else None
    if wanted == "a list" and isinstance(value, str):
        hint = f"write [{value}]"
    return f"{what} where {wanted} is expected", hint


def _not_one_of(value: Any, expected: str) -> str:
    words = expected.replace("'", "").replace(" or ", ", ").replace("True", "true").split(", ")
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{shown}' is not one of {', '.join(words)}{did_you_mean(shown, words)}"


def _fields(model: type[BaseModel], key: Key) -> list[str]:
    return [name for found in _models(model, key) for name in found.model_fields]


def _description(model: type[BaseModel], key: Key) -> str | None:
    for found in _models(model, key[:-1]):
        info = found.model_fields.get(str(key[-1])) if key else None
        if info is not None and info.description:
            return f"{key[-1]}: {info.description}"
    return None


def _models(annotation: Any, key: Key) -> Iterator[type[BaseModel]]:
    """Yield the model types that stand at ``key`` below ``annotation``."""
    for kind in _alternatives(annotation):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if not key:
                yield kind
            elif str(key[0]) in kind.model_fields:
                yield from _models(kind.model_fields[str(key[0])].annotation, key[1:])
        elif key and typing.get_origin(kind) in {tuple, list, dict}:
            for inner in typing.get_args(kind):
                yield from _models(inner, key[1:])


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    if typing.get_origin(annotation) in {types.UnionType, typing.Union}:
        return typing.get_args(annotation)
    if typing.get_origin(annotation) is typing.Annotated:
        return _alternatives(typing.get_args(annotation)[0])
    return (annotation,)
