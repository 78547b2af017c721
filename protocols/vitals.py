"""Vital signs measured between the tests: what was typed, when the screen stops, which red-flag questions they answer.

Nothing here raises the level of concern: the red flags own it. While the patient stands in the stand test its own
alerts hold (stand/alerts.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from protocols.entry import Refusal
from protocols.grades.words import plain_number
from protocols.model import Basis, RedFlag, RedFlags, Vital, VitalRule

Vitals = Mapping[str, Decimal]
"""By sign: hr, sbp, dbp, spo2, rr."""
STOPPING_LEVEL: Final = 2
"""The level of concern that stops the tests; its words say what to do (musculoskeletal G1)."""


class Sign(NamedTuple):
    """One value that asks for something."""

    vital: str
    words: str
    """ "Heart rate 176 bpm"."""
    stop: bool
    answers: tuple[str, ...]
    source: str
    basis: Basis


def read(vital: Vital, text: str, measured: Vitals) -> Decimal | Refusal:
    """The whole number that was typed, or why it cannot be one; `measured` holds the other signs."""
    shown = f"{vital.name} {text.strip()}"
    if not (text.isascii() and text.isdecimal() and vital.lowest <= int(text) <= vital.highest):
        return Refusal(f"{shown} is not possible: {vital.lowest} to {vital.highest}. Type it again.")
    value = Decimal(text)
    upper, lower = ({**measured, vital.id: value}.get(sign) for sign in ("sbp", "dbp"))
    if vital.id == "dbp" and upper is not None and lower is not None and lower >= upper:
        return Refusal(f"{shown} is not below systolic {plain_number(upper)}. Type it again.")
    return value


def signs(vitals: Vitals, red_flags: RedFlags) -> tuple[Sign, ...]:
    """What the values ask for, those that stop the screen first."""
    found = [_sign(vital, vitals[vital.id], red_flags) for vital in red_flags.vitals if vital.id in vitals]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: not one.stop))


def asked_of(vitals: Vitals, red_flags: RedFlags) -> tuple[RedFlag, ...]:
    """The red-flag questions these values speak to; of two pressures the graver asks."""
    found = signs(vitals, red_flags)
    gravest = [one for one in found if one.stop and one.answers] or [one for one in found if one.answers]
    wanted = {answer for one in gravest for answer in one.answers}
    return tuple(flag for flag in red_flags.flags if flag.id in wanted)


def stop_words(vitals: Vitals, red_flags: RedFlags) -> str:
    """ "Stop physical tests: heart rate 176 bpm", in the words of the level that stops them; "" where nothing does."""
    stops = [one.words for one in signs(vitals, red_flags) if one.stop]
    if not stops:
        return ""
    first, _, _ = what_to_do(red_flags).partition(". ")
    return f"{first}: {', '.join(words[0].lower() + words[1:] for words in stops)}"


def what_to_do(red_flags: RedFlags) -> str:
    """What the level that stops the tests asks for, in full."""
    return next((one.do for one in red_flags.actions if one.level == STOPPING_LEVEL), "Stop physical tests.")


def _sign(vital: Vital, value: Decimal, red_flags: RedFlags) -> Sign | None:
    rules = (rule for rule in red_flags.vital_rules if rule.vital == vital.id)
    rule = next((rule for rule in rules if _fits(rule, value)), None)
    if rule is None:
        return None
    words = f"{vital.name} {plain_number(value)} {vital.unit}"
    return Sign(vital.id, words, rule.stop, rule.answers, rule.source, rule.basis)


def _fits(rule: VitalRule, value: Decimal) -> bool:
    return (
        (rule.at_least is not None and value >= rule.at_least)
        or (rule.above is not None and value > rule.above)
        or (rule.below is not None and value < rule.below)
    )
