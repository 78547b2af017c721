"""A second rater measures without sight of the first values: by keyboard, and what it leaves in the record."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assess_tui.cli import main
from assess_tui.entry.second import SecondEntry, first_sides, name_rater
from assess_tui.entry.typed import Typed
from assess_tui.screens.evidence import EvidenceDialog
from assess_tui.screens.second import SecondScreen
from assess_tui.screens.step import StepScreen
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell
from protocols.visits.cells import RATER, SECOND
from tests.screens.begun import at_the_tests
from tests.screens.conftest import Instrument, Opens
from tests.screens.test_devices import to_test

LIBRARY = load()
HINGE, HIP = LIBRARY.tests["wall_hinge"], LIBRARY.tests["hip_ir_supine"]


def keys(at: SecondEntry, text: str) -> Typed:
    """Types each character; `!` is Enter."""
    typed = Typed()
    for character in text:
        typed = at.accept() if character == "!" else at.type(character)
    return typed


def begun(session: VisitSession) -> SecondEntry:
    session.put(Cell("wall_hinge", "left"), Decimal(150))
    session.put(Cell("wall_hinge", "right"), Decimal(162))
    assert name_rater(session, "B. Okafor") == ""
    return SecondEntry(session, HINGE)


def test_the_second_values_are_kept_under_the_second_raters_name(session: VisitSession) -> None:
    at = begun(session)
    keys(at, "155!160!")
    rows = [session.visit.cells[Cell("wall_hinge", side, SECOND)] for side in ("left", "right")]
    assert [(row.value, row.clinician, row.unit) for row in rows] == [
        (Decimal(155), "B. Okafor", "deg"),
        (Decimal(160), "B. Okafor", "deg"),
    ]
    assert session.visit.cells[Cell("wall_hinge", "left")].clinician == "Kim Lee"
    assert [pair.difference for pair in at.pairs()] == [Decimal(5), Decimal(-2)]


def test_nothing_is_shown_before_every_side_is_read(session: VisitSession) -> None:
    at = begun(session)
    keys(at, "155!")
    assert (at.done, at.pairs(), at.side) == (False, [], "right")
    at.other_side()
    assert at.side == "left"


def test_after_both_values_are_shown_nothing_more_is_typed(session: VisitSession) -> None:
    at = begun(session)
    keys(at, "155!160!")
    assert at.type("1").tone == "refused"
    assert at.accept().finished
    assert at.undo().stored
    assert (at.done, at.side) == (False, "right")
    keys(at, "161!")
    assert [pair.difference for pair in at.pairs()] == [Decimal(5), Decimal(-1)]


def test_undo_takes_back_what_is_typed_and_then_only_this_page(session: VisitSession) -> None:
    at = begun(session)
    keys(at, "155!16")
    at.undo()
    assert at.buffer == ""
    assert at.undo().stored
    assert at.undo().tone == "refused"
    assert session.visit.value(Cell("wall_hinge", "right")) == Decimal(162)


def test_a_refused_number_changes_nothing(session: VisitSession) -> None:
    at = begun(session)
    assert keys(at, "999!").tone == "refused"
    assert keys(at, "!").tone == "refused"
    assert Cell("wall_hinge", "left", SECOND) not in session.visit.cells


def test_trials_are_kept_one_by_one_and_fewer_may_do(session: VisitSession) -> None:
    for trial, value in (("trial.1", 24), ("trial.2", 28)):
        session.put(Cell(HIP.id, "left", trial), Decimal(value))
    name_rater(session, "B. Okafor")
    at = SecondEntry(session, HIP)
    assert at.sides == ("left",)
    keys(at, "30!")
    assert session.visit.value(Cell(HIP.id, "left", SECOND)) == [Decimal(30)]
    assert not at.done
    keys(at, "!")
    assert [(pair.first, pair.second) for pair in at.pairs()] == [(Decimal(26), Decimal(30))]


def test_what_was_read_is_taken_up_again(session: VisitSession) -> None:
    keys(begun(session), "155!")
    assert SecondEntry(session, HINGE).side == "right"


def test_a_second_rater_is_another_person(session: VisitSession) -> None:
    assert "another person" in name_rater(session, " kim  LEE ")
    assert RATER not in session.visit.cells


def test_only_sides_the_first_rater_measured_are_read_again(session: VisitSession) -> None:
    assert first_sides(session, HINGE) == ()
    session.put(Cell("wall_hinge", "left"), absent="pain")
    session.put(Cell("wall_hinge", "right"), Decimal(160))
    assert first_sides(session, HINGE) == ("right",)


def test_the_step_is_as_done_as_before_and_undo_and_redo_keep_the_name(session: VisitSession) -> None:
    at = begun(session)
    before = session.way.progress()
    keys(at, "155!")
    assert session.way.progress() == before
    session.undo()
    session.redo()
    assert session.visit.cells[Cell("wall_hinge", "left", SECOND)].clinician == "B. Okafor"


# -- by keyboard -------------------------------------------------------------------------------------------------------


def screen_text(it: Instrument) -> str:
    parts = ("question-title", "step-left", "step-right", "question-note", "question-lines")
    return "\n".join(it.shown(part) for part in parts)


async def test_blind_by_keyboard_and_the_error_in_the_evidence(
    opens: Opens, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with opens(size=(80, 24)) as it:
        await at_the_tests(it)
        await to_test(it, "wall_hinge")
        await it.press("b")
        assert "first rater's value comes first" in it.shown("step-note")
        await it.type("150")
        await it.press("enter")
        await it.type("162")
        await it.press("enter")
        await to_test(it, "wall_hinge")
        await it.press("b")
        await it.type("Kim Lee")
        await it.press("enter")
        assert "another person" in it.shown("step-note")
        await it.press("b")
        await it.type("B. Okafor")
        await it.press("enter")
        assert isinstance(it.app.screen, SecondScreen)
        await it.type("155")
        await it.press("enter")
        assert "hidden until every side is read" in it.shown("question-note")
        for hidden in ("150", "162", "first 1", "within", "limited"):
            assert hidden not in screen_text(it)
        await it.type("160")
        await it.press("enter")
        assert "left: first 150°, second 155°   difference +5°" in it.shown("question-note")
        assert "right: first 162°, second 160°   difference -2°" in it.shown("question-note")
        await it.press("enter", "e")
        assert isinstance(it.app.screen, EvidenceDialog)
        said = "\n".join(str(one.content) for one in it.app.screen.query("Static"))  # type: ignore[attr-defined]  # Statics
        # differences 5 and -2: mean 1.5, SD 4.95, SEM 3.5, MDC95 9.695
        assert "2 pairs by two raters, error 9.7° (none published between raters)" in " ".join(said.split())
        await it.press("escape", "b")
        assert isinstance(it.app.screen, SecondScreen), "the name is asked once per visit"
    assert main(["--data", str(tmp_path / "clinic"), "tests", "error"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("wall_hinge ")
    assert "second minus first +1.5° on average, SD 4.95°, SEM 3.5°" in told


async def test_a_timed_test_is_timed_for_the_second_rater_too(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        session = it.app.session
        assert session is not None
        session.put(Cell("sl_bridge", "left"), Decimal(40))
        name_rater(session, "B. Okafor")
        await to_test(it, "sl_bridge")
        await it.press("b", "space")
        it.clock.turn(33.4)
        await it.press("space")
        assert session.visit.value(Cell("sl_bridge", "left", SECOND)) == Decimal(33), (
            "the steps of this test are whole seconds"
        )


async def test_a_category_is_not_read_twice(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        await to_test(it, "gait_foot")
        await it.press("b")
        assert isinstance(it.app.screen, StepScreen)


# -- the command -------------------------------------------------------------------------------------------------------


def test_the_command_says_when_there_are_no_pairs(
    session: VisitSession, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "tests", "error", "wall_hinge"]) == 0
    out, err = capsys.readouterr()
    assert (out, "no pairs on record" in err) == ("", True)
    assert main(["--data", str(tmp_path), "tests", "error", "wall_hing"]) == 2
    assert 'unknown test "wall_hing"' in capsys.readouterr().err
    keys(begun(session), "155!")
    assert main(["--data", str(tmp_path), "tests", "error", "wall_hinge"]) == 0
    assert "1 pair by two raters; an error can be told from 2 pairs on" in capsys.readouterr().out
