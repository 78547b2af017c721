"""Vital signs measured now, one question a sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assess_tui.entry.vitals import VitalsEntry
from assess_tui.plain.talk import spoken
from protocols.grading import plain_number
from protocols.vitals import stop_words, what_to_do

if TYPE_CHECKING:
    from assess_tui.plain.room import Room
    from protocols.model import Vital


def measure(room: Room) -> None:
    """Ask each sign once; Enter passes over it, b leaves the rest. Then what the values ask for."""
    entry = VitalsEntry(room.session)
    if not entry.vitals:
        room.talk.say("The definitions this visit was taken with name no vital signs.")
        return
    with room.talk.over(lambda: _rows(entry)):
        for row, vital in enumerate(entry.vitals):
            entry.row = row
            if not _one(room, entry, vital):
                break
    _asked_for(room, entry)


def _rows(entry: VitalsEntry) -> Iterator[str]:
    """What to do, then what was measured so far."""
    yield "Vital signs, now. Enter passes over one, b leaves the rest."
    for vital in entry.vitals:
        if vital.id in entry.values:
            yield f"{vital.name} {plain_number(entry.values[vital.id])} {vital.unit}."


def _one(room: Room, entry: VitalsEntry, vital: Vital) -> bool:
    """Ask until a number is kept or passed over; False leaves the rest."""
    while True:
        held = f", now {plain_number(entry.values[vital.id])}" if vital.id in entry.values else ""
        typed = room.talk.ask(f"{vital.name}, {vital.unit}, {vital.lowest} to {vital.highest}{held}?")
        if typed.casefold() in ("b", "back"):
            return False
        if not typed:
            return True
        entry.buffer = typed
        told = entry.accept()
        if told.stored:
            room.talk.say(f"{vital.name} {typed} {vital.unit}, kept.")
            return True
        room.said(told.say)


def _asked_for(room: Room, entry: VitalsEntry) -> None:
    if said := stop_words(entry.values, room.library.red_flags):
        room.talk.say(f"{spoken(said)}.", f"Level 2: {what_to_do(room.library.red_flags)}")
        room.talk.say("The level stays as it is until you raise it: in the red flags, f3, +.")
    for place, flag in enumerate(entry.questions()):
        if not entry.said_yes(flag) and room.talk.yes(f"The red flags ask of this pressure: {flag.ask}"):
            room.said(entry.answer(place).say)
