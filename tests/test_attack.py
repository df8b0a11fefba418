"""Secondary suppression, and the attack on what is left, by attackers who are not the program's."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd
import pytest

import hierarchies
from builders import indicator
from hierarchies import Tree
from wijkprofiel import disclosure
from wijkprofiel.disclosure import Key, Rules
from wijkprofiel.disclosure.attack import attack
from wijkprofiel.disclosure.cells import Cell, System, relation
from wijkprofiel.disclosure.secondary import choose
from wijkprofiel.errors import DisclosureError
from wijkprofiel.model import Area, Edition, Level, OwnArea, SourceTable, Thresholds

TABLES = 10_000
AT_ONCE = 500


def source(**more: int) -> SourceTable:
    return SourceTable(
        id="enquete",
        title="enquete",
        producer="GGD",
        licence="eigen",
        kind="table",
        survey=True,
        disclosure=Thresholds(**more),
        editions=(Edition(table="t", periods=("2024",), division=2024),),
    )


def rules(figures: pd.DataFrame, **more: object) -> Rules:
    names = figures["indicator"].unique()
    given = {"indicators": {name: indicator(name) for name in names}, "areas": None} | more
    if given["areas"] is None:
        given["areas"] = hierarchies.areas(figures["area"])
    return Rules(sources={"enquete": source()}, year=2024, **given)  # type: ignore[arg-type]


def withheld(figures: pd.DataFrame) -> set[tuple[str, str]]:
    """Area and indicator of what is withheld."""
    rows = figures[figures["status"] == "suppressed"]
    assert rows[["value", "lower", "upper", "n"]].isna().all(axis=None)
    return set(zip(rows["area"], rows["indicator"], strict=True))


def one(asked: dict[str, int], yes: dict[str, int], name: str = "roken") -> pd.DataFrame:
    return hierarchies.figures({name: Tree(asked, yes, {})})


# --- a table from the literature ------------------------------------------------------------

# Investments by activity (rows) and region (columns) with their totals; (II, C) is confidential.
# The example of Fischetti & Salazar-González, Management Science 47 (2001), §1 (from Willenborg &
# de Waal): cells weigh what they hold, and the published solution withholds the four corners of
# activities II and III in regions A and C, of which an attacker finds (II, C) to lie in [5, 30].
# By hand: with those four unknown, II,A = 30 - x, III,C = 34 - x and III,A = x - 5, none below 0.
# Every other rectangle with (II, C) weighs more: 22 + 8 + 10 + 20 = 60 with I,A; 79 + 22 with I,B.
INVESTMENT = [[20, 50, 10, 80], [8, 19, 22, 49], [17, 32, 12, 61], [45, 101, 44, 190]]
PUBLISHED_SOLUTION = {(1, 0), (1, 2), (2, 0), (2, 2)}


def investment(protection: float) -> System:
    cells = {
        4 * r + c: Cell(
            Key("s", f"activity-{r}", "2000", (f"region-{c}",)),
            value,
            190,
            protection if (r, c) == (1, 2) else 0,
            weight=value,
        )
        for r, row in enumerate(INVESTMENT)
        for c, value in enumerate(row)
    }
    line = [1.0, 1.0, 1.0, -1.0]
    rows = [[(4 * r + c, k) for c, k in enumerate(line)] for r in range(4)]
    columns = [[(4 * r + c, k) for r, k in enumerate(line)] for c in range(4)]
    relations = [relation(cells, terms, "sum") for terms in (*rows, *columns)]
    return System(tuple(cells.values()), tuple(relations))


@pytest.mark.parametrize("protection", [1, 5, 10, 25])
def test_the_example_of_the_literature_gives_its_published_optimum(protection: float) -> None:
    whole = investment(protection)
    told = {(int(k.indicator[-1]), int(k.places[0][-1])) for k in choose(whole).withheld}
    assert told == PUBLISHED_SOLUTION


def test_the_attack_finds_the_published_interval() -> None:
    whole = investment(26)  # one more than the published solution gives
    hidden = {whole.cells[4 * r + c].key for r, c in PUBLISHED_SOLUTION}
    (found,) = attack(whole, {cell.key for cell in whole.cells} - hidden)
    assert (found.key, found.low, found.high) == (whole.cells[6].key, 5, 30)
    assert len(found.equations) >= 2


def test_wider_protection_than_the_published_solution_gives_needs_another() -> None:
    told = {(int(k.indicator[-1]), int(k.places[0][-1])) for k in choose(investment(26)).withheld}
    assert told > {(1, 2)}
    assert told != PUBLISHED_SOLUTION
    assert not attack(
        investment(26),
        {c.key for c in investment(26).cells} - choose(investment(26)).withheld,
    )


# --- ten thousand tables --------------------------------------------------------------------


def batches() -> Iterator[dict[str, Tree]]:
    rng = hierarchies.dice(20_241)
    for _ in range(TABLES // AT_ONCE):
        yield {f"i{number}": hierarchies.tree(rng) for number in range(AT_ONCE)}


@pytest.mark.slow
def test_an_attacker_recovers_nothing_from_ten_thousand_tables() -> None:
    small = more = 0
    for trees in batches():
        figures = hierarchies.figures(trees)
        safe = withheld(disclosure.protect(figures, rules(figures)).figures)
        for name, found in trees.items():
            gone = {area for area, other in safe if other == name}
            assert found.small() <= gone
            assert not hierarchies.recovered(found, gone), (name, found, gone)
            small += len(found.small())
            more += len(gone - found.small())
    assert small > TABLES  # the tables do have small cells, and need more to protect them
    assert more > TABLES / 4


def test_hardly_more_is_withheld_than_must_be() -> None:
    rng = hierarchies.dice(7)
    trees: dict[str, Tree] = {}
    while len(trees) < 250:
        found = hierarchies.tree(rng, deep=0.2)
        if found.small() and len(found.asked) - len(found.small()) <= 8:
            trees[f"i{len(trees)}"] = found
    figures = hierarchies.figures(trees)
    safe = withheld(disclosure.protect(figures, rules(figures)).figures)
    for name, found in trees.items():
        mine, best = sum(other == name for _, other in safe), hierarchies.least(found)
        assert best <= mine <= 1.5 * best, (name, found, mine, best)


def test_two_ways_of_adding_up_hold_against_every_whole_number() -> None:
    """Categories × wijken, tiny: every table of whole numbers that fits is tried."""
    rng = hierarchies.dice(11)
    names = ("ja", "soms", "wel")
    codes = ("WK000100", "WK000101", "GM0001")
    known = {name: indicator(name) for name in names[:2]}
    known["wel"] = indicator("wel", sum_of=names[:2])
    strict = {"enquete": source(people=8, cell=2, protection=2)}
    narrow = 0
    for _ in range(100):
        asked = [rng.randint(6, 14) for _ in range(2)]
        grid = [[rng.randint(0, n // 2) for _ in range(2)] for n in asked]
        table = [*grid, [sum(column) for column in zip(*grid, strict=True)]]
        people = [*asked, sum(asked)]
        cells = {
            (code, name): value
            for code, row in zip(codes, table, strict=True)
            for name, value in zip(names, (*row, sum(row)), strict=True)
        }
        figures = pd.concat(
            one(dict(zip(codes, people, strict=True)), {c: cells[c, name] for c in codes}, name)
            for name in names
        ).reset_index(drop=True)
        given = Rules(strict, known, hierarchies.areas(codes), 2024)
        gone = withheld(disclosure.protect(figures, given).figures)
        fits = [
            _table(a, b, c, d)
            for a in range(asked[0] + 1)
            for b in range(asked[0] + 1 - a)
            for c in range(asked[1] + 1)
            for d in range(asked[1] + 1 - c)
        ]
        fits = [t for t in fits if all(t[k] == v for k, v in cells.items() if k not in gone)]
        assert fits
        for (code, name), value in cells.items():
            n = people[codes.index(code)]
            if n < 8 or value < 2 or n - value < 2:
                assert (code, name) in gone
                seen = {table[code, name] for table in fits}
                everything = _widest(asked, code, name)
                assert max(seen) - min(seen) >= min(2, n, everything), (cells, gone)
                narrow += max(seen) - min(seen) < n
    assert narrow > 30  # the tables do tie the cells together


def _table(a: int, b: int, c: int, d: int) -> dict[tuple[str, str], int]:
    rows = {"WK000100": (a, b), "WK000101": (c, d), "GM0001": (a + c, b + d)}
    return {
        (code, name): value
        for code, row in rows.items()
        for name, value in zip(("ja", "soms", "wel"), (*row, sum(row)), strict=True)
    }


def _widest(asked: list[int], code: str, name: str) -> int:
    """With nothing published: each cell between 0 and the number asked."""
    assert name
    return {"WK000100": asked[0], "WK000101": asked[1], "GM0001": sum(asked)}[code]


# --- what an attacker knows -----------------------------------------------------------------


def test_the_order_of_the_rows_changes_nothing() -> None:
    rng = hierarchies.dice(3)
    figures = hierarchies.figures({f"i{n}": hierarchies.tree(rng) for n in range(60)})
    safe = withheld(disclosure.protect(figures, rules(figures)).figures)
    assert safe
    for seed in range(3):
        other = figures.sample(frac=1, random_state=seed).reset_index(drop=True)
        assert withheld(disclosure.protect(other, rules(other)).figures) == safe


def test_a_wijk_is_not_given_away_by_its_gemeente() -> None:
    asked = {"GM0001": 320, "WK000100": 20, "WK000101": 100, "WK000102": 200}
    yes = {"GM0001": 133, "WK000100": 3, "WK000101": 40, "WK000102": 90}
    figures = one(asked, yes)
    safe = withheld(disclosure.protect(figures, rules(figures)).figures)
    assert safe == {("WK000100", "roken"), ("WK000101", "roken")}


def test_a_small_rest_that_stands_in_no_table_is_not_given_away() -> None:
    # 12 people live in a wijk that has no row: gemeente minus the two wijken would tell of them.
    asked = {"GM0001": 312, "WK000101": 100, "WK000102": 200}
    yes = {"GM0001": 133, "WK000101": 40, "WK000102": 90}
    figures = one(asked, yes)
    assert len(withheld(disclosure.protect(figures, rules(figures)).figures)) == 1


def test_a_large_rest_needs_nothing() -> None:
    asked = {"GM0001": 400, "WK000101": 100, "WK000102": 200}
    yes = {"GM0001": 170, "WK000101": 40, "WK000102": 90}
    figures = one(asked, yes)
    assert not withheld(disclosure.protect(figures, rules(figures)).figures)


def test_parts_with_more_people_than_the_whole_tie_nothing() -> None:
    asked = {"GM0001": 200, "WK000100": 20, "WK000101": 100, "WK000102": 200}
    yes = {"GM0001": 80, "WK000100": 3, "WK000101": 40, "WK000102": 90}
    figures = one(asked, yes)
    safe = withheld(disclosure.protect(figures, rules(figures)).figures)
    assert safe == {("WK000100", "roken")}


@pytest.mark.parametrize(("limit", "gone"), [({}, 2), ({"people": 10, "cell": 2}, 0)])
def test_thresholds_are_those_of_the_source(limit: dict[str, int], gone: int) -> None:
    asked = {"GM0001": 320, "WK000100": 20, "WK000101": 100, "WK000102": 200}
    yes = {"GM0001": 133, "WK000100": 3, "WK000101": 40, "WK000102": 90}
    figures = one(asked, yes)
    given = rules(figures)
    given = Rules({"enquete": source(**limit)}, given.indicators, given.areas, 2024)
    assert len(withheld(disclosure.protect(figures, given).figures)) == gone


def test_a_category_is_not_given_away_by_its_total() -> None:
    both = [
        one({"WK000101": 100}, {"WK000101": n}, name) for name, n in (("soms", 3), ("vaak", 40))
    ]
    whole = one({"WK000101": 100}, {"WK000101": 43}, "ooit")
    figures = pd.concat([*both, whole], ignore_index=True)
    known = {name: indicator(name) for name in ("soms", "vaak")}
    known["ooit"] = indicator("ooit", sum_of=("soms", "vaak"))
    safe = disclosure.protect(figures, rules(figures, indicators=known))
    assert len(withheld(safe.figures)) == 2
    derived = figures.assign(n=figures["n"].where(figures["indicator"] != "ooit"))
    assert withheld(disclosure.protect(derived, rules(derived, indicators=known)).figures) == (
        withheld(safe.figures)
    )


def test_a_ratio_goes_with_its_parts() -> None:
    parts = [
        one({"WK000101": 90}, {"WK000101": n}, name) for name, n in (("wel", 3), ("leden", 60))
    ]
    figures = pd.concat([*parts, one({"WK000101": 90}, {"WK000101": 30}, "deel")]).reset_index()
    known = {name: indicator(name, unit="count") for name in ("wel", "leden")}
    known["deel"] = indicator("deel", combine="ratio", ratio=("wel", "leden"))
    safe = withheld(disclosure.protect(figures, rules(figures, indicators=known)).figures)
    assert {("WK000101", "wel"), ("WK000101", "deel")} <= safe


# --- own areas ------------------------------------------------------------------------------


def own(*codes: str, slug: str = "noord", people: int = 1000) -> OwnArea:
    parts = tuple(Area(c, c, Level.WIJK, "GM0001", 2024, people) for c in codes)
    return OwnArea(slug, slug, parts, (), None)


THREE = {"WK000100": 20, "WK000101": 100, "WK000102": 200}
SAID = {"WK000100": 3, "WK000101": 40, "WK000102": 90}


def test_an_own_area_is_shown_where_its_parts_are_not_given_away() -> None:
    figures = one(THREE, SAID)
    noord = own("WK000100", "WK000101")
    found = disclosure.protect(figures, rules(figures, owns=(noord,)))
    together = found.together[frozenset({"WK000100", "WK000101"})]["roken", "2024"]
    gone = {area for area, _ in withheld(found.figures)}
    # Equal weights: (15 % + 40 %) / 2 = 27.5 %. It is shown, or its other part is.
    assert "WK000100" in gone
    if together.value is not None:
        assert together.value == 28  # rounded as it is printed: a part is withheld
        assert "WK000101" in gone
        assert together.lower is None
    else:
        assert "WK000101" not in gone


def test_two_own_areas_that_differ_by_a_small_wijk_are_not_both_shown() -> None:
    figures = one(THREE, SAID)
    owns = (own("WK000100", "WK000101", "WK000102"), own("WK000101", "WK000102", slug="zuid"))
    found = disclosure.protect(figures, rules(figures, owns=owns))
    shown = [cells["roken", "2024"].value is not None for cells in found.together.values()]
    assert len(shown) == 2
    assert not all(shown)


def test_an_own_area_without_small_parts_keeps_all_its_decimals_and_margins() -> None:
    asked, yes = {"WK000101": 100, "WK000102": 200}, {"WK000101": 40, "WK000102": 91}
    figures = one(asked, yes).assign(lower=lambda t: t["value"] - 2, upper=lambda t: t["value"] + 4)
    found = disclosure.protect(figures, rules(figures, owns=(own("WK000101", "WK000102"),)))
    together = found.together[frozenset({"WK000101", "WK000102"})]["roken", "2024"]
    assert (together.value, together.lower, together.upper) == (42.75, 39.75, 45.75)
    assert together.n == 300


def test_a_small_own_area_is_withheld() -> None:
    asked, yes = {"WK000100": 12, "WK000101": 14, "WK000102": 200}, {
        "WK000100": 6, "WK000101": 7, "WK000102": 90}  # fmt: skip
    figures = one(asked, yes)
    found = disclosure.protect(figures, rules(figures, owns=(own("WK000100", "WK000101"),)))
    assert found.together[frozenset({"WK000100", "WK000101"})]["roken", "2024"].value is None


def test_the_people_behind_a_weighted_own_area_count() -> None:
    # 4 people of heavy weight said yes in both wijken together: 10 % of 80 would be 8 of them.
    asked, yes = {"WK000100": 40, "WK000101": 40}, {"WK000100": 4, "WK000101": 4}
    figures = one(asked, yes)
    cells = figures[["area", "indicator", "period", "source"]].assign(cell=2.0)
    north = own("WK000100", "WK000101")
    for given, shown in ((None, True), (cells, False)):
        found = disclosure.protect(figures, rules(figures, owns=(north,), cells=given))
        together = found.together[frozenset(asked)]["roken", "2024"]
        assert (together.value is not None) is shown


# --- what stands behind weighted figures ----------------------------------------------------


def weighted() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Three wijken and their gemeente, with percentages that add up by weight, not by n."""
    asked = {"WK000100": 40, "WK000101": 60, "WK000102": 200, "GM0001": 300}
    weight = {"WK000100": 10_000, "WK000101": 500, "WK000102": 9_000, "GM0001": 19_500}
    share = {"WK000100": 10.0, "WK000101": 40.0, "WK000102": 45.0}
    share["GM0001"] = sum(weight[code] * own for code, own in share.items()) / 19_500
    figures = one(asked, dict.fromkeys(asked, 0)).assign(value=list(share.values()))
    behind = figures[["area", "indicator", "period", "source"]].assign(
        cell=[4.0, 24.0, 90.0, 118.0], weight=list(weight.values()), parts=""
    )
    return figures, behind


