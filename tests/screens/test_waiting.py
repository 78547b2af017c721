"""What was typed and not entered when the window was closed: each place has its own, and takes up no other."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from assess_tui.entry.dose import DoseEntry
from assess_tui.entry.plan import PlanEntry
from assess_tui.entry.questionnaire import QuestionnaireEntry
from assess_tui.entry.second import SecondEntry
from assess_tui.entry.step import StepEntry
from assess_tui.entry.vitals import VitalsEntry
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell

LIBRARY = load()
TEST, LEFT = "wall_hinge", Cell("wall_hinge", "left")


def test_what_is_typed_and_not_entered_waits_in_its_own_place(session: VisitSession) -> None:
    """A second rater's number never comes to the first one's cell, nor half a rating to the score."""
    session.put(LEFT, Decimal(150))
    pages: tuple[tuple[Callable[[], Any], str], ...] = (
        (lambda: SecondEntry(session, LIBRARY.tests[TEST]), "15"),
        (lambda: QuestionnaireEntry(session, LIBRARY.questionnaires["upright"]), "1"),
        (lambda: VitalsEntry(session), "7"),
    )
    for make, typed in pages:
        entry = make()
        entry.type(typed) if typed != "15" else (entry.type("1"), entry.type("5"))
        session.waiting.leave(*entry.waits)
        again, waits = make(), session.waiting.take(entry.waits[0].test)
        again.take_up(waits.cell, waits.text)
        assert again.waits == entry.waits
        assert again.waits[1] == typed
        assert session.waiting.take(entry.waits[0].test).text == "", "it is typed again, and waits no more"
    assert StepEntry(session, LIBRARY.tests[TEST]).waits[1] == session.waiting.at(TEST).text == ""


def test_what_waits_for_one_test_is_left_alone_by_the_page_of_another(session: VisitSession) -> None:
    for test in (TEST, "hip_ir_supine"):
        session.put(Cell(test, "left"), Decimal(20))
    first, other = (SecondEntry(session, LIBRARY.tests[test]) for test in (TEST, "hip_ir_supine"))
    first.type("1")
    session.waiting.leave(*first.waits)
    session.waiting.leave(*other.waits)
    assert session.waiting.take(other.waits[0].test).text == ""
    assert session.waiting.at(first.waits[0].test).text == "1"


def test_a_dose_that_was_typed_and_not_kept_is_open_again_on_its_card(session: VisitSession) -> None:
    session.put(Cell("nprs"), Decimal(4))
    session.put(Cell("hip_ir_supine", "left", "trial.1"), Decimal(5))
    plan = PlanEntry(session)
    plan.row = 1
    dosing = plan.open_dose()
    assert isinstance(dosing, DoseEntry)
    assert dosing.waits[1] == "", "as it was"
    dosing.type("7")
    session.waiting.leave(*dosing.waits)
    anew = PlanEntry(session)
    opened = anew.left_dose()
    assert opened is not None
    assert (anew.row, opened.dose) == (1, dosing.dose)
    assert PlanEntry(session).left_dose() is None
