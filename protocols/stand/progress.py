"""The stand test while it runs: which reading is due, and what can be said so far."""

from __future__ import annotations

from protocols.case import Stand
from protocols.model import StandProtocol
from protocols.stand import signs
from protocols.stand.series import Series, concordant, limit, rise_criterion, series


def schedule(protocol: StandProtocol) -> tuple[int, ...]:
    """The minutes at which a standing reading is due."""
    first, last, every = (int(limit(protocol, key)) for key in ("first_min", "last_min", "every_min"))
    return tuple(range(first, last + 1, every))


def next_minute(stand: Stand, due: tuple[int, ...]) -> int | None:
    """The first minute due after the last one recorded; None when the test is through."""
    latest = max((row.minute for row in stand.standing), default=0)
    return next((minute for minute in due if minute > latest), None)


def so_far(stand: Stand, age: int, protocol: StandProtocol) -> str:
    """One line on the heart rate while standing: "+30 met at 2 and 3 min, twice in a row"."""
    s = series(stand, age, protocol)
    if s is None:
        return "two complete lying readings are needed first"
    if not concordant(stand.supine, protocol):
        return "the lying readings differ: repeat until two agree"
    if not s.pulses:
        return "no standing heart rate yet"
    needed = rise_criterion(age, protocol)
    if needed is None:
        return f"no heart-rate criterion at this age, {_largest(s)}"
    met = [pulse.minute for pulse in s.pulses if signs.meets_rise(s, pulse)]
    if not met:
        return f"+{needed} not met, {_largest(s)}"
    return f"+{needed} met at {_listed(met)} min, {_run(s)}"


def pressure_so_far(stand: Stand, age: int, protocol: StandProtocol) -> str:
    """One line on the pressure while standing: "pressure steady, no fall". Empty before the first pressure."""
    s = series(stand, age, protocol)
    if s is None or not s.pressures:
        return ""
    fall = signs.sustained_fall(s)
    if fall is None:
        return "pressure fell once and recovered" if signs.transient_drop(s) else "pressure steady, no fall"
    once = ", once" if signs.oh_on_last_reading_only(s) else ", sustained"
    return f"pressure down {fall.sbp_fall}/{fall.dbp_fall} at {fall.minute} min{once}"


def _largest(s: Series) -> str:
    top = max(s.pulses, key=lambda pulse: pulse.rise)
    return f"largest change {top.rise:+} at {top.minute} min"


def _listed(minutes: list[int]) -> str:
    *before, last = map(str, minutes)
    return f"{', '.join(before)} and {last}" if before else last


def _run(s: Series) -> str:
    """How many readings in a row met it at the best stretch."""
    best = run = 0
    for pulse in s.pulses:
        run = run + 1 if signs.meets_rise(s, pulse) else 0
        best = max(best, run)
    if best > 2:
        return f"{best} in a row"
    if best == 2:
        return "twice in a row"
    return "not in a row" if signs.rise_off_and_on(s) else "once"
