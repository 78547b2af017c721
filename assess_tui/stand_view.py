"""What the live stand test shows: clock, table, curve, alerts. Values in, text out; no widget."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from textual.content import Content

from assess_tui.clock import minutes_seconds
from assess_tui.stand_entry import StandEntry
from assess_tui.stand_pages import at, count, lying
from assess_tui.stand_row import Row
from assess_tui.text import line, lines, literal
from assess_tui.widgets.big import big
from assess_tui.widgets.curve import Reading, curve
from protocols.standing import Baseline, baseline, pressure_so_far, rise_criterion, so_far

NOW: Final = {
    "rest": "lying still",
    "lying": "lying still",
    "oxygen": "lying still",
    "up": "lying still",
    "standing": "standing",
}
WIDTHS: Final = {"hr": 3, "sbp": 3, "dbp": 3, "symptoms": 2}
GAP: Final = "~"


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
        """Three rows of large figures with what they count."""
        standing = self.live.run.standing_from is not None
        seconds = self.live.stood if standing else self.live.run.rested(self.live.seconds)
        word = NOW.get(self.entry.part.id, "stood" if standing else "")
        figures = big(minutes_seconds(seconds))
        style = "$accent bold" if self.live.run.phase != "over" else "$quiet"
        rows = [line((row, style)) for row in figures]
        rows[2] = line(rows[2], (f"  {word}", "$quiet"))
        return lines(rows)

    def due(self) -> Content:
        """What comes next, and when."""
        run, now = self.live.run, self.live.seconds
        if run.phase in ("rest", "lying"):
            return self._rest_due()
        if run.phase != "standing":
            return Content("")
        upcoming = run.next_reading(now)
        wait = (
            line(("next reading in ", "$quiet"), (minutes_seconds(upcoming[1] + 0.999), "$warning bold"))
            if upcoming
            else Content("")
        )
        minute = run.minute_due(now)
        if self.live.minute and self.live.minute == minute and minute in run.due:
            return line((f"reading of minute {minute} is due now", "$warning bold"))
        return wait

    def _rest_due(self) -> Content:
        if self.entry.part.id != "rest":
            return literal("two readings that agree", "$quiet")
        least, full = (float(self.protocol.thresholds[key].value) for key in ("rest_min_s", "rest_s"))
        rested = self.live.run.rested(self.live.seconds)
        if rested >= full:
            return literal("rest is complete: Enter", "$success bold")
        if rested >= least:
            return line((f"{minutes_seconds(full - rested + 0.999)} to the full rest", "$quiet"))
        return line(
            ("readings from ", "$quiet"),
            (minutes_seconds(least), "$warning bold"),
            (f", better {minutes_seconds(full)}", "$quiet"),
        )

    # -- the table ---------------------------------------------------------------------------------------------------

    def table(self, height: int) -> Content:
        """Lying readings, then the minutes; the open row shows what is being typed."""
        rows = [literal("  min      HR  rise   SBP/DBP  sympt.", "$quiet")]
        if self.live.run.standing_from is None:
            rows += [self._lying_row(number) for number in range(1, max(2, self._lying_rows) + 1)][-(height - 1) :]
            return lines(rows)
        rows.append(self._mean_row())
        rows += [self._minute_row(minute) for minute in range(1, self.live.run.last_minute + 1)]
        rows += [self._recovery_row(number) for number in range(1, self._recovery_rows + 1)]
        return lines(rows)

    @property
    def _lying_rows(self) -> int:
        open_row = self.entry.part.row
        return max(count(self.session, "supine"), _number(open_row) if self.entry.part.id == "lying" else 0)

    @property
    def _recovery_rows(self) -> int:
        return max(
            count(self.session, "recovery"), _number(self.entry.part.row) if self.entry.part.id == "recovery" else 0
        )

    def _lying_row(self, number: int) -> Content:
        return self._row(f"lying {number}", f"supine.{number}", self._open_row(f"supine.{number}"), rated=False)

    def _recovery_row(self, number: int) -> Content:
        return self._row(f"after {number}", f"recovery.{number}", self._open_row(f"recovery.{number}"), rated=False)

    def _minute_row(self, minute: int) -> Content:
        open_row = self.live.row if self.live.minute == minute and self.entry.standing else None
        return self._row(str(minute), f"minute.{minute}", open_row)

    def _open_row(self, field: str) -> Row | None:
        row = self.entry.part.row
        return row if row is not None and row.cell == at(field) else None

    def _mean_row(self) -> Content:
        base = self.base
        if base is None:
            return literal("  lying", "$quiet")
        return line(("  lying  ", "$quiet"), f"{_shown(base.hr):>4}        {_shown(base.sbp):>3}/{_shown(base.dbp):<3}")

    def _row(self, name: str, field: str, open_row: Row | None, *, rated: bool = True) -> Content:
        held = self.session.visit.value(at(field), {})
        here = open_row is not None
        past = bool(held) or here
        cells = {key: self._cell(key, held, open_row) for key in WIDTHS}
        slash = ("/" if past else " ", "$quiet")
        return line(
            ("▸ " if here else "  ", "$accent bold"),
            (name.ljust(7), "bold" if here else "" if past else "$quiet"),
            cells["hr"],
            self._rise(held.get("hr") if rated else None),
            cells["sbp"],
            slash,
            cells["dbp"],
            "   ",
            cells["symptoms"] if rated else "",
            (f" {GAP}" if held.get("gap") else "", "$warning bold"),
        )

    def _cell(self, key: str, held: dict[str, Decimal | None], open_row: Row | None) -> Content:
        width = WIDTHS[key]
        if (
            open_row is not None
            and open_row.key == key
            and not (open_row.complete and not open_row.digits.text and not self.entry.standing)
        ):
            return line(
                (
                    f"{open_row.digits.text}_".rjust(width)[: width + 1].rjust(width + (1 if key == "hr" else 0)),
                    "reverse bold",
                )
            )
        if key in held:
            value = held[key]
            text = "–" if value is None else _shown(value)
            return line((text.rjust(width + (1 if key == "hr" else 0)), self._tone(key, value)))
        blank = "_" * width if open_row is not None and key in open_row.keys else ""
        return line((blank.rjust(width + (1 if key == "hr" else 0)), "$quiet"))

    def _tone(self, key: str, value: Decimal | None) -> str:
        if key == "hr" and value is not None and self._meets(value):
            return "$error bold"
        return "" if value is not None else "$quiet"

    def _meets(self, hr: Decimal) -> bool:
        base, rise = self.base, self.rise
        return base is not None and rise is not None and hr - base.hr >= rise

    def _rise(self, hr: Decimal | None) -> Content:
        base = self.base
        if hr is None or base is None:
            return Content(" " * 8)
        met = self._meets(hr)
        return line((f"{hr - base.hr:+.0f}{'!' if met else ' '}".rjust(6) + "  ", "$error bold" if met else "$quiet"))

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
        if not stand.standing:
            return []
        said = so_far(stand, self.session.age, self.protocol)
        pressure = pressure_so_far(stand, self.session.age, self.protocol)
        rows = [literal(said, "$error bold" if " met at " in said else "")]
        if pressure:
            rows.append(literal(pressure, "$warning bold" if "down" in pressure else "$success"))
        if any(row.gap for row in stand.standing):
            rows.append(literal(f"{GAP} the clock jumped before this reading", "$warning"))
        return rows

    def _words(self) -> list[Content]:
        return [line((key, "$accent bold"), (words, "$quiet")) for key, words in _WORDS.get(self.entry.part.id, ())] + (
            self._dizzy() if self.entry.standing else []
        )

    def _dizzy(self) -> list[Content]:
        told = self.session.visit.value(at("dizzy_first_30s"))
        if told:
            return [literal("dizzy in the first 30 s: yes", "$warning")]
        return [line(("d ", "$accent bold"), ("dizzy in the first 30 s?", "$quiet"))] if self.live.stood < 120 else []

    def alert(self) -> Content:
        """The most urgent alert, large; empty when there is none."""
        urgent = [alert for alert in self.live.alerts() if alert.kind != "note"]
        if not urgent:
            return Content("")
        stop = urgent[0].kind == "stop"
        word, key = ("STOP?", "s stops the test") if stop else ("ASK", "")
        more = f"  (+{len(urgent) - 1} more)" if len(urgent) > 1 else ""
        return line((f" {word}  {urgent[0].text}{more}", "bold"), (f"    {key}" if key else "", "bold"))

    @property
    def alert_kind(self) -> str:
        urgent = [alert.kind for alert in self.live.alerts() if alert.kind != "note"]
        return urgent[0] if urgent else ""


_WORDS: Final = {
    "rest": (
        ("", "Flat on the back, one pillow, shoes and socks off, cuff on."),
        ("", "Quiet; questions and ratings are fine, no limb is tested."),
        ("F4 ", "on to the questions meanwhile; the clock runs on"),
        ("⏎ ", "begin the lying readings"),
    ),
    "lying": (
        ("", "Heart rate, then pressure: type the digits, Enter where it waits."),
        ("", "Readings a minute apart, until two agree."),
        ("n ", "missing    "),
        ("r ", "read the last one again"),
    ),
    "oxygen": (
        ("", "Oxygen in %, where an oximeter is at hand."),
        ("⏎ ", "without it"),
    ),
    "standing": (
        ("say ", "stay still, no talking, arms loose"),
        ("ask ", "light-headed? vision? nausea? how much, 0 to 10?"),
    ),
    "upright": (
        ("", "Lying again: were symptoms worse standing and better lying?"),
        ("y ", "yes"),
        ("n ", "no"),
    ),
    "pain_end": (
        ("", "Back pain now, 0 to 10?"),
        ("⏎ ", "not asked"),
    ),
    "recovery": (
        ("", "Lying again: a reading or two, if you like."),
        ("⏎ ", "on to the result"),
    ),
}


def _number(row: Row | None) -> int:
    return int(row.cell.field.partition(".")[2]) if row is not None else 0


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}" if value != value.to_integral() else f"{int(value)}"
