"""What page 1 may say: the selection rules of method.md §3, on topics made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from builders import domain, framework, indicator
from wijkprofiel.model import Direction, Figure, Outcome, Status, Topic, Verdict
from wijkprofiel.profile.highlights import select


def topic(
    name: str,
    z: float | None,
    *,
    value: float | None = 50.0,
    direction: Direction = "better",
    country_z: float | None = None,
    **more: Any,
) -> Topic:
    """A topic whose verdict against the gemeente follows from z by the bands."""
    equal = more.pop("equal", False)
    status = Status.UNKNOWN if value is None else Status.OK
    figure = Figure(name, "2020", value, status)
    gemeente = more.pop("gemeente", True)
    return Topic(
        indicator=indicator(name, direction, **more),
        figure=figure,
        country=figure,
        gemeente=figure if gemeente else None,
        against_country=verdict(country_z if gemeente else z, equal=equal),
        against_gemeente=verdict(z, equal=equal) if gemeente else None,
        reference=None,
        z=country_z,
        z_gemeente=None,
        trend=None,
    )


def verdict(z: float | None, *, equal: bool) -> Verdict:
    if z is None:
        return Verdict(Outcome.NONE, 0, "", None, "GM0001")
    strength = 0 if equal else sum(abs(z) > border for border in (0.5, 1, 2))
    word = Outcome.FAVOURABLE if z > 0 else Outcome.UNFAVOURABLE
    return Verdict(word if strength else Outcome.SIMILAR, strength, "band", z, "GM0001", equal)


def topics(*made: Topic) -> dict[str, Topic]:
    return {t.indicator.id: t for t in made}


FRAME = framework(domain("een", ("a", "a2"), ("b",), ("c",)), domain("twee", ("d",), ("e",)))


def test_the_largest_differences_come_first_at_most_three() -> None:
    found = select(
        topics(
            topic("a", 0.6), topic("b", 2.5), topic("c", 1.2), topic("d", 0.8), topic("e", -0.7)
        ),
        [FRAME],
    )
    assert (found.strengths, found.strengths_case) == (("b", "c", "d"), "mixed")
    assert (found.concerns, found.concerns_case) == (("e",), "slight")


def test_a_slot_speaks_once_and_never_on_both_sides() -> None:
    found = select(topics(topic("a", 0.7), topic("a2", -0.9), topic("b", 0.1)), [FRAME])
    assert found.concerns == ("a2",)
    assert "a" not in found.strengths


def test_an_indicator_with_a_word_speaks_before_one_that_is_equal_on_paper() -> None:
    found = select(topics(topic("a", -0.6), topic("a2", -0.9, equal=True)), [FRAME])
    assert found.concerns == ("a",)


def test_frameworks_that_share_an_indicator_share_the_construct() -> None:
    other = framework(domain("ander", ("a2", "f")))
    found = select(topics(topic("a", -0.6), topic("a2", -0.7), topic("f", -0.8)), [FRAME, other])
    assert found.concerns == ("f",)


def test_without_clear_strengths_the_favourable_side_is_told() -> None:
    found = select(
        topics(
            topic("a", 0.2, value=30.0),
            topic("b", 0.4, value=30.0),
            topic("c", -0.1, value=30.0),
            topic("d", 0.3, value=30.0, equal=True),
        ),
        [FRAME],
    )
    assert (found.strengths, found.strengths_case) == (("b", "a"), "favourable_side")


def test_then_what_three_quarters_of_the_people_have() -> None:
    found = select(
        topics(
            topic("a", -0.1, value=75.0),
            topic("b", -0.2, value=90.0),
            topic("c", -0.3, value=74.9),
            topic("d", -0.4, value=95.0, direction="worse"),
            topic("e", None, value=60.0),
        ),
        [FRAME],
    )
    assert (found.strengths, found.strengths_case) == (("b", "a"), "most_adults")


def test_most_people_have_it_but_it_is_a_concern_already() -> None:
    found = select(topics(topic("a", -0.9, value=80.0), topic("a2", -0.2, value=85.0)), [FRAME])
    assert found.concerns == ("a",)
    assert found.strengths == ()


def test_what_reads_unfavourable_is_no_strength_however_many_have_it() -> None:
    frame = framework(domain("een", *((name,) for name in "abcdef")))
    worse = {name: topic(name, z) for name, z in zip("abc", (-3.0, -2.8, -2.6), strict=True)}
    rest = topics(topic("d", -0.6, value=92.0), topic("e", -0.1, value=80.0), topic("f", 0.9))
    found = select({**worse, **rest}, [frame])
    assert found.concerns == ("a", "b", "c")
    assert (found.strengths, found.strengths_case) == (("f", "e"), "mixed")


def test_concerns_start_at_slightly_unfavourable() -> None:
    found = select(topics(topic("a", -0.5), topic("b", -0.4)), [FRAME])
    assert (found.concerns, found.concerns_case) == ((), "none")


@pytest.mark.parametrize(
    ("z", "case"), [((-0.6, -0.7), "slight"), ((-1.1, -2.1), "clear"), ((-0.6, -1.1), "mixed")]
)
def test_the_heading_knows_how_clear_the_concerns_are(z: tuple[float, float], case: str) -> None:
    found = select(topics(topic("a", z[0]), topic("b", z[1])), [FRAME])
    assert found.concerns_case == case


def test_sensitive_and_neutral_topics_are_never_chosen() -> None:
    found = select(
        topics(
            topic("a", -3.0, sensitive="Denkt u aan zelfdoding? Bel 113."),
            topic("b", 3.0, direction="neutral"),
            topic("c", -0.8),
        ),
        [FRAME],
    )
    assert found.concerns == ("c",)
    assert found.strengths == ()


def test_without_gemeente_the_country_counts() -> None:
    found = select(topics(topic("a", -1.5, gemeente=False)), [FRAME])
    assert found.concerns == ("a",)


def test_the_gemeente_counts_before_the_country() -> None:
    found = select(topics(topic("a", 0.1, country_z=-3.0, value=30.0)), [FRAME])
    assert found.concerns == ()


def test_ties_keep_the_order_of_the_framework() -> None:
    same = [topic(name, -0.9) for name in ("e", "c", "b", "a")]
    assert select(topics(*same), [FRAME]).concerns == ("a", "b", "c")


def test_nothing_to_report_is_nothing() -> None:
    found = select(topics(topic("a", None, value=None)), [FRAME])
    assert (found.strengths, found.strengths_case) == ((), "none")
    assert (found.concerns, found.concerns_case) == ((), "none")
