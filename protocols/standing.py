"""Stand-test readings -> pattern, tags, stage, live alerts."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from protocols.case import Reading, Stand, Supine
from protocols.model import StandProtocol

Stage = Literal[1, 2, 3, "none", "unknown"]


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What the stand test says: one label, its tags in alphabetical order, the stage of a plan."""

    label: str
    tags: tuple[str, ...]
    delta_hr_max: Decimal | None
    noh_ratio: Decimal | None
    stage: Stage


class Baseline(msgspec.Struct, frozen=True):
    """The mean of the last two complete lying readings."""

    hr: Decimal
    sbp: Decimal
    dbp: Decimal


class Alert(msgspec.Struct, frozen=True):
    """Something to do now while the patient stands. `stop`: end the test; `ask`: ask and watch; `note`: worth knowing."""

    kind: Literal["stop", "ask", "note"]
    code: str
    text: str


def concordant(supine: tuple[Supine, ...], protocol: StandProtocol) -> bool | None:
    """Whether the last two complete lying readings agree; None with fewer than two."""
    raise NotImplementedError


def baseline(supine: tuple[Supine, ...]) -> Baseline | None:
    """The mean of the last two complete lying readings, or None with fewer than two."""
    raise NotImplementedError


def rise_criterion(age: int, protocol: StandProtocol) -> Decimal | None:
    """The heart-rate rise that counts at this age: none under 12, 40 at 12-19, 30 from 20."""
    raise NotImplementedError


def not_to_start(
    supine: Supine | None, spo2: Decimal | None, age: int, ticked: tuple[str, ...], protocol: StandProtocol
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(absolute reasons, relative reasons) against starting, in words."""
    raise NotImplementedError


def alerts(stand: Stand, latest: Reading, age: int, protocol: StandProtocol) -> tuple[Alert, ...]:
    """What the latest standing reading asks for, the most urgent first (stop rules 1.8)."""
    raise NotImplementedError


def so_far(stand: Stand, age: int, protocol: StandProtocol) -> str:
    """One line while standing: "+30 met at 2 and 3 min, twice in a row"."""
    raise NotImplementedError


def classify(stand: Stand, age: int, protocol: StandProtocol) -> Verdict:
    """Label, tags and stage of a finished or stopped test (rules 4; standing_tolerance 2.5)."""
    raise NotImplementedError