def test_a_wijk_of_little_weight_does_not_hide_one_of_much_weight() -> None:
    """10,000·a + 500·b is known: with b from 0 to 1, a is known within 5 %, so 2 of 40 people."""
    figures, behind = weighted()
    gone = withheld(disclosure.protect(figures, rules(figures, cells=behind)).figures)
    assert gone == {("WK000100", "roken"), ("WK000102", "roken")}
    equal = behind.assign(weight=figures["n"])  # by n the cheapest other wijk will do
    gone = withheld(disclosure.protect(figures, rules(figures, cells=equal)).figures)
    assert gone == {("WK000100", "roken"), ("WK000101", "roken")}


@pytest.mark.parametrize("parts", ["WK000100 WK000101", "GM0001"])
def test_a_wijk_is_not_given_away_by_a_group_of_the_survey(parts: str) -> None:
    asked = {"WK000100": 20, "WK000101": 100, "GG0001": 120}
    figures = one(asked, {"WK000100": 3, "WK000101": 40, "GG0001": 43})
    behind = figures[["area", "indicator", "period", "source"]].assign(
        cell=[3.0, 40.0, 43.0], parts=["", "", parts]
    )
    areas = hierarchies.areas(["WK000100", "WK000101", "GM0001"])
    alone = rules(figures, areas=areas, cells=behind.assign(parts=""))
    assert len(withheld(disclosure.protect(figures, alone).figures)) == 1
    found = withheld(disclosure.protect(figures, rules(figures, areas=areas, cells=behind)).figures)
    assert len(found) == 2


