"""The stand test live: one screen from the first question to the result, STOP at any moment."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult

from assess_tui.bell import bell_on, switch_bell
from assess_tui.clock import minutes_seconds
from assess_tui.door import STAY
from assess_tui.entry.stand.before import Override, Questions
from assess_tui.entry.stand.flow import StandEntry
from assess_tui.entry.stand.pages import at
from assess_tui.entry.stand.row import Did, refused
from assess_tui.keyboard.keys import DIGITS, bindings
from assess_tui.keyboard.words import with_keys
from assess_tui.screens.base import VisitScreen
from assess_tui.screens.help import HelpDialog
from assess_tui.screens.marked import MarkedRows
from assess_tui.screens.stand_face import StandFace
from assess_tui.storage.errors import StorageError

TONES = {"": "$quiet", "refused": "$error", "warn": "$warning bold", "good": "$success bold"}
ONLY_IN = {
    "missing": ("lying", "oxygen", "standing", "upright", "pain_end", "recovery"),
    "again": ("lying", "up", "standing", "result", "left_out"),
    "dizzy": ("standing",),
    "oxygen": ("standing",),
    "evidence": ("result",),
    "minutes": ("rest", "lying", "up", "standing"),
    "yes": ("upright",),
    "other": ("override",),
    "tick": ("questions",),
    "back": ("questions", "refused", "override"),
}
"""Where a key means something; the key line shows only those."""
MINUTES, EACH_MINUTE, FEWEST = "stand_minutes", "each", "fewest"
"""The setting that remembers at which minutes this clinic reads, and what it holds."""
SAY_S = 12
"""Seconds a sentence stays."""


class StandScreen(MarkedRows, VisitScreen):
    """Draws in place; the run of the test lives in the app and goes on when this screen is left while lying."""

    places = ("stand", "visit")
    place = "stand"
    help_text = (
        "Type the digits: a cell closes by itself when no further digit can belong to it, else with {stand.next}. "
        "{stand.missing}: missing. {stand.stop}: STOP, at any moment. A reading belongs to the minute that is due; "
        "{stand.up} and {stand.down} open another minute, {stand.erase} on an empty cell goes back one cell. "
        "{stand.minutes}: full readings every minute, or at 1, 3, 5 and 10, remembered for the next test. "
        "{stand.oxygen}: oxygen while standing."
    )

    def compose_body(self) -> ComposeResult:
        yield StandFace()

    def begin(self) -> None:
        record = self.instrument.record
        self.bell = bell_on(self.instrument)
        self.entry = StandEntry(
            self.session,
            self.instrument.stand_runs,
            self.instrument.clock,
            record.setting("stand_protocol", "lean") or "",
            each_minute=record.setting(MINUTES) == EACH_MINUTE,
        )
        self.session.event("at", "@stand")
        self._said_at = 0.0
        self._show(self.entry.left_typed())

    # -- drawing ---------------------------------------------------------------------------------------------------

    @property
    def face(self) -> StandFace:
        return self.query_one(StandFace)

    def _show(self, did: Did) -> None:
        """Draw everything in place; ring where it matters; go where it leads."""
        if did.bell and self.bell:
            self.app.bell()
        if did.go:
            self.instrument.go(did.go)
            return
        self._say(did)
        self._draw()
        if did.card:
            self._open_card()

    def _say(self, did: Did) -> None:
        """A sentence stays until the next key, or for a while."""
        self._said_at = self.instrument.clock.seconds()
        self.face.say(did.say, TONES[did.tone])

    def _draw(self) -> None:
        if self.face.draw(self.entry):
            self.refresh_bindings()
            self.refresh_banner()

    def on_resize(self) -> None:
        if hasattr(self, "entry"):
            self.call_after_refresh(self._draw)

    def come_in(self) -> None:
        if hasattr(self, "entry"):
            self._draw()

    # -- the clock ---------------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        """Once a second: only the clock's own cells, unless something came due."""
        super()._tick()
        if not hasattr(self, "entry"):
            return
        did = self._kept(lambda: self.entry.look(getattr(self.instrument.clock, "speed", 1.0)))
        if did.say or did.stored or did.bell:
            self._show(did)
            return
        if self.instrument.clock.seconds() - self._said_at > SAY_S:
            self._say(Did())
        if not self.hidden:
            self.face.draw_clock(self.entry)

    # -- keys --------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        parts = ONLY_IN.get(action)
        if parts is None or not hasattr(self, "entry"):
            return True
        part = self.entry.part
        lists = not isinstance(part, Questions) or action != "tick" or part.page.kind == "ticks"
        return part.id in parts and lists

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in DIGITS:
            digit = event.character
            self._do(lambda: self.entry.part.type(digit))
            event.stop()
            event.prevent_default()

    def action_erase(self) -> None:
        self._do(self.entry.part.backspace)

    def _do(self, key: Callable[[], Did]) -> None:
        self._show(self._kept(key))

    def _kept(self, key: Callable[[], Did]) -> Did:
        """What the key did; where it could not be stored, why not, and nothing shows as kept."""
        try:
            return key()
        except StorageError as error:
            if self.is_current:
                self.instrument.show_error(error.title, error.message)
            return Did("Not stored.", "refused")

    def action_stop(self) -> None:
        self._do(self.entry.stop)

    def stop_the_test(self) -> None:
        """STOP from the cover above this screen."""
        self.action_stop()

    def _open_card(self) -> None:
        from assess_tui.screens.faint import FaintCard

        run = self.entry.live.run
        stood = run.standing_from is not None
        title = f"STOPPED at {minutes_seconds(run.stood(0))}" if stood else "STOPPED"
        self.app.push_screen(FaintCard(self.entry, self.instrument.clock, title), lambda _: self._show(Did()))

    def action_next(self) -> None:
        protocol = at("protocol")
        self._do(self.entry.part.accept)
        chosen = self.session.visit.value(protocol) if self.instrument.session is not None else None
        if chosen is not None and self.instrument.record.setting("stand_protocol") != chosen:
            self.instrument.record.set_setting("stand_protocol", chosen)

    def action_missing(self) -> None:
        self._do(self.entry.part.missing)

    def action_yes(self) -> None:
        self._do(self.entry.part.yes)

    def action_again(self) -> None:
        self._do(self.entry.part.again)

    def action_dizzy(self) -> None:
        self._do(self.entry.live.dizzy)

    def action_evidence(self) -> None:
        from assess_tui.entry.evidence import behind
        from assess_tui.screens.evidence import EvidenceDialog

        self.app.push_screen(EvidenceDialog(self.session, *behind(self.session.library, None)))

    def action_oxygen(self) -> None:
        self._do(self.entry.part.oxygen)

    def action_minutes(self) -> None:
        self._do(self.entry.live.minutes)
        if not self.entry.live.run.screen:
            self.instrument.record.set_setting(MINUTES, EACH_MINUTE if self.entry.live.each_minute else FEWEST)

    @property
    def marked_row(self) -> int:
        return self.entry.part.marked

    def move(self, by: int) -> None:
        self._do(lambda: self.entry.part.move(by))

    def action_tick(self) -> None:
        self._do(self.entry.part.tick)

    def action_back(self) -> None:
        self._do(self.entry.part.back)

    def action_undo(self) -> None:
        why = self.elsewhere(self.session.to_undo())
        self._do(lambda: refused(why) if why else self.entry.undo())

    def action_bell(self) -> None:
        said = switch_bell(self.instrument)
        self.bell = bell_on(self.instrument)
        self._show(Did(said))

    def action_other(self) -> None:
        from assess_tui.screens.ask import AskDialog

        part = self.entry.part
        if isinstance(part, Override):
            self.app.push_screen(
                AskDialog("Reason", "Why is the test done all the same?"),
                lambda reason: self._do(lambda: part.because(reason)) if reason else None,
            )

    def stop_line(self) -> str:
        """While the patient stands the alerts of the stand test alone hold."""
        standing = hasattr(self, "entry") and self.entry.standing
        return "" if standing else super().stop_line()

    # -- staying -----------------------------------------------------------------------------------------------------

    def go(self, place: str) -> None:
        """Nothing leads away while the patient stands, no key and no tap."""
        if place == self.place:
            return
        if self.entry.standing:
            self._show(Did(with_keys(STAY), "refused"))
        else:
            super().go(place)

    def keep_typed(self) -> str:
        """While the patient stands nothing leads away, and digits wait for the rest of their number."""
        if self.entry.standing:
            return ""
        did = self._kept(self.entry.part.keep_typed)
        if did.say or did.stored:
            self._show(did)
        return did.say if did.tone == "refused" else ""

    def note_typed(self) -> None:
        self.session.waiting.leave(*self.entry.waits)

    def action_leave(self) -> None:
        if self.entry.standing:
            self._show(Did(with_keys(STAY), "refused"))
        else:
            self.instrument.action_leave()

    def action_help(self) -> None:
        self.app.push_screen(StandHelp(self))


class StandHelp(HelpDialog):
    """Help that does not stand in the way of STOP."""

    BINDINGS = bindings("dialog", "stand_help")

    def __init__(self, screen: StandScreen) -> None:
        super().__init__(screen)
        self._screen = screen

    def action_stop(self) -> None:
        self.dismiss(None)
        self._screen.call_next(self._screen.action_stop)
