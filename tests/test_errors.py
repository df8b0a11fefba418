"""Errors say where, what and what to do, and carry every problem."""

from __future__ import annotations

import pytest

from wijkprofiel.errors import (
    ConfigError,
    DataError,
    DisclosureError,
    Problem,
    RenderError,
    SourceError,
    WijkprofielError,
    did_you_mean,
)


def test_a_problem_prints_its_place_first_and_its_hint_below() -> None:
    problem = Problem("a.yaml:3", "framwork: unknown key", "remove it")
    assert str(problem) == "a.yaml:3  framwork: unknown key\n  hint: remove it"
    assert str(Problem("", "nothing to build")) == "nothing to build"


def test_an_error_is_its_own_only_problem() -> None:
    error = DataError("no rows", "give a table with rows", where="a.csv")
    assert error.problems == (Problem("a.csv", "no rows", "give a table with rows"),)


def test_many_problems_are_counted_with_their_files() -> None:
    error = ConfigError.of(
        [Problem("a.yaml:3", "x"), Problem("a.yaml:9", "y"), Problem("b.xlsx!Blad1:C4", "z")]
    )
    assert error.message == "3 problems in 2 files, nothing built"
    assert [p.message for p in error.problems] == ["x", "y", "z"]
    assert isinstance(error, ConfigError)


def test_one_problem_keeps_its_own_words() -> None:
    error = ConfigError.of([Problem("a.yaml:3", "x", "do y")])
    assert (error.message, error.hint, error.where) == ("x", "do y", "a.yaml:3")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (WijkprofielError, 1), (DataError, 1), (DisclosureError, 1), (RenderError, 1),
        (ConfigError, 2), (SourceError, 3),
    ],
)  # fmt: skip
def test_exit_codes_tell_our_data_from_a_supplier_that_is_down(
    kind: type[WijkprofielError], code: int
) -> None:
    assert kind("x").exit_code == code


def test_near_misses_are_named_and_far_ones_are_not() -> None:
    assert did_you_mean("framwork", ["framework", "areas"]) == " (did you mean 'framework'?)"
    assert did_you_mean("zzz", ["framework", "areas"]) == ""
