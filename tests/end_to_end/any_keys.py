"""Screens, the way to each, and keys at random on them."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import _character_to_key

from assess_tui.keyboard.keys import KEYS

TYPED = "0123456789.,-/= abcdefghijklmnopqrstuvwxyz²世"
AWAY = {"f10", "ctrl+q"}
ESCAPE, ENTER, STOP, PAGE_DOWN = b"\x1b[27u", b"\r", b"s", b"\x1b[6~"
F = {2: b"\x1bOQ", 3: b"\x1bOR", 4: b"\x1bOS", 5: b"\x1b[15~", 6: b"\x1b[17~", 7: b"\x1b[18~", 8: b"\x1b[19~"}
F9, F10 = b"\x1b[20~", b"\x1b[21~"


class Place(NamedTuple):
    """A screen, and the way to it."""

    screen: str
    keys: tuple[bytes, ...]
    """From home, or from the place where a visit opens."""
    groups: tuple[str, ...]
    """Of the keys in force there."""
    of: str = "visit"
    """What is opened first: nothing, a patient, a visit, a visit after a plan was taken home."""


PLACES = {
    "home": Place("HomeScreen", (), ("home",), ""),
    "exercises": Place("CardsScreen", (F[6],), ("cards", "card_editor"), ""),
    "passphrases": Place("EncryptScreen", (F[7],), ("first_key",), ""),
    "patient": Place("PatientScreen", (), ("patient",)),
    "tests": Place("StepScreen", (F[4],), ("step",)),
    "questionnaire": Place("QuestionnaireScreen", (F[4], b"g", b"psfs", ENTER, b"i"), ("items",)),
    "second rater": Place("SecondScreen", (F[4], b"g", b"in, ly", ENTER, b"b"), ("second",)),
    "stand": Place("StandScreen", (F[5],), ("stand",)),
    "intake": Place("IntakeScreen", (F[2],), ("intake",)),
    "devices": Place("DevicesDialog", (F[2], b"r"), ("devices",)),
    "flags": Place("FlagsScreen", (F[3],), ("flags",)),
    "findings": Place("FindingsScreen", (F[6],), ("findings", "progress")),
    "plan": Place("PlanScreen", (F[7],), ("plan", "check_in")),
    "paper": Place("PaperScreen", (F[8],), ("paper",)),
    "follow-up": Place("FollowScreen", (F9,), ("follow",), "plan"),
    "proposals": Place("ProposalsScreen", (F[7],), ("proposals",), "plan"),
    "settings": Place("SettingsDialog", (F9,), ("settings",), ""),
}  # fmt: skip


def bytes_of(name: str) -> bytes:
    """What a terminal sends for a key of this name; Esc as newer ones do, so that it is no part of what follows."""
    sent = {"escape": ESCAPE, "enter": ENTER, "backspace": b"\x7f"}
    if name in sent:
        return sent[name]
    letters = {_character_to_key(sign): sign for sign in map(chr, range(32, 127))}
    sequences = {keys[0].value: found for found, keys in ANSI_SEQUENCES_KEYS.items() if isinstance(keys, tuple)}
    return (letters.get(name) or sequences[name]).encode()


def keys_of(*groups: str) -> list[bytes]:
    names = {name for group in groups for key in KEYS[group] for name in key.keys.split(",")}
    return [bytes_of(name) for name in sorted(names - AWAY)]


NAMED = keys_of(*KEYS)


def some_key(chance: Random, own: list[bytes]) -> bytes:
    """One of the screen's own, a plain sign, Enter more often than by chance, or one that means something elsewhere."""
    any_key = chance.choice((chance.choice(NAMED), *(chance.choice(TYPED).encode() for _ in range(3))))
    return chance.choice((chance.choice(own), chance.choice(own), chance.choice(TYPED).encode(), ENTER, any_key))
