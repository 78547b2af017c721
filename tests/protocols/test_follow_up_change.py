"""Cards that changed nothing in six weeks, and the reasons to go on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from protocols.assessment import assess
from protocols.case import Entry, Practice, Previous, Wanted
from protocols.follow_up import Proposal, propose
from tests.protocols.followed import (
    DONE,
    followed,
    only,
    proposed,
)
from tests.protocols.visits import DAY, known, sides

# -- (h) no change -----------------------------------------------------------------------------------------------------


def after(weeks: int, done: int = 7, now: int = 5, then: int = 5, **rest: Any) -> Proposal:
    return only(
        followed(
            "A03",
            weeks=weeks,
            practice={"A03": Practice(done=done, pain=0)},
            tests={"side_bridge": sides(now, now)},
            then={"side_bridge": sides(then, then)},
            because={"A03": ("COR",)},
            **rest,
        )
    )


def test_six_weeks_without_change_ask_for_another_card() -> None:
    made = after(6)
    assert made.step == "swap"
    assert made.to is not None
    assert made.to.card not in ("A03", "A03e", "A03h")
    assert "COR" in known().exercises[made.to.card].targets
    assert "another card for the same" in made.reason


def swapped(card: str, code: str, tests: dict[str, Entry], *others: str) -> Proposal:
    """What stands in for a card after six weeks without change."""
    visit = followed(card, *others, weeks=6, practice={card: DONE}, tests=tests, then=tests, because={card: (code,)})
    return proposed(visit)[card]


def test_the_next_card_of_the_ladder_is_of_another_family() -> None:
    unsteady: dict[str, Entry] = {"sls_eo": sides(30, 30)}
    assert swapped("S07e", "ANK", unsteady).to == Wanted(card="S06")
    assert swapped("S06", "ANK", unsteady, "S07e").to == Wanted(card="A12")


def test_what_pain_limits_is_neither_pressed_nor_stretched_instead() -> None:
    short: dict[str, Entry] = {"mtt_hip_ext": sides(-15, -15)}
    sore: dict[str, Entry] = {"mtt_hip_ext": sides(-15, -15, left_pain=4)}
    assert swapped("A03", "PSO", short, "B06").to == Wanted(card="R01")
    assert swapped("A03", "PSO", sore, "B06").to == Wanted(card="A07")


def test_nothing_is_swapped_before_or_undone_or_improved() -> None:
    assert after(5).step == "keep"
    assert after(5).reason == "Too early to tell: week 6 of 6."
    assert after(6, done=6).reason.startswith("Fewer than 70 %")
    better = after(6, now=35)
    assert (better.step, better.reason) == ("keep", "Improved beyond measurement error: Side bridge.")


def test_six_weeks_count_from_the_day_the_card_was_first_given() -> None:
    first = {"A03": DAY - dt.timedelta(weeks=7)}
    assert after(2, since=first).step == "keep"  # the last visit says nothing of seven weeks
    assert after(2, since=first).reason == "No real change yet."
    assert after(2).reason == "Too early to tell: week 3 of 6."


def over_time(then: int, *, now: int = 5, last: int = 5, weeks: int = 6, **rest: Any) -> Proposal:
    """Visits every two weeks: the side bridge the day the card was first given, at the last visit, and now."""
    day = DAY - dt.timedelta(weeks=weeks)
    footing: dict[str, Any] = {"same_rater": True} | rest
    first = Previous(date=day, tests={"side_bridge": sides(then, then)}, **footing)
    return after(2, now=now, then=last, since={"A03": day}, first={day: first})


def test_with_visits_between_the_measures_of_the_first_day_count() -> None:
    assert over_time(5).step == "swap"
    assert over_time(5).reason.startswith("Done as planned for 6 weeks without a change for the better")
    assert over_time(5, weeks=5).step == "keep"
    assert over_time(45).step == "swap"  # worse since then, no change since the last visit


def test_slow_progress_beyond_error_is_no_reason_to_swap() -> None:
    just = over_time(5, last=20, now=35)  # 30 seconds are the error
    assert (just.step, just.reason) == (
        "keep",
        "Improved beyond measurement error since it was first given: Side bridge.",
    )
    assert over_time(5, last=20, now=34).step == "swap"


def test_the_first_day_is_compared_on_its_own_footing() -> None:
    """Without an error between raters, with another device or in another position a change is only described."""
    footings: list[dict[str, Any]] = [
        {"same_rater": False},
        {"same_device": False},
        {"same_position": False},
        {"other_device": frozenset({"side_bridge"})},
    ]
    for other in footings:
        assert over_time(5, **other).step == "keep"
        assert over_time(5, **other).reason == "No real change yet."


def test_a_last_visit_that_reaches_back_needs_no_other() -> None:
    day = DAY - dt.timedelta(weeks=6)
    elsewhere = Previous(date=day, same_rater=True, tests={"side_bridge": sides(45, 45)})
    assert after(6, now=35, first={day: elsewhere}).reason == "Improved beyond measurement error: Side bridge."


def test_without_another_card_the_hypothesis_is_reviewed() -> None:
    everything = tuple(card for card in known().precautions if card not in ("PEM", "POTS1", "POTS2"))
    made = [one for one in propose_all(everything) if one.step in ("keep", "swap")]
    assert all("review" in one.reason for one in made if one.step == "keep")


def propose_all(precautions: tuple[str, ...]) -> tuple[Proposal, ...]:
    visit = followed(
        "A04",
        "M20",
        weeks=6,
        practice={"A04": DONE},
        precautions=precautions,
        because={"A04": ("HIR",)},
        tests={"hip_ir_supine": sides(10, 10)},
        then={"hip_ir_supine": sides(10, 10)},
    )
    return propose(visit, assess(visit, known()), known())[:1]


# -- (i) why it is kept ------------------------------------------------------------------------------------------------


def test_the_truest_reason_to_go_on() -> None:
    assert only(followed("A03")).reason == "Not asked how it went."
    assert only(followed("A03", practice={"A03": DONE}, weeks=5)).reason == "Too early to tell: week 6 of 6."
    assert only(followed("A03", practice={"A03": DONE}, weeks=6)).reason == (
        "No measure of it to compare with the last visit."
    )
    assert after(3, now=5, then=45).reason.startswith("Worse beyond measurement error")


@pytest.mark.parametrize(
    ("card", "codes", "weeks"),
    [("M05", "PSO", 2), ("S07", "ANK", 4), ("A03", "GLU", 6), ("S07", "PRN", 4), ("M22", "SUP", 6)],
)
def test_each_kind_of_card_has_its_time(card: str, codes: str, weeks: int) -> None:
    for passed in (weeks - 1, weeks):
        made = only(followed(card, weeks=passed, practice={card: DONE}, because={card: (codes,)}))
        assert made.reason.startswith("Too early to tell") is (passed < weeks)
