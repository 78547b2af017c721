"""A stand test made ready to judge: the lying mean, and the standing readings in order of time."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import msgspec

from protocols.case import Reading, Stand, Supine
from protocols.model import StandProtocol


class Baseline(msgspec.Struct, frozen=True):
    """The mean of the last two complete lying readings."""

    hr: Decimal
    sbp: Decimal
    dbp: Decimal


class Pulse(NamedTuple):
    """A standing heart rate (bpm) and its rise above lying."""

    minute: int
    hr: Decimal
    rise: Decimal


class Pressure(NamedTuple):
    """A standing blood pressure (mmHg) and how far it has fallen from lying; a rise is a negative fall."""

    minute: int
    sbp: Decimal
    dbp: Decimal
    sbp_fall: Decimal
    dbp_fall: Decimal


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """The readings a verdict rests on. Nothing in it is rounded.

    `rows` are all rows of the minutes that count, also those where every value is missing. `pulses` are the rows with
    a heart rate, `pressures` those with both pressures.
    """

    stand: Stand
    age: int
    protocol: StandProtocol
    base: Baseline
    rows: tuple[Reading, ...]
    pulses: tuple[Pulse, ...]
    pressures: tuple[Pressure, ...]

    def limit(self, key: str) -> Decimal:
        return limit(self.protocol, key)


def limit(protocol: StandProtocol, key: str) -> Decimal:
    """One number of the stand test; its source stands beside it in data/stand_test.toml."""
    return protocol.thresholds[key].value


def baseline(supine: tuple[Supine, ...]) -> Baseline | None:
    """The mean of the last two complete lying readings, or None with fewer than two (Bateman Horne Center)."""
    complete = _complete(supine)
    if len(complete) < 2:
        return None
    before, last = complete[-2:]
    return Baseline((before.hr + last.hr) / 2, (before.sbp + last.sbp) / 2, (before.dbp + last.dbp) / 2)


def concordant(supine: tuple[Supine, ...], protocol: StandProtocol) -> bool | None:
    """Whether the last two complete lying readings agree; None with fewer than two."""
    complete = _complete(supine)
    if len(complete) < 2:
        return None
    before, last = complete[-2:]
    close_hr = abs(before.hr - last.hr) <= limit(protocol, "concordant_hr")
    close_sbp = abs(before.sbp - last.sbp) <= limit(protocol, "concordant_sbp")
    return close_hr and close_sbp


def rise_criterion(age: int, protocol: StandProtocol) -> Decimal | None:
    """The heart-rate rise that counts at this age: none under 12, 40 at 12-19, 30 from 20."""
    if age < limit(protocol, "teen_from_age"):
        return None
    if age < limit(protocol, "adult_from_age"):
        return limit(protocol, "hr_rise_teen")
    return limit(protocol, "hr_rise_adult")


def series(stand: Stand, age: int, protocol: StandProtocol) -> Series | None:
    """The readings of a test in order of time, or None without a lying mean to compare them with."""
    base = baseline(stand.supine)
    if base is None:
        return None
    first, last = limit(protocol, "first_min"), limit(protocol, "last_min")
    rows = sorted((row for row in stand.standing if first <= row.minute <= last), key=lambda row: row.minute)
    return Series(
        stand=stand,
        age=age,
        protocol=protocol,
        base=base,
        rows=tuple(rows),
        pulses=tuple(Pulse(row.minute, row.hr, row.hr - base.hr) for row in rows if row.hr is not None),
        pressures=tuple(
            Pressure(row.minute, row.sbp, row.dbp, base.sbp - row.sbp, base.dbp - row.dbp)
            for row in rows
            if row.sbp is not None and row.dbp is not None
        ),
    )


def _complete(supine: tuple[Supine, ...]) -> list[Baseline]:
    return [
        Baseline(one.hr, one.sbp, one.dbp)
        for one in supine
        if one.hr is not None and one.sbp is not None and one.dbp is not None
    ]
