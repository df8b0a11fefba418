"""All figures, scores, verdicts and sources of areas as one long table.

One row per area and indicator (``kind`` "indicator") and per area and domain ("domain"). A value
that is unknown, suppressed or absent is empty, and ``status`` says which of these it is.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wijkprofiel import areas
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.output import write_file
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.config import Config
from wijkprofiel.errors import ConfigError, WijkprofielError, did_you_mean
from wijkprofiel.model import (
    DomainScore,
    FrameworkResult,
    Profile,
    Robustness,
    Source,
    Topic,
    Verdict,
)
from wijkprofiel.sources.dataset import Dataset

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: dict[str, type] = {
    "area": str, "name": str, "codes": str, "gemeente": str, "kind": str, "framework": str,
    "id": str, "title": str, "period": str, "unit": str, "direction": str, "value": float,
    "lower": float, "upper": float, "n": float, "status": str, "derived": bool, "weight": str,
    "gemeente_value": float, "country_value": float, "z": float, "score": float,
    "against_gemeente": str, "against_gemeente_strength": int, "against_gemeente_basis": str,
    "against_gemeente_z": float, "against_gemeente_p": float,
    "against_gemeente_probability": float, "against_gemeente_other": float,
    "against_gemeente_rest": bool, "against_gemeente_chance": bool,
    "against_gemeente_robustness": str, "against_gemeente_share": float,
    "against_gemeente_flips": str,
    "against_country": str, "against_country_strength": int, "against_country_basis": str,
    "against_country_z": float, "against_country_p": float,
    "against_country_probability": float, "against_country_other": float,
    "against_country_rest": bool, "against_country_chance": bool,
    "against_country_robustness": str, "against_country_share": float,
    "against_country_flips": str,
    "similar_value": float, "similar_lower": float, "similar_upper": float,
    "against_similar": str, "against_similar_strength": int, "against_similar_basis": str,
    "against_similar_z": float, "against_similar_p": float,
    "against_similar_probability": float, "against_similar_chance": bool,
    "group": int, "rank_best": int, "rank_worst": int, "rank_among": int,
    "change": float, "change_first": str, "change_last": str, "change_outcome": str,
    "change_method": str, "placing": str, "placing_among": int, "placing_tested": bool,
    "present": int, "total": int, "coverage": float, "interval": str, "source": str,
    "table": str, "edition": str, "licence": str,
}  # fmt: skip
"""Columns in order; a number that does not apply to a row is empty.

Per comparator: ``p`` is two-sided, ``probability`` that the area is the more favourable one,
``other`` the value it was compared with (of the rest of the comparator where ``rest``), and
``chance`` that the difference did not hold at the false discovery rate. Of a domain ``robustness``
is steady, fair or sensitive, by the ``share`` of the scenarios in which its verdict stands, and
``flips`` the slot without which it turns most often. ``group`` is the fifth of
the reference areas, 1 the lowest values; ``rank_best`` to ``rank_worst`` the ranks that the area
may have among ``rank_among`` wijken, only with margins. ``change`` is last − first, ``placing``
"rise" or "fall" where it is the strongest of the gemeente.
"""

Row = dict[str, str | float | int | bool | None]
_EMPTY = {str: "", bool: False}


def rows(profile: Profile) -> Iterator[Row]:
    """Yield the rows of one area: topics in the order of the configs, then domains."""
    own = profile.area
    base = {
        "area": own.slug,
        "name": own.name,
        "codes": " ".join(part.code for part in own.parts),
        "gemeente": " ".join(gemeente.code for gemeente in own.gemeenten),
    }
    sources = {source.id: source for source in profile.sources}
    for topic in profile.topics.values():
        source = sources.get(topic.figure.source)
        yield _row({**base, **_topic(topic), **(_source(source) if source else {})})
    for framework in profile.frameworks.values():
        for score in framework.domains:
            yield _row({**base, **_domain(framework, score)})


def score_table(
    config: Config,
    dataset: Dataset,
    names: Sequence[str],
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[pd.DataFrame, list[WijkprofielError]]:
    """Return the long table of the named areas (:data:`COLUMNS`), and what went wrong.

    Raises:
        ConfigError: a name is unknown or can mean several areas.
    """
    found: list[Row] = []
    failures: list[WijkprofielError] = []
    tasks = plan(config, dataset, names, Order())
    for done, task in enumerate(tasks):
        if progress is not None:
            progress(task.slug, done, len(tasks))
        try:
            found += rows(make_profile(config, dataset, task))
        except WijkprofielError as failure:
            failures.append(failure)
    return _typed(found), failures


def table_of(profiles: Iterable[Profile]) -> pd.DataFrame:
    """Return the long table of profiles that are made already (:data:`COLUMNS`)."""
    return _typed([row for profile in profiles for row in rows(profile)])


def _typed(found: list[Row]) -> pd.DataFrame:
    import pandas as pd

    table = pd.DataFrame(found, columns=list(COLUMNS))
    kinds = {float: "float64", int: "Int64", bool: "bool", str: "str"}
    return table.astype({name: kinds[kind] for name, kind in COLUMNS.items()})


def all_names(config: Config, dataset: Dataset) -> list[str]:
    """Return the project's own profiles and every wijk of its gemeenten."""
    wijken = areas.select_all(dataset.areas, config.project.boundary_year, config.project.gemeenten)
    return [*config.own_profiles, *wijken]


