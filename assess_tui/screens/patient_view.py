"""The screen turned to the patient: figure, count and time large; no name, no note, no value of a test, no grade."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from assess_tui.clock import minutes_seconds
from assess_tui.keyboard.words import sign_of
from assess_tui.screens.base import BaseScreen, VisitScreen
from assess_tui.screens.stand import StandScreen
from assess_tui.screens.step import StepScreen
from assess_tui.text import keyed, literal
from assess_tui.views.patient import ONE_MOMENT, face, step_title, timer_words
from assess_tui.widgets.figure import Figure
from assess_tui.widgets.key_line import KeyLine
from assess_tui.widgets.pane import Pane
from protocols.model import Pose

STAND_STILL = "Stand still and breathe as usual. Please do not talk."
LIE_STILL = "Lie still and breathe as usual."
TELL_US = "Tell us at once if you feel unwell. We stop whenever you want."
TICK_S = 0.2
SMOOTH_S = 1 / 6
"""A tick of a figure that moves."""


class PatientView(BaseScreen[None]):
    """Over the screen it was turned from, which goes on underneath. This one says that the therapist is busy."""

    places: ClassVar[tuple[str, ...]] = ("patient_view",)
    hides = True
    help_text = "The patient reads this screen. {patient_view.turn_back} turns it back to you, where you left it."
    tick_s = TICK_S

    def compose(self) -> ComposeResult:
        yield Pane(id="patient-title")
        with Horizontal(id="patient-main"):
            yield Figure(id="patient-start", rests_on=0)
            yield Figure(id="patient-figure")
            with Vertical(id="patient-side"):
                yield Pane(id="patient-count")
                yield Pane(id="patient-bar")
        yield Pane(id="patient-words")
        yield KeyLine()

    def on_mount(self) -> None:
        self._seated = (False, False, False)
        self.begin()
        self.draw()
        self.set_interval(self.tick_s, self.draw)

    def begin(self) -> None:
        """Called once, with the widgets mounted."""

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """What has changed since the last look."""
        self.seat(None, count=True)
        self.put("count", face("", "", ONE_MOMENT, *self.room("count")))

    # -- the parts -------------------------------------------------------------------------------------------------

    @property
    def still(self) -> bool:
        """Whether nothing may move: start and finish then stand side by side."""
        return self.instrument.settings.looks.motion == "reduced"

    def seat(self, pose: Pose | None, *, count: bool, mirrored: bool = False, two: bool = False) -> None:
        """Which parts are seen: one figure or two, and the count."""
        for figure in self.query(Figure):
            figure.show(pose, mirrored=mirrored)
        seen = (pose is not None, two and pose is not None and pose.finish is not None, count)
        if seen == self._seated:
            return
        self._seated = seen
        self.query_one("#patient-figure").display, self.query_one("#patient-start").display = seen[:2]
        self.query_one("#patient-side").display = count
        self.call_after_refresh(self.draw)

    def put(self, part: str, content: Content) -> None:
        self.query_one(f"#patient-{part}", Pane).show(content)

    def room(self, part: str) -> tuple[int, int]:
        size = self.query_one(f"#patient-{part}").content_size
        return size.width or self.app.size.width - 8, size.height or 10

    def action_turn_back(self) -> None:
        self.dismiss(None)


class PatientStep(PatientView):
    """A test: its figure, its side, its clock. Space and Enter do what they do on the step."""

    places = ("patient_view", "patient_step")

    def __init__(self, step: StepScreen) -> None:
        super().__init__()
        self._step = step

    def draw(self) -> None:
        test, entry, timer = self._step.test, self._step.entry, self._step.clock_face.timer
        if test is None:
            super().draw()
            return
        counts = timer is not None and timer.phase != "ready"
        self.put("title", step_title(test, entry))
        self.seat(test.pose, count=counts or test.pose is None, two=self.still and not counts)
        if counts and timer is not None and entry is not None:
            now = self.instrument.clock.seconds()
            self.put("count", timer_words(timer, entry, now, *self.room("count")))
        elif test.pose is None:
            self.put("count", face("", "", ONE_MOMENT, *self.room("count")))
        waits = entry is not None and bool(entry.buffer) and not counts
        self.put(
            "words",
            keyed(f"{entry.buffer} {{patient_step.keep}}" if entry is not None and waits else "", "$quiet", sign_of),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._step.check_action(action, parameters) if action == "timer" else True

    def action_timer(self) -> None:
        self._step.action_timer()
        self.draw()

    def action_keep(self) -> None:
        """Enter ends a hold and keeps a number that waits; it never goes on to another test by itself."""
        entry = self._step.entry
        if self._step.clock_face.times_a_hold or (entry is not None and entry.buffer):
            self._step.action_next()
            self.draw()

    def action_bell(self) -> None:
        self._step.action_bell()


class PatientStand(PatientView):
    """The stand test: how long the patient stands, and nothing that would alarm. STOP is in force as ever."""

    places = ("patient_stand", "patient_view")
    tick_s = 0.5

    def __init__(self, stand: StandScreen) -> None:
        super().__init__()
        self._stand = stand

    def begin(self) -> None:
        self._stood = self._stand.entry.standing
        self._seen_alerts = self._alerts()

    def draw(self) -> None:
        """Turned back by itself where the therapist must look: at a new alert, and at the end of standing."""
        entry, run = self._stand.entry, self._stand.entry.live.run
        if (self._stood and not entry.standing) or self._alerts() - self._seen_alerts:
            self.dismiss(None)
            return
        self._stood = entry.standing
        lying = run.rest_from is not None and run.phase in ("rest", "lying")
        seconds = entry.live.stood if entry.standing else run.rested(entry.live.seconds) if lying else None
        time = "" if seconds is None else minutes_seconds(seconds)
        small = STAND_STILL if entry.standing else LIE_STILL if lying else ONE_MOMENT
        self.seat(None, count=True)
        self.put("count", face("", time, small, *self.room("count")))
        self.put("words", literal(TELL_US if time else ""))

    def _alerts(self) -> frozenset[str]:
        """What the therapist is asked to look at; a note is none."""
        return frozenset(alert.text for alert in self._stand.entry.live.alerts() if alert.kind != "note")

    def action_stop(self) -> None:
        """Back to the therapist, and STOP."""
        self.dismiss(None)
        self._stand.call_next(self._stand.action_stop)


def turned(screen: VisitScreen) -> PatientView:
    """The patient's side of a screen."""
    from assess_tui.screens.plan import PlanScreen

    if isinstance(screen, StepScreen):
        return PatientStep(screen)
    if isinstance(screen, StandScreen):
        return PatientStand(screen)
    if isinstance(screen, PlanScreen) and screen.entry.cards:
        from assess_tui.screens.along import AlongScreen

        return AlongScreen(screen.entry)
    return PatientView()
