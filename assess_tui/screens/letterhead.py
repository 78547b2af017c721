"""What a page of papers asks of the clinic itself: its name, its phone, its logo. Each is kept for every paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.content import Content

from assess_tui.screens.base import VisitScreen

if TYPE_CHECKING:
    from assess_tui.outgoing.letterhead import Letterhead


class LetterheadScreen(VisitScreen):
    """Asks for one after the other in a dialog."""

    head: Letterhead
    """As the papers carry it now."""

    def changed(self, note: str = "", tone: str = "$success") -> None:
        """What is on the screen is no longer what was made."""
        raise NotImplementedError  # the page itself does it

    def say(self, note: str | Content, tone: str = "$quiet") -> None:
        """Say this under the paper."""
        raise NotImplementedError  # the page itself does it

    def action_clinic(self) -> None:
        """The clinic's name, as every paper carries it; then whom a patient calls."""
        from assess_tui.screens.ask import AskDialog

        question = "Its name as it stands on every paper:"
        self.app.push_screen(AskDialog("The clinic", question, self.head.name, optional=True), self._name_clinic)

    def _name_clinic(self, name: str | None) -> None:
        from assess_tui.outgoing.letterhead import NAME
        from assess_tui.screens.ask import AskDialog

        if name is None:
            return
        self.instrument.record.set_setting(NAME, name)
        self.changed(f"✓ The papers carry “{name}”." if name else "The papers carry no name of a clinic.")
        question = "The number a patient calls with questions; nothing typed leaves a blank to fill in:"
        self.app.push_screen(AskDialog("The clinic's phone", question, self.head.phone, optional=True), self._set_phone)

    def _set_phone(self, typed: str | None) -> None:
        from assess_tui.outgoing.letterhead import PhoneError, keep_phone

        if typed is None:
            return
        try:
            number = keep_phone(self.instrument.record, typed)
        except PhoneError as error:
            self.say(str(error), "$error")
        else:
            self.changed(f"✓ The plan says to call {number}." if number else "The plan leaves a blank for the phone.")

    def action_logo(self) -> None:
        """The clinic's logo: chosen once, at the head of every paper from then on."""
        from assess_tui.screens.ask import AskDialog

        question = "The PNG or JPEG file of the logo, with its folder; nothing typed takes the logo off:"
        self.app.push_screen(AskDialog("The clinic's logo", question, optional=True), self._choose_logo)

    def _choose_logo(self, typed: str | None) -> None:
        if typed == "":
            self._keep_logo(b"", "✓ The papers carry no logo.")
        elif typed:
            self.say("Reading the picture …")
            self._read_logo(typed)

    @work(thread=True, exclusive=True, group="logo", exit_on_error=False)
    def _read_logo(self, typed: str) -> None:
        """Behind the screen: a photograph takes a second to be made small."""
        from assess_tui.outgoing.letterhead import read_logo
        from reports.logo import LogoError

        call = self.app.call_from_thread
        try:
            png = read_logo(typed)
        except LogoError as error:
            call(self.say, str(error), "$error")
        else:
            call(self._keep_logo, png, "✓ The papers carry the logo.")

    def _keep_logo(self, png: bytes, said: str) -> None:
        from assess_tui.outgoing.letterhead import keep_logo

        keep_logo(self.instrument.record, png)
        self.changed(said)
