"""Numbers that speak up during the tests: pain, dizziness, vital signs, oxygen while standing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assess_tui.entry.step import StepEntry
from assess_tui.entry.vitals import VitalsEntry, stop_line
from assess_tui.screens.flags import FlagsScreen
from assess_tui.screens.step import StepScreen
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell
from tests.screens.begun import at_the_flags, at_the_tests
from tests.screens.conftest import Instrument, Opens
from tests.screens.stand_bench import Bench
from tests.screens.test_questionnaire import Clinic

LIBRARY = load()


@pytest.fixture
def session(tmp_path: Path) -> VisitSession:
    return Clinic(tmp_path).visit()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def step(session: VisitSession, test: str) -> StepEntry:
    return StepEntry(session, LIBRARY.tests[test])


def keys(at: StepEntry | VitalsEntry, text: str) -> str:
    """Types each character; `!` is Enter. Returns what was said last."""
    said = ""
    for character in text:
        said = (at.accept() if character == "!" else at.type(character)).say
    return said


# -- pain and dizziness ------------------------------------------------------------------------------------------------


def test_a_pain_of_8_says_to_stop_and_the_key_is_about_that_side(session: VisitSession) -> None:
    at = step(session, "wall_hinge")
    keys(at, "150!")
    at.ask_pain()
    assert keys(at, "8") == "left: Pain 8: stop this test (q)."
    assert at.side == "right", "nothing is barred: the next side is open"
    assert at.ask_stop().say.startswith("left stopped")
    assert at.type("1").say.startswith("left: stopped")
    assert session.visit.value(Cell("wall_hinge", "left", "stopped")) == "pain"
    assert at.remarks.stop_words("left") == ""
    assert at.ask_stop().say.startswith("right stopped")


def test_once_something_else_is_typed_the_key_is_about_the_side_being_tested(session: VisitSession) -> None:
    at = step(session, "wall_hinge")
    keys(at, "150!")
    at.ask_pain()
    keys(at, "9")
    keys(at, "14")
    assert at.ask_stop().say.startswith("right stopped")


def test_a_rise_is_taken_from_the_pain_at_rest_of_this_visit(session: VisitSession) -> None:
    at = step(session, "wall_hinge")
    at.ask_pain()
    assert "noted" in keys(at, "6")
    session.put(Cell("nprs"), Decimal(3))
    assert at.remarks.stop_words("left") == "left: Pain 6, 3 more than at rest: stop this test (q)."
    session.put(Cell("nprs"), Decimal(4))
    assert at.remarks.stop_words("left") == ""


@pytest.mark.parametrize(("before", "after", "speaks"), [("4", "4", False), ("4", "5", True), ("1", "3", True)])
def test_the_last_value_of_a_step_speaks_before_the_next_one_opens(
    session: VisitSession, before: str, after: str, speaks: bool
) -> None:
    at = step(session, "reset3")
    keys(at, f"{before}!{after}")
    typed = at.accept()
    assert session.visit.value(Cell("reset3", "post")) == Decimal(after), "it is stored either way"
    assert (typed.finished, "stop this test" in typed.say) == (not speaks, speaks)
    assert speaks == ("Dizziness" in typed.say)
    if speaks:
        assert at.accept().finished, "one more Enter goes on"


def test_a_pain_that_is_the_value_speaks_too(session: VisitSession) -> None:
    at = step(session, "hip_pinch")
    assert keys(at, "8!") == "left: Pain 8: stop this test (q)."


# -- vital signs -------------------------------------------------------------------------------------------------------


def test_each_sign_is_stored_with_enter(session: VisitSession) -> None:
    at = VitalsEntry(session)
    keys(at, "88!128!82!97!14!")
    assert session.case().vitals == {
        s: Decimal(v) for s, v in zip(("hr", "sbp", "dbp", "spo2", "rr"), (88, 128, 82, 97, 14), strict=True)
    }
    assert stop_line(session) == ""
    assert at.questions() == ()


def test_a_sign_can_be_passed_over_and_taken_again(session: VisitSession) -> None:
    at = VitalsEntry(session)
    keys(at, "!!!88!")
    assert session.case().vitals == {"spo2": Decimal(88)}
    assert stop_line(session).startswith("Stop physical tests: oxygen 88 %")
    at.move(-1)
    keys(at, "97!")
    assert stop_line(session) == ""
    rows = [row for row in session._record.history(session.visit.id) if row.test == "@vitals"]
    assert [(row.value, row.why) for row in rows] == [(88, ""), (97, "measured again")], "the low one stays on record"


def test_what_cannot_be_is_refused_and_nothing_is_stored(session: VisitSession) -> None:
    at = VitalsEntry(session)
    assert "25 to 250" in keys(at, "12!")
    assert "25 to 250" in keys(at, "251!")
    at.move(1)
    keys(at, "120!")
    assert "is not below systolic 120" in keys(at, "120!")
    assert session.case().vitals == {"sbp": Decimal(120)}


def test_a_pressure_offers_its_question_and_raises_nothing_by_itself(session: VisitSession) -> None:
    at = VitalsEntry(session)
    keys(at, "!184!95!")
    assert session.assessment().concern.level == 0
    assert [flag.id for flag in at.questions()] == ["bp_180", "bp_180_symptoms"]
    assert "Level 2" in at.answer(0).say
    assert session.visit.value(Cell("@flags", field="bp_180")) == "yes"
    assert at.answer(2).say == ""


def everything(it: Instrument) -> str:
    """All that is painted, as lines."""
    return "\n".join("".join(segment.text for segment in strip) for strip in it.app.screen._compositor.render_strips())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_by_keys_from_a_step_to_the_red_flags(opens: Opens, size: tuple[int, int]) -> None:
    async with opens(size=size) as it:
        session = await at_the_tests(it)
        await it.press("v", *"176", "enter", *"184", "enter", *"95", "enter", *"88", "enter")
        assert type(it.app.screen).__name__ == "VitalsDialog"
        painted = everything(it)
        assert painted.count("stops the screen (") == 3
        assert "Level 2  Stop physical tests. No exercise plan." in painted
        assert "changed sight?" in painted, "the last question fits"
        assert "Esc: what is kept stays" in painted
        await it.press("escape")
        assert isinstance(it.app.screen, StepScreen)
        assert it.shown("banner-stop").startswith("Stop physical tests: heart rate 176 bpm, systolic 184 mmHg, oxygen")
        assert "Stop physical tests: heart rate 176 bpm" in everything(it)
        assert session.assessment().concern.level == 0
        await it.press("v", "a", "escape")
        assert isinstance(it.app.screen, FlagsScreen), "an answer that stops the tests leads to its page"
        assert "Level 2" in it.shown("question-note")


async def test_undo_takes_a_sign_back_in_words_and_the_banner_with_it(opens: Opens) -> None:
    async with opens(size=(80, 24)) as it:
        await at_the_tests(it)
        await it.press("v", *"176", "enter", "escape")
        assert it.app.screen.query_one("#banner-stop").display
        await it.press("u")
        assert "Heart rate: 176 -> empty" in it.shown("step-note")
        assert not it.app.screen.query_one("#banner-stop").display


async def test_a_pressure_is_typed_where_the_red_flags_ask_for_it(opens: Opens) -> None:
    async with opens(size=(120, 40)) as it:
        session = await at_the_flags(it)
        await it.press(*"n" * [group.id for group in session.library.red_flags.groups].index("blood_pressure"))
        await it.press("v", "enter", *"150", "enter", *"85", "enter", "escape", "n")
        assert [session.visit.value(Cell("@flags", field=flag)) for flag in ("bp_140_179", "bp_180")] == [None, "no"]
        assert "Measured: systolic 150 mmHg. That is a yes to question 1." in it.shown("question-note")
        await it.press("o", "v")
        assert "a  no" in it.shown("vitals-note"), "a no is shown as one"
        await it.press("a", "escape")
        assert "1  yes" in it.shown("question-lines"), "the page shows the answer at once"


# -- oxygen while standing ---------------------------------------------------------------------------------------------


def test_oxygen_while_standing_sounds_before_the_first_reading_and_makes_no_reading(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(20)
    bench.entry.part.oxygen()
    assert bench.type("88").bell
    assert [alert.code for alert in bench.entry.live.alerts()] == ["spo2_low"]
    assert bench.session.case().standing is None, "a patient with oxygen and no reading has not been tested"
    assert bench.held("spo2") == {"spo2": Decimal(88), "second": Decimal(20)}


def test_the_readings_go_on_where_they_were(bench: Bench) -> None:
    bench.to_standing()
    bench.wait(60)
    bench.read("95")
    bench.entry.part.oxygen()
    assert bench.type("97").say == "Oxygen 97 %."
    assert bench.entry.live.alerts() == ()
    bench.read("112 76 2")
    stand = bench.session.case().standing
    assert stand is not None
    assert len(stand.standing) == 1
    assert (stand.standing[0].sbp, stand.spo2) == (Decimal(112), Decimal(97))


def test_oxygen_can_be_left_out_taken_again_and_stopped_in_the_middle(bench: Bench) -> None:
    bench.to_standing()
    part = bench.entry.part
    part.oxygen()
    assert bench.type("49").tone == "refused"
    part.oxygen()
    assert "left out" in part.missing().say
    part.oxygen()
    part.backspace()
    assert part.digits is None
    part.oxygen()
    bench.type("9")
    bench.entry.stop()
    assert bench.held("stopped") is not None
    assert bench.held("spo2") is None


def test_a_test_begun_anew_forgets_the_oxygen_of_the_first(bench: Bench) -> None:
    bench.to_standing()
    bench.entry.part.oxygen()
    bench.type("88")
    bench.entry.start_anew("again")
    assert bench.held("spo2") is None


def test_while_standing_only_the_alerts_of_the_stand_test_hold(bench: Bench) -> None:
    keys(VitalsEntry(bench.session), "176!")
    bench.to_standing()
    assert bench.entry.live.alerts() == ()
    assert stop_line(bench.session)
