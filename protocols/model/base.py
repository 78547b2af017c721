"""What every part of the knowledge is built of: the frozen base, and the words that more than one part uses."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Sex = Literal["F", "M", "X"]
SexRow = Literal["*", "F", "M"]
Side = Literal["left", "right", "value", "pre", "post"]
"""`value` is the one side of a test without sides; `pre` and `post` belong to a before-and-after test."""
Basis = Literal["published", "derived", "clinic_rule", "memory"]
"""Where a cut comes from: a paper's cut-off, its mean and SD, our own rule, or a paper remembered, to be verified."""


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of everything read from data: immutable, and no key may be misspelt."""


class Threshold(Fact, frozen=True, kw_only=True):
    """One number of the stand test, or one that stops another test, with its source."""

    value: Decimal
    source: str
    basis: Basis
