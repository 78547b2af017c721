"""The stand test: whom it is not for, when it stops, what it may show."""

from __future__ import annotations

from protocols.model.base import Basis, Fact, Threshold


class Contraindication(Fact, frozen=True, kw_only=True):
    """A reason not to start the stand test: absolute refuses, relative needs a reason."""

    id: str
    text: str
    absolute: bool
    measured: bool = False
    """Follows from age or the values measured lying; never asked."""
    source: str


class Window(Fact, frozen=True, kw_only=True):
    """A stretch of minutes that needs a row with heart rate and both pressures before a test is complete."""

    first: int
    last: int
    source: str
    basis: Basis


class Pattern(Fact, frozen=True, kw_only=True):
    """A label of the stand test in careful words."""

    label: str
    name: str
    say: str
    plain: str
    refer: str = ""
    """Where to refer and what to do next: the clinician's own note."""
    letter: str = ""
    """What the letter asks its reader, in whole sentences; empty in knowledge kept from before there was one."""


class StandProtocol(Fact, frozen=True, kw_only=True):
    """The stand test: contraindications, stop rules, criteria, labels, symptoms."""

    thresholds: dict[str, Threshold]
    windows: tuple[Window, ...]
    contraindications: tuple[Contraindication, ...]
    override_reasons: tuple[str, ...]
    stop_reasons: tuple[str, ...]
    faint_card: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    screened: Pattern | None = None
    """The words for a 3-minute pressure screen in which no criterion was met."""
    tags: dict[str, str]
    symptoms: tuple[str, ...]
    medications: dict[str, str]
    """Rate-limiting drugs: id to name."""
    confounders: dict[str, str]
