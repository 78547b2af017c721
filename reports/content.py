"""What a document is about, and for whom it is made. The words themselves stand in the modules beside this one."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

import msgspec

from protocols.assessment import Assessment
from protocols.case import Case
from protocols.model import Library
from protocols.teaching import CHECK_IN_WEEKS, weeks_after
from protocols.visit import PatientDetails
from reports.blocks import Logo

Paper = Literal["a4", "letter"]
Size = Literal[14, 16, 18]
Identity = Literal["full", "first", "code"]
Tick = Literal["consent", "chaperone", "copy_to"]

PAPERS: Final[tuple[Paper, ...]] = ("a4", "letter")
SIZES: Final[tuple[Size, ...]] = (14, 16, 18)
IDENTITIES: Final[tuple[Identity, ...]] = ("full", "first", "code")
TICKS: Final[tuple[Tick, ...]] = ("consent", "chaperone", "copy_to")


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One visit, as a document tells of it."""

    patient: PatientDetails
    case: Case
    assessment: Assessment
    clinician: str
    clinic: str = ""
    phone: str = ""
    """Whom the patient calls with a question; "" leaves a blank to fill in."""
    logo: Logo | None = None
    """The clinic's sign, ready to print."""
    started: dt.datetime
    number: int = 1
    """1 for the patient's first visit."""
    retest: dt.date | None = None
    """The day agreed for the re-test; left out, it follows from the findings worked on."""

    check_in: dt.date | None = None
    """The day agreed for the check-in; left out, the usual one."""

    practised: dict[str, int] = {}
    """Card id -> the cues the patient needed to show it; a card that is not here was not shown yet."""

    skipped: dict[str, str] = {}
    """Test id -> why it was left out of the route for this patient; "@stand" is the stand test."""

    read_with: dict[str, tuple[str, ...]] = {}
    """Test id -> the names of the devices it was read with, where any is on record; the stand test's cuff stands at
    `protocols.devices.READ_WITH_CUFF`."""

    ticks: tuple[Tick, ...] = ()
    """What was ticked at the start: agreed to the assessment, chaperone offered, a copy may go to the doctor."""

    @property
    def day(self) -> dt.date:
        return self.started.date()

    @property
    def age(self) -> int:
        """Completed years on the day of the visit."""
        return self.case.patient.age_on(self.case.date)


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a document is printed."""

    paper: Paper = "a4"
    size: Size = 14
    """Of the patient's type in points; the report and the letter follow in proportion."""
    identity: Identity = "full"


def planned_check_in(subject: Subject) -> dt.date | None:
    """The day agreed, else the usual one where there are exercises to look at; None where there are none."""
    if subject.check_in is not None or not subject.assessment.plan.exercises:
        return subject.check_in
    return weeks_after(subject.day, CHECK_IN_WEEKS)


def planned_retest(subject: Subject, library: Library) -> dt.date | None:
    """The day agreed, else the earliest re-test of the findings the plan works on; None where there is none."""
    if subject.retest is not None:
        return subject.retest
    plan = subject.assessment.plan
    codes = {code for given in plan.exercises for code in given.because if code in library.findings}
    weeks = [library.findings[code].retest_weeks for code in codes]
    return weeks_after(subject.day, min(weeks)) if weeks else None
