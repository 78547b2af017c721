"""A plan as it was kept, of this or an older make -> the plan."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

from protocols.model import Dose
from protocols.planning import Plan
from protocols.plans.dosing import minutes_of


class KeptPlanError(ValueError):
    """What was kept is no plan; the message says what is wrong with it and what to do, in one sentence."""


def kept_plan(body: Mapping[str, Any]) -> Plan:
    """The plan of a body that `msgspec.to_builtins` made, in this make or an older one.

    What it does not say is left at its default, and minutes are counted from the doses; what is not known here is left
    out. A plan names its cards, and each card its dose: raises KeptPlanError where these are missing or of another
    kind.
    """
    try:
        cards = [_card(card) for card in msgspec.convert(body.get("exercises"), list[dict[str, Any]])]
        minutes = sum((card["minutes"] for card in cards), Decimal(0))
        told = {"blocked": False, "stage": "unknown", "minutes": minutes, **body, "exercises": cards}
        return msgspec.convert(told, Plan, builtin_types=(Decimal,), strict=False)
    except (msgspec.ValidationError, TypeError) as error:
        raise KeptPlanError(f"the plan on record cannot be read ({error}): make it anew with the plan's key") from None


def _card(card: dict[str, Any]) -> dict[str, Any]:
    said = msgspec.convert(card.get("dose"), dict[str, Any])
    known = {field: said[field] for field in Dose.__struct_fields__ if field in said}
    dose = msgspec.convert(known, Dose, builtin_types=(Decimal,), strict=False)
    return {"minutes": minutes_of(dose), "side": None, "because": (), **card, "dose": known}
