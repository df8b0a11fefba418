"""What all reference areas say, by hand and on the real figures."""

from __future__ import annotations

import csv
import gzip
import math
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from builders import domain, expected, framework, indicator
from wijkprofiel import tables as contracts
from wijkprofiel.assets import Assets
from wijkprofiel.config import Config, load
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import (
    Coverage,
    Framework,
    Indicator,
    Reference,
    ReferenceStats,
)
from wijkprofiel.scoring import reference
from wijkprofiel.scoring.domains import Key

SHARED = Path(__file__).parents[2] / "shared"
NATIONAL = SHARED / "data/rivm/50090NED_untyped_2020_18plus.csv.gz"
SAMPLE_REFERENCE = Path(__file__).parent.parent / "data" / "sample" / "reference.csv"


# --- reference --------------------------------------------------------------------------


def figures(values: Mapping[str, Mapping[str, float]], period: str = "2020") -> pd.DataFrame:
    rows = [
        (area, name, period, value, math.nan, math.nan, math.nan, "ok", "table")
        for area, cells in values.items()
        for name, value in cells.items()
    ]
    return pd.DataFrame(rows, columns=list(contracts.INDICATOR_COLUMNS))


def wijken(count: int) -> list[str]:
    return [f"WK{number:06d}" for number in range(count)]


def statistics(
    table: pd.DataFrame, frame: Framework, known: Mapping[str, Indicator]
) -> Mapping[Key, ReferenceStats]:
    made = reference.statistics(table, {"frame": frame}, known, ["2020"], {"table": "NL01"})
    return reference.lookup(contracts.check_reference(made, "a test"))


def test_statistics_of_one_to_twenty() -> None:
    """1 … 20: mean 10.5, SD √35, and p20 = 1 + 0.2·19 by linear interpolation."""
    cells = {code: {"a": float(number + 1)} for number, code in enumerate(wijken(20))}
    table = figures({"NL01": {"a": 99.0}, "GM0001": {"a": 50.0}, **cells})
    row = statistics(table, framework(domain("mens", ("a",))), {"a": indicator("a")})[
        "indicator", "", "a", "2020"
    ]
    assert (row.n, row.mean, row.minimum, row.maximum) == (20, 10.5, 1.0, 20.0)
    assert row.sd == pytest.approx(math.sqrt(35))
    assert row.percentiles[20] == pytest.approx(4.8)
    assert row.percentiles[1.25] == pytest.approx(1.2375)
    assert row.percentiles[50] == 10.5


def test_fewer_than_twenty_areas_are_no_reference() -> None:
    cells = {code: {"a": float(number)} for number, code in enumerate(wijken(19))}
    table = figures({"NL01": {"a": 9.0}, **cells})
    assert statistics(table, framework(domain("mens", ("a",))), {"a": indicator("a")}) == {}


def test_only_areas_that_meet_the_coverage_rule_count_for_a_domain() -> None:
    """Thirty wijken, of which the last five miss b: domain n = 25, slot a n = 30."""
    cells = {code: {"a": float(i % 7), "b": float(i % 5)} for i, code in enumerate(wijken(30))}
    for code in wijken(30)[25:]:
        del cells[code]["b"]
    known = {"a": indicator("a"), "b": indicator("b", "worse")}
    frame = framework(domain("mens", ("a",), ("b",)))
    found = statistics(figures({"NL01": {"a": 3.0, "b": 2.0}, **cells}), frame, known)
    assert found["slot", "frame", "mens/slot-0", "2020"].n == 30
    assert found["slot", "frame", "mens/slot-1", "2020"].n == 25
    assert found["domain", "frame", "mens", "2020"].n == 25


def test_a_domain_that_no_area_can_have_gets_no_row() -> None:
    cells = {code: {"a": float(i)} for i, code in enumerate(wijken(30))}
    frame = framework(domain("mens", ("a",), ("b",), ("c",)))
    found = statistics(figures({"NL01": {"a": 3.0}, **cells}), frame, {"a": indicator("a")})
    assert ("slot", "frame", "mens/slot-0", "2020") in found
    assert ("domain", "frame", "mens", "2020") not in found


