"""Who the invented people are and what the clinic measures with, read from the data file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from protocols.case import Absent
from protocols.model import DeviceKind, Sex

FILE = Path(__file__).parent / "clinic.toml"


class Owned(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One device of the clinic."""

    kind: DeviceKind
    name: str
    checked: int
    """Days before today."""


class AtHome(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a plan usually goes with this person."""

    done: int
    """Of ten planned times."""
    pain: int
    """The worst pain with a card, 0-10."""
    crash: bool = False
    """Whether effort was followed by a crash of more than a day."""


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One invented patient and the course of the visits."""

    code: str
    family_name: str
    given_name: str
    sex: Sex
    age: int
    visits: tuple[int, ...]
    """Days before today, newest last."""
    limited: tuple[str, ...] = ()
    painful: tuple[str, ...] = ()
    absent: dict[str, Absent] = {}
    stand: str = "none"
    flags: dict[str, str] = {}
    precautions: tuple[str, ...] = ()
    reported: dict[str, int] = {}
    main_problem: str = ""
    clearance: str = ""
    pain: int = 0
    minutes: int = 10
    kit: tuple[str, ...] | None = None
    hypermobile: bool = False
    red_flags_only: bool = False
    unfinished: bool = False
    devices: bool = False
    """Whether every visit is read with the clinic's devices."""
    at_home: AtHome | None = None
    """Where given, every later visit asks how the plan went and takes up what is proposed."""

    def is_limited(self, test: str, side: str) -> bool:
        return test in self.limited or f"{test}:{side}" in self.limited

    def is_painful(self, test: str, side: str) -> bool:
        return f"{test}:{side}" in self.painful


def people() -> tuple[Person, ...]:
    """Everyone in the sample clinic."""
    return msgspec.convert(_read("patient"), tuple[Person, ...])


def owned() -> tuple[Owned, ...]:
    """Every device of the sample clinic."""
    return msgspec.convert(_read("device"), tuple[Owned, ...])


def _read(part: str) -> object:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))[part]
