"""Exercising along, with the seconds passed in; and the figure on its way."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess_tui.entry.along import Along, Turn
from assess_tui.views.patient import HUGE, along_count, along_words, breath_bar, face
from assess_tui.widgets import raster
from assess_tui.widgets.big import huge
from protocols.figure import frame_at, frames, mirrored_for
from protocols.figures.skeleton import contact, keyframes, on_the_way
from protocols.library import load
from protocols.model import Exercise

CARDS = load().exercises
MOVING = sorted(card.id for card in CARDS.values() if card.pose.finish is not None and card.pose.view != "face")


def turn(card: str, side: str = "") -> Turn:
    return Turn(CARDS[card], CARDS[card].dose, side)


def along(*cards: str) -> Along:
    return Along(tuple(turn(card) for card in cards))


def test_a_card_waits_runs_and_is_done_and_the_next_one_waits() -> None:
    plan = along("M09", "B05")
    assert (plan.phase, plan.look(1000)) == ("ready", False)
    assert plan.next(0)
    assert plan.moment(3).beat.part == "stay"
    assert plan.look(42 + 5 + 42), "it rings when the card is done"
    assert (plan.phase, plan.over) == ("done", False)
    plan.next(100)
    assert (plan.index, plan.phase) == (1, "ready")
    plan.next(100)
    plan.look(400)
    assert plan.over
    assert not plan.next(401)


def test_a_pause_keeps_the_place() -> None:
    plan = along("B05")
    plan.next(0)
    plan.pause(3)
    assert plan.moment(500) == plan.moment(3)
    plan.pause(500)
    assert plan.moment(502).beat.part == "out"


def test_back_begins_the_card_again_and_then_goes_to_the_one_before() -> None:
    plan = along("M09", "B05")
    plan.next(0)
    plan.next(1)
    plan.next(1)
    plan.back()
    assert (plan.index, plan.phase) == (1, "ready")
    plan.back()
    assert plan.index == 0


def test_it_rings_for_a_rest_and_its_end_and_not_between_repetitions() -> None:
    plan = along("A03")
    dose = CARDS["A03"].dose
    plan.next(0)
    rings = [second for second in range(dose.sets * 60 + dose.rest_s) if plan.look(second)]
    assert rings == [60, 90]


def test_the_figure_goes_there_stays_and_comes_back() -> None:
    plan = along("M09")
    plan.next(0)
    ways = [plan.moment(at).way for at in (0, 1, 2, 4.9, 6, 6.99)]
    assert ways == pytest.approx([0, 0.5, 1, 1, 0.5, 0], abs=0.01)


@given(
    st.lists(st.sampled_from(sorted(CARDS)), min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from(["next", "back", "pause", "look"]), st.floats(0, 700)), max_size=15),
    st.integers(20, 120),
    st.integers(6, 40),
)
@settings(deadline=None)
def test_any_order_of_keys_shows_something_that_fits(
    cards: list[str], keys: list[tuple[str, float]], width: int, height: int
) -> None:
    plan, now = along(*cards), 0.0
    for key, seconds in keys:
        now += seconds
        getattr(plan, key)(*(() if key == "back" else (now,)))
        moment = plan.moment(now)
        assert 0 <= moment.share <= 1
        assert 0 <= moment.way <= 1
        rows = along_count(plan, now, width, height).plain.split("\n")
        assert len(rows) <= height
        assert max(map(len, rows)) <= width
        assert max(map(len, breath_bar(plan, now, width).plain.split("\n"))) <= width


@pytest.mark.parametrize("card", CARDS.values(), ids=lambda card: card.id)
def test_when_to_stop_is_always_there(card: Exercise) -> None:
    plan = Along((Turn(card, card.dose, limits=("only on your bed",)),))
    for width, height in ((76, 5), (112, 6)):
        words = along_words(plan, width, height).plain
        assert " ".join(words.split()).endswith(card.stop_if)
        assert "only on your bed" in words
        assert words.count("\n") < height


def test_every_large_word_has_its_letters() -> None:
    for word in (*HUGE.values(), "READY", "PAUSE", "DONE", "STAY", "UP", "DOWN"):
        assert len(huge(word, 300, 5)) == 5
        assert len(huge(word, 300, 5)[0]) > 4 * len(word)
    assert face("IN", "4", "breathe in", 40, 20).plain.count("\n") < 20


# -- the figure on its way -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("card", MOVING)
def test_what_rests_on_the_ground_in_both_keyframes_rests_there_all_the_way(card: str) -> None:
    pose = CARDS[card].pose
    start, finish = pose.start, pose.finish
    if finish is None or start.anchor is None or start.anchor != finish.anchor or pose.plan or pose.view == "top":
        pytest.skip("rests on different things")
    first = contact(keyframes(pose)[0], start.anchor[0], pose.view)
    for share in (0.25, 0.5, 0.75):
        assert contact(on_the_way(pose, share)[1], start.anchor[0], pose.view) == pytest.approx(first, abs=1e-6)


def test_a_figure_on_its_way_lies_between_its_keyframes_in_one_box() -> None:
    pose = CARDS["M10"].pose
    boxes = {frame_at(pose, share).box for share in (0, 0.5, 1)}
    assert len(boxes) == 1
    pictures = {raster.half_blocks(frame_at(pose, share), 30, 12, raster.DARK) for share in (0, 0.5, 1)}
    assert len(pictures) == 3
    assert frame_at(CARDS["B06"].pose, 0.5) == frames(CARDS["B06"].pose)[0]


def test_a_figure_is_turned_for_the_side_it_does_not_show() -> None:
    side, front = CARDS["M05"].pose, msgspec.structs.replace(CARDS["M05"].pose, view="front")
    assert [mirrored_for(side, one) for one in ("left", "right", "both", None)] == [True, False, False, False]
    assert mirrored_for(front, "right")


def test_in_the_terminals_own_colours_paper_is_left_to_the_terminal() -> None:
    rows = raster.role_blocks(frames(CARDS["A02"].pose)[0], 38, 9)
    assert [len(row) for row in rows] == [38] * 9
    roles = {half for row in rows for cell in row for half in cell}
    assert {None, "near", "body"} <= roles
    assert "keyline" not in roles
