"""Works out tests/expected/alphen_noord_2020*.csv from the suppliers' files, without wijkprofiel.

    python tests/expected/alphen_noord_2020.py <folder with rivm/ and cbs/> tests/expected

Standard library only, written apart from the program: its own reader, its own weights, its own
directions and slots (copied by hand from the table of method.md §8), its own SD and verdicts.
"""

from __future__ import annotations

import csv
import gzip
import statistics
import sys
from pathlib import Path

PARTS = ("WK048401", "WK048402", "WK048403")
GEMEENTE, COUNTRY = "GM0484", "NL01"

# supplier's name without suffix: our id, +1 higher is better, -1 higher is worse, 0 neutral
TOPICS = {
    "ErvarenGezondheidGoedZeerGoed": ("ervaren-gezondheid", 1),
    "VoldoetAanBeweegrichtlijn": ("beweegrichtlijn", 1),
    "WekelijkseSporters": ("wekelijkse-sporters", 1),
    "Ondergewicht": ("ondergewicht", 0),
    "NormaalGewicht": ("normaal-gewicht", 0),
    "Overgewicht": ("overgewicht", -1),
    "ErnstigOvergewicht": ("ernstig-overgewicht", -1),
    "Roker": ("rokers", -1),
    "VoldoetAanAlcoholRichtlijn": ("alcoholrichtlijn", 1),
    "Drinker": ("drinkers", 0),
    "ZwareDrinker": ("zware-drinkers", -1),
    "OvermatigeDrinker": ("overmatige-drinkers", -1),
    "EenOfMeerLangdurigeAandoeningen": ("langdurige-aandoening", -1),
    "BeperktVanwegeGezondheid": ("beperkt-door-gezondheid", -1),
    "ErnstigBeperktVanwegeGezondheid": ("ernstig-beperkt-door-gezondheid", -1),
    "LangdurigeZiekteEnBeperkt": ("langdurig-ziek-en-beperkt", -1),
    "EenOfMeerLichamelijkeBeperkingen": ("lichamelijke-beperking", -1),
    "BeperkingInHoren": ("beperking-horen", -1),
    "BeperkingInZien": ("beperking-zien", -1),
    "BeperkingInBewegen": ("beperking-bewegen", -1),
    "MatigHoogRisicoOpAngstOfDepressie": ("matig-hoog-risico-angst-depressie", 0),
    "HoogRisicoOpAngstOfDepressie": ("hoog-risico-angst-depressie", -1),
    "HeelVeelStressInAfgelopen4Weken": ("veel-stress", -1),
    "MatigVeelRegieOverEigenLeven": ("regie-eigen-leven", 1),
    "Eenzaam": ("eenzaam", -1),
    "ErnstigZeerErnstigEenzaam": ("ernstig-eenzaam", -1),
    "EmotioneelEenzaam": ("emotioneel-eenzaam", -1),
    "SociaalEenzaam": ("sociaal-eenzaam", -1),
    "Mantelzorger": ("mantelzorger", 0),
    "Vrijwilligerswerk": ("vrijwilligerswerk", 1),
    "ErnstigeGeluidhinderDoorBuren": ("geluidhinder-buren", -1),
    "MoeiteMetRondkomen": ("moeite-met-rondkomen", -1),
}
# domains of Positieve Gezondheid: the slots that the 2020 table can fill
DOMAINS = {
    "lichaamsfuncties": (
        ("ervaren-gezondheid",),
        ("langdurige-aandoening",),
        ("beweegrichtlijn", "wekelijkse-sporters"),
        ("overgewicht", "ernstig-overgewicht"),
        ("rokers",),
        ("alcoholrichtlijn", "zware-drinkers", "overmatige-drinkers"),
        ("beperking-horen", "beperking-zien"),
    ),
    "mentaal-welbevinden": (("hoog-risico-angst-depressie",), ("veel-stress",)),
    "zingeving": (("regie-eigen-leven",),),
    "kwaliteit-van-leven": (("moeite-met-rondkomen",), ("geluidhinder-buren",)),
    "meedoen": (
        ("eenzaam", "ernstig-eenzaam", "emotioneel-eenzaam", "sociaal-eenzaam"),
        ("vrijwilligerswerk",),
    ),
    "dagelijks-functioneren": (
        ("beperkt-door-gezondheid", "ernstig-beperkt-door-gezondheid", "langdurig-ziek-en-beperkt"),
        ("beperking-bewegen", "lichamelijke-beperking"),
    ),
}
Values = dict[str, dict[str, float]]


