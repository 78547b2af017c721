"""What every screen has: its keys, a quiet focus, a key line; and for screens of a visit, the patient at the top."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.message import Message
from textual.message_pump import MessagePump
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from assess_tui.keyboard.keys import bindings
from assess_tui.screens.paint import Paint
from assess_tui.storage.errors import StorageError
from assess_tui.text import literal, short_day
from assess_tui.widgets.banner import WIDE, Banner
from assess_tui.widgets.key_line import KeyLine
from protocols.errors import LibraryError

if TYPE_CHECKING:
    from textual.await_complete import AwaitComplete

    from assess_tui.app import AssessApp
    from assess_tui.visit.session import VisitSession
    from protocols.visit import Cell

Answer = TypeVar("Answer")
VERY_WIDE, ASIDE = 136, 56
"""Cells of a window from which something stands beside a page, and its own (app.tcss)."""


class SaysStorageFailures(MessagePump):
    """The app and every screen: a failure of the record is said, what is shown is on disk, and the visit goes on.

    Textual stops the pump whose handler raised, and with it the app. `on_event` covers keys, but no typed lines.
    """

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except (StorageError, LibraryError) as error:
            self.app._handle_exception(error)


class Sparing(SaysStorageFailures, Screen[Answer]):
    """A screen that repaints only what changed: Textual's own repaints everything when the focus moves."""

    focused = Reactive(None, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._compositor = Paint()
        self._goes_with: tuple[Answer | None] | None = None
        """What it answers once nothing lies over it any more."""

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """As Textual's, which takes away whatever is on top, be it the lock."""
        stack = self.app.screen_stack
        if stack[-1:] != [self]:
            self._goes_with = (result,) if self in stack else None
            return AwaitComplete()
        with suppress(StorageError):
            self.forget_typed()
        return super().dismiss(result)

    def on_screen_resume(self) -> None:
        if self._goes_with is not None:
            self.dismiss(*self._goes_with)

    def keep_typed(self) -> str:
        """Keep what is typed and waits to be entered; why not, where it cannot be: then it stays typed."""
        return ""

    def note_typed(self) -> None:
        """Nobody can be asked any more: note what still waits, where it can wait till next time."""

    def forget_typed(self) -> None:
        """It closes as it was asked to: what was noted, as by a lock meanwhile, waits no more."""


class BaseScreen(Sparing[Answer]):
    """A screen of the instrument, with its keys."""

    AUTO_FOCUS: ClassVar[str | None] = None
    places: ClassVar[tuple[str, ...]] = ()
    """The groups of `keys.KEYS` in force here."""
    help_text: ClassVar[str] = ""
    hides: ClassVar[bool] = False
    """Whether nothing of the screen below shows through: that one then need not draw its clocks."""

    def __init_subclass__(cls) -> None:
        if "places" in cls.__dict__:
            cls.BINDINGS = bindings(*cls.places)
        super().__init_subclass__()

    @property
    def instrument(self) -> AssessApp:
        return cast("AssessApp", self.app)

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """As Textual's; a screen that was left meanwhile draws nothing, for its widgets are gone before it is."""
        return super().call_after_refresh(lambda: callback(*args, **kwargs) if self.here else None)

    @property
    def here(self) -> bool:
        """Whether the screen is still open, be it under others; else its widgets may be gone."""
        return self in self.app.screen_stack and not self.app._exit

    @property
    def hidden(self) -> bool:
        """Whether another screen hides this one whole. Textual repaints all of it for each clock drawn below."""
        return getattr(self.app.screen, "hides", False)


class VisitScreen(BaseScreen[None]):
    """A place of the open visit: banner above, body, key line below."""

    place: ClassVar[str] = ""
    """Its name in the banner's row of places."""
    aside: ClassVar[bool] = False
    """Whether something stands beside the page (`widgets/aside.py`) where there is room."""
    begun = False
    """Whether it is mounted and has what it shows."""
    _session: VisitSession | None = None

    def compose(self) -> ComposeResult:
        yield Banner()
        yield from self.compose_body()
        yield KeyLine()

    def compose_body(self) -> ComposeResult:
        yield Widget()

    @property
    def session(self) -> VisitSession:
        """The visit it was opened with: what was under way when the screen was left may still ask for it."""
        if self._session is None:
            self._session = self.instrument.session
        if self._session is None:
            raise RuntimeError("a screen of a visit is only opened with one")
        return self._session

    def on_mount(self) -> None:
        if not self.here:
            return
        self.refresh_banner()
        self.set_interval(1.0, lambda: self._tick() if self.here else None)
        self.begin()
        self.begun = True
        self.call_after_refresh(self.redraw)

    def begin(self) -> None:
        """Called once, with the widgets mounted."""

    def redraw(self) -> None:
        """Draw what depends on sizes: once they are known, and whenever they change. What was said stays."""

    def come_in(self) -> None:
        """Draw what another window put in the visit; what is being typed here stays."""
        if self.begun:
            self.refresh_banner()
            self.redraw()

    def on_resize(self) -> None:
        if self.begun:
            self.refresh_banner()
            self.call_after_refresh(self.redraw)

    def on_screen_resume(self) -> None:
        self.refresh_banner()

    def _tick(self) -> None:
        if not self.hidden:
            self._show_clock(self.query_one(Banner))

    def refresh_banner(self) -> None:
        from assess_tui.views.banner import places_line, record_state  # after the first paint, as all that is clinical

        if not self.here:
            return
        banner, instrument, width = self.query_one(Banner), self.instrument, self.app.size.width
        encrypted = instrument.record.key is not None
        state = record_state(sample=instrument.demo, encrypted=encrypted, narrow=width < WIDE)
        banner.show_patient(*self.patient_line(), state)
        banner.show_places(places_line(self.session, self.place, width))
        banner.show_stop(literal(self.stop_line()))
        self._show_clock(banner)

    def stop_line(self) -> str:
        """What stops the screen by a vital sign on record; "" where nothing does."""
        from assess_tui.entry.vitals import stop_line  # all that is clinical loads after the first paint

        return stop_line(self.session)

    def _show_clock(self, banner: Banner) -> None:
        """A visit that was finished is no longer timed; it shows its day, so that nobody takes it for today's."""
        if self.session.visit.finished:
            banner.show_day(self.session.visit.date)
        else:
            banner.show_clock(self.instrument.visit_clock.seconds, self.session.way.length)

    def patient_line(self) -> tuple[Content, Content]:
        """The name, which may give way on a narrow screen, and the facts, which never do."""
        patient, session = self.session.patient, self.session
        facts = f"{session.age} {patient.sex} · born {short_day(patient.birth_date)} · visit {session.visit.number}"
        return literal(patient.name, "bold"), literal(facts, "$quiet")

    def elsewhere(self, cell: Cell | None) -> str:
        """Why the last answer is not taken back (or given again) here; empty where it is."""
        from assess_tui.places import given_elsewhere, taken_back_at  # all that is clinical loads after the first paint

        if cell is None:
            return "Nothing more here."
        if taken_back_at(cell, self.place):
            return ""
        return given_elsewhere(cell)

    @property
    def room(self) -> int:
        """Cells of a line of text, inside the margins."""
        beside = ASIDE if self.aside and self.size.width >= VERY_WIDE else 0
        return min(110, self.size.width - beside - 8)

    def action_vitals(self) -> None:
        from assess_tui.screens.vitals import VitalsDialog

        self.app.push_screen(VitalsDialog(self.session), lambda _: self._measured())

    def _measured(self) -> None:
        """A red flag answered beside the vital signs stops the tests as on its own page."""
        if self.session.assessment().concern.stop:
            self.instrument.go("flags")
        else:
            self.refresh_banner()
            self.redraw()

    def action_patient_view(self) -> None:
        from assess_tui.screens.patient_view import turned

        self.app.push_screen(turned(self))

    def may_leave(self) -> bool:
        """Whether another place may be opened now; what is being typed is kept first, or the page says why not."""
        return not self.keep_typed()

    def go(self, place: str) -> None:
        """Open another place of the visit, or home, as a key or a click asks."""
        if self.may_leave():
            self.instrument.go(place)

    def action_home(self) -> None:
        self.go("home")

    def action_intake(self) -> None:
        self.go("intake")

    def action_flags(self) -> None:
        self.go("flags")

    def action_follow(self) -> None:
        self.go("follow")

    def action_tests(self) -> None:
        self.go("tests")

    def action_stand(self) -> None:
        self.go("stand")

    def action_findings(self) -> None:
        self.go("findings")

    def action_plan(self) -> None:
        self.go("plan")

    def action_paper(self) -> None:
        self.go("paper")
