"""Every screen and dialog in one run on the sample clinic, by name, with the clock standing still.

The golden texts (`test_golden_screens.py`) and the pictures of docs/screens.md walk the same way. Actions are called by
name, for keys can be changed; what is typed is typed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from assess_tui.app import AssessApp
from assess_tui.entry.intake_pages import ASKED_CELL
from assess_tui.storage.sealing import Cost
from assess_tui.visit.session import VisitSession
from protocols.visit import Cell
from protocols.visits.cells import RATER
from tests.screens.begun import all_precautions

DAY = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
"""The day of the tour; the sample clinic's visits lie before it."""
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
"""Of a key nobody has to guess."""
Names = AsyncIterator[str]


class StoppedClock:
    """Stands still until it is turned."""

    def __init__(self) -> None:
        self.elapsed = 0.0

    def seconds(self) -> float:
        return self.elapsed

    def now(self) -> dt.datetime:
        return DAY + dt.timedelta(seconds=self.elapsed)


class Tour:
    """The running instrument, and how to get about in it."""

    def __init__(self, app: AssessApp, pilot: Pilot[int], clock: StoppedClock) -> None:
        self.app, self.pilot, self.clock = app, pilot, clock

    @property
    def screen(self) -> Screen[Any]:
        return self.app.screen

    @property
    def session(self) -> VisitSession:
        if self.app.session is None:
            raise RuntimeError("a visit is open on this part of the tour")
        return self.app.session

    async def rest(self, seconds: float | None = None) -> None:
        """Until everything asked for is painted."""
        await self.pilot.pause(seconds)
        await self.pilot.pause()

    async def do(self, *actions: str) -> None:
        for action in actions:
            await self.screen.run_action(action)
            await self.rest()

    async def type(self, text: str) -> None:
        await self.pilot.press(*("space" if letter == " " else letter for letter in text))

    async def over(self, screen: Screen[Any]) -> None:
        self.app.push_screen(screen)
        await self.rest()

    async def close(self) -> None:
        self.app.pop_screen()
        await self.rest()

    async def go(self, place: str) -> None:
        self.app.go(place)
        await self.rest()

    def turn(self, seconds: int) -> None:
        """In small steps, each seen by the screen: one large step would be taken for a laptop that slept."""
        for _ in range(0, seconds, 4):
            self.clock.elapsed += 4
            self.screen._tick()  # type: ignore[attr-defined]  # the stand test is open

    # -- the way ---------------------------------------------------------------------------------------------------

    async def stops(self) -> Names:
        """The name of each screen, while it is shown."""
        for part in (self.doors, self.first, self.library, self.patient, self.visit, self.steps, self.stand):
            async for name in part():
                yield name
        for part in (self.conclusions, self.plan, self.paper, self.small):
            async for name in part():
                yield name

    async def doors(self) -> Names:
        from assess_tui.screens.encrypt import EncryptScreen
        from assess_tui.screens.first_key import FirstKeyScreen
        from assess_tui.screens.lock import LockScreen
        from assess_tui.screens.unlock import UnlockScreen

        yield "intended_use"
        await self.close()
        await self.over(FirstKeyScreen())
        yield "first_key"
        await self.close()
        await self.over(EncryptScreen(name="M. Vogel"))
        yield "encrypt"
        await self.close()
        await self.over(UnlockScreen())
        yield "unlock"
        await self.close()
        async for name in self.keyring():
            yield name
        self.app.key = b"any"
        await self.over(LockScreen())
        yield "lock"
        self.app.key = None
        await self.close()

    async def keyring(self) -> Names:
        from assess_tui.screens.keyring import ChangeDialog, CodeDialog, KeyringDialog
        from assess_tui.storage.folder import KEYS
        from assess_tui.storage.ids import uuid7
        from assess_tui.storage.keys import create, keep

        made = create("four words of mine", "M. Vogel", self.clock.now(), uuid7, CHEAP)
        keep(self.app.folder, made)
        await self.over(KeyringDialog())
        yield "keyring"
        await self.over(ChangeDialog("add", made.file.slots[0]))
        yield "keyring_change"
        await self.close()
        await self.close()
        await self.over(CodeDialog("ABCD-EFGH-JKLM-NPQR-STUV-WXYZ"))
        yield "keyring_code"
        await self.close()
        (self.app.folder / KEYS).unlink()

    async def first(self) -> Names:
        from assess_tui.screens.new_patient import NewPatientDialog

        self.app.record.set_setting("intended_use", self.clock.now().isoformat())
        self.app.record.set_setting("clinician", "M. Vogel")
        yield "home"
        await self.type("zz")
        yield "home_nothing_found"
        await self.do("clear")
        await self.over(NewPatientDialog())
        yield "new_patient"
        await self.close()
        await self.do("help")
        yield "help"
        await self.close()
        async for name in self.settings():
            yield name
        self.app.show_error("The disk is full", "Make room and press the key again. What was stored so far is kept.")
        await self.rest()
        yield "message"
        await self.close()

    async def settings(self) -> Names:
        from assess_tui.screens.settings import SettingsDialog

        folder, self.app.folder = self.app.folder, Path("/home/kim/assess-tui")
        await self.over(SettingsDialog())
        yield "settings"
        await self.do("press")
        await self.pilot.press("pagedown", "f13", "g")
        yield "press"
        await self.close()
        await self.close()
        self.app.folder = folder

    async def library(self) -> Names:
        await self.do("cards")
        await self.rest(0.2)
        yield "cards"
        await self.do("own_card")
        yield "own_card"
        await self.do("new_card")
        await self.rest(0.2)
        yield "card_editor"
        await self.close()
        await self.close()

    async def patient(self) -> Names:
        ana = self.app.record.patients("ruiz")[0]
        self.app.open_patient(ana.id)
        await self.rest()
        yield "patient"
        await self.do("papers")
        yield "papers_none"
        await self.close()
        await self.do("progress")
        yield "progress"
        await self.do("plans")
        yield "plans"
        await self.pilot.press("enter")
        await self.rest()
        yield "kept_plan"
        await self.close()
        await self.close()
        await self.close()
        bjorn = self.app.record.patients("bjorn")[0]
        self.app.open_patient(bjorn.id)
        await self.rest()
        self.app.open_visit(self.app.record.open_visit(bjorn.id, "M. Vogel", self.app.library, DAY).id)
        await self.rest()

    async def visit(self) -> Names:
        self.session.put(Cell("@consent", field="consent"), True)
        self.session.put(ASKED_CELL, all_precautions(self.app.library))
        await self.go("intake")
        yield "intake"
        await self.do("devices")
        yield "devices"
        await self.close()
        await self.go("flags")
        yield "flags"
        await self.do("raise_level")
        yield "level"
        await self.close()
        await self.do("vitals")
        await self.type("72")
        yield "vitals"
        await self.close()
        for flag in self.session.library.red_flags.flags:
            self.session.put(Cell("@flags", field=flag.id), "no")

    async def steps(self) -> Names:
        await self.go("tests")
        yield "step_questions"
        await self.on_a_test("psfs_mean")
        await self.do("items")
        yield "items"
        await self.do("back")
        await self.do("jump")
        await self.type("hip in")
        yield "jump"
        await self.close()
        await self.on_a_test("hip_ir_supine")
        await self.type("24")
        yield "step"
        await self.do("next")
        await self.type("31")
        await self.do("next")
        await self.on_a_test("hip_ir_supine")
        yield "step_done"
        await self.do("evidence")
        yield "evidence"
        await self.close()
        await self.do("history")
        yield "answers_before"
        await self.close()
        await self.do("note")
        yield "ask"
        await self.close()
        await self.on_a_test("sls_eo")
        await self.do("timer")
        self.clock.elapsed += 23
        self.screen.refresh_banner()  # type: ignore[attr-defined]  # a step is open; its banner is drawn once a second
        await self.rest(0.2)
        yield "step_clock"
        await self.do("patient_view")
        await self.rest(0.3)
        yield "patient_step"
        await self.do("turn_back", "undo")
        await self.on_a_test("hip_ir_supine")
        self.session.put(RATER, "K. Lee")
        await self.do("second")
        yield "second"
        await self.do("back")

    async def on_a_test(self, test: str) -> None:
        self.screen.open_test(test)  # type: ignore[attr-defined]  # the guided screen is open
        await self.rest()

    async def stand(self) -> Names:
        await self.go("stand")
        yield "stand_before"
        await self.do(*["next"] * 9)
        self.turn(60)
        yield "stand_rest"
        self.clock.elapsed += 600
        await self.do("next")
        await self.type("70112707011270")
        yield "stand_lying"
        await self.do("next", "next", "minutes")
        for reading in ("95112762", "102112764", "106114785"):
            self.turn(60)
            await self.type(reading)
        self.turn(36)
        await self.rest()
        yield "stand"
        await self.do("patient_view")
        yield "patient_stand"
        await self.do("turn_back")
        await self.do("help")
        yield "stand_help"
        await self.close()
        await self.do("stop")
        yield "faint"
        await self.close()
        await self.rest()
        yield "stand_after"

    async def conclusions(self) -> Names:
        ana = self.app.record.patients("ruiz")[0]
        self.app.open_visit(self.app.record.visits(ana.id)[0].id, "findings")
        await self.rest()
        yield "findings"
        await self.go("follow")
        yield "follow"
        await self.go("proposals")
        yield "proposals"

    async def plan(self) -> Names:
        from assess_tui.screens.templates import TemplateDialog

        await self.go("plan")
        await self.rest(0.2)
        yield "plan"
        await self.do("patient_view", "next")
        self.clock.elapsed += 3
        await self.rest(0.3)
        yield "along"
        await self.do("turn_back")
        await self.do("add")
        await self.rest(0.2)
        yield "plan_add"
        await self.close()
        await self.do("check_in")
        yield "check_in"
        await self.close()
        await self.do("why_not")
        yield "why_not"
        await self.close()
        await self.do("save_template")
        yield "save_template"
        await self.close()
        cards = self.screen.entry.for_anyone  # type: ignore[attr-defined]  # the plan is open
        self.app.record.save_template("Low back, first weeks", cards, "M. Vogel")
        await self.over(TemplateDialog(self.app.record, self.session.library, "M. Vogel"))
        yield "templates"
        await self.close()

    async def paper(self) -> Names:
        await self.go("paper")
        yield "paper"
        await self.do("password")
        yield "password"
        await self.close()
        await self.do("make")
        for _ in range(100):
            if not self.screen.making:  # type: ignore[attr-defined]  # the paper is open
                break
            await self.rest(0.05)
        self.app.open_patient(self.session.patient.id)
        await self.rest()
        await self.do("papers")
        yield "papers"
        await self.close()

    async def small(self) -> Names:
        size = self.app.size
        await self.pilot.resize_terminal(60, 18)
        await self.rest()
        yield "too_small"
        await self.pilot.resize_terminal(*size)
        await self.rest()


@asynccontextmanager
async def touring(folder: Path, size: tuple[int, int], theme: str = "assess-dark") -> AsyncIterator[Tour]:
    """The instrument on a sample clinic made for this run."""
    clock = StoppedClock()
    app = AssessApp(folder, clock=clock, demo=True)
    async with app.run_test(size=size) as pilot:
        while not app.ready:
            await pilot.pause(0.02)
        app.theme = theme
        tour = Tour(app, pilot, clock)
        await tour.rest(0.2)
        yield tour
