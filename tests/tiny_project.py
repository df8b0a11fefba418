"""The smallest project that loads: every test spoils one thing in it."""

from __future__ import annotations

import shutil
from pathlib import Path

from wijkprofiel.assets import Assets, shipped_root

PROJECT = """\
title: Klein
edition: {number: 1, date: 2026-03-31}
style: kaal
boundary_year: 2024
periods: {tabel: "2020"}
editions: {tabel: T1}
frameworks: [kader]
documents: [blad]
"""
SOURCE = """\
id: tabel
title: Tabel
producer: CBS
licence: CC BY 4.0
kind: odata-v3
editions:
  - {table: T1, periods: ["2016", "2020"], division: 2020}
"""
INDICATORS = """\
indicators:
  - id: eenzaam
    title: Eenzaam
    definition: Mensen die zich eenzaam voelen.
    unit: percent
    direction: worse
    population: volwassenen
    group: health
    sources: [{table: tabel, keys: {all: Eenzaam}}]
  - id: inwoners
    title: Inwoners
    definition: Mensen die er wonen.
    unit: count
    direction: neutral
    population: alle inwoners
    group: population
    combine: sum
    sources: [{table: tabel, keys: {T1: AantalInwoners}}]
"""
FRAMEWORK = """\
id: kader
title: Kader
description: Een kader.
axis_word: thema
domains:
  - id: meedoen
    title: Meedoen
    question: Wie doet mee?
    colour: groen
    slots:
      - id: eenzaamheid
        title: Eenzaamheid
        kind: outcome
        weight: 1
        indicators:
          - {id: eenzaam, basis: Boek 1}
    context: [inwoners]
"""
STYLE = """\
id: kaal
title: Kaal
stylesheet: kaal
fonts:
  - {family: Letter, files: {400: letter.woff2}}
colours:
  ink: "#2B1B33"
  mute: "#665A6C"
  line: "#837888"
  favourable: "#0A5FA8"
  unfavourable: "#B5460B"
themes:
  groen: {full: "#A9D273", tint: "#E4F1CF", deep: "#3C6414"}
"""
DOCUMENT = """\
id: blad
title: Blad
readers: professionals
web: kader
themes: kader
key_figures: [inwoners]
"""
PROFILE = """\
name: Dorp
areas: [WK123401]
documents: [blad]
"""

FONT = "commissioner-latin-400-normal.woff2"
"""A font that the program ships, here under another name."""

FILES = {
    "wijkprofiel.yaml": PROJECT,
    "configs/sources/tabel.yaml": SOURCE,
    "configs/indicators/onderwerpen.yaml": INDICATORS,
    "configs/frameworks/kader.yaml": FRAMEWORK,
    "configs/styles/kaal.yaml": STYLE,
    "configs/profiles/dorp.yaml": PROFILE,
    "templates/blad/document.yaml": DOCUMENT,
    "templates/styles/kaal/blad.css": "",
}


def make(root: Path, **spoiled: str) -> Assets:
    """Write the project below ``root`` and return its assets, without the shipped ones.

    Args:
        spoiled: constant of this module ("PROFILE") → its text instead.
    """
    names = {text: name for name, text in globals().items() if name in spoiled}
    for path, text in FILES.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(spoiled.get(names.get(text, ""), text), encoding="utf-8")
    fonts = root / "templates" / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    shutil.copy(shipped_root() / "templates" / "fonts" / FONT, fonts / "letter.woff2")
    return Assets((root,))