def test_domain_rows_are_centred_on_the_country_and_plus_is_favourable() -> None:
    """One slot, higher is worse; the country at 40, the wijken around 29.5: mean z > 0."""
    cells = {code: {"a": float(20 + i)} for i, code in enumerate(wijken(20))}
    known = {"a": indicator("a", "worse")}
    part = domain("mens", ("a",), coverage=Coverage(slots=1))
    found = statistics(figures({"NL01": {"a": 40.0}, **cells}), framework(part), known)
    row = found["domain", "frame", "mens", "2020"]
    assert row.mean == pytest.approx((40.0 - 29.5) / math.sqrt(35))
    assert row.sd == pytest.approx(1.0)
    centred = statistics(
        figures({"NL01": {"a": 40.0}, **cells}), framework(part, centre="mean"), known
    )
    assert centred["domain", "frame", "mens", "2020"].mean == pytest.approx(0.0)


def test_a_suppressed_or_unknown_value_is_no_part_of_the_reference() -> None:
    cells = {code: {"a": float(i)} for i, code in enumerate(wijken(21))}
    table = figures({"NL01": {"a": 9.0}, **cells})
    withheld = table["area"] == "WK000020"
    table["value"] = table["value"].mask(withheld)
    table["status"] = table["status"].mask(withheld, "suppressed")
    row = statistics(table, framework(domain("mens", ("a",))), {"a": indicator("a")})[
        "indicator", "", "a", "2020"
    ]
    assert (row.n, row.maximum) == (20, 19.0)


def test_a_reference_within_one_gemeente_is_refused() -> None:
    frame = framework(domain("mens", ("a",)), reference=Reference(area="GM0484"))
    with pytest.raises(ConfigError, match="only a whole country"):
        statistics(figures({"NL01": {"a": 1.0}}), frame, {"a": indicator("a")})


# --- the real figures -------------------------------------------------------------------


@pytest.fixture(scope="module")
def config() -> Config:
    return load(Assets.of())


@pytest.fixture(scope="module")
def national(config: Config) -> Mapping[Key, ReferenceStats]:
    """The reference over all wijken of the country, from the supplier's own file."""
    if not NATIONAL.is_file():
        pytest.skip("the national file is not on this machine")
    names = {
        source.keys.get("50090NED", source.keys.get("all", "")): item.id
        for item in config.indicators.values()
        for source in item.sources
        if source.table == "rivm-gezondheid"
    }
    cells: dict[str, dict[str, float]] = {}
    with gzip.open(NATIONAL, "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            cells[row["WijkenEnBuurten"].strip()] = {
                names[column.rsplit("_", 1)[0]]: float(cell)
                for column, cell in row.items()
                if column.rsplit("_", 1)[0] in names and cell.strip() not in ("", ".")
            }
    frame = config.frameworks["positieve-gezondheid"]
    made = reference.statistics(
        figures(cells), {frame.id: frame}, config.indicators, ["2020"], {"table": "NL01"}
    )
    return reference.lookup(made)


def test_indicator_sds_equal_the_hand_computation(national: Mapping[Key, ReferenceStats]) -> None:
    rows = expected("alphen_noord_2020.csv")
    assert len(rows) == 32
    for row in rows:
        found = national["indicator", "", row["indicator"], "2020"]
        assert found.sd == pytest.approx(float(row["sd"]), abs=1e-6), row["indicator"]
        assert found.n == 3150


def test_domain_sds_equal_the_hand_computation_and_the_method(
    national: Mapping[Key, ReferenceStats],
) -> None:
    """method.md §1.5: lichaamsfuncties 0.62, others 0.94–0.97."""
    _check_domain_sds(national)


@pytest.mark.skipif(not SAMPLE_REFERENCE.is_file(), reason="the sample has not been made yet")
def test_the_sample_carries_the_same_domain_sds() -> None:
    table = pd.read_csv(SAMPLE_REFERENCE, dtype={"period": str}, keep_default_na=False)
    _check_domain_sds(reference.lookup(table))


def _check_domain_sds(found: Mapping[Key, ReferenceStats]) -> None:
    rows = expected("alphen_noord_2020_domains.csv")
    assert len(rows) == 6
    for row in rows:
        key = ("domain", "positieve-gezondheid", row["domain"], "2020")
        if not row["reference_sd"]:
            assert key not in found
            continue
        assert found[key].n == int(row["reference_areas"])
        assert found[key].sd == pytest.approx(float(row["reference_sd"]), abs=1e-6), row["domain"]
        if row["domain"] == "lichaamsfuncties":
            assert round(found[key].sd, 2) == 0.62
        else:
            assert 0.935 <= found[key].sd < 0.975
