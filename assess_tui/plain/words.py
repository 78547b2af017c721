"""Values, limits and grades as they are read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assess_tui.entry.step import WORDS, StepEntry
from assess_tui.plain.timing import OFFERS
from assess_tui.visit.said import SIDE_WORDS
from assess_tui.visit.session import VisitSession
from protocols.grading import STOPS, SideGrade, grade_word, plain_number, reference_words, summarise, with_unit
from protocols.model import Side, Test
from protocols.visit import Cell, entries

SIDES: dict[str, str] = {"left": "Left", "right": "Right", "value": "Value", "pre": "Before", "post": "After"}


def amount(value: Decimal | str, unit: str) -> str:
    """ "24°", "10 cm", "4 of 10"; a category stands alone."""
    return with_unit(value, unit).replace("/10", " of 10")


def limits(test: Test) -> str:
    """ "0 to 60°"; "" where anything may be typed."""
    if test.measure.hard is None:
        return ""
    low, high = test.measure.hard
    return f"{plain_number(low)} to {with_unit(high, test.measure.unit).partition('/10')[0]}"


def last_value(session: VisitSession, test: Test, side: Side) -> str:
    """What the last visit read on this side; "" where it read nothing that counts."""
    previous = session.previous
    entry = entries(previous.cells).get(test.id, {}) if previous is not None else {}
    taken = entry.get(side)
    if taken is None or taken.stopped is not None or (taken.value is None and not taken.trials):
        return ""
    value = summarise(test, taken)
    return amount(value, test.measure.unit) if value is not None else ""


def side_words(session: VisitSession, test: Test, side: Side) -> str:
    """What is on record of one side: "Left: 24°, within, pain 3."; "" where nothing is."""
    absent = session.visit.cells.get(Cell(test.id, side))
    if absent is not None and absent.absent is not None:
        return f"{SIDES[side]}: {', '.join(word for word in (WORDS[absent.absent], absent.note) if word)}."
    taken = entries(session.visit.cells).get(test.id, {}).get(side)
    if taken is None:
        return ""
    value = summarise(test, taken) if taken.value is not None or taken.trials else None
    told = [f"{amount(value, test.measure.unit)}{_trials(taken.trials)}"] if value is not None else []
    told += [_graded(session, test, side)] if value is not None and taken.stopped is None else []
    told += [f"pain {plain_number(taken.pain)}"] if taken.pain is not None else []
    told += ["compensated"] if taken.compensated else []
    told += ["the pain the patient came with"] if taken.familiar else []
    told += [f"stopped, {STOPS[taken.stopped]}"] if taken.stopped is not None else []
    return f"{SIDES[side]}: {', '.join(word for word in told if word)}." if told else ""


def _trials(trials: Sequence[Decimal]) -> str:
    """What several trials read, beside what they give together."""
    *first, last = (plain_number(trial) for trial in trials) if trials else ("",)
    return f" from {', '.join(first)} and {last}" if first else ""


def _graded(session: VisitSession, test: Test, side: Side) -> str:
    """The grade, then the change since the last visit."""
    grade = session.grade(test.id)
    given = grade.sides.get(side) if grade is not None else None
    if not isinstance(given, SideGrade):
        return ""
    word = grade_word(given.grade) if test.kind != "score" and given.grade != "N" else ""
    change = f"{given.change.delta:+f} since the last visit, {given.change.say}" if given.change is not None else ""
    return ", ".join(part for part in (word, change) if part)


def difference(session: VisitSession, test: Test) -> str:
    """How far the sides are apart, and whether that is more than error; "" where they are not compared."""
    grade, limit = session.grade(test.id), test.measure.asymmetry
    if grade is None or not grade.difference:
        return ""
    apart = f"The sides are {amount(grade.difference, test.measure.unit)} apart"
    if limit is None:
        return f"{apart}."
    beyond = "more than" if grade.asymmetry else "within what"
    return f"{apart}, {beyond} error alone gives, {amount(limit, test.measure.unit)}."


def computed(session: VisitSession, test: Test) -> str:
    """A test that is worked out: each side with its grade; "" before its parts are there."""
    grade = session.grade(test.id)
    parts = [
        f"{'' if side == 'value' else f'{side} '}{amount(given.value, test.measure.unit)} {grade_word(given.grade)}"
        for side, given in (grade.sides.items() if grade is not None else ())
        if isinstance(given, SideGrade) and isinstance(given.value, Decimal)
    ]
    return f"{test.name}: {', '.join(parts)}." if parts else ""


def reference(session: VisitSession, test: Test) -> str:
    """ "Reference 22° and up, published." """
    words = reference_words(test, session.patient.sex, session.age)
    if test.kind != "graded" or words.startswith("no"):
        return f"{words.capitalize()}."
    return f"Reference {words}, {test.evidence.basis[0].replace('_', ' ')}."


def question(session: VisitSession, entry: StepEntry) -> str:
    """What the open cell expects: side, trial, limits, what is there, what was there."""
    test, cell = entry.test, entry.cell
    trial = cell.field.removeprefix("trial.") if cell.field != "value" else ""
    held = session.visit.value(cell)
    takes = f"1 to {len(entry.choices)}" if entry.choices else limits(test)
    told = [
        SIDES[cell.side],
        f"trial {trial} of {test.measure.trials}" if trial else "",
        takes,
        f"now {amount(held, test.measure.unit)}" if isinstance(held, Decimal | str) else "",
        f"last visit {last}" if (last := last_value(session, test, entry.side)) else "",
        OFFERS.get(test.timer, "") if held is None and not entry.buffer else "",
        f"Enter keeps {entry.buffer}" if entry.buffer else "",
    ]
    return ", ".join(part for part in told if part) + "?"


def pain_of(side: str) -> str:
    where = f", {word}" if (word := SIDE_WORDS[side]) else ""
    return f"Pain at end range{where}"
