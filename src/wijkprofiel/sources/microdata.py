"""The answers to a GGD's own survey, made into figures of areas.

What leaves this module are figures with the number of people behind them, never an answer. Small
numbers are not withheld here: :mod:`wijkprofiel.disclosure` does that, for which the unweighted
number that said yes travels beside the table (a weighted percentage of n people does not tell it).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from wijkprofiel.errors import DataError, Problem, did_you_mean
from wijkprofiel.model.computed import Level, Status
from wijkprofiel.sources import prevalence, records
from wijkprofiel.sources.grid import text_of
from wijkprofiel.sources.names import level_of, parent_of
from wijkprofiel.sources.prevalence import Design
from wijkprofiel.sources.records import Records
from wijkprofiel.sources.survey import Answer, Question, Survey
from wijkprofiel.sources.tables import Expected
from wijkprofiel.tables import INDICATOR_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

CELL_COLUMNS = ("area", "indicator", "period", "source", "cell", "weight", "parts")
"""Columns of the table for disclosure control: the unweighted number that said yes, what all who
answered weigh together, and the codes that a group of the survey consists of ("" for another)."""

_SHOWN = 5
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """What a survey gives.

    Attributes:
        figures: IndicatorTable, n unweighted.
        cells: per figure what only disclosure control may know (:data:`CELL_COLUMNS`), never to
            be shown.
    """

    figures: pd.DataFrame
    cells: pd.DataFrame


def read(data: bytes, survey: Survey | None, expected: Expected, where: str) -> SurveyFigures:
    """Return the weighted prevalence of every topic, per area that the survey publishes.

    Args:
        data: SPSS (.sav, .zsav) or CSV, a row per person.
        survey: who was asked what, and how they were drawn.
        expected: areas, topics and periods that exist.
        where: the file, for errors.

    Raises:
        DataError: a variable is missing, a weight is not above 0, an answer or an area is not
            explained; all at once, each with its variable and row.
    """
    if survey is None:
        raise DataError("its sidecar has no 'survey'", "say who was asked what", where=where)
    problems = _undeclared(survey, expected, where)
    people = records.read(
        data, survey.variables, where, encoding=survey.encoding, separator=survey.separator
    )
    periods = _periods(people, survey, expected, problems)
    codes = _areas(people, survey, expected, problems)
    design = _design(people, survey, problems)
    answers = {
        name: _answers(people, question, problems) for name, question in survey.topics.items()
    }
    if problems:
        raise DataError.of(dict.fromkeys(problems), "nothing read")
    rows: list[dict[str, object]] = []
    for period in sorted(set(periods)):
        own = [person for person, other in enumerate(periods) if other == period]
        groupings = _groupings([codes[person] for person in own], survey)
        drawn = _some(design, own)
        for name, given in answers.items():
            found = prevalence.estimate([given[person] for person in own], groupings, drawn)
            rows += [_row(one, name, period, expected.source, survey) for one in found]
    return _tables(rows, where)


def _tables(rows: list[dict[str, object]], where: str) -> SurveyFigures:
    import pandas as pd

    if not rows:
        raise DataError("nobody has an answer and an area", where=where)
    table = pd.DataFrame(rows)
    return SurveyFigures(table[list(INDICATOR_COLUMNS)], table[list(CELL_COLUMNS)])


def _row(
    found: prevalence.Prevalence, indicator: str, period: str, source: str, survey: Survey
) -> dict[str, object]:
    return {
        "area": found.area,
        "indicator": indicator,
        "period": period,
        "value": found.value,
        "lower": found.lower,
        "upper": found.upper,
        "n": float(found.n),
        "status": Status.OK.value,
        "source": source,
        "cell": float(found.cell),
        "weight": found.weight,
        "parts": " ".join(survey.groups.get(found.area, ())),
    }


# --- what the sidecar says ------------------------------------------------------------------


def _undeclared(survey: Survey, expected: Expected, where: str) -> list[Problem]:
    problems: list[Problem] = []
    for name, question in survey.topics.items():
        known = expected.indicators.get(name)
        if known is None:
            guess = did_you_mean(name, expected.indicators)
            problems.append(Problem(where, f"survey: '{name}' is no indicator{guess}"))
        elif known.unit != "percent":
            message = f"survey: '{name}' is counted in '{known.unit}', not in percent"
            problems.append(Problem(where, message))
        kinds = question.counts, question.others, question.missing
        told = Counter(word for answers in kinds for word in {_word(a) for a in answers})
        problems += [
            Problem(where, f"survey: {name}: '{answer}' stands in two lists of answers")
            for answer, times in told.items()
            if times > 1
        ]
    for code, parts in survey.groups.items():
        if level_of(code) is not None:
            message = f"survey: groups: '{code}' is the code of a CBS area"
            problems.append(Problem(where, message, "take other letters, for instance GG01"))
        problems += [
            Problem(where, f"survey: groups: '{part}' is no area of this division")
            for part in parts
            if expected.areas.names and part not in expected.areas.names
        ]
    return problems


def _word(answer: Answer) -> str:
    return text_of(float(answer) if isinstance(answer, int) else answer).lower()


# --- what the file says ---------------------------------------------------------------------


def _periods(
    people: Records, survey: Survey, expected: Expected, problems: list[Problem]
) -> list[str]:
    if survey.fixed_period:
        if expected.periods and survey.fixed_period not in expected.periods:
            held = ", ".join(sorted(expected.periods))
            message = f"survey: {survey.fixed_period} is not among the periods ({held})"
            problems.append(Problem(people.where, message))
        return [survey.fixed_period] * len(people)
    found = [text_of(value) for value in people.columns[survey.period]]
    for period, times in sorted(Counter(found).items()):
        year = period.isdigit() and len(period) == 4
        if not year or (expected.periods and period not in expected.periods):
            held = ", ".join(sorted(expected.periods)) or "a year"
            message = f"'{period}' ({times} rows) is not among the periods ({held})"
            place = people.at(survey.period, found.index(period))
            problems.append(Problem(place, message))
    return found


def _areas(
    people: Records, survey: Survey, expected: Expected, problems: list[Problem]
) -> list[str]:
    """Return the area of each person, "" for those whose area is declared to be unknown."""
    values = people.columns[survey.area]
    aliases = {word.lower(): code for word, code in survey.areas.items()}
    unknown = {_word(answer) for answer in survey.no_area}
    found: dict[records.Value, str] = {}
    for value, times in Counter(values).items():
        words = people.words(survey.area, value)
        if words & unknown:
            found[value] = ""
            continue
        place = people.at(survey.area, values.index(value))
        if value is None:
            message, hint = f"{times} rows have no area", "name the empty cells: no_area: ['']"
            problems.append(Problem(place, message, hint))
            continue
        label = people.labels.get(survey.area, {}).get(value, "")
        text = next((aliases[word] for word in sorted(words) if word in aliases), text_of(value))
        hit = expected.areas.find(text, Level(survey.level))
        if hit.wrong and label:
            hit = expected.areas.find(label, Level(survey.level))
        if hit.wrong:
            hint = hit.hint or "write which area it is ('areas'), or that nobody knows ('no_area')"
            problems.append(Problem(place, f"{hit.wrong} ({times} rows)", hint))
        found[value] = hit.code
    return [found.get(value, "") for value in values]


def _design(people: Records, survey: Survey, problems: list[Problem]) -> Design:
    weights = [1.0] * len(people)
    if survey.weight != "none":
        weights = records.numbers(people, survey.weight, problems, least=0)
    population = None
    if survey.population:
        population = records.numbers(people, survey.population, problems, least=0)
    strata = None
    if survey.strata:
        parts = [_present(people, name, problems) for name in survey.strata]
        strata = [" / ".join(own) for own in zip(*parts, strict=True)]
    clusters = _present(people, survey.cluster, problems) if survey.cluster else None
    return Design(
        weights, strata, clusters, population, survey.lonely, survey.interval, people.where
    )


def _present(people: Records, variable: str, problems: list[Problem]) -> list[str]:
    values = people.columns[variable]
    empty = [person for person, value in enumerate(values) if value is None]
    if empty:
        shown = ", ".join(str(person + people.first) for person in empty[:_SHOWN])
        message = f"{variable}: {len(empty)} rows are empty (rows {shown})"
        problems.append(Problem(people.at(variable, empty[0]), message))
    return [text_of(value) for value in values]


def _answers(people: Records, question: Question, problems: list[Problem]) -> list[float]:
    """Return 1 for yes, 0 for no, NaN for none."""
    meaning = {
        _word(answer): score
        for score, answers in (
            (1.0, question.counts),
            (0.0, question.others),
            (math.nan, (*question.missing, "")),
        )
        for answer in answers
    }
    values = people.columns[question.variable]
    scores: dict[records.Value, float] = {}
    for value, times in Counter(values).items():
        words = people.words(question.variable, value)
        meant = [meaning[word] for word in sorted(words) if word in meaning]
        if len({str(score) for score in meant}) != 1:
            told = people.told(question.variable, value)
            what = "in two of" if meant else "in none of"
            message = f"{told} ({times} rows) stands {what} counts, others and missing"
            place = people.at(question.variable, values.index(value))
            problems.append(Problem(place, f"{question.variable}: {message}"))
        scores[value] = meant[0] if meant else math.nan
    return [scores[value] for value in values]


# --- areas of areas -------------------------------------------------------------------------


def _groupings(codes: Sequence[str], survey: Survey) -> list[list[str]]:
    """Return one grouping per published level, and one per group: its people, and all others."""
    around = {code: _around(code) for code in set(codes)}
    levels = [Level(level) for level in survey.publish]
    found = [[around[code].get(level, "") for code in codes] for level in levels]
    for group, parts in survey.groups.items():
        inside = {code for code in around if _inside(around[code], parts)}
        found.append([group if code in inside else "" for code in codes])
    return [grouping for grouping in found if any(grouping)]


def _around(code: str) -> Mapping[Level, str]:
    """Return the area itself and those that it lies in, by level."""
    found: dict[Level, str] = {}
    while (level := level_of(code)) is not None:
        found[level] = code
        code = parent_of(code)
    return found


def _inside(around: Mapping[Level, str], parts: Collection[str]) -> bool:
    return not set(around.values()).isdisjoint(parts)


def _some(design: Design, own: Sequence[int]) -> Design:
    if len(own) == len(design.weights):
        return design

    return replace(
        design,
        weights=_picked(design.weights, own),
        strata=design.strata and _picked(design.strata, own),
        clusters=design.clusters and _picked(design.clusters, own),
        population=design.population and _picked(design.population, own),
    )


def _picked(values: Sequence[T], own: Sequence[int]) -> list[T]:
    return [values[person] for person in own]
