"""A test of the screen: how it is done, how its value is typed and graded, and what stands behind its cuts."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from protocols.model.base import Basis, Fact, SexRow
from protocols.model.figures import Pose

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
Direction = Literal["hi", "lo", "band", "category"]
"""Which way is good: more, less, inside a band, or a named category."""
DeviceKind = Literal["goniometer", "inclinometer", "crom", "cuff", "biofeedback"]
"""What a value is read with: a phone's level is an inclinometer, `crom` a neck goniometer worn on the head, `cuff`
takes blood pressure, `biofeedback` is the air cushion under the body."""


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


class Timing(Fact, frozen=True, kw_only=True):
    """Seconds and beats the steps of a test name; 0 and () where they name none."""

    stop_s: int = 0
    """Counting up, the clock stops here at the latest; counting down, it begins here; so long repetitions count."""
    rest_s: int = 0
    """Rest before the other side."""
    beats: int = 0
    """Beats a minute of the metronome that repetitions follow."""
    breath: tuple[int, ...] = ()
    """Seconds of one breath: in, wait, out, wait."""
    breaths: int = 0
    """How many such breaths."""


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
    timer: Literal["", "up", "down", "count", "breath"] = ""
    """What Space does: times a hold, counts a fixed time down, counts repetitions, paces breaths."""
    timing: Timing = Timing()
    pose: Pose | None = None