def writer(
    path: Path,
    date: dt.date,
    look: Callable[[str, bytes], None] | None = None,
    package: Callable[[pd.DataFrame], bytes] | None = None,
) -> Callable[[pd.DataFrame], None]:
    """Return what writes a table to ``path``; a file that is there is replaced at once.

    Args:
        path: a .csv (comma, UTF-8), .xlsx, .parquet or .zip.
        date: stands in the properties of an .xlsx, so that two runs give the same bytes.
        look: is shown the name and the content before they are written, and may refuse them.
        package: makes a data package, for a .zip.

    Raises:
        ConfigError: another extension.
    """
    makers: Mapping[str, Callable[[pd.DataFrame], bytes]] = {
        ".csv": lambda table: table.to_csv(index=False, lineterminator="\n").encode(),
        ".xlsx": lambda table: _xlsx(table, date),
        ".parquet": _parquet,
        **({".zip": package} if package is not None else {}),
    }
    maker = makers.get(path.suffix.lower())
    if maker is None:
        near = did_you_mean(path.suffix, makers)
        message = f"'{path.name}' does not end in {', '.join(makers)}{near}"
        raise ConfigError(message, where="--output")

    def write(table: pd.DataFrame) -> None:
        content = maker(table)
        if look is not None:
            look(path.name, content)
        write_file(path, content)

    return write


def _row(told: Mapping[str, Any]) -> Row:
    return {name: told.get(name, _EMPTY.get(kind)) for name, kind in COLUMNS.items()}


def _topic(topic: Topic) -> dict[str, Any]:
    figure, indicator = topic.figure, topic.indicator
    return {
        "kind": "indicator",
        "id": indicator.id,
        "title": indicator.title,
        "period": figure.period,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "n": figure.n,
        "status": figure.status.value,
        "derived": figure.derived,
        "weight": figure.weight,
        "gemeente_value": topic.gemeente.value if topic.gemeente else None,
        "country_value": topic.country.value,
        "z": topic.z,
        "coverage": figure.coverage if figure.value is not None else None,
        "source": figure.source,
        "group": topic.group,
        **_verdicts(topic.against_gemeente, topic.against_country),
        **_similar(topic),
        **_ranks(topic),
        **_change(topic),
    }


def _similar(topic: Topic) -> dict[str, Any]:
    if topic.similar is None or topic.against_similar is None:
        return {}
    return {
        "similar_value": topic.similar.value,
        "similar_lower": topic.similar.lower,
        "similar_upper": topic.similar.upper,
        **_verdict("against_similar", topic.against_similar),
    }


def _ranks(topic: Topic) -> dict[str, Any]:
    if topic.ranks is None:
        return {}
    best, worst, among = topic.ranks.best, topic.ranks.worst, topic.ranks.among
    return {"rank_best": best, "rank_worst": worst, "rank_among": among}


def _change(topic: Topic) -> dict[str, Any]:
    if topic.trend is None or topic.trend.change is None:
        return {}
    change, placing = topic.trend.change, topic.trend.placing
    told: dict[str, Any] = {
        "change": change.difference,
        "change_first": change.first,
        "change_last": change.last,
        "change_outcome": change.outcome,
        "change_method": change.method,
    }
    if placing is not None:
        told["placing"] = placing.outcome
        told["placing_among"], told["placing_tested"] = placing.among, placing.tested
    return told


def _source(source: Source) -> dict[str, str]:
    return {"table": source.table, "edition": source.edition, "licence": source.licence}


def _domain(result: FrameworkResult, score: DomainScore) -> dict[str, Any]:
    return {
        "kind": "domain",
        "framework": result.framework.id,
        "id": score.domain.id,
        "title": score.domain.title,
        "period": result.period,
        "unit": "score",
        "direction": "better",
        "lower": score.lower,
        "upper": score.upper,
        "status": "ok" if score.score is not None else f"no_score_{score.reason}",
        "z": score.z,
        "score": score.score,
        "present": score.present,
        "total": score.total,
        "coverage": score.coverage,
        "interval": score.interval,
        **_verdicts(score.against_gemeente, score.against_country),
    }


def _verdicts(gemeente: Verdict | None, country: Verdict) -> dict[str, Any]:
    told = _verdict("against_country", country)
    return told if gemeente is None else told | _verdict("against_gemeente", gemeente)


def _verdict(name: str, verdict: Verdict) -> dict[str, Any]:
    return {
        name: verdict.outcome.value,
        f"{name}_strength": verdict.strength,
        f"{name}_basis": verdict.basis,
        f"{name}_z": verdict.z,
        f"{name}_p": verdict.p,
        f"{name}_probability": verdict.favourable,
        f"{name}_other": verdict.other,
        f"{name}_rest": verdict.rest,
        f"{name}_chance": verdict.chance,
        **_robustness(name, verdict.robustness),
    }


def _robustness(name: str, found: Robustness | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {
        f"{name}_robustness": found.word.value,
        f"{name}_share": found.share,
        f"{name}_flips": found.flips,
    }


def _xlsx(table: pd.DataFrame, date: dt.date) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": dt.datetime.combine(date, dt.time())})
        write_sheet(book, "scores", table)
    return buffer.getvalue()


def write_sheet(book: Any, title: str, table: pd.DataFrame) -> None:
    """Add the whole table to an XlsxWriter workbook, with a head that stays and a filter.

    What does not apply is an empty cell, never 0. Every cell has the type of its column, so a
    text is never taken for a formula.
    """
    sheet = book.add_worksheet(title)
    sheet.write_row(0, 0, table.columns, book.add_format({"bold": True, "bottom": 1}))
    ways = {bool: sheet.write_boolean, str: sheet.write_string}
    for number, name in enumerate(table.columns):
        write = ways.get(COLUMNS[name], sheet.write_number)
        there = table[name][table[name].notna() & (table[name] != "")]
        for line, value in zip(there.index.tolist(), there.tolist(), strict=True):
            write(line + 1, number, value)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
    sheet.set_column(0, len(table.columns) - 1, 14)


def _parquet(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()
