"""The red-flag screen: its questions, what their answers ask for, and the vital signs taken between the tests."""

from __future__ import annotations

from decimal import Decimal

from protocols.model.base import Basis, Fact, Threshold


class RedFlag(Fact, frozen=True, kw_only=True):
    """One screening question."""

    id: str
    group: str
    ask: str
    level: int
    """The level it gives alone, 0 to 3."""
    sets: tuple[str, ...] = ()
    """Block codes a yes sets."""
    unknown_is_yes: bool = False
    source: str


class FlagPair(Fact, frozen=True, kw_only=True):
    """Two answers that together give a level."""

    both: tuple[str, str]
    level: int


class FlagGroup(Fact, frozen=True, kw_only=True):
    """Questions asked together, with one key for "none of these"."""

    id: str
    title: str


class FlagAction(Fact, frozen=True, kw_only=True):
    """What a level asks for."""

    level: int
    name: str
    do: str
    letter: str


class Vital(Fact, frozen=True, kw_only=True):
    """A vital sign that can be measured between the tests, a whole number."""

    id: str
    name: str
    unit: str
    lowest: int
    highest: int
    """Anything outside these is a slip of the hand."""


class VitalRule(Fact, frozen=True, kw_only=True):
    """What a vital sign asks for, from one border on. Of the rules of a sign the first that fits speaks."""

    vital: str
    at_least: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    """One of the three."""
    stop: bool = False
    """The screen stops."""
    answers: tuple[str, ...] = ()
    """The red-flag questions this value speaks to; the therapist answers them."""
    source: str
    basis: Basis


class RedFlags(Fact, frozen=True, kw_only=True):
    """The whole red-flag screen, in the order it is asked."""

    groups: tuple[FlagGroup, ...]
    flags: tuple[RedFlag, ...]
    pairs: tuple[FlagPair, ...]
    actions: tuple[FlagAction, ...]
    stops: dict[str, Threshold] = {}
    """From what pain and dizziness on a test is stopped."""
    vitals: tuple[Vital, ...] = ()
    vital_rules: tuple[VitalRule, ...] = ()
