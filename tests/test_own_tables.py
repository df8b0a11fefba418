"""A GGD's own tables: every odd file is read as it is meant, or refused with its cell.

Each file is made here, as an office program would make it. What is expected was worked out by hand
from the cells; no case takes over what the reader said.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import math
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from wijkprofiel.errors import DataError
from wijkprofiel.model import Indicator
from wijkprofiel.sources import amounts, tables
from wijkprofiel.sources.gazetteer import Gazetteer
from wijkprofiel.sources.layout import Layout
from wijkprofiel.tables import check_indicators

AREAS = {
    "NL01": "Nederland",
    "GM9001": "Aaldorp",
    "GM9002": "Beverwold",
    "WK900101": "Wijk 01 Noord",
    "WK900102": "Wijk 02 De Meent",
    "WK900103": "Wijk 03 Curaçaobuurt",
    "WK900201": "Noord",
    "WK900202": "Beverwold",
    "BU90010101": "Noord-Oost",
}


def _indicator(name: str, unit: str = "percent", **more: Any) -> Indicator:
    facts = {"title": name.capitalize(), "definition": "x", "direction": "neutral"}
    facts |= {"population": "volwassenen", "group": "health"}
    return Indicator.model_validate({"id": name, "unit": unit, **facts, **more})


INDICATORS = {
    "eenzaam": _indicator("eenzaam", sources=[{"table": "ggd", "keys": {"all": "EENZ"}}]),
    "roken": _indicator("roken"),
    "inwoners": _indicator("inwoners", "count"),
}
WIDE: dict[str, Any] = {"area": "wijk", "period": "2024", "topics": {"eenzaam": "eenzaam"}}
LONG: dict[str, Any] = {
    "area": "wijk",
    "period": "jaar",
    "indicator": "onderwerp",
    "value": "waarde",
}
N, M, C = "WK900101", "WK900102", "WK900103"
OK = "ok"


def read(data: bytes, layout: dict[str, Any], where: str = "ggd.csv", **more: Any) -> Any:
    expected = tables.Expected("ggd", INDICATORS, Gazetteer(AREAS, **more))
    return check_indicators(
        tables.read(data, Layout.model_validate(layout), expected, where), where
    )


def told(data: bytes, layout: dict[str, Any], where: str = "ggd.csv") -> str:
    with pytest.raises(DataError) as failure:
        read(data, layout, where)
    return "\n".join(str(problem) for problem in failure.value.problems)


# --- making files ------------------------------------------------------------------------------

Rows = list[list[Any]]
Book = Callable[[Any, Any], None]


def book(rows: Rows, more: Book | None = None, *, sheets: tuple[str, ...] = ("Blad1",)) -> bytes:
    """Return an xlsx, its formulas computed by Excel (no 'compute again when opened')."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for name in sheets:
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(
                            number, column, cell, made.add_format({"num_format": "dd-mm-yyyy"})
                        )
                    else:
                        sheet.write(number, column, cell)
        if more:
            more(made, made.get_worksheet_by_name(sheets[0]))
    return patched(out.getvalue(), "xl/workbook.xml", ' fullCalcOnLoad="1"', "")


