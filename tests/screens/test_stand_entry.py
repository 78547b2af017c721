"""What keys do to the record in the stand test, from the first question to the result; a real record, no screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from assess_tui.entry.stand.flow import SIGNS, StandEntry
from assess_tui.entry.stand.row import Did
from assess_tui.session import VisitSession
from assess_tui.storage.errors import StorageError
from assess_tui.storage.record import Record, open_record
from protocols.library import load
from protocols.model import Library
from protocols.stand.run import StandRun
from protocols.visit import Cell

LIBRARY = load()
FLAGS = [flag.id for flag in LIBRARY.red_flags.flags]
NORMAL = "72 114 70 1"
FAST = "104 112 74 6"


class Bench:
    """One visit, its entry, and a clock that is turned."""

    def __init__(self, folder: Path, library: Library = LIBRARY) -> None:
        self.elapsed = 0.0
        numbers = count(1)
        self.record: Record = open_record(folder, self.now, lambda: f"{next(numbers):032x}")
        patient = self.record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1991, 5, 1), sex="F")
        self._new_id: Callable[[], str] = lambda: f"{next(numbers):032x}"
        visit = self.record.open_visit(patient.id, "T", library)
        self.session = VisitSession(self.record, visit, library, self.now, self._new_id, "T")
        for flag in FLAGS:
            self.session.put(Cell("@flags", field=flag), "no")
        self.runs: dict[str, StandRun] = {}
        self.entry = self.begin()

    def seconds(self) -> float:
        return self.elapsed

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC) + dt.timedelta(seconds=self.elapsed)

    def begin(self) -> StandEntry:
        return StandEntry(self.session, self.runs, self)

    def restart(self) -> None:
        """The instrument was closed and opened again: the run is gone, the record is not."""
        self.runs = {}
        self.entry = self.begin()

    def held(self, field: str) -> Any:
        return self.session.visit.value(Cell("@stand", field=field))

    @property
    def part(self) -> str:
        return self.entry.part.id

    # -- keys ----------------------------------------------------------------------------------------------------

    def enter(self, times: int = 1) -> Did:
        return [self.entry.part.accept() for _ in range(times)][-1]

    def type(self, text: str) -> Did:
        did = Did()
        for digit in text.replace(" ", ""):
            did = self.entry.part.type(digit)
        return did

    def wait(self, seconds: float) -> Did:
        """Time passes second by second, as the screen looks at it; gives the last thing said."""
        said = Did()
        for _ in range(int(seconds)):
            self.elapsed += 1
            did = self.entry.look()
            said = did if did.say or did.bell else said
        return said

    def read(self, text: str) -> None:
        """One reading, each value with Enter where its digits leave it open."""
        for value in text.split():
            if value == "n":
                self.entry.part.missing()
                continue
            key = _open_key(self.entry)
            self.type(value)
            if _open_key(self.entry) == key and _typed(self.entry):
                self.enter()

    # -- ways ----------------------------------------------------------------------------------------------------

    def to_rest(self) -> None:
        self.enter(8)
        assert self.part == "rest"

    def to_lying(self) -> None:
        self.to_rest()
        self.wait(600)
        self.enter()

    def to_standing(self) -> None:
        self.to_lying()
        self.read("72 114 70")
        self.read("70 112 70")
        self.enter(2)
        assert self.part == "standing"

    def every_minute(self) -> None:
        """Full readings every minute, where the fewest that count are due."""
        if self.entry.live.run.due == (1, 3, 5, 10):
            self.entry.live.minutes()

    def stand(self, minutes: int, reading: str = NORMAL) -> None:
        self.every_minute()
        for _ in range(minutes):
            self.wait(60)
            self.read(reading)


def _row(entry: StandEntry) -> Any:
    return entry.live.row if entry.standing else entry.part.row


def _open_key(entry: StandEntry) -> tuple[Any, ...]:
    row = _row(entry)
    return () if row is None else (row.cell, row.index)


def _typed(entry: StandEntry) -> str:
    row = _row(entry)
    return "" if row is None else row.digits.text


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


# -- a whole run -----------------------------------------------------------------------------------------------------


def test_a_normal_run_is_on_record_and_judged(bench: Bench) -> None:
    bench.to_standing()
    bench.stand(10, "80 114 74 0")
    assert bench.part == "upright"
    bench.entry.part.missing()
    bench.enter(2)
    assert bench.part == "result"
    assert bench.held("protocol") == "lean"
    assert bench.held("contraindications") == []
    assert bench.held("medications") == []
    assert bench.held("confounders") == []
    assert bench.held("supine.1") == {"hr": Decimal(72), "sbp": Decimal(114), "dbp": Decimal(70)}
    assert bench.held("time_of_day") == "morning"
    assert bench.held("completed") is True
    assert bench.held("upright_symptoms") is False
    assert bench.held("minute.7") == {
        "hr": Decimal(80),
        "sbp": Decimal(114),
        "dbp": Decimal(74),
        "symptoms": Decimal(0),
        "second": Decimal(420),
    }
    verdict = bench.session.assessment().verdict
    assert verdict is not None
    assert (verdict.label, verdict.stage, verdict.tags) == ("NORMAL", "none", ())
    assert bench.enter().go == "tests"


def test_a_fast_run_with_symptoms_for_half_a_year(bench: Bench) -> None:
    bench.enter(5)
    bench.type("6")
    bench.enter()
    bench.type("2")
    bench.enter()
    bench.wait(600)
    bench.enter()
    bench.read("70 112 70")
    bench.read("70 112 70")
    bench.enter(2)
    bench.stand(10, FAST)
    bench.entry.part.yes()
    bench.type("5")
    bench.read("84 112 70")
    bench.read("74 112 70")
    verdict = bench.session.assessment().verdict
    assert verdict is not None
    assert (verdict.label, verdict.stage, verdict.delta_hr_max) == ("POTS_PATTERN", 2, Decimal(34))
    assert bench.held("symptom_months") == 6
    assert (bench.held("pain_start"), bench.held("pain_end")) == (2, 5)
    assert bench.held("recovery.2") == {"hr": Decimal(74), "sbp": Decimal(112), "dbp": Decimal(70)}
    assert bench.part == "result"


def test_the_healthy_need_one_key_a_page(bench: Bench) -> None:
    bench.enter(8)
    assert bench.part == "rest"


# -- what speaks against it ------------------------------------------------------------------------------------------


def test_an_absolute_contraindication_refuses_with_its_reason(bench: Bench) -> None:
    bench.enter()
    bench.type("8")
    bench.enter(3)
    assert bench.part == "refused"
    did = bench.enter()
    assert did.go == "tests"
    assert bench.held("not_done") == "Clot in the leg, known or suspected"
    bench.restart()
    assert bench.part == "left_out"


def test_a_line_past_nine_is_typed_with_two_digits(bench: Bench) -> None:
    bench.enter()
    bench.type("1")
    assert bench.held("contraindications") is None
    bench.type("1")
    assert bench.held("contraindications") == ["respiratory_failure"]
    bench.type("1")
    bench.enter()
    assert bench.held("contraindications") == ["respiratory_failure", "heart_attack_recent"]


def test_a_refusal_can_be_corrected(bench: Bench) -> None:
    bench.enter(2)
    bench.type("3")
    bench.enter(2)
    assert bench.part == "refused"
    bench.entry.part.back()
    bench.entry.part.back()
    bench.type("3")
    bench.enter(2)
    assert bench.part == "questions"
    assert bench.held("contraindications") == []


def test_a_relative_one_needs_a_reason_on_one_key(bench: Bench) -> None:
    bench.enter(3)
    bench.type("9")
    bench.enter()
    assert bench.part == "override"
    assert bench.enter().tone == "refused"
    assert bench.part == "override"
    bench.type("2")
    assert bench.held("override") == "Known and stable, discussed with the doctor"
    bench.enter(4)
    assert bench.part == "rest"


def test_what_the_intake_told_is_ticked_already(bench: Bench) -> None:
    bench.session.put(Cell("@intake", field="precautions"), ["PEM"])
    bench.enter(4)
    assert bench.held("contraindications") == ["pem_now"]
    assert bench.part == "override"


def test_a_very_high_lying_pressure_is_a_red_flag_and_no_test(bench: Bench) -> None:
    bench.to_lying()
    bench.read("80 185 100")
    bench.read("80 183 100")
    assert bench.part == "oxygen"
    bench.enter()
    assert bench.part == "refused"
    assert bench.session.visit.value(Cell("@flags", field="bp_180")) == "yes"
    assert bench.enter().go == "flags"
    assert bench.session.assessment().concern.level == 2
    assert "180 systolic" in bench.held("not_done")


def test_low_oxygen_needs_a_reason_before_standing(bench: Bench) -> None:
    bench.to_lying()
    bench.read("80 120 70")
    bench.read("80 120 70")
    bench.type("91")
    assert bench.part == "override"
    assert bench.held("vitals") == {"spo2": Decimal(91)}
    bench.type("3")
    assert bench.part == "up"


# -- lying -----------------------------------------------------------------------------------------------------------


def test_readings_wait_for_five_minutes_of_rest(bench: Bench) -> None:
    bench.to_rest()
    bench.wait(290)
    assert "0:10" in bench.enter().say
    assert bench.part == "rest"
    bench.wait(10)
    assert "5:00 short" in bench.enter().say
    assert bench.part == "lying"


def test_the_full_rest_rings_once(bench: Bench) -> None:
    bench.to_rest()
    assert not bench.wait(599).bell
    assert bench.wait(1).bell
    assert not bench.wait(30).bell


def test_lying_readings_go_on_until_two_agree(bench: Bench) -> None:
    bench.to_lying()
    bench.read("80 120 70")
    bench.read("72 118 70")
    assert bench.part == "lying"
    bench.read("70 116 70")
    assert bench.part == "oxygen"
    assert bench.held("supine.3")["hr"] == 70


@pytest.mark.parametrize(
    ("typed", "words"),
    [("24", "Heart rate 24 is not possible: 25 to 250"), ("251", "Heart rate 251"), ("0", "Heart rate 0")],
)
def test_impossible_values_are_refused_by_name(bench: Bench, typed: str, words: str) -> None:
    bench.to_lying()
    did = bench.type(typed)
    assert (did if did.say else bench.enter()).say.startswith(words)
    assert bench.held("supine.1") is None


def test_diastolic_stays_below_systolic(bench: Bench) -> None:
    bench.to_lying()
    bench.read("70 90")
    assert "not below systolic 90" in bench.type("90").say
    bench.type("60")
    assert bench.held("supine.1")["dbp"] == 60


def test_the_run_outlives_the_screen_while_lying(bench: Bench) -> None:
    bench.to_rest()
    bench.elapsed += 400
    again = bench.begin()
    assert again.part.id == "rest"
    assert again.live.run.rested(bench.elapsed) == 400


# -- standing --------------------------------------------------------------------------------------------------------


def test_a_reading_belongs_to_the_minute_now_due(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(190)
    bench.read(NORMAL)
    assert bench.held("minute.3")["second"] == 190
    assert bench.held("minute.1") is None
    assert bench.held("minute.2") is None


def test_a_reading_begun_keeps_its_minute_past_the_next(bench: Bench) -> None:
    bench.to_standing()
    bench.every_minute()
    bench.wait(140)
    bench.read("90 112")
    bench.wait(40)
    bench.read("70 2")
    assert bench.held("minute.2")["symptoms"] == 2
    assert bench.held("minute.2")["second"] == 180
    assert bench.entry.live.minute == 3


def test_a_reading_left_alone_gives_way_to_the_next_but_one(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(70)
    bench.read("90 112")
    bench.wait(100)
    assert bench.entry.live.minute == 3


def test_digits_before_the_first_minute_are_not_taken(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(30)
    assert "0:30" in bench.type("9").say
    assert bench.held("minute.1") is None


def test_missing_values_are_said_and_the_row_stays_a_reading(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(60)
    bench.read("88 n n 3")
    assert bench.held("minute.1")["sbp"] is None
    stand = bench.session.case().standing
    assert stand is not None
    assert (stand.standing[0].hr, stand.standing[0].sbp) == (Decimal(88), None)
    assert stand.standing[0].symptoms == 3


def test_ten_symptoms_are_two_digits_and_one_waits_for_enter(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(60)
    bench.read("88 112 70")
    bench.type("1")
    assert "symptoms" not in bench.held("minute.1")
    bench.type("0")
    assert bench.held("minute.1")["symptoms"] == 10


def test_a_missed_minute_can_be_written_late_and_a_row_read_again(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(60)
    bench.wait(65)
    bench.read(NORMAL)
    bench.entry.part.move(-1)
    bench.entry.part.move(-1)
    bench.read("99 112 70 2")
    assert bench.held("minute.1")["hr"] == 99
    bench.entry.part.again()
    assert bench.held("minute.2") is None
    bench.read("101 112 70 2")
    assert bench.held("minute.2")["hr"] == 101


def test_a_correction_keeps_the_second_of_the_reading(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(62)
    bench.read(NORMAL)
    bench.wait(20)
    bench.entry.part.move(-1)
    bench.type("79")
    assert bench.held("minute.1")["hr"] == 79
    assert bench.held("minute.1")["second"] == 62


def test_a_gap_marks_the_next_reading_only(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(60)
    bench.read(NORMAL)
    bench.elapsed += 130
    assert "129 s" in bench.entry.look().say
    bench.read(NORMAL)
    assert bench.held("minute.3")["gap"] is True
    bench.wait(60)
    bench.read(NORMAL)
    assert "gap" not in bench.held("minute.4")
    stand = bench.session.case().standing
    assert stand is not None
    assert [row.gap for row in stand.standing] == [False, True, False]


def test_the_test_ends_at_eleven_minutes_without_its_last_reading(bench: Bench) -> None:
    bench.to_standing()
    bench.stand(9)
    bench.wait(119)
    assert bench.part == "standing"
    assert bench.wait(1).say == "10 minutes are over. Lie down now."
    assert bench.held("completed") is True


def test_the_bell_rings_at_every_minute_due_and_at_alerts(bench: Bench) -> None:
    bench.to_standing()
    assert not bench.wait(59).bell
    assert bench.wait(1).bell
    assert bench.type("165").bell
    assert not bench.type("112").bell
    assert bench.entry.live.alerts()[0].code == "hr_160"


def test_the_short_schedule_asks_the_heart_rate_in_between(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(60)
    bench.read(NORMAL)
    assert not bench.wait(60).bell
    bench.read("90")
    assert bench.held("minute.2") == {"hr": Decimal(90), "second": Decimal(120)}
    assert bench.wait(60).bell


def test_the_heart_rate_in_between_is_never_needed(bench: Bench) -> None:
    bench.to_standing()
    for minutes in (1, 2, 2, 5):
        bench.wait(60 * minutes)
        bench.read(NORMAL)
    assert bench.held("completed") is True
    stand = bench.session.case().standing
    assert stand is not None
    assert [row.minute for row in stand.standing] == [1, 3, 5, 10]
    verdict = bench.session.assessment().verdict
    assert verdict is not None
    assert verdict.label == "NORMAL"


def test_dizzy_at_the_start_is_one_key_and_can_be_taken_back(bench: Bench) -> None:
    bench.to_standing()
    bench.entry.live.dizzy()
    assert bench.held("dizzy_first_30s") is True
    bench.entry.live.dizzy()
    assert bench.held("dizzy_first_30s") is None


def test_undo_takes_back_cell_by_cell(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(60)
    bench.read("88 112")
    bench.entry.undo()
    assert bench.held("minute.1") == {"hr": Decimal(88), "second": Decimal(60)}
    bench.read("114 70 2")
    assert bench.held("minute.1")["sbp"] == 114


# -- STOP ------------------------------------------------------------------------------------------------------------


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


# -- after a crash ---------------------------------------------------------------------------------------------------


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
