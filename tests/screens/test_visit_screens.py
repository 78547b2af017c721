"""Home, patient, intake, red flags and the guided screen by keyboard, and what they leave in the record."""

from __future__ import annotations

import os
import signal
from decimal import Decimal
from pathlib import Path

import pytest
from textual.widgets import Input

from assess_tui.places import flags_done, intake_done
from protocols.visit import Cell
from tests.screens.begun import at_the_flags, at_the_patient, at_the_tests
from tests.screens.conftest import Instrument, Opens


def intake_cell(field: str) -> Cell:
    return Cell("@intake", field=field)


async def test_the_statement_is_shown_once_and_asks_for_a_name(opens: Opens) -> None:
    async with opens() as it:
        await it.press("enter")
        assert "Type your name" in it.shown("intended-note")
        await it.type("Kim Lee")
        await it.press("enter")
    async with opens() as it:
        assert it.app.screen is it.app.screen_stack[0]


async def test_a_patient_who_exists_is_noticed_before_anything_is_kept(opens: Opens) -> None:
    async with opens() as it:
        await at_the_patient(it)
        await it.press("escape", "f2")
        await it.type("ana")
        await it.press("enter")
        await it.type("ruiz")
        await it.press("enter")
        await it.type("1992-04-03")
        await it.press("enter", "f", "enter", "enter")
        assert "already here" in it.shown("new-patient-note")
        await it.press("enter", "enter")
        assert len(it.app.record.patients("ruiz")) == 1, "a double tap, or a key held down, has read nothing"
        it.clock.turn(1)
        await it.press("enter")
        assert len(it.app.record.patients("ruiz")) == 2


async def test_a_birth_date_that_cannot_be_is_refused_in_words(opens: Opens) -> None:
    async with opens() as it:
        await it.type("Kim Lee")
        await it.press("enter", "f2")
        await it.type("Ana")
        await it.press("enter", "enter")
        await it.type("31 2 1992")
        await it.press("enter")
        assert "is not a date" in it.shown("new-patient-note")
        assert it.app.focused is not None
        assert it.app.focused.id == "birth"
        await it.type("3 2 1992")
        await it.press("enter")
        assert it.shown("new-patient-note") == ""
        await it.press("w", "enter")
        assert "Sex is F, M or X" in it.shown("new-patient-note")
        assert it.app.record.patients("") == []


async def test_without_consent_nothing_goes_on(opens: Opens) -> None:
    async with opens() as it:
        await at_the_patient(it)
        await it.press("v", "enter")
        await it.until(lambda: "agreement" in it.shown("question-note"))


async def test_the_level_and_the_marked_question_stay_in_sight_at_80_by_24(opens: Opens) -> None:
    async with opens(size=(80, 24)) as it:
        await at_the_flags(it)
        await it.press("n", "n", "1", "9")
        assert "Level " in it.shown("question-note")
        page, lines, note = (it.app.screen.query_one(f"#question{part}") for part in ("s", "-lines", "-note"))
        assert note.region.bottom <= page.region.bottom
        await it.until(lambda: lines.region.bottom <= note.region.y)