def patched(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook with one part of its XML changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            after.writestr(name, content)
    return out.getvalue()


def text(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([*lines, ""]).encode(encoding)


def percent(made: Any, sheet: Any, shown: str | int = "0.0%") -> None:
    for row, value in ((1, 0.45), (2, 0.07)):
        sheet.write_number(row, 1, value, made.add_format({"num_format": shown}))


def whole_percent(made: Any, sheet: Any) -> None:
    percent(made, sheet, 9)  # one of Excel's own formats: it stands in no list of the file


def sign_only(made: Any, sheet: Any) -> None:
    percent(made, sheet, '0.00"%"')  # the sign is text here: 0.45 is shown as 0.45%


def merged(span: str, name: str = "samen") -> Book:
    def more(made: Any, sheet: Any) -> None:
        sheet.merge_range(span, name, made.add_format())

    return more


HEAD: Rows = [["wijk", "eenzaam"]]
TWO: Rows = [*HEAD, [N, 45.5], [M, 7]]
NO_CALC = re.sub(r"\s+", " ", "a formula that was never computed")

# --- read as they are meant --------------------------------------------------------------------

# name: (file, changes of the layout, values in order as (area, value, status))
Expected = list[tuple[str, float, str]]
BOTH: Expected = [(N, 45.5, OK), (M, 7.0, OK)]
GAP = math.nan
READ: dict[str, tuple[bytes, dict[str, Any], Expected]] = {
    "semicolons and decimal comma": (text("wijk;eenzaam", f"{N};45,5", f"{M};7"), {}, BOTH),
    "commas and decimal point": (text("wijk,eenzaam", f"{N},45.5", f"{M},7"), {}, BOTH),
    "commas, decimal comma quoted": (text("wijk,eenzaam", f'{N},"45,5"', f"{M},7"), {}, BOTH),
    "tabs": (text("wijk\teenzaam", f"{N}\t45,5", f"{M}\t7"), {}, BOTH),
    "pipes": (text("wijk|eenzaam", f"{N}|45,5", f"{M}|7"), {}, BOTH),
    "a line that says the separator": (
        text("sep=|", "wijk|eenzaam", f"{N}|45,5", f"{M}|7"), {"header": 2}, BOTH,
    ),
    "UTF-8 with BOM": (text("wijk;eenzaam", f"{N};45,5", f"{M};7", encoding="utf-8-sig"), {}, BOTH),
    "UTF-16 with BOM": (text("wijk;eenzaam", f"{N};45,5", f"{M};7", encoding="utf-16"), {}, BOTH),
    "UTF-16 without BOM": (
        text("wijk;eenzaam", f"{N};45,5", f"{M};7", encoding="utf-16-le"), {}, BOTH,
    ),
    "Windows-1252": (
        text("wijk;eenzaam", "Curaçaobuurt;45,5", encoding="cp1252"), {}, [(C, 45.5, OK)],
    ),
    "xlsx with numbers": (book(TWO), {}, BOTH),
    "xlsx with numbers as text": (book([*HEAD, [N, "45,5"], [M, "7"]]), {}, BOTH),
    "a percent sign in text": (
        text("wijk;eenzaam", f"{N};45,5%", f"{M};7,0 %"), {}, BOTH,
    ),
    "fractions shown as percentages": (
        book(TWO, percent), {}, [(N, 45.0, OK), (M, 7.0, OK)],
    ),
    "fractions shown in a format of Excel itself": (
        book(TWO, whole_percent), {}, [(N, 45.0, OK), (M, 7.0, OK)],
    ),
    "a percent sign that is only text in the format": (
        book(TWO, sign_only), {"scale": "percent"}, [(N, 0.45, OK), (M, 0.07, OK)],
    ),
    "fractions that are declared": (
        text("wijk;eenzaam", f"{N};0,455", f"{M};0,07"), {"scale": "fraction"}, BOTH,
    ),
    "low percentages that are declared": (
        text("wijk;eenzaam", f"{N};0,4", f"{M};0,9"), {"scale": "percent"},
        [(N, 0.4, OK), (M, 0.9, OK)],
    ),
    "a low percentage beside others": (
        text("wijk;eenzaam", f"{N};0,9", f"{M};2,5"), {}, [(N, 0.9, OK), (M, 2.5, OK)],
    ),
    "zero is a value": (text("wijk;eenzaam", f"{N};0", f"{M};7"), {}, [(N, 0.0, OK), (M, 7.0, OK)]),
    "signs for no figure": (
        text("wijk;eenzaam", f"{N};.", f"{M};-", f"{C};x"), {},
        [(N, GAP, "unknown"), (M, GAP, "unknown"), (C, GAP, "suppressed")],
    ),
    "fewer than five": (
        text("wijk;eenzaam", f"{N};<5", f"{M};< 5%", f"{C};n.v.t."), {},
        [(N, GAP, "suppressed"), (M, GAP, "suppressed"), (C, GAP, "not_applicable")],
    ),
    "signs that are declared": (
        text("wijk;eenzaam", f"{N};-", f"{M};?", f"{C};-99997"),
        {"missing": {"-": "not_applicable", "?": "unknown", "-99997": "suppressed"}},
        [(N, GAP, "not_applicable"), (M, GAP, "unknown"), (C, GAP, "suppressed")],
    ),
    "names, with and without number": (
        text("wijk;eenzaam", "Wijk 02 De Meent;45,5", "  curacaobuurt ;7"), {},
        [(M, 45.5, OK), (C, 7.0, OK)],
    ),
    "a number before the name that nobody else writes": (
        text("wijk;eenzaam", "02 - De Meent;45,5", "wijk 3: Curaçaobuurt;7"), {},
        [(M, 45.5, OK), (C, 7.0, OK)],
    ),
    "a name of two areas beside its gemeente": (
        text("wijk;gemeente;eenzaam", "Noord;Aaldorp;45,5", "Noord;GM9002;7"),
        {"gemeente": "gemeente"}, [(N, 45.5, OK), ("WK900201", 7.0, OK)],
    ),
    "codes that lost their letters": (
        book([*HEAD, [900101, 45.5], ["900102 ", 7]]), {}, BOTH,
    ),
    "codes in small letters": (text("wijk;eenzaam", "wk900101;45,5", "WK 900102;7"), {}, BOTH),
    "gemeenten by name": (
        text("wijk;eenzaam", "Beverwold;45,5", "aaldorp;7"), {"level": "gemeente"},
        [("GM9002", 45.5, OK), ("GM9001", 7.0, OK)],
    ),
    "a totals row that is declared": (
        text("wijk;eenzaam", f"{N};45,5", "Totaal;7"), {"areas": {"totaal": "GM9001"}},
        [(N, 45.5, OK), ("GM9001", 7.0, OK)],
    ),
    "a totals row that is left out": (
        text("wijk;eenzaam", f"{N};45,5", f"{M};7", "Totaal;19"), {"leave_out": ["TOTAAL"]}, BOTH,
    ),
    "a title above the header": (
        book([["Gezondheidsmonitor"], [], *TWO]), {"header": 3}, BOTH,
    ),
    "notes below the table": (
        book([*TWO, [], ["Bron: GGD"], ["* voorlopig"]]), {"end": "blank"}, BOTH,
    ),
    "a last row that is declared": (book([*TWO, ["Bron: GGD"]]), {"end": 3}, BOTH),
    "an empty row in between": (book([*HEAD, TWO[1], [], TWO[2]]), {}, BOTH),
    "columns that are not asked for": (
        book([["x", "wijk", "aantal", "aantal", "eenzaam"], [1, N, 2, 3, 45.5],
              ["", M, "", "", 7]]), {}, BOTH,
    ),
    "a sheet that is named": (book(TWO, sheets=("Leesmij", "Cijfers")), {"sheet": "Cijfers"}, BOTH),
    "a formula that Excel computed": (
        book(TWO, lambda _, sheet: sheet.write_formula("B2", "=40+5.5", None, 45.5)), {}, BOTH,
    ),
    "merged cells elsewhere": (book([[*TWO[0], "", ""], *TWO[1:]], merged("C2:D3")), {}, BOTH),
    "thousands, where another number shows the sign": (
        text("wijk;eenzaam;n", f"{N};45,5;1.234", f"{M};7;12"), {"n": "n"}, BOTH,
    ),
    "spaces as thousands": (
        text("wijk;eenzaam;n", f"{N};45,5;1\u00a0234", f"{M};7;12"), {"n": "n"}, BOTH,
    ),
    "a quoted name with the separator in it": (
        text("wijk;eenzaam", '"De Meent";45,5', '"Curaçao\nbuurt";7'),
        {"areas": {"Curaçao buurt": C}}, [(M, 45.5, OK), (C, 7.0, OK)],
    ),
    "a two-row header, merged": (
        book([["", "Eenzaam", "", "n"], ["wijk", "2020", "2024", ""], [N, 40, 45.5, 9],
              [M, 6, 7, 9]], merged("B1:C1", "Eenzaam")),
        {"header": [1, 2], "period": "", "topics": {"eenzaam": [
            {"value": "Eenzaam / 2024", "period": "2024"}]}}, BOTH,
    ),
    "a two-row header in a CSV": (
        text("wijk;Eenzaam;;Roken", ";2020;2024;2024", f"{N};40;45,5;9", f"{M};6;7;9"),
        {"header": [1, 2], "period": "", "topics": {"eenzaam": [
            {"value": "Eenzaam / 2024", "period": "2024"}]}}, BOTH,
    ),
    "the columns that the indicators name": (
        text("wijk;EENZ", f"{N};45,5", f"{M};7"), {"topics": {}}, BOTH,
    ),
    "a long table": (
        book([["wijk", "jaar", "onderwerp", "waarde"], [N, 2024, "eenzaam", 45.5],
              [M, "2024JJ00", "EENZ", 7]]), LONG | {"topics": {}}, BOTH,
    ),
    "a long table with topics of others": (
        text("wijk;jaar;onderwerp;waarde", f"{N};2024;EENZ;45,5", f"{N};2024;iets anders;3",
             f"{M};2024;EENZ;7"),
        LONG | {"topics": {"eenzaam": "EENZ"}, "other_topics": "leave-out"}, BOTH,
    ),
    "a column per period": (
        text("gebied;onderwerp;2020;2024", f"{N};eenzaam;40,1;45,5"),
        {"area": "gebied", "indicator": "onderwerp", "topics": {}, "period": "",
         "periods": {"2020": "2020", "2024": "2024"}}, [(N, 40.1, OK), (N, 45.5, OK)],
    ),
    "the flat form of Swing": (
        text("period;geolevel;geoitem;EENZ", "2024;wijk;900101;45,5", "2024;gemeenten;9001;7",
             "2024;nederland;Nederland;9"),
        {"area": "geoitem", "level_column": "geolevel", "period": "period", "topics": {}},
        [(N, 45.5, OK), ("GM9001", 7.0, OK), ("NL01", 9.0, OK)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_an_odd_file_is_read_as_it_is_meant(name: str) -> None:
    data, changes, expected = READ[name]
    found = read(data, WIDE | changes)
    assert found[["area", "status"]].to_numpy().tolist() == [[a, s] for a, _, s in expected]
    values = found["value"].tolist()
    assert values == pytest.approx([value for _, value, _ in expected], nan_ok=True, abs=1e-9)


def test_periods_of_two_header_rows_stay_apart() -> None:
    data = text("wijk;Eenzaam;", ";2020;2024", f"{N};40;45,5")
    topics = [{"value": f"Eenzaam / {year}", "period": year} for year in ("2020", "2024")]
    layout = WIDE | {"header": [1, 2], "period": "", "topics": {"eenzaam": topics}}
    found = read(data, layout)
    assert found[["period", "value"]].to_numpy().tolist() == [["2020", 40.0], ["2024", 45.5]]


def test_limits_and_n_are_read_with_the_value() -> None:
    columns = {"value": "p", "lower": "lo", "upper": "hi", "n": "n"}
    data = text("wijk;p;lo;hi;n", f"{N};0,45;0,40;0,51;1.234", f"{M};<5;;;12", f"{C};0,07;.;.;.")
    found = read(data, WIDE | {"topics": {"eenzaam": columns}, "scale": "fraction"})
    assert found.loc[0, ["value", "lower", "upper", "n"]].tolist() == [45, 40, 51, 1234]
    assert found.loc[1, ["value", "n"]].isna().all()  # n of a suppressed figure is not kept
    assert found["status"].tolist() == ["ok", "suppressed", "ok"]


# --- refused, each with its place --------------------------------------------------------------

SPAN = "'1.234' can be 1234 and 1,234"
REFUSED: dict[str, tuple[bytes, dict[str, Any], list[str]]] = {
    "an empty file": (b"", {}, ["ggd.csv  the file is empty"]),
    "an empty sheet": (book([]), {}, ["ggd.csv!Blad1  the table is empty"]),
    "a header only": (book(HEAD), {}, ["ggd.csv!Blad1  the table has no rows"]),
    "a header that is further down": (
        book([["Titel"], [], *TWO]), {},
        ["!Blad1:1  has no column 'wijk'", "row 3 has them all: write header: 3"],
    ),
    "a doubled header": (
        book([["wijk", "eenzaam", "eenzaam"], [N, 1, 2]]), {},
        ["!Blad1:C1  the column 'eenzaam' stands there twice"],
    ),
    "a missing column": (
        text("wijk;eenzam", f"{N};1"), {}, ["ggd.csv:1  has no column 'eenzaam' (did you mean"],
    ),
    "a merged header": (
        book(TWO, merged("A1:B1")), {}, ["!Blad1:A1  the header is merged (A1:B1)"],
    ),
    "merged areas": (
        book([*HEAD, ["", 45], ["", 46]], merged("A2:A3", N)), {},
        ["!Blad1:A2  cells are merged (A2:A3)", "!Blad1:A3  no area stands here"],
    ),
    "merged values": (
        book(TWO, merged("B2:B3", "45")), {}, ["!Blad1:B2  cells are merged (B2:B3)"],
    ),
    "a hidden sheet": (
        patched(book(TWO, sheets=("Blad1", "Oud")), "xl/workbook.xml",
                '<sheet name="Oud"', '<sheet state="hidden" name="Oud"'),
        {"sheet": "Oud"}, ["ggd.csv!Oud  the sheet is hidden"],
    ),
    "a hidden row": (
        book(TWO, lambda _, s: s.set_row(1, None, None, {"hidden": True})), {},
        ["!Blad1:A2  the row is hidden"],
    ),
    "a hidden column": (
        book(TWO, lambda _, s: s.set_column("B:B", None, None, {"hidden": True})), {},
        ["!Blad1:B1  the column 'eenzaam' is hidden"],
    ),
    "several sheets": (book(TWO, sheets=("A", "B")), {}, ["ggd.csv  has several sheets", "A, B"]),
    "a sheet that is not there": (
        book(TWO), {"sheet": "Blad2"}, ["has no sheet 'Blad2' (did you mean 'Blad1'?)"],
    ),
    "an Excel error": (
        book(TWO, lambda _, s: s.write_formula("B3", "=1/0", None, "#DIV/0!")), {},
        ["!Blad1:B3  eenzaam: Excel shows an error here (#DIV/0!)"],
    ),
    "a formula without a value": (
        patched(book(TWO, lambda _, s: s.write_formula("B3", "=3+4", None, 77)),
                "xl/worksheets/sheet1.xml", "<v>77</v>", "<v></v>"),
        {}, [f"!Blad1:B3  eenzaam: {NO_CALC}"],
    ),
    "formulas of a program that computes nothing": (
        patched(book(TWO, lambda _, s: s.write_formula("B3", "=3+4")), "xl/workbook.xml",
                "<calcPr ", '<calcPr fullCalcOnLoad="1" '),
        {}, [f"!Blad1:B3  eenzaam: {NO_CALC}"],
    ),
    "a date in a number column": (
        book([*HEAD, [N, dt.date(2024, 5, 1)]]), {},
        ["!Blad1:B2  eenzaam: 2024-05-01 is a date or a time, no number"],
    ),
    "a number that Excel took for a date": (
        text("wijk;eenzaam", f"{N};1-mei", f"{M};45"), {}, ["ggd.csv:B2  eenzaam: '1-mei' is no"],
    ),
    "true for a number": (
        book([*HEAD, [N, True]]), {}, ["!Blad1:B2  eenzaam: WAAR is no number"],
    ),
    "text in a number": (
        text("wijk;eenzaam", f"{N};4O,5", f"{M};ca. 7"), {},
        ["ggd.csv:B2  eenzaam: '4O,5' is no number", "ggd.csv:B3  eenzaam: 'ca. 7' is no number"],
    ),
    "a mark behind a number": (
        text("wijk;eenzaam", f"{N};45*"), {}, ["ggd.csv:B2  eenzaam: '45*' is no number"],
    ),
    "a number in powers": (
        text("wijk;eenzaam", f"{N};4,5E+01"), {}, ["ggd.csv:B2  eenzaam: '4,5E+01' is no number"],
    ),
    "a sign nobody declared": (
        text("wijk;eenzaam", f"{N};?", f"{M};45"), {}, ["ggd.csv:B2  eenzaam: '?' is no number"],
    ),
    "thousands or decimals": (
        text("wijk;inw", f"{N};1.234"), {"topics": {"inwoners": "inw"}},
        [f"ggd.csv:B2  inw: {SPAN}", "declare the decimal sign"],
    ),
    "two decimal signs": (
        text("wijk;eenzaam", f"{N};45,3", f"{M};12.5", f"{C};7,1"), {},
        ["ggd.csv:B3  eenzaam: '12.5' has another decimal sign than '45,3' elsewhere"],
    ),
    "another sign than declared": (
        text("wijk;eenzaam", f"{N};45.35"), {"decimal": ","},
        ["ggd.csv:B2  eenzaam: '45.35' is no number"],
    ),
    "fractions that are not declared": (
        text("wijk;eenzaam", f"{N};0,45", f"{M};0,07"), {},
        ["ggd.csv:B2  eenzaam: 0.45 and all others lie between 0 and 1", "scale: fraction"],
    ),
    "mixed scales": (
        text("wijk;eenzaam", f"{N};45", f"{M};0,38", f"{C};41,5"), {},
        ["ggd.csv:B3  eenzaam: 0.38 stands beside 41.5 to 45: two scales"],
    ),
    "a percent format beside a bare fraction": (
        book([*TWO, [C, 0.38]], percent), {}, ["!Blad1:B4  eenzaam: 0.38"],
    ),
    "percentages declared to be fractions": (
        text("wijk;eenzaam", f"{N};45"), {"scale": "fraction"},
        ["ggd.csv:B2  eenzaam: 4500 is no percentage (0 to 100)"],
    ),
    "a share above a hundred": (
        text("wijk;eenzaam", f"{N};145"), {}, ["ggd.csv:B2  eenzaam: 145 is no percentage"],
    ),
    "a missing value as a number": (
        text("wijk;eenzaam", f"{N};-99997", f"{M};45"), {},
        ["ggd.csv:B2  eenzaam: -99997 is no percentage"],
    ),
    "a percentage of a count": (
        text("wijk;inw", f"{N};45%"), {"topics": {"inwoners": "inw"}},
        ["ggd.csv:B2  inwoners: a percentage, but its unit is 'count'"],
    ),
    "a count below zero": (
        text("wijk;inw", f"{N};-3"), {"topics": {"inwoners": "inw"}},
        ["ggd.csv:B2  inwoners: -3 is no count"],
    ),
    "a totals row": (
        text("wijk;eenzaam", f"{N};45", "Totaal Aaldorp;46"), {},
        ["ggd.csv:A3  'Totaal Aaldorp' looks like a totals row", "'areas'"],
    ),
    "the gemeente below its wijken": (
        text("wijk;eenzaam", f"{N};45", "Aaldorp;46"), {},
        ["ggd.csv:A3  'Aaldorp' is no wijk, but GM9001 Aaldorp"],
    ),
    "a row without an area": (
        text("wijk;eenzaam", f"{N};45", ";46"), {}, ["ggd.csv:A3  no area stands here"],
    ),
    "a name of two areas": (
        text("wijk;eenzaam", "Noord;45"), {},
        ["ggd.csv:A2  'Noord' is the name of 2 areas: WK900101", "WK900201 Noord in Beverwold",
         "the column with the gemeente"],
    ),
    "a wijk called as a gemeente": (
        text("wijk;eenzaam", f"{N};45", "Beverwold;46"), {},
        ["ggd.csv:A3  'Beverwold' can be WK900202 Beverwold in Beverwold or GM9002 Beverwold"],
    ),
    "an error in a file without references": (
        patched(patched(
            book([["wijk", "eenzaam"], [N, 45], [M, 46]],
                 lambda _, s: s.write_formula("B3", "=NA()", None, "#N/A")),
            "xl/worksheets/sheet1.xml", ' r="B3"', ""), "xl/worksheets/sheet1.xml", ' r="3"', ""),
        {}, ["!Blad1:B3  eenzaam: Excel shows an error here (#N/A)"],
    ),
    "an area that is misspelled": (
        text("wijk;eenzaam", "De Ment;45"), {},
        ["ggd.csv:A2  'De Ment' is no area of this division (did you mean WK900102"],
    ),
    "a code that does not exist": (
        text("wijk;eenzaam", "WK900109;45"), {}, ["ggd.csv:A2  'WK900109' is no area of this"],
    ),
    "an area of another gemeente": (
        text("wijk;g;eenzaam", f"{N};Beverwold;45"), {"gemeente": "g"},
        [f"ggd.csv:A2  '{N}' does not lie in Beverwold"],
    ),
    "a wrong encoding": (
        text("wijk;eenzaam", "Curaçaobuurt;45").decode().encode("mac-roman"), {},
        ["ggd.csv:2  holds signs that are not utf-8 or cp1252"],
    ),
    "an encoding that is declared wrongly": (
        text("wijk;eenzaam", "Curaçaobuurt;45", encoding="cp1252"), {"encoding": "utf-8"},
        ["ggd.csv:2  holds signs that are not utf-8"],
    ),
    "UTF-8 read as Windows-1252": (
        text("wijk;eenzaam", "Curaçaobuurt;45"), {"encoding": "windows-1252"},
        ["ggd.csv:A2  'CuraÃ§aobuurt' is no area", "WK900103"],
    ),
    "an area twice": (
        text("wijk;eenzaam", f"{N};45", f"{M};46", "wijk 01 noord;47"),
        {"areas": {"wijk 01 noord": N}},
        [f"ggd.csv:A4  {N}, eenzaam, 2024 stands there twice, first in row 2"],
    ),
    "the header again": (
        text("wijk;eenzaam", f"{N};45", "wijk;eenzaam", f"{M};46"), {},
        ["ggd.csv:A3  the header stands here again"],
    ),
    "a second table below": (
        book([*TWO, [], ["Mannen"], *TWO]), {},
        ["!Blad1:A5  'Mannen' is no area", "!Blad1:A6  the header stands here again",
         f"!Blad1:A7  {N}, eenzaam, 2024 stands there twice"],
    ),
    "a second table beside": (
        book([["wijk", "eenzaam", "", "wijk", "eenzaam"], [N, 45, "", M, 46]]), {},
        ["!Blad1:D1  the column 'wijk' stands there twice"],
    ),
    "notes below the table": (
        book([*TWO, ["Bron: GGD"]]), {}, ["!Blad1:A4  'Bron: GGD' is no area of this division"],
    ),
    "a decimal comma that is not quoted": (
        text("wijk,eenzaam", f"{N},45,5"), {},
        ["ggd.csv:C2  the row has 3 cells, the header 2", "between quotes"],
    ),
    "a row that stops early": (
        text("wijk;naam;eenzaam", f"{N};x;45", f"{M};x"), {},
        ["ggd.csv:C3  the row stops here: it has 2 cells, the header 3"],
    ),
    "a quote that never closes": (
        text("wijk;eenzaam", f'{N};"45', f"{M};46"), {}, ["ggd.csv:2  the quotes are wrong"],
    ),
    "no year": (
        text("wijk;jaar;eenzaam", f"{N};'24;45"), {"period": "jaar"},
        ["ggd.csv:B2  ''24' is no year"],
    ),
    "a year far off": (
        text("wijk;jaar;eenzaam", f"{N};2204;45"), {"period": "jaar"},
        ["ggd.csv:B2  '2204' is no year"],
    ),
    "a date for a year": (
        book([["wijk", "jaar", "eenzaam"], [N, dt.date(2024, 1, 1), 45]]), {"period": "jaar"},
        ["!Blad1:B2  '2024-01-01' is no year"],
    ),
    "an unknown topic": (
        text("wijk;jaar;onderwerp;waarde", f"{N};2024;eenzam;45"), LONG | {"topics": {}},
        ["ggd.csv:C2  'eenzam' is no indicator (did you mean 'eenzaam'?)"],
    ),
    "a topic that no config knows": (
        book(TWO), {"topics": {"eenzam": "eenzaam"}},
        ["!Blad1:B1  'eenzam' is no indicator (did you mean 'eenzaam'?)"],
    ),
    "a level nobody knows": (
        text("geolevel;wijk;eenzaam", f"ggd-regio;{N};45"), {"level_column": "geolevel"},
        ["ggd.csv:A2  'ggd-regio' is no level"],
    ),
    "limits that leave the value out": (
        text("wijk;p;lo;hi", f"{N};45;46;50"),
        {"topics": {"eenzaam": {"value": "p", "lower": "lo", "upper": "hi"}}},
        ["ggd.csv:B2  eenzaam: 45 does not lie between its limits 46 and 50"],
    ),
    "one limit": (
        text("wijk;p;lo;hi", f"{N};45;40;."),
        {"topics": {"eenzaam": {"value": "p", "lower": "lo", "upper": "hi"}}},
        ["ggd.csv:C2  a limit stands here without its value and other limit"],
    ),
    "half a person": (
        text("wijk;eenzaam;n", f"{N};45;12,5"), {"n": "n"}, ["ggd.csv:C2  n: 12.5 is no number of"],
    ),
    "an old Excel file": (b"\xd0\xcf\x11\xe0rest", {}, ["ggd.csv  is an old Excel file"]),
    "a workbook that was cut off": (book(TWO)[:900], {}, ["ggd.csv  is no workbook"]),
    "a web page called xls": (
        b"<html><table><tr><td>wijk</td></tr></table></html>", {},
        ["ggd.csv  is a web page or XML"],
    ),
    "a workbook with entities": (
        patched(book(TWO), "xl/styles.xml", "<styleSheet", "<!DOCTYPE x><styleSheet"), {},
        ["ggd.csv  is no workbook", "entities"],
    ),
    "zeros in the text": (b"wijk;eenzaam\r\n" + b"a" * 900 + b"\0;1", {}, ["is no text file"]),
    "no topics at all": (
        book(TWO), {"topics": {}, "area": "wijk"}, ["has no column 'EENZ'"],
    ),
    "nothing says the period": (book(TWO), {"period": ""}, ["layout: nothing says which period"]),
    "nothing says the value": (
        book(TWO), {"indicator": "eenzaam", "topics": {}}, ["layout: nothing says where the value"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_file_is_refused_with_its_cell(name: str) -> None:
    data, changes, words = REFUSED[name]
    said = told(data, WIDE | changes)
    for part in words:
        assert part in said, said


def test_there_are_enough_broken_files() -> None:
    assert len(REFUSED) >= 40


def test_all_problems_are_told_at_once_and_a_wrong_name_once() -> None:
    lines = [f"Ergens;{value}" for value in ("45", "x1", "x2")]
    said = told(text("wijk;eenzaam", *lines, "Nergens;46"), WIDE).splitlines()
    assert [line for line in said if "hint" not in line] == [
        "ggd.csv:A2  'Ergens' is no area of this division",
        "ggd.csv:B3  eenzaam: 'x1' is no number",
        "ggd.csv:B4  eenzaam: 'x2' is no number",
        "ggd.csv:A5  'Nergens' is no area of this division",
    ]


def test_a_file_with_very_many_problems_tells_fifty_and_counts_the_rest() -> None:
    said = told(text("wijk;eenzaam", *[f"{N};w{i}" for i in range(80)]), WIDE)
    assert "and 109 more problems" in said  # 80 words, 79 doubled areas, of which 50 are told


def test_years_outside_the_declared_periods_are_refused() -> None:
    layout = Layout.model_validate(WIDE | {"period": "jaar"})
    expected = tables.Expected("ggd", INDICATORS, Gazetteer(AREAS), periods=frozenset({"2024"}))
    with pytest.raises(DataError, match="2042 is not among the periods of this table"):
        tables.read(text("wijk;jaar;eenzaam", f"{N};2042;45"), layout, expected, "ggd.csv")
    fixed = Layout.model_validate(WIDE | {"period": "2023"})
    with pytest.raises(DataError, match="layout: 2023 is not among the periods"):
        tables.read(text("wijk;eenzaam", f"{N};45"), fixed, expected, "ggd.csv")


def test_names_of_other_gemeenten_do_not_count_but_their_codes_do() -> None:
    found = read(
        text("wijk;eenzaam", "Noord;45,5", "WK900202;7"), WIDE, within=frozenset({"GM9001"})
    )
    assert found["area"].tolist() == [N, "WK900202"]


def test_unknown_keys_of_a_layout_are_refused() -> None:
    with pytest.raises(ValidationError, match="seperator"):
        Layout.model_validate(WIDE | {"seperator": ";"})


# --- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "decimal", "value"),
    [
        ("1.234", ",", 1234.0),
        ("1.234", ".", 1.234),
        ("1,234.5", ".", 1234.5),
        ("1.234.567,25", ",", 1234567.25),
        ("−3", ",", -3.0),
        ("1 234", ",", 1234.0),
    ],
)
def test_a_number_is_read_with_its_decimal_sign(
    written: str, decimal: amounts.Sign, value: float
) -> None:
    assert amounts.read(written, {}, decimal, percent=False).value == value


@pytest.mark.parametrize(
    "written", ["1.23", "12.34,5", "1,2,3", "1..2", "", "12 34", "1.234,", "nan"]
)
def test_what_is_no_dutch_number_is_refused(written: str) -> None:
    assert amounts.read(written, {}, ",", percent=False).wrong


# --- any dialect, written and read back --------------------------------------------------------

Value = st.one_of(
    st.integers(min_value=0, max_value=1000).map(lambda tenths: tenths / 10),
    st.sampled_from(["unknown", "suppressed", "not_applicable"]),
)
SIGNS = {
    "unknown": ["", ".", "-", "onbekend"],
    "suppressed": ["x", "<5"],
    "not_applicable": ["nvt"],
}


@st.composite
def dialects(draw: st.DrawFn) -> tuple[bytes, dict[str, Any], list[tuple[str, str, Any]]]:
    """Draw a table, and a file with it in some dialect."""
    areas = draw(st.lists(st.sampled_from([N, M, C, "WK900201"]), min_size=1, unique=True))
    topics = draw(st.lists(st.sampled_from(["eenzaam", "roken"]), min_size=1, unique=True))
    figures = [(area, topic, draw(Value)) for area in areas for topic in topics]
    named = draw(st.booleans())
    style = draw(st.sampled_from(["bare", "sign", "fraction"]))
    decimal = draw(st.sampled_from([",", "."]))
    excel = draw(st.booleans())

    def area_cell(code: str) -> str:
        return AREAS[code] if named and code in {M, C} else code

    def cell(value: Any) -> Any:
        if isinstance(value, str):
            return draw(st.sampled_from(SIGNS[value]))
        if style == "fraction" and excel:
            return round(value / 100, 6)
        if excel and style == "bare":
            return value
        shown = f"{value / 100:.4f}" if style == "fraction" else f"{value:.1f}"
        return shown.replace(".", decimal) + ("%" if style == "sign" else "")

    long = draw(st.booleans())
    rows: Rows
    if long:
        rows = [["wijk", "jaar", "onderwerp", "waarde"]]
        rows += [[area_cell(a), "2024", t, cell(v)] for a, t, v in figures]
        layout = LONG | {"topics": {}}
    else:
        by = {(a, t): v for a, t, v in figures}
        rows = [["wijk", *topics]]
        rows += [[area_cell(a), *(cell(by[a, t]) for t in topics)] for a in areas]
        layout = WIDE | {"topics": {topic: topic for topic in topics}}
    scale = {"bare": "percent", "sign": None, "fraction": "fraction"}[style]
    layout |= {"scale": scale} | ({"decimal": decimal} if not excel or style != "bare" else {})
    if excel:
        return book(rows), layout, figures
    separator = draw(st.sampled_from([s for s in ";\t|," if s != decimal]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
    lines = [separator.join(map(str, row)) for row in rows]
    return text(*lines, encoding=encoding), layout, figures


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dialects())
def test_a_table_in_any_dialect_is_read_back_equal(
    made: tuple[bytes, dict[str, Any], list[tuple[str, str, Any]]],
) -> None:
    data, layout, figures = made
    found = read(data, layout)
    assert found[["area", "indicator"]].to_numpy().tolist() == [[a, t] for a, t, _ in figures]
    for (_, _, value), status, read_ in zip(figures, found["status"], found["value"], strict=True):
        if isinstance(value, str):
            assert (status, math.isnan(read_)) == (value, True)
        else:
            assert (status, read_) == (OK, pytest.approx(value, abs=1e-9))


# --- any broken bytes --------------------------------------------------------------------------


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(READ)),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3)), min_size=1, max_size=3),
)
def test_broken_bytes_are_read_or_refused_and_nothing_else(
    name: str, spots: list[tuple[float, bytes]]
) -> None:
    data, changes, _ = READ[name]
    for share, put in spots:
        at = int(share * len(data))
        data = data[:at] + put + data[at + 1 :]
    with contextlib.suppress(DataError):
        found = read(data, WIDE | changes)
        assert set(found["area"]) <= set(AREAS)
        assert found["value"].dropna().between(0, 100).all()
