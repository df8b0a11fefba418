"""Small random survey tables, and an attacker who is not the program's own.

The attacker of a tree of areas knows no linear programme: it passes whole numbers up and down the
tree until nothing changes. In a tree that gives the exact bounds of every cell: the sets that a
node allows its parent and its parts are intervals, and share no cell but that one.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from wijkprofiel.tables import AREA_COLUMNS, INDICATOR_COLUMNS

Bounds = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Tree:
    """Areas, the number asked and the number that said yes; ``inner`` per area with parts."""

    asked: dict[str, int]
    yes: dict[str, int]
    inner: dict[str, list[str]]

    def small(self, people: int = 30, cell: int = 5) -> set[str]:
        return {
            a
            for a, n in self.asked.items()
            if n < people or self.yes[a] < cell or n - self.yes[a] < cell
        }


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - tables for a test, the same on every run


def tree(rng: random.Random, *, deep: float = 0.3) -> Tree:
    """A gemeente of two to five wijken, some of them with two to three buurten."""
    asked: dict[str, int] = {}
    yes: dict[str, int] = {}
    inner: dict[str, list[str]] = {"GM0001": []}
    for w in range(rng.randint(2, 5)):
        wijk = f"WK0001{w:02d}"
        inner["GM0001"].append(wijk)
        if rng.random() < deep:
            inner[wijk] = [f"BU0001{w:02d}{b:02d}" for b in range(rng.randint(2, 3))]
    for code in _leaves(inner):
        asked[code] = rng.randint(10, 90)
        most = rng.choice([6, 20, asked[code], asked[code]])
        yes[code] = rng.randint(0, min(most, asked[code]))
        if rng.random() < 0.3:
            yes[code] = asked[code] - yes[code]
    for code in (*[c for c in inner if c != "GM0001"], "GM0001"):
        asked[code] = sum(asked[part] for part in inner[code])
        yes[code] = sum(yes[part] for part in inner[code])
    return Tree(asked, yes, inner)


def _leaves(inner: dict[str, list[str]]) -> Iterator[str]:
    for parts in inner.values():
        yield from (part for part in parts if part not in inner)


def bounds(found: Tree, published: Collection[str]) -> Bounds:
    """What somebody knows who sees the published cells and every number asked."""
    known = {a: (found.yes[a],) * 2 if a in published else (0, n) for a, n in found.asked.items()}
    while True:
        before = dict(known)
        for whole, parts in found.inner.items():
            low = sum(known[p][0] for p in parts)
            high = sum(known[p][1] for p in parts)
            top = known[whole] = max(known[whole][0], low), min(known[whole][1], high)
            for part in parts:
                own = known[part]
                rest = low - own[0], high - own[1]
                known[part] = max(own[0], top[0] - rest[1]), min(own[1], top[1] - rest[0])
        if known == before:
            return known


def recovered(found: Tree, withheld: Collection[str], width: int = 5) -> set[str]:
    """Small cells that are known more narrowly than they may be."""
    seen = bounds(found, set(found.asked) - set(withheld))
    return {a for a in found.small() if seen[a][1] - seen[a][0] < min(width, found.asked[a])}


def least(found: Tree) -> int:
    """The smallest number of cells that can be withheld, by trying all sets from small to large."""
    small = found.small()
    others = sorted(set(found.asked) - small)
    for extra in range(len(others) + 1):
        if any(not recovered(found, small | set(more)) for more in combinations(others, extra)):
            return len(small) + extra
    return len(found.asked)


def figures(trees: dict[str, Tree], source: str = "enquete") -> pd.DataFrame:
    """An IndicatorTable with an indicator per tree."""
    nan = float("nan")
    rows = [
        (area, name, "2024", 100 * found.yes[area] / n, nan, nan, float(n), "ok", source)
        for name, found in trees.items()
        for area, n in found.asked.items()
    ]
    return pd.DataFrame(rows, columns=list(INDICATOR_COLUMNS))


def areas(codes: Collection[str]) -> pd.DataFrame:
    """An AreaTable of CBS codes, each in the area that its digits say."""
    level = {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt"}
    around = {"NL": "", "GM": "NL00", "WK": "GM{0:.4}", "BU": "WK{0:.6}"}
    rows = [
        (c, c, level[c[:2]], around[c[:2]].format(c[2:]), 2024, 1000.0) for c in sorted(set(codes))
    ]
    return pd.DataFrame(rows, columns=list(AREA_COLUMNS))
