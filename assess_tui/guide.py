"""The guided tour on the screens: one line under the first, which goes on as soon as a thing was tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from assess_tui.keyboard.words import with_keys
from assess_tui.screens.base import BaseScreen, VisitScreen
from assess_tui.screens.step import StepScreen
from assess_tui.tour import Sight, Tour
from assess_tui.widgets.tour_line import TourLine

if TYPE_CHECKING:
    from assess_tui.app import AssessApp

LOOK_S = 0.25
"""Seconds between looks: soon enough to answer a key, and nothing beside it."""
OVER = "The tour is over. {app.leave} leaves; nothing of the sample clinic is kept."


class Guide:
    """Begun by its key on the sample clinic; the key again goes on without the thing."""

    def __init__(self, app: AssessApp) -> None:
        self._app = app
        self._tour = Tour(self._sight())
        self._timer: Timer = app.set_interval(LOOK_S, self._look)
        self._show()

    def skip(self) -> None:
        """Go on without the thing asked for."""
        self._tour.skip(self._sight())
        self._show()

    @property
    def over(self) -> bool:
        return self._tour.over

    def _look(self) -> None:
        screen = self._app.screen
        if isinstance(screen, VisitScreen) and not screen.begun:
            return
        self._tour.look(self._sight())
        self._show()

    def _end(self) -> None:
        self._timer.stop()
        for screen in self._app.screen_stack:
            screen.query(TourLine).remove()
        self._app.notify(with_keys(OVER))

    def _show(self) -> None:
        """On the topmost screen that is no dialog."""
        if self._tour.over:
            self._end()
            return
        screen = next(screen for screen in reversed(self._app.screen_stack) if isinstance(screen, BaseScreen))
        if not screen.query(TourLine):
            screen.mount(TourLine())
        screen.query_one(TourLine).show_stop(self._tour.words)

    def _sight(self) -> Sight:
        screen, session = self._app.screen, self._app.session
        place = screen.place if isinstance(screen, VisitScreen) else type(screen).__name__
        if session is None:
            return Sight("home" if place == "HomeScreen" else place)
        rows = session.visit.cells.values()
        return Sight(
            place,
            answers=len(rows),
            left_out=sum(1 for row in rows if row.absent),
            test=screen.walk.step.test if isinstance(screen, StepScreen) else "",
            papers=len(self._app.record.papers(session.visit.id)) if place == "paper" else 0,
        )
