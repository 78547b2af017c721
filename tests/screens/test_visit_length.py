"""The length of a visit: what 30, 45 and 60 minutes make of it, by keyboard and in the record."""

from __future__ import annotations

from decimal import Decimal

from assess_tui.entry.intake import IntakeEntry, held
from assess_tui.places import flags_done
from assess_tui.visit.session import VisitSession
from protocols.visit import Cell
from tests.screens.begun import at_the_patient
from tests.screens.conftest import Instrument, Opens
from tests.screens.test_visit_screens import intake_cell

LENGTH = intake_cell("visit_minutes")


async def begin(it: Instrument, length: str) -> VisitSession:
    """A patient through intake and red flags, with this key on the page of the length."""
    await at_the_patient(it)
    await it.press("v", "1", "enter")
    session = it.app.session
    assert session is not None
    while Cell("@intake", field="minutes") not in session.visit.cells:
        title = it.shown("question-title")
        await it.press(length if title.startswith("Time") else "2" if title.startswith("Minutes") else "enter")
    await it.press("enter")
    while not flags_done(session):
        await it.press("n")
    await it.press("enter")
    return session


async def test_thirty_minutes_screen_the_pressure_and_know_no_stage(opens: Opens) -> None:
    async with opens() as it:
        session = await begin(it, "1")
        assert session.visit.value(LENGTH) == 30
        assert "of 30" in it.shown("banner-clock")
        await it.press("4", "enter", "5", "enter")
        assert "not a stand test" in it.shown("step-title")
        await it.press("enter", *["enter"] * 9)
        assert "not a stand test" in it.shown("stand-title")
        await it.press("enter")
        assert "Too early" in it.shown("stand-note")
        it.clock.turn(300)
        await it.press("enter", *"7011270", *"7011270", "enter", "enter")
        it.clock.turn(60)
        await it.press(*"84112742")
        it.clock.turn(120)
        await it.press(*"84112742")
        await it.press("n", "enter", "enter")
        assert "Stage not known" in it.shown("stand-page")
        assert "screened" in it.shown("banner-places")
        verdict = session.assessment().verdict
        assert verdict is not None
        assert (verdict.label, verdict.stage) == ("INCOMPLETE", "unknown")
        assert session.assessment().plan.stage == "unknown"
        stand = session.case().standing
        assert stand is not None
        assert [reading.minute for reading in stand.standing] == [1, 3]


async def test_enter_takes_45_minutes_and_the_stand_test(opens: Opens) -> None:
    async with opens() as it:
        session = await begin(it, "enter")
        (line,) = [one for page in IntakeEntry(session).pages for one in page.choices if one.value == 45]
        assert held(session, line), "shown as taken"
        assert session.way.length == 45
        assert "of 45" in it.shown("banner-clock")
        assert not session.way.screens


async def test_sixty_minutes_add_tests_where_something_is_found(opens: Opens) -> None:
    async with opens() as it:
        session = await begin(it, "3")
        assert "fadir" not in {step.test for step in session.way.route()}
        session.put(Cell("hip_ir_supine", "right", "trial.1"), Decimal(5))
        assert {"fadir", "hip_ir_prone"} <= {step.test for step in session.way.route()}
        session.put(LENGTH, Decimal(45))
        assert "fadir" not in {step.test for step in session.way.route()}
        await it.press("7", "enter")
        assert "no deep squat" in it.shown("step-note")
        assert "Left out: Hip pinch" in it.shown("step-note")


def test_an_answer_that_shortens_the_way_says_what_it_leaves_out_and_why(session: VisitSession) -> None:
    for cell, value in ((LENGTH, Decimal(60)), (intake_cell("main_problem"), "LBT")):
        session.put(cell, value)
    before = session.way.route()
    session.put(Cell("nprs"), Decimal(6))
    assert session.way.shortened(before) == ""
    session.put(Cell("nprs"), Decimal(7))
    said = session.way.shortened(before)
    assert said.startswith("Pain of 7 or more, or slow to settle: the core tests only")
    assert said.endswith(" Left out: Active leg raise effort; Side bridge; Prone instability and 7 more.")


async def test_what_was_left_out_stays_with_the_visit(opens: Opens) -> None:
    async with opens() as it:
        session = await begin(it, "enter")
        session.put(intake_cell("precautions"), ["KNEEL"])
        session.finish()
        session.put(intake_cell("precautions"), [])
        kept = it.app.record.visit(session.visit.id).value(Cell("@finish", field="skipped"))
        assert kept == {"ll_rot": "cannot kneel"} == session.way.left_out_on_record()


async def test_a_pause_is_said_where_the_patient_rises_at_stage_2(opens: Opens) -> None:
    async with opens(size=(80, 24)) as it:
        session = await begin(it, "enter")
        session.put(intake_cell("precautions"), ["POTS2"])
        await it.press("f4")
        rises = [step.test for step in session.way.route() if step.pause]
        it.app.screen.open_test(rises[0])  # type: ignore[attr-defined]  # the guided screen's own way to a test
        await it.pilot.pause()
        assert "Pause 1 to 2 minutes" in it.shown("step-note")
