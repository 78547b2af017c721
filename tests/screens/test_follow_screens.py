"""The follow-up page, the proposals and the progress by keyboard at both sizes, and what the record holds of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from textual.screen import Screen

from assess_tui.entry.follow import follow_done
from assess_tui.entry.intake_pages import ASKED_CELL
from assess_tui.entry.plan import AFRESH
from assess_tui.places import barred, opens_as, places
from assess_tui.screens.follow import FollowScreen
from assess_tui.screens.message import MessageDialog
from assess_tui.screens.plan import PlanScreen
from assess_tui.screens.progress import ProgressScreen
from assess_tui.screens.proposals import ProposalsScreen
from assess_tui.visit.session import VisitSession
from assess_tui.widgets.aside import Aside
from assess_tui.widgets.pane import Pane
from protocols.visit import CRASH, PLAN_CARDS, Cell, Told, cards_of, follow_cell, told_row
from tests.screens.begun import all_precautions, at_home
from tests.screens.conftest import ZONE, Instrument, Opens

TAKEN_HOME = ("A03", "A04", "M12")
"""Two cards of the session, and one through the day."""
SIZES = [(80, 24), (120, 40)]


def plan_of(*cards: str) -> dict[str, Any]:
    dose = {"sets": 1, "reps": 10, "sec_per_rep": 6}
    given = [
        {"id": card, "dose": dose, "side": None, "because": ["GLU"], "minutes": Decimal(1)}
        for card in cards
        if card != "M12"
    ]
    return {
        "blocked": False,
        "minutes": Decimal(2),
        "stage": "none",
        "planned_stage": "none",
        "exercises": given,
        "snacks": [card for card in cards if card == "M12"],
    }


def beside(it: Instrument) -> str:
    """What is told beside the page in a very wide window."""
    return str(it.app.screen.query_one(Aside).query_one(Pane).content)


async def at_the_second_visit(it: Instrument, *cards: str, place: str | None = None) -> VisitSession:
    """Weak glutes at both visits, four weeks apart; the first visit's plan held these cards."""
    await at_home(it)
    record, library = it.app.record, it.app.library
    patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 4, 3), sex="F", code="")
    visit = ""
    for day, seconds in ((dt.datetime(2026, 10, 5, 9, tzinfo=ZONE), 5), (None, 8)):
        opened = record.open_visit(patient.id, "Kim Lee", library, day)
        visit = opened.id
        told = [
            Told(Cell("@consent", field="consent"), True),
            Told(Cell("@intake", field="minutes"), Decimal(10)),
            Told(ASKED_CELL, all_precautions(library)),
            Told(Cell("@stand", field="not_done"), "not tested"),
            *(Told(Cell("@flags", field=flag.id), "no") for flag in library.red_flags.flags),
            *(Told(Cell("sl_bridge", side), Decimal(seconds)) for side in ("left", "right")),
        ]
        with record.together():
            for one in told:
                record.append(told_row(record.new_id(), opened, one, library, opened.started))
        if day is not None:
            if cards:
                record.save_plan(visit, plan_of(*cards), "Kim Lee")
            record.event(visit, "finished")
    it.app.open_visit(visit, place)
    await it.pilot.pause()
    await it.pilot.pause()
    session = it.app.session
    assert session is not None
    return session


def shows(it: Instrument, screen: type[Screen[Any]]) -> None:
    assert isinstance(it.app.screen, screen), it.app.screen


def held(session: VisitSession, asked: str) -> list[Any]:
    """What the record holds of each card, read anew."""
    visit = session._record.visit(session.visit.id)
    return [visit.value(follow_cell(asked, card)) for card in TAKEN_HOME]


