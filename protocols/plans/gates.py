"""What bars a card for one patient, and in which words; the limits under which a card is given."""

from __future__ import annotations

from typing import Final

import msgspec

from protocols.case import Case
from protocols.model import Exercise, Library, StandProtocol
from protocols.plans.stages import Stepped, stepped
from protocols.stand.series import limit
from protocols.standing import Stage, Verdict, peak_symptoms

UPRIGHT_ALLOWED: Final[dict[Stage, int]] = {1: 0, 2: 1, 3: 2, "unknown": 2, "none": 3}
"""The highest upright level at each stage. Clinic rule: horizontal and seated work comes first (Fu & Levine 2018)."""
STAGES_WITH_LIMITS: Final[tuple[Stage, ...]] = (1, 2, 3)
"""Stages that need medical clearance and get no breath holds."""
ABOVE_THE_LEVEL: Final[dict[str, tuple[Stage, ...]]] = {"P01": (2,), "P02": (1, 2), "P03": (2,)}
"""Short standing cards given at these stages although their upright level is higher."""
ONLY_AT: Final[dict[str, tuple[Stage, ...]]] = {"P01": (2, 3, "unknown", "none"), "P03": (2, 3)}
WAITS_FOR_CLEARANCE: Final = ("P03", "P04")
STARTER_CARD: Final = "P02"
"""Rising in stages: the one card above level 0 that needs no clearance."""
PACING_CARDS: Final = ("B05", "B06", "A11", "P02")
"""All that is given where effort is followed by a crash (NICE NG206: no programme of fixed increases)."""
TAUGHT_FIRST: Final = ("R01b",)
LEVEL_WORDS: Final = ("lying", "sitting or kneeling", "standing with support", "standing on one leg or moving")


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """What the patient's safety and means allow."""

    stage: Stage
    """The stage planned for, which may be lower than the one measured."""
    in_force: frozenset[str]
    """Block codes, those of the stage included."""
    cleared: bool
    pem: bool
    kit: frozenset[str] | None
    """What is at hand; None when nobody asked."""
    taught: frozenset[str]
    why_stage: str = ""
    """Why the plan does not follow the stage seen today, where the last plan decides it."""
    untested: bool = False
    """Whether the stage is that of the last plan for want of a stand test today."""


def bounds_of(case: Case, in_force: frozenset[str], verdict: Verdict | None, library: Library) -> Bounds:
    """The bounds of one visit's plan; `in_force` are the block codes of `findings.blocks`."""
    stage, why, untested = _stage(case, verdict, library.stand)
    return Bounds(
        stage=stage,
        why_stage=why,
        untested=untested,
        in_force=in_force | stage_blocks(stage),
        cleared=case.medical_clearance is not None,
        pem=case.pem or "PEM" in in_force,
        kit=None if case.kit is None else frozenset(case.kit),
        taught=frozenset(case.taught),
    )


def planning_stage(case: Case, verdict: Verdict | None, protocol: StandProtocol) -> Stage:
    """The stage planned for: the measured one, unless an unknown stage with strong symptoms or a precaution asks for
    more care. After a last plan it rises by its rule only, and holds where standing was not tested."""
    return _stage(case, verdict, protocol).stage


def _stage(case: Case, verdict: Verdict | None, protocol: StandProtocol) -> Stepped:
    measured: Stage = verdict.stage if verdict else "unknown"
    return stepped(case, _seen_today(case, measured, protocol), measured)


def _seen_today(case: Case, stage: Stage, protocol: StandProtocol) -> Stage:
    if stage == "unknown" and _strong_symptoms(case, protocol):
        stage = 2
    if "POTS1" in case.precautions:
        return 1
    if "POTS2" in case.precautions and stage != 1:
        return 2
    return stage


def stage_blocks(stage: Stage) -> frozenset[str]:
    """The block codes a stage sets."""
    codes = {1: {"POTS1", "HOLD"}, 2: {"POTS2", "HOLD"}, 3: {"HOLD"}}
    return frozenset(codes[stage]) if isinstance(stage, int) else frozenset()


def barred(card: Exercise, bounds: Bounds, library: Library) -> str | None:
    """Why a card may not be given, in words, or None when it may. The gravest reason first."""
    reasons = (
        _by_pacing(card, bounds),
        _by_block(card, bounds, library),
        _by_stage(card, bounds),
        _by_clearance(card, bounds),
        _by_teaching(card, bounds),
        _by_kit(card, bounds, library),
    )
    return next((reason for reason in reasons if reason), None)


def limits_of(card: Exercise, in_force: frozenset[str]) -> tuple[str, ...]:
    """The limits to print on a card, in the order of its blocks, each once."""
    return tuple(dict.fromkeys(block.limit for block in card.blocks if block.limit and block.code in in_force))


def _strong_symptoms(case: Case, protocol: StandProtocol) -> bool:
    stand = case.standing
    return stand is not None and peak_symptoms(stand, protocol) >= limit(protocol, "stage_2_symptoms")


def _by_pacing(card: Exercise, bounds: Bounds) -> str:
    return "not with a crash after effort" if bounds.pem and card.id not in PACING_CARDS else ""


def _by_block(card: Exercise, bounds: Bounds, library: Library) -> str:
    code = next((block.code for block in card.blocks if not block.limit and block.code in bounds.in_force), None)
    if code is None:
        return ""
    known = library.precautions.get(code)
    return f"barred by {known.name.lower() if known else code} ({code})"


def _by_stage(card: Exercise, bounds: Bounds) -> str:
    stage = bounds.stage
    if stage not in ONLY_AT.get(card.id, (stage,)):
        return f"not given at standing stage {stage}"
    if stage in ABOVE_THE_LEVEL.get(card.id, ()) or card.upright <= UPRIGHT_ALLOWED[stage]:
        return ""
    return f"{LEVEL_WORDS[card.upright]} is not given at standing stage {stage}"


def _by_clearance(card: Exercise, bounds: Bounds) -> str:
    if bounds.cleared:
        return ""
    above_starter = bounds.stage in STAGES_WITH_LIMITS and card.upright > 0 and card.id != STARTER_CARD
    return "waits for medical clearance" if above_starter or card.id in WAITS_FOR_CLEARANCE else ""


def _by_teaching(card: Exercise, bounds: Bounds) -> str:
    return "has to be taught in clinic first" if card.id in TAUGHT_FIRST and card.id not in bounds.taught else ""


def _by_kit(card: Exercise, bounds: Bounds, library: Library) -> str:
    if bounds.kit is None:
        return ""
    needed = [library.kit[one] for one in card.kit if one not in bounds.kit]
    missing = [one.name.lower() for one in needed if not one.always]
    return f"needs {' and '.join(missing)}" if missing else ""
