"""Which patient a command means, who gives it, and whether it is really meant."""

from __future__ import annotations

import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, TextIO

from assess_tui.commands.asked import Asked
from assess_tui.commands.errors import BadInputError
from assess_tui.commands.passphrase import at_terminal
from assess_tui.days import short_day
from assess_tui.storage.errors import NotFoundError

NARROWEST = 20
"""Columns of a terminal in which words can be read."""

if TYPE_CHECKING:
    from assess_tui.storage.record import Record
    from protocols.visit import PatientDetails


def named(told: str, opened: Record, option: str) -> PatientDetails:
    """The patient with this code or id, as their person goes by. Raises BadInputError, NotFoundError."""
    known = opened.with_code(told)
    if known is not None:
        return known
    try:
        return opened.patient(told.strip().lower())
    except NotFoundError:
        raise BadInputError(f'{option}: the record holds no patient with the code or id "{told}"') from None


def recorded(told: str, opened: Record, option: str) -> PatientDetails:
    """The record of a patient with this very code or id, whoever it is merged with."""
    person = named(told, opened, option)
    wanted = told.strip()
    ids = opened.records_of(person.id)
    return next(one for one in map(opened.as_recorded, ids) if wanted.upper() == one.code or wanted.lower() == one.id)


def reason(options: Asked) -> str:
    """Why it is done. Raises BadInputError."""
    why = " ".join(options.why.split())
    if not why:
        raise BadInputError("--why: say in a few words why")
    return why


def who(options: Asked, opened: Record) -> str:
    """Who does it: named on the command line, else the clinician of the settings. Raises BadInputError."""
    name = " ".join((options.who or "").split()) or str(opened.setting("clinician") or "")
    if not name:
        raise BadInputError("--who: say who does this; the settings name no clinician")
    return name


def meant(word: str, ask: str, *, yes: bool) -> None:
    """Have the word typed again at the terminal; a script says --yes. Raises BadInputError where it is not meant."""
    if yes:
        return
    if not at_terminal():
        raise BadInputError("nothing was done: without a terminal say --yes")
    sys.stderr.write(ask)
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() != word.casefold():
        raise BadInputError(f'nothing was done: "{word}" was not typed')


def in_words(told: str, stream: TextIO) -> None:
    """At a terminal broken between words, which it would break anywhere; for a file or a program one line."""
    if stream.isatty():
        width = max(NARROWEST, shutil.get_terminal_size().columns - 1)
        told = textwrap.fill(told, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    stream.write(f"{told}\n")


def line_of(patient: PatientDetails) -> str:
    """A patient in a line, for the person who asked for them by code."""
    return f"{patient.code}, {patient.name}, born {short_day(patient.birth_date)}, {patient.sex}"
