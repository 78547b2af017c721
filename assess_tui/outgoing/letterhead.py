"""The clinic's name, logo and phone number, as the papers carry them; all are settings of the record."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reports.blocks import Logo
from reports.logo import MOST_BYTES, LogoError, logo, prepare
from reports.wording import clean

if TYPE_CHECKING:
    from assess_tui.storage.record import Record

NAME, LOGO, PHONE = "clinic", "logo", "phone"
LONGEST_PHONE = 40
"""Characters: a number with country, area and extension. It stays on one line at every size of type."""
LEFT_OUT = "The clinic's logo on record cannot be read and is left out; choose the file again."


class Letterhead(NamedTuple):
    """What stands at the head of every paper; `trouble` says why the logo is missing where it should not be."""

    name: str
    phone: str = ""
    logo: Logo | None = None
    trouble: str = ""


class PhoneError(ValueError):
    """A phone number that is not kept; the message says why and what to do."""


def letterhead(record: Record) -> Letterhead:
    """The clinic's name, phone number and logo. A logo that cannot be read never stops a paper."""
    name, phone = record.setting(NAME, ""), record.setting(PHONE, "")
    kept = record.setting(LOGO, "")
    if not kept:
        return Letterhead(name, phone)
    try:
        return Letterhead(name, phone, logo(b64decode(kept, validate=True), name))
    except (LogoError, binascii.Error, TypeError, ValueError):
        return Letterhead(name, phone, trouble=LEFT_OUT)


def read_logo(typed: str) -> bytes:
    """The picture in this file, ready to be kept. Raises LogoError with what to do instead."""
    path = Path(typed.strip().strip("'\"")).expanduser()
    try:
        if not path.is_file():
            raise LogoError(f"There is no file {path}; type the whole path of a PNG or JPEG picture.")
        with path.open("rb") as file:
            return prepare(file.read(MOST_BYTES + 1))
    except OSError as error:
        raise LogoError(f"{path} cannot be read: {error.strerror}.") from error


def keep_logo(record: Record, png: bytes) -> None:
    """All papers carry this logo from now on; none where it is empty."""
    record.set_setting(LOGO, b64encode(png).decode())


def keep_phone(record: Record, typed: str) -> str:
    """The take-home plan carries this number from now on, a blank where it is empty; returns it. Raises PhoneError."""
    number = clean(typed)
    if len(number) > LONGEST_PHONE:
        raise PhoneError(f"A phone number has at most {LONGEST_PHONE} characters, this one {len(number)}: shorten it.")
    record.set_setting(PHONE, number)
    return number
