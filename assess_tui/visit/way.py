"""The way through the open visit as its answers have it so far: which steps come, and which are left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from protocols import route as routes
from protocols.visit import Cell, Progress

if TYPE_CHECKING:
    from assess_tui.visit.session import VisitSession

EXTENDED = Cell("@intake", field="extended")
"""Tests of this visit beyond the core."""
SKIPPED = Cell("@finish", field="skipped")
"""Tests that were left out, with why, as the visit was finished."""
NAMED = 3
"""Of tests left out, these many by name."""
_LENGTH = Cell("@intake", field="visit_minutes")


class Way:
    """The steps of one open visit. Each answer may change them."""

    def __init__(self, session: VisitSession) -> None:
        self._session = session

    def route(self) -> tuple[routes.Step, ...]:
        """The steps of this visit, in order."""
        return routes.route(self._session.library, **self._choices())

    def skipped(self, *beyond: str) -> dict[str, str]:
        """Test id -> why it is left out for this patient; `beyond` the route, these are looked at too."""
        choices = self._choices()
        return routes.skipped(self._session.library, **choices | {"extended": (*choices["extended"], *beyond)})

    def shortened(self, before: Sequence[routes.Step]) -> str:
        """Which of these steps an answer took off the way, and why, in a line; "" where none was for a reason."""
        now = {step.test for step in self.route()}
        gone = [step.test for step in before if step.test not in now]
        groups: dict[str, list[str]] = {}
        for test, why in (self._why_gone(gone) if gone else {}).items():
            groups.setdefault(why, []).append(self._session.library.tests[test].name)
        return " ".join(f"{why[:1].upper()}{why[1:]}. Left out: {_some(names)}." for why, names in groups.items())

    def _why_gone(self, gone: Sequence[str]) -> dict[str, str]:
        skipped = self.skipped(*gone)
        core_only = dict.fromkeys(gone, routes.CORE_ONLY) if routes.IRRITABLE in self._choices()["in_force"] else {}
        return {test: why for test, why in (core_only | skipped).items() if test in gone}

    def progress(self) -> Progress:
        return routes.progress(self.route(), self._session.visit, self._session.library)

    @property
    def length(self) -> int:
        """Minutes meant for the visit; the usual ones where nobody chose."""
        return int(self._session.visit.value(_LENGTH, routes.USUAL_LENGTH))

    @property
    def screens(self) -> bool:
        """Whether the visit is so short that the pressure screen stands in place of the stand test."""
        return self.length <= routes.SCREENED_TO

    def left_out(self) -> dict[str, str]:
        """Tests of the route left out for this patient; after a red flag that stops the tests, those still open too."""
        concern = self._session.assessment().concern
        stopped = f"red flags, level {concern.level}: the tests were stopped"
        still_open = dict.fromkeys(self.progress().open, stopped) if concern.stop else {}
        return {**self.skipped(), **still_open}

    def left_out_on_record(self) -> dict[str, str]:
        """What was left out and why: as kept when the visit was finished, else as it is now."""
        return dict(self._session.visit.value(SKIPPED) or self.left_out())

    def here(self) -> str:
        """The step to go on with: where the visit was left when still open, else the first open one, else ""."""
        still_open = self.progress().open
        left_at = next((one.detail for one in reversed(self._session.events()) if one.kind == "at"), "")
        step = left_at.partition(" ")[0]
        if step in still_open:
            return step
        return still_open[0] if still_open else ""

    def add(self, test_id: str) -> None:
        """Take this test in this visit, beyond the core."""
        wanted = self._session.visit.value(EXTENDED, [])
        if test_id not in wanted:
            self._session.put(EXTENDED, [*wanted, test_id])

    def _choices(self) -> dict[str, Any]:
        now, case = self._session.assessment(), self._session.case()
        codes = routes.codes_of(case, now.blocks, now.grades)
        return {
            "extended": (*self._session.visit.value(EXTENDED, ()), *self._by_findings(codes)),
            "verdict": now.verdict,
            "in_force": codes,
            "begun": frozenset(cell.test for cell in self._session.visit.cells),
        }

    def _by_findings(self, codes: frozenset[str]) -> tuple[str, ...]:
        """What a long visit adds; nothing where pain is so strong that the core is enough."""
        if self.length < routes.EXTENDED_FROM or routes.IRRITABLE in codes:
            return ()
        return routes.by_findings(
            self._session.library, self._session.assessment().findings, self._session.case().main_problem
        )


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return "; ".join(names[:NAMED]) + more