def test_margins_of_a_gemeente_do_not_tell_of_a_withheld_wijk() -> None:
    """A stratified error is a sum over wijken: a second equation with the same two unknowns."""
    figures = one({**FOUR, "GM0002": 300}, {**FOUR_SAID, "GM0002": 100})
    figures = figures.assign(lower=figures["value"] - 4.36, upper=figures["value"] + 4.41)
    found = disclosure.protect(figures, rules(figures, owns=(own("GM0001", "GM0002"),)))
    told = found.figures.set_index("area")[["lower", "value", "upper"]].T.to_dict("list")
    assert told["GM0001"] == [37, 41.5625, 46]  # 37.2025 and 45.9725
    assert told["WK000102"] == pytest.approx([40.64, 45, 49.41])
    assert told["GM0002"] == pytest.approx([100 / 3 - 4.36, 100 / 3, 100 / 3 + 4.41])
    together = found.together[frozenset({"GM0001", "GM0002"})]["roken", "2024"]
    assert (together.lower, together.upper) == (None, None)


# --- what was published before --------------------------------------------------------------


def earlier(**values: float) -> pd.DataFrame:
    rows = [(a, "roken", "2024", "enquete", v, math.nan) for a, v in values.items()]
    return pd.DataFrame(rows, columns=["areas", "indicator", "period", "source", "value", "n"])


