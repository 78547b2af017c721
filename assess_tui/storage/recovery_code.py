"""The recovery code: shown once, copied by hand, typed back years later."""

from __future__ import annotations

from random import SystemRandom

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs, 5 bits each: the digits and letters without 0 and O, 1 and I, which a hand copies wrongly."""
SIGNS = 27
"""135 random bits."""
GROUP = 4
"""Signs between two dashes: 27 and a check sign make seven groups."""
BETWEEN = " -\t–—_."
"""What people type between groups, or leave out."""


def fresh_code() -> str:
    """A new code, in groups: 135 random bits and a check sign."""
    dice = SystemRandom()
    signs = "".join(dice.choice(LETTERS) for _ in range(SIGNS))
    return grouped(signs + _check(signs))


def grouped(signs: str) -> str:
    """As it is written down."""
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def signs_of(typed: str) -> str:
    """What was typed, without dashes, spaces and small letters; "" where it is no whole code of these signs."""
    signs = "".join(sign for sign in typed.upper() if sign not in BETWEEN)
    return signs if len(signs) == SIGNS + 1 and set(signs) <= set(LETTERS) else ""


def fits(signs: str) -> bool:
    """Whether the check sign belongs to the rest: one wrong sign is always noticed, two swapped ones but 2 and Z."""
    return _check(signs[:-1]) == signs[-1]


def last_group(code: str) -> str:
    return code.rpartition("-")[2]


def _check(signs: str) -> str:
    """Luhn's sum with 32 signs (ISO/IEC 7812-1, annex B, has it with 10): every second one counts double."""
    total = 0
    for place, sign in enumerate(reversed(signs)):
        value = LETTERS.index(sign) * (2 if place % 2 == 0 else 1)
        total += value // len(LETTERS) + value % len(LETTERS)
    return LETTERS[-total % len(LETTERS)]
