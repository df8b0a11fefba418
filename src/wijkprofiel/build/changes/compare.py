"""The changes between two manifests of one area: verdicts, figures, scores and comparators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wijkprofiel.build.changes import causes
from wijkprofiel.build.changes.differences import Differences, differences
from wijkprofiel.build.changes.documents import documents
from wijkprofiel.build.changes.model import Because, Cause, Change, Kind
from wijkprofiel.build.changes.read import Manifest
from wijkprofiel.build.published import (
    COUNTRY,
    GEMEENTE,
    SIMILAR,
    PublishedFigure,
    PublishedScore,
)
from wijkprofiel.model import Status
from wijkprofiel.wording import Words

PLACES = (GEMEENTE, COUNTRY, SIMILAR)
_NONE = "none"
_ABSENT = PublishedFigure(status=Status.ABSENT.value)


@dataclass(frozen=True, slots=True)
class Both:
    """One area in two builds, and the words to tell what changed."""

    old: Manifest
    new: Manifest
    found: Differences
    words: Words

    @property
    def place(self) -> tuple[str, str, tuple[str, ...]]:
        """Slug, name and codes, of the new build."""
        area = self.new.area or self.old.area
        if area is None:
            together = self.new.comparison or self.old.comparison
            return (together.slug, together.title, ()) if together else ("", "", ())
        return area.slug, area.name, area.codes


def compare(old: Manifest, new: Manifest, words: Words) -> tuple[Change, ...]:
    """Return all that changed for one area, in no order.

    A value that comes with a change of its verdict stands with the verdict.
    """
    both = Both(old, new, differences(old, new), words)
    made = [*_area(both), *_figures(both), *_scores(both), *_comparators(both)]
    return (*made, *documents(old, new, both.place, made))


# --- the area itself --------------------------------------------------------------------------


def _area(both: Both) -> Iterator[Change]:
    before, after = both.old.area, both.new.area
    if before is None or after is None:
        return
    parts = Because.of(
        Cause.BOUNDARY, "boundary.parts", old=" ".join(before.codes), new=" ".join(after.codes)
    )
    named = (before.slug, before.name) != (after.slug, after.name)
    if before.codes != after.codes:
        what = "renumbered" if after.before == before.codes else "parts"
        codes = (" ".join(before.codes), " ".join(after.codes))
        yield _change(both, Kind.AREA, what, codes, (parts,))
    if named:
        shown = [f"{area.name} ({area.slug})" for area in (before, after)]
        if before.slug == after.slug:
            shown = [before.name, after.name]
        reason = parts if before.codes != after.codes else Because.of(Cause.CHOICE, "choice.name")
        yield _change(both, Kind.AREA, "renamed", (shown[0], shown[1]), (reason,))


# --- topics -----------------------------------------------------------------------------------


def _figures(both: Both) -> Iterator[Change]:
    before, after = both.old.published.figures, both.new.published.figures
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            yield from _topic_itself(both, name, old, new)
        elif old != new:
            yield from _figure(both, name, old, new)


def _topic_itself(
    both: Both, name: str, old: PublishedFigure | None, new: PublishedFigure | None
) -> Iterator[Change]:
    shown = (_shown(old or _ABSENT, both.words), _shown(new or _ABSENT, both.words))
    if shown[0] != shown[1]:
        reason = Because.of(
            Cause.METHOD, "method.topic_gone" if new is None else "method.topic_new"
        )
        yield _change(both, Kind.FIGURE, "gone" if new is None else "new", shown, (reason,), name)


def _figure(both: Both, name: str, old: PublishedFigure, new: PublishedFigure) -> Iterator[Change]:
    values = (_shown(old, both.words), _shown(new, both.words))
    values = _discreet(old, new, values, both.words)
    flips = list(_flips(old.verdicts, new.verdicts))
    for place, before, after in flips:
        because = causes.of_verdict(name, place, old, new, both.found)
        pair = (before, after)
        yield _change(both, Kind.VERDICT, f"verdict.{place}", values, because, name, levels=pair)
    if flips:
        return
    because = causes.of_figure(name, old, new, both.found)
    if (old.value, old.status) != (new.value, new.status):
        yield _change(both, Kind.FIGURE, "value", values, because, name)
        return
    told = {
        "period": (old.period, new.period),
        "margins": (old.margins, new.margins),
        "trend": (_trend(old), _trend(new)),
        "basis": (_word("basis", old.basis, both.words), _word("basis", new.basis, both.words)),
    }
    for what, shown in told.items():
        if shown[0] != shown[1]:
            yield _change(both, Kind.FIGURE, what, shown, because, name)


def _shown(figure: PublishedFigure, words: Words) -> str:
    return figure.value or words(f"status.{figure.status}")


def _discreet(
    old: PublishedFigure, new: PublishedFigure, values: tuple[str, str], words: Words
) -> tuple[str, str]:
    """Return the values; what is withheld now is not told again as it was before."""
    if new.status == Status.SUPPRESSED.value and old.value:
        return words("changes.was_shown"), values[1]
    return values


def _trend(figure: PublishedFigure) -> str:
    """The periods before the one that is shown, which has a row of its own."""
    told = sorted(figure.trend.items())
    return ", ".join(f"{period}: {text}" for period, text in told if period != figure.period)


def _flips(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield comparator and both levels, where the word is another one."""
    for place in PLACES:
        before, after = old.get(place, _NONE), new.get(place, _NONE)
        if before != after:
            yield place, before, after


