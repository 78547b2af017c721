"""What stands between a person and the record: the passphrase at the start, the lock once the place was left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.screen import Screen

from assess_tui.clock import Clock
from assess_tui.keyboard.typeahead import Typeahead, Typed
from assess_tui.opening import IDLE_MINUTES
from assess_tui.storage.folder import state
from assess_tui.way_out import WayOut

if TYPE_CHECKING:
    from assess_tui.storage.record import Record
    from assess_tui.visit.session import VisitSession
    from protocols.standing import StandRun

INSIDE = "inside"
"""The stack of screens behind the door; home is its lowest one."""
WATCH_S = 5.0
"""How often the clock is looked at."""
STAY = "The patient is standing: {stand.stop} stops the test, then you can leave."
LONGEST_REST_S = 1800.0
"""A patient who lies longer than this is no stand test under way any more."""


def home() -> Screen[Any]:
    """Imported only when it is drawn: it is not part of the unlock frame."""
    from assess_tui.screens.home import HomeScreen

    return HomeScreen()


class Door(App[int]):
    """The app's part in opening and locking. A record that anyone can read has no lock, only a cover."""

    folder: Path
    clock: Clock
    demo: bool
    session: VisitSession | None
    stand_runs: dict[str, StandRun]

    def __init__(self, *, ask_for_key: bool = False, passphrase: str = "") -> None:
        super().__init__()
        self.key: bytes | None = None
        """Of the open record."""
        self.who = ""
        """Whose passphrase opened it; "" where that is not known."""
        self.opens_at_once = False
        """Nothing is asked first: the record opens behind the first frame."""
        self._ask_for_key = ask_for_key
        self._passphrase = passphrase
        self._touched = 0.0
        self._idle_s = 0.0
        self.way_out = WayOut(self)
        self.typeahead = Typeahead(self, self.take_typed)
        self.add_mode(INSIDE, self._inside)

    def get_default_screen(self) -> Screen[Any]:
        """The unlock screen is the first frame of an encrypted record."""
        found = "plain" if self.demo else state(self.folder)
        if found == "encrypted":
            from assess_tui.screens.unlock import UnlockScreen

            return UnlockScreen(self._passphrase)
        if found == "none" and self._ask_for_key:
            from assess_tui.screens.first_key import FirstKeyScreen

            return FirstKeyScreen(self._passphrase)
        self.opens_at_once = True
        return home()

    def _inside(self) -> Screen[Any]:
        screen = home()
        # Its styles are those in force. Textual would take them for old and read every style again, twice.
        screen._css_update_count = self._css_update_count
        return screen

    def let_in(self, key: bytes | None, who: str = "") -> None:
        """The key is known, or none is wanted: on to home, and the record opens."""
        self.key, self.who = key, who
        self.switch_mode(INSIDE)
        self.open_record()

    def open_record(self) -> Any:
        """Open the record with `key`, in a thread."""
        raise NotImplementedError  # the app does it

    # -- the lock --------------------------------------------------------------------------------------------------

    def watch_the_door(self, record: Record) -> None:
        """From now on, with the record open."""
        self._touched = self._now()
        if self.key is not None:
            self._idle_s = 60.0 * float(record.setting("lock_minutes", IDLE_MINUTES))
            self.set_interval(WATCH_S, self.lock_when_idle)

    @property
    def locked(self) -> bool:
        return any(getattr(screen, "covers", False) for screen in self.screen_stack)

    @property
    def standing(self) -> bool:
        """A patient is on their feet in the open visit: STOP must be within reach."""
        run = self._run()
        return run is not None and run.phase == "standing"

    def lock_when_idle(self) -> bool:
        """Lock where nobody has pressed a key for too long; a stand test under way is waited for.

        What is typed stays typed underneath, and is noted: half a number is no answer.
        """
        if not self._idle_s or self.locked or self._now() - self._touched < self._idle_s or self._testing():
            return False
        if getattr(self.screen, "busy", False):
            return False
        self.way_out.note_typed()
        self._cover()
        return True

    def action_lock(self) -> None:
        """Cover everything; what is typed is kept first, as on every key that leads away."""
        if self.ready and not self.locked:
            self.way_out.keep_typed()  # what cannot be kept stays typed underneath
            self._cover()

    def _cover(self) -> None:
        """The visit and its clocks go on underneath."""
        if self.ready and not self.locked:
            from assess_tui.screens.lock import LockScreen

            self.push_screen(LockScreen(), lambda _: self._touch())

    @property
    def ready(self) -> bool:
        """Whether the record is open."""
        raise NotImplementedError  # the app does it

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.InputEvent):
            if self.lock_when_idle():
                return
            self._touch()
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.typeahead.take(event)
        elif self.screen_stack or not isinstance(event, events.Key):  # without a screen: pressed on the way out
            await super().on_event(event)

    async def take_typed(self, typed: Typed) -> None:
        """A key or pasted text, in its turn."""
        self.way_out.key_comes()
        await super().on_event(typed)

    def _touch(self) -> None:
        self._touched = self._now()

    def _now(self) -> float:
        """Seconds as they pass for people, also where the timers are run faster."""
        return self.clock.seconds() / getattr(self.clock, "speed", 1.0)

    def _run(self) -> StandRun | None:
        return None if self.session is None else self.stand_runs.get(self.session.visit.id)

    def _testing(self) -> bool:
        run = self._run()
        if run is None or run.rest_from is None:
            return False
        lying = run.phase in ("rest", "lying") and self.clock.seconds() - run.rest_from < LONGEST_REST_S
        return lying or run.phase == "standing"
