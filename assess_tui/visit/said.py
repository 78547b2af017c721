"""What undo and redo say of an answer: its place and what it held, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from assess_tui.days import short_day
from protocols.case import Wanted
from protocols.model import Dose, Exercise, Library
from protocols.teaching import CHECK_IN, TEACH_BACK, TeachBack, teach_back
from protocols.visit import FOLLOW, PLAN_CARDS, VITALS, Cell, Measurement, Value, cards_of

SIDES = {"left": "left side first", "right": "right side first", "both": "both sides", None: "the side that needs it"}
ASKED_WORDS = {"spare": "to spare", "red": "red days", "crash": "crash after effort"}
FLAGS, STAND = "@flags", "@stand"
SIDE_WORDS = {"left": "left", "right": "right", "pre": "before", "post": "after", "value": ""}
"""A side of a test in a sentence; a test with one value has none."""
RULES = "the plan of the rules"
INTAKE = ("@consent", "@intake")
INTAKE_WORDS = {
    "consent": "the patient agrees",
    "chaperone": "a chaperone was offered",
    "copy_to": "a copy may go to the doctor",
    "main_problem": "what brings the patient",
    "reported": "how much it troubles",
    "kit": "at home",
    "visit_minutes": "minutes of this visit",
    "precautions_asked": "precautions asked",
    "minutes": "minutes a day",
    "dizziness_cleared": "other causes of dizziness considered",
    "clearance": "cleared by a doctor",
    "agreed": "agreed with the doctor",
    "taught": "taught in clinic",
    "extended": "tests added",
}
"""Cells of the intake whose name alone would not say what was asked."""
STAND_WORDS = {
    "contraindications": "what speaks against the stand test",
    "confounders": "other causes today",
    "medications": "medicines today",
    "symptom_months": "months with symptoms",
    "pain_start": "back pain before standing",
    "pain_end": "back pain after standing",
}
"""Cells of the stand test whose name alone would not say what was asked."""
READING_WORDS = {"hr": "heart rate", "sbp": "systolic", "dbp": "diastolic", "spo2": "oxygen"}
UNSAID = ("second", "gap")
"""What is stored beside a reading."""


def change_words(library: Library, cell: Cell, was: Measurement | None, now: Measurement | None) -> str:
    """For example "Hip turn-in, left, trial 1: 24 -> empty"."""
    if cell == PLAN_CARDS:
        return _plan_words(library, was, now)
    if cell == CHECK_IN:
        return f"Check-in: {_day(was)} -> {_day(now)}"
    if cell.test == TEACH_BACK:
        before, after = (taught_words(teach_back(_held_value(row))) for row in (was, now))
        return f"{_name(library, cell.field)}: {before} -> {after}"
    place, pair = place_words(library, cell), (was, now)
    before, after = _reading_change(*pair) or (answer_words(library, cell, row) for row in pair)
    if was is not None and now is not None and before == after and was.note != now.note:
        return f"{place}, note: {was.note or 'empty'} -> {now.note or 'empty'}"
    return f"{place}: {before} -> {after}"


def _reading_change(was: Measurement | None, now: Measurement | None) -> tuple[str, str] | None:
    """Of a reading of the stand test only the values that differ; None where it is none."""
    old, new = (value if isinstance(value := _held_value(row), dict) else {} for row in (was, now))
    if {row.cell.test for row in (was, now) if row is not None} != {STAND} or not (old or new):
        return None
    names = [name for name in {**old, **new} if name not in UNSAID and old.get(name, "") != new.get(name, "")]

    def words(held: dict[str, Value]) -> str:
        return ", ".join(f"{READING_WORDS.get(name, name)} {_plainly(held[name])}" for name in names if name in held)

    return words(old) or "empty", words(new) or "empty"


def place_words(library: Library, cell: Cell) -> str:
    """For example "Hip turn-in, left, trial 1"."""
    if cell.test == FOLLOW:
        asked, _, card = cell.field.partition(".")
        of = f", {_name(library, card)}" if card else ""
        return f"Follow-up{of}, {ASKED_WORDS.get(asked, asked)}"
    if cell.test == VITALS:
        return _sign(library, cell.field)
    if cell.test == FLAGS:
        return _question(library, cell.field)
    if cell.test in INTAKE and cell.field in INTAKE_WORDS:
        return INTAKE_WORDS[cell.field]
    if cell.test == STAND:
        return STAND_WORDS.get(cell.field, cell.field.replace("supine", "lying").replace("_", " ").replace(".", " "))
    test = library.tests.get(cell.test)
    parts = (test.name if test else "", SIDE_WORDS[cell.side], "" if cell.field == "value" else cell.field)
    return ", ".join(part.replace("_", " ").replace(".", " ") for part in parts if part)


def _question(library: Library, flag: str) -> str:
    """A red-flag question by its group and number there, as its page shows them: the question itself fills lines."""
    asked = next((one for one in library.red_flags.flags if one.id == flag), None)
    if asked is None:
        return flag
    together = [one.id for one in library.red_flags.flags if one.group == asked.group]
    group = next(one.title for one in library.red_flags.groups if one.id == asked.group)
    return f"{group}, question {together.index(flag) + 1}"


def _sign(library: Library, sign: str) -> str:
    return next((vital.name for vital in library.red_flags.vitals if vital.id == sign), sign)


def taught_words(taught: TeachBack) -> str:
    """What teach-back says of a card: "showed, 2 cues"."""
    if not taught.showed:
        return "not yet practised"
    return f"showed, {taught.cues or 'no'} cue{'' if taught.cues == 1 else 's'}"


def plan_change(library: Library, was: tuple[Wanted, ...], now: tuple[Wanted, ...]) -> str:
    """What differs between two plans, by the names of their cards; "" where nothing does."""
    before, after = ({card.card: card for card in cards} for cards in (was, now))
    gone = [_name(library, card) for card in before if card not in after]
    come = [_name(library, card) for card in after if card not in before]
    kept = [card for card in after if card in before]
    said = [_exchanged(gone, come)] if gone or come else []
    said += [words for card in kept for words in _card_change(library, before[card], after[card])]
    moved = next(
        ((new, old) for new, old in zip(kept, (c for c in before if c in after), strict=True) if new != old), None
    )
    if moved and not said:
        said = [f"{_name(library, moved[0])} before {_name(library, moved[1])}"]
    return "; ".join(said)


def number_names(card: Exercise) -> dict[str, str]:
    """The numbers of a card's dose: field of `Dose` -> what it is called."""
    counted = "breaths" if card.dose_unit == "breaths" else "times"
    return {"sets": "rounds", "reps": counted, "sec_per_rep": "seconds each", "rest_s": "seconds rest"}


