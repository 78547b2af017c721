"""A day as it is written and as it is typed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

AHEAD_DAYS: Final = 366
"""Days ahead within which a day is agreed; beyond it a year was mistyped."""
OLDEST: Final = 120
"""Years; the reference rows end there."""


def short_day(day: dt.date) -> str:
    """2026-11-02 -> "2 Nov 2026"."""
    return f"{day.day} {day:%b %Y}"


def coming_day(text: str, after: dt.date) -> dt.date | str:
    """A day to come, typed day first (the year may be left out) or as ISO; else what is wrong, in a sentence."""
    digits = re.findall(r"\d+", text)
    if len(digits) not in (2, 3) or any(len(part) > 4 for part in digits):
        return "A day and a month, for example 4 12; the year may follow."
    parts = [int(part) for part in digits]
    try:
        day = _full(parts) if len(parts) == 3 else _next(parts, after)
    except ValueError:
        return f"{text.strip()} is not a date. Day, month, year: 4 12 {after.year}."
    if not after < day <= after + dt.timedelta(days=AHEAD_DAYS):
        return f"{short_day(day)} is not within the year after the visit of {short_day(after)}."
    return day


def _full(parts: list[int]) -> dt.date:
    year, month, day = parts if parts[0] > 31 else reversed(parts)
    return dt.date(year, month, day)


def _next(parts: list[int], after: dt.date) -> dt.date:
    """The next such day; 29 February only in a year that has one."""
    day, month = parts
    this_year = dt.date(after.year, month, day)
    return this_year if this_year > after else dt.date(after.year + 1, month, day)


def birth_day(text: str, today: dt.date) -> dt.date | str:
    """A birth date typed day first or as ISO; otherwise the sentence that says what is wrong."""
    return past_day(text, today, "A birth date", example="3 4 1992", oldest=OLDEST)


def past_day(text: str, today: dt.date, called: str, *, example: str, oldest: int) -> dt.date | str:
    """A day up to `today`, at most `oldest` years ago, typed day first or as ISO; otherwise what is wrong with it."""
    digits = re.findall(r"\d+", text)
    if len(digits) != 3 or any(len(part) > 4 for part in digits):
        return f"{called} has a day, a month and a year, for example {example}."
    parts = [int(part) for part in digits]
    year, month, day = parts if parts[0] > 31 else reversed(parts)
    try:
        past = dt.date(year, month, day)
    except ValueError:
        return f"{text.strip()} is not a date. Day, month, year: {example}."
    if past > today or today.year - past.year > oldest:
        return f"{short_day(past)} cannot be right: today is {short_day(today)}. Write the year in full."
    return past
