"""The pages over the guided step: its items, evidence, history, devices, a second rater, a jump to another test."""

from __future__ import annotations

from textual.content import Content

from assess_tui.keyboard.words import with_keys
from assess_tui.screens.typing import TypingScreen
from protocols.agreement import repeatable
from protocols.devices import CUFF
from protocols.model import DeviceKind, Questionnaire, Test
from protocols.questionnaires import UPRIGHT, of_test
from protocols.visit import RATER

FIRST_COMES_FIRST = "The first rater's value comes first; then {step.second}."


class StepPages(TypingScreen):
    """What a step can be left for and comes back from. Each page is loaded when it is opened."""

    @property
    def test(self) -> Test | None:
        """The test of the step; None at the stand test, which has a place of its own."""
        raise NotImplementedError  # the step itself does it

    def draw(self, note: Content | str = "") -> None:
        """Draw the step, with what a page said."""
        raise NotImplementedError  # the step itself does it

    def open_step(self, note: Content | str = "") -> None:
        """Take the step up anew: a page may have answered it."""
        raise NotImplementedError  # the step itself does it

    def open_test(self, test_id: str) -> None:
        """Go to a test, adding it to the visit when it is not on the route."""
        raise NotImplementedError  # the step itself does it

    @property
    def kinds(self) -> tuple[DeviceKind, ...]:
        """The kinds of device this step can be read with."""
        return self.test.measure.devices if self.test is not None else CUFF

    def action_devices(self) -> None:
        from assess_tui.screens.devices import DevicesDialog

        if self.kinds:
            self.app.push_screen(DevicesDialog(self.session, self.test, self.kinds), lambda _: self.draw())

    def action_second(self) -> None:
        """A second rater measures, blind; who it is is asked once per visit."""
        from assess_tui.entry.second import first_sides, name_rater
        from assess_tui.screens.ask import AskDialog

        if self.test is None or not repeatable(self.test) or not self.may_leave():
            return
        if not first_sides(self.session, self.test):
            self.draw(Content.styled(with_keys(FIRST_COMES_FIRST), "$warning"))
        elif RATER in self.session.visit.cells:
            self._open_second()
        else:
            ask = AskDialog("A second rater, blind to the first values", "Name, as it stands in the record:")
            self.app.push_screen(ask, lambda name: self._named(name_rater(self.session, name)) if name else None)

    def _named(self, refused: str) -> None:
        if refused:
            self.draw(Content.styled(refused, "$error"))
        else:
            self._open_second()

    def _open_second(self) -> None:
        from assess_tui.screens.second import SecondScreen

        if self.test is not None:
            self.app.push_screen(SecondScreen(self.test), lambda _: self.open_step())

    def action_history(self) -> None:
        from assess_tui.screens.history import HistoryDialog

        tests = (self.test.id,) if self.test is not None else ("@stand", "@upright")
        self.app.push_screen(HistoryDialog(self.session, tests))

    def action_evidence(self) -> None:
        from assess_tui.entry.evidence import behind
        from assess_tui.screens.evidence import EvidenceDialog

        self.app.push_screen(EvidenceDialog(self.session, *behind(self.session.library, self.test)))

    @property
    def questionnaire(self) -> Questionnaire | None:
        """The items that make up the value of this step; at the stand test, the ratings before and after it."""
        known = self.session.library
        return of_test(known, self.test.id) if self.test is not None else known.questionnaires.get(UPRIGHT)

    def action_items(self) -> None:
        from assess_tui.screens.questionnaire import QuestionnaireScreen

        if self.questionnaire is not None and self.may_leave():
            self.app.push_screen(QuestionnaireScreen(self.questionnaire), lambda _: self.open_step())

    def action_jump(self) -> None:
        from assess_tui.screens.jump import JumpDialog

        if self.may_leave():
            self.app.push_screen(JumpDialog(self.session), lambda test_id: self.open_test(test_id) if test_id else None)
