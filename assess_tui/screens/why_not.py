"""Why the other cards are not in the plan: the likely ones, and those the source articles name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assess_tui.screens.base import Dialog
from assess_tui.session import VisitSession
from assess_tui.text import line, lines, literal
from protocols.model import Library
from protocols.planning import why_not, why_not_from_articles

LIKELY: Final = "Likely cards that are not in this plan"
ARTICLES: Final = "Other exercises the source articles name"


class WhyNotDialog(Dialog[None]):
    """A line for each likely card, then the articles' cards by what keeps them out."""

    AUTO_FOCUS = "#why-not"

    def __init__(self, session: VisitSession) -> None:
        super().__init__()
        now, library = session.assessment(), session.library
        asked = (session.case(), now.findings, now.blocks, now.concern, now.verdict, library)
        likely, named = why_not(*asked), why_not_from_articles(*asked)
        others = {card: reason for card, reason in named.items() if card not in likely}
        self._said = [line(("!  ", "$warning bold"), said) for said in now.plan.messages]
        self._likely = [_likely(library, card, reason) for card, reason in likely.items()]
        self._named = [_named(library, reason, cards) for reason, cards in _by_reason(others).items()]

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="sheet", id="why-not"):
            yield from _part(LIKELY, self._likely or [literal("Every likely card is in it.", "$quiet")])
            if self._named:
                yield from _part(ARTICLES, self._named, above=True)
            if self._said:
                yield from _part("The plan says", self._said, above=True)
            yield Static(literal("\nEsc closes this.", "$quiet"))


def _part(title: str, rows: list[Content], *, above: bool = False) -> Iterable[Static]:
    yield Static(literal(f"\n{title}" if above else title, "$accent bold"))
    yield Static(Content("\n") + lines(rows))


def _likely(library: Library, card: str, reason: str) -> Content:
    return line((f"{library.exercises[card].name}  ", "bold"), (reason, "$quiet"))


def _named(library: Library, reason: str, cards: list[str]) -> Content:
    names = ", ".join(library.exercises[card].name for card in cards)
    return line((f"{reason[:1].upper()}{reason[1:]}  ", "bold"), (names, "$quiet"))


def _by_reason(reasons: Mapping[str, str]) -> dict[str, list[str]]:
    """Card ids by their reason, the most frequent reason last."""
    grouped: dict[str, list[str]] = {}
    for card, reason in reasons.items():
        grouped.setdefault(reason, []).append(card)
    return dict(sorted(grouped.items(), key=lambda group: len(group[1])))
