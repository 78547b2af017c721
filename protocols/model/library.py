"""All parts of the knowledge in one value."""

from __future__ import annotations

from protocols.model.base import Fact
from protocols.model.cards import Exercise, Lifestyle
from protocols.model.findings import FindingRule
from protocols.model.intake import Kit, Precaution
from protocols.model.questionnaires import Questionnaire
from protocols.model.red_flags import RedFlags
from protocols.model.stand import StandProtocol
from protocols.model.tests import Test


class Library(Fact, frozen=True, kw_only=True):
    """All knowledge at once. Dicts keep the order of the files' `order` or of the tables."""

    version: str
    digest: str
    reviewed: str = ""
    """The month of the last review, "2026-11"; empty where the knowledge names none."""
    next_review: str = ""
    own: tuple[str, ...] = ()
    """The clinic's own files among them: "tests/own_reach", "exercises/A03"."""
    tests: dict[str, Test]
    exercises: dict[str, Exercise]
    lifestyle: dict[str, Lifestyle]
    findings: dict[str, FindingRule]
    families: tuple[tuple[str, ...], ...]
    last_resort: tuple[str, ...]
    precautions: dict[str, Precaution]
    kit: dict[str, Kit]
    red_flags: RedFlags
    stand: StandProtocol
    questionnaires: dict[str, Questionnaire] = {}
