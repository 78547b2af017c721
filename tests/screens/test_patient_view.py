"""The screen turned to the patient: what it shows, what it hides, and that the therapist's keys stay in force."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from decimal import Decimal
from pathlib import Path
from typing import Any

from textual.widgets import Static

from protocols.visit import Cell
from tests.screens.test_stand import AtStand, a_visit

Opens = Callable[..., AbstractAsyncContextManager[Any]]
LEFT = Cell("sls_eo", "left")


def everything(it: Any) -> str:
    """All the text on the screen."""
    return "\n".join(str(widget.render()) for widget in it.app.screen.query(Static))


def on_top(it: Any) -> str:
    return type(it.app.screen).__name__


async def test_a_hold_is_timed_on_either_side_of_the_screen_and_never_left_by_accident(
    opens: Opens, tmp_path: Path
) -> None:
    visit = a_visit(tmp_path / "clinic")
    async with opens((120, 40)) as it:
        it.app.open_visit(visit, "tests")
        await it.pilot.pause()
        it.app.screen.open_test("sls_eo")
        await it.press("z", "space")
        it.clock.turn(31.26)
        assert on_top(it) == "PatientStep"
        shown = everything(it)
        assert "One-leg stand" in shown
        assert "Ruiz" not in shown
        await it.press("space")
        value = it.app.session.visit.value
        assert value(LEFT._replace(field="trial.1")) == Decimal("31.2")
        shown = everything(it)
        assert "limited" not in shown
        assert "next: left · trial 2 of 3" in shown
        it.clock.turn(2)
        await it.press("escape", "space", "right")
        assert "clock is running" in it.shown("step-note")
        await it.press("f2")
        it.clock.turn(40)
        await it.press("f4", "space")
        assert it.app.session.visit.value(LEFT._replace(field="trial.2")) == Decimal(40), "it went on meanwhile"
        it.clock.turn(2)
        await it.press("space", "backspace", "right")
        assert it.app.screen.test.id != "sls_eo", "thrown away"
        it.app.screen.open_test("sls_eo")
        it.clock.turn(2)
        await it.press("z", "space")
        it.clock.turn(4)
        await it.press("space")
        assert it.app.session.visit.value(LEFT._replace(field="trial.3")) is None, "far from the reference: asked"
        await it.press("enter", "enter")
        assert it.app.session.visit.value(LEFT._replace(field="trial.3")) == 4
        assert it.app.session.visit.value(LEFT._replace(side="right", field="trial.1")) is None
        await it.press("z")
        it.app.session.leave_open_out()
        it.app.screen.open_test("nprs")
        await it.press("5", "z", "enter")
        assert it.app.session.visit.value(Cell("nprs")) == 5
        assert on_top(it) == "PatientStep", "the last value of all shows the patient no findings"


async def test_standing_shows_the_time_alone_an_alert_turns_it_back_and_stop_is_in_force(
    opens: Opens, tmp_path: Path
) -> None:
    visit = a_visit(tmp_path / "clinic")
    async with opens((80, 24)) as it:
        it.app.open_visit(visit, "stand")
        await it.pilot.pause()
        at = AtStand(it)
        await at.to_standing()
        await at.wait(60)
        await at.keys("104112742 z")
        shown = everything(it)
        assert on_top(it) == "PatientStand"
        assert "Stand still" in shown
        assert not any(number in shown for number in ("104", "112", "Ruiz", "bpm"))
        for key in ("f10", "ctrl+c"):
            await it.press(key)
            assert it.app.return_value is None, "a stand test cannot be taken up again"
            assert [*it.app._notifications][-1].message.startswith("The patient is standing: s stops the test"), key
        await at.wait(120)
        for digit in "170112742":
            at.screen.entry.part.type(digit)
        assert at.screen.entry.live.alerts()
        patient = it.app.screen
        it.app.action_lock()
        await it.pilot.pause()
        patient.draw()
        await it.pilot.pause()
        assert it.app.locked, "what turns back below takes no cover away"
        await it.press("enter")
        for _ in range(2):  # a tick and a key may ask at once
            patient.draw()
        await it.pilot.pause()
        assert on_top(it) == "StandScreen", "the therapist looks at the alert"
        await at.keys("z s")
        await it.pilot.pause()
        assert on_top(it) == "FaintCard"
        assert not at.screen.entry.standing


async def test_exercise_along_names_nobody_and_the_screen_turns_back_to_the_plan(opens: Opens, tmp_path: Path) -> None:
    visit = a_visit(tmp_path / "clinic")
    async with opens((120, 40)) as it:
        it.app.open_visit(visit, "plan")
        await it.pilot.pause()
        it.app.screen.entry.add("M09")
        await it.press("f11")
        assert on_top(it) == "AlongScreen"
        assert "Ruiz" not in everything(it)
        await it.press("space")
        assert it.app.screen.busy, "no idle lock over a card that runs"
        await it.press("p")
        assert not it.app.screen.busy
        await it.press("escape")
        assert on_top(it) == "PlanScreen"