FOUR = {"GM0001": 320, **THREE}
FOUR_SAID = {"GM0001": 133, **SAID}


def test_what_was_published_hides_nothing_and_stays() -> None:
    figures = one(FOUR, FOUR_SAID)
    found = disclosure.protect(figures, rules(figures, published=earlier(WK000101=40.0)))
    gone = {area for area, _ in withheld(found.figures)}
    assert "WK000101" not in gone
    assert gone == {"WK000100", "WK000102"}


def test_an_earlier_publication_of_a_small_cell_is_told() -> None:
    figures = one(FOUR, FOUR_SAID)
    found = disclosure.protect(figures, rules(figures, published=earlier(WK000100=15.0)))
    told = [f for f in found.findings if f.code == "already-published"]
    assert len(told) == 1
    assert "WK000100 roken 2024" in told[0].message
    assert "15" not in told[0].message
    assert withheld(found.figures) == {("WK000100", "roken")}


def test_all_others_published_before_give_a_small_cell_away() -> None:
    figures = one(FOUR, FOUR_SAID)
    before = earlier(GM0001=41.5625, WK000101=40.0, WK000102=45.0)
    found = disclosure.protect(figures, rules(figures, published=before))
    assert {f.code for f in found.findings} == {"figures-withheld", "already-published"}


