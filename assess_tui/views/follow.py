"""What the follow-up page shows, as Content. Drawing only."""

from __future__ import annotations

from textual.content import Content

from assess_tui.days import short_day
from assess_tui.entry.follow import Column, FollowEntry, Place
from assess_tui.keyboard.words import key_of
from assess_tui.text import apart, keyed, line, lines, literal, on_row, tap_key, tinted
from assess_tui.views.plan_card import card_words
from protocols.cards import dose_words
from protocols.case import LastPlan
from protocols.follow_up import done_of_asked, percent

LEAD, DONE, PAIN, SPARE, RED, SINCE, DOSE = 2, 6, 6, 12, 10, 8, 26
WIDE = 104
"""Cells from which a row has room for the dose."""
MOST_NAME = 40
ASKED = {
    "done": "of ten planned times, so many done (0-9, {follow.ten} is all ten).",
    "pain": "the worst pain with it (0-9, {follow.ten} is 10).",
}
ALL_ASKED = "All asked. {follow.next} goes on."
STAGES = {"none": "", "unknown": ", stage not known"}


class FollowView:
    """One drawing of the page."""

    def __init__(self, entry: FollowEntry, room: int) -> None:
        self.entry = entry
        self.last: LastPlan = entry.last
        self._dose = DOSE if room >= WIDE else 0
        beside = LEAD + DONE + PAIN + SPARE + RED + SINCE + self._dose
        self._name = min(MOST_NAME, room - beside)

    def title(self) -> Content:
        days = (self.entry.session.visit.date - self.last.date).days
        stage = STAGES.get(str(self.last.stage), f", stage {self.last.stage}")
        return line(
            ("How the last plan went", "$accent bold"),
            (f"   taken home {short_day(self.last.date)}, {ago(days)}{stage}", "$quiet"),
        )

    def page(self) -> Content:
        """The question on top, then the cards."""
        place = self.entry.next_digit
        rows = (self._row(row, place) for row in range(len(self.last.cards)))
        return lines([self._crash(), Content(""), self._heads(), *rows])

    def _crash(self) -> Content:
        answer = {None: ("·", "$quiet"), True: ("yes", "$error bold"), False: ("no", "$success")}[self.last.crash]
        yes = line((f"   {key_of('follow.crash')} ", "$accent bold"), ("yes  ", "$quiet"))
        no = line((f"{key_of('follow.no_crash')} ", "$accent bold"), ("no", "$quiet"))
        keys = (tap_key(yes, "follow.crash"), tap_key(no, "follow.no_crash"))
        return line("  A crash of more than a day after effort?   ", answer, *keys)

    def _heads(self) -> Content:
        heads = ((" " * (LEAD + self._name), ""), ("dose".ljust(self._dose) if self._dose else "", "$quiet"))
        asked = "since".ljust(SINCE) + "done".ljust(DONE) + "pain".ljust(PAIN)
        return line(*heads, (f"{asked}{'2 to spare'.ljust(SPARE)}2 red days", "$quiet"))

    def _row(self, row: int, digit: Place | None) -> Content:
        entry, practice = self.entry, self.entry.practice(row)
        here, card = row == entry.row, self.last.cards[row].card
        since = self.last.since.get(card, self.last.date)
        about = line(
            ("▸ " if here else "  ", "$accent bold"),
            (apart(entry.name(row), self._name), "bold" if here else ""),
            (apart(self._amount(row), self._dose) if self._dose else "", "$quiet"),
            (f"{since.day} {since:%b}".ljust(SINCE), "$quiet"),
        )
        spare = _tick("yes" if practice.spare else "", SPARE, "$success bold")
        red = _tick("yes" if practice.red_days else "", RED, "$error bold")
        shown = line(
            on_row(about, row),
            self._number(row, practice.done, "done", open_here=digit == Place(row, "done")),
            self._number(row, practice.pain, "pain", open_here=digit == Place(row, "pain")),
            on_row(spare, row, "follow.spare"),
            on_row(red, row, "follow.red"),
        )
        return tinted(shown, shown.cell_length) if here else shown

    def _number(self, row: int, number: int | None, column: Column, *, open_here: bool) -> Content:
        """A tap opens it: of the marked row by the key that goes to the other number."""
        shown, width = "" if number is None else str(number), {"done": DONE}.get(column, PAIN)
        cell = _tick(f"{shown}_", width, "$accent bold") if open_here else _tick(shown, width, "bold")
        other = row == self.entry.row and self.entry.column not in ("rest", column)
        return on_row(cell, row, "follow.other" if other else "")

    def _amount(self, row: int) -> str:
        """The dose in few words; of what is done through the day there is none."""
        card, wanted = self.entry.card(row), self.last.cards[row]
        if card is None:
            return "no longer in the library"
        return "through the day" if card.snack else dose_words(card, wanted.dose or card.dose).partition(",")[0]

    def card(self, width: int) -> Content:
        """The marked card, for whoever does not remember which it was."""
        card = self.entry.card(self.entry.row)
        dose = self.last.cards[self.entry.row].dose
        return card_words(card, dose or card.dose, width) if card is not None else Content("")

    def note(self) -> Content:
        """What the next digit is for, and how much was done of all."""
        entry, place = self.entry, self.entry.next_digit
        name = f"{entry.name(place.row)}: " if place is not None else ""
        asked = line((name, "$quiet"), self._asked(place))
        share = done_of_asked(self.last)
        done = f"In all, {percent(share)} of what was asked was done." if share is not None else ""
        dose = "" if self._dose else f"{entry.name(entry.row)}: {self._amount(entry.row)}. "
        return lines([asked, literal(f"{dose}{done}", "$quiet")])

    def _asked(self, place: Place | None) -> Content:
        """What the next digit is for; without one, what is still open."""
        if place is not None:
            return keyed(ASKED[place.column], "$quiet")
        still_open = self.entry.still_open()
        return literal(f"Still open: {still_open}.", "$quiet") if still_open else keyed(ALL_ASKED, "$quiet")


def ago(days: int) -> str:
    """ "4 weeks ago", "5 days ago"."""
    if days < 14:
        return "today" if days == 0 else f"{days} day{'' if days == 1 else 's'} ago"
    return f"{days // 7} weeks ago"


def _tick(word: str, width: int, style: str) -> Content:
    return line(((word or "·").ljust(width), style if word else "$quiet"))
