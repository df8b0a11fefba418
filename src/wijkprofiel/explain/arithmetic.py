"""Formulas that a person can follow, as text, and their evaluation: sums, no program.

A formula is one expression over named inputs, with + - * / **, comparisons, ``and``/``or``/``not``,
``a if b else c`` and the functions below. An input may be a list: arithmetic then goes item by
item, as in ``sum(w * x) / sum(w)``.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

from wijkprofiel.scoring.rounding import half_up

Value = Any
"""What goes into a formula or comes out of it: a number, a word, yes or no, or a list of them."""


def phi(z: float) -> float:
    """Return the share of a normal distribution below ``z``.

    >>> phi(0.0), round(phi(1.959964), 4)
    (0.5, 0.975)
    """
    return math.erfc(-z / math.sqrt(2)) / 2


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "abs": abs,
    "exp": math.exp,
    "half_up": half_up,
    "hypot": math.hypot,
    "len": len,
    "log": math.log,
    "max": max,
    "min": min,
    "phi": phi,
    "round": round,
    "sqrt": math.sqrt,
    "sum": math.fsum,
}
"""What a formula may call. ``half_up(x, d)`` rounds to d decimals, a half away from zero."""

_BINARY: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_COMPARE: Mapping[type, Callable[[Any, Any], bool]] = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_UNARY: Mapping[type, Callable[[Any], Any]] = {ast.USub: operator.neg, ast.Not: operator.not_}


def evaluate(formula: str, inputs: Mapping[str, Value]) -> Any:
    """Return what ``formula`` gives for ``inputs``.

    Raises:
        ValueError: it holds something that is no arithmetic, or an input is not there.

    Example:
        >>> evaluate("sum(w * x) / sum(w)", {"w": [1.0, 3.0], "x": [40.0, 48.0]})
        46.0
        >>> evaluate("'similar' if abs(z) <= border else 'apart'", {"z": -0.4, "border": 0.5})
        'similar'
    """
    return _of(ast.parse(formula, mode="eval").body, inputs)


def _of(node: ast.expr, inputs: Mapping[str, Value]) -> Any:
    found: Any
    match node:
        case ast.Constant(value=found):
            pass
        case ast.Name(id=name) if name in inputs:
            found = inputs[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            found = _each(_BINARY[type(op)], _of(left, inputs), _of(right, inputs))
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _UNARY:
            found = _UNARY[type(op)](_of(operand, inputs))
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARE:
            found = _COMPARE[type(op)](_of(left, inputs), _of(right, inputs))
        case ast.BoolOp(op=op, values=values):
            sides = [bool(_of(value, inputs)) for value in values]
            found = all(sides) if isinstance(op, ast.And) else any(sides)
        case ast.IfExp(test=test, body=body, orelse=other):
            found = _of(body if _of(test, inputs) else other, inputs)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            found = FUNCTIONS[name](*(_of(argument, inputs) for argument in args))
        case _:
            raise ValueError(f"no arithmetic, or no such input: {ast.unparse(node)}")
    return found


def _each(operation: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """Apply an operation to two numbers, to two lists, or to a list and a number."""
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return [operation(a, b) for a, b in zip(left, right, strict=True)]
    if isinstance(left, list | tuple):
        return [operation(a, right) for a in left]
    if isinstance(right, list | tuple):
        return [operation(left, b) for b in right]
    return operation(left, right)