# --- the attack itself ----------------------------------------------------------------------


def test_the_attack_names_what_leaks_and_not_its_value() -> None:
    figures = one(FOUR, FOUR_SAID)
    found = disclosure.protect(figures, rules(figures))
    everything = {*found.published, Key("enquete", "roken", "2024", ("WK000101",))}
    with pytest.raises(DisclosureError, match="WK000100 roken 2024 can be worked out") as caught:
        disclosure.refuse_recovered(found, everything, "noord.pdf")
    told = str(caught.value.problems[0])
    assert "noord.pdf" in told
    assert "GM0001 and what lies in it" in told
    assert "15" not in told


def test_how_many_are_withheld_is_told_but_not_which() -> None:
    figures = one(FOUR, FOUR_SAID)
    (finding,) = disclosure.protect(figures, rules(figures)).findings
    assert finding.message.startswith("1 figures are withheld")
    assert "and 1 more" in finding.message
    assert "WK" not in finding.message


def test_other_true_values_behind_the_same_pattern_leave_no_trace() -> None:
    found = []
    for small, other in ((3, 40), (6, 37)):
        said = FOUR_SAID | {"WK000100": small, "WK000101": other}
        figures = one(FOUR, said)
        safe = disclosure.protect(figures, rules(figures, owns=(own(*THREE),)))
        found.append((safe.figures, safe.findings, safe.published))
    pd.testing.assert_frame_equal(found[0][0], found[1][0])
    assert found[0][1:] == found[1][1:]
