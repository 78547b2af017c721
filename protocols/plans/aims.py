"""What a plan aims at: the findings in rank order, those it works on, and the cards, minutes and number it may use."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import msgspec

from protocols.case import Case
from protocols.findings import Finding
from protocols.model import Exercise, Ladder, Library
from protocols.plans.advice import in_clinic
from protocols.plans.dosing import most_cards, most_findings
from protocols.plans.gates import Bounds, barred
from protocols.standing import Stage

STANDING_FINDINGS: Final = ("OI1", "OI2", "OI3")
PASSIVE_PHASES: Final = ("release", "mobilise")
TILTS: Final = ("APT", "PPT")


class Pick(msgspec.Struct, frozen=True):
    """A card and the finding it was taken for; "" for the breathing that belongs to a stage."""

    card: Exercise
    taken_for: str = ""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What the cards are chosen from."""

    library: Library
    legal: dict[str, Exercise]
    """Cards that may be given, in the order of the library."""
    top: tuple[Finding, ...]
    """The findings the plan works on, the first to be answered first."""
    stage: Stage
    pem: bool
    """Effort is followed by a crash: rest and pacing only."""
    no_holds: bool
    tilt_measured: bool
    budget: Decimal
    most: int
    """How many session cards at most."""
    fallback: tuple[Pick, ...]
    """Active cards to give where none was chosen, in order of preference; empty where none is to be given."""

    @property
    def balance_first(self) -> bool:
        """Balance before the muscles tire, where the ankle is worked on and standing is no problem."""
        return self.stage == "none" and any(finding.code == "ANK" for finding in self.top)


def task_of(case: Case, ranked: tuple[Finding, ...], bounds: Bounds, library: Library) -> Task:
    """The task of one visit; `ranked` holds at least one finding."""
    legal = {card.id: card for card in library.exercises.values() if not barred(card, bounds, library)}
    with_ladder = [finding for finding in ranked if library.findings[finding.code].ladder]
    top = tuple(with_ladder[: most_findings(case.minutes)])
    return Task(
        library=library,
        legal=legal,
        top=top,
        stage=bounds.stage,
        pem=bounds.pem,
        no_holds="HOLD" in bounds.in_force,
        tilt_measured=any(finding.code in TILTS for finding in ranked),
        budget=Decimal(case.minutes),
        most=most_cards(case.minutes, bounds.stage, case.patient.age_on(case.date)),
        fallback=() if _for_the_clinic(ranked, bounds) else tuple(_fallback(top, legal, library)),
    )


def rank(findings: tuple[Finding, ...], main_problem: str | None, library: Library) -> tuple[Finding, ...]:
    """Standing tolerance first, then severity, the main problem, a difference between sides, the ladder table."""
    table = list(library.findings)

    def place(finding: Finding) -> tuple[bool, int, bool, bool, int]:
        standing = finding.code in STANDING_FINDINGS
        main = finding.code == main_problem
        return (not standing, -finding.severity, not main, not finding.asymmetry, table.index(finding.code))

    return tuple(sorted(findings, key=place))


def covers(card: Exercise, finding: Finding) -> bool:
    """Whether the card answers the finding; what is painful is neither pressed nor stretched."""
    return finding.code in card.targets and not too_painful(card, finding)


def too_painful(card: Exercise, finding: Finding) -> bool:
    return finding.pain_limited and card.phase in PASSIVE_PHASES


def columns(ladder: Ladder | None, severity: int) -> tuple[tuple[str, ...], ...]:
    """The columns in the order they are tried: that of the severity, one easier, one harder, then the rest."""
    if ladder is None:
        return ()
    if severity == 1:
        return (ladder.harder, ladder.default, ladder.easier)
    if severity == 2:
        return (ladder.default, ladder.easier, ladder.harder)
    return (ladder.easier, ladder.default, ladder.harder)


def _for_the_clinic(ranked: tuple[Finding, ...], bounds: Bounds) -> bool:
    """Standing alone such a finding gets no exercise, which would only hide that the clinic has to treat it."""
    return len(ranked) == 1 and bool(in_clinic(ranked, bounds))


def _fallback(aims: tuple[Finding, ...], legal: dict[str, Exercise], library: Library) -> Iterator[Pick]:
    """The companions of each aim, then the cards that suit everyone."""
    wanted = [(card, finding.code) for finding in aims for card in library.findings[finding.code].companions]
    wanted += [(card, aims[0].code if aims else "") for card in library.last_resort]
    return (Pick(legal[card], code) for card, code in wanted if card in legal)
