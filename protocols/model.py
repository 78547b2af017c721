"""What the knowledge is made of: tests, norms, red flags, exercises, poses. Frozen values, nothing computed.

Numbers a person could type are `Decimal`, so that 7.3 - 2.6 is 4.7 and a printed cut is met exactly.
Joint angles and lengths of figures are `float`: they are drawn, never graded.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Sex = Literal["F", "M", "X"]
SexRow = Literal["*", "F", "M"]
Side = Literal["left", "right", "value", "pre", "post"]
"""`value` is the one side of a test without sides; `pre` and `post` belong to a before-and-after test."""
Region = Literal["psoas", "hip", "thorax", "shoulder", "ankle", "standing", "trunk", "neck", "whole"]
Station = Literal[
    "questions",
    "lying_rest",
    "stand_test",
    "sitting",
    "supine",
    "side",
    "prone",
    "kneeling",
    "standing",
    "endurance",
]
"""Where the patient is; the route visits them in an order that spares position changes."""
Basis = Literal["published", "derived", "clinic_rule", "memory"]
"""Where a cut comes from: a paper's cut-off, its mean and SD, our own rule, or a paper remembered, to be verified."""
Direction = Literal["hi", "lo", "band", "category"]
"""Which way is good: more, less, inside a band, or a named category."""
Phase = Literal["breathe", "release", "mobilise", "activate", "strengthen", "integrate"]
View = Literal["side", "front", "top", "face"]
DeviceKind = Literal["goniometer", "inclinometer", "crom", "cuff", "biofeedback"]
"""What a value is read with: a phone's level is an inclinometer, `crom` a neck goniometer worn on the head, `cuff`
takes blood pressure, `biofeedback` is the air cushion under the body."""


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything read from data: immutable, and no key may be misspelt."""


# -- tests ---------------------------------------------------------------------------------------------------------


class Band(Fact, frozen=True, kw_only=True):
    """The cuts for one age range (completed years, inclusive) and sex row.

    `cuts` is (within, restricted) for `hi` and `lo`, and (low border, low within, high within, high border) for `band`.
    """

    ages: tuple[int, int]
    sex: SexRow = "*"
    cuts: tuple[Decimal, ...]


class Norm(Fact, frozen=True, kw_only=True):
    """A published reference value, shown as evidence and used for the "confirm?" question beyond 3 SD."""

    ages: tuple[int, int]
    sex: SexRow = "*"
    mean: Decimal
    sd: Decimal | None = None
    source: str


class Level(Fact, frozen=True, kw_only=True):
    """A named range of a questionnaire score: from this score up to the next level's."""

    at_least: Decimal
    name: str


class Change(Fact, frozen=True, kw_only=True):
    """When a difference between two visits is real.

    `mdc` is the same-rater MDC95 by sex row; `mdc_different` holds for another rater. `kind`: F found, D derived,
    M memory, C a constructed noise limit that never proves an improvement.
    `percent` and `percent_floor`: a questionnaire also changes by this share of its old score if by at least the floor.
    """

    mdc: dict[SexRow, Decimal]
    mdc_different: Decimal | None = None
    kind: Literal["F", "D", "M", "C"]
    percent: Decimal | None = None
    percent_floor: Decimal | None = None
    capacity_only: bool = False
    """A hold: real change is a change of capacity, never evidence of less pain."""


class Measure(Fact, frozen=True, kw_only=True):
    """How a test's value is typed and graded."""

    unit: str
    sides: Literal["LR", "one", "pre_post"] = "one"
    direction: Direction
    hard: tuple[Decimal, Decimal] | None = None
    resolution: Decimal | None = None
    trials: int = 1
    summary: Literal["single", "mean", "best", "mean_of_last_two"] = "single"
    cap: Decimal | None = None
    excess: dict[SexRow, Decimal] = {}
    """Above this the grade is H, more than usual."""
    bands: tuple[Band, ...] = ()
    categories: dict[str, Literal["W", "B", "R"]] = {}
    levels: tuple[Level, ...] = ()
    asymmetry: Decimal | None = None
    change: Change | None = None
    devices: tuple[DeviceKind, ...] = ()
    """What the value is read with: any of these, the usual one first. Empty where no device of the register does."""


class Evidence(Fact, frozen=True, kw_only=True):
    """What stands behind a test's cut, opened on one key."""

    basis: tuple[Basis, ...]
    cut: str
    norm: str
    reliability: str
    claim: str = ""
    sources: tuple[str, ...]


