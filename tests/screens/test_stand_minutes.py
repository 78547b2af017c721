"""What keys do to the record while the patient stands: readings, minutes, symptoms; no screen."""

from __future__ import annotations

from decimal import Decimal

from assess_tui.views.stand_table import StandTable
from tests.screens.stand_bench import NORMAL, Bench


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


def test_a_pressure_typed_where_the_heart_rate_alone_is_asked_for_is_refused_in_words(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(60)
    bench.read(NORMAL)
    assert bench.type("9").say.startswith("This reading is kept.")
    bench.wait(60)
    bench.read("104")
    said = bench.type("1").say
    assert "Minute 2 asked for the heart rate alone, and that is kept; m asks for the rest of it." in said
    bench.entry.live.minutes()
    bench.read("112 74 3")
    assert bench.held("minute.2")["sbp"] == 112
    assert bench.held("minute.2")["hr"] == 104


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
    bench.read("114 70 9")
    assert bench.held("minute.1")["sbp"] == 114
    bench.every_minute()
    bench.wait(60)
    bench.entry.undo()
    bench.read("2")
    assert bench.held("minute.1")["symptoms"] == 2, "what was taken back is typed anew, though another minute is due"
    assert bench.held("minute.2") is None


def test_a_digit_that_waits_for_enter_outlives_the_end(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(600)
    bench.type("8611375")
    bench.type("1")
    bench.wait(60)
    assert bench.part == "upright"
    assert bench.held("minute.10")["symptoms"] == 1


def test_a_rise_is_shown_as_it_is_compared(bench: Bench) -> None:
    bench.to_lying()
    bench.read("70 118 76")
    bench.read("71 116 75")
    bench.enter(2)
    bench.every_minute()
    bench.wait(60)
    bench.read("100 112 70 2")
    shown = StandTable(bench.entry).draw(18).plain
    assert "+29.5 " in shown, "half a beat below +30 is no +30"
