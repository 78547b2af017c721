"""STOP, a crash, a test taken up again or given again: what is on record then; no screen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assess_tui.entry.stand.flow import SIGNS
from assess_tui.storage.errors import StorageError
from tests.screens.stand_bench import FAST, LIBRARY, Bench

# -- STOP --------------------------------------------------------------------------------------------------------------


def test_stop_in_the_middle_of_typing_keeps_what_was_confirmed(bench: Bench) -> None:
    bench.to_standing()
    bench.stand(3, FAST)
    bench.wait(72)
    bench.read("118 96")
    bench.type("6")
    did = bench.entry.stop()
    assert did.card
    assert bench.held("stopped") == {"minute": Decimal("4.2"), "reason": ""}
    assert bench.held("minute.4") == {"hr": Decimal(118), "sbp": Decimal(96), "second": Decimal(252)}
    assert bench.entry.reason(0) == ""
    assert bench.held("stopped") == {"minute": Decimal("4.2"), "reason": "Patient asked to stop"}
    bench.elapsed += 500
    assert bench.entry.live.stood == 252
    verdict = bench.session.assessment().verdict
    assert verdict is not None
    assert verdict.stage == 2
    assert "stopped_early" in verdict.tags


@pytest.mark.parametrize(("reason", "sign"), SIGNS.items())
def test_a_sign_is_set_by_its_reason(bench: Bench, reason: str, sign: str) -> None:
    bench.to_standing()
    bench.wait(200)
    bench.entry.stop()
    assert bench.entry.reason(LIBRARY.stand.stop_reasons.index(reason)) == sign
    stand = bench.session.case().standing
    assert stand is not None
    assert getattr(stand, sign) is True


def test_another_reason_takes_the_sign_back(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(200)
    bench.entry.stop()
    bench.entry.reason(1)
    bench.entry.lost_consciousness()
    bench.entry.reason(0)
    assert bench.held("stopped")["reason"] == "Patient asked to stop"
    assert bench.held("presyncope") is None
    assert bench.held("syncope") is None


def test_loss_of_consciousness_blocks_the_plan(bench: Bench) -> None:
    bench.to_standing()
    bench.stand(2)
    bench.entry.stop()
    bench.entry.reason(1)
    bench.entry.lost_consciousness()
    assert bench.session.assessment().plan.blocked


def test_stop_after_the_end_changes_no_time(bench: Bench) -> None:
    bench.to_standing()
    bench.stand(10)
    assert bench.entry.stop().card
    bench.entry.reason(1)
    assert bench.held("completed") is True
    assert bench.held("stopped") is None
    assert bench.held("presyncope") is True


def test_stop_while_lying_leaves_the_test_out(bench: Bench) -> None:
    bench.to_rest()
    bench.entry.stop()
    assert bench.held("not_done") == "Stopped before standing"
    bench.entry.reason(0)
    assert bench.held("not_done") == "Stopped before standing: Patient asked to stop"
    assert bench.held("stopped") is None


def test_a_sign_while_lying_counts_as_stopped_at_once(bench: Bench) -> None:
    bench.to_lying()
    bench.entry.stop()
    bench.entry.reason(LIBRARY.stand.stop_reasons.index("Chest pain or bad breathlessness"))
    assert bench.held("not_done") is None
    assert bench.held("stopped")["minute"] == 0
    assert bench.session.assessment().plan.blocked


def test_stop_after_ten_minutes_counts_ten(bench: Bench) -> None:
    bench.to_standing()
    bench.stand(9)
    bench.wait(90)
    bench.entry.stop()
    assert bench.held("stopped")["minute"] == 10


def test_stop_that_could_not_be_stored_stops_the_clock_and_can_be_tried_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.to_standing()
    bench.wait(100)
    with monkeypatch.context() as broken:
        broken.setattr(bench.record, "append", _full_disk)
        with pytest.raises(StorageError):
            bench.entry.stop()
    bench.wait(50)
    assert bench.held("stopped") is None
    bench.entry.stop()
    assert bench.held("stopped")["minute"] == Decimal("1.666")


def _full_disk(*_: object) -> None:
    raise StorageError("The disk is full", "Free some space.")


# -- after a crash -----------------------------------------------------------------------------------------------------


def test_a_crash_while_standing_offers_to_stop_at_the_last_reading(bench: Bench) -> None:
    bench.to_standing()
    bench.stand(4, FAST)
    bench.restart()
    assert bench.part == "interrupted"
    bench.type("2")
    assert bench.held("stopped") == {"minute": Decimal(4), "reason": "Interrupted"}
    assert bench.part == "upright"


def test_a_crash_while_standing_offers_to_begin_anew(bench: Bench) -> None:
    bench.to_standing()
    bench.stand(2)
    bench.restart()
    bench.type("1")
    assert bench.part == "questions"
    assert bench.held("minute.1") is None
    assert bench.held("supine.1") is None
    assert bench.held("contraindications") == []
    bench.to_standing()
    bench.stand(10)
    assert bench.held("completed") is True


def test_a_new_rest_counts_no_reading_of_the_one_before_it(bench: Bench) -> None:
    """Broken off in the first minute of standing: no reading says that anybody stood."""
    bench.to_standing()
    bench.entry.live.dizzy()
    bench.restart()
    bench.to_lying()
    assert [bench.held(field) for field in ("supine.1", "supine.2", "dizzy_first_30s")] == [None] * 3
    bench.read("95 114 70")
    assert bench.part == "lying", "the first reading agrees with none"


def test_a_finished_test_shows_its_result_again_and_can_be_repeated(bench: Bench) -> None:
    bench.to_standing()
    bench.stand(10)
    bench.entry.part.missing()
    bench.restart()
    assert bench.part == "result"
    bench.entry.part.again()
    assert bench.part == "questions"
    assert bench.held("completed") is None


def test_a_repeated_test_begins_at_its_own_first_minute(bench: Bench) -> None:
    """The minute left open at the end of the first test takes no reading of the second."""
    bench.to_standing()
    bench.stand(9)
    bench.wait(180)
    assert bench.held("completed") is True
    bench.entry.part.missing()
    bench.enter(2)
    assert bench.part == "result"
    bench.entry.part.again()
    bench.to_standing()
    bench.wait(60)
    bench.read(FAST)
    assert bench.held("minute.1")["hr"] == Decimal(104)
    assert bench.held("minute.10") is None


def test_undoing_the_stop_does_not_let_the_clock_run_on(bench: Bench) -> None:
    bench.to_standing()
    bench.stand(2)
    bench.entry.stop()
    bench.entry.undo()
    assert bench.part == "interrupted"
    bench.type("2")
    assert bench.held("stopped")["minute"] == Decimal(2)


def test_the_end_of_a_full_test_taken_back_is_given_again(bench: Bench) -> None:
    bench.to_standing()
    bench.stand(10)
    bench.entry.undo()
    assert bench.part == "interrupted"
    bench.type("2")
    assert bench.held("completed") is True
    assert bench.held("stopped") is None
    assert bench.part == "upright"


def test_every_sign_is_a_reason_of_the_library() -> None:
    assert set(SIGNS) <= set(LIBRARY.stand.stop_reasons)
