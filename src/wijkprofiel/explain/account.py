"""The account of one printed figure: sections with facts, rows and steps of arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wijkprofiel.explain.arithmetic import Value, evaluate

Facts = Mapping[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One sum.

    Attributes:
        id: name that is the same in every account, unique within one.
        title: what it gives.
        formula: expression over the inputs (:mod:`wijkprofiel.explain.arithmetic`).
        inputs: name → number, word or list.
        result: what the program has; the formula gives the same.
        note: why it is done so.
    """

    id: str
    title: str
    formula: str
    inputs: Mapping[str, Value]
    result: Value
    note: str = ""

    def told(self) -> dict[str, Any]:
        """Return the step for JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "formula": self.formula,
            "inputs": dict(self.inputs),
            "result": self.result,
            "note": self.note,
        }


def step(
    step_id: str,
    title: str,
    formula: str,
    inputs: Mapping[str, Value],
    result: Value = None,
    note: str = "",
) -> Step:
    """Return a step; without a result of the program's own it is what the formula gives."""
    found = evaluate(formula, inputs) if result is None else result
    return Step(step_id, title, formula, inputs, found, note)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an account.

    Attributes:
        id: name that is the same in every account.
        title: heading.
        facts: label → what is known.
        rows: a table, every row with the same keys.
        steps: sums, each from what stands above it.
        under: columns that rows are put together by in the text.
    """

    id: str
    title: str
    facts: Facts = field(default_factory=dict)
    rows: Sequence[Row] = ()
    steps: Sequence[Step] = ()
    under: Sequence[str] = ()

    def told(self) -> dict[str, Any]:
        """Return the section for JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "facts": dict(self.facts),
            "rows": [dict(row) for row in self.rows],
            "steps": [one.told() for one in self.steps],
        }


@dataclass(frozen=True, slots=True)
class Account:
    """How a printed figure came about.

    Attributes:
        kind: "indicator" or "domain".
        id: of the indicator; of a domain ``<framework>:<domain>``.
        title: as printed.
        area: slug, name and codes.
        printed: the figure or score as it stands on the page.
    """

    kind: str
    id: str
    title: str
    area: Facts
    printed: str
    sections: Sequence[Section]

    def section(self, section_id: str) -> Section:
        """Return a section; KeyError when this account has none of that name."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    def step(self, step_id: str) -> Step:
        """Return a step; KeyError when this account has none of that name."""
        for section in self.sections:
            for one in section.steps:
                if one.id == step_id:
                    return one
        raise KeyError(step_id)

    def told(self) -> dict[str, Any]:
        """Return the account for JSON: the same keys for every area, indicator and domain."""
        return {
            "kind": self.kind,
            "id": self.id,
            "title": self.title,
            "area": dict(self.area),
            "printed": self.printed,
            "sections": [section.told() for section in self.sections],
        }
