"""What a visit shows as done, by its row of places and its list of tests; and the same as the record gives it."""

from __future__ import annotations

from assess_tui.places import places
from assess_tui.views.step_list import step_list
from assess_tui.visit.session import VisitSession

LIST = 28
"""Cells of the list of tests."""


def as_on_record(session: VisitSession) -> tuple[str, set[str]]:
    """The row of places of a visit, and the lines of its list that are done, as the record alone gives them."""
    words = "  ".join(f"{'✓' if one.state == 'done' else '·'} {one.word}" for one in places(session))
    rows = [row.plain.rstrip() for row in step_list(session, session.way.route(), "", 99, LIST)]
    return words, {row for row in rows if row.startswith("✓")}


def places_in(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if "▸ tests" in line or "▸ intake" in line), "")


def list_in(text: str) -> list[str]:
    return [line[2 : 2 + LIST].rstrip() for line in text.splitlines()]


def done_in(text: str) -> set[str]:
    return {line for line in list_in(text)[2:] if line.startswith("✓")}


def open_in(text: str) -> str:
    """The line of the open test, as it would be were it done."""
    return next(("✓" + line[1:] for line in list_in(text)[2:] if line.startswith("▸")), "")
