"""Vital signs of the visit on the report and in the letter."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from protocols.assessment import assess
from reports.content import Subject
from reports.documents import letter_document, report_document
from reports.vitals_content import vitals_told
from tests.reports.papers import known, stiff

READ = {"dbp": Decimal(95), "hr": Decimal(176), "sbp": Decimal(184)}
SAID = "Measured between the tests: heart rate 176 bpm, systolic 184 mmHg, diastolic 95 mmHg."


def subject(**told: object) -> Subject:
    about = stiff()
    case = msgspec.structs.replace(about.case, **told)
    return msgspec.structs.replace(about, case=case, assessment=assess(case, known()))


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_they_stand_in_the_order_of_the_signs_and_say_what_stops_the_tests() -> None:
    assert vitals_told(READ, known()) == (
        SAID,
        "At a limit where physical tests are stopped: heart rate 176 bpm, systolic 184 mmHg.",
    )
    assert vitals_told({"spo2": Decimal(98)}, known()) == ("Measured between the tests: oxygen 98 %.",)
    assert vitals_told({}, known()) == ()


def test_the_report_and_the_letter_state_what_was_read() -> None:
    about = subject(vitals=READ, red_flags=("bp_180",))
    assert SAID in one_line(report_document(about, known()).text)
    assert SAID in one_line(letter_document(about, known()).text)
    assert "Measured between the tests" not in report_document(subject(), known()).text
