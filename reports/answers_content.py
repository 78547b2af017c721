"""What was answered to the items of questionnaires, as lines of the clinician's report."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from protocols import questionnaires as judge
from protocols.case import Answered, Entry
from protocols.grading import plain_number
from protocols.model import Item, Library, Questionnaire, Side
from protocols.questionnaires import BEIGHTON
from reports.content import Subject
from reports.wording import clean

MOMENTS: dict[Side, str] = {"pre": "before", "post": "after"}


def answers_told(subject: Subject, library: Library) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The title of each questionnaire that was answered item by item, with its lines."""
    told = ((one.title, tuple(_lines(one, subject, library))) for one in library.questionnaires.values())
    return tuple((title, rows) for title, rows in told if rows)


def _lines(one: Questionnaire, subject: Subject, library: Library) -> Iterator[str]:
    entry = subject.case.tests.get(one.test, {}) if one.test else subject.case.upright
    if not any(taken.items for taken in entry.values()):
        return
    if one.sides == "pre_post":
        yield from _twice(one, entry, subject, library)
        return
    answers = entry["value"].items
    items = judge.asked(one, library, subject.age, answers)
    yield from _numbers(one, items, answers, _earlier(one, subject))
    yield from _ticks(items, answers)
    yield from _hypermobility(one, entry, subject)
    score, value = judge.score(one, items, answers), entry["value"].value
    if score is not None and isinstance(value, Decimal) and value != score:
        yield f"The total {plain_number(value)} was typed; these answers make {plain_number(score)}."


def _numbers(one: Questionnaire, items: tuple[Item, ...], answers: judge.Answers, then: judge.Answers) -> Iterator[str]:
    """ "Climb stairs: 4 of 10, last 1, improved"."""
    for item in items:
        now = answers.get(item.key, Answered())
        if item.answer == "number" and now.value is not None:
            before = then.get(item.key, Answered())
            if one.score == "sum" and not now.value and not before.value:
                continue  # a complaint that never comes
            last = f"last {_plain(before)}" if before.value is not None else ""
            said = judge.item_change(one, before, now)
            yield ", ".join(p for p in (f"{clean(item.ask)}: {_plain(now)} of {item.highest}", last, said) if p)


def _ticks(items: tuple[Item, ...], answers: judge.Answers) -> Iterator[str]:
    """Every yes in full, and how many were answered no; those beside the score apart."""
    for scored, beside in ((True, ""), (False, " beside the score")):
        asked = [i for i in items if i.answer == "yes_no" and i.scored is scored and i.key in answers]
        yield from (f"Yes{beside}: {item.ask}" for item in asked if answers[item.key].value is True)
        no = sum(1 for item in asked if answers[item.key].value is False)
        if no:
            yield f"No to {no} of {len(asked)}{beside}."


def _twice(one: Questionnaire, entry: Entry, subject: Subject, library: Library) -> Iterator[str]:
    """ "Nausea: 0 before, 4 after", where it is not nothing."""
    for item in judge.asked(one, library, subject.age):
        given = [(entry[side].items.get(item.key), word) for side, word in MOMENTS.items() if side in entry]
        rated = [(answered, word) for answered, word in given if answered is not None]
        if any(answered.value for answered, _ in rated):
            yield f"{item.ask}: {', '.join(f'{_plain(answered)} {word}' for answered, word in rated)}"


def _hypermobility(one: Questionnaire, entry: Entry, subject: Subject) -> Iterator[str]:
    value = entry["value"].value
    if one.test != BEIGHTON or not isinstance(value, Decimal):
        return
    answers = entry["value"].items
    met = "met" if judge.hypermobile(value, subject.age, answers) else "not met"
    line = judge.hypermobility_line(subject.age, answers)
    yield f"Line for general joint hypermobility at this age {line} (2017 hEDS criteria): {met}."


def _earlier(one: Questionnaire, subject: Subject) -> judge.Answers:
    previous = subject.case.previous
    entry = previous.tests.get(one.test, {}) if previous is not None else {}
    return entry["value"].items if "value" in entry else {}


def _plain(answered: Answered) -> str:
    return "" if answered.value is None or isinstance(answered.value, bool) else plain_number(answered.value)
