#!/usr/bin/env python3
"""Make data/sample from the suppliers' files: seven gemeenten, small enough to travel along.

    python scripts/make_sample.py ../shared/data            # writes data/sample
    python scripts/make_sample.py ../shared/data --check    # makes it again, compares the bytes
    python scripts/make_sample.py ../shared/data --country DIR     # all gemeenten, for benchmarks

The same input gives the same bytes: no clock, no order of a set, gzip and GeoPackage unstamped.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import sample_outlines
import sample_tables
import yaml
from sample_crosswalk import crosswalk

from wijkprofiel import config as configs
from wijkprofiel.assets import Assets
from wijkprofiel.config import Config
from wijkprofiel.model import ReferenceStats
from wijkprofiel.profile.frameworks import period_of
from wijkprofiel.scoring import reference as scoring_reference
from wijkprofiel.scoring import scenarios
from wijkprofiel.scoring.domains import Key
from wijkprofiel.sources import derived, statline
from wijkprofiel.sources import reference as reference_file
from wijkprofiel.sources import scenarios as scenarios_file
from wijkprofiel.tables import check_crosswalk, check_reference, check_scenarios

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "data" / "sample"

GEMEENTEN = ["GM0344", "GM0356", "GM0484", "GM0518", "GM0546", "GM0772", "GM1652"]
RIVM, RIVM_HOST, RIVM_PERIODS = "50090NED", "dataderden.cbs.nl", ("2012", "2016", "2020")
KWB, KWB_HOST, KWB_MODIFIED = "85984NED", "opendata.cbs.nl", "2025-03-27T02:00:00"
PDOK = "wijken-en-buurten-2024"
CC_BY, CC0 = "CC BY 4.0", "CC0"


class Sample:
    """The files of the sample, written with their sidecars."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def add(self, name: str, data: bytes, **sidecar: object) -> None:
        """Write one file and its sidecar."""
        path = self.target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.describe(name, **sidecar)

    def describe(self, name: str, **sidecar: object) -> None:
        """Write the sidecar of a file that is there."""
        path = self.target / name
        facts = {**sidecar, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        beside = path.with_name(path.name + ".yaml")
        text = yaml.safe_dump(facts, sort_keys=False, allow_unicode=True, width=96)
        beside.write_text(text, encoding="utf-8")


def make(data: Path, target: Path, config: Config) -> None:
    """Write the whole sample to ``target`` from the suppliers' files in ``data``."""
    sample = Sample(target)
    buurten = {c for p in config.profiles.values() for c in p.areas if c.startswith("BU")}
    digits = {g[2:] for g in GEMEENTEN}

    def keep(code: str) -> bool:
        """Whether an area is in the sample: land, gemeenten, wijken on land, needed buurten."""
        ours = code[2:6] in digits and code[:2] in {"GM", "WK"} and not code[2:].endswith("99")
        return code in buurten or code.startswith("NL") or ours

    _rivm(sample, data, keep)
    kwb_rows = _kwb(sample, data, keep)
    _outlines(sample, data, GEMEENTEN)
    _crosswalk(sample, data, keep, kwb_rows)
    everything = _national(data, config)
    table = _reference(sample, everything, config)
    _scenarios(sample, everything, scoring_reference.lookup(table), config)


def make_country(data: Path, target: Path, *, buurten: bool = False) -> None:
    """Write the same files for the whole country to ``target``: what a national run reads.

    They are far too large to travel along (and have no reference numbers: the wijken are all
    there), so this is for a machine that has the suppliers' files: benchmarks and trials.

    Args:
        data: folder with the suppliers' files.
        target: new folder.
        buurten: also figures of buurten.
    """
    sample = Sample(target)
    levels = ("NL", "GM", "WK", "BU") if buurten else ("NL", "GM", "WK")

    def keep(code: str) -> bool:
        return code.startswith(levels)

    _rivm(sample, data, keep)
    kwb_rows = _kwb(sample, data, keep)
    _outlines(sample, data, None)
    _crosswalk(sample, data, keep, kwb_rows)


def _rivm(sample: Sample, data: Path, keep: sample_tables.Keep) -> None:
    for period in RIVM_PERIODS:
        name = f"{RIVM}_untyped_{period}_18plus.csv.gz"
        rows = sample_tables.rivm(data / "rivm" / name, keep)
        sample.add(
            f"rivm/{RIVM}_UntypedDataSet_{period}_18plus.json.gz",
            sample_tables.envelope(RIVM_HOST, RIVM, "UntypedDataSet", rows),
            kind="figures",
            source="rivm-gezondheid",
            table=RIVM,
            periods=[period],
            division=2020,
            origin=f"RIVM, Gezondheid per wijk en buurt, {RIVM} on {RIVM_HOST}: rows of the "
            f"UntypedDataSet, every cell as served ({name}), cut to the areas of the sample.",
            licence=CC_BY,
            note="Only rows of the value itself (MW00000): no margins. DataProperties of this "
            "table was not at hand: topics are bound by the keys of the rows.",
        )


def _kwb(sample: Sample, data: Path, keep: sample_tables.Keep) -> list[sample_tables.Row]:
    folder = data / "cbs"
    rows, names = sample_tables.kwb(folder, keep)
    facts = {"source": "cbs-kwb", "table": KWB, "modified": KWB_MODIFIED, "division": 2024}
    origin = f"CBS, Kerncijfers wijken en buurten 2024, {KWB} on {KWB_HOST}"
    sample.add(
        f"cbs/{KWB}_TypedDataSet.json.gz",
        sample_tables.envelope(KWB_HOST, KWB, "TypedDataSet", rows),
        kind="figures",
        **facts,
        periods=["2024"],
        origin=f"{origin}, put together per topic. Inhabitants, sex, age, region and the mark of "
        "changed areas: StatLine export leeftijd_geslacht. Origin (17, 18, 19): StatLine export "
        "herkomst. 5, 6, 7, 34, 35, 122, 123, 124 of gemeenten and wijken: answer of the service "
        "(eight fields). All else (29, 33, 39, 40, 47, 83, 117, 118, 120, 121, 127, 128; 34 and "
        "123 of land and buurten): second-hand csv.",
        licence=CC_BY,
        note="In the second-hand csv a zero had become empty: an empty cell there is null here "
        "(unknown), never zero. Topics that no file has are left out: absent.",
    )
    for entity, content, kind in (
        ("DataProperties", _metadata(folder, "DataProperties", ["Description"]), "properties"),
        ("TableInfos", _metadata(folder, "TableInfos", _LONG), "table-info"),
        ("WijkenEnBuurten", names, "names"),
    ):
        sample.add(
            f"cbs/{KWB}_{entity}.json.gz",
            sample_tables.envelope(KWB_HOST, KWB, entity, content),
            kind=kind,
            **facts,
            origin=f"{origin}: {entity}"
            + (", from the StatLine export." if kind == "names" else ", long texts left out."),
            licence=CC_BY,
        )
    return rows


_LONG = ["Description", "ShortDescription", "DefaultPresentation", "DefaultSelection"]


def _metadata(folder: Path, entity: str, without: list[str]) -> list[sample_tables.Row]:
    return sample_tables.trimmed(folder / f"{KWB}_{entity}.json", without)


def _outlines(sample: Sample, data: Path, gemeenten: list[str] | None) -> None:
    """Write the outlines of ``gemeenten``; None: of the country."""
    name = "wijken_2024_wgs84_simplified.geojson.gz"
    wijken = sample_outlines.read(data / "pdok" / name, "wijken", gemeenten)
    if gemeenten is None:
        wijken, lost = sample_outlines.clean_each(wijken)
        sys.stderr.write(f"outlines as they are, not cleaned: {', '.join(lost) or 'none'}\n")
    else:
        wijken = sample_outlines.clean(wijken)
    gpkg = "pdok/wijkenbuurten_2024.gpkg"
    (sample.target / gpkg).parent.mkdir(parents=True, exist_ok=True)
    sample_outlines.write(
        sample.target / gpkg,
        {"wijken": wijken, "gemeenten": sample_outlines.dissolve(wijken)},
    )
    sample.describe(
        gpkg,
        kind="outlines",
        source="pdok-wijken-en-buurten",
        table=PDOK,
        division=2024,
        origin=f"CBS and Kadaster through PDOK, {PDOK} ({name}, EPSG:4326, simplified), put in "
        "EPSG:28992 and repaired: the borders had been simplified one by one, so overlaps and "
        f"slivers up to {sample_outlines.GAP:.0f} m went to a neighbour. Gemeenten are the union "
        "of their wijken.",
        licence=CC0,
        note="Generalised: for maps on a page, not for measuring. No buurten. Water is left out.",
    )


def _crosswalk(
    sample: Sample,
    data: Path,
    keep: sample_tables.Keep,
    kwb_rows: list[sample_tables.Row],
) -> None:
    before = sample_tables.rivm(
        data / "rivm" / f"{RIVM}_untyped_{RIVM_PERIODS[-1]}_18plus.csv.gz", keep
    )
    table = crosswalk([row["WijkenEnBuurten"].strip() for row in before], kwb_rows)
    table = check_crosswalk(table, "crosswalk.csv")
    sample.add(
        "crosswalk.csv",
        table.to_csv(index=False, lineterminator="\n").encode(),
        kind="crosswalk",
        origin=f"Worked out by scripts/make_sample.py from the codes in {RIVM} (division 2020) "
        f"and {KWB} (division 2024), and the mark of changed areas in {KWB}.",
        licence=CC_BY,
        note="A 2020 figure meets a 2024 area only if this table says same or changed, or names "
        "the area that it was in 2020 (from_area). The mark "
        "of CBS compares 2024 with 2023; earlier moves of a border under an unchanged code in a "
        "gemeente without new codes are not to be seen here.",
    )


def _reference(sample: Sample, everything: pd.DataFrame, config: Config) -> pd.DataFrame:
    """Write the reference numbers: over all wijken of the country that have a value."""
    country = dict(config.project.country)
    periods = sorted(set(everything["period"]))
    table = scoring_reference.statistics(
        everything, config.frameworks, config.indicators, periods, country
    )
    table = check_reference(table, "reference.csv")
    sample.add(
        "reference.csv",
        table.to_csv(index=False, lineterminator="\n", float_format="%.9g").encode(),
        kind="reference",
        periods=periods,
        origin=f"Worked out by scripts/make_sample.py over all wijken of the country with a value "
        f"in {RIVM} (18+, {', '.join(RIVM_PERIODS)}) and {KWB} (2024).",
        licence=CC_BY,
        made_with=reference_file.fingerprint(config.frameworks, config.indicators),
        note="The sample holds 131 wijken; the yardstick is the country. KWB topics of the "
        "second-hand csv: only wijken with a value there (its zeros are unknown).",
    )
    return table


def _scenarios(
    sample: Sample,
    everything: pd.DataFrame,
    reference: Mapping[Key, ReferenceStats],
    config: Config,
) -> None:
    """Write the SDs of the scenarios in which a domain's verdict must stand."""
    tables = []
    for name in config.project.frameworks:
        framework = config.frameworks[name]
        period = period_of(framework, config)
        country = scoring_reference.country_values(everything, period, config.project.country)
        measures = scenarios.measures(framework, period, config.indicators, reference, country)
        level = scoring_reference.PREFIX[framework.reference.level]
        values = scoring_reference.area_values(everything, period, level)
        found = scenarios.yardsticks(framework, period, values, measures)
        made_with = scenarios_file.fingerprint(framework, config.indicators)
        tables.append(scenarios.to_table(found, framework, made_with))
    table = check_scenarios(pd.concat(tables, ignore_index=True), "scenarios.csv.gz")
    sample.add(
        "scenarios.csv.gz",
        scenarios_file.write(table),
        kind="scenarios",
        periods=sorted(set(table["period"])),
        origin="Worked out by scripts/make_sample.py over all wijken of the country with a value "
        f"in {RIVM} (18+), as reference.csv: the standard deviation of each domain in every "
        "scenario of docs/method.md §2.",
        licence=CC_BY,
        note="One row per domain, normalisation, aggregation and slot that is left out; one "
        "column per set of weights. Only the period that the project shows.",
    )


def _national(data: Path, config: Config) -> pd.DataFrame:
    def wanted(code: str) -> bool:
        return code.startswith(("NL", "WK"))

    bodies = {
        "rivm-gezondheid": [
            _answer(sample_tables.rivm(data / "rivm" / f"{RIVM}_untyped_{p}_18plus.csv.gz", wanted))
            for p in RIVM_PERIODS
        ],
        "cbs-kwb": [_answer(sample_tables.kwb(data / "cbs", wanted)[0])],
    }
    properties = {"cbs-kwb": _answer(_metadata(data / "cbs", "DataProperties", ["Description"]))}
    read = [
        statline.read_figures(
            pages,
            properties.get(source),
            table=config.sources[source],
            edition=config.project.editions[source],
            indicators=config.indicators,
            where=source,
        )
        for source, pages in bodies.items()
    ]
    return derived.add(pd.concat(read, ignore_index=True), config.indicators)


def _answer(rows: list[sample_tables.Row]) -> bytes:
    return sample_tables.envelope("", "", "", rows)


def compare(fresh: Path, target: Path) -> list[str]:
    """Return the names of files that differ, are missing or are too many in ``target``."""
    made = {path.relative_to(fresh): path for path in fresh.rglob("*") if path.is_file()}
    there = {path.relative_to(target): path for path in target.rglob("*") if path.is_file()}
    there = {name: path for name, path in there.items() if name.suffix != ".md"}
    same = {
        name for name in made.keys() & there if made[name].read_bytes() == there[name].read_bytes()
    }
    return sorted(str(name) for name in (made.keys() | there) - same)


def replace(fresh: Path, target: Path, changed: list[str]) -> None:
    """Bring ``changed`` over from ``fresh``; what is not there is taken away."""
    for name in changed:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if (fresh / name).is_file():
            shutil.move(fresh / name, target / name)
        else:
            (target / name).unlink()


def main(words: list[str] | None = None) -> int:
    """Run the script; 0 ok, 1 the sample differs (with --check), 2 no such folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Help)
    parser.add_argument("data", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    parser.add_argument("--check", action="store_true", help="compare with data/sample")
    parser.add_argument("--country", type=Path, metavar="DIR", help="the whole country, to DIR")
    parser.add_argument("--buurten", action="store_true", help="with --country: buurten too")
    asked = parser.parse_args(words)
    if not asked.data.is_dir():
        sys.stderr.write(f"there is no folder {asked.data}\n")
        return 2
    if asked.country is not None:
        make_country(asked.data, asked.country, buurten=asked.buurten)
        sys.stdout.write(f"{asked.country}\n")
        return 0
    config = configs.load(Assets.of())
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        make(asked.data, fresh, config)
        size = sum(path.stat().st_size for path in fresh.rglob("*") if path.is_file())
        different = compare(fresh, TARGET)
        if not asked.check:
            replace(fresh, TARGET, different)
    word = "different" if asked.check else "written"
    sys.stdout.write("".join(f"{word}: {name}\n" for name in different) or "same bytes\n")
    sys.stdout.write(f"{TARGET}: {size / 1e6:.2f} MB\n")
    return 1 if asked.check and different else 0


_Help = argparse.RawDescriptionHelpFormatter

if __name__ == "__main__":
    raise SystemExit(main())
