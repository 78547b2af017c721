"""Small words every document shares: days, doses, sides, who it is about. No locale, no clock."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Final

from protocols.cues import hold_seconds
from protocols.knowledge import MONTHS
from protocols.model import Dose, Exercise
from protocols.planning import Given
from protocols.visit import PatientDetails
from reports.content import Identity, Tick

SEVERITIES: Final = {1: "mild", 2: "moderate", 3: "marked"}
SIDES: Final = {"left": "left", "right": "right", "both": "both sides", None: ""}
MINUTE: Final = 60
TURNS: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Unicode's marks that turn the direction of a line."""


def clean(text: str) -> str:
    """What people typed, on one line, without what would steer a terminal or turn the line around."""
    spaced = "".join(" " if char.isspace() else char for char in text)
    return " ".join("".join(char for char in spaced if not _steers(char)).split())


def _steers(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") or unicodedata.bidirectional(char) in TURNS


def day_words(day: dt.date) -> str:
    """ "22 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def count(number: int, noun: str) -> str:
    """ "1 round", "3 rounds"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def time_words(seconds: int) -> str:
    """ "30 seconds", "1 minute", "1 minute 30 seconds", "5 minutes"."""
    minutes, rest = divmod(seconds, MINUTE)
    if minutes == 0 or (minutes == 1 and rest and rest % 30):
        return count(seconds, "second")
    return count(minutes, "minute") + (f" {count(rest, 'second')}" if rest else "")


def sentence(text: str) -> str:
    """With a capital letter and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def consent(ticks: tuple[Tick, ...]) -> str:
    """What the patient agreed to and was offered; what was not ticked is said to be missing."""
    agreed = "agreed to the assessment and its record" if "consent" in ticks else "not recorded"
    chaperone = "chaperone offered" if "chaperone" in ticks else "chaperone not recorded as offered"
    copy = "a copy may go to the doctor" if "copy_to" in ticks else "a copy to the doctor not agreed"
    return sentence("; ".join((agreed, chaperone, copy)))


def person(patient: PatientDetails, identity: Identity) -> str:
    """The patient as chosen for this page; the code is always there to find the record by."""
    names = {"full": patient.name, "first": patient.given_name, "code": ""}
    return " · ".join(part for part in (clean(names[identity]), clean(patient.code)) if part)


# -- cards ---------------------------------------------------------------------------------------------------------


def dose_words(card: Exercise, dose: Dose, side: str | None = None) -> str:
    """ "10 times each side, left side first. 2 rounds, rest 30 seconds between.\""""
    parts = [_amount(card, dose) + _on_sides(dose, side) + _hold(card, dose)]
    if dose.sets > 1:
        rest = f", rest {time_words(dose.rest_s)} between" if dose.rest_s else ""
        parts.append(count(dose.sets, "round") + rest)
    return " ".join(sentence(part) for part in parts)


def change_words(card: Exercise, dose: Dose, other: Dose) -> str:
    """What another dose has that this one has not: "1 round", "5 times", "15 slow breaths", "2 minutes"."""
    if other.sets != dose.sets:
        return count(other.sets, "round")
    if other.reps != dose.reps:
        return count(other.reps, "slow breath") if card.dose_unit == "breaths" else count_of(other.reps)
    if card.dose_unit == "times" and card.hold_s:
        return f"it with a hold of {time_words(hold_seconds(card, other))}"
    return time_words(other.sec_per_rep)


def count_of(reps: int) -> str:
    """ "5 times", "it once"."""
    return f"{reps} times" if reps > 1 else "it once"


def _amount(card: Exercise, dose: Dose) -> str:
    if card.dose_unit == "hold":
        return f"{time_words(dose.sec_per_rep)}" + (f", {dose.reps} times" if dose.reps > 1 else "")
    if card.dose_unit == "breaths":
        return f"{count(dose.reps, 'slow breath')}, about {_about(dose.reps * dose.sec_per_rep)}"
    return f"{dose.reps} times" if dose.reps > 1 else "once"


def _hold(card: Exercise, dose: Dose) -> str:
    held = hold_seconds(card, dose) if card.dose_unit == "times" else 0
    return f", hold {time_words(held)} each time" if held else ""


def _about(seconds: int) -> str:
    return time_words(seconds if seconds < MINUTE else -(-seconds // MINUTE) * MINUTE)


def _on_sides(dose: Dose, side: str | None) -> str:
    if dose.sides == 1:
        return ""
    return " each side" + (f", {side} side first" if side in ("left", "right") else "")


def one_side(given: Given, card: Exercise) -> str:
    """ "left side" where a card with two sides is given for one; else nothing."""
    only = card.dose.sides > 1 and given.dose.sides == 1 and given.side in ("left", "right")
    return f"{given.side} side" if only else ""
