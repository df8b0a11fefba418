"""A further table is a YAML: SES-WOA and the Leefbaarometer are read with no code of their own."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
from pathlib import Path

import pandas as pd
import pytest
import yaml

from sample import config
from wijkprofiel.assets import shipped_root
from wijkprofiel.config import Config
from wijkprofiel.errors import DataError
from wijkprofiel.sources import folder
from wijkprofiel.sources.doctor import examine

SUPPLIERS = shipped_root().parent / "shared" / "data"
EXPORT = SUPPLIERS / "cbs" / "SES_WOA_scores_per_wijk_en_buurt_25042023.csv"
CODE = "Regiocode (gemeente, wijk, buurt) (code)"
SCORE = "SES-WOA/Totaalscore/Gemiddelde score (Getal)"
NUMBER = "Particuliere huishoudens (Aantal)"
SES_LAYOUT = {"area": CODE, "period": "Perioden", "decimal": "."}

# The shape of StatLine's export (BOM, ";", quotes, padded codes and numbers, "." for unknown);
# the figures are made up.
MADE_UP = (
    '\ufeff"Perioden";"Wijken en buurten";"Regiocode (gemeente, wijk, buurt) (code)";'
    '"Particuliere huishoudens (Aantal)";"Opleidingsniveau/Laag/Waarde (%)";'
    '"Opleidingsniveau/Hoog/Waarde (%)";"SES-WOA/Totaalscore/Gemiddelde score (Getal)";'
    '"Spreiding/Spreiding totaal/Waarde (Getal)"\r\n'
    '"2019";"Dorp";"GM0001    ";"   45700";"    20.8";"    49.5";"  -0.100";"   1.010"\r\n'
    '"2019";"Kern";"WK000100  ";"    2900";"    12.9";"    58.2";"   0.022";"   0.892"\r\n'
    '"2019";"Akker";"BU00010001";"       0";"       .";"       .";"       .";"       ."\r\n'
).encode()

# The shape of the Leefbaarometer's open data, as its users describe it (see the config of the
# source); the figures are made up.
LEEFBAAROMETER = (
    b"wk_code,wk_naam,jaar,lbm,afw,fys,onv,soc,vrz,won\n"
    b"WK000100,Kern,2022,4.0812,-0.0312,0.01,-0.02,0.003,-0.01,-0.0142\n"
    b"WK000100,Kern,2024,4.1524,0.0401,0.02,-0.01,0.01,0.02,0.0001\n"
)


def write(root: Path, name: str, content: bytes, **facts: object) -> None:
    """A data file and its sidecar: all that a GGD adds for a table it downloaded itself."""
    root.mkdir(exist_ok=True)
    (root / name).write_bytes(content)
    told = {
        "kind": "figures",
        "origin": "a test",
        "licence": "CC BY 4.0",
        "sha256": hashlib.sha256(content).hexdigest(),
        **facts,
    }
    (root / f"{name}.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")


def project(year: int = 2024, **editions: str) -> Config:
    names = {key.replace("_", "-"): value for key, value in editions.items()}
    facts = {"editions": names, "periods": {}, "boundary_year": year}
    changed = config().project.model_copy(update=facts)
    return dataclasses.replace(config(), project=changed)


def read_ses(root: Path, content: bytes) -> pd.DataFrame:
    write(root, "ses.csv", content, source="cbs-ses-woa", table="85163NED", layout=SES_LAYOUT)
    return folder.load(project(2021, cbs_ses_woa="85163NED"), root, strict=True).figures


def test_the_code_knows_nothing_of_these_tables() -> None:
    for path in (shipped_root() / "src").rglob("*.py"):
        text = path.read_text(encoding="utf-8").lower()
        for word in ("ses-woa", "ses_woa", "leefbaarometer", "totaalscore"):
            assert word not in text, path


def test_an_export_of_statline_is_read_with_a_sidecar(tmp_path: Path) -> None:
    found = read_ses(tmp_path / "data", MADE_UP).set_index(["area", "indicator"])
    assert found.loc[("GM0001", "ses-woa"), "value"] == -0.1
    assert found.loc[("WK000100", "ses-woa-spreiding"), "value"] == 0.892
    assert found.loc[("GM0001", "particuliere-huishoudens"), "value"] == 45_700
    assert found.loc[("WK000100", "huishoudens-hoog-opgeleid"), "value"] == 58.2
    nobody = found.loc["BU00010001"]
    assert nobody.loc["ses-woa", "status"] == "unknown"
    assert (nobody.loc["particuliere-huishoudens", ["value", "status"]] == [0.0, "ok"]).all()
    assert set(found["period"]) == {"2019"}
    assert set(found["source"]) == {"cbs-ses-woa"}


def test_figures_of_another_division_are_not_shown_without_a_crosswalk(tmp_path: Path) -> None:
    root = tmp_path / "data"
    read_ses(root, MADE_UP)
    found = folder.load(project(2024, cbs_ses_woa="85163NED"), root)
    assert found.figures.empty
    assert set(found.unlinked["area"]) == {"GM0001", "WK000100", "BU00010001"}
    assert "figures-not-linked" in {finding.code for finding in found.findings}


def test_a_year_that_the_table_does_not_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="2012 is not among the periods"):
        read_ses(tmp_path / "data", MADE_UP.replace(b'"2019"', b'"2012"'))


def test_a_column_that_was_not_downloaded_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_ses(tmp_path / "data", MADE_UP.replace(b"Gemiddelde score", b"Mediaan"))
    assert f"has no column '{SCORE}'" in caught.value.problems[0].message


@pytest.mark.skipif(not EXPORT.is_file(), reason=f"the supplier's export is not at hand ({EXPORT})")
def test_the_real_export_is_read_to_the_last_row(tmp_path: Path) -> None:
    content = EXPORT.read_bytes()
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert len(rows) == 579
    figures = read_ses(tmp_path / "data", content)
    found = {(one["area"], one["indicator"]): one for one in figures.to_dict("records")}
    assert len(figures) == 5 * len(rows)
    for row in rows:
        for column, topic in ((SCORE, "ses-woa"), (NUMBER, "particuliere-huishoudens")):
            cell = found[row[CODE].strip(), topic]
            if row[column].strip() == ".":
                assert cell["status"] == "unknown"
            else:
                assert (cell["value"], cell["status"]) == (float(row[column]), "ok")


def test_the_leefbaarometer_is_read_with_a_sidecar(tmp_path: Path) -> None:
    root = tmp_path / "data"
    layout = {"area": "wk_code", "level": "wijk", "period": "jaar", "separator": ",",
              "decimal": "."}  # fmt: skip
    write(root, "lbm.csv", LEEFBAAROMETER, source="leefbaarometer", table="meting-2024",
          layout=layout)  # fmt: skip
    found = folder.load(project(leefbaarometer="meting-2024"), root, strict=True).figures
    values = dict(zip(found["period"], found["value"], strict=True))
    assert values == {"2022": -0.0312, "2024": 0.0401}
    assert set(found["indicator"]) == {"leefbaarometer"}


def test_the_doctor_looks_at_these_tables_too(tmp_path: Path) -> None:
    root = tmp_path / "data"
    write(root, "ses.csv", MADE_UP.replace(b"    20.8", b"   208.0"), source="cbs-ses-woa",
          table="85163NED", layout=SES_LAYOUT)  # fmt: skip
    found = {f.code: f for f in examine(project(cbs_ses_woa="85163NED"), root)}
    assert "208" in found["unreadable"].message
