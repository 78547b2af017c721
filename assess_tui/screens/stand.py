"""The stand test live: one screen from the first question to the result, STOP at any moment."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from assess_tui.clock import minutes_seconds
from assess_tui.keys import bindings
from assess_tui.screens.base import VisitScreen
from assess_tui.screens.help import HelpDialog
from assess_tui.stand_before import Override, Questions
from assess_tui.stand_entry import StandEntry
from assess_tui.stand_pages import at
from assess_tui.stand_paper import Paper, is_paper
from assess_tui.stand_row import Did
from assess_tui.stand_table import StandTable
from assess_tui.stand_view import StandView
from assess_tui.storage.errors import StorageError
from assess_tui.text import line, literal

TONES = {"": "$quiet", "refused": "$error", "warn": "$warning bold", "good": "$success bold"}
ONLY_IN = {
    "missing": ("lying", "oxygen", "standing", "upright", "pain_end", "recovery"),
    "again": ("lying", "up", "standing", "result", "left_out"),
    "dizzy": ("standing",),
    "minutes": ("rest", "lying", "up", "standing"),
    "yes": ("upright",),
    "other": ("override",),
    "tick": ("questions",),
    "back": ("questions", "refused", "override"),
}
"""Where a key means something; the key line shows only those."""
SAY_S = 12
"""Seconds a sentence stays."""
STAY = "The patient is standing: s stops the test, then you can leave."


class StandScreen(VisitScreen):
    """Draws in place; the run of the test lives in the app and goes on when this screen is left while lying."""

    places = ("stand", "visit")
    place = "stand"
    help_text = (
        "Type the digits: a cell closes by itself when no further digit can belong to it, else with Enter. "
        "n: missing. s: STOP, at any moment. A reading belongs to the minute that is due; "
        "up and down open another minute, Backspace on an empty cell goes back one cell. "
        "m: full readings every minute, or at 1, 3, 5 and 10."
    )

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="stand-head"):
            yield Static(id="stand-title")
            yield Static(line((" STOP = s ", "bold reverse $error"), (" always", "$quiet")), id="stand-stop")
        yield Static(id="stand-alert")
        with Horizontal(id="stand-body"):
            with Vertical(id="stand-left"):
                yield Static(id="stand-clock")
                yield Static(id="stand-table")
            yield Static(id="stand-page")
            with Vertical(id="stand-right"):
                yield Static(id="stand-curve")
                yield Static(id="stand-says")
        yield Static(id="stand-note")

    def begin(self) -> None:
        record = self.instrument.record
        self.bell = record.setting("stand_bell", "on") != "off"
        self.entry = StandEntry(
            self.session,
            self.instrument.stand_runs,
            self.instrument.clock,
            record.setting("stand_protocol", "lean") or "",
        )
        self.session.event("at", "@stand")
        self._arranged = ("", "")
        self._said_at = 0.0
        self._show(Did())

    # -- drawing ---------------------------------------------------------------------------------------------------

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
        self._static("note").update(literal(did.say, TONES[did.tone]))

    def _draw(self) -> None:
        view, part = StandView(self.entry), self.entry.part.id
        self._arrange(part)
        self._static("title").update(self._title())
        self._alert(view)
        if is_paper(part):
            page = self._static("page")
            page.update(Paper(self.entry, page.size.width or self.size.width - 4).show())
        else:
            self._draw_clock(view)
            self._draw_table(view)
        if self.query_one("#stand-right").display:
            self._draw_curve(view, part)

    def _arrange(self, part: str) -> None:
        """Which of the three columns are seen; only when the part has changed."""
        page = self.entry.part.page.id if isinstance(self.entry.part, Questions) else ""
        if (part, page) == self._arranged:
            return
        self._arranged = (part, page)
        wide = self.size.width >= 100
        self.query_one("#stand-left").display = not is_paper(part)
        self._static("page").display = is_paper(part)
        self.query_one("#stand-right").display = not is_paper(part) or (part == "result" and wide)
        self.refresh_bindings()
        self.refresh_banner()
        self.call_after_refresh(self._draw)

    def _draw_clock(self, view: StandView) -> None:
        self._static("clock").update(view.clock())
        if self.entry.part.id == "rest":
            self._draw_table(view)

    def _draw_table(self, view: StandView) -> None:
        table = self._static("table")
        rest = self.entry.part.id == "rest"
        table.update(view.rest() if rest else StandTable(self.entry).draw(table.size.height or 12))

    def _draw_curve(self, view: StandView, part: str) -> None:
        chart, says = self._static("curve"), self._static("says")
        seen = self.entry.live.run.standing_from is not None
        chart.display = seen
        says.display = part != "result"
        if seen:
            chart.update(view.curve(chart.size.width or 40, chart.size.height or 10))
        says.update(view.says())

    def _alert(self, view: StandView) -> None:
        strip, text = self._static("alert"), view.alert()
        strip.display = bool(text.plain)
        strip.set_class(view.alert_kind == "stop", "-stop")
        self.query_one("#stand-body").set_class(bool(text.plain), "-alert")
        strip.update(text)

    def _title(self) -> Content:
        protocol = self.session.visit.value(at("protocol"))
        words = {"lean": "lean against the wall", "active_stand": "free standing"}.get(protocol, "")
        return line(("Standing test", "$accent bold"), (f" · {words}" if words else "", "$quiet"))

    def _static(self, name: str) -> Static:
        return self.query_one(f"#stand-{name}", Static)

    def on_resize(self) -> None:
        if hasattr(self, "entry"):
            self._arranged = ("", "")
            self.call_after_refresh(self._draw)

    # -- the clock ---------------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        """Once a second: only the clock's own cells, unless something came due."""
        super()._tick()
        if not hasattr(self, "entry"):
            return
        did = self._kept(lambda: self.entry.look(getattr(self.instrument.clock, "speed", 1.0)))
        if self.instrument.clock.seconds() - self._said_at > SAY_S:
            self._say(Did())
        if did.say or did.stored or did.bell:
            self._show(did)
        elif not is_paper(self.entry.part.id):
            self._draw_clock(StandView(self.entry))

    # -- keys --------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        parts = ONLY_IN.get(action)
        if parts is None or not hasattr(self, "entry"):
            return True
        part = self.entry.part
        lists = not isinstance(part, Questions) or action != "tick" or part.page.kind == "ticks"
        return part.id in parts and lists

    def on_key(self, event: events.Key) -> None:
        if event.key == "backspace":
            self._do(self.entry.part.backspace)
        elif event.character and event.character.isdecimal():
            digit = event.character
            self._do(lambda: self.entry.part.type(digit))
        else:
            return
        event.stop()
        event.prevent_default()

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

    def action_minutes(self) -> None:
        self._do(self.entry.live.minutes)

    def action_up(self) -> None:
        self._do(lambda: self.entry.part.move(-1))

    def action_down(self) -> None:
        self._do(lambda: self.entry.part.move(1))

    def action_tick(self) -> None:
        self._do(self.entry.part.tick)

    def action_back(self) -> None:
        self._do(self.entry.part.back)

    def action_undo(self) -> None:
        self._do(self.entry.undo)

    def action_bell(self) -> None:
        self.bell = not self.bell
        self.instrument.record.set_setting("stand_bell", "on" if self.bell else "off")
        self._show(Did(f"Bell {'on' if self.bell else 'off'}."))

    def action_other(self) -> None:
        from assess_tui.screens.ask import AskDialog

        part = self.entry.part
        if isinstance(part, Override):
            self.app.push_screen(
                AskDialog("Reason", "Why is the test done all the same?"),
                lambda reason: self._do(lambda: part.because(reason)) if reason else None,
            )

    # -- staying -----------------------------------------------------------------------------------------------------

    def _leave(self, place: str) -> None:
        if self.entry.standing:
            self._show(Did(STAY, "refused"))
        else:
            self.instrument.go(place)

    def action_home(self) -> None:
        self._leave("home")

    def action_intake(self) -> None:
        self._leave("intake")

    def action_flags(self) -> None:
        self._leave("flags")

    def action_tests(self) -> None:
        self._leave("tests")

    def action_stand(self) -> None:
        """Here already."""

    def action_findings(self) -> None:
        self._leave("findings")

    def action_plan(self) -> None:
        self._leave("plan")

    def action_paper(self) -> None:
        self._leave("paper")

    def action_leave(self) -> None:
        if self.entry.standing:
            self._show(Did(STAY, "refused"))
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
