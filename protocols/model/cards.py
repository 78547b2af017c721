"""What a patient takes home: exercise cards with their dose, and cards of daily life."""

from __future__ import annotations

from typing import Literal

from protocols.model.base import Fact
from protocols.model.figures import Pose

Phase = Literal["breathe", "release", "mobilise", "activate", "strengthen", "integrate"]


class Dose(Fact, frozen=True, kw_only=True):
    """How much. `sec_per_rep` is one repetition, or one hold, or one breath; `rest_s` is between sets and sides."""

    sets: int = 1
    reps: int = 1
    sec_per_rep: int
    sides: int = 1
    rest_s: int = 0


class Block(Fact, frozen=True, kw_only=True):
    """Why a card is not given, or (with `limit`) given only with that limit printed."""

    code: str
    limit: str = ""


class Exercise(Fact, frozen=True, kw_only=True):
    """One exercise card."""

    id: str
    version: int = 1
    name: str
    source: Literal["S0", "S1", "S2", "standard"]
    phase: Phase
    targets: tuple[str, ...]
    """Finding codes, the main one first."""
    position: str
    upright: int
    """Orthostatic load: 0 lying, 1 sitting or kneeling, 2 standing supported, 3 one leg or moving."""
    kit: tuple[str, ...] = ()
    """Ids of what is needed beyond bed, chair, wall and pillow; the humblest stand-in counts."""
    equipment: str
    dose: Dose
    dose_unit: Literal["times", "breaths", "hold"] = "times"
    hold_s: int = 0
    """Seconds of the hold named in the cues, 0 where there is none."""
    frequency: str
    per_day: int = 1
    """Times a day in the 14-day grid."""
    days_per_week: int
    tempo: str
    pace: tuple[float, ...] = ()
    """Seconds of one repetition as the tempo has it: to the finish, there, back, at the start; of a breath: in, wait, \
out, wait. Left out where it moves evenly."""
    snack: bool = False
    """Done through the day, not counted in the session's minutes."""
    cues: tuple[str, ...]
    """Up to four lines of at most 12 words; `{hold}` and `{reps}` are filled from the dose."""
    stop_if: str
    blocks: tuple[Block, ...] = ()
    easier: str = ""
    harder: str = ""
    evidence: tuple[str, ...] = ()
    pose: Pose


class Lifestyle(Fact, frozen=True, kw_only=True):
    """A lifestyle or work-place card."""

    id: str
    name: str
    say: str
    say_stage_1: str = ""
    """The words for a plan of stage 1, where they differ."""
    say_agreed: dict[str, str] = {}
    """More lines, each printed only when the therapist ticked its id ("salt") as agreed with the doctor."""
    targets: tuple[str, ...]
    limits: str = ""
    needs_agreed: tuple[str, ...] = ()
    """Printed only when the therapist ticked these as agreed with the doctor."""
    free_for: tuple[str, ...] = ()
    """Findings for which its own line is given without that tick."""
    evidence: str = ""
