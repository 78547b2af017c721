"""The clock of the open visit: the time it was open on a screen, in earlier sittings too."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assess_tui.clock import MINUTE_S

if TYPE_CHECKING:
    from assess_tui.app import AssessApp
    from protocols.visit import Visit


class VisitClock:
    """Counts from the moment the visit was opened, less what was spent before."""

    def __init__(self, app: AssessApp) -> None:
        self._app = app
        self._from = 0.0
        self._told = ""
        self._said: set[str] = set()
        """Visits of which it was told where their clock goes on from: once a start."""

    def begin(self, visit: Visit) -> None:
        """The visit is opened; of one taken up again it is said in words where its clock goes on from."""
        clock, before = self._app.clock, self._app.record.sittings(visit.id)
        self._from = clock.seconds() - sum(before)
        if sum(before) >= MINUTE_S and not visit.finished and visit.id not in self._said:
            begun = visit.started.astimezone(clock.now().tzinfo)
            self._told = taken_up(begun, self._app.today(), before)
            self._app.notify(self._told)
        self._said.add(visit.id)

    def key_comes(self) -> None:
        """What a key leads to must be seen, a refusal first of all: what was told of the time covers it no longer.

        Textual's own words for it take away every notice, a refusal too.
        """
        for note in [note for note in self._app._notifications if note.message == self._told]:
            self._app._unnotify(note)

    @property
    def seconds(self) -> float:
        return self._app.clock.seconds() - self._from


def taken_up(begun: dt.datetime, today: dt.date, sittings: list[float]) -> str:
    """What a visit taken up again has taken so far: "Begun at 9:00, 14 min so far; the clock goes on from there." """
    day = "" if begun.date() == today else f" on {begun.day} {begun:%b %Y}"
    several = f" in {len(sittings)} sittings" if len(sittings) > 1 else ""
    minutes = int(sum(sittings) // MINUTE_S)
    return f"Begun{day} at {begun:%H:%M}, {minutes} min so far{several}; the clock goes on from there."
