# Every number on the factsheets of three areas is one that an account tells.

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import sample
from explained import AREAS, accounts, desk
from wijkprofiel import documents
from wijkprofiel.explain import Account, Desk, account_of

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SPENT = [
    r"\b(?:19|20)\d\d(?:–20\d\d)?\b",  # years and periods
    r"op \d+ januari",  # day of a count
    r"18\+",  # whom the health figures are about
    r"schaal 0 tot 10, 5 is zoals",  # what the scale of the scores is
    r"van 0 tot 10; een 5 is zoals",
    r"\(5 is Nederland\)",
]
"""What may stand between the numbers of a topic or domain and is none of them."""

OTHER = [
    *SPENT,
    r"^\d+(?:,\d+)? (?:km|m)$",  # scale of a map
    r"Uitgave \d+",
    r"\b\d+ (?:januari|maart)\b",  # day of a count, stamp of an edition
    r"\b(?:WK|BU|GM)\d+\b",  # codes of areas
    r"\b\d{5}(?:NED|ned)\b",  # tables
    r"CC BY 4\.0|CC0",  # licences
    r"Controlegetal [0-9a-f]{12}",
    r"De uitersten \(2,5%\)",  # the ends of a row's line, by rule
    r"bladzijden? \d+(?: en \d+)*",
    r"inwoners van 15 jaar of ouder",  # what the parts are weighted by
    # How many topics read what is about no topic: tests/test_agreement.py holds it to the verdicts.
    r"^Van de \d+ onderwerpen lijk(?:t|en) er [^.]*\.$",
    r"^Tegenover Nederland lijk(?:t|en) er [^.]*\.$",
]
"""Numbers on a factsheet that are no figure: each kind by name."""


@cache
def factsheet(name: str) -> ET.Element:
    config = sample.config()
    made = documents.make(desk(name).profile, config.documents["factsheet"], config)
    return ET.fromstring(made.html)  # noqa: S314 - our own markup


