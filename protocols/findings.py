"""Graded tests -> findings with side, severity and because; and the block codes the screen itself sets."""

from __future__ import annotations

from typing import Literal

import msgspec

from protocols.case import Case
from protocols.grading import TestGrade
from protocols.model import Library
from protocols.red_flags import Concern
from protocols.standing import Verdict


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing worth working on."""

    code: str
    side: Literal["left", "right", "both"] | None
    severity: int
    because: tuple[str, ...]
    pain_limited: bool = False
    asymmetry: bool = False
    """One of its tests differs between sides beyond error; ranks it higher."""


def find(
    case: Case, grades: dict[str, TestGrade], concern: Concern, verdict: Verdict | None, library: Library
) -> tuple[Finding, ...]:
    """Every finding of the visit, in the order of the ladder table (rules 5)."""
    raise NotImplementedError


def blocks(case: Case, grades: dict[str, TestGrade], concern: Concern, verdict: Verdict | None, library: Library) -> frozenset[str]:
    """Block codes in force: the intake's, the red flags', the stage's and those the tests set (rules 5, 6)."""
    raise NotImplementedError
