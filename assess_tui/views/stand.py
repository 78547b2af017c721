"""What the live stand test shows: clock, curve, alerts. Values in, text out; no widget."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from textual.content import Content

from assess_tui.clock import minutes_seconds
from assess_tui.entry.stand.flow import StandEntry
from assess_tui.entry.stand.pages import at, lying
from assess_tui.keyboard.words import sign_of, with_keys
from assess_tui.text import keyed, line, lines, literal, tap_key
from assess_tui.views.stand_table import GAP
from assess_tui.widgets.big import big
from assess_tui.widgets.curve import Reading, curve
from protocols.grading import plain_number
from protocols.standing import Baseline, baseline, pressure_so_far, rest_left, rise_criterion, so_far

NOW: Final = {
    "rest": "lying still",
    "lying": "lying still",
    "oxygen": "lying still",
    "up": "lying still",
    "standing": "standing",
}
CUFF_IN: Final = ("rest", "lying")
"""Where the cuff in use is named: it can be chosen still, on the card of the stand test."""
ROUND_UP: Final = 0.999
"""Added to a countdown, so that it shows 0:00 only when the time has come."""


class StandView:
    """One look at the test."""

    def __init__(self, entry: StandEntry) -> None:
        self.entry = entry
        self.session, self.live = entry.session, entry.live
        self.protocol = entry.session.library.stand

    @property
    def base(self) -> Baseline | None:
        return baseline(lying(self.session))

    @property
    def rise(self) -> Decimal | None:
        return rise_criterion(self.session.age, self.protocol)

    # -- the clock ---------------------------------------------------------------------------------------------------

    def clock(self) -> Content:
        """Three rows of large figures; beside them what they count, and what is due."""
        run = self.live.run
        standing = run.standing_from is not None
        figures = big(minutes_seconds(self.live.stood if standing else run.rested(self.live.seconds)))
        word = NOW.get(self.entry.part.id, "stood" if standing else "")
        style = "$accent bold" if run.phase != "over" else "$quiet"
        beside = (literal(word, "$quiet"), Content(""), self._due())
        return lines(line((row, style), "  ", words) for row, words in zip(figures, beside, strict=True))

    def _due(self) -> Content:
        """What comes next, and when."""
        run, now = self.live.run, self.live.seconds
        if self.entry.part.id == "rest":
            return self._rest_due()
        if run.phase != "standing":
            return Content("")
        minute = run.minute_due(now)
        if minute == self.live.minute and minute in run.due:
            return literal(f"minute {minute} is due now", "$warning bold")
        upcoming = run.next_reading(now)
        if upcoming is None:
            return Content("")
        return line(("next reading in ", "$quiet"), (minutes_seconds(upcoming[1] + ROUND_UP), "$warning bold"))

    def _rest_due(self) -> Content:
        least, full = rest_left(self.live.run, self.live.seconds, self.protocol)
        if full <= 0:
            return keyed("rest is complete: {stand.next}", "$success bold", sign_of)
        if least > 0:
            return line(("readings in ", "$quiet"), (minutes_seconds(least + ROUND_UP), "$warning bold"))
        return literal(f"{minutes_seconds(full + ROUND_UP)} to the full rest", "$quiet")

    def rest(self, width: int = 36) -> Content:
        """The rest as a bar, with the least rest marked."""
        least, full = (int(self.protocol.thresholds[key].value) for key in ("rest_min_s", "rest_s"))
        if self.live.run.screen:
            return lines(
                [Content(""), self._bar(width, least), literal(f"{minutes_seconds(least)} ╵".rjust(width), "$quiet")]
            )
        mark = width * least // full
        marks = f"at least {minutes_seconds(least)} ╵".rjust(mark + 1) + f"{minutes_seconds(full)} ╵".rjust(
            width - mark - 1
        )
        return lines([Content(""), self._bar(width, full), literal(marks, "$quiet")])

    def _bar(self, width: int, full: int) -> Content:
        done = min(width, int(width * self.live.run.rested(self.live.seconds) / full))
        return line(("━" * done, "$accent"), ("─" * (width - done), "$rule"))

    # -- the curve and what is said ----------------------------------------------------------------------------------

    def curve(self, width: int, height: int) -> Content:
        base, rise = self.base, self.rise
        rows = [Reading(row.minute, float(row.hr)) for row in self.live.stand.standing if row.hr is not None]
        start = [Reading(0, float(base.hr))] if base is not None else []
        return curve(
            start + sorted(rows),
            float(base.hr) if base is not None else None,
            float(rise) if rise is not None else None,
            width,
            height,
            self.live.run.last_minute,
        )

    def says(self) -> Content:
        """What the readings say so far, and what to say to the patient."""
        return lines([*self._so_far(), *self._words()])

    def _so_far(self) -> list[Content]:
        stand = self.live.stand
        if not stand.standing or not self.entry.standing:
            return []
        said = so_far(stand, self.session.age, self.protocol)
        pressure = pressure_so_far(stand, self.session.age, self.protocol)
        rows = [literal(said, "$error bold" if " met at " in said else "")]
        if pressure:
            rows.append(literal(pressure, "$warning bold" if "down" in pressure else "$success"))
        if stand.spo2 is not None:
            rows.append(literal(f"oxygen {plain_number(stand.spo2)} %", "$quiet"))
        if any(row.gap for row in stand.standing):
            rows.append(literal(f"{GAP} the clock jumped before it", "$warning"))
        return rows

    def _words(self) -> list[Content]:
        words = [_said(key, text) for key, text in _WORDS.get(self.entry.part.id, ())]
        if self.entry.part.id in CUFF_IN and self.session.devices.cuff:
            words += [Content(""), literal(self.session.devices.cuff, "$quiet")]
        return words + self._number() + (self._dizzy() if self.entry.standing else [])

    def _number(self) -> list[Content]:
        """The single number asked for, as it is typed."""
        digits = self.entry.part.digits
        if digits is None:
            return []
        name = f"{digits.name} " if self.entry.standing else ""
        return [Content(""), line(("▸ ", "$accent bold"), (name, "bold"), (f" {digits.text}_ ", "reverse bold"))]

    def _dizzy(self) -> list[Content]:
        told = self.session.visit.value(at("dizzy_first_30s"))
        if told:
            return [literal("dizzy in the first 30 s: yes", "$warning")]
        return [_said(*row) for row in _WORDS["dizzy"]] if self.live.stood < 120 else []

    def alert(self) -> Content:
        """The most urgent alert, large; empty when there is none."""
        urgent = [alert for alert in self.live.alerts() if alert.kind != "note"]
        if not urgent:
            return Content("")
        word = "STOP?" if urgent[0].kind == "stop" else "ASK"
        more = f"  and {len(urgent) - 1} more" if len(urgent) > 1 else ""
        key = keyed("   {stand.stop} stops" if urgent[0].kind == "stop" else "", "bold")
        return line((f" {word}  {urgent[0].text}{more}", "bold"), key)

    @property
    def alert_kind(self) -> str:
        urgent = [alert.kind for alert in self.live.alerts() if alert.kind != "note"]
        return urgent[0] if urgent else ""


def _said(key: str, text: str) -> Content:
    """Words alone, or what a key does; a tap on the row is the key."""
    row = line((with_keys(key, sign_of), "$accent bold"), keyed(text, "$quiet"))
    return tap_key(row, key.strip().strip("{}")) if key.startswith("{") else row


_WORDS: Final = {
    "rest": (
        ("", "Flat on the back, one pillow, quiet."),
        ("", "Questions and ratings only: no limb is tested."),
        ("", ""),
        ("{stand.next}  ", "begin the lying readings"),
        ("{visit.tests} ", "questions meanwhile; the clock runs on"),
    ),
    "lying": (
        ("", "Readings a minute apart, until the last two agree."),
        ("", ""),
        ("", "Type the digits; a cell closes by itself, or with {stand.next}."),
        ("{stand.missing} ", "missing"),
        ("{stand.again} ", "the last one again"),
    ),
    "oxygen": (
        ("", "Oxygen in %, where an oximeter is at hand."),
        ("{stand.next} ", "without it"),
    ),
    "standing": (
        ("say ", "stay still, no talking"),
        ("ask ", "light-headed? vision? nausea?"),
    ),
    "dizzy": (("{stand.dizzy} ", "dizzy in the first 30 s?"),),
    "upright": (
        ("", "Lying again: were symptoms worse standing and better lying?"),
        ("{stand.yes} ", "yes"),
        ("{stand.missing} ", "no"),
    ),
    "pain_end": (
        ("", "Back pain now, 0 to 10?"),
        ("{stand.next} ", "not asked"),
    ),
    "recovery": (
        ("", "Lying again: a reading or two, if you like."),
        ("{stand.next} ", "on to the result"),
    ),
}
