"""Why the other likely cards are not in the plan."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assess_tui.screens.base import Dialog
from assess_tui.session import VisitSession
from assess_tui.text import line, literal
from protocols.planning import why_not


class WhyNotDialog(Dialog[None]):
    """One line a card."""

    AUTO_FOCUS = "#why-not"

    def __init__(self, session: VisitSession) -> None:
        super().__init__()
        assessment = session.assessment()
        reasons = why_not(
            session.case(),
            assessment.findings,
            assessment.blocks,
            assessment.concern,
            assessment.verdict,
            session.library,
        )
        names = session.library.exercises
        self._said = [line(("!  ", "$warning bold"), said) for said in assessment.plan.messages]
        self._rows = [line((f"{names[card].name}  ", "bold"), (reason, "$quiet")) for card, reason in reasons.items()]

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="sheet", id="why-not"):
            yield Static(literal("Not in this plan", "$accent bold"))
            rows = self._rows or [literal("Every likely card is in it.", "$quiet")]
            yield Static(Content("\n") + Content("\n").join(rows))
            if self._said:
                yield Static(literal("\nThe plan says", "$accent bold"))
                yield Static(Content("\n") + Content("\n").join(self._said))
            yield Static(literal("\nEsc closes this.", "$quiet"))
