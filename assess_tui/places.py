"""Where a visit stands: which of its places are done, and where to take it up again. No screen is needed to know."""

from __future__ import annotations

from typing import Literal, NamedTuple

from assess_tui.entry.follow import NO_PLAN, follow_begun, follow_done, followed
from assess_tui.entry.intake_pages import CONSENT_CELL, MINUTES_CELL, unasked
from assess_tui.entry.plan import NO_PLAN as NO_EXERCISES
from assess_tui.entry.proposals import undecided
from assess_tui.keyboard.words import key_of, with_keys
from assess_tui.visit.session import VisitSession
from protocols.devices import DEVICES
from protocols.standing import Stage
from protocols.teaching import TEACH_BACK
from protocols.visit import FOLLOW, Cell

State = Literal["done", "open"]
PROPOSALS_FIRST = (
    "What becomes of the last plan comes first: {visit.plan}. "
    "There {proposals.next} takes the proposals up, {proposals.afresh} makes a new plan."
)

PRECAUTIONS_FIRST = "The precautions come first, for tests and plan go by them: the intake, {visit.intake}."


class Place(NamedTuple):
    """One place of a visit in the banner's row."""

    name: str
    word: str
    state: State
    short: str = ""
    """The word where the row has no room for all words; "" is the word itself."""


WHERE: dict[str, str] = {
    "intake": "the intake ({visit.intake})",
    "flags": "the red flags ({visit.flags})",
    "follow": "the follow-up ({visit.follow})",
    "tests": "the tests ({visit.tests})",
    "stand": "the stand test ({visit.stand})",
    "plan": "the plan ({visit.plan})",
}
_GROUPS = {
    "@consent": "intake",
    "@intake": "intake",
    DEVICES: "intake",
    "@flags": "flags",
    "@concern": "flags",
    FOLLOW: "follow",
    "@stand": "stand",
    "@plan": "plan",
    TEACH_BACK: "plan",
}
SHORT = {"stand test": "stand", "stood 10 min": "stood", "stand unclear": "unclear"}
_ALSO_ON_THE_PLAN = MINUTES_CELL
"""Asked at the intake, changed on the plan; in sight at both."""
_TAKEN_IN_TESTS = (Cell("@intake", field="extended"), Cell("@stand", field="not_done"))


def place_of(cell: Cell) -> str:
    """The place where an answer is given, so that it is taken back in sight and nowhere else."""
    return "tests" if cell in _TAKEN_IN_TESTS else _GROUPS.get(cell.test, "tests")


def given_elsewhere(cell: Cell) -> str:
    """Where the last answer was given, and the key that takes it back there."""
    place = place_of(cell)
    undo = key_of(f"{'step' if place == 'tests' else place}.undo")
    return f"The last answer was given in {with_keys(WHERE[place])}; {undo} takes it back there."


def taken_back_at(cell: Cell, place: str) -> bool:
    """Whether an answer is taken back (or given again) at this place."""
    also = {"plan": cell == _ALSO_ON_THE_PLAN, "tests": cell.test == DEVICES, "stand": cell.test == "@stand"}
    return also.get(place, False) or place == place_of(cell)


def places(session: VisitSession) -> tuple[Place, ...]:
    """The places in the order they are meant to be walked."""
    visit = session.visit
    progress = session.way.progress()
    stand = _stand_word(session)
    return (
        Place("intake", "intake", _done(intake_done(session))),
        Place("flags", "flags", _done(flags_done(session))),
        *_follow_up(session),
        Place("stand", stand, _done(stand != "stand test"), SHORT.get(stand, "")),
        Place("tests", f"tests {progress.done}/{progress.total}", _done(not progress.open)),
        Place("findings", "findings", _done(visit.finished)),
        Place("plan", "plan", _done(session.plan_saved)),
        Place("paper", "paper", _done(visit.finished)),
    )


def _follow_up(session: VisitSession) -> tuple[Place, ...]:
    """Only where the patient took a plan home before."""
    return (Place("follow", "follow-up", _done(follow_done(session)), "follow"),) if followed(session) else ()


def after_flags(session: VisitSession) -> str:
    """The follow-up where a plan was taken home and nothing of it was asked yet, else the tests."""
    return "follow" if followed(session) and not follow_begun(session) else "tests"


def opens_as(session: VisitSession, place: str) -> str:
    """The place that is shown: before the plan it is said what becomes of the last one."""
    return "proposals" if place == "plan" and undecided(session) else place


def resume_place(session: VisitSession) -> str:
    """The first place that is still open; a red flag that stops the tests leads to its page."""
    if session.visit.finished:
        return "findings"
    if not intake_done(session):
        return "intake"
    if not flags_done(session) or session.assessment().concern.stop:
        return "flags"
    if not session.way.progress().open:
        return "findings"
    return "tests" if session.way.progress().done else after_flags(session)


def barred(session: VisitSession, place: str) -> str:
    """Why this place cannot be opened yet, in a sentence; empty where it can."""
    if place == "intake":
        return ""
    agreed = session.visit.value(CONSENT_CELL) is True
    if not agreed and not session.visit.finished:  # an imported visit is finished as it comes, and was agreed elsewhere
        return f"The patient's agreement comes first: intake, {key_of('visit.intake')}."
    if place in ("follow", "proposals") and not followed(session):
        return session.last_unread or NO_PLAN
    if place == "proposals" and session.assessment().plan.blocked:
        return with_keys(NO_EXERCISES)
    if place == "paper" and undecided(session):
        return with_keys(PROPOSALS_FIRST)
    if place in ("tests", "stand"):
        if not flags_done(session):
            return f"The red-flag questions come before any test: {key_of('visit.flags')}."
        if (concern := session.assessment().concern).stop:
            letter = f"{key_of('visit.paper')} makes the referral letter"
            return f"Red flags, level {concern.level}: the tests stop here. {letter}."
    if place in ("tests", "stand", "paper") and precautions_open(session):
        return with_keys(PRECAUTIONS_FIRST)
    return ""


def intake_done(session: VisitSession) -> bool:
    visit = session.visit
    if visit.finished:
        return True
    agreed = visit.value(CONSENT_CELL) is True
    return agreed and MINUTES_CELL in visit.cells and not unasked(session.library, visit)


def precautions_open(session: VisitSession) -> bool:
    """Whether tests or a plan would go by precautions nobody asked about; where red flags stop, there are none."""
    if session.visit.finished or session.assessment().concern.stop:
        return False
    return bool(unasked(session.library, session.visit))


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
