"""Why the other cards are not in the plan: the likely ones, and those the source articles name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assess_tui.screens.dialog import Dialog
from assess_tui.text import keyed, line, lines, literal
from assess_tui.visit.session import VisitSession
from assess_tui.widgets.pane import Pointed
from protocols.model import Library
from protocols.planning import why_not, why_not_from_articles

ALL_IN_IT: Final = "Every likely card is in it."


class WhyNotDialog(Dialog[None]):
    """What the plan says, then the cards that are not in it by what keeps them out."""

    AUTO_FOCUS = "#why-not"

    def __init__(self, session: VisitSession) -> None:
        super().__init__()
        now, library = session.assessment(), session.library
        asked = (session.case(), now.findings, now.blocks, now.concern, now.verdict, library)
        likely, named = why_not(*asked), why_not_from_articles(*asked)
        others = {card: reason for card, reason in named.items() if card not in likely}
        said = (*now.plan.messages, *now.plan.warnings)
        rows = {
            "The plan says": [line(("!  ", "$warning bold"), one) for one in said],
            "Likely cards that are not in it": _reasons(library, likely) or [literal(ALL_IN_IT, "$quiet")],
            "Other exercises the source articles name": _reasons(library, others),
        }
        self._parts = {title: part for title, part in rows.items() if part}

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="sheet", id="why-not"):
            for title, part in self._parts.items():
                yield Static(literal(title, "$accent bold"))
                yield Static(Content("\n") + lines(part) + Content("\n"))
            yield Pointed(keyed("{dialog.close} closes this.", "$quiet"))


def _reasons(library: Library, reasons: Mapping[str, str]) -> list[Content]:
    """A line for each reason, with the cards it keeps out."""
    return [_row(reason, [library.exercises[card].name for card in cards]) for reason, cards in _by_reason(reasons)]


def _row(reason: str, names: list[str]) -> Content:
    return lines([literal(f"{reason[:1].upper()}{reason[1:]}", "bold"), *(literal(f"  {name}") for name in names)])


def _by_reason(reasons: Mapping[str, str]) -> Iterable[tuple[str, list[str]]]:
    """Reasons with their cards, that of the most cards last."""
    grouped: dict[str, list[str]] = {}
    for card, reason in reasons.items():
        grouped.setdefault(reason, []).append(card)
    return sorted(grouped.items(), key=lambda group: len(group[1]))
