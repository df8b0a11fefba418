"""What earlier exports say of surveys: files of ``wijkprofiel score`` that are public.

What was published cannot be withheld any more; disclosure control must know it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wijkprofiel.errors import DataError, Problem

if TYPE_CHECKING:
    import pandas as pd

    from wijkprofiel.config import Config

COLUMNS = ("areas", "indicator", "period", "source", "value", "n")
"""``areas``: the codes of a figure, sorted, with a space between; ``n`` NaN where not told."""

_NEEDED = ("codes", "gemeente", "kind", "id", "period", "status", "source", "value", "n")
_COMPARED = ("gemeente_value", "country_value")
_KEY = ["areas", "indicator", "period", "source"]


def load(config: Config) -> pd.DataFrame | None:
    """Return what the exports in ``published`` say of survey sources (:data:`COLUMNS`).

    Figures of the areas themselves, and those of the gemeente and the country beside them.

    Raises:
        DataError: a file is missing or is no such export; all at once.
    """
    import pandas as pd

    if not config.project.published:
        return None
    found: list[pd.DataFrame] = []
    problems: list[Problem] = []
    for name in config.project.published:
        try:
            found.append(_figures(_table(config.assets.project / name, name), config))
        except DataError as failure:
            problems += failure.problems
    if problems:
        raise DataError.of(problems, "nothing read")
    told = pd.concat(found, ignore_index=True).sort_values([*_KEY, "n"], kind="stable")
    return told.drop_duplicates(_KEY).reset_index(drop=True)


def _table(path: Path, where: str) -> pd.DataFrame:
    import pandas as pd

    readers: Mapping[str, Callable[[Any], pd.DataFrame]] = {
        ".csv": lambda data: pd.read_csv(
            data, dtype={"period": "str", "codes": "str"}, low_memory=False
        ),
        ".xlsx": lambda data: pd.read_excel(
            data, dtype={"period": "str", "codes": "str"}, engine="calamine"
        ),
        ".parquet": pd.read_parquet,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None or not path.is_file():
        message = "there is no such file" if reader else f"does not end in {', '.join(readers)}"
        raise DataError(f"published: {message}", "name a file of 'wijkprofiel score'", where=where)
    try:
        table = reader(io.BytesIO(path.read_bytes()))
    except (ValueError, OSError) as broken:
        raise DataError(f"published: cannot be read: {broken}", where=where) from broken
    lacking = [name for name in _NEEDED if name not in table.columns]
    if lacking:
        raise DataError(
            f"published: is no export, it has no column {', '.join(lacking)}",
            "name a file of 'wijkprofiel score'",
            where=where,
        )
    return table


def _figures(table: pd.DataFrame, config: Config) -> pd.DataFrame:
    import pandas as pd

    surveys = {name for name, source in config.sources.items() if source.survey}
    rows = table[(table["kind"] == "indicator") & table["source"].isin(surveys)]
    own = rows[rows["status"] == "ok"].assign(
        areas=lambda t: t["codes"].map(lambda codes: " ".join(sorted(str(codes).split())))
    )
    country = rows["source"].map(config.project.country)
    beside = [
        rows.assign(areas=codes, value=rows[name], n=float("nan"))
        for name, codes in zip(_COMPARED, (rows["gemeente"], country), strict=True)
        if name in rows
    ]
    told = pd.concat([own, *beside], ignore_index=True).rename(columns={"id": "indicator"})
    # A spreadsheet that was saved again may have made 2024.0 of the year.
    told["period"] = told["period"].astype("str").str.removesuffix(".0")
    kept = told["value"].notna() & told["areas"].notna() & (told["areas"] != "")
    return told.loc[kept, list(COLUMNS)]
