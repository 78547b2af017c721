"""What the knowledge is made of: tests, norms, red flags, exercises, poses. Frozen values, nothing computed.

Numbers a person could type are `Decimal`, so that 7.3 - 2.6 is 4.7 and a printed cut is met exactly.
Joint angles and lengths of figures are `float`: they are drawn, never graded.
"""

from __future__ import annotations

from protocols.model.base import Basis, Fact, Sex, SexRow, Side, Threshold
from protocols.model.cards import Block, Dose, Exercise, Lifestyle, Phase
from protocols.model.figures import Angle, Arrow, Distance, Pair, Pose, Posture, View
from protocols.model.findings import FindingRule, Ladder
from protocols.model.intake import Kit, Precaution
from protocols.model.library import Library
from protocols.model.questionnaires import Item, Questionnaire
from protocols.model.red_flags import FlagAction, FlagGroup, FlagPair, RedFlag, RedFlags, Vital, VitalRule
from protocols.model.stand import Contraindication, Pattern, StandProtocol, Window
from protocols.model.tests import (
    Band,
    Change,
    DeviceKind,
    Direction,
    Evidence,
    Level,
    Measure,
    Norm,
    Region,
    Station,
    Test,
    Timing,
)

__all__ = [
    "Angle",
    "Arrow",
    "Band",
    "Basis",
    "Block",
    "Change",
    "Contraindication",
    "DeviceKind",
    "Direction",
    "Distance",
    "Dose",
    "Evidence",
    "Exercise",
    "Fact",
    "FindingRule",
    "FlagAction",
    "FlagGroup",
    "FlagPair",
    "Item",
    "Kit",
    "Ladder",
    "Level",
    "Library",
    "Lifestyle",
    "Measure",
    "Norm",
    "Pair",
    "Pattern",
    "Phase",
    "Pose",
    "Posture",
    "Precaution",
    "Questionnaire",
    "RedFlag",
    "RedFlags",
    "Region",
    "Sex",
    "SexRow",
    "Side",
    "StandProtocol",
    "Station",
    "Test",
    "Threshold",
    "Timing",
    "View",
    "Vital",
    "VitalRule",
    "Window",
]