def _exchanged(gone: list[str], come: list[str]) -> str:
    if gone and come:
        return f"{', '.join(gone)} -> {', '.join(come)}"
    return f"{'added' if come else 'removed'} {', '.join(come or gone)}"


def _card_change(library: Library, was: Wanted, now: Wanted) -> Iterator[str]:
    name, card = _name(library, now.card), library.exercises.get(now.card)
    if card is not None and (numbers := _dose_change(card, was.dose or card.dose, now.dose or card.dose)):
        yield f"{name}: {numbers}"
    if was.side != now.side:
        yield f"{name}: {SIDES[was.side]} -> {SIDES[now.side]}"


def _dose_change(card: Exercise, was: Dose, now: Dose) -> str:
    pairs = ((getattr(was, field), getattr(now, field), name) for field, name in number_names(card).items())
    return ", ".join(f"{old} -> {new} {name}" for old, new, name in pairs if old != new)


def _plan_words(library: Library, was: Measurement | None, now: Measurement | None) -> str:
    """By its cells alone what the rules give is not known; the plan screen compares the plans themselves."""
    before, after = _held_value(was), _held_value(now)
    if before is None or after is None:
        return f"Plan: {RULES if before is None else 'by hand'} -> {RULES if after is None else 'by hand'}"
    return f"Plan: {plan_change(library, cards_of(before), cards_of(after)) or 'as it was'}"


def _name(library: Library, card: str) -> str:
    """Without what stands in brackets, so that two names fit in a line."""
    known = library.exercises.get(card)
    return known.name.partition(" (")[0] if known is not None else card


def _day(row: Measurement | None) -> str:
    held = _held_value(row)
    if not isinstance(held, str):
        return "the usual day"
    return short_day(dt.date.fromisoformat(held))


def _held_value(row: Measurement | None) -> Value:
    return None if row is None else row.value


def held_words(row: Measurement | None) -> str:
    """What a row says, in words; an empty cell too."""
    if row is None or row.withdrawn:
        return "empty"
    if row.absent is not None:
        return row.absent.replace("_", " ")
    return _plainly(row.value)


def answer_words(library: Library, cell: Cell, row: Measurement | None) -> str:
    """As `held_words`; the codes of the intake and the stand test by their names, and its readings by their values."""
    if row is None or row.withdrawn or row.absent is not None:
        return held_words(row)
    value = row.value
    if cell.field == "precautions_asked" and isinstance(value, list):
        return str(len(value))
    if cell.test in INTAKE:
        return _plainly(_named(_intake_names(library), value))
    if cell.test == STAND and isinstance(value, list):
        return _plainly(_named(_stand_names(library), value))
    if cell.test == STAND and isinstance(value, dict):
        shown = {key: held for key, held in value.items() if key not in UNSAID}
        return _plainly(_named(READING_WORDS, shown))
    return held_words(row)


def _intake_names(library: Library) -> dict[str, str]:
    return {
        **{item.code: item.name for item in library.precautions.values()},
        **{item.id: item.name for item in library.kit.values()},
        **{code: finding.name for code, finding in library.findings.items()},
        **{code: card.name for code, card in library.exercises.items()},
        **{code: test.name for code, test in library.tests.items()},
    }


def _stand_names(library: Library) -> dict[str, str]:
    stand = library.stand
    return {**{one.id: one.text for one in stand.contraindications}, **stand.medications, **stand.confounders}


def _named(names: dict[str, str], value: Value) -> Value:
    """The same with each code in it by its name."""
    if isinstance(value, list):
        return [names.get(str(item), item) for item in value]
    if isinstance(value, dict):
        return {names.get(key, key): held for key, held in value.items()}
    return names.get(value, value) if isinstance(value, str) else value


def _plainly(value: Value) -> str:
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_plainly(item) for item in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plainly(item)}" for key, item in value.items()) or "none"
    return str(value)
