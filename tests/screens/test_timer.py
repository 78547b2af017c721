"""The clock of a test, with the time passed in: no app, no waiting."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess_tui.entry.stopwatch import Stopwatch
from assess_tui.entry.timer import Rang, Timer, in_steps
from assess_tui.widgets.big import huge
from protocols.library import load
from protocols.model import Timing

LIBRARY = load()
TIMED = [test.id for test in LIBRARY.tests.values() if test.timer]
Step = tuple[str, float]


def timer(test_id: str) -> Timer:
    return Timer(LIBRARY.tests[test_id])


@given(st.lists(st.tuples(st.sampled_from(["start", "pause", "look"]), st.floats(0, 5000)), max_size=20))
def test_a_stopwatch_counts_what_lies_between_start_and_pause(steps: list[Step]) -> None:
    watch, now, counted, runs = Stopwatch(), 100.0, 0.0, False
    for act, seconds in steps:
        now += seconds
        counted += seconds if runs else 0
        if act == "start":
            watch.start(now)
            runs = True
        elif act == "pause":
            assert watch.pause(now) == pytest.approx(counted)
            runs = False
        assert watch.seconds(now) == pytest.approx(counted)
        assert watch.running is runs


def test_space_starts_and_space_gives_the_time_in_steps_of_the_test() -> None:
    one_leg, bridge = timer("sls_eo"), timer("side_bridge")
    assert one_leg.press(10.0) == Rang()
    assert one_leg.shown(33.4) == "0:23"
    assert one_leg.press(38.56).value == Decimal("28.5"), "tenths, and never more than was held"
    assert not one_leg.running
    bridge.press(0)
    assert bridge.press(59.99).value == Decimal(59)


@given(st.integers(0, 6000))
def test_a_time_is_never_rounded_up_nor_loses_a_whole_step(tenths: int) -> None:
    test = LIBRARY.tests["sls_eo"]
    assert in_steps(1000.0 + tenths / 10 - 1000.0, test) == Decimal(tenths) / 10


def test_a_hold_ends_by_itself_where_the_test_says_so() -> None:
    one_leg = timer("sls_eo")
    one_leg.press(0)
    assert one_leg.look(44.9) == Rang()
    rang = one_leg.look(45.1)
    assert (rang.value, rang.bell, rang.ask) == (Decimal(45), True, False)
    assert one_leg.look(46) == Rang(), "once"


def test_an_end_nobody_saw_is_asked_about() -> None:
    """The laptop slept through it."""
    hold = timer("sorensen")
    hold.press(0)
    rang = hold.look(4000)
    assert (rang.value, rang.ask) == (Decimal(240), True)
    assert "1:06:40" in rang.say or "66:40" in rang.say


def test_a_countdown_rings_and_gives_no_value() -> None:
    watch = timer("hilo")
    watch.press(5)
    assert watch.shown(5) == "1:00"
    assert watch.shown(64.9) == "0:01"
    rang = watch.look(65)
    assert (rang.value, rang.bell) == (None, True)
    assert watch.phase == "ready"
    watch.press(70)
    assert watch.press(75).value is None, "stopped early"


def test_repetitions_are_counted_to_a_beat() -> None:
    raises = timer("calf_raise")
    assert not raises.press(0).counted, "the first press starts the beat"
    assert raises.press(2).counted
    assert [raises.look(at).bell for at in (2.5, 2.9, 3.0, 3.1, 4.2)] == [True, False, True, False, True]
    assert [raises.beat_up(at) for at in (0, 1, 2, 3.5)] == [True, False, True, False]
    raises.rest(10)
    assert raises.shown(10) == "2:00"
    assert raises.look(130).bell
    assert raises.phase == "ready"


def test_three_slow_breaths_are_paced() -> None:
    reset = timer("reset3")
    reset.press(0)
    told = [(reset.breath(at)[0].part, reset.shown(at), reset.breath(at)[0].number) for at in (0, 3.5, 4, 9.5, 10, 29)]
    assert told == [("in", "4", 1), ("in", "1", 1), ("out", "6", 1), ("out", "1", 1), ("in", "4", 2), ("out", "1", 3)]
    assert reset.look(30).say.startswith("3 breaths")


@pytest.mark.parametrize("test_id", TIMED)
@given(moments=st.lists(st.tuples(st.sampled_from(["press", "look", "drop", "rest"]), st.floats(0, 400)), max_size=12))
def test_no_order_of_keys_and_moments_gives_a_time_the_test_does_not_know(test_id: str, moments: list[Step]) -> None:
    clock, now = timer(test_id), 0.0
    for act, seconds in moments:
        now += seconds
        rang = getattr(clock, act)(*(() if act == "drop" else (now,))) or Rang()
        if rang.value is not None:
            assert clock.kind == "up"
            assert 0 <= rang.value <= (clock.test.timing.stop_s or now)
        if clock.phase != "ready":
            assert clock.shown(now)


def test_a_test_without_an_end_is_timed_for_as_long_as_it_takes() -> None:
    endless = msgspec.structs.replace(LIBRARY.tests["sorensen"], timing=Timing())
    clock = Timer(endless)
    clock.press(0)
    assert clock.look(100_000) == Rang()


@given(st.text("0123456789:.", max_size=8), st.integers(1, 200), st.integers(1, 60))
def test_huge_figures_stay_inside_their_place(text: str, width: int, height: int) -> None:
    rows = huge(text, width, height)
    assert len(rows) <= height
    assert all(len(row) <= width for row in rows)
    assert len({len(row) for row in rows}) == 1


def test_figures_fill_the_room_they_have() -> None:
    assert len(huge("0:23", 84, 20)) == 15
    assert huge("8", 3, 3) == ("█▀█", "█▀█", "▀▀▀")


def test_repetitions_in_a_fixed_time_are_counted_until_the_bell() -> None:
    half_a_minute = msgspec.structs.replace(LIBRARY.tests["calf_raise"], timing=Timing(stop_s=30))
    clock = Timer(half_a_minute)
    assert not clock.press(0).counted, "the first press starts the clock"
    assert clock.press(1).counted
    assert clock.shown(1) == "0:29"
    rang = clock.look(30)
    assert (rang.bell, rang.value, "Enter keeps" in rang.say) == (True, None, True)
    endless = Timer(msgspec.structs.replace(half_a_minute, timing=Timing()))
    assert endless.press(0).counted, "nothing to start: the first press counts"
