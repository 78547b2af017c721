"""Red-flag answers -> level 0-3 and what to do, and the clinician's own level over it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from protocols.case import Case, ConcernSet
from protocols.model import RedFlags


class Concern(msgspec.Struct, frozen=True):
    """The level of concern. From level 2 the tests stop and the plan is blocked."""

    level: int
    because: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    """Unknown answers that do not count as yes: to ask again."""
    set_by: ConcernSet | None = None
    """What the clinician set; `level` follows it unless a later answer counts for more."""
    weighed: int | None = None
    """The level the answers give, where the clinician set one; `because` speaks of this level."""

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


def concern_of(case: Case, red_flags: RedFlags) -> Concern:
    """The level in force: what the answers give, unless the clinician set another (musculoskeletal G1).

    A level set higher than the answers always stands. One set lower stands for the answers known when it was set: any
    later yes, or not known, is weighed as if nothing had been set.
    """
    found = weigh(case.red_flags, case.red_flags_unknown, red_flags)
    own = case.concern_set
    if own is None:
        return found
    level = own.to if own.to >= found.level or _covered(case, own) else found.level
    return msgspec.structs.replace(found, level=level, set_by=own, weighed=found.level)


def set_words(concern: Concern) -> str:
    """ "Lowered from level 2 to 1 by A. Baum, because ..."; "" where the answers alone give the level."""
    own = concern.set_by
    if own is None:
        return ""
    turn = "Raised" if own.to > own.was else "Lowered"
    why = f", because: {own.why.rstrip('.')}" if own.why else ""
    said = f"{turn} from level {own.was} to {own.to} by {own.by}{why}."
    if own.to != concern.level:
        return f"{said} The answers since then give level {concern.level}, and that counts."
    return said if concern.weighed == concern.level else f"{said} The answers give level {concern.weighed}."


def why_words(concern: Concern, red_flags: RedFlags) -> str:
    """Where the level comes from, in short: the groups of the answers that give it, then what the clinician set."""
    given = {flag for reason in concern.because for flag in reason.split("+")}
    groups = {flag.group for flag in red_flags.flags if flag.id in given}
    titles = "; ".join(group.title for group in red_flags.groups if group.id in groups)
    because = f"Because of the answers on {titles}." if titles else ""
    return " ".join(part for part in (because, set_words(concern)) if part)


def _covered(case: Case, own: ConcernSet) -> bool:
    """Whether nothing was answered yes, or not known, beyond what was seen when the level was set."""
    return set(case.red_flags) <= set(own.yes) and set(case.red_flags_unknown) <= {*own.yes, *own.unknown}


def _refuse_strangers(sent: list[str], known: Iterable[str]) -> None:
    stranger = next((one for one in sent if one not in set(known)), None)
    if stranger is not None:
        raise ValueError(f'red flag "{stranger}" is not in the library: use an id of red_flags.toml')
