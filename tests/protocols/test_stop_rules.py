"""When pain or dizziness asks to stop a test: G5 of the reference, point by point."""

from __future__ import annotations

from decimal import Decimal

import pytest

from protocols.case import Taken
from protocols.library import load
from protocols.stop_rules import why_stop

LIBRARY = load()
LIMITS = LIBRARY.red_flags.stops
HINGE, PINCH, RESET = (LIBRARY.tests[name] for name in ("wall_hinge", "hip_pinch", "reset3"))


def number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@pytest.mark.parametrize("rest", [None, *range(11)])
def test_pain_of_8_or_3_above_rest_stops_a_test_and_nothing_less(rest: int | None) -> None:
    for pain in range(11):
        said = why_stop(HINGE, {"left": Taken(pain=Decimal(pain))}, "left", number(rest), LIMITS)
        assert bool(said) == (pain >= 8 or (rest is not None and pain - rest >= 3)), (rest, pain)
        assert said.startswith(f"Pain {pain}") or not said


@pytest.mark.parametrize("before", [None, *range(11)])
def test_dizziness_of_5_or_2_more_than_before_stops_the_reset_and_nothing_less(before: int | None) -> None:
    for after in range(11):
        entry = {"pre": Taken(value=number(before)), "post": Taken(value=Decimal(after))}
        said = why_stop(RESET, entry, "post", None, LIMITS)  # type: ignore[arg-type]  # sides are named here
        assert bool(said) == (after >= 5 or (before is not None and after - before >= 2)), (before, after)


def test_what_was_felt_before_is_never_held_against_itself_nor_asked_for() -> None:
    for entry, side in (({"pre": Taken(value=Decimal(4))}, "pre"), ({"post": Taken(value=Decimal(4))}, "post")):
        assert why_stop(RESET, entry, side, None, LIMITS) == ""  # type: ignore[arg-type]  # sides are named here


def test_the_words() -> None:
    assert why_stop(HINGE, {"left": Taken(pain=Decimal(9))}, "left", Decimal(7), LIMITS) == "Pain 9"
    assert (
        why_stop(HINGE, {"left": Taken(pain=Decimal(5))}, "left", Decimal(1), LIMITS) == "Pain 5, 4 more than at rest"
    )
    entry = {"pre": Taken(value=Decimal(1)), "post": Taken(value=Decimal(3))}
    assert why_stop(RESET, entry, "post", None, LIMITS) == "Dizziness 3, 2 more than before"  # type: ignore[arg-type]  # as above
    assert why_stop(RESET, {"pre": Taken(value=Decimal(5))}, "pre", None, LIMITS) == "Dizziness 5"


def test_a_test_whose_value_is_a_pain_speaks_by_its_value() -> None:
    assert why_stop(PINCH, {"right": Taken(value=Decimal(8))}, "right", None, LIMITS) == "Pain 8"
    assert why_stop(PINCH, {"right": Taken(value=Decimal(2), pain=Decimal(9))}, "right", None, LIMITS) == "Pain 9"
    assert why_stop(HINGE, {"right": Taken(value=Decimal(150))}, "right", None, LIMITS) == "", "degrees are no pain"


def test_a_side_that_was_stopped_or_left_out_and_a_questionnaire_say_nothing() -> None:
    pain = Decimal(10)
    assert why_stop(HINGE, {"left": Taken(pain=pain, stopped="pain")}, "left", None, LIMITS) == ""
    assert why_stop(HINGE, {"left": Taken(pain=pain, absent="pain")}, "left", None, LIMITS) == ""
    assert why_stop(HINGE, {"left": Taken(pain=pain)}, "right", None, LIMITS) == ""
    assert why_stop(LIBRARY.tests["nprs"], {"value": Taken(value=pain)}, "value", None, LIMITS) == ""


def test_definitions_without_these_limits_say_nothing() -> None:
    assert why_stop(HINGE, {"left": Taken(pain=Decimal(10))}, "left", Decimal(0), {}) == ""
