"""What was typed -> a value, or the reason it is refused."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from protocols.grades.cuts import ROWS, capped, inside
from protocols.grades.words import plain_number, with_unit
from protocols.model import Norm, Sex, Test

NUMBER: Final = re.compile(r"([+-]?)(\d{0,6})(h|[.,]\d{0,6})?", re.ASCII)
"""12, 12.5, 12,5, -3, and 12h for 12.5: half a step on one key."""
UNUSUAL_SD: Final = 3
"""Beyond this many SD a value is asked once more (musculoskeletal 0)."""
TWO_DIGITS: Final = 99


class Refusal(NamedTuple):
    """Why what was typed cannot be taken, and what can."""

    reason: str


def read(test: Test, text: str) -> Decimal | str | Refusal:
    """The number or category that was typed. Never rounds; the resolution of a test steers the keys only."""
    typed = text.strip().replace("\N{MINUS SIGN}", "-")
    if not typed:
        return Refusal("Type a value first.")
    return _category(test, typed) if test.measure.direction == "category" else _number(test, typed)


def unusual(test: Test, value: Decimal | str, sex: Sex, age: int) -> str | None:
    """The question to ask beyond 3 SD of every published mean that fits age and sex, else None.

    Sex X is asked only where the value is that far out in both rows.
    """
    if isinstance(value, str):
        return None
    counts = capped(test.measure, value)
    far = []
    for row in ROWS[sex]:
        norms = [norm for norm in test.norms if norm.sex in ("*", row) and norm.ages[0] <= age <= norm.ages[1]]
        known = [norm for norm in norms if norm.sd is not None]
        if not known or not all(_beyond(norm, counts) for norm in known):
            return None
        far += known
    unit = test.measure.unit
    return (
        f"{with_unit(value, unit)} is more than {UNUSUAL_SD} SD from the published mean of "
        f"{with_unit(far[0].mean, unit)} ({far[0].source}). Is it right?"
    )


def complete(test: Test, text: str) -> bool:
    """Whether the next cell may open by itself: two digits typed where no value has a sign, a third digit or a half."""
    measure = test.measure
    if measure.hard is None or measure.resolution is None:
        return False
    low, high = measure.hard
    plain = low >= 0 and high <= TWO_DIGITS and measure.resolution == measure.resolution.to_integral_value()
    return plain and re.fullmatch(r"\d\d", text, re.ASCII) is not None and inside(measure, Decimal(text))


def _number(test: Test, typed: str) -> Decimal | Refusal:
    value = _decimal(typed)
    if value is None:
        return Refusal(f"{_shown(typed)} is not a number; {_takes(test)}.")
    return value if inside(test.measure, value) else Refusal(f"{_takes(test)}.")


def _decimal(typed: str) -> Decimal | None:
    parts = NUMBER.fullmatch(typed)
    if parts is None:
        return None
    sign, whole, rest = parts.groups(default="")
    decimals = "5" if rest == "h" else rest[1:]
    if not whole and not decimals:
        return None
    return Decimal(f"{sign}{whole or 0}.{decimals}" if decimals else f"{sign}{whole}") + 0  # -0 is 0


def _category(test: Test, typed: str) -> str | Refusal:
    names = test.measure.categories
    if typed in names:
        return typed
    begun = [name for name in names if name.startswith(typed.lower())]
    if len(begun) == 1:
        return begun[0]
    return Refusal(f"{test.name} takes {_either(list(names))}.")


def _takes(test: Test) -> str:
    if test.measure.hard is None:
        return f"{test.name} takes a number"
    low, high = test.measure.hard
    return f"{test.name} takes {plain_number(low)} to {with_unit(high, test.measure.unit).removesuffix('/10')}"


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _shown(typed: str) -> str:
    return f'"{typed[:20]}…"' if len(typed) > 20 else f'"{typed}"'


def _beyond(norm: Norm, value: Decimal) -> bool:
    return norm.sd is not None and abs(value - norm.mean) > UNUSUAL_SD * norm.sd
