"""One visit as values: what was asked, measured and agreed. The screens, `interpret` and `import` all build this.

Everything the instrument concludes is `assessment.assess(case, library)`.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

import msgspec

from protocols.model import Dose, Sex, Side

Absent = Literal["not_tested", "pain", "refused", "contraindicated"]
Stop = Literal["pain", "limb", "dizzy", "faint", "asked"]
"""Why a test was stopped on the way (musculoskeletal G5)."""
WayOfStanding = Literal["lean", "active_stand"]
"""The protocol of a stand test. Tests of different protocols are never compared."""


class Patient(msgspec.Struct, frozen=True, kw_only=True):
    """Who is graded. `birth_date` wins over `age`."""

    sex: Sex
    birth_date: dt.date | None = None
    age: int | None = None

    def age_on(self, day: dt.date) -> int:
        """Completed years; someone born on 29 February is a year older on 1 March."""
        if self.birth_date is None:
            if self.age is None:
                raise ValueError("a patient has an age or a birth date")
            return self.age
        birthday_passed = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (0 if birthday_passed else 1)


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one item of a questionnaire: yes or no, or a number."""

    value: Decimal | bool | None = None
    words: str = ""
    """Of an activity: what the patient calls it. It may be named and not rated yet."""


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken on one side of a test: a value, its trials, or why there is none."""

    value: Decimal | str | None = None
    trials: tuple[Decimal, ...] = ()
    pain: Decimal | None = None
    """NPRS at end range, 0-10."""
    compensated: bool = False
    familiar: bool = False
    """"This is my pain"."""
    absent: Absent | None = None
    stopped: Stop | None = None
    """The test was stopped on this side: what was read until then is kept, and counts for nothing."""
    note: str = ""
    items: dict[str, Answered] = {}
    """Answers to the items of a questionnaire, by key. The value is their score, or a total that was typed."""


Entry = dict[Side, Taken]
"""One test as taken: left and right, or value, or pre and post."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One standing reading. `minute` is the scheduled minute, `second` the real one since standing."""

    minute: int
    hr: Decimal | None = None
    sbp: Decimal | None = None
    dbp: Decimal | None = None
    symptoms: int | None = None
    second: int | None = None
    gap: bool = False
    """The clock jumped (laptop asleep) before this reading."""


class Supine(msgspec.Struct, frozen=True, kw_only=True):
    """One lying reading."""

    hr: Decimal | None = None
    sbp: Decimal | None = None
    dbp: Decimal | None = None


class BeatToBeat(msgspec.Struct, frozen=True, kw_only=True):
    """The first seconds of standing from a beat-to-beat device."""

    nadir_sbp: Decimal
    nadir_dbp: Decimal
    nadir_s: Decimal
    recovered_s: Decimal


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """The stand test as taken."""

    protocol: WayOfStanding = "lean"
    screen: bool = False
    """A 3-minute pressure screen in place of the test: a fall of pressure is seen, the stage is not."""
    supine: tuple[Supine, ...] = ()
    standing: tuple[Reading, ...] = ()
    upright_symptoms: bool | None = None
    peak_symptoms: int | None = None
    presyncope: bool = False
    syncope: bool = False
    chest_pain: bool = False
    neuro_sign: bool = False
    symptom_months: Decimal | None = None
    medications: tuple[str, ...] = ()
    confounders: tuple[str, ...] = ()
    pain_start: Decimal | None = None
    pain_end: Decimal | None = None
    stopped_min: Decimal | None = None
    dizzy_first_30s: bool = False
    spo2: Decimal | None = None
    """Oxygen while standing, percent: the last reading."""
    beat_to_beat: BeatToBeat | None = None

    @property
    def tested(self) -> bool:
        """Whether standing was tested: there is a reading or a stop, and it was no pressure screen."""
        return not self.screen and (bool(self.standing) or self.stopped_min is not None)


class Previous(msgspec.Struct, frozen=True, kw_only=True):
    """The last visit's values, for the change since then."""

    date: dt.date
    same_rater: bool = False
    same_device: bool = True
    same_position: bool = True
    other_device: frozenset[str] = frozenset()
    """Tests that were measured with another device then, where both devices are on record."""
    tests: dict[str, Entry]
    protocol: WayOfStanding | None = None
    standing: Stand | None = None
    """The last stand test; its computed values and its protocol are compared."""


class Clearance(msgspec.Struct, frozen=True, kw_only=True):
    """Medical clearance for a stage plan."""

    by: str
    date: dt.date


class ConcernSet(msgspec.Struct, frozen=True, kw_only=True):
    """The level of concern as the clinician set it: raised freely, lowered with a reason and a name."""

    to: int
    was: int
    """The level in force until then."""
    by: str
    why: str = ""
    yes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    """The red flags as they were answered then: a lower level covers these and no later answer."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """One card of a plan as a therapist wants it: kept, added or changed by hand."""

    card: str
    dose: Dose | None = None
    """None is the card's own."""
    side: Literal["left", "right", "both"] | None = None
    forced: str = ""
    """Why it is given although it is barred, in the therapist's words; "" where nothing bars it."""


class Practice(msgspec.Struct, frozen=True, kw_only=True):
    """How one card of the last plan went at home; None where nobody asked."""

    done: int | None = None
    """Of ten planned times, so many were ticked: 0 to 10."""
    pain: int | None = None
    """The worst pain with it, NPRS 0-10."""
    spare: bool = False
    """Two sessions in a row with two repetitions to spare."""
    red_days: bool = False
    """Two red days or more: pain above 5, or not settled by the next morning."""


class LastPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The plan the patient took home last, and how it went."""

    date: dt.date
    stage: Literal[1, 2, 3, "none", "unknown"]
    """The standing stage it was made for."""
    stage_since: dt.date | None = None
    """The day from which plans were made for that stage without a break; the day of the plan where it is left out."""
    cards: tuple[Wanted, ...] = ()
    """In the order given; the snacks stand last."""
    because: dict[str, tuple[str, ...]] = {}
    """Card id -> the codes of the findings it was given for."""
    since: dict[str, dt.date] = {}
    """Card id -> the day it was first given, without a break since; the day of the plan where it is left out."""
    practice: dict[str, Practice] = {}
    crash: bool | None = None
    """Whether effort was followed by a crash of more than a day."""
    stand: Stand | None = None
    """The newest earlier stand test, of the protocol of today's where there is one."""
    first: dict[dt.date, Previous] = {}
    """The visits in which cards were first given, by day: the measures to judge those cards by after their time."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One visit. Everything but the patient and the day may be left out."""

    patient: Patient
    date: dt.date
    red_flags: tuple[str, ...] = ()
    red_flags_unknown: tuple[str, ...] = ()
    concern_set: ConcernSet | None = None
    precautions: tuple[str, ...] = ()
    reported: dict[str, int] = {}
    main_problem: str | None = None
    kit: tuple[str, ...] | None = None
    minutes: int = 10
    medical_clearance: Clearance | None = None
    pem: bool = False
    dizziness_cleared: bool = False
    taught: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    tests: dict[str, Entry] = {}
    standing: Stand | None = None
    upright: Entry = {}
    """Symptoms rated before (`pre`) and after (`post`) standing: items only, never graded."""
    vitals: dict[str, Decimal] = {}
    """Vital signs measured between the tests, by sign (`RedFlags.vitals`): the last reading of each."""
    previous: Previous | None = None
    last_plan: LastPlan | None = None
    by_hand: tuple[Wanted, ...] | None = None
    """The plan as the therapist wants it; None leaves it to the rules."""