def read_rivm(path: Path) -> Values:
    """Per area code the values by our id; cells that are a lone point or empty are left out."""
    found: Values = {}
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            values = found.setdefault(row["WijkenEnBuurten"].strip(), {})
            for column, cell in row.items():
                name = column.rsplit("_", 1)[0]
                if name in TOPICS and cell.strip() not in ("", "."):
                    values[TOPICS[name][0]] = float(cell)
    return found


def read_weights(path: Path) -> dict[str, int]:
    """People of 15 and older on 1 January 2024: the four age groups added up."""
    found = {}
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        header = next(rows)
        code = next(i for i, name in enumerate(header) if name.endswith("Codering (code)"))
        ages = [i for i, name in enumerate(header) if "Leeftijdsgroepen/" in name][1:]
        for row in rows:
            if row[code].strip() in PARTS:
                found[row[code].strip()] = sum(int(row[i]) for i in ages)
    return found


def verdict(z: float, value: float, other: float, sign: int) -> str:
    """The words of method.md §3, basis band."""
    if int(value + 0.5) == int(other + 0.5) or abs(z) <= 0.5:
        return "vergelijkbaar"
    if sign == 0:
        return "hoger" if z > 0 else "lager"
    side = "gunstiger" if z > 0 else "ongunstiger"
    return ("iets " if abs(z) <= 1 else "" if abs(z) <= 2 else "veel ") + side


def domain_mean(slots: tuple[tuple[str, ...], ...], z: dict[str, float]) -> float | None:
    """Mean of the slots, all of them present or none."""
    if any(name not in z for slot in slots for name in slot):
        return None
    return statistics.fmean(statistics.fmean(z[name] for name in slot) for slot in slots)


def main(folder: Path, target: Path) -> None:
    """Write both csv files."""
    areas = read_rivm(folder / "rivm" / "50090NED_untyped_2020_18plus.csv.gz")
    weights = read_weights(
        folder / "cbs" / "statline_export_85984NED_2024_leeftijd_geslacht.csv.gz"
    )
    wijken = [values for code, values in areas.items() if code.startswith("WK")]
    country, gemeente = areas[COUNTRY], areas[GEMEENTE]
    sd, figures = {}, []
    z: dict[str, float] = {}
    z_gemeente: dict[str, float] = {}
    for name, sign in TOPICS.values():
        sd[name] = statistics.stdev(w[name] for w in wijken if name in w)
        value = sum(areas[p][name] * weights[p] for p in PARTS) / sum(weights[p] for p in PARTS)
        z[name] = (sign or 1) * (value - country[name]) / sd[name]
        z_gemeente[name] = (sign or 1) * (value - gemeente[name]) / sd[name]
        figures.append(
            {
                "indicator": name,
                "value": f"{value:.6f}",
                "gemeente": gemeente[name],
                "country": country[name],
                "sd": f"{sd[name]:.6f}",
                "z_country": f"{z[name]:.6f}",
                "z_gemeente": f"{z_gemeente[name]:.6f}",
                "against_country": verdict(z[name], value, country[name], sign),
                "against_gemeente": verdict(z_gemeente[name], value, gemeente[name], sign),
            }
        )
    signs = dict(TOPICS.values())
    per_wijk = [
        {name: (signs[name] or 1) * (w[name] - country[name]) / sd[name] for name in w}
        for w in wijken
    ]
    scores = []
    for domain, slots in DOMAINS.items():
        reference = [m for m in (domain_mean(slots, w) for w in per_wijk) if m is not None]
        own_sd = statistics.stdev(reference)
        own, versus = domain_mean(slots, z), domain_mean(slots, z_gemeente)
        assert own is not None
        assert versus is not None
        score = min(10.0, max(0.0, 5 + 5 * (own / own_sd) / 3))
        few = len(slots) < 2
        scores.append(
            {
                "domain": domain,
                "slots": len(slots),
                "reference_areas": "" if few else len(reference),
                "reference_sd": "" if few else f"{own_sd:.6f}",
                "z_raw": "" if few else f"{own:.6f}",
                "z": "" if few else f"{own / own_sd:.6f}",
                "z_gemeente": "" if few else f"{versus / own_sd:.6f}",
                "score": "" if few else f"{score:.6f}",
            }
        )
    write(target / "alphen_noord_2020.csv", figures)
    write(target / "alphen_noord_2020_domains.csv", scores)


def write(path: Path, rows: list[dict[str, object]]) -> None:
    """Write ``rows`` with their keys as header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
