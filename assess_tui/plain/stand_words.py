"""What is read aloud of the stand test: each part as it opens, its question, the readings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from assess_tui.clock import minutes_seconds
from assess_tui.entry.intake import held
from assess_tui.entry.stand.after import Interrupted
from assess_tui.entry.stand.before import Questions
from assess_tui.entry.stand.flow import StandEntry
from assess_tui.entry.stand.pages import against, at, count
from assess_tui.entry.stand.row import NAMES, Row
from assess_tui.entry.stand.texts import BLOCKED, LIE, POSTURE, STAGES, UP, facts
from assess_tui.keyboard.words import with_keys
from assess_tui.plain.talk import sentence, spoken, up_to
from protocols.grading import plain_number
from protocols.standing import PLAUSIBLE, pattern_of, pressure_so_far, rest_left, so_far

ASKS: Final = {
    "refused": "Enter leaves it out with this reason, b goes back to the answers?",
    "rest": "Enter begins the lying readings, f4 goes to the questions meanwhile?",
    "up": "Enter when both feet are on the floor: the clock starts; r one more lying reading?",
    "interrupted": "1 repeats the test, 2 counts it as ended as it was?",
    "upright": "y or n?",
    "result": "Enter goes on to the tests, r does the test again, e the evidence?",
    "left_out": "Enter goes on to the tests, r does it after all?",
}
AGAIN: Final = {"rest": "Enter begins the readings?"}
"""Questions that are shorter where they are asked again."""
LAST: Final = {"supine": "dbp", "minute": "symptoms", "recovery": "dbp"}
"""The last cell of each kind of row."""


def rest_left_s(entry: StandEntry) -> tuple[float, float]:
    """Seconds to the least and to the full rest."""
    return rest_left(entry.live.run, entry.live.seconds, entry.session.library.stand)


# -- a part as it opens ------------------------------------------------------------------------------------------------


def opening(entry: StandEntry) -> Iterator[str]:
    """Said once when the part, or a page of it, opens."""
    part, session = entry.part, entry.session
    if isinstance(part, Questions):
        yield from _page(part)
    elif part.id == "refused":
        yield "The stand test cannot be done today."
        yield from (f"{reason}." for reason in against(session).absolute)
    elif part.id == "override":
        yield "This speaks against standing today."
        yield from (f"{reason}." for reason in against(session).relative)
        yield from (f"{n}. {reason}." for n, reason in enumerate(session.library.stand.override_reasons, 1))
    elif part.id == "up":
        posture = POSTURE[session.visit.value(at("protocol"), "lean")]
        yield "Ready to stand."
        yield posture.format(cm=session.library.stand.thresholds["heel_distance_cm"].value)
        yield from UP
    elif isinstance(part, Interrupted):
        yield f"The test has no end yet and cannot go on after a pause. The last reading is minute {part.minute}."
    elif part.id == "result":
        yield from result(entry)
    elif part.id == "left_out":
        yield f"The stand test is left out of this visit: {session.visit.value(at('not_done'), '')}."
    else:
        yield _OPENS.get(part.id, "")


_OPENS: Final = {
    "rest": "The rest has begun: flat on the back, one pillow, quiet. Questions and ratings only, no limb is tested.",
    "lying": "Lying readings, a minute apart, until the last two agree.",
    "oxygen": "Oxygen, where an oximeter is at hand.",
    "standing": "The clock runs. Say: stay still, no talking. Ask: light-headed? vision? nausea? s stops at any time.",
    "upright": "Lying again: were symptoms worse standing and better lying?",
    "recovery": "Lying again: a reading or two, if you like.",
}


def _page(part: Questions) -> Iterator[str]:
    page = part.page
    yield sentence(f"Stand test, page {part.index + 1} of {len(part.pages)}: {page.title}")
    if page.kind == "plain":
        yield from LIE
    for number, choice in enumerate(page.choices, 1):
        ticked = page.kind == "ticks" and held(part.session, choice)
        yield f"{number}. {choice.text}.{' Yes.' if ticked else ''}"


def result(entry: StandEntry) -> Iterator[str]:
    """Pattern, what to do next, facts, stage."""
    session = entry.session
    verdict, stand = session.assessment().verdict, session.case().standing
    if verdict is None or stand is None:
        yield "There is no result."
        return
    pattern = pattern_of(verdict, session.library.stand)
    yield f"Result of the stand test: {pattern.name}."
    yield spoken(pattern.say)
    yield f"Next: {pattern.refer}" if pattern.refer else ""
    yield from (f"{fact[:1].upper()}{fact[1:]}." for fact in facts(session, verdict))
    if stand.stopped_min is not None:
        when = minutes_seconds(float(round(stand.stopped_min * Decimal(60))))
        reason = session.visit.value(at("stopped"), {}).get("reason") or "no reason given yet; s gives one"
        yield f"Stopped at {when}: {reason}."
    yield STAGES[verdict.stage]
    if stand.syncope or stand.chest_pain or stand.neuro_sign:
        yield with_keys(BLOCKED)


# -- what is asked -----------------------------------------------------------------------------------------------------


def question(entry: StandEntry) -> str:
    """What the part expects now, with its limits."""
    part = entry.part
    if isinstance(part, Questions):
        return _of_page(part)
    if part.id == "override":
        return "Why is it done all the same? A number, o and your words, s leaves the test out, b goes back?"
    if part.digits is not None:
        low, high = part.digits.low, part.digits.high
        return f"{part.digits.name}, {low} to {high}, or {'n' if entry.standing else 'Enter'} without it?"
    if part.id == "standing":
        return _standing(entry)
    if part.row is not None:
        number = part.row.cell.field.rpartition(".")[2]
        lead = "Reading" if part.id == "lying" else "Recovery reading"
        skip = "" if part.id == "lying" or part.row.begun else ", Enter goes on to the result"
        return f"{lead} {number}, {_cell(part.row)}, n is missing{skip}?"
    return ASKS[part.id]


def _of_page(part: Questions) -> str:
    page = part.page
    if page.kind == "plain":
        return "Enter when the patient lies flat: the rest begins?"
    if page.kind == "one":
        proposed = next((n for n, choice in enumerate(page.choices, 1) if choice.value == part.proposed), 1)
        return f"{up_to(len(page.choices))}, Enter takes {proposed}?"
    if page.kind == "ticks":
        ticked = any(held(part.session, choice) for choice in page.choices)
        return f"{up_to(len(page.choices))}, one or more; Enter: none of {'the rest' if ticked else 'these'}?"
    low, high = page.between or (0, 0)
    stored = part.session.visit.value(page.cell) if page.cell is not None else None
    now = f", now {stored}" if stored is not None else ""
    return f"{low} to {high}{now}; {with_keys(page.hint)}?"


def _cell(row: Row) -> str:
    low, high = PLAUSIBLE[row.key]
    return f"{NAMES[row.key].lower()}, {low} to {high}"


def _standing(entry: StandEntry) -> str:
    live = entry.live
    stood = minutes_seconds(live.stood)
    if live.row is None:
        upcoming = live.run.next_reading(live.seconds)
        after = f", next reading in {minutes_seconds(upcoming[1] + 0.999)}" if upcoming else ""
        return f"Standing {stood}{after}. s stops?"
    wanted = "" if live.minute in live.run.due else ", if you like"
    return f"Standing {stood}, minute {live.minute}{wanted}, {_cell(live.row)}, n missing, s stops?"


def due(entry: StandEntry) -> str:
    """That a row has opened; "" where none is."""
    live = entry.live
    if not live.minute:
        return ""
    seconds = live.minute * 60 - live.stood
    when = f"in {int(seconds)} s" if seconds >= 1 else "now"
    what = "full reading" if live.minute in live.run.due else "heart rate, if you like,"
    return f"Standing {minutes_seconds(live.stood)}. Minute {live.minute}, {what} {when}."


# -- readings ----------------------------------------------------------------------------------------------------------


def readings(entry: StandEntry) -> int:
    """How many rows are complete, lying, standing and lying again."""
    session = entry.session
    counted = ((prefix, number) for prefix in LAST for number in range(1, count(session, prefix) + 1))
    return sum(1 for prefix, number in counted if _complete(entry, prefix, number))


def _complete(entry: StandEntry, prefix: str, number: int) -> bool:
    """Whether the last cell of a row was answered; between the full readings it is the heart rate."""
    row = entry.session.visit.value(at(f"{prefix}.{number}"))
    between = prefix == "minute" and number not in entry.live.run.due
    return isinstance(row, dict) and ("hr" if between else LAST[prefix]) in row


def reading(entry: StandEntry, part: str) -> Iterator[str]:
    """The reading just completed, and what all of them say so far."""
    session = entry.session
    if part != "standing":
        prefix = "supine" if part == "lying" else "recovery"
        number = count(session, prefix)
        row = session.visit.value(at(f"{prefix}.{number}"), {})
        yield f"Kept, reading {number}: {_values(row)}."
        return
    latest, protocol = entry.live.latest, session.library.stand
    if latest is None:
        return
    row = session.visit.value(at(f"minute.{latest.minute}"), {})
    yield f"Kept, minute {latest.minute} at {minutes_seconds(float(row.get('second', 0)))}: {_values(row)}."
    yield f"Heart rate: {spoken(so_far(entry.live.stand, session.age, protocol))}."
    if pressure := pressure_so_far(entry.live.stand, session.age, protocol):
        yield f"{spoken(pressure).capitalize()}."


def _values(row: dict[str, Decimal | None]) -> str:
    said = [f"{NAMES[key].lower()} {_value(row[key])}" for key in ("hr", "sbp", "dbp", "symptoms") if key in row]
    return ", ".join(said)


def _value(value: Decimal | None) -> str:
    return "missing" if value is None else plain_number(value)
