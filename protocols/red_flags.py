"""Red-flag answers -> level 0-3 and what to do."""

from __future__ import annotations

from collections.abc import Iterable

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
    """The highest of singles and pairs; an unknown cauda-equina item counts as yes.

    `because` names every single at that level in the order sent, those answered yes before those unknown, then every
    pair at that level as "a+b" in the order of the table. An answer sent twice counts once; a yes wins over unknown.
    Raises ValueError for an id the library does not hold: an answer someone gave is never dropped.
    """
    flags = {flag.id: flag for flag in red_flags.flags}
    _refuse_strangers([*present, *unknown], flags)
    unsure = [one for one in dict.fromkeys(unknown) if one not in present]
    counted = [*dict.fromkeys(present), *(one for one in unsure if flags[one].unknown_is_yes)]
    reasons = [(one, flags[one].level) for one in counted]
    reasons += [("+".join(pair.both), pair.level) for pair in red_flags.pairs if set(pair.both) <= set(counted)]
    level = max((at for _, at in reasons), default=0)
    return Concern(
        level=level,
        because=tuple(reason for reason, at in reasons if at == level > 0),
        unknown=tuple(one for one in unsure if not flags[one].unknown_is_yes),
    )


def _refuse_strangers(sent: list[str], known: Iterable[str]) -> None:
    stranger = next((one for one in sent if one not in set(known)), None)
    if stranger is not None:
        raise ValueError(f'red flag "{stranger}" is not in the library: use an id of red_flags.toml')