async def test_none_of_these_answers_every_question_of_the_group(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_flags(it)
        assert intake_done(session)
        await it.press("²")  # a key of its own in France
        assert all(cell.test != "@flags" for cell in session.visit.cells)
        for _ in session.library.red_flags.groups:
            await it.press("n")
        assert flags_done(session)
        assert session.assessment().concern.level == 0
        await it.press("n")
        assert "All asked. Enter goes on." in it.shown("question-note"), "one press too many answers nothing"
        await it.press("enter")
        assert it.app.screen.query("#step-title")


async def test_a_level_two_answer_stops_the_tests_and_offers_the_letter(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_flags(it)
        await it.press("1")
        for _ in session.library.red_flags.groups:
            await it.press("n")
        assert session.assessment().concern.level == 3
        assert "referral letter" in it.shown("question-note")
        await it.press("f4", "enter")
        assert it.app.screen.query("#question-title"), "the tests do not open"
        await it.press("f8")
        assert it.app.screen.query("#paper-title")


async def test_not_sure_is_asked_again_before_it_counts(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_flags(it)
        await it.press("s")
        assert Cell("@flags", field="ces_bladder") not in session.visit.cells
        await it.press("s")
        assert session.visit.value(Cell("@flags", field="ces_bladder")) == "unknown"
        assert session.assessment().concern.level == 3


async def test_markup_in_a_name_is_only_a_name(opens: Opens) -> None:
    async with opens() as it:
        await it.type("Kim Lee")
        await it.press("enter", "f2")
        await it.type("[/] [b]x")
        await it.press("enter", "enter")
        await it.type("3 4 1992")
        await it.press("enter", "x", "enter", "enter", "v")
        assert "[/] [b]x" in it.shown("banner-patient")
        assert it.shown("banner-state") == "not encrypted"


async def test_every_screen_fits_a_small_terminal(opens: Opens, tmp_path: Path) -> None:
    async with opens(size=(80, 24)) as it:
        session = await at_the_flags(it)
        while not flags_done(session):
            await it.press("n")
        await it.press("enter")
        assert it.app.screen.query("#step-title")
        for widget in it.app.screen.query("*"):
            if widget.display and widget.region.area:
                assert widget.region.right <= 80
                assert widget.region.bottom <= 24
        assert len(it.app.screen.query("*")) <= 40


async def test_what_the_last_visit_held_is_marked_and_taken_over_on_one_key(opens: Opens) -> None:
    async with opens() as it:
        await at_the_patient(it)
        record = it.app.record
        first = record.open_visit(record.patients("")[0].id, "Kim Lee", it.app.library)
        it.app.open_visit(first.id)
        assert it.app.session is not None
        it.app.session.put(intake_cell("precautions"), ["KNEEL", "GLAUC"])
        it.app.session.put(intake_cell("minutes"), Decimal(10))
        it.app.session.finish()
        it.app.open_visit(record.open_visit(first.patient.id, "Kim Lee", it.app.library).id)
        session = it.app.session
        await it.pilot.pause()
        await it.press("1", "enter", "enter", "enter")
        while "kneeling" not in it.shown("question-lines"):
            await it.press("enter")
        assert "· last" in it.shown("question-lines")
        assert "KNEEL" not in session.visit.value(intake_cell("precautions")), "nothing is assumed"
        await it.press("equals_sign")
        assert session.visit.value(intake_cell("precautions")) == ["KNEEL"]
        assert "· last" not in it.shown("question-lines")
        while "Minutes a day" not in it.shown("question-title"):
            await it.press("enter")
        await it.press("equals_sign", "1")
        assert session.visit.value(intake_cell("minutes")) == Decimal(5)
        assert type(it.app.screen).__name__ == "IntakeScreen", "a digit too many answers no red flag"


async def test_every_thing_at_home_has_a_key_of_its_own(opens: Opens) -> None:
    async with opens() as it:
        await at_the_patient(it)
        await it.press("v", "1", "enter")
        while not it.shown("question-title").startswith("At home"):
            await it.press("enter")
        await it.press("c")
        assert it.app.session is not None
        assert it.app.session.visit.value(intake_cell("kit")) == [list(_bought(it))[11]]


def _bought(it: Instrument) -> list[str]:
    return [kit.id for kit in it.app.library.kit.values() if not kit.always]


async def test_a_long_name_gives_way_to_the_birth_date(opens: Opens) -> None:
    async with opens(size=(80, 24)) as it:
        await it.type("Kim Lee")
        await it.press("enter", "f2")
        await it.type("Wolfeschlegelsteinhausenbergerdorff")
        await it.press("enter", "enter")
        await it.type("3 4 1992")
        await it.press("enter", "x", "enter", "enter", "v")
        shown = it.shown("banner-patient")
        assert "born 3 Apr 1992 · visit 1" in shown
        assert len(shown) <= 80 - 4 - 12 - 9
        assert it.shown("banner-state") == "no lock"


async def test_undo_opens_the_test_it_takes_back_and_leaves_other_places_alone(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        await it.press("4", "enter")
        assert session.visit.value(Cell("nprs")) == Decimal(4)
        await it.press("7", "u")
        assert session.visit.value(Cell("nprs")) == Decimal(4), "what was only typed goes first"
        await it.press("u")
        assert Cell("nprs") not in session.visit.cells
        assert "Numeric pain" in it.shown("step-title")
        await it.press("u")
        assert "F3" in it.shown("step-note")
        assert flags_done(session)
        await it.press("y")
        assert session.visit.value(Cell("nprs")) == Decimal(4)


async def test_a_visit_broken_off_is_finished_only_when_asked_twice(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        await it.press("4", "enter", "f8", "f")
        assert "still open" in it.shown("paper-note")
        await it.press("t", "f")
        assert not session.visit.finished, "another key in between takes the question back"
        await it.press("f")
        stored = it.app.record.visit(session.visit.id)
        assert stored.finished
        assert stored.cells[Cell("wall_hinge", "left")].absent == "not_tested"
        assert stored.value(Cell("nprs")) == Decimal(4)


async def test_a_visit_begun_by_mistake_is_closed_from_the_patient(opens: Opens) -> None:
    async with opens() as it:
        await at_the_patient(it)
        await it.press("v", "escape", "down", "enter", "v")
        assert "f finishes" in it.shown("patient-note")
        await it.press("f", "f")
        assert not it.app.record.unfinished()


async def test_a_test_that_is_not_safe_says_why_and_is_not_opened(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        session.put(intake_cell("precautions"), ["HEAD_DOWN"])
        await it.press("g")
        await it.type("wall hinge")
        await it.press("enter")
        assert "no head-down position" in it.shown("jump-note")
        await it.press("escape", "f6")
        assert "no head-down position" in it.shown("findings-list")


async def test_the_stand_test_is_among_the_tests_to_go_to(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        await it.press("g")
        await it.type("stand te")
        await it.press("enter")
        assert "⏎ opens the stand test" in it.shown("step-text")


async def test_the_clinic_is_named_from_the_paper(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        await it.press("f8", "c")
        await it.type("Hill [b]")
        await it.press("enter")
        assert it.app.record.setting("clinic") == "Hill [b]"
        await it.type("+43 1 [b] 22")
        await it.press("enter")
        assert it.app.record.setting("phone") == "+43 1 [b] 22"
        assert "Questions: Hill [b]\n\nPhone: +43 1 [b] 22\n" in it.shown("paper-body")


async def test_the_intake_is_taken_up_where_it_was_left(opens: Opens) -> None:
    async with opens() as it:
        await at_the_patient(it)
        await it.press("v", "1", "enter", "1")
        left_at = it.shown("question-title")
        await it.press("escape", "enter")
        assert it.shown("question-title") == left_at


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no such signal here")
async def test_a_closed_window_leaves_as_the_quit_key_does(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        await it.press("4", "enter")
        os.kill(os.getpid(), signal.SIGHUP)
        await it.until(lambda: it.app.return_value == 1)
        assert session.visit.value(Cell("nprs")) == Decimal(4)


async def test_a_number_not_yet_entered_is_kept_before_its_step_is_left(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        first = it.shown("step-title")
        await it.press("4", "right")
        assert session.visit.value(Cell("nprs")) == Decimal(4)
        assert it.shown("step-title") != first
        await it.press("left", *"99", "f3")
        assert it.shown("step-title") == first
        assert "10" in it.shown("step-note"), "refused: it says so and stays"
        await it.press("5", "g", "escape", "6", "f3")
        assert it.app.screen.query("#question-title")
        assert session.visit.value(Cell("nprs")) == Decimal(6)


async def test_a_value_typed_anew_leads_back_to_the_test_that_is_open(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        await it.press("4", "enter", "n")
        came_to = it.shown("step-title")
        await it.press("left", "left", "5", "enter")
        assert session.visit.value(Cell("nprs")) == Decimal(5)
        assert it.shown("step-title") == came_to


async def test_the_next_name_takes_the_place_of_the_last_search(opens: Opens) -> None:
    async with opens() as it:
        await at_the_patient(it)
        await it.press("escape")
        await it.type("zz")
        await it.press("f2", "escape", "q")
        search = it.app.screen.query_one("#home-search", Input)
        await it.until(lambda: search.value == "q")
