"""The report tells what was answered item by item, and only that."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from protocols.assessment import assess
from protocols.case import Answered, Case, Entry, Previous, Taken
from reports.content import Subject
from reports.documents import report_document
from tests.reports.papers import known, stiff


def told(tests: dict[str, Entry] | None = None, upright: Entry | None = None, before: Entry | None = None) -> str:
    about: Subject = stiff()
    previous = Previous(date=about.case.date, tests=dict.fromkeys(tests or (), before)) if before else None
    case: Case = msgspec.structs.replace(about.case, tests=tests or {}, upright=upright or {}, previous=previous)
    about = msgspec.structs.replace(about, case=case, assessment=assess(case, known()))
    return " ".join(report_document(about, known()).text.split())


def activity(words: str, value: int) -> Answered:
    return Answered(words=words, value=Decimal(value))


def test_activities_stand_with_their_last_rating_and_a_change_of_three() -> None:
    now: Entry = {
        "value": Taken(value=Decimal(5), items={"1": activity("climb <b> & run", 7), "2": activity("sit", 3)})
    }
    then: Entry = {
        "value": Taken(value=Decimal(3), items={"1": activity("climb <b> & run", 4), "2": activity("sit", 2)})
    }
    text = told({"psfs_mean": now}, before=then)
    assert "climb <b> & run: 7 of 10, last 4, improved" in text
    assert "sit: 3 of 10, last 2" in text
    assert "last 2, improved" not in text


def test_every_yes_is_named_the_line_is_told_and_a_typed_total_is_not_hidden() -> None:
    items = {
        item.key: Answered(value="thumb" in item.key or "splits" in item.key)
        for item in known().questionnaires["beighton"].items
    }
    del items["before_puberty"]
    text = told({"beighton": {"value": Taken(value=Decimal(4), items=items)}})
    assert "Yes: Left thumb reaches the forearm" in text
    assert "No to 7 of 9." in text
    assert "Yes beside the score: Now or ever: a thumb bent onto the forearm" in text
    assert "No to 3 of 5 beside the score." in text
    assert "at this age 5 (2017 hEDS criteria): met." in text
    assert "The total 4 was typed; these answers make 2." in text


def test_symptoms_before_and_after_standing_without_those_that_were_nothing() -> None:
    pre, post = ({"1": Answered(value=Decimal(one)), "8": Answered(value=Decimal(0))} for one in (0, 6))
    text = told(upright={"pre": Taken(items=pre), "post": Taken(items=post)})
    assert "light-headed or dizzy: 0 before, 6 after" in text
    assert "nausea" not in text


def test_a_complaint_that_never_comes_is_not_told() -> None:
    items = {"tense": Answered(value=Decimal(3)), "sight": Answered(value=Decimal(0))}
    before: Entry = {"value": Taken(value=Decimal(4), items={"heart": Answered(value=Decimal(4))})}
    items["heart"] = Answered(value=Decimal(0))
    text = told({"nijmegen": {"value": Taken(value=Decimal(3), items=items)}}, before=before)
    assert "Feeling tense: 3 of 4" in text
    assert "The heart pounds or races: 0 of 4, last 4" in text
    assert "Blurred sight" not in text


def test_a_total_alone_tells_no_items() -> None:
    text = told({"noh10": {"value": Taken(value=Decimal(3))}})
    assert known().questionnaires["noh10"].title not in text
