"""Exercise along: the cards of the plan one after the other, with the moving figure, the count and the pace."""

from __future__ import annotations

from assess_tui.bell import bell_on, switch_bell
from assess_tui.entry.along import Along, Turn
from assess_tui.entry.plan import PlanEntry
from assess_tui.screens.patient_view import SMOOTH_S, PatientView
from assess_tui.views.patient import along_count, along_title, along_words, breath_bar
from assess_tui.widgets.figure import Figure
from protocols.figure import mirrored_for


class AlongScreen(PatientView):
    """Each card waits for Enter or Space, then runs by itself."""

    places = ("along",)
    help_text = (
        "Each card waits until it is begun, then goes at its own pace: move with the figure. {along.next} goes on to "
        "the next card, {along.back} begins this one again, {along.pause} pauses. {along.turn_back} turns the screen "
        "back."
    )
    tick_s = SMOOTH_S

    def __init__(self, entry: PlanEntry) -> None:
        super().__init__()
        self._along = Along(turns_of(entry), entry.row)

    @property
    def busy(self) -> bool:
        """Asked by the app: while a card runs nothing covers it."""
        return self._along.phase == "running"

    def begin(self) -> None:
        self._bell = bell_on(self.instrument)

    def draw(self) -> None:
        along, now = self._along, self.instrument.clock.seconds()
        if along.look(now) and self._bell:
            self.app.bell()
        self._draw_figure(now)
        self.put("title", along_title(along, self.room("title")[0]))
        self.put("count", along_count(along, now, *self.room("count")))
        self.put("bar", breath_bar(along, now, self.room("bar")[0]))
        self.put("words", along_words(along, *self.room("words")))

    def _draw_figure(self, now: float) -> None:
        """The figure moves with the card, on the side whose turn it is; else start and finish stand side by side."""
        along, moment = self._along, self._along.moment(now)
        pose = along.turn.card.pose
        side = moment.beat.side or along.turn.side
        self.seat(pose, count=True, mirrored=mirrored_for(pose, side), two=self.still)
        figure = self.query_one("#patient-figure", Figure)
        if self.still or pose.finish is None:
            return
        moves = along.phase in ("running", "paused")
        figure.move_to(moment.way if moves else None)
        if along.phase == "ready":
            figure.prepare_way()

    # -- keys ------------------------------------------------------------------------------------------------------

    def action_next(self) -> None:
        if self._along.next(self.instrument.clock.seconds()):
            self.draw()
        elif self._along.over:
            self.dismiss(None)

    def action_back(self) -> None:
        self._along.back()
        self.draw()

    def action_pause(self) -> None:
        self._along.pause(self.instrument.clock.seconds())
        self.draw()

    def action_bell(self) -> None:
        said = switch_bell(self.instrument)
        self._bell = bell_on(self.instrument)
        self.notify(said, timeout=2)


def turns_of(entry: PlanEntry) -> tuple[Turn, ...]:
    """The cards of the plan in order, as dosed, with what limits them."""
    from reports.cards import LIMITS

    given = {one.id: one for one in entry.plan.exercises}
    turns = []
    for card_id in entry.cards:
        card, one = entry.session.library.exercises[card_id], given.get(card_id)
        limits = tuple(LIMITS.get(limit, limit) for limit in one.limits) if one else ()
        turns.append(Turn(card, one.dose if one else card.dose, (one and one.side) or "", limits))
    return tuple(turns)
