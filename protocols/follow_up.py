"""The last plan and how it went -> what to do with each of its cards (exercises 7.8, 7.9), with the reason in words."""

from __future__ import annotations

from typing import Literal

import msgspec

from protocols.assessment import Assessment
from protocols.case import Case, Wanted
from protocols.model import Library

Step = Literal["progress", "keep", "swap", "regress", "cut"]


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What is proposed for one card of the last plan."""

    card: str
    step: Step
    reason: str
    to: Wanted | None
    """The card as it would be given now; None where it is cut."""


def propose(case: Case, assessment: Assessment, library: Library) -> tuple[Proposal, ...]:
    """One proposal for each card of the last plan, in its order; empty without a last plan or where no plan is made."""
    raise NotImplementedError


def taken_up(proposals: tuple[Proposal, ...]) -> tuple[Wanted, ...]:
    """The plan that follows when the proposals are taken as they are (for `Case.by_hand`)."""
    return tuple(proposal.to for proposal in proposals if proposal.to is not None)
