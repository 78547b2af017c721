"""What a reading asks for while the patient stands."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, NamedTuple

import msgspec

from protocols.case import Reading, Stand
from protocols.model import StandProtocol
from protocols.stand.series import baseline, limit, rise_criterion

Kind = Literal["stop", "ask", "note"]


class Alert(msgspec.Struct, frozen=True):
    """Something to do now. `stop`: end the test; `ask`: ask and watch; `note`: worth knowing."""

    kind: Kind
    code: str
    text: str


class Moment(NamedTuple):
    """The latest reading beside what came before it. Falls and rises are in bpm and mmHg; None = not known."""

    stand: Stand
    reading: Reading
    protocol: StandProtocol
    symptomatic: bool
    spo2: Decimal | None
    hr_rise_needed: Decimal | None
    hr_rise: Decimal | None
    hr_drop: Decimal | None
    sbp_fall: Decimal | None
    sbp_falling: bool

    def at_least(self, value: Decimal | None, key: str) -> bool:
        return value is not None and value >= limit(self.protocol, key)

    def below(self, value: Decimal | None, key: str) -> bool:
        return value is not None and value < limit(self.protocol, key)


class Rule(NamedTuple):
    """One alert: when it sounds, and its words. `{hr}` and the like are filled from the moment."""

    kind: Kind
    code: str
    when: Callable[[Moment], bool]
    text: str


def _fainting(m: Moment) -> bool:
    return m.stand.syncope or m.stand.presyncope


def _racing(m: Moment) -> bool:
    return m.at_least(m.reading.hr, "stop_hr")


def _fast(m: Moment) -> bool:
    return m.at_least(m.reading.hr, "ask_hr") and not _racing(m)


def _slow(m: Moment) -> bool:
    return m.below(m.reading.hr, "stop_hr_slow")


def _very_low(m: Moment) -> bool:
    return m.below(m.reading.sbp, "stop_sbp_low")


def _low(m: Moment) -> bool:
    return m.below(m.reading.sbp, "stop_sbp_symptoms") and not _very_low(m)


def _fallen(m: Moment) -> bool:
    return m.at_least(m.sbp_fall, "stop_sbp_fall")


def _rise_met(m: Moment) -> bool:
    return m.hr_rise is not None and m.hr_rise_needed is not None and m.hr_rise >= m.hr_rise_needed


RULES: tuple[Rule, ...] = (
    Rule("stop", "faint", _fainting, "Faint or near-faint. Stop: lie them flat, legs up."),
    Rule("stop", "chest_pain", lambda m: m.stand.chest_pain, "Chest pain. Stop, lie down, call the emergency number."),
    Rule(
        "stop", "neuro_sign", lambda m: m.stand.neuro_sign, "New nerve sign. Stop, lie down, call the emergency number."
    ),
    Rule(
        "stop", "spo2_low", lambda m: m.below(m.spo2, "stop_spo2"), "Oxygen {spo2} %. Stop, call the emergency number."
    ),
    Rule("stop", "hr_160", _racing, "Heart rate {hr}. Stop the test."),
    Rule(
        "stop", "hr_140_symptoms", lambda m: _fast(m) and m.symptomatic, "Heart rate {hr} with symptoms. Stop the test."
    ),
    Rule(
        "stop",
        "hr_drop",
        lambda m: m.at_least(m.hr_drop, "stop_hr_drop"),
        "Heart rate fell by {hr_drop}. Stop: lie down.",
    ),
    Rule("stop", "hr_slow", lambda m: _slow(m) and m.sbp_falling, "Heart rate {hr}, pressure falling. Stop: lie down."),
    Rule("stop", "sbp_80", _very_low, "Systolic {sbp}. Stop: lie down."),
    Rule("stop", "sbp_200", lambda m: m.at_least(m.reading.sbp, "stop_sbp_high"), "Systolic {sbp}. Stop the test."),
    Rule("stop", "dbp_120", lambda m: m.at_least(m.reading.dbp, "stop_dbp_high"), "Diastolic {dbp}. Stop the test."),
    Rule(
        "stop",
        "sbp_fall",
        lambda m: _fallen(m) and m.symptomatic,
        "Systolic down {sbp_fall} with symptoms. Stop: lie down.",
    ),
    Rule("stop", "sbp_90", lambda m: _low(m) and m.symptomatic, "Systolic {sbp} with symptoms. Stop: lie down."),
    Rule(
        "ask", "hr_140", lambda m: _fast(m) and not m.symptomatic, "Heart rate {hr}. Ask how they feel; stop if unwell."
    ),
    Rule(
        "ask",
        "hr_slow",
        lambda m: _slow(m) and not m.sbp_falling,
        "Heart rate {hr}. Repeat the pressure now; stop if it falls.",
    ),
    Rule(
        "ask",
        "sbp_fall",
        lambda m: _fallen(m) and not m.symptomatic,
        "Systolic down {sbp_fall}. Ask how they feel; stop if unwell.",
    ),
    Rule(
        "ask", "sbp_90", lambda m: _low(m) and not m.symptomatic, "Systolic {sbp}. Ask how they feel; stop if unwell."
    ),
    Rule("note", "rise_met", _rise_met, "Heart rate {hr_rise} above lying: reaches +{hr_rise_needed}."),
    Rule("note", "clock_gap", lambda m: m.reading.gap, "The clock jumped before this reading: it is marked."),
)
"""The most urgent first."""


def alerts(
    stand: Stand, latest: Reading, age: int, protocol: StandProtocol, spo2: Decimal | None = None
) -> tuple[Alert, ...]:
    """What the latest standing reading asks for, the most urgent first. `spo2` in percent, where an oximeter is on.

    `latest` may or may not stand in `stand.standing` already. A value not measured raises no alert.
    """
    moment = _moment(stand, latest, age, protocol, spo2)
    words = {**moment._asdict(), "hr": latest.hr, "sbp": latest.sbp, "dbp": latest.dbp}
    return tuple(Alert(rule.kind, rule.code, rule.text.format(**words)) for rule in RULES if rule.when(moment))


def _moment(stand: Stand, latest: Reading, age: int, protocol: StandProtocol, spo2: Decimal | None) -> Moment:
    earlier = sorted((row for row in stand.standing if row.minute < latest.minute), key=lambda row: row.minute)
    base = baseline(stand.supine)
    lying_sbp = base.sbp if base else _last([one.sbp for one in stand.supine])
    last_hr = _last([row.hr for row in earlier])
    last_sbp = _last([lying_sbp, *(row.sbp for row in earlier)])
    drop = _difference(last_sbp, latest.sbp)
    return Moment(
        stand=stand,
        reading=latest,
        protocol=protocol,
        symptomatic=latest.symptoms is not None and latest.symptoms >= limit(protocol, "symptomatic_from"),
        spo2=spo2,
        hr_rise_needed=rise_criterion(age, protocol),
        hr_rise=_difference(latest.hr, base.hr if base else None),
        hr_drop=_difference(last_hr, latest.hr),
        sbp_fall=_difference(lying_sbp, latest.sbp),
        sbp_falling=drop is not None and drop > 0,
    )


def _last(values: list[Decimal | None]) -> Decimal | None:
    return next((value for value in reversed(values) if value is not None), None)


def _difference(a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else a - b
