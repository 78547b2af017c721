"""The guided screen: one test at a time, both sides in one row, graded while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content

from assess_tui.entry.step import StepEntry
from assess_tui.entry.timer import Timer
from assess_tui.entry.typed import Typed
from assess_tui.entry.walk import Walk
from assess_tui.keyboard.words import key_of, with_keys
from assess_tui.screens.step_face import LATER_S, StepFace
from assess_tui.screens.step_pages import StepPages
from assess_tui.screens.timed import CLOCK_RUNS, TimedScreen
from assess_tui.screens.typing import TONES
from assess_tui.visit.said import SIDE_WORDS
from protocols.agreement import repeatable
from protocols.case import Absent
from protocols.devices import DEVICES
from protocols.model import Side, Test
from protocols.route import step_done
from protocols.visit import Cell

GOES_ON = "the clock goes on"
KEPT_ALREADY = "Kept already. {step.next} again goes on from here."
WHY_NOT_SAFE = "Why, in a few words; {dialog.accept} alone gives none:"
OFFERED: dict[str, Callable[[Test], bool]] = {
    "timer": lambda test: bool(test.timer),
    "bell": lambda test: bool(test.timer),
    "compensated": lambda test: bool(test.compensation),
    "other": lambda test: test.measure.sides != "one",
    "same": lambda test: test.measure.sides == "LR",
    "second": repeatable,
    **dict.fromkeys(
        ("pain", "sore", "refused", "contraindicated", "stop_test", "familiar", "note", "more", "less"),
        lambda _: True,
    ),
}
"""Keys that only some tests have a use for; the last ones every test, and the stand test none."""


class StepScreen(TimedScreen, StepPages):
    """Walks the route; every confirmed value is on disk before its tick shows."""

    places = ("step", "visit")
    place = "tests"
    help_text = (
        "Type the number and press {step.next}: it is stored at once and the next cell opens. {step.minus} begins a "
        "negative number, {step.point} or a comma is the decimal sign, {step.half} adds a half. For a list, press the "
        "number of the answer."
    )

    def compose_body(self) -> ComposeResult:
        yield StepFace(self.session)

    @property
    def face(self) -> StepFace:
        return self.query_one(StepFace)

    def begin(self) -> None:
        self.walk = Walk(self.session)
        self.entry: StepEntry | None = None
        self._kept_itself = False
        """Whether the key before kept a value without Enter."""
        self._later = self.set_timer(0, self._shown, pause=True)
        self.open_step()

    # -- moving ------------------------------------------------------------------------------------------------

    @property
    def test(self) -> Test | None:
        return self.walk.test

    def open_step(self, note: Content | str = "") -> None:
        test = self.test
        self.note_typed()  # of the step before: what was taken up there and erased waits no more
        self._kept_itself = False
        self.entry = StepEntry(self.session, test, self.instrument.settings.entry) if test is not None else None
        self.clock_face.open(self._clock_of(test), self.entry)
        if self.entry is not None and self.clock_face.runs:
            self._to_where_it_began(self.entry)
        self._take_up()
        self.face.open(test, self.entry)
        self.refresh_bindings()
        self.draw(note)
        self.refresh_banner()
        self.call_after_refresh(self._wait)  # at the first step nothing has a size before

    def _take_up(self) -> None:
        """What was typed here and not entered waits again."""
        waits = self.session.waiting.at(self.walk.step.test)
        if self.entry is not None and waits.text:
            self.entry.take_up(waits.cell, waits.text)

    def _wait(self) -> None:
        self._later.stop()
        self._later = self.set_timer(LATER_S, self._shown)

    def _shown(self) -> None:
        """What need not be done before a step is painted: to note where the visit is, to draw the next figure."""
        self.session.event("at", self.walk.step.test)
        self.face.prepare(self.walk.following)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something for this test are offered."""
        if action == "items" and hasattr(self, "walk"):
            return self.questionnaire is not None
        if action == "devices" and hasattr(self, "walk"):
            return bool(self.kinds)
        if action not in OFFERED or not hasattr(self, "walk"):
            return True
        return self.test is not None and OFFERED[action](self.test)

    def _move(self, by: int) -> None:
        if self._busy():
            return
        if self.walk.move(by):
            self.open_step(Content.styled(self.walk.shortened, "$warning"))
        elif by > 0:
            self._at_the_end()

    def _go_on(self) -> None:
        """An answer leads to the next step that is still open: from one corrected on the way back, to where it was."""
        if self._busy():
            return
        if self.walk.go_on():
            self.open_step(Content.styled(self.walk.shortened, "$warning"))
        else:
            self._at_the_end()

    def _busy(self) -> bool:
        """Nothing that is being timed is left by accident."""
        if self.clock_face.runs:
            self.draw(Content.styled(with_keys(CLOCK_RUNS), "$warning"))
        return self.clock_face.runs

    def _at_the_end(self) -> None:
        """Free order on the way, everything answered or given a reason at the end. The patient is shown no finding."""
        count = self.walk.turn_back()
        if not count:
            self.draw() if self.hidden else self.instrument.go("findings")
            return
        self.open_step(
            Content.styled(
                f"{count} still open. {key_of('step.not_tested')} leaves a test out; "
                f"{key_of('visit.findings')} shows the findings so far.",
                "$warning",
            )
        )

    def open_test(self, test_id: str) -> None:
        """Go to a test, adding it to the visit when it is not on the route."""
        if self._busy():
            return
        self.walk.add(test_id)
        self.open_step()

    def action_open(self, test_id: str) -> None:
        """A tap on the list of steps."""
        if test_id != self.walk.step.test and self.may_leave():
            self.open_test(test_id)

    # -- drawing -----------------------------------------------------------------------------------------------

    def draw(self, note: Content | str = "") -> None:
        self._told = note
        self.face.draw(self.walk.steps, self.walk.step, note)

    def redraw(self) -> None:
        self.draw(self._told)

    def come_in(self) -> None:
        if hasattr(self, "entry"):
            self.walk.renew()
            super().come_in()

    # -- typing ------------------------------------------------------------------------------------------------

    @property
    def typing(self) -> StepEntry | None:
        return self.entry

    def after(self, typed: Typed) -> None:
        """Show what a key did; a stored value moves on, a refused one says why."""
        if typed.stored:
            self.refresh_banner()
        if typed.finished and typed.stored:
            self._go_on()
        elif typed.finished:
            self._move(1)
        else:
            tone = TONES.get(typed.tone, "$quiet")
            note = Content.styled(typed.say, tone) if typed.say else ""
            self._told = note
            self.draw(note) if typed.stored else self.face.draw_typed(self.walk.step, note)
        self._kept_itself = typed.by_itself

    def _out_of_habit(self) -> bool:
        """Enter after a value that needed none: said once, so that nothing is passed over or opened unasked."""
        asks = self._kept_itself and (self.entry is None or self.entry.untouched)
        self._kept_itself = False
        if asks:
            self.draw(Content.styled(with_keys(KEPT_ALREADY), "$warning"))
        return asks

    def action_next(self) -> None:
        if self._out_of_habit():
            return
        if self.entry is None:
            self.instrument.go("stand")
            return
        if self.clock_face.times_a_hold:
            self.end_hold()
            return
        if self._asks_items():
            self.action_items()
        else:
            self.keep(self.entry.accept)

    def _do(self, key: Callable[[StepEntry], Typed]) -> None:
        """What a key does to the test on screen; at the stand test there is none."""
        if self.entry is not None:
            self.after(key(self.entry))

    def action_other(self) -> None:
        if self.entry is not None and not self.refuses(leaves=True):
            self.keep(self.entry.other_side)

    def action_previous(self) -> None:
        """Back to the cell before; from the first one to what was typed last in the test before."""
        cell = self.entry.index if self.entry is not None else 0
        if self.refuses(leaves=True) or not self.may_leave():
            return
        if self.entry is not None:
            self.entry.index = cell  # what was just kept may have opened the next one
            if self.entry.back():
                self.draw()
                return
        here = self.walk.index
        self._move(-1)
        if self.entry is not None and self.walk.index != here:
            self.entry.open_last()
            self.draw()

    def action_following(self) -> None:
        if self.may_leave():
            self._move(1)

    def may_leave(self) -> bool:
        """A clock that runs goes on meanwhile; what is counted or typed so far waits where it is."""
        return self.clock_face.runs or super().may_leave()

    def action_more(self) -> None:
        self._nudge(1)

    def action_less(self) -> None:
        self._nudge(-1)

    def _nudge(self, steps: int) -> None:
        if not self.refuses():
            self._do(lambda entry: entry.nudge(steps))

    def action_pain(self) -> None:
        if self.entry is not None:
            self.keep(self.entry.ask_pain)

    def action_stop_test(self) -> None:
        if self.entry is not None:
            self.clock_face.drop()
            self.after(self.entry.ask_stop())

    def action_compensated(self) -> None:
        self._do(lambda entry: entry.toggle("compensated"))

    def action_familiar(self) -> None:
        self._do(lambda entry: entry.toggle("familiar"))

    def action_note(self) -> None:
        from assess_tui.screens.ask import AskDialog

        entry = self.entry
        if entry is None:
            return
        if not entry.can_note:
            self.after(entry.write(""))
            return
        ask = AskDialog("Note", "Beside this value:", entry.note, keep=entry.write)
        self.app.push_screen(ask, lambda note: self.after(entry.write(note)) if note else None)

    def action_same(self) -> None:
        if self.entry is not None and not self.refuses(leaves=True):
            self.keep(self.entry.same)

    def action_not_tested(self) -> None:
        if self.entry is None:
            self._leave_stand_out()
        else:
            self._leave_out("not_tested")

    def action_sore(self) -> None:
        self._leave_out("pain")

    def action_refused(self) -> None:
        self._leave_out("refused")

    def _leave_out(self, reason: Absent, note: str = "") -> None:
        """What is timed on this side ends with it: its time must not land on the other one."""
        if (entry := self.entry) is not None:
            self.keep(lambda: entry.leave_out(reason, note))

    def action_contraindicated(self) -> None:
        """The reason may be left empty; Esc changes nothing."""
        from assess_tui.screens.ask import AskDialog

        if (entry := self.entry) is not None:
            where = " ".join((entry.test.name, SIDE_WORDS.get(entry.side, entry.side))).rstrip()
            ask = AskDialog(f"Not safe: {where}", with_keys(WHY_NOT_SAFE), optional=True)
            side = entry.side
            self.app.push_screen(ask, lambda why: None if why is None else self._not_safe(entry, side, where, why))

    def _not_safe(self, entry: StepEntry, side: Side, where: str, why: str) -> None:
        """Of the side it was asked of: a clock that ended meanwhile may have opened another."""
        if self.entry is entry and entry.side == side:
            self._leave_out("contraindicated", why)
        else:
            self.draw(Content.styled(f"{where} was not left out: its time came in meanwhile.", "$warning"))

    def _leave_stand_out(self) -> None:
        self.session.leave_stand_out("not tested")
        self.refresh_banner()
        self._go_on()

    def action_undo(self) -> None:
        """What is only being typed or timed goes first; it is not on record."""
        timed = self.clock_face.runs and self.clock_face.drop()
        waits = self.entry.buffer if self.entry is not None else ""
        if self.entry is not None and (self.entry.forget() or timed):
            if self.clock_face.pressed_early(waits):
                self.clock_face.go_on()
            self.draw()
        else:
            self._change(self.session.to_undo(), self.session.undo)

    def action_redo(self) -> None:
        self._change(self.session.to_redo(), self.session.redo)

    def _change(self, cell: Cell | None, change: Callable[[], str | None]) -> None:
        """Change it in sight: the step it belongs to opens."""
        if why := self.elsewhere(cell):
            self.draw(Content.styled(why, "$accent"))
            return
        goes_on = change == self.session.undo and self._mispressed(cell)
        said = change()
        here = cell.test if cell is not None else ""
        self.walk.reopen(self.walk.step.test if here == DEVICES else here)
        self.open_step(Content.styled(said or "", "$accent"))
        if goes_on and cell is not None and self.entry is not None:
            self.entry.open_cell(cell)
            self.clock_face.go_on()
            self.draw(Content.styled(f"{said}: {GOES_ON}", "$accent"))

    def _mispressed(self, cell: Cell | None) -> bool:
        """Whether it holds a lap pressed just now: taken back, its clock goes on."""
        timer = self.instrument.timers.get((self.session.visit.id, cell.test)) if cell is not None else None
        if timer is None or cell is None:
            return False
        return timer.mispressed(cell, self.session.visit.value(cell), self.instrument.clock.seconds())

    # -- the clock ----------------------------------------------------------------------------------------------

    def _clock_of(self, test: Test | None) -> Timer | None:
        """The test's clock in this visit; one that runs goes on while another place is open."""
        if test is None or not test.timer:
            return None
        return self.instrument.timers.setdefault((self.session.visit.id, test.id), Timer(test))

    def action_bell(self) -> None:
        self.draw(Content.styled(self.clock_face.switch_bell(), "$quiet"))

    def _asks_items(self) -> bool:
        """Enter opens the items while there is no score yet and none is being typed."""
        typing = self.entry is not None and (self.entry.buffer or self.entry.asks)
        return self.questionnaire is not None and not typing and not step_done(self.walk.step, self.session.visit)