async def test_without_an_earlier_plan_there_is_nothing_to_follow_up(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_second_visit(it, place="findings")
        assert "follow" not in [place.name for place in places(session)]
        await it.press("f9")
        shows(it, MessageDialog)
        await it.press("escape", "f7")
        await it.pilot.pause()
        shows(it, PlanScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_a_digit_an_answer_and_the_next_opens(opens: Opens, size: tuple[int, int]) -> None:
    async with opens(size) as it:
        session = await at_the_second_visit(it, *TAKEN_HOME, place="follow")
        shows(it, FollowScreen)
        assert "follow" in it.shown("banner-places")
        assert "paper" in it.shown("banner-places")[: size[0] - 4]
        await it.press("7")
        assert "7: about 7 in 10 planned times, as planned." in it.shown("question-note")
        await it.press("4", "r", "t", "t", "s", "0", "s", "s", "y")
        assert held(session, "done") == [7, 10, 0]
        assert held(session, "pain") == [4, 10, None], "pain is not asked of what was never done"
        assert held(session, "red") == [True, None, None]
        assert held(session, "spare") == [None, True, False]
        assert session.visit.value(CRASH) is True
        assert follow_done(session)
        assert "All asked" in it.shown("question-note")
        await it.press("5")
        assert held(session, "done") == [7, 10, 0], "no digit goes astray"
        await it.press("enter")
        await it.pilot.pause()
        assert not isinstance(it.app.screen, FollowScreen)


async def test_the_same_below_is_one_key_and_one_undo(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_second_visit(it, *TAKEN_HOME, place="follow")
        await it.press("equals_sign")
        assert held(session, "done") == [None] * 3
        await it.press("8", "equals_sign", "1", "equals_sign")
        assert (held(session, "done"), held(session, "pain")) == ([8] * 3, [1] * 3)
        await it.press("u")
        assert held(session, "pain") == [1, None, None]
        await it.press("u", "u")
        assert (held(session, "done"), held(session, "pain")) == ([8, None, None], [None] * 3)
        await it.press("u")
        assert held(session, "done") == [None] * 3
        await it.press("9")
        assert held(session, "done") == [9, None, None], "the number goes where it was taken back"
        await it.press("1", "u")
        session.redo()
        await it.press("u")
        assert held(session, "pain") == [None] * 3, "also what came back by redo"


async def test_what_is_not_asked_is_said_once(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_second_visit(it, *TAKEN_HOME, place="follow")
        await it.press("9", "enter", "enter", "enter")
        assert "Not asked yet: a crash after effort, 3 cards" in it.shown("question-note")
        shows(it, FollowScreen)
        await it.press("enter")
        await it.pilot.pause()
        assert not isinstance(it.app.screen, FollowScreen)
        assert held(session, "done") == [9, None, None]
        assert it.app.session is session


async def test_answers_are_taken_back_on_their_page_alone(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_second_visit(it, *TAKEN_HOME, place="follow")
        await it.press("9", "f7")
        await it.until(lambda: isinstance(it.app.screen, ProposalsScreen))
        await it.press("u")
        await it.until(lambda: "follow-up (F9)" in it.shown("proposals-said"))
        assert held(session, "done") == [9, None, None]


@pytest.mark.parametrize("size", SIZES)
async def test_the_plan_begins_with_what_is_proposed(opens: Opens, size: tuple[int, int]) -> None:
    async with opens(size) as it:
        session = await at_the_second_visit(it, *TAKEN_HOME, place="follow")
        await it.press("n", *"91", "s", *"91", *"91", "f7")
        await it.pilot.pause()
        await it.pilot.pause()
        shows(it, ProposalsScreen)
        assert it.shown("proposals-summary").startswith("From the last plan: 1 progress, 2 keep")
        assert "10 -> 12 times" in it.shown("proposals-list")
        assert barred(session, "paper")
        await it.press("space")
        assert "as it was" in it.shown("proposals-list")
        await it.press("down", "u")
        assert "as it was" not in it.shown("proposals-list"), "the choice, not an answer of another page"
        await it.press("space", "down", "space", "up", "space", "space", "enter")
        await it.pilot.pause()
        shows(it, PlanScreen)
        kept = cards_of(session.visit.value(PLAN_CARDS))
        assert [one.card for one in kept] == ["A03", "M12"]
        assert kept[0].dose is not None
        assert kept[0].dose.reps == 12
        assert not barred(session, "paper")
        await it.press("u")
        await it.pilot.pause()
        shows(it, ProposalsScreen)
        assert PLAN_CARDS not in session.visit.cells


async def test_a_new_plan_in_place_of_the_last_one(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_second_visit(it, *TAKEN_HOME, place="plan")
        shows(it, ProposalsScreen)
        await it.press("x")
        await it.pilot.pause()
        shows(it, PlanScreen)
        assert not session.assessment().plan.by_hand
        await it.press("l")
        await it.pilot.pause()
        shows(it, ProposalsScreen)
        await it.press("enter")
        await it.pilot.pause()
        assert session.assessment().plan.by_hand
        await it.press("x", "u")
        await it.pilot.pause()
        assert session.assessment().plan.by_hand, "x of the plan is one undo"
        assert session.visit.value(AFRESH) is True


async def test_a_plan_kept_is_not_asked_about_again(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_second_visit(it, *TAKEN_HOME, place="plan")
        await it.press("enter")
        await it.pilot.pause()
        await it.press("enter")
        await it.pilot.pause()
        assert opens_as(it.app.session_of(session.visit.id), "plan") == "plan"


@pytest.mark.parametrize("size", SIZES)
async def test_progress_from_the_findings_and_from_the_patient(opens: Opens, size: tuple[int, int]) -> None:
    async with opens(size) as it:
        session = await at_the_second_visit(it, *TAKEN_HOME, place="findings")
        await it.press("t")
        await it.pilot.pause()
        await it.pilot.pause()
        shows(it, ProgressScreen)
        assert "of 2 measures" in it.shown("progress-summary")
        assert "5 → 8 s" in it.shown("progress-list")
        first, later = (row for row in it.shown("progress-visits").splitlines() if " 2026 " in row)
        assert first.startswith("5 Oct 2026")
        assert first.endswith("since the first:")
        assert "+" in later
        await it.press("escape", "escape")
        it.app.open_patient(session.patient.id)
        await it.pilot.pause()
        await it.pilot.resize_terminal(200, 60)
        await it.until(lambda: "No plan was kept" in beside(it))
        await it.press("down")
        assert "Plan of 5 Oct 2026" in beside(it)
        assert "Glute bridge" in beside(it)
        await it.press("t", "down", "p")
        await it.pilot.pause()
        await it.press("escape", "escape")


async def test_a_visit_that_came_finished_can_be_looked_at_and_planned(opens: Opens) -> None:
    """An imported visit holds no agreement; its plan is kept from the plan's screen, to be followed up later."""
    async with opens() as it:
        session = await at_the_second_visit(it)
        record, library = it.app.record, it.app.library
        visit = record.open_visit(session.patient.id, "Kim Lee", library, dt.datetime(2026, 10, 12, 9, tzinfo=ZONE))
        record.append(
            told_row(record.new_id(), visit, Told(Cell("sl_bridge", "left"), Decimal(5)), library, visit.started)
        )
        record.event(visit.id, "finished", "imported")
        it.app.open_visit(visit.id)
        await it.pilot.pause()
        assert it.app.screen.query("#findings-list")
        await it.press("f7")
        await it.pilot.pause()
        await it.press("enter")
        await it.pilot.pause()
        assert record.plans(visit.id)
