"""The table of the live stand test: lying readings, then the minutes, the open row as it is typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from textual.content import Content

from assess_tui.entry.stand.flow import StandEntry
from assess_tui.entry.stand.pages import at, count, lying
from assess_tui.entry.stand.row import Row
from assess_tui.text import line, lines, literal, on_row
from protocols.standing import baseline, rise_criterion

WIDTHS: Final = {"hr": 4, "sbp": 3, "dbp": 3, "symptoms": 2}
GAP: Final = "~"
"""Marks a reading before which the clock jumped."""
MISSING: Final = "–"
HEADING: Final = "  min       HR  rise  SBP/DBP  sympt."


class StandTable:
    """The readings on record, in rows."""

    def __init__(self, entry: StandEntry) -> None:
        self.entry, self.session, self.live = entry, entry.session, entry.live
        self._base = baseline(lying(entry.session))
        self._needed = rise_criterion(entry.session.age, entry.session.library.stand)

    def draw(self, height: int) -> Content:
        """At most `height` rows: the last of the lying readings, or all the minutes."""
        heading = literal(HEADING, "$quiet")
        if self.live.run.standing_from is None:
            rows = self._simple("lying", "supine", least=2)
            return lines([heading, *rows[-max(1, height - 1) :]])
        minutes = [self._minute(minute) for minute in range(1, self.live.run.last_minute + 1) if self._seen(minute)]
        return lines([heading, self._mean(), *minutes, *self._simple("after", "recovery", least=0)])

    # -- rows --------------------------------------------------------------------------------------------------------

    def _simple(self, word: str, prefix: str, *, least: int) -> list[Content]:
        """Numbered readings without symptoms, the open one with them."""
        row = self.entry.part.row
        opened = int(row.cell.field.partition(".")[2]) if row is not None and self._typed_into(row, prefix) else 0
        most = max(least, count(self.session, prefix), opened)
        return [
            self._row(f"{word} {number}", f"{prefix}.{number}", row if number == opened else None, rated=False)
            for number in range(1, most + 1)
        ]

    def _typed_into(self, row: Row, prefix: str) -> bool:
        return row.cell.field.startswith(f"{prefix}.")

    def _seen(self, minute: int) -> bool:
        """While standing all minutes are shown; afterwards those that were read."""
        return self.entry.standing or at(f"minute.{minute}") in self.session.visit.cells

    def _minute(self, minute: int) -> Content:
        open_row = self.live.row if self.live.minute == minute and self.entry.standing else None
        row = self._row(str(minute), f"minute.{minute}", open_row)
        return on_row(row, minute) if self.entry.standing else row

    def _mean(self) -> Content:
        base = self._base
        if base is None:
            return literal("  lying", "$quiet")
        return line(("  lying   ", "$quiet"), f"{_shown(base.hr):>4}{'':8}{_shown(base.sbp):>3}/{_shown(base.dbp):<3}")

    def _row(self, name: str, field: str, open_row: Row | None, *, rated: bool = True) -> Content:
        held = self.session.visit.value(at(field), {})
        here = open_row is not None
        past = bool(held) or here
        cells = {key: self._cell(key, held, open_row) for key in WIDTHS}
        return line(
            ("▸ " if here else "  ", "$accent bold"),
            (name.ljust(8), "bold" if here else "" if past else "$quiet"),
            cells["hr"],
            self._rise(held.get("hr") if rated else None),
            cells["sbp"],
            ("/" if (cells["sbp"].plain + cells["dbp"].plain).strip() else " ", "$quiet"),
            cells["dbp"],
            "   ",
            cells["symptoms"] if rated else "",
            (f" {GAP}" if held.get("gap") else "", "$warning bold"),
        )

    # -- cells -------------------------------------------------------------------------------------------------------

    def _cell(self, key: str, held: dict[str, Decimal | None], open_row: Row | None) -> Content:
        """One value in its column: the one being typed, a stored one, a dash where it was missing, or a blank."""
        if open_row is not None and open_row.key == key:
            return line((_placed(key, f"{open_row.digits.text}_"), "reverse bold"))
        if key in held:
            value = held[key]
            return line((_placed(key, MISSING if value is None else _shown(value)), self._tone(key, value)))
        blank = open_row is not None and key in open_row.keys
        return line((_placed(key, "_" * WIDTHS[key] if blank else ""), "$quiet"))

    def _tone(self, key: str, value: Decimal | None) -> str:
        if value is None:
            return "$quiet"
        return "$error bold" if key == "hr" and self._meets(value) else ""

    def _meets(self, hr: Decimal) -> bool:
        return self._base is not None and self._needed is not None and hr - self._base.hr >= self._needed

    def _rise(self, hr: Decimal | None) -> Content:
        """The rise above lying; an exclamation mark where it counts."""
        if hr is None or self._base is None:
            return Content(" " * 8)
        met, rise = self._meets(hr), hr - self._base.hr
        shown = f"{'-' if rise < 0 else '+'}{_shown(abs(rise))}{'!' if met else ' '}"
        return line((shown.rjust(6) + "  ", "$error bold" if met else "$quiet"))


def _placed(key: str, text: str) -> str:
    """Flush right, but for the diastolic, which stands after its stroke."""
    return text.ljust(WIDTHS[key]) if key == "dbp" else text.rjust(WIDTHS[key])


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}" if value != value.to_integral() else f"{int(value)}"