# --- domains ----------------------------------------------------------------------------------


def _scores(both: Both) -> Iterator[Change]:
    before, after = both.old.published.scores, both.new.published.scores
    for framework in sorted(before.keys() | after.keys()):
        had, has = before.get(framework, {}), after.get(framework, {})
        for domain in sorted(had.keys() | has.keys()):
            where = (framework, domain)
            old, new = had.get(domain), has.get(domain)
            if old is None or new is None:
                shown = (_score_text(old, both.words), _score_text(new, both.words))
                what = "gone" if new is None else "new"
                reason = Because.of(Cause.METHOD, f"method.domain_{what}")
                yield _change(both, Kind.SCORE, what, shown, (reason,), domain, framework=framework)
            elif old != new:
                yield from _score(both, where, old, new)


def _score(
    both: Both, where: tuple[str, str], old: PublishedScore, new: PublishedScore
) -> Iterator[Change]:
    framework, domain = where
    topics = list(_topics(both, where))
    shown = (_score_text(old, both.words), _score_text(new, both.words))
    flips = list(_flips(old.verdicts, new.verdicts))
    for place, before, after in flips:
        because = causes.of_score(where, topics, both.found, place=place, scores=(old, new))
        yield _change(
            both,
            Kind.VERDICT,
            f"verdict.{place}",
            shown,
            because,
            domain,
            framework,
            (before, after),
        )
    if flips:
        return
    because = causes.of_score(where, topics, both.found)
    if shown[0] != shown[1]:
        yield _change(both, Kind.SCORE, "value", shown, because, domain, framework)
        return
    told = {
        "coverage": (old.coverage, new.coverage),
        "margins": (old.margins, new.margins),
        "basis": (_word("basis", old.basis, both.words), _word("basis", new.basis, both.words)),
        **{f"robustness.{place}": _steady(old, new, place, both.words) for place in PLACES},
    }
    for what, pair in told.items():
        if pair[0] != pair[1]:
            yield _change(both, Kind.SCORE, what, pair, because, domain, framework)


def _score_text(score: PublishedScore | None, words: Words) -> str:
    if score is None:
        return words("status.absent")
    return score.score or words("verdict.no_score")


def _steady(old: PublishedScore, new: PublishedScore, place: str, words: Words) -> tuple[str, str]:
    before, after = (_word("robustness", s.robustness.get(place, ""), words) for s in (old, new))
    return before, after


def _topics(both: Both, where: tuple[str, str]) -> Iterator[causes.Topic]:
    """Yield the topics that a domain is scored on in one of the builds, and both have."""
    before, after = both.old.published.figures, both.new.published.figures
    names: set[str] = set()
    for made in (both.old, both.new):
        rules = made.frameworks.get(where[0], {}).get("domains", {}).get(where[1], {})
        for slot in rules.get("slots", {}).values():
            names |= slot["indicators"].keys()
    for name in sorted(names & before.keys() & after.keys()):
        yield name, before[name], after[name]


# --- what areas are compared with -------------------------------------------------------------


def _comparators(both: Both) -> Iterator[Change]:
    """Yield the changed values of the gemeente and the country, as changes of those places."""
    before, after = both.old.published.figures, both.new.published.figures
    area = both.new.area
    if area is None:
        return
    gemeente = None if area.comparator.code == area.country.code else area.comparator
    for name in sorted(before.keys() & after.keys()):
        old, new = before[name], after[name]
        told = {GEMEENTE: (old.gemeente, new.gemeente, gemeente)}
        told[COUNTRY] = (old.country, new.country, area.country)
        for place, (had, has, where) in told.items():
            if had == has or where is None:
                continue
            because = causes.of_comparator(name, place, old, new, both.found)
            titles = _titles(both)
            yield Change(
                Kind.COMPARATOR, "", where.name, (where.code,), "value", had or "–", has or "–",
                because, id=name, title=titles.get(name, name),
            )  # fmt: skip


def _titles(both: Both) -> Mapping[str, str]:
    return both.old.published.titles.indicators | both.new.published.titles.indicators


def _word(group: str, key: str, words: Words) -> str:
    return words(f"changes.{group}.{key}") if key else "–"


def _change(  # noqa: PLR0913, PLR0917  # a change is described by all of these
    both: Both,
    kind: Kind,
    what: str,
    shown: tuple[str, str],
    because: tuple[Because, ...],
    name: str = "",
    framework: str = "",
    levels: tuple[str, str] = ("", ""),
) -> Change:
    old, new = both.old.published.titles, both.new.published.titles
    titles = old.indicators | new.indicators
    if framework:
        titles = old.domains.get(framework, {}) | new.domains.get(framework, {})
    slug, area, codes = both.place
    before, after = (both.words(f"verdict.{level}") if level else "" for level in levels)
    return Change(
        kind, slug, area, codes, what, shown[0] or "–", shown[1] or "–", because,
        framework=framework, id=name, title=titles.get(name, name), verdict_old=before,
        verdict_new=after, levels=levels,
    )  # fmt: skip
