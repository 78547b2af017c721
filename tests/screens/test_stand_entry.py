"""What keys do to the record in the stand test, until the patient stands and when all goes well; no screen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assess_tui.entry.stand.before import Questions
from assess_tui.views.stand_paper import Paper
from protocols.visit import Cell
from tests.screens.stand_bench import FAST, Bench

LOW = (76, 18)
"""Cells and rows of a page of questions in a window of 80x24."""

# -- a whole run -------------------------------------------------------------------------------------------------------


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
    bench.enter(6)
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
    bench.enter(9)
    assert bench.part == "rest"


def test_half_a_reading_is_told_once_when_the_test_is_opened_again_and_never_typed(bench: Bench) -> None:
    bench.to_lying()
    bench.type("7")
    bench.session.waiting.leave(*bench.entry.waits)
    bench.restart()
    assert bench.entry.left_typed().say == "Heart rate 7 was typed when this was left, and not entered."
    assert bench.entry.waits[1] == bench.entry.left_typed().say == ""


# -- what speaks against it --------------------------------------------------------------------------------------------


def test_an_absolute_contraindication_refuses_with_its_reason(bench: Bench) -> None:
    bench.enter()
    bench.type("8")
    bench.enter(4)
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
    taken_back = bench.entry.undo().say
    assert taken_back == "what speaks against the stand test: Acute breathing failure -> empty"
    bench.type("11")
    bench.type("1")
    bench.enter()
    assert bench.held("contraindications") == ["respiratory_failure", "heart_attack_recent"]


def test_at_the_least_size_every_question_is_in_view(bench: Bench) -> None:
    part = bench.entry.part
    assert isinstance(part, Questions)
    for number, page in enumerate(part.pages):
        part.index = number
        shown = Paper(bench.entry, LOW[0]).show().plain
        assert page.title in shown
        assert all(choice.text.split()[-1] in shown for choice in page.choices)
        assert len(shown.split("\n")) <= LOW[1]
        assert max(map(len, shown.split("\n"))) <= LOW[0]


def test_a_refusal_can_be_corrected(bench: Bench) -> None:
    bench.enter(2)
    bench.type("3")
    bench.enter(3)
    assert bench.part == "refused"
    for _ in range(3):
        bench.entry.part.back()
    bench.type("3")
    bench.enter(3)
    assert bench.part == "questions"
    assert bench.held("contraindications") == []


def test_a_relative_one_needs_a_reason_on_one_key(bench: Bench) -> None:
    bench.enter(4)
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
    bench.enter(5)
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


# -- lying -------------------------------------------------------------------------------------------------------------


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


def test_enter_out_of_habit_after_the_oxygen_starts_no_clock(bench: Bench) -> None:
    bench.to_lying()
    bench.read("70 112 70")
    bench.read("70 112 70")
    bench.type("98")
    assert bench.enter().say.startswith("The oxygen is kept.")
    assert bench.part == "up"
    bench.enter()
    assert bench.part == "standing"


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
