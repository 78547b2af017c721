"""What stands behind a test, a sentence for each part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assess_tui.entry.evidence import behind, facts

if TYPE_CHECKING:
    from assess_tui.plain.room import Room
    from protocols.model import Test


def tell(room: Room, test: Test | None) -> None:
    """Norm, cut, error, basis and sources of a test and what is worked out with it; None: of the stand test."""
    for one in behind(room.library, test):
        room.talk.say(f"Evidence, {one.title}.")
        for label, text in facts(room.session, one):
            room.said(f"{label.capitalize()}: {text}")
