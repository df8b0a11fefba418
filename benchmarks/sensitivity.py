"""How long the scenarios of the whole country take: uv run benchmarks/sensitivity.py.

Every wijk of the country (../shared/data) against its gemeente and against the country, in every
scenario of both frameworks, on one core: seconds, the number of scenarios, how verdicts stand,
and the peak memory beyond that of the tables. Goal: about 10 s and 500 MB. Measured on one core of
a shared machine: 7.0 s and 27 MB, of which 1.7 s are the yardsticks (50,400 verdicts, 3,600 to
10,800 scenarios each).
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is imported: one core is what is asked

import numpy as np  # noqa: E402 - after the line above

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from wijkprofiel.config import Config
    from wijkprofiel.model import Domain, Framework
    from wijkprofiel.scoring.scenarios import Measures

    Numbers = NDArray[np.float64]

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT.parent / "shared" / "data" / "rivm" / "50090NED_untyped_2020_18plus.csv.gz"
TABLE, PERIOD = "rivm-gezondheid", "2020"


def main() -> int:
    """Read, work out and print; 2 when the national file is not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, help="sets of weights; by default the framework's")
    asked = parser.parse_args()
    if not FILE.is_file():
        sys.stderr.write(f"there is no {FILE}\n")
        return 2
    from wijkprofiel import config as configs
    from wijkprofiel.assets import Assets

    config = configs.load(Assets.of())
    figures = national(config)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    total = 0.0
    for name in config.project.frameworks:
        framework = config.frameworks[name]
        if asked.draws:
            rules = framework.sensitivity.model_copy(update={"draws": asked.draws})
            framework = framework.model_copy(update={"sensitivity": rules})
        total += _measure(framework, config, figures)
    extra = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3
    sys.stdout.write(f"together: {total:.1f} s, {extra:.0f} MB more than before\n")
    return 0


def national(config: Config) -> pd.DataFrame:
    """Return the IndicatorTable of the country, its gemeenten and its wijken."""
    sys.path.insert(0, str(ROOT / "scripts"))
    import sample_tables

    from wijkprofiel.sources import statline

    rows = sample_tables.rivm(FILE, lambda code: code.startswith(("NL", "GM", "WK")))
    return statline.read_figures(
        [sample_tables.envelope("", "", "", rows)],
        None,
        table=config.sources[TABLE],
        edition=config.project.editions[TABLE],
        indicators=config.indicators,
        where=FILE.name,
    )


def _measure(framework: Framework, config: Config, figures: pd.DataFrame) -> float:
    """Return the seconds of one framework: its yardsticks, then every wijk twice."""
    from wijkprofiel.scoring import reference, scenarios

    frameworks, codes = {framework.id: framework}, config.project.country
    table = reference.statistics(figures, frameworks, config.indicators, [PERIOD], codes)
    country = reference.country_values(figures, PERIOD, codes)
    measures = scenarios.measures(
        framework, PERIOD, config.indicators, reference.lookup(table), country
    )
    wijken = reference.area_values(figures, PERIOD, "WK")
    start = time.process_time()
    sds = scenarios.yardsticks(framework, PERIOD, wijken, measures)
    spent = time.process_time() - start
    sys.stdout.write(f"{framework.id}: {spent:.1f} s for the yardsticks\n")
    for told, other in (
        (
            "country",
            {
                name: np.full(len(wijken[name]), one.scale.centre)
                for name, one in measures["z"].items()
            },
        ),
        ("gemeente", _gemeenten(figures)),
    ):
        start = time.process_time()
        words: Counter[str] = Counter()
        for domain in framework.domains:
            yardstick = sds.get((framework.id, domain.id, PERIOD))
            if yardstick is not None:
                words += _judge(framework, domain, yardstick, (wijken, other), measures)
        seconds = time.process_time() - start
        spent += seconds
        sys.stdout.write(f"  against the {told}: {seconds:.1f} s, {dict(sorted(words.items()))}\n")
    return spent


def _gemeenten(figures: pd.DataFrame) -> dict[str, Numbers]:
    """Return per indicator the figure of the gemeente of each wijk."""
    there = figures[(figures["period"] == PERIOD) & (figures["status"] == "ok")]
    wide = there.pivot_table(index="area", columns="indicator", values="value", aggfunc="first")
    wijken = wide.index[wide.index.str.startswith("WK")]
    other = wide.reindex("GM" + wijken.str[2:6])
    return {str(name): other[name].to_numpy() for name in other.columns}


def _judge(
    framework: Framework,
    domain: Domain,
    sds: Numbers,
    figures: tuple[dict[str, Numbers], dict[str, Numbers]],
    measures: Measures,
) -> Counter[str]:
    """Return how many verdicts on one domain are steady, fair and sensitive."""
    from wijkprofiel.scoring import aggregate, scenarios, sensitivity

    areas = len(next(iter(figures[0].values())))
    weights = [slot.weight for slot in domain.slots]
    own, other = (scenarios.parts(framework, domain, "z", side, measures).slots for side in figures)
    whole = aggregate.arithmetic(own, weights)[0]
    z = aggregate.arithmetic(own - other, weights)[0] / np.nanstd(whole, ddof=1)
    verdicts = sensitivity.by_band(z, framework.bands)
    differences = sensitivity.Differences(*figures, verdicts)
    found = sensitivity.standing(framework, domain, sds, differences, measures)
    told = (
        sensitivity.robustness(found, area, domain, framework.sensitivity) for area in range(areas)
    )
    return Counter(one.word.value for one in told if one is not None)


if __name__ == "__main__":
    raise SystemExit(main())
