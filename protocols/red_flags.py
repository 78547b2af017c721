"""Red-flag answers -> level 0-3 and what to do."""

from __future__ import annotations

import msgspec

from protocols.model import RedFlags


class Concern(msgspec.Struct, frozen=True):
    """The level of concern. From level 2 the tests stop and the plan is blocked."""

    level: int
    because: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    """Unknown answers that do not count as yes: to ask again."""

    @property
    def stop(self) -> bool:
        return self.level >= 2

    @property
    def plan_blocked(self) -> bool:
        return self.level >= 2


def weigh(present: tuple[str, ...], unknown: tuple[str, ...], red_flags: RedFlags) -> Concern:
    """The highest of singles and pairs; an unknown cauda-equina item counts as yes."""
    raise NotImplementedError
