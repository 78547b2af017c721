"""What the whole conversation works on, in a visit and outside of one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assess_tui.clock import Clock
from assess_tui.plain.keeping import Keeping
from assess_tui.plain.talk import Talk
from assess_tui.settings import Settings

if TYPE_CHECKING:
    from assess_tui.storage.record import Record
    from assess_tui.visit.session import VisitSession
    from protocols.model import Library
    from protocols.standing import StandRun


class House(NamedTuple):
    """The two streams, the open record, the knowledge, the clock."""

    talk: Talk
    record: Record
    library: Library
    clock: Clock
    folder: Path
    keeping: Keeping
    stand_runs: dict[str, StandRun]
    new_id: Callable[[], str]
    settings: Settings
    demo: bool = False

    def session(self, visit_id: str) -> VisitSession:
        """A visit, with the definitions it was taken with."""
        from assess_tui.visit.definitions import definitions_in
        from assess_tui.visit.session import VisitSession

        visit = self.record.visit(visit_id)
        known = definitions_in(self.library, self.record, visit)
        who = self.keeping.who or visit.clinician
        return VisitSession(self.record, visit, known, self.clock.now, self.new_id, who)