class Test(Fact, frozen=True, kw_only=True):
    """One test of the screen, with all a therapist needs to do it."""

    __test__ = False  # not a pytest class

    id: str
    version: int = 1
    name: str
    """Short, at most 24 characters: for lists."""
    title: str
    region: Region
    station: Station
    order: int
    """Place inside the station."""
    core: bool = False
    kind: Literal["graded", "computed", "response", "score"] = "graded"
    """`computed` is never typed on the screen; `response` is reset3; `score` is a questionnaire, always class N."""
    purpose: str
    position: str
    equipment: tuple[str, ...] = ()
    steps: tuple[str, ...]
    watch: tuple[str, ...] = ()
    """Compensations and errors to look for."""
    compensation: str = ""
    """The compensation that caps the grade at B, as a short question: "buttock lifts?". Empty where there is none."""
    skip: tuple[str, ...] = ()
    """When to skip or stop."""
    meaning: str
    measure: Measure
    norms: tuple[Norm, ...] = ()
    evidence: Evidence
    timer: Literal["", "up", "down"] = ""
    pose: Pose | None = None


# -- questionnaires --------------------------------------------------------------------------------------------------


class Item(Fact, frozen=True, kw_only=True):
    """One question of a questionnaire, in words of our own."""

    key: str
    """Its place in the record, "item.<key>"; never given to another question."""
    ask: str
    answer: Literal["yes_no", "number"] = "yes_no"
    highest: int = 1
    """Of a number, from 0; a yes counts 1."""
    scored: bool = True
    """An item that is not scored may stay open."""
    ages: tuple[int, int] = (0, 130)
    """Asked only at these ages (completed years, inclusive)."""


class Questionnaire(Fact, frozen=True, kw_only=True):
    """A questionnaire that may be shipped with its items, and how they make up the score of a test."""

    id: str
    version: int = 1
    test: str = ""
    """The test its score is the value of; empty where the answers make no score."""
    title: str
    say: str
    """One line over the items, with whom they are from."""
    items: tuple[Item, ...] = ()
    items_from: Literal["file", "patient", "stand_symptoms"] = "file"
    """`patient`: activities in the patient's own words; `stand_symptoms`: those of the stand test."""
    highest: int = 1
    """Of the answer to an item that does not stand in the file."""
    fewest: int = 0
    most: int = 0
    """How many activities the patient names."""
    sides: Literal["one", "pre_post"] = "one"
    score: Literal["none", "sum", "mean"]
    item_change: Decimal | None = None
    """From this difference on a single item has really changed; more is better."""
    basis: tuple[Basis, ...]
    licence: str
    """Why its items may be printed."""
    sources: tuple[str, ...]


# -- figures -------------------------------------------------------------------------------------------------------

Pair = tuple[float, float]
"""Near and far limb in a side view; screen-right (the patient's left) and screen-left in a front view."""


class Posture(Fact, frozen=True, kw_only=True):
    """One keyframe: joint angles in degrees, 0 = anatomical neutral; lengths in body heights."""

    trunk: float = 0.0
    spine: float = 0.0
    neck: float = 0.0
    head_shift: float = 0.0
    shoulder: Pair = (0.0, 0.0)
    elbow: Pair = (0.0, 0.0)
    hip: Pair = (0.0, 0.0)
    knee: Pair = (0.0, 0.0)
    ankle: Pair = (0.0, 0.0)
    foot: Pair = (0.0, 0.0)
    trunk_scale: float = 1.0
    thigh_scale: Pair = (1.0, 1.0)
    shin_scale: Pair = (1.0, 1.0)
    upper_arm_scale: Pair = (1.0, 1.0)
    forearm_scale: Pair = (1.0, 1.0)
    hip_width: float = 1.0
    shoulder_width: float = 1.0
    pelvis_wedge: float = 0.0
    pelvis_yaw: float = 0.0
    shoulder_yaw: float = 0.0
    head_yaw: float = 0.0
    palms_flat: bool = False
    anchor: tuple[str, str] | None = None
    """The point that rests on a surface: ("pelvis", "mat"), ("near_foot", "floor") ..."""


class Arrow(Fact, frozen=True, kw_only=True):
    """How the body moves from start to finish."""

    kind: str
    at: str = ""
    label: str = ""


class Angle(Fact, frozen=True, kw_only=True):
    """The angle a test measures, marked on its figure at `vertex`, from `arm` to `to`.

    Both are joints, or "vertical" or "horizontal".
    """

    vertex: str
    arm: str
    to: str


