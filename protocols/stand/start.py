"""What speaks against starting the stand test."""

from __future__ import annotations

from decimal import Decimal

from protocols.case import Supine
from protocols.model import StandProtocol
from protocols.stand.series import limit


def not_to_start(
    supine: Supine | None, spo2: Decimal | None, age: int, ticked: tuple[str, ...], protocol: StandProtocol
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(absolute reasons, relative reasons) against starting, in words and in the order of the list.

    `ticked` are ids of contraindications answered yes; `spo2` is in percent. An id the library does not know is an
    absolute reason, because a concern someone recorded is never dropped.
    """
    found = {*ticked, *_measured(supine or Supine(), spo2, age, protocol)}
    known = {one.id for one in protocol.contraindications}
    absolute = [one.text for one in protocol.contraindications if one.id in found and one.absolute]
    absolute += [f"Recorded reason unknown to this library: {one}" for one in dict.fromkeys(ticked) if one not in known]
    relative = [one.text for one in protocol.contraindications if one.id in found and not one.absolute]
    return tuple(absolute), tuple(relative)


def _measured(supine: Supine, spo2: Decimal | None, age: int, protocol: StandProtocol) -> list[str]:
    """Ids of the contraindications that follow from age and the values measured lying; the graver of a pair only."""

    def at_least(value: Decimal | None, key: str) -> bool:
        return value is not None and value >= limit(protocol, key)

    def above(value: Decimal | None, key: str) -> bool:
        return value is not None and value > limit(protocol, key)

    def below(value: Decimal | None, key: str) -> bool:
        return value is not None and value < limit(protocol, key)

    crisis = at_least(supine.sbp, "start_sbp_crisis") or at_least(supine.dbp, "start_dbp_crisis")
    very_low_oxygen = spo2 is not None and not above(spo2, "start_spo2_very_low")
    facts = {
        "bp_180": crisis,
        "spo2_very_low": very_low_oxygen,
        "sbp_low": below(supine.sbp, "start_sbp_low"),
        "dbp_high": above(supine.dbp, "start_dbp_high") and not crisis,
        "hr_high": above(supine.hr, "start_hr_high"),
        "hr_low": below(supine.hr, "start_hr_low"),
        "spo2_low": below(spo2, "start_spo2_low") and not very_low_oxygen,
        "age_under_12": age < limit(protocol, "start_min_age"),
    }
    return [name for name, true in facts.items() if true]