def kind(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def texts(element: ET.Element) -> list[str]:
    """Every text below an element, drawn ones and their alternatives too."""
    return [t for part in element.itertext() if (t := " ".join(part.split()))]


class Sheet:
    """A factsheet whose numbers are taken away as they are explained."""

    def __init__(self, name: str) -> None:
        self.root = factsheet(name)
        self.desk = desk(name)
        self.accounts = accounts(name)
        self.titles = {a.title: a for a in self.accounts.values() if a.kind == "indicator"}
        self.explained = 0
        self.done: set[ET.Element] = set()
        literal = sorted(
            {i.title for i in sample.config().indicators.values()}, key=len, reverse=True
        )
        self.literal = re.compile("|".join(map(re.escape, literal)))

    def domain(self, framework: str, title: str) -> Account:
        return next(
            a
            for a in self.accounts.values()
            if a.kind == "domain" and a.id.startswith(f"{framework}:") and a.title == title
        )

    def numbers(self, text: str, patterns: list[str]) -> list[str]:
        plain = self.literal.sub(" ", text)
        for pattern in patterns:
            plain = re.sub(pattern, " ", plain)
        return NUMBER.findall(plain)

    def told(self, account: Account) -> set[str]:
        """Every number that an account says stands on paper."""
        found = set(NUMBER.findall(" ".join(str(r["printed"]) for r in self.paper(account))))
        if account.kind == "domain":
            return found | set(NUMBER.findall(account.section("paper").facts["topics"]))
        names = [section.id for section in account.sections]
        if "frequency" in names:
            rows = account.section("frequency").rows
            found |= {str(row[key]) for row in rows for key in ("count", "of")}
        if "trend" in names:
            found |= set(NUMBER.findall(account.section("trend").facts["sentence"]))
        return found

    @staticmethod
    def paper(account: Account) -> Sequence[Mapping[str, Any]]:
        return account.section("paper").rows

    def printed(self, account: Account, row: str) -> str:
        found = {str(r["id"]): str(r["printed"]) for r in self.paper(account)}
        return found.get(row, "–")

    def scope(self, element: ET.Element, account: Account) -> None:
        """Hold every number below an element against the account of what it is about."""
        told = self.told(account)
        for text in texts(element):
            for number in self.numbers(text, SPENT):
                assert number in told, (account.id, number, text, sorted(told))
                self.explained += 1
        self.done.update(element.iter())

    def same(self, shown: str, printed: str, *where: object) -> None:
        """One cell against one line of an account, to the letter."""
        digits = NUMBER.findall(printed)
        assert NUMBER.findall(shown) == digits, (*where, shown, printed)
        self.explained += len(digits)


def explain_tables(sheet: Sheet) -> None:
    for row in sheet.root.iter():
        head = row.find("./th[@scope='row']") if kind(row) == "tr" else None
        if head is None or row in sheet.done:
            continue
        title = texts(head)[0]
        if title in sheet.titles:
            account = sheet.titles[title]
            cells = [c for c in row if "r" in (c.get("class") or "").split()]
            names = ["value", "gemeente", "country"] if len(cells) == 3 else ["value", "country"]
            for cell, name in zip(cells, names, strict=True):
                shown = " ".join(texts(cell))
                sheet.same(shown, sheet.printed(account, name), title, name)
            sheet.scope(row, account)
        elif sheet.desk.profile.area.slug and row.find(".//td/b") is not None:
            account = sheet.domain("positieve-gezondheid", title)
            score = row.find(".//td/b")
            assert score is not None
            sheet.same(score.text or "", sheet.printed(account, "score"), title)
            sheet.scope(row, account)


def explain_tiles_and_points(sheet: Sheet) -> None:
    for element in sheet.root.iter():
        number = element.find("./b[@class='num']")
        if number is None:
            continue
        spans = [e for e in element if (e.get("class") or "").split()[:1] == ["lab"]]
        label = spans[0] if spans else element.find("./div/b")
        assert label is not None
        account = sheet.titles[" ".join(texts(label))]
        sheet.same(" ".join(texts(number)), sheet.printed(account, "value"), account.id)
        sheet.scope(element, account)


def explain_themes(sheet: Sheet) -> None:
    for theme in sheet.root.iter("section"):
        if "theme" not in (theme.get("class") or "").split():
            continue
        sign = next(p for p in theme.iter("p") if (p.get("class") or "").startswith("sign"))
        domain = sheet.domain("wijzer-in-de-wijk", " ".join(texts(sign)))
        for element in theme.iter():
            names = (element.get("class") or "").split()
            if kind(element) == "div" and "tell" in names:
                explain_headline(sheet, element)
            elif kind(element) == "p" and names == ["score"]:
                sheet.scope(element, domain)
            elif kind(element) == "div" and "cell" in names:
                head = element.find("./h3")
                title = " ".join(texts(head)).split(",")[0] if head is not None else ""
                if title in sheet.titles:
                    account = sheet.titles[title]
                    sentence = account.section("trend").facts["sentence"]
                    assert sentence in " ".join(texts(element)), (title, sentence)
                    sheet.scope(element, account)


def explain_headline(sheet: Sheet, element: ET.Element) -> None:
    heading = element.find("./h2")
    assert heading is not None
    told = " ".join(texts(heading))
    for account in sheet.titles.values():
        if "frequency" not in [section.id for section in account.sections]:
            continue
        facts = account.section("frequency").facts
        if facts["sentence"] == told:
            compared = [p for p in element if p.get("class") == "compared"]
            assert not facts["compared"] or facts["compared"] in " ".join(texts(compared[0]))
            sheet.scope(element, account)
            return
    assert not NUMBER.search(told), told


def explain_pictures(sheet: Sheet) -> None:
    for title in sheet.root.iter(f"{SVG}title"):
        said = " ".join(texts(title))
        if said.startswith("Spinnenweb"):
            web(sheet, title, said)
        elif "getekende mensen" in said:
            crowd(sheet, title, said)
    for element in sheet.root.iter("div"):
        if "map5" in (element.get("class") or "").split():
            map_of_wijken(sheet, element)
    for element in sheet.root.iter("div"):
        if element.get("class") == "left":
            told = {n for a in sheet.accounts.values() if a.kind == "domain" for n in sheet.told(a)}
            for text in texts(element):
                assert set(sheet.numbers(text, SPENT)) <= told, text
            sheet.done.update(element.iter())


def web(sheet: Sheet, element: ET.Element, said: str) -> None:
    """Each axis with its score, and the gemeente's."""
    axes = [a for a in sheet.accounts.values() if a.id.startswith("positieve-gezondheid:")]
    for account in axes:
        part = said.split(f"{account.title}: ")[1]
        for other in axes:
            part = part.split(f"{other.title}: ")[0]
        score = re.match(r"score (\d+,\d)", part)
        assert (score[1] if score else "–") == account.printed, (account.id, part)
        sheet.explained += len(NUMBER.findall(part))
        assert set(NUMBER.findall(part)) <= sheet.told(account), (account.id, part)
    sheet.done.add(element)


def crowd(sheet: Sheet, element: ET.Element, said: str) -> None:
    """Shares of the age groups in the sum of them."""
    ages = sample.config().documents["factsheet"].ages
    found = [sheet.accounts[name] for name in ages]
    values = [account.section("figure").facts["value"] for account in found]
    for account, value in zip(found, values, strict=True):
        share = Decimal(100 * value / sum(values)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        assert f"{account.title} {share}%" in said, (account.title, share, said)
        sheet.explained += 1
    sheet.done.add(element)


def map_of_wijken(sheet: Sheet, element: ET.Element) -> None:
    """Every wijk on the map, by an account of that wijk."""
    topic = sample.config().documents["factsheet"].choropleth
    assert topic is not None
    drawn = sheet.desk.profile.map
    assert drawn is not None
    shown = {sheet.accounts[topic].printed}
    said = " ".join(texts(element))
    for wijk in drawn.wijken:
        account = wijk_account(wijk.code, topic)
        if account.section("figure").facts["value"] is not None:
            assert f"{wijk.name} {account.printed}" in said, wijk.name
            shown.add(account.printed)
            sheet.explained += 1
    numbers = {f"{n}%" for text in texts(element) for n in sheet.numbers(text, OTHER)}
    assert numbers <= shown
    sheet.done.update(element.iter())


@cache
def wijk_account(code: str, topic: str) -> Account:
    return account_of(Desk.of(sample.config(), sample.dataset(), code), "", topic)


@cache
def authored(name: str) -> str:
    """What people wrote themselves, and the definitions in the configs."""
    told = [f"{i.brief} {i.definition}" for i in sample.config().indicators.values()]
    strings = json.dumps(desk(name).profile.people.model_dump(mode="json"), ensure_ascii=False)
    return " ".join(" ".join([*told, strings.replace('", "', " ")]).split())


def is_authored(text: str, name: str) -> bool:
    """Whether a text, or each sentence of it, was written by people."""
    return all(part.strip(" :.()") in authored(name) for part in text.split(". "))


def is_line_to_write_on(element: ET.Element, parents: Mapping[ET.Element, ET.Element]) -> bool:
    above = parents.get(element, element)
    return "lines" in (above.get("class") or "") or "write" in (above.get("class") or "")


def unexplained(sheet: Sheet, name: str) -> list[tuple[str, str]]:
    """Explain what can be explained; return the numbers that are left and are no figure's."""
    for part in (explain_themes, explain_tables, explain_tiles_and_points, explain_pictures):
        part(sheet)
    n = sheet.accounts["eenzaam"].section("reference").facts["n"]
    measure = f"Maatstaf: {n // 1000}.{n % 1000:03d} wijken"
    left: list[tuple[str, str]] = []
    parents = {child: above for above in sheet.root.iter() for child in above}
    for element in sheet.root.iter():
        if is_line_to_write_on(element, parents):
            continue
        skip = element in sheet.done or kind(element) in {"style", "script"}
        own = [] if skip else [element.text]
        own += [child.tail for child in element if element not in sheet.done]
        for text in (" ".join(t.split()) for t in own if t):
            found = sheet.numbers(text.replace(measure, ""), OTHER)
            left += [(number, text) for number in found if not is_authored(text, name)]
    assert measure in " ".join(texts(sheet.root))
    return left


@pytest.mark.parametrize("name", AREAS)
def test_every_number_on_the_factsheet_is_one_that_an_account_tells(name: str) -> None:
    sheet = Sheet(name)
    assert unexplained(sheet, name) == []
    # So that nothing passes because nothing was looked at: figures, comparators, changes, scores.
    assert sheet.explained > 400


def test_the_check_sees_a_number_that_is_wrong_and_one_that_no_account_tells() -> None:
    name = AREAS[0]
    wrong = Sheet(name)
    wrong.root = copy.deepcopy(wrong.root)
    cell = next(e for e in wrong.root.iter("td") if e.get("class") == "r here")
    cell.text = str(int(cell.text or "0") + 1)
    with pytest.raises(AssertionError):
        explain_tables(wrong)
    stray = Sheet(name)
    stray.root = copy.deepcopy(stray.root)
    note = next(e for e in stray.root.iter("p") if e.get("class") == "case")
    note.text = f"{note.text} Dat zijn er 4321."
    assert [number for number, _ in unexplained(stray, name)] == ["4321"]
