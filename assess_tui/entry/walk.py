"""The tests of a visit in their order, one of them open: what the guided screen and the lines walk through."""

from __future__ import annotations

from assess_tui.visit.session import VisitSession
from protocols.model import Test
from protocols.route import Step, next_open


class Walk:
    """The route as it was when last looked at; each answer may change it, and the open step stays."""

    def __init__(self, session: VisitSession) -> None:
        self._session = session
        self.steps = session.way.route()
        self.index = 0
        self.shortened = ""
        """What the last answer took off the way, and why, in a line; "" where nothing."""
        self.open(session.way.here())

    @property
    def step(self) -> Step:
        return self.steps[self.index]

    @property
    def test(self) -> Test | None:
        """None at the stand test, which has a place of its own."""
        return self._session.library.tests.get(self.step.test)

    @property
    def following(self) -> Test | None:
        """The test of the step after, where it has one."""
        ahead = self.steps[self.index + 1 : self.index + 2]
        return self._session.library.tests.get(ahead[0].test) if ahead else None

    def has(self, test_id: str) -> bool:
        return any(step.test == test_id for step in self.steps)

    def open(self, test_id: str) -> None:
        """This step; the first where the route has none of it."""
        self.index = next((index for index, step in enumerate(self.steps) if step.test == test_id), 0)

    def add(self, test_id: str) -> None:
        """Open a test, which comes into the visit where it is not on the route."""
        if not self.has(test_id):
            self._session.way.add(test_id)
            self.steps = self._session.way.route()
        self.open(test_id)

    def renew(self) -> None:
        """What was found can add tests or leave some out."""
        here, steps = self.step.test, self._session.way.route()
        self.shortened = self._session.way.shortened(self.steps)
        if any(step.test == here for step in steps):
            self.steps = steps
            self.open(here)

    def reopen(self, test_id: str) -> None:
        """Where an answer was taken back or given again; else where the visit goes on."""
        self.steps = self._session.way.route()
        self.open(test_id if self.has(test_id) else self._session.way.here())

    def move(self, by: int) -> bool:
        """Open the step so many further on; False past either end, where nothing changes."""
        self.renew()
        index = self.index + by
        inside = 0 <= index < len(self.steps)
        self.index = index if inside else self.index
        return inside

    def go_on(self) -> bool:
        """Open the next step that has no answer yet; False where none follows."""
        self.renew()
        ahead = next_open(self.steps[self.index + 1 :], self._session.visit)
        if ahead is not None:
            self.open(ahead.test)
        return ahead is not None

    def turn_back(self) -> int:
        """At the end: open the first step left open; says how many are."""
        still_open = self._session.way.progress().open
        if still_open:
            self.open(still_open[0])
        return len(still_open)
