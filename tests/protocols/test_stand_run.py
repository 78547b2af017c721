"""The run of a stand test over clocks of every kind: prompt, late, asleep, read once or a thousand times."""

from __future__ import annotations

from decimal import Decimal
from math import floor
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.model import StandProtocol
from protocols.stand.run import PLAUSIBLE, StandRun, full_schedule, new_run, rest_left, short_schedule

DATA = Path(__file__).parents[2] / "protocols" / "data" / "stand_test.toml"
PROTOCOL = msgspec.toml.decode(DATA.read_bytes(), type=StandProtocol)

MOMENTS = st.floats(0, 1e6, allow_nan=False)
STEPS = st.lists(st.floats(0, 120, allow_nan=False), max_size=40)
PROMPT = st.lists(st.floats(0, 5.9, allow_nan=False), max_size=200)


def standing(since: float) -> StandRun:
    return new_run(PROTOCOL).lie_down(since - 600).begin_readings(since - 60).stand_up(since)


def heard(run: StandRun, since: float, steps: list[float]) -> tuple[StandRun, float]:
    """The run after looks at the clock so far apart, and the moment of the last one."""
    at = since
    run = run.tick(at, at)
    for step in steps:
        at += step
        run = run.tick(at, at)
    return run, at


@given(MOMENTS, STEPS)
def test_the_minute_due_is_the_floor_of_the_clock_whatever_ticks_came(since: float, steps: list[float]) -> None:
    run, at = heard(standing(since), since, steps)
    assert run.minute_due(at) == min(10, floor((at - since) / 60))
    assert run.minute_due(at) == standing(since).minute_due(at)


@given(MOMENTS, STEPS, st.floats(0, 900, allow_nan=False))
def test_the_stop_is_the_moment_it_was_pressed(since: float, steps: list[float], stood: float) -> None:
    run, at = heard(standing(since), since, steps)
    pressed = max(at, since + stood)
    stopped = run.end(pressed)
    seconds = min(600, pressed - since)
    assert stopped.end(pressed + 77) == stopped
    assert stopped.stood(pressed + 1000) == pressed - since
    assert abs(float(stopped.stopped_minute()) * 60 - seconds) < 0.07
    assert float(stopped.stopped_minute()) * 60 <= seconds + 1e-6


@pytest.mark.parametrize(
    ("seconds", "minute"), [(0, "0"), (179.9, "2.998"), (180, "3"), (252, "4.2"), (600, "10"), (640, "10")]
)
def test_stop_minutes_by_hand(seconds: float, minute: str) -> None:
    assert str(standing(1000).end(1000 + seconds).stopped_minute()) == minute
    assert standing(1000).stopped_minute() == 0


@given(MOMENTS, PROMPT)
def test_prompt_ticks_never_mark_a_gap(since: float, steps: list[float]) -> None:
    assert not heard(standing(since), since, steps)[0].gap


@given(MOMENTS, PROMPT, st.floats(6.1, 4000, allow_nan=False), PROMPT)
def test_one_late_tick_marks_the_next_reading_and_only_that(
    since: float, before: list[float], late: float, after: list[float]
) -> None:
    run, at = heard(standing(since), since, [*before, late, *after])
    assert run.gap
    assert run.jumped == pytest.approx(late - 1, abs=1e-3)
    assert not heard(run.read(), at, after)[0].gap
    assert run.read().jumped == 0


def test_a_wall_clock_ahead_of_the_count_is_a_gap_too() -> None:
    run = standing(100).tick(101, 5000).tick(102, 5090)
    assert run.gap
    assert run.jumped == 89


def test_a_faster_clock_is_no_gap() -> None:
    run = standing(0).tick(30, 1, every=30).tick(60, 2, every=30).tick(91, 3, every=30)
    assert not run.gap


def test_lying_is_not_watched_for_gaps() -> None:
    run = new_run(PROTOCOL).lie_down(0).tick(1, 1).tick(400, 400)
    assert not run.gap
    assert run.rested(400) == 400


@pytest.mark.parametrize(
    ("stood", "complete", "over"),
    [(599.9, True, False), (600, True, True), (600, False, False), (659.9, False, False), (660, False, True)],
)
def test_the_test_is_over_at_ten_minutes_or_one_later_without_the_last_reading(
    stood: float, complete: bool, over: bool
) -> None:
    assert standing(50).finished(50 + stood, complete) is over


@pytest.mark.parametrize(("stood", "minute"), [(0, 0), (44, 0), (45, 1), (104, 1), (105, 2), (585, 10), (700, 10)])
def test_a_reading_begun_just_before_its_minute_belongs_to_it(stood: float, minute: int) -> None:
    assert standing(9).minute_open(9 + stood) == minute


@pytest.mark.parametrize(
    ("stood", "minute"), [(0, 0), (59.9, 0), (60, 1), (119.9, 1), (120, 2), (599.9, 9), (600, 10), (900, 10)]
)
def test_the_minute_due_by_hand(stood: float, minute: int) -> None:
    assert standing(1000).minute_due(1000 + stood) == minute


def test_next_reading_and_its_countdown() -> None:
    run = standing(0).only(full_schedule(PROTOCOL))
    assert run.next_reading(0) == (1, 60)
    assert run.next_reading(59.5) == (1, 0.5)
    assert run.next_reading(216) == (4, 24)
    assert run.only(short_schedule(PROTOCOL)).next_reading(216) == (5, 84)
    assert run.next_reading(600) is None


def test_schedules() -> None:
    assert not new_run(PROTOCOL).screen
    assert new_run(PROTOCOL).due == (1, 3, 5, 10), "the heart rate of the minutes in between may be read"
    assert full_schedule(PROTOCOL) == tuple(range(1, 11))
    assert short_schedule(PROTOCOL) == (1, 3, 5, 10)


def test_rest_by_hand() -> None:
    run = new_run(PROTOCOL)
    assert run.phase == "before"
    assert rest_left(run, 50, PROTOCOL) == (300, 600)
    lying = run.lie_down(50)
    assert rest_left(lying, 170, PROTOCOL) == (180, 480)
    assert rest_left(lying, 350, PROTOCOL) == (0, 300)
    assert rest_left(lying, 900, PROTOCOL) == (0, 0)


def test_phases_follow_the_events() -> None:
    lying = new_run(PROTOCOL).lie_down(0)
    reading = lying.begin_readings(1)
    up = reading.stand_up(2)
    run = up.end(3)
    phases = [one.phase for one in (new_run(PROTOCOL), lying, reading, up, run)]
    assert phases == ["before", "rest", "lying", "standing", "over"]
    assert run.stopped_minute() == Decimal("0.016")


def test_what_a_reading_can_be_is_as_the_rules_say() -> None:
    pressures = {"sbp": (50, 260), "dbp": (30, 160)}
    assert {"hr": (25, 250), **pressures, "symptoms": (0, 10), "spo2": (50, 100)} == PLAUSIBLE
