"""Where a visit stands: which of its places are done, and where to take it up again. No screen is needed to know."""

from __future__ import annotations

from typing import Literal, NamedTuple

from assess_tui.session import VisitSession
from protocols.standing import Stage
from protocols.visit import Cell
from protocols.visits.devices import DEVICES
from protocols.visits.teaching import TEACH_BACK

State = Literal["done", "open"]


class Place(NamedTuple):
    """One place of a visit in the banner's row."""

    name: str
    word: str
    state: State


WHERE: dict[str, str] = {
    "intake": "the intake (F2)",
    "flags": "the red flags (F3)",
    "tests": "the tests (F4)",
    "stand": "the stand test (F5)",
    "plan": "the plan (F7)",
}
_GROUPS = {
    "@consent": "intake",
    "@intake": "intake",
    DEVICES: "intake",
    "@flags": "flags",
    "@concern": "flags",
    "@stand": "stand",
    "@plan": "plan",
    TEACH_BACK: "plan",
}
_ALSO_ON_THE_PLAN = Cell("@intake", field="minutes")
"""Asked at the intake, changed on the plan; in sight at both."""
_TAKEN_IN_TESTS = (Cell("@intake", field="extended"), Cell("@stand", field="not_done"))


def place_of(cell: Cell) -> str:
    """The place where an answer is given, so that it is taken back in sight and nowhere else."""
    return "tests" if cell in _TAKEN_IN_TESTS else _GROUPS.get(cell.test, "tests")


def taken_back_at(cell: Cell, place: str) -> bool:
    """Whether an answer is taken back (or given again) at this place."""
    also = (place == "plan" and cell == _ALSO_ON_THE_PLAN) or (place == "tests" and cell.test == DEVICES)
    return also or place == place_of(cell)


def places(session: VisitSession) -> tuple[Place, ...]:
    """The places in the order they are meant to be walked."""
    visit = session.visit
    progress = session.progress()
    stand = _stand_word(session)
    return (
        Place("intake", "intake", _done(intake_done(session))),
        Place("flags", "flags", _done(flags_done(session))),
        Place("stand", stand, _done(stand != "stand test")),
        Place("tests", f"tests {progress.done}/{progress.total}", _done(not progress.open)),
        Place("findings", "findings", _done(visit.finished)),
        Place("plan", "plan", _done(session.plan_saved)),
        Place("paper", "paper", _done(visit.finished)),
    )


def resume_place(session: VisitSession) -> str:
    """The first place that is still open; a red flag that stops the tests leads to its page."""
    if session.visit.finished:
        return "findings"
    if not intake_done(session):
        return "intake"
    if not flags_done(session) or session.assessment().concern.stop:
        return "flags"
    return "tests" if session.progress().open else "findings"


def barred(session: VisitSession, place: str) -> str:
    """Why this place cannot be opened yet, in a sentence; empty where it can."""
    if place == "intake":
        return ""
    if session.visit.value(Cell("@consent", field="consent")) is not True:
        return "The patient's agreement comes first: intake, F2."
    if place in ("tests", "stand"):
        if not flags_done(session):
            return "The red-flag questions come before any test: F3."
        if (concern := session.assessment().concern).stop:
            return f"Red flags, level {concern.level}: the tests stop here. F8 makes the referral letter."
    return ""


def intake_done(session: VisitSession) -> bool:
    return session.visit.value(Cell("@consent", field="consent")) is True and (
        Cell("@intake", field="minutes") in session.visit.cells
    )


def flags_done(session: VisitSession) -> bool:
    return all(Cell("@flags", field=flag.id) in session.visit.cells for flag in session.library.red_flags.flags)


def _stand_word(session: VisitSession) -> str:
    visit = session.visit
    if Cell("@stand", field="not_done") in visit.cells:
        return "no stand"
    if visit.value(Cell("@stand", field="completed")) or Cell("@stand", field="stopped") in visit.cells:
        verdict = session.assessment().verdict
        if visit.value(Cell("@stand", field="screen")) and (verdict is None or verdict.stage == "unknown"):
            return "screened"
        return _stage_word(verdict.stage) if verdict else "stood"
    return "stand test"


def _stage_word(stage: Stage) -> str:
    return {"none": "stood 10 min", "unknown": "stand unclear"}.get(str(stage), f"stage {stage}")


def _done(done: bool) -> State:
    return "done" if done else "open"
