"""What the dialogs of templates show, as Content."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content

from assess_tui.text import fit, hanging, line, lines, literal, short_day
from assess_tui.visit.plans import KeptPlan, minutes_words
from protocols.cards import dose_words
from protocols.case import Wanted
from protocols.grading import plain_number
from protocols.model import Library
from protocols.planning import minutes_of

NAME, GAP, INDENT = 26, 3, 2
"""Cells of most names of cards, after them, and before them in a list of a dialog."""


def cards_words(cards: Iterable[Wanted], library: Library, width: int) -> Content:
    """One card a row, with its dose and side."""
    return lines(_card(one, library, width) for one in cards)


def plan_words(kept: KeptPlan | None, library: Library, width: int) -> Content:
    """A plan that was kept, for beside a list of visits."""
    if kept is None:
        return literal("No plan was kept in this visit.", "$quiet")
    about = f"   version {kept.version}, {kept.clinician}   {minutes_words(kept.cards, library)}"
    title = line((f"Plan of {short_day(kept.day)}", "$accent bold"), (about, "$quiet"))
    cards = cards_words(kept.cards, library, width) if kept.cards else literal(kept.unread or "no card", "$quiet")
    return lines([title, Content(""), cards])


def _card(wanted: Wanted, library: Library, width: int) -> Content:
    card = library.exercises.get(wanted.card)
    if card is None:
        return line("  ", (wanted.card, "bold"), ("   not in the library any more; it is left out", "$warning"))
    side = f", {wanted.side} side first" if wanted.side in ("left", "right") else ""
    often = "through the day" if card.snack else f"{plain_number(minutes_of(wanted.dose or card.dose))} min"
    said = f"{often}: {dose_words(card, wanted.dose or card.dose)}{side}"
    rows = beside(card.name, said, width - INDENT).split("\n")
    return lines(line(" " * INDENT, row) for row in rows)


def beside(name: str, said: str, width: int) -> Content:
    """A name, and what stands beside it in one column; below a name that is longer."""
    column = NAME + GAP
    words = hanging(literal(" " * column), said, width, "$quiet")
    long = cell_len(name) > NAME
    return lines([literal(name, "bold"), words]) if long else line((fit(name, column), "bold"), words[column:])
