"""The instrument: opens the record, holds the open visit, and moves between its places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, work
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.message import Message
from textual.screen import Screen

from assess_tui.clock import Clock, SystemClock
from assess_tui.company import LOOK_S, Company
from assess_tui.door import STAY, Door
from assess_tui.hang_up import leave_on_signals, leave_with_terminal
from assess_tui.keyboard.far_keys import name_far_keys
from assess_tui.keyboard.keys import bindings
from assess_tui.keyboard.words import key_of, put_in_force, sign, with_keys
from assess_tui.looks.filters import ascii_wanted, filters
from assess_tui.looks.themes import CYCLE, DARK, TERMINAL_THEMES, THEMES
from assess_tui.mishap import tell
from assess_tui.opening import Opened, Trouble, open_all, settle
from assess_tui.safekeeping import Safekeeping
from assess_tui.screens.base import SaysStorageFailures, VisitScreen
from assess_tui.screens.paint import tidy
from assess_tui.settings import Held, read
from assess_tui.storage.errors import ReplacedError, StorageError
from assess_tui.storage.folder import LIBRARY
from assess_tui.taps import Taps
from assess_tui.visit_clock import VisitClock
from protocols.errors import LibraryError

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from assess_tui.entry.timer import Timer
    from assess_tui.guide import Guide
    from assess_tui.keyboard.typeahead import Typed
    from assess_tui.storage.record import Record
    from assess_tui.visit.session import VisitSession
    from protocols.model import Library
    from protocols.standing import StandRun

PLACES = {
    "patient": "patient:PatientScreen",
    "intake": "intake:IntakeScreen",
    "flags": "flags:FlagsScreen",
    "follow": "follow:FollowScreen",
    "tests": "step:StepScreen",
    "stand": "stand:StandScreen",
    "findings": "findings:FindingsScreen",
    "proposals": "proposals:ProposalsScreen",
    "plan": "plan:PlanScreen",
    "paper": "paper:PaperScreen",
}
"""Where a visit can be; each screen is imported when first opened."""
VISIT_PLACES = frozenset(PLACES) - {"patient"}
REST_S = 0.5
"""After a place was opened: it is painted, and the eyes are on it."""


WIDTHS = [(0, "-narrow"), (100, "-wide"), (136, "-very-wide"), (170, "-huge")]
HEIGHTS = [(0, "-short"), (32, "-tall")]
"""Cells and rows from which a screen gets these classes, for app.tcss."""


class AssessApp(SaysStorageFailures, Door):
    """The instrument on one record folder."""

    CSS_PATH = "app.tcss"
    TITLE = "assess-tui"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    _filtered: Sequence[LineFilter] = ()
    in_ascii = False
    """Drawn signs are shown in ASCII; figures are outlines."""

    class Ready(Message):
        """The record and the library are ready."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Clock | None = None,
        demo: bool = False,
        ask_for_key: bool = False,
        passphrase: str = "",
    ) -> None:
        super().__init__(ask_for_key=ask_for_key, passphrase=passphrase)
        self.animation_level = "none"  # a page is where it was asked for at once; figures move by themselves
        name_far_keys()
        self.folder = folder
        self.clock: Clock = clock or SystemClock()
        self.demo = demo
        self.take_settings(read(folder))
        self.session: VisitSession | None = None
        self.patient_id = ""
        self._opened: Opened | None = None
        self.visit_clock = VisitClock(self)
        self._over = False
        """The record was replaced: that is said, and nothing is left but to leave."""
        self.replacing = False
        """This window itself puts another record in its place."""
        self.safekeeping = Safekeeping(self)
        self.company = Company(self)
        self.taps = Taps(self)
        for theme in (*THEMES, *TERMINAL_THEMES):
            self.register_theme(theme)
        # As the first colours, before any style is read; as a change of colours, all styles would be read twice.
        self.set_reactive(AssessApp.theme, DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.stand_runs: dict[str, StandRun] = {}
        self.guide: Guide | None = None
        self.timers: dict[tuple[str, str], Timer] = {}
        """The clock of each test, by visit and test: it goes on while another place is open."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), *self._filtered]

    def take_settings(self, held: Held) -> None:
        """Put these settings in force. Where they say nothing of keys, nothing is loaded for it."""
        self.settings, self.settings_troubles = held
        said, keys = held.settings, {}
        if said.keys or said.pedals or said.hands.layout != "both":
            from assess_tui.keyboard.keymap import resolve

            keymap = resolve(said)
            keys = keymap.changed()
            self.settings_troubles += keymap.troubles
        self.set_keymap(keys)
        self._filtered = filters(said.looks, no_color=self.no_color)
        self.in_ascii = ascii_wanted(said.looks)
        put_in_force(keys, in_words=self.in_ascii)

    def get_key_display(self, binding: Binding) -> str:
        """The key in force, in the few cells of the key line."""
        return sign(binding.key, binding.key_display)

    def on_mount(self) -> None:
        leave_on_signals(self.way_out.leave_at_once)
        if not self.is_headless:
            leave_with_terminal(self.way_out.leave_at_once)
        self.call_after_refresh(settle)
        if self.opens_at_once:
            self.call_after_refresh(self.open_record)

    def on_resize(self, event: events.Resize) -> None:
        """Too small a window is covered with what to do; while a patient stands nothing covers STOP."""
        from assess_tui.screens.too_small import is_too_small, show_too_small

        if is_too_small(event.size) and not self.standing:
            show_too_small(self)

    def on_unmount(self) -> None:
        self.company.end()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            self.company.look()
        await super().on_event(event)

    async def take_typed(self, typed: Typed) -> None:
        self.visit_clock.key_comes()
        await super().take_typed(typed)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def open_record(self) -> None:
        """After the first paint: importing the database and reading the knowledge take longer than painting."""
        try:
            opened = open_all(self.folder, self.clock, demo=self.demo, key=self.key)
        except Exception as error:
            self.call_from_thread(self._handle_exception, error)
        else:
            self.call_from_thread(self._begin, opened)

    def _begin(self, opened: Opened | Trouble) -> None:
        if isinstance(opened, Opened):
            self._opened = opened
            self.watch_the_door(opened.record)
            self.safekeeping.begin()
            self.set_interval(LOOK_S, self._look_around)
            self.screen.post_message(self.Ready())
            self._say_settings()
        else:
            self.show_error(opened.title, opened.message, fatal=True)

    def _look_around(self) -> None:
        """Once a second: whether the record is still the one that was opened, and who else works here."""
        if not (self._over or self.replacing or self.locked or self.standing) and self.record.replaced():
            self._over = True
            error = ReplacedError(self.record.path)
            self.show_error(error.title, error.message, fatal=True)
        self.company.tell()

    def _say_settings(self) -> None:
        """Once, at the start: what of the settings does not hold. The rest does."""
        if self.settings_troubles:
            more = len(self.settings_troubles) - 1
            rest = f" And {more} more: `assess-tui settings check` lists all." if more else ""
            self.notify(f"{self.settings_troubles[0]}.{rest}", severity="warning", timeout=20)

    @property
    def ready(self) -> bool:
        """Whether the record and the library are open."""
        return self._opened is not None

    @property
    def record(self) -> Record:
        return self._open.record

    @property
    def library(self) -> Library:
        """The knowledge. Home does without; the first patient or card asks for it, which takes some 12 ms."""
        return self._open.library or self.read_library()

    @property
    def digest(self) -> str:
        """Of the knowledge."""
        from protocols.knowledge import digest

        return self._open.library.digest if self._open.library else digest()

    @property
    def _open(self) -> Opened:
        if self._opened is None:
            raise RuntimeError("nothing is asked of the record before it is open")
        return self._opened

    def read_library(self) -> Library:
        """Read the knowledge anew, so that what was just added is in use. Raises LibraryError; then nothing changed."""
        from protocols.library import load

        library = load(self.folder / LIBRARY)
        self._opened = self._open._replace(library=library)
        return library

    def take_encrypted(self, record: Record, who: str) -> None:
        """Go on with the record that this window encrypted."""
        self.record.close()
        self._opened = self._open._replace(record=record)
        self.key, self.who = record.key, who
        self.watch_the_door(record)
        self.safekeeping.back_up()

    # -- the open visit ------------------------------------------------------------------------------------------

    def open_visit(self, visit_id: str, place: str | None = None) -> None:
        """Load a visit and go where it was left."""
        from assess_tui.places import resume_place

        self.session = session = self.session_of(visit_id)
        self.visit_clock.begin(session.visit)
        self.company.begin(session.visit.id)
        self.safekeeping.note("opened", session.visit.id)
        self.go(place or ("stand" if self._testing() else resume_place(session)))
        if session.library.digest != session.visit.digest:
            from assess_tui.visit.definitions import OLDER_MAKE

            self.show_error(*OLDER_MAKE)

    def session_of(self, visit_id: str) -> VisitSession:
        """A visit, with the definitions it was taken with."""
        from assess_tui.storage.ids import uuid7
        from assess_tui.visit.definitions import definitions_in
        from assess_tui.visit.session import VisitSession

        visit = self.record.visit(visit_id)
        known = definitions_in(self.library, self.record, visit)
        return VisitSession(self.record, visit, known, self.clock.now, uuid7, self.who or visit.clinician)

    def open_patient(self, patient_id: str) -> None:
        """The patient's page: earlier visits, a new one, correcting details."""
        self.patient_id = patient_id
        self.safekeeping.note("opened", patient_id)
        self.go("patient")

    def go(self, place: str) -> None:
        """Leave this screen and show another place of the visit, or home; a place that must wait says why."""
        from assess_tui.places import barred, opens_as

        if self.locked:
            return
        if self.session is not None and place in VISIT_PLACES:
            if why := barred(self.session, place):
                self.show_error("Not yet", why)
                return
            place = opens_as(self.session, place)
        self.way_out.note_typed()
        while len(self.screen_stack) > 2 or isinstance(self.screen, _modal()):
            self.pop_screen()
        if place == "home":
            self.session = None
            self.company.end()
            if len(self.screen_stack) > 1:
                self.pop_screen()
            return
        self.set_timer(REST_S, tidy)
        module, name = PLACES[place].split(":")
        screen: Screen[Any] = getattr(import_module(f"assess_tui.screens.{module}"), name)()
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    # -- errors and the rest -------------------------------------------------------------------------------------

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """As Textual's; a path or a key in it is never markup."""
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    def show_error(self, title: str, message: str, *, fatal: bool = False) -> None:
        """A titled message that says what to do; a fatal one ends the instrument when it is closed."""
        from assess_tui.screens.message import MessageDialog

        foot = "{dialog.accept} leaves the instrument." if fatal else "{dialog.accept} closes this."
        self.push_screen(MessageDialog(title, message, foot), lambda _: self.exit(1) if fatal else None)

    def _handle_exception(self, error: Exception) -> None:
        if isinstance(error, StorageError | LibraryError):
            self.show_error(error.title, error.message)
        else:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Textual would print the values of variables, which are patient data; this prints none and keeps a report."""
        error = self._exception or RuntimeError()
        library = self._opened.library if self._opened else None
        knowledge = library.digest if library else "not read"
        self._exit_renderables.append(tell(self.folder, error, self.clock.now(), knowledge, demo=self.demo))
        self._close_messages_no_wait()

    def today(self) -> dt.date:
        return self.clock.now().date()

    def action_tour(self) -> None:
        """Begins the tour of the sample clinic, or goes on in it."""
        if not self.demo:
            self.notify(
                f"The tour runs on the sample clinic: leave with {key_of('app.leave')} and start `assess-tui demo`."
            )
        elif self.guide is not None and not self.guide.over:
            self.guide.skip()
        elif self.ready:
            from assess_tui.guide import Guide

            self.guide = Guide(self)

    def action_go(self, place: str) -> None:
        """A click on a place of the visit."""
        if isinstance(self.screen, VisitScreen):
            self.screen.go(place)

    def action_press(self, key: str) -> None:
        """A tap on what names its key."""
        self.taps.press(key)

    async def action_key(self, name: str) -> None:
        """A tap on a key named by its id."""
        await self.taps.key(name)

    def action_theme(self) -> None:
        following = CYCLE[(CYCLE.index(self.theme) + 1) % len(CYCLE)] if self.theme in CYCLE else CYCLE[0]
        self.theme = following
        if self.ready and not self.replacing:
            self.record.set_setting("theme", following)

    def action_help_quit(self) -> None:
        """Ctrl+C, out of habit."""
        leaves = f"{key_of('app.leave')} leaves the instrument; an open visit stays open."
        self.notify(with_keys(STAY) if self.standing else leaves)

    def action_leave(self) -> None:
        """Not while a patient stands, whatever is shown meanwhile: a stand test cannot be taken up again."""
        if self.standing:
            self.notify(with_keys(STAY), severity="warning")
        elif why := self.way_out.leave():
            self.notify(f"{why} {key_of('app.leave')} again leaves all the same.", severity="warning")

    def action_help(self) -> None:
        from assess_tui.screens.help import HelpDialog

        self.push_screen(HelpDialog(self.screen))


def _modal() -> type[Any]:
    from textual.screen import ModalScreen

    return ModalScreen


def run(
    folder: Path, *, clock_speed: float = 1.0, demo: bool = False, ask_for_key: bool = False, passphrase: str = ""
) -> int:
    """Open the instrument on a record folder; returns the exit status."""
    clock = SystemClock(clock_speed)
    app = AssessApp(folder, clock=clock, demo=demo, ask_for_key=ask_for_key, passphrase=passphrase)
    left = app.run()
    return app.return_code or 0 if left is None else left
