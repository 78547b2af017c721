"""What became of the last plan: how each of its cards went at home, what was proposed, what is given now."""

from __future__ import annotations

import msgspec

from protocols.case import LastPlan, Practice, Wanted
from protocols.follow_up import Proposal, propose
from protocols.model import Library
from protocols.standing import stage_words
from reports.content import Subject
from reports.rows import Rows
from reports.wording import day_words, dose_words, sentence

HEAD = ("Exercise of the last plan", "At home", "Proposed", "Now")
SHARES = (28, 30, 42, 28)
NOT_ASKED = Practice()
SAME = "as before"


class CourseTold(msgspec.Struct, frozen=True, kw_only=True):
    """The last plan and what followed, ready to print."""

    about: str
    """ "Plan of 25 October 2026, standing stage 2. No crash after effort."."""
    cards: Rows


def course_told(subject: Subject, library: Library) -> CourseTold | None:
    """How the last plan went; None where there was none."""
    last = subject.case.last_plan
    if last is None or not last.cards:
        return None
    proposals = {one.card: one for one in propose(subject.case, subject.assessment, library)}
    rows = tuple(_row(one, last, proposals.get(one.card), subject, library) for one in last.cards)
    return CourseTold(about=_about(last), cards=Rows(HEAD, rows, SHARES))


def _about(last: LastPlan) -> str:
    crash = {None: "", True: "Effort was followed by a crash of more than a day.", False: "No crash after effort."}
    return f"Plan of {day_words(last.date)}, {stage_words(last.stage)}. {crash[last.crash]}".strip()


def _row(
    wanted: Wanted, last: LastPlan, proposal: Proposal | None, subject: Subject, library: Library
) -> tuple[str, ...]:
    card = library.exercises.get(wanted.card)
    name = f"{card.name} ({card.id})" if card is not None else wanted.card
    proposed = f"{sentence(proposal.step)} {sentence(proposal.reason)}" if proposal is not None else ""
    return name, _went(last.practice.get(wanted.card, NOT_ASKED)), proposed, _now(wanted, subject, library)


def _went(practice: Practice) -> str:
    """ "done 8 of 10 times, pain 2/10, repetitions to spare"."""
    told = (
        f"done {practice.done} of 10 times" if practice.done is not None else "",
        f"pain {practice.pain}/10" if practice.pain is not None else "",
        "repetitions to spare" if practice.spare else "",
        "red days" if practice.red_days else "",
    )
    return ", ".join(part for part in told if part) or "not asked"


def _now(wanted: Wanted, subject: Subject, library: Library) -> str:
    """The card as it is given now: "as before", its new dose, or "not given"."""
    plan = subject.assessment.plan
    if wanted.card in plan.snacks:
        return SAME
    given = next((one for one in plan.exercises if one.id == wanted.card), None)
    card = library.exercises.get(wanted.card)
    if given is None or card is None:
        return "not given"
    same = given.dose == (wanted.dose or card.dose)
    return SAME if same else dose_words(card, given.dose, given.side)