class Pose(Fact, frozen=True, kw_only=True):
    """What is drawn: a start and, where the body moves, a finish."""

    view: View
    plan: bool = False
    """A side or front figure as seen from above, on a mat, without a floor line."""
    start: Posture = Posture()
    finish: Posture | None = None
    props: tuple[str, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    angle: Angle | None = None


# -- exercises -----------------------------------------------------------------------------------------------------


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


class Ladder(Fact, frozen=True, kw_only=True):
    """Cards of a finding from easier to harder, each column in order of preference."""

    easier: tuple[str, ...]
    default: tuple[str, ...]
    harder: tuple[str, ...]


class FindingRule(Fact, frozen=True, kw_only=True):
    """What raises a finding and what answers it."""

    code: str
    name: str
    plain: str
    """For the patient: "your hip turns in less than usual"."""
    rule: str
    """The Python function in plans/raising.py that decides: "classes", "tilt_above", "stage" ..."""
    tests: tuple[str, ...] = ()
    ladder: Ladder | None = None
    companions: tuple[str, ...] = ()
    retest_weeks: int = 4


class Precaution(Fact, frozen=True, kw_only=True):
    """A block code and the intake question that sets it."""

    code: str
    name: str
    ask: str
    """Empty where the screen sets it, never the intake."""
    means: str


class Kit(Fact, frozen=True, kw_only=True):
    """Something a patient may have at home."""

    id: str
    name: str
    always: bool = False


# -- red flags and the stand test ------------------------------------------------------------------------------------


class RedFlag(Fact, frozen=True, kw_only=True):
    """One screening question."""

    id: str
    group: str
    ask: str
    level: int
    """The level it gives alone, 0 to 3."""
    sets: tuple[str, ...] = ()
    """Block codes a yes sets."""
    unknown_is_yes: bool = False
    source: str


class FlagPair(Fact, frozen=True, kw_only=True):
    """Two answers that together give a level."""

    both: tuple[str, str]
    level: int


class FlagGroup(Fact, frozen=True, kw_only=True):
    """Questions asked together, with one key for "none of these"."""

    id: str
    title: str


class FlagAction(Fact, frozen=True, kw_only=True):
    """What a level asks for."""

    level: int
    name: str
    do: str
    letter: str


class Vital(Fact, frozen=True, kw_only=True):
    """A vital sign that can be measured between the tests, a whole number."""

    id: str
    name: str
    unit: str
    lowest: int
    highest: int
    """Anything outside these is a slip of the hand."""


class VitalRule(Fact, frozen=True, kw_only=True):
    """What a vital sign asks for, from one border on. Of the rules of a sign the first that fits speaks."""

    vital: str
    at_least: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    """One of the three."""
    stop: bool = False
    """The screen stops."""
    answers: tuple[str, ...] = ()
    """The red-flag questions this value speaks to; the therapist answers them."""
    source: str
    basis: Basis


class RedFlags(Fact, frozen=True, kw_only=True):
    """The whole red-flag screen, in the order it is asked."""

    groups: tuple[FlagGroup, ...]
    flags: tuple[RedFlag, ...]
    pairs: tuple[FlagPair, ...]
    actions: tuple[FlagAction, ...]
    stops: dict[str, Threshold] = {}
    """From what pain and dizziness on a test is stopped."""
    vitals: tuple[Vital, ...] = ()
    vital_rules: tuple[VitalRule, ...] = ()


class Contraindication(Fact, frozen=True, kw_only=True):
    """A reason not to start the stand test: absolute refuses, relative needs a reason."""

    id: str
    text: str
    absolute: bool
    measured: bool = False
    """Follows from age or the values measured lying; never asked."""
    source: str


class Threshold(Fact, frozen=True, kw_only=True):
    """One number of the stand test, or one that stops another test, with its source."""

    value: Decimal
    source: str
    basis: Basis


class Window(Fact, frozen=True, kw_only=True):
    """A stretch of minutes that needs a row with heart rate and both pressures before a test is complete."""

    first: int
    last: int
    source: str
    basis: Basis


class Pattern(Fact, frozen=True, kw_only=True):
    """A label of the stand test in careful words."""

    label: str
    name: str
    say: str
    plain: str
    refer: str = ""


class StandProtocol(Fact, frozen=True, kw_only=True):
    """The stand test: contraindications, stop rules, criteria, labels, symptoms."""

    thresholds: dict[str, Threshold]
    windows: tuple[Window, ...]
    contraindications: tuple[Contraindication, ...]
    override_reasons: tuple[str, ...]
    stop_reasons: tuple[str, ...]
    faint_card: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    screened: Pattern | None = None
    """The words for a 3-minute pressure screen in which no criterion was met."""
    tags: dict[str, str]
    symptoms: tuple[str, ...]
    medications: dict[str, str]
    """Rate-limiting drugs: id to name."""
    confounders: dict[str, str]


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
