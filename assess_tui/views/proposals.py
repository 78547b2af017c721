"""What is proposed for each card of the last plan, as Content. Drawing only."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from assess_tui.days import short_day
from assess_tui.entry.proposals import ProposalsEntry, Row
from assess_tui.text import hanging, keyed, line, lines, literal, on_row, tinted
from assess_tui.views.plan import around
from assess_tui.views.plan_card import height_of
from assess_tui.visit.said import plan_change
from assess_tui.widgets.side import TONE
from protocols.case import Practice
from protocols.follow_up import PLANNED, Step, done_of_asked, percent
from protocols.grading import plain_number
from protocols.planning import Plan

STEP = 10
"""Cells of the step."""
TONES: dict[Step, str] = {
    "progress": TONE["W"],
    "keep": "$foreground",
    "swap": TONE["B"],
    "regress": TONE["B"],
    "cut": TONE["R"],
}
CRASH = {None: "", True: "a crash after effort", False: "no crash after effort"}
NOT_ASKED = "Not asked yet how it went: {visit.follow}."


class ProposalsView:
    """One drawing of the cards, and of the plan they make."""

    def __init__(self, entry: ProposalsEntry) -> None:
        self.entry = entry
        self.library = entry.session.library

    def summary(self) -> Content:
        entry, last = self.entry, self.entry.last
        head = line(
            ("From the last plan: ", "$accent bold"),
            (entry.steps, "bold"),
            (f"   taken home {short_day(last.date)}", "$quiet"),
        )
        went = self._went() if entry.asked else keyed(NOT_ASKED, "$warning")
        return lines([head, went])

    def _went(self) -> Content:
        last = self.entry.last
        share = done_of_asked(last)
        done = f"{percent(share)} of the planned times done" if share is not None else ""
        went = ", ".join(part for part in (done, CRASH[last.crash]) if part)
        return literal(f"At home: {went}." if went else "", "$quiet")

    def listing(self, width: int, height: int) -> Content:
        """Every card with its reason, the marked one in sight."""
        blocks = [on_row(self._block(row, n == self.entry.row, width), n) for n, row in enumerate(self.entry.rows)]
        if sum(map(height_of, blocks)) + len(blocks) <= height:  # with air between where there is room
            blocks = [lines([block, Content("")]) for block in blocks]
        return lines(around(blocks, self.entry.row, height))

    def _block(self, row: Row, here: bool, width: int) -> Content:
        proposal, way = row.proposal, row.choice.way
        step, tone = (proposal.step, TONES[proposal.step]) if proposal is not None else ("new", TONE["W"])
        other = "" if way in ("as proposed", "added") else f"   {way}"
        head = line(
            ("▸ " if here else "  ", "$accent bold"),
            (step.ljust(STEP), f"{tone} bold"),
            (self._change(row), "bold" if here else ""),
            (other, "$accent bold"),
        ).truncate(width, ellipsis=True)
        return lines([tinted(head, width) if here else head, *self._because(row, width)])

    def _change(self, row: Row) -> str:
        """ "Bridge: 8 -> 10 times", "Bridge -> Bridge on one leg", "Bridge"."""
        was, to = self.entry.was(row.card), row.choice.to
        said = plan_change(self.library, (was,), (to,)) if was is not None and to is not None else ""
        return said or self.entry.name(row.card)

    def _because(self, row: Row, width: int) -> Iterable[Content]:
        lead = Content(" " * (STEP + 2))
        if row.proposal is None:
            card = self.library.exercises[row.card]
            yield hanging(lead, f"For {', '.join(self._finding(code) for code in card.targets)}.", width, "$quiet")
            return
        went = went_words(self.entry.practice(row.card))
        yield hanging(lead, row.proposal.reason + (f"  At home: {went}." if went else ""), width, "$quiet")

    def note(self, width: int) -> Content:
        """The plan to come: its minutes, what speaks against it, what no card answers."""
        following = self.entry.following
        return lines([self._minutes(following, width), self._unanswered(following, width)])

    def _minutes(self, following: Plan, width: int) -> Content:
        over = following.minutes > self.entry.minutes
        warned = following.warnings[0] if following.warnings else ""
        return line(
            ("The plan then: ", "$quiet"),
            (f"{plain_number(following.minutes)} of {self.entry.minutes} minutes", "$error bold" if over else "bold"),
            (f"   ! {warned}" if warned else "", "$warning"),
        ).truncate(width, ellipsis=True)

    def _unanswered(self, following: Plan, width: int) -> Content:
        codes = self.entry.unanswered(following)
        if not codes:
            so_far = "Every finding of today has a card." if self.entry.found else "Nothing was found today."
            still_open = len(self.entry.session.way.progress().open)
            tests = f" Tests still open: {still_open} ({{visit.tests}})." if still_open else ""
            return line((so_far, "$quiet"), keyed(tests, "$warning"))
        names = ", ".join(self._finding(code) for code in codes)
        said = line(("No card yet for: ", "$warning"), names, keyed("   ({proposals.add} add)", "$quiet"))
        return said.truncate(width, ellipsis=True)

    def _finding(self, code: str) -> str:
        rule = self.library.findings.get(code)
        return rule.name if rule is not None else code


def went_words(practice: Practice) -> str:
    """ "done 8 of 10, pain 2"; "" where nothing was asked."""
    told = (
        f"done {practice.done} of {PLANNED}" if practice.done is not None else "",
        f"pain {practice.pain}" if practice.pain is not None else "",
        "to spare" if practice.spare else "",
        "red days" if practice.red_days else "",
    )
    return ", ".join(part for part in told if part)
